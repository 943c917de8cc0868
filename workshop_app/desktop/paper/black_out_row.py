"""The way from a printed page to a card whose words must go: its number stands on paper, and here it is asked for."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.blackout import BlackoutWindow
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, PlainLabel, column, line_edit, row
from workshop_app.store import queries


class BlackOutRow(QWidget):
    """A card's number and a button; the window opens over the page, so nobody has to leave what is to be printed."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        lang = bridge.lang
        self.bridge = bridge
        self.number = line_edit(limit=6)
        self.number.setValidator(QIntValidator(1, 999_999, self))
        self.number.setAccessibleName(lang("Number of the card"))
        self.number.setFixedWidth(look().px(72))
        self.button = Button(lang("Black out …"), icon="eye-off")
        self.told = PlainLabel(size="small", tone="on_attn", wrap=True)
        self.told.hide()
        self.number.returnPressed.connect(self._wanted)
        self.button.clicked.connect(self._wanted)
        about = lang("Does a page point out somebody? Write the number of the card.")
        words = PlainLabel(about, size="small", tone="ink2", wrap=True)
        self.setLayout(column(words, row(self.number, self.button, None, gap=8), self.told, gap=8))

    def _wanted(self) -> None:
        text = self.number.text()
        card = int(text) if text.isdecimal() else 0
        board = self.bridge.get(queries.board)
        known = card in board.cards or card in {one.id for one in board.merged}
        sentence = self.bridge.lang("There is no card {n}. The number stands beside each card on paper.")
        blank = self.bridge.lang("Write the number of a card first.")
        self.told.setText("" if known else sentence.format(n=card) if card else blank)
        self.told.setVisible(not known)
        if known:
            self.number.clear()
            self.open(card)
        else:
            self.number.setFocus()

    def open(self, card: int) -> None:
        """Opens the window where words of a card are blacked out; the pages are made again when they are gone."""
        BlackoutWindow(self.bridge, card, self).show()
