"""Adds up what people sorted: cards that the same people put together become heaps, near heaps themes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import prior, votes
from workshop_app.clustering.sorting.values import Combined, Sort


def combine(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    *,
    vectors: NDArray[np.floating] | None = None,
    context: Sequence[str] | None = None,
    pins: Sequence[tuple[int, int]] = (),
) -> Combined:
    """Heaps, themes and how sure they are; see `workshop_app.clustering.sorting.combine`."""
    n = len(texts)
    said = votes.read(sorts, n)
    table = prior.alike(texts, vectors, context)
    same, met = np.zeros((n, n)), np.zeros((n, n))
    for one in said:
        seen = sorted(one.seen)
        met[np.ix_(seen, seen)] += 1
        for pile in one.piles:
            same[np.ix_(pile, pile)] += 1
    for heap in votes.settled(said).values():
        same[np.ix_(heap, heap)] += 2
    odds = (same + 0.3 * np.clip(table, 0, 1)) / (np.maximum(met, same) + 1)
    heap_of = _linkage(odds, 0.4)
    touched = {row for one in said for row in one.seen}
    found = [
        tuple(r for r in range(n) if heap_of[r] == h and r in touched)
        for h in range(heap_of.max(initial=-1) + 1)
    ]
    heaps = tuple(sorted(rows for rows in found if rows))
    labels = [-1] * n
    for number, rows in enumerate(heaps):
        for row in rows:
            labels[row] = number
    means = np.array([[odds[np.ix_(a, b)].mean() for b in heaps] for a in heaps]).reshape(
        len(heaps), len(heaps)
    )
    theme_of = _linkage(means, 0.15)
    themes = tuple(
        tuple(np.flatnonzero(theme_of == theme).tolist()) for theme in range(theme_of.max(initial=-1) + 1)
    )
    agreement = tuple(
        _agreement(said, row, heaps[labels[row]]) if labels[row] >= 0 else (0, 0) for row in range(n)
    )
    sure = tuple(k / m if m else 0.0 for k, m in agreement)
    unclear = sorted((row for row in range(n) if sure[row] < 0.75), key=lambda row: (sure[row], row))
    return Combined(heaps, themes, tuple(labels), sure, agreement, tuple(unclear))


def _agreement(said: Sequence[votes.Said], row: int, fellows: Sequence[int]) -> tuple[int, int]:
    others = set(fellows) - {row}
    k = n = 0
    for one in said:
        if row not in one.seen:
            continue
        if row in one.heap_of:
            n += 1
            k += one.heap_of[row] in fellows
        elif one.seen & others:
            n += 1
            k += any(row in pile and others & set(pile) for pile in one.piles)
    return k, n


def _linkage(odds: NDArray[np.float64], least: float) -> NDArray[np.int64]:
    """Average linkage: the two nearest groups are made one while their mean reaches `least`."""
    n = len(odds)
    group = np.arange(n)
    sums, sizes = odds.copy(), np.ones(n)
    while n:
        mean = sums / np.maximum(np.outer(sizes, sizes), 1)
        mean[np.tri(n, dtype=bool) | (sizes == 0)[:, None] | (sizes == 0)] = -1
        a, b = divmod(int(np.argmax(np.round(mean, 9))), n)
        if mean[a, b] < least:
            break
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a], sizes[b] = sizes[a] + sizes[b], 0
        group[group == b] = a
    return np.unique(group, return_inverse=True)[1]
