"""A need and everything that hangs on it, from the voices behind it to its route and owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workshop_app.i18n import N_

# The text fields of a need with their limits (METHOD 3.1), in the order people fill them in.
FIELDS: Mapping[str, int] = {
    "title": 80,
    "who": 120,
    "function": 240,
    "situation": 200,
    "effect": 240,
    "requirement": 240,
    "requirement_check": 160,
    "measure": 80,
    "today": 80,
    "target": 80,
    "unit": 40,
    "measured_when": 80,
    "evidence_note": 200,
    "wish": 280,
    "market_status": 20,
    "market_note": 200,
    "market_source": 120,
    "market_checked_on": 20,
    "owner": 120,
    "hours": 80,
    "needed_by": 80,
    "next_step": 160,
    "route": 30,
    "route_kind": 20,
    "route_reason": 200,
    "other_process": 120,
    "review_date": 20,
    "can_split": 200,
    "balance_need": 200,
    "balance_means": 200,
    "balance_risk": 200,
}
# What we write for ourselves: why, how sure, what we do next and what we think of the market. In nothing that is open.
OWN_FIELDS = (
    "evidence_note",
    "wish",
    "market_note",
    "market_source",
    "market_checked_on",
    "next_step",
    "route_reason",
    "balance_need",
    "balance_means",
    "balance_risk",
    "hours",
    "can_split",
)
MARKET_STATUSES = ("unknown", "meets_need", "partly", "none_found", "not_applicable")
RELATIONS = ("user", "staff", "decides", "operates", "pays", "supplies", "other")
CONSULTED = ("yes", "no", "planned")


@dataclass(frozen=True)
class Stakeholder:
    """A group the need concerns, and whether anybody asked them."""

    group: str
    relation: str = "other"
    consulted: str = "no"


@dataclass(frozen=True)
class Waiver:
    """A rule set aside for one field of a need, with the reason that the appendix prints."""

    rule: str
    field: str
    reason: str


@dataclass(frozen=True)
class Evidence:
    """A card behind a need. `role` is as given: show it only through Room.role_shown."""

    card: int
    text: str
    role: str
    me_too: int = 0
    receipt: str = ""


@dataclass(frozen=True)
class Recognition:
    """Answers to "do you recognise your daily work in this"; `waiting` counts those that are not shown yet.

    `open`: phones may still answer, so that the counts move on three people at a time (few.picture).
    """

    yes: int = 0
    almost: int = 0
    no: int = 0
    per_relation: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    by_source: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    open: bool = False


HAPPENED: Mapping[str, str] = {
    "done": N_("Done"),
    "moved": N_("Moved on"),
    "stopped": N_("Stopped"),
    "not_yet": N_("Not yet"),
}


@dataclass(frozen=True)
class Carried:
    """Where a need was before: a session, its number there and the voices behind it (roles of at least three)."""

    file_id: str
    title: str
    date: str
    number: int
    version: int
    cards: int
    voices: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CarriedCard:
    """A parked card of an earlier session, as a reference."""

    file_id: str
    title: str
    date: str
    number: int
    text: str
    reason: str = ""


@dataclass(frozen=True)
class Happened:
    """What has become of a need since: one of HAPPENED, a note and a date as written."""

    status: str
    note: str
    date: str
    at: datetime


@dataclass(frozen=True)
class Need:
    """One need as it stands. `fields` has every key of FIELDS ("" when empty)."""

    id: int
    number: int
    status: str  # model.rating.STATUSES
    fields: Mapping[str, str]
    heap: int | None
    version: int
    evidence: tuple[Evidence, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    goals: tuple[int, ...] = ()
    no_goal: bool = False
    waivers: tuple[Waiver, ...] = ()
    split_from: int | None = None
    merged_into: int | None = None
    recognition: Recognition = field(default_factory=Recognition)
    carried: tuple[Carried, ...] = ()  # oldest first
    happened: tuple[Happened, ...] = ()  # oldest first
    origin: tuple[str, str, int] = ("", "", 0)  # in a merged file: organisation, file id and number there
    shared: tuple[str, ...] = ()  # organisations that have this need, when two or more

    @property
    def title(self) -> str:
        """Its short name."""
        return self.fields["title"]

    @property
    def opened(self) -> "Need":
        """The need as anybody may read it: paper and data of the open edition are made of this."""
        fields = {**self.fields, **dict.fromkeys(OWN_FIELDS, "")}
        return replace(self, fields=fields, waivers=(), happened=(), shared=())

    def lint_fields(self) -> dict[str, object]:
        """The need in the shape that lint reads (METHOD 3.1)."""
        f = self.fields
        return {
            **{k: f[k] for k in ("title", "who", "function", "situation", "effect", "evidence_note")},
            **{k: f[k] for k in ("owner", "route", "route_kind", "route_reason", "other_process")},
            "review_date": f["review_date"],
            "needed_by": f["needed_by"],
            "function_requirement": {
                "text": f["requirement"],
                "check": f["requirement_check"],
                **{k: f[k] for k in ("measure", "today", "target", "unit")},
            },
            "market": {
                "status": f["market_status"] or "unknown",
                "note": f["market_note"],
                "source": f["market_source"],
                "checked_on": f["market_checked_on"],
            },
            "evidence": [
                *({"id": e.card, "by_role": e.role} for e in self.evidence),
                *({"id": f"{c.file_id}:{c.number}", "by_role": ""} for c in self.carried if c.cards),
            ],
            "stakeholders": [s.group for s in self.stakeholders],
        }


@dataclass(frozen=True)
class Relative:
    """A need that another was split from ("split_from"), that was split from it ("split_into") or joined into it
    ("merged_from")."""

    kind: str
    id: int
    number: int
    fields: Mapping[str, str]


@dataclass(frozen=True)
class NeedVersion:
    """How a need read at one time."""

    version: int
    at: datetime
    who: str
    status: str
    fields: Mapping[str, str]
