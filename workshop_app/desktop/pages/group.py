"""Groups and names: the board with its bar, the lists beside it, and the keys of whoever sorts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from workshop_app.desktop.board.bars import BarStack, tab_only
from workshop_app.desktop.board.carry import Carry, Drop
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.column import Aside, SideColumn
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.board.find import FindField
from workshop_app.desktop.board.menus import BoardMenus
from workshop_app.desktop.board.move_field import MoveField
from workshop_app.desktop.board.pane import EMPTY
from workshop_app.desktop.board.places import THEMES, Node
from workshop_app.desktop.board.proposal import ProposalBar, ProposalPanel
from workshop_app.desktop.board.proposing import Proposing
from workshop_app.desktop.board.reader import Reader
from workshop_app.desktop.board.rename import Naming
from workshop_app.desktop.board.tree import BoardTree, node_name
from workshop_app.desktop.board.verbs import Verbs
from workshop_app.desktop.board.view import BoardView
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, EmptyState, HintLine, column
from workshop_app.model.board import Board
from workshop_app.store import queries


class GroupPage(Page):
    """Cards into heaps, heaps into themes; by hand, and with the machine's suggestion where it is wanted."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge, step_id: str = "") -> None:
        super().__init__(bridge, step_id)
        lang = bridge.lang
        self.board: Board = EMPTY
        self.chosen = Chosen()
        self.carry = Carry(self)
        self.verbs = Verbs(bridge, self.chosen)
        self.bars = BarStack(lang)
        self.proposal = ProposalBar(lang)
        self.bars.addWidget(self.proposal)
        self.first = HintLine("layers", "info")
        self.first.say(
            lang("No heaps yet."),
            lang(
                "Drag a card onto the board beside the others, or select some that say the same need and press G."
            ),
        )
        self.view = BoardView(self.chosen, self.carry, lang)
        self.tree = BoardTree(self.chosen, lang)
        self.finder = FindField(self.view, lang)
        self.empty = EmptyState("", "layers")
        self.stack = QStackedWidget()
        for one in (self.view, self.tree, self.empty):
            self.stack.addWidget(one)
        box = column(self.bars, self.finder, self.first, self.stack, gap=0)
        box.setStretchFactor(self.stack, 1)
        self.setLayout(box)
        self.mover, self.reader = MoveField(lang, self), Reader(bridge, self)
        self.namer = Naming(self.verbs, self.stack, self.view, self.tree)
        self.side = SideColumn(self.chosen, self.carry, lang)
        self.panel = ProposalPanel(lang)
        self._aside = Aside(self.side, self.panel)
        self.proposing = Proposing(bridge, self.proposal, self.panel)
        self.menus = BoardMenus(
            self.verbs,
            self,
            {
                "read": self.read,
                "move": self.move_to,
                "all": self.take_heap,
                "rename": self.namer.rename,
                "voice": self.namer.ask_voice,
            },
        )
        self.list_button = Button(lang("Show as a list"), icon="list-checks")
        self.find_button = Button(lang("Find a card"), icon="search", key="Ctrl+F")
        self.fit_button = Button(lang("See all"), icon="maximize", key="Ctrl+0")
        self.list_button.setCheckable(True)
        self.zoom_button = Button("100 %", icon="zoom-in")
        self.zoom_button.setToolTip(lang("Back to 100 %"))
        tab_only(self.list_button, self.find_button, self.fit_button, self.zoom_button)
        self._asking = False
        self._wire()
        self._keys()
        Embedder.of(bridge)

    def _wire(self) -> None:
        tools, selection, question = self.bars.tools, self.bars.selection, self.bars.question
        tools.levels.chosen.connect(self.show_level)
        tools.heap.clicked.connect(self.verbs.new_heap)
        tools.theme.clicked.connect(self.verbs.new_theme)
        tools.suggest.clicked.connect(self.proposing.start)
        presses = {
            "move": self.move_to,
            "heap": self.verbs.new_heap,
            "join": self.verbs.join,
            "park": self.verbs.park,
            "hide": self.verbs.ask_reason,
            "back": self.verbs.take_out,
            "rename": self.namer.rename,
            "cards": self.take_heap,
            "theme": self.verbs.new_theme,
            "voice": self.namer.ask_voice,
            "dissolve": self.delete,
        }
        for name, press in presses.items():
            selection.buttons[name].clicked.connect(lambda _=False, press=press: press())
        selection.clear.clicked.connect(self.chosen.clear)
        question.yes.clicked.connect(self.answer_yes)
        question.no.clicked.connect(self.answer_no)
        self.chosen.changed.connect(self._chosen)
        self.carry.dropped.connect(self.verbs.land)
        self.carry.words_for = self.verbs.landing_words
        self.verbs.asked.connect(self.ask)
        self.verbs.reason_wanted.connect(self.ask_reason)
        self.verbs.rename_wanted.connect(self.namer.rename)
        self.proposing.changed.connect(self._proposed)
        for source in (self.view, self.tree, self.side):
            source.menu_asked.connect(self.show_menu)
            source.read_asked.connect(self.read)
        self.view.rename_asked.connect(self.namer.rename)
        self.view.leaving.connect(self._to_side)
        self.side.escaped.connect(self._to_board)
        self.side.show_loose.connect(lambda: self.view.reveal(("area", 1)))
        self.mover.went.connect(self._went)
        self.mover.left.connect(self._to_board)
        self.reader.left.connect(self._to_board)
        self.reader.walked.connect(self._read_on)
        self.namer.left.connect(self._to_board)
        self.finder.left.connect(self._to_board)
        self.list_button.toggled.connect(self.show_list)
        self.find_button.clicked.connect(lambda: self.finder.open(self.board))
        self.fit_button.clicked.connect(self.view.show_all)
        self.zoom_button.clicked.connect(lambda: self.view.set_zoom(1.0))
        self.view.zoomed.connect(lambda zoom: self.zoom_button.setText(f"{round(zoom * 100)} %"))

    def _keys(self) -> None:
        table = {
            "G": self.verbs.new_heap,
            "Shift+G": self.verbs.new_theme,
            "J": self.join,
            "P": self.verbs.park,
            "H": self.verbs.ask_reason,
            "A": self.take_heap,
            "M": self.move_to,
            "F2": self.namer.rename,
            "Delete": self.delete,
        }
        for keys, handler in table.items():
            self.on_key(keys, handler)
        for digit in "1234567890":
            self.on_key(digit, partial(self.move_to, digit))
        free: dict[str, Callable[[], None]] = {
            "Ctrl+F": lambda: self.finder.open(self.board),
            "Ctrl+0": self.view.show_all,
            "Ctrl++": lambda: self.view.step_zoom(1),
            "Ctrl+=": lambda: self.view.step_zoom(1),
            "Ctrl+-": lambda: self.view.step_zoom(-1),
        }
        for keys, handler in free.items():
            self.on_key(keys, handler, typing=True)

    # What the shell asks for ----------------------------------------------------------

    def aside(self) -> QWidget:
        """The side lists, or the heaps of a suggestion."""
        return self._aside

    def actions_bar(self) -> list[QPushButton]:
        """Another way to see, and to find."""
        return [self.list_button, self.find_button, self.fit_button, self.zoom_button]

    def refresh(self) -> None:
        """Shows the board as it is; selection and scroll stay."""
        board = self.bridge.get(queries.board)
        if board != self.board:
            self.board = board
            self.chosen.keep(board)
            self.bars.tools.show_board(board)
            self.view.show_board(board)
            self.side.show_board(board)
            self.tree.show_board(board)
            self.finder.board = board
            if not self.reader.isHidden():
                self.reader.read(board, self.reader.card)
        if not board.cards:
            self.empty.words.setText(self._empty_words())
        self.bars.tools.levels.show_level(self.view.level)
        self._faces()

    def _empty_words(self) -> str:
        lang, format_ = self.bridge.lang, self.bridge.get(queries.format_of)
        asks = (s.position for s in self.session.steps if format_.step(s.id).makes == "card")
        first = next(asks, None)
        if first is None:
            return lang("No cards yet.")
        return lang("No cards yet. They come here when step {n} begins.").format(n=first)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._to_board()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is left half done when another step comes on the stage."""
        self.carry.cancel()
        self.mover.hide()
        self.reader.hide()
        super().hideEvent(event)

    # What is seen -----------------------------------------------------------------------

    def _faces(self) -> None:
        bars = self.bars
        if self._asking:
            bars.setCurrentWidget(bars.question)
        elif self.proposing.shown:
            bars.setCurrentWidget(self.proposal)
        else:
            bars.show_selected(self.board, self.chosen)
        bare = bool(self.board.cards) and not self.board.heaps and not self.board.themes
        self.first.setVisible(bare and not self.proposing.shown)
        face: QWidget = self.tree if self.list_button.isChecked() else self.view
        self.stack.setCurrentWidget(
            face if self.board.cards or self.board.themes or self.board.heaps else self.empty
        )

    def _chosen(self) -> None:
        self._faces()
        words = node_name(self.board, self.chosen.node, self.bridge.lang)
        if words != self.view.accessibleDescription():
            self.view.setAccessibleDescription(words)
            if words and self.view.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    def show_level(self, level: str) -> None:
        """Theme names, heaps, or all text."""
        self.view.show_level(level)
        self.bars.tools.levels.show_level(level)
        if level == THEMES:
            self.chosen.clear()

    def show_list(self, on: bool) -> None:
        """The board as a list, or as a board again."""
        self._faces()
        self._to_board()

    def _to_board(self) -> None:
        face = self.stack.currentWidget()
        if self.isVisible() and face is not None and self.mover.isHidden() and self.reader.isHidden():
            face.setFocus()

    def _to_side(self) -> None:
        for kind in ("loose", "parked", "hidden"):
            one = self.side.lists[kind]
            if one.isVisible() and one.cards.cards:
                one.setFocus()
                self.chosen.only(("card", one.cards.cards[0].id))
                return

    # What the keys do ---------------------------------------------------------------------

    def join(self) -> None:
        """J: yes to a question, else joins what is selected."""
        if self._asking:
            self.answer_yes()
        elif self.chosen.cards:
            self.verbs.join()

    def delete(self) -> None:
        """Delete: cards leave their heap; a heap or theme is dissolved."""
        if self.chosen.cards:
            self.verbs.take_out()
        elif self.chosen.heap is not None:
            self.verbs.ask_dissolve(self.chosen.heap)
        elif self.chosen.theme is not None:
            self.verbs.dissolve_theme(self.chosen.theme)

    def take_heap(self) -> None:
        """A: every card of the heap where the keyboard stands, or of all that is without a heap."""
        node = self.chosen.node
        card = self.board.cards.get(node[1]) if node is not None and node[0] == "card" else None
        heap_id = card.heap if card is not None else self.chosen.heap
        heap = self.board.heap(heap_id) if heap_id is not None else None
        if heap is not None:
            self.chosen.take([c.id for c in heap.cards])
        elif card is not None and card.state == "loose":
            self.chosen.take([c.id for c in self.board.loose])

    def move_to(self, typed: str = "") -> None:
        """A digit or M: where to? With nothing selected a digit goes to that theme."""
        if self.chosen.cards or self.chosen.heap is not None:
            self.mover.open(self.board, typed, heap=not self.chosen.cards)
            bars = self.bars.geometry()
            self.mover.move(look().px(10), bars.bottom() + look().px(6))
        elif typed:
            number = 10 if typed == "0" else int(typed)
            for theme in self.board.themes:
                if theme.number == number:
                    self.chosen.only(("theme", theme.id))
                    self.view.reveal(("theme", theme.id))

    def _went(self, drop: Drop) -> None:
        what = self.chosen.cards or self.chosen.heap
        if what is not None:
            self.verbs.land(what, drop)

    def read(self, card: int) -> None:
        """Space: one card in full."""
        self.reader.read(self.board, card)

    def _read_on(self, key: int) -> None:
        self.view.walk(key)
        node = self.chosen.node
        if node is not None and node[0] == "card":
            self.reader.read(self.board, node[1])

    # Questions, menus, suggestion -------------------------------------------------------------

    def ask(self, text: str, yes: str, then: object) -> None:
        """Puts a question in the bar's place."""
        self.bars.question.ask(text, yes, then)  # type: ignore[arg-type]
        self._asking = True
        self._faces()

    def answer_yes(self) -> None:
        """Does what was asked about."""
        then = self.bars.question.then
        self.answer_no()
        if then is not None:
            then()

    def answer_no(self) -> None:
        """Leaves everything as it is."""
        self._asking = False
        self._faces()
        self._to_board()

    def show_menu(self, node: Node | None, where: QPoint) -> None:
        """The menu of what lies under the mouse."""
        self.menus.menu(node).popup(where)

    def ask_reason(self, cards: list[int]) -> None:
        """Why are they hidden? Five reasons, under the bar."""
        button = self.bars.selection.buttons["hide"]
        at = button if button.isVisible() else self.bars
        self.menus.reasons(cards).popup(at.mapToGlobal(QPoint(0, at.height())))

    def _proposed(self) -> None:
        self.view.canvas.mark("proposed", self.proposing.outlined())
        self._aside.turn(1 if self.proposing.suggestion is not None else 0)
        self._faces()

    # Esc --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the page while there is something here to leave."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if (
            override
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._leavable()
        ):
            event.accept()
            return True
        return super().event(event)

    def _leavable(self) -> bool:
        return self._asking or self.proposing.shown or self.chosen.anything or not self.finder.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._asking:
            self.answer_no()
        elif self.proposing.shown:
            self.proposing.stop()
        elif not self.finder.isHidden():
            self.finder.shut()
        else:
            self.chosen.clear()
