"""Groups and names: the board with its bar and the lists beside it. What keys and buttons do is in board/hands.py."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from workshop_app.desktop.board.bars import BarStack, tab_only
from workshop_app.desktop.board.carry import Carry
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.column import Aside, SideColumn
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.board.find import FindField
from workshop_app.desktop.board.hands import Hands
from workshop_app.desktop.board.menus import BoardMenus
from workshop_app.desktop.board.move_field import MoveField
from workshop_app.desktop.board.pair_bar import PairBar, Pairing
from workshop_app.desktop.board.pane import EMPTY
from workshop_app.desktop.board.places import THEMES, packed
from workshop_app.desktop.board.proposal import ProposalBar, ProposalPanel
from workshop_app.desktop.board.proposing import Proposing
from workshop_app.desktop.board.reader import Reader
from workshop_app.desktop.board.rename import Naming
from workshop_app.desktop.board.tree import BoardTree, node_name
from workshop_app.desktop.board.verbs import Verbs
from workshop_app.desktop.board.view import BoardView
from workshop_app.desktop.board.why import WhySheet
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import THEME_ORDER, Page
from workshop_app.desktop.sorting.ways import SortingWays
from workshop_app.desktop.widgets import Button, EmptyState, HintLine, column
from workshop_app.model.board import LAYOUT, OFF, PILES, SUGGESTIONS, Board
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
        self.side = SideColumn(self.chosen, self.carry, lang)
        self.finder = FindField(self.view, self.side, bridge)
        self.empty = EmptyState("", "layers")
        self.stack = QStackedWidget()
        for one in (self.view, self.tree, self.empty):
            self.stack.addWidget(one)
        self.pair_bar = PairBar(lang)
        self.pairing = Pairing(bridge, self.pair_bar)
        box = column(self.bars, self.finder, self.first, self.stack, self.pair_bar, gap=0)
        box.setStretchFactor(self.stack, 1)
        self.setLayout(box)
        self.mover = MoveField(lang, self)
        self.reader, self.why = Reader(bridge, self), WhySheet(bridge, self)
        self.namer = Naming(self.verbs, self.stack, self.view, self.tree)
        self.panel = ProposalPanel(lang)
        self._aside = Aside(self.side, self.panel)
        self.proposing = Proposing(bridge, self.proposal, self.panel)
        self.list_button = Button(lang("Show as a list"), icon="list-checks")
        self.find_button = Button(lang("Find a card"), icon="search", key="Ctrl+F")
        self.fit_button = Button(lang("See all"), icon="maximize", key="Ctrl+0")
        self.list_button.setCheckable(True)
        self.zoom_button = Button("100 %", icon="zoom-in")
        self.zoom_button.setToolTip(lang("Back to 100 %"))
        tab_only(self.list_button, self.find_button, self.fit_button, self.zoom_button)
        self.more_button = Button(lang("More"), icon="ellipsis")
        tab_only(self.more_button)
        self.asking = False
        self.hands, self.sorting = Hands(self), SortingWays(self)
        self.menus = BoardMenus(
            self.verbs,
            self,
            {
                "read": self.hands.read,
                "move": self.hands.move_to,
                "all": self.hands.take_heap,
                "rename": self.namer.rename,
                "voice": self.namer.ask_voice,
                "history": self.why.show_history,
                "together": self.why.ask_together,
                "nudge": self.hands.nudge,
                "pairs": lambda: self.pairing.open(not self.pairing.wanted),
                "order": lambda: self.step_asked.emit(THEME_ORDER),
                "places": lambda: packed(self.board, self.view.placement, lang),
            },
        )
        self.chosen.changed.connect(self._chosen)
        self.proposing.changed.connect(self._proposed)
        self.list_button.toggled.connect(self.show_list)
        Embedder.of(bridge)

    # What the shell asks for ----------------------------------------------------------

    def aside(self) -> QWidget:
        """The side lists, or the heaps of a suggestion."""
        return self._aside

    def actions_bar(self) -> list[QPushButton]:
        """The ways to sort, another way to see, and to find."""
        ways = (self.list_button, self.find_button, self.fit_button, self.zoom_button, self.more_button)
        return [*self.sorting.buttons, *ways]

    def refresh(self) -> None:
        """Shows the board as it is; selection and scroll stay."""
        board, settings = self.sorting.agreed(), self.session.settings
        free = settings.get(LAYOUT) == PILES
        self.bars.tools.suggest.setVisible(settings.get(SUGGESTIONS) != OFF)
        if board != self.board or free != self.view.free:
            self.board = board
            self.chosen.keep(board)
            self.bars.tools.show_board(board)
            self.view.show_board(board, free=free)
            self.side.show_board(board)
            self.tree.show_board(board)
            self.finder.show_board(board)
            if not self.reader.isHidden():
                self.reader.read(board, self.reader.card)
        if not board.cards:
            self.empty.words.setText(self._empty_words())
        self.bars.tools.levels.show_level(self.view.level)
        self.sorting.refresh()
        self.pairing.refresh()
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
        self.to_board()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is left half done when another step comes on the stage."""
        self.carry.cancel()
        self.mover.hide()
        self.reader.hide()
        self.why.hide()
        super().hideEvent(event)

    # What is seen -----------------------------------------------------------------------

    def _faces(self) -> None:
        bars = self.bars
        if self.asking:
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
        self.to_board()

    def to_board(self) -> None:
        """The keys go to the board again."""
        face = self.stack.currentWidget()
        if (
            self.isVisible()
            and face is not None
            and all(one.isHidden() for one in (self.mover, self.reader, self.why))
        ):
            face.setFocus()

    # Questions, suggestion -------------------------------------------------------------

    def ask(self, text: str, yes: str, then: object) -> None:
        """Puts a question in the bar's place."""
        self.bars.question.ask(text, yes, then)  # type: ignore[arg-type]
        self.asking = True
        self._faces()

    def answer_yes(self) -> None:
        """Does what was asked about."""
        then = self.bars.question.then
        self.answer_no()
        if then is not None:
            then()

    def answer_no(self) -> None:
        """Leaves everything as it is."""
        self.asking = False
        self._faces()
        self.to_board()

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
        return self.asking or self.proposing.shown or self.chosen.anything or not self.finder.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.asking:
            self.answer_no()
        elif self.proposing.shown:
            self.proposing.stop()
        elif not self.finder.isHidden():
            self.finder.shut()
        else:
            self.chosen.clear()
