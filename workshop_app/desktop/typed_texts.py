"""Everything that people typed, to find what should be blacked out: a window, and the button that opens it on a page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from workshop_app.desktop.blackout import BlackoutWindow, name_of
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Field,
    Heading,
    PlainLabel,
    PressRow,
    ScrollColumn,
    VerbatimLabel,
    column,
    empty_layout,
    line_edit,
    row,
)
from workshop_app.formats import Step
from workshop_app.model.blackout import Passage, is_typed
from workshop_app.store import queries

MOST = 60  # rows at a time; a word in the search field finds the rest


class TypedTexts(QDialog):
    """What was typed on the phones in one step, or in all of them, newest first; a press opens one to black out."""

    def __init__(self, bridge: Bridge, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.bridge, self.step = bridge, step
        lang = bridge.lang
        title = lang("Black out words in what was typed")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.words = line_edit(limit=80)
        self.words.textChanged.connect(self.refresh)
        self.everywhere = Button(lang("All steps"))
        self.everywhere.setCheckable(True)
        self.everywhere.clicked.connect(self.refresh)
        self.rows: dict[tuple[int, str], PressRow] = {}
        self._shown: object = None
        self.list = column(gap=6)
        self.told = PlainLabel(size="small", tone="ink2", wrap=True)
        said = lang("Choose the answer that points out a person. Its words are replaced and a trace is left.")
        sheet = ScrollColumn(gap=10, margins=(28, 24, 28, 16))
        sheet.body.addWidget(Heading(title, size="live"))
        sheet.body.addWidget(PlainLabel(said, tone="ink2", wrap=True))
        sheet.body.addWidget(Field(lang("Find words"), self.words))
        sheet.body.addLayout(row(self.everywhere, None))
        sheet.body.addLayout(self.list)
        sheet.body.addWidget(self.told)
        sheet.body.addStretch(1)
        shut = Button(lang("Close"), key="Esc")
        shut.clicked.connect(self.close)
        self.setLayout(column(sheet, row(shut, None, margins=(28, 8, 28, 20)), gap=0))
        self.resize(look().px(620), look().px(680))
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(bridge.undo)
        bridge.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Reads what was typed again; rows are made anew only when the texts are others."""
        lang, words = self.bridge.lang, self.words.text().strip().casefold()
        every = self.everywhere.isChecked()
        typed, waiting = queries.typed(self.bridge.file), queries.waiting_words(self.bridge.file)
        here = [p for p in typed if (every or p.step == self.step) and words in p.text.casefold()]
        found = [p for p in here if (p.answer, p.field) not in waiting]
        held = len(here) - len(found)
        if (every, found, held) == self._shown:
            return
        self._shown = (every, found, held)
        empty_layout(self.list)
        self.rows = {(p.answer or -p.contact, p.field): self._row(p) for p in found[:MOST]}
        for one in self.rows.values():
            self.list.addWidget(one)
        if not found:
            self.list.addWidget(EmptyState(lang("Nothing typed was found here."), "inbox"))
        left = len(found) - MOST
        words_left = lang.plural(
            "{n} more. Write a word to find it.", "{n} more. Write a word to find them.", left
        )
        waits = lang.plural(
            "{n} comment waits with its answer until more have answered, or the phones can no longer answer.",
            "{n} comments wait with their answers until more have answered, or the phones can no longer answer.",
            held,
        )
        self.told.setText("\n".join([words_left] * (left > 0) + [waits] * (held > 0)))

    def _row(self, passage: Passage) -> PressRow:
        name = name_of(self.bridge, passage)
        line = PressRow(f"{name}: {passage.text[:80]}")
        line.setLayout(
            column(
                PlainLabel(name, size="small", tone="ink2", wrap=True),
                VerbatimLabel(passage.text, size="base"),
                gap=2,
                margins=(14, 10, 14, 10),
            )
        )
        place = {"contact": passage.contact} if passage.contact else {"answer": passage.answer}
        line.clicked.connect(lambda: BlackoutWindow(self.bridge, 0, self, **place).show())
        return line


class TypedTextsButton(Button):
    """The way to what was typed in a step (of a kind: the first such), on every page that shows what people write."""

    def __init__(self, bridge: Bridge, step: Step | None = None, kind: str = "") -> None:
        super().__init__(bridge.lang("Black out words …"), role="quiet", icon="eye-off")
        steps = bridge.get(queries.format_of).steps
        self.bridge, self.step = bridge, step or next((s for s in steps if s.kind == kind), steps[0])
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Opens what was typed in the step."""
        TypedTexts(self.bridge, self.step.id, self).show()


def is_written_in(step: Step) -> bool:
    """Whether people write words in a step."""
    return any(is_typed(step, f.name) and f.shown_if != "leader" for f in step.fields)
