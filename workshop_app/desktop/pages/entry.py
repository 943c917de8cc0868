"""One line to type cards in, from paper or for a voice: a whole stack without the mouse, the latest at hand."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    ElidedLabel,
    Field,
    FlowLayout,
    PlainLabel,
    column,
    empty_layout,
    line_edit,
    row,
)
from workshop_app.model.board import Card
from workshop_app.store import queries

LATEST = 4  # typed cards kept in sight
LIMIT = 280
KEYED = 9  # roles with a key of their own, Alt+1 to Alt+9; Alt+0 is "not given"


class CardEntry(QFrame):
    """Text and Enter, again and again. Role and source stay as they were; the number on the paper counts up by itself.

    What is sent leaves the field at once, so that the next card can be typed; if it could not be stored it comes back.
    """

    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.source, self.step, self.chosen = bridge, "paper", "", ""
        self.editing: int | None = None  # the card being corrected
        self._held: list[str] = []  # what was being typed when an earlier card came back
        self._shown: object = None
        self.setProperty("panel", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        lang = bridge.lang
        self.sources = {"paper": Button(lang("From paper")), "voice": Button(lang("Said aloud"))}
        sources = QButtonGroup(self)
        for source, button in self.sources.items():
            button.setCheckable(True)
            sources.addButton(button)
            button.clicked.connect(lambda _=False, source=source: self._from(source))
        self.left = PlainLabel(size="small", tone="ink2")
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(1, 99_999, self.number))
        self.number.setFixedWidth(look().px(104))
        self.number.returnPressed.connect(self._to_text)
        self.text = QLineEdit()
        self.text.setProperty("voice", "people")
        self.text.setProperty("textsize", "large")
        self.whom = line_edit(limit=80)
        self.whom.setProperty("voice", "people")
        for field in (self.text, self.whom):
            field.returnPressed.connect(self.send)
        for field in (self.number, self.text, self.whom):
            field.installEventFilter(self)
            field.textChanged.connect(self._look)
        self.roles = QButtonGroup(self)
        self.role_box = QWidget()
        self.role_flow = FlowLayout(self.role_box, look().px(6), look().px(6))
        self.note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.add = Button(lang("Add the card"), role="tint", key="Enter")
        self.add.clicked.connect(self.send)
        self.shut = Button(lang("Done"), role="quiet", key="Esc")
        self.shut.clicked.connect(self.close_line)
        self.latest = QVBoxLayout()
        self.latest.setSpacing(look().px(2))
        self._layout()
        for place in range(KEYED + 1):
            key = QShortcut(QKeySequence(f"Alt+{place}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda place=place: self._role_key(place))
        self.hide()

    def _layout(self) -> None:
        lang = self.bridge.lang
        self.number_field = Field(lang("No. on paper"), self.number)
        line = row(gap=12)
        line.addWidget(self.number_field)
        line.addWidget(Field(lang("What it says, word for word"), self.text), 3)
        line.addWidget(Field(lang("For whom, if it says so"), self.whom), 1)
        keys = PlainLabel(lang("Arrow up changes the latest"), size="small", tone="ink2")
        self.setLayout(
            column(
                row(*self.sources.values(), None, self.left),
                line,
                self.note,
                PlainLabel(lang("Role (Alt and the digit)"), size="small", weight="semibold"),
                self.role_box,
                row(self.add, self.shut, keys, None),
                self.latest,
                gap=8,
                margins=(16, 12, 16, 14),
            )
        )

    def open_for(self, source: str, step: str = "") -> None:
        """Opens the line for paper or a voice and puts the cursor in it."""
        self.step = step
        self._from(source)
        self.show()
        self.refresh()
        self.text.setFocus()
        QTimer.singleShot(0, self._into_view)

    def _into_view(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self, 0, look().px(12))

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads roles, numbers and the latest typed cards again; does nothing while the line is closed."""
        if self.isHidden():
            return
        session, room = self.bridge.get(queries.session), self.bridge.get(queries.room)
        roles = tuple(dict.fromkeys([*session.roles, *(r.role for r in room.roles if r.role)]))
        latest = tuple(self._typed()[:LATEST])
        if (roles, latest, self.editing) != self._shown:
            self._shown = (roles, latest, self.editing)
            self._show_roles(roles)
            self._show_latest(latest)
        self._look()

    def _typed(self) -> list[Card]:
        """Cards that the leader has typed and nobody has hidden, the latest first."""
        cards = self.bridge.get(queries.board).cards.values()
        typed = [c for c in cards if c.source in actions.paper.SOURCES and c.state != "hidden"]
        return sorted(typed, key=lambda c: -c.id)

    def _show_roles(self, roles: tuple[str, ...]) -> None:
        if roles == tuple(b.property("given") for b in self.roles.buttons())[1:]:
            return
        lang = self.bridge.lang
        for button in self.roles.buttons():
            self.roles.removeButton(button)
        self.role_flow.clear()
        for place, role in enumerate(("", *roles)):
            button = Button(role or lang("Role not given"), key=str(place) if place <= KEYED else "")
            button.setAccessibleDescription(f"Alt+{place}" if place <= KEYED else "")
            button.setCheckable(True)
            button.setProperty("given", role)
            button.setChecked(role == self.chosen)
            button.clicked.connect(lambda _=False, role=role: self._choose(role))
            self.roles.addButton(button)
            self.role_flow.addWidget(button)

    def _show_latest(self, cards: tuple[Card, ...]) -> None:
        lang = self.bridge.lang
        empty_layout(self.latest)
        for card in cards:
            name = lang("Card {n}").format(n=card.number)
            if card.paper:
                name = lang("Card {n}, paper {number}").format(n=card.number, number=card.paper)
            words = ElidedLabel(card.text, size="base", people=True)
            line = row(PlainLabel(name, size="small", tone="ink2"), gap=10)
            line.addWidget(words, 1)
            if not card.blackouts:
                change = Button(lang("Change"), role="quiet")
                change.setAccessibleName(lang("Change card {n}").format(n=card.number))
                change.setEnabled(card.id != self.editing)
                change.clicked.connect(lambda _=False, card=card: self.edit(card))
                line.addWidget(change)
            self.latest.addLayout(line)

    def _look(self) -> None:
        """Says how many signs are left, whether the number is typed already, and which numbers are missing."""
        lang, left = self.bridge.lang, LIMIT - len(self.text.text())
        over = lang("{n} too many").format(n=-left)
        self.left.setText(lang("{n} left").format(n=left) if left >= 0 else over)
        self.left.set_tone("ink2" if left >= 0 else "on_attn")
        known = self.bridge.get(queries.paper_numbers)
        number = self._number()
        if number in known and self.editing is None:
            words = lang("Paper card {number} is already typed in, as card {card}.")
            self.note.setText(words.format(number=number, card=known[number]))
        else:
            gaps = missing(known)
            self.note.setText(lang("Not typed in: {numbers}").format(numbers=gaps) if gaps else "")
        self.note.setVisible(bool(self.note.text()))

    def _number(self) -> int:
        return int(self.number.text()) if self.source == "paper" and self.number.text().isdecimal() else 0

    def _to_text(self) -> None:
        self.text.setFocus()

    # Choosing -------------------------------------------------------------------

    def _from(self, source: str) -> None:
        self.source = source
        self.sources[source].setChecked(True)
        self.number_field.setVisible(source == "paper")
        self._look()

    def _choose(self, role: str) -> None:
        self.chosen = role
        self.text.setFocus()

    def _role_key(self, place: int) -> None:
        buttons = self.roles.buttons()
        if place < len(buttons):
            buttons[place].setChecked(True)
            self._choose(buttons[place].property("given"))

    # Storing --------------------------------------------------------------------

    def send(self) -> None:
        """Stores the card, or the correction of one."""
        text = self.text.text()
        if not text.strip() or len(text) > LIMIT:
            return
        if self.editing is not None:
            card = self.editing
            self.edit(None)
            self.bridge.do(actions.paper.correct, card=card, text=text)
            return
        number, known = self._number(), self.bridge.get(queries.paper_numbers)
        if number in known:
            self.number.setFocus()
            self.number.selectAll()
            return
        whom = self.whom.text()
        self.bridge.do(
            actions.ask.type_card,
            self._stored,
            lambda _trouble: self._back(text, whom, number),
            text=text,
            role=self.chosen,
            beneficiary=whom,
            number=str(number or ""),
            source=self.source,
            step=self.step,
        )
        self.text.clear()
        self.whom.clear()
        if number:
            self.number.setText(str(after(number, known)))
        self.text.setFocus()

    def _stored(self, receipt: object) -> None:
        if self._held and not self.text.text():
            self.text.setText(self._held.pop())

    def _back(self, text: str, whom: str, number: int) -> None:
        """What could not be stored comes back into the line; what was being typed waits behind it."""
        if self.text.text():
            self._held.append(self.text.text())
        self.text.setText(text)
        self.whom.setText(whom)
        self.number.setText(str(number or ""))

    def edit(self, card: Card | None) -> None:
        """Takes a typed card back into the line to be corrected; None is done with it."""
        if card is not None and self.editing is None and self.text.text():
            self._held.append(self.text.text())
        self.editing = card.id if card is not None else None
        lang = self.bridge.lang
        self.add.setText(lang("Save the change") if card is not None else lang("Add the card"))
        self.number.setEnabled(card is None)
        self.whom.setEnabled(card is None)
        self.role_box.setEnabled(card is None)
        self.text.setText(card.text if card is not None else self._held.pop() if self._held else "")
        self.refresh()
        self.text.setFocus()

    def close_line(self) -> None:
        """Leaves a correction, or closes the line; what is half written stays in it."""
        if self.editing is not None:
            self.edit(None)
            return
        self.hide()
        self.closed.emit()

    # Keys -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # ours, before the cockpit's Esc takes it
            return True
        if event.type() != QEvent.Type.KeyPress or watched is not self.text:
            return False
        if event.matches(QKeySequence.StandardKey.Undo) and not self.text.text():
            self.bridge.undo()  # an empty line has nothing of its own to take back
            return True
        if event.key() == Qt.Key.Key_Up and self.editing is None:
            typed = [c for c in self._typed() if not c.blackouts]
            if typed:
                self.edit(typed[0])
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)


def missing(known: Collection[int]) -> str:
    """The numbers under the highest typed one that nobody has typed in, as in "1–5, 7, 9"."""
    runs: list[list[int]] = []
    for n in range(1, max(known, default=0)):
        if n not in known:
            if runs and runs[-1][-1] == n - 1:
                runs[-1][1:] = [n]
            else:
                runs.append([n])
    return ", ".join("–".join(str(n) for n in run) for run in runs)


def after(number: int, known: Collection[int]) -> int:
    """The next number that is not typed in."""
    number += 1
    while number in known:
        number += 1
    return number
