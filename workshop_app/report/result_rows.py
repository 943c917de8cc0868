"""What each step came to as rows of a spreadsheet: what was kept, medians, counts and dots; under three nothing."""

from collections.abc import Mapping
from typing import Any

from workshop_app.formats import Field
from workshop_app.model.rating import SHOW_FROM
from workshop_app.report.edition import View
from workshop_app.report.parts.openly import OpenStep
from workshop_app.report.parts.told import Told, told

Rows = list[list[str]]


def rows(view: View) -> Rows:
    """A head, then a row for every value: step, what it is, question, thing, answer and how many.

    In the open edition only what `open_results` lets be read.
    """
    lang, form = view.lang, view.format
    out = [
        [
            lang("Step"),
            lang("What it is"),
            lang("Question"),
            lang("Of what"),
            lang("Answer"),
            lang("How many"),
        ]
    ]
    if view.open:
        steps = [OpenStep(view, plain) for plain in view.open_results]
        return [*out, *([one.title, *row] for one in steps for row in _open(one))]
    for step in form.steps if form else ():
        one = told(view, step.id)
        if one is not None:
            own = (row for field in one.fields for row in _field(one, field))
            out += [[one.title, *row] for row in (*own, *_kept(one))]
    return out


def _open(one: OpenStep) -> Rows:
    """The rows of one step of the open edition."""
    view, lang, told_ = one.view, one.view.lang, one.told

    def asked(part: Mapping[str, Any]) -> list[str]:
        return [one.question(part), one.thing(part)]

    out: Rows = []
    for part in told_.get("scales", ()):
        votes = str(sum(part["votes"].values()))
        out.append([lang("Median"), *asked(part), view.figure(part["median"]), votes])
    for part in told_.get("choices", ()):
        for value, n in part["counts"].items():
            out.append([lang("Choice"), *asked(part), one.answer(part["field"], value), str(n)])
    out += [[lang("Dots"), "", one.named(item), "", str(n)] for item, n in told_.get("dots", {}).items()]
    for part in told_.get("numbers", ()):
        out.append([lang("Median"), *asked(part), view.figure(float(part["median"])), str(part["answers"])])
    for n, row in enumerate(told_.get("agreed", ()), 1):
        for name, value in row.items():
            label = one.question({"field": name, "question": name})
            out.append([lang("Agreed on"), label, str(n), one.answer(name, value), ""])
    out += [[lang("Answer"), *asked(part), part["words"], ""] for part in told_.get("said", ())]
    return out


def _field(one: Told, field: Field) -> Rows:
    lang, names, label, found = one.view.lang, one.items(), one.label(field), one.results
    out: Rows = []
    for (name, item), spread in found.spreads.items():
        if name == field.name and spread.median is not None:
            middle = one.view.figure(spread.median)
            out.append([lang("Median"), label, names.get(item, item), middle, str(len(spread.votes))])
    for (name, item), choices in found.choices.items():
        if name == field.name:
            for value, n in choices.counts.items():
                words = one.words(field, value) or value
                out.append([lang("Choice"), label, names.get(item, item), words, str(n)])
    if field.type == "dots" and found.people >= SHOW_FROM:
        out += [[lang("Dots"), label, names.get(i, i), "", str(n)] for i, n in found.dots.items()]
    return out


def _kept(one: Told) -> Rows:
    out: Rows = []
    for n, outcome in enumerate(one.results.outcomes, 1):
        for field in one.fields:
            if value := outcome.fields.get(field.name):
                kept = one.view.lang("Agreed on")
                out.append([kept, one.label(field), str(n), one.words(field, value), ""])
    return out
