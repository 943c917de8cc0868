"""Reads what people did: one account per sitting, in an order that does not depend on how rows and people came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_app.clustering import words
from workshop_app.clustering.sorting.values import Sort


@dataclass(frozen=True)
class Said:
    """One sitting of one person: `heap_of` row -> shared heap, `piles` own piles, `left` could not be placed."""

    person: str
    heap_of: dict[int, int]
    piles: tuple[tuple[int, ...], ...]
    left: frozenset[int]

    @property
    def seen(self) -> frozenset[int]:
        """The rows this person has had in hand."""
        return self.left.union(self.heap_of, *self.piles)


def checked(sorts: Sequence[Sort], rows: int) -> Sequence[Sort]:
    """The sittings as they came; raises ValueError for rows that do not exist."""
    for sort in sorts:
        named = [*sum(sort.placements, ()), *sum(sort.piles, ()), *sort.leftover]
        if named and not 0 <= min(named) <= max(named) < rows:
            raise ValueError(
                f"{sort.person} has rows {min(named)} to {max(named)}; they go from 0 to {rows - 1}"
            )
    return sorts


def read(sorts: Sequence[Sort]) -> tuple[Said, ...]:
    """The sittings by person; a row that a person placed more than once lies where it came last."""
    said: list[Said] = []
    done: set[tuple[str, int]] = set()
    for _, sort in sorted(enumerate(sorts), key=lambda pair: (pair[1].person, -pair[0])):  # the last first
        again = {row for person, row in done if person == sort.person}
        heap_of = {row: heap for row, heap in sorted(dict(sort.placements).items()) if row not in again}
        pile_of = {row: number for number, pile in enumerate(sort.piles) for row in pile}
        piles = [
            tuple(sorted(row for row in set(pile) - again - heap_of.keys() if pile_of[row] == number))
            for number, pile in enumerate(sort.piles)
        ]
        left = set(sort.leftover) - again - heap_of.keys() - pile_of.keys()
        said.append(Said(sort.person, heap_of, tuple(sorted(filter(None, piles))), frozenset(left)))
        done |= {(sort.person, row) for row in said[-1].seen}
    return tuple(said)


def own_order(texts: Sequence[str], sorts: Sequence[Sort], context: Sequence[str] | None) -> list[int]:
    """The rows in an order of their own: by text and context, equal ones by what people did with them."""
    deeds: list[list[tuple[str, str, int]]] = [[] for _ in texts]
    for sort in sorts:
        for row, heap in sort.placements:
            deeds[row].append((sort.person, "founded" if row == heap else texts[heap], 0))
        for pile in sort.piles:
            for row in pile:
                deeds[row].append((sort.person, "", len(pile)))
    place = context or [""] * len(texts)
    return sorted(
        range(len(texts)),
        key=lambda row: (words.normal(texts[row]), texts[row], place[row], sorted(deeds[row])),
    )


def renumbered(sorts: Sequence[Sort], place: Mapping[int, int]) -> list[Sort]:
    """The same sittings with each row called by its place."""
    return [
        Sort(
            sort.person,
            tuple((place[row], place[heap]) for row, heap in sort.placements),
            tuple(tuple(place[row] for row in pile) for pile in sort.piles),
            tuple(place[row] for row in sort.leftover),
        )
        for sort in sorts
    ]


def placed(said: Sequence[Said]) -> dict[int, dict[int, int]]:
    """heap id -> row -> how many put it there; a founder row belongs to its heap, though nobody counted it."""
    heaps: dict[int, dict[int, int]] = {}
    for one in said:
        for row, heap in one.heap_of.items():
            votes = heaps.setdefault(heap, {heap: 0})
            votes[row] = votes.get(row, 0) + 1
    return heaps


def settled(heaps: dict[int, dict[int, int]]) -> dict[int, tuple[int, ...]]:
    """heap id -> the rows that lie there by most votes (of equals: the heap it founded, then the larger heap)."""
    best: dict[int, tuple[int, bool, int, int]] = {}
    for heap, votes in sorted(heaps.items()):
        for row, count in votes.items():
            claim = (count, row == heap, sum(votes.values()), heap)
            if row not in best or claim[:3] > best[row][:3]:
                best[row] = claim
    return {heap: tuple(sorted(row for row, claim in best.items() if claim[3] == heap)) for heap in heaps}
