"""What the room's sorting would change on the board: heap by heap, to use whole, in part or not at all."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from workshop_app.desktop.board.proposal import Offer, offers
from workshop_app.desktop.sorting.lines import UnclearLine
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    ColumnsLayout,
    Heading,
    HintLine,
    PlainLabel,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card, Suggestion
from workshop_app.model.sorting import TOLD_FROM, Sums, verdict

UNCLEAR_SHOWN = 8
Agreed = Mapping[int, tuple[int, int]]  # card -> k of n


class ResultPanel(QWidget):
    """The heaps of the result with their cards and k of n, each with a tick; the unclear cards below."""

    ticked = Signal()

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.words = PlainLabel(size="large", wrap=True)
        self.heaps = QWidget()
        self.grid = ColumnsLayout(self.heaps, look().px(14), look().px(340))
        self.unclear_head = Heading(size="large", wrap=False)
        self.unclear = column(gap=0)
        self.rest = HintLine("keyboard", "info")
        self.setLayout(
            column(self.words, 6, self.heaps, 10, self.unclear_head, self.unclear, self.rest, None, gap=6)
        )
        self.ticks: dict[int | str, QCheckBox] = {}
        self._shown: object = None

    def show_result(self, found: Suggestion, sums: Sums, board: Board, agreed: Agreed) -> None:
        """Shows what would change; the ticks stay where they were when nothing else has changed."""
        told = offers(found, board, self.lang)
        if (told, sums.unclear) == self._shown:
            return
        self._shown = (told, sums.unclear)
        lang = self.lang
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.ticks = {}
        founders = {heap.key: heap.founder for heap in found.heaps}
        for offer in told:
            self.grid.addWidget(self._heap(offer, founders.get(str(offer.key)), agreed))
        self.heaps.updateGeometry()
        self.words.setText(self._summary(found, told))
        empty_layout(self.unclear)
        self.unclear_head.setVisible(bool(sums.unclear))
        self.unclear_head.setText(lang("Unclear cards, {n}").format(n=len(sums.unclear)))
        for card in sums.unclear[:UNCLEAR_SHOWN]:
            self.unclear.addWidget(UnclearLine(card, board, lang))
        left = len(sums.unclear) + len(sums.unseen)
        self.rest.say(
            lang.plural("{n} card stays without a heap.", "{n} cards stay without a heap.", left)
            if left
            else "",
            lang(
                "Talk about them, deal one more round, or sort them fast: the room's answers come first there."
            ),
        )

    def _summary(self, found: Suggestion, told: list[Offer]) -> str:
        lang = self.lang
        if found.empty:
            return lang("The board already looks the way the room has sorted.")
        parts = [lang.plural("{n} new heap", "{n} new heaps", len(found.heaps))] if found.heaps else []
        if found.themes:
            parts.append(lang.plural("{n} new theme", "{n} new themes", len(found.themes)))
        parts.append(lang.plural("{n} card is moved", "{n} cards are moved", sum(len(o.cards) for o in told)))
        return lang("The room suggests: {parts}. What you have placed by hand stays.").format(
            parts=", ".join(parts)
        )

    def _heap(self, offer: Offer, founder: int | None, agreed: Agreed) -> QWidget:
        lang = self.lang
        box = QFrame()
        box.setProperty("panel", True)
        cards = sorted(offer.cards, key=lambda card: (card.id != founder, card.id))
        count = lang.plural("{n} card", "{n} cards", len(cards))
        tick = QCheckBox()
        tick.setChecked(True)
        tick.setAccessibleName(f"{offer.title or cards[0].text}, {count}")
        tick.toggled.connect(self.ticked)
        self.ticks[offer.key] = tick
        lines = [self._card(card, agreed) for card in cards]
        # a heap without a name goes by its first card's words
        first = (
            PlainLabel(offer.title, size="large", weight="semibold", wrap=True)
            if offer.title
            else lines.pop(0)
        )
        head = row(gap=10)
        head.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(first, 1)
        place = PlainLabel(
            ", ".join(t for t in (count, offer.theme) if t), size="tiny", tone="ink2", wrap=True
        )
        rest = column(*lines, place, gap=6, margins=(38, 0, 0, 0))
        box.setLayout(column(head, rest, gap=6, margins=(12, 10, 12, 10)))
        return box

    def _card(self, card: Card, agreed: Agreed) -> QWidget:
        k, n = agreed.get(card.id, (0, 0))
        figures = PlainLabel(self.lang("{k} of {n}").format(k=k, n=n) if n >= TOLD_FROM else "", size="tiny")
        figures.set_tone("on_attn" if verdict(k, n) == "weak" else "ink2")
        line = QWidget()
        words = row(VerbatimLabel(f"{card.number}  {card.text}", size="base"), figures, gap=10)
        words.setStretch(0, 1)
        line.setLayout(words)
        return line

    def wanted(self) -> set[int | str]:
        """The heaps that are ticked."""
        return {key for key, tick in self.ticks.items() if tick.isChecked()}
