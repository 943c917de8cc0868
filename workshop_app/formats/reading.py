"""A format from its TOML text, each part checked as it is read."""

import re
import tomllib
from collections.abc import Callable
from typing import Any, NoReturn

from workshop_app import resources
from workshop_app.formats.values import (
    ABOUT,
    AUDIENCES,
    KINDS,
    LIMITED,
    LISTS,
    ONCE,
    PER,
    PHONE,
    PROJECTOR,
    RESULTS,
    ROWS,
    SHEET_TYPES,
    SHOWN_IF,
    TYPES,
    Choice,
    Field,
    Format,
    FormatTrouble,
    Item,
    SmallSheet,
    Step,
    Sums,
    Words,
)
from workshop_app.i18n import N_

SHARED = "_join.toml"

_ID = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"line (\d+), column (\d+)")


def load(text: str, name: str) -> Format:
    """A format from its TOML text; `name` is the file's, for what FormatTrouble says."""
    top = _Table(_toml(text, name), name)
    shared = _Table(_toml(resources.text("formats", SHARED), SHARED), SHARED)
    join = top.table("join") or shared
    form = tuple(_field(t) for t in join.tables("field"))
    format_ = Format(
        id=top.name("id"),
        version=top.number("version", 1),
        name=top.spoken("name"),
        purpose=top.spoken("purpose"),
        who=top.spoken("who"),
        people=top.span("people"),
        minutes=top.number("minutes"),
        steps=tuple(_step(t, form) for t in top.tables("step")),
        three_rules=tuple(_pair(t) for t in top.tables("rule") or shared.tables("rule")),
        join=form,
        join_intro=join.spoken("intro"),
        roles=tuple(_choice(t) for t in top.tables("role")),
        order=top.number("order", 100),
        result=top.one_of("result", RESULTS, "needs"),
        audience=top.one_of("audience", AUDIENCES, "own"),
        lists=dict(_list(t) for t in top.tables("list")),
        also_known_as=top.names("also_known_as"),
    )
    top.done()
    validate(format_, name)
    return format_


def validate(format_: Format, file: str) -> None:
    """Refuses, as FormatTrouble, a format whose parts do not fit together; `load` has read each part."""
    if not format_.steps:
        raise FormatTrouble(N_("{where}: there are no steps. Add at least one [[step]]."), where=file)
    _no_doubles([s.id for s in format_.steps], f"{file}, step")
    _no_doubles([f.name for f in format_.join], f"{file}, join")
    for step in format_.steps:
        _no_doubles([f.name for f in step.fields], f"{file}, {step.id}")
    for step in format_.steps:
        _items(format_, step, f"{file}, {step.id}")
    total = sum(s.minutes for s in format_.steps)
    if total != format_.minutes:
        message = N_("{where}: the steps take {total} minutes, minutes says {minutes}. Change one of them.")
        raise FormatTrouble(message, where=file, total=total, minutes=format_.minutes)


def _items(format_: Format, step: Step, where: str) -> None:
    until = [s.id for s in format_.steps[: format_.steps.index(step) + 1]]
    known = [*format_.lists, *until, *LISTS]
    if step.items and step.items not in known:
        message = N_("{where}: there is no list or earlier step called “{name}”. Known: {known}.")
        raise FormatTrouble(message, where=where, name=step.items, known=", ".join(known))
    if not step.items and any(f.per == "item" for f in step.fields):
        message = N_(
            "{where}: a field is asked per item, but items is missing. Add it, as in items = “factors”."
        )
        raise FormatTrouble(message, where=where)


def _no_doubles(names: list[str], where: str) -> None:
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        message = N_("{where}: “{name}” is used twice. Give each its own name.")
        raise FormatTrouble(message, where=where, name=twice[0])


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        place = _PLACE.search(str(trouble))
        line, column = place.groups() if place else (len(text.splitlines()), 1)
        message = N_(
            "{where}: line {line}, column {column} cannot be read. Look there and on the line above for a "
            "missing quotation mark, bracket or equals sign."
        )
        raise FormatTrouble(message, where=name, line=line, column=column) from trouble


def _pair(table: "_Table") -> Words:
    words = Words(table.text("sv"), table.text("en"))
    table.both(words, "")
    table.done()
    return words


def _choice(table: "_Table") -> Choice:
    return Choice(table.name("value"), _pair(table))


def _list(table: "_Table") -> tuple[str, tuple[Item, ...]]:
    table.where += f", {table.data.get('id', 'list')}"
    name, items = table.name("id"), tuple(_item(t) for t in table.tables("item"))
    _no_doubles([i.value for i in items], table.where)
    table.done()
    return name, items


def _item(table: "_Table") -> Item:
    item = Item(
        value=table.name("value"),
        label=table.spoken("label"),
        hint=table.spoken("hint", needed=False),
        low=table.spoken("low", needed=False),
        middle=table.spoken("middle", needed=False),
        high=table.spoken("high", needed=False),
    )
    table.done()
    return item


def load_sheet(text: str, name: str) -> SmallSheet:
    """A small sheet from its TOML text; `name` is the file's, for what FormatTrouble says."""
    top = _Table(_toml(text, name), name)
    sums = top.table("sums")
    sheet = SmallSheet(
        id=top.name("id"),
        name=top.spoken("name"),
        purpose=top.spoken("purpose"),
        order=top.number("order", 100),
        about=top.one_of("about", ABOUT, "session"),
        rows=top.one_of("rows", ROWS, "own"),
        across=top.number("across", 2),
        once=tuple(_field(t, SHEET_TYPES) for t in top.tables("once")),
        fields=tuple(_field(t, SHEET_TYPES) for t in top.tables("field")),
        items=tuple(_item(t) for t in top.tables("item")),
        sums=_sums(sums) if sums else None,
    )
    top.done()
    _no_doubles([f.name for f in sheet.once], f"{name}, once")
    _no_doubles([f.name for f in sheet.fields], f"{name}, field")
    _no_doubles([ONCE, *(i.value for i in sheet.items)], f"{name}, item")
    return sheet


def _sums(table: "_Table") -> Sums:
    sums = Sums(
        years=table.name("years"),
        amount=table.name("amount"),
        unit=table.name("unit"),
        start=table.names("start"),
        yearly=table.names("yearly"),
        end=table.names("end"),
        saved=table.names("saved"),
    )
    table.done()
    return sums


def _field(table: "_Table", types: tuple[str, ...] = TYPES) -> Field:
    table.where += f", {table.data.get('name', 'field')}"
    field = Field(
        name=table.name("name"),
        type=table.one_of("type", types),
        limit=table.number("limit", 0),
        required=table.yes("required"),
        label=table.spoken("label"),
        hint=table.spoken("hint", needed=False),
        choices=tuple(_choice(t) for t in table.tables("choices")),
        source=table.name("source", ""),
        per=table.one_of("per", PER, ""),
        shown_if=table.one_of("shown_if", SHOWN_IF, ""),
        apart=table.yes("apart"),
        short=table.spoken("short", needed=False),
        low=table.spoken("low", needed=False),
        middle=table.spoken("middle", needed=False),
        high=table.spoken("high", needed=False),
    )
    if field.type in LIMITED and not field.limit:
        table.trouble(
            N_("{where}: a field of type {type} needs a limit, as in limit = 200."), type=field.type
        )
    if field.type in ("one", "many") and not field.choices and not field.source:
        table.trouble(N_("{where}: a field to choose in needs choices or a source."))
    _no_doubles([c.value for c in field.choices], table.where)
    table.done()
    return field


def _step(table: "_Table", join: tuple[Field, ...]) -> Step:
    table.where += f", {table.data.get('id', 'step')}"
    kind = table.one_of("kind", KINDS)
    fields = tuple(_field(t) for t in table.tables("field"))
    step = Step(
        id=table.name("id"),
        kind=kind,
        minutes=table.number("minutes"),
        title=table.spoken("title"),
        prompt=table.spoken("prompt", needed=kind != "pause"),
        fields=join + fields if kind == "lobby" else fields,
        facilitator=table.spoken("facilitator"),
        makes=table.name("makes", ""),
        many=table.yes("many"),
        phone=table.one_of("phone", PHONE, "form"),
        projector=table.one_of("projector", PROJECTOR, "question"),
        projector_text=table.spoken("projector_text", needed=False),
        outcome=table.spoken("outcome"),
        rules=table.yes("rules"),
        items=table.name("items", ""),
        shuffled=table.yes("shuffled"),
        keeps=table.number("keeps", 0),
        part=table.number("part", 1),
    )
    table.done()
    return step


class _Table:
    """One TOML table being read: knows where it stands, and which of its keys nobody has asked for."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self.data, self.where = data, where
        self.asked: set[str] = set()

    def trouble(self, message: str, **values: object) -> NoReturn:
        raise FormatTrouble(message, where=self.where, **values)

    def take(self, key: str, default: object, fits: Callable[[Any], bool], example: str) -> Any:
        self.asked.add(key)
        value = self.data.get(key, default)
        if value is None:
            self.trouble(N_("{where}: {key} is missing. Add it, as in {example}."), key=key, example=example)
        if value != default and not fits(value):
            self.trouble(N_("{where}: {key} must look like {example}."), key=key, example=example)
        return value

    def number(self, key: str, default: int | None = None) -> int:
        return int(self.take(key, default, lambda v: type(v) is int and v >= 0, f"{key} = 20"))

    def span(self, key: str) -> tuple[int, int]:
        def fits(value: Any) -> bool:
            whole = isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)
            return whole and 1 <= value[0] <= value[1]

        low, high = self.take(key, None, fits, f"{key} = [8, 40]")
        return low, high

    def yes(self, key: str) -> bool:
        return bool(self.take(key, False, lambda v: isinstance(v, bool), f"{key} = true"))

    def text(self, key: str) -> str:
        return str(self.take(key, "", lambda v: isinstance(v, str), f'{key} = "…"')).strip()

    def name(self, key: str, default: str | None = None) -> str:
        def fits(value: object) -> bool:
            return isinstance(value, str) and bool(_ID.fullmatch(value))

        return str(self.take(key, default, fits, f'{key} = "small_letters_and_digits"'))

    def names(self, key: str) -> tuple[str, ...]:
        def fits(value: object) -> bool:
            return isinstance(value, list) and all(isinstance(v, str) and _ID.fullmatch(v) for v in value)

        return tuple(self.take(key, [], fits, f'{key} = ["former_id"]'))

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        value = str(self.take(key, default, lambda v: isinstance(v, str), f'{key} = "{known[-1]}"'))
        if value not in known:
            message = N_("{where}: “{value}” is not a {key} the program knows. Choose one of {known}.")
            self.trouble(message, key=key, value=value, known=", ".join(k for k in known if k))
        return value

    def table(self, key: str) -> "_Table | None":
        value = self.take(key, {}, lambda v: isinstance(v, dict), f"[{key}]")
        return _Table(value, f"{self.where}, {key}") if value else None

    def tables(self, key: str) -> list["_Table"]:
        def fits(value: object) -> bool:
            return isinstance(value, list) and all(isinstance(v, dict) for v in value)

        return [_Table(v, self.where) for v in self.take(key, [], fits, f"[[{key}]]")]

    def spoken(self, key: str, needed: bool = True) -> Words:
        value = self.take(key, None if needed else {}, lambda v: isinstance(v, dict), f'{key}.sv = "…"')
        inner = _Table(value, f"{self.where}, {key}")
        words = Words(inner.text("sv"), inner.text("en"))
        inner.done()
        if needed or words:
            self.both(words, key)
        return words

    def both(self, words: Words, key: str) -> None:
        missing = [code for code in ("sv", "en") if not getattr(words, code)]
        if missing:
            message = N_("{where}: there is no text for {key}. Every text is needed in Swedish and English.")
            self.trouble(message, key=f"{key}.{missing[0]}".strip("."))

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.asked)
        if unknown:
            message = N_("{where}: “{key}” is not known. Check the spelling; these are known: {known}.")
            self.trouble(message, key=unknown[0], known=", ".join(sorted(self.asked)))
