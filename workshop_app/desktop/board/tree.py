"""The board as a list: themes, their heaps and their cards, for screen readers and for whoever prefers lists."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from workshop_app.desktop.board import ink
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.spots import Node
from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card, Heap, Theme
from workshop_app.model.sorting import TOLD_FROM

Index = QModelIndex | QPersistentModelIndex
NODE = Qt.ItemDataRole.UserRole
# Areas of the list that are no theme, by the number of their node.
NO_THEME, LOOSE, PARKED, HIDDEN = 0, 1, 2, 3


class Row:
    """One line of the list and what lies under it."""

    def __init__(self, node: Node, text: str, name: str, parent: "Row | None", hue: int = 0) -> None:
        self.node, self.text, self.name, self.parent, self.hue = node, text, name, parent, hue
        self.rows: list[Row] = []
        self.place = len(parent.rows) if parent is not None else 0
        if parent is not None:
            parent.rows.append(self)

    def signs(self) -> tuple[Any, ...]:
        """What it shows, to be compared."""
        return (self.node, self.text, self.name, tuple(r.signs() for r in self.rows))


def rows_of(board: Board, lang: Language) -> Row:
    """The whole list of a board under an invisible root."""
    root = Row(("root", 0), "", "", None)
    for theme in board.themes:
        title = theme.title or lang("Theme without a name")
        name = _theme_name(theme, lang)
        row = Row(("theme", theme.id), f"{theme.number}  {title}", name, root, theme.number)
        for heap in theme.heaps:
            _heap(heap, board, lang, row, theme.number)
    if board.loose_heaps:
        area = _area(NO_THEME, lang("Heaps without a theme"), len(board.loose_heaps), root)
        for heap in board.loose_heaps:
            _heap(heap, board, lang, area, 0)
    for number, title, cards in (
        (LOOSE, lang("Without a heap"), board.loose),
        (PARKED, lang("Parking lot"), board.parked),
        (HIDDEN, lang("Hidden"), board.hidden),
    ):
        if cards:
            area = _area(number, title, len(cards), root)
            for card in cards:
                _card(card, lang, area, 0)
    return root


def _area(number: int, title: str, count: int, root: Row) -> Row:
    return Row(("area", number), f"{title}  ({count})", f"{title}, {count}", root)


def _heap(heap: Heap, board: Board, lang: Language, parent: Row, hue: int) -> None:
    title = heap.title or (heap.cards[0].text if heap.cards else lang("Empty heap"))
    cards = lang.plural("{n} card", "{n} cards", len(heap.cards))
    tag = board.tag(heap)
    name = lang("Heap {tag}, {cards}, {title}").format(tag=tag, cards=cards, title=title)
    for doubt in doubts(heap, lang):
        name = f"{name}. {doubt}"
    row = Row(("heap", heap.id), f"{tag}  {title}  ({len(heap.cards)})", name, parent, hue)
    for card in heap.cards:
        _card(card, lang, row, hue)


def doubts(heap: Heap, lang: Language) -> list[str]:
    """Why a heap should be read once more, in words."""
    out = []
    if heap.doubted is not None:
        k, n = heap.doubted
        out.append(lang("The room agrees least about one card: {k} of {n}").format(k=k, n=n))
    if heap.large:
        out.append(lang("Large heap. Do all say the same need?"))
    return out


def _card(card: Card, lang: Language, parent: Row, hue: int) -> None:
    name = lang("Card {number}: {text}").format(number=card.number, text=card.text)
    if card.me_too:
        also = lang.plural("True here too: {n} person", "True here too: {n} people", card.me_too)
        name = f"{name}. {also}"
    k, n = card.agreed
    if n >= TOLD_FROM:
        name = f"{name}. {lang('{k} of {n}').format(k=k, n=n)}"
    Row(("card", card.id), f"{card.number}  {' '.join(card.text.split())}", name, parent, hue)


def node_name(board: Board, node: Node | None, lang: Language) -> str:
    """What a screen reader says about one thing: "Hög 4b, 4 kort, Krav på funktion"."""
    root = Row(("root", 0), "", "", None)
    kind, number = node or ("", 0)
    heap = board.heap(number) if kind == "heap" else None
    theme = board.theme(number) if kind == "theme" else None
    if kind == "card" and number in board.cards:
        _card(board.cards[number], lang, root, 0)
    elif heap is not None:
        _heap(heap, board, lang, root, 0)
    elif theme is not None:
        return _theme_name(theme, lang)
    return root.rows[0].name if root.rows else ""


def _theme_name(theme: Theme, lang: Language) -> str:
    title = theme.title or lang("Theme without a name")
    heaps = lang.plural("{n} heap", "{n} heaps", len(theme.heaps))
    return lang("Theme {n}, {title}, {heaps}").format(n=theme.number, title=title, heaps=heaps)


class BoardModel(QAbstractItemModel):
    """The rows of a board for a tree view."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Row(("root", 0), "", "", None)

    def show_rows(self, root: Row) -> bool:
        """Shows other rows; says whether anything changed."""
        if root.signs() == self.root.signs():
            return False
        self.beginResetModel()
        old, self.root = self.root, root
        self.endResetModel()
        del old  # indexes of the views pointed into it until now
        return True

    def row_at(self, index: Index) -> Row:
        """The row behind an index."""
        row = index.internalPointer() if index.isValid() else self.root
        return row if isinstance(row, Row) else self.root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self.row_at(parent).rows
        return self.createIndex(row, column, rows[row]) if row < len(rows) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self.row_at(index).parent
        if above is None or above is self.root:
            return QModelIndex()
        return self.createIndex(above.place, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.row_at(parent).rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.name
        if role == NODE:
            return row.node
        if role == Qt.ItemDataRole.FontRole:
            return (
                look().font("base", 400, people=True) if row.node[0] == "card" else look().font("base", 600)
            )
        if role == Qt.ItemDataRole.DecorationRole and row.node[0] in ("theme", "heap") and row.hue:
            patch = QPixmap(look().px(10), look().px(10))
            patch.fill(QColor(ink.hue_of(row.hue).seal))
            return patch
        return None

    def find(self, node: Node, under: Row | None = None) -> QModelIndex:
        """Where a thing stands in the list."""
        for row in (under or self.root).rows:
            if row.node == node:
                return self.createIndex(row.place, 0, row)
            found = self.find(node, row)
            if found.isValid():
                return found
        return QModelIndex()


class BoardTree(QTreeView):
    """The list itself; its selection is the page's selection, and all keys and menus work as on the canvas."""

    menu_asked = Signal(object, QPoint)
    read_asked = Signal(int)

    def __init__(self, chosen: Chosen, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen, self.lang = chosen, lang
        self.rows = BoardModel()
        self.setModel(self.rows)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName(lang("The board as a list"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._syncing = False
        self._waiting: Board | None = None
        self.selectionModel().selectionChanged.connect(self._picked)
        chosen.changed.connect(self.show_chosen)

    def show_board(self, board: Board) -> None:
        """Shows a board, now or when the list is looked at; what was open stays open."""
        self._waiting = board
        if self.isVisible():
            self._show_rows(board)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waiting is not None:
            self._show_rows(self._waiting)

    def _show_rows(self, board: Board) -> None:
        shut = {i.data(NODE) for i in self._all() if not self.isExpanded(i)} if self.rows.root.rows else set()
        self._syncing = True
        if self.rows.show_rows(rows_of(board, self.lang)):
            for index in self._all():
                self.setExpanded(index, index.data(NODE) not in shut)
        self._syncing = False
        self.show_chosen()

    def _all(self) -> list[QModelIndex]:
        out = []
        for top in range(self.rows.rowCount()):
            index = self.rows.index(top, 0)
            out += [index, *(self.rows.index(n, 0, index) for n in range(self.rows.rowCount(index)))]
        return [i for i in out if self.rows.rowCount(i)]

    def show_chosen(self) -> None:
        """Shows the page's selection."""
        if self._syncing or not self.isVisible():
            return
        self._syncing = True
        wanted = QItemSelection()
        nodes: list[Node] = [("card", c) for c in self.chosen.cards]
        if not nodes and self.chosen.node is not None and self.chosen.node[0] != "card":
            nodes = [self.chosen.node]
        for node in nodes:
            index = self.rows.find(node)
            wanted.select(index, index)
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if self.chosen.node is not None:
            index = self.rows.find(self.chosen.node)
            if index.isValid():
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                if self.isVisible():
                    self.scrollTo(index)
        self._syncing = False

    def _picked(self, *_what: object) -> None:
        if self._syncing:
            return
        self._syncing = True
        nodes: list[Node] = [tuple(i.data(NODE)) for i in self.selectedIndexes()]  # type: ignore[misc]
        cards = [n[1] for n in nodes if n[0] == "card"]
        if cards:
            self.chosen.take(cards)
        else:
            self.chosen.only(next((n for n in nodes if n[0] in ("heap", "theme")), None))
        self._syncing = False

    def _node(self) -> Node | None:
        index = self.currentIndex()
        return tuple(index.data(NODE)) if index.isValid() else None  # type: ignore[return-value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        node = self._node()
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page knows what there is to leave
        elif event.key() == Qt.Key.Key_Space and node is not None and node[0] == "card":
            self.read_asked.emit(node[1])
        elif (
            event.text()
            and event.text().isprintable()
            and event.key() not in (Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        ):
            event.ignore()  # letters are the page's keys, not a search in the list
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self._node(), event.globalPos())
