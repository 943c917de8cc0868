"""One-to-one meetings with suppliers: equal slots, a locked agenda, a clock that warns, and notes in three fields."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue import cover, draft, limited, supplier_row
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NOTE_LIMIT = 4000

NO_SLOT = N_("That meeting is not in the timetable.")
NO_AGENDA = N_("Set the fixed agenda first. It is locked when the first meeting starts.")
NO_PURPOSE = N_("Write the purpose of the dialogue first.")
NO_NEEDS = N_("Choose which version of the needs is shown before the first meeting.")
NO_INVITATION = N_("Write on which day the invitation was published before the first meeting.")
UNEQUAL = N_("All meetings have the same length: {minutes} minutes, as the agenda says.")
LATE = N_("The meetings have begun. Give this supplier the same time, or write the reason why it comes late.")
TWICE = N_("This supplier has a meeting in this round already.")
STARTED = N_("This meeting has started already.")
OTHER_RUNS = N_("Another meeting is running. End it first.")
NOT_RUNNING = N_("This meeting is not running.")
NEEDS_NOTE = N_(
    "The meeting took {over} minutes longer than planned. Write why, and what the other suppliers are offered."
)
BAD_TIME = N_("Write the time as in 2026-03-14 09:00.")
NO_ITEM = N_("That item is not on the agenda of this meeting.")
CONFIRMED = N_("The supplier has confirmed this note. A correction goes in its own field.")


@action(N_("Plan meetings"))
def add_slots(tx: Transaction, *, slots: Sequence[Mapping[str, Any]]) -> list[int]:
    """Puts meetings in the timetable: `supplier`, `starts_at` (local ISO time) and, for a late one, `late_reason`.

    All have the length of the agenda; another `minutes` is refused. Returns their ids.
    """
    row = draft(tx)
    minutes = _agenda_minutes(tx, row["round"])
    begun = any(s["started_at"] for s in tx.rows("slot", round=row["round"]))
    made = []
    for slot in slots:
        supplier = supplier_row(tx, int(slot["supplier"]))["id"]
        if int(slot.get("minutes", minutes)) != minutes:
            raise Refused(UNEQUAL, minutes=minutes)
        if any(not s["cancelled"] for s in tx.rows("slot", round=row["round"], supplier_id=supplier)):
            raise Refused(TWICE)
        reason = limited("late_reason", str(slot.get("late_reason", "")), 400)
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
    """Takes a meeting that has not started out of the timetable; it stays in the record as cancelled."""
    if _slot(tx, slot)["started_at"]:
        raise Refused(STARTED)
    tx.update("slot", slot, {"cancelled": 1, "deviation": limited("reason", reason, 400)})


@action(N_("Start a meeting"))
def start_slot(tx: Transaction, *, slot: int) -> None:
    """Starts a meeting's clock; the first one locks agenda, order, minutes and material of the round."""
    row, now = _slot(tx, slot), draft(tx)
    _may_start(tx, now)
    if row["started_at"] or row["cancelled"]:
        raise Refused(STARTED)
    if any(s["started_at"] and not s["ended_at"] for s in tx.rows("slot")):
        raise Refused(OTHER_RUNS)
    if not now["agenda_locked_at"]:
        tx.update("dialogue", 1, {"agenda_locked_at": tx.now})
    tx.update("slot", slot, {"started_at": tx.now})
    tx.update("supplier", row["supplier_id"], {"status": "present"})


@action(N_("End a meeting"))
def end_slot(
    tx: Transaction,
    *,
    slot: int,
    deviation: str = "",
    offer: str = "",
    spent: Mapping[int, int] | None = None,
    actual_seconds: int | None = None,
) -> None:
    """Ends a meeting. Past a tenth or three minutes over, `deviation` and `offer` (to the others) are demanded.

    `spent` maps agenda items to seconds. `actual_seconds` is for a meeting entered afterwards; else the clock counts.
    """
    row = _slot(tx, slot)
    if not row["started_at"] or row["ended_at"]:
        raise Refused(NOT_RUNNING)
    took = actual_seconds if actual_seconds is not None else _seconds(row["started_at"], tx.now)
    words = {"deviation": limited("deviation", deviation, 400), "offer": limited("offer", offer, 400)}
    if rules.overrun(row["minutes"], took) and not all(w.strip() for w in words.values()):
        raise Refused(NEEDS_NOTE, over=-(-(took - row["minutes"] * 60) // 60))
    tx.update("slot", slot, {"ended_at": tx.now, "actual_seconds": took, **words})
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
) -> int:
    """Writes what was said at one item, in its own field each; a confirmed note only takes a correction. Returns its id."""
    row = _slot(tx, slot)
    _item(tx, row, item)
    given = {"open_text": open, "secret_text": secret, "internal_text": internal, "correction": correction}
    changes = {name: limited(name, words, NOTE_LIMIT) for name, words in given.items() if words is not None}
    before = next(iter(tx.rows("slot_note", slot_id=slot, item_id=item)), None)
    if before is None:
        return tx.insert("slot_note", {"slot_id": slot, "item_id": item, **changes})
    if before["confirmed_at"] and set(changes) & {"open_text", "secret_text"}:
        raise Refused(CONFIRMED)
    tx.update("slot_note", before["id"], changes)
    return int(before["id"])


@action(N_("Note that the supplier confirms"))
def confirm_notes(tx: Transaction, *, slot: int) -> int:
    """The supplier says that the open and secret notes of a meeting are right; returns how many."""
    _slot(tx, slot)
    count = 0
    for row in tx.rows("slot_note", slot_id=slot):
        if not row["confirmed_at"]:
            tx.update("slot_note", row["id"], {"confirmed_at": tx.now})
            count += 1
    return count


def _may_start(tx: Transaction, now: Mapping[str, Any]) -> None:
    if not now["purpose"].strip():
        raise Refused(NO_PURPOSE)
    if now["needs_version"] is None:
        raise Refused(NO_NEEDS)
    if not now["invited_on"]:
        raise Refused(NO_INVITATION)
    _agenda_minutes(tx, now["round"])


def _agenda_minutes(tx: Transaction, round_: int) -> int:
    items = tx.rows("agenda_item", round=round_)
    if not items:
        raise Refused(NO_AGENDA)
    return sum(int(i["minutes"]) for i in items)


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
