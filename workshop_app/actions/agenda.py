"""Where the room is in the agenda, and its clock: it warns and never cuts."""

from datetime import UTC, datetime
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import may_start
from workshop_app.actions.session import format_of
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_STEP = N_("The agenda has no step called “{step}”.")
LAST_STEP = N_("This is the last step. Open the summary to finish.")
FIRST_STEP = N_("This is the first step.")
AGAIN = 5 * 60  # seconds for a step that is opened again after its time


@action(N_("Go to step"))
def go_to(tx: Transaction, *, step: str) -> None:
    """Makes a step the current one: the one before is done, phones get the new one.

    Going back reopens a step with all that came in. Its clock goes on from where it stood; one that had run out gets
    five more minutes.
    """
    row = tx.row("step", step)
    if row is None:
        raise Refused(NO_STEP, step=step)
    now = current(tx)
    if now["id"] == step:
        return
    _may_leave_first(tx, row)
    _turn(tx, now)
    _turn(tx, row)
    tx.update(
        "step", now["id"], {"state": "done", "ended_at": tx.now, "paused_at": None} | _pause_ended(tx, now)
    )
    opened: dict[str, Any] = {"state": "open", "ended_at": None}
    if row["started_at"] is None:
        opened["started_at"] = tx.now
    elif row["ended_at"]:
        # the clock stood while the room was elsewhere
        opened["paused_seconds"] = row["paused_seconds"] + _seconds(row["ended_at"], tx.now)
        used = _seconds(row["started_at"], row["ended_at"]) - row["paused_seconds"]
        if row["minutes"] and row["minutes"] * 60 + row["extra_seconds"] <= used:
            opened["extra_seconds"] = used + AGAIN - row["minutes"] * 60
    tx.update("step", step, opened)
    tx.update("session", 1, {"current_step": step})


@action(N_("Next step"))
def next_step(tx: Transaction) -> str:
    """Goes to the step that follows; returns its id."""
    return _neighbour(tx, +1, LAST_STEP)


@action(N_("Previous step"))
def previous_step(tx: Transaction) -> str:
    """Goes back to the step before; nothing that came in is lost. Returns its id."""
    return _neighbour(tx, -1, FIRST_STEP)


@action(N_("Pause the phones"))
def pause_phones(tx: Transaction) -> None:
    """Phones may not send until `open_phones`; what is being written stays on the phone."""
    _turn(tx, now := current(tx))
    tx.update("step", now["id"], {"state": "paused"})


@action(N_("Open the phones"))
def open_phones(tx: Transaction) -> None:
    """Phones may send again."""
    _turn(tx, now := current(tx))
    tx.update("step", now["id"], {"state": "open"})


@action(N_("Start the clock"))
def start_clock(tx: Transaction) -> None:
    """Starts the clock of the current step if it has not been started."""
    row = current(tx)
    if row["started_at"] is None:
        tx.update("step", row["id"], {"started_at": tx.now})


@action(N_("Pause the clock"))
def pause_clock(tx: Transaction) -> None:
    """Stops the clock of the current step."""
    row = current(tx)
    if row["started_at"] is not None and row["paused_at"] is None:
        tx.update("step", row["id"], {"paused_at": tx.now})


@action(N_("Let the clock go on"))
def resume_clock(tx: Transaction) -> None:
    """Lets the clock go on from where it stood, or starts it."""
    row = current(tx)
    if row["started_at"] is None:
        tx.update("step", row["id"], {"started_at": tx.now})
    elif row["paused_at"] is not None:
        tx.update("step", row["id"], {"paused_at": None} | _pause_ended(tx, row))


@action(N_("Change the time"))
def add_minutes(tx: Transaction, *, minutes: int) -> None:
    """Gives the current step more minutes, or fewer with a negative number; never fewer than none."""
    row = current(tx)
    extra = max(row["extra_seconds"] + minutes * 60, -row["minutes"] * 60)
    tx.update("step", row["id"], {"extra_seconds": extra})


@action(N_("Change a step's minutes"))
def set_minutes(tx: Transaction, *, step: str, minutes: int) -> None:
    """The planned minutes of one step in this session's agenda."""
    if not tx.update("step", step, {"minutes": min(max(minutes, 0), 600)}):
        raise Refused(NO_STEP, step=step)


@action(N_("Open another round"))
def new_round(tx: Transaction) -> int:
    """A new round of the current step, for example one re-rating; the answers of the round before are kept."""
    row = current(tx)
    _turn(tx, row)
    tx.update("step", row["id"], {"round": row["round"] + 1, "state": "open"})
    return int(row["round"]) + 1


def current(tx: Transaction) -> dict[str, Any]:
    """The row of the current step."""
    session = tx.row("session", 1) or {}
    return tx.row("step", session["current_step"]) or {}


def _turn(tx: Transaction, step: dict[str, Any]) -> None:
    """Notes up to which answer phones could answer in a step, or could not: pictures of votes go by it."""
    last = tx.largest("answer", "id", step=step["id"])
    if last > tx.largest("phone_turn", "answer", step=step["id"]):
        is_open = int(step["state"] == "open")
        tx.insert("phone_turn", {"step": step["id"], "answer": last, "open": is_open})


def _may_leave_first(tx: Transaction, wanted: dict[str, Any]) -> None:
    """A dialogue with suppliers goes past its first step only with purpose, needs version and published invitation."""
    one = format_of(tx.row("session", 1) or {})
    if one.audience == "suppliers" and wanted["position"] > 1:
        meetings = any(s.kind == "meeting" for s in one.steps)
        may_start(tx, items_of=None if meetings else one.steps)


def _neighbour(tx: Transaction, way: int, end: str) -> str:
    beside = tx.row("step", current(tx)["position"] + way, "position")
    if beside is None:
        raise Refused(end)
    go_to(tx, step=beside["id"])
    return str(beside["id"])


def _pause_ended(tx: Transaction, row: dict[str, Any]) -> dict[str, Any]:
    if not row["paused_at"]:
        return {}
    return {"paused_seconds": row["paused_seconds"] + _seconds(row["paused_at"], tx.now)}


def _seconds(since: str, until: str) -> int:
    return max(int((_time(until) - _time(since)).total_seconds()), 0)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
