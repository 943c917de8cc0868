"""Texts to vectors to groups to labels. Knows no workshop.

Importing this package is cheap: NumPy, SciPy and the model file are loaded by the first call that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workshop_app.clustering.values import LEFT, Cancelled, Group, Grouping, NoModel, Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workshop_app.clustering.facts import Reasons

    Vectors = NDArray[np.floating]

__all__ = [
    "LEFT",
    "Cancelled",
    "Group",
    "Grouping",
    "NoModel",
    "Reason",
    "alike",
    "embed",
    "engine_name",
    "group",
    "model_id",
    "parking",
    "reasons",
    "two_levels",
    "why",
]


def engine_name() -> str:
    """ "semantic" if the model file is there and readable, else "lexical" (WORKSHOP_NO_MODEL=1 forces that)."""
    from workshop_app.clustering import vectors

    return "lexical" if vectors.model_path() is None else "semantic"


def model_id() -> str:
    """The name of the model, to be stored beside each vector: vectors of two models cannot be compared."""
    from workshop_app.clustering import vectors

    return vectors.MODEL_ID


def embed(texts: Sequence[str], progress: Callable[[int, int], bool] | None = None) -> NDArray[np.float16]:
    """One raw vector of the model per text, float16, shape (n, 384).

    `progress(done, total)` hears after each few texts and returns False to stop (`Cancelled` is raised).
    Raises `NoModel` when there are texts but no model file; ask `engine_name` first.
    """
    from workshop_app.clustering import vectors

    return vectors.embed(texts, progress)


def group(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    ids: Sequence[str] | None = None,
    groups: int | None = None,
    fineness: float | None = None,
    pins: Sequence[tuple[int, int]] = (),
    previous: Sequence[int] | None = None,
) -> Grouping:
    """Divides texts into groups with proposed titles.

    `vectors` is (n, 384), a NaN row where there is none yet; None groups by words alone. `ids` only give the
    rows an order of their own, so that the same cards give the same groups however they arrive. `groups` asks
    for an exact number, `fineness` 0..1 for coarser or finer than the automatic choice at 0.5. `pins` are
    (row, group id) placed by a person: they always hold, and the group keeps that id; -1 keeps a row out.
    `previous` is the old label per row, so that ids stay where the groups are mostly the same.
    """
    from workshop_app.clustering import engine

    return engine.group(
        texts, vectors, ids=ids, groups=groups, fineness=fineness, pins=pins, previous=previous
    )


def two_levels(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    ids: Sequence[str] | None = None,
    pins_theme: Sequence[tuple[int, int]] = (),
    previous: Sequence[int] | None = None,
) -> tuple[Grouping, Grouping]:
    """Heaps (2-8 texts that probably mean the same need; the rest left at -1) and themes over all texts.

    Each heap lies inside exactly one theme. `pins_theme` and `previous` are about the themes, as in `group`.
    """
    from workshop_app.clustering import levels

    return levels.two_levels(texts, vectors, ids=ids, pins_theme=pins_theme, previous=previous)


def alike(
    texts: Sequence[str], vectors: Vectors | None = None, *, limit: int = 50
) -> list[tuple[int, int, float]]:
    """Pairs of rows that possibly say the same, best first: (row, row, likeness 0..1), rows in rising order."""
    from workshop_app.clustering import levels

    return levels.alike(texts, vectors, limit=limit)


def why(texts: Sequence[str], vectors: Vectors | None, a: int, b: int) -> tuple[float, tuple[str, ...]]:
    """The likeness of two rows (0..1) and the words they share, as the first of them writes them."""
    return reasons(texts, vectors).pair(a, b)


def reasons(texts: Sequence[str], vectors: Vectors | None = None) -> Reasons:
    """Facts for any pair of rows, a row in its group, or a group: the first call compares, the next ones are quick."""
    from workshop_app.clustering import facts

    return facts.reasons(texts, vectors)


def parking(texts: Sequence[str], vectors: Vectors | None = None, share: float = 0.08) -> list[int]:
    """Rows to suggest for the parking lot, oddest first: at most this share of all, never parked by itself."""
    from workshop_app.clustering import levels

    return levels.parking(texts, vectors, share)
