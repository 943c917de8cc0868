"""What is open of a dialogue with suppliers: how it was held and the question list, without a company's name."""

from workshop_app.model.dialogue import SUPPLIER_TYPES, OpenQuestion
from workshop_app.model.dialogue_words import RAISED
from workshop_app.model.summary import Summary
from workshop_app.report.document import (
    Block,
    Cell,
    Fact,
    Facts,
    Heading,
    Para,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed


def there_is(summary: Summary) -> bool:
    """Whether there is anything of a dialogue to print."""
    told = summary.dialogue
    issued = told.rfi is not None and told.rfi.issued
    return bool(told.questions or told.purpose or told.agenda or issued)


def section(view: View) -> Section:
    """The part of the summary that tells of the dialogue, alike in every edition."""
    title = view.lang("The dialogue with suppliers")
    return Section("dialogue", title, (Heading(title, 1), *held(view), *questions(view)), title)


def held(view: View) -> list[Block]:
    """Why and how the dialogue was held, what was shown, and the request that follows."""
    lang, told = view.lang, view.summary.dialogue
    yes_no = lang("Yes") if told.open_to_all else lang("No")
    facts = [
        Fact(lang("Purpose"), typed(told.purpose)),
        Fact(lang("Invitation published"), say(view.day(told.invited_on))),
        Fact(lang("Channels"), typed(told.channels)),
        Fact(lang("Open to all"), say(yes_no if told.purpose or told.invitation else "")),
        Fact(lang("Terms"), typed(told.terms)),
    ]
    shown = tuple(f for f in facts if f.text)
    blocks: list[Block] = [Facts(shown)] if shown else []
    if told.types:
        row = [f"{lang(SUPPLIER_TYPES[t])}: {n}" for t, n in told.types.items()]
        blocks.append(
            Para(
                say(
                    lang("Suppliers by type, where at least three share it: {types}.").format(
                        types=", ".join(row)
                    )
                )
            )
        )
    if told.agenda:
        rows = tuple((Cell(verbatim(i.title)), Cell(say(str(i.minutes)))) for i in told.agenda)
        blocks += [
            Heading(lang("The fixed agenda, alike for all")),
            Table((lang("Item"), lang("Minutes")), rows, (0.8, 0.2), frozenset({1})),
        ]
    if told.materials:
        files = tuple(
            (Cell(verbatim(m.title)), Cell(verbatim(m.version)), Cell(say(m.sha256))) for m in told.materials
        )
        head = (lang("Material"), lang("Version"), lang("Checksum (SHA-256)"))
        blocks += [Heading(lang("What was shown")), Table(head, files, (0.34, 0.16, 0.5))]
    if told.rfi and told.rfi.issued and told.rfi.answers_due:
        days = {"issued": view.day(told.rfi.issued), "due": view.day(told.rfi.answers_due)}
        blocks.append(Heading(lang("Request for information")))
        blocks.append(Para(say(lang("Issued {issued}, answers by {due}.").format(**days))))
        blocks += [Para(verbatim(text)) for text in told.rfi.questions]
    return blocks


def questions(view: View, new_facts: bool = False, headed: bool = True) -> list[Block]:
    """The published question list, oldest first; with `new_facts` only what was new and what was put right."""
    lang, told = view.lang, view.summary.dialogue
    chosen = [q for q in told.questions if not new_facts or q.new_information or q.corrects]
    title = lang("New facts and corrections") if new_facts else lang("The question list")
    blocks: list[Block] = [Heading(title)] if headed else []
    lead = lang("Everyone has had the same text at the same time. Who asked is not shown.")
    blocks.append(Para(say(lead), "lead"))
    numbers = {q.id: n for n, q in enumerate(told.questions, 1)}
    for one in chosen:
        blocks += _entry(view, one, numbers)
    if not chosen:
        blocks.append(Para(say(lang("Nothing is published yet."))))
    if told.waiting and not new_facts:
        words = lang.plural(
            "{n} question waits for its answer.", "{n} questions wait for their answers.", told.waiting
        )
        blocks.append(Para(say(words.format(n=told.waiting)), "note"))
    return blocks


def _entry(view: View, one: OpenQuestion, numbers: dict[int, int]) -> list[Block]:
    lang = view.lang
    facts = [lang("Published {day}").format(day=view.day(f"{one.published_at.astimezone():%Y-%m-%d}"))]
    if one.raised_in in RAISED:
        facts.append(lang("raised {where}").format(where=lang(RAISED[one.raised_in])))
    if one.answered_by:
        facts.append(lang("answered by {role}").format(role=one.answered_by))
    if one.need in view.numbers:
        facts.append(lang("need {n}").format(n=view.numbers[one.need or 0]))
    if one.new_information:
        facts.append(lang("new information"))
    if one.corrects in numbers:
        facts.append(lang("corrects number {n}").format(n=numbers[one.corrects or 0]))
    return [
        Heading(f"{numbers[one.id]}. {one.question}", 3),
        *([Para(verbatim(one.answer))] if one.answer else []),
        Para(say(", ".join(facts) + "."), "note"),
    ]
