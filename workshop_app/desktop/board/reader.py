"""One card read in full, large, over the board: what was said, and what belongs to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.board.history import why_here
from workshop_app.desktop.board.sheet import Sheet
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import PlainLabel, VerbatimLabel, empty_layout
from workshop_app.i18n import N_
from workshop_app.model.board import Board, Card
from workshop_app.store import queries

PARTS = (
    ("beneficiary", N_("For whom: {text}")),
    ("when", N_("In which situation: {text}")),
    ("how_often", N_("How often: {text}")),
    ("underlying", N_("What it is meant to solve: {text}")),
)


class Reader(Sheet):
    """Space or Esc closes it, arrows go on reading."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(bridge.lang, parent)
        self.bridge = bridge
        self.card = 0

    def read(self, board: Board, card_id: int) -> None:
        """Shows a card of a board."""
        card = board.cards.get(card_id)
        if card is None:
            self.shut()
            return
        self.card = card_id
        lang = self.bridge.lang
        body = self.scroller.body
        empty_layout(body)
        size = "title" if len(card.text) <= 160 else "live" if len(card.text) <= 600 else "large"
        text = VerbatimLabel(card.text, size=size, select=True)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.addWidget(text)
        for line in [*self._lines(card), *filter(None, [why_here(board, card, lang)])]:
            body.addWidget(PlainLabel(line, size="base", tone="ink2", wrap=True))
        for other in board.merged:
            if other.merged_into == card_id:
                words = lang("Joined, card {number}:").format(number=other.number)
                body.addWidget(PlainLabel(words, size="small", weight="semibold", tone="ink2"))
                body.addWidget(VerbatimLabel(other.text, size="large"))
        body.addStretch(1)
        self.foot.setText(self._foot(board, card))
        self.setAccessibleName(lang("Card {number}: {text}").format(number=card.number, text=card.text))
        self.lay()

    def _lines(self, card: Card) -> list[str]:
        lang = self.bridge.lang
        lines = [lang(words).format(text=getattr(card, name)) for name, words in PARTS if getattr(card, name)]
        if card.me_too:
            lines.append(lang.plural("True here too: {n} person", "True here too: {n} people", card.me_too))
        return lines

    def _foot(self, board: Board, card: Card) -> str:
        lang = self.bridge.lang
        heap = board.heap(card.heap) if card.heap is not None else None
        where = {
            "loose": lang("Without a heap"),
            "parked": lang("Parking lot"),
            "hidden": lang("Hidden"),
        }.get(card.state, "")
        if heap is not None:
            where = lang("Heap {tag}").format(tag=board.tag(heap))
        role = self.bridge.get(queries.room).role_shown(card.role)
        role = role or (lang("the role is not shown, fewer than three") if card.role else "")
        number = lang("Card {number}").format(number=card.number)
        return "  ·  ".join(t for t in (number, where, role) if t)
