"""Where we stand: every factor by level with the widest spread first, what we do, and what has moved since last time."""

from collections.abc import Mapping

from workshop_app.formats import Field
from workshop_app.model.answers import Place
from workshop_app.model.rating import Spread
from workshop_app.model.summary import Earlier
from workshop_app.report.document import Block, Cell, Heading, Listing, Para, Section, Table, say, verbatim
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, distribution, everything, hidden, told

_TALKED_OF = 2  # factors, the widest, that the room talks about


def sections(view: View, title: str) -> list[Section]:
    """Factors, comparison and the rest; no sum of it all, for the differences are what is worth knowing."""
    name, steps = view.summary.format_name, view.format.steps if view.format else ()
    surveys = [one for s in steps if s.kind == "survey" and (one := told(view, s.id))]
    rest = [one for s in steps if s.kind in ("questions", "close") and (one := told(view, s.id))]
    blocks: list[Block] = [Heading(title, 1)]
    for one in surveys:
        blocks += _factors(one)
    if len(blocks) == 1:
        blocks.append(Para(say(view.lang("Nothing has come in yet.")), "lead"))
    actions = view.lang("Actions and what was said")
    said: list[Block] = [Heading(actions, 1)]
    for one in sorted(rest, key=lambda t: t.step.keeps == 0):  # what was decided stands first
        said += everything(one)
    made = [Section("outcome", title, tuple(blocks), title, name)]
    compared = [block for one in surveys for block in _compared(one)]
    if compared:
        heading = view.lang("Compared with last time")
        body = (Heading(heading, 1), *compared)
        made.append(Section("outcome:compared", heading, body, heading, name, fresh=False))
    if len(said) > 1:
        made.append(Section("outcome:said", actions, tuple(said), actions, name))
    return made


def _factors(one: Told) -> list[Block]:
    lang = one.view.lang
    field = next((f for f in one.fields if f.type == "s5"), None)
    if field is None:
        return []
    intro = lang(
        "The factors where the answers differ most stand first. A group is shown where at least three answered."
    )
    shown = one.results.widest(field.name)
    out: list[Block] = [Para(say(intro), "lead")] if shown else []
    for place, item in enumerate(shown):
        out += [
            Heading(one.items().get(item, item), 3),
            *_anchors(one, item),
            *distribution(one, field, item),
        ]
        examples = [s for s in one.results.said if s.item == item]
        if examples and place < _TALKED_OF:  # all of them stand in the appendix
            out.append(Listing(tuple(verbatim(s.words) for s in examples)))
    few = [i for (name, i), s in one.results.spreads.items() if name == field.name and i not in shown]
    if few:
        out.append(Para(say(hidden(one.view, len(few))), "note"))
    return out


def _anchors(one: Told, item: str) -> list[Block]:
    code, form = one.view.lang.code, one.view.format
    found = next((i for i in form.lists.get(one.step.items, ()) if i.value == item), None) if form else None
    if found is None:
        return []
    ends = ((1, found.low), (3, found.middle), (5, found.high))
    words = " · ".join(f"{n} {text.get(code)}" for n, text in ends if text)
    return [Para(say(words), "ask")] if words else []


def _compared(one: Told) -> list[Block]:
    """Medians then and now; of another session, or of the first round of this one."""
    lang, earlier = one.view.lang, one.view.summary.earlier
    if earlier is None and one.results.first:
        earlier = Earlier("", "", {one.step.id: one.results.first})
    before = earlier.spreads.get(one.step.id, {}) if earlier else {}
    field = next((f for f in one.fields if f.type == "s5"), None)
    if earlier is None or not before or field is None:
        return []
    rows = tuple(row for item, name in one.items().items() if (row := _row(one, field, item, name, before)))
    if not rows:
        return [Para(say(lang("There is nothing to compare with: too few answered last time.")), "note")]
    then = one.view.day(earlier.day) or (earlier.title if earlier.title else lang("Round 1"))
    now = one.view.day(one.view.summary.session.date) if earlier.title else lang("Round 2")
    head = (lang("Factor"), then, now or lang("Now"), lang("Moved"))
    words = (
        lang("Compared with “{title}”, {day}.").format(title=earlier.title, day=then) if earlier.title else ""
    )
    note = lang(
        "Medians, with the number of answers. Other people may have answered; ask what has changed before you "
        "read a step as progress."
    )
    return [
        *([Para(verbatim(words))] if words else []),
        Table(head, rows, (0.46, 0.2, 0.2, 0.14), frozenset((1, 2, 3))),
        Para(say(note), "note"),
    ]


def _row(one: Told, field: Field, item: str, name: str, before: Mapping[Place, Spread]) -> tuple[Cell, ...]:
    was, now = before.get((field.name, item)), one.results.spreads.get((field.name, item))
    if was is None or was.median is None:
        return ()
    view = one.view
    words = f"{view.figure(was.median)} ({len(was.votes)})"
    if now is None or now.median is None:
        return (Cell(say(name)), Cell(say(words)), Cell(say("–")), Cell(say("–")))
    moved = now.median - was.median
    sign = "+" if moved > 0 else "−" if moved < 0 else "±"
    return (
        Cell(say(name)),
        Cell(say(words)),
        Cell(say(f"{view.figure(now.median)} ({len(now.votes)})")),
        Cell(say(f"{sign}{view.figure(abs(moved))}")),
    )
