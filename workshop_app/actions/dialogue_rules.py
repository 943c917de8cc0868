"""What every action of a dialogue stands on: its rows, the limits of its texts, and what it needs before it may start."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from workshop_app.actions.fields import clean
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.supplier_names import named_in, spoken_names
from workshop_app.model.trouble import Refused
from workshop_app.store import dialogue as reading
from workshop_app.store.writer import Transaction

LIMITS = {
    "purpose": 400, "terms": 2000, "invitation": 4000, "channels": 400, "name": 120, "role": 80,
    "organisation": 120, "interests": 400, "title": 120, "version": 40, "prompt": 400, "reason": 400,
    "deviation": 400, "offer": 400, "late_reason": 400, "question": 600, "answer": 2000, "note": 4000,
    "background": 4000, "used_for": 2000, "answer_to": 200, "budget": 120,
}  # fmt: skip

TOO_LONG = N_("This text is {over} characters too long. Shorten it.")
NO_SUPPLIER = N_("That supplier is not in the register.")
BAD_DATE = N_("Write the date as year-month-day, such as 2026-03-14.")
IS_FINAL = N_("The summary is final. Open it again first.")
NO_PURPOSE = N_("Write the purpose of the dialogue first.")
NO_NEEDS = N_("Choose which version of the needs is shown before the dialogue starts.")
NO_INVITATION = N_("Write on which day the invitation was published before the dialogue starts.")
NO_AGENDA = N_("Set the fixed agenda first. It is locked when the first meeting starts.")
NAMES_SUPPLIER = N_("The text names the supplier “{name}”. Take the name out before it is published to all.")


def cover(tx: Transaction) -> dict[str, Any]:
    """The row of the dialogue, made when it is first needed."""
    row = tx.row("dialogue", 1)
    if row is None:
        tx.insert("dialogue", {"id": 1})
        row = tx.row("dialogue", 1) or {}
    return row


def draft(tx: Transaction) -> dict[str, Any]:
    """The row of a dialogue that is not final; Refused else. A question asked afterwards makes it a draft again."""
    row = cover(tx)
    if row["final_at"] and not waiting(tx):
        raise Refused(IS_FINAL)
    return row


def waiting(tx: Transaction) -> list[dict[str, Any]]:
    """Entries of the question list that not everyone has had yet."""
    return tx.rows("qa", published_at=None, same_as=None)


def register_of(tx: Transaction) -> rules.Dialogue:
    """The whole register as it is inside this transaction."""
    return reading.register(lambda table, order: tx.rows(table, order=order))


def begun(tx: Transaction) -> bool:
    """Whether a meeting has started, in any round."""
    return any(s["started_at"] for s in tx.rows("slot"))


def may_start(tx: Transaction, items_of: Sequence[Any] | None = None) -> None:
    """Refused while a dialogue lacks purpose, needs version, the day of its invitation or a fixed agenda.

    `items_of`: the fixed agenda where it is not that of the meetings, such as the steps of a format.
    """
    row = tx.row("dialogue", 1) or {}
    if not str(row.get("purpose", "")).strip():
        raise Refused(NO_PURPOSE)
    if row.get("needs_version") is None:
        raise Refused(NO_NEEDS)
    if not row.get("invited_on"):
        raise Refused(NO_INVITATION)
    if not (items_of if items_of is not None else tx.rows("agenda_item", round=row["round"])):
        raise Refused(NO_AGENDA)


def agenda_minutes(tx: Transaction, round_: int) -> int:
    """The minutes of a round's fixed agenda, which every meeting of the round has; Refused without an agenda."""
    items = tx.rows("agenda_item", round=round_)
    if not items:
        raise Refused(NO_AGENDA)
    return sum(int(i["minutes"]) for i in items)


def supplier_row(tx: Transaction, supplier: int) -> dict[str, Any]:
    """The row of one supplier; Refused when there is none."""
    row = tx.row("supplier", supplier)
    if row is None:
        raise Refused(NO_SUPPLIER)
    return row


def taking_part(tx: Transaction) -> list[int]:
    """Ids of the suppliers that must have had the same."""
    return [r["id"] for r in tx.rows("supplier") if r["status"] in rules.TAKING_PART]


def limited(name: str, words: str) -> str:
    """The words as stored; Refused past the limit of their field."""
    text = clean(words)
    over = len(text) - LIMITS[name]
    if over > 0:
        raise Refused(TOO_LONG, over=over)
    return text


def iso_day(text: str) -> str:
    """An ISO date, or "" for none; Refused when it is neither."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise Refused(BAD_DATE) from None


def names_nobody(tx: Transaction, texts: Iterable[str]) -> None:
    """Refused when a text that all will read names a supplier of the register."""
    names = spoken_names(r["name"] for r in tx.rows("supplier"))
    for text in texts:
        if found := named_in(text, names):
            raise Refused(NAMES_SUPPLIER, name=found)


def changed(row: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `changes` that differ from the row: writing what stands there already is no change."""
    return {name: value for name, value in changes.items() if row[name] != value}
