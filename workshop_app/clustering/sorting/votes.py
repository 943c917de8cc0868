"""Reads what people did into one table: every pile, own or shared, with who put what there."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshop_app.clustering.sorting.values import Sort


@dataclass(frozen=True)
class Said:
    """One person's sorting without repetitions: `heap_of` row -> shared heap, `piles` own piles, `left` unsure."""

    person: str
    heap_of: dict[int, int]
    piles: tuple[tuple[int, ...], ...]
    left: frozenset[int]

    @property
    def seen(self) -> frozenset[int]:
        """The rows this person has had in hand."""
        return self.left.union(self.heap_of, *self.piles)


def read(sorts: Sequence[Sort], rows: int) -> tuple[Said, ...]:
    """One `Said` per person, by name; a row that was placed more than once lies where it came last."""
    people: dict[str, Said] = {}
    for sort in sorted(sorts, key=lambda sort: sort.person):
        named = [*(n for pair in sort.placements for n in pair), *sort.leftover]
        named += [n for pile in sort.piles for n in pile]
        for row in named:
            if not 0 <= row < rows:
                raise ValueError(f"there is no row {row}: the rows go from 0 to {rows - 1}")
        before = people.get(sort.person, Said(sort.person, {}, (), frozenset()))
        people[sort.person] = _joined(before, sort)
    return tuple(people.values())


def _joined(before: Said, sort: Sort) -> Said:
    heap_of = before.heap_of | dict(sort.placements)
    mine: dict[int, int] = {}
    piles = [*before.piles, *sort.piles]
    for number, pile in enumerate(piles):
        for row in pile:
            mine[row] = number
    kept = [
        tuple(sorted(row for row in set(pile) if mine[row] == number)) for number, pile in enumerate(piles)
    ]
    left = (before.left | set(sort.leftover)) - heap_of.keys() - mine.keys()
    return Said(sort.person, heap_of, tuple(pile for pile in kept if pile), frozenset(left))


def shared(said: Sequence[Said]) -> dict[int, dict[int, int]]:
    """heap id -> {row: how many placed it there}; a heap's founder row always belongs, with 0 votes if need be."""
    heaps: dict[int, dict[int, int]] = {}
    for one in said:
        for row, heap in one.heap_of.items():
            votes = heaps.setdefault(heap, {heap: 0})
            votes[row] = votes.get(row, 0) + 1
    return dict(sorted(heaps.items()))


def settled(said: Sequence[Said]) -> dict[int, tuple[int, ...]]:
    """heap id -> the rows that lie there rather than on any other heap, by votes; the founder first of equals."""
    best: dict[int, tuple[int, int]] = {}
    heaps = shared(said)
    for heap, votes in heaps.items():
        for row, count in votes.items():
            if count and (row not in best or (count, row == heap) > (best[row][0], row == best[row][1])):
                best[row] = (count, heap)
    return {heap: tuple(sorted(row for row, (_n, at) in best.items() if at == heap)) for heap in heaps}
