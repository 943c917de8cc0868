"""Small parts that every page is built from. Import them from here."""

from workshop_app.desktop.widgets.bars import ButtonBar
from workshop_app.desktop.widgets.buttons import Button, IconButton, KeyCap, paint_key
from workshop_app.desktop.widgets.fields import Field, TextArea, choice, line_edit, number_edit
from workshop_app.desktop.widgets.figures import (
    Counter,
    DotRow,
    InflowBars,
    ShareBar,
    TimeBar,
    TimerView,
    clock_text,
)
from workshop_app.desktop.widgets.flow import BesideLayout, ColumnsLayout, FlowLayout
from workshop_app.desktop.widgets.focus import install_ring
from workshop_app.desktop.widgets.icons import IconLabel, Logo, icon, paint_icon, paint_logo, pixmap
from workshop_app.desktop.widgets.labels import (
    ElidedLabel,
    Heading,
    PlainLabel,
    Rule,
    SectionLabel,
    VerbatimLabel,
    tip,
)
from workshop_app.desktop.widgets.parts import (
    EmptyState,
    HintLine,
    Panel,
    PressRow,
    ScrollColumn,
    SectionHead,
    column,
    empty_layout,
    fill_row,
    row,
)
from workshop_app.desktop.widgets.pills import Chip, Pill, paint_pill, pill_size
from workshop_app.desktop.widgets.qr import QrView

__all__ = [
    "BesideLayout",
    "Button",
    "ButtonBar",
    "Chip",
    "ColumnsLayout",
    "Counter",
    "DotRow",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FlowLayout",
    "Heading",
    "HintLine",
    "IconButton",
    "IconLabel",
    "InflowBars",
    "KeyCap",
    "Logo",
    "Panel",
    "Pill",
    "PlainLabel",
    "PressRow",
    "QrView",
    "Rule",
    "ScrollColumn",
    "SectionHead",
    "SectionLabel",
    "ShareBar",
    "TextArea",
    "TimeBar",
    "TimerView",
    "VerbatimLabel",
    "choice",
    "clock_text",
    "column",
    "empty_layout",
    "fill_row",
    "icon",
    "install_ring",
    "line_edit",
    "number_edit",
    "paint_icon",
    "paint_key",
    "paint_logo",
    "paint_pill",
    "pill_size",
    "pixmap",
    "row",
    "tip",
]
