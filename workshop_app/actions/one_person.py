"""A phone that joined anew is made one person with who it was before: no row is changed, one is added that says so."""

import json
from collections import defaultdict
from typing import Any

from workshop_app.actions import ask, standing
from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model.one_person import asked_about
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

ONE = N_("That is one phone already. Choose two.")
TWICE = N_(
    "Both phones have answered the same thing in: {steps}. One person answers once: if you unite them, the newest answer"
    " counts, and both stay in the file."
)


class AnsweredTwice(Refused):
    """Both phones have answered the same thing; `newest_counts` says that the leader knows."""


@action(N_("Unite two phones"))
def unite(tx: Transaction, *, phone: str, other: str, newest_counts: bool = False) -> None:
    """Two participants are one person from now on, known as the one who joined first, with that one's role.

    Raises AnsweredTwice when both have answered the same thing, unless `newest_counts`. What they sent stays as it is.
    """
    found = [tx.row("participant", standing.person(tx, one) or "") for one in (phone, other)]
    rows = [row for row in found if row is not None and row["source"] == "phone"]
    if len(rows) < 2:
        raise Refused(ask.NO_PHONE)
    first, later = sorted(rows, key=lambda row: (row["joined_at"], row["id"]))
    if first["id"] == later["id"]:
        raise Refused(ONE)
    twice = _twice(tx, first["id"], later["id"])
    if twice and not newest_counts:
        raise AnsweredTwice(TWICE, steps=", ".join(twice))
    for row in tx.rows("same_person", same_as=later["id"]):
        tx.update("same_person", row["participant"], {"same_as": first["id"]}, "participant")
    tx.insert("same_person", {"participant": later["id"], "same_as": first["id"], "at": tx.now})


def _twice(tx: Transaction, one: str, other: str) -> list[str]:
    """The steps, by their titles, in which both have answered the same thing in the same round."""
    language = (tx.row("session", 1) or {"language": "sv"})["language"]
    mine, theirs = _counted(tx, one), _counted(tx, other)
    both = {step for step, round_ in mine if mine[step, round_] & theirs[step, round_]}
    return [s.title.get(language) for s in standing.of(tx).format.steps if s.id in both]


def _counted(tx: Transaction, participant: str) -> defaultdict[tuple[str, int], set[str]]:
    """By step and round, what a person's answers count for."""
    steps = {step.id: step for step in standing.of(tx).format.steps}
    out: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for row in tx.rows("answer", participant=participant):
        fields: dict[str, Any] = json.loads(row["fields"])
        if row["step"] in steps and tx.row("withdrawal", row["id"], "answer_id") is None:
            out[row["step"], row["round"]] |= asked_about(steps[row["step"]], fields)
    return out
