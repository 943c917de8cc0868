"""What comes in: a phone joins, a phone answers, the leader types a card for somebody. Participants only ever add rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import randbelow
from typing import Any
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import blackout, comment_round, numbered, own, question_list, standing, tables
from workshop_app.actions.action import action
from workshop_app.actions.fields import (
    DONT_KNOW,
    REQUIRED,
    TOO_LONG,
    Fields,
    FieldTrouble,
    Sorted,
    clean,
    sort,
)
from workshop_app.formats import Field, Step
from workshop_app.i18n import N_
from workshop_app.model import signs
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

CLOSED = N_(
    "This step is not open now. Your text is still here: copy it, or wait until the step opens again."
)
PAUSED = N_("The leader has paused the phones. Your text is still here; send it when the pause is over.")
REUSED = N_("This was already sent with other words. Send it again as a new card.")
MUTED = N_(
    "The leader has asked this phone to rest for a while. Your text is still here; talk to the leader, "
    "or write it on a paper card."
)
NO_PHONE = N_("That phone is not in this workshop.")
NOTHING = N_("There was nothing to store. Answer at least one question.")

_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class StepClosed(Refused):
    """Phones may not send to this step now."""


class KeyReused(Refused):
    """The same one-time key came with other words."""


class Muted(StepClosed):
    """The leader has muted this phone."""


class Withdrawn(Refused):
    """What this key named has been withdrawn or deleted."""


@dataclass(frozen=True)
class Receipt:
    """What the phone may show after the commit. `again` is True when the same answer had been received before."""

    code: str
    again: bool
    answer: int
    card: int | None = None


@action(N_("Join the workshop"), undoable=False)
def join(tx: Transaction, *, participant: str, fields: Fields, language: str, key: str) -> Receipt:
    """A phone takes a role; joining again changes it. Name and contact are kept apart, with no link back."""
    lobby = standing.of(tx).format.lobby
    before = _before(tx, key)
    sorted_ = sort(lobby.fields, fields)
    role = sorted_.stored.get("role", "")
    if role == "other" and sorted_.stored.get("role_other"):
        role = sorted_.stored["role_other"]
    if sorted_.troubles:
        raise FieldTrouble(sorted_.troubles)
    if before is not None:
        return _again(before, lobby.id, "", sorted_.stored)
    row = {
        "role": role.strip(),
        "organisation": sorted_.stored.get("organisation", "").strip(),
        "relation": sorted_.stored.get("relation", ""),
        "language": sorted_.stored.get("lang") or language,
    }
    if standing.known(tx, participant):
        tx.update("participant", participant, row)
    else:
        tx.insert("participant", {"id": participant, "source": "phone", "joined_at": tx.now, **row})
    if (table := _text(fields.get("table"))).isdecimal() and len(table) < 10:
        tables.sit(tx, participant=participant, table=int(table))
    _keep_apart(tx, sorted_.apart)
    return _store(tx, lobby, key, participant, "", sorted_.stored, language, "phone")


@action(N_("Receive an answer"), undoable=False)
def receive(
    tx: Transaction,
    *,
    step: str,
    key: str,
    participant: str | None,
    fields: Fields,
    language: str,
    source: str = "phone",
    replaces: str = "",
) -> Receipt:
    """One answer from a phone: stored once for its key, with what follows from it (a card, votes, marks).

    With `replaces`, the receipt of an own card or draft, the new one takes its place; the old is kept as withdrawn.
    Raises StepClosed, KeyReused, Withdrawn or FieldTrouble. A phone that never joined counts too (participant None).
    """
    now = standing.of(tx)
    one = now.find(step)
    before = _before(tx, key)
    sorted_ = sort(one.fields, fields)
    main = one.field("text")
    text = sorted_.stored.get("text", "") if main else ""
    if before is not None:
        again = _again(before, step, text, sorted_.stored)
        if tx.row("withdrawal", before["id"], "answer_id"):
            raise Withdrawn(own.SENT_AGAIN)
        return again
    if participant in now.muted:
        raise Muted(MUTED)
    if now.step != step or now.state != "open":
        raise StepClosed(PAUSED if now.state == "paused" and now.step == step else CLOSED)
    about = _text(fields.get("about"))
    if about:
        return _underlying(tx, one, key, participant, about, sorted_, language)
    if sorted_.troubles:
        raise FieldTrouble(sorted_.troubles)
    written = (*sorted_.stored.values(), *sorted_.apart.values())
    if not any(v not in ("", []) for v in written) and not sorted_.items:
        raise Refused(NOTHING)
    who = standing.known(tx, participant)
    mine = own.draft if one.kind == "formulate" else own.card
    old = mine(tx, participant, replaces) if replaces else None
    receipt = _store(tx, one, key, who, text, sorted_.stored, language, source, own.place(tx, old))
    if old is not None:
        own.put_aside(tx, old, receipt.answer)
    if one.kind not in ("questions", "survey"):  # what a market says of a need is no vote on it
        _marks(tx, receipt.answer, participant, sorted_.items, now.round)
    _keep_apart(tx, {"follow_up": "1", **sorted_.apart} if any(sorted_.apart.values()) else {})
    if any(f.name == question_list.FIELD for f in one.fields):
        question_list.from_phone(tx, answer=receipt.answer, fields=sorted_.stored, result=now.format.result)
    if one.items == "paragraphs":
        comment_round.from_phone(tx, answer=receipt.answer, participant=who, items=sorted_.items)
    return receipt


@action(N_("Take a card back"), undoable=False)
def withdraw(tx: Transaction, *, participant: str, receipt: str) -> Receipt:
    """A phone takes an own card back: it is kept and counted as withdrawn. Again is the same as once."""
    if (before := own.withdrawn(tx, participant, receipt)) is not None:
        return Receipt(receipt, True, before)
    old = own.card(tx, participant, receipt)
    own.put_aside(tx, old, None)
    return Receipt(receipt, False, old["answer_id"], old["id"])


@action(N_("Mute a phone"))
def mute(tx: Transaction, *, participant: str) -> None:
    """What this phone sends is refused kindly from now on; its text stays on the phone and its cards stay here."""
    if tx.row("participant", participant) is None:
        raise Refused(NO_PHONE)
    if tx.row("mute", participant, "participant") is None:
        tx.insert("mute", {"participant": participant, "at": tx.now})


@action(N_("Let a phone send again"))
def unmute(tx: Transaction, *, participant: str) -> None:
    """A muted phone may send again."""
    for row in tx.rows("mute", participant=participant):
        tx.delete("mute", participant=row["participant"])


@action(N_("Enter a card"))
def type_card(tx: Transaction, *, text: str, source: str = "paper", step: str = "", **about: str) -> Receipt:
    """The leader types a card from paper, or what somebody said aloud; `about`: role, beneficiary, number on the paper."""
    now = standing.of(tx)
    one = now.find(step) if step else next(s for s in now.format.steps if s.makes == "card")
    words = clean(text)
    main = one.field("text")
    if not words.strip():
        raise Refused(REQUIRED)
    if main and (over := signs.over(words, main.limit)) > 0:
        raise Refused(TOO_LONG, over=over)
    stored = {"text": words, **numbered.kept(tx, **{k: clean(v) for k, v in about.items()})}
    return _store(tx, one, uuid4().hex, None, words, stored, "", source)


# What both ways share ---------------------------------------------------------


def _keep_apart(tx: Transaction, apart: Mapping[str, str]) -> None:
    """Name and contact in a row that no column leads to or from. Its number is drawn, so that the order in which names
    and answers came tells nothing either."""
    if any(apart.values()):
        flags = {k: int(apart.get(k) == "1") for k in ("list_me", "follow_up")}
        names = {k: apart.get(k, "") for k in ("name", "contact")}
        tx.insert("contact", {"id": randbelow(2**40), **names, **flags, "created_at": tx.now[:10]})


def _before(tx: Transaction, key: str) -> dict[str, Any] | None:
    if not tx.has("answer", "key", key):
        return None
    return blackout.as_received(tx, tx.row("answer", key, "key"))


def _again(before: dict[str, Any], step: str, text: str, stored: dict[str, Any]) -> Receipt:
    known = json.loads(before["fields"])
    known.pop("_makes", None)
    known.pop("about", None)  # of the answer to the gentle question; it is no field of the step
    if before["step"] != step or before["text"] != text or known != stored:
        raise KeyReused(REUSED)
    return Receipt(before["receipt"], True, before["id"])


def _store(
    tx: Transaction,
    step: Step,
    key: str,
    participant: str | None,
    text: str,
    stored: dict[str, Any],
    language: str,
    source: str,
    place: Mapping[str, Any] | None = None,
) -> Receipt:
    makes_card = bool(text) and step.makes == "card"
    now, number = standing.of(tx), tx.next_number("answer")
    code = invite.receipt_code(number, now.file_id)
    if tx.has("answer", "receipt", code):
        # only in a file made of several, where receipts of others stay as they were
        code = f"{code}-{number}"
    kept = {**stored, "_makes": "card"} if makes_card else stored
    tx.add(
        "answer",
        {
            "id": number,
            "key": key,
            "step": step.id,
            "participant": participant,
            "text": text,
            "fields": _json(kept),
            "language": language,
            "question_version": now.question_version,
            "round": now.round if step.id == now.step else 1,
            "source": source,
            "receipt": code,
            "received_at": tx.now,
        },
    )
    card = tx.next_number("card") if makes_card else None
    if card is not None:
        tx.add("card", {"id": card, "answer_id": number, "text": text, **(place or {})})
    return Receipt(code, False, number, card)


def _underlying(
    tx: Transaction,
    step: Step,
    key: str,
    participant: str | None,
    about: str,
    sorted_: Sorted,
    language: str,
) -> Receipt:
    """The answer to the gentle question after a card that sounds like a solution: a row of its own, naming the card's receipt."""
    if "underlying" in sorted_.troubles:
        raise FieldTrouble({"underlying": sorted_.troubles["underlying"]})
    words = sorted_.stored.get("underlying", "")
    if not words:
        raise FieldTrouble({"underlying": Refused(REQUIRED)})
    stored = {"underlying": words, "about": clean(about)}
    return _store(tx, step, key, standing.known(tx, participant), "", stored, language, "phone")


def _marks(
    tx: Transaction, answer: int, participant: str | None, given: list[tuple[Field, str, str]], round_: int
) -> None:
    """Turns the values given for each card or need into rows: what later views count."""
    base = {"answer_id": answer, "participant": participant}
    items = [(field_, int(item), value) for field_, item, value in given if field_.per in ("card", "need")]
    comments = {item: value for field_, item, value in items if field_.name == "comment"}
    for field_, item, value in items:
        if field_.per == "card" and tx.row("card", item):
            if field_.type == "bool":
                tx.insert("me_too", {**base, "card_id": item, "value": int(value == "1")})
        elif field_.per == "need" and tx.row("need", item):
            if field_.type == "s5":
                vote = None if value == DONT_KNOW else int(value)
                row = {"need_id": item, "criterion": field_.name, "value": vote, "round": round_}
                tx.insert("rating", base | row)
            elif field_.type == "dots":
                tx.insert("dot", base | {"need_id": item, "dots": int(value), "round": round_})
            elif field_.source == "goals":
                for goal in value.split():
                    if tx.row("goal", int(goal)):
                        tx.insert("goal_vote", base | {"need_id": item, "goal_id": int(goal)})
            elif field_.type == "one" and value in ("yes", "almost", "no"):
                comment = comments.get(item, "")
                tx.insert("recognition", base | {"need_id": item, "value": value, "comment": comment})


def _text(raw: str | Sequence[str] | None) -> str:
    if raw is None or isinstance(raw, str):
        return raw or ""
    return raw[0] if raw else ""


# For answers that are no form of a step: what follows from them is for their own actions --------------------


def sent_before(tx: Transaction, step: str, key: str, fields: dict[str, Any]) -> Receipt | None:
    """The receipt of what this key brought before, None for a new key; raises KeyReused when it brought something else."""
    before = _before(tx, key)
    return None if before is None else _again(before, step, "", fields)


def acknowledge(
    tx: Transaction, step: str, key: str, participant: str, fields: dict[str, Any], language: str
) -> Receipt:
    """Stores an answer of a phone that has joined, and gives its receipt."""
    return _store(tx, standing.of(tx).find(step), key, participant, "", fields, language, "phone")
