"""Counting a room: how many raised their hand, or ticked on paper, for each of a few answers."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QRadioButton

from workshop_app.actions import rate
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Field, PlainLabel, column, row
from workshop_app.i18n import Language


class CountEntry(QFrame):
    """A field for each answer, and whether it was hands or paper. `given(counts, source)` when it is to be stored."""

    given = Signal(dict, str)
    closed = Signal()

    def __init__(self, lang: Language, answers: Mapping[str, str]) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.lang = lang
        self.hands = QRadioButton(lang("Raised hands"))
        self.paper = QRadioButton(lang("On paper"))
        self.hands.setChecked(True)
        self.fields: dict[str, QLineEdit] = {}
        line = row(gap=16)
        for key, words in answers.items():
            field = number_field(words, rate.MOST)
            field.textChanged.connect(self._count)
            field.returnPressed.connect(self.save)
            self.fields[key] = field
            line.addWidget(Field(words, field), 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self.store = Button(lang("Save the votes"), role="tint", icon="check", key="Enter")
        self.store.clicked.connect(self.save)
        self.shut = Button(lang("Close"), role="quiet")
        self.shut.clicked.connect(self.closed)
        self.total = PlainLabel(size="small", tone="ink2")
        hint = PlainLabel(
            lang("They are added to the answers from the phones and told apart by source."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.setLayout(
            column(
                row(self.hands, self.paper, None, gap=20),
                line,
                hint,
                row(self.store, self.shut, self.total, None),
                gap=10,
                margins=(20, 14, 20, 14),
            )
        )
        self._count()

    def counts(self) -> dict[str, int]:
        """What is filled in, answers that none gave left out."""
        filled = {key: int(f.text()) for key, f in self.fields.items() if f.text().isdecimal()}
        return {key: n for key, n in filled.items() if n}

    def save(self) -> None:
        """Hands over what is filled in, and empties the fields."""
        if counts := self.counts():
            source = "paper" if self.paper.isChecked() else "hands"
            for field in self.fields.values():
                field.clear()
            self.given.emit(counts, source)

    def open(self) -> None:
        """Shows the fields with the cursor in the first."""
        self.show()
        next(iter(self.fields.values())).setFocus()

    def _count(self) -> None:
        n = sum(self.counts().values())
        self.total.setText(self.lang.plural("{n} vote", "{n} votes", n) if n else "")
        self.store.setEnabled(bool(n))


def number_field(name: str, most: int) -> QLineEdit:
    """A small field for a whole number."""
    field = QLineEdit()
    field.setValidator(QIntValidator(0, most, field))
    field.setMaxLength(3)
    field.setFixedWidth(look().px(64))
    field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    field.setAccessibleName(name)
    return field
