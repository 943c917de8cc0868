"""Who is dealt which cards in a room's sorting, and in what order a phone is offered the heaps. Reading only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from workshop_app.actions import table_deal
from workshop_app.actions.sort_table import SortTable, table
from workshop_app.actions.sums import added_up
from workshop_app.clustering import sorting as arithmetic
from workshop_app.model.sorting import IDLE_SECONDS, Dealt
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@dataclass(frozen=True)
class OfferedHeap:
    """A heap as a phone may choose it: by its founder's words, or by the leader's name."""

    founder: int
    words: str
    named: bool = False
    theme: str = ""


@dataclass(frozen=True)
class Offer:
    """What phones choose from: all heaps, and for each card their founders, likeliest first."""

    heaps: tuple[OfferedHeap, ...] = ()
    likely: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)  # of every card that may be sorted
    # founder in a placing -> founder the heap goes by now
    known_as: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)  # founder -> name that a phone has given


def plan(file: SessionFile, *, hand: int, round: int) -> Mapping[str, tuple[int, ...]]:
    """The hands of a round for every phone that has joined: participant -> cards.

    In round 1 the cards that nobody has placed by hand, nobody's own; later the cards that are still unclear or unseen,
    to those who have not sorted them before as far as that goes.
    """
    people = [p.participant for p in queries.phones(file) if not p.muted]
    if round > 1:
        sums = added_up(file).sums
        cards = [*(u.card for u in sums.unclear), *sums.unseen]
        return _deal_evenly(table(file), people, cards, hand)
    board = table(file)
    free = [card for card in board.cards if card.placed_by != "hand"]
    row_of = {card.id: row for row, card in enumerate(free)}
    rows = [board.row_of[card.id] for card in free]
    dealt = arithmetic.deal(
        [card.text for card in free],
        people,
        hand,
        vectors=None if board.vectors is None else board.vectors[rows],
        authors={row_of[c.id]: c.participant for c in free if c.participant},
        context=[board.context[row] for row in rows],
    )
    own = {card.id: card.participant for card in free}
    return {
        person: tuple(free[row].id for row in rows_ if own[free[row].id] != person)
        for person, rows_ in zip(people, dealt.hands, strict=True)
    }


def top_up(file: SessionFile, participant: str, count: int) -> tuple[int, ...]:
    """Cards of the open round for a phone that came late or wants more: those that fewest hold, none of its own."""
    board = table(file)
    now = board.sorting.now
    if now is None:
        return ()
    if now.tables:
        seats = queries.seats(file)
        at = seats.get(participant)
        fellows = [who for who, place in seats.items() if place == at and who != participant]
        cards = queries.table_cards(file, now.number).get(at or 0, ())
        held = board.sorting.hand(participant)
        rest = [card for card in cards if held is None or card not in held.cards]
        return table_deal.late(board, rest, fellows, count)
    return _deal_evenly(board, [participant], _deck(board), count)[participant]


def idle_phones(file: SessionFile, now: datetime) -> dict[str, dict[str, tuple[int, ...]]]:
    """Phones that have placed nothing for too long: idle participant -> who gets which of its untouched cards."""
    sorting = queries.sorting(file)
    if sorting.now is None or sorting.now.state != "open":
        return {}
    patience = IDLE_SECONDS + sorting.now.paused_seconds
    idle = [h for h in sorting.hands if h.quiet(now) > patience and set(h.untouched) - set(h.moved_on)]
    busy = [h for h in sorting.hands if h.last_at is not None and h.quiet(now) <= patience]
    if not idle or not busy:
        return {}
    authors = {c.id: c.participant for c in queries.board(file).cards.values()}
    waiting = {h.participant: len(h.untouched) for h in busy}
    holds = {h.participant: set(h.cards) for h in busy}
    seats = queries.seats(file) if sorting.now.tables else {}
    out: dict[str, dict[str, tuple[int, ...]]] = {}
    for one in idle:
        given: dict[str, tuple[int, ...]] = {}
        for card in one.untouched:
            takers = [
                p
                for p in waiting
                if card not in holds[p]
                and authors.get(card) != p
                and seats.get(p) == seats.get(one.participant)
            ]
            if card in one.moved_on or not takers:
                continue
            taker = min(takers, key=lambda p: (waiting[p], p))
            waiting[taker] += 1
            holds[taker].add(card)
            given[taker] = (*given.get(taker, ()), card)
        out[one.participant] = given
    return out


def likely(file: SessionFile) -> Mapping[int, tuple[int, ...]]:
    """For every card the heaps it may belong in, by their founders, likeliest first; the machine only gives the order."""
    return _likely(table(file))


def offer(file: SessionFile) -> Offer:
    """The heaps that phones may choose from now, and for every card their order."""
    return _offer(table(file))


def offers(file: SessionFile) -> Mapping[int | None, Offer]:
    """The same for each table while tables sort, whose phones share its heaps and no other's; else for None, the room."""
    board = table(file)
    now = board.sorting.now
    if now is None or not now.tables:
        return {None: _offer(board)}
    given = queries.table_cards(file, now.number)
    names = queries.table_names(file)
    out: dict[int | None, Offer] = {}
    for at, cards in given.items():
        here = (p for p in board.placements if p.table == at and p.round == now.number)
        mine = tuple(replace(p, table=None) for p in here)  # among themselves they share their heaps
        called = {founder: name for (place, founder), name in names.items() if place == at}
        own = replace(board, placements=mine, sorting=replace(board.sorting, names=called))
        out[at] = _offer(own, frozenset(cards))
    return out


def _offer(board: SortTable, cards: frozenset[int] | None = None) -> Offer:
    heaps: dict[int, OfferedHeap] = {}
    known_as: dict[int, int] = {}
    themes = {theme.id: theme.title for theme in board.board.themes}
    for heap in board.board.heaps:
        if founder := next((c.id for c in heap.cards if c.id in board.row_of), None):
            title = heap.title if heap.title_by == "leader" else ""
            text = board.board.cards[founder].text
            heaps[founder] = OfferedHeap(founder, title or text, bool(title), themes.get(heap.theme or 0, ""))
    for one in sorted({p.heap for p in board.placements if p.heap is not None}):
        founder = board.stands_for(one)
        if founder is not None and founder not in heaps:
            heaps[founder] = OfferedHeap(founder, board.board.cards[founder].text)
        if founder is not None:
            known_as[one] = founder
    texts = {c.id: c.text for c in board.cards if cards is None or c.id in cards}
    return Offer(tuple(heaps.values()), _likely(board, cards), texts, known_as, board.sorting.names)


def _likely(board: SortTable, cards: frozenset[int] | None = None) -> Mapping[int, tuple[int, ...]]:
    sorts = [*board.sorts(), board.on_board()]
    if not any(one.placements for one in sorts):
        return {}
    texts = board.texts
    out: dict[int, tuple[int, ...]] = {}
    for row, card in enumerate(board.cards):
        if cards is not None and card.id not in cards:
            continue
        found = arithmetic.likely_heaps(texts, sorts, row, vectors=board.vectors)
        founders = (board.stands_for(board.cards[founder].id) for founder in found)
        out[card.id] = tuple(dict.fromkeys(f for f in founders if f is not None))
    return out


def _deck(board: SortTable) -> list[int]:
    """The cards that the open round is about."""
    if board.sorting.now is not None and board.sorting.now.number > 1:
        return sorted({card for hand in board.sorting.hands for card in hand.cards} & set(board.row_of))
    return [card.id for card in board.cards if card.placed_by != "hand"]


def _deal_evenly(
    board: SortTable, people: Sequence[str], cards: Sequence[int], hand: int
) -> dict[str, tuple[int, ...]]:
    """Deals so that all cards are held by about as many phones, to phones that have not placed them before if it can be."""
    hands: Sequence[Dealt] = board.sorting.hands if board.sorting.now is not None else ()
    views = Counter(card for one in hands for card in one.cards if card not in one.moved_on)
    held = {one.participant: set(one.cards) for one in hands}
    before = {(p.participant, p.card) for p in board.placements}
    author = {card.id: card.participant for card in board.cards}
    order = {card: place for place, card in enumerate(dict.fromkeys(cards))}
    out: dict[str, tuple[int, ...]] = {}
    for turn, person in enumerate(people):
        mine = [c for c in order if c not in held.get(person, ()) and author.get(c) != person]
        start = turn * hand
        mine.sort(key=lambda c: (views[c], (person, c) in before, (order[c] - start) % len(order)))
        out[person] = tuple(mine[:hand])
        views.update(out[person])
    return out
