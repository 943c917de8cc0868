"""Tables in the room that sort side by side: who they are, how far they have come, and the heaps they have made."""

from collections.abc import Iterable
from dataclasses import dataclass

from workshop_app.model.sorting import PlacedBy

MOST_TABLES = 20
NAME_LIMIT = 40
SPLIT, ALL = "split", "all"  # each table its own cards, or all cards to each
Key = tuple[int, int]  # table, founder


@dataclass(frozen=True)
class RoomTable:
    """A table whose phones sort together."""

    id: int
    name: str


@dataclass(frozen=True)
class TableHeap:
    """A heap of one table: the card whose words it goes by, its cards, and the name that the table gave it ("" = none)."""

    table: int
    founder: int
    cards: tuple[int, ...]
    name: str = ""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.table, self.founder


@dataclass(frozen=True)
class TableSorting:
    """How far one table has come in a round, and its heaps, largest first; a card of its own is in `lone`."""

    table: RoomTable
    phones: int
    given: int
    placed: int
    heaps: tuple[TableHeap, ...] = ()
    lone: tuple[int, ...] = ()


@dataclass(frozen=True)
class SameHeaps:
    """Two heaps of different tables that may mean the same, and why: cards in both, a shared name, or near cards.

    `sure` is True when the tables' own work says so, False when the computer guesses.
    """

    a: Key
    b: Key
    shared: int = 0
    named: bool = False
    near: tuple[int, int] | None = None

    @property
    def sure(self) -> bool:
        """Whether people said so."""
        return bool(self.shared or self.named)


def heaps_of(placements: Iterable[PlacedBy]) -> dict[int, dict[int | None, tuple[int, ...]]]:
    """table -> founder -> the cards that the table's last word put there; under None what it did not know."""
    last: dict[tuple[int, int], PlacedBy] = {}
    for one in sorted(placements, key=lambda p: p.order):
        if one.table is not None:
            last[one.table, one.card] = one
    out: dict[int, dict[int | None, tuple[int, ...]]] = {}
    for (table, card), one in last.items():
        heaps = out.setdefault(table, {})
        heaps[one.heap] = (*heaps.get(one.heap, ()), card)
    return out
