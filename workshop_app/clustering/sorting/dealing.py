"""Deals the cards: those seen by fewest first, beside cards they may belong with, and no one the same card twice."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import combining, likely, prior, votes
from workshop_app.clustering.sorting.values import Deal, SharedHeap, Sort

NEAR=1.0
VIEW=1.0
UNCLEAR=1.0
TEMP=0.1
MID=0.25
SEEN=1.0

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
    n = len(texts)
    said = votes.read(sorts, n)
    table = prior.alike(texts, vectors, context)
    views = np.zeros(n)
    for one in said:
        views[list(one.seen)] += 1
    seen = {one.person: one.seen for one in said}
    lot = np.random.default_rng(n).permutation(n) / max(1, n)
    guess = 1 / (1 + np.exp(-(table - MID) / TEMP))
    if said:
        together = combining.together(said, table)
        guess = np.where(views[:, None] * views[None, :] > 0, together, guess)
    else:
        together = None
    gain = guess * (1 - guess)
    unclear = 1 - likely_sure(guess, together, said, n)
    hands = []
    for person in people:
        own = {row for row, author in (authors or {}).items() if author == person and not said}
        free = np.ones(n, dtype=bool)
        free[list(own | set(seen.get(person, ())))] = False
        hand: list[int] = []
        pull = SEEN * gain[sorted(seen.get(person, ()))].sum(axis=0)
        while len(hand) < cards and free.any():
            low = views[free].min()
            worth = NEAR * np.minimum(pull, 0.5) + UNCLEAR * unclear - VIEW * (views - low) + 0.05 * lot
            worth[~free] = -np.inf
            row = int(np.argmax(worth))
            hand.append(row)
            free[row] = False
            views[row] += 1
            pull += gain[row]
        hands.append(tuple(hand))
        lot = np.roll(lot, 7)
    heaps = tuple(SharedHeap(heap, rows) for heap, rows in votes.settled(said).items())
    dealt = sorted({row for hand in hands for row in hand})
    return Deal(tuple(hands), heaps, {row: likely.ranked(table, said, row) for row in dealt})


def likely_sure(guess, together, said, n):
    if together is None:
        return np.zeros(n)
    return (together**2).sum(axis=1) / together.sum(axis=1)
