"""The red thread: from the question to the routes in one picture, both ways, with everything that is loose told in red."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHeaderView, QPushButton, QTableView, QWidget

from workshop_app.desktop.board.reader import Reader
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.thread_column import ThreadColumn, broken, words
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, EmptyState, Heading, PlainLabel, column, row
from workshop_app.i18n import Language
from workshop_app.model.red_thread import COLUMNS, GAPS, HOME, Key, RedThread, Strand, red_thread
from workshop_app.model.voices import voices
from workshop_app.store import queries

NAMES = tuple(COLUMNS)
WIDE = {"question": 3, "card": 5, "heap": 4, "need": 5, "goal": 4, "route": 4}  # shares of the width
Index = QModelIndex | QPersistentModelIndex


class Lines(QWidget):
    """The thread itself, drawn between the columns over everything; the mouse goes through it."""

    def __init__(self, page: "ThreadPage") -> None:
        super().__init__(page)
        self.page = page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("thread"), look().px(2)))
        for one, other in self.page.links():
            left, right = self._end(one, True), self._end(other, False)
            if left is not None and right is not None:
                path = QPainterPath(left)
                half = (right.x() - left.x()) / 2
                path.cubicTo(left.x() + half, left.y(), right.x() - half, right.y(), right.x(), right.y())
                painter.drawPath(path)

    def _end(self, key: Key, right: bool) -> QPointF | None:
        column_ = self.page.columns[key[0]]
        box = column_.box(key)
        if box is None:
            return None
        port = column_.view.viewport()
        y = min(max(box.center().y(), 0), port.height())
        return QPointF(port.mapTo(self.page, QPoint(box.right() if right else box.left(), y)))


class StrandTable(QAbstractTableModel):
    """Every strand as a row: what the picture shows, as text."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.shown = RedThread({}, ())

    def show(self, thread: RedThread) -> None:
        """Takes another thread."""
        self.beginResetModel()
        self.shown = thread
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown.strands)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(NAMES)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.lang(COLUMNS[NAMES[section]]) if way == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.shown.strands[index.row()][index.column()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or key is None:
            return "" if role == Qt.ItemDataRole.AccessibleTextRole else None
        node = self.shown.nodes[key]
        gap = broken(node, self.lang)
        return f"{node.number} {words(node, self.lang)}".strip() + (f" ({gap})" if gap else "")


class ThreadPage(Page):
    """Six columns and the thread between them. Pick a node, and all that it comes from and leads to is lit."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge, step_id: str = "") -> None:
        super().__init__(bridge, step_id)
        lang = bridge.lang
        self.whole = self.seen = RedThread({}, ())
        self.key: Key | None = None
        self.account = PlainLabel(size="large", weight="semibold")
        self.gap_count = PlainLabel(size="base", tone="on_bad", weight="semibold")
        self.role, self.whom = QComboBox(), QComboBox()
        self.role.setAccessibleName(lang("Role"))
        self.whom.setAccessibleName(lang("For whom"))
        for choice in (self.role, self.whom):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMaximumWidth(look().px(320))
        self.only_gaps = Button(lang("Only what is loose"), icon="unlink")
        self.only_gaps.setCheckable(True)
        self.as_table = Button(lang("Show as a table"), icon="list-checks")
        self.as_table.setCheckable(True)
        self.go = Button(lang("Go there"), role="primary", icon="arrow-right", key="Ctrl+Enter", size="large")
        self.columns = {name: ThreadColumn(lang, name, lang(COLUMNS[name])) for name in NAMES}
        self.table_model = StrandTable(lang)
        self.table = QTableView()
        self.table.setModel(self.table_model)
        self.table.setAccessibleName(lang("The red thread as a table"))
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.hide()
        self.empty = EmptyState(
            lang("Nothing has come in yet. The thread begins with the first card."), "link"
        )
        self.lines = Lines(self)
        self.reader = Reader(bridge, self)
        head = row(
            Heading(lang("The red thread"), wrap=False), 12, self.account, None, self.gap_count, gap=12
        )
        tools = row(self.role, self.whom, self.only_gaps, None, gap=8)
        self.sheet = QWidget()
        line = row(gap=26)
        for name, one in self.columns.items():
            line.addWidget(one, WIDE[name])
        self.sheet.setLayout(line)
        box = column(head, tools, self.empty, self.sheet, self.table, gap=10, margins=(24, 16, 24, 12))
        for part in (self.empty, self.sheet, self.table):
            box.setStretchFactor(part, 1)
        self.setLayout(box)
        self._wire()

    def _wire(self) -> None:
        for name, one in self.columns.items():
            one.picked.connect(self.pick)
            one.view.sideways.connect(lambda way, name=name: self.step_sideways(name, way))
            one.view.mend.connect(self.open)
            one.view.doubleClicked.connect(lambda _index: self.open())
            one.view.verticalScrollBar().valueChanged.connect(self.lines.update)
        self.role.activated.connect(self._filter)
        self.whom.activated.connect(self._filter)
        self.only_gaps.toggled.connect(self._filter)
        self.as_table.toggled.connect(self._arrange)
        self.go.clicked.connect(self.mend)
        self.table.activated.connect(self._open_cell)
        self.reader.walked.connect(self._read_on)
        self.reader.left.connect(self._read_out)
        self.on_key("Ctrl+Return", self.mend)

    def actions_bar(self) -> list[QPushButton]:
        return [self.as_table]

    def own_next(self) -> QPushButton | None:
        return self.go

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        get, lang = self.bridge.get, self.bridge.lang
        asked_in = {a.receipt: a.question_version for a in get(queries.answers)}
        board = get(queries.board)
        self.whole = red_thread(
            get(queries.questions), board, get(queries.needs), get(queries.goals), asked_in
        )
        self.whole = self._with_voices(self.whole)
        books = get(queries.balance)
        self.account.setText(
            lang("{received} received, {accounted} accounted for").format(
                received=books.received, accounted=books.accounted
            )
        )
        gaps = len(self.whole.gaps)
        self.gap_count.setText(
            lang.plural("{n} thing is loose", "{n} things are loose", gaps) if gaps else ""
        )
        room = get(queries.room)
        roles = sorted({shown for c in board.cards.values() if (shown := room.role_shown(c.role))})
        self._choices(self.role, lang("All roles"), roles)
        whom = sorted({c.beneficiary for c in board.cards.values() if c.beneficiary})
        self._choices(self.whom, lang("For everybody"), whom)
        self._filter()
        if not self.reader.isHidden():
            self.reader.read(board, self.reader.card)

    def _with_voices(self, thread: RedThread) -> RedThread:
        """The thread with those whose voice is missing named under each need."""
        get, lang = self.bridge.get, self.bridge.lang
        board, room, nodes = get(queries.board), get(queries.room), dict(thread.nodes)
        for need in get(queries.needs):
            missing = voices(need, board, room).not_heard(lang)
            if ("need", need.id) in nodes and missing:
                words_ = lang("missing: {groups}").format(groups=missing)
                nodes["need", need.id] = replace(nodes["need", need.id], about=words_)
        return replace(thread, nodes=nodes)

    @staticmethod
    def _choices(box: QComboBox, everything: str, choices: list[str]) -> None:
        if not box.count() or [box.itemText(i) for i in range(1, box.count())] != choices:
            kept = box.currentText()
            box.clear()
            box.addItems([everything, *choices])
            box.setCurrentIndex(max(box.findText(kept, Qt.MatchFlag.MatchExactly), 0))
        box.setEnabled(bool(choices))

    def _filter(self) -> None:
        role = self.role.currentText() if self.role.currentIndex() > 0 else ""
        whom = self.whom.currentText() if self.whom.currentIndex() > 0 else ""
        cards = None
        if role or whom:
            found = self.bridge.get(queries.board).cards.values()
            cards = [
                c.id for c in found if (not role or c.role == role) and (not whom or c.beneficiary == whom)
            ]
        self.seen = self.whole.only(cards, self.only_gaps.isChecked())
        for name, one in self.columns.items():
            one.show_nodes(self.seen.column(name))
        self.table_model.show(self.seen)
        self.pick(self.key if self.key in self.seen.nodes else None)
        self._arrange()

    def _arrange(self) -> None:
        any_card = bool(self.whole.column("card") or self.whole.column("need"))
        table = self.as_table.isChecked()
        self.empty.setVisible(not any_card)
        self.sheet.setVisible(any_card and not table)
        self.table.setVisible(any_card and table)
        self.lines.setVisible(any_card and not table)
        self.lines.raise_()
        if table and any_card:
            self.table.resizeRowsToContents()

    # Walking along it -----------------------------------------------------------

    def pick(self, key: Key | None) -> None:
        """Lights the thread of a node, in both directions; None for no node."""
        self.key = key
        lit = self.seen.related(key) if key is not None else None
        for name, one in self.columns.items():
            one.model.light(lit)
            if lit and key is not None and name != key[0]:
                first = next((n.key for n in one.model.nodes if n.key in lit), None)
                if first is not None and one.current not in lit:
                    one.stand_on(first)
        self.go.setEnabled(key is not None)
        self.lines.update()

    def links(self) -> set[tuple[Key, Key]]:
        """What the lit thread ties together: neighbours on the strands of the node picked."""
        strands = self.seen.strands_of(self.key) if self.key is not None else []
        return {pair for strand in strands for pair in _pairs(strand)}

    def step_sideways(self, name: str, way: int) -> None:
        """Goes to the nearest column that way which has something on this thread."""
        key = self.columns[name].current
        if key is None:
            return
        if key != self.key:
            self.pick(key)
        lit, at = self.seen.related(key), NAMES.index(name)
        for other in NAMES[at + 1 :] if way > 0 else reversed(NAMES[:at]):
            target = next((n.key for n in self.columns[other].model.nodes if n.key in lit), None)
            if target is not None:
                self.columns[other].view.setFocus()
                self.columns[other].stand_on(target)
                self.pick(target)
                return

    def open(self) -> None:
        """Opens what is picked: a card to be read here, anything else where it is mended or was made."""
        board, card = self.bridge.get(queries.board), 0
        if self.key is not None and self.key[0] == "card":
            card = int(str(self.key[1]))
            joined = next((one for one in board.merged if one.id == card), None)
            card = joined.merged_into or card if joined is not None else card
        if card in board.cards:
            self.reader.read(board, card)
        else:
            self.mend()

    def _open_cell(self, index: QModelIndex) -> None:
        key = self.seen.strands[index.row()][index.column()]
        if key is not None:
            self.pick(key)
            self.open()

    def _read_on(self, arrow: int) -> None:
        """Up and down read the next card; sideways goes on along the thread."""
        cards = self.columns["card"]
        at = cards.model.place(("card", self.reader.card))
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(arrow))
        if sideways is not None and self.sheet.isVisible():
            self.reader.shut()
            self.step_sideways("card", sideways)
        elif sideways is None and self.sheet.isVisible():
            after = at + (1 if arrow == Qt.Key.Key_Down else -1)
            if 0 <= after < len(cards.model.nodes):
                cards.stand_on(cards.model.nodes[after].key)
                self.pick(cards.model.nodes[after].key)
                self.open()

    def _read_out(self) -> None:
        (self.table if self.table.isVisible() else self.columns["card"].view).setFocus()

    def mend(self) -> None:
        """Opens the step where the picked node is mended, or where it was made."""
        if self.key is None:
            return
        node = self.seen.nodes[self.key]
        kind = GAPS[node.gaps[0]][1] if node.gaps else HOME[node.column]
        steps = self.bridge.get(queries.format_of).steps
        step = next((s.id for s in steps if s.kind == kind), "")
        if step:
            if node.column == "need":
                self.bridge.wanted_need = int(str(node.key[1]))
            self.step_asked.emit(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lines.setGeometry(self.rect())
        if not self.reader.isHidden():
            self.reader.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setGeometry(self.rect())
        self.lines.raise_()


def _pairs(strand: Strand) -> list[tuple[Key, Key]]:
    return list(pairwise(key for key in strand if key is not None))
