"""What each step came to as rows of a spreadsheet: what was kept, medians, counts and dots; under three nothing."""

from collections.abc import Mapping
from typing import Any

from workshop_app.formats import Field
from workshop_app.model import open_results
from workshop_app.model.rating import SHOW_FROM
from workshop_app.report.edition import View
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
        found = open_results.results(view.summary, form) if form else []
        return [*out, *([one["title"], *row] for one in found for row in _open(view, one))]
    for step in form.steps if form else ():
        one = told(view, step.id)
        if one is not None:
            own = (row for field in one.fields for row in _field(one, field))
            out += [[one.title, *row] for row in (*own, *_kept(one))]
    return out


def _open(view: View, one: Mapping[str, Any]) -> Rows:
    """The rows of one step as plain data."""
    lang, step = view.lang, view.format.step(one["step"]) if view.format else None

    def words(name: str, value: str) -> str:
        field = step.field(name) if step else None
        known = {c.value: c.label.get(lang.code) for c in field.choices} if field else {}
        return known.get(value, value)

    def asked(part: Mapping[str, Any]) -> list[str]:
        field = step.field(part["field"]) if step else None
        return [field.label.get(lang.code) if field else part["question"], part.get("of", "")]

    out: Rows = []
    for part in one.get("scales", ()):
        votes = str(sum(part["votes"].values()))
        out.append([lang("Median"), *asked(part), view.figure(part["median"]), votes])
    for part in one.get("choices", ()):
        for value, n in part["counts"].items():
            out.append([lang("Choice"), *asked(part), words(part["field"], value), str(n)])
    out += [[lang("Dots"), "", item, "", str(n)] for item, n in one.get("dots", {}).items()]
    for part in one.get("numbers", ()):
        out.append([lang("Median"), *asked(part), view.figure(float(part["median"])), str(part["answers"])])
    for n, row in enumerate(one.get("agreed", ()), 1):
        for name, value in row.items():
            label = asked({"field": name, "question": name})[0]
            out.append([lang("Agreed on"), label, str(n), words(name, value), ""])
    out += [[lang("Answer"), *asked(part), part["words"], ""] for part in one.get("said", ())]
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
