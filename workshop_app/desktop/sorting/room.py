"""The room sorts: before, while it goes on, and what it adds up to. The board changes only when the leader says so."""

import time
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from workshop_app.actions import group, sort, tables
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import FAST_SORT, Page
from workshop_app.desktop.sorting.piles import PilesField
from workshop_app.desktop.sorting.result import ResultPanel
from workshop_app.desktop.sorting.running import RunningPanel
from workshop_app.desktop.sorting.start import StartPanel
from workshop_app.desktop.sorting.table_round import TableRound
from workshop_app.desktop.sorting.ways import KIND, board_step
from workshop_app.desktop.widgets import Button, ButtonBar, Heading, KeyCap, Pill, PlainLabel, column, row
from workshop_app.i18n import N_
from workshop_app.model.board import Suggestion
from workshop_app.model.sorting import Sorting, Sums
from workshop_app.store import queries

ASK_AGAIN_S = 5.0
SUMS_MS = 400  # at least between two sums, so that forty phones do not keep a core busy
LATER_HAND, LATER_SECONDS = 8, 90  # a later round is about few cards
PAGE_DOWN = "Page Down"
BEFORE, NOW, AFTER, TABLES = range(4)


class RoomSortPage(Page):
    """Three faces: the start, the running round, the result."""

    header = "none"
    margins = (32, 18, 32, 16)
    alone = True
    name = N_("The room sorts")

    def __init__(self, bridge: Bridge, step_id: str = "") -> None:
        super().__init__(bridge, step_id)
        self._sums: Sums | None = None
        self._found: Suggestion | None = None
        self._adding = self._again = self._starting = False
        self._new = False  # the leader wants a new round though there is a result
        self._asked_at = 0.0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SUMS_MS)
        self._wait.timeout.connect(self._add_up)
        self._build()
        bridge.clock.connect(self._tick)
        Embedder.of(bridge)

    def _build(self) -> None:
        lang = self.bridge.lang
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.pill = Pill()
        self.title = Heading()
        self.start, self.running, self.result = StartPanel(lang), RunningPanel(lang), ResultPanel(lang)
        self.tables = TableRound(self.bridge, self)
        self.faces = QStackedWidget()
        self._shown = (self.start, self.running, self.result, self.tables.panel)
        for one in self._shown:
            self.faces.addWidget(one)
        self.piles = PilesField(self.bridge)
        box = column(row(self.number, self.pill, None, gap=12), self.title, self.piles, 6, self.faces, gap=6)
        box.setStretchFactor(self.faces, 1)
        self.setLayout(box)
        self.paper = Button(lang("Enter from paper"), icon="plus")
        self.end = Button(lang("End"))
        self.more = Button(lang("One more round"), icon="refresh-cw")
        self.some = Button(lang("Use the ticked ones"))
        self.tick_all = Button(lang("Tick all"), icon="list-checks")
        self.back = Button(lang("To the board"), key="Esc")
        self.main = KeyCap(
            lang("Deal the cards"),
            PAGE_DOWN,
            role="primary",
            size="large",
            icon="arrow-right",
            icon_after=True,
        )
        self.note = PlainLabel(size="small", tone="ink2")
        self.paper.clicked.connect(self.piles.open)
        self.end.clicked.connect(self.stop)
        self.more.clicked.connect(self.once_more)
        self.some.clicked.connect(lambda: self.apply(self.result.wanted()))
        self.tick_all.clicked.connect(self.tables.panel.tick_all)
        self.back.clicked.connect(self.leave)
        self.main.clicked.connect(self.go_on)
        self.start.fast.connect(self.sort_fast)
        self.start.papers.connect(self.piles.open)
        self.start.hand.valueChanged.connect(lambda _n: self._face())
        self.start.together.changed.connect(self._face)
        self.start.together.named.connect(lambda names: self.bridge.do(tables.set_tables, names=names))
        self.tables.compared.connect(self._face)
        self.piles.left.connect(self.main.setFocus)
        self.result.ticked.connect(self._face)
        self.on_key("S", self.sort_fast)

    # What the shell asks for ----------------------------------------------------------

    def actions_bar(self) -> list[QPushButton]:
        """What else there is to do; only what fits the face is shown."""
        return [self.paper, self.end, self.more, self.some, self.tick_all, self.back]

    def own_next(self) -> QPushButton:
        """Deal, go on, use the result."""
        return self.main

    def own_note(self) -> QWidget:
        """What the main button means."""
        return self.note

    def shell_key(self, keys: str) -> bool:
        """Page Down is the main button, Esc leads back; both only while this page has something to do with them."""
        if keys == "Esc":
            if self.piles.isHidden():
                self.leave()
            else:
                self.piles.shut()
            return True
        if keys == "PgDown" and self.main.isEnabled() and self.face != AFTER:
            self.go_on()
            return True
        return False

    def leave(self) -> None:
        """Back to the board; the room goes on sorting."""
        self.step_asked.emit(board_step(self.bridge))

    def sort_fast(self) -> None:
        """The leader sorts what is left alone; the room's answers come first there."""
        self.step_asked.emit(FAST_SORT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.main.setFocus()
        self._soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is added up for nobody."""
        self._wait.stop()
        super().hideEvent(event)

    # What is seen -----------------------------------------------------------------------

    @property
    def sorting(self) -> Sorting:
        """The sorting as the file has it."""
        return self.bridge.get(queries.sorting)

    @property
    def face(self) -> int:
        """Which of the three is shown."""
        sorting = self.sorting
        if sorting.now is not None:
            return NOW
        return AFTER if sorting.placements and not self._new else BEFORE

    def refresh(self) -> None:
        """Reads the sorting; the sums follow from the background."""
        if self.sorting.now is not None:
            self._new = False
        self._face()
        self._soon()

    def _soon(self) -> None:
        self._again = True
        if not self._adding and not self._wait.isActive():
            self._add_up()

    def _add_up(self) -> None:
        if self._adding or not self._again or not self.isVisible() or not self.sorting.rounds:
            return
        if self.tables.is_on(self.sorting):
            return
        self._adding, self._again = True, False
        file, after = self.bridge.file, self.face == AFTER

        def work() -> tuple[Sums, Suggestion | None]:
            return sort.sums(file), sort.suggestion(file) if after else None

        self.bridge.in_background(work, self._added, self._not_added)

    def _added(self, found: tuple[Sums, Suggestion | None]) -> None:
        self._adding = False
        self._sums, suggestion = found
        self._found = suggestion if suggestion is not None else self._found
        self._face()
        if self.isVisible():
            self._wait.start()

    def _not_added(self, _trouble: BaseException) -> None:
        self._adding = False

    def _tick(self) -> None:
        if self.isVisible() and self.face == NOW:
            self._soon()  # phones that rest are seen by the clock alone

    def _face(self) -> None:
        lang, session, sorting = self.bridge.lang, self.session, self.sorting
        face = self.face
        here = self.bridge.get(queries.format_of).step(session.current_step).kind == KIND
        self.number.setText(lang("Step {n} of {m}").format(n=session.now_step.position, m=len(session.steps)))
        at_tables = face != BEFORE and self.tables.is_on(sorting)
        shown = TABLES if at_tables else face
        for at, one in enumerate(self._shown):
            # the page is only as high as what is seen
            rule = QSizePolicy.Policy.Preferred if at == shown else QSizePolicy.Policy.Ignored
            one.setSizePolicy(rule, rule)
        self.faces.setCurrentIndex(shown)
        titles = (lang("Let the room sort"), lang("The room sorts"), lang("This is how the room has sorted"))
        self.title.setText(
            lang("This is how the tables have sorted") if shown == TABLES and face == AFTER else titles[face]
        )
        self._pill(sorting, face, here)
        show = {
            self.paper: face == NOW,
            self.end: face == NOW and sorting.rounds[-1].number == 1 and not at_tables,
            self.more: face == AFTER,
            self.some: face == AFTER and not at_tables,
            self.tick_all: face == AFTER and at_tables,
            self.back: True,
        }
        for button, wanted in show.items():
            if button.parentWidget() is not None:
                button.setVisible(wanted)
        self.main.key = PAGE_DOWN if face != AFTER else ""  # a clicker must not move cards by itself
        if at_tables:
            self._at_tables(over=face == AFTER)
        else:
            (self._before, self._running, self._after)[face](sorting, here)
        bar = self.main.parentWidget()
        if isinstance(bar, ButtonBar):
            bar.give_way()  # other buttons are shown now than when it was filled

    def _pill(self, sorting: Sorting, face: int, here: bool) -> None:
        lang = self.bridge.lang
        if face == NOW and sorting.now is not None:
            n = sorting.now.number
            if sorting.now.state == "paused":
                self.pill.show_state(lang("Round {n} is paused").format(n=n), "attn", "pause")
            else:
                self.pill.show_state(lang("Round {n} is under way").format(n=n), "done", "circle-dot")
        elif face == AFTER:
            self.pill.show_state(lang("Nothing has been moved yet"), "info", "layers")
        elif here:
            self.pill.show_state(lang("Not begun"), "plain", "circle")
        else:
            self.pill.show_state(lang("The room is in another step"), "attn", "triangle-alert")

    def _before(self, _sorting: Sorting, here: bool) -> None:
        lang, board = self.bridge.lang, self.bridge.get(queries.board)
        phones = [p for p in self.bridge.get(queries.phones) if not p.muted]
        cards = [
            c
            for c in board.cards.values()
            if c.state in ("loose", "heap") and c.placed_by != "hand" and not c.inbox
        ]
        self.start.show_room(len(phones), len(cards))
        self.start.show_tables(self.bridge.get(queries.tables), self.bridge.get(queries.seats))
        self.main.setText(lang("Deal the cards"))
        self.main.setEnabled(here and bool(phones) and bool(cards) and self.start.whole)
        self.note.setText("" if here else lang("Bring the room to the step with the board first."))

    def _at_tables(self, over: bool) -> None:
        lang = self.bridge.lang
        self.tables.show(over)
        self.main.setText(lang("Put on the board") if over else lang("End and see the tables"))
        self.main.setEnabled(not over or any(one.heaps for one in self.tables.sorts))
        self.tick_all.setEnabled(bool(self.tables.panel.ticks))
        self.note.setText("")

    def _running(self, sorting: Sorting, _here: bool) -> None:
        lang, now = self.bridge.lang, sorting.now
        if now is None:
            return
        if self._sums is not None:
            left = now.left(self.bridge.now()).total_seconds()
            self.running.show_sums(self._sums, now, self.bridge.get(queries.board), left)
        unclear = len(self._sums.unclear) + len(self._sums.unseen) if self._sums is not None else 0
        self.main.setEnabled(True)
        if now.number == 1 and unclear:
            self.main.setText(lang("Deal round 2"))
            hand = min(LATER_HAND, unclear)
            cards = lang.plural("{n} unclear card", "{n} unclear cards", unclear)
            each = lang("{n} for each phone").format(n=hand)
            self.note.setText(f"{cards}, {each}\n{lang('about {n} seconds').format(n=LATER_SECONDS)}")
        else:
            self.main.setText(lang("End and see the result"))
            self.note.setText("")

    def _after(self, _sorting: Sorting, _here: bool) -> None:
        lang = self.bridge.lang
        self.main.setText(lang("Use all"))
        self.note.setText("")
        found, sums = self._found, self._sums
        # a button that goes grey loses the focus, so it waits for the answer
        self.main.setEnabled(found is None or not found.empty)
        if found is not None and sums is not None:
            agreed = {c: pair for h in sums.heaps for c, pair in zip(h.cards, h.agreement, strict=True)}
            self.result.show_result(found, sums, self.bridge.get(queries.board), agreed)
            self.some.setEnabled(bool(self.result.wanted()))

    # What the leader does -----------------------------------------------------------------

    def go_on(self) -> None:
        """The main button: deal, deal round 2 or end, use the result."""
        now = self.sorting.now
        if now is None:
            if self.face == AFTER and self.tables.is_on(self.sorting):
                self.tables.lay_out(self._applied)
            elif self.face == AFTER:
                self.apply(None)
            else:
                self.deal(self.start.hand.value(), self.start.seconds)
            return
        left = now.left(self.bridge.now()).total_seconds()
        busy = self.tables.busy if now.tables else self._sums is None or not self._sums.all_done
        soon = time.monotonic() - self._asked_at < ASK_AGAIN_S
        if left >= 10 and busy and not soon and now.state == "open":
            self._asked_at = time.monotonic()
            words = self.bridge.lang(
                "Some are still sorting. Press Page Down again to go on; half hands count."
            )
            self.bridge.said.emit("ask", words)
            return
        self._asked_at = 0.0
        unclear = self._sums is not None and bool(self._sums.unclear or self._sums.unseen)
        if now.number == 1 and unclear and not now.tables:
            self.bridge.do(sort.stop, lambda _: self.deal(LATER_HAND, LATER_SECONDS), told=False)
        else:
            self.stop()

    def stop(self) -> None:
        """Ends the round; what has been laid counts, half hands too."""
        self._sums = self._found = None
        self.bridge.do(sort.stop)

    def once_more(self) -> None:
        """A new round after the result: about what is unclear, or about everything when nothing is."""
        unclear = self._sums is not None and bool(self._sums.unclear or self._sums.unseen)
        if unclear and not self.tables.is_on(self.sorting):
            self.deal(LATER_HAND, LATER_SECONDS)
        else:
            self._new = True
            self._face()

    def deal(self, hand: int, seconds: int) -> None:
        """Deals in the background, then opens the round."""
        if self._starting:
            return
        self._starting = True
        if self.face == BEFORE and (way := self.start.together.chosen):
            self.tables.deal(way, hand, seconds, self._dealt, self._not_dealt)
            return
        file, number = self.bridge.file, len(self.sorting.rounds) + 1
        self.bridge.in_background(
            lambda: sort.plan(file, hand=hand, round=1 if self._new else number),
            partial(self._planned, hand, seconds),
            self._not_dealt,
        )
        self._face()

    def _planned(self, hand: int, seconds: int, hands: dict[str, tuple[int, ...]]) -> None:
        self._sums = None
        self.bridge.do(sort.start, self._dealt, self._not_dealt, hands=hands, hand=hand, seconds=seconds)

    def _dealt(self, _number: object) -> None:
        self._starting = False
        self._face()

    def _not_dealt(self, _trouble: BaseException) -> None:
        self._starting = False
        self._face()

    def apply(self, only: set[int | str] | None) -> None:
        """Uses the result, whole or the ticked heaps, as one step to undo; then the board."""
        if self._found is None or (only is not None and not only):
            return
        self.bridge.do(group.apply_suggestion, self._applied, suggestion=self._found, only_heaps=only)

    def _applied(self, moved: int) -> None:
        self._found = None
        self.bridge.said.emit(
            "undo", self.bridge.lang.plural("{n} card was moved.", "{n} cards were moved.", moved)
        )
        self.leave()
