"""Papers of a dialogue with suppliers: what all may read, what one supplier may read, and what stays with the buyer.

`qa`, `supplement` and `notes` are open; `record` goes to one supplier and no other; `annex` and `grid` never leave the buyer.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workshop_app.i18n import Language
from workshop_app.model.dates import day_and_time
from workshop_app.model.dialogue import (
    SUPPLIER_STATUSES,
    SUPPLIER_TYPES,
    Dialogue,
    Judgement,
    Slot,
    Supplier,
    asymmetries,
)
from workshop_app.model.dialogue_words import mend, named, said
from workshop_app.model.evaluation import AGAIN_WORDS, SCALES, Evaluation
from workshop_app.model.summary import Summary
from workshop_app.model.supplier_names import spoken_names, without_suppliers
from workshop_app.report import content, out
from workshop_app.report.charts import QrCode
from workshop_app.report.document import (
    Block,
    Cell,
    Columns,
    Document,
    Fact,
    Facts,
    Figure,
    Heading,
    Listing,
    Para,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed
from workshop_app.report.parts import dialogue as open_part

OPEN_KINDS, OWN_KINDS = ("qa", "supplement", "notes"), ("record", "annex", "grid")


@dataclass(frozen=True)
class Told:
    """What the papers are made of. `summary` is of the open edition; `url` and `matrix` lead to the same list on phones."""

    summary: Summary
    register: Dialogue
    judgements: tuple[Judgement, ...] = ()
    thought: Evaluation = field(default_factory=Evaluation)
    url: str = ""
    matrix: tuple[tuple[bool, ...], ...] = ()


def build(what: str, told: Told, lang: Language, target: Path, supplier: int = 0) -> Path:
    """Writes one of OPEN_KINDS or OWN_KINDS as PDF or Word, whole or not at all. `supplier`: whose record it is."""
    return out.build(document(what, told, lang, supplier), target)


def document(
    what: str, told: Told, lang: Language, supplier: int = 0, now: datetime | None = None
) -> Document:
    """The paper as a Document; open kinds name no company, whatever somebody typed."""
    view = View(told.summary, lang, now or datetime.now().astimezone())
    title, blocks = {
        "qa": (lang("Question list"), lambda: [*_code(told, lang), *open_part.questions(view, headed=False)]),
        "supplement": (lang("Open supplement"), lambda: open_part.questions(view, new_facts=True)),
        "notes": (lang("Open notes"), lambda: _notes(view, told.register)),
        "record": (lang("Record of your meeting"), lambda: _record(view, told.register, supplier)),
        "annex": (lang("Internal annex"), lambda: [*_annex(view, told), *_grid(view, told.register)]),
        "grid": (lang("Comparison, internal"), lambda: _grid(view, told.register)),
    }[what]  # fmt: skip
    made: tuple[Block, ...] = (Heading(title, 1), *blocks())
    names = spoken_names(s.name for s in told.register.suppliers)
    if what in OPEN_KINDS:
        made = without_suppliers(made, names, lang.code)
    elif what == "record":
        others = spoken_names(s.name for s in told.register.suppliers if s.id != supplier)
        made = without_suppliers(made, others, lang.code)
    return content.framed(view, (Section("dialogue", title, made, title, _mark(what, lang)),), title=title)


def _mark(what: str, lang: Language) -> str:
    if what in OPEN_KINDS:
        return lang("Open to all")
    return lang("To this supplier only") if what == "record" else lang("Internal, not to suppliers")


def _code(told: Told, lang: Language) -> list[Block]:
    if not told.matrix:
        return []
    words = lang("The same list, always the newest, on the phone:")
    figure = Figure(QrCode(told.matrix), told.url, (Para(say(told.url)),))
    return [Columns((Para(say(words)), Para(say(told.url), "note")), (figure,), 0.62)]


def _notes(view: View, register: Dialogue) -> list[Block]:
    return [*open_part.held(view), *_open_notes(view, register), *open_part.questions(view)]


def _open_notes(view: View, register: Dialogue) -> list[Block]:
    """What was said at each item, in an order that tells nothing of who said it."""
    lang = view.lang
    blocks: list[Block] = [
        Heading(lang("What was said in the meetings")),
        Para(say(lang("Views stand without a company's name, in alphabetical order.")), "lead"),
    ]
    for item in register.agenda:
        points = sorted(n.open for n in register.notes if n.item == item.id and n.open.strip())
        if points:
            blocks += [Heading(item.title, 3), Listing(tuple(verbatim(p) for p in points))]
    return blocks if len(blocks) > 2 else []


def _minutes(slot: Slot) -> str:
    return "–" if slot.actual_seconds is None else f"{round(slot.actual_seconds / 60)}"


def _when(view: View, slot: Slot) -> str:
    return day_and_time(slot.starts_at, view.lang)


def _record(view: View, register: Dialogue, supplier: int) -> list[Block]:
    """One supplier's own meetings: agenda, minutes, its open and secret notes. Nothing internal, nothing of others."""
    lang = view.lang
    one = register.supplier(supplier)
    blocks: list[Block] = [
        Para(say(lang("The dialogue is no part of the evaluation of tenders.")), "lead"),
        Facts((Fact(lang("Supplier"), typed(one.name if one else "")),)),
    ]
    for slot in (s for s in register.slots if s.supplier == supplier):
        facts = (
            Fact(lang("Meeting"), say(_when(view, slot))),
            Fact(lang("Minutes, planned and held"), say(f"{slot.minutes}, {_minutes(slot)}")),
        )
        blocks += [Heading(lang("Meeting in round {n}").format(n=slot.round)), Facts(facts)]
        for item in (i for i in register.agenda if i.round == slot.round):
            blocks.append(Heading(f"{item.title}, {item.minutes} min", 3))
            for note in (n for n in register.notes if n.slot == slot.id and n.item == item.id):
                parts = (
                    (lang("Open"), note.open),
                    (lang("Business secret, only between us"), note.secret),
                    (lang("Your correction"), note.correction),
                )
                shown = tuple(Fact(label, verbatim(text)) for label, text in parts if text.strip())
                confirmed = lang("Confirmed by you.") if note.confirmed_at else lang("Not confirmed yet.")
                blocks += [*([Facts(shown, 1)] if shown else []), Para(say(confirmed), "note")]
    for found in asymmetries(register):
        if found.kind == "minutes" and supplier in found.who:
            words = lang("You are offered {n} minutes more, since another meeting ran over.")
            blocks.append(Para(say(words.format(n=found.amount))))
    return blocks


def _noted(supplier: Supplier, lang: Language) -> str:
    words = ((supplier.new_to_us, lang("new to us")), (supplier.earlier_contract, lang("had a contract")))
    return ", ".join(word for true, word in words if true)


def _annex(view: View, told: Told) -> list[Block]:
    lang, register = view.lang, told.register
    blocks: list[Block] = [Heading(lang("The register"))]
    rows = tuple(
        (
            Cell(verbatim(s.name)),
            Cell(say(lang(SUPPLIER_TYPES[s.type]))),
            Cell(say(lang(SUPPLIER_STATUSES[s.status]))),
            Cell(say(_noted(s, lang))),
        )
        for s in register.suppliers
    )  # fmt: skip
    blocks.append(
        Table((lang("Supplier"), lang("Type"), lang("Status"), lang("Noted")), rows, (0.4, 0.24, 0.16, 0.2))
    )
    if register.buyers:
        blocks.append(Heading(lang("From the buyer")))
        lines = (", ".join(x for x in (b.role, b.organisation, b.interests) if x) for b in register.buyers)
        blocks.append(Listing(tuple(verbatim(line) for line in lines)))
    meetings = tuple(
        (
            Cell(verbatim(named((s.supplier,), register))),
            Cell(say(_when(view, s))),
            Cell(say(f"{s.minutes} / {_minutes(s)}")),
            Cell(verbatim("; ".join(x for x in (s.deviation, s.offer, s.late_reason) if x))),
        )
        for s in register.slots
    )
    if meetings:
        head = (lang("Supplier"), lang("Meeting"), lang("Planned / held"), lang("Deviation and offer"))
        blocks += [Heading(lang("Meetings")), Table(head, meetings, (0.3, 0.2, 0.14, 0.36))]
    found = asymmetries(register)
    blocks.append(Heading(lang("What was not alike")))
    alike = say(lang("Nothing that the register knows of."))
    points = tuple(verbatim(f"{said(a, register, lang)} {mend(a, lang)}") for a in found)
    blocks.append(Listing(points) if points else Para(alike))
    blocks += _thought(view, told.thought)
    if told.judgements:
        blocks.append(Heading(lang("Our own judgements")))
        words = (
            f"{named((j.supplier,), register)} {j.score or '–'}: {j.text} ({j.by_role})"
            for j in told.judgements
        )
        blocks.append(Listing(tuple(verbatim(w) for w in words)))
    return blocks


def _thought(view: View, one: Evaluation) -> list[Block]:
    """What suppliers thought of the dialogue, in counts and medians."""
    lang = view.lang
    if not one.people:
        return []
    words = lang.plural("{n} supplier has answered.", "{n} suppliers have answered.", one.people)
    blocks: list[Block] = [
        Heading(lang("What suppliers thought of the dialogue")),
        Para(say(words.format(n=one.people))),
    ]
    facts = [Fact(lang(SCALES[k]), say(view.figure(s.median))) for k, s in one.spreads.items() if s.votes]
    if one.again:
        counts = ", ".join(f"{lang(label)} {one.again.get(key, 0)}" for key, label in AGAIN_WORDS.items())
        facts.append(Fact(lang("Would you take part again?"), say(counts)))
    return [*blocks, Facts(tuple(facts)), Listing(tuple(verbatim(c) for c in one.comments))]


def _grid(view: View, register: Dialogue) -> list[Block]:
    """For each item of the agenda a row for each meeting: what was said, what is secret, what we noted ourselves."""
    lang = view.lang
    blocks: list[Block] = []
    for item in register.agenda:
        rows = []
        for slot in (s for s in register.slots if s.round == item.round and not s.cancelled):
            note = next((n for n in register.notes if n.slot == slot.id and n.item == item.id), None)
            if note is not None:
                words = (named((slot.supplier,), register), note.open, note.secret, note.internal)
                rows.append(tuple(Cell(verbatim(w)) for w in words))
        if rows:
            head = (lang("Supplier"), lang("Open"), lang("Business secret"), lang("Internal"))
            blocks += [Heading(item.title), Table(head, tuple(rows), (0.22, 0.26, 0.26, 0.26))]
    return blocks or [Para(say(lang("Nothing has been noted in the meetings.")))]
