"""How alike texts are: square tables of whole numbers, so that all that follows is exact.

Sums of floating point numbers depend on the order and on the number of threads; a similarity that is rounded
to 1e-4 once does not. This is why the same texts give the same groups on every run.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workshop_app import resources
from workshop_app.clustering import words

Likeness = NDArray[np.int32]  # thousands of texts make tables of a hundred megabytes
ONE = 10_000  # the whole number that stands for similarity 1
_WORDS_BESIDE_MODEL = 0.2
_LETTERS = 0.5
_OWN_MEAN_FROM = 8  # texts of a language that are enough for a mean of their own
_TOPIC = (
    0.2  # how much more a difference in topic counts than any other; tools/compass.py made the directions
)
_FOREIGN_TONGUE = 0.06  # how much less alike two texts seem for being in Swedish and in English
COMPASS = "compass.npz"


@dataclass(frozen=True)
class Likenesses:
    """Two views of the same texts, in units of 1e-4, each of shape (n, n).

    `topic` weighs what they are about more than how it is said: right for groups. `said` weighs all alike: right
    for finding what says the same. Without a model both are one table.
    """

    topic: Likeness
    said: Likeness


def likeness(
    texts: Sequence[str], tongues: Sequence[str], vectors: NDArray[np.floating] | None = None
) -> Likenesses:
    """The similarity of each pair of texts.

    `tongues` are the languages of the texts as `words.languages` names them. `vectors` are raw vectors of
    the model, a NaN row where there is none; pairs without both vectors are compared by words alone.
    """
    by_words = word_likeness(texts, tongues)
    if vectors is None or not len(texts):
        table = _rounded(by_words)
        return Likenesses(table, table)
    known = ~np.isnan(vectors).any(axis=1)
    both = None if known.all() else np.outer(known, known)
    views = []
    for rows in _model_views(vectors, tongues, known):
        mixed = rows @ rows.T
        mixed += _WORDS_BESIDE_MODEL * by_words
        mixed /= 1 + _WORDS_BESIDE_MODEL
        views.append(_rounded(mixed if both is None else np.where(both, mixed, by_words)))
    return Likenesses(*views)


def _rounded(alike: NDArray[np.float64]) -> Likeness:
    table: Likeness = np.rint(alike * ONE).astype(np.int32)
    np.fill_diagonal(table, ONE)
    return np.minimum(table, table.T)


def _model_views(
    vectors: NDArray[np.floating], tongues: Sequence[str], known: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit rows by topic and as said."""
    few = known.sum() < _OWN_MEAN_FROM  # a mean of so few texts is the texts themselves
    centred = around_usual(vectors, tongues, known) if few else centre(vectors, tongues, known)
    turned = units(np.hstack([centred, math.sqrt(_TOPIC) * centred @ _compass()["axes"].T]))
    return turned, centred


def company(
    texts: Sequence[str], tongues: Sequence[str], vectors: NDArray[np.floating] | None, nearest: int
) -> NDArray[np.float64]:
    """How much each text is in company: its mean likeness to the nearest few, against others of its language.

    A mean of the session would hide what all its texts have in common, so none is taken away here. Texts in a
    language that few write are allowed what the change of language costs: it says nothing about the content.
    """
    if vectors is None:
        table = word_likeness(texts, tongues)
        known = np.ones(len(texts), dtype=bool)
    else:
        known = ~np.isnan(vectors).any(axis=1)
        usual = around_usual(vectors, tongues, known)
        table = usual @ usual.T
    np.fill_diagonal(table, -np.inf)
    near = np.round(np.sort(table, axis=1)[:, -nearest:].mean(axis=1), 4)
    spoken = np.array(tongues)
    usual_near = near[known].mean() if known.any() else 0.0
    for tongue in sorted(set(tongues)) if vectors is not None else ():
        rows = known & (spoken == tongue)
        near[rows] -= near[rows].mean() if rows.sum() >= _OWN_MEAN_FROM else usual_near - _FOREIGN_TONGUE
    near[~known] = np.inf
    return near


@cache
def _compass() -> dict[str, NDArray[np.float64]]:
    """What tools/compass.py found: the directions of topics, (80, 384), and the usual vector of each language."""
    with np.load(resources.path("clustering", COMPASS)) as file:
        return {name: file[name].astype(np.float64) for name in file.files}


def around_usual(
    vectors: NDArray[np.floating], tongues: Sequence[str], known: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Unit vectors around what a sentence of their language usually looks like, in any session."""
    compass = _compass()
    between = (compass["sv"] + compass["en"]) / 2
    means = np.array([compass.get(tongue, between) for tongue in tongues]).reshape(len(tongues), -1)
    return units(np.where(known[:, None], vectors - means, 0))


def centre(
    vectors: NDArray[np.floating], tongues: Sequence[str], known: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Unit vectors around the mean of their language in this session (of all, where the language is rare)."""
    moved = np.where(known[:, None], vectors, 0).astype(np.float64)
    everyone = moved[known].mean(axis=0)
    means = np.tile(everyone, (len(moved), 1))
    spoken = np.array(tongues)
    for tongue in sorted(set(tongues)):
        rows = known & (spoken == tongue)
        if rows.sum() >= _OWN_MEAN_FROM:
            means[spoken == tongue] = moved[rows].mean(axis=0)
    return units(np.where(known[:, None], moved - means, 0))


def word_likeness(texts: Sequence[str], tongues: Sequence[str]) -> NDArray[np.float64]:
    """Cosines of TF-IDF over stems, neighbouring stems, compound parts and runs of letters, shape (n, n)."""
    stemmed = [words.stems(text, tongue) for text, tongue in zip(texts, tongues, strict=True)]
    by_word = tf_idf(words.word_features(stemmed))
    by_letter = tf_idf([words.letter_runs(text) for text in texts])
    alike = (1 - _LETTERS) * (by_word @ by_word.T) + _LETTERS * (by_letter @ by_letter.T)
    return np.asarray(alike.todense())


def tf_idf(features: Sequence[Sequence[str]]) -> sparse.csr_array:
    """Unit rows of dampened counts times rarity; a row without features is a row of zeros."""
    numbers: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in features:
        for feature, count in Counter(row).items():
            columns.append(numbers.setdefault(feature, len(numbers)))
            values.append(count)
        ends.append(len(columns))
    shape = (len(features), max(1, len(numbers)))
    table = sparse.csr_array((1 + np.log(np.array(values)), columns, ends), shape=shape)
    seen_in = np.bincount(columns, minlength=shape[1]) if columns else np.zeros(shape[1])
    table = table * (np.log((1 + len(features)) / (1 + seen_in)) + 1)
    sizes = np.sqrt(table.power(2).sum(axis=1))
    return sparse.csr_array(table * np.where(sizes > 0, 1 / np.maximum(sizes, 1e-12), 0)[:, None])


def units(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows made one long; a row of zeros stays."""
    sizes = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, sizes, out=np.zeros_like(rows), where=sizes > 1e-9)
