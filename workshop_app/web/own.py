"""A phone's own answers: how they are listed, and what it may ask to have done with a card it has sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workshop_app.actions import Action, ask, own
from workshop_app.formats import Format, Step
from workshop_app.i18n import N_, Language
from workshop_app.model.session import Answer
from workshop_app.web import forms, sorting

if TYPE_CHECKING:
    from workshop_app.web.values import Asker

NOT_YOURS = own.NOT_YOURS
NOT_NOW = N_("A card can be corrected while a step that takes cards is open. You can still take it back.")
ANSWER_BACK = N_("The answer with receipt {code} has been taken back.")
TAKEN_BACK = N_("The card with receipt {code} has been taken back.")


def listed(
    answers: Sequence[Answer],
    step: Step | None,
    format_: Format,
    open_for: Callable[[Answer], bool],
    names: Mapping[str, Mapping[str, str]],
    who: "Asker",
) -> list[dict[str, Any]]:
    """Own answers as the list shows them. `open_for`: whether one may be corrected now; `names`: choices by field."""
    added = {
        str(a.fields["about"]): str(a.fields.get("underlying", "")) for a in answers if "about" in a.fields
    }
    out = []
    for answer in answers:
        if "about" in answer.fields:
            continue
        lines = [] if answer.text or step is None else _lines(answer, step, who.lang.code, names)
        if answer.text or lines or (step and not step.many):
            own_still = can_take_back(answer, format_) and not answer.withdrawn
            out.append(
                {
                    "receipt": answer.receipt,
                    "home": f"/{who.token}/",
                    "is_card": is_card(answer, format_),
                    "text": answer.text,
                    "lines": lines,
                    "added": added.get(answer.receipt, ""),
                    "withdrawn": answer.withdrawn,
                    "replaced_by": answer.replaced_by,
                    "can_withdraw": own_still,
                    "can_correct": own_still and open_for(answer),
                }
            )
    return out


def card_of(answers: Sequence[Answer], format_: Format, receipt: str) -> Answer | None:
    """The own card or answer with this receipt that has not been taken back and may be."""
    found = (a for a in answers if a.receipt == receipt.strip().upper() and not a.withdrawn)
    return next((a for a in found if can_take_back(a, format_)), None)


def asked(
    given: forms.Given, step: Step, participant: str, values: dict[str, Any], joins: bool
) -> tuple[Action, dict[str, Any]]:
    """The action that a form asks for, with its values; `values` are those of an answer or of joining."""
    if joins:
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
    return (
        "withdrawn"
        if "withdraw" in given
        else "noted"
        if {"done", "more", "table"} & set(given)
        else "received"
    )


def message(given: forms.Given, step: Step, receipt: str, lang: Language) -> str:
    """The sentence that says a card or an answer has been taken back."""
    words = TAKEN_BACK if step.makes == "card" else ANSWER_BACK
    return lang(words).format(code=receipt) if "withdraw" in given else ""


def is_card(answer: Answer, format_: Format) -> bool:
    """Whether an answer made a card."""
    return bool(answer.text) and any(s.id == answer.step and s.makes == "card" for s in format_.steps)


def can_take_back(answer: Answer, format_: Format) -> bool:
    """Whether its phone may take it back: a card, or one of several answers to the same questions."""
    step = next((s for s in format_.steps if s.id == answer.step), None)
    several = step is not None and own.several(step, answer.fields)
    return several or is_card(answer, format_)


def _lines(
    answer: Answer, step: Step, code: str, names: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str]]:
    """An answer without a card's text, as label and value, choices in the phone's words."""
    out = []
    for field_ in step.fields:
        raw: Any = answer.fields.get(field_.name) or ""
        if raw and not field_.per:
            known = names.get(field_.name, {})
            values = raw if isinstance(raw, list) else [str(raw)]
            if field_.type != "bool":
                out.append((field_.label.get(code), ", ".join(known.get(v, v) for v in values)))
            elif values == ["1"]:
                out.append((field_.label.get(code), ""))
    return out


def is_text(step: Step, name: str) -> bool:
    """Whether a form name of a step is one that people write words in."""
    field = step.field(name.partition("@")[0])
    return field is not None and field.type in ("text", "area")
