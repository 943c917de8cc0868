"""The clock of a round of sorting, and how its figures are counted: stands in the room panel while the room sorts."""

from PySide6.QtWidgets import QWidget

from workshop_app.actions import sort
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.clock_box import ClockBox
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, Rule, SectionLabel
from workshop_app.store import queries

STEP = 30  # seconds


class RoundBox(ClockBox):
    """The clock of a round, half a minute more or less, and below it how answers are counted."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        lang = bridge.lang
        longer = (lang("+30 s"), lang("Half a minute more"))
        super().__init__(bridge, longer, (lang("−30 s"), lang("Half a minute less")), parent)
        told = (
            lang(
                "“2 of 3” is two of the three phones that had the card in hand. Shown only when at least three have answered."
            ),
            lang("Who put what where is never shown, nor which role."),
            lang("The computer's guesses give the order on the phones. They never count as answers."),
        )
        self.box.addSpacing(look().px(6))
        self.box.addWidget(Rule())
        self.box.addSpacing(look().px(4))
        self.box.addWidget(SectionLabel(lang("How it is counted")))
        for text in told:
            self.box.addWidget(PlainLabel(text, size="small", wrap=True))

    def toggle(self) -> None:
        now = self.bridge.get(queries.sorting_now)
        if now is not None:
            self.bridge.do(sort.resume if now.state == "paused" else sort.pause)

    def more(self) -> None:
        self.bridge.do(sort.add_seconds, seconds=STEP)

    def fewer(self) -> None:
        self.bridge.do(sort.add_seconds, seconds=-STEP)

    def refresh(self) -> None:
        """Shows the time as it is this second."""
        lang, now = self.bridge.lang, self.bridge.get(queries.sorting_now)
        if now is None:
            return
        left = round(now.left(self.bridge.now()).total_seconds())
        total = lang("of {time} min").format(time=minutes(now.seconds))
        self.show_time(left, now.seconds, total, paused=now.state == "paused")


def minutes(seconds: int) -> str:
    """180 -> "3", 90 -> "1:30"."""
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02}" if rest else str(whole)
