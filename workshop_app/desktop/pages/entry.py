"""One line to type a card in, from paper or for a voice: text, role, Enter; then the next."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import Button, Field, PlainLabel, choice, column, line_edit, row
from workshop_app.store import queries


class CardEntry(QFrame):
    """The line itself. `source` is "paper" or "voice"; the field is emptied when the card has been stored."""

    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.source, self.step = bridge, "paper", ""
        self.setProperty("panel", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        lang = bridge.lang
        self.head = PlainLabel(weight="semibold")
        self.text = line_edit(limit=280)
        self.text.setProperty("voice", "people")
        self.text.setProperty("textsize", "large")
        self.text.returnPressed.connect(self.send)
        self.text.installEventFilter(self)
        self.role = choice([])
        self.left = PlainLabel(size="small", tone="ink2")
        self.text.textChanged.connect(self._count)
        self.add = Button(lang("Add the card"), role="tint", key="Enter")
        self.add.clicked.connect(self.send)
        self.shut = Button(lang("Done"), role="quiet", key="Esc")
        self.shut.clicked.connect(self.close_line)
        line = row(gap=12)
        line.addWidget(Field(lang("What it says, word for word"), self.text), 3)
        line.addWidget(Field(lang("Role"), self.role), 1)
        self.setLayout(
            column(
                row(self.head, None, self.left),
                line,
                row(self.add, self.shut, None),
                gap=8,
                margins=(16, 12, 16, 14),
            )
        )
        self.hide()

    def open_for(self, source: str, step: str = "") -> None:
        """Opens the line for paper or a voice and puts the cursor in it."""
        lang = self.bridge.lang
        self.source, self.step = source, step
        self.head.setText(lang("A card from paper") if source == "paper" else lang("What somebody said"))
        session, room = self.bridge.get(queries.session), self.bridge.get(queries.room)
        roles = list(dict.fromkeys([*session.roles, *(r.role for r in room.roles if r.role)]))
        chosen = self.role.currentData()
        self.role.clear()
        self.role.addItem(lang("Not given"), "")
        for role in roles:
            self.role.addItem(role, role)
        self.role.setCurrentIndex(max(self.role.findData(chosen), 0))
        self._count()
        self.show()
        self.text.setFocus()

    def send(self) -> None:
        """Stores the card; the words stay in the field if they could not be stored."""
        text = self.text.text()
        if text.strip():
            self.bridge.do(
                actions.ask.type_card,
                self._stored,
                text=text,
                role=self.role.currentData() or "",
                source=self.source,
                step=self.step,
            )

    def _stored(self, receipt: object) -> None:
        self.text.clear()
        self.text.setFocus()

    def _count(self) -> None:
        left = 280 - len(self.text.text())
        self.left.setText(self.bridge.lang("{n} left").format(n=left))

    def close_line(self) -> None:
        """Closes the line; what is half written stays in it."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # ours, before the cockpit's Esc takes it
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)
