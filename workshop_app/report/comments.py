"""The comment round as one document for all: every paragraph, every comment, every answer. Who commented is not told."""

from datetime import datetime

from workshop_app.i18n import Language
from workshop_app.model.comments import KINDS, Comment, CommentRound, Paragraph
from workshop_app.model.summary import Summary
from workshop_app.model.supplier_names import without_suppliers
from workshop_app.report import content
from workshop_app.report.document import (
    Block,
    Cell,
    Document,
    Heading,
    Para,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import View


def document(
    told: CommentRound, summary: Summary, names: tuple[str, ...], lang: Language, now: datetime | None = None
) -> Document:
    """The round as a Document. `summary` is of the open edition; `names` are suppliers' that may stand nowhere."""
    view = View(summary, lang, now or datetime.now().astimezone())
    told = without_suppliers(told, names, summary.session.language)
    title = told.title or lang("Comments and answers")
    mark = lang("Published to all") if told.final_at else lang("Draft, not published")
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        *([Para(verbatim(told.about), "lead")] if told.about else []),
        *_state(view, told),
        *(block for one in told.paragraphs for block in _paragraph(lang, one)),
    )
    section = Section("comments", title, blocks, lang("Comments and answers"), mark)
    return content.framed(view, (section,), title=lang("Comments and answers"))


def _state(view: View, told: CommentRound) -> list[Block]:
    lang, all_, waiting = view.lang, len(told.comments), len(told.waiting)
    size = lang.plural("The draft has {n} paragraph.", "The draft has {n} paragraphs.", len(told.paragraphs))
    words = [size, lang.plural("{n} comment has come in.", "{n} comments have come in.", all_)]
    if told.closes_on:
        words.append(lang("Comments until {day}.").format(day=view.day(told.closes_on)))
    if told.final_at:
        day = view.day(f"{told.final_at.astimezone():%Y-%m-%d}")
        words.append(lang("Every comment has its answer. Published to all {day}.").format(day=day))
    elif waiting:
        words.append(
            lang.plural("{n} comment waits for its answer.", "{n} comments wait for their answers.", waiting)
        )
    line = " ".join(words)
    blocks: list[Block] = [Para(say(line)), Para(say(lang("Who commented is not told.")), "note")]
    counts = told.counts()
    if counts:
        rows = tuple((Cell(say(lang(label))), Cell(say(str(counts[kind])))) for kind, label in KINDS.items())
        blocks.append(Table((lang("Kind"), lang("Comments")), rows, (0.7, 0.3), frozenset({1})))
    return blocks


def _paragraph(lang: Language, one: Paragraph) -> list[Block]:
    head = Heading(lang("Paragraph {n}").format(n=one.number), 3)
    blocks: list[Block] = [head, Para(verbatim(one.text))]
    for comment in one.comments:
        blocks += _comment(lang, comment)
    return blocks if one.comments else [*blocks, Para(say(lang("No comments.")), "note")]


def _comment(lang: Language, one: Comment) -> list[Block]:
    label = lang("Comment {n}, {kind}").format(n=one.id, kind=lang(KINDS[one.kind]).lower())
    answer = verbatim(one.answer) if one.answered else say(lang("No answer yet."))
    by = f"{lang('Answer')} ({one.answered_by}): " if one.answered_by else f"{lang('Answer')}: "
    return [
        Para((*say(f"{label}: " if one.text else f"{label}.", bold=True), *verbatim(one.text))),
        Para((*say(by, bold=True), *answer)),
    ]
