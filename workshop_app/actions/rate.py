"""Votes that did not come from a phone: from hands or paper, entered by the leader with their source."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import agenda
from workshop_app.actions.action import action
from workshop_app.actions.ask import DONT_KNOW
from workshop_app.actions.need import need_row
from workshop_app.actions.session import format_of
from workshop_app.i18n import N_
from workshop_app.model import rating
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

SOURCES = ("paper", "hands")
GIVEN = ("1", "2", "3", "4", "5", DONT_KNOW)
UNDERSTOOD = ("yes", "partly", "no")
RECOGNISED = ("yes", "almost", "no")
MOST = 500

NOT_VOTE = N_("A vote is 1 to 5 or “don't know”. Look at {given}.")
NO_CRITERION = N_("There is no such criterion. Choose one of: {known}.")
NOT_COUNT = N_("Write how many as a whole number from 0 to {limit}. Look at {given}.")
NO_COUNT = N_("Write how many there were first.")
NOT_SOURCE = N_("Say whether the votes come from raised hands or from paper.")


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
    _known(criterion)
    _counts(votes, GIVEN, NOT_VOTE)
    step = _step(tx, "rate")
    field = f"{criterion}@{need}"
    number = _entered(tx, step, {field: dict(votes), **({"role": role} if role else {})}, source)
    values = [value for value, count in votes.items() for _ in range(count)]
    for value in values:
        _rate(tx, number, need, criterion, value, step)
    return len(values)


@action(N_("Enter a paper form"))
def paper_form(
    tx: Transaction, *, need: int, given: Mapping[str, str], dots: int = 0, role: str = ""
) -> None:
    """One person's form about one need: `given` maps a criterion to "1".."5" or "dk"; dots are counted with it."""
    need_row(tx, need)
    for criterion, value in given.items():
        _known(criterion)
        _counts({value: 1}, GIVEN, NOT_VOTE)
    _counts({"dots": dots}, ("dots",), NOT_COUNT)
    if not given and not dots:
        raise Refused(NO_COUNT)
    step = _step(tx, "rate")
    stored: dict[str, Any] = {f"{criterion}@{need}": value for criterion, value in given.items()}
    if dots:
        stored[f"dots@{need}"] = str(dots)
    number = _entered(tx, step, {**stored, **({"role": role} if role else {})}, "paper")
    for criterion, value in given.items():
        _rate(tx, number, need, criterion, value, step)
    if dots:
        _dot(tx, number, need, dots, step)


@action(N_("Enter dots"))
def hand_dots(tx: Transaction, *, need: int, dots: int, source: str = "paper") -> None:
    """Dots on a sheet on the wall, counted by the leader."""
    need_row(tx, need)
    _counts({"dots": dots}, ("dots",), NOT_COUNT)
    if not dots:
        raise Refused(NO_COUNT)
    step = _step(tx, "rate")
    _dot(tx, _entered(tx, step, {f"dots@{need}": str(dots)}, source), need, dots, step)


@action(N_("Enter who recognises it"))
def hand_recognition(tx: Transaction, *, need: int, counts: Mapping[str, int], source: str = "hands") -> None:
    """How many say yes, almost and no to "do you recognise your daily work in this"."""
    need_row(tx, need)
    _counts(counts, RECOGNISED, NOT_COUNT)
    if not sum(counts.values()):
        raise Refused(NO_COUNT)
    number = _entered(tx, _step(tx, "route"), {f"recognise@{need}": dict(counts)}, source)
    for value, count in counts.items():
        for _ in range(count):
            tx.insert("recognition", {"answer_id": number, "need_id": need, "value": value})


@action(N_("Enter who understands the question"))
def hand_understood(tx: Transaction, *, counts: Mapping[str, int], source: str = "hands") -> None:
    """How many say yes, partly and no to "do you understand the question", in its present wording."""
    _counts(counts, UNDERSTOOD, NOT_COUNT)
    if not sum(counts.values()):
        raise Refused(NO_COUNT)
    _entered(tx, _step(tx, "probe"), {"understood": dict(counts)}, source)


# What they share --------------------------------------------------------------


def _known(criterion: str) -> None:
    if criterion not in rating.CRITERIA:
        raise Refused(NO_CRITERION, known=", ".join(rating.CRITERIA))


def _counts(counts: Mapping[str, int], known: tuple[str, ...], sentence: str) -> None:
    for given, count in counts.items():
        if given not in known or not 0 <= count <= MOST:
            raise Refused(sentence, given=given, limit=MOST)


def _step(tx: Transaction, kind: str) -> dict[str, Any]:
    """The row of the step that asks for such votes: the room's own if it does, else the format's first; else the room's."""
    now, session = agenda.current(tx), tx.row("session", 1) or {}
    asking = [s.id for s in format_of(session).steps if s.kind == kind]
    if not asking or now["id"] in asking:
        return now
    return tx.row("step", asking[0]) or now


def _entered(tx: Transaction, step: Mapping[str, Any], stored: Mapping[str, Any], source: str) -> int:
    """An answer of the leader's own hand, with a receipt like any other; returns its number."""
    if source not in SOURCES:
        raise Refused(NOT_SOURCE)
    number = tx.largest("answer", "id") + 1
    session = tx.row("session", 1) or {}
    tx.insert(
        "answer",
        {
            "id": number,
            "key": uuid4().hex,
            "step": step["id"],
            "fields": json.dumps(stored, ensure_ascii=False, sort_keys=True),
            "question_version": tx.largest("question_version", "version"),
            "source": source,
            "receipt": invite.receipt_code(number, session["file_id"]),
            "received_at": tx.now,
        },
    )
    return number


def _rate(
    tx: Transaction, answer: int, need: int, criterion: str, value: str, step: Mapping[str, Any]
) -> None:
    vote = None if value == DONT_KNOW else int(value)
    row = {"answer_id": answer, "need_id": need, "criterion": criterion, "value": vote}
    tx.insert("rating", {**row, "round": step["round"]})


def _dot(tx: Transaction, answer: int, need: int, dots: int, step: Mapping[str, Any]) -> None:
    tx.insert("dot", {"answer_id": answer, "need_id": need, "dots": dots, "round": step["round"]})
