"""Workshop formats as data: each file in resources/formats is a Format, and no code knows one by name."""

from functools import cache

from workshop_app import resources
from workshop_app.formats.reading import load, load_sheet
from workshop_app.formats.values import (
    KINDS,
    LIMITED,
    ONCE,
    PROJECTOR,
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

__all__ = [
    "KINDS",
    "LIMITED",
    "ONCE",
    "PROJECTOR",
    "TYPES",
    "Choice",
    "Field",
    "Format",
    "FormatTrouble",
    "Item",
    "SmallSheet",
    "Step",
    "Sums",
    "Words",
    "formats",
    "load",
    "load_sheet",
    "sheets",
]


@cache
def formats() -> dict[str, Format]:
    """Every format by id, in the order they are offered; FormatTrouble if a file cannot be used."""
    found: dict[str, Format] = {}
    for file in sorted(resources.path("formats").glob("[!_]*.toml")):
        one = load(file.read_text(encoding="utf-8"), file.name)
        if one.id in found:
            message = N_("{where}: another file already has a format with the id “{id}”. Choose another id.")
            raise FormatTrouble(message, where=file.name, id=one.id)
        found[one.id] = one
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


@cache
def sheets() -> dict[str, SmallSheet]:
    """Every small sheet by id, in the order they are offered; FormatTrouble if a file cannot be used."""
    found = [
        load_sheet(file.read_text(encoding="utf-8"), file.name)
        for file in sorted(resources.path("sheets").glob("[!_]*.toml"))
    ]
    return {one.id: one for one in sorted(found, key=lambda one: (one.order, one.id))}
