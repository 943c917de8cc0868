"""Rows by id: those that stay keep the focus, and what is being written in them."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.widgets import Heading, PlainLabel, TextArea, column, row
from workshop_app.i18n import Language
from workshop_app.model.dialogue import Dialogue
from workshop_app.store import queries


class Part(QFrame):
    """A section of the dialogue's page: a panel with a heading. `refresh` reads the register and shows it."""

    section_asked = Signal(str)  # another section of the page

    def __init__(self, bridge: Bridge, title: str, about: str = "") -> None:
        super().__init__()
        self.bridge, self.lang = bridge, bridge.lang
        self.kept: list[Kept] = []
        self.setProperty("panel", True)
        self.head = row(Heading(title, size="lead", wrap=False), None, gap=10)
        self.body: QVBoxLayout = column(self.head, gap=10, margins=(20, 16, 20, 18))
        if about:
            self.body.addWidget(PlainLabel(about, size="small", tone="ink2", wrap=True))
        self.setLayout(self.body)

    @property
    def dialogue(self) -> Dialogue:
        """The register as it is now."""
        return self.bridge.get(queries.dialogue)

    def watch(self, name: str, field: QLineEdit | TextArea, written: Callable[[str, str], object]) -> Kept:
        """A field that stores itself; what is refused stays in it."""
        kept = Kept(name, field)
        kept.written.connect(written)
        self.kept.append(kept)
        return kept

    def keep(self) -> None:
        """Stores what is being written."""
        for kept in self.kept:
            kept.keep()

    def refresh(self) -> None:
        """Reads the register and shows this part of it."""


class Row(Protocol):
    """A row of a list: shows an item of its id, anew whenever something changed."""

    def show_item(self, item: Any) -> None: ...


class RowList(QWidget):
    """Rows of items that have an `id`, made by `make(item)` when they are first shown."""

    def __init__(self, make: Callable[[Any], QWidget], gap: int = 6) -> None:
        super().__init__()
        self.make, self.rows = make, dict[int, Any]()
        self.box = column(gap=gap)
        self.setLayout(self.box)

    def show_items(self, items: Iterable[Any]) -> None:
        """Shows these items in this order."""
        listed = list(items)
        here = {item.id for item in listed}
        for gone in [i for i in self.rows if i not in here]:
            widget = self.rows.pop(gone)
            self.box.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for place, item in enumerate(listed):
            if item.id not in self.rows:
                self.rows[item.id] = self.make(item)
            if self.box.indexOf(self.rows[item.id]) != place:
                self.box.insertWidget(place, self.rows[item.id])
            self.rows[item.id].show_item(item)


def today() -> str:
    """The day on this computer as an ISO date."""
    return QDate.currentDate().toString("yyyy-MM-dd")


def company(dialogue: Dialogue, supplier: int) -> str:
    """A supplier's name, for the leader's own eyes."""
    found = dialogue.supplier(supplier)
    return found.name if found is not None else ""


def companies(dialogue: Dialogue, suppliers: Iterable[int], lang: Language) -> str:
    """Several names in a row."""
    return lang.listed(company(dialogue, s) for s in suppliers)
