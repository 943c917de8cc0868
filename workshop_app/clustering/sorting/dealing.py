"""Deals the cards: those seen by fewest and least settled first, beside cards they may belong with."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import combining, likely, prior, votes
from workshop_app.clustering.sorting.division import Floats
from workshop_app.clustering.sorting.values import Deal, SharedHeap, Sort

# The model's likeness at which two cards are as likely as not to share a heap, so that asking tells most.
_AS_LIKELY_AS_NOT, _STEP = 0.35, 0.1
_NEAR, _UNSETTLED, _HELD = 1.0, 1.0, 0.5
_CHANCE = 0.05
_SAME_HEAP = 0.9


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
    order = votes.own_order(texts, votes.checked(sorts, len(texts)), context)
    place = {row: at for at, row in enumerate(order)}
    said = votes.read(votes.renumbered(sorts, place))
    table = prior.alike(texts, vectors, context)[np.ix_(order, order)]
    firm = combining.together(said, table) if said else np.eye(len(texts))
    barred: dict[str, set[int]] = {person: set() for person in people}
    if not said:
        for row, author in (authors or {}).items():
            barred.get(author, set()).add(place[row])
    hands = _hands(said, table, firm, people, cards, barred)
    heaps = _shown(votes.placed(said), firm)
    dealt = sorted({at for hand in hands for at in hand})
    ranked = {at: likely.ranked(table, said, heaps, at, firm) for at in dealt}
    lying = votes.settled(heaps)
    by_size = sorted(lying, key=lambda heap: (-len(lying[heap]), heap))
    return Deal(
        tuple(tuple(order[at] for at in hand) for hand in hands),
        tuple(SharedHeap(order[heap], tuple(sorted(order[at] for at in lying[heap]))) for heap in by_size),
        {order[at]: tuple(order[heap] for heap in found) for at, found in ranked.items()},
    )


def _hands(
    said: Sequence[votes.Said],
    table: Floats,
    firm: Floats,
    people: Sequence[str],
    cards: int,
    barred: Mapping[str, set[int]],
) -> list[list[int]]:
    """Fills the hands one after the other, each card chosen for what it tells beside those already in the hand."""
    n = len(table)
    views = np.zeros(n)
    seen: dict[str, set[int]] = {}
    for one in said:
        views[list(one.seen)] += 1
        seen.setdefault(one.person, set()).update(one.seen)
    same = 1 / (1 + np.exp((_AS_LIKELY_AS_NOT - table) / _STEP))
    same = np.where(np.outer(views, views) > 0, (same + firm) / 2, same)
    telling = same * (1 - same)
    unsettled = 1 - (firm**2).sum(axis=1) / np.maximum(firm.sum(axis=1), 1)
    chance = _CHANCE * np.random.default_rng(n).permutation(n) / max(1, n)
    hands = []
    for person in people:
        before = seen.get(person, set())
        free = np.ones(n, dtype=bool)
        free[list(before | barred[person])] = False
        pull = _HELD * telling[sorted(before)].sum(axis=0)
        hand: list[int] = []
        while len(hand) < cards and free.any():
            worth = _NEAR * np.minimum(pull, 0.5) + _UNSETTLED * unsettled - views + chance
            at = int(np.argmax(np.where(free, worth, -np.inf)))
            hand.append(at)
            free[at] = False
            views[at] += 1
            pull += telling[at]
        chance = np.roll(chance, 7)
        hands.append(hand)
    return hands


def _shown(heaps: dict[int, dict[int, int]], firm: Floats) -> dict[int, dict[int, int]]:
    """The heaps to choose from: of those that surely mean the same only the largest, with the cards of all."""
    shown: dict[int, dict[int, int]] = {}
    for heap in sorted(heaps, key=lambda heap: (-sum(heaps[heap].values()), heap)):
        twin = next((other for other in shown if firm[heap, other] >= _SAME_HEAP), heap)
        held = shown.setdefault(twin, {})
        for row, count in heaps[heap].items():
            held[row] = held.get(row, 0) + count
    return shown
