"""What the room's sorting adds up to: heaps taking shape, unclear cards, and the suggestion they become. Reading only."""

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from workshop_app import clustering
from workshop_app.actions.sort_table import SortTable, table
from workshop_app.clustering import sorting as arithmetic
from workshop_app.model.board import Card, Move, NewHeap, NewTheme, Suggestion
from workshop_app.model.sorting import (
    GrowingHeap,
    PlacedBy,
    Progress,
    Sorting,
    Sums,
    UnclearCard,
    agreement,
    verdict,
)
from workshop_app.store.session_file import SessionFile

Said = Mapping[int, Sequence[PlacedBy]]  # card -> what phones said about it


@dataclass(frozen=True)
class AddedUp:
    """The sums, what they were made from, and the themes that near heaps make (places in `sums.heaps`)."""

    table: SortTable
    sums: Sums
    themes: tuple[tuple[int, ...], ...]


def sums(file: SessionFile) -> Sums:
    """What the room's sorting adds up to at this moment; half hands and phones that came late count like all others."""
    return added_up(file).sums


def added_up(file: SessionFile) -> AddedUp:
    """The sums with what they were made from."""
    board = table(file)
    sorts = [*board.sorts(), board.on_board(by_hand=True)]
    found = arithmetic.combine(
        board.texts,
        sorts,
        vectors=board.vectors,
        context=board.context,
        pins=board.pins(),
        asked=board.asked(),
    )
    lying = [[board.cards[row].id for row in rows] for rows in found.heaps]
    pairs = agreement(board.placements, lying)
    said = _by_card(board.placements)
    grown: dict[int, GrowingHeap] = {}  # by place in `lying`
    for place, cards in enumerate(lying):
        sure = [c for c in cards if _agreed(*pairs[c])]
        if len(sure) > 1:
            founder = _founder(sure, said)
            told = tuple(pairs[c] for c in sure)
            grown[place] = GrowingHeap(founder, tuple(sure), _name(board, sure, founder), told)
    settled = {c for heap in grown.values() for c in heap.cards}
    rest = [c for c in board.cards if c.id not in settled and c.placed_by != "hand"]
    lone = tuple(c.id for c in rest if said.get(c.id) and _stands_alone(c.id, said))
    order = sorted(grown, key=lambda place: _strength(grown[place]))
    at = {place: number for number, place in enumerate(order)}
    seen = [len(told) for told in said.values()]
    now = datetime.now(UTC)
    return AddedUp(
        board,
        Sums(
            heaps=tuple(grown[place] for place in order),
            unclear=tuple(_unclear(c.id, said) for c in rest if said.get(c.id) and c.id not in lone),
            lone=lone,
            unseen=tuple(c.id for c in rest if not said.get(c.id)),
            placed=sum(len(h.placed) for h in board.sorting.hands),
            dealt=sum(p.dealt for p in _progress(board.sorting, now)),
            phones=_progress(board.sorting, now),
            seen_by=int(statistics.median_low(seen)) if seen else 0,
        ),
        tuple(tuple(at[p] for p in places if p in at) for places in found.themes if set(places) & set(at)),
    )


def suggestion(file: SessionFile) -> Suggestion:
    """What the sums would change on the board: heaps and themes, named by the room. What lies by hand stays where it is."""
    began = time.perf_counter()
    added = added_up(file)
    board, heaps = added.table.board, added.sums.heaps
    by_id = {c.id: c for c in added.table.cards}
    theme_of, titles = _themes(added)
    taken: set[int] = set()
    new_heaps: list[NewHeap] = []
    moves: list[Move] = []
    heap_themes: list[tuple[int, int | str]] = []
    for number, heap in enumerate(heaps):
        cards = [by_id[c] for c in heap.cards]
        home, theme = _home(cards, taken), theme_of.get(number)
        if home is None:
            home_key: int | str = f"h{number + 1}"
            new_heaps.append(NewHeap(str(home_key), heap.name, theme, heap.founder))
        else:
            home_key = home
            taken.add(home)
            lies = board.heap(home)
            if theme is not None and lies is not None and lies.theme is None:
                heap_themes.append((home, theme))
        moves += [Move(c.id, home_key) for c in cards if c.placed_by != "hand" and c.heap != home_key]
    wanted = {h.theme for h in new_heaps} | {theme for _heap, theme in heap_themes}
    return Suggestion(
        themes=tuple(NewTheme(key, title) for key, title in titles.items() if key in wanted),
        heaps=tuple(new_heaps),
        moves=tuple(moves),
        heap_themes=tuple(heap_themes),
        engine=clustering.engine_name(),
        seconds=time.perf_counter() - began,
        placed_by="room",
    )


def _themes(added: AddedUp) -> tuple[dict[int, int | str], dict[str, str]]:
    """The theme of each heap in the sums, an existing one where a heap of it already lies; and titles of new ones."""
    by_id = {c.id: c for c in added.table.cards}
    theme_of: dict[int, int | str] = {}
    new: dict[str, list[int]] = {}
    for number, bundle in enumerate(added.themes):
        cards = [c for place in bundle for c in added.sums.heaps[place].cards]
        known = Counter(t for c in cards if (t := by_id[c].theme) is not None)
        key = min(known, key=lambda t: (-known[t], t)) if known else f"t{number + 1}"
        theme_of.update(dict.fromkeys(bundle, key))
        if isinstance(key, str):
            new[key] = cards
    return theme_of, dict(zip(new, _titles(list(new.values()), added.table), strict=True))


def _titles(bundles: Sequence[Sequence[int]], board: SortTable) -> list[str]:
    """A title in the cards' own words for each bundle."""
    rows = [board.row_of[c] for bundle in bundles for c in bundle]
    pins = [(at, number) for at, number in enumerate(n for n, b in enumerate(bundles) for _c in b)]
    vectors = None if board.vectors is None else board.vectors[rows]
    found = clustering.group([board.texts[row] for row in rows], vectors, pins=pins) if rows else None
    named = {group.id: group.title for group in found.groups} if found else {}
    return [named.get(number, "") for number in range(len(bundles))]


def _by_card(placements: Sequence[PlacedBy]) -> Said:
    said: defaultdict[int, list[PlacedBy]] = defaultdict(list)
    for one in placements:
        said[one.card].append(one)
    return said


def _agreed(k: int, n: int) -> bool:
    """Whether a card may stay in its heap: the room says so, or the few who answered all do, or nobody was asked."""
    told = verdict(k, n)
    return k == n if told == "few" else told != "unclear"


def _stands_alone(card: int, said: Said) -> bool:
    alone = sum(one.heap == card for one in said[card])
    return _agreed(alone, len(said[card]))


def _founder(cards: Sequence[int], said: Said) -> int:
    """The card whose words most phones chose these cards' heap by; one of the cards themselves."""
    chosen = Counter(one.heap for card in cards for one in said.get(card, ()) if one.heap in cards)
    return min(cards, key=lambda card: (-chosen[card], card))


def _name(board: SortTable, cards: Sequence[int], founder: int) -> str:
    """The leader's name for the heap where the founder lies, else the name that phones gave."""
    home = next((h for h in board.board.heaps if any(c.id == founder for c in h.cards)), None)
    if home is not None and home.title:
        return home.title
    names = board.sorting.names
    return next((names[c] for c in (founder, *cards) if c in names), "")


def _strength(heap: GrowingHeap) -> tuple[float, int, int]:
    k, n = heap.median
    return (-k / n if n else 0.0, -len(heap.cards), heap.founder)


def _unclear(card: int, said: Said) -> UnclearCard:
    told = said[card]
    chosen = Counter(one.heap for one in told if one.heap is not None and one.heap != card)
    beside = min(chosen, key=lambda heap: (-chosen[heap], heap)) if chosen else None
    return UnclearCard(
        card=card,
        phones=len(told),
        heaps=len(chosen),
        dont_know=sum(one.heap is None for one in told),
        alone=sum(one.heap == card for one in told),
        most=chosen[beside] if beside is not None else 0,
        beside=beside,
    )


def _progress(sorting: Sorting, now: datetime) -> tuple[Progress, ...]:
    """How far each phone of the latest round has come, sorted by how far: the order tells nothing of who."""
    rested = sorting.now.paused_seconds if sorting.now else 0
    out = []
    for hand in sorting.hands:
        gone = set(hand.moved_on) & set(hand.untouched)
        quiet = max(hand.quiet(now) - rested, 0.0) if sorting.now else 0.0
        out.append(Progress(len(hand.placed), len(hand.cards) - len(gone), quiet))
    return tuple(sorted(out, key=lambda p: (-p.placed, -p.dealt, p.quiet)))


def _home(cards: Sequence[Card], taken: set[int]) -> int | None:
    """The board's heap that most of the cards lie in, those placed by hand before others; None for a new one."""
    hand = Counter(c.heap for c in cards if c.heap is not None and c.placed_by == "hand")
    loose = Counter(c.heap for c in cards if c.heap is not None and c.heap not in taken)
    best = hand or loose
    return min(best, key=lambda heap: (-best[heap], heap)) if best else None
