"""The dialogue keeper: the register of a dialogue with suppliers, with every hard rule of equal treatment (METHOD 5).

What suppliers say and ask goes through `actions/meeting.py` and `actions/question_list.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.ask import TOO_LONG, clean
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

LIMITS = {
    "purpose": 400, "terms": 2000, "invitation": 4000, "channels": 400, "name": 120, "role": 80,
    "organisation": 120, "interests": 400, "title": 120, "version": 40, "prompt": 400,
}  # fmt: skip

NO_SUPPLIER = N_("That supplier is not in the register.")
NO_TYPE = N_("Choose the type of supplier: small, medium, large, non-profit or research.")
NO_STATUS = N_("A supplier is invited, registered, present or declined.")
NO_NAME = N_("Write the supplier's name first. It stays in the internal register.")
KNOWN = N_("“{name}” is in the register already.")
HAS_MET = N_(
    "This supplier has had a meeting or material, so it stays in the register. Mark it as declined instead."
)
BAD_DATE = N_("Write the date as year-month-day, such as 2026-03-14.")
LOCKED = N_(
    "The agenda is locked since the first meeting. Change it as a new round; earlier meetings are then to be "
    "offered again."
)
NO_ITEMS = N_("An agenda needs at least one item with a title and its minutes.")
NOT_LOCKED = N_("The agenda is not locked yet. Change it directly.")
IS_FINAL = N_("The summary is final. Open it again first.")
NOT_ALL_PUBLISHED = N_(
    "{n} entries in the question list are not published to all. Publish them first, then the summary can be final."
)
NOT_ALL_HAVE = N_(
    "Some suppliers have not had everything that others had. Look at the list of differences: {n} to mend first."
)
RUNNING = N_("A meeting is running. End it first.")


@action(N_("Change the terms of the dialogue"))
def set_terms(
    tx: Transaction,
    *,
    purpose: str | None = None,
    terms: str | None = None,
    needs_version: int | None = None,
) -> None:
    """Why the dialogue is held, the text read alike to all, and which version of the needs is shown."""
    changes: dict[str, Any] = {}
    for name, words in (("purpose", purpose), ("terms", terms)):
        if words is not None:
            changes[name] = limited(name, words)
    if needs_version is not None:
        changes["needs_version"] = needs_version
    _cover_changes(tx, changes)


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
    _cover_changes(tx, changes)


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
    cover(tx)
    row = {"name": words, "new_to_us": int(new_to_us), "earlier_contract": int(earlier_contract)}
    return tx.insert("supplier", row | _checked(type=type, status=status))


@action(N_("Change a supplier"))
def change_supplier(tx: Transaction, *, supplier: int, **changes: Any) -> None:
    """Changes `type`, `status`, `new_to_us` or `earlier_contract` of a supplier."""
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
    """Notes a file that is shown or handed out, by its checksum; returns its id."""
    cover(tx)
    row = {"title": limited("title", title), "version": limited("version", version), "added_at": tx.now}
    return tx.insert("material", row | {"sha256": sha256, "size": size})


@action(N_("Note what was handed out"))
def give(tx: Transaction, *, what: str, id: int, suppliers: Sequence[int]) -> int:
    """Notes that suppliers have had a material, a published answer or made-up minutes; returns how many were new."""
    new = 0
    for supplier in suppliers:
        supplier_row(tx, supplier)
        if not tx.rows("given", what=what, what_id=id, supplier_id=supplier):
            tx.insert("given", {"what": what, "what_id": id, "supplier_id": supplier, "at": tx.now})
            new += 1
    return new


@action(N_("Set the agenda"))
def set_agenda(tx: Transaction, *, items: Sequence[Mapping[str, Any]]) -> None:
    """The fixed agenda of this round: `title`, `minutes` and `prompt` of each item. Refused once it is locked."""
    if cover(tx)["agenda_locked_at"]:
        raise Refused(LOCKED)
    number = cover(tx)["round"]
    tx.delete("agenda_item", round=number)
    _write_agenda(tx, number, items)


@action(N_("Open a new round of meetings"))
def new_round(tx: Transaction, *, items: Sequence[Mapping[str, Any]]) -> int:
    """A changed agenda makes a new round: meetings held before are to be offered again. Returns the round."""
    row = cover(tx)
    if not row["agenda_locked_at"]:
        raise Refused(NOT_LOCKED)
    if any(s["started_at"] and not s["ended_at"] for s in tx.rows("slot")):
        raise Refused(RUNNING)
    number = int(row["round"]) + 1
    _write_agenda(tx, number, items)
    tx.update("dialogue", 1, {"round": number, "agenda_locked_at": None})
    return number


@action(N_("Make the summary final"))
def set_final(tx: Transaction, *, register: rules.Dialogue) -> None:
    """Marks the dialogue's summary as final. Refused while a question is unpublished or somebody lacks what others had.

    `register`: the register as it was read; the rows are counted again here.
    """
    waiting = tx.rows("qa", published_at=None, same_as=None)
    if waiting:
        raise Refused(NOT_ALL_PUBLISHED, n=len(waiting))
    lacking = [a for a in rules.asymmetries(register) if a.kind in ("material", "answer", "unpublished")]
    if lacking:
        raise Refused(NOT_ALL_HAVE, n=len(lacking))
    cover(tx)
    tx.update("dialogue", 1, {"final_at": tx.now})


@action(N_("Open the summary again"))
def reopen(tx: Transaction) -> None:
    """A final summary becomes a draft again."""
    tx.update("dialogue", 1, {"final_at": None})


@action(N_("Note a judgement"))
def judge(tx: Transaction, *, supplier: int, text: str, score: int | None = None, by_role: str = "") -> int:
    """The buyer's own judgement of a supplier: kept in the closed part, which phones cannot reach. Returns its id."""
    supplier_row(tx, supplier)
    row = {
        "supplier_id": supplier,
        "text": clean(text),
        "score": score,
        "by_role": clean(by_role),
        "at": tx.now,
    }
    return tx.insert("supplier_judgement", row)


# Shared with meeting.py and question_list.py -----------------------------------


def cover(tx: Transaction) -> dict[str, Any]:
    """The row of the dialogue, made when it is first needed."""
    row = tx.row("dialogue", 1)
    if row is None:
        tx.insert("dialogue", {"id": 1})
        row = tx.row("dialogue", 1) or {}
    return row


def draft(tx: Transaction) -> dict[str, Any]:
    """The row of a dialogue that is not final; Refused else."""
    row = cover(tx)
    if row["final_at"]:
        raise Refused(IS_FINAL)
    return row


def supplier_row(tx: Transaction, supplier: int) -> dict[str, Any]:
    """The row of one supplier; Refused when there is none."""
    row = tx.row("supplier", supplier)
    if row is None:
        raise Refused(NO_SUPPLIER)
    return row


def limited(name: str, words: str, limit: int = 0) -> str:
    """The words as stored; Refused past the limit of their field."""
    text = clean(words)
    over = len(text) - (limit or LIMITS[name])
    if over > 0:
        raise Refused(TOO_LONG, over=over)
    return text


def iso_day(text: str) -> str:
    """An ISO date, or "" for none; Refused when it is neither."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise Refused(BAD_DATE) from None


def taking_part(tx: Transaction) -> list[int]:
    """Ids of the suppliers that must have had the same."""
    return [r["id"] for r in tx.rows("supplier") if r["status"] in rules.TAKING_PART]


def _cover_changes(tx: Transaction, changes: Mapping[str, Any]) -> None:
    draft(tx)
    if changes:
        tx.update("dialogue", 1, changes)


def _checked(**words: str) -> dict[str, str]:
    if "type" in words and words["type"] not in rules.SUPPLIER_TYPES:
        raise Refused(NO_TYPE)
    if "status" in words and words["status"] not in rules.SUPPLIER_STATUSES:
        raise Refused(NO_STATUS)
    return words


def _write_agenda(tx: Transaction, number: int, items: Sequence[Mapping[str, Any]]) -> None:
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
