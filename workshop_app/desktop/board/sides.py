"""The column beside the board: cards without a heap, the parking lot and the hidden, as lists one can drag to and from."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workshop_app.desktop.board.carry import Carry, Drop
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.text import wrap
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import pixmap
from workshop_app.i18n import Language
from workshop_app.model.board import Card

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1
FADED = Qt.ItemDataRole.UserRole + 2
PAD = 8


class CardModel(QAbstractListModel):
    """Some cards in a row, each with a note such as why it is hidden."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.cards: tuple[Card, ...] = ()
        self.kept: frozenset[int] | None = None  # the cards that do not fade; None = none does
        self.notes: dict[int, str] = {}

    def show_cards(self, cards: tuple[Card, ...], notes: dict[int, str]) -> None:
        """Shows other cards; nothing happens when they are the same."""
        if (cards, notes) != (self.cards, self.notes):
            self.beginResetModel()
            self.cards, self.notes = cards, notes
            self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self.lang("Card {number}: {text}").format(number=card.number, text=card.text)
            return f"{name}, {self.notes[card.id]}" if card.id in self.notes else name
        if role == FADED:
            return self.kept is not None and card.id not in self.kept
        return {CARD: card, NOTE: self.notes.get(card.id, "")}.get(role)


class CardPainter(QStyledItemDelegate):
    """Draws a card in a side list: words in serif, number, hands."""

    def _lines(self, card: Card, width: int) -> tuple[str, ...]:
        return wrap(card.text, width - 2 * look().px(PAD), 4, "small", people=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width() if isinstance(option.widget, QListView) else 160
        return QSize(width, self.height(index.data(CARD), width))

    def height(self, card: Card, width: int) -> int:
        """How high a card is in a list of a width, with the gap under it."""
        return len(self._lines(card, width)) * look().px(16) + look().px(16 + 12 + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, card = look().px, index.data(CARD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.3 if index.data(FADED) else 1.0)
        state = option.state
        box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -px(8) + 0.5)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(look().colour("focus"), 2) if chosen else QPen(look().colour("line"), 1))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(box, px(4), px(4))
        if not chosen:
            foot_y = box.bottom() - 1
            painter.drawLine(QPointF(box.left() + 2, foot_y), QPointF(box.right() - 2, foot_y))
        painter.setPen(look().colour("ink"))
        painter.setFont(look().font("small", people=True))
        top = box.y() + px(5)
        for line in self._lines(card, option.rect.width()):
            painter.drawText(QRectF(box.x() + px(PAD) - 2, top, box.width(), px(16)), 0, line)
            top += px(16)
        painter.setPen(look().colour("ink2"))
        painter.setFont(look().font("tiny", 600))
        foot = QRectF(box.x() + px(PAD) - 2, top + 1, box.width() - 2 * px(PAD) + 4, px(16))
        painter.drawText(
            foot, int(Qt.AlignmentFlag.AlignVCenter), f"{card.number}  {index.data(NOTE)}".strip()
        )
        if card.me_too:
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(foot, flags, str(card.me_too))
            width = painter.fontMetrics().horizontalAdvance(str(card.me_too))
            picture = pixmap("hand", "ink2", 14)
            painter.drawPixmap(round(foot.right() - width - px(16)), round(foot.y() + px(1)), picture)
        painter.restore()


class CardList(QListView):
    """One side list. What is selected in it is the page's selection."""

    menu_asked = Signal(object, QPoint)
    read_asked = Signal(int)
    escaped = Signal()

    def __init__(self, name: str, chosen: Chosen, carry: Carry, lang: Language) -> None:
        super().__init__()
        self.chosen, self.carry, self.lang = chosen, carry, lang
        self.cards = CardModel(lang)
        self.painter_ = CardPainter(self)
        self.setModel(self.cards)
        self.setItemDelegate(self.painter_)
        self.setAccessibleName(name)
        self.setProperty("clear", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QListView, QListView:focus { border: none; background: transparent; padding: 0; }"
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(0)
        self._syncing = False
        self._pressed: QPoint | None = None
        self.selectionModel().selectionChanged.connect(self._picked)
        chosen.changed.connect(self.show_chosen)

    def show_cards(self, cards: tuple[Card, ...], notes: dict[int, str] | None = None) -> None:
        """Shows cards; the list is as high as they are."""
        self._syncing = True
        self.cards.show_cards(cards, notes or {})
        self._syncing = False
        self.show_chosen()
        self.fit()

    def dim(self, kept: frozenset[int] | None) -> None:
        """Fades all cards but some; None brings all back."""
        if kept != self.cards.kept:
            self.cards.kept = kept
            self.viewport().update()

    def place_of(self, card: int) -> QRect:
        """Where a card lies in the list; empty when it does not."""
        rows = [n for n, c in enumerate(self.cards.cards) if c.id == card]
        return self.visualRect(self.cards.index(rows[0])) if rows else QRect()

    def fit(self) -> None:
        """Takes the height of its cards, so that the whole column scrolls as one."""
        width = self.viewport().width()
        self.setFixedHeight(sum(self.painter_.height(c, width) for c in self.cards.cards) + 2)
        self.scheduleDelayedItemsLayout()

    def show_chosen(self) -> None:
        """Shows the page's selection."""
        if self._syncing:
            return
        self._syncing = True
        rows = QItemSelection()
        for row, card in enumerate(self.cards.cards):
            if card.id in self.chosen.cards:
                index = self.cards.index(row)
                rows.select(index, index)
        self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        node = self.chosen.node
        if node is not None and node[0] == "card":
            for row, card in enumerate(self.cards.cards):
                if card.id == node[1]:
                    flag = QItemSelectionModel.SelectionFlag.NoUpdate
                    self.selectionModel().setCurrentIndex(self.cards.index(row), flag)
        self._syncing = False

    def _picked(self, *_what: object) -> None:
        if self._syncing:
            return
        self._syncing = True
        ids = [self.cards.cards[i.row()].id for i in sorted(self.selectedIndexes(), key=QModelIndex.row)]
        if ids or any(c.id in self.chosen.cards for c in self.cards.cards):
            self.chosen.take(ids)
        self._syncing = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._pressed = at if event.button() == Qt.MouseButton.LeftButton else None
        index = self.indexAt(at)
        selected = index.isValid() and self.selectionModel().isSelected(index)
        if selected and not event.modifiers():
            self.setFocus()
            return  # may be the start of dragging all that are selected
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.globalPosition().toPoint()
        if self.carry.under_way:
            self.carry.move(where)
        elif self._pressed is not None and self.chosen.cards:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                texts = {c.id: c.text for c in self.cards.cards}
                ids = tuple(c for c in self.chosen.cards if c in texts)
                if ids:
                    count = self.lang.plural("{n} card", "{n} cards", len(ids)) if len(ids) > 1 else ""
                    self.carry.start(ids, texts[ids[0]], count, people=True)
                    self.carry.move(where)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if self.carry.under_way:
            self.carry.move(event.globalPosition().toPoint())
            self.carry.let_go()
            return
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if pressed is not None and not event.modifiers() and index.isValid():
            self.chosen.only(("card", self.cards.cards[index.row()].id))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.read_asked.emit(self.cards.cards[index.row()].id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.menu_asked.emit(("card", self.cards.cards[index.row()].id), event.globalPos())

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride and self.chosen.anything
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape and self.chosen.anything:
            self.chosen.clear()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.read_asked.emit(self.cards.cards[index.row()].id)
        elif event.key() == Qt.Key.Key_Left:
            self.escaped.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are the page's keys, not a search in the list
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class SideSection(QWidget):
    """A heading with a count and its list; dropping anywhere on it counts."""

    def __init__(self, drop: Drop, title: str, cards: CardList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop, self.title, self.list, self._lit = drop, title, cards, False

    def drop_at(self, at: QPoint) -> Drop | None:
        """Its drop, if a point of the screen lies on it."""
        inside = self.isVisible() and self.rect().contains(self.mapFromGlobal(at))
        return self.drop if inside else None

    def show_drop(self, drop: Drop | None, _at: QPoint) -> None:
        """Lights up while something would land here."""
        if (drop == self.drop) != self._lit:
            self._lit = drop == self.drop
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._lit:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look().colour("primary"), 2))
            painter.setBrush(look().colour("ptint"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look().px(6), look().px(6))
