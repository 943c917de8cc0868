"""Reads what people typed, wherever in their answers it stands, and what of it was blacked out."""

import json
from collections import defaultdict

from workshop_app.model.blackout import Blackout, Passage, is_typed
from workshop_app.store import people
from workshop_app.store.session_file import SessionFile

ALWAYS = ("text", "underlying", "when", "beneficiary")  # also in a step whose form has lost the field since


def typed(file: SessionFile, answer: int | None = None) -> tuple[Passage, ...]:
    """Every text that somebody typed, newest answer first, or those of one answer: what can be blacked out."""
    steps = {s.id: s for s in people.format_of(file).steps}
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
    return tuple(out)


def blackouts(file: SessionFile) -> defaultdict[int, tuple[Blackout, ...]]:
    """The traces of what was blacked out, oldest first, by answer."""
    out: defaultdict[int, tuple[Blackout, ...]] = defaultdict(tuple)
    for row in file.select("SELECT answer_id, field, at, signs, reason FROM blackout ORDER BY id"):
        one = Blackout(row["field"], people.time_of(row["at"]), row["signs"], row["reason"])
        out[row["answer_id"]] += (one,)
    return out
