"""What is blacked out: the sign that stands in its place, the reasons there are, and the trace that is left."""

from dataclasses import dataclass
from datetime import datetime

from workshop_app.formats import Step
from workshop_app.i18n import N_

SIGN = "█████"  # five U+2588, whatever the length of what stood there

# A reason is chosen and never typed, so that the trace cannot hold the words it is about.
REASONS = {
    "name": N_("a person's name"),
    "contact": N_("a phone number or an address"),
    "identity": N_("a personal identity number"),
    "health": N_("somebody's health or situation"),
    "other": N_("something else that points out a person"),
}


@dataclass(frozen=True)
class Blackout:
    """One place that was blacked out: in which text of an answer, when, how many signs and why. Never the words."""

    field: str  # the name of the field in the form
    at: datetime  # UTC
    signs: int
    reason: str  # a key of REASONS


@dataclass(frozen=True)
class Passage:
    """One text that somebody typed, as it is shown, and where it lies: the answer, the name of its field, its step.

    A name or contact that was given apart belongs to no answer (0) but to a `contact`.
    """

    answer: int
    field: str
    text: str
    step: str = ""
    contact: int = 0


def is_typed(step: Step, field: str) -> bool:
    """Whether a field of an answer to a step, by its name in the form, is one that people write words in."""
    known = step.field(field.partition("@")[0])
    if step.kind == "group" and field == "name":
        return True
    return known is not None and known.type in ("text", "area") and not known.apart
