"""Making one person of two phones: somebody joined anew without the own code, and counts as two until the leader says so."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from workshop_app import actions, invite
from workshop_app.actions.one_person import AnsweredTwice
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.phone_words import phone_words
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    Heading,
    PlainLabel,
    ScrollColumn,
    choice,
    column,
    row,
)
from workshop_app.model.dates import time_words
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries


class UnitePhones(QDialog):
    """Two phones to choose, by role, time, number of cards and own code; never by what they sent."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.bridge = bridge
        lang = bridge.lang
        title = lang("The same person on two phones")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._knows = False  # whether the leader has been told that both have answered the same thing
        self.now, self.before = choice([]), choice([])
        self.now.currentIndexChanged.connect(self._offer)
        self.before.currentIndexChanged.connect(self._chosen)
        self.note = PlainLabel(size="small", tone="on_attn", wrap=True)
        self.unite = Button(lang("Unite"), role="primary", key="Ctrl+Enter")
        self.unite.clicked.connect(self.make_one)
        shut = Button(lang("Close"), role="quiet", key="Esc")
        shut.clicked.connect(self.close)
        said = lang(
            "Whoever joins again without the own code counts as two people. Choose the two phones, and their cards and answers"
            " become one person's, with the role that was chosen first. The own code stands at the bottom of the page on"
            " the phone. Undo takes it back."
        )
        sheet = ScrollColumn(gap=14, margins=(28, 24, 28, 16))
        sheet.body.addWidget(Heading(title, size="live"))
        sheet.body.addWidget(PlainLabel(said, tone="ink2", wrap=True))
        sheet.body.addWidget(Field(lang("The phone now"), self.now))
        sheet.body.addWidget(Field(lang("Who it was before"), self.before))
        sheet.body.addWidget(self.note)
        sheet.body.addStretch(1)
        self.setLayout(column(sheet, row(self.unite, shut, None, margins=(28, 8, 28, 20)), gap=0))
        self.resize(look().px(560), look().px(520))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.make_one)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(bridge.undo)
        bridge.changed.connect(self.refresh)
        self.phones: dict[str, str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Reads the phones again; what is chosen stays chosen."""
        known = {p.participant: p for p in self.bridge.get(queries.phones)}
        joined = sorted(
            self.bridge.get(queries.participants), key=lambda p: (p.joined_at, p.id), reverse=True
        )
        token = self.bridge.get(queries.session).token
        phones = {}
        for one in joined:
            if one.id in known:
                code = invite.own_code(one.id, token)
                words = (
                    phone_words(self.bridge, known[one.id]),
                    one.organisation,
                    time_words(one.joined_at, self.bridge.lang),
                )
                phones[one.id] = " · ".join((*filter(None, words), f"{code[:3]} {code[3:]}"))
        if phones != self.phones:
            self.phones = phones
            _fill(self.now, phones)
            self._offer()

    def _offer(self) -> None:
        """Who it can have been: those who joined before the phone that is chosen."""
        order = list(self.phones)
        later = order.index(self.now.currentData()) + 1 if self.now.currentData() in self.phones else 0
        _fill(self.before, {who: self.phones[who] for who in order[later:]})
        self._chosen()

    def _chosen(self) -> None:
        self._knows = False
        self.unite.setText(self.bridge.lang("Unite"))
        self.unite.setEnabled(self.before.count() > 0)
        self.note.setText("" if self.before.count() else self.bridge.lang("No phone joined before this one."))

    def make_one(self) -> None:
        """Unites the two; when both have answered the same thing, only once the leader has been told which counts."""
        if self.before.count():
            self.bridge.do(
                actions.one_person.unite,
                lambda _none: self.note.setText(self.bridge.lang("They are one person now.")),
                self._refused,
                phone=self.now.currentData(),
                other=self.before.currentData(),
                newest_counts=self._knows,
            )

    def _refused(self, trouble: BaseException) -> None:
        if isinstance(trouble, Trouble):
            self.note.setText(trouble.say(self.bridge.lang))
        if isinstance(trouble, AnsweredTwice):
            self._knows = True
            self.unite.setText(self.bridge.lang("Unite, the newest counts"))


def _fill(box: QComboBox, rows: dict[str, str]) -> None:
    """Other rows in a list to choose in; what was chosen stays so while it is there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for value, words in rows.items():
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)
