"""Where everything on the board lies: themes as panels in columns, heaps as sheets in them, cards as rows. No drawing."""

from PySide6.QtCore import QRectF

from workshop_app.desktop.board.spots import (
    CardSpot,
    HeapSpot,
    Placement,
    ThemeSpot,
    line_height,
    size_of,
)
from workshop_app.desktop.board.text import advance, count_lines, wrap
from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card, Heap, Theme
from workshop_app.model.sorting import TOLD_FROM

THEMES, HEAPS, CARDS = "themes", "heaps", "cards"
LEVELS = (THEMES, HEAPS, CARDS)
LOOSE_ON_BOARD = 16  # so many unsorted cards lie on the board itself, not in the narrow list beside it

MARGIN, GAP, COLUMN = 12, 11, 254
PAD, SHEET_GAP, SEAL, TAG = 8, 9, 26, 26
PILE = 238  # a heap that lies free is as wide as this
GUTTER, WITH_VOTES = 34, 44  # the number at the right of a row; "6 av 7" needs more


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


def place(
    board: Board,
    width: float,
    level: str,
    lang: Language,
    *,
    free: bool = False,
    before: Placement | None = None,
) -> Placement:
    """Lays out the whole board for a width in scene pixels. Theme n stands in column n, so places stay put.

    `free` = heaps lie as piles where the leader has put them, under a shelf with the themes' names. The spots of
    `before` whose thing has neither changed nor moved are taken over as they are.
    """
    return _Placer(board, width, level, lang, free, before).run()


def packed(board: Board, shown: Placement, lang: Language) -> dict[int, tuple[int, int]]:
    """Places for free piles, much as the heaps lie now: column by column, none on another. In pixels at 100 %."""
    share = 100 / look().percent
    free = place(board, shown.width, shown.level, lang, free=True)
    floors: dict[int, float] = {}
    out: dict[int, tuple[int, int]] = {}
    step = look().px(PILE) + look().px(GAP)
    for number, spot in sorted(shown.heaps.items(), key=lambda item: (item[1].rect.x(), item[1].rect.y())):
        column = int(spot.rect.x() // step)
        y = floors.get(column, 0.0)
        out[number] = (round((look().px(MARGIN) + column * step) * share), round(y * share))
        floors[column] = y + free.heaps[number].rect.height() + look().px(GAP)
    return out


class _Placer:
    def __init__(
        self,
        board: Board,
        width: float,
        level: str,
        lang: Language,
        free: bool,
        before: Placement | None = None,
    ) -> None:
        self.board, self.level, self.lang, self.free = board, level, lang, free
        self.px = look().px
        self.n = columns(width)
        self.room = width
        self.margin, self.gap = self.px(MARGIN), self.px(GAP)
        self.column = (width - 2 * self.margin - (self.n - 1) * self.gap) / self.n
        px, self.large = self.px, level == CARDS
        self.size, self.step, self.mark = size_of(self.large), px(line_height(self.large)), px(16)
        gutter = gutter_for(board)
        self.beside, self.round, self.round_alone = px(9) + px(gutter) + px(8), px(7), px(12)
        self.out = Placement(level, width, (level, look().percent, gutter, lang.code))
        self.before = (
            before if before is not None and before.measures == self.out.measures else Placement("", 0)
        )
        self.joined: dict[int, tuple[int, ...]] = {}
        for card in board.merged:
            if card.merged_into is not None:
                self.joined[card.merged_into] = (*self.joined.get(card.merged_into, ()), card.id)

    def run(self) -> Placement:
        floors = [float(self.margin)] * self.n
        for place_, theme in enumerate(self.board.themes):
            at = place_ % self.n
            height = self._theme(theme, self.margin + at * (self.column + self.gap), floors[at])
            floors[at] += height + self.gap
        bottom = max(floors)
        if self.free:
            bottom += self._piles(bottom)
        elif self.board.loose_heaps:
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
        at, heaps = y + pad + head + px(7), []
        for heap in () if self.free else theme.heaps:
            heaps.append(self._heap(heap, x + pad, at, self.column - 2 * pad, theme.number))
            at += heaps[-1].rect.height() + px(SHEET_GAP)
        height = at - y + (0 if heaps else px(2))
        self.out.themes["theme", theme.id] = ThemeSpot(
            theme,
            ("theme", theme.id),
            QRectF(x, y, self.column, height),
            QRectF(x + pad, y + pad, self.column - 2 * pad, head),
            lines,
            count,
            missing,
            below,
            heaps,
        )
        return height

    def _area(self, number: int, title: str, count: str, y: float) -> ThemeSpot:
        """An area over the whole width with its heading; its height is set when it is known."""
        px, pad = self.px, self.px(PAD)
        width = self.room - 2 * self.margin
        head = QRectF(self.margin + pad, y + pad, width - 2 * pad, px(22))
        key = ("area", number)
        spot = ThemeSpot(None, key, QRectF(self.margin, y, width, 0), head, (title,), count, "")
        self.out.themes[key] = spot
        return spot

    def _loose_heaps(self, y: float) -> float:
        px, pad = self.px, self.px(PAD)
        cards = sum(len(h.cards) for h in self.board.loose_heaps)
        count = counted(self.lang, len(self.board.loose_heaps), cards)
        area = self._area(0, self.lang("Heaps without a theme"), count, y)
        width = (area.rect.width() - 2 * pad - (self.n - 1) * self.gap) / self.n
        floors = [y + pad + px(30)] * self.n
        for heap in self.board.loose_heaps:
            at = floors.index(min(floors))
            x = area.rect.x() + pad + at * (width + self.gap)
            area.heaps.append(self._heap(heap, x, floors[at], width, 0))
            floors[at] += area.heaps[-1].rect.height() + px(SHEET_GAP)
        area.rect.setHeight(max(floors) - y)
        return area.rect.height()

    def _loose_cards(self, y: float) -> float:
        px, pad = self.px, self.px(PAD)
        count = self.lang.plural("{n} card", "{n} cards", len(self.board.loose))
        area = self._area(1, self.lang("Without a heap"), count, y)
        width = (area.rect.width() - 2 * pad - (self.n - 1) * self.gap) / self.n
        floors = [y + pad + px(30)] * self.n
        area.stacks = [[] for _ in floors]
        for card in self.board.loose:
            at = floors.index(min(floors))
            x = area.rect.x() + pad + at * (width + self.gap)
            spot = self._card(card, x, floors[at], width, 0, alone=True)
            area.stacks[at].append(spot)
            floors[at] += spot.rect.height() + px(8)
        area.rect.setHeight(max(floors) - y)
        return area.rect.height()

    def _piles(self, y: float) -> float:
        """Every heap where the leader has put it; one that nobody has put yet lies under the others."""
        px = self.px
        self.out.origin = y
        width = px(PILE)
        hues = {t.id: t.number for t in self.board.themes}
        bottom, right = y, self.room - px(8)  # a hair too wide would cost a scroll bar
        for heap in (h for h in self.board.heaps if h.x is not None and h.y is not None):
            spot = self._heap(heap, px(heap.x or 0), y + px(heap.y or 0), width, hues.get(heap.theme or 0, 0))
            self.out.piles.append(spot)
            bottom, right = max(bottom, spot.rect.bottom()), max(right, spot.rect.right() + self.margin)
        n = max(1, int((self.room - 2 * self.margin + self.gap) // (width + self.gap)))
        floors = [bottom + (self.gap if self.out.piles else 0)] * n
        for heap in (h for h in self.board.heaps if h.x is None or h.y is None):
            at = floors.index(min(floors))
            x = self.margin + at * (width + self.gap)
            spot = self._heap(heap, x, floors[at], width, hues.get(heap.theme or 0, 0))
            self.out.piles.append(spot)
            floors[at] += spot.rect.height() + self.gap
        self.out.width = right
        return max(floors) - y

    def _heap(self, heap: Heap, x: float, y: float, width: float, hue: int) -> HeapSpot:
        px = self.px
        tag = self.board.tag(heap)
        kept = self.before.heaps.get(heap.id)
        if kept is not None and self._same_heap(kept, heap, x, y, width, hue, tag):
            self.out.heaps[heap.id] = kept
            self.out.cards.update((spot.card.id, spot) for spot in kept.cards)
            return kept
        count = str(len(heap.cards))
        named = bool(heap.title)
        words = heap.title or (heap.cards[0].text if heap.cards else self.lang("Empty heap"))
        room = width - px(6) - tag_width(tag) - px(8) - advance(count, "small", 700) - px(16)
        weak, told = heap.doubted, ""
        if weak is not None and self.level == THEMES:
            told = self.lang("{k} of {n}").format(k=weak[0], n=weak[1])
            room -= advance(told, "tiny", 600) + px(8)
        lines = wrap(words, room, 3 if named else 1, "small", 600 if named else 400, people=not named)
        head = max(px(27), len(lines) * px(17) + px(9))
        at, cards = y + head, []
        if self.level != THEMES:
            for card in heap.cards:
                spot = self._card(card, x, at, width, hue)
                cards.append(spot)
                at += spot.rect.height()
            if not heap.cards:
                at += px(26)
        sheet, top = QRectF(x, y, width, at - y), QRectF(x, y, width, head)
        doubted = weak is not None or heap.large
        made = HeapSpot(heap, sheet, top, hue, tag, lines, named, count, doubted, told, cards)
        self.out.heaps[heap.id] = made
        return made

    def _same_heap(
        self, old: HeapSpot, heap: Heap, x: float, y: float, width: float, hue: int, tag: str
    ) -> bool:
        here = old.rect.x() == x and old.rect.y() == y and old.rect.width() == width
        joined = all(spot.joined == self.joined.get(spot.card.id, ()) for spot in old.cards)
        return here and joined and (old.hue, old.tag) == (hue, tag) and old.heap == heap

    def _card(self, card: Card, x: float, y: float, width: float, hue: int, alone: bool = False) -> CardSpot:
        joined = self.joined.get(card.id, ())
        kept = self.before.cards.get(card.id)
        if kept is not None and kept.y == y and kept.rect.x() == x and kept.rect.width() == width:
            looks = (kept.hue, kept.alone, kept.joined)
            if looks == (hue, alone, joined) and kept.card == card:
                self.out.cards[card.id] = kept
                return kept
        room = width - self.beside
        most = 0 if self.large else 4 if alone else 2
        lines = count_lines(card.text, room, most, self.size, people=True)
        k, n = card.agreed
        told = self.lang("{k} of {n}").format(k=k, n=n) if n >= TOLD_FROM else ""
        marks = 1 + (told != "") + (joined != () or (card.placed_by == "suggestion" and card.me_too > 0))
        height = max(lines * self.step, marks * self.mark) + (self.round_alone if alone else self.round)
        spot = CardSpot(card, QRectF(x, y, width, height), hue, room, most, joined, alone)
        spot.told = told
        self.out.cards[card.id] = spot
        return spot


def gutter_for(board: Board) -> int:
    """What a row keeps free at its right: for the room's figures, and for a hand beside the longest number."""
    votes = any(c.agreed[1] >= TOLD_FROM for h in board.heaps for c in h.cards)
    signs = max((len(f"{c.number}{c.me_too}") for c in board.cards.values() if c.me_too), default=0)
    return max(WITH_VOTES if votes else GUTTER, 24 + round(7.5 * signs) if signs else 0)


def tag_width(tag: str) -> float:
    """How wide the square tag "4b" is."""
    px = look().px
    return max(px(TAG), advance(tag, "tiny", 700) + px(10))
