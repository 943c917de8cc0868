"""Deals the cards: those seen by fewest first, no one the same card twice."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import likely, prior, votes
from workshop_app.clustering.sorting.values import Deal, SharedHeap, Sort


def deal(
    texts: Sequence[str],
    people: Sequence[str],
    cards: int,
    sorts: Sequence[Sort] = (),
    *,
    vectors: NDArray[np.floating] | None = None,
    authors: Mapping[int, str] | None = None,
    context: Sequence[str] | None = None,
) -> Deal:
    """The next hand of each person; see `workshop_app.clustering.sorting.deal`."""
    said = votes.read(sorts, len(texts))
    views = Counter(row for one in said for row in one.seen)
    seen = {one.person: one.seen for one in said}
    lot = np.random.default_rng(len(texts))
    hands = []
    for person in people:
        own = {row for row, author in (authors or {}).items() if author == person and not said}
        free = [row for row in range(len(texts)) if row not in seen.get(person, ()) and row not in own]
        turn = dict(zip(free, lot.random(len(free)), strict=True))
        hand = sorted(free, key=lambda row: (views[row], turn[row]))[: max(0, cards)]
        views.update(hand)
        hands.append(tuple(hand))
    table = prior.alike(texts, vectors, context)
    heaps = tuple(SharedHeap(heap, rows) for heap, rows in votes.settled(said).items())
    dealt = sorted({row for hand in hands for row in hand})
    return Deal(tuple(hands), heaps, {row: likely.ranked(table, said, row) for row in dealt})
