"""What each step came to as rows of a spreadsheet: what was kept, medians, counts and dots; under three nothing."""

from workshop_app.formats import Field
from workshop_app.model.rating import SHOW_FROM
from workshop_app.report.edition import View
from workshop_app.report.parts.told import Told, told

Rows = list[list[str]]


def rows(view: View) -> Rows:
    """A head, then a row for every value: step, what it is, question, thing, answer and how many."""
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
    for step in form.steps if form else ():
        one = told(view, step.id)
        if one is not None:
            own = (row for field in one.fields for row in _field(one, field))
            out += [[one.title, *row] for row in (*own, *_kept(one))]
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
