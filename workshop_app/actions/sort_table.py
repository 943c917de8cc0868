"""Cards and piles of a session as the arithmetic of sorting takes them: rows instead of card ids."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workshop_app.actions import suggest
from workshop_app.clustering.sorting import Sort
from workshop_app.model.board import Board, Card
from workshop_app.model.pairs import Pair, PairSum, summed
from workshop_app.model.sorting import PlacedBy, Sorting
from workshop_app.model.tables import heaps_of
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

if TYPE_CHECKING:
    import numpy as np

LEADERS_WORD = 50  # phones' answers about a pair that the leader's own word weighs as much as


@dataclass(frozen=True)
class SortTable:
    """The cards that may be sorted, by row, and what has been said about them."""

    board: Board
    sorting: Sorting
    cards: tuple[Card, ...]
    row_of: dict[int, int]  # card -> row
    vectors: "np.ndarray | None"
    placements: tuple[PlacedBy, ...]  # about these cards alone
    pair_sums: Mapping[Pair, PairSum] = field(default_factory=dict)
    settled: Mapping[Pair, bool] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The words of each row."""
        return [card.text for card in self.cards]

    @property
    def context(self) -> list[str]:
        """Whose need and when, for each row."""
        return [" ".join(filter(None, (card.beneficiary, card.when))) for card in self.cards]

    @property
    def authors(self) -> dict[int, str]:
        """Row -> the phone that sent the card."""
        return {row: card.participant for row, card in enumerate(self.cards) if card.participant}

    def stands_for(self, founder: int) -> int | None:
        """The card a heap is known by now: the first of its heap on the board, the founder, or its first card on the table."""
        card = self.board.cards.get(founder)
        lies = self.board.heap(card.heap) if card is not None and card.heap is not None else None
        first = next((c.id for c in lies.cards if c.id in self.row_of), None) if lies is not None else None
        return first if first is not None else self._on_table(founder)

    def _on_table(self, founder: int) -> int | None:
        if founder in self.row_of:
            return founder
        return min((p.card for p in self.placements if p.heap == founder), default=None)

    def sorts(self) -> list[Sort]:
        """What each phone has sorted. A heap whose founder is no longer on the table goes by its first card.

        A table in the room that sorted by itself is one sitting: its heaps are piles of its own.
        """
        founders = {p.heap: self._on_table(p.heap) for p in self.placements if p.heap is not None}
        people: defaultdict[str, list[PlacedBy]] = defaultdict(list)
        for one in self.placements:
            if one.table is None:
                people[one.participant].append(one)
        return [
            Sort(
                person,
                tuple(
                    (self.row_of[p.card], self.row_of[founder])
                    for p in told
                    if p.heap is not None and (founder := founders[p.heap]) is not None
                ),
                leftover=tuple(self.row_of[p.card] for p in told if p.heap is None),
            )
            for person, told in sorted(people.items())
        ] + self._of_tables()

    def _of_tables(self) -> list[Sort]:
        out = []
        for round_ in sorted({p.round for p in self.placements if p.table is not None}):
            for place, heaps in sorted(heaps_of(p for p in self.placements if p.round == round_).items()):
                piles = [
                    # a heap is known by its founder, who may lie in a heap of the board
                    tuple(sorted({self.row_of[c] for c in (*cards, founder) if c in self.row_of}))
                    for founder, cards in heaps.items()
                    if founder is not None
                ]
                left = tuple(self.row_of[card] for card in heaps.get(None, ()))
                out.append(Sort(f"table {place} {round_}", piles=tuple(piles), leftover=left))
        return out

    def asked(self) -> list[tuple[int, int, int]]:
        """What was said of pairs, phones' answers added up: (row, row, how many more said the same). The leader's word
        about a pair weighs more than any phones'."""
        net = {pair: told.net for pair, told in self.pair_sums.items()}
        net |= {pair: LEADERS_WORD if same else -LEADERS_WORD for pair, same in self.settled.items()}
        return [
            (self.row_of[a], self.row_of[b], n)
            for (a, b), n in sorted(net.items())
            if n and a in self.row_of and b in self.row_of
        ]

    def pins(self) -> list[tuple[int, int]]:
        """What a person has placed on the board by hand: (row, heap)."""
        return [
            (row, card.heap)
            for row, card in enumerate(self.cards)
            if card.placed_by == "hand" and card.heap is not None
        ]

    def on_board(self, by_hand: bool = False) -> Sort:
        """The board's own heaps as if somebody had sorted them: all, or only what a person has placed there by hand."""
        lying: list[tuple[int, int]] = []
        for heap in self.board.heaps:
            cards = [c for c in heap.cards if c.id in self.row_of and (c.placed_by == "hand" or not by_hand)]
            lying += [(self.row_of[c.id], self.row_of[cards[0].id]) for c in cards]
        return Sort("", tuple(lying))


def table(file: SessionFile) -> SortTable:
    """The table of a session as it is now."""
    board, sorting = queries.board(file), queries.sorting(file)
    cards = tuple(suggest.sortable(board))
    row_of = {card.id: row for row, card in enumerate(cards)}
    placements = tuple(p for p in sorting.placements if p.card in row_of)
    vectors = suggest.kept_vectors(file, [c.id for c in cards])
    sums, settled = summed(queries.pair_answers(file)), queries.pairs_settled(file)
    return SortTable(board, sorting, cards, row_of, vectors, placements, sums, settled)
