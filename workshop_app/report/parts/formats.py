"""What a workshop came to, by the kind of result that its format leaves."""

from collections.abc import Callable

from workshop_app.i18n import N_
from workshop_app.model.open_results import IN_OPEN
from workshop_app.report.document import Block, Heading, Para, Section, say
from workshop_app.report.edition import View
from workshop_app.report.parts import barriers, canvas, maturity, openly, review, sprint, suppliers
from workshop_app.report.parts.told import everything, told

KEY = "outcome"
_TITLES = {
    "canvas": N_("The canvas"),
    "sprint": N_("What the sprint came to"),
    "dialogue": N_("What the market told"),
    "conference": N_("What was told and asked"),
    "one_to_one": N_("What the meetings were about"),
    "maturity": N_("Where we stand"),
    "barriers": N_("What slows us"),
    "review": N_("What we learned"),
}
_MAKERS: dict[str, Callable[[View, str], list[Section]]] = {
    "canvas": canvas.sections,
    "sprint": sprint.sections,
    "dialogue": suppliers.sections,
    "conference": suppliers.sections,
    "maturity": maturity.sections,
    "barriers": barriers.sections,
    "review": review.sections,
}


def has(view: View) -> bool:
    """Whether the format leaves a result of its own, beside needs and cards."""
    kinds = {s.kind for s in view.format.steps} if view.format else set()
    if view.open and _result(view) not in IN_OPEN:
        return bool(view.open_results)
    return bool(kinds & {"questions", "survey"})


def sections(view: View) -> list[Section]:
    """The sections of the format's own result; a format that is not known here prints step by step."""
    result = _result(view)
    title = view.lang(_TITLES.get(result, N_("What came out")))
    if view.open and result not in IN_OPEN:
        return openly.sections(view, title)
    return _MAKERS.get(result, _step_by_step)(view, title)


def _result(view: View) -> str:
    return view.format.result if view.format else ""


def _step_by_step(view: View, title: str) -> list[Section]:
    """Every step of questions or scales in order."""
    blocks: list[Block] = [Heading(title, 1)]
    for step in view.format.steps if view.format else ():
        one = told(view, step.id)
        if one is not None and step.kind in ("questions", "survey", "close"):
            blocks += everything(one)
    if len(blocks) == 1:
        blocks.append(Para(say(view.lang("Nothing has come in yet.")), "lead"))
    return [Section(KEY, title, tuple(blocks), title, view.summary.format_name)]
