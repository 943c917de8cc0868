"""What goes into and comes out of a room's sorting. Rows are places in the list of texts; a heap is named by its founder row."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sort:
    """What one person did with the cards that were dealt.

    `placements` are (row, heap id), where a heap's id is the row that founded it and a row placed on itself founds
    a heap that all share. `piles` are the person's own piles. `leftover` are rows the person could not place.
    A row placed more than once lies where it was placed last.
    """

    person: str
    placements: tuple[tuple[int, int], ...] = ()
    piles: tuple[tuple[int, ...], ...] = ()
    leftover: tuple[int, ...] = ()


@dataclass(frozen=True)
class SharedHeap:
    """A heap that everybody may use: the row that founded it, and the rows that most people placed there."""

    id: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Deal:
    """The next hand of each person, in the order the people were given, and the heaps they may choose from.

    `likely` gives for each dealt row all heaps, likeliest first.
    """

    hands: tuple[tuple[int, ...], ...]
    heaps: tuple[SharedHeap, ...] = ()
    likely: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Combined:
    """What the room said, added up.

    `heaps` are the finest groups, at the level people sorted, of two rows or more, or of one row that people
    have left alone on purpose; `themes` are indices into `heaps`, each heap in one theme. Per row: `labels` is the
    index of its heap (-1: unsorted), `confidence` is 0..1, `agreement` is (k, n): of n people who could put it
    with others of its heap, k did. `unclear` are rows worth dealing again, most unclear first.
    """

    heaps: tuple[tuple[int, ...], ...]
    themes: tuple[tuple[int, ...], ...]
    labels: tuple[int, ...]
    confidence: tuple[float, ...]
    agreement: tuple[tuple[int, int], ...]
    unclear: tuple[int, ...]
