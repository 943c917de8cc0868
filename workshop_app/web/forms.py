"""What a phone sends and what a form shows: bodies become fields, fields become what the templates draw."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from workshop_app.formats import Field, Step
from workshop_app.web.limits import MOST_FIELDS

Given = dict[str, list[str]]
# ids that the pages have themselves; a format may well ask a question by such a name
_OF_THE_PAGE = ("away", "back", "bars", "corner", "drafts", "form", "lost", "main", "marks", "moved", "network", "notice",
    "own", "ready", "rests", "sentence", "sort", "start", "told", "waiting", "words")  # fmt: skip
LONG_NAME = 50  # bytes; longer ones are no fields of ours, and are not remembered
MOST_RADIOS = 8  # more choices than this become a drop-down list, when an answer is not demanded


class Unreadable(ValueError):
    """A body that is neither form nor JSON as described."""


def read(body: bytes, content_type: str) -> Given:
    """Names and their values, from a form or from JSON; Unreadable if it is neither."""
    if content_type == "application/json":
        return _from_json(body)
    if body.count(b"&") >= MOST_FIELDS:
        raise Unreadable
    given: Given = {}
    for pair in body.replace(b"+", b" ").split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            known = _name if len(name) < LONG_NAME else _text
            given.setdefault(known(name), []).append(_text(value))
    return given


@lru_cache(1000)
def _name(escaped: bytes) -> str:
    return _text(escaped)


def _text(escaped: bytes) -> str:
    return (unquote_to_bytes(escaped) if b"%" in escaped else escaped).decode("utf-8", "replace")


def _from_json(body: bytes) -> Given:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable from trouble
    if not isinstance(data, dict) or len(data) > MOST_FIELDS:
        raise Unreadable
    return {name: _texts(value) for name, value in data.items() if value is not None}


def _texts(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, str | int | float):
        return [str(value)]
    if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
        return [_texts(v)[0] for v in value]
    raise Unreadable


def values(given: Given, step: Step) -> dict[str, str | list[str]]:
    """The fields as actions take them: lists for what may be chosen several times, else the last value."""
    out: dict[str, str | list[str]] = {}
    for name, texts in given.items():
        field = step.field(name.partition("@")[0])
        if field is not None and field.type == "many":
            out[name] = texts
        elif texts:
            out[name] = texts[-1]
    return out


def one(given: Given, name: str) -> str:
    """The last value of a name, "" if it is not there."""
    return (given.get(name) or [""])[-1]


@dataclass(frozen=True)
class Shown:
    """One field as a template draws it; texts are in the phone's language."""

    name: str
    id: str
    kind: str  # text, area, radios, select, checks, scale, number, yes
    label: str
    hint: str = ""
    required: bool = False
    limit: int = 0
    options: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    error: str = ""
    short: str = ""
    low: str = ""
    middle: str = ""
    high: str = ""
    anchors: bool = False  # what 1, 3 and 5 mean stands in full

    @property
    def value(self) -> str:
        """What is typed in it so far."""
        return self.chosen[0] if self.chosen else ""


def show(
    field: Field,
    code: str,
    offered: Sequence[tuple[str, str]] = (),
    *,
    item: int | str | None = None,
    given: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Shown:
    """A field of a format in one language, with what was typed and what is asked to be put right.

    `offered`: the values and labels of its source, before its own choices.
    """
    name = field.form_name(item)
    options = (*offered, *((c.value, c.label.get(code)) for c in field.choices))
    if field.type == "dots":
        options = tuple((str(n), str(n)) for n in range(field.limit + 1))
    return Shown(
        name=name,
        id=name.replace("@", "-") + ("-asked" if name in _OF_THE_PAGE else ""),
        kind=_kind(field, len(options)),
        label=field.label.get(code),
        hint=field.hint.get(code),
        required=field.required,
        limit=field.limit,
        options=options if field.type in ("one", "many", "dots") else (),
        suggestions=tuple(v for v, _ in offered) if field.type == "text" else (),
        chosen=tuple((given or {}).get(name, ())),
        error=(errors or {}).get(name, ""),
        short=field.short.get(code),
        low=field.low.get(code),
        middle=field.middle.get(code),
        high=field.high.get(code),
    )


def _kind(field: Field, options: int) -> str:
    if field.type == "one":
        return "select" if options > MOST_RADIOS and not field.required else "radios"
    kinds: dict[str, Any] = {"many": "checks", "s5": "scale", "int": "number", "bool": "yes", "dots": "dots"}
    return str(kinds.get(field.type, field.type))
