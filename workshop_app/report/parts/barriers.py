"""What slows us: barriers by weight with their spread, weight against influence, links, first steps, and a list upwards."""

from collections import Counter
from collections.abc import Mapping, Sequence

from workshop_app.i18n import Language
from workshop_app.model.answers import weights
from workshop_app.model.rating import SHOW_FROM
from workshop_app.report.charts import FieldWords, Links, Point, RankedBars, WorthDoable
from workshop_app.report.document import (
    Block,
    Cell,
    Columns,
    Figure,
    Heading,
    Listing,
    Para,
    Section,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, choice_table, everything, hidden, several, told, written

Fields = Mapping[str, str]
_ABREAST = 14  # bars in one drawing


def sections(view: View, title: str) -> list[Section]:
    """The map of barriers, then first steps and what goes to leadership, then the examples."""
    lang, name, steps = view.lang, view.summary.format_name, view.format.steps if view.format else ()
    survey = next((one for s in steps if s.kind == "survey" and (one := told(view, s.id))), None)
    blocks: list[Block] = [Heading(title, 1)]
    order = ranked(survey) if survey else []
    if survey is None or not order:
        blocks.append(Para(say(lang("The barriers have not been rated by three or more.")), "lead"))
    else:
        blocks += _bars(survey, order)
    numbers = {item: n for n, item in enumerate(order, 1)}
    made = [Section("outcome", title, tuple(blocks), title, name)]
    if survey is not None and order:
        where = lang("What we can move")
        made.append(
            Section("outcome:field", where, (Heading(where, 1), *_field(survey, numbers)), where, name)
        )
    first = lang("First steps and who takes them")
    steps_blocks = [*_steps(view), *_links(view, numbers), *(_upwards(survey) if survey else ())]
    made.append(Section("outcome:steps", first, (Heading(first, 1), *steps_blocks), first, name))
    said: list[Block] = written(survey) if survey else []
    for step in steps:
        one = told(view, step.id)
        if one is not None and step.kind == "questions":
            said += everything(one, without=("linked_to", "barrier") if step.keeps else ())
    heading = lang("Examples and opposites")
    if said:
        made.append(Section("outcome:said", heading, (Heading(heading, 1), *said), heading, name))
    return made


def ranked(one: Told) -> list[str]:
    """Items by the median of their weight, heaviest first; those with fewer than three answers left out."""
    found = {item: s for (name, item), s in one.results.spreads.items() if s.median is not None}
    places = list(one.items())

    def heaviest(item: str) -> tuple[float, float, int]:
        spread, place = found[item], places.index(item) if item in places else 0
        return -(spread.median or 0), -(spread.lower or 0) - (spread.upper or 0), place

    return sorted(found, key=heaviest)


def _weight(one: Told) -> str:
    return next((f.name for f in one.fields if f.type == "s5"), "")


def _bars(one: Told, order: list[str]) -> list[Block]:
    lang, names, weight = one.view.lang, one.items(), _weight(one)
    rows = [(n, names.get(i, i), one.results.spreads[weight, i]) for n, i in enumerate(order, 1)]
    intro = lang(
        "Heaviest first. The bar goes to the median; the thin line shows where half of the answers lie."
    )
    out: list[Block] = [Para(say(intro), "lead")]
    for start in range(0, len(rows), _ABREAST):
        part = rows[start : start + _ABREAST]
        bars = tuple((f"{n}. {name}", s, one.view.figure(s.median)) for n, name, s in part)
        alt = "; ".join(f"{n}. {name}: {one.view.figure(s.median)}" for n, name, s in part)
        out.append(Figure(RankedBars(bars), alt))
    table = tuple(
        (
            Cell(say(name), number=str(n)),
            Cell(say(one.view.figure(s.median))),
            Cell(say(f"{one.view.figure(s.lower)}–{one.view.figure(s.upper)}")),
            Cell(say(str(len(s.votes)))),
            Cell(say(str(s.dont_know or "–"))),
        )
        for n, name, s in rows
    )
    head = (lang("Barrier"), lang("Median"), lang("Half of the answers"), lang("Answers"), lang("Don't know"))
    out.append(Table(head, table, (0.46, 0.12, 0.18, 0.12, 0.12), frozenset((1, 2, 3, 4))))
    few = sum(1 for (name, item) in one.results.spreads if name == weight and item not in order)
    if few:
        out.append(Para(say(hidden(one.view, few)), "note"))
    return out


def _influence(one: Told) -> dict[str, dict[str, int]]:
    field = next((f.name for f in one.fields if f.type == "one" and f.per), "")
    return {i: dict(c.counts) for (name, i), c in one.results.choices.items() if name == field and c.counts}


def _field(one: Told, numbers: dict[str, int]) -> list[Block]:
    lang, names, influence = one.view.lang, one.items(), _influence(one)
    found = weights(one.step, one.results, numbers)
    points = [Point(numbers[item], median, reach) for item, reach, median in found]
    if not points:
        return [Para(say(hidden(one.view, len(numbers))), "note")]
    alt = "; ".join(
        f"{p.number}: {one.view.figure(p.worth)}, {one.view.figure(round(p.doable, 1))}" for p in points
    )
    legend = Listing(tuple((*say(f"{n}. ", bold=True), *say(names.get(i, i))) for i, n in numbers.items()))
    asked = next(f for f in one.fields if f.type == "one" and f.per)
    return [
        Columns((Figure(what_we_can_move(points, lang), alt),), (legend,), 0.58),
        choice_table(one, asked, influence, names),
    ]


def what_we_can_move(points: Sequence[Point], lang: Language) -> WorthDoable:
    """Weight against what can be moved, for paper and screen."""
    words = FieldWords(
        lang("Slows us"),
        lang("We can influence it"),
        lang("To leadership"),
        lang("Start here"),
        lang("Leave for now"),
        lang("Do when it suits"),
    )
    return WorthDoable(tuple(points), words)


def _upwards(one: Told) -> list[Block]:
    """What most said that we cannot influence: leadership gets it as a list."""
    lang, influence, names = one.view.lang, _influence(one), one.items()
    up = [i for i in ranked(one) if _most_say_not(influence.get(i, {}))]
    out: list[Block] = [Heading(lang("To leadership: what we cannot move ourselves"))]
    if not up:
        return [*out, Para(say(lang("Nothing that most say we cannot influence.")))]
    weight = _weight(one)
    line = lang("{name}: weight {median}, {n} of {all} say that we cannot influence it.")
    points: list[Text] = []
    for item in up:
        counts = influence[item]
        words = line.format(
            name=names.get(item, item),
            median=one.view.figure(one.results.spreads[weight, item].median),
            n=counts["not"],
            all=sum(counts.values()),
        )
        points.append(say(words))
    return [*out, Listing(tuple(points))]


def _most_say_not(counts: dict[str, int]) -> bool:
    return counts.get("not", 0) > max((n for value, n in counts.items() if value != "not"), default=0)


def _steps(view: View) -> list[Block]:
    """The kept first steps, each with who takes it and when: rows of the last step follow those of the one before."""
    lang, form = view.lang, view.format
    turn = next(
        (
            o
            for s in (form.steps if form else ())
            if s.kind == "questions" and s.keeps and (o := told(view, s.id))
        ),
        None,
    )
    close = next(
        (
            o
            for s in (form.steps if form else ())
            if s.kind == "close" and s.keeps and (o := told(view, s.id))
        ),
        None,
    )
    kept = turn.results.outcomes if turn else ()
    owners = close.results.outcomes if close else ()
    if not kept and not owners:
        return [Para(say(lang("No first step has been agreed on.")))]
    rows = []
    for one, who in _paired([o.fields for o in kept], [o.fields for o in owners]):
        barrier = one.get("barrier", "") or who.get("barrier", "")
        name = turn.words(turn.step.field("barrier"), barrier) if turn else barrier
        cells = (name, one.get("first_step", ""), who.get("owner", ""), who.get("when", ""))
        rows.append(tuple(Cell(verbatim(text) or say("–")) for text in cells))
    head = (lang("Barrier"), lang("First step"), lang("Who"), lang("When"))
    return [Table(head, tuple(rows), (0.26, 0.38, 0.2, 0.16))]


def _paired(steps: list[Fields], owners: list[Fields]) -> list[tuple[Fields, Fields]]:
    """Each first step with who takes it: of the same barrier, else the next one that names none; nobody is lost."""
    left, out = list(owners), []
    for step in steps:
        same = [o for o in left if o.get("barrier") and o.get("barrier") == step.get("barrier")]
        free = [o for o in left if not o.get("barrier")]
        found = (same or free or [{}])[0]
        if found in left:
            left.remove(found)
        out.append((step, found))
    nobody: Fields = {}
    return [*out, *((nobody, owner) for owner in left)]


def _links(view: View, numbers: dict[str, int]) -> list[Block]:
    """What hangs together with what, as often as it was drawn; hidden while fewer than three have answered."""
    lang, form = view.lang, view.format
    step = next((s for s in (form.steps if form else ()) if s.field("linked_to")), None)
    results = view.summary.steps.get(step.id) if step else None
    if step is None or results is None:
        return []
    pairs: Counter[tuple[str, str]] = Counter()
    drawn = [a.fields for a in view.summary.answers if a.step == step.id and not a.withdrawn]
    for fields in drawn if results.people >= SHOW_FROM else ():
        for other in several(fields.get("linked_to", "")):
            one = str(fields.get("barrier", ""))
            if one and other and one != other:
                pairs[min(one, other), max(one, other)] += 1
    for outcome in results.outcomes:
        for other in several(outcome.fields.get("linked_to", "")):
            one = outcome.fields.get("barrier", "")
            if one and other and one != other and outcome.answer is None:
                pairs[min(one, other), max(one, other)] += 1
    shown = [(a, b, n) for (a, b), n in pairs.most_common() if a in numbers and b in numbers]
    if not shown:
        return []
    names = {i.value: i.label.get(lang.code) for i in form.lists.get(step.items, ())} if form else {}
    chart = Links(tuple(numbers.values()), tuple((numbers[a], numbers[b], n) for a, b, n in shown))
    line = lang("{one} and {other}")
    told_ = [
        (f"{numbers[a]}–{numbers[b]} ", line.format(one=names.get(a, a), other=names.get(b, b)), n)
        for a, b, n in shown
    ]
    points = tuple((*say(pair, bold=True), *say(f"{words} ({n})")) for pair, words, n in told_)
    alt = "; ".join(f"{words} ({n})" for _, words, n in told_)
    return [
        Heading(lang("What hangs together")),
        Columns((Figure(chart, alt),), (Listing(points[:12]),), 0.5),
    ]
