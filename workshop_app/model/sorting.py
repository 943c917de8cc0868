"""The room sorts: rounds, hands of cards, what phones placed where, and what it adds up to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

TOLD_FROM = 3  # phones that must have answered about a card before "k of n" is shown
IDLE_SECONDS = 90  # a phone that has placed nothing for so long gives its untouched cards to others
NAME_LIMIT = 60
MOST_CARDS = 60  # in a hand
MORE_CARDS = 6  # what a phone that is done may ask for


@dataclass(frozen=True)
class SortingRound:
    """One round of sorting in a group step; `number` 1, 2, … Times are UTC."""

    number: int
    step: str
    state: str  # "open" | "paused" | "done"
    hand: int  # cards dealt to each phone
    seconds: int
    started_at: datetime
    paused_at: datetime | None = None
    paused_seconds: int = 0
    ended_at: datetime | None = None
    tables: str = ""  # "" the whole room | "split" each table its own cards | "all" each table all cards

    def elapsed(self, now: datetime) -> timedelta:
        """Time the round has run, pauses taken out."""
        until = self.ended_at or self.paused_at or now
        return max(until - self.started_at - timedelta(seconds=self.paused_seconds), timedelta())

    def left(self, now: datetime) -> timedelta:
        """Time left; negative when over, for the clock warns and never cuts."""
        return timedelta(seconds=self.seconds) - self.elapsed(now)


@dataclass(frozen=True)
class Dealt:
    """A phone's hand in one round, in the order dealt, and where it has put the cards."""

    participant: str
    cards: tuple[int, ...]
    placed: tuple[
        tuple[int, int | None], ...
    ] = ()  # (card, founder of the heap | None for "don't know"), oldest first
    dealt_at: datetime | None = None  # when it was last given cards
    last_at: datetime | None = None  # its last answer in the round
    turn: int = (
        0  # answers of the phone in the round, taken back ones too: the token its next form must carry
    )
    moved_on: tuple[int, ...] = ()  # cards given to others while the phone was idle

    @cached_property
    def untouched(self) -> tuple[int, ...]:
        """Cards not placed yet, in the order dealt."""
        placed = {card for card, _heap in self.placed}
        return tuple(card for card in self.cards if card not in placed)

    def quiet(self, now: datetime) -> float:
        """Seconds since it last did something, 0 when it has nothing left to place."""
        since = max((at for at in (self.last_at, self.dealt_at) if at is not None), default=now)
        return max((now - since).total_seconds(), 0.0) if self.untouched else 0.0

    @property
    def heaps(self) -> dict[int, list[int]]:
        """Own heaps: founder -> own cards in it, in the order made."""
        out: dict[int, list[int]] = {}
        for card, heap in self.placed:
            if heap is not None:
                out.setdefault(heap, []).append(card)
        return out


@dataclass(frozen=True)
class PlacedBy:
    """Where a phone put a card, as it counts now. `heap` is the founder's card, None for "don't know"."""

    participant: str
    card: int
    heap: int | None
    round: int
    table: int | None = None  # where the phone sat, when tables sort
    order: int = field(default=0, compare=False)  # later ones have more


@dataclass(frozen=True)
class Sorting:
    """Everything about the sorting of a session."""

    rounds: tuple[SortingRound, ...]
    now: SortingRound | None  # open or paused, in the step where the room is
    hands: tuple[Dealt, ...]  # of the latest round
    placements: tuple[PlacedBy, ...]  # all rounds, the last word of each phone about each card
    names: Mapping[int, str]  # founder -> the name that was given last

    def hand(self, participant: str) -> Dealt | None:
        """A phone's hand in the latest round."""
        return next((h for h in self.hands if h.participant == participant), None)


@dataclass(frozen=True)
class GrowingHeap:
    """A heap as the sums have it now: `founder` is the card whose words name it, `agreement` follows `cards`."""

    founder: int
    cards: tuple[int, ...]
    name: str
    agreement: tuple[tuple[int, int], ...]  # (k, n): k of n phones put the card together with these

    @property
    def median(self) -> tuple[int, int]:
        """The middle (k, n) of its cards by share; (0, 0) before any card has been answered about enough."""
        told = sorted(
            (pair for pair in self.agreement if pair[1]), key=lambda pair: (pair[0] / pair[1], pair[1])
        )
        return told[(len(told) - 1) // 2] if told else (0, 0)


@dataclass(frozen=True)
class UnclearCard:
    """A card the room does not agree about, and why: of `phones` that answered, `most` put it with `beside`."""

    card: int
    phones: int
    heaps: int  # different heaps chosen
    dont_know: int
    alone: int  # phones that let it stand by itself
    most: int
    beside: int | None  # a card of the heap most chose


@dataclass(frozen=True)
class Progress:
    """How far one phone has come; phones are shown as dots in no order that tells who."""

    placed: int
    dealt: int  # cards given to others while it was idle left out
    quiet: float  # seconds since it last did something, though it has cards left; pauses taken out


@dataclass(frozen=True)
class Sums:
    """What the room's sorting adds up to at this moment."""

    heaps: tuple[GrowingHeap, ...]  # at least two cards each, surest first
    unclear: tuple[UnclearCard, ...]
    lone: tuple[int, ...]  # cards the room lets stand by themselves
    unseen: tuple[int, ...]  # cards nobody has answered about
    placed: int  # answers that count in the latest round, "don't know" too
    dealt: int
    phones: tuple[Progress, ...]
    seen_by: int  # how many phones answered about a card, the middle of all cards answered about

    @property
    def all_done(self) -> bool:
        """Whether every phone that was dealt cards has placed them all."""
        return bool(self.phones) and all(p.placed >= p.dealt for p in self.phones)


def verdict(k: int, n: int) -> str:
    """ "few" (under three answers), "clear", "weak" or "unclear" for k of n."""
    if n < TOLD_FROM:
        return "few"
    if k == n or k * 4 >= n * 3:
        return "clear"
    return "weak" if k * 2 > n else "unclear"


def agreement(placements: Iterable[PlacedBy], heaps: Iterable[Sequence[int]]) -> dict[int, tuple[int, int]]:
    """card -> (k, n): of the n phones that answered about a card, k put it together with another of its heap.

    `heaps` are the cards that lie together. A phone put a card there when the heap it chose was founded by one of
    the others, or is where most phones put one of the others, or where it put one of the others itself.
    """
    said: defaultdict[int, list[PlacedBy]] = defaultdict(list)
    own: dict[tuple[str, int], int | None] = {}
    for one in placements:
        said[one.card].append(one)
        own[one.participant, one.card] = one.heap
    mostly = {card: _most(answers) for card, answers in said.items()}
    out: dict[int, tuple[int, int]] = {}
    for cards in heaps:
        for card in cards:
            others = [c for c in cards if c != card]
            places = {*others, *(mostly.get(c) for c in others)} - {None}
            k = sum(
                one.heap is not None
                and (one.heap in places or any(own.get((one.participant, c)) == one.heap for c in others))
                for one in said[card]
            )
            out[card] = (k, len(said[card]))
    return out


def _most(answers: Sequence[PlacedBy]) -> int | None:
    """The heap that most phones chose for a card, None when that is nobody's or "don't know" has it."""
    count = Counter(one.heap for one in answers)
    return min(count, key=lambda heap: (-count[heap], heap is None, heap or 0)) if count else None
