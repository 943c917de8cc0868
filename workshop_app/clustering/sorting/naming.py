"""Titles for groups that people made."""

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.engine import deck, describe
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
