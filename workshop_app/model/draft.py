"""A need as a table wrote it: a draft on a phone or a laptop, until somebody takes it over."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop_app.model import lint
from workshop_app.model.lint import Finding
from workshop_app.model.need import FIELDS, Need

# names on the form -> names of a need's parts
NEED_FIELDS: Mapping[str, str] = {
    **{name: name for name in ("who", "function", "situation", "effect", "requirement")},
    "check": "requirement_check",
}
_LATER = ("N12", "N14")  # about evidence and the market: not the table's business


@dataclass(frozen=True)
class Draft:
    """One draft as it was received. `used` are the needs it went into, as (number of the need, part or "" for all)."""

    answer: int
    receipt: str
    table: str
    heap: int | None
    fields: Mapping[str, str]  # by the names of a need's parts
    received_at: datetime
    replaced_by: str = ""  # receipt of the wording that the table sent in its place
    used: tuple[tuple[int, str], ...] = ()
    source: str = "phone"

    @property
    def waiting(self) -> bool:
        """Whether it is the table's last word and nobody has taken anything of it."""
        return not self.used and not self.replaced_by


def read(stored: str) -> tuple[int | None, dict[str, str]]:
    """The heap that a draft names, and its words by the names of a need's parts; `stored` is the answer's JSON."""
    given = json.loads(stored)
    heap = str(given.get("heap") or "")
    texts = {part: str(given.get(name) or "").strip() for name, part in NEED_FIELDS.items()}
    return (int(heap) if heap.isdecimal() and len(heap) < 10 else None), texts


def questions(fields: Mapping[str, str], language: str, shown_in: str) -> Sequence[Finding]:
    """What the words give reason to ask at the table; `fields` by the names of a need's parts."""
    if not any(fields.get(name) for name in NEED_FIELDS.values()):
        return ()
    whole = {**dict.fromkeys(FIELDS, ""), **fields}
    one = Need(id=0, number=0, status="draft", fields=whole, heap=None, version=1)
    found = lint.lint_need(one.lint_fields(), language, shown_in)
    return tuple(f for f in found if f.rule not in _LATER and f.field in NEED_FIELDS.values())
