"""The line under the top bar while the room has to be told about its network: another address, or none for a while."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from workshop_app import invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import Button, IconLabel, PlainLabel, row


class NetworkLine(QFrame):
    """Says what has happened and what the room sees of it; stays until it is closed or the network is back."""

    codes = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.setProperty("ground", "attn")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.words = PlainLabel(tone="on_attn", wrap=True)
        self.show_codes = Button(lang("Show the codes"), icon="qr-code")
        self.done = Button(lang("Take it off the projector"), icon="check")
        self.show_codes.clicked.connect(self.codes)
        self.done.clicked.connect(lambda: bridge.tell_network(""))
        picture = IconLabel("wifi-off", "on_attn", 16)
        line = row(picture, self.words, self.show_codes, self.done, gap=10, margins=(20, 8, 12, 8))
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)
        self.hide()

    def refresh(self) -> None:
        """Reads what there is to tell."""
        lang, state, server = self.bridge.lang, self.bridge.network, self.bridge.server
        moved = state == "moved" and server is not None
        if moved:
            words = lang(
                "The address has changed: {address}. The projector shows the new code. What is written on the phones is kept."
            ).format(address=invite.short_address(server.host, server.port))
        else:
            words = lang(
                "The computer has no network just now. The cards are kept on the phones until it is back."
            )
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show_codes.setVisible(moved)
        self.done.setVisible(moved)
        self.setVisible(moved or state == "away")
