"""Drawings for screen and paper alike: how votes spread, what is worth it and doable, how cards come in and balance."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from workshop_app import theme
from workshop_app.model.rating import Spread
from workshop_app.model.summary import PLACES
from workshop_app.report import fonts

Colours = Mapping[str, str]
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
LOW, HIGH = 1, 5  # the scale of every criterion


@dataclass(frozen=True)
class Point:
    """A need in the field of worth and doable: its number and two values from 1 to 5. `strong` fills its ring."""

    number: int
    worth: float
    doable: float
    strong: bool = False


@dataclass(frozen=True)
class FieldWords:
    """The words of the field: its two axes and its corners, top left first."""

    worth: str
    doable: str
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str


@dataclass(frozen=True)
class SpreadBar:
    """A thin bar for a table: where half of the votes lie, the median as a black tick."""

    spread: Spread


@dataclass(frozen=True)
class WorthDoable:
    """Needs by what they are worth and whether they can be done."""

    points: tuple[Point, ...]
    words: FieldWords


@dataclass(frozen=True)
class BalanceBar:
    """How many cards ended in each place, in the order of PLACES."""

    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ThemeNode:
    """A theme in the thread figure: its number (0 = cards outside every theme), name, count and what to say of it."""

    number: int
    title: str
    cards: int
    words: str


@dataclass(frozen=True)
class NeedNode:
    """A need in the thread figure: cards by index of theme, and the index of its route."""

    number: int
    title: str
    cards: tuple[tuple[int, int], ...]
    route: int


@dataclass(frozen=True)
class ThreadFigure:
    """The red thread from themes by way of needs to routes; `routes` are (name, words), `heads` the three columns'."""

    themes: tuple[ThemeNode, ...]
    needs: tuple[NeedNode, ...]
    routes: tuple[tuple[str, str], ...]
    heads: tuple[str, str, str]


@dataclass(frozen=True)
class Histograms:
    """The votes 1 to 5 of several groups beside each other; `groups` are (name, votes)."""

    groups: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class RankedBars:
    """Things in order, a bar to the median of each and the field where half of the votes lie; (name, spread, figure)."""

    rows: tuple[tuple[str, Spread, str], ...]


@dataclass(frozen=True)
class Links:
    """What hangs together: numbers on a circle, a line for each pair, thicker the more often it was drawn."""

    numbers: tuple[int, ...]
    pairs: tuple[tuple[int, int, int], ...]  # from, to, how often


@dataclass(frozen=True)
class QrCode:
    """A code to scan: rows of dark and light modules."""

    matrix: tuple[tuple[bool, ...], ...]


Chart = SpreadBar | WorthDoable | BalanceBar | ThreadFigure | Histograms | RankedBars | Links | QrCode


def colour(value: str, alpha: float = 1.0) -> Color:
    """A token's "#RRGGBB" as ReportLab's colour."""
    full = HexColor(value)
    return Color(full.red, full.green, full.blue, alpha)


def label(
    text: str, x: float, y: float, *, font: str, size: float, fill: Color, anchor: str = "start"
) -> Group:
    """One line of text at a baseline; `anchor` is "start", "middle" or "end". Text is never read as markup."""
    wide = fonts.width(text, font, size)
    x -= {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    group = Group()
    for one, piece in fonts.split(fonts.line(text), font):
        group.add(String(x, y, piece, fontName=one, fontSize=size, fillColor=fill))
        x += fonts.width(piece, one, size)
    return group


def spread_bar(
    spread: Spread, width: float = 46, height: float = 10, colours: Colours | None = None
) -> Drawing:
    """A thin bar 1 to 5: the field where half of the votes lie, the median as a black tick; amber when flagged."""
    see = colours or theme.tokens()
    out = Drawing(width, height)
    middle, thick = height / 2, 4.0
    inner = width - 6
    out.add(
        Rect(
            0,
            middle - thick / 2,
            width,
            thick,
            rx=2,
            ry=2,
            fillColor=colour(see["surface2"]),
            strokeColor=None,
        )
    )
    if spread.median is None:
        return out

    def at(value: float) -> float:
        return 3 + inner * (value - LOW) / (HIGH - LOW)

    low = spread.median if spread.lower is None else spread.lower
    high = spread.median if spread.upper is None else spread.upper
    x, wide = at(low) - 3, at(high) - at(low) + 6
    fill = colour(see["attn_line"]) if spread.flagged else colour(see["primary"], 0.6)
    out.add(Rect(x, middle - thick / 2, wide, thick, rx=2, ry=2, fillColor=fill, strokeColor=None))
    tick = at(spread.median)
    out.add(Line(tick, middle - 5, tick, middle + 5, strokeColor=colour(see["ink"]), strokeWidth=2))
    return out


def worth_doable(
    points: Sequence[Point], words: FieldWords, width: float = 300, colours: Colours | None = None
) -> Drawing:
    """Needs as numbered rings by doable (across) and worth (up); equal ones stand side by side, nothing is ranked."""
    fonts.ready()
    see = colours or theme.tokens()
    left, below = 16.0, 16.0
    side = width - left - 1
    out = Drawing(width, side + below + 1)
    ink2, size = colour(see["ink2"]), 9.5
    box = {"strokeColor": colour(see["control"]), "strokeWidth": 0.9}
    out.add(Rect(left, below, side, side, fillColor=colour(see["surface"]), **box))
    half = side / 2
    out.add(Rect(left + half, below + half, half, half, fillColor=colour(see["ptint"]), strokeColor=None))
    middle = {"strokeColor": colour(see["line"]), "strokeWidth": 0.75}
    out.add(Line(left + half, below, left + half, below + side, **middle))
    out.add(Line(left, below + half, left + side, below + half, **middle))
    out.add(Rect(left, below, side, side, fillColor=None, **box))
    high, low = below + side - 15, below + 7
    for text, x, y, anchor in (
        (words.top_left, left + 7, high, "start"),
        (words.top_right, left + side - 7, high, "end"),
        (words.bottom_left, left + 7, low, "start"),
        (words.bottom_right, left + side - 7, low, "end"),
    ):
        out.add(label(text, x, y, font=fonts.APP, size=size, fill=ink2, anchor=anchor))
    out.add(label(words.doable, left + half, 3, font=fonts.APP, size=size, fill=ink2, anchor="middle"))
    upright = label(words.worth, 0, 0, font=fonts.APP, size=size, fill=ink2, anchor="middle")
    upright.translate(10, below + half)
    upright.rotate(90)
    out.add(upright)
    for point, x, y in _placed(points, left, below, side):
        fill, ink = (see["primary"], see["on_primary"]) if point.strong else (see["surface"], see["ink"])
        ring = {"strokeColor": colour(see["primary"]), "strokeWidth": 1.5}
        out.add(Circle(x, y, 10.5, fillColor=colour(fill), **ring))
        out.add(
            label(
                str(point.number), x, y - 3.6, font=fonts.APP_BOLD, size=10, fill=colour(ink), anchor="middle"
            )
        )
    return out


def _placed(
    points: Sequence[Point], left: float, below: float, side: float
) -> list[tuple[Point, float, float]]:
    """Each ring where its values are; one that would lie on another goes beside it, or under it at the edge."""
    inset, step, most = 0.09, 22.5, 200
    out: list[tuple[Point, float, float]] = []
    for point in sorted(points, key=lambda p: (p.doable, p.number)):
        x = start = left + side * (inset + (1 - 2 * inset) * (point.doable - LOW) / (HIGH - LOW))
        y = below + side * (inset + (1 - 2 * inset) * (point.worth - LOW) / (HIGH - LOW))
        for _ in range(most):
            taken = [a for _, a, b in out if abs(a - x) < step - 0.1 and abs(b - y) < step - 0.1]
            if not taken:
                break
            x = max(taken) + step
            if x > left + side - 12:
                x, y = start, y - step
        out.append((point, x, y))
    return out


def place_fills(colours: Colours | None = None) -> dict[str, str]:
    """The fill of each of PLACES in the balance bar, "#RRGGBB"; their order and the figures carry the meaning."""
    see = colours or theme.tokens()
    light = "#9DC4B7"
    inks = (see["primary"], light, see["control"], see["ink"], see["line"], see["ink2"], "#FFFFFF")
    return dict(zip(PLACES, inks, strict=True))


def balance_bar(
    places: Mapping[str, int], width: float = 280, height: float = 14, colours: Colours | None = None
) -> Drawing:
    """One bar for all received cards, a stretch for each place that has any."""
    see = colours or theme.tokens()
    fills = place_fills(see)
    out = Drawing(width, height)
    shown = [(place, places.get(place, 0)) for place in PLACES if places.get(place, 0)]
    total = sum(n for _, n in shown)
    gap, least = 1.5, 3.0
    room = width - gap * max(len(shown) - 1, 0)
    wide = [max(room * n / total, least) for _, n in shown]
    x, squeeze = 0.0, room / sum(wide) if wide else 1.0
    for (place, _), one in zip(shown, wide, strict=True):
        line = colour(see["control"]) if place == "loose" else None
        out.add(
            Rect(
                x,
                0.5,
                one * squeeze,
                height - 1,
                fillColor=colour(fills[place]),
                strokeColor=line,
                strokeWidth=0.5,
            )
        )
        x += one * squeeze + gap
    return out


def qr_code(matrix: Sequence[Sequence[bool]], side: float) -> Drawing:
    """A code with its four modules of white around it, black on white whatever the colours are."""
    edge = len(matrix) + 8
    one = side / edge
    drawing = Drawing(side, side)
    drawing.add(Rect(0, 0, side, side, fillColor=colour("#FFFFFF"), strokeColor=None))
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                place = ((x + 4) * one, side - (y + 5) * one)
                # a hair wider, so that no white line shows between two modules
                drawing.add(
                    Rect(*place, one * 1.02, one * 1.02, fillColor=colour("#000000"), strokeColor=None)
                )
    return drawing


def svg(drawing: Drawing) -> bytes:
    """The drawing as SVG for a screen, with the families of the screen in place of paper's font names."""
    out = StringIO()
    # Qt knows no clipPath: it would paint the clip as a black rectangle
    renderSVG.drawToFile(drawing, out, fontHacks=fonts.on_screen(), useClip=True)
    return _DOCTYPE.sub("", out.getvalue()).encode()
