"""Where a need goes and who owns it: five routes, each with what it demands before it is decided."""

import json
from statistics import median
from typing import Any

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
    return route_rules.lacking(row, len(tx.rows("need_stakeholder", need_id=row["id"])), _risky(tx, row))


def _risky(tx: Transaction, row: dict[str, Any]) -> bool:
    """Whether the median of the risk is high and no risk is written; too few votes say nothing, as on the screen."""
    if tx.rows("sheet_row", sheet=route_rules.RISK_SHEET, need_id=row["id"]):
        return False
    voted = tx.rows("rating", order="id", need_id=row["id"])
    if not voted:
        return json.loads(row["given_priority"]).get("risk", 0) >= rating.HIGH_RISK
    votes = [v for v in voted if v["criterion"] == "risk"]
    newest = max((v["round"] for v in votes), default=0)
    last = {v["participant"] or v["id"]: v["value"] for v in votes if v["round"] == newest}
    known = [value for value in last.values() if value is not None]
    return few.enough(len(known)) and median(known) >= rating.HIGH_RISK
