"""The line at the bottom: what was just done with a way back, a quiet refusal, or trouble with its remedy."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, IconButton, IconLabel, PlainLabel, row

SHOWN_MS = 10_000
KINDS = {"undo": ("check", "ptint", "on_ptint"), "quiet": ("info", "info", "on_info")}
KINDS |= {"ask": ("hourglass", "attn", "on_attn"), "trouble": ("octagon-alert", "bad", "on_bad")}


class StatusLine(QFrame):
    """One sentence for ten seconds; trouble stays until it is closed. Nothing has to be answered."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.setObjectName("status_line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.picture = IconLabel("check", "on_ptint", 16)
        self.words = PlainLabel(wrap=True)
        self.back = Button(bridge.lang("Undo"), key="Ctrl+Z")
        self.back.clicked.connect(bridge.undo)
        self.shut = IconButton("x", bridge.lang("Close"))
        self.shut.clicked.connect(self.hide)
        line = row(self.picture, self.words, self.back, self.shut, gap=10, margins=(20, 6, 12, 6))
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)
        self.away = QTimer(self)
        self.away.setSingleShot(True)
        self.away.timeout.connect(self.hide)
        bridge.said.connect(self.say)
        self.hide()

    def say(self, kind: str, text: str) -> None:
        """Shows a sentence: "undo" (with the way back), "quiet", "ask" or "trouble"."""
        icon, ground, ink = KINDS.get(kind, KINDS["quiet"])
        self.picture.show_icon(icon, ink)
        self.words.setText(text)
        self.words.set_tone(ink)
        self.back.setVisible(kind == "undo")
        self.setStyleSheet(f"#status_line {{ background: {look().hex(ground)}; }}")
        self.setAccessibleName(text)
        self.show()
        self.away.stop()
        if kind != "trouble":
            self.away.start(SHOWN_MS)
