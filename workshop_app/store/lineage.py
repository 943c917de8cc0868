"""Reads what outlives one session: where a need came from, what became of it, who else has it, and what was erased."""

import json
from collections import defaultdict
from collections.abc import Mapping

from workshop_app.model.need import Carried, CarriedCard, Happened
from workshop_app.model.project import Project, Stage
from workshop_app.model.summary import Erased
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile

Origin = tuple[str, str, int]  # organisation, file id, number there


def carried(file: SessionFile) -> Mapping[int, tuple[Carried, ...]]:
    """Need -> where it was before, oldest first."""
    out: defaultdict[int, tuple[Carried, ...]] = defaultdict(tuple)
    for row in file.select("SELECT * FROM carried ORDER BY id"):
        plain = {n: row[n] for n in ("file_id", "title", "date", "number", "version", "cards")}
        out[row["need_id"]] += (Carried(**plain, voices=json.loads(row["voices"])),)
    return out


def carried_cards(file: SessionFile) -> tuple[CarriedCard, ...]:
    """Parked cards of earlier sessions."""
    names = ("file_id", "title", "date", "number", "text", "reason")
    rows = file.select("SELECT * FROM carried_card ORDER BY id")
    return tuple(CarriedCard(**{n: row[n] for n in names}) for row in rows)


def happened(file: SessionFile) -> Mapping[int, tuple[Happened, ...]]:
    """Need -> what has become of it since, oldest first."""
    out: defaultdict[int, tuple[Happened, ...]] = defaultdict(tuple)
    for row in file.select("SELECT * FROM happened ORDER BY id"):
        out[row["need_id"]] += (Happened(row["status"], row["note"], row["date"], time_of(row["at"])),)
    return out


def origins(file: SessionFile) -> Mapping[int, Origin]:
    """In a file made of several: need -> organisation, file and number there."""
    return _origins(file, "need")


def card_origins(file: SessionFile) -> Mapping[int, Origin]:
    """The same for cards."""
    return _origins(file, "card")


def _origins(file: SessionFile, kind: str) -> Mapping[int, Origin]:
    rows = file.select("SELECT * FROM origin WHERE kind = ?", kind)
    return {row["row_id"]: (row["organisation"], row["file_id"], row["number"]) for row in rows}


def shared(file: SessionFile) -> Mapping[int, tuple[str, ...]]:
    """Need -> the organisations that have it, for needs marked as the same by two or more."""
    groups: dict[int, set[int]] = {}
    for row in file.select("SELECT need_id, other_id FROM same_need"):
        joined = groups.get(row["need_id"], {row["need_id"]}) | groups.get(row["other_id"], {row["other_id"]})
        groups.update(dict.fromkeys(joined, joined))
    of = origins(file)
    named = {need: tuple(sorted({of[n][0] for n in group if n in of})) for need, group in groups.items()}
    return {need: names for need, names in named.items() if len(names) > 1}


def project(file: SessionFile) -> Project:
    """Where the session stands in its project, and how many needs it brought."""
    stages = tuple(Stage(r["title"], r["count"]) for r in file.select("SELECT * FROM funnel ORDER BY id"))
    brought = file.select("SELECT count(DISTINCT need_id) AS n FROM carried")[0]["n"]
    row = next(iter(file.select("SELECT * FROM project")), None)
    if row is None:
        return Project(brought=brought, stages=stages)
    words = {name: row[name] for name in ("key", "name", "follows", "follows_title")}
    return Project(**words, brought=brought, stages=stages)


def erased(file: SessionFile) -> tuple[Erased, ...]:
    """The receipts of what was erased from this file, oldest first."""
    rows = file.select("SELECT * FROM erasure ORDER BY id")
    return tuple(Erased(time_of(row["at"]), row["basis"], json.loads(row["counts"])) for row in rows)
