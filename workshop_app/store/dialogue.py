"""Reads the register of a dialogue: everything for the buyer, and apart from it what is open to all."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from workshop_app.model.dialogue import (
    AgendaItem,
    BuyerRole,
    Dialogue,
    Given,
    Material,
    Note,
    OpenDialogue,
    OpenQuestion,
    Question,
    Slot,
    Supplier,
)
from workshop_app.model.session import SHOW_ROLE_FROM
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile


def dialogue(file: SessionFile) -> Dialogue:
    """The whole register, for the buyer's own eyes only; an empty one where there is no dialogue."""
    cover = next(iter(file.select("SELECT * FROM dialogue")), None)
    spent: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in file.select("SELECT * FROM slot_item"):
        spent[row["slot_id"]][row["item_id"]] = row["seconds"]
    parts: dict[str, Any] = {
        "buyers": tuple(
            BuyerRole(r["id"], r["role"], r["organisation"], r["interests"])
            for r in file.select("SELECT * FROM buyer_role ORDER BY id")
        ),
        "suppliers": tuple(
            Supplier(
                r["id"], r["name"], r["type"], r["status"], bool(r["new_to_us"]), bool(r["earlier_contract"])
            )
            for r in file.select("SELECT * FROM supplier ORDER BY id")
        ),
        "materials": _materials(file),
        "agenda": _agenda(file),
        "slots": tuple(
            _slot(r, spent[r["id"]]) for r in file.select("SELECT * FROM slot ORDER BY starts_at, id")
        ),
        "notes": tuple(_note(r) for r in file.select("SELECT * FROM slot_note ORDER BY slot_id, item_id")),
        "questions": tuple(_question(r) for r in file.select("SELECT * FROM qa ORDER BY id")),
        "given": tuple(
            Given(r["what"], r["what_id"], r["supplier_id"], time_of(r["at"]))
            for r in file.select("SELECT * FROM given ORDER BY id")
        ),
    }
    if cover is None:
        return Dialogue(**parts)
    plain = ("purpose", "terms", "needs_version", "invitation", "channels", "invited_on", "round")
    return Dialogue(
        **{name: cover[name] for name in plain},
        open_to_all=bool(cover["open_to_all"]),
        agenda_locked_at=_maybe(cover["agenda_locked_at"]),
        final_at=_maybe(cover["final_at"]),
        **parts,
    )


def open_dialogue(file: SessionFile) -> OpenDialogue:
    """What phones and the open edition may see. Names no column of the closed part, so the phones' connection can read it."""
    cover = next(iter(file.select("SELECT * FROM dialogue")), None)
    if cover is None:
        return OpenDialogue()
    published = file.select("SELECT * FROM qa WHERE published_at IS NOT NULL ORDER BY published_at, id")
    types = Counter(
        r["type"] for r in file.select("SELECT type FROM supplier WHERE status IN ('registered', 'present')")
    )
    waiting = file.select("SELECT count(*) AS n FROM qa WHERE published_at IS NULL AND same_as IS NULL")
    return OpenDialogue(
        **{name: cover[name] for name in ("purpose", "terms", "invitation", "channels", "invited_on")},
        open_to_all=bool(cover["open_to_all"]),
        agenda=tuple(i for i in _agenda(file) if i.round == cover["round"]),
        materials=_materials(file),
        questions=tuple(
            OpenQuestion(
                id=r["id"],
                question=r["question"],
                answer=r["answer"],
                answered_by=r["answered_by"],
                published_at=time_of(r["published_at"]),
                need=r["need_id"],
                new_information=bool(r["new_information"]),
                corrects=r["corrects"],
            )
            for r in published
        ),
        waiting=waiting[0]["n"],
        types={name: n for name, n in types.items() if n >= SHOW_ROLE_FROM},
    )


def _maybe(text: str | None) -> datetime | None:
    return time_of(text) if text else None


def _materials(file: SessionFile) -> tuple[Material, ...]:
    rows = file.select("SELECT * FROM material ORDER BY id")
    return tuple(
        Material(r["id"], r["title"], r["version"], r["sha256"], r["size"], time_of(r["added_at"]))
        for r in rows
    )


def _agenda(file: SessionFile) -> tuple[AgendaItem, ...]:
    rows = file.select("SELECT * FROM agenda_item ORDER BY round, position, id")
    return tuple(
        AgendaItem(r["id"], r["round"], r["position"], r["title"], r["minutes"], r["prompt"]) for r in rows
    )


def _slot(row: Any, spent: dict[int, int]) -> Slot:
    return Slot(
        id=row["id"],
        round=row["round"],
        supplier=row["supplier_id"],
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        started_at=_maybe(row["started_at"]),
        ended_at=_maybe(row["ended_at"]),
        actual_seconds=row["actual_seconds"],
        deviation=row["deviation"],
        offer=row["offer"],
        late_reason=row["late_reason"],
        cancelled=bool(row["cancelled"]),
        spent=spent,
    )


def _note(row: Any) -> Note:
    return Note(
        id=row["id"],
        slot=row["slot_id"],
        item=row["item_id"],
        open=row["open_text"],
        secret=row["secret_text"],
        internal=row["internal_text"],
        confirmed_at=_maybe(row["confirmed_at"]),
        correction=row["correction"],
    )


def _question(row: Any) -> Question:
    return Question(
        id=row["id"],
        question=row["question"],
        answer=row["answer"],
        raised_in=row["raised_in"],
        raised_at=time_of(row["raised_at"]),
        need=row["need_id"],
        slot=row["slot_id"],
        answered_by=row["answered_by"],
        answered_at=_maybe(row["answered_at"]),
        promised_on=row["promised_on"],
        published_at=_maybe(row["published_at"]),
        same_as=row["same_as"],
        new_information=bool(row["new_information"]),
        secret_part=bool(row["secret_part"]),
        corrects=row["corrects"],
    )
