"""Paper forms one at a time: a key for each answer, six keys for a person, and the next form is there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from workshop_app import actions
from workshop_app.actions.ask import DONT_KNOW
from workshop_app.actions.rate import MOST
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.counts import number_field
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Heading, PlainLabel, column, row
from workshop_app.model import rating
from workshop_app.model.need import Need

KEYS = {**{getattr(Qt.Key, f"Key_{n}"): str(n) for n in range(1, 6)}, Qt.Key.Key_0: DONT_KNOW}
LEAVE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space)


class PaperForm(QFrame):
    """One person's ratings of one need, typed from a form on paper."""

    closed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge, self.stored = bridge, 0
        self.need: Need | None = None
        lang = bridge.lang
        self.setProperty("panel", True)
        self.head = Heading(size="lead")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(12))
        grid.setVerticalSpacing(look().px(6))
        self.fields: dict[str, QLineEdit] = {}
        self.given: dict[str, str] = {}
        for place, criterion in enumerate(rating.criteria(lang.code)):
            name = PlainLabel(criterion.name, size="small", weight="semibold")
            field = QLineEdit()
            field.setReadOnly(True)
            field.setFixedWidth(look().px(96))
            field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            field.setAccessibleName(criterion.name)
            field.setProperty("given", criterion.key)
            field.installEventFilter(self)
            self.fields[criterion.key] = field
            grid.addWidget(name, 2 * (place // 3), place % 3)
            grid.addWidget(field, 2 * (place // 3) + 1, place % 3)
        grid.setColumnStretch(3, 1)
        self.dots = number_field(lang("Dots on the form"), MOST)
        self.dots.returnPressed.connect(self.store)
        self.save = Button(lang("Save and take the next form"), role="tint", icon="check", key="Enter")
        self.save.clicked.connect(self.store)
        shut = Button(lang("Close"), role="quiet")
        shut.clicked.connect(self.closed)
        self.told = PlainLabel(size="small", tone="ink2")
        hint = PlainLabel(
            lang("Press 1 to 5, 0 for “don't know”, space where nothing is ticked. Enter saves the form."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        dots = PlainLabel(lang("Dots on the form"), size="small", weight="semibold")
        self.setLayout(
            column(
                self.head,
                hint,
                grid,
                row(dots, self.dots, None),
                row(self.save, shut, self.told, None),
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )

    def show_need(self, need: Need | None) -> None:
        """Says which need the form is about; another need empties it."""
        if need is not None and (self.need is None or self.need.id != need.id):
            self._empty()
            self.stored = 0
            self.told.setText("")
            self.head.setText(self.bridge.lang("Paper forms for need {n}").format(n=need.number))
        self.need = need

    def open(self) -> None:
        """Puts the cursor at the first criterion."""
        self.fields[rating.CRITERIA[0]].setFocus()

    def store(self) -> None:
        """Stores the form as one person's, and empties it for the next."""
        if self.need is None or not self.isVisible():
            return
        dots = int(self.dots.text()) if self.dots.text().isdecimal() else 0
        if not self.given and not dots:
            return
        self.bridge.do(
            actions.rate.paper_form, self._told, need=self.need.id, given=dict(self.given), dots=dots
        )
        self._empty()
        self.open()

    def _told(self, _result: object) -> None:
        self.stored += 1
        words = self.bridge.lang.plural("{n} form typed in now", "{n} forms typed in now", self.stored)
        self.told.setText(words)

    def _empty(self) -> None:
        self.given.clear()
        self.dots.clear()
        for field in self.fields.values():
            field.clear()

    def _answer(self, criterion: str, value: str) -> None:
        if value:
            self.given[criterion] = value
        else:
            self.given.pop(criterion, None)
        said = self.bridge.lang("don't know") if value == DONT_KNOW else value
        self.fields[criterion].setText(said)
        place = rating.CRITERIA.index(criterion) + 1
        after = self.fields[rating.CRITERIA[place]] if place < len(rating.CRITERIA) else self.dots
        after.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            return False
        criterion, key = watched.property("given"), Qt.Key(event.key())
        value = KEYS.get(key, "" if key in LEAVE else None)
        if value is None and key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # a digit here is an answer, not a key of the page
        elif value is None:
            self.store()
        else:
            self._answer(criterion, value)
        return True
