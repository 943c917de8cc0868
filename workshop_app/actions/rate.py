"""Votes that did not come from a phone: from hands or paper, entered by the leader with their source."""

import json
from collections.abc import Mapping
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import agenda
from workshop_app.actions.action import action
from workshop_app.actions.ask import DONT_KNOW
from workshop_app.actions.need import need_row
from workshop_app.i18n import N_
from workshop_app.model import rating
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NOT_VOTE = N_("A vote is 1 to 5 or “don't know”. Look at {given}.")
NO_CRITERION = N_("There is no such criterion. Choose one of: {known}.")


@action(N_("Enter votes"))
def hand_votes(
    tx: Transaction,
    *,
    need: int,
    criterion: str,
    votes: Mapping[str, int],
    role: str = "",
    source: str = "hands",
) -> int:
    """Counts votes from hands or paper: `votes` maps "1".."5" or "dk" to how many. Returns how many were added."""
    need_row(tx, need)
    if criterion not in rating.CRITERIA:
        raise Refused(NO_CRITERION, known=", ".join(rating.CRITERIA))
    wrong = [
        k for k, n in votes.items() if k not in ("1", "2", "3", "4", "5", DONT_KNOW) or not 0 <= n <= 500
    ]
    if wrong:
        raise Refused(NOT_VOTE, given=wrong[0])
    step = agenda.current(tx)
    number = tx.largest("answer", "id") + 1
    session = tx.row("session", 1) or {}
    stored = {f"{criterion}@{need}": dict(votes), **({"role": role} if role else {})}
    tx.insert(
        "answer",
        {
            "id": number,
            "key": uuid4().hex,
            "step": step["id"],
            "fields": json.dumps(stored, ensure_ascii=False, sort_keys=True),
            "source": source,
            "receipt": invite.receipt_code(number, session["file_id"]),
            "received_at": tx.now,
        },
    )
    added = 0
    for given, count in votes.items():
        for _ in range(count):
            row = {
                "answer_id": number,
                "need_id": need,
                "criterion": criterion,
                "value": None if given == DONT_KNOW else int(given),
                "round": step["round"],
            }
            tx.insert("rating", row)
            added += 1
    return added
