"""The dialogue in the short form of a session: question list, fixed agenda, meetings and request for information.

A log that only knows the day of publication has that day, at noon, for every time of an entry. What the open edition may
show goes out again in the same form; companies never do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.fields import clean
from workshop_app.i18n import N_
from workshop_app.model import dialogue as rules
from workshop_app.model.request import DAYS, STANDARD, TEXTS, Rfi
from workshop_app.model.trouble import Refused, Word
from workshop_app.store.writer import Transaction

TO_ALL = "all_registered"

BAD_VALUE = N_("In {place}, “{part}” should be {wanted}. Nothing was imported.")
A_DATE, A_TIME, MINUTES = (
    N_("a date such as 2026-03-14"),
    N_("a time such as 2026-03-14T09:00"),
    N_("whole minutes"),
)

# what words say of a supplier's type where the file does not
_TYPES = (
    ("non_profit", r"ideell|idéburen|förening|non-?profit"),
    ("research", r"forskning|universitet|högskola|research|university"),
    ("small", r"\bliten|\blitet|\bsmå|\bsmall"),
    ("medium", r"medel|medium"),
    ("large", r"\bstor|\blarge"),
)


@dataclass(frozen=True)
class ShortDialogue:
    """The parts of a dialogue, looked through: texts are texts, numbers whole, days days."""

    questions: Sequence[Mapping[str, Any]] = ()
    agenda: Sequence[Mapping[str, Any]] = ()
    slots: Sequence[Mapping[str, Any]] = ()
    suppliers: Sequence[Mapping[str, Any]] = ()
    cover: Mapping[str, Any] = field(default_factory=dict)
    rfi: Mapping[str, Any] | None = None
    rest: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.questions or self.agenda or self.slots or self.suppliers or self.cover or self.rfi)


_COVER = ("purpose", "terms", "invitation", "channels", "invited_on")
_KNOWN = {
    *_COVER, "open_to_all", "needs_version", "fixed_agenda", "slot_minutes", "slots", "suppliers", "rfi", "materials",
}  # fmt: skip


def read_dialogue(look: Any, data: Mapping[str, Any]) -> ShortDialogue:
    """The dialogue of a session in the short form; `look` asks for parts and refuses what is not as it should be."""
    questions = []
    for number, one in enumerate(look.items(data, "qa_log"), 1):
        look.object(one, "qa_log", number)
        made = {
            k: look.text(one, k)
            for k in ("id", "answer", "raised_in", "need_id", "answered_by_role", "corrects")
        }
        made["question"] = look.text(one, "question", needed=True)
        day = look.text(one, "published_on") or look.text(one, "published_at")
        made |= {
            "published": _moment(look, day, "published_on"),
            "to_all": look.text(one, "published_to") == TO_ALL,
        }
        made |= {k: one.get(k) is True for k in ("new_information", "secret_part")}
        questions.append(made)
    told = look.part(data, "dialogue")
    look.place = "dialogue"
    cover = {k: look.text(told, k) for k in _COVER if k in told}
    if "invited_on" in cover:
        cover["invited_on"] = _day(look, cover["invited_on"], "invited_on")
    if isinstance(told.get("needs_version"), int):
        cover["needs_version"] = told["needs_version"]
    if "open_to_all" in told:
        cover["open_to_all"] = int(told["open_to_all"] is True)
    agenda = []
    for number, one in enumerate(look.items(told, "fixed_agenda"), 1):
        look.object(one, "fixed_agenda", number)
        title = look.text(one, "item") or look.text(one, "title", needed=True)
        agenda.append(
            {"title": title, "minutes": _whole(look, one, "minutes"), "prompt": look.text(one, "prompt")}
        )
    suppliers = []
    for number, one in enumerate(look.items(told, "suppliers"), 1):
        look.object(one, "suppliers", number)
        suppliers.append({k: look.text(one, k, needed=k == "name") for k in ("name", "type", "status")})
    slots = [_slot(look, one, n, told) for n, one in enumerate(look.items(told, "slots"), 1)]
    return ShortDialogue(
        questions, agenda, slots, suppliers, cover, _rfi(look, told), {k: v for k, v in told.items() if k not in _KNOWN}
    )  # fmt: skip


def _slot(look: Any, one: Any, number: int, told: Mapping[str, Any]) -> dict[str, Any]:
    look.object(one, "slots", number)
    planned = _whole(look, {"slot_minutes": told.get("slot_minutes"), **one}, "planned_min", "slot_minutes")
    took = None if one.get("actual_min") is None else _whole(look, one, "actual_min")
    why, offer = look.text(one, "deviation"), look.text(one, "offer")
    if not offer and took is not None and rules.overrun(planned, took * 60):
        why, _, offer = (part.strip() for part in why.partition(";"))  # one text with both, as in the samples
    return {
        "supplier": look.text(one, "supplier", needed=True),
        "starts": _moment(look, look.text(one, "start", needed=True), "start"),
        "planned": planned,
        "took": took,
        "agenda_done": one.get("agenda_complete") if isinstance(one.get("agenda_complete"), bool) else None,
        "deviation": why,
        "offer": offer,
    }


def _rfi(look: Any, told: Mapping[str, Any]) -> dict[str, Any] | None:
    if "rfi" not in told:
        return None
    look.place = "rfi"
    asked = look.part(told, "rfi")
    days = {k: _day(look, look.text(asked, k), k) for k in DAYS}
    texts = {k: look.text(asked, k) for k in ("sent_to", *TEXTS)}
    questions = look.texts(asked, "questions")
    left_out = look.texts(asked, "left_out") if "left_out" in asked else _unasked(questions)
    row = {**days, **texts, "left_out": " ".join(k for k in STANDARD if k in left_out)}
    return {"row": row, "questions": questions, "needs": look.texts(asked, "needs")}


def _unasked(questions: Sequence[str]) -> tuple[str, ...]:
    """The standard questions that are not asked where nothing is said of them: a list of questions is the whole list."""
    return tuple(STANDARD) if questions else ()


def _whole(look: Any, data: Mapping[str, Any], *parts: str) -> int:
    value = next((data[p] for p in parts if data.get(p) is not None), None)
    if type(value) is not int or not 0 <= value <= 24 * 60:
        raise Refused(BAD_VALUE, place=look.place, part=parts[0], wanted=Word(MINUTES))
    return value


def _day(look: Any, text: str, part: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused(BAD_VALUE, place=look.place, part=part, wanted=Word(A_DATE)) from None


def _moment(look: Any, text: str, part: str) -> datetime | None:
    """A time with its zone; a day alone is its noon."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return datetime.fromisoformat(f"{text}T12:00:00+00:00")
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except (ValueError, OverflowError):
        raise Refused(BAD_VALUE, place=look.place, part=part, wanted=Word(A_TIME)) from None


# Into the file ---------------------------------------------------------------------


@action(N_("Import a dialogue"), undoable=False)
def import_dialogue(
    tx: Transaction, *, short: ShortDialogue, people: Sequence[Mapping[str, str]], needs: Mapping[str, int]
) -> None:
    """Fills the tables of the dialogue. `people`: the participants, whose roles may say a supplier's type; `needs`: by id."""
    if not short:
        return
    tx.insert("dialogue", {"id": 1, **short.cover})
    suppliers = _suppliers(tx, short, people)
    for position, item in enumerate(short.agenda, 1):
        tx.insert("agenda_item", {"round": 1, "position": position, **item})
    started = [_import_slot(tx, slot, suppliers[slot["supplier"]]) for slot in short.slots]
    if begun := sorted(s for s in started if s):
        tx.update("dialogue", 1, {"agenda_locked_at": begun[0]})
    _questions(tx, short, [*suppliers.values()], needs)
    if short.rfi is not None:
        tx.insert("rfi", {"id": 1, **short.rfi["row"]})
        for text in short.rfi["questions"]:
            tx.insert("rfi_question", {"text": text})
        for need in sorted({needs[n] for n in short.rfi["needs"] if n in needs}):
            tx.insert("rfi_need", {"need_id": need})


def _suppliers(tx: Transaction, short: ShortDialogue, people: Sequence[Mapping[str, str]]) -> dict[str, int]:
    described = {one["name"]: one for one in short.suppliers}
    held = {slot["supplier"] for slot in short.slots if slot["took"] is not None}
    made = {}
    for name in dict.fromkeys([*described, *(slot["supplier"] for slot in short.slots)]):
        given = described.get(name, {})
        roles = " ".join(p["role"] for p in people if p["organisation"] == name)
        type_ = (
            given.get("type") if given.get("type") in rules.SUPPLIER_TYPES else _type_said(f"{roles} {name}")
        )
        known = given.get("status") in rules.SUPPLIER_STATUSES
        status = given["status"] if known else "present" if name in held else "registered"
        made[name] = tx.insert("supplier", {"name": name, "type": type_, "status": status})
    return made


def _type_said(words: str) -> str:
    return next((type_ for type_, said in _TYPES if re.search(said, words, re.IGNORECASE)), "unknown")


def _import_slot(tx: Transaction, slot: Mapping[str, Any], supplier: int) -> str:
    """One meeting; returns when it started, "" if it was not held."""
    start = slot["starts"].replace(tzinfo=None)
    row = {"round": 1, "supplier_id": supplier, "starts_at": start.isoformat(timespec="minutes")}
    row |= {"minutes": slot["planned"], "deviation": slot["deviation"], "offer": slot["offer"]}
    began = ""
    if slot["took"] is not None:
        began = _utc(slot["starts"])
        ended = _utc(slot["starts"] + timedelta(minutes=slot["took"]))
        done = None if slot["agenda_done"] is None else int(slot["agenda_done"])
        row |= {
            "started_at": began,
            "ended_at": ended,
            "actual_seconds": slot["took"] * 60,
            "agenda_done": done,
        }
    tx.insert("slot", row)
    return began


def _questions(
    tx: Transaction, short: ShortDialogue, suppliers: Sequence[int], needs: Mapping[str, int]
) -> None:
    made: dict[str, int] = {}
    for one in short.questions:
        at = _utc(one["published"]) if one["published"] else None
        row = {
            "question": one["question"],
            "answer": one["answer"],
            "answered_by": one["answered_by_role"],
            "raised_in": one["raised_in"] if one["raised_in"] in rules.RAISED_IN else "in_writing",
            "raised_at": at or tx.now,
            "answered_at": (at or tx.now) if one["answer"] else None,
            "published_at": at,
            "need_id": needs.get(one["need_id"]),
            "new_information": int(one["new_information"]),
            "secret_part": int(one["secret_part"]),
            "corrects": made.get(one["corrects"]),
        }
        entry = tx.insert("qa", row)
        made[one["id"]] = entry
        if at and one["to_all"]:
            for supplier in suppliers:
                tx.insert("given", {"what": "answer", "what_id": entry, "supplier_id": supplier, "at": at})


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# Out of the file -------------------------------------------------------------------


def open_parts(told: rules.OpenDialogue, needs: Mapping[int, str]) -> dict[str, Any]:
    """What the open edition shows of a dialogue, in the short form: `qa_log` and `dialogue`, or nothing of either.

    `needs` maps a need's row to its id in the short form.
    """
    parts: dict[str, Any] = {}
    if told.questions:
        parts["qa_log"] = [_open_question(q, needs) for q in sorted(told.questions, key=lambda q: q.id)]
    dialogue: dict[str, Any] = {k: getattr(told, k) for k in _COVER if getattr(told, k)}
    if told.agenda:
        dialogue["fixed_agenda"] = [
            {"item": i.title, "minutes": i.minutes, **({"prompt": i.prompt} if i.prompt else {})}
            for i in told.agenda
        ]
        dialogue["slot_minutes"] = sum(i.minutes for i in told.agenda)
    if told.materials:
        dialogue["materials"] = [
            {"title": m.title, "version": m.version, "sha256": m.sha256} for m in told.materials
        ]
    if told.rfi:
        dialogue["rfi"] = _open_rfi(told.rfi, needs)
    if dialogue:
        parts["dialogue"] = {**dialogue, "open_to_all": told.open_to_all}
    return parts


def _open_rfi(asked: Rfi, needs: Mapping[int, str]) -> dict[str, Any]:
    out = {"sent_to": asked.sent_to, "issued": asked.issued, "answers_due": asked.answers_due}
    more = {name: getattr(asked, name) for name in (*DAYS, *TEXTS) if name not in out}
    more |= {"needs": [needs[n] for n in asked.needs if n in needs]}
    told = {"left_out": list(asked.left_out)} if asked.left_out != _unasked(asked.questions) else {}
    return {**out, "questions": list(asked.questions), **told, **{k: v for k, v in more.items() if v}}


def _open_question(one: rules.OpenQuestion, needs: Mapping[int, str]) -> dict[str, Any]:
    out = {
        "id": f"q{one.id}",
        "question": one.question,
        "answer": one.answer,
        "raised_in": one.raised_in,
        "published_to": TO_ALL,
        "published_on": f"{one.published_at.astimezone():%Y-%m-%d}",
        "asker_shown": False,
    }
    more = {
        "answered_by_role": one.answered_by,
        "need_id": needs.get(one.need or 0, ""),
        "new_information": one.new_information,
        "corrects": f"q{one.corrects}" if one.corrects else "",
    }
    return out | {k: clean(v) if isinstance(v, str) else v for k, v in more.items() if v}
