"""Divides the nodes of a graph with positive and negative weights so that the weights inside groups are largest.

That is correlation clustering. The votes are few, so the best division alone says too much: it is found again and again
with the votes counted a little more or less, and the answer is the division nearest to all of those.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting.evidence import Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FORBIDDEN, SURE = -1e9, 1e3
_LONE = math.log(
    8
)  # how much likelier a card starts a group than joins a given one, before anything is known
_ROUNDS = 6
_TRIES, _TRIES_OF_MANY, _MANY = 12, 4, 500
_STEADY = 8.0  # the shape of the gamma law for how much a vote counts: higher, and the tries are more alike


def divide(weights: Floats, cards: int) -> Ints:
    """The group of each node: near groups are joined greedily, then single nodes move while that gains."""
    return _polished(weights, cards, _joined(weights, cards))


def _joined(weights: Floats, cards: int) -> Ints:
    size = len(weights)
    group = np.arange(size)
    holds_cards = group < cards
    gain = weights - _LONE * np.outer(holds_cards, holds_cards)
    np.fill_diagonal(gain, -np.inf)
    while size > 1:
        a, b = divmod(int(np.argmax(gain)), size)
        if gain[a, b] <= 0:
            break
        joint = gain[a] + gain[b]
        if holds_cards[a] and holds_cards[b]:
            joint += _LONE * holds_cards  # counted twice, for one group that is left
        gain[a] = gain[:, a] = joint
        gain[b] = gain[:, b] = gain[a, a] = -np.inf
        holds_cards[a] |= holds_cards[b]
        group[group == b] = a
    return group


def _polished(weights: Floats, cards: int, group: Ints) -> Ints:
    size = len(weights)
    pull = np.zeros((size, size))
    for name in np.unique(group):
        pull[:, name] = weights[:, group == name].sum(axis=1)
    filled = np.bincount(group[:cards], minlength=size)
    for _ in range(_ROUNDS):
        before = group.copy()
        for node in range(size):
            here, card = group[node], node < cards
            filled[here] -= card
            score = pull[node] - _LONE * (filled > 0) if card else pull[node]
            best = int(np.argmax(score))
            if score[best] > score[here] + 1e-9:
                pull[:, here] -= weights[:, node]
                pull[:, best] += weights[:, node]
                group[node] = here = best
            filled[here] += card
        if (before == group).all():
            break
    return group


def firmness(evidence: Evidence) -> Floats:
    """How often each two cards share a group when the votes are counted a little more or less, shape (n, n)."""
    n = evidence.cards
    tries = _TRIES if len(evidence.fixed) <= _MANY else _TRIES_OF_MANY
    lot = np.random.default_rng(n)
    together = np.zeros((n, n))
    for _ in range(tries):
        times = lot.gamma(_STEADY, size=len(evidence.weight)) / _STEADY
        group = divide(evidence.weights(times), n)[:n]
        together += group[:, None] == group
    return together / tries


def consensus(together: Floats, bonds: Floats, count: int | None = None) -> Ints:
    """The division nearest to all the tries: the least expected variation of information (after Wade and Ghahramani).

    `bonds` are added where two cards must or must not be together. With `count` the division has as many groups, if
    the bonds allow it.
    """
    least, best = math.inf, np.arange(len(together))
    reach = np.log(np.maximum(together.sum(axis=1), 1)).sum()
    for group in coarser(together + bonds):
        if count is not None:
            best = group
            if len(np.unique(group)) <= count:
                break
            continue
        own = group[:, None] == group
        inside = np.maximum(np.where(own, together, 0).sum(axis=1), 1e-9)
        loss = np.log(own.sum(axis=1)).sum() + reach - 2 * np.log(inside).sum()
        held = not (own & (bonds < 0)).any() and bool(own[bonds > 0].all())
        if held and loss < least - 1e-9:
            least, best = loss, group
    return best


def coarser(alike: Floats) -> Iterator[Ints]:
    """Divisions from all apart to all together by average linkage, those that hold forbidden pairs left out."""
    size = len(alike)
    group = np.arange(size)
    sums, sizes = alike.copy(), np.ones(size)
    mean = np.where(np.tri(size, dtype=bool), -np.inf, alike)
    while True:
        yield group.copy()
        if size < 2:
            return
        a, b = divmod(int(np.argmax(np.round(mean, 9))), size)
        if mean[a, b] <= FORBIDDEN / size**2 / 2:
            return
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a] += sizes[b]
        sizes[b] = 0
        group[group == b] = a
        fresh = np.where(sizes > 0, sums[a] / np.maximum(sizes[a] * sizes, 1), -np.inf)
        mean[a, a + 1 :] = fresh[a + 1 :]
        mean[:a, a] = np.where(sizes[:a] > 0, fresh[:a], -np.inf)
        mean[b] = mean[:, b] = -np.inf
