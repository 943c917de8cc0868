"""Where everything on the board lies: themes as panels in columns, heaps as sheets in them, cards as rows. No drawing."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from workshop_app.desktop.board.text import advance, wrap
from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card, Heap, Theme

THEMES, HEAPS, CARDS = "themes", "heaps", "cards"
LEVELS = (THEMES, HEAPS, CARDS)
LOOSE_ON_BOARD = 16  # so many unsorted cards lie on the board itself, not in the narrow list beside it

Node = tuple[str, int]  # ("card" | "heap" | "theme" | "area", id)

MARGIN, GAP, COLUMN = 12, 11, 254
PAD, SHEET_GAP, SEAL, TAG = 8, 9, 26, 26
GUTTER = 34  # number and hands at the right of a row


@dataclass(frozen=True)
class CardSpot:
    """One card: its words broken into lines. `alone` = a sheet of its own, not a row in a heap."""

    card: Card
    rect: QRectF
    hue: int
    lines: tuple[str, ...]
    joined: tuple[int, ...]
    alone: bool = False
    large: bool = False


@dataclass(frozen=True)
class HeapSpot:
    """One heap: tag, title lines (people's words when it has no name), rows."""

    heap: Heap
    rect: QRectF
    head: QRectF
    hue: int
    tag: str
    lines: tuple[str, ...]
    named: bool
    count: str
    rows: tuple[QRectF, ...]


@dataclass(frozen=True)
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


@dataclass
class Placement:
    """Every spot by id, and how large the whole is."""

    level: str
    width: float
    themes: dict[Node, ThemeSpot] = field(default_factory=dict)
    heaps: dict[int, HeapSpot] = field(default_factory=dict)
    cards: dict[int, CardSpot] = field(default_factory=dict)
    height: float = 0.0

    def at(self, point: QPointF) -> Node | None:
        """What lies under a point: a card, else its heap, else the theme or area."""
        for key, theme in self.themes.items():
            if not theme.rect.contains(point):
                continue
            for number, heap in self.heaps.items():
                if heap.rect.contains(point):
                    for card in heap.heap.cards:
                        spot = self.cards.get(card.id)
                        if spot is not None and spot.rect.contains(point):
                            return ("card", card.id)
                    return ("heap", number)
            if key == ("area", 1):
                for number, spot in self.cards.items():
                    if spot.alone and spot.rect.contains(point):
                        return ("card", number)
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


def counted(lang: Language, heaps: int, cards: int) -> str:
    """ "2 högar, 7 kort"."""
    both = (lang.plural("{n} heap", "{n} heaps", heaps), lang.plural("{n} card", "{n} cards", cards))
    return ", ".join(both)


def columns(width: float) -> int:
    """How many columns there is room for."""
    px = look().px
    return max(1, int((width - 2 * px(MARGIN) + px(GAP)) // (px(COLUMN) + px(GAP))))


def loose_on_board(board: Board) -> bool:
    """Whether the unsorted cards lie on the board: when they are many, or nothing else is there."""
    return len(board.loose) >= LOOSE_ON_BOARD or (bool(board.loose) and not board.heaps and not board.themes)


def place(board: Board, width: float, level: str, lang: Language) -> Placement:
    """Lays out the whole board for a width in scene pixels. Theme n stands in column n, so places stay put."""
    return _Placer(board, width, level, lang).run()


class _Placer:
    def __init__(self, board: Board, width: float, level: str, lang: Language) -> None:
        self.board, self.level, self.lang = board, level, lang
        self.px = look().px
        self.n = columns(width)
        self.margin, self.gap = self.px(MARGIN), self.px(GAP)
        self.column = (width - 2 * self.margin - (self.n - 1) * self.gap) / self.n
        self.out = Placement(level, width)
        self.joined: dict[int, list[int]] = {}
        for card in board.merged:
            if card.merged_into is not None:
                self.joined.setdefault(card.merged_into, []).append(card.id)

    def run(self) -> Placement:
        floors = [float(self.margin)] * self.n
        for place_, theme in enumerate(self.board.themes):
            at = place_ % self.n
            height = self._theme(theme, self.margin + at * (self.column + self.gap), floors[at])
            floors[at] += height + self.gap
        bottom = max(floors)
        if self.board.loose_heaps:
            bottom += self._loose_heaps(bottom) + self.gap
        if loose_on_board(self.board):
            bottom += self._loose_cards(bottom) + self.gap
        self.out.height = bottom - self.gap + self.margin
        return self.out

    def _theme(self, theme: Theme, x: float, y: float) -> float:
        px, pad = self.px, self.px(PAD)
        count = counted(self.lang, len(theme.heaps), theme.cards)
        room = self.column - 2 * pad - px(SEAL) - px(8)
        title = theme.title or self.lang("Theme without a name")
        lines = wrap(title, room - advance(count, "tiny") - px(10), 2, 15, 600)
        below = len(lines) == 2 and lines[-1].endswith("…")
        if below:
            lines = wrap(title, room, 3, 15, 600)
        missing = self.lang("Missing: {who}").format(who=theme.missing_voice) if theme.missing_voice else ""
        head = (
            max(px(SEAL), len(lines) * px(18) + px(6)) + (px(24) if missing else 0) + (px(16) if below else 0)
        )
        at = y + pad + head + px(7)
        for heap in theme.heaps:
            at += self._heap(heap, x + pad, at, self.column - 2 * pad, theme.number) + px(SHEET_GAP)
        height = at - y + (0 if theme.heaps else px(2))
        self.out.themes["theme", theme.id] = ThemeSpot(
            theme,
            ("theme", theme.id),
            QRectF(x, y, self.column, height),
            QRectF(x + pad, y + pad, self.column - 2 * pad, head),
            lines,
            count,
            missing,
            below,
        )
        return height

    def _area(self, number: int, title: str, count: str, y: float) -> QRectF:
        """The heading of an area over the whole width; its rect is set when its height is known."""
        px, pad = self.px, self.px(PAD)
        width = self.out.width - 2 * self.margin
        rect = QRectF(self.margin, y, width, 0)
        head = QRectF(self.margin + pad, y + pad, width - 2 * pad, px(22))
        key = ("area", number)
        self.out.themes[key] = ThemeSpot(None, key, rect, head, (title,), count, "")
        return rect

    def _loose_heaps(self, y: float) -> float:
        px, pad = self.px, self.px(PAD)
        cards = sum(len(h.cards) for h in self.board.loose_heaps)
        count = counted(self.lang, len(self.board.loose_heaps), cards)
        rect = self._area(0, self.lang("Heaps without a theme"), count, y)
        width = (rect.width() - 2 * pad - (self.n - 1) * self.gap) / self.n
        floors = [y + pad + px(30)] * self.n
        for heap in self.board.loose_heaps:
            at = floors.index(min(floors))
            x = rect.x() + pad + at * (width + self.gap)
            floors[at] += self._heap(heap, x, floors[at], width, 0) + px(SHEET_GAP)
        rect.setHeight(max(floors) - y)
        return rect.height()

    def _loose_cards(self, y: float) -> float:
        px, pad = self.px, self.px(PAD)
        count = self.lang.plural("{n} card", "{n} cards", len(self.board.loose))
        rect = self._area(1, self.lang("Without a heap"), count, y)
        width = (rect.width() - 2 * pad - (self.n - 1) * self.gap) / self.n
        floors = [y + pad + px(30)] * self.n
        for card in self.board.loose:
            at = floors.index(min(floors))
            x = rect.x() + pad + at * (width + self.gap)
            spot = self._card(card, x, floors[at], width, 0, alone=True)
            floors[at] += spot.rect.height() + px(8)
        rect.setHeight(max(floors) - y)
        return rect.height()

    def _heap(self, heap: Heap, x: float, y: float, width: float, hue: int) -> float:
        px = self.px
        tag = self.board.tag(heap)
        count = str(len(heap.cards))
        named = bool(heap.title)
        words = heap.title or (heap.cards[0].text if heap.cards else self.lang("Empty heap"))
        room = width - px(6) - tag_width(tag) - px(8) - advance(count, "small", 700) - px(16)
        lines = wrap(words, room, 3 if named else 1, "small", 600 if named else 400, people=not named)
        head = max(px(27), len(lines) * px(17) + px(9))
        at, rows = y + head, []
        if self.level != THEMES:
            for card in heap.cards:
                spot = self._card(card, x, at, width, hue)
                rows.append(spot.rect)
                at += spot.rect.height()
            if not heap.cards:
                at += px(26)
        rect = QRectF(x, y, width, at - y)
        self.out.heaps[heap.id] = HeapSpot(
            heap, rect, QRectF(x, y, width, head), hue, tag, lines, named, count, tuple(rows)
        )
        return rect.height()

    def _card(self, card: Card, x: float, y: float, width: float, hue: int, alone: bool = False) -> CardSpot:
        px, large = self.px, self.level == CARDS
        room = width - px(9) - px(GUTTER) - px(8)
        most = 0 if large else 4 if alone else 2
        lines = wrap(card.text, room, most, 15 if large else "small", people=True)
        joined = tuple(self.joined.get(card.id, ()))
        marks = 1 + bool(card.me_too) + bool(joined)
        height = max(len(lines) * px(line_height(large)), marks * px(16)) + px(7 if not alone else 12)
        spot = CardSpot(card, QRectF(x, y, width, height), hue, lines, joined, alone, large)
        self.out.cards[card.id] = spot
        return spot


def line_height(large: bool) -> int:
    """The height of a line of a card's words, at 100 %."""
    return 20 if large else 16


def tag_width(tag: str) -> float:
    """How wide the square tag "4b" is."""
    px = look().px
    return max(px(TAG), advance(tag, "tiny", 700) + px(10))
