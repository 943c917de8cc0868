"""From wish list to need: the need's parts, the cards behind it, its rules set aside with a reason, its status."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workshop_app.actions import standing
from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model import rating, route_rules, signs
from workshop_app.model.need import (
    CONSULTED,
    FIELDS,
    MARKET_STATUSES,
    RELATIONS,
    Carried,
    Evidence,
    Need,
    Waiver,
)
from workshop_app.model.trouble import Refused, Word
from workshop_app.store.writer import Transaction

NO_NEED = N_("That need is no longer there.")
TOO_LONG = N_("{label} is {over} characters too long. {limit} characters fit; nothing was changed.")
SHORTEN = N_(
    "“{label}” is {over} characters too long. What you wrote is kept; shorten it to {limit} characters."
)
MOST = 4000  # characters of one text while it is a draft: words in the middle of being written are kept, not judged
NO_CARD = N_("There is no card {number}.")
UNKNOWN_VALUE = N_("“{value}” is not one of the answers for this. Choose one of: {known}.")
NO_WAIVER_REASON = N_("Write why the rule is set aside. The reason is printed in the appendix.")
NOT_READY = N_(
    "Some questions are left before this need is ready: {rules}. Answer them, or keep it and write why."
)
RATED = N_("People have answered about this need, so it stays. Park it instead.")
INTO_ITSELF = N_("A need cannot be joined with itself.")
NOT_RECOGNISED = N_(
    "A need is anchored when someone who works in it or lives with it recognises it, and no more say no than yes."
)
NOT_DECIDED = N_(
    "A need is closed when its route has been decided. Decide the route first, in the step for routes."
)
EMPTY_PART = N_("“{label}” is empty. Write it, or leave the need as a draft.")
NO_TITLE = N_("Give the need a short name first.")


@action(N_("New need"))
def new_need(
    tx: Transaction, *, title: str = "", heap: int | None = None, cards: Sequence[int] = (), wish: str = ""
) -> int:
    """Starts a need from a heap or from cards, which become its evidence; returns its id."""
    chosen = list(cards)
    if heap is not None and not chosen:
        chosen = [row["id"] for row in tx.rows("card", heap_id=heap)]
    row = {
        "number": tx.largest("need", "number") + 1,
        "heap_id": heap,
        "title": _fit("title", title),
        "wish": _fit("wish", wish),
    }
    need = tx.insert("need", row)
    _add(tx, need, chosen)
    _version(tx, need)
    return need


@action(N_("Write the need"))
def set_fields(tx: Transaction, *, need: int, **changes: str) -> None:
    """Changes some of the need's texts. A new version is kept when its words change after it was ready. Words beyond the
    limit of a text are kept too, so that nothing is lost by leaving; `require_ready` asks to have them shortened."""
    row = need_row(tx, need)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    if changes.get("market_status"):
        _one_of(changes["market_status"], MARKET_STATUSES)
    fitted = {k: _fit(k, v, MOST) for k, v in changes.items()}
    fitted = {k: v for k, v in fitted.items() if v != row[k]}
    if not fitted:
        return
    unfit = any(signs.over(words, FIELDS[name]) > 0 for name, words in fitted.items())
    if row["status"] in ("ready", "anchored", "decided") and (unfit or set(fitted) & set(_SENTENCE)):
        _version(tx, need)
        tx.update("need", need, {**fitted, "version": row["version"] + 1, "status": "draft"})
    else:
        tx.update("need", need, fitted)


_SENTENCE = ("who", "function", "situation", "effect", "requirement", "requirement_check")


@action(N_("Add evidence"))
def add_evidence(tx: Transaction, *, need: int, cards: Sequence[int]) -> None:
    """Puts cards behind a need; a card may stand behind several."""
    need_row(tx, need)
    _add(tx, need, cards)


@action(N_("Take evidence away"))
def remove_evidence(tx: Transaction, *, need: int, cards: Sequence[int]) -> None:
    """Cards no longer stand behind this need; they stay in their heap."""
    for card in cards:
        tx.delete("need_card", need_id=need, card_id=card)


@action(N_("Who it concerns"))
def set_stakeholders(tx: Transaction, *, need: int, stakeholders: Sequence[Mapping[str, str]]) -> None:
    """The groups a need concerns: `group`, `relation` (RELATIONS), `consulted` (yes, no, planned)."""
    need_row(tx, need)
    tx.delete("need_stakeholder", need_id=need)
    for one in stakeholders:
        if one.get("group", "").strip():
            row = {
                "need_id": need,
                "group_name": one["group"].strip()[:80],
                "relation": _one_of(one.get("relation") or "other", RELATIONS),
                "consulted": _one_of(one.get("consulted") or "no", CONSULTED),
            }
            tx.insert("need_stakeholder", row)


@action(N_("Keep it, with a reason"))
def waive(tx: Transaction, *, need: int, rule: str, field: str, reason: str) -> None:
    """Sets a rule aside for one field of a need; the reason is printed."""
    need_row(tx, need)
    if not reason.strip():
        raise Refused(NO_WAIVER_REASON)
    tx.delete("waiver", need_id=need, rule=rule, field=field)
    row = {"need_id": need, "rule": rule, "field": field, "reason": reason.strip()[:200], "at": tx.now}
    tx.insert("waiver", row)


@action(N_("Ask the question again"))
def unwaive(tx: Transaction, *, need: int, rule: str, field: str) -> None:
    """Takes a waiver back."""
    tx.delete("waiver", need_id=need, rule=rule, field=field)


@action(N_("Change the need's status"))
def set_status(tx: Transaction, *, need: int, status: str) -> None:
    """Moves a need to another status. Ready and beyond ask that no question of error kind is left unanswered."""
    row = need_row(tx, need)
    _one_of(status, rating.STATUSES)
    order = list(rating.STATUSES)
    if order.index(status) >= order.index("ready") and row["route"] != "parked":
        require_ready(tx, row)
    if status == row["status"]:
        return
    if status == "anchored":
        _require_recognised(tx, need)
    if status == "closed" and row["status"] != "decided":
        raise Refused(NOT_DECIDED)
    _version(tx, need)
    tx.update("need", need, {"status": status})


@action(N_("Split the need"))
def split_need(tx: Transaction, *, need: int, cards: Sequence[int] = (), title: str = "") -> int:
    """A second need beside the first, with its words as a start and some of its cards; returns it."""
    row = need_row(tx, need)
    copied = {k: row[k] for k in FIELDS if k not in ("route", "route_kind", "route_reason", "title")}
    made = tx.insert(
        "need",
        {
            **copied,
            "number": tx.largest("need", "number") + 1,
            "heap_id": row["heap_id"],
            "title": _fit("title", title or row["title"]),
            "split_from": need,
        },
    )
    for card in cards:
        tx.delete("need_card", need_id=need, card_id=card)
    _add(tx, made, cards or [link["card_id"] for link in tx.rows("need_card", need_id=need)])
    _version(tx, made)
    return made


@action(N_("Join needs"))
def merge_needs(tx: Transaction, *, into: int, needs: Sequence[int]) -> None:
    """Needs that say the same become one: evidence is brought together, the others keep their lineage."""
    need_row(tx, into)
    for other in needs:
        if other == into:
            raise Refused(INTO_ITSELF)
        need_row(tx, other)
        _add(tx, into, [link["card_id"] for link in tx.rows("need_card", need_id=other)])
        tx.update("need", other, {"merged_into": into})
        for row in tx.rows("sheet_row", need_id=other):
            tx.update("sheet_row", row["id"], {"need_id": into})


@action(N_("Remove the need"))
def remove_need(tx: Transaction, *, need: int) -> None:
    """Removes a need that nobody has answered about; its cards stay where they lie."""
    need_row(tx, need)
    if any(tx.rows(table, need_id=need) for table in ("rating", "dot", "recognition", "goal_vote")):
        raise Refused(RATED)
    for table in (
        "need_card",
        "need_stakeholder",
        "need_goal",
        "need_version",
        "need_draft",
        "sheet_row",
        "waiver",
        "carried",
        "happened",
    ):
        tx.delete(table, need_id=need)
    tx.delete("same_need", need_id=need)
    tx.delete("same_need", other_id=need)
    tx.delete("need", id=need)


# What the verbs share ---------------------------------------------------------


def need_row(tx: Transaction, need: int) -> dict[str, Any]:
    """The need's row; Refused if it is gone."""
    row = tx.row("need", need)
    if row is None:
        raise Refused(NO_NEED)
    return row


def require_ready(tx: Transaction, row: dict[str, Any]) -> None:
    """Refused when rules of error kind are neither met nor waived."""
    if not row["title"]:
        raise Refused(NO_TITLE)
    for name, limit in FIELDS.items():
        if (over := signs.over(row[name], limit)) > 0:
            raise Refused(SHORTEN, label=Word(LABELS[name]), over=over, limit=limit)
    for part in route_rules.empty_parts(row):
        raise Refused(EMPTY_PART, label=Word(LABELS[part]))
    language = (tx.row("session", 1) or {"language": "sv"})["language"]
    left = route_rules.questions_left(as_need(tx, row), language)
    if left:
        raise Refused(NOT_READY, rules=", ".join(sorted({f.rule for f in left})))


def as_need(tx: Transaction, row: dict[str, Any]) -> Need:
    """The need as a value, with its evidence and waivers, for rules that read the whole of it."""
    roles = {p["id"]: p["role"] for p in tx.rows("participant")}
    evidence = []
    for link in tx.rows("need_card", order="position", need_id=row["id"]):
        card = tx.row("card", link["card_id"]) or {}
        answer = tx.row("answer", card["answer_id"]) or {}
        role = roles.get(standing.person(tx, answer["participant"]) or "") or json.loads(
            answer["fields"]
        ).get("role", "")
        evidence.append(Evidence(card["id"], card["text"], role))
    waivers = tuple(Waiver(w["rule"], w["field"], w["reason"]) for w in tx.rows("waiver", need_id=row["id"]))
    return Need(
        id=row["id"],
        number=row["number"],
        status=row["status"],
        fields={k: row[k] for k in FIELDS},
        heap=row["heap_id"],
        version=row["version"],
        evidence=tuple(evidence),
        waivers=waivers,
        carried=tuple(
            Carried(c["file_id"], c["title"], c["date"], c["number"], c["version"], c["cards"])
            for c in tx.rows("carried", need_id=row["id"])
        ),
    )


def _add(tx: Transaction, need: int, cards: Sequence[int]) -> None:
    position = tx.largest("need_card", "position", need_id=need)
    have = {link["card_id"] for link in tx.rows("need_card", need_id=need)}
    for card in dict.fromkeys(cards):
        row = tx.row("card", card)
        if row is None:
            raise Refused(NO_CARD, number=card)
        if tx.row("withdrawal", row["answer_id"], "answer_id"):
            continue
        joined = tx.row("card", row["merged_into"]) if row["merged_into"] else None
        if joined is not None and not tx.row("withdrawal", joined["answer_id"], "answer_id"):
            card = joined["id"]
        if card not in have:
            position += 1
            have.add(card)
            tx.insert("need_card", {"need_id": need, "card_id": card, "position": position})


def _version(tx: Transaction, need: int) -> None:
    row = need_row(tx, need)
    tx.insert(
        "need_version",
        {
            "need_id": need,
            "version": row["version"],
            "status": row["status"],
            "who_role": tx.who,
            "fields": json.dumps({k: row[k] for k in FIELDS}, ensure_ascii=False),
            "at": tx.now,
        },
    )


def _fit(name: str, text: str, most: int = 0) -> str:
    words, limit = text.strip(), most or FIELDS[name]
    if (over := signs.over(words, limit)) > 0:
        raise Refused(TOO_LONG, label=Word(LABELS[name]), over=over, limit=limit)
    return words


def _require_recognised(tx: Transaction, need: int) -> None:
    relation = {p["id"]: p["relation"] for p in tx.rows("participant")}
    rows = tx.rows("recognition", need_id=need)
    last = {standing.person(tx, r["participant"]) or r["id"]: r["value"] for r in rows}
    count = Counter(last.values())
    near = any(value == "yes" and relation.get(who) in ("use", "work_in") for who, value in last.items())
    if not near or count["no"] > count["yes"]:
        raise Refused(NOT_RECOGNISED)


def _one_of(value: str, known: Collection[str]) -> str:
    if value not in known:
        raise Refused(UNKNOWN_VALUE, value=value, known=", ".join(known))
    return value


LABELS: Mapping[str, str] = {
    "title": N_("Short name"),
    "who": N_("Who"),
    "function": N_("needs to be able to"),
    "situation": N_("In which situation"),
    "effect": N_("so that"),
    "requirement": N_("Function requirement"),
    "requirement_check": N_("How it is checked"),
    "measure": N_("Measure"),
    "today": N_("Today"),
    "target": N_("Target"),
    "unit": N_("Unit"),
    "measured_when": N_("When it is measured"),
    "evidence_note": N_("Note on the evidence"),
    "wish": N_("Wish"),
    "market_status": N_("Solutions on the market?"),
    "market_note": N_("Note on the market"),
    "market_source": N_("Source"),
    "market_checked_on": N_("Checked on"),
    "owner": N_("Owner, role"),
    "hours": N_("Time set aside"),
    "needed_by": N_("Needed by"),
    "next_step": N_("Next step"),
    "route": N_("Route"),
    "route_kind": N_("Kind"),
    "route_reason": N_("Reason"),
    "other_process": N_("Receiving process"),
    "review_date": N_("Next date"),
    "can_split": route_rules.CAN_SPLIT,
    **route_rules.BALANCE,
}
