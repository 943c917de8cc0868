"""One small sheet as a form: what is asked once, its fixed items, its free rows, and the sums where it has costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.small_sheets.inputs import Inputs, named
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    IconButton,
    Panel,
    PlainLabel,
    Rule,
    SectionLabel,
    column,
    row,
)
from workshop_app.formats import ONCE
from workshop_app.formats import Field as Asked
from workshop_app.model import life_cycle
from workshop_app.model.small_sheets import Filled, SheetRow

ABREAST, NARROW = 21, 12  # shares of the width that fit in a line, and where there is little room
LONG = 7  # the share of a field that may take the rest of its line
ACROSS = 3  # boxes beside each other


def share(field: Asked) -> int:
    """How much of a line a field takes."""
    if field.type in ("s5", "one", "int"):
        return 3
    if field.type == "amount":
        return 5
    return 4 if field.limit <= 40 else 5 if field.limit <= 120 else LONG


class OncePart(Panel):
    """What is asked once: short fields beside each other, boxes in columns."""

    def __init__(self, inputs: Inputs) -> None:
        super().__init__(pad=20, gap=14)
        self.inputs = inputs
        code, form = inputs.bridge.lang.code, inputs.sheet.form
        boxes = [f for f in form.once if f.type == "area"]
        short = [f for f in form.once if f.type != "area"]
        for fields, across in ((boxes, min(form.across, ACROSS)), (short, ACROSS)):
            if not fields:
                continue
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(look().px(20))
            grid.setVerticalSpacing(look().px(14))
            for place, field in enumerate(fields):
                part = Field(field.label.get(code), inputs.widgets[field.name])
                grid.addWidget(part, place // across, place % across, Qt.AlignmentFlag.AlignBottom)
            for n in range(across):
                grid.setColumnStretch(n, 1)
            self.body.addLayout(grid)


class ItemsPart(Panel):
    """A line for each fixed item of the sheet, its fields beside its name."""

    def __init__(self, bridge: Bridge, sheet: Filled, offers: Mapping[str, Sequence[str]]) -> None:
        super().__init__(pad=20, gap=0)
        code = bridge.lang.code
        self.inputs: dict[str, Inputs] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(16))
        grid.setVerticalSpacing(look().px(8))
        for place, field in enumerate(sheet.form.fields, 1):
            grid.addWidget(SectionLabel(field.label.get(code)), 0, place)
            grid.setColumnStretch(place, share(field))
        grid.setColumnStretch(0, 5)
        for line, item in enumerate(sheet.form.items, 1):
            inputs = self.inputs[item.value] = Inputs(bridge, sheet, item.value, offers)
            name = item.label.get(code)
            words = column(PlainLabel(name, weight="semibold", wrap=True), gap=0)
            if hint := item.hint.get(code):
                words.addWidget(PlainLabel(hint, size="small", tone="ink2", wrap=True))
            grid.addWidget(Rule(), 2 * line - 1, 0, 1, len(sheet.form.fields) + 1)
            grid.addLayout(words, 2 * line, 0)
            for place, field in enumerate(sheet.form.fields, 1):
                if field.name in inputs.widgets:
                    widget = named(inputs.widgets[field.name], f"{field.label.get(code)}, {name}")
                    grid.addWidget(widget, 2 * line, place)
        self.body.addLayout(grid)


class RowPart(Panel):
    """One free row."""

    def __init__(self, rows: "RowsPart") -> None:
        super().__init__(pad=16, gap=10)
        self.rows = rows
        lang, form = rows.bridge.lang, rows.sheet.form
        self.inputs = Inputs(rows.bridge, rows.sheet, "", rows.offers)
        self.up = IconButton("chevron-up", lang("Move up"))
        self.down = IconButton("chevron-down", lang("Move down"))
        self.away = IconButton("x", lang("Take away"))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.away.clicked.connect(self._drop)
        lines: list[tuple[QHBoxLayout, int]] = []
        left = 0
        for field in form.fields:
            if share(field) > left:
                lines.append((row(gap=14), 0))
                left = rows.abreast
            line, used = lines[-1]
            part = Field(field.label.get(lang.code), self.inputs.widgets[field.name])
            line.addWidget(part, share(field), Qt.AlignmentFlag.AlignTop)
            lines[-1] = (line, used + share(field))
            left -= share(field)
        last, used = lines[-1]
        if len(lines) > 1 and used < rows.abreast and share(form.fields[-1]) < LONG:
            last.addStretch(rows.abreast - used)
        fields = column(*(line for line, _ in lines), gap=10)
        tools = column(self.away, self.up, self.down, None, gap=2)
        whole = row(gap=10)
        whole.addLayout(fields, 1)
        whole.addLayout(tools)
        self.body.addLayout(whole)

    def show_row(self, stored: SheetRow, place: int, count: int) -> None:
        """Shows a row as stored."""
        self.inputs.row = stored.id
        self.inputs.show(stored.fields)
        for button, there in ((self.up, place > 0), (self.down, place + 1 < count)):
            button.setVisible(count > 1)
            button.setEnabled(there)

    def _move(self, by: int) -> None:
        if self.inputs.row is not None:
            to = list(self.rows.parts).index(self.inputs.row) + by
            self.rows.bridge.do(actions.sheet.move, row=self.inputs.row, to=to)

    def _drop(self) -> None:
        if self.inputs.row is None:
            self.rows.forget()
        else:
            self.rows.bridge.do(actions.sheet.drop, row=self.inputs.row)


class RowsPart(QWidget):
    """The free rows, with a place for one more."""

    def __init__(
        self, bridge: Bridge, sheet: Filled, offers: Mapping[str, Sequence[str]], abreast: int
    ) -> None:
        super().__init__()
        self.bridge, self.sheet, self.offers, self.abreast = bridge, sheet, offers, abreast
        self.parts: dict[int, RowPart] = {}
        self.draft: RowPart | None = None
        self.box = QVBoxLayout()
        self.box.setSpacing(look().px(10))
        self.add = Button(bridge.lang("New row"), icon="plus")
        self.add.clicked.connect(self.begin)
        self.setLayout(column(self.box, row(self.add, None), gap=12))

    def show_rows(self, rows: Sequence[SheetRow]) -> None:
        """Shows the rows; those that stay keep their widgets."""
        for gone in set(self.parts) - {r.id for r in rows}:
            one = self.parts.pop(gone)
            one.hide()
            one.deleteLater()
        parts = {r.id: self.parts.get(r.id) or RowPart(self) for r in rows}
        for place, stored in enumerate(rows):
            part = parts[stored.id]
            if self.box.indexOf(part) != place:
                self.box.insertWidget(place, part)
            part.show_row(stored, place, len(rows))
        self.parts = parts
        self.add.setVisible(self.draft is None and len(rows) < actions.sheet.MOST)

    def begin(self) -> None:
        """Opens an empty row."""
        if self.draft is None:
            self.draft = RowPart(self)
            self.draft.up.hide()
            self.draft.down.hide()
            self.draft.inputs.then = self._adopt
            self.box.addWidget(self.draft)
            next(iter(self.draft.inputs.widgets.values())).setFocus()
            self.add.hide()

    def _adopt(self, row_id: int | None) -> None:
        """The draft has been stored and becomes that row, where the leader goes on writing."""
        draft, self.draft = self.draft, None
        if draft is None:
            return
        if row_id is not None:
            double = self.parts.pop(row_id, None)
            if double is not None:
                double.hide()
                double.deleteLater()
            self.parts[row_id] = draft
        self.add.show()

    def forget(self) -> None:
        """Takes the empty row away."""
        if self.draft is not None:
            self.draft.hide()
            self.draft.deleteLater()
            self.draft = None
        self.add.show()
        self.add.setFocus()


class SumsPart(Panel):
    """What it comes to, year by year and in all; what is unknown is said beside every sum."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(pad=20, gap=10)
        self.bridge = bridge
        self.words = PlainLabel(weight="semibold", size="large", wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(look().px(24))
        self.grid.setVerticalSpacing(look().px(6))
        self.shown: list[tuple[str, ...]] = []
        self.body.addWidget(self.words)
        self.body.addLayout(self.grid)

    def show_sums(self, sheet: Filled) -> None:
        """Reckons and shows."""
        lang, names = (
            self.bridge.lang,
            {i.value: i.label.get(self.bridge.lang.code) for i in sheet.form.items},
        )
        whole = life_cycle.total(sheet)
        self.words.setText(life_cycle.total_words(sheet, whole, lang) if whole else lang(life_cycle.NO_YEARS))
        rows: list[tuple[str, ...]] = []
        if whole:
            rows.append((lang("Years"), lang("Known"), lang("Unknown"), lang("Not filled in")))
        for period in life_cycle.periods(sheet):
            lacking = [", ".join(names[i] for i in part) or "–" for part in (period.unknown, period.empty)]
            money = life_cycle.money_words(sheet, period, lang)
            rows.append((life_cycle.years_words(period, lang), money, lacking[0], lacking[1]))
        if rows == self.shown:
            return
        self.shown = rows
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, cells in enumerate(rows):
            for place, text in enumerate(cells):
                label: Any = SectionLabel(text) if line == 0 else PlainLabel(text, wrap=place > 1)
                self.grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignTop)
        for place, stretch in enumerate((2, 2, 3, 3)):
            self.grid.setColumnStretch(place, stretch)


class SheetForm(QWidget):
    """One sheet, for a need or the whole workshop; made anew when another is chosen."""

    def __init__(
        self, bridge: Bridge, sheet: Filled, offers: Mapping[str, Sequence[str]], abreast: int = ABREAST
    ) -> None:
        super().__init__()
        form = sheet.form
        self.once = Inputs(bridge, sheet, ONCE, offers) if form.once else None
        self.items = ItemsPart(bridge, sheet, offers) if form.items else None
        self.rows = RowsPart(bridge, sheet, offers, abreast) if form.rows != "none" else None
        self.sums = SumsPart(bridge) if form.sums else None
        parts = [OncePart(self.once)] if self.once else []
        shown = [p for p in (*parts, self.items, self.rows, self.sums) if p is not None]
        self.setLayout(column(*shown, None, gap=16))

    def show_sheet(self, sheet: Filled) -> None:
        """Shows what is stored."""
        if self.once:
            self.once.show(sheet.once)
        for item, inputs in (self.items.inputs if self.items else {}).items():
            inputs.show(sheet.items.get(item, {}))
        if self.rows:
            self.rows.show_rows(sheet.rows)
        if self.sums:
            self.sums.show_sums(sheet)

    def keep(self) -> None:
        """Stores what is being written."""
        for one in self._inputs():
            one.keep()

    def let_go(self) -> None:
        """Stores what is being written, before another sheet takes the place of this one."""
        self.keep()
        for one in self._inputs():
            one.let_go()

    def _inputs(self) -> list[Inputs]:
        parts = [*([self.once] if self.once else []), *(self.items.inputs.values() if self.items else ())]
        if self.rows:
            parts += [
                p.inputs for p in (*self.rows.parts.values(), *([self.rows.draft] if self.rows.draft else []))
            ]
        return parts
