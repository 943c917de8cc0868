"""What the room came to: rows with the step's own fields, written and put in order by the leader."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QMenu, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.asked import words
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    IconButton,
    Panel,
    PlainLabel,
    ScrollColumn,
    SectionHead,
    TextArea,
    choice,
    column,
    line_edit,
    row,
    tip,
)
from workshop_app.formats import Field as StepField
from workshop_app.formats import Step
from workshop_app.model.answers import Outcome, Said
from workshop_app.store import queries

ASIDE = 380
LONGEST = 36  # letters of what is ticked


class Several(Button):
    """A button that opens a list to tick in; its words are what is ticked."""

    def __init__(self, options: list[tuple[str, str]], nothing: str) -> None:
        super().__init__(nothing)
        self.nothing, self.menu_ = nothing, QMenu(self)
        self.ticks = {}
        for value, text in options:
            tick = self.menu_.addAction(text.replace("&", "&&"))
            tick.setCheckable(True)
            tick.toggled.connect(lambda _on: self._say())
            self.ticks[value] = tick
        self.clicked.connect(lambda: self.menu_.popup(self.mapToGlobal(QPoint(0, self.height()))))

    def value(self) -> str:
        """The ticked values with blanks between."""
        return " ".join(v for v, tick in self.ticks.items() if tick.isChecked())

    def set_value(self, value: str) -> None:
        """Ticks these and no others."""
        chosen = value.split()
        for name, tick in self.ticks.items():
            tick.setChecked(name in chosen)

    def _say(self) -> None:
        chosen = ", ".join(t.text().replace("&&", "&") for t in self.ticks.values() if t.isChecked())
        self.setText(chosen if len(chosen) <= LONGEST else chosen[: LONGEST - 1] + "…")
        if not chosen:
            self.setText(self.nothing)
        self.setAccessibleDescription(chosen)
        tip(self, chosen)


class KeptRow(Panel):
    """One kept row; what is left in a field is stored at once. `outcome` None is a row not written yet."""

    def __init__(self, rows: "KeptRows", outcome: Outcome | None) -> None:
        super().__init__(pad=14, gap=10)
        self.rows, self.bridge, self.outcome = rows, rows.bridge, outcome
        lang = self.bridge.lang
        self.shown: Mapping[str, str] = {}
        self.inputs: dict[str, QWidget] = {}
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.up = IconButton("chevron-up", lang("Move up"))
        self.down = IconButton("chevron-down", lang("Move down"))
        self.away = IconButton("x", lang("Take away"))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.away.clicked.connect(self._drop)
        self.body.addLayout(row(self.number, None, self.up, self.down, self.away, gap=2))
        for field in words.kept_fields(self.bridge, rows.step):
            self.inputs[field.name] = self._input(field)
            self.body.addWidget(Field(words.label(field, lang.code), self.inputs[field.name]))
        self.lacking = PlainLabel(size="small", weight="semibold", tone="on_attn", wrap=True)
        self.body.addWidget(self.lacking)

    def _input(self, field: StepField) -> QWidget:
        bridge, name = self.bridge, field.name
        if field.type == "area":
            area = TextArea(2, field.limit)
            area.left.connect(lambda: self.store(name))
            return area
        offered = words.options(bridge, self.rows.step, field)
        if field.type in ("one", "bool"):
            box = choice([("", bridge.lang("Choose")), *offered])
            box.activated.connect(lambda _at: self.store(name))
            return box
        if field.type == "many":
            several = Several(offered, bridge.lang("Choose"))
            several.menu_.aboutToHide.connect(lambda: self.store(name))
            return several
        line = line_edit(limit=field.limit or 20)
        line.editingFinished.connect(lambda: self.store(name))
        return line

    def value(self, name: str) -> str:
        """What stands in a field."""
        field: Any = self.inputs[name]
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        return str(field.value() if isinstance(field, Several) else field.text())

    def set_value(self, name: str, value: str) -> None:
        """Shows another value."""
        field: Any = self.inputs[name]
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(field.findData(value), 0))
        elif isinstance(field, Several):
            field.set_value(value)
        elif isinstance(field, TextArea):
            field.set_text(value)
        elif isinstance(field, QLineEdit):
            field.setText(value)
            field.setCursorPosition(0)

    def show_outcome(self, outcome: Outcome, place: int, count: int) -> None:
        """Shows a row as stored; a field that is being written in is left alone."""
        lang = self.bridge.lang
        self.outcome = outcome
        self.number.setText(str(place + 1) if count > 1 else "")
        for button, there in ((self.up, place > 0), (self.down, place + 1 < count)):
            button.setVisible(count > 1)
            button.setEnabled(there)
        for name, field in self.inputs.items():
            stored = outcome.fields.get(name, "")
            if not field.hasFocus() or self.value(name) == self.shown.get(name, ""):
                self.set_value(name, stored)
        self.shown = dict(outcome.fields)
        empty = lacking(words.kept_fields(self.bridge, self.rows.step), outcome, lang.code)
        self.lacking.setText(lang("Still missing: {what}").format(what=", ".join(empty)) if empty else "")
        self.lacking.setVisible(bool(empty))

    def store(self, name: str) -> None:
        """Stores one field if it has changed; a new row begins with its first words."""
        value = self.value(name)
        if value == self.shown.get(name, ""):
            return
        if self.outcome is not None:
            self.shown = {**self.shown, name: value}
            self.bridge.do(actions.outcome.change, outcome=self.outcome.id, fields={name: value})
        elif value.strip():
            fields = {n: v for n in self.inputs if (v := self.value(n))}
            self.shown = fields
            self.bridge.do(actions.outcome.keep, self.rows.adopt, step=self.rows.state_id, fields=fields)

    def keep_all(self) -> None:
        """Stores every field that has changed, before the page goes."""
        for name in self.inputs:
            self.store(name)

    def _move(self, by: int) -> None:
        if self.outcome is not None:
            order = list(self.rows.kept)
            to = order.index(self.outcome.id) + by
            self.bridge.do(actions.outcome.move, outcome=self.outcome.id, to=to)

    def _drop(self) -> None:
        if self.outcome is None:
            self.rows.forget()
        else:
            self.bridge.do(actions.outcome.drop, outcome=self.outcome.id)


class KeptRows(QWidget):
    """All kept rows of a step, with a place for one more as long as the step takes more."""

    def __init__(self, bridge: Bridge, step: Step) -> None:
        super().__init__()
        self.bridge, self.step, self.state_id = bridge, step, step.id
        lang = bridge.lang
        self.kept: dict[int, KeptRow] = {}
        self.draft: KeptRow | None = None
        self.count = PlainLabel(size="small", tone="ink2")
        title = lang("Agreed wording") if step.keeps == 1 else lang("What you keep")
        how = lang("Take over an answer with Keep, or write here what you agree on.")
        if step.kind in ("survey", "lobby"):
            how = lang("Write here what you agree on.")
        self.empty = PlainLabel(how, size="small", tone="ink2", wrap=True)
        self.box = QVBoxLayout()
        self.add = Button(lang("Write") if step.keeps == 1 else lang("New row"), icon="plus")
        self.add.clicked.connect(self.begin)
        self.setLayout(
            column(SectionHead(title, self.count), self.empty, self.box, row(self.add, None), gap=12)
        )

    @property
    def full(self) -> bool:
        """Whether the step takes no more rows."""
        return len(self.kept) >= self.step.keeps

    def refresh(self) -> None:
        """Reads the rows; those that stay keep their widgets."""
        found = self.bridge.get(queries.outcomes, self.state_id)
        for id_ in [i for i in self.kept if all(o.id != i for o in found)]:
            gone = self.kept.pop(id_)
            gone.hide()
            gone.deleteLater()
        rows = {o.id: self.kept.get(o.id) or KeptRow(self, o) for o in found}
        for place, outcome in enumerate(found):
            one = rows[outcome.id]
            if self.box.indexOf(one) != place:
                self.box.insertWidget(place, one)
            one.show_outcome(outcome, place, len(found))
        self.kept = rows
        most = self.step.keeps
        self.count.setText(
            self.bridge.lang("{n} of {m}").format(n=len(found), m=most) if 1 < most < 20 else ""
        )
        self.empty.setVisible(not found and self.draft is None)
        self.add.setVisible(not self.full and self.draft is None)

    def begin(self) -> None:
        """Opens an empty row."""
        if self.draft is None and not self.full:
            self.draft = KeptRow(self, None)
            for part in (self.draft.lacking, self.draft.up, self.draft.down):
                part.hide()
            self.box.addWidget(self.draft)
            next(iter(self.draft.inputs.values())).setFocus()
            self.refresh()

    def adopt(self, outcome: int) -> None:
        """The draft has been stored: it becomes the row of that id, where the leader goes on writing."""
        if self.draft is not None:
            self.kept[outcome], self.draft = self.draft, None
        self.refresh()

    def forget(self) -> None:
        """Takes the empty row away."""
        if self.draft is not None:
            self.draft.hide()
            self.draft.deleteLater()
            self.draft = None
        self.refresh()

    def keep_all(self) -> None:
        """Stores what is being written."""
        for one in [*self.kept.values(), *([self.draft] if self.draft else [])]:
            one.keep_all()

    def take(self, said: Said, values: Mapping[str, Any]) -> None:
        """Takes an answer over: a whole row, or where one wording is agreed its words into that wording."""
        told = {n: " ".join(v) if isinstance(v, list) else str(v) for n, v in values.items() if "@" not in n}
        if self.step.keeps > 1 or not self.kept:
            fields = told if self.step.keeps > 1 else {said.field: said.words}
            self.bridge.do(actions.outcome.keep, step=self.state_id, fields=fields, answer=said.answer)
            return
        [one] = self.kept.values()
        before = one.shown.get(said.field, "")
        both = f"{before}\n{said.words}" if before else said.words
        assert one.outcome is not None
        self.bridge.do(actions.outcome.change, outcome=one.outcome.id, fields={said.field: both})


class KeptAside(QFrame):
    """The kept rows as the panel at the right of a page."""

    def __init__(self, rows: KeptRows, *more: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        scroll = ScrollColumn(gap=16, margins=(20, 20, 20, 20))
        for part in (rows, *more):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def sizeHint(self) -> QSize:
        return QSize(look().px(ASIDE), super().sizeHint().height())


def lacking(fields: Sequence[StepField], outcome: Outcome, code: str) -> list[str]:
    """The names of required fields that a kept row has nothing in."""
    return [words.label(f, code) for f in fields if f.required and not outcome.fields.get(f.name, "").strip()]
