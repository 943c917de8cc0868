"""The fields of one part of a small sheet: what is left in a field is stored at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import TextArea, choice, line_edit, row
from workshop_app.formats import Field
from workshop_app.i18n import Language
from workshop_app.model.life_cycle import UNKNOWN, figure
from workshop_app.model.small_sheets import DONT_KNOW, Filled


class AmountField(QWidget):
    """A sum of money, or a tick that says that it is unknown."""

    left = Signal()

    def __init__(self, lang: Language, limit: int) -> None:
        super().__init__()
        self.lang = lang
        self.line = line_edit(limit=limit)
        self.tick = QCheckBox(lang("Unknown"))
        self.tick.toggled.connect(self._ticked)
        self.line.editingFinished.connect(self.left)
        self.setFocusProxy(self.line)
        box = row(self.line, self.tick, gap=8)
        box.setStretchFactor(self.line, 1)
        self.setLayout(box)

    def name(self, words: str) -> None:
        """Says what the amount is of to those who do not see it."""
        self.line.setAccessibleName(words)
        self.tick.setAccessibleName(f"{self.lang('Unknown')}, {words}")

    def value(self) -> str:
        """What is written, or UNKNOWN."""
        return UNKNOWN if self.tick.isChecked() else self.line.text()

    def set_value(self, value: str) -> None:
        """Shows a stored amount."""
        unknown = value == UNKNOWN
        self.tick.blockSignals(True)
        self.tick.setChecked(unknown)
        self.tick.blockSignals(False)
        self.line.setText("" if unknown else figure(value, self.lang.code))
        self.line.setEnabled(not unknown)

    def _ticked(self, on: bool) -> None:
        self.line.setEnabled(not on)
        if on:
            self.line.clear()
        self.left.emit()


class Inputs:
    """The fields of one part: made, read, shown and stored; `row` is that of a free row once it has one."""

    def __init__(self, bridge: Bridge, sheet: Filled, item: str, offers: Mapping[str, Sequence[str]]) -> None:
        self.bridge, self.sheet, self.item = bridge, sheet, item
        self.row: int | None = None
        self.then: Callable[[Any], None] | None = None  # told the row when a new one has been stored
        self.shown: dict[str, str] = {}
        self.refused: set[str] = set()
        self._new = self._gone = False
        self._late: dict[str, str] = {}
        self.widgets: dict[str, QWidget] = {}
        for field in sheet.form.asked(item):
            self.widgets[field.name] = self._made(field, offers.get(field.source, ()))

    def _made(self, field: Field, offers: Sequence[str]) -> QWidget:
        name, lang = field.name, self.bridge.lang
        widget: Any
        if field.type == "area":
            widget = TextArea(5, field.limit)
            widget.left.connect(lambda: self.store(name))
        elif field.type == "amount":
            widget = AmountField(lang, field.limit)
            widget.left.connect(lambda: self.store(name))
        elif field.type in ("s5", "one"):
            widget = choice(options(field, lang))
            widget.activated.connect(lambda _at: self.store(name))
        else:
            widget = line_edit(limit=field.limit if field.type == "text" else 3)
            widget.editingFinished.connect(lambda: self.store(name))
            if offers:
                found = QCompleter(list(offers), widget)
                found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                found.setFilterMode(Qt.MatchFlag.MatchContains)
                widget.setCompleter(found)
        return widget

    def value(self, name: str) -> str:
        """What stands in a field."""
        widget: Any = self.widgets[name]
        if isinstance(widget, QComboBox):
            return str(widget.currentData() or "")
        return str(widget.value() if isinstance(widget, AmountField) else widget.text())

    def set_value(self, name: str, value: str) -> None:
        """Shows another value."""
        widget: Any = self.widgets[name]
        if isinstance(widget, QComboBox):
            widget.setCurrentIndex(max(widget.findData(value), 0))
        elif isinstance(widget, AmountField):
            widget.set_value(value)
        elif isinstance(widget, TextArea):
            widget.set_text(value)
        elif isinstance(widget, QLineEdit):
            widget.setText(value)
            widget.setCursorPosition(0)

    def show(self, values: Mapping[str, str]) -> None:
        """Shows what is stored; a field that is being written in, or whose words were refused, is left alone."""
        for name, widget in self.widgets.items():
            if name in self.refused or (widget.hasFocus() and self._changed(name)):
                continue
            if values.get(name, "") != self.shown.get(name, "") or self._changed(name):
                self.set_value(name, values.get(name, ""))
        self.shown = dict(values)

    def _changed(self, name: str) -> bool:
        value, stored = self.value(name), self.shown.get(name, "")
        if isinstance(self.widgets[name], AmountField):
            return value not in (stored, figure(stored, self.bridge.lang.code))
        return value != stored

    def store(self, name: str) -> None:
        """Stores one field if it has changed. A new row begins with its first words, and waits for its number."""
        if not self._changed(name) or (self._new and self.row is None):
            return
        before, fields = self.shown, {name: self.value(name)}
        if not self.item and self.row is None:
            if not fields[name].strip():
                return
            self._new = True
        self.shown = {**before, **fields}
        self.refused.discard(name)

        def failed(_trouble: BaseException) -> None:
            if self.row is None:
                self._new = False
            if self.shown.get(name) == fields[name]:  # nothing else has been written since
                self.shown = {**self.shown, name: before.get(name, "")}
                self.refused.add(name)

        self.bridge.do(
            actions.sheet.write,
            self._stored,
            failed,
            sheet=self.sheet.form.id,
            need=self.sheet.need,
            item=self.item,
            row=self.row,
            fields=fields,
        )

    def let_go(self) -> None:
        """The fields go; what was written after the first words of a new row waits for its number without them."""
        self._late = {name: self.value(name) for name in self.widgets if self._changed(name)}
        self._gone = True

    def _stored(self, row: int | None) -> None:
        if self._gone:
            if self._new and row is not None and self._late:
                sheet, need = self.sheet.form.id, self.sheet.need
                self.bridge.do(actions.sheet.write, sheet=sheet, need=need, row=row, fields=self._late)
            return
        if not self.item and self.row is None and self.then is not None:
            self.row = row
            self.then(row)
            self.keep()  # what was written in the meantime

    def keep(self) -> None:
        """Stores every field that has changed, before the page goes."""
        for name in self.widgets:
            self.store(name)


def options(field: Field, lang: Language) -> list[tuple[str, str]]:
    """What can be chosen in a field: (value, words)."""
    if field.type == "one":
        return [("", "–"), *((c.value, c.label.get(lang.code)) for c in field.choices)]
    low, high = field.low.get(lang.code), field.high.get(lang.code)
    scale = [("1", f"1 {low}"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", f"5 {high}")]
    return [("", "–"), *scale, (DONT_KNOW, lang("don't know"))]


def named(widget: QWidget, words: str) -> QWidget:
    """The field with its name for those who do not see its label."""
    if isinstance(widget, AmountField):
        widget.name(words)
    widget.setAccessibleName(words)
    widget.setMinimumWidth(look().px(60))
    return widget
