"""Titles for groups that people made, and which of them may mean the same."""

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.engine import deck, describe
from workshop_app.clustering.sorting import prior
from workshop_app.clustering.values import Group


def name_groups(
    texts: Sequence[str],
    labels: Sequence[int],
    vectors: NDArray[np.floating] | None = None,
    *,
    quote: bool = False,
) -> tuple[Group, ...]:
    """Titles, words and middle texts; see `workshop_app.clustering.sorting.name_groups`."""
    given = dict(enumerate(labels))
    cards = deck(texts, vectors, pinned=given)
    here = np.array([given[row] for row in cards.rows], dtype=np.int64)
    return describe(texts, cards, here, given, None, time.perf_counter(), quote_titles=quote).groups


_AS_NEAR = 0.8  # of how near cards lie that people put together


def same_heaps(
    texts: Sequence[str],
    tables: Sequence[Sequence[Sequence[int]]],
    vectors: NDArray[np.floating] | None = None,
    context: Sequence[str] | None = None,
) -> tuple[tuple[int, int, int, int], ...]:
    """Heaps of different tables; see `workshop_app.clustering.sorting.same_heaps`."""
    heaps = [(t, h, list(rows)) for t, made in enumerate(tables) for h, rows in enumerate(made) if rows]
    table = prior.alike(texts, vectors, context) if heaps else np.zeros((0, 0))
    own = [
        float(table[np.ix_(rows, rows)][~np.eye(len(rows), dtype=bool)].mean())
        for _t, _h, rows in heaps
        if len(rows) > 1
    ]
    if not own:
        return ()
    near = np.full((len(heaps), len(heaps)), -np.inf)
    for a, (t, _h, rows) in enumerate(heaps):
        for b, (other, _i, others) in enumerate(heaps):
            if t != other:
                near[a, b] = round(float(table[np.ix_(rows, others)].mean()), 6)
    least = _AS_NEAR * float(np.mean(own))
    found = []
    for a, (t, h, _rows) in enumerate(heaps):
        for other in range(len(tables)):
            there = [b for b, heap in enumerate(heaps) if heap[0] == other and other > t]
            if not there:
                continue
            b = max(there, key=lambda b: (near[a, b], -b))
            back = [i for i, heap in enumerate(heaps) if heap[0] == t]
            if near[a, b] >= least and near[a, b] == max(near[i, b] for i in back):
                found.append((float(near[a, b]), (t, h, other, heaps[b][1])))
    return tuple(place for _near, place in sorted(found, key=lambda pair: (-pair[0], pair[1])))
