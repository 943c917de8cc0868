"""What comes in: a phone joins, a phone answers, the leader types a card for somebody. Participants only ever add rows."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from workshop_app import invite
from workshop_app.actions import agenda, own
from workshop_app.actions.action import action
from workshop_app.actions.session import find_format
from workshop_app.formats import Field, Format, Step
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

Fields = Mapping[str, str | Sequence[str]]

CLOSED = N_(
    "This step is not open now. Your text is still here: copy it, or wait until the step opens again."
)
PAUSED = N_("The leader has paused the phones. Your text is still here; send it when the pause is over.")
REUSED = N_("This was already sent with other words. Send it again as a new card.")
REQUIRED = N_("Write something here first.")
CHOOSE = N_("Choose one here first.")
TOO_LONG = N_("This is {over} characters too long. Shorten it, or send the rest as another card.")
NOT_OFFERED = N_("Choose one of the answers in the list.")
TOO_MANY_DOTS = N_("You have {limit} dots. Take back {over}.")
NOT_NUMBER = N_("Write a whole number from 0 to {limit}.")
LOOK = N_("Something is missing in the form. Look at the marked places; what you wrote is still there.")
MUTED = N_(
    "The leader has asked this phone to rest for a while. Your text is still here; talk to the leader, "
    "or write it on a paper card."
)
NO_PHONE = N_("That phone is not in this workshop.")
NOTHING = N_("There was nothing to store. Answer at least one question.")
DONT_KNOW = "dk"

# C0 controls except newline and tab cannot be printed or put in XML: they are dropped at the door (docs/file-format.md).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ITEM = (re.compile(r"\d{1,9}"), re.compile(r"[a-z0-9][a-z0-9_]{0,60}"))  # a row's id, or an item of a list
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class StepClosed(Refused):
    """Phones may not send to this step now."""


class KeyReused(Refused):
    """The same one-time key came with other words."""


class Muted(StepClosed):
    """The leader has muted this phone."""


class Withdrawn(Refused):
    """What this key named has been withdrawn or deleted."""


class FieldTrouble(Refused):
    """Some fields lack an answer or are too long; `fields` maps form name -> Refused for that field."""

    def __init__(self, fields: dict[str, Refused]) -> None:
        super().__init__(LOOK)
        self.fields = fields


@dataclass(frozen=True)
class Receipt:
    """What the phone may show after the commit. `again` is True when the same answer had been received before."""

    code: str
    again: bool
    answer: int
    card: int | None = None


@dataclass
class _Sorted:
    """An answer taken apart: what is stored as given, what lies apart, and the values of each item."""

    stored: dict[str, Any] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    items: list[tuple[Field, str, str]] = field(default_factory=list)
    troubles: dict[str, Refused] = field(default_factory=dict)


def clean(text: str) -> str:
    """A text as it is stored: as typed, with LF line ends and without signs that can neither be shown nor printed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines))


@action(N_("Join the workshop"), undoable=False)
def join(tx: Transaction, *, participant: str, fields: Fields, language: str, key: str) -> Receipt:
    """A phone takes a role; joining again changes it. Name and contact are kept apart, with no link back."""
    lobby = _format(tx).lobby
    before = _before(tx, key)
    sorted_ = _sort(lobby.fields, fields)
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
    if not tx.update("participant", participant, row):
        tx.insert("participant", {"id": participant, "source": "phone", "joined_at": tx.now, **row})
    if any(sorted_.apart.values()):
        flags = {k: int(sorted_.apart.get(k) == "1") for k in ("list_me", "follow_up")}
        names = {k: sorted_.apart.get(k, "") for k in ("name", "contact")}
        tx.insert("contact", {**names, **flags, "created_at": tx.now[:10]})
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

    With `replaces`, the receipt of an own card, the new card takes its place; the old one is kept as withdrawn.
    Raises StepClosed, KeyReused, Withdrawn or FieldTrouble. A phone that never joined counts too (participant None).
    """
    one = _find(_format(tx), step)
    before = _before(tx, key)
    sorted_ = _sort(one.fields, fields)
    main = one.field("text")
    text = sorted_.stored.get("text", "") if main else ""
    if before is not None:
        again = _again(before, step, text, sorted_.stored)
        if tx.row("withdrawal", before["id"], "answer_id"):
            raise Withdrawn(own.SENT_AGAIN)
        return again
    if participant and tx.row("mute", participant, "participant"):
        raise Muted(MUTED)
    state = tx.row("step", step) or {}
    now = agenda.current(tx)
    if now["id"] != step or state["state"] != "open":
        raise StepClosed(PAUSED if state["state"] == "paused" and now["id"] == step else CLOSED)
    about = _text(fields.get("about"))
    if about:
        return _underlying(tx, one, key, participant, about, sorted_, language)
    if sorted_.troubles:
        raise FieldTrouble(sorted_.troubles)
    if not any(v not in ("", []) for v in sorted_.stored.values()) and not sorted_.items:
        raise Refused(NOTHING)
    known = tx.row("participant", participant) if participant else None
    who = participant if known else None
    old = own.card(tx, participant, replaces) if replaces else None
    receipt = _store(tx, one, key, who, text, sorted_.stored, language, source, own.place(tx, old))
    if state["round"] > 1:
        tx.update("answer", receipt.answer, {"round": state["round"]})
    if old is not None:
        own.put_aside(tx, old, receipt.answer)
    _marks(tx, receipt.answer, participant, sorted_.items, int(state["round"]))
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
    tx.delete("mute", participant=participant)


@action(N_("Enter a card"))
def type_card(
    tx: Transaction, *, text: str, role: str = "", source: str = "paper", step: str = ""
) -> Receipt:
    """The leader types a card from paper, or what somebody said aloud; it counts like any other, by its source."""
    format_ = _format(tx)
    one = _find(format_, step) if step else next(s for s in format_.steps if s.makes == "card")
    words = clean(text)
    main = one.field("text")
    if not words.strip():
        raise Refused(REQUIRED)
    if main and len(words) > main.limit:
        raise Refused(TOO_LONG, over=len(words) - main.limit)
    stored = {"text": words, **({"role": clean(role)} if role.strip() else {})}
    return _store(tx, one, uuid4().hex, None, words, stored, "", source)


# What both ways share ---------------------------------------------------------


def _format(tx: Transaction) -> Format:
    return find_format((tx.row("session", 1) or {"format_id": ""})["format_id"])


def _find(format_: Format, step: str) -> Step:
    try:
        return format_.step(step)
    except KeyError:
        raise Refused(agenda.NO_STEP, step=step) from None


def _before(tx: Transaction, key: str) -> dict[str, Any] | None:
    return tx.row("answer", key, "key")


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
    number = tx.largest("answer", "id") + 1
    session = tx.row("session", 1) or {}
    code = invite.receipt_code(number, session["file_id"])
    kept = {**stored, "_makes": "card"} if makes_card else stored
    tx.insert(
        "answer",
        {
            "id": number,
            "key": key,
            "step": step.id,
            "participant": participant,
            "text": text,
            "fields": json.dumps(kept, ensure_ascii=False, sort_keys=True),
            "language": language,
            "question_version": tx.largest("question_version", "version"),
            "source": source,
            "receipt": code,
            "received_at": tx.now,
        },
    )
    card = tx.insert("card", {"answer_id": number, "text": text, **(place or {})}) if makes_card else None
    return Receipt(code, False, number, card)


def _underlying(
    tx: Transaction,
    step: Step,
    key: str,
    participant: str | None,
    about: str,
    sorted_: _Sorted,
    language: str,
) -> Receipt:
    """The answer to the gentle question after a card that sounds like a solution: a row of its own, naming the card's receipt."""
    if "underlying" in sorted_.troubles:
        raise FieldTrouble({"underlying": sorted_.troubles["underlying"]})
    words = sorted_.stored.get("underlying", "")
    if not words:
        raise FieldTrouble({"underlying": Refused(REQUIRED)})
    known = tx.row("participant", participant) if participant else None
    stored = {"underlying": words, "about": clean(about)}
    return _store(tx, step, key, participant if known else None, "", stored, language, "phone")


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


def _sort(fields: Sequence[Field], given: Fields) -> _Sorted:
    out = _Sorted()
    by_name = {f.name: f for f in fields}
    per_item: dict[tuple[str, str], str] = {}
    for name, raw in given.items():
        base, _, item = name.partition("@")
        field_ = by_name.get(base)
        if (
            field_ is None
            or bool(field_.per) != bool(item)
            or (item and not _ITEM[field_.per == "item"].fullmatch(item))
        ):
            continue
        values = [raw] if isinstance(raw, str) else list(raw)
        value, trouble = _value(field_, [clean(v) for v in values])
        if trouble is not None:
            out.troubles[name] = trouble
        elif item:
            if value not in ("", []):
                words = " ".join(value) if isinstance(value, list) else value
                per_item[(base, item)] = words
                out.stored[name] = value
        elif field_.apart:
            out.apart[base] = value if isinstance(value, str) else " ".join(value)
        else:
            out.stored[base] = value
    for field_ in fields:
        if field_.required and not field_.per and field_.name not in out.troubles:
            given_value = out.stored.get(field_.name) or out.apart.get(field_.name)
            if not given_value:
                chooses = field_.type in ("one", "many", "s5", "bool")
                out.troubles[field_.name] = Refused(CHOOSE if chooses else REQUIRED)
    out.items = [(by_name[base], item, value) for (base, item), value in per_item.items()]
    _count_dots(out)
    return out


def _count_dots(out: _Sorted) -> None:
    spent: dict[str, int] = {}
    for field_, _item, value in out.items:
        if field_.type == "dots":
            spent[field_.name] = spent.get(field_.name, 0) + int(value)
            if spent[field_.name] > field_.limit:
                over = spent[field_.name] - field_.limit
                out.troubles[field_.name] = Refused(TOO_MANY_DOTS, limit=field_.limit, over=over)


def _value(field_: Field, values: list[str]) -> tuple[Any, Refused | None]:
    first = values[0] if values else ""
    if not first.strip():
        first = ""
    elif field_.type not in ("text", "area"):
        first = first.strip()
    offered = {c.value for c in field_.choices}
    if field_.type == "many":
        picked = [v for v in values if v]
        wrong = not field_.source and any(v not in offered for v in picked)
        numbers = field_.source == "goals" and not all(v.isdecimal() for v in picked)
        return (picked, Refused(NOT_OFFERED) if wrong or numbers else None)
    if not first:
        return "", None
    if field_.type == "s5":
        return first, None if first in ("1", "2", "3", "4", "5", DONT_KNOW) else Refused(NOT_OFFERED)
    if field_.type == "bool":
        return "1" if first.lower() in ("1", "on", "true", "yes") else "0", None
    if field_.type in ("int", "dots"):
        most = field_.limit or 10**6
        fits = first.isdecimal() and len(first) < 9 and int(first) <= most
        return first, None if fits else Refused(NOT_NUMBER, limit=most)
    if field_.type == "one":
        wrong = bool(offered) and not field_.source and first not in offered
        return first, Refused(NOT_OFFERED) if wrong or len(first) > 200 else None
    over = len(first) - field_.limit if field_.limit else 0
    return first, Refused(TOO_LONG, over=over) if over > 0 else None


def _text(raw: str | Sequence[str] | None) -> str:
    if raw is None or isinstance(raw, str):
        return raw or ""
    return raw[0] if raw else ""
