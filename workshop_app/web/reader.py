"""What pages need from the session file, read again only when the file has moved."""

import hmac
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from workshop_app import invite
from workshop_app.formats import Format, Step
from workshop_app.model.answers import ItemShown
from workshop_app.model.board import Board
from workshop_app.model.dialogue import OpenDialogue
from workshop_app.model.need import Need
from workshop_app.model.pairs import PairAnswer
from workshop_app.model.session import Answer, Goal, Participant, Session
from workshop_app.model.sorting import SortingRound
from workshop_app.model.tables import RoomTable
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.web.values import Alike

T = TypeVar("T")
PATIENCE = 10  # what took long to read may be that many times as old, so that a full room is not read at every answer
LOOK = 0.2  # seconds that what the leader decides is kept unless the leader has done something: for a file written past us


class _Kept(NamedTuple):
    frame: int
    version: int
    until: float
    value: Any


class Reader:
    """Values of one session file for one thread, kept as long as the file stands still."""

    def __init__(self, file: SessionFile) -> None:
        self.file = file
        self._kept: dict[str, _Kept] = {}
        self._known: set[str] = set()
        self._same: dict[str, str] = {}

    def session(self) -> Session:
        """The cover and the agenda, never stale."""
        return self._decided("session", queries.session)

    def sorting(self) -> SortingRound | None:
        """The round in which the room sorts now, never stale."""
        return self._decided("sorting", queries.sorting_now)

    def format(self) -> Format:
        """The format that the session follows."""
        return self._decided("format", queries.format_of)

    def joins(self, step: Step) -> bool:
        """Whether people join in a step: the first of a dialogue's may be no lobby."""
        return step.id == self.format().lobby.id

    def board(self) -> Board:
        """All cards in their places."""
        return self._read("board", queries.board)

    def needs(self) -> tuple[Need, ...]:
        """Every need by number."""
        return self._read("needs", queries.needs)

    def goals(self) -> tuple[Goal, ...]:
        """The goals that needs are matched with."""
        return self._decided("goals", queries.goals)

    def items(self, step: str, code: str) -> tuple[ItemShown, ...]:
        """What a step asks about, in a language."""
        return self._read(f"items {step} {code}", lambda file: queries.items(file, step, code))

    def dialogue(self) -> OpenDialogue:
        """What is open to all of a dialogue with suppliers."""
        return self._decided("dialogue", queries.open_dialogue)

    def beneficiaries(self) -> tuple[str, ...]:
        """Whom people work for, commonest first."""
        return self._read("beneficiaries", queries.beneficiaries)

    def joined(self, participant: str) -> bool:
        """Whether this phone has joined; once it has, the file is not asked again."""
        if participant and participant not in self._known and self.participant(participant):
            self._known.add(participant)
        return participant in self._known

    def same(self, phone: str) -> str:
        """The participant that a phone is: the one it came back as or was united with, else itself."""
        if not phone:
            return phone
        if not (self.joined(phone) or phone in self._same):
            before = queries.came_back(self.file, phone)
            self._same |= {phone: before} if before else {}
        known = self._same.get(phone, phone)
        return self._united().get(known, known)

    def _united(self) -> Mapping[str, str]:
        return self._decided("united", queries.united)

    def by_code(self, token: str, code: str) -> str:
        """The participant who comes back by this code, "" when nobody or more than one does."""
        united = self._united()  # the codes of both still lead to the person they are
        people = [p.id for p in queries.participants(self.file) if p.source == "phone"]
        found = [p for p in (*people, *united) if hmac.compare_digest(invite.own_code(p, token), code)]
        return united.get(found[0], found[0]) if len(found) == 1 else ""

    def participant(self, participant: str) -> Participant | None:
        """The participant of this phone, None if it never joined."""
        return queries.participant(self.file, participant)

    def receipts(self, participant: str) -> tuple[Answer, ...]:
        """A phone's own answers, newest first."""
        return queries.receipts(self.file, participant) if participant else ()

    def done(self, step: str) -> frozenset[str]:
        """The phones that say they are done in a step."""
        return queries.done(self.file, step)

    def tables(self) -> tuple[RoomTable, ...]:
        """The tables in the room."""
        return self._decided("tables", queries.tables)

    def seat(self, participant: str) -> int | None:
        """The table where this phone sits, None for nowhere."""
        return queries.seat(self.file, participant) if participant else None

    def pair_answers(self, participant: str) -> tuple[PairAnswer, ...]:
        """What this phone has said about pairs of cards."""
        return queries.pair_answers(self.file, participant)

    def me_too(self, participant: str) -> frozenset[int]:
        """The cards that this phone has marked."""
        return queries.me_too_of(self.file, participant) if participant else frozenset()

    def rated(self, participant: str, round_: int) -> frozenset[tuple[int, str]]:
        """The needs that this phone has rated in a round, each with the criterion."""
        return queries.rated_by(self.file, participant, round_) if participant else frozenset()

    def alike(self, name: str, make: Callable[[], dict[str, Any]]) -> Alike:
        """What is the same on the pages of every phone, made anew when the leader has done something."""
        return self._decided(name, lambda _file: Alike(make()))

    def _decided(self, name: str, query: Callable[[SessionFile], T]) -> T:
        """What only the leader changes: kept while phones answer, read again at once when the leader acts."""
        frame, now = self.file.frame(), time.monotonic()
        kept = self._kept.get(name)
        if kept is None or kept.frame != frame or now > kept.until:
            version = self.file.data_version()
            same = kept is not None and (kept.frame, kept.version) == (frame, version)
            value = kept.value if kept is not None and same else query(self.file)
            kept = self._kept[name] = _Kept(frame, version, now + LOOK, value)
        return kept.value  # type: ignore[no-any-return]

    def _read(self, name: str, query: Callable[[SessionFile], T]) -> T:
        """What phones change too: slow readings may be a little old, but never older than the leader's last action."""
        frame, version, now = self.file.frame(), self.file.data_version(), time.monotonic()
        kept = self._kept.get(name)
        if kept is None or kept.frame != frame or (kept.version != version and now > kept.until):
            value = query(self.file)
            took = time.monotonic() - now
            # under 2 ms a fresh reading is always worth its price
            until = now + took * PATIENCE if took > 0.002 else 0.0
            kept = self._kept[name] = _Kept(frame, version, until, value)
        return kept.value  # type: ignore[no-any-return]
