"""What several tables have sorted, brought together: which of their heaps may be the same, and what they become. Reading only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from workshop_app.actions.sort_table import SortTable, table
from workshop_app.actions.tables import Laid
from workshop_app.clustering import sorting as arithmetic
from workshop_app.model.board import TableName
from workshop_app.model.tables import Key, SameHeaps, TableHeap, TableSorting
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

OVERLAP = 1 / 3  # of the cards of either heap must lie in both, and two cards at least


def same(file: SessionFile) -> tuple[SameHeaps, ...]:
    """Heaps of different tables that may mean the same, surest first.

    First what the tables say themselves (the same cards, or one name), then what the computer guesses.
    """
    sorts = queries.table_sorting(file)
    told = said(sorts)
    known = {(one.a, one.b) for one in told}
    guessed = (one for one in _guessed(table(file), sorts) if (one.a, one.b) not in known)
    return (*told, *guessed)


def said(sorts: Sequence[TableSorting]) -> list[SameHeaps]:
    """Heaps that the tables themselves say are the same: a third of the cards in both, or one name."""
    out = []
    for at, one in enumerate(sorts):
        for other in sorts[at + 1 :]:
            for a in one.heaps:
                for b in other.heaps:
                    both = len(set(a.cards) & set(b.cards))
                    either = len(set(a.cards) | set(b.cards))
                    shared = both if both > 1 and both >= OVERLAP * either else 0
                    named = bool(a.name) and a.name.casefold() == b.name.casefold()
                    if shared or named:
                        out.append(SameHeaps(a.key, b.key, shared, named))
    return _without_rings(sorted(out, key=lambda one: (-one.shared - one.named, one.a, one.b)))


def _without_rings(found: Sequence[SameHeaps]) -> list[SameHeaps]:
    """What is not said already by those before it: where a and b, and b and c, are the same, so are a and c."""
    group: dict[Key, Key] = {}
    out = []
    for one in found:
        a, b = group.get(one.a, one.a), group.get(one.b, one.b)
        if a != b:
            out.append(one)
            group = {**group, one.a: a, one.b: b}
            group = {key: a if at == b else at for key, at in group.items()}
    return out


def _guessed(board: SortTable, sorts: Sequence[TableSorting]) -> list[SameHeaps]:
    rows = [
        [[board.row_of[c] for c in heap.cards if c in board.row_of] for heap in one.heaps] for one in sorts
    ]
    found = arithmetic.same_heaps(board.texts, rows, vectors=board.vectors, context=board.context)
    out = []
    for t, h, other, i in found:
        a, b = sorts[t].heaps[h], sorts[other].heaps[i]
        if not set(a.cards) & set(b.cards):
            out.append(SameHeaps(a.key, b.key, near=(a.founder, b.founder)))
    return out


def together(sorts: Sequence[TableSorting], joined: Collection[tuple[Key, Key]]) -> tuple[Laid, ...]:
    """The heaps for the board when these pairs of tables' heaps are joined, all others by themselves, largest first.

    A card that tables put in different heaps lies where most of them put it; where they are even it is left without.
    """
    heaps = {heap.key: heap for one in sorts for heap in one.heaps}
    names = {one.table.id: one.table.name for one in sorts}
    group = {key: key for key in heaps}
    for a, b in joined:
        if a in group and b in group:
            keep, gone = sorted((group[a], group[b]))
            group = {key: keep if at == gone else at for key, at in group.items()}
    votes: defaultdict[int, Counter[Key]] = defaultdict(Counter)
    for key, heap in heaps.items():
        for card in heap.cards:
            votes[card][group[key]] += 1
    cards: defaultdict[Key, list[int]] = defaultdict(list)
    for card, count in sorted(votes.items()):
        (best, most), *rest = count.most_common()
        if not rest or most > rest[0][1]:
            cards[best].append(card)
    out = []
    for lead, mine in cards.items():
        members = sorted((h for k, h in heaps.items() if group[k] == lead), key=_size)
        origins = tuple(TableName(names[h.table], h.name, len(h.cards)) for h in members)
        title = next((h.name for h in members if h.name), "")
        founder = next((h.founder for h in members if h.founder in mine), min(mine))
        out.append(Laid(tuple(mine), founder, title, origins))
    return tuple(sorted(out, key=lambda one: (-len(one.cards), one.founder)))


def _size(heap: TableHeap) -> tuple[int, Key]:
    return -len(heap.cards), heap.key
