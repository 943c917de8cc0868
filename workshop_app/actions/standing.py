"""What every answer is held against: where the room is, who is muted, which wording of the question stands.

Phones change none of it, so it is read once and remembered until the leader or the program changes anything.
"""

import json
from dataclasses import dataclass

from workshop_app.actions import agenda
from workshop_app.actions.session import format_of
from workshop_app.formats import Format, Step
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

INBOX = "inbox"  # the session's setting: "1" = the leader lets each card through before others see it


@dataclass(frozen=True)
class Standing:
    """Where the room stands: `step` is the current one, `state` and `round` are its own."""

    format: Format
    file_id: str
    step: str
    state: str
    round: int
    question_version: int
    muted: frozenset[str]
    inbox: bool

    def find(self, step: str) -> Step:
        """A step of the format; Refused if it has none such."""
        try:
            return self.format.step(step)
        except KeyError:
            raise Refused(agenda.NO_STEP, step=step) from None


def of(tx: Transaction) -> Standing:
    """How it stands now."""
    return tx.kept("standing", _read)


def known(tx: Transaction, participant: str | None) -> str | None:
    """The participant if it has joined, else None."""
    joined: set[str] = tx.kept("joined", lambda _tx: set())
    if participant and participant not in joined and tx.row("participant", participant):
        joined.add(participant)
    return participant if participant in joined else None


def person(tx: Transaction, participant: str | None) -> str | None:
    """Who a participant is: the earlier one it was united with, else itself."""
    return people(tx).get(participant or "", participant)


def people(tx: Transaction) -> dict[str, str]:
    """The ids that were united with an earlier one: id -> the one that the person is known by."""
    return tx.kept("united", lambda tx: {r["participant"]: r["same_as"] for r in tx.rows("same_person")})


def _read(tx: Transaction) -> Standing:
    session = tx.row("session", 1) or {"format_id": "", "settings": "{}", "file_id": "", "current_step": ""}
    step = tx.row("step", session["current_step"]) or {"state": "", "round": 1}
    return Standing(
        format=format_of(session),
        file_id=session["file_id"],
        step=session["current_step"],
        state=step["state"],
        round=step["round"],
        question_version=tx.largest("question_version", "version"),
        muted=frozenset(person(tx, row["participant"]) or "" for row in tx.rows("mute")),
        inbox=json.loads(session["settings"]).get(INBOX) == "1",
    )
