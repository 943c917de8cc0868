"""What suppliers thought of a dialogue: anonymous, and shown only when at least three have answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop_app.i18n import N_
from workshop_app.model.rating import Spread

SCALES: Mapping[str, str] = {
    "clear": N_("Were we clear?"),
    "equal": N_("Did we treat everyone alike?"),
    "terms_match": N_("Do the terms match what we say?"),
}
AGAIN, COMMENT = "again", "comment"
AGAIN_WORDS: Mapping[str, str] = {"yes": N_("Yes"), "maybe": N_("Perhaps"), "no": N_("No")}


@dataclass(frozen=True)
class Evaluation:
    """`people` have answered; `waiting` have while they are too few to show. `again` counts each answer of AGAIN_WORDS."""

    people: int = 0
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    again: Mapping[str, int] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    waiting: int = 0
