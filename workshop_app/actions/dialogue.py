"""The dialogue keeper: the register of a dialogue with suppliers, with every hard rule of equal treatment (METHOD 5).

What suppliers say and ask goes through `actions/meeting.py` and `actions/question_list.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import (
    begun,
    changed,
    cover,
    draft,
    iso_day,
    limited,
    register_of,
    supplier_row,
    taking_part,
    waiting,
)
from workshop_app.actions.fields import clean
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

MUST_MEND = ("material", "answer", "unpublished")  # what stands in the way of a final summary

NO_TYPE = N_("Choose the type of supplier: small, medium, large, non-profit or research.")
NO_STATUS = N_("A supplier is invited, registered, present or declined.")
NO_NAME = N_("Write the supplier's name first. It stays in the internal register.")
KNOWN = N_("“{name}” is in the register already.")
HAS_MET = N_(
    "This supplier has had a meeting or material, so it stays in the register. Mark it as declined instead."
)
LOCKED = N_(
    "The agenda is locked since the first meeting. Change it as a new round; earlier meetings are then to be "
    "offered again."
)
TERMS_LOCKED = N_(
    "Purpose, terms and needs version are locked since the first meeting: all are to hear the same. Change them "
    "in a new round."
)
MATERIAL_LOCKED = N_(
    "The material is locked since the first meeting. Add it in a new round, or write a new fact in the question "
    "list so that all get it at the same time."
)
INVITED = N_("Meetings have begun, so the invitation stays as it was published.")
NO_ITEMS = N_("An agenda needs at least one item with a title and its minutes.")
NOT_LOCKED = N_("The agenda is not locked yet. Change it directly.")
NOT_ALL_PUBLISHED = N_(
    "{n} entries in the question list are not published to all. Publish them first, then the summary can be final."
)
NOT_ALL_HAVE = N_(
    "Some suppliers have not had everything that others had. Look at the list of differences: {n} to mend first."
)
NOTHING_YET = N_("There is nothing of a dialogue in this session yet.")
RUNNING = N_("A meeting is running. End it first.")
NOT_GIVEN = N_(
    "That is not something which can be handed out: a material, a published answer, minutes or a round."
)
NOT_OUT = N_("This answer is not published yet. Publish it to all at the same time.")
NO_SCORE = N_("A judgement is a number from 1 to 5, or none.")


@action(N_("Change the terms of the dialogue"))
def set_terms(
    tx: Transaction,
    *,
    purpose: str | None = None,
    terms: str | None = None,
    needs_version: int | None = None,
) -> None:
    """Why the dialogue is held, the text read alike to all, and which version of the needs is shown.

    Locked with the agenda when the first meeting of a round starts.
    """
    changes: dict[str, Any] = {}
    for name, words in (("purpose", purpose), ("terms", terms)):
        if words is not None:
            changes[name] = limited(name, words)
    if needs_version is not None:
        changes["needs_version"] = needs_version
    row = draft(tx)
    if changed(row, changes):
        if row["agenda_locked_at"]:
            raise Refused(TERMS_LOCKED)
        tx.update("dialogue", 1, changes)


@action(N_("Change the invitation"))
def invite(
    tx: Transaction,
    *,
    invitation: str | None = None,
    channels: str | None = None,
    invited_on: str | None = None,
    open_to_all: bool | None = None,
) -> None:
    """How and when suppliers were invited; `invited_on` is the day it was published, as an ISO date."""
    changes: dict[str, Any] = {}
    for name, words in (("invitation", invitation), ("channels", channels)):
        if words is not None:
            changes[name] = limited(name, words)
    if invited_on is not None:
        changes["invited_on"] = iso_day(invited_on)
    if open_to_all is not None:
        changes["open_to_all"] = int(open_to_all)
    if changed(draft(tx), changes):
        if begun(tx):
            raise Refused(INVITED)
        tx.update("dialogue", 1, changes)


@action(N_("Add someone from the buyer"))
def add_buyer(tx: Transaction, *, role: str, organisation: str = "", interests: str = "") -> int:
    """A role from the buyer that takes part, and the interests that were declared; returns its id."""
    row = {"role": limited("role", role), "organisation": limited("organisation", organisation)}
    return tx.insert("buyer_role", row | {"interests": limited("interests", interests)})


@action(N_("Remove someone from the buyer"))
def remove_buyer(tx: Transaction, *, buyer: int) -> None:
    """Takes a role from the buyer off the list."""
    tx.delete("buyer_role", id=buyer)


@action(N_("Register a supplier"))
def register(
    tx: Transaction,
    *,
    name: str,
    type: str,
    status: str = "registered",
    new_to_us: bool = False,
    earlier_contract: bool = False,
) -> int:
    """Adds a supplier to the internal register; returns its id."""
    words = limited("name", name).strip()
    if not words:
        raise Refused(NO_NAME)
    if any(r["name"].casefold() == words.casefold() for r in tx.rows("supplier")):
        raise Refused(KNOWN, name=words)
    draft(tx)
    row = {"name": words, "new_to_us": int(new_to_us), "earlier_contract": int(earlier_contract)}
    return tx.insert("supplier", row | _checked(type=type, status=status))


@action(N_("Change a supplier"))
def change_supplier(tx: Transaction, *, supplier: int, **changes: Any) -> None:
    """Changes `type`, `status`, `new_to_us` or `earlier_contract` of a supplier."""
    draft(tx)
    supplier_row(tx, supplier)
    known = {k: v for k, v in changes.items() if k in ("type", "status", "new_to_us", "earlier_contract")}
    flags = {k: int(bool(v)) for k, v in known.items() if k not in ("type", "status")}
    words = {k: str(v) for k, v in known.items() if k in ("type", "status")}
    if known:
        tx.update("supplier", supplier, {**flags, **_checked(**words)})


@action(N_("Remove a supplier"))
def remove_supplier(tx: Transaction, *, supplier: int) -> None:
    """Takes a supplier off the register; refused once it has had a meeting or anything given."""
    supplier_row(tx, supplier)
    if tx.rows("slot", supplier_id=supplier) or tx.rows("given", supplier_id=supplier):
        raise Refused(HAS_MET)
    tx.delete("supplier", id=supplier)


@action(N_("Add material"))
def add_material(tx: Transaction, *, title: str, version: str, sha256: str, size: int) -> int:
    """Notes a file that is shown or handed out, by its checksum; returns its id. Locked with the agenda."""
    if draft(tx)["agenda_locked_at"]:
        raise Refused(MATERIAL_LOCKED)
    row = {"title": limited("title", title), "version": limited("version", version), "added_at": tx.now}
    return tx.insert("material", row | {"sha256": sha256, "size": size})


@action(N_("Note what was handed out"))
def give(tx: Transaction, *, what: str, id: int, suppliers: Sequence[int]) -> int:
    """Notes that suppliers have had a material, a published answer, made-up minutes, or the offer of a meeting in a
    round; returns how many were new."""
    table = {"material": "material", "answer": "qa", "minutes": "slot", "round": "dialogue"}.get(what)
    row = tx.row(table, 1 if what == "round" else id) if table else None
    if row is None or (what == "round" and row["round"] != id):
        raise Refused(NOT_GIVEN)
    if what == "answer" and row["published_at"] is None:
        raise Refused(NOT_OUT)
    new = 0
    for supplier in suppliers:
        supplier_row(tx, supplier)
        if not tx.rows("given", what=what, what_id=id, supplier_id=supplier):
            tx.insert("given", {"what": what, "what_id": id, "supplier_id": supplier, "at": tx.now})
            new += 1
    return new


@action(N_("Hand out to all"))
def give_all(tx: Transaction, *, what: str, id: int) -> int:
    """Notes that everyone who takes part has had a material, a published answer or made-up minutes; returns how many
    were new."""
    return int(give(tx, what=what, id=id, suppliers=taking_part(tx)))


@action(N_("Set the agenda"))
def set_agenda(tx: Transaction, *, items: Sequence[Mapping[str, Any]]) -> None:
    """The fixed agenda of this round: `title`, `minutes` and `prompt` of each item. Refused once it is locked.

    Meetings that are planned already get its length, so that all stay equal.
    """
    row = draft(tx)
    if row["agenda_locked_at"]:
        raise Refused(LOCKED)
    tx.delete("agenda_item", round=row["round"])
    minutes = _write_agenda(tx, row["round"], items)
    _move_planned(tx, row["round"], minutes)


@action(N_("Open a new round of meetings"))
def new_round(tx: Transaction, *, items: Sequence[Mapping[str, Any]]) -> int:
    """A changed agenda makes a new round: meetings held before are to be offered again, planned ones move along.

    Terms and material can be changed until its first meeting starts. Returns the round.
    """
    row = draft(tx)
    if not row["agenda_locked_at"]:
        raise Refused(NOT_LOCKED)
    if any(s["started_at"] and not s["ended_at"] for s in tx.rows("slot")):
        raise Refused(RUNNING)
    number = int(row["round"]) + 1
    minutes = _write_agenda(tx, number, items)
    _move_planned(tx, number, minutes)
    tx.update("dialogue", 1, {"round": number, "agenda_locked_at": None})
    return number


@action(N_("Make the summary final"), seals=True)
def set_final(tx: Transaction) -> None:
    """Marks the dialogue's summary as final. Refused while a question is unpublished or somebody lacks what others had."""
    if unpublished := waiting(tx):
        raise Refused(NOT_ALL_PUBLISHED, n=len(unpublished))
    register = register_of(tx)
    if not register.started:
        raise Refused(NOTHING_YET)
    if any(s.state == "running" for s in register.slots):
        raise Refused(RUNNING)
    lacking = [a for a in rules.asymmetries(register) if a.kind in MUST_MEND]
    if lacking:
        raise Refused(NOT_ALL_HAVE, n=len(lacking))
    cover(tx)
    tx.update("dialogue", 1, {"final_at": tx.now})


@action(N_("Open the summary again"))
def reopen(tx: Transaction) -> None:
    """A final summary becomes a draft again."""
    cover(tx)
    tx.update("dialogue", 1, {"final_at": None})


@action(N_("Note a judgement"))
def judge(tx: Transaction, *, supplier: int, text: str, score: int | None = None, by_role: str = "") -> int:
    """The buyer's own judgement of a supplier: kept in the closed part, which phones cannot reach. Returns its id."""
    supplier_row(tx, supplier)
    if score is not None and score not in range(1, 6):
        raise Refused(NO_SCORE)
    row = {
        "supplier_id": supplier,
        "text": clean(text),
        "score": score,
        "by_role": clean(by_role),
        "at": tx.now,
    }
    return tx.insert("supplier_judgement", row)


def _checked(**words: str) -> dict[str, str]:
    if "type" in words and words["type"] not in rules.SUPPLIER_TYPES:
        raise Refused(NO_TYPE)
    if "status" in words and words["status"] not in rules.SUPPLIER_STATUSES:
        raise Refused(NO_STATUS)
    return words


def _move_planned(tx: Transaction, number: int, minutes: int) -> None:
    """Meetings that have not started follow the agenda of the round that runs, with its length."""
    for slot in tx.rows("slot", started_at=None, cancelled=0):
        tx.update("slot", slot["id"], {"round": number, "minutes": minutes})


def _write_agenda(tx: Transaction, number: int, items: Sequence[Mapping[str, Any]]) -> int:
    """Writes the items; returns the minutes of all."""
    whole = [i for i in items if str(i.get("title", "")).strip() and int(i.get("minutes", 0)) > 0]
    if not whole or len(whole) < len(items):
        raise Refused(NO_ITEMS)
    for position, item in enumerate(whole, 1):
        tx.insert(
            "agenda_item",
            {
                "round": number,
                "position": position,
                "title": limited("title", str(item["title"])),
                "minutes": int(item["minutes"]),
                "prompt": limited("prompt", str(item.get("prompt", ""))),
            },
        )
    return sum(int(i["minutes"]) for i in whole)
