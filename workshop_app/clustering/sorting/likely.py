"""Which shared heaps one card probably belongs to: what people did with it first, then the model's guess."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import prior, votes
from workshop_app.clustering.sorting.values import Sort


def likely_heaps(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    row: int,
    *,
    vectors: NDArray[np.floating] | None = None,
    limit: int | None = None,
) -> tuple[int, ...]:
    """The shared heaps, likeliest first; see `workshop_app.clustering.sorting.likely_heaps`."""
    said = votes.read(votes.checked(sorts, len(texts)))
    return ranked(prior.alike(texts, vectors), said, votes.placed(said), row)[:limit]


def ranked(
    table: prior.Table,
    said: Sequence[votes.Said],
    heaps: Mapping[int, Mapping[int, int]],
    row: int,
    firm: NDArray[np.float64] | None = None,
) -> tuple[int, ...]:
    """These heaps for a row, likeliest first, the one it founded left out.

    A heap that already holds the row comes by its votes; then heaps whose cards lie in own piles with it, or that
    belong together by `firm` (n, n); then by likeness.
    """
    beside = np.zeros(len(table))
    for one in said:
        for pile in one.piles:
            if row in pile:
                beside[list(pile)] += 1
    score = {}
    for heap, members in heaps.items():
        if heap == row:
            continue
        rows = sorted(members)
        near = float(table[row, rows].mean() + table[row, rows].max())
        known = 0.0 if firm is None else float(firm[row, rows].max())
        score[heap] = (-members.get(row, 0) - float(beside[rows].sum()) - known, -round(near, 6), heap)
    return tuple(sorted(score, key=lambda heap: score[heap]))
