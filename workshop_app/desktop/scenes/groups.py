"""Pictures of the themes: names and counts first, then one theme at a time with its most marked cards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen

from workshop_app import theme
from workshop_app.desktop.scenes.canvas import RIGHT, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

SIDE = 80.0
CARDS = 5
ROOMS = (8, 10, 15, 18, 24)  # slots in the picture: it is only divided anew when the themes outgrow it


def read_board(bridge: "Bridge", step: str) -> Facts:
    """Themes with their counts, or the one that has the focus (`bridge.focus["theme"]`)."""
    board, room = bridge.get(queries.board), bridge.get(queries.room)
    chosen = board.theme(bridge.focus.get("theme") or 0)
    if chosen is not None:
        cards = sorted((k for h in chosen.heaps for k in h.cards), key=lambda k: (-k.me_too, k.id))
        texts = tuple((k.number, k.text) for k in cards[:CARDS])
        return common(bridge, step, ("one", chosen.number, chosen.title, texts, len(cards)))
    # what has lost its last card says nothing to the room; the leader still has it
    groups = tuple((t.number, t.title, t.cards) for t in board.themes if t.cards)
    if not groups:
        groups = tuple((i, h.title, len(h.cards)) for i, h in enumerate(board.heaps, 1) if h.cards)
    placed = sum(n for _, _, n in groups)
    voices = dict.fromkeys([*room.missing, *(t.missing_voice for t in board.themes)])
    return common(bridge, step, ("all", groups, placed, tuple(v for v in voices if v)))


def paint_board(c: Canvas, f: Facts) -> None:
    """Eight names and counts in two columns, or one theme read in full."""
    if f.more[0] == "one":
        _paint_one(c, f)
    else:
        _paint_all(c, f)


def _paint_all(c: Canvas, f: Facts) -> None:
    lang = f.lang
    _, groups, placed, voices = f.more
    c.text(lang("This is what the cards are about"), QRectF(SIDE, 56, c.width - 2 * SIDE - 520, 100), 76, 700)
    if not groups:
        c.text(lang("The themes come here."), QRectF(SIDE, 240, c.width - 2 * SIDE, 80), 56, tone="ink2")
        return
    counts = f"{lang.plural('{n} card', '{n} cards', placed)}, {lang.plural('{n} theme', '{n} themes', len(groups))}"
    c.text(counts, QRectF(c.width - SIDE - 560, 78, 560, 70), 48, tone="ink2", align=RIGHT)
    slots = slots_of(tuple(number for number, _title, _count in groups))
    room = next((n for n in ROOMS if n > max(slots)), max(slots) + 1)
    columns = 2 if room <= 10 else 3
    rows = -(-room // columns)
    gap, top = 22.0, 178.0
    space = c.bottom + 30 - top - (120 if voices else 0)
    height = min((space - gap * (rows - 1)) / rows, 220)
    width = (c.width - 2 * SIDE - gap * (columns - 1)) / columns
    for place, (number, title, count) in zip(slots, groups, strict=True):
        x = SIDE + (place % columns) * (width + gap)
        y = top + (place // columns) * (height + gap)
        _group(c, f, QRectF(x, y, width, height), number, title, count)
    if voices:
        _voices(c, f, voices)


def slots_of(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Which slot each theme has: that of its number, so that a new or dissolved one moves no other.

    Only when more than half of the slots would be empty do themes move up.
    """
    stable = max(numbers) <= max(ROOMS[0], 2 * len(numbers))
    return tuple(number - 1 for number in numbers) if stable else tuple(range(len(numbers)))


def _group(c: Canvas, f: Facts, box: QRectF, number: int, title: str, count: int) -> None:
    hue = theme.hue(number)
    c.box(box, hue.paper, hue.edge, radius=8, width=3)
    radius = min(39.0, box.height() / 2 - 8)
    c.seal(QPointF(box.left() + 28 + radius, box.center().y()), radius, str(number), hue.seal, hue.digit)
    c.line(str(count), box.right() - 28, box.center().y() + 19, 54, 700, tone=hue.ink, right=True)
    name = QRectF(
        box.left() + 52 + 2 * radius, box.top() + 4, box.width() - 2 * radius - 160, box.height() - 8
    )
    c.text(title or f.lang("No name yet"), name, 46, 600, middle=True)


def _voices(c: Canvas, f: Facts, voices: tuple[str, ...]) -> None:
    y = c.bottom - 56
    x = SIDE + c.line(f.lang("Whose voice is missing?"), SIDE, y + 52, 50, 600) + 30
    font = c.font(44, 600)
    for voice in voices:
        width = QFontMetricsF(font).horizontalAdvance(voice) + 64
        if x + width > c.width - SIDE:
            break
        pen = QPen(c.colour("attn_line"), 4)
        pen.setDashPattern([3, 2])
        c.p.setPen(pen)
        c.p.setBrush(Qt.BrushStyle.NoBrush)
        c.p.drawRoundedRect(QRectF(x, y - 4, width, 76), 38, 38)
        c.p.setPen(c.colour("on_attn"))
        c.p.setFont(font)
        c.p.drawText(QRectF(x, y - 4, width, 76), int(Qt.AlignmentFlag.AlignCenter), voice)
        x += width + 26


def _paint_one(c: Canvas, f: Facts) -> None:
    _, number, title, cards, total = f.more
    hue = theme.hue(number)
    c.seal(QPointF(SIDE + 52, 118), 52, str(number), hue.seal, hue.digit)
    y = c.text(title or f.lang("No name yet"), QRectF(SIDE + 140, 70, c.width - 2 * SIDE - 160, 190), 76, 700)
    y = max(y + 40, 220)
    if not cards:
        c.text(f.lang("No cards here any more."), QRectF(SIDE, y, c.width - 2 * SIDE, 80), 56, tone="ink2")
    rest = total - len(cards)
    floor = c.bottom + 20 - (80 if rest > 0 else 0)
    for shown, (label, text) in enumerate(cards):
        height = c.height_of(text, c.width - 2 * SIDE - 190, 46, people=True) + 40
        room = floor - y
        if room < 100:
            rest += len(cards) - shown
            break
        box = QRectF(SIDE, y, c.width - 2 * SIDE, min(height, room))
        c.box(box, hue.paper, hue.edge)
        c.text(text, box.adjusted(36, 18, -150, -14), 46, people=True)
        c.line(str(label), box.right() - 32, box.top() + 62, 44, tone=hue.ink, right=True)
        y = box.bottom() + 20
    if rest > 0:
        c.line(f.lang.plural("and {n} more", "and {n} more", rest), SIDE, c.bottom + 10, 48, tone="ink2")
