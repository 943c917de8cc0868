"""What the tables' scribes wrote: every draft with its receipt, and what became of it."""

from workshop_app.actions.need import LABELS
from workshop_app.model import statement
from workshop_app.model.draft import Draft
from workshop_app.report.document import Block, Heading, Listing, Para, Run, Text, say
from workshop_app.report.edition import View


def blocks(view: View) -> list[Block]:
    """The drafts under a heading, counted; nothing when no table has written."""
    lang, drafts = view.lang, view.summary.drafts
    if not drafts:
        return []
    used = sum(1 for d in drafts if d.used)
    replaced = sum(1 for d in drafts if d.replaced_by and not d.used)
    told = (
        lang.plural("{n} draft came from the tables.", "{n} drafts came from the tables.", len(drafts)),
        lang.plural("{n} was taken over.", "{n} were taken over.", used) if used else "",
        lang.plural(
            "{n} was replaced by the table itself.", "{n} were replaced by the tables themselves.", replaced
        )
        if replaced
        else "",
        lang.plural("{n} was not taken over.", "{n} were not taken over.", len(drafts) - used - replaced)
        if len(drafts) > used + replaced
        else "",
    )
    return [
        Heading(lang("Drafts from the tables"), 2),
        Para(say(" ".join(t for t in told if t))),
        Listing(tuple(_point(view, one) for one in drafts)),
    ]


def _point(view: View, one: Draft) -> Text:
    lang = view.lang
    tail = ", ".join(t for t in (one.table, one.receipt, _fate(view, one)) if t)
    if one.replaced_by and view.summary.edition != "internal":
        return tuple(say(tail))
    out = [Run(statement.statement(one.fields, view.summary.session.language), "people")]
    for name in ("requirement", "requirement_check"):
        if one.fields[name]:
            out += [Run(f"\n{lang(LABELS[name])} "), Run(one.fields[name], "people")]
    return (*out, *say(f" ({tail})"))


def _fate(view: View, one: Draft) -> str:
    lang = view.lang
    if one.used:
        numbers = ", ".join(map(str, dict.fromkeys(number for number, _field in one.used)))
        return lang("taken over into need {numbers}").format(numbers=numbers)
    if one.replaced_by:
        return lang("replaced by {code}").format(code=one.replaced_by)
    return lang("not taken over")
