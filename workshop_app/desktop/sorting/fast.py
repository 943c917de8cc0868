"""Fast sorting: one card at a time, the likeliest heaps under 1 to 6, and the hands never leave the keys."""

import itertools
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QMenu, QPushButton, QWidget

from workshop_app.actions import fast_sort, group
from workshop_app.actions.action import Action
from workshop_app.desktop.board.bars import tab_only
from workshop_app.desktop.board.carry import Drop
from workshop_app.desktop.board.move_field import MoveField
from workshop_app.desktop.board.verbs import HIDE_WORDS
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.sorting.card_view import CardView
from workshop_app.desktop.sorting.fast_side import FastSide
from workshop_app.desktop.sorting.heap_button import HeapButton, KeyButton, Offered, offered
from workshop_app.desktop.sorting.progress import StepsBar
from workshop_app.desktop.sorting.said import said_about
from workshop_app.desktop.sorting.turn import LATER, Turn
from workshop_app.desktop.sorting.ways import board_step
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, EmptyState, Heading, PlainLabel, column, row
from workshop_app.i18n import N_
from workshop_app.model.board import Board
from workshop_app.store import queries

REST_S = 0.15  # after each card, so that no unread card is laid by a key that was pressed twice
AGAIN_S = 0.5
LOW = 840  # a window under this height at 100 % gets lower frames
USUAL_S = 3.0  # for a card, before the leader's own pace is known


class FastSortPage(Page):
    """The leader sorts what has no heap. Every placing is an action and an undo step of its own."""

    wants_width = True
    header = "none"
    margins = (32, 16, 32, 12)
    alone = True
    name = N_("Sort fast")

    def __init__(self, bridge: Bridge, step_id: str = "") -> None:
        super().__init__(bridge, step_id)
        self.turn, self.near = Turn(), fast_sort.NOTHING
        self._shown: int | None = None
        self._blind = self._reading = self._busy = self._tabbing = False
        self._since = 0.0  # when the card was shown
        self._undone: tuple[object, float] = (None, 0.0)
        self._begun = (0.0, 0)  # when the page was opened, and how many cards were laid then
        self._build()
        self._keys()

    def _build(self) -> None:
        lang = self.bridge.lang
        self.place = PlainLabel(size="small", tone="ink2")
        self.steps = StepsBar()
        self.card = CardView(lang)
        self.question = Heading(lang("Which heap says the same need?"), size="large", wrap=False)
        self.search = Button(lang("Search all heaps"), role="quiet", icon="search", key="Tab")
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab itself opens it
        self.heaps = [HeapButton(str(n), lang) for n in range(1, fast_sort.SHOWN + 1)]
        self.new, self.later = KeyButton("G", dashed=True), KeyButton(lang("Space bar"))
        self.new.say(lang("New heap"), lang("the name can wait"))
        self.later.say(lang("Later"), lang("comes again last"))
        grid = QGridLayout()
        grid.setSpacing(look().px(10))
        for at, button in enumerate((*self.heaps, self.new, self.later)):
            grid.addWidget(button, at // 2, at % 2)
        self.sheet = QWidget()
        head = row(self.question, None, self.search)
        self.sheet.setLayout(column(self.card, 6, head, grid, gap=6))
        self.empty = EmptyState("", "circle-check")
        self.setLayout(column(self.place, self.steps, 4, self.sheet, self.empty, None, gap=6))
        self.mover = MoveField(lang, self)
        self.side = FastSide(lang)
        self.undo_button = Button(lang("Undo"), icon="undo-2", key=lang("Backspace"))
        self.park_button = Button(lang("Park"), key="P")
        self.hide_button = Button(lang("Hide"), key="H")
        self.back_button = Button(lang("Back to the board"), key="Esc")
        self.note = PlainLabel(size="small", tone="ink2")
        self.note.setMinimumWidth(look().px(180))
        tab_only(self.undo_button, self.park_button, self.hide_button)

    def _keys(self) -> None:
        for at, button in enumerate(self.heaps):
            button.clicked.connect(partial(self.choose, at))
            self.on_key(str(at + 1), partial(self.choose, at)).setAutoRepeat(False)
        table: dict[str, tuple[QAbstractButton, Callable[[], None]]] = {
            "G": (self.new, self.found),
            "P": (self.park_button, self.park),
            "H": (self.hide_button, self.ask_reason),
            "Backspace": (self.undo_button, self.undo),
        }
        for keys, (press, handler) in table.items():
            press.clicked.connect(lambda _=False, handler=handler: handler())
            self.on_key(keys, handler).setAutoRepeat(False)
        self.later.clicked.connect(self.put_off)
        self.back_button.clicked.connect(self.leave)
        self.search.clicked.connect(self.search_all)
        self.card.searched.connect(self.search_all)
        self.mover.went.connect(self._went)
        self.mover.left.connect(self._found_or_not)
        order: list[QWidget] = [self.card, self.mover.field, *self.heaps, self.new, self.later]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    # What the shell asks for ----------------------------------------------------------

    def aside(self) -> QWidget:
        """How many are left and where the last ones went."""
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        """The way back, and where a card goes that belongs in no heap."""
        return [self.undo_button, self.park_button, self.hide_button]

    def own_next(self) -> QPushButton:
        """Back to the board."""
        return self.back_button

    def own_note(self) -> QWidget:
        """Where the last card went."""
        return self.note

    def shell_key(self, keys: str) -> bool:
        """Esc leaves; Ctrl+Z takes back what was laid here."""
        if keys == "Esc":
            self.leave()
        elif keys == "Ctrl+Z" and self.turn.laid:
            self.undo()
        else:
            return False
        return True

    def leave(self) -> None:
        """Back to the board; everything laid is laid."""
        self.step_asked.emit(board_step(self.bridge))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lower frames in a low window, so that all keys are in sight."""
        low = self.window().height() * 100 / look().percent < LOW
        self.card.setFixedHeight(look().px(146 if low else 184))
        for button in (*self.heaps, self.new, self.later):
            wide = button in self.heaps
            button.stand((80 if low else 92) if wide else (56 if low else 68))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._begun = (time.monotonic(), self._count())
        self.card.setFocus()

    # What is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the board; the card that is shown stays, and so does the order of its heaps."""
        board = self.bridge.get(queries.board)
        self.turn.follow(board, self.bridge.file.undo_step, self._order)
        self._read_on()
        self._show(board)

    def _order(self, cards: Sequence[int]) -> list[int]:
        return fast_sort.in_turn(cards, self.near)

    def _read_on(self) -> None:
        """Compares the cards in the background when there are new ones, or new vectors."""
        file = self.bridge.file
        if not self._reading and self.near.basis != fast_sort.basis(file):
            self._reading = True
            self.bridge.in_background(lambda: fast_sort.nearness(file), self._read, self._unread)

    def _read(self, near: fast_sort.Nearness) -> None:
        self._reading, self.near = False, near
        self.turn.arrange(self._order)
        self._show(self.bridge.get(queries.board))

    def _unread(self, _trouble: BaseException) -> None:
        self._reading = False

    def _show(self, board: Board) -> None:
        lang, card = self.bridge.lang, self.turn.card
        done = self._count()
        self.place.setText(
            lang("Card {n} of {all} without a heap").format(n=done + 1, all=done + len(self.turn.queue))
            if card is not None
            else ""
        )
        self.steps.show_steps(done, len(self.turn.queue))
        self._offer(board, card)
        self.question.setText(
            lang("Which heap says the same need?")
            if board.heaps
            else lang("No heaps yet. Press G, and the card is the first in a heap.")
        )
        self.search.setVisible(bool(board.heaps or board.themes))
        self.sheet.setVisible(card is not None)
        self.empty.setVisible(card is None)
        self.empty.words.setText(self._empty_words(board))
        self.back_button.set_role("plain" if card is not None else "primary")
        for button in (self.park_button, self.hide_button):
            button.setEnabled(card is not None)
        self.undo_button.setEnabled(bool(self.turn.laid))
        self.note.setText(self._last(board))
        self.side.show_left(len(self.turn.queue), self._pace())
        self.side.show_laid(self.turn.laid, board)
        if card != self._shown:
            self._shown, self._since = card, time.monotonic()
            if self.isVisible() and self.mover.isHidden():
                (self.card if card is not None else self.back_button).setFocus()

    def _offer(self, board: Board, card: int | None) -> None:
        placements = self.bridge.get(queries.sorting).placements
        found = board.cards.get(card) if card is not None else None
        votes = fast_sort.votes(board, placements, found.id) if found is not None else {}
        if card is None:
            order: list[int] = []
        elif card == self._shown and not self._blind:  # fixed while the card is shown
            order = [b.offered.heap for b in self.heaps if b.offered is not None]
        else:
            self._blind = not self.near.rows
            order = [one.heap for one in fast_sort.likely(board, card, self.near, votes)]
        shown: list[Offered | None] = []
        for heap in map(board.heap, order):
            shown.append(offered(board, heap, *votes.get(heap.id, (0, 0))) if heap is not None else None)
        for button, what in zip(self.heaps, shown + [None] * len(self.heaps), strict=False):
            button.offer(what)
        self.card.show_card(found, said_about(board, placements, card, self.bridge.lang))

    def _empty_words(self, board: Board) -> str:
        lang = self.bridge.lang
        return lang("Every card has a place.") if board.cards else lang("No cards yet.")

    def _last(self, board: Board) -> str:
        lang = self.bridge.lang
        if not self.turn.laid:
            return ""
        one = self.turn.laid[-1]
        heap = board.heap(one.heap) if one.heap is not None else None
        if heap is not None:
            return lang("Card {n} lies in {tag}.").format(n=one.card, tag=board.tag(heap))
        words = {
            LATER: lang("Card {n} comes last."),
            "parked": lang("Card {n} is parked."),
            "hidden": lang("Card {n} is hidden."),
        }
        return words.get(one.where, "").format(n=one.card)

    def _count(self) -> int:
        """Cards that this page has laid."""
        return sum(one.where != LATER for one in self.turn.laid)

    def _pace(self) -> float:
        """Seconds for a card, as it has gone since the page was opened."""
        since, before = self._begun
        laid = self._count() - before
        return min(max((time.monotonic() - since) / laid, 1.0), 20.0) if laid >= 3 else USUAL_S

    # What the keys do ---------------------------------------------------------------------

    def _ready(self) -> int | None:
        """The card that may be laid now; None while the keys rest."""
        rests = self._busy or time.monotonic() - self._since < REST_S
        return None if rests else self.turn.card

    def _lay(self, action: Action, **where: Any) -> None:
        card = self._ready()
        if card is not None:
            self._busy = True
            self.turn.press(card)
            self.bridge.do(
                action, self._laid, partial(self._refused, card), told=False, cards=[card], **where
            )

    def _laid(self, _result: object) -> None:
        self._busy = False

    def _refused(self, card: int, _trouble: BaseException) -> None:
        self._busy = False
        self.turn.refused(card)

    def choose(self, at: int, _checked: bool = False) -> None:
        """1 to 6: the card goes into that heap."""
        what = self.heaps[at].offered
        if what is not None:
            self._lay(group.move_cards, heap=what.heap)

    def found(self) -> None:
        """G: the card founds a heap."""
        self._lay(group.new_heap)

    def park(self) -> None:
        """P: to the parking lot."""
        self._lay(group.park)

    def put_off(self) -> None:
        """Space: the card comes again last."""
        if self._ready() is not None:
            self.turn.later()
            self._show(self.bridge.get(queries.board))

    def ask_reason(self) -> None:
        """H: why is it hidden? 1 to 5 choose."""
        if self._ready() is None:
            return
        lang = self.bridge.lang
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(lang("Why is it hidden?"))
        menu.addAction(lang("Why is it hidden?")).setEnabled(False)
        for number, (reason, words) in enumerate(HIDE_WORDS.items(), 1):
            action = menu.addAction(f"&{number}  {lang(words)}")
            action.triggered.connect(lambda _=False, reason=reason: self._lay(group.hide, reason=reason))
        at = self.hide_button if self.hide_button.isVisible() else self
        menu.popup(at.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def search_all(self) -> None:
        """Tab: all heaps and themes, found by tag or words."""
        if self.turn.card is not None:
            self.mover.open(self.bridge.get(queries.board))
            self.mover.move(self.question.mapTo(self, QPoint(0, 0)))

    def _found_or_not(self) -> None:
        if not self._tabbing:  # Tab goes on from the search to the heaps
            self.card.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab and Shift+Tab within the page."""
        self._tabbing = True
        moved = super().focusNextPrevChild(forward)
        self._tabbing = False
        return moved

    def _went(self, drop: Drop) -> None:
        kind, number = drop
        if kind == "heap":
            self._lay(group.move_cards, heap=number)
        elif kind == "theme":
            self._lay(group.move_cards_to_theme, theme=number)
        elif kind == "parked":
            self.park()
        elif kind == "loose":
            self.put_off()
        else:
            self.found()

    def undo(self) -> None:
        """Backspace: one card back for each press, to the first."""
        if not self.turn.laid:
            self.bridge.said.emit("quiet", self.bridge.lang("There is nothing more to take back here."))
            return
        top, now = self.turn.laid[-1], time.monotonic()
        if top == self._undone[0] and now - self._undone[1] < AGAIN_S:
            return  # it is on its way
        if top.where == LATER:
            self.turn.back_from_later()
            self._show(self.bridge.get(queries.board))
            return
        self._undone = (top, now)
        if top.step == self.bridge.file.undo_step:
            self.bridge.undo()
        else:  # something else has been done since, which stays
            self.bridge.do(
                group.bring_back if top.where != "heap" else group.take_out, told=False, cards=[top.card]
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space lays the card aside, unless a button has the focus and takes it."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.put_off()
        else:
            super().keyPressEvent(event)
