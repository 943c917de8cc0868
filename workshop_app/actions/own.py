"""What a phone may do with what it has sent: take a card back, put another in its place, say that it is done.

Phones only add rows: the card's own row keeps its words and the place it had, and a withdrawal says the rest.
"""

import json
from collections.abc import Mapping
from typing import Any

from workshop_app.actions import standing
from workshop_app.actions.action import action
from workshop_app.formats import Step
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

INBOX = standing.INBOX
NOT_YOURS = N_("There is no such card among yours. Update the page and look again.")
BEHIND_NEED = N_("The card is already behind a need. Tell the leader.")
KEPT = N_("This has already been kept for the summary. Tell the leader.")
GONE = N_("This card has already been taken back.")
SENT_AGAIN = N_("This card has been taken back. Send it as a new card if it is to count again.")
JOIN_FIRST = N_("Choose your role first, then you can say that you are done.")


def card(tx: Transaction, participant: str | None, receipt: str) -> dict[str, Any]:
    """A participant's own card by its receipt; Refused when it is another's, gone, behind a need, or kept.

    One of several answers to the same questions may be taken back too: it has no card, its `id` is None.
    """
    answer = _answer(tx, participant, receipt)
    row = tx.row("card", answer["id"], "answer_id") or _without_card(tx, answer)
    if tx.row("withdrawal", answer["id"], "answer_id"):
        raise Refused(GONE)
    if row["id"] is not None and tx.rows("need_card", card_id=row["id"]):
        raise Refused(BEHIND_NEED)
    if tx.rows("outcome", answer_id=answer["id"]):
        raise Refused(KEPT)
    return row


def draft(tx: Transaction, participant: str | None, receipt: str) -> dict[str, Any]:
    """A participant's own draft of a need by its receipt, as a row to put aside; Refused when it is another's or gone."""
    answer = _answer(tx, participant, receipt)
    if tx.row("withdrawal", answer["id"], "answer_id"):
        raise Refused(GONE)
    return {"answer_id": answer["id"], "state": ""}


def several(step: Step, fields: Mapping[str, Any]) -> bool:
    """Whether an answer is one of several that a phone may send, and says nothing about items."""
    return step.many and not step.makes and not any("@" in name for name in fields)


def _without_card(tx: Transaction, answer: dict[str, Any]) -> dict[str, Any]:
    if not several(standing.of(tx).find(answer["step"]), json.loads(answer["fields"])):
        raise Refused(NOT_YOURS)
    return {"id": None, "answer_id": answer["id"], "state": ""}


def withdrawn(tx: Transaction, participant: str | None, receipt: str) -> int | None:
    """The answer of an own card that has been taken back already, else None."""
    answer = _answer(tx, participant, receipt)
    return int(answer["id"]) if tx.row("withdrawal", answer["id"], "answer_id") else None


def place(tx: Transaction, row: dict[str, Any] | None) -> dict[str, Any]:
    """Where a new card lies: in the heap of the one it replaces, if that lay in one; with an inbox it waits there."""
    if standing.of(tx).inbox:
        return {"inbox": 1}
    if row is None or row["state"] != "heap":
        return {}
    return {name: row[name] for name in ("state", "heap_id", "placed_by")}


def put_aside(tx: Transaction, row: dict[str, Any], by_answer: int | None) -> None:
    """Withdraws a card, for another answer or for nothing."""
    tx.insert("withdrawal", {"answer_id": row["answer_id"], "by_answer_id": by_answer, "at": tx.now})


def _answer(tx: Transaction, participant: str | None, receipt: str) -> dict[str, Any]:
    row = tx.row("answer", receipt.strip().upper(), "receipt")
    if row is None or not participant or standing.person(tx, row["participant"]) != participant:
        raise Refused(NOT_YOURS)
    return row


@action(N_("Come back"), undoable=False)
def come_back(tx: Transaction, *, phone: str, participant: str) -> None:
    """A phone that is not known by its own id is from now on this participant, whose code it has shown."""
    tx.insert("come_back", {"phone": phone, "participant": participant, "at": tx.now})


@action(N_('Say "I am done"'), undoable=False)
def sign(tx: Transaction, *, participant: str, step: str, done: bool) -> None:
    """A phone says that it is done in a step, or that it is not; the last word in a round counts."""
    if not participant or tx.row("participant", participant) is None:
        raise Refused(JOIN_FIRST)
    state = tx.row("step", step)
    if state is not None:
        row = {"step": step, "round": state["round"], "participant": participant, "value": int(done)}
        tx.insert("done_sign", {**row, "at": tx.now})
