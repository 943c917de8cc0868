"""Who is dealt what when tables sort side by side: first each table, then each phone at it. Reading only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_app.actions.sort_table import SortTable, table
from workshop_app.clustering import sorting as arithmetic
from workshop_app.model.sorting import MOST_CARDS, Dealt
from workshop_app.model.tables import SPLIT
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@dataclass(frozen=True)
class TablePlan:
    """The cards of each table, and the hands of the phones that sit there now."""

    tables: Mapping[int, tuple[int, ...]]
    hands: Mapping[str, tuple[int, ...]]


def plan(file: SessionFile, way: str) -> TablePlan:
    """What each table and each phone at it is dealt: cards that nobody has placed by hand.

    Cards that are split over tables go in blocks of probable neighbours; at a table each card is dealt to one phone.
    """
    board, tables = table(file), [one.id for one in queries.tables(file)]
    free = [card.id for card in board.cards if card.placed_by != "hand"]
    given = _split(board, tables, free) if way == SPLIT else dict.fromkeys(tables, tuple(free))
    muted = {phone.participant for phone in queries.phones(file) if phone.muted}
    seated: dict[int, list[str]] = {}
    for who, at in sorted(queries.seats(file).items()):
        if who not in muted:
            seated.setdefault(at, []).append(who)
    author = {card.id: card.participant for card in board.cards}
    hands: dict[str, tuple[int, ...]] = {}
    for one, cards in given.items():
        hands |= _at_table(seated.get(one, []), cards, author)
    return TablePlan(given, hands)


def late(board: SortTable, cards: Sequence[int], fellows: Sequence[str], most: int) -> tuple[int, ...]:
    """The cards for a phone that sits down while its table sorts, or that is done: those nobody holds, else its share of
    those that nobody has placed yet."""
    there = [one for one in board.sorting.hands if one.participant in fellows]
    held = Counter(card for one in there for card in one.cards if card not in one.moved_on)
    unheld = [card for card in cards if card in board.row_of and not held[card]]
    waiting = {card for one in there for card in one.untouched if card not in one.moved_on}
    waiting -= {card for one in there for card, _heap in one.placed}
    shared = sorted(
        (c for c in cards if held[c] and c in waiting), key=lambda c: (held[c], -_place(there, c), c)
    )
    fair = min(most, -(-len(shared) // (len(fellows) + 1)))
    return tuple((unheld or shared[:fair])[:MOST_CARDS])


def _place(hands: Sequence[Dealt], card: int) -> int:
    """How far down in somebody's hand a card lies: the last ones are given to a latecomer."""
    return max((one.cards.index(card) for one in hands if card in one.cards), default=0)


def _split(board: SortTable, tables: Sequence[int], cards: Sequence[int]) -> dict[int, tuple[int, ...]]:
    if not tables or not cards:
        return dict.fromkeys(tables, ())
    rows = [board.row_of[card] for card in cards]
    dealt = arithmetic.deal(
        [board.texts[row] for row in rows],
        [str(one) for one in tables],
        -(-len(cards) // len(tables)),
        vectors=None if board.vectors is None else board.vectors[rows],
        context=[board.context[row] for row in rows],
    )
    given: dict[int, list[int]] = {one: [] for one in tables}
    taken: set[int] = set()
    for one, hand in zip(tables, dealt.hands, strict=True):
        given[one] = [cards[row] for row in hand if cards[row] not in taken]
        taken.update(given[one])
    for card in cards:
        if card not in taken:
            min(given.values(), key=len).append(card)
    return {one: tuple(mine) for one, mine in given.items()}


def _at_table(
    phones: Sequence[str], cards: Sequence[int], author: Mapping[int, str]
) -> dict[str, tuple[int, ...]]:
    """Each card to one phone, neighbours to the same, its author last: a table with one phone gets them all."""
    hands: dict[str, list[int]] = {phone: [] for phone in phones}
    each = -(-len(cards) // max(len(phones), 1))
    for at, card in enumerate(cards if phones else ()):
        turn = at // each
        order = [phones[(turn + step) % len(phones)] for step in range(len(phones))]
        free = [p for p in order if len(hands[p]) < min(each + 1, MOST_CARDS)]
        taker = next((p for p in free if author.get(card) != p), next(iter(free), ""))
        if taker:
            hands[taker].append(card)
    return {phone: tuple(mine) for phone, mine in hands.items()}
