"""The request for information as a paper for suppliers: the needs and what is asked. Always the open edition.

No card, no role, no rating and no remark of our own stands in it, and no company of the register.
"""

from datetime import datetime

from workshop_app.i18n import Language
from workshop_app.model import few, statement
from workshop_app.model.need import Need
from workshop_app.model.request import Rfi, asked_about, standard
from workshop_app.model.summary import Summary
from workshop_app.report import content
from workshop_app.report.document import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Para,
    Section,
    Sentence,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed


def document(summary: Summary, lang: Language, now: datetime | None = None) -> Document:
    """The request as a Document; `summary` is of the open edition, `lang` the language of all but what was typed."""
    view = View(summary, lang, now or datetime.now().astimezone())
    rfi = summary.dialogue.rfi or Rfi()
    title = lang("Request for information")
    blocks = (
        Heading(title, 1),
        Para(say(_not_a_tender(lang)), "lead"),
        *_background(view, rfi),
        *_needs(view, rfi),
        *_questions(view, rfi),
        *_days(view, rfi),
        *_use(view, rfi),
    )
    return content.framed(
        view, (Section("rfi", title, blocks, title, lang("Not a call for tenders")),), title=title
    )


def _not_a_tender(lang: Language) -> str:
    return " ".join(
        (
            lang("This is not a call for tenders and no part of a procurement."),
            lang("Answering is voluntary and binds neither you nor us."),
            lang("Whether you answer or not makes no difference in a procurement that may follow."),
        )
    )


def _paragraphs(text: str) -> list[Block]:
    return [Para(verbatim(part.strip())) for part in text.split("\n\n") if part.strip()]


def _background(view: View, rfi: Rfi) -> list[Block]:
    lang, session, people = view.lang, view.summary.session, len(view.summary.room.participants)
    told = lang("The needs come from the workshop “{title}”.").format(title=session.title)
    where = ", ".join(x for x in (session.place, view.day(session.date)) if x)
    facts = [
        Fact(lang("From"), typed(session.organisation)),
        Fact(lang("Place and day"), typed(where)),
        Fact(lang("The question of the workshop"), typed(session.question)),
    ]
    if few.enough(people):
        told += " " + lang("{n} people took part in it.").format(n=people)
    blocks = [*_paragraphs(rfi.background), Para(say(told))]
    shown = tuple(fact for fact in facts if fact.text)
    return [Heading(lang("Background")), *blocks, *([Facts(shown)] if shown else [])]


def _needs(view: View, rfi: Rfi) -> list[Block]:
    lang, needs = view.lang, asked_about(view.summary.needs, rfi.needs)
    blocks: list[Block] = [
        Heading(lang("The needs")),
        Para(say(lang("What has to be possible is described, not how. Several ways may be good ones.")), "note"),
    ]  # fmt: skip
    for need in needs:
        blocks += [Heading(f"{need.number}. {need.title}", 3), *_need(view, need)]
    return blocks if needs else [*blocks, Para(say(lang("No need has been written yet.")))]


def _need(view: View, need: Need) -> list[Block]:
    lang, f = view.lang, need.fields
    steps = ((lang("today {value}"), f["today"]), (lang("wanted {value}"), f["target"]))
    values = ", ".join(words.format(value=f"{value} {f['unit']}".strip()) for words, value in steps if value)
    measure = ": ".join(x for x in (f["measure"], values) if x)
    facts = (
        Fact(lang("Function requirement"), typed(f["requirement"])),
        Fact(lang("How it is checked"), typed(f["requirement_check"])),
        Fact(lang("Measure"), typed(measure)),
        Fact(lang("Needed by"), typed(view.day(f["needed_by"]))),
    )
    shown = tuple(fact for fact in facts if fact.text)
    sentence = Sentence(verbatim(statement.statement(f, view.summary.session.language)))
    return [sentence, *([Facts(shown)] if shown else [])]


def _questions(view: View, rfi: Rfi) -> list[Block]:
    lang = view.lang
    asked: list[Text] = [
        *(say(text) for text in standard(rfi, lang)),
        *(verbatim(text) for text in rfi.questions),
    ]
    blocks: list[Block] = [
        Heading(lang("Questions")),
        Para(say(lang("Answer those you want to. Refer to the needs by their numbers.")), "note"),
    ]
    for number, text in enumerate(asked, 1):
        blocks.append(Para((*say(f"{number}. ", bold=True), *text)))
    return blocks if asked else []


def _days(view: View, rfi: Rfi) -> list[Block]:
    lang, open_ = view.lang, view.lang("not decided yet")
    facts = (
        Fact(lang("Issued"), say(view.day(rfi.issued) or open_)),
        Fact(lang("Last day for questions to us"), say(view.day(rfi.questions_due))),
        Fact(lang("Answers by"), say(view.day(rfi.answers_due) or open_)),
        Fact(lang("What we learned is told to all"), say(view.day(rfi.told_on))),
        Fact(lang("Send the answer to"), typed(rfi.answer_to)),
    )
    return [Heading(lang("Dates")), Facts(tuple(fact for fact in facts if fact.text))]


def _use(view: View, rfi: Rfi) -> list[Block]:
    lang = view.lang
    ours = (
        lang("Answers are used to make the needs, the requirements and the terms better. They are not evaluated."),
        lang(
            "Questions to us, and what is new in our answers, are published to all with the same text at the same "
            "time. Who asked is not told."
        ),
        lang(
            "An answer to a public authority can be asked for by anyone. Say what you hold to be a business secret, "
            "and why; it is tried if somebody asks for it."
        ),
    )  # fmt: skip
    return [
        Heading(lang("How the answers are used")),
        *_paragraphs(rfi.used_for),
        *(Para(say(t)) for t in ours),
    ]
