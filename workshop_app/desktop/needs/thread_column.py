"""One column of the red thread: nodes as a list that keys and screen readers know, a gap told in words and by a sign."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QWidget

from workshop_app.compounds import softened
from workshop_app.desktop.board.text import wrap
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, column, paint_icon
from workshop_app.i18n import Language
from workshop_app.model.red_thread import ASIDE, GAPS, Key, Node

Index = QModelIndex | QPersistentModelIndex
LINES = 3  # of a node's words


def under(node: Node, lang: Language) -> str:
    """What stands under a node's words: its version, the place of a card laid aside."""
    parts = [lang(ASIDE[node.place])] if node.place else []
    if node.column in ("need", "question") and node.version:
        parts.append(lang("version {n}").format(n=node.version))
    if node.about:
        parts.append(node.about)
    return ", ".join(parts)


def broken(node: Node, lang: Language) -> str:
    """Its gaps in words."""
    return ", ".join(lang(GAPS[gap][0]) for gap in node.gaps)


def words(node: Node, lang: Language) -> str:
    """Its words; those of a route are our own."""
    return softened(lang(node.words)) if node.column == "route" else node.words or lang("No name yet")


def _lines(node: Node, text: str, width: int, lit: bool) -> tuple[str, ...]:
    """A node's words on as many lines as there is room for, the last with an ellipsis where more follows."""
    return wrap(text, width, LINES, "small", 600 if lit else 400, people=node.column == "card")


class ThreadModel(QAbstractListModel):
    """Nodes by key, so that what is picked survives a change; `lit` are those on the thread of the one picked."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.nodes: Sequence[Node] = ()
        self.lit: Collection[Key] | None = None

    def show(self, nodes: Sequence[Node]) -> None:
        """Takes new nodes; only what differs is told to the view."""
        if [n.key for n in nodes] != [n.key for n in self.nodes]:
            self.beginResetModel()
            self.nodes = nodes
            self.endResetModel()
            return
        before, self.nodes = self.nodes, nodes
        for place, (old, new) in enumerate(zip(before, nodes, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def light(self, keys: Collection[Key] | None) -> None:
        """Marks what belongs to the thread of the node picked; None for no node."""
        self.lit = keys
        if self.nodes:
            self.dataChanged.emit(self.index(0), self.index(len(self.nodes) - 1))

    def place(self, key: Key) -> int:
        """Where a node stands, -1 if it is not here."""
        return next((i for i, node in enumerate(self.nodes) if node.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.nodes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.nodes[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return node
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            lit = self.lang("on this thread") if self.lit and node.key in self.lit else ""
            told = (f"{node.number} {words(node, self.lang)}".strip(), under(node, self.lang))
            return ", ".join(t for t in (*told, broken(node, self.lang), lit) if t)
        return None


class ThreadDelegate(QStyledItemDelegate):
    """Paints a node: number and words on up to three lines, what is under them, and a gap in red with a sign."""

    def __init__(self, view: QListView, lang: Language) -> None:
        super().__init__(view)
        self.lang = lang

    def _inside(self, box: QRect) -> QRect:
        return box.adjusted(look().px(10), look().px(7), -look().px(8), -look().px(7))

    def _parts(self, node: Node) -> tuple[str, str, str]:
        return (
            f"{node.number}  {words(node, self.lang)}".strip(),
            under(node, self.lang),
            broken(node, self.lang),
        )

    def sizeHint(self, _option: Any, index: Index) -> QSize:
        view = self.parent()
        width = look().px(200)
        if isinstance(view, QListView):
            width = view.viewport().width() - 2 * view.spacing() - 2  # as wide as it is painted
        node: Node = index.data(Qt.ItemDataRole.UserRole)
        main, less, gap = self._parts(node)
        inside = self._inside(QRect(0, 0, width, 10_000)).width()
        people = node.column == "card"
        small = QFontMetrics(look().font("small", 600, people=people))
        tiny = QFontMetrics(look().font("tiny", 600))
        flags = int(Qt.TextFlag.TextWordWrap)
        tall = small.height() * max(len(_lines(node, main, inside, lit)) for lit in (True, False))
        tall += tiny.height() if less else 0
        if gap:
            tall += tiny.boundingRect(QRect(0, 0, inside - look().px(20), 10_000), flags, gap).height() + 2
        return QSize(look().px(60), tall + look().px(18))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        node: Node = index.data(Qt.ItemDataRole.UserRole)
        model: ThreadModel = index.model()  # type: ignore[assignment]
        main, less, gap = self._parts(node)
        state: QStyle.StateFlag = option.state
        lit = model.lit is not None and node.key in model.lit
        faint = model.lit is not None and not lit
        box: QRect = option.rect.adjusted(1, 1, -1, -1)
        radius = look().px(6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("on_bad" if gap else "thread" if lit else "line"))
        painter.setBrush(look().colour("ptint" if lit else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        inside, flags = self._inside(box), int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(look().font("small", 600 if lit else 400, people=node.column == "card"))
        painter.setPen(look().colour("ink2" if faint else "on_ptint" if lit else "ink"))
        y = inside.top()
        for line in _lines(node, main, inside.width(), lit):
            painter.drawText(inside.left(), y + painter.fontMetrics().ascent(), line)
            y += painter.fontMetrics().height()
        painter.setFont(look().font("tiny"))
        if less:
            painter.setPen(look().colour("on_ptint" if lit else "ink2"))
            one_line = painter.fontMetrics().elidedText(less, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(QRect(inside.left(), y, inside.width(), 10_000), flags, one_line)
            y += painter.fontMetrics().height()
        if gap:
            side = look().px(14)
            paint_icon(painter, "triangle-alert", "on_bad", QRectF(inside.left(), y + 2, side, side))
            painter.setFont(look().font("tiny", 600))
            painter.setPen(look().colour("on_bad"))
            start = inside.left() + look().px(20)
            painter.drawText(QRect(start, y + 2, inside.right() - start, 10_000), flags, gap)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look().colour("focus"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        painter.restore()


class ThreadView(QListView):
    """The list of a column; sideways keys and Enter are told to the page."""

    sideways = Signal(int)
    mend = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in ways:
            self.sideways.emit(ways[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.mend.emit()
        else:
            super().keyPressEvent(event)


class ThreadColumn(QWidget):
    """A heading with a count, and the list."""

    picked = Signal(object)

    def __init__(self, lang: Language, name: str, title: str) -> None:
        super().__init__()
        self.lang, self.name, self.title = lang, name, title
        self.head = PlainLabel(size="small", weight="semibold", wrap=True)
        self.model = ThreadModel(lang)
        self.view = ThreadView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ThreadDelegate(self.view, lang))
        self.view.setAccessibleName(title)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("clear", True)
        self.view.setSpacing(2)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.viewport().installEventFilter(self)
        self.view.clicked.connect(lambda index: self.picked.emit(self.model.nodes[index.row()].key))
        self.view.selectionModel().currentChanged.connect(self._moved)
        box = column(self.head, self.view, gap=6)
        box.setStretchFactor(self.view, 1)
        self.setLayout(box)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.view.scheduleDelayedItemsLayout()  # Qt lays a list out again only for its height
        return False

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and self.view.hasFocus():
            self.picked.emit(self.model.nodes[index.row()].key)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Shows the column's nodes, keeping what was picked."""
        kept = self.current
        self.model.show(nodes)
        self.head.setText(f"{self.title} {len(nodes)}")
        if kept is not None:
            self.stand_on(kept)

    @property
    def current(self) -> Key | None:
        """The key where the cursor stands."""
        index = self.view.currentIndex()
        return self.model.nodes[index.row()].key if index.isValid() else None

    def stand_on(self, key: Key) -> None:
        """Puts the cursor on a node and shows it."""
        place = self.model.place(key)
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place))
            self.view.scrollTo(self.model.index(place))

    def box(self, key: Key) -> QRect | None:
        """Where a node is seen, in the view's own measure; None where it is scrolled away."""
        place = self.model.place(key)
        if place < 0:
            return None
        found = self.view.visualRect(self.model.index(place))
        return found if found.intersects(self.view.viewport().rect()) else None
