"""The left column of the editor: the format itself and its steps, with their minutes and a mark where something is amiss."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.words import KINDS
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, IconButton, PlainLabel, column, icon, row
from workshop_app.formats import changes
from workshop_app.formats.table import Fault
from workshop_app.i18n import Language

WIDE = 300


class StepList(QWidget):
    """Row 0 is the format, row n the step n; the list keeps its row while the draft changes under it."""

    chosen = Signal(int)

    def __init__(self, draft: Draft, lang: Language) -> None:
        super().__init__()
        self.draft, self.lang = draft, lang
        self.setFixedWidth(look().px(WIDE))
        self.setProperty("ground", "surface")
        self.list = QListWidget()
        self.list.setAccessibleName(lang("Steps of the format"))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.list.currentRowChanged.connect(lambda at: self.chosen.emit(at) if at >= 0 else None)
        self.sum = PlainLabel(size="small", weight="semibold", wrap=True)
        self.add = Button(lang("Add a step"), icon="plus")
        self.add.setMenu(self._kinds())
        self.up = IconButton("arrow-up", lang("Move the step up (Alt+Up)"))
        self.down = IconButton("arrow-down", lang("Move the step down (Alt+Down)"))
        self.copy = IconButton("copy", lang("Copy the step"))
        self.away = IconButton("trash-2", lang("Take the step away"))
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.copy.clicked.connect(self.copy_step)
        self.away.clicked.connect(self.take_away)
        buttons = column(
            row(self.add, None), row(self.up, self.down, self.copy, self.away, None, gap=6), gap=6
        )
        self.setLayout(column(self.list, self.sum, buttons, gap=10, margins=(16, 16, 16, 16)))
        self.refresh()
        self.list.setCurrentRow(0)

    def _kinds(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(self.lang("Add a step"))
        for kind, words in KINDS.items():
            menu.addAction(self.lang(words)).triggered.connect(lambda _=False, k=kind: self.add_step(k))
        return menu

    @property
    def at(self) -> int:
        """The row that is shown."""
        return max(self.list.currentRow(), 0)

    def add_step(self, kind: str) -> None:
        """A new step after the one shown, or last where the format itself is."""
        number = self.at or len(self.draft.get(("step",), []))
        self.draft.change(changes.with_step, number, kind)
        self.list.setCurrentRow(number + 1)

    def shift(self, by: int) -> None:
        """Moves the step that is shown, and goes along with it."""
        to = self.at + by
        if self.at and 1 <= to < self.list.count():
            self.list.blockSignals(True)  # the same step is shown all the time
            place = ("step", self.at - 1)
            self.list.setCurrentRow(to)
            self.list.blockSignals(False)
            self.draft.change(changes.move, place, by)

    def copy_step(self) -> None:
        """The step that is shown once more, after itself, to change."""
        if at := self.at:
            self.draft.change(changes.copy_step, at - 1)
            self.list.setCurrentRow(at + 1)

    def take_away(self) -> None:
        """Takes away the step that is shown; undo brings it back."""
        if self.at:
            self.draft.change(changes.remove, ("step", self.at - 1))

    def refresh(self) -> None:
        """Shows names, minutes and marks as they are now."""
        lang, steps = self.lang, self.draft.get(("step",), [])
        before = self.at
        self.list.blockSignals(True)
        while self.list.count() > len(steps) + 1:
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(steps) + 1:
            self.list.addItem(QListWidgetItem())
        self.list.setCurrentRow(min(before, len(steps)))
        self.list.blockSignals(False)
        hurt = {row_of(fault) for fault in self.draft.faults}
        self._row(0, lang("The format"), "", 0 in hurt)
        for number, step in enumerate(steps, 1):
            words = step.get("title", {})
            title = words.get(lang.code) or words.get("sv") or words.get("en") or lang("No name yet")
            minutes = lang("{n} min").format(n=step.get("minutes", 0))
            self._row(number, f"{number}. {title}", minutes, number in hurt)
        self._buttons(len(steps))

    def _row(self, number: int, title: str, minutes: str, hurt: bool) -> None:
        item = self.list.item(number)
        text = f"{title}\n{minutes}" if minutes else title
        if item.text() != text:
            item.setText(text)
        item.setIcon(icon("triangle-alert", "on_attn") if hurt else icon("circle-check", "primary"))
        state = self.lang("something is left to do") if hurt else self.lang("ready")
        item.setData(11, f"{title}, {minutes}, {state}")  # Qt.AccessibleTextRole

    def _buttons(self, count: int) -> None:
        self.up.setEnabled(self.at > 1)
        self.down.setEnabled(0 < self.at < count)
        self.copy.setEnabled(self.at > 0)
        self.away.setEnabled(self.at > 0)
        total, planned = changes.total(self.draft.data), self.draft.get(("minutes",), 0)
        self.sum.setText(self.lang("{total} of {planned} minutes").format(total=total, planned=planned))
        self.sum.set_tone("ink2" if total == planned else "on_attn")


def row_of(fault: Fault) -> int:
    """The row in whose part of the format a fault is."""
    at_step = fault.place[:1] == ("step",) and len(fault.place) > 1
    return int(fault.place[1]) + 1 if at_step else 0
