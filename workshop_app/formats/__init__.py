"""Workshop formats as data: each file in resources/formats is a Format, and no code knows one by name."""

from workshop_app.formats.reading import load
from workshop_app.formats.sheets import load_sheet, sheets
from workshop_app.formats.shelf import known, own
from workshop_app.formats.shipped import formats, held
from workshop_app.formats.values import (
    AUDIENCES,
    KINDS,
    LIMITED,
    ONCE,
    PROJECTOR,
    RESULTS,
    SCALES,
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
from workshop_app.formats.writing import as_data, write

__all__ = [
    "AUDIENCES",
    "KINDS",
    "LIMITED",
    "ONCE",
    "PROJECTOR",
    "RESULTS",
    "SCALES",
    "SHOWN_IF",
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
    "as_data",
    "formats",
    "held",
    "known",
    "load",
    "load_sheet",
    "own",
    "sheets",
    "write",
]
