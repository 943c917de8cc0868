"""What two answers have in common when one person gave both: the same thing asked twice, of which the newest counts."""

from collections.abc import Mapping
from typing import Any

from workshop_app.formats import Step

SAID = ("text", "area")  # words are all kept; nothing is counted from them


def asked_about(step: Step, fields: Mapping[str, Any]) -> frozenset[str]:
    """What an answer to a step counts for, so that a second answer of the same person takes its place; words never do."""
    if step.kind == "group":
        return frozenset(f"{name} {fields[name]}" for name in ("pair", "card") if name in fields)
    out = set()
    for name in fields if step.kind != "lobby" else ():
        base, _, item = name.partition("@")
        field = step.field(base)
        if field is not None and field.type not in SAID and (item or not step.many):
            out.add(base if field.type == "dots" else name)  # the last lot of dots counts whole
    return frozenset(out)
