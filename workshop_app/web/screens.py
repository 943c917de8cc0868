"""The screens of a step that asks about each need: two scales at a time, then one last screen for dots and the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workshop_app.formats import Field, Step
from workshop_app.model import statement
from workshop_app.model.need import Need

PAIR = 2  # scales on one screen


@dataclass(frozen=True)
class Place:
    """One screen: the need and its part, or the last screen (need None)."""

    need: int | None
    part: int = 0


LAST = Place(None)


def has(step: Step) -> bool:
    """Whether a step asks about each need."""
    return any(f.per == "need" for f in step.fields)


def worded(needs: Sequence[Need]) -> list[Need]:
    """The needs that have words to show: a title, or some part of the sentence."""
    return [n for n in needs if n.title or len(statement.missing(n.fields)) < len(statement.PARTS)]


def chunks(step: Step) -> list[list[Field]]:
    """The fields of one need: two scales to a screen and all else after them; with one scale all on one."""
    scales = [f for f in step.fields if f.per == "need" and f.type == "s5"]
    rest = [f for f in step.fields if f.per == "need" and f.type not in ("s5", "dots")]
    if len(scales) <= 1:
        return [scales + rest] if scales or rest else []
    pairs = [scales[i : i + PAIR] for i in range(0, len(scales), PAIR)]
    return pairs + ([rest] if rest else [])


def places(step: Step, needs: Sequence[Need]) -> list[Place]:
    """Every screen of the step in order."""
    out = [Place(need.id, part) for need in needs for part in range(len(chunks(step)))]
    return [*out, LAST] if any(_on_last(f) for f in step.fields) else out


def asked_for(query: Mapping[str, str], places_: Sequence[Place]) -> Place | None:
    """The screen that an address names with ?need= and ?part=, None if there is none such."""
    asked = _place(query.get("need", ""), query.get("part", "0"))
    return asked if asked in places_ else None


def place_of(step: Step, given: Mapping[str, Sequence[str]]) -> Place | None:
    """The screen that a form came from: what it says itself, else the need that its fields name."""
    if given.get("at"):
        at, _, part_text = given["at"][-1].partition(":")
        return _place(at, part_text or "0")
    for name in given:
        base, _, item = name.partition("@")
        for part, chunk in enumerate(chunks(step)):
            if any(f.name == base for f in chunk):
                return _place(item, str(part))
    return None


def first_open(
    step: Step, places_: Sequence[Place], names: Collection[str], rated: Collection[tuple[int, str]] | None
) -> Place | None:
    """The first screen none of whose form names is among `names`, None when all are answered.

    With `rated` (a later round) scales also count as unanswered when need and criterion are not in it.
    """
    for place in places_:
        if place.need is None:
            bases = {name.partition("@")[0] for name in names}
            done = any(f.name in bases for f in step.fields if _on_last(f))
        else:
            chunk = chunks(step)[place.part]
            done = any(f.form_name(place.need) in names for f in chunk)
            if rated is not None and chunk[0].type == "s5":
                done = any((place.need, f.name) in rated for f in chunk)
        if not done:
            return place
    return None


def around(order: Sequence[int], need: int) -> tuple[int | None, int | None]:
    """The needs before and after one, None at the ends."""
    at = order.index(need)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def _on_last(field: Field) -> bool:
    return field.type == "dots" or not field.per


def _place(need: str, part: str) -> Place | None:
    if need == "last":
        return LAST
    if need.isdecimal() and part.isdecimal() and len(need) < 10 and len(part) < 4:
        return Place(int(need), int(part))
    return None
