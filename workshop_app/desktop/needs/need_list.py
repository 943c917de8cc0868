"""The list of needs at the left: number, name, how it stands, and a sign where people see differently."""

from dataclasses import dataclass
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
from PySide6.QtGui import QFontMetrics, QPainter, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, column, paint_icon, row
from workshop_app.i18n import Language
from workshop_app.model import rating
from workshop_app.model.need import Need
from workshop_app.store import queries

WIDTH = 236
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """One need as the list shows it."""

    id: int
    number: int
    title: str
    under: str
    mark: str = ""  # name of an icon
    mark_words: str = ""
    mark_tone: str = "on_attn"


def live(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs that have not gone into another."""
    return tuple(n for n in needs if n.merged_into is None)


def usual_line(need: Need, lang: Language) -> Line:
    """Name, status and how many cards stand behind it."""
    cards = lang.plural("{n} card", "{n} cards", len(need.evidence))
    under = f"{lang(rating.STATUS_LABELS[need.status])}, {cards}"
    return Line(need.id, need.number, need.title or lang("No name yet"), under)


class NeedModel(QAbstractListModel):
    """Needs by id, so that the selection survives a change."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Takes new lines; only what differs is told to the view."""
        if [x.id for x in lines] != [x.id for x in self.lines]:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        before, self.lines = self.lines, lines
        for place, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(t for t in (f"{line.number}. {line.title}", line.under, line.mark_words) if t)
        return line.mark_words if role == Qt.ItemDataRole.ToolTipRole else None


class NeedDelegate(QStyledItemDelegate):
    """Paints a line: a round number, the name on up to three lines, how it stands."""

    def _width(self) -> int:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else look().px(WIDTH)

    def _area(self, left: int, width: int, mark: bool) -> tuple[int, int]:
        start = left + look().px(44)
        return start, max(width - look().px(52) - (look().px(24) if mark else 0), 40)

    def sizeHint(self, _option: Any, index: Index) -> QSize:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        _start, width = self._area(0, self._width(), bool(line.mark))
        small, tiny = QFontMetrics(look().font("small", 600)), QFontMetrics(look().font("tiny"))
        flags = int(Qt.TextFlag.TextWordWrap)
        title = small.boundingRect(QRect(0, 0, width, 10_000), flags, line.title).height()
        whole = QRect(0, 0, self._area(0, self._width(), False)[1], 10_000)
        under = tiny.boundingRect(whole, flags, line.under).height() if line.under else 0
        return QSize(look().px(80), max(title + under + look().px(20), look().px(46)))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        box: QRect = option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("ptint" if chosen else "surface2"))
            painter.drawRoundedRect(box, look().px(6), look().px(6))
        seal = QRectF(
            box.left() + look().px(10), box.center().y() - look().px(11), look().px(23), look().px(23)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("primary" if chosen else "surface2"))
        painter.drawEllipse(seal)
        painter.setFont(look().font("tiny", 700))
        painter.setPen(look().colour("on_primary" if chosen else "ink"))
        painter.drawText(seal, Qt.AlignmentFlag.AlignCenter, str(line.number))
        start, width = self._area(box.left(), box.width(), bool(line.mark))
        painter.setFont(look().font("small", 600 if chosen else 400))
        painter.setPen(look().colour("on_ptint" if chosen else "ink"))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        area = QRect(start, box.top() + look().px(7), width, box.height())
        used = painter.boundingRect(area, flags, line.title)
        painter.drawText(area, flags, line.title)
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("on_ptint" if chosen else "ink2"))
        whole = self._area(box.left(), box.width(), False)[1]
        painter.drawText(QRect(start, used.bottom() + look().px(2), whole, box.height()), flags, line.under)
        if line.mark:
            side = look().px(17)
            place = QRectF(box.right() - side - look().px(8), used.center().y() - side / 2, side, side)
            paint_icon(painter, line.mark, line.mark_tone, place)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look().colour("focus"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look().px(6), look().px(6))
        painter.restore()


class NeedList(QFrame):
    """The list with a heading; `chosen(id)` when another need is picked."""

    chosen = Signal(int)

    def __init__(self, bridge: Bridge, *foot: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look().px(WIDTH))
        self.count = PlainLabel(size="small", weight="semibold")
        self.note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.model = NeedModel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(NeedDelegate(self.view))
        self.view.setAccessibleName(bridge.lang("Needs"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("clear", True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.selectionModel().currentChanged.connect(self._picked)
        self.view.viewport().installEventFilter(self)
        head = row(self.count, margins=(10, 0, 10, 4))
        head.addWidget(self.note, 1)
        box = column(head, self.view, *foot, gap=8, margins=(12, 20, 12, 16))
        box.setStretchFactor(self.view, 1)
        self.setLayout(box)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self.parentWidget()
        if page is not None:
            page.installEventFilter(self)
            self._fit(page.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            if watched is self.view.viewport():
                self.view.scheduleDelayedItemsLayout()  # Qt lays a list out again only for its height
            else:
                self._fit(watched.width())
        return False

    def _fit(self, page: int) -> None:
        """A narrow page keeps most of its width for the need itself."""
        self.setFixedWidth(min(look().px(WIDTH), max(round(page * 0.27), look().px(214))))

    @property
    def current(self) -> int | None:
        """The id of the need picked."""
        index = self.view.currentIndex()
        return self.model.lines[index.row()].id if index.isValid() else None

    def show(self, lines: tuple[Line, ...], note: str = "") -> None:  # type: ignore[override]
        """Shows needs, keeping the one picked if it is still there, else the first."""
        wanted, self.bridge.wanted_need = self.bridge.wanted_need, None
        kept = wanted if wanted is not None else self.current
        self.model.show(lines)
        self.count.setText(self.bridge.lang.plural("{n} need", "{n} needs", len(lines)))
        self.note.setText(note)
        self.pick(kept if any(x.id == kept for x in lines) else (lines[0].id if lines else None))

    def pick(self, need: int | None) -> None:
        """Picks a need by id."""
        places = [i for i, line in enumerate(self.model.lines) if line.id == need]
        if places and self.view.currentIndex().row() != places[0]:
            self.view.setCurrentIndex(self.model.index(places[0]))

    def _picked(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.lines[index.row()].id)


def used_cards(bridge: Bridge) -> tuple[int, int]:
    """How many cards stand behind needs, and how many there are in all."""
    places = bridge.get(queries.balance).places
    return places.get("need", 0), sum(places.values())
