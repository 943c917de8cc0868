"""What we learned: the blocks of a review, what is kept where and by whom, and advice for whoever starts tomorrow."""

from workshop_app.report.document import Block, Heading, Listing, Para, Section, say, verbatim
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, everything, table_of, told


def sections(view: View, title: str) -> list[Section]:
    """A block for each step of questions, then the kept rows on their own, then the advice on a page of its own."""
    lang, name, steps = view.lang, view.summary.format_name, view.format.steps if view.format else ()
    every = [one for s in steps if s.kind in ("questions", "close") and (one := told(view, s.id))]
    talk = [one for one in every if not one.step.keeps and one.step.kind == "questions"]
    blocks: list[Block] = [Heading(title, 1)]
    for one in talk:
        blocks += everything(one)
    if len(blocks) == 1:
        blocks.append(Para(say(lang("Nothing has come in yet.")), "lead"))
    made = [Section("outcome", title, tuple(blocks), title, name)]
    keeping = lang("Kept, where and by whom")
    rows = [block for one in every if one.step.keeps for block in _kept(one)]
    made.append(Section("outcome:kept", keeping, (Heading(keeping, 1), *rows), keeping, name, fresh=False))
    advice = [s.words for one in every if one.step.kind == "close" for s in one.results.said]
    if advice:
        heading = lang("Advice to whoever starts tomorrow")
        points = Listing(tuple(verbatim(words) for words in advice))
        made.append(Section("outcome:advice", heading, (Heading(heading, 1), points), heading, name))
    return made


def _kept(one: Told) -> list[Block]:
    """The rows, with a word where home or owner is missing; without rows, what was suggested."""
    lang, rows = one.view.lang, one.results.outcomes
    fields = [f for f in one.fields if not f.per]
    if not rows:
        quiet = Para(say(lang("Nothing has been agreed on. These were suggested.")), "note")
        return [quiet, *everything(one)] if one.results.said else [Para(say(lang("Nothing is kept yet.")))]
    lacking = [
        n for n, row in enumerate(rows, 1) if any(not row.fields.get(f.name) for f in fields if f.required)
    ]
    out: list[Block] = [table_of(one, fields, rows)]
    if lacking:
        words = lang("Still without a place or an owner: {numbers}.")
        out.append(Para(say(words.format(numbers=one.view.lang.listed(map(str, lacking)))), "note"))
    return out
