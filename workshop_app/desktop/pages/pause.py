"""The break: how long it lasts, and what the leader can do meanwhile."""

from PySide6.QtWidgets import QPushButton

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import (
    IconLabel,
    Panel,
    PlainLabel,
    SectionLabel,
    TimerView,
    column,
    row,
)
from workshop_app.store import queries

LARGE_HEAP = 12


class PausePage(Page):
    """A large clock and where the cards stand."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.timer = TimerView("counter")
        self.until = PlainLabel(lang("until we go on"), size="large", tone="ink2")
        self.lines = {
            name: (IconLabel("circle", "ink2", 18), PlainLabel(wrap=True))
            for name in ("cards", "loose", "large")
        }
        rows = []
        for picture, words in self.lines.values():
            line = row(picture, words, gap=10)
            line.setStretchFactor(words, 1)
            rows.append(line)
        self.todo = Panel(SectionLabel(lang("While the room rests")), *rows, pad=20, gap=10)
        self.setLayout(column(28, self.timer, self.until, 28, self.todo, None, gap=6))
        bridge.clock.connect(self._tick)

    def actions_bar(self) -> list[QPushButton]:
        return []

    def refresh(self) -> None:
        lang, board = self.bridge.lang, self.bridge.get(queries.board)
        loose = len(board.loose)
        large = [board.tag(h) for h in board.heaps if len(h.cards) > LARGE_HEAP]
        cards = lang.plural("{n} card has come", "{n} cards have come", len(board.cards))
        self._say("cards", True, cards)
        if loose:
            words = lang.plural(
                "{n} card lies unsorted. The next step can suggest heaps.",
                "{n} cards lie unsorted. The next step can suggest heaps.",
                loose,
            )
            self._say("loose", False, words)
        else:
            self._say(
                "loose",
                bool(board.cards),
                lang("Every card has a place") if board.cards else lang("No cards yet."),
            )
        if large:
            words = lang("Heaps of more than twelve cards, worth splitting: {heaps}").format(
                heaps=", ".join(large)
            )
            self._say("large", False, words)
        else:
            self._say("large", True, lang("No heap has more than twelve cards"))
        for name in ("cards", "large"):
            for part in self.lines[name]:
                part.setVisible(bool(board.cards))
        self._tick()

    def _say(self, name: str, done: bool, text: str) -> None:
        picture, words = self.lines[name]
        picture.show_icon("circle-check" if done else "circle", "primary" if done else "ink2")
        words.setText(text)

    def _tick(self) -> None:
        state = self.state
        still = state.started_at is None or state.paused_at is not None
        self.timer.show_left(round(state.left(self.bridge.now()).total_seconds()), still)
