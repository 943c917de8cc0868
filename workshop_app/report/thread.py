"""The thread figure: themes, needs and routes in three columns, joined by a red thread as broad as its cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.graphics.shapes import Circle, Drawing, Path, Rect
from reportlab.lib.colors import Color

from workshop_app import theme
from workshop_app.report import fonts
from workshop_app.report.charts import Colours, NeedNode, ThemeNode, ThreadFigure, colour, label

TALLEST = 560.0  # points: what is left on an A4 page under a heading and an introduction
_SHORTEST_ROW = 25.0
_HEAD = 22.0
_BAR, _BOX, _DOT, _ROUTE = 0.288, 0.453, 0.824, 0.845  # where things stand, as shares of the width
_BAR_WIDE, _BOX_WIDE = 6.0, 0.288


def fits(figure: ThreadFigure) -> bool:
    """Whether the figure can be read on one page; a list says the same where it cannot."""
    rows = max(len(figure.themes), len(figure.needs), len(figure.routes))
    return bool(figure.needs) and rows * _SHORTEST_ROW + _HEAD <= TALLEST


def draw(figure: ThreadFigure, width: float, colours: Colours | None = None) -> Drawing:
    """The figure at a width in points; as tall as its longest column needs, TALLEST at most."""
    fonts.ready()
    see = colours or theme.tokens()
    figure = untangled(figure)
    rows = max(len(figure.themes), len(figure.needs), len(figure.routes), 1)
    pitch = max(min((TALLEST - _HEAD) / rows, 62.0), _SHORTEST_ROW)
    tall = rows * pitch + _HEAD
    out = Drawing(width, tall)
    floor = tall - _HEAD
    for text, share, anchor in zip(
        figure.heads, (_BAR - 0.02, _BOX, _ROUTE), ("end", "start", "start"), strict=True
    ):
        fill = colour(see["ink2"])
        out.add(label(text, width * share, tall - 10, font=fonts.APP_BOLD, size=9, fill=fill, anchor=anchor))
    bands = _bands([max(t.cards, 1) for t in figure.themes], floor, pitch)
    boxes = _rows(len(figure.needs), floor)
    dots = _rows(len(figure.routes), floor)
    _links(out, figure, width, bands, boxes, dots, see)
    for node, (high, low) in zip(figure.themes, bands, strict=True):
        _theme(out, node, width, high, low, see)
    for need, y in zip(figure.needs, boxes, strict=True):
        _need(out, need, width, y, min(pitch - 6, 38.0), see)
    for (name, words), y in zip(figure.routes, dots, strict=True):
        _route(out, name, words, width, y, see)
    return out


def _rows(count: int, floor: float) -> list[float]:
    """The middles of `count` rows spread evenly from the top down."""
    return [floor - floor * (n + 0.5) / count for n in range(count)]


def _bands(cards: Sequence[int], floor: float, pitch: float) -> list[tuple[float, float]]:
    """Top and bottom of each theme's bar: a least height for its words, the rest by cards."""
    gap, least = min(12.0, pitch * 0.25), min(30.0, pitch * 0.75)
    spare = max(floor - len(cards) * (gap + least), 0.0)
    total, top = sum(cards), floor - gap / 2
    out = []
    for count in cards:
        tall = least + spare * count / total
        out.append((top, top - tall))
        top -= tall + gap
    return out


@dataclass(frozen=True)
class _Link:
    theme: int
    need: int
    cards: int


def _links(
    out: Drawing,
    figure: ThreadFigure,
    width: float,
    bands: Sequence[tuple[float, float]],
    boxes: Sequence[float],
    dots: Sequence[float],
    see: Mapping[str, str],
) -> None:
    links = [_Link(t, n, cards) for n, need in enumerate(figure.needs) for t, cards in need.cards if cards]
    soft = colour(see["thread"], 0.78)
    for t, (high, low) in enumerate(bands):
        own = sorted((one for one in links if one.theme == t), key=lambda one: one.need)
        for place, one in enumerate(own):
            y = high - (high - low) * (place + 1) / (len(own) + 1)
            broad = min(1.3 + 0.62 * (one.cards - 1), 7.0)
            _curve(out, width * _BAR + _BAR_WIDE, y, width * _BOX, boxes[one.need], broad, soft)
    for need, y in zip(figure.needs, boxes, strict=True):
        if need.route >= 0:
            _curve(
                out, width * (_BOX + _BOX_WIDE), y, width * _DOT, dots[need.route], 1.5, colour(see["thread"])
            )


def _curve(out: Drawing, x: float, y: float, to_x: float, to_y: float, broad: float, ink: Color) -> None:
    path = Path(strokeColor=ink, strokeWidth=broad, fillColor=None)
    half = (to_x - x) / 2
    path.moveTo(x, y)
    path.curveTo(x + half, y, to_x - half, to_y, to_x, to_y)
    out.add(path)


def _theme(
    out: Drawing, node: ThemeNode, width: float, high: float, low: float, see: Mapping[str, str]
) -> None:
    seal = theme.hue(node.number).seal if node.number else see["control"]
    out.add(
        Rect(width * _BAR, low, _BAR_WIDE, high - low, rx=1, ry=1, fillColor=colour(seal), strokeColor=None)
    )
    room = width * (_BAR - 0.02)
    title = f"{node.number}. {node.title}" if node.number else node.title
    tight = high - low < 28
    lines = fonts.wrap(title, fonts.APP_BOLD, 9, room, lines=1 if tight else 2)
    y = (high + low) / 2 + len(lines) * 5.6 - 2.5
    for line in lines:
        out.add(label(line, room, y, font=fonts.APP_BOLD, size=9, fill=colour(see["ink"]), anchor="end"))
        y -= 11.2
    out.add(label(node.words, room, y, font=fonts.APP, size=8.5, fill=colour(see["ink2"]), anchor="end"))


def _need(out: Drawing, need: NeedNode, width: float, y: float, tall: float, see: Mapping[str, str]) -> None:
    left, wide = width * _BOX, width * _BOX_WIDE
    out.add(
        Rect(
            left,
            y - tall / 2,
            wide,
            tall,
            rx=3.5,
            ry=3.5,
            fillColor=colour(see["surface"]),
            strokeColor=colour(see["control"]),
            strokeWidth=0.9,
        )
    )
    radius = min(8.2, tall / 2 - 2)
    out.add(Circle(left + 15, y, radius, fillColor=colour(see["primary"]), strokeColor=None))
    on = colour(see["on_primary"])
    out.add(
        label(str(need.number), left + 15, y - 3.3, font=fonts.APP_BOLD, size=9, fill=on, anchor="middle")
    )
    lines = fonts.wrap(need.title, fonts.APP_BOLD, 8.8, wide - 34, lines=2 if tall >= 26 else 1)
    top = y + (len(lines) - 1) * 5.4 - 3.1
    for n, line in enumerate(lines):
        out.add(
            label(line, left + 28, top - n * 10.8, font=fonts.APP_BOLD, size=8.8, fill=colour(see["ink"]))
        )


def _route(out: Drawing, name: str, words: str, width: float, y: float, see: Mapping[str, str]) -> None:
    out.add(Circle(width * _DOT, y, 4.4, fillColor=colour(see["thread"]), strokeColor=None))
    x = width * _ROUTE
    lines = [line for part in name.splitlines() for line in fonts.wrap(part, fonts.APP_BOLD, 9, width - x, 2)]
    top = y + len(lines) * 5.6 - 2.5
    for line in lines:
        out.add(label(line, x, top, font=fonts.APP_BOLD, size=9, fill=colour(see["ink"])))
        top -= 11.2
    out.add(label(words, x, top, font=fonts.APP, size=8.5, fill=colour(see["ink2"])))


def untangled(figure: ThreadFigure) -> ThreadFigure:
    """The same figure with its columns in the order where threads cross least, found by a few rounds of averages."""
    themes = list(range(len(figure.themes)))
    needs = list(range(len(figure.needs)))
    routes = list(range(len(figure.routes)))
    best, least = (themes, needs, routes), _crossings(figure, themes, needs, routes)
    of_need = {n: [t for t, cards in need.cards if cards] for n, need in enumerate(figure.needs)}
    of_theme = {t: [n for n in needs if t in of_need[n]] for t in themes}
    of_route = {r: [n for n in needs if figure.needs[n].route == r] for r in routes}
    for _ in range(6):
        needs = _by_mean(needs, of_need, _places(themes))
        themes = _by_mean(themes, of_theme, _places(needs))
        routes = _by_mean(routes, of_route, _places(needs))
        crossed = _crossings(figure, themes, needs, routes)
        if crossed < least:
            best, least = (themes, needs, routes), crossed
    themes, needs, routes = best
    theme_at, route_at = _places(themes), _places(routes)
    return replace(
        figure,
        themes=tuple(figure.themes[t] for t in themes),
        needs=tuple(
            replace(
                figure.needs[n],
                cards=tuple(sorted((theme_at[t], c) for t, c in figure.needs[n].cards)),
                route=route_at.get(figure.needs[n].route, -1),
            )
            for n in needs
        ),
        routes=tuple(figure.routes[r] for r in routes),
    )


def _places(order: Sequence[int]) -> dict[int, int]:
    return {one: place for place, one in enumerate(order)}


def _by_mean(order: list[int], near: Mapping[int, list[int]], at: Mapping[int, int]) -> list[int]:
    now = _places(order)

    def mean(one: int) -> float:
        places = [at[other] for other in near[one]]
        return sum(places) / len(places) if places else float(now[one])

    return sorted(order, key=lambda one: (mean(one), now[one]))


def _crossings(figure: ThreadFigure, themes: list[int], needs: list[int], routes: list[int]) -> int:
    theme_at, need_at, route_at = _places(themes), _places(needs), _places(routes)
    left = [(theme_at[t], need_at[n]) for n, need in enumerate(figure.needs) for t, c in need.cards if c]
    right = [
        (need_at[n], route_at[need.route]) for n, need in enumerate(figure.needs) if need.route in route_at
    ]
    return sum(
        (a - c) * (b - d) < 0
        for pairs in (left, right)
        for place, (a, b) in enumerate(pairs)
        for c, d in pairs[place + 1 :]
    )
