"""What helps a leader who sorts cards one by one: how alike cards are, in what order to take them, which heaps are likely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop_app import clustering
from workshop_app.actions.suggest import kept_vectors
from workshop_app.model.board import Board, Heap
from workshop_app.model.sorting import PlacedBy, agreement
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SHOWN = 6  # heaps offered at a time, one for each of the keys 1 to 6


@dataclass(frozen=True)
class Nearness:
    """How alike each two cards are, about -0.3..1, by what they mean where vectors are kept, else by their words."""

    rows: Mapping[int, int]  # card -> its row
    table: tuple[tuple[float, ...], ...]
    basis: object = None  # what it was made from; equal when a new one would be the same

    def of(self, one: int, other: int) -> float:
        """The likeness of two cards; 0 where one of them is not known yet."""
        a, b = self.rows.get(one), self.rows.get(other)
        return 0.0 if a is None or b is None else self.table[a][b]


NOTHING = Nearness({}, ())


@dataclass(frozen=True)
class Likely:
    """A heap that a card may belong to. k of n phones put the card there; n = 0: only the machine's guess."""

    heap: int
    k: int = 0
    n: int = 0


def basis(file: SessionFile) -> object:
    """What a `Nearness` would be made from now: quick to ask, so that the slow part is done only when it would differ."""
    kept = queries.vectors(file, clustering.model_id()) if clustering.engine_name() == "semantic" else {}
    return tuple(queries.card_texts(file)), len(kept)


def nearness(file: SessionFile) -> Nearness:
    """How alike the cards of a file are. Some tenths of a second for a hundred cards, so do it in the background."""
    from workshop_app.clustering.engine import deck
    from workshop_app.clustering.likeness import ONE

    made_from = basis(file)
    texts = queries.card_texts(file)
    ids = list(texts)
    cards = deck(list(texts.values()), kept_vectors(file, ids))
    rows = {ids[row]: place for place, row in enumerate(cards.rows)}
    return Nearness(rows, tuple(tuple(line) for line in (cards.table / ONE).tolist()), made_from)


def in_turn(cards: Sequence[int], near: Nearness) -> list[int]:
    """Cards in the order to be sorted: the first one first, and after each the one that is most like the last two."""
    rest = list(cards[1:])
    order = list(cards[:1])
    while rest:
        last = order[-2:]
        best = max(rest, key=lambda c: (near.of(last[-1], c) + 0.5 * near.of(last[0], c), -c))
        rest.remove(best)
        order.append(best)
    return order


def likely(
    board: Board,
    card: int,
    near: Nearness,
    votes: Mapping[int, tuple[int, int]] | None = None,
    limit: int = SHOWN,
) -> tuple[Likely, ...]:
    """The heaps a card most probably belongs to, the room's votes first (heap -> (k, n)), then the machine's guesses.

    A guess is the mean likeness to the cards that lie in the heap, so every placing sharpens the next. Votes are never
    added up with guesses.
    """
    said = votes or {}
    guesses = {heap.id: _guess(heap, card, near) for heap in board.heaps if heap.cards}
    order = sorted(guesses, key=lambda h: (-said.get(h, (0, 0))[0], -guesses[h], h))
    return tuple(Likely(h, *said[h]) if said.get(h, (0, 0))[0] else Likely(h) for h in order[:limit])


def _guess(heap: Heap, card: int, near: Nearness) -> float:
    others = [c.id for c in heap.cards if c.id != card]
    return sum(near.of(card, c) for c in others) / max(len(others), 1)


def votes(board: Board, placements: Iterable[PlacedBy], card: int) -> dict[int, tuple[int, int]]:
    """What the room said about a card that lies in no heap: heap -> (k, n), k of n phones put it with the heap's cards."""
    told = list(placements)
    if not any(one.card == card for one in told):
        return {}
    out = {}
    for heap in board.heaps:
        lying = {c.id for c in heap.cards} - {card}
        about = [one for one in told if one.card == card or one.card in lying]
        k, n = agreement(about, [[card, *lying]])[card]
        if k:
            out[heap.id] = (k, n)
    return out
