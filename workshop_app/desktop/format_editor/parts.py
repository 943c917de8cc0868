"""What the editor's pages are made of: fields that write at a place of the draft, with what is amiss said under them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.words import LANGUAGES, said
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Field, IconButton, PlainLabel, TextArea, choice, column, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.table import Fault
from workshop_app.i18n import Language


class Typed(TextArea):
    """A text whose undo is the editor's; with one line it takes no line breaks."""

    moved_on = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it grows
        self.textChanged.connect(self._fit)

    def text(self) -> str:
        """What is written; of one line without line breaks."""
        written = self.toPlainText()
        return " ".join(written.splitlines()) if self.lines == 1 else written

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in ours):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.lines == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()  # in a narrower field the words need more lines

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        # the style sheet gives every field a least height of one line, and a tight layout would take it at its word
        height = self.sizeHint().height()
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.moved_on.emit()


class Part(QWidget):
    """Something at a place of the draft; `tell` shows what is amiss there."""

    def __init__(self, draft: Draft, place: Place, lang: Language) -> None:
        super().__init__()
        self.draft, self.place, self.lang = draft, place, lang
        self.amiss = PlainLabel(size="small", weight="semibold", tone="on_attn", wrap=True)
        self.amiss.hide()

    def holds(self, place: Place) -> bool:
        """Whether a fault at this place is told here."""
        return place[: len(self.place)] == self.place

    def tell(self, faults: Sequence[Fault]) -> None:
        """Says what is amiss, each sentence once."""
        sentences = list(dict.fromkeys(said(fault, self.lang) for fault in faults))
        self.amiss.setText(" ".join(sentences))
        if self.amiss.parentWidget() is not None:
            self.amiss.setVisible(bool(sentences))

    def first_field(self) -> QWidget:
        """What gets the keyboard."""
        raise NotImplementedError

    def _typed(self, lines: int, place: Place, name: str) -> Typed:
        field = Typed(lines)
        field.setAccessibleName(name)
        field.set_text(str(self.draft.get(place, "") or ""))
        field.textChanged.connect(lambda: self.draft.write(place, field.text()))
        field.moved_on.connect(self.draft.rest)
        return field


class WordsPart(Part):
    """One text in both languages, side by side."""

    def __init__(
        self, draft: Draft, place: Place, label: str, lang: Language, lines: int = 1, hint: str = ""
    ) -> None:
        super().__init__(draft, place, lang)
        self.fields = {
            code: self._typed(lines, (*place, code), f"{label}, {lang(LANGUAGES[code]).lower()}")
            for code in LANGUAGES
        }
        head = PlainLabel(label, size="small", weight="semibold", wrap=True)
        pair = row(*self.fields.values(), gap=16)
        for spot in range(2):
            pair.setStretch(spot, 1)
        box = column(head, pair, gap=4)
        if hint:
            box.addWidget(PlainLabel(hint, size="small", tone="ink2", wrap=True))
        box.addWidget(self.amiss)
        self.setLayout(box)

    def first_field(self) -> QWidget:
        return next((f for f in self.fields.values() if not f.text().strip()), self.fields["sv"])


class NumberPart(Part):
    """A whole number, typed."""

    def __init__(self, draft: Draft, place: Place, label: str, lang: Language, default: int = 0) -> None:
        super().__init__(draft, place, lang)
        self.field = Typed(1)
        self.field.set_text(str(draft.get(place, default)))
        self.field.textChanged.connect(self._write)
        self.field.moved_on.connect(draft.rest)
        self.setLayout(column(Field(label, self.field), self.amiss, gap=4))

    def _write(self) -> None:
        # what is no number is written as it stands, so that the check says so
        text = self.field.text().strip()
        number = text.isascii() and text.isdecimal() and len(text) < 9
        self.draft.write(self.place, int(text) if number else text)

    def holds(self, place: Place) -> bool:
        return super().holds(place) or (isinstance(self.place[-1], int) and place == self.place[:-1])

    def first_field(self) -> QWidget:
        return self.field


class ChoicePart(Part):
    """One of several; `then(value)` may arrange the draft anew, else the value is written."""

    def __init__(
        self,
        draft: Draft,
        place: Place,
        label: str,
        lang: Language,
        rows: Sequence[tuple[str, str]],
        then: Callable[[str], None] | None = None,
        default: str = "",
    ) -> None:
        super().__init__(draft, place, lang)
        now = str(draft.get(place, default))
        known = list(rows) if now in dict(rows) else [*rows, (now, now)]
        self.field = choice(known, now)
        self.field.activated.connect(lambda _n: (then or self._write)(str(self.field.currentData())))
        self.setLayout(column(Field(label, self.field), self.amiss, gap=4))

    def _write(self, value: str) -> None:
        self.draft.write(self.place, value or None)
        self.draft.rest()

    def first_field(self) -> QWidget:
        return self.field


class TickPart(Part):
    """Yes or no."""

    def __init__(self, draft: Draft, place: Place, label: str, lang: Language) -> None:
        super().__init__(draft, place, lang)
        self.field = QCheckBox(label.replace("&", "&&"))
        self.field.setAccessibleName(label)
        self.field.setChecked(bool(draft.get(place)))
        self.field.toggled.connect(lambda on: draft.write(place, on or None))
        self.setLayout(column(self.field, self.amiss, gap=4))

    def first_field(self) -> QWidget:
        return self.field


class NamePart(Part):
    """A name for the program, such as the id of a format."""

    def __init__(self, draft: Draft, place: Place, label: str, lang: Language, hint: str) -> None:
        super().__init__(draft, place, lang)
        self.field = self._typed(1, place, label)
        box = column(Field(label, self.field, hint), self.amiss, gap=4)
        self.setLayout(box)

    def first_field(self) -> QWidget:
        return self.field


class RowsPart(Part):
    """Several short texts in both languages under each other: answers to choose, roles and rules."""

    def __init__(self, draft: Draft, place: Place, kind: str, add: str, name: str, lang: Language) -> None:
        super().__init__(draft, place, lang)
        self.kind = kind
        self.rows: list[dict[str, Typed]] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(8))
        grid.setVerticalSpacing(look().px(6))
        there = draft.get(place, [])
        for spot, language in enumerate(LANGUAGES.values() if there else ()):
            grid.addWidget(PlainLabel(lang(language), size="small", weight="semibold", tone="ink2"), 0, spot)
        for number in range(len(there)):
            label = f"{name} {number + 1}"
            fields = {
                code: self._typed(1, (*place, number, code), f"{label}, {lang(LANGUAGES[code]).lower()}")
                for code in LANGUAGES
            }
            self.rows.append(fields)
            for spot, field in enumerate(fields.values()):
                grid.addWidget(field, number + 1, spot)
            grid.addLayout(self._buttons(number, len(there), label), number + 1, 2)
        for spot in range(2):
            grid.setColumnStretch(spot, 1)
        self.add = Button(add, icon="plus")
        self.add.clicked.connect(self._add)
        self.setLayout(column(grid, self.amiss, row(self.add, None), gap=8))

    def _buttons(self, number: int, count: int, label: str) -> QHBoxLayout:
        lang, draft, place = self.lang, self.draft, (*self.place, number)
        up = IconButton("arrow-up", lang("Move up: {name}").format(name=label))
        down = IconButton("arrow-down", lang("Move down: {name}").format(name=label))
        away = IconButton("trash-2", lang("Take away: {name}").format(name=label))
        up.setEnabled(number > 0)
        down.setEnabled(number < count - 1)
        up.clicked.connect(lambda: draft.change(changes.move, place, -1))
        down.clicked.connect(lambda: draft.change(changes.move, place, 1))
        away.clicked.connect(lambda: draft.change(changes.remove, place))
        return row(up, down, away, gap=2)

    def _add(self) -> None:
        there = self.draft.get(self.place, [])
        self.draft.change(changes.insert, (*self.place, len(there)), changes.new_row(there, self.kind))

    def first_field(self) -> QWidget:
        empty = (f for fields in self.rows for f in fields.values() if not f.text().strip())
        return next(empty, self.rows[0]["sv"] if self.rows else self.add)
