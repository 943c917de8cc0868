"""What is blacked out: the sign that stands in its place, the reasons there are, and the trace that is left."""

from dataclasses import dataclass
from datetime import datetime

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
    """One place that was blacked out: in which text of a card, when, how many signs and why. Never the words."""

    field: str  # "text" | "underlying" | "when" | "beneficiary"
    at: datetime  # UTC
    signs: int
    reason: str  # a key of REASONS


@dataclass(frozen=True)
class Passage:
    """One text that belongs to a card, as it is shown, and where it lies: the answer and the name of its field."""

    answer: int
    field: str
    text: str
