"""What suppliers told: a picture of the market for each need, what deters, who came, and nothing of who said what."""

from workshop_app.model import few
from workshop_app.report.document import Block, Cell, Heading, Para, Section, Table, say
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, choice_table, everything, hidden, scales, told, written

KIND_OF_SUPPLIER = "supplier_type"


def sections(view: View, title: str) -> list[Section]:
    """Who came by type, then step after step; what is asked of each need stands need by need."""
    lang, name, steps = view.lang, view.summary.format_name, view.format.steps if view.format else ()
    blocks: list[Block] = [Heading(title, 1), *_who(view)]
    for step in steps:
        one = told(view, step.id)
        if one is None or step.kind not in ("questions", "survey", "close"):
            continue
        blocks += _by_need(one) if any(f.per == "need" for f in step.fields) else everything(one)
    if len(blocks) == 1:
        blocks.append(Para(say(lang("Nothing has come in yet.")), "lead"))
    note = lang("Questions and answers are published to everyone alike in the question list.")
    blocks.append(Para(say(note), "note"))
    return [Section("outcome", title, tuple(blocks), title, name)]


def _who(view: View) -> list[Block]:
    """Participation by type; types with fewer than three are told together."""
    lang, form = view.lang, view.format
    one = told(view, form.lobby.id) if form else None
    field = one.step.field(KIND_OF_SUPPLIER) if one else None
    counts = one.results.choices.get((KIND_OF_SUPPLIER, "")) if one else None
    if one is None or field is None or counts is None:
        return []
    if not counts.counts:
        return [Para(say(hidden(view, 1)), "note")]
    rows, rest, shown = [], 0, few.told_apart(counts.counts)
    for choice in field.choices:
        n = counts.counts.get(choice.value, 0)
        if choice.value in shown:
            rows.append((Cell(say(choice.label.get(lang.code))), Cell(say(str(n)))))
        else:
            rest += n
    if rest:
        words = str(rest) if few.enough(rest) else lang("fewer than three")
        rows.append((Cell(say(lang("Other types"))), Cell(say(words))))
    table = Table((one.label(field), lang("Participants")), tuple(rows), (0.75, 0.25), frozenset((1,)))
    return [Heading(lang("Who took part")), table]


def _by_need(one: Told) -> list[Block]:
    names, choices = one.items(), one.results.choices
    out: list[Block] = []
    for field in one.fields:
        if field.type != "one" or field.per != "need":
            continue
        found = {i: c for (name, i), c in choices.items() if name == field.name}
        shown = {item: c.counts for item, c in found.items() if c.counts}
        if shown:
            out.append(choice_table(one, field, shown, names))
        if len(found) > len(shown):
            out.append(Para(say(hidden(one.view, len(found) - len(shown))), "note"))
    out += [*scales(one), *written(one)]
    if not out:
        return []
    return [Heading(one.title), Para(say(one.step.prompt.get(one.view.lang.code)), "ask"), *out]
