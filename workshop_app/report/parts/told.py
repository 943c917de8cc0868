"""What came in at one step, as blocks that any format can use: what was kept, scales, choices, dots and words."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from workshop_app.formats import Field, Step
from workshop_app.model.answers import Outcome, Said, StepResults
from workshop_app.model.rating import SHOW_FROM, Spread
from workshop_app.report.charts import Histograms
from workshop_app.report.document import (
    Block,
    Cell,
    Figure,
    Heading,
    Listing,
    Para,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View

_SHORT = 40  # signs: a column of a table of kept rows is narrow when its field is no longer


@dataclass(frozen=True)
class Told:
    """One step with what it came to, read in the language of one view."""

    view: View
    step: Step
    results: StepResults

    @property
    def title(self) -> str:
        """The step's title."""
        return self.step.title.get(self.view.lang.code)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The step's own fields, without those of the join form: a role and an organisation are not what was said."""
        form = self.view.format
        joined = {f.name for f in form.join} if form and self.step.kind == "lobby" else set()
        return tuple(f for f in self.step.fields if f.name not in joined and not f.apart)

    def items(self) -> dict[str, str]:
        """What the step asks about, value -> label, in order."""
        code, form = self.view.lang.code, self.view.format
        if form and self.step.items in form.lists:
            return {i.value: i.label.get(code) for i in form.lists[self.step.items]}
        out = {i.value: i.label for i in self.view.summary.items.get(self.step.id, ())}
        if any(f.per == "need" or f.source == "needs" for f in self.step.fields):
            words = self.view.lang("Need {n}, {title}")
            out |= {str(n.id): words.format(n=n.number, title=n.title) for n in self.view.needs}
        return out

    def label(self, field: Field) -> str:
        """What a field asks."""
        return field.label.get(self.view.lang.code) or field.name

    def words(self, field: Field | None, value: object) -> str:
        """A stored value as its reader says it: the label of a choice or an item, else as it stands."""
        values = value if isinstance(value, list) else [value]
        if field is None or field.type in ("text", "area"):
            return ", ".join(map(str, values))
        if field.type == "bool":
            return self.view.lang("yes") if str(value).lower() in ("1", "true", "yes", "on") else ""
        known = {c.value: c.label.get(self.view.lang.code) for c in field.choices} | self.items()
        if isinstance(value, str) and value not in known:
            values = several(value) or [value]
        return ", ".join(known.get(str(one), str(one)) for one in values)


def several(value: object) -> list[str]:
    """The values of a choice of several: a list from a phone, or one text with blanks or commas from the desk."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [piece for piece in re.split(r"[\s,'\[\]]+", str(value)) if piece]


def told(view: View, step_id: str) -> Told | None:
    """What came in at a step; None where the format has none such or nothing is known of it."""
    step = next((s for s in view.format.steps if s.id == step_id), None) if view.format else None
    results = view.summary.steps.get(step_id)
    return Told(view, step, results) if step is not None and results is not None else None


def everything(one: Told, without: Collection[str] = ()) -> list[Block]:
    """All that a step came to under its title; nothing where nothing came in. `without` names fields left out."""
    parts = (kept, scales, chosen, dotted, counted)
    blocks: list[Block] = [block for part in parts for block in part(one, without)]
    if not one.results.outcomes:  # what was agreed on stands for what was written, which is in the appendix
        blocks += written(one, without)
    if not blocks:
        return []
    return [Heading(one.title), Para(say(one.step.prompt.get(one.view.lang.code)), "ask"), *blocks]


def kept(one: Told, without: Collection[str] = ()) -> list[Block]:
    """What the room came to: one agreed wording field by field, or a table of rows."""
    rows = one.results.outcomes
    fields = [f for f in one.fields if f.name not in without]
    fields = [f for f in fields if any(o.fields.get(f.name) for o in rows)]
    if not rows or not fields:
        return []
    if one.step.keeps == 1:
        out: list[Block] = [Para(say(one.view.lang("What we agreed on")), "label")]
        for field in fields:
            text = say(f"{one.label(field)} ", bold=True) if len(fields) > 1 else ()
            out.append(Para((*text, *verbatim(one.words(field, rows[0].fields.get(field.name, ""))))))
        return out
    return [table_of(one, fields, rows)]


def table_of(one: Told, fields: Iterable[Field], rows: Iterable[Outcome]) -> Table:
    """Kept rows as a table, a column for each field; what is missing shows as a dash."""
    shown = list(fields)
    weights = [1.0 if f.limit and f.limit <= _SHORT else 1.6 if f.limit <= 100 else 2.6 for f in shown]
    room = 0.95 / sum(weights)
    body = tuple(
        (
            Cell(say(str(n))),
            *(Cell(verbatim(one.words(f, row.fields.get(f.name, ""))) or say("–")) for f in shown),
        )
        for n, row in enumerate(rows, 1)
    )
    return Table(("", *map(one.label, shown)), body, (0.05, *(w * room for w in weights)))


def scales(one: Told, without: Collection[str] = ()) -> list[Block]:
    """Every scale with its distribution, by group where the groups are large enough; widest spread first."""
    out: list[Block] = []
    for field in one.fields:
        if field.type != "s5" or field.name in without:
            continue
        names, spreads = one.items(), one.results.spreads
        shown = one.results.widest(field.name)
        if shown and not (len(shown) == 1 and not shown[0]):
            out.append(Para(say(one.label(field)), "label"))
        for item in shown:
            title = names.get(item, item) if item else one.label(field)
            out += [Heading(title, 3), *distribution(one, field, item)]
        waiting = [s for (name, item), s in spreads.items() if name == field.name and item not in shown]
        if waiting:
            out.append(Para(say(hidden(one.view, len(waiting), any(s.open for s in waiting))), "note"))
    return out


def hidden(view: View, n: int, is_open: bool = False) -> str:
    """Why something is not shown; `is_open`: phones may still answer."""
    if is_open:
        return view.lang("Phones can still answer, so it is not shown yet.")
    return view.lang.plural(
        "{n} thing has fewer than three answers and is not shown.",
        "{n} things have fewer than three answers and are not shown.",
        n,
    )


def distribution(one: Told, field: Field, item: str) -> list[Block]:
    """The votes on one scale: a drawing by group, of everybody in the open edition, and the figures in words."""
    view, place = one.view, (field.name, item)
    spread = one.results.spreads[place]
    groups = [(view.lang("Everyone"), spread.votes)]
    apart = {} if view.open else one.results.groups.get(place, {})
    groups += [(group_name(one, g), votes) for g, votes in apart.items()]
    alt = "; ".join(f"{name}: {', '.join(map(str, votes))}" for name, votes in groups)
    return [Figure(Histograms(tuple(groups)), alt, ()), Para(say(spread_words(view, spread)), "note")]


def spread_words(view: View, spread: Spread) -> str:
    """A spread in words: median, where half of the answers lie, and how many did not know."""
    lang = view.lang
    words = [lang("Median {median}").format(median=view.figure(spread.median))]
    if spread.lower is not None and spread.upper is not None:
        half = lang("half of the answers from {low} to {high}")
        words.append(half.format(low=view.figure(spread.lower), high=view.figure(spread.upper)))
    if spread.waiting:
        seen = len(spread.votes) + spread.dont_know
        words.append(lang("{n} of {all} answers").format(n=seen, all=seen + spread.waiting))
    if spread.dont_know:
        words.append(lang.plural("{n} answered don't know", "{n} answered don't know", spread.dont_know))
    if spread.flagged:
        words.append(lang("far apart: talk about this"))
    return ", ".join(words) + "."


def group_name(one: Told, group: str) -> str:
    """What a group is called: a level of work by its label, a role as it is."""
    form = one.view.format
    for field in form.lobby.fields if form else ():
        for choice in field.choices:
            if choice.value == group:
                return choice.label.get(one.view.lang.code)
    return group


def chosen(one: Told, without: Collection[str] = ()) -> list[Block]:
    """How many chose what: a line for a question asked once, a table for one asked of each thing."""
    out: list[Block] = []
    names = one.items()
    for field in one.fields:
        if field.type not in ("one", "many", "bool") or field.name in without:
            continue
        found = {i: c for (name, i), c in one.results.choices.items() if name == field.name}
        shown = {item: c.counts for item, c in found.items() if c.counts}
        if "" in shown:
            ranked = sorted(shown[""].items(), key=lambda pair: -pair[1])
            words = "; ".join(f"{one.words(field, value) or value}: {n}" for value, n in ranked)
            out.append(Para((*say(f"{one.label(field)} ", bold=True), *say(words))))
        elif shown:
            out.append(choice_table(one, field, shown, names))
        waiting = [c for c in found.values() if not c.counts]
        if waiting:
            out.append(Para(say(hidden(one.view, len(waiting), any(c.open for c in waiting))), "note"))
    return out


def choice_table(
    one: Told, field: Field, shown: Mapping[str, Mapping[str, int]], names: Mapping[str, str]
) -> Table:
    """Things down, answers across, how many in each cell."""
    values = [c.value for c in field.choices] or sorted({v for counts in shown.values() for v in counts})
    order = [item for item in names if item in shown] + [item for item in shown if item not in names]
    rows = tuple(
        (Cell(say(names.get(item, item))), *(Cell(say(str(shown[item].get(v, 0) or "–"))) for v in values))
        for item in order
    )
    share = min(0.6 / max(len(values), 1), 0.15)
    head = (one.label(field), *(one.words(field, v) or v for v in values))
    widths = (1 - share * len(values), *(share,) * len(values))
    return Table(head, rows, widths, frozenset(range(1, len(values) + 1)))


def dotted(one: Told, without: Collection[str] = ()) -> list[Block]:
    """Dots on each thing, most first."""
    field = next((f for f in one.fields if f.type == "dots"), None)
    if field is None or field.name in without or not one.results.dots:
        return []
    lang, names = one.view.lang, one.items()
    if one.results.people < SHOW_FROM:
        return [Para(say(hidden(one.view, len(one.results.dots))), "note")]
    ranked = sorted(one.results.dots.items(), key=lambda pair: -pair[1])
    rows = tuple((Cell(verbatim(names.get(item, item))), Cell(say(str(n)))) for item, n in ranked)
    return [Table((one.label(field), lang("Dots")), rows, (0.85, 0.15), frozenset((1,)))]


def counted(one: Told, without: Collection[str] = ()) -> list[Block]:
    """Whole numbers: how many answered, the median and from where to where; hidden under three."""
    out: list[Block] = []
    for field in one.fields:
        numbers = one.results.numbers.get(field.name, ())
        if field.type != "int" or field.name in without or not numbers:
            continue
        if len(numbers) < SHOW_FROM:
            out.append(Para(say(hidden(one.view, 1)), "note"))
            continue
        words = one.view.lang("{n} answers, from {low} to {high}, median {median}").format(
            n=len(numbers),
            low=min(numbers),
            high=max(numbers),
            median=one.view.figure(float(median(numbers))),
        )
        out.append(Para((*say(f"{one.label(field)} ", bold=True), *say(words))))
    return out


def written(
    one: Told,
    without: Collection[str] = (),
    tail: Callable[[Said], str] | None = None,
    keep: Callable[[Said], bool] | None = None,
) -> list[Block]:
    """Every written answer under its question, and under its thing where it was asked of each; `tail` follows it."""
    out: list[Block] = []
    names = one.items()
    fields = [f for f in one.fields if f.type in ("text", "area") and f.name not in without]
    for field in fields:
        own = [s for s in one.results.said if s.field == field.name and (keep is None or keep(s))]
        if not own:
            continue
        if len(fields) > 1 or tail is None:
            out.append(Heading(one.label(field), 3))
        for item in sorted(
            {s.item for s in own}, key=lambda i: (i not in names, list(names).index(i) if i in names else 0)
        ):
            points = tuple(_point(s, tail) for s in own if s.item == item)
            if item:
                out.append(Para(verbatim(names.get(item, item)), "label"))
            out.append(Listing(points))
    return out


def _point(said: Said, tail: Callable[[Said], str] | None) -> Text:
    after = tail(said) if tail else ""
    return (*verbatim(said.words), *say(f" ({after})" if after else ""))
