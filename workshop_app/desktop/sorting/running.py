"""While the room sorts: how far it has come, heaps that take shape, cards that are unclear, one piece of advice."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workshop_app.desktop.sorting.dots import PhoneDots
from workshop_app.desktop.sorting.lines import HeapLine, UnclearLine
from workshop_app.desktop.widgets import (
    Button,
    Counter,
    Heading,
    HintLine,
    PlainLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.sorting import IDLE_SECONDS, SortingRound, Sums

HEAPS_SHOWN, UNCLEAR_SHOWN = 8, 6
SLOW_SECONDS = 25  # without a first card laid, before anything is said about it


class RunningPanel(QWidget):
    """Figures without names; nothing of it is shown to the room."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.counter = Counter(lang("cards placed"))
        self.dots = PhoneDots(lang)
        self.caption = PlainLabel(size="small", tone="ink2", wrap=True)
        self.advice = HintLine("lightbulb")
        self.heaps_head = Heading(size="base", wrap=False)
        self.all = Button(lang("Show all"), role="quiet")
        self.all.setCheckable(True)
        self.all.toggled.connect(lambda _on: self._fill())
        self.heaps, self.unclear = column(gap=0), column(gap=0)
        self.unclear_head = Heading(size="base", wrap=False)
        for head in (self.heaps_head, self.unclear_head):
            head.setMinimumHeight(self.all.sizeHint().height())
        self.heaps_note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.unclear_note = PlainLabel(size="small", tone="ink2", wrap=True)
        figures = row(self.counter, column(self.dots, self.caption, gap=0), gap=32)
        figures.setStretch(1, 1)
        left = QFrame()
        left.setLayout(column(row(self.heaps_head, None, self.all), self.heaps, self.heaps_note, None, gap=4))
        right = QFrame()
        right.setLayout(column(self.unclear_head, self.unclear, self.unclear_note, None, gap=4))
        sides = QHBoxLayout()
        sides.setSpacing(32)
        sides.addWidget(left, 4)
        sides.addWidget(right, 3)
        self.setLayout(column(figures, self.advice, 4, sides, None, gap=10))
        self._board: Board | None = None
        self._sums: Sums | None = None
        self._filled: object = None
        self._told_done = 0  # the round in which "all are done" was announced

    def show_sums(self, sums: Sums, now: SortingRound, board: Board, left: float) -> None:
        """Shows what it adds up to; counts change silently, only that all are done is announced."""
        lang = self.lang
        self.counter.show_value(sums.placed, lang("of {n} cards placed").format(n=sums.dealt))
        self.dots.show_phones(sums.phones, now.hand)
        self.caption.setText(
            lang("A dot is a phone: how many of its {n} cards it has placed. No order, no names.").format(
                n=now.hand
            )
        )
        title, text = advice(sums, now, left, lang)
        self.advice.say(title, text)
        if sums.all_done and self._told_done != now.number:
            self._told_done = now.number
            words = lang("All are done.")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.advice, words))
        self._board, self._sums = board, sums
        self._fill()

    def _fill(self) -> None:
        if self._sums is None or self._board is None:
            return
        lang, sums, board = self.lang, self._sums, self._board
        state = (sums.heaps, sums.unclear, self.all.isChecked())
        if state == self._filled:
            return
        self._filled = state
        shown = sums.heaps if self.all.isChecked() else sums.heaps[:HEAPS_SHOWN]
        self.heaps_head.setText(
            lang("Heaps taking shape, {n}").format(n=len(sums.heaps))
            if len(shown) == len(sums.heaps)
            else lang("Heaps taking shape, {n} of {all}").format(n=len(shown), all=len(sums.heaps))
        )
        self.all.setVisible(len(sums.heaps) > HEAPS_SHOWN)
        empty_layout(self.heaps)
        for heap in shown:
            self.heaps.addWidget(HeapLine(heap, board, lang))
        self.heaps_note.setText("" if sums.heaps else lang("They come as soon as two phones agree."))
        self.unclear_head.setText(lang("Unclear cards right now, {n}").format(n=len(sums.unclear)))
        empty_layout(self.unclear)
        for card in sums.unclear[:UNCLEAR_SHOWN]:
            self.unclear.addWidget(UnclearLine(card, board, lang))
        more = len(sums.unclear) - UNCLEAR_SHOWN
        words = lang("Unclear is no failure, it is what round 2 asks about.")
        if more > 0:
            words = f"{lang.plural('{n} more.', '{n} more.', more)} {words}"
        self.unclear_note.setText(words if sums.unclear else "")


def advice(sums: Sums, now: SortingRound, left: float, lang: Language) -> tuple[str, str]:
    """The one thing to think of now: a title and a remedy."""
    if now.state == "paused":
        return lang("The sorting is paused."), lang("The phones' buttons rest. What is placed is kept.")
    if sums.all_done:
        unclear = len(sums.unclear)
        if not unclear:
            return lang("All are done."), lang("No card is unclear. End the sorting and look at the result.")
        words = lang.plural("{n} card is unclear.", "{n} cards are unclear.", unclear)
        return lang("All are done."), words
    late = [p for p in sums.phones if p.placed == 0 and p.quiet >= SLOW_SECONDS]
    if late:
        title = lang.plural("{n} phone has not begun.", "{n} phones have not begun.", len(late))
        wait = round(IDLE_SECONDS - max(p.quiet for p in late))
        text = lang("Ask the whole room: “Has everybody got the cards up?”")
        if wait > 0:
            text = f"{text} {lang('In {n} s its cards go to others.').format(n=wait)}"
        return title, text
    if left < 0:
        return lang("The time is over."), lang("Nothing is cut off. Let those who want finish, or go on.")
    return lang("Let the room work in silence."), lang("Nobody sees who put what where.")
