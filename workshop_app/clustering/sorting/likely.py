"""Which shared heaps one card probably belongs to: what others did with it first, then the model's guess."""

from collections.abc import Sequence

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
    said = votes.read(sorts, len(texts))
    return ranked(prior.alike(texts, vectors), said, row)[:limit]


def ranked(table: prior.Table, said: Sequence[votes.Said], row: int) -> tuple[int, ...]:
    """All shared heaps for a row, likeliest first."""
    heaps = votes.shared(said)
    together = np.zeros(len(table))
    for one in said:
        for pile in one.piles:
            if row in pile:
                together[list(pile)] += 1
    score = {}
    for heap, members in heaps.items():
        rows = list(members)
        near = float(table[row, rows].mean() + table[row, rows].max())
        score[heap] = (members.get(row, 0) + (row == heap) + float(together[rows].sum()), round(near, 6))
    return tuple(sorted(score, key=lambda heap: (-score[heap][0], -score[heap][1], heap)))
