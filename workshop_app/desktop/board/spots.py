"""What lies on the board and where: a spot for each theme, heap and card, and the whole as a Placement."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from workshop_app.desktop.board.text import wrap
from workshop_app.desktop.style import look
from workshop_app.model.board import Card, Heap, Theme

Node = tuple[str, int]  # ("card" | "heap" | "theme" | "area", id)


class CardSpot:
    """One card's place. `alone` = a sheet of its own, not a row in a heap; its words are broken when they are drawn."""

    __slots__ = ("alone", "card", "hue", "joined", "large", "most", "rect", "room", "told", "y")

    def __init__(
        self, card: Card, rect: QRectF, hue: int, room: float, most: int, joined: tuple[int, ...], alone: bool
    ) -> None:
        self.card, self.rect, self.y, self.hue, self.room, self.most = card, rect, rect.y(), hue, room, most
        self.joined, self.alone, self.large = joined, alone, most == 0
        self.told = ""  # "6 av 7" phones put it here

    @property
    def lines(self) -> tuple[str, ...]:
        """The words as they are shown."""
        return wrap(self.card.text, self.room, self.most, size_of(self.large), people=True)


@dataclass(eq=False)
class HeapSpot:
    """One heap: tag, title lines (people's words when it has no name), rows.

    `doubted` = to be read once more: it is large, or the room disagreed; `told` is its figure where no card shows it.
    """

    heap: Heap
    rect: QRectF
    head: QRectF
    hue: int
    tag: str
    lines: tuple[str, ...]
    named: bool
    count: str
    doubted: bool
    told: str
    cards: list[CardSpot]

    @cached_property
    def bars(self) -> list[QRectF]:
        """What stands for its cards' words from afar."""
        return bars_of(self.cards)


@dataclass(eq=False)
class ThemeSpot:
    """One theme's panel; theme None = the area for heaps or cards that have no theme."""

    theme: Theme | None
    key: Node
    rect: QRectF
    head: QRectF
    lines: tuple[str, ...]
    count: str
    missing: str
    below: bool = False  # the count stands under a long title, not beside it
    heaps: list[HeapSpot] = field(default_factory=list)
    stacks: list[list[CardSpot]] = field(default_factory=list)  # single cards, a column each


Spot = CardSpot | HeapSpot | ThemeSpot


@dataclass
class Placement:
    """Every spot by id, and how large the whole is. `piles` = heaps that lie where the leader has put them.

    Two placements with the same `measures` give a thing of one width the same height.
    """

    level: str
    width: float
    measures: tuple[object, ...] = ()
    themes: dict[Node, ThemeSpot] = field(default_factory=dict)
    heaps: dict[int, HeapSpot] = field(default_factory=dict)
    cards: dict[int, CardSpot] = field(default_factory=dict)
    piles: list[HeapSpot] = field(default_factory=list)
    origin: float = 0.0  # where the piles begin, under the shelf of themes
    height: float = 0.0

    def at(self, point: QPointF) -> Node | None:
        """What lies under a point: a card, else its heap, else the theme or area."""
        for heap in reversed(self.piles):
            if heap.rect.contains(point):
                return _within(heap, point)
        for key, theme in self.themes.items():
            if not theme.rect.contains(point):
                continue
            for heap in theme.heaps:
                if heap.rect.contains(point):
                    return _within(heap, point)
            for stack in theme.stacks:
                spot = under(stack, point)
                if spot is not None:
                    return ("card", spot.card.id)
            return key
        return None

    def rect(self, node: Node) -> QRectF | None:
        """Where a thing lies, if it is on the board."""
        kind, number = node
        if kind == "card" and number in self.cards:
            return self.cards[number].rect
        if kind == "heap" and number in self.heaps:
            return self.heaps[number].rect
        spot = self.themes.get(node)
        return spot.rect if spot is not None else None

    def head(self, node: Node) -> QRectF | None:
        """Where the heading of a heap or theme lies."""
        kind, number = node
        if kind == "heap" and number in self.heaps:
            return self.heaps[number].head
        spot = self.themes.get(node)
        return spot.head if spot is not None else None


def _within(heap: HeapSpot, point: QPointF) -> Node:
    spot = under(heap.cards, point)
    return ("card", spot.card.id) if spot is not None else ("heap", heap.heap.id)


def under(stack: list[CardSpot], point: QPointF) -> CardSpot | None:
    """The card of a column that lies under a point."""
    at = bisect_right(stack, point.y(), key=_y) - 1
    return stack[at] if at >= 0 and stack[at].rect.contains(point) else None


def between(stack: list[CardSpot], top: float, bottom: float) -> list[CardSpot]:
    """The cards of a column that lie between two heights, wholly or in part."""
    return stack[max(bisect_right(stack, top, key=_y) - 1, 0) : bisect_right(stack, bottom, key=_y)]


def _y(spot: CardSpot) -> float:
    return spot.y


def bars_of(cards: list[CardSpot]) -> list[QRectF]:
    """A bar for each line of cards, in scene pixels."""
    px, out = look().px, []
    left, thick = px(9), px(5)
    for spot in cards:
        step, top = px(line_height(spot.large)), spot.y + px(8)
        lines = max(1, round((spot.rect.height() - px(7)) / step))
        wide = spot.rect.width() * 0.78 - left
        x = spot.rect.x() + left
        out += [
            QRectF(x, top + n * step, wide * (0.7 if n and n == lines - 1 else 1), thick)
            for n in range(lines)
        ]
    return out


def size_of(large: bool) -> str | float:
    """The size of a card's words."""
    return 15 if large else "small"


def line_height(large: bool) -> int:
    """The height of a line of a card's words, at 100 %."""
    return 20 if large else 16
