"""What a form brought, taken apart: what is stored as given, what lies apart, and what is said about each field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshop_app.formats import Field
from workshop_app.i18n import N_
from workshop_app.model import signs
from workshop_app.model.trouble import Refused

Fields = Mapping[str, str | Sequence[str]]

REQUIRED = N_("Write something here first.")
CHOOSE = N_("Choose one here first.")
TOO_LONG = N_("This is {over} characters too long. Shorten it, or send the rest as another card.")
NOT_OFFERED = N_("Choose one of the answers in the list.")
TOO_MANY_DOTS = N_("You have {limit} dots. Take back {over}.")
TOO_MANY = N_("Choose at most {limit}.")
NOT_NUMBER = N_("Write a whole number from 0 to {limit}.")
LOOK = N_("Something is missing in the form. Look at the marked places; what you wrote is still there.")
DONT_KNOW = "dk"

# C0 controls except newline and tab cannot be printed or put in XML: they are dropped at the door (docs/file-format.md).
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c]")  # what is copied from slides parts its lines by \x0b
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ROW = re.compile(r"\d{1,9}")  # what stands after "@": the id of a row, or an item of a list
_ITEM = re.compile(r"[a-z0-9][a-z0-9_]{0,60}")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class FieldTrouble(Refused):
    """Some fields lack an answer or are too long; `fields` maps form name -> Refused for that field."""

    def __init__(self, fields: dict[str, Refused]) -> None:
        super().__init__(LOOK)
        self.fields = fields


@dataclass
class Sorted:
    """An answer taken apart; `items` are the values given for each card or need, `troubles` by form name."""

    stored: dict[str, Any] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    items: list[tuple[Field, str, str]] = field(default_factory=list)
    troubles: dict[str, Refused] = field(default_factory=dict)


def clean(text: str) -> str:
    """A text as it is stored: as typed, with LF line ends and without signs that can neither be shown nor printed."""
    if text.isprintable():  # most are
        return text
    return _LONE_SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def as_sent(text: str) -> str:
    """A text from a phone, cleaned; of one that is nothing but signs that cannot be shown a U+FFFD is kept.

    Whoever sent it sees that something came, and that it cannot be read, instead of being asked to write something.
    """
    words = clean(text)
    return words if words.strip() or not _UNSHOWN.search(text) else "\ufffd"


def sort(fields: Sequence[Field], given: Fields) -> Sorted:
    """The given values, each checked by its field; unknown names are left out.

    What brings only marks on items, a screen or a list of its own, is not asked for the other required fields.
    """
    out = Sorted()
    fields = [f for f in fields if f.shown_if != "leader"]
    by_name = {f.name: f for f in fields}
    per_item: dict[tuple[str, str], str] = {}
    for name, raw in given.items():
        base, _, item = name.partition("@")
        field_ = by_name.get(base)
        if field_ is None or bool(field_.per) != bool(item) or (item and not _names_item(field_, item)):
            continue
        values = [raw] if isinstance(raw, str) else list(raw)
        value, trouble = _value(field_, [as_sent(v) for v in values])
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
    marks_only = bool(per_item) and not any(f.name in given for f in fields if not f.per)
    for field_ in () if marks_only else fields:
        if field_.required and not field_.per and field_.name not in out.troubles:
            given_value = out.stored.get(field_.name) or out.apart.get(field_.name)
            if not given_value:
                chooses = field_.type in ("one", "many", "s5", "bool")
                out.troubles[field_.name] = Refused(CHOOSE if chooses else REQUIRED)
    out.items = [(by_name[base], item, value) for (base, item), value in per_item.items()]
    _count_dots(out)
    return out


def _names_item(field_: Field, item: str) -> bool:
    return bool((_ITEM if field_.per == "item" else _ROW).fullmatch(item))


def _count_dots(out: Sorted) -> None:
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
        if field_.limit and len(picked) > field_.limit:
            return picked, Refused(TOO_MANY, limit=field_.limit)
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
    over = signs.over(first, field_.limit) if field_.limit else 0
    return first, Refused(TOO_LONG, over=over) if over > 0 else None
