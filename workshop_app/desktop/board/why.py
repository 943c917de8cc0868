"""Answers to "why": why cards may belong together, why a card lies where it lies, and what was done on the board."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from workshop_app.actions import suggest
from workshop_app.desktop.board import history
from workshop_app.desktop.board.sheet import Sheet
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import Heading, PlainLabel, VerbatimLabel, empty_layout
from workshop_app.i18n import N_
from workshop_app.model.board import Tie
from workshop_app.store import queries

JOURNAL_LINES = 2_000
SHOWN = 60
LIKE = ((0.75, N_("very alike")), (0.5, N_("rather alike")), (0.25, N_("somewhat alike")))
UNLIKE = N_("not very alike")


class WhySheet(Sheet):
    """One sheet for all three questions."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(bridge.lang, parent)
        self.bridge = bridge
        self._turn = 0  # an answer to an earlier question is thrown away

    def _begin(self, title: str, note: str = "") -> None:
        self.hide()  # what is laid out anew while it is seen is measured too low
        empty_layout(self.scroller.body)
        self.scroller.body.addWidget(Heading(title, size="live", wrap=True))
        self.foot.setText(note)
        self.setAccessibleName(title)
        self._turn += 1

    def _say(self, text: str, tone: str = "ink") -> None:
        self.scroller.body.addWidget(PlainLabel(text, tone=tone, wrap=True))

    def _end(self) -> None:
        self.scroller.body.addStretch(1)
        self.lay()

    # What was done --------------------------------------------------------------------

    def show_history(self, card: int | None = None) -> None:
        """What was done on the board, newest first; or with one card."""
        lang, board = self.lang, self.bridge.get(queries.board)
        one = board.cards.get(card) if card is not None else None
        title = lang("What was done on the board")
        if one is not None:
            title = lang("Why does card {number} lie here?").format(number=one.number)
        self._begin(title, lang("From the session's journal. It never holds what anybody wrote."))
        if one is not None:
            self.scroller.body.addWidget(VerbatimLabel(one.text, size="large"))
            self._say(history.why_here(board, one, lang) or lang("Nobody has placed it yet."))
            if told := history.from_tables(board, one, lang):
                self._say("\n".join((lang("The heap comes from tables:"), *told)))
        journal = self.bridge.get(queries.journal, JOURNAL_LINES)
        found = history.lines(journal, board, lang, card=card)
        if not found and one is None:
            self._say(lang("Nothing yet."), "ink2")
        for line in found[:SHOWN]:
            self._say(line, "ink2")
        if len(found) > SHOWN:
            self._say(lang.plural("and {n} more", "and {n} more", len(found) - SHOWN), "ink2")
        self._end()

    # Why together ---------------------------------------------------------------------

    def ask_together(self, cards: Sequence[int]) -> None:
        """Why cards may belong together; for one card, which lie nearest. The machine answers on another thread."""
        lang, file = self.lang, self.bridge.file
        words = lang("Which cards are like this one?") if len(cards) == 1 else lang("Why together?")
        self._begin(words)
        self._say(lang("Comparing …"), "ink2")
        self._end()
        turn = self._turn
        self.bridge.in_background(
            lambda: suggest.ties(file, list(cards)),
            lambda found: self._tied(turn, words, found),
        )

    def _tied(self, turn: int, title: str, found: tuple[Tie, ...]) -> None:
        if not isValid(self) or turn != self._turn or self.isHidden():
            return
        lang, board = self.lang, self.bridge.get(queries.board)
        self._begin(title, lang("The computer is guessing, look for yourself."))
        if not found:
            self._say(lang("The computer sees nothing that they have in common."), "ink2")
        for tie in found:
            one, other = board.cards.get(tie.card), board.cards.get(tie.other)
            if one is None or other is None:
                continue
            pair = lang("Cards {one} and {other}: {like}.").format(
                one=one.number, other=other.number, like=lang(_like(tie.likeness))
            )
            shared = lang("Shared words: {words}.").format(words=", ".join(tie.words)) if tie.words else ""
            meant = tie.likeness >= LIKE[-1][0] and not tie.words
            alone = lang("No shared words; the meaning is what is alike.") if meant else ""
            self._say(f"{pair} {shared}{alone}".strip())
            for card in (one, other):
                self.scroller.body.addWidget(VerbatimLabel(f"{card.number}  {card.text}", size="base"))
        self._end()


def _like(likeness: float) -> str:
    return next((words for least, words in LIKE if likeness >= least), UNLIKE)
