"""What a session is, who is in the room and where in the agenda it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from workshop_app.model import few


@dataclass(frozen=True)
class StepState:
    """One step of this session's own agenda: where it stands and how its clock runs. Times are UTC."""

    id: str
    position: int
    minutes: int
    state: str  # "planned" | "open" | "paused" | "done"; paused = phones may not send
    started_at: datetime | None = None
    ended_at: datetime | None = None
    paused_at: datetime | None = None  # the clock stands since then
    paused_seconds: int = 0
    extra_seconds: int = 0
    round: int = 1

    def elapsed(self, now: datetime) -> timedelta:
        """Time the clock has run, pauses taken out; zero before the start."""
        if self.started_at is None:
            return timedelta()
        until = self.ended_at or self.paused_at or now
        return max(until - self.started_at - timedelta(seconds=self.paused_seconds), timedelta())

    def left(self, now: datetime) -> timedelta:
        """Time left of the planned minutes; negative when over, for the timer warns and never cuts."""
        return timedelta(minutes=self.minutes, seconds=self.extra_seconds) - self.elapsed(now)


@dataclass(frozen=True)
class Session:
    """The cover of a session and its place in the agenda."""

    file_id: str
    format_id: str
    title: str
    language: str
    question: str
    question_version: int
    date: str  # ISO date or ""
    place: str
    organisation: str
    commissioner: str
    mandate: str
    leader_role: str
    recipient: str
    keep_until: str
    fictional: bool
    token: str
    short_code: str
    port: int
    current_step: str
    steps: tuple[StepState, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    version: int
    created_at: datetime
    settings: Mapping[str, str] = field(default_factory=dict)
    decision_maker: str = ""
    contact_point: str = ""  # where one asks about the workshop: a role, a unit
    format_toml: str = ""  # the text of a format of one's own, which the session carries with it

    def step(self, step_id: str) -> StepState:
        """The state of one step; KeyError if the agenda has no such step."""
        for state in self.steps:
            if state.id == step_id:
                return state
        raise KeyError(step_id)

    @property
    def now_step(self) -> StepState:
        """The step the room is in."""
        return self.step(self.current_step)

    def next_step(self) -> StepState | None:
        """The step after the current one, or None at the end."""
        after = self.now_step.position + 1
        return next((s for s in self.steps if s.position == after), None)


@dataclass(frozen=True)
class Participant:
    """One phone (or a voice the leader typed in for): a random id, never a name."""

    id: str
    role: str
    organisation: str
    relation: str
    language: str
    source: str
    joined_at: datetime


@dataclass(frozen=True)
class Contact:
    """Somebody who asked to be part of what follows; nothing leads from here to an answer."""

    name: str
    contact: str


@dataclass(frozen=True)
class PhoneCards:
    """One phone as the leader may see it: its role and how many cards it has sent, never a name."""

    participant: str
    role: str
    cards: int
    muted: bool


@dataclass(frozen=True)
class RoleCount:
    """How many share a role in the room."""

    role: str
    people: int
    relation: str = ""


@dataclass(frozen=True)
class Crowd:
    """How many are here, by role, and who is missing: what can be asked five times a second in a full room."""

    people: int
    phones: int
    muted: int
    roles: tuple[RoleCount, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """Who is here and who is missing."""

    participants: tuple[Participant, ...]
    roles: tuple[RoleCount, ...]
    missing: tuple[str, ...]

    def role_shown(self, role: str) -> str:
        """The role if it may be shown beside what somebody wrote (few.told_apart), else ""."""
        return role if role in self._told_apart else ""

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        return few.told_apart({r.role: r.people for r in self.roles})


@dataclass(frozen=True)
class QuestionVersion:
    """One wording of the question; answers keep the version they were given to."""

    version: int
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Answer:
    """One acknowledged answer, append-only."""

    id: int
    key: str
    step: str
    participant: str
    role: str
    text: str
    fields: Mapping[str, str]
    source: str  # "phone" | "paper" | "voice" | "hands" | "import"
    receipt: str
    received_at: datetime
    question_version: int = 1
    withdrawn: bool = False  # taken back by who sent it
    replaced_by: str = ""  # receipt of what was sent in its place
    # votes counted from hands or paper: field -> given answer -> how many; such fields are not in `fields`
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    round: int = 1


@dataclass(frozen=True)
class StepFlow:
    """How answers come in at a step: the figures of the cockpit."""

    received: int
    phones: int
    per_minute: tuple[int, ...]  # from the first minute of the step
    latest: tuple[Answer, ...]  # newest first


@dataclass(frozen=True)
class JournalLine:
    """One line of what was done, when and by whom (leader, phone, program)."""

    at: datetime
    who: str
    action: str
    detail: str


@dataclass(frozen=True)
class Goal:
    """A goal already decided elsewhere that needs are matched with."""

    id: int
    source: str
    title: str
