"""What the room came to at a step, kept by the leader in the step's own fields: an agreed wording, actions, who keeps what."""

import json
from collections.abc import Mapping
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.fields import REQUIRED, TOO_LONG, FieldTrouble, clean
from workshop_app.actions.session import format_of
from workshop_app.formats import Step
from workshop_app.i18n import N_
from workshop_app.model import signs
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_ROW = N_("That row is gone. Look at the list again.")
ENOUGH = N_("At most {most} can be kept here. Take one away first.")
NOT_KEPT = N_("Nothing is kept at this step.")


@action(N_("Keep an outcome"))
def keep(tx: Transaction, *, step: str, fields: Mapping[str, str], answer: int | None = None) -> int:
    """Keeps a row, typed or taken over from an answer; returns its id. Refused past the step's `keeps`."""
    one = _step(tx, step)
    rows = tx.rows("outcome", step=step)
    if len(rows) >= one.keeps:
        raise Refused(ENOUGH, most=one.keeps) if one.keeps else Refused(NOT_KEPT)
    row = {
        "step": step,
        "position": tx.largest("outcome", "position", step=step) + 1,
        "answer_id": answer,
        "fields": _fields(one, fields),
    }
    return tx.insert("outcome", row)


@action(N_("Change an outcome"))
def change(tx: Transaction, *, outcome: int, fields: Mapping[str, str]) -> None:
    """Writes some fields of a kept row anew; the others stay."""
    row = _row(tx, outcome)
    whole = json.loads(row["fields"]) | dict(fields)
    tx.update("outcome", outcome, {"fields": _fields(_step(tx, row["step"]), whole)})


@action(N_("Take an outcome away"))
def drop(tx: Transaction, *, outcome: int) -> None:
    """Takes a kept row away; the answer that it came from stays."""
    _row(tx, outcome)
    tx.delete("outcome", id=outcome)


@action(N_("Move an outcome"))
def move(tx: Transaction, *, outcome: int, to: int) -> None:
    """Puts a kept row at another place of its step's list, counted from 0."""
    row = _row(tx, outcome)
    order = [
        r["id"] for r in tx.rows("outcome", order="position, id", step=row["step"]) if r["id"] != outcome
    ]
    order.insert(min(max(to, 0), len(order)), outcome)
    for position, id_ in enumerate(order, 1):
        tx.update("outcome", id_, {"position": position})


def _step(tx: Transaction, step: str) -> Step:
    format_ = format_of(tx.row("session", 1) or {})
    if all(s.id != step for s in format_.steps):
        raise Refused(NOT_KEPT)
    return format_.step(step)


def _row(tx: Transaction, outcome: int) -> dict[str, Any]:
    row = tx.row("outcome", outcome)
    if row is None:
        raise Refused(NO_ROW)
    return row


def _fields(step: Step, given: Mapping[str, str]) -> str:
    """The step's own fields as JSON. Required ones may wait: a row without its owner is kept, and shown as lacking it."""
    words = {f.name: clean(str(given.get(f.name, ""))) for f in step.fields if not f.apart}
    troubles: dict[str, Refused] = {}
    for field in step.fields:
        over = signs.over(words.get(field.name, ""), field.limit)
        if field.type in ("text", "area") and over > 0:
            troubles[field.name] = Refused(TOO_LONG, over=over)
    if troubles:
        raise FieldTrouble(troubles)
    if not any(w.strip() for w in words.values()):
        raise Refused(REQUIRED)
    return json.dumps({k: v for k, v in words.items() if v}, ensure_ascii=False, sort_keys=True)
