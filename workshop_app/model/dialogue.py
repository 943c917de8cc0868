"""A dialogue with suppliers before a procurement: what was told to whom, and every way in which they were not treated alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workshop_app.i18n import N_
from workshop_app.model.request import Rfi

SUPPLIER_TYPES: Mapping[str, str] = {
    "small": N_("Small company"),
    "medium": N_("Medium-sized company"),
    "large": N_("Large company"),
    "non_profit": N_("Non-profit organisation"),
    "research": N_("Research organisation"),
    "unknown": N_("Type not noted"),
}
SUPPLIER_STATUSES: Mapping[str, str] = {
    "invited": N_("Invited"),
    "registered": N_("Registered"),
    "present": N_("Present"),
    "declined": N_("Declined"),
}
TAKING_PART = ("registered", "present")  # those who must have had the same
RAISED_IN = ("supplier_conference", "dialogue_meeting", "one_to_one", "sprint", "in_writing", "phone")
GIVEN = ("material", "answer", "minutes", "round")

OVER_SHARE, OVER_MINUTES = 0.10, 3  # an overrun beyond either asks for a note and an offer


@dataclass(frozen=True)
class BuyerRole:
    """Someone from the buyer who takes part: a role, and the interests that were declared."""

    id: int
    role: str
    organisation: str = ""
    interests: str = ""


@dataclass(frozen=True)
class Supplier:
    """One supplier. The name is internal: it is in no open edition and on no phone."""

    id: int
    name: str
    type: str
    status: str
    new_to_us: bool = False
    earlier_contract: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether it must have had what the others had."""
        return self.status in TAKING_PART


@dataclass(frozen=True)
class Material:
    """A file that was shown or handed out, known by its checksum (SHA-256, hexadecimal)."""

    id: int
    title: str
    version: str
    sha256: str
    size: int
    added_at: datetime


@dataclass(frozen=True)
class AgendaItem:
    """One item of the fixed agenda of a round, minutes planned."""

    id: int
    round: int
    position: int
    title: str
    minutes: int
    prompt: str = ""


@dataclass(frozen=True)
class Slot:
    """One meeting with one supplier; times are UTC, `spent` maps agenda item -> seconds."""

    id: int
    round: int
    supplier: int
    starts_at: str
    minutes: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    actual_seconds: int | None = None
    deviation: str = ""
    offer: str = ""
    late_reason: str = ""
    cancelled: bool = False
    agenda_done: bool | None = None  # None: nobody has said
    spent: Mapping[int, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """ "planned", "running", "done" or "cancelled"."""
        if self.cancelled:
            return "cancelled"
        if self.ended_at is not None:
            return "done"
        return "running" if self.started_at is not None else "planned"

    @property
    def over(self) -> bool:
        """Whether it took so much longer than planned that the others must be offered as much."""
        return (
            not self.cancelled
            and self.actual_seconds is not None
            and overrun(self.minutes, self.actual_seconds)
        )


@dataclass(frozen=True)
class Note:
    """What was said in a meeting at one item. `open`, `secret` (the supplier's) and `internal` (ours) are never mixed."""

    id: int
    slot: int
    item: int
    open: str = ""
    secret: str = ""
    internal: str = ""
    confirmed_at: datetime | None = None
    correction: str = ""


@dataclass(frozen=True)
class Question:
    """One entry of the question list: open, answered, published. Who asked is never part of it.

    `new_information`: a fact given in a meeting rather than a question. `corrects`: the published entry it puts right.
    """

    id: int
    question: str
    answer: str
    raised_in: str
    raised_at: datetime
    need: int | None = None
    slot: int | None = None
    note: int | None = None
    answered_by: str = ""
    answered_at: datetime | None = None
    promised_on: str = ""
    published_at: datetime | None = None
    same_as: int | None = None
    new_information: bool = False
    secret_part: bool = False
    corrects: int | None = None

    @property
    def state(self) -> str:
        """ "open", "answered" or "published"."""
        if self.published_at is not None:
            return "published"
        return "answered" if self.publishable else "open"

    @property
    def publishable(self) -> bool:
        """Whether there is something to publish: an answer, or a fact that is one by itself."""
        return bool(self.answer.strip()) or self.new_information


@dataclass(frozen=True)
class Given:
    """That a supplier has had something: material, a published answer, or minutes to make up for others' overrun."""

    what: str  # one of GIVEN
    id: int  # of the material, the question, the slot that ran over, or the round in which a meeting was offered
    supplier: int
    at: datetime


@dataclass(frozen=True)
class Judgement:
    """What the buyer thinks of a supplier: in the closed part, on no paper but the internal annex."""

    supplier: int
    text: str
    score: int | None
    by_role: str
    at: datetime


@dataclass(frozen=True)
class Asymmetry:
    """One thing that some have had and others have not.

    `kind`: "minutes", "material", "answer", "unpublished", "no_slot", "round", "agenda". `who`: the suppliers that lack it.
    `about`: the id of what it concerns. `amount`: minutes for "minutes". `mended`: "" or "offered".
    """

    kind: str
    who: tuple[int, ...]
    about: int
    amount: int = 0
    mended: str = ""


@dataclass(frozen=True)
class Dialogue:
    """Everything in the register of a dialogue, for the buyer's own eyes."""

    purpose: str = ""
    terms: str = ""
    needs_version: int | None = None
    invitation: str = ""
    channels: str = ""
    invited_on: str = ""
    open_to_all: bool = True
    round: int = 1
    agenda_locked_at: datetime | None = None
    final_at: datetime | None = None
    buyers: tuple[BuyerRole, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    materials: tuple[Material, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()  # of every round
    slots: tuple[Slot, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    given: tuple[Given, ...] = ()
    rfi: Rfi | None = None

    @property
    def started(self) -> bool:
        """Whether there is anything of a dialogue in this session."""
        return bool(self.purpose or self.suppliers or self.questions or self.slots)

    @property
    def agenda_now(self) -> tuple[AgendaItem, ...]:
        """The fixed agenda of the round that runs."""
        return tuple(i for i in self.agenda if i.round == self.round)

    @property
    def unpublished(self) -> tuple[Question, ...]:
        """Entries that not everyone has had yet; one that is the same as another goes with that."""
        return tuple(q for q in self.questions if q.published_at is None and q.same_as is None)

    def supplier(self, supplier_id: int) -> Supplier | None:
        """One supplier, or None."""
        return next((s for s in self.suppliers if s.id == supplier_id), None)

    def slot(self, slot_id: int) -> Slot | None:
        """One meeting, or None."""
        return next((s for s in self.slots if s.id == slot_id), None)


@dataclass(frozen=True)
class OpenQuestion:
    """A published entry as everyone may read it."""

    id: int
    question: str
    answer: str
    answered_by: str
    raised_in: str
    published_at: datetime
    need: int | None = None
    new_information: bool = False
    corrects: int | None = None


@dataclass(frozen=True)
class OpenDialogue:
    """What phones and the open edition may see: no company, no asker, nothing secret or internal."""

    purpose: str = ""
    terms: str = ""
    invitation: str = ""
    channels: str = ""
    invited_on: str = ""
    open_to_all: bool = True
    agenda: tuple[AgendaItem, ...] = ()
    materials: tuple[Material, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()  # published, oldest first
    waiting: int = 0  # questions that are not published yet
    types: Mapping[str, int] = field(default_factory=dict)  # suppliers by type, where at least 3 share it
    rfi: Rfi | None = None


def overrun(minutes: int, actual_seconds: int) -> bool:
    """Whether a meeting ran over by more than a tenth of its minutes or by more than three."""
    over = actual_seconds - minutes * 60
    return over > OVER_SHARE * minutes * 60 or over > OVER_MINUTES * 60


def asymmetries(dialogue: Dialogue) -> tuple[Asymmetry, ...]:
    """Every way in which those who take part have not had the same, as far as the register knows."""
    taking_part = tuple(s.id for s in dialogue.suppliers if s.takes_part)
    had = {(g.what, g.id, g.supplier) for g in dialogue.given}
    return (
        *_minutes(dialogue, taking_part, had),
        *_meetings(dialogue, taking_part, had),
        *_handed_out(dialogue, taking_part, had),
    )


def _lack(what: str, id_: int, who: Sequence[int], had: set[tuple[str, int, int]]) -> tuple[int, ...]:
    return tuple(s for s in who if (what, id_, s) not in had)


def _minutes(
    dialogue: Dialogue, taking_part: Sequence[int], had: set[tuple[str, int, int]]
) -> list[Asymmetry]:
    found = []
    for slot in dialogue.slots:
        if slot.over and slot.actual_seconds is not None:
            others = [s for s in taking_part if s != slot.supplier]
            who = _lack("minutes", slot.id, others, had)
            if who:
                over = -(-(slot.actual_seconds - slot.minutes * 60) // 60)
                found.append(Asymmetry("minutes", who, slot.id, over, "offered" if slot.offer else ""))
    return found


def _meetings(
    dialogue: Dialogue, taking_part: Sequence[int], had: set[tuple[str, int, int]]
) -> list[Asymmetry]:
    found = []
    live = [s for s in dialogue.slots if not s.cancelled]
    booked = {s.supplier for s in live if s.round == dialogue.round}
    lacking = [s for s in _lack("round", dialogue.round, taking_part, had) if s not in booked]
    met_before = {s.supplier for s in live if s.round < dialogue.round and s.started_at}
    held_before = tuple(s for s in lacking if s in met_before)
    if held_before:
        found.append(Asymmetry("round", held_before, dialogue.round))
    without = tuple(s for s in lacking if s not in met_before)
    if (booked or met_before) and without:
        found.append(Asymmetry("no_slot", without, dialogue.round))
    for slot in live:
        items = [i for i in dialogue.agenda if i.round == slot.round]
        left_out = bool(slot.spent) and any(not slot.spent.get(i.id) for i in items)
        if slot.ended_at and (slot.agenda_done is False or (left_out and not slot.agenda_done)):
            found.append(Asymmetry("agenda", (slot.supplier,), slot.id))
    return found


def _handed_out(
    dialogue: Dialogue, taking_part: Sequence[int], had: set[tuple[str, int, int]]
) -> list[Asymmetry]:
    found = []
    for material in dialogue.materials:
        who = _lack("material", material.id, taking_part, had)
        if who and len(who) < len(taking_part):
            found.append(Asymmetry("material", who, material.id))
    for question in dialogue.questions:
        if question.published_at is not None:
            who = _lack("answer", question.id, taking_part, had)
            if who:
                found.append(Asymmetry("answer", who, question.id))
        elif question.slot is not None and question.publishable and question.same_as is None:
            slot = dialogue.slot(question.slot)
            who = tuple(s for s in taking_part if slot is None or s != slot.supplier)
            if who:
                found.append(Asymmetry("unpublished", who, question.id))
    return found


def coverage(dialogue: Dialogue) -> tuple[str, ...]:
    """Hints on who is not reached: "no_small", "no_non_profit", "all_earlier"; empty before anyone has registered."""
    here = [s for s in dialogue.suppliers if s.takes_part]
    if not here:
        return ()
    hints = [
        *(["no_small"] if all(s.type != "small" for s in here) else []),
        *(["no_non_profit"] if all(s.type != "non_profit" for s in here) else []),
        *(["all_earlier"] if all(s.earlier_contract for s in here) else []),
    ]
    return tuple(hints)
