"""Drawings of scales and links, for screen and paper alike: votes by group, things in order, what hangs together."""

from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect

from workshop_app import theme
from workshop_app.report import fonts
from workshop_app.report.charts import HIGH, LOW, Colours, Histograms, Links, RankedBars, colour, label

_ABREAST = 5  # groups in a row
_TALL = 62.0  # of one row of groups


def histograms(chart: Histograms, width: float = 480, colours: Colours | None = None) -> Drawing:
    """A small bar chart for each group on one and the same scale of people, the count over each bar."""
    fonts.ready()
    see = colours or theme.tokens()
    rows = max(-(-len(chart.groups) // _ABREAST), 1)
    out = Drawing(width, rows * _TALL)
    most = max((votes.count(v) for _, votes in chart.groups for v in set(votes)), default=1)
    wide = width / min(max(len(chart.groups), 4), _ABREAST)
    for n, (name, votes) in enumerate(chart.groups):
        row, place = divmod(n, _ABREAST)
        _histogram(out, name, votes, most, place * wide, (rows - 1 - row) * _TALL, wide - 10, see)
    return out


def _histogram(
    out: Drawing, name: str, votes: tuple[int, ...], most: int, x: float, y: float, wide: float, see: Colours
) -> None:
    ink2, base, tall = colour(see["ink2"]), y + 12, 30.0
    words = fonts.wrap(f"{name} ({len(votes)})", fonts.APP, 8, wide, 1)[0]
    out.add(label(words, x, y + _TALL - 9, font=fonts.APP, size=8, fill=colour(see["ink"])))
    step = wide / (HIGH - LOW + 1)
    out.add(Line(x, base, x + wide, base, strokeColor=colour(see["control"]), strokeWidth=0.7))
    for value in range(LOW, HIGH + 1):
        count, left = votes.count(value), x + (value - LOW) * step
        middle = left + step / 2
        out.add(label(str(value), middle, y + 3, font=fonts.APP, size=7, fill=ink2, anchor="middle"))
        if count:
            high = tall * count / most
            body = {"fillColor": colour(see["primary"]), "strokeColor": None}
            out.add(Rect(left + 1.5, base, step - 3, high, **body))
            out.add(
                label(str(count), middle, base + high + 2, font=fonts.APP, size=7, fill=ink2, anchor="middle")
            )


def ranked_bars(chart: RankedBars, width: float = 480, colours: Colours | None = None) -> Drawing:
    """A bar from 1 to each median, a thinner one where half of the votes lie; the scale stands under all of them."""
    fonts.ready()
    see = colours or theme.tokens()
    pitch, foot = 21.0, 16.0
    out = Drawing(width, len(chart.rows) * pitch + foot)
    left, right = width * 0.42, width - 34
    ink, ink2 = colour(see["ink"]), colour(see["ink2"])

    def at(value: float) -> float:
        return left + (right - left) * (value - LOW) / (HIGH - LOW)

    for value in range(LOW, HIGH + 1):
        grid = {"strokeColor": colour(see["line"]), "strokeWidth": 0.6}
        out.add(Line(at(value), foot, at(value), out.height, **grid))
        out.add(label(str(value), at(value), 3, font=fonts.APP, size=8, fill=ink2, anchor="middle"))
    for n, (name, spread, figure) in enumerate(chart.rows):
        middle = out.height - (n + 0.5) * pitch
        words = fonts.wrap(name, fonts.APP, 9, left - 10, 1)[0]
        out.add(label(words, 0, middle - 3, font=fonts.APP, size=9, fill=ink))
        if spread.median is None:
            out.add(label("–", left + 4, middle - 3, font=fonts.APP, size=9, fill=ink2))
            continue
        bar = {"fillColor": colour(see["primary"], 0.45), "strokeColor": None}
        out.add(Rect(left, middle - 5, max(at(spread.median) - left, 1.5), 10, **bar))
        low = spread.median if spread.lower is None else spread.lower
        high = spread.median if spread.upper is None else spread.upper
        out.add(Line(at(low), middle, at(high), middle, strokeColor=ink, strokeWidth=1.2))
        for end in (at(low), at(high)):
            out.add(Line(end, middle - 4, end, middle + 4, strokeColor=ink, strokeWidth=1.2))
        out.add(label(figure, width, middle - 3, font=fonts.APP_BOLD, size=9, fill=ink, anchor="end"))
    return out


def links(chart: Links, width: float = 240, colours: Colours | None = None) -> Drawing:
    """Numbers on a circle with a line for each pair."""
    fonts.ready()
    see = colours or theme.tokens()
    side = min(width, 240.0)
    out = Drawing(width, side)
    spread, most = 2 * pi / max(len(chart.numbers), 1), max((n for *_, n in chart.pairs), default=1)
    radius = side / 2 - 14
    places = {
        number: (width / 2 + radius * sin(n * spread), side / 2 + radius * cos(n * spread))
        for n, number in enumerate(chart.numbers)
    }
    for one, other, count in chart.pairs:
        if one in places and other in places:
            thick = 0.8 + 3.2 * count / most
            ends = (*places[one], *places[other])
            out.add(Line(*ends, strokeColor=colour(see["primary"], 0.7), strokeWidth=thick))
    for number, (x, y) in places.items():
        ring = {"strokeColor": colour(see["primary"]), "strokeWidth": 1.4}
        out.add(Circle(x, y, 10.5, fillColor=colour(see["surface"]), **ring))
        ink = colour(see["ink"])
        out.add(label(str(number), x, y - 3.5, font=fonts.APP_BOLD, size=9.5, fill=ink, anchor="middle"))
    return out
