"""The arithmetic of a room that sorts cards: who is dealt what, and what all the piles say together.

People are the engine; the model only breaks ties. Importing this package is cheap: NumPy and the rest are loaded by the
first call that needs them. The same input gives the same answer, whatever the order of rows and people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workshop_app.clustering.sorting.values import Combined, Deal, SharedHeap, Sort

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workshop_app.clustering.values import Group

    Vectors = NDArray[np.floating]

__all__ = [
    "Combined",
    "Deal",
    "SharedHeap",
    "Sort",
    "combine",
    "deal",
    "doubtful",
    "likely_heaps",
    "name_groups",
]


def deal(
    texts: Sequence[str],
    people: Sequence[str],
    cards: int,
    sorts: Sequence[Sort] = (),
    *,
    vectors: Vectors | None = None,
    authors: Mapping[int, str] | None = None,
    context: Sequence[str] | None = None,
) -> Deal:
    """The next `cards` rows for each of the people, given what has been sorted so far.

    `vectors` are the model's, as in `clustering.group`; `authors` says who wrote a row, and nobody is dealt own rows
    before the first sorting; `context` is a word or two per row (whose need, in what situation) that rows may share.
    Nobody is dealt a row twice. Raises ValueError for rows that do not exist.
    """
    from workshop_app.clustering.sorting import dealing

    return dealing.deal(texts, people, cards, sorts, vectors=vectors, authors=authors, context=context)


def combine(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    *,
    vectors: Vectors | None = None,
    context: Sequence[str] | None = None,
    pins: Sequence[tuple[int, int]] = (),
    asked: Sequence[tuple[int, int, int]] = (),
    groups: int | None = None,
    fineness: float | None = None,
) -> Combined:
    """Adds up what people sorted into heaps and themes.

    `pins` are (row, group) settled by a leader: rows with one number share a heap, rows with different numbers never
    do, and -1 keeps a row unsorted. `asked` are (row, row, n): n more people said of the two that they are the same than
    that they are not. `groups` asks for so many heaps, `fineness` 0..1 for coarser or finer than people
    sorted at 0.5. Raises ValueError for rows that do not exist.
    """
    from workshop_app.clustering.sorting import combining

    return combining.combine(
        texts,
        sorts,
        vectors=vectors,
        context=context,
        pins=pins,
        asked=asked,
        groups=groups,
        fineness=fineness,
    )


def likely_heaps(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    row: int,
    *,
    vectors: Vectors | None = None,
    limit: int | None = None,
) -> tuple[int, ...]:
    """The shared heaps for one card, likeliest first, at most `limit`: quick enough for a phone that waits."""
    from workshop_app.clustering.sorting import likely

    return likely.likely_heaps(texts, sorts, row, vectors=vectors, limit=limit)


def doubtful(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    *,
    vectors: Vectors | None = None,
    context: Sequence[str] | None = None,
    pins: Sequence[tuple[int, int]] = (),
    asked: Sequence[tuple[int, int, int]] = (),
    limit: int = 30,
) -> tuple[tuple[int, int], ...]:
    """Pairs of rows worth a question, most worth first: least sure, and their heaps would change most by the answer.

    The rest is as for `combine`. At most `limit` pairs; none that a leader's pins hold together or apart.
    """
    from workshop_app.clustering.sorting import doubts

    return doubts.doubtful(
        texts, sorts, vectors=vectors, context=context, pins=pins, asked=asked, limit=limit
    )


def same_heaps(
    texts: Sequence[str],
    tables: Sequence[Sequence[Sequence[int]]],
    *,
    vectors: Vectors | None = None,
    context: Sequence[str] | None = None,
) -> tuple[tuple[int, int, int, int], ...]:
    """Heaps of different tables whose cards are as near as those that the tables put together.

    `tables` are each table's heaps of rows. Gives (table, heap, other table, heap), each heap with the nearest one of
    another table that has it nearest too, nearest first.
    """
    from workshop_app.clustering.sorting import naming

    return naming.same_heaps(texts, tables, vectors, context)


def name_groups(
    texts: Sequence[str], labels: Sequence[int], vectors: Vectors | None = None, *, quote: bool = False
) -> tuple[Group, ...]:
    """Proposed titles, words and middle texts of groups that are given (-1: in none), in the order of their labels.

    With `quote` a group is known by the words of its middle text, as heaps are; themes are known by their words.
    """
    from workshop_app.clustering.sorting import naming

    return naming.name_groups(texts, labels, vectors, quote=quote)
