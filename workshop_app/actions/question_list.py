"""The question list of a dialogue: open, answered, published with the same text to all. Who asked is never shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.dialogue_rules import draft, iso_day, limited, names_nobody, taking_part
from workshop_app.i18n import N_
from workshop_app.model.dialogue import RAISED_IN
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

RAISED_WITH = {"conference": "supplier_conference", "dialogue": "dialogue_meeting", "one_to_one": "one_to_one",
               "sprint": "sprint"}  # fmt: skip

FIELD = "question"  # of a step: what phones ask in it goes in the list

EMPTY = N_("Write the question first.")
NO_ENTRY = N_("That entry is not in the question list.")
NO_PLACE = N_("Say where the question was raised, such as in a dialogue meeting or a one-to-one meeting.")
NO_ANSWER = N_("Write an answer first. Only what is answered can be published to all.")
NO_ROLE = N_("Say which role answers.")
PUBLISHED = N_("This is published and stays as it is. Add a correction, which is published to all as well.")
NOT_PUBLISHED = N_("Only a published entry is corrected. Change this one directly.")
ITSELF = N_("An entry cannot be the same as itself.")
NO_DAY = N_("Write the day on which all get an answer.")
NO_MEETING = N_("That meeting is not in the timetable.")
NO_NEED = N_("That need is not in this session.")
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
    words = limited("answer" if new_information else "question", question)
    if not words.strip():
        raise Refused(EMPTY)
    if raised_in not in RAISED_IN:
        raise Refused(NO_PLACE)
    if slot is not None and tx.row("slot", slot) is None:
        raise Refused(NO_MEETING)
    if need is not None and tx.row("need", need) is None:
        raise Refused(NO_NEED)
    row: dict[str, Any] = {"question": words, "raised_in": raised_in, "raised_at": tx.now, "need_id": need}
    flags = {"new_information": int(new_information), "secret_part": int(secret_part)}
    return tx.insert("qa", {**row, **flags, "slot_id": slot, "answer_id": answer_id})


@action(N_("Answer a question"))
def reply(tx: Transaction, *, entry: int, answer: str, by_role: str, promised_on: str | None = None) -> None:
    """Answers an entry that is not published yet, by a role of the buyer; or promises a day with `promised_on`."""
    _unpublished(tx, entry)
    changes: dict[str, Any] = {"answer": limited("answer", answer)}
    if changes["answer"].strip():
        role = limited("role", by_role).strip()
        if not role:
            raise Refused(NO_ROLE)
        changes |= {"answered_by": role, "answered_at": tx.now}
    else:
        changes |= {"answered_by": "", "answered_at": None}
    if promised_on is not None:
        changes["promised_on"] = iso_day(promised_on)
    tx.update("qa", entry, changes)


@action(N_("Promise an answer"))
def promise(tx: Transaction, *, entry: int, on: str) -> None:
    """Promises that all get the answer on a day, as an ISO date."""
    _unpublished(tx, entry)
    day = iso_day(on)
    if not day:
        raise Refused(NO_DAY)
    tx.update("qa", entry, {"promised_on": day})


@action(N_("Change a question"))
def reword(
    tx: Transaction, *, entry: int, question: str | None = None, secret_part: bool | None = None
) -> None:
    """Rewords an entry that is not published, for example to take out what shows who asked or what is secret."""
    row = _unpublished(tx, entry)
    changes: dict[str, Any] = {}
    if question is not None:
        changes["question"] = limited("answer" if row["new_information"] else "question", question)
        if not changes["question"].strip():
            raise Refused(EMPTY)
    if secret_part is not None:
        changes["secret_part"] = int(secret_part)
    if changes:
        tx.update("qa", entry, changes)


@action(N_("Link a question to a need"))
def about(tx: Transaction, *, entry: int, need: int | None) -> None:
    """Which need an entry that is not published is about; None for none in particular."""
    _unpublished(tx, entry)
    if need is not None and tx.row("need", need) is None:
        raise Refused(NO_NEED)
    tx.update("qa", entry, {"need_id": need})


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
        for follower in tx.rows("qa", same_as=entry):
            tx.update("qa", follower["id"], {"same_as": as_})
    tx.update("qa", entry, {"same_as": as_})


@action(N_("Publish to all"), seals=True)
def publish(tx: Transaction, *, entries: Sequence[int]) -> int:
    """Publishes answered entries with the same text at the same time to all who take part; returns how many.

    Cannot be undone, and neither can what was done before it: what has been read cannot be unread. A later change is a
    correction. An entry that asks the same as another goes with that one.
    """
    draft(tx)
    rows = [_entry(tx, entry) for entry in dict.fromkeys(entries)]
    for row in rows:
        if row["secret_part"]:
            raise Refused(SECRET)
        if not row["answer"].strip() and not row["new_information"] and row["same_as"] is None:
            raise Refused(NO_ANSWER)
        names_nobody(tx, (row["question"], row["answer"], row["answered_by"]))
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


# What other verbs write in the list ---------------------------------------------


def copy_fact(tx: Transaction, *, note: int, slot: int, words: str) -> None:
    """Keeps the list's copy of a fact that a meeting's note holds: one that is not published follows the note, after
    that another fact is another entry. Without words an unpublished copy goes."""
    copies = tx.rows("qa", note_id=note)
    copy = next((c for c in copies if c["published_at"] is None), None)
    if not words.strip():
        if copy is not None:
            tx.update("qa", copy["id"], {"note_id": None})
            tx.delete("qa", id=copy["id"])
        return
    if copy is not None:
        reword(tx, entry=copy["id"], question=words)
    elif all(c["question"] != words for c in copies):
        new = ask(tx, question=words, raised_in="one_to_one", slot=slot, new_information=True)
        tx.update("qa", new, {"note_id": note})


def from_phone(tx: Transaction, *, answer: int, fields: Mapping[str, Any], result: str) -> None:
    """Questions that a phone asks in a field called `question` go in the list, each by itself; who asked does not."""
    for name, words in fields.items():
        base, _, item = name.partition("@")
        if base != FIELD or not isinstance(words, str) or not words.strip():
            continue
        need = int(item) if item.isdecimal() and tx.row("need", int(item)) else None
        row = {"question": words, "raised_in": RAISED_WITH.get(result, "phone"), "raised_at": tx.now}
        tx.insert("qa", {**row, "need_id": need, "answer_id": answer})


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
