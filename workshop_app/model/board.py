"""Cards, heaps and themes: what the room said and how it was put together, as values to show."""

from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from workshop_app.model.blackout import Blackout
from workshop_app.model.sorting import verdict

# Settings of a session: how heaps lie on the desk ("" = in columns), and whether the computer may suggest ("" = it may).
LAYOUT, PILES = "board_layout", "piles"
LARGE_HEAP = 9  # cards; so many seldom say one need
FARTHEST = 100_000  # pixels; nobody finds a pile that lies farther away
SUGGESTIONS, OFF = "suggestions", "off"
BY_PEOPLE = ("hand", "room")  # `placed_by` of cards that no suggestion may move
HIDE_REASONS = ("test_card", "personal_data", "noise", "abusive", "double_send")


@dataclass(frozen=True)
class Card:
    """One thing somebody said. `number` is what people call it; the text is exactly as received."""

    id: int
    text: str
    state: str  # "loose" | "heap" | "parked" | "hidden" | "merged" | "withdrawn" (by who wrote it)
    heap: int | None
    theme: int | None
    role: str  # as given; show it only through Room.role_shown
    source: str
    beneficiary: str = ""
    when: str = ""
    how_often: str = ""
    underlying: str = ""
    me_too: int = 0
    merged_into: int | None = None
    reason: str = ""
    placed_by: str = ""  # "hand" | "suggestion" | "room" | ""
    placed_at: str = ""  # when it came to lie where it lies
    agreed: tuple[int, int] = (0, 0)  # k of n phones put it with others of its heap, where it was asked for
    needs: tuple[int, ...] = ()
    receipt: str = ""
    participant: str = ""
    received_at: str = ""
    inbox: bool = False  # waits for the leader; not on projector or phones
    replaced_by: int | None = None  # the card that its writer put in its place
    paper: int = 0  # the number on the paper card it was typed from
    blackouts: tuple[Blackout, ...] = ()  # what was blacked out in its texts, oldest first

    @property
    def number(self) -> int:
        """The number printed on the card."""
        return self.id


@dataclass(frozen=True)
class TableName:
    """A table's heap that a heap was made of: what the table called it ("" when it had no name) and how many cards it had."""

    table: str
    name: str
    cards: int


@dataclass(frozen=True)
class Heap:
    """Cards that mean one need; `letter` follows creation within its theme and is never reused."""

    id: int
    theme: int | None
    letter: int
    title: str
    title_by: str  # "leader" | "suggestion"
    position: int
    cards: tuple[Card, ...] = ()
    missing_voice: str = ""
    x: int | None = (
        None  # where it lies among free piles, in pixels at 100 %; None = nobody has put it anywhere
    )
    y: int | None = None
    from_tables: tuple[TableName, ...] = ()

    @property
    def doubted(self) -> tuple[int, int] | None:
        """(k, n) of the card that the fewest phones of the room put with the others; None when none is in doubt."""
        weak = [card.agreed for card in self.cards if verdict(*card.agreed) in ("weak", "unclear")]
        return min(weak, key=lambda agreed: (agreed[0] / agreed[1], -agreed[1]), default=None)

    @property
    def large(self) -> bool:
        """Whether it holds so many cards that one asks if all say the same need."""
        return len(self.cards) >= LARGE_HEAP


@dataclass(frozen=True)
class Theme:
    """Heaps that belong together."""

    id: int
    number: int
    title: str
    title_by: str
    missing_voice: str
    heaps: tuple[Heap, ...] = ()
    turn: int | None = None  # 1 is worked on first; 0 = it waits; None = nobody has said
    waits: str = ""  # why it waits

    @property
    def cards(self) -> int:
        """Cards in all its heaps."""
        return sum(len(h.cards) for h in self.heaps)


@dataclass(frozen=True)
class Board:
    """All cards in their places; every card is in exactly one of the lists."""

    themes: tuple[Theme, ...]
    loose_heaps: tuple[Heap, ...]  # heaps not yet in a theme
    loose: tuple[Card, ...]
    parked: tuple[Card, ...]
    hidden: tuple[Card, ...]
    merged: tuple[Card, ...]
    withdrawn: tuple[Card, ...] = ()

    @cached_property
    def heaps(self) -> tuple[Heap, ...]:
        """Every heap, in the order shown."""
        return tuple(h for t in self.themes for h in t.heaps) + self.loose_heaps

    @cached_property
    def cards(self) -> dict[int, Card]:
        """Every card by id."""
        placed = [c for h in self.heaps for c in h.cards]
        aside = (*self.loose, *self.parked, *self.hidden, *self.merged, *self.withdrawn)
        return {c.id: c for c in (*placed, *aside)}

    @cached_property
    def _heaps_by_id(self) -> dict[int, Heap]:
        return {h.id: h for h in self.heaps}

    @cached_property
    def _themes_by_id(self) -> dict[int, Theme]:
        return {t.id: t for t in self.themes}

    def heap(self, heap_id: int) -> Heap | None:
        """One heap, or None."""
        return self._heaps_by_id.get(heap_id)

    def theme(self, theme_id: int) -> Theme | None:
        """One theme, or None."""
        return self._themes_by_id.get(theme_id)

    def tag(self, heap: Heap) -> str:
        """What people call a heap: theme number and letter, "4b"; a heap without a theme has only its letter."""
        theme = self.theme(heap.theme) if heap.theme is not None else None
        return f"{theme.number if theme else ''}{letters(heap.letter)}"


def letters(n: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    out = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        out = ascii_lowercase[rest] + out
    return out


@dataclass(frozen=True)
class Move:
    """One line of a suggestion's difference: a card goes into a heap (an id, or a new heap's key)."""

    card: int
    heap: int | str


@dataclass(frozen=True)
class NewHeap:
    """A heap the suggestion would make: its key, title and the theme it would lie in (id, new theme's key or None)."""

    key: str
    title: str
    theme: int | str | None
    founder: int | None = None  # the card whose words name it when it has no title


@dataclass(frozen=True)
class NewTheme:
    """A theme the suggestion would make."""

    key: str
    title: str


@dataclass(frozen=True)
class Tie:
    """What two cards have in common: how alike they are (0..1) and the words they share, as the first writes them."""

    card: int
    other: int
    likeness: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """What the machine proposes, as a difference from the board; nothing in it is applied until a person says so."""

    themes: tuple[NewTheme, ...]
    heaps: tuple[NewHeap, ...]
    moves: tuple[Move, ...]
    heap_themes: tuple[tuple[int, int | str], ...]  # existing heaps that would go into a theme
    engine: str  # "semantic" | "lexical"
    seconds: float
    placed_by: str = "suggestion"  # "room" when the room's own sorting says so

    @property
    def empty(self) -> bool:
        """True when the machine has nothing to propose."""
        return not (self.moves or self.heap_themes)
