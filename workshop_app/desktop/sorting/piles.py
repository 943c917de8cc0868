"""Entering from paper: the numbers of cards that lie in the same pile on a table, one line for each pile."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.actions import paper_piles
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import Button, Heading, PlainLabel, TextArea, column, row
from workshop_app.store import queries


class PilesField(QFrame):
    """A panel over the page. What is written stays until it has been entered."""

    left = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.setProperty("panel", True)
        self.field = TextArea(lines=4)
        self.field.setAccessibleName(lang("Numbers of the cards, one line for each pile"))
        self.field.setPlaceholderText("4 12 31\n7 9")
        self.note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.enter = Button(lang("Enter the piles"), role="primary", icon="check")
        self.shut_button = Button(lang("Close"))
        hint = lang("Write the numbers of the cards that lie in the same pile. One line for each pile.")
        foot = row(self.note, self.shut_button, self.enter, gap=10)
        foot.setStretch(0, 1)
        self.setLayout(
            column(
                Heading(lang("Enter from paper"), size="large"),
                PlainLabel(hint, size="small", tone="ink2", wrap=True),
                self.field,
                foot,
                gap=8,
                margins=(20, 14, 20, 14),
            )
        )
        self.field.textChanged.connect(self._count)
        self.enter.clicked.connect(self.send)
        self.shut_button.clicked.connect(self.shut)
        self._count()
        self.hide()

    def open(self) -> None:
        """Shows the field."""
        self.show()
        self.field.setFocus()

    def shut(self) -> None:
        """Leaves; what is written stays."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _count(self) -> None:
        lang, piles = self.bridge.lang, paper_piles.read_piles(self.field.text())
        known = self.bridge.get(queries.board).cards
        unknown = sorted({n for pile in piles for n in pile if n not in known})
        cards = sum(len(p) for p in piles)
        if unknown:
            self.note.setText(lang("There is no card {number}.").format(number=", ".join(map(str, unknown))))
        elif piles:
            heaps = lang.plural("{n} pile", "{n} piles", len(piles))
            self.note.setText(f"{heaps}, {lang.plural('{n} card', '{n} cards', cards)}")
        else:
            self.note.setText("")
        self.note.set_tone("on_attn" if unknown else "ink2")
        self.enter.setEnabled(bool(piles) and not unknown)

    def send(self) -> None:
        """Makes heaps of the piles, as one step to undo."""
        piles = paper_piles.read_piles(self.field.text())
        if piles:
            self.bridge.do(paper_piles.enter_piles, self._entered, piles=piles)

    def _entered(self, cards: int) -> None:
        words = self.bridge.lang.plural("{n} card was moved.", "{n} cards were moved.", cards)
        self.field.set_text("")
        self.shut()
        self.bridge.said.emit("undo", words)
