"""What a sprint came to, in two editions: all of it for ourselves, and what may be shared with every supplier."""

from workshop_app.formats import Step
from workshop_app.model.answers import Said
from workshop_app.model.open_results import IDEAS, MAP, SHARED_STEPS, WITHHELD, supplies
from workshop_app.model.summary import SHARED_IDEAS, WORST_POINT
from workshop_app.report.document import Block, Cell, Heading, Para, Section, Table, say, verbatim
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, everything, kept, told, written


def sections(view: View, title: str) -> list[Section]:
    """A section for each half-day; the edition for suppliers tells of the need and the questions alone."""
    if view.open:
        return [_shared(view)]
    lang, name = view.lang, view.summary.format_name
    steps = [
        s for s in (view.format.steps if view.format else ()) if s.kind in ("questions", "survey", "close")
    ]
    made = []
    for part in sorted({s.part for s in steps}):
        heading = title if part == 1 else lang("Half-day {n}").format(n=part)
        blocks: list[Block] = [Heading(heading, 1)]
        for step in steps:
            if step.part == part:
                blocks += _step(view, step)
        if len(blocks) == 1:
            blocks.append(Para(say(lang("Nothing has come in yet.")), "lead"))
        key = "outcome" if part == 1 else f"outcome:{part}"
        made.append(Section(key, heading, tuple(blocks), heading, name))
    return made


def _step(view: View, step: Step) -> list[Block]:
    one = told(view, step.id)
    if one is None:
        return []
    if step.id == MAP and one.results.outcomes:
        return [Heading(one.title), *_map(one)]
    if step.id == IDEAS:
        return _ideas(one, one.results.said)
    return everything(one)


def _map(one: Told) -> list[Block]:
    """The way in order, with the worst point marked where the leader has marked one."""
    lang, fields = one.view.lang, [f for f in one.fields if not f.per]
    worst = one.view.summary.session.settings.get(WORST_POINT, "")
    rows = []
    for n, row in enumerate(one.results.outcomes, 1):
        here = str(row.id) == worst
        cells = [Cell(verbatim(row.fields.get(f.name, ""), bold=here) or say("–")) for f in fields]
        cells[-1] = Cell(cells[-1].text, note=lang("The worst point") if here else "")
        rows.append((Cell((), number=str(n)), *cells))
    return [Table(("", *map(one.label, fields)), tuple(rows), (0.06, 0.34, 0.24, 0.36))]


def ideas(said: tuple[Said, ...]) -> dict[int, dict[str, Said]]:
    """Ideas by answer: field -> what was written."""
    out: dict[int, dict[str, Said]] = {}
    for one in said:
        out.setdefault(one.answer, {})[one.field] = one
    return out


def _ideas(one: Told, said: tuple[Said, ...]) -> list[Block]:
    """Each idea with its three boxes, and whose it is."""
    lang, found = one.view.lang, ideas(said)
    if not found:
        return []
    out: list[Block] = [Heading(one.title)]
    for n, fields in enumerate(found.values(), 1):
        name = next((s.words for s in fields.values()), "")
        owner = _owned(one.view, next(iter(fields.values())).role)
        rest = [f for f in one.fields if f.name in fields][1:]
        out.append(Heading(lang("Idea {n}: {name}").format(n=n, name=name), 3))
        if owner:
            out.append(Para(say(owner), "note"))
        if rest:
            cells = tuple(Cell(verbatim(fields[f.name].words)) for f in rest)
            out.append(Table(tuple(map(one.label, rest)), (cells,), (1 / len(rest),) * len(rest)))
    return out


def _owned(view: View, role: str) -> str:
    return view.lang("Owner: supplier") if supplies(view.format, view.summary.room, role) else ""


def _shared(view: View) -> Section:
    """What all suppliers may read: the agreed words about the need, voices, questions, and ideas that may be shared."""
    lang, steps = view.lang, view.format.steps if view.format else ()
    title = lang("What we learned about the need")
    blocks: list[Block] = [Heading(title, 1)]
    intro = lang(
        "This edition tells of the need, the questions and what we learned. "
        "An idea stands here only where the one who owns it has agreed."
    )
    blocks.append(Para(say(intro), "lead"))
    for step in steps:
        one = told(view, step.id)
        if one is None or step.id not in SHARED_STEPS:
            continue
        own: list[Block] = []
        if step.id == MAP:
            own = _map(one) if one.results.outcomes else []
        elif step.kind == "lobby":
            own = written(one, tail=None)
        elif step.keeps:
            own = kept(one, without=WITHHELD)
        else:
            own = written(one, keep=lambda s: not supplies(view.format, view.summary.room, s.role))
        if own:
            blocks += [Heading(one.title), *own]
    allowed = set(view.summary.session.settings.get(SHARED_IDEAS, "").split())
    one = told(view, IDEAS)
    if one is not None and allowed:
        blocks += _ideas(one, tuple(s for s in one.results.said if str(s.answer) in allowed))
    return Section("outcome", title, tuple(blocks), title, view.summary.format_name)
