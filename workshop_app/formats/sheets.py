"""The small sheets that come with the program: each file in resources/sheets is one."""

from functools import cache

from workshop_app import resources
from workshop_app.formats.reading import parse, read_field, read_item, trouble
from workshop_app.formats.table import Fault, Table
from workshop_app.formats.values import ABOUT, ONCE, ROWS, SHEET_SOURCES, SHEET_TYPES, SmallSheet, Sums


@cache
def sheets() -> dict[str, SmallSheet]:
    """Every small sheet by id, in the order they are offered; FormatTrouble if a file cannot be used."""
    found = [
        load_sheet(file.read_text(encoding="utf-8"), file.name)
        for file in sorted(resources.path("sheets").glob("[!_]*.toml"))
    ]
    return {one.id: one for one in sorted(found, key=lambda one: (one.order, one.id))}


def load_sheet(text: str, name: str) -> SmallSheet:
    """A small sheet from its TOML text; `name` is the file's, for what FormatTrouble says."""
    faults: list[Fault] = []
    top = Table(parse(text, name), faults)
    sums = top.table("sums")
    sheet = SmallSheet(
        id=top.name("id"),
        name=top.spoken("name"),
        purpose=top.spoken("purpose"),
        order=top.number("order", 100),
        carried=top.yes("carried"),
        about=top.one_of("about", ABOUT, "session"),
        rows=top.one_of("rows", ROWS, "own"),
        across=top.number("across", 2),
        once=tuple(read_field(t, SHEET_TYPES, SHEET_SOURCES) for t in top.tables("once", 40)),
        fields=tuple(read_field(t, SHEET_TYPES, SHEET_SOURCES) for t in top.tables("field", 40)),
        items=tuple(read_item(t) for t in top.tables("item", 100)),
        sums=_sums(sums) if sums else None,
    )
    top.done()
    top.no_doubles([f.name for f in sheet.once], "once", "name")
    top.no_doubles([f.name for f in sheet.fields], "field", "name")
    top.no_doubles([i.value for i in sheet.items], "item", "value", [ONCE])
    if faults:
        raise trouble(faults[0], text, name)
    return sheet


def _sums(table: Table) -> Sums:
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
