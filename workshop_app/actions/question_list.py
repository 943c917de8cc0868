"""The question list of a dialogue: open, answered, published with the same text to all. Who asked is never shown."""

from collections.abc import Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue import draft, iso_day, limited, taking_part
from workshop_app.i18n import N_
from workshop_app.model.dialogue import RAISED_IN
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

QUESTION_LIMIT, ANSWER_LIMIT = 600, 2000

EMPTY = N_("Write the question first.")
NO_ENTRY = N_("That entry is not in the question list.")
NO_PLACE = N_("Say where the question was raised, such as in a dialogue meeting or a one-to-one meeting.")
NO_ANSWER = N_("Write an answer first. Only what is answered can be published to all.")
NO_ROLE = N_("Say which role answers.")
PUBLISHED = N_("This is published and stays as it is. Add a correction, which is published to all as well.")
NOT_PUBLISHED = N_("Only a published entry is corrected. Change this one directly.")
ITSELF = N_("An entry cannot be the same as itself.")
SECRET = N_("Part of this is a business secret. Take that part out of the text before it is published.")


@action(N_("Add a question"))
def ask(
    tx: Transaction,
    *,
    question: str,
    raised_in: str,
    need: int | None = None,
    slot: int | None = None,
    answer_id: int | None = None,
    new_information: bool = False,
    secret_part: bool = False,
) -> int:
    """Puts a question, or a fact given in a meeting (`new_information`), in the list; returns its id."""
    draft(tx)
    words = limited("question", question, QUESTION_LIMIT)
    if not words.strip():
        raise Refused(EMPTY)
    if raised_in not in RAISED_IN:
        raise Refused(NO_PLACE)
    row: dict[str, Any] = {"question": words, "raised_in": raised_in, "raised_at": tx.now, "need_id": need}
    flags = {"new_information": int(new_information), "secret_part": int(secret_part)}
    return tx.insert("qa", {**row, **flags, "slot_id": slot, "answer_id": answer_id})


@action(N_("Answer a question"))
def reply(tx: Transaction, *, entry: int, answer: str, by_role: str, promised_on: str | None = None) -> None:
    """Answers an entry that is not published yet, by a role of the buyer; or promises a day with `promised_on`."""
    _unpublished(tx, entry)
    changes: dict[str, Any] = {"answer": limited("answer", answer, ANSWER_LIMIT)}
    if changes["answer"].strip():
        role = limited("role", by_role).strip()
        if not role:
            raise Refused(NO_ROLE)
        changes |= {"answered_by": role, "answered_at": tx.now}
    if promised_on is not None:
        changes["promised_on"] = iso_day(promised_on)
    tx.update("qa", entry, changes)


@action(N_("Change a question"))
def reword(
    tx: Transaction, *, entry: int, question: str | None = None, secret_part: bool | None = None
) -> None:
    """Rewords an entry that is not published, for example to take out what shows who asked or what is secret."""
    _unpublished(tx, entry)
    changes: dict[str, Any] = {}
    if question is not None:
        changes["question"] = limited("question", question, QUESTION_LIMIT)
        if not changes["question"].strip():
            raise Refused(EMPTY)
    if secret_part is not None:
        changes["secret_part"] = int(secret_part)
    if changes:
        tx.update("qa", entry, changes)


@action(N_("Join two questions"))
def same(tx: Transaction, *, entry: int, as_: int | None) -> None:
    """Says that an entry asks the same as another and goes with it; None takes that back."""
    _unpublished(tx, entry)
    if as_ is not None:
        if as_ == entry:
            raise Refused(ITSELF)
        other = _entry(tx, as_)
        as_ = other["same_as"] or as_
        if as_ == entry:
            raise Refused(ITSELF)
    tx.update("qa", entry, {"same_as": as_})


@action(N_("Publish to all"), undoable=False)
def publish(tx: Transaction, *, entries: Sequence[int]) -> int:
    """Publishes answered entries with the same text at the same time to all who take part; returns how many.

    Cannot be undone: what has been read cannot be unread. A later change is a correction.
    """
    draft(tx)
    rows = [_entry(tx, entry) for entry in dict.fromkeys(entries)]
    for row in rows:
        if row["secret_part"]:
            raise Refused(SECRET)
        if not row["answer"].strip():
            raise Refused(NO_ANSWER)
    count = 0
    everyone = taking_part(tx)
    for row in rows:
        if row["published_at"] is None and row["same_as"] is None:
            tx.update("qa", row["id"], {"published_at": tx.now})
            for supplier in everyone:
                tx.insert(
                    "given", {"what": "answer", "what_id": row["id"], "supplier_id": supplier, "at": tx.now}
                )
            count += 1
    return count


@action(N_("Correct a published answer"))
def correct(tx: Transaction, *, entry: int, answer: str, by_role: str) -> int:
    """A new entry that puts a published one right, answered and ready to publish; returns its id."""
    old = _entry(tx, entry)
    if old["published_at"] is None:
        raise Refused(NOT_PUBLISHED)
    new = ask(tx, question=old["question"], raised_in=old["raised_in"], need=old["need_id"])
    tx.update("qa", new, {"corrects": entry})
    reply(tx, entry=new, answer=answer, by_role=by_role)
    return int(new)


def _entry(tx: Transaction, entry: int) -> dict[str, Any]:
    row = tx.row("qa", entry)
    if row is None:
        raise Refused(NO_ENTRY)
    return row


def _unpublished(tx: Transaction, entry: int) -> dict[str, Any]:
    draft(tx)
    row = _entry(tx, entry)
    if row["published_at"] is not None:
        raise Refused(PUBLISHED)
    return row
