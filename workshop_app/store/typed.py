"""Reads what people typed, wherever in their answers it stands, and what of it was blacked out."""

import json
from collections import defaultdict
from typing import Any

from workshop_app.model.blackout import Blackout, Passage, is_typed
from workshop_app.store import people
from workshop_app.store.session_file import SessionFile

ALWAYS = ("text", "underlying", "when", "beneficiary")  # also in a step whose form has lost the field since

CONTACT = ("name", "contact")


def typed(file: SessionFile, answer: int | None = None) -> tuple[Passage, ...]:
    """Every text that somebody typed, newest answer first, or those of one answer: what can be blacked out.

    Last come the names and contacts that were given apart.
    """
    format_ = people.format_of(file)
    steps = {s.id: s for s in format_.steps}
    rows = file.select(
        "SELECT id, step, fields FROM answer WHERE ? IS NULL OR id = ? ORDER BY id DESC", answer, answer
    )
    out = []
    for row in rows:
        step = steps.get(row["step"])
        for name, text in json.loads(row["fields"]).items():
            typed = name in ALWAYS or (step is not None and is_typed(step, name))
            if typed and isinstance(text, str) and text.strip():
                out.append(Passage(row["id"], name, text, row["step"]))
    if answer is None:
        out += [
            Passage(0, name, row[name], format_.lobby.id, row["id"])
            for row in file.select("SELECT id, name, contact FROM contact ORDER BY id DESC")
            for name in CONTACT
            if row[name].strip()
        ]
    return tuple(out)


def contact_passages(file: SessionFile, contact: int) -> tuple[Passage, ...]:
    """A name and contact that were given apart, as they are shown."""
    return tuple(p for p in typed(file) if p.contact == contact)


def contact_blackouts(file: SessionFile, contact: int) -> tuple[Blackout, ...]:
    """The traces of what was blacked out in a name or contact that was given apart, oldest first."""
    rows = file.select(
        "SELECT field, at, signs, reason FROM blackout WHERE contact_id = ? ORDER BY id", contact
    )
    return tuple(_trace(row) for row in rows)


def blackouts(file: SessionFile) -> defaultdict[int, tuple[Blackout, ...]]:
    """The traces of what was blacked out, oldest first, by answer; those of names given apart lie under 0."""
    out: defaultdict[int, tuple[Blackout, ...]] = defaultdict(tuple)
    for row in file.select("SELECT answer_id, field, at, signs, reason FROM blackout ORDER BY id"):
        out[row["answer_id"] or 0] += (_trace(row),)
    return out


def _trace(row: Any) -> Blackout:
    return Blackout(row["field"], people.time_of(row["at"]), row["signs"], row["reason"])
