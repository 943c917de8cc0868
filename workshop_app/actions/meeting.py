"""One-to-one meetings with suppliers: equal slots, a locked agenda, a clock that warns, and notes in three fields."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workshop_app.actions import question_list
from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import (
    agenda_minutes,
    changed,
    cover,
    draft,
    limited,
    may_start,
    supplier_row,
)
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_SLOT = N_("That meeting is not in the timetable.")
UNEQUAL = N_("All meetings have the same length: {minutes} minutes, as the agenda says.")
LATE = N_(
    "The meetings have begun. Give this supplier the same time, and write the reason why it comes late."
)
TWICE = N_("This supplier has a meeting in this round already.")
OVER = N_("This meeting is over or cancelled already.")
STARTED = N_("This meeting has started already.")
OTHER_RUNS = N_("Another meeting is running. End it first.")
NOT_RUNNING = N_("This meeting is not running.")
NEEDS_NOTE = N_(
    "The meeting took {over} minutes longer than planned. Write why, and what the other suppliers are offered."
)
BAD_TIME = N_("Write the time as in 2026-03-14 09:00.")
OLD_ROUND = N_("This meeting belongs to an earlier round. Plan it in the round that runs now.")
NO_REASON = N_("Write why the meeting was broken off.")
NOT_BEGUN = N_("This meeting has not started. Notes are written during it or after it.")
DECLINED = N_("This supplier has declined. Register it first, then plan its meeting.")
NO_ITEM = N_("That item is not on the agenda of this meeting.")
CONFIRMED = N_("The supplier has confirmed this note. A correction goes in its own field.")


@action(N_("Plan meetings"))
def add_slots(tx: Transaction, *, slots: Sequence[Mapping[str, Any]]) -> list[int]:
    """Puts meetings in the timetable: `supplier`, `starts_at` (local ISO time) and, for a late one, `late_reason`.

    All have the length of the agenda; another `minutes` is refused. Returns their ids.
    """
    row = draft(tx)
    minutes = agenda_minutes(tx, row["round"])
    begun = any(s["started_at"] for s in tx.rows("slot", round=row["round"]))
    made = []
    for slot in slots:
        known = supplier_row(tx, int(slot["supplier"]))
        supplier = known["id"]
        if known["status"] == "declined":
            raise Refused(DECLINED)
        if int(slot.get("minutes", minutes)) != minutes:
            raise Refused(UNEQUAL, minutes=minutes)
        if any(not s["cancelled"] for s in tx.rows("slot", round=row["round"], supplier_id=supplier)):
            raise Refused(TWICE)
        reason = limited("late_reason", str(slot.get("late_reason", "")))
        if begun and not reason.strip():
            raise Refused(LATE)
        made.append(
            tx.insert(
                "slot",
                {
                    "round": row["round"],
                    "supplier_id": supplier,
                    "starts_at": _local(str(slot["starts_at"])),
                    "minutes": minutes,
                    "late_reason": reason,
                },
            )
        )
    return made


@action(N_("Cancel a meeting"))
def cancel_slot(tx: Transaction, *, slot: int, reason: str = "") -> None:
    """Takes a planned meeting out of the timetable, or breaks off one that runs, with the reason; it stays in the record.

    The supplier can then be given another meeting in the round.
    """
    draft(tx)
    row = _slot(tx, slot)
    if row["ended_at"] or row["cancelled"]:
        raise Refused(OVER)
    if row["started_at"] and not reason.strip():
        raise Refused(NO_REASON)
    ended = {"ended_at": tx.now} if row["started_at"] else {}
    tx.update("slot", slot, {"cancelled": 1, "deviation": limited("reason", reason), **ended})


@action(N_("Start a meeting"), seals=True)
def start_slot(tx: Transaction, *, slot: int) -> None:
    """Starts a meeting's clock; the first one locks terms, agenda, order, minutes, prompts and material of the round.

    Cannot be undone: a meeting that has begun is part of the record. It can be broken off with a reason.
    """
    row, now = _slot(tx, slot), draft(tx)
    if row["started_at"] or row["cancelled"]:
        raise Refused(STARTED)
    may_start(tx)
    if row["round"] != now["round"]:
        raise Refused(OLD_ROUND)
    if any(s["started_at"] and not s["ended_at"] for s in tx.rows("slot")):
        raise Refused(OTHER_RUNS)
    if not now["agenda_locked_at"]:
        tx.update("dialogue", 1, {"agenda_locked_at": tx.now})
    tx.update("slot", slot, {"started_at": tx.now})
    tx.update("supplier", row["supplier_id"], {"status": "present"})


@action(N_("End a meeting"), seals=True)
def end_slot(
    tx: Transaction,
    *,
    slot: int,
    deviation: str = "",
    offer: str = "",
    spent: Mapping[int, int] | None = None,
    actual_seconds: int | None = None,
    agenda_done: bool | None = None,
) -> None:
    """Ends a meeting. Past a tenth or three minutes over, `deviation` and `offer` (to the others) are demanded.

    `spent` maps agenda items to seconds; `agenda_done` says whether all of it was gone through. `actual_seconds` is for
    a meeting entered afterwards; else the clock counts.
    """
    draft(tx)
    row = _slot(tx, slot)
    if not row["started_at"] or row["ended_at"]:
        raise Refused(NOT_RUNNING)
    took = actual_seconds if actual_seconds is not None else _seconds(row["started_at"], tx.now)
    words = {"deviation": limited("deviation", deviation), "offer": limited("offer", offer)}
    if rules.overrun(row["minutes"], took) and not all(w.strip() for w in words.values()):
        raise Refused(NEEDS_NOTE, over=-(-(took - row["minutes"] * 60) // 60))
    done = {} if agenda_done is None else {"agenda_done": int(agenda_done)}
    tx.update("slot", slot, {"ended_at": tx.now, "actual_seconds": took, **words, **done})
    for item, seconds in (spent or {}).items():
        _item(tx, row, item)
        tx.delete("slot_item", slot_id=slot, item_id=item)
        tx.insert("slot_item", {"slot_id": slot, "item_id": item, "seconds": int(seconds)})


@action(N_("Write a note"))
def note(
    tx: Transaction,
    *,
    slot: int,
    item: int,
    open: str | None = None,
    secret: str | None = None,
    internal: str | None = None,
    correction: str | None = None,
    new_information: bool | str | None = None,
) -> int:
    """Writes what was said at one item, in its own field each; a confirmed note only takes a correction. Returns its id.

    `new_information`: a fact that others have not had, as words, or True for the open note: it is copied to the question
    list, where it waits to be published to all. False takes an unpublished copy back.
    """
    draft(tx)
    row = _slot(tx, slot)
    if not row["started_at"]:
        raise Refused(NOT_BEGUN)
    _item(tx, row, item)
    given = {"open_text": open, "secret_text": secret, "internal_text": internal, "correction": correction}
    changes = {name: limited("note", words) for name, words in given.items() if words is not None}
    before = next(iter(tx.rows("slot_note", slot_id=slot, item_id=item)), None)
    if before is None:
        number = tx.insert("slot_note", {"slot_id": slot, "item_id": item, **changes})
    else:
        number, changes = int(before["id"]), changed(before, changes)
        if before["confirmed_at"] and set(changes) & {"open_text", "secret_text"}:
            raise Refused(CONFIRMED)
        if changes:
            tx.update("slot_note", number, changes)
    if new_information is not None:
        words = (
            (tx.row("slot_note", number) or {})["open_text"] if new_information is True else new_information
        )
        question_list.copy_fact(tx, note=number, slot=slot, words=words or "")
    return number


@action(N_("Note that the supplier confirms"), seals=True)
def confirm_notes(tx: Transaction, *, slot: int) -> int:
    """The supplier says that the open and secret notes of a meeting are right; returns how many."""
    _slot(tx, slot)
    count = 0
    draft(tx)
    for row in tx.rows("slot_note", slot_id=slot):
        if not row["confirmed_at"]:
            tx.update("slot_note", row["id"], {"confirmed_at": tx.now})
            count += 1
    return count


def _slot(tx: Transaction, slot: int) -> dict[str, Any]:
    cover(tx)
    row = tx.row("slot", slot)
    if row is None:
        raise Refused(NO_SLOT)
    return row


def _item(tx: Transaction, slot: Mapping[str, Any], item: int) -> None:
    row = tx.row("agenda_item", item)
    if row is None or row["round"] != slot["round"]:
        raise Refused(NO_ITEM)


def _local(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip()).isoformat(timespec="minutes")
    except ValueError:
        raise Refused(BAD_TIME) from None


def _seconds(since: str, until: str) -> int:
    def time(text: str) -> datetime:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)

    return max(int((time(until) - time(since)).total_seconds()), 0)
