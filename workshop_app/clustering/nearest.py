"""Which of some texts come nearest to which of others: for needs against goals, where few words are shared."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering import vectors, words
from workshop_app.clustering.likeness import word_likeness

_WORDS_BESIDE_MODEL = 0.2
_FROM, _SECOND_FROM = 0.03, 0.04  # above what is usual for both texts, by the model and the words together
_FROM_WORDS = 0.08  # by words alone


def matches(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (row of left, row of right), at most two for each left, the nearest first; by words alone without the model."""
    if not left or len(right) < 2:  # with one there is nothing to choose between
        return []
    texts = [*left, *right]
    by_words = word_likeness(texts, words.languages(texts))[: len(left), len(left) :]
    if vectors.model_path() is None:
        return _chosen(by_words, _FROM_WORDS, _FROM_WORDS)
    rows = vectors.embed(texts).astype(np.float64)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    cosines = rows[: len(left)] @ rows[len(left) :].T
    # some texts are near to everything: what counts is what is nearer than is usual for both
    usual = cosines.mean(axis=1, keepdims=True) + cosines.mean(axis=0, keepdims=True) - cosines.mean()
    return _chosen(cosines - usual + _WORDS_BESIDE_MODEL * by_words, _FROM, _SECOND_FROM)


def _chosen(table: NDArray[np.float64], first: float, second: float) -> list[tuple[int, int]]:
    out = []
    for row, values in enumerate(np.round(table, 4)):
        order = sorted(range(len(values)), key=lambda column: (-values[column], column))[:2]
        out += [(row, c) for c, least in zip(order, (first, second), strict=False) if values[c] >= least]
    return out
