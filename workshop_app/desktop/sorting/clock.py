"""The clock of a round of sorting, and how its figures are counted: stands in the room panel while the room sorts."""

from PySide6.QtWidgets import QWidget

from workshop_app.actions import sort
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    FlowLayout,
    KeyCap,
    PlainLabel,
    Rule,
    SectionLabel,
    TimeBar,
    TimerView,
    column,
    row,
)
from workshop_app.store import queries

STEP = 30  # seconds


class RoundBox(QWidget):
    """Time left of the round, half a minute more or less, pause. It warns and never cuts."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.words, self.total = SectionLabel(lang("Time left")), PlainLabel(size="small", tone="ink2")
        self.timer, self.bar = TimerView(), TimeBar()
        self.pause = KeyCap(lang("Pause"), "T", icon="pause")
        self.longer = KeyCap(lang("+30 s"), "+")
        self.shorter = Button(lang("−30 s"))
        self.longer.setAccessibleName(lang("Half a minute more"))
        self.shorter.setAccessibleName(lang("Half a minute less"))
        self.pause.clicked.connect(self.toggle)
        self.longer.clicked.connect(self.more)
        self.shorter.clicked.connect(self.fewer)
        buttons = QWidget()
        flow = FlowLayout(buttons, look().px(8), look().px(8))
        for button in (self.pause, self.longer, self.shorter):
            flow.addWidget(button)
        told = (
            lang(
                "“2 of 3” is two of the three phones that had the card in hand. Shown only when at least three have answered."
            ),
            lang("Who put what where is never shown, nor which role."),
            lang("The computer's guesses give the order on the phones. They never count as answers."),
        )
        lines = [PlainLabel(text, size="small", wrap=True) for text in told]
        self.setLayout(
            column(
                row(self.words, None, self.total),
                self.timer,
                self.bar,
                2,
                buttons,
                6,
                Rule(),
                4,
                SectionLabel(lang("How it is counted")),
                *lines,
                gap=8,
            )
        )

    def toggle(self) -> None:
        """The phones' buttons rest, or go on."""
        now = self.bridge.get(queries.sorting_now)
        if now is not None:
            self.bridge.do(sort.resume if now.state == "paused" else sort.pause)

    def more(self) -> None:
        """Half a minute more."""
        self.bridge.do(sort.add_seconds, seconds=STEP)

    def fewer(self) -> None:
        """Half a minute less."""
        self.bridge.do(sort.add_seconds, seconds=-STEP)

    def refresh(self) -> None:
        """Shows the time as it is this second."""
        lang, now = self.bridge.lang, self.bridge.get(queries.sorting_now)
        if now is None:
            return
        left = round(now.left(self.bridge.now()).total_seconds())
        still = now.state == "paused"
        self.timer.show_left(left, still)
        self.bar.show_gone(1 - left / now.seconds, left < 0)
        if still:
            self.words.setText(lang("The clock stands still"))
        elif left < 0:
            self.words.setText(lang("Over the time. Nothing is cut off."))
        else:
            self.words.setText(lang("Time left"))
        self.total.setText(lang("of {time} min").format(time=minutes(now.seconds)))
        words = lang("Go on") if still else lang("Pause")
        if self.pause.words() != words:
            self.pause.setText(words)
            self.pause.set_icon_name("play" if still else "pause")


def minutes(seconds: int) -> str:
    """180 -> "3", 90 -> "1:30"."""
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02}" if rest else str(whole)
