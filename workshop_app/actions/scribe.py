"""Drafts of needs that a table's scribe has sent: taken over as a need, or one part of them into a need that is open.

A draft is an answer like any other and is never changed; `need_draft` says which needs it went into.
"""

from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.need import need_row, new_need, set_fields
from workshop_app.i18n import N_
from workshop_app.model.draft import NEED_FIELDS, read
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_DRAFT = N_("There is no such draft.")
REPLACED = N_("The table has sent a new wording in its place. Take that one over.")
NOT_WRITTEN = N_("The table has written nothing there.")


@action(N_("Take a draft over"))
def take_over(tx: Transaction, *, answer: int) -> int:
    """A need with the words of a draft and with the cards of its heap as evidence; returns its id."""
    heap, texts = read(_draft(tx, answer))
    made: int = new_need(tx, heap=heap if heap is not None and tx.row("heap", heap) else None)
    set_fields(tx, need=made, **texts)
    _link(tx, made, answer, "")
    return made


@action(N_("Take a part of a draft"))
def take_field(tx: Transaction, *, need: int, answer: int, field: str) -> None:
    """One part of a draft takes the place of what stood there in a need; the need's versions keep what stood."""
    need_row(tx, need)
    texts = read(_draft(tx, answer))[1]
    if field not in NEED_FIELDS.values() or not texts.get(field):
        raise Refused(NOT_WRITTEN)
    set_fields(tx, need=need, **{field: texts[field]})
    _link(tx, need, answer, field)


def _draft(tx: Transaction, answer: int) -> str:
    row: dict[str, Any] | None = tx.row("answer", answer)
    if row is None or '"function"' not in row["fields"]:
        raise Refused(NO_DRAFT)
    if tx.row("withdrawal", answer, "answer_id"):
        raise Refused(REPLACED)
    return str(row["fields"])


def _link(tx: Transaction, need: int, answer: int, field: str) -> None:
    tx.delete("need_draft", need_id=need, answer_id=answer, field=field)
    tx.insert("need_draft", {"need_id": need, "answer_id": answer, "field": field})
