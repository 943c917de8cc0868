"""A clock with its three buttons: time left, a bar, pause, a little more, a little less. It warns and never cuts."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    FlowLayout,
    KeyCap,
    PlainLabel,
    SectionLabel,
    TimeBar,
    TimerView,
    column,
    row,
)


class ClockBox(QWidget):
    """What every clock of the room panel looks like; `toggle`, `more` and `fewer` are what its buttons and keys do."""

    def __init__(
        self, bridge: Bridge, longer: tuple[str, str], shorter: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        """`longer` and `shorter`: what stands on the button, and what it is called."""
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.words, self.total = SectionLabel(lang("Time left")), PlainLabel(size="small", tone="ink2")
        self.timer, self.bar = TimerView(), TimeBar()
        self.pause = KeyCap(lang("Pause"), "T", icon="pause")
        self.longer, self.shorter = KeyCap(longer[0], "+"), Button(shorter[0])
        self.longer.setAccessibleName(longer[1])
        self.shorter.setAccessibleName(shorter[1])
        self.pause.clicked.connect(self.toggle)
        self.longer.clicked.connect(self.more)
        self.shorter.clicked.connect(self.fewer)
        buttons = QWidget()
        flow = FlowLayout(buttons, look().px(6), look().px(8))
        for button in (self.pause, self.longer, self.shorter):
            flow.addWidget(button)
        head = row(self.words, self.total)
        head.setStretchFactor(self.words, 1)
        self.box: QVBoxLayout = column(head, self.timer, self.bar, 2, buttons, gap=8)
        self.setLayout(self.box)

    def toggle(self) -> None:
        """Stops the clock, lets it go on, or starts it."""
        raise NotImplementedError

    def more(self) -> None:
        """A little more time."""
        raise NotImplementedError

    def fewer(self) -> None:
        """A little less time."""
        raise NotImplementedError

    def show_time(self, left: int, whole: int, total: str, *, paused: bool, started: bool = True) -> None:
        """Shows `left` of `whole` seconds; `total` says in words how long it was to be."""
        lang = self.bridge.lang
        self.timer.show_left(left, paused or not started)
        self.bar.show_gone(1 - left / whole if whole else 1.0, left < 0)
        if paused:
            self.words.setText(lang("The clock stands still"))
        elif started and left < 0:
            self.words.setText(lang("Over the time. Nothing is cut off."))
        else:
            self.words.setText(lang("Time left"))
        self.total.setText(total)
        words = lang("Start") if not started else lang("Go on") if paused else lang("Pause")
        if self.pause.words() != words:
            self.pause.setText(words)
            self.pause.setAccessibleName(words if started else lang("Start the clock"))
            self.pause.set_icon_name("play" if paused or not started else "pause")
