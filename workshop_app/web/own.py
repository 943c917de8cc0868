"""A phone's own answers: how they are listed, and what it may ask to have done with a card it has sent."""

from collections.abc import Sequence
from typing import Any

from workshop_app.actions import Action, ask, own
from workshop_app.formats import Format, Step
from workshop_app.i18n import N_, Language
from workshop_app.model.session import Answer
from workshop_app.web import forms, sorting

NOT_YOURS = own.NOT_YOURS
NOT_NOW = N_("A card can be corrected while a step that takes cards is open. You can still take it back.")
TAKEN_BACK = N_("The card with receipt {code} has been taken back.")


def listed(
    answers: Sequence[Answer], step: Step | None, format_: Format, open_now: bool, code: str, home: str
) -> list[dict[str, Any]]:
    """Own answers as the list shows them; `open_now`: whether a card may be corrected now, `home`: the page."""
    added = {
        str(a.fields["about"]): str(a.fields.get("underlying", "")) for a in answers if "about" in a.fields
    }
    out = []
    for answer in answers:
        if "about" in answer.fields:
            continue
        lines = [] if answer.text or step is None else _lines(answer, step, code)
        if answer.text or lines or (step and not step.many):
            is_card = _is_card(answer, format_)
            out.append(
                {
                    "receipt": answer.receipt,
                    "home": home,
                    "text": answer.text,
                    "lines": lines,
                    "added": added.get(answer.receipt, ""),
                    "withdrawn": answer.withdrawn,
                    "replaced_by": answer.replaced_by,
                    "can_withdraw": is_card and not answer.withdrawn,
                    "can_correct": is_card and not answer.withdrawn and open_now,
                }
            )
    return out


def card_of(answers: Sequence[Answer], format_: Format, receipt: str) -> Answer | None:
    """The own card with this receipt that has not been taken back."""
    found = (a for a in answers if a.receipt == receipt.strip().upper() and not a.withdrawn)
    return next((a for a in found if _is_card(a, format_)), None)


def asked(
    given: forms.Given, step: Step, participant: str, values: dict[str, Any]
) -> tuple[Action, dict[str, Any]]:
    """The action that a form asks for, with its values; `values` are those of an answer or of joining."""
    if step.kind == "lobby":
        return ask.join, values | {"participant": participant}
    if step.kind == "group":
        return sorting.asked(given, participant, values)
    if "withdraw" in given:
        return ask.withdraw, {"participant": participant, "receipt": way(given)[1]}
    if "done" in given:
        done = forms.one(given, "done") == "1"
        return own.sign, {"participant": participant, "step": step.id, "done": done}
    replaces = {"replaces": way(given)[1]}
    return ask.receive, values | replaces | {"step": step.id, "participant": participant or None}


def way(given: forms.Given) -> tuple[str, str]:
    """What a form wants with an own card, "withdraw" or "correct", and that card's receipt; empty for neither."""
    if "withdraw" in given:
        return "withdraw", forms.one(given, "withdraw")[:20]
    replaces = forms.one(given, "replaces")[:20]
    return ("correct" if replaces else ""), replaces


def status_of(given: forms.Given) -> str:
    """What happened, in a word for programs."""
    return "withdrawn" if "withdraw" in given else "noted" if {"done", "more"} & set(given) else "received"


def message(given: forms.Given, receipt: str, lang: Language) -> str:
    """The sentence that says a card has been taken back."""
    return lang(TAKEN_BACK).format(code=receipt) if "withdraw" in given else ""


def _is_card(answer: Answer, format_: Format) -> bool:
    return bool(answer.text) and any(s.id == answer.step and s.makes == "card" for s in format_.steps)


def _lines(answer: Answer, step: Step, code: str) -> list[tuple[str, str]]:
    """An answer without a card's text, as label and value, choices in the phone's words."""
    out = []
    for field_ in step.fields:
        value = str(answer.fields.get(field_.name) or "")
        if value and not field_.per:
            names = {c.value: c.label.get(code) for c in field_.choices}
            if field_.type != "bool":
                out.append((field_.label.get(code), names.get(value, value)))
            elif value == "1":
                out.append((field_.label.get(code), ""))
    return out


def is_text(step: Step, name: str) -> bool:
    """Whether a form name of a step is one that people write words in."""
    field = step.field(name.partition("@")[0])
    return field is not None and field.type in ("text", "area")
