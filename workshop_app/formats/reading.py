"""A format from its TOML text, each part checked as it is read; everything that does not hold is found at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from workshop_app import resources
from workshop_app.formats.places import TooTangled, line_of, lines_of
from workshop_app.formats.table import TOO_HIGH, Fault, Table
from workshop_app.formats.values import (
    ASKED_PER,
    ASKING,
    AUDIENCES,
    KINDS,
    LIMITED,
    LISTS,
    MAKES,
    PER,
    PHONE,
    PROJECTOR,
    RESERVED,
    RESULTS,
    SCALES,
    SHOWN_IF,
    SOURCES,
    TAKEN_STEPS,
    TYPES,
    Choice,
    Field,
    Format,
    FormatTrouble,
    Item,
    Step,
    Words,
)
from workshop_app.i18n import N_

SHARED = "_join.toml"
LARGEST = 100_000  # signs in a file; the largest that ships has 24 000

NO_STEPS = N_("{where}: there are no steps. Add at least one [[step]].")
UNEVEN = N_("{where}: the steps take {total} minutes, minutes says {minutes}. Change one of them.")
NO_LIST = N_("{where}: there is no list or earlier step called “{name}”. Known: {known}.")
NO_ITEMS = N_("{where}: a field is asked per item, but items is missing. Add it, as in items = “factors”.")
NO_LIMIT = N_("{where}: a field of type {type} needs a limit, as in limit = 200.")
NO_CHOICES = N_("{where}: a field to choose in needs choices or a source.")
NEEDS_FIELD = N_("{where}: a step like this needs a field called “{name}”. The program builds on it.")
NO_SCALE = N_("{where}: “{name}” is not a scale that needs are rated on. Choose one of {known}.")
NOT_PER = N_("{where}: nothing is asked per {per} in a step of the kind {kind}. Take per away.")
NO_FIELDS = N_("{where}: phones show a form here, but there is nothing to answer. Add a field.")
TAKEN = N_("{where}: “{name}” is a name the program uses itself. Choose another.")
TOO_LARGE = N_("{where}: the file is larger than {most} characters. That is not a workshop format.")
TANGLED = N_("{where}: brackets or keys stand too deep inside each other. A format is never written so.")
NOT_READ = N_(
    "{where}: line {line}, column {column} cannot be read. Look there and on the line above for a "
    "missing quotation mark, bracket or equals sign."
)

_PLACE = re.compile(r"line (\d+), column (\d+)")
_MOST_LIMIT = {"text": 500, "area": 2000, "dots": 20, "many": 60, "int": 1_000_000}
_MINUTES = 600  # of a step


@dataclass(frozen=True)
class Read:
    """What a text says, as far as it could be read, and all that does not hold in it."""

    format: Format
    faults: tuple[Fault, ...]


def load(text: str, name: str) -> Format:
    """A format from its TOML text; `name` is the file's, for what FormatTrouble says."""
    read = read_data(parse(text, name))
    if read.faults:
        raise trouble(read.faults[0], text, name)
    return read.format


@lru_cache(maxsize=16)
def carried(text: str) -> Format:
    """The format whose text a session file carries; FormatTrouble if it cannot be used."""
    return load(text, "session.format_toml")


def trouble(fault: Fault, text: str, name: str) -> FormatTrouble:
    """What is said about a fault, with the line where it stands in the text."""
    line = line_of(lines_of(text), fault.place)
    return FormatTrouble(fault.message, where=name, line=line, inside=fault.inside, **fault.values)


def parse(text: str, name: str) -> dict[str, Any]:
    """The tables of a TOML text; FormatTrouble with the line where it cannot be read."""
    if len(text) > LARGEST:
        raise FormatTrouble(TOO_LARGE, where=name, most=LARGEST)
    try:
        lines_of(text)
        return tomllib.loads(text)
    except TooTangled as tangled:
        raise FormatTrouble(TANGLED, line=tangled.line, where=name) from tangled
    except ValueError as wrong:  # of TOML, or a number of thousands of digits
        place = _PLACE.search(str(wrong))
        line, column = place.groups() if place else (len(text.splitlines()), 1)
        raise FormatTrouble(NOT_READ, where=name, line=line, column=column) from wrong


@cache
def _shared() -> dict[str, Any]:
    return parse(resources.text("formats", SHARED), SHARED)


@cache
def shared_form() -> tuple[tuple[Field, ...], Words, tuple[Words, ...]]:
    """The join form, its words and the rules that a format has unless it has its own."""
    shared = Table(_shared(), [])
    form = tuple(read_field(t) for t in shared.tables("field", 40))
    return form, shared.spoken("intro"), tuple(_pair(t) for t in shared.tables("rule", 6))


def read_data(data: Mapping[str, Any]) -> Read:
    """A format from its tables; what does not hold is left out or empty, and told among the faults."""
    faults: list[Fault] = []
    top = Table(data, faults)
    form, intro, shared_rules = shared_form()
    join = top.table("join")
    if join is not None:
        form, intro = tuple(read_field(t) for t in join.tables("field", 40)), join.spoken("intro")
    format_ = Format(
        id=top.name("id"),
        version=top.number("version", 1),
        name=top.spoken("name"),
        purpose=top.spoken("purpose"),
        who=top.spoken("who"),
        people=top.span("people", 1000),
        minutes=top.number("minutes"),
        steps=tuple(_step(t, form) for t in top.tables("step", 40)),
        three_rules=tuple(_pair(t) for t in top.tables("rule", 6)) or shared_rules,
        join=form,
        join_intro=intro,
        roles=tuple(_choice(t) for t in top.tables("role", 40)),
        order=top.number("order", 100),
        result=top.one_of("result", RESULTS, "needs"),
        audience=top.one_of("audience", AUDIENCES, "own"),
        lists=dict(_list(t) for t in top.tables("list", 20)),
        beside=top.yes("beside"),
        also_known_as=top.names("also_known_as"),
    )
    top.done()
    _fits(top, format_)
    if join is not None:
        join.no_doubles([f.name for f in form], "field", "name")
        join.done()
    return Read(format_, tuple(faults))


def _fits(top: Table, format_: Format) -> None:
    """Notes what does not fit together; each part by itself has been read."""
    if not format_.steps:
        top.trouble(NO_STEPS, "step")
    top.no_doubles([s.id for s in format_.steps], "step", "id")
    top.no_doubles([c.value for c in format_.roles], "role", "value")
    for number, step in enumerate(format_.steps):
        there = Table({}, top.faults, ("step", number), step.id)
        own = step.fields[len(format_.join) :] if step.kind == "lobby" else step.fields
        asked = [f.name for f in format_.join] if step.kind == "lobby" else []
        there.no_doubles([f.name for f in own], "field", "name", asked)
        _step_fits(there, format_, step, own)
    total = sum(s.minutes for s in format_.steps)
    if total != format_.minutes:
        top.trouble(UNEVEN, "minutes", total=total, minutes=format_.minutes)


def _step_fits(there: Table, format_: Format, step: Step, own: tuple[Field, ...]) -> None:
    until = [s.id for s in format_.steps[: format_.steps.index(step) + 1]]
    known = [*format_.lists, *until, *LISTS]
    if step.items and step.items not in known:
        there.trouble(NO_LIST, "items", name=step.items, known=", ".join(known))
    if not step.items and any(f.per == "item" or f.source == "items" for f in own):
        there.trouble(NO_ITEMS, "items")
    if step.id in TAKEN_STEPS:
        there.trouble(TAKEN, "id", name=step.id)
    wanted = ("understood",) if step.kind == "probe" else ("text",) if step.makes == "card" else ()
    for name in wanted:
        if step.field(name) is None:
            there.trouble(NEEDS_FIELD, "field", name=name)
    if step.kind in ASKING and step.phone == "form" and not own:
        there.trouble(NO_FIELDS, "field")
    for number, field in enumerate(own):
        if field.per and step.kind not in ASKED_PER[field.per]:
            there.trouble(NOT_PER, "field", number, "per", per=field.per, kind=step.kind)
        if step.kind == "rate" and field.type == "s5" and field.name not in SCALES:
            there.trouble(NO_SCALE, "field", number, name=field.name, known=", ".join(SCALES))


def _pair(table: Table) -> Words:
    words = table.pair()
    table.both(words, "")
    table.done()
    return words


def _choice(table: Table) -> Choice:
    return Choice(table.name("value"), _pair(table))


def _list(table: Table) -> tuple[str, tuple[Item, ...]]:
    table.within(table.data.get("id", "list"))
    name, items = table.name("id"), tuple(read_item(t) for t in table.tables("item", 100))
    table.no_doubles([i.value for i in items], "item", "value")
    table.done()
    return name, items


def read_item(table: Table) -> Item:
    """An item of a list from its table."""
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


def read_field(table: Table, types: tuple[str, ...] = TYPES, sources: tuple[str, ...] = SOURCES) -> Field:
    """A field from its table."""
    table.within(table.data.get("name", "field"))
    field = Field(
        name=table.name("name"),
        type=table.one_of("type", types),
        limit=table.number("limit", 0),
        required=table.yes("required"),
        label=table.spoken("label"),
        hint=table.spoken("hint", needed=False),
        choices=tuple(_choice(t) for t in table.tables("choices", 60)),
        source=table.one_of("source", sources, ""),
        per=table.one_of("per", PER, ""),
        shown_if=table.one_of("shown_if", SHOWN_IF, ""),
        apart=table.yes("apart"),
        short=table.spoken("short", needed=False),
        low=table.spoken("low", needed=False),
        middle=table.spoken("middle", needed=False),
        high=table.spoken("high", needed=False),
    )
    most = _MOST_LIMIT.get(field.type, field.limit)
    if field.type in LIMITED and not field.limit:
        table.trouble(NO_LIMIT, "limit", type=field.type)
    elif field.limit > most:
        table.trouble(TOO_HIGH, "limit", key="limit", value=field.limit, most=most)
    if field.type in ("one", "many") and not field.choices and not field.source:
        table.trouble(NO_CHOICES, "choices")
    if field.name in RESERVED:
        table.trouble(TAKEN, "name", name=field.name)
    table.no_doubles([c.value for c in field.choices], "choices", "value")
    table.done()
    return field


def _step(table: Table, join: tuple[Field, ...]) -> Step:
    table.within(table.data.get("id", "step"))
    kind = table.one_of("kind", KINDS)
    fields = tuple(read_field(t) for t in table.tables("field", 40))
    step = Step(
        id=table.name("id"),
        kind=kind,
        minutes=table.number("minutes", most=_MINUTES),
        title=table.spoken("title"),
        prompt=table.spoken("prompt", needed=kind != "pause"),
        fields=join + fields if kind == "lobby" else fields,
        facilitator=table.spoken("facilitator"),
        makes=table.one_of("makes", MAKES, ""),
        many=table.yes("many"),
        phone=table.one_of("phone", PHONE, "form"),
        projector=table.one_of("projector", PROJECTOR, "question"),
        projector_text=table.spoken("projector_text", needed=False),
        outcome=table.spoken("outcome"),
        rules=table.yes("rules"),
        items=table.name("items", ""),
        shuffled=table.yes("shuffled"),
        keeps=table.number("keeps", 0, most=100),
        part=table.number("part", 1, most=20),
    )
    table.done()
    return step
