"""The format editor: steps at the left, one of them to change at the right, and all that is amiss said where it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.actions import format_file
from workshop_app.desktop.format_editor.about_sheet import AboutSheet
from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.sheet import Sheet
from workshop_app.desktop.format_editor.step_sheet import StepSheet
from workshop_app.desktop.format_editor.steps import StepList, row_of
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, ButtonBar, HintLine, PlainLabel, column, row
from workshop_app.formats.places import Place
from workshop_app.i18n import Language
from workshop_app.model.trouble import Trouble


class FormatEditor(QWidget):
    """Writes at once into a draft that is kept; `saved` gives the id of the format once it holds."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, draft: Draft, lang: Language, continued: bool = False) -> None:
        super().__init__()
        self.draft, self.lang = draft, lang
        draft.setParent(self)
        self.setProperty("ground", "bg")
        self.steps = StepList(draft, lang)
        self.note = HintLine("pencil", "info")
        self.trouble = HintLine("triangle-alert", "attn")
        self.place = QFrame()
        self.pages = column(gap=0)
        self.place.setLayout(self.pages)
        self.sheet: Sheet | None = None
        self._disk = False  # whether the line says that the draft could not be kept
        right = column(column(self.note, self.trouble, gap=8, margins=(28, 12, 28, 0)), self.place, gap=0)
        right.setStretchFactor(self.place, 1)
        middle = row(self.steps, gap=0)
        middle.addLayout(right, 1)
        box = column(gap=0)
        box.addLayout(middle, 1)
        box.addWidget(self._bar())
        self.setLayout(box)
        self.note.say(lang("Here is what you had begun to write.") if continued else "")
        self.trouble.say("")
        self.steps.chosen.connect(lambda _at: self._show())
        draft.shown.connect(self._shown)
        draft.checked.connect(self._checked)
        for key, then in (
            (QKeySequence(QKeySequence.StandardKey.Undo), draft.undo),
            (QKeySequence(QKeySequence.StandardKey.Redo), draft.redo),
            (QKeySequence("Alt+Up"), lambda: self.steps.shift(-1)),
            (QKeySequence("Alt+Down"), lambda: self.steps.shift(1)),
        ):
            QShortcut(key, self).activated.connect(then)
        self._show()
        self._checked()
        self.steps.list.setFocus()

    def _bar(self) -> ButtonBar:
        lang, bar = self.lang, ButtonBar(side=28)
        self.back = Button(lang("Back"), icon="arrow-left", size="large", key="Esc")
        self.back.setShortcut("Esc")
        self.back.clicked.connect(self.leave)
        self.undo = Button(lang("Undo"), role="quiet", icon="undo-2", key="Ctrl+Z")
        self.redo = Button(lang("Redo"), role="quiet", icon="redo-2", key="Ctrl+Y")
        self.undo.clicked.connect(self.draft.undo)
        self.redo.clicked.connect(self.draft.redo)
        self.rest = Button("", icon="triangle-alert")
        self.rest.clicked.connect(self.go_to_fault)
        self.save_button = Button(
            lang("Save the format"), role="primary", size="large", icon="check", key="Ctrl+S"
        )
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.state = PlainLabel(lang("Kept while you write."), size="small", tone="ink2")
        bar.fill([self.back, self.undo, self.redo], [self.rest, self.save_button], self.state)
        return bar

    # Showing ------------------------------------------------------------------------

    def _show(self, opened: Place = (), keep_place: bool = False) -> None:
        """Draws the part that is chosen anew; `opened` is the place of the question or thing that stands open."""
        before, at = self.sheet, self.steps.at
        scrolled = before.verticalScrollBar().value() if before is not None and keep_place else 0
        if at == 0:
            sheet: Sheet = AboutSheet(self.draft, opened, self.lang)
        else:
            sheet = StepSheet(self.draft, at - 1, opened, self.lang)
        sheet.open_asked.connect(self._open)
        self.sheet = sheet
        held = self._held() if keep_place else ""
        self.pages.addWidget(sheet)
        sheet.show()  # what is not shown yet takes no keyboard
        if before is not None:
            self.pages.removeWidget(before)
            before.hide()
            before.deleteLater()
        if scrolled:
            sheet.inside.adjustSize()
            sheet.verticalScrollBar().setValue(scrolled)
        named = [
            w for w in sheet.findChildren(QWidget) if held and w.accessibleName() == held and w.isEnabled()
        ]
        if named:
            named[0].setFocus()
        elif held:
            self.steps.list.setFocus()
        self.steps.refresh()

    def _held(self) -> str:
        """The name of what has the keyboard on the page, so that it has it again on the next."""
        now = self.focusWidget()
        return now.accessibleName() if now and self.sheet and self.sheet.isAncestorOf(now) else ""

    def _open(self, place: Place) -> None:
        """Opens the question or thing at a place, or with () closes the one that stands open."""
        spot = place or (self.sheet.opened if self.sheet else ())
        self._show(place, keep_place=True)
        panel = next((p for p in self.sheet.fields if p.place == spot), None) if self.sheet else None
        if panel is not None and self.sheet is not None:
            field = panel.first_field()
            field.setFocus()
            self.sheet.ensureWidgetVisible(field, 0, look().px(120))

    def _shown(self) -> None:
        opened = self.sheet.opened if self.sheet is not None else ()
        self.steps.refresh()
        at = int(opened[1]) + 1 if opened[:1] == ("step",) else 0
        there = opened and at == self.steps.at and self.draft.get(opened) is not None
        self._show(opened if there else (), keep_place=True)

    def _checked(self) -> None:
        if self.sheet is not None:
            self.sheet.tell()
        self.steps.refresh()
        count = len(self.draft.faults)
        words = self.lang.plural("{n} thing left to do", "{n} things left to do", count)
        if self.rest.words() != words:
            self.rest.setText(words)
        self.rest.setVisible(bool(count))
        self.undo.setEnabled(self.draft.can_undo)
        self.redo.setEnabled(self.draft.can_redo)
        trouble = self.draft.trouble
        if trouble is not None:
            self.trouble.say(trouble.say(self.lang))
        elif self._disk or not count:
            self.trouble.say("")
        self._disk = trouble is not None

    def go_to_fault(self) -> None:
        """Shows the first thing that is left to do, with the keyboard in it."""
        if not self.draft.faults:
            return
        first = self.draft.faults[0]
        self.steps.list.setCurrentRow(row_of(first))
        if inside := panel_of(first.place):
            self._show(inside)
        if self.sheet is not None:
            self.sheet.go_to(self.sheet.mine())

    # Leaving ------------------------------------------------------------------------

    def save(self) -> None:
        """Saves the format where it can be held, or shows what is left to do."""
        self.draft.check()
        if self.draft.faults:
            self.go_to_fault()
            self.trouble.say(self.lang("Something is left to do before the format can be used."))
            return
        try:
            one = format_file.save(self.draft.data, self.draft.was)
        except Trouble as trouble:
            self.trouble.say(trouble.say(self.lang))
            return
        self.draft.done()
        self.saved.emit(one.id)

    def leave(self) -> None:
        """Goes back; what is written is kept as a draft."""
        self.draft.keep()
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.draft.keep()
        super().hideEvent(event)


def panel_of(place: Place) -> Place:
    """The question or thing that a place lies in, () where it lies in none."""
    arrays = (
        n for n, part in enumerate(place[:-1]) if part in ("field", "item") and isinstance(place[n + 1], int)
    )
    return next((place[: n + 2] for n in arrays), ())
