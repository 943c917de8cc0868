"""Where a need goes and who owns it: five routes, each with what it demands before it is decided."""

import json
from statistics import median
from typing import Any

from workshop_app.actions import standing
from workshop_app.actions.action import action
from workshop_app.actions.need import need_row, require_ready, set_fields, set_status
from workshop_app.i18n import N_
from workshop_app.model import few, rating, route_rules
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

UNKNOWN_ROUTE = N_("There is no such route. Choose one of: {known}.")


@action(N_("Choose a route"))
def set_route(tx: Transaction, *, need: int, route: str, kind: str = "", **more: str) -> None:
    """Sets route and kind, and any of reason, other_process, review_date, owner, next_step.

    Saved as it is: `decide` asks for the rest.
    """
    if route and route not in rating.ROUTES:
        raise Refused(UNKNOWN_ROUTE, known=", ".join(rating.ROUTES))
    if kind and (kind not in rating.ROUTE_KINDS or route != "innovation_procurement"):
        kind = ""
    names = {"reason": "route_reason"}
    texts = {names.get(name, name): text for name, text in more.items()}
    set_fields(tx, need=need, route=route, route_kind=kind, **texts)


@action(N_("Decide the route"))
def decide(tx: Transaction, *, need: int) -> None:
    """Makes the route a decision, when it has all that METHOD demands of it."""
    row = need_row(tx, need)
    for sentence in lacking(tx, row):
        raise Refused(sentence)
    if row["route"] != "parked":
        require_ready(tx, row)
    if row["status"] != "decided":
        if row["route"] == "parked":
            tx.update("need", need, {"status": "decided"})
        else:
            set_status(tx, need=need, status="decided")


@action(N_("Take the decision up again"))
def reopen(tx: Transaction, *, need: int) -> None:
    """A decided need becomes a draft again; its decision stays in its versions."""
    need_row(tx, need)
    set_status(tx, need=need, status="draft")


def lacking(tx: Transaction, row: dict[str, Any]) -> list[str]:
    """What a need lacks before its route can be decided, as msgids, the first thing to do first."""
    return route_rules.lacking(row, len(tx.rows("need_stakeholder", need_id=row["id"])), _owes(tx, row))


def _owes(tx: Transaction, row: dict[str, Any]) -> bool:
    """Whether the need is rated so risky that it is decided with a risk list only, or with a reason."""
    listed = len(tx.rows("sheet_row", need_id=row["id"], sheet=route_rules.RISKS))
    waived = {(w["rule"], w["field"]) for w in tx.rows("waiver", need_id=row["id"])}
    return route_rules.owes_risks(_median_risk(tx, row), listed, waived)


def _median_risk(tx: Transaction, row: dict[str, Any]) -> float | None:
    """The median that the desk shows: of the newest round, None while it is not shown; else one that was brought in."""
    votes = tx.rows("rating", need_id=row["id"], criterion="risk", order="answer_id, id")
    if not votes:
        brought = json.loads(row["given_priority"]).get("risk")
        return None if brought is None else float(brought)
    last, came, steps = max(v["round"] for v in votes), [], set()
    for vote in (v for v in votes if v["round"] == last):
        answer = tx.row("answer", vote["answer_id"]) or {}
        who = standing.person(tx, vote["participant"]) or f"row {vote['id']}"
        came.append(few.Vote(vote["answer_id"], who, vote["value"], typed=answer["source"] != "phone"))
        steps.add(answer["step"])
    turns = [few.Turn(t["answer"], bool(t["open"])) for t in tx.rows("phone_turn") if t["step"] in steps]
    is_open = any(s["state"] == "open" for s in tx.rows("step") if s["id"] in steps)
    shown = few.picture(came, sorted(turns, key=lambda t: t.answer), is_open).shown
    known = [int(str(v.value)) for v in shown if v.value is not None]
    return float(median(known)) if few.enough(len(known)) else None
