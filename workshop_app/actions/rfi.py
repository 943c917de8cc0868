"""The request for information: its texts, days, questions, and the needs it asks about."""

from collections.abc import Collection, Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import IS_FINAL, iso_day, limited, names_nobody, waiting
from workshop_app.i18n import N_
from workshop_app.model.request import DAYS, STANDARD, TEXTS
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_STANDARD = N_("“{key}” is none of the standard questions. Choose among: {known}.")
NO_NEED = N_("That need is not in this session.")
BEFORE = N_("The days do not come in order: issued, last day for questions, answers due, told to all.")


@action(N_("Change the request for information"))
def set_rfi(
    tx: Transaction,
    *,
    questions: Sequence[str] | None = None,
    left_out: Collection[str] | None = None,
    needs: Collection[int] | None = None,
    **changes: str,
) -> None:
    """Changes what is given and leaves the rest: `sent_to`, DAYS as ISO dates and TEXTS of model/request.py.

    `questions` are the leader's own in order, `left_out` the standard ones that are not asked, `needs` ids.
    """
    row = _row(tx)
    new: dict[str, Any] = {k: iso_day(v) for k, v in changes.items() if k in DAYS}
    new |= {k: limited(k, v).strip() for k, v in changes.items() if k in TEXTS}
    if "sent_to" in changes:
        new["sent_to"] = limited("title", changes["sent_to"])
    days = [day for day in ({**row, **new}[k] for k in DAYS) if day]
    if days != sorted(days):
        raise Refused(BEFORE)
    if left_out is not None:
        if unknown := sorted(set(left_out) - set(STANDARD)):
            raise Refused(NO_STANDARD, key=unknown[0], known=", ".join(STANDARD))
        new["left_out"] = " ".join(key for key in STANDARD if key in left_out)
    asked = [limited("question", q) for q in questions or () if q.strip()]
    names_nobody(tx, [*(new.get(k, "") for k in TEXTS), *asked])
    if new:
        tx.update("rfi", 1, new)
    if questions is not None:
        tx.delete("rfi_question")
        for text in asked:
            tx.insert("rfi_question", {"text": text})
    if needs is not None:
        _choose(tx, needs)


def _row(tx: Transaction) -> dict[str, Any]:
    """The row of the request, made when it is first needed; Refused once the dialogue's summary is final."""
    final = (tx.row("dialogue", 1) or {}).get("final_at")
    if final and not waiting(tx):
        raise Refused(IS_FINAL)
    if tx.row("rfi", 1) is None:
        tx.insert("rfi", {"id": 1})
    return tx.row("rfi", 1) or {}


def _choose(tx: Transaction, needs: Collection[int]) -> None:
    tx.delete("rfi_need")
    for need in sorted(set(needs)):
        if tx.row("need", need) is None:
            raise Refused(NO_NEED)
        tx.insert("rfi_need", {"need_id": need})
