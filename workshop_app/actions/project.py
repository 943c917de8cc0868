"""The project that a session belongs to, and how many were left at each of its stages."""

from collections.abc import Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import limited
from workshop_app.actions.session import set_setting
from workshop_app.i18n import N_
from workshop_app.model import phases
from workshop_app.model.project import Project, Stage
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

MOST = 12  # stages

BAD_STAGE = N_("Write each stage as words and a number, such as Applications 21.")
TOO_MANY = N_("At most {limit} stages.")
NO_PHASE = N_("There is no phase called “{value}”. Choose one of: {known}.")
ITSELF = N_("A workshop cannot follow itself.")


@action(N_("Name the project"))
def set_name(tx: Transaction, *, name: str) -> None:
    """What the project is called; its other sessions keep their own words for it."""
    _row(tx)
    tx.update("project", 1, {"name": limited("title", name).strip()})


@action(N_("Follow an earlier workshop"))
def follow(tx: Transaction, *, before: Project, file_id: str, title: str) -> None:
    """This session comes after another, whose project it joins; `before` is the project of that one."""
    here = (tx.row("session", 1) or {})["file_id"]
    if file_id == here:
        raise Refused(ITSELF)
    row = _row(tx)
    new = {"key": before.key or file_id, "follows": file_id, "follows_title": title}
    tx.update("project", 1, {**new, "name": row["name"] or before.name})


@action(N_("Count the stages"))
def set_stages(tx: Transaction, *, stages: Sequence[tuple[str, int]]) -> None:
    """How many were left at each stage, in order, as the leader counted."""
    if len(stages) > MOST:
        raise Refused(TOO_MANY, limit=MOST)
    rows = [{"title": limited("title", title).strip(), "count": count} for title, count in stages]
    if any(not row["title"] or row["count"] not in range(1_000_000) for row in rows):
        raise Refused(BAD_STAGE)
    tx.delete("funnel")
    for row in rows:
        tx.insert("funnel", row)


@action(N_("Choose the phase"))
def set_phase(tx: Transaction, *, phase: str) -> None:
    """Where in the procurement the workshop belongs, one of phases.PHASES."""
    if phase not in phases.PHASES:
        raise Refused(NO_PHASE, value=phase, known=", ".join(phases.PHASES))
    set_setting(tx, key=phases.SETTING, value=phase)


def read_stages(text: str) -> list[tuple[str, int]]:
    """Stages as people write them, one on each line, the number last: "Ansökningar 21", "Qualified: 5"."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        words, _, number = line.replace("=", " ").rpartition(" ")
        if not words.strip(" :") or not (number.isascii() and number.isdecimal()) or len(number) > 6:
            raise Refused(BAD_STAGE)
        found.append((words.strip(" :"), int(number)))
    return found


def stages_text(stages: Sequence[Stage]) -> str:
    """The same stages as text."""
    return "\n".join(f"{s.title} {s.count}" for s in stages)


def _row(tx: Transaction) -> dict[str, Any]:
    if tx.row("project", 1) is None:
        tx.insert("project", {"id": 1, "key": (tx.row("session", 1) or {})["file_id"]})
    return tx.row("project", 1) or {}
