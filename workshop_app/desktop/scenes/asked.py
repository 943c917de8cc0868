"""Pictures for several questions and for scales: the prompt and a count, the spread by level, what was agreed."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from workshop_app.desktop.asked import words
from workshop_app.desktop.asked.spreads import by_group, order
from workshop_app.desktop.scenes import asking, needs
from workshop_app.desktop.scenes.canvas import MARGIN, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.formats import Step
from workshop_app.model.rating import Spread
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

KINDS = ("questions", "survey", "meeting")
ROWS, PAIRS = 7, 5


class Asked(NamedTuple):
    """The prompt is the question; how many have answered."""

    people: int


class Kept(NamedTuple):
    """What the room came to: rows of (label, words) pairs, the first of each row large."""

    heading: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


class Items(NamedTuple):
    """Things in order, each with its spread and the medians of its groups."""

    name: str
    rows: tuple[tuple[str, Spread | None, str], ...]


def read_question(bridge: "Bridge", step: str) -> Facts:
    """What is kept if the leader shows it, else the prompt; a step of no such kind as before."""
    one = bridge.get(queries.format_of).step(step)
    if bridge.focus.get("kept", "") == step:
        return common(bridge, step, _kept(bridge, one))
    if one.kind in KINDS:
        return common(bridge, step, Asked(bridge.get(queries.step_results, step).people), clock=True)
    return asking.read_question(bridge, step)


def read_spread(bridge: "Bridge", step: str) -> Facts:
    """The spread of a list once the leader shows it; a step after its survey shows it at once."""
    one = bridge.get(queries.format_of).step(step)
    if one.kind not in KINDS:
        return needs.read_spread(bridge, step)
    source = _source(bridge, one)
    if bridge.focus.get("kept", "") == step or source is None or _waits(bridge, one, source):
        return read_question(bridge, step)
    scale = next(f for f in source.fields if f.type == "s5" and f.per)
    found, items = bridge.get(queries.step_results, source.id), words.subjects(bridge, source)
    rows = []
    for item in order(source, found, list(items)):
        spread = found.spreads.get((scale.name, item))
        rows.append((items[item], spread, "  ·  ".join(by_group(bridge, spread))))
    code = bridge.get(queries.session).language
    return common(bridge, step, Items(scale.label.get(code), tuple(rows)))


def _waits(bridge: "Bridge", one: Step, source: Step) -> bool:
    """The survey itself shows nothing before the leader says so."""
    return one.id == source.id and bridge.focus.get("spread", "") != one.id


def _source(bridge: "Bridge", one: Step) -> Step | None:
    """The survey that a step shows: itself, else the nearest before it."""
    steps = bridge.get(queries.format_of).steps
    before = steps[: steps.index(one) + 1]
    scales = [s for s in before if s.kind == "survey" and any(f.type == "s5" and f.per for f in s.fields)]
    return scales[-1] if scales else None


def _kept(bridge: "Bridge", one: Step) -> Kept:
    code = bridge.get(queries.session).language
    names = {f.name: dict(words.options(bridge, one, f)) for f in one.fields}
    labels = {f.name: words.label(f, code) for f in words.kept_fields(bridge, one)}
    rows = []
    for outcome in bridge.get(queries.outcomes, one.id):
        pairs = []
        for name, label in labels.items():
            told = outcome.fields.get(name, "")
            known = names[name]
            if told:
                pairs.append((label, ", ".join(known.get(v, v) for v in told.split()) if known else told))
        rows.append(tuple(pairs))
    return Kept(one.title.get(code), tuple(rows))


def paint(c: Canvas, f: Facts) -> None:
    """Whichever of these pictures the facts are of."""
    if isinstance(f.more, Kept):
        _paint_kept(c, f, f.more)
    elif isinstance(f.more, Items):
        _paint_items(c, f, f.more)
    elif isinstance(f.more, Asked):
        c.thread(f.position, f.steps)
        y = c.text(f.title, QRectF(MARGIN, 176, c.width - 2 * MARGIN, 420), 96, 700)
        if f.subtitle:
            c.text(f.subtitle, QRectF(MARGIN, y + 14, c.width - 2 * MARGIN, 200), 54)
        asking.paint_number(
            c, f, f.more.people, f.lang.plural("has answered", "have answered", f.more.people)
        )
    elif isinstance(f.more, tuple) and f.more and f.more[0] in ("wait", "show"):
        needs.paint_spread(c, f)
    else:
        asking.paint_question(c, f)


def _paint_kept(c: Canvas, f: Facts, kept: Kept) -> None:
    c.thread(f.position, f.steps)
    wide = c.width - 2 * MARGIN
    y = c.text(kept.heading, QRectF(MARGIN, 160, wide, 80), 52, 600, tone="ink2") + 24
    if not kept.rows:
        c.text(f.lang("Nothing is kept yet."), QRectF(MARGIN, y, wide, 80), 56, tone="ink2")
        return
    if len(kept.rows) == 1:
        pairs = kept.rows[0][:PAIRS]
        room = (c.bottom - y) / max(len(pairs), 1)
        for label, text in pairs:
            top = c.text(label, QRectF(MARGIN, y, wide, 56), 44, 600, tone="ink2")
            c.text(
                text, QRectF(MARGIN, top + 4, wide, y + room - top - 20), 84 if len(pairs) == 1 else 60, 600
            )
            y += room
        return
    rows = kept.rows[:ROWS]
    room = min((c.bottom - y) / len(rows), 190)
    for number, pairs in enumerate(rows, 1):
        c.rule(y)
        first, rest = pairs[0][1] if pairs else "", "  ·  ".join(text for _label, text in pairs[1:])
        _one_line(c, f"{number}  {first}", y + room / 2 + (-8 if rest else 18), wide, 52, 600)
        if rest:
            _one_line(c, rest, y + room / 2 + 48, wide, 44, 400, "ink2")
        y += room


def _one_line(
    c: Canvas, text: str, baseline: float, width: float, size: float, weight: int, tone: str = "ink"
) -> None:
    metrics = QFontMetricsF(c.font(size, weight))
    c.line(
        metrics.elidedText(text, Qt.TextElideMode.ElideRight, width),
        MARGIN,
        baseline,
        size,
        weight,
        tone=tone,
    )


def _paint_items(c: Canvas, f: Facts, shown: Items) -> None:
    lang = f.lang
    c.text(shown.name, QRectF(MARGIN, 50, c.width - 2 * MARGIN, 100), 76, 700)
    legend = lang("A dot is a person. The line is the median, the field holds half of the answers.")
    c.text(legend, QRectF(MARGIN, 146, c.width - 2 * MARGIN, 64), 44, tone="ink2")
    top, left, right = 240.0, 1180.0, c.width - MARGIN - 60
    rows = shown.rows[:ROWS]
    height = min((c.bottom + 10 - top) / max(len(rows), 1), 130)
    for place, (label, spread, groups) in enumerate(rows):
        y = top + place * height
        c.rule(y)
        wide, middle = left - MARGIN - 60, y + height / 2 + 16
        _one_line(c, label, middle - (28 if groups else 0), wide, 46, 600)
        if groups:
            _one_line(c, groups, middle + 28, wide, 44, 400, "ink2")
        needs.draw_strip(c, spread, left, right, y, height)
    foot = top + height * len(rows) + 52
    for value in range(1, 6):
        c.line(str(value), left + (right - left) * (value - 1) / 4 - 12, foot, 44, tone="ink2")
    if len(shown.rows) > ROWS:
        more = len(shown.rows) - ROWS
        c.line(lang.plural("and {n} more", "and {n} more", more), MARGIN, foot, 44, tone="ink2")
