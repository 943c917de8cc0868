"""Divides the nodes of a graph with positive and negative weights so that the weights inside groups are largest."""

import math

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting.evidence import Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_LONE = math.log(8)  # how much likelier a card starts a group than joins a given one, before any evidence
_ROUNDS = 6
SHAPE = 8.0


def divide(weights: Floats, cards: int) -> Ints:
    """The group of each node: near groups are joined greedily, then single nodes move while that gains."""
    return _polish(weights, cards, _join(weights, cards))


def _join(weights: Floats, cards: int) -> Ints:
    size = len(weights)
    group = np.arange(size)
    gain = weights.copy()
    full = group < cards
    gain -= _LONE * np.outer(full, full)
    np.fill_diagonal(gain, -np.inf)
    while size > 1:
        a, b = divmod(int(np.argmax(gain)), size)
        if gain[a, b] <= 0:
            break
        both_full = full[a] and full[b]
        new = gain[a] + gain[b]
        if both_full:
            new = new + _LONE * full
        elif full[a] != full[b]:
            pass
        gain[a] = new
        gain[:, a] = new
        gain[a, a] = -np.inf
        if full[b] and not full[a]:
            full[a] = True
        gain[b] = -np.inf
        gain[:, b] = -np.inf
        group[group == b] = a
    return group


def _polish(weights: Floats, cards: int, group: Ints) -> Ints:
    size = len(weights)
    member = np.zeros((size, size))
    member[np.arange(size), group] = 1
    pull = weights @ member
    filled = np.bincount(group[:cards], minlength=size)
    for _ in range(_ROUNDS):
        moved = 0
        for node in range(size):
            here = group[node]
            is_card = node < cards
            score = pull[node].copy()
            if is_card:
                filled[here] -= 1
                score -= np.where(filled > 0, _LONE, 0)
            best = int(np.argmax(score))
            if score[best] > score[here] + 1e-9:
                pull[:, here] -= weights[:, node]
                pull[:, best] += weights[:, node]
                group[node] = here = best
                moved += 1
            if is_card:
                filled[here] += 1
        if not moved:
            break
    return group


def firmness(evidence: Evidence, tries: int) -> Floats:
    """How often each two cards share a group when the votes are counted more or less at random, shape (n, n)."""
    n = evidence.cards
    lot = np.random.default_rng(n)
    together = np.zeros((n, n))
    for attempt in range(tries):
        times = None if attempt == 0 else lot.gamma(SHAPE, size=len(evidence.weight)) / SHAPE
        group = divide(evidence.weights(times), n)[:n]
        together += group[:, None] == group
    return together / tries


def consensus(together: Floats) -> Ints:
    """The division nearest to all the tries (least expected variation of information), by average linkage."""
    n = len(together)
    group = np.arange(n)
    if n < 2:
        return group
    sums, sizes = together.copy(), np.ones(n)
    least, best = math.inf, group
    expected = np.log(together.sum(axis=1)).sum()
    while True:
        own = group[:, None] == group
        inside = np.where(own, together, 0).sum(axis=1)
        loss = np.log(own.sum(axis=1)).sum() + expected - 2 * np.log(inside).sum()
        if loss < least - 1e-9:
            least, best = loss, group.copy()
        mean = sums / np.maximum(np.outer(sizes, sizes), 1)
        mean[np.tri(n, dtype=bool) | (sizes == 0)[:, None] | (sizes == 0)] = -1
        a, b = divmod(int(np.argmax(np.round(mean, 9))), n)
        if mean[a, b] <= 0.1:
            return best
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a], sizes[b] = sizes[a] + sizes[b], 0
        group[group == b] = a
