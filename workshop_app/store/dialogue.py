"""Reads the register of a dialogue: everything for the buyer, and apart from it what is open to all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from workshop_app.model import few
from workshop_app.model.dialogue import (
    AgendaItem,
    BuyerRole,
    Dialogue,
    Given,
    Judgement,
    Material,
    Note,
    OpenDialogue,
    OpenQuestion,
    Question,
    Slot,
    Supplier,
)
from workshop_app.model.request import DAYS, TEXTS, Rfi
from workshop_app.model.supplier_names import spoken_names
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile

Rows = Callable[[str, str], Iterable[Any]]  # a table and an order -> its rows


def dialogue(file: SessionFile) -> Dialogue:
    """The whole register, for the buyer's own eyes only; an empty one where there is no dialogue."""
    return register(lambda table, order: file.select(f"SELECT * FROM {table} ORDER BY {order}"))


def register(rows: Rows) -> Dialogue:
    """The whole register from its tables, however they are read: an action reads them inside its transaction."""
    spent: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in rows("slot_item", "slot_id, item_id"):
        spent[row["slot_id"]][row["item_id"]] = row["seconds"]
    questions = tuple(_question(r) for r in rows("qa", "id"))
    parts: dict[str, Any] = {
        "buyers": tuple(
            BuyerRole(r["id"], r["role"], r["organisation"], r["interests"]) for r in rows("buyer_role", "id")
        ),
        "suppliers": tuple(
            Supplier(
                r["id"], r["name"], r["type"], r["status"], bool(r["new_to_us"]), bool(r["earlier_contract"])
            )
            for r in rows("supplier", "id")
        ),
        "materials": _materials(rows),
        "agenda": _agenda(rows),
        "slots": tuple(_slot(r, spent[r["id"]]) for r in rows("slot", "starts_at, id")),
        "notes": tuple(_note(r) for r in rows("slot_note", "slot_id, item_id")),
        "questions": questions,
        "given": tuple(
            Given(r["what"], r["what_id"], r["supplier_id"], time_of(r["at"])) for r in rows("given", "id")
        ),
        "rfi": _rfi(rows),
    }
    cover = next(iter(rows("dialogue", "id")), None)
    if cover is None:
        return Dialogue(**parts)
    plain = ("purpose", "terms", "needs_version", "invitation", "channels", "invited_on", "round")
    # a phone may ask after the summary was made final: it is a draft again until that is published too
    waits = any(q.published_at is None and q.same_as is None for q in questions)
    return Dialogue(
        **{name: cover[name] for name in plain},
        open_to_all=bool(cover["open_to_all"]),
        agenda_locked_at=_maybe(cover["agenda_locked_at"]),
        final_at=None if waits else _maybe(cover["final_at"]),
        **parts,
    )


def judgements(file: SessionFile) -> tuple[Judgement, ...]:
    """The buyer's own judgements, oldest first."""
    rows = file.select("SELECT * FROM supplier_judgement ORDER BY id")
    return tuple(
        Judgement(r["supplier_id"], r["text"], r["score"], r["by_role"], time_of(r["at"])) for r in rows
    )


def open_dialogue(file: SessionFile) -> OpenDialogue:
    """What phones and the open edition may see. It reads nothing of the closed part: the phones' connection cannot."""

    def rows(table: str, order: str) -> Iterable[Any]:
        return file.select(f"SELECT * FROM {table} ORDER BY {order}")

    cover = next(iter(rows("dialogue", "id")), None)
    published = file.select(
        "SELECT id, question, answer, answered_by, raised_in, published_at, need_id, new_information, corrects"
        " FROM qa WHERE published_at IS NOT NULL ORDER BY published_at, id"
    )
    types = Counter(
        r["type"] for r in file.select("SELECT type FROM supplier WHERE status IN ('registered', 'present')")
    )
    waiting = file.select("SELECT count(*) AS n FROM qa WHERE published_at IS NULL AND same_as IS NULL")
    shown = few.told_apart(types)
    told: dict[str, Any] = {}
    if cover is not None:
        told = {name: cover[name] for name in ("purpose", "terms", "invitation", "channels", "invited_on")}
        told["open_to_all"] = bool(cover["open_to_all"])
        told["agenda"] = tuple(i for i in _agenda(rows) if i.round == cover["round"])
    return OpenDialogue(
        **told,
        materials=_materials(rows),
        questions=tuple(
            OpenQuestion(
                id=r["id"],
                question=r["question"],
                answer=r["answer"],
                answered_by=r["answered_by"],
                raised_in=r["raised_in"],
                published_at=time_of(r["published_at"]),
                need=r["need_id"],
                new_information=bool(r["new_information"]),
                corrects=r["corrects"],
            )
            for r in published
        ),
        waiting=waiting[0]["n"],
        types={name: n for name, n in types.items() if name in shown},
        rfi=_rfi(rows),
    )


def supplier_names(file: SessionFile) -> tuple[str, ...]:
    """Names that may stand in nothing open: those of the register, longest first."""
    names = {r["name"] for r in file.select("SELECT name FROM supplier")}
    return spoken_names(names)


def _maybe(text: str | None) -> datetime | None:
    return time_of(text) if text else None


def _materials(rows: Rows) -> tuple[Material, ...]:
    return tuple(
        Material(r["id"], r["title"], r["version"], r["sha256"], r["size"], time_of(r["added_at"]))
        for r in rows("material", "id")
    )


def _agenda(rows: Rows) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(r["id"], r["round"], r["position"], r["title"], r["minutes"], r["prompt"])
        for r in rows("agenda_item", "round, position, id")
    )


def _rfi(rows: Rows) -> Rfi | None:
    row = next(iter(rows("rfi", "id")), None)
    if row is None:
        return None
    asked = tuple(q["text"] for q in rows("rfi_question", "id"))
    return Rfi(
        sent_to=row["sent_to"],
        questions=asked,
        left_out=tuple(row["left_out"].split()),
        needs=tuple(n["need_id"] for n in rows("rfi_need", "need_id")),
        **{name: row[name] for name in (*DAYS, *TEXTS)},
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
        agenda_done=None if row["agenda_done"] is None else bool(row["agenda_done"]),
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
        note=row["note_id"],
        answered_by=row["answered_by"],
        answered_at=_maybe(row["answered_at"]),
        promised_on=row["promised_on"],
        published_at=_maybe(row["published_at"]),
        same_as=row["same_as"],
        new_information=bool(row["new_information"]),
        secret_part=bool(row["secret_part"]),
        corrects=row["corrects"],
    )
