"""Asking: how many have come, how fast they come, the latest of them, and a line to type in for paper and voices."""

from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.card_menu import card_menu
from workshop_app.desktop.pages import Page
from workshop_app.desktop.pages.entry import CardEntry
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Counter,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    HintLine,
    IconButton,
    IconLabel,
    InflowBars,
    Pill,
    PlainLabel,
    Rule,
    column,
    row,
)
from workshop_app.model import lint
from workshop_app.model.dates import time_words
from workshop_app.model.session import Answer, StepFlow
from workshop_app.store import queries

QUIET_SECONDS = 60


class ArrivalRow(QWidget):
    """One answer as it came: time, words in serif, and whether its writer got a question back.

    A row that falls off the list is used for the next answer: to make widgets costs more than to fill them.
    """

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge, lang = bridge, bridge.lang
        self.answer: Answer | None = None
        self.words = ElidedLabel(size="large", people=True)
        self.time = PlainLabel(size="tiny", tone="ink2")
        self.time.setMinimumWidth(look().px(36))
        self.asked = Pill(lang("got a question back"), "info", "circle-help")
        self.by_hand = {"paper": Pill(lang("from paper"), "plain"), "voice": Pill(lang("a voice"), "plain")}
        self.hide_button = IconButton("eye-off", lang("Hide or black out"))
        self.hide_button.clicked.connect(self._menu)
        line = row(self.time, self.words, self.asked, gap=14, margins=(0, 6, 0, 6))
        line.setStretchFactor(self.words, 1)
        for part in (*self.by_hand.values(), self.hide_button):
            line.addWidget(part)
        self.setLayout(column(line, Rule(), gap=0))

    def show_answer(self, answer: Answer, code: str) -> None:
        """Shows an answer in the room's language."""
        self.answer = answer
        self.time.setText(time_words(answer.received_at, self.bridge.lang))
        self.words.set_text(answer_words(answer))
        self.asked.setVisible(bool(answer.text) and asked_back(answer.text, code))
        for source, pill in self.by_hand.items():
            pill.setVisible(source == answer.source)
        self.hide_button.setVisible(bool(answer.text))

    def _menu(self) -> None:
        if (menu := self.menu()) is not None:
            menu.popup(self.hide_button.mapToGlobal(QPoint(0, self.hide_button.height())))

    def menu(self) -> QMenu | None:
        """What can be done with the card that the answer became."""
        cards = self.bridge.get(queries.board).cards.values()
        receipt = self.answer.receipt if self.answer is not None else ""
        card = next((c.id for c in cards if c.receipt == receipt), None)
        return None if card is None else card_menu(self.bridge, card, self)


@lru_cache(maxsize=1024)
def asked_back(text: str, code: str) -> bool:
    """Whether the phone asked "what would it make possible" about this card."""
    return lint.is_solution_phrased(text, code)


def answer_words(answer: Answer) -> str:
    """What to show of an answer in one line: its text, or its written fields."""
    if answer.text:
        return answer.text
    counted = (f"{given} {n}" for by in answer.counts.values() for given, n in by.items())
    return " · ".join([*(str(v) for v in answer.fields.values() if v), *counted])


class AskPage(Page):
    """A step where people write, each on their own."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.received = Counter()
        self.phones = Counter(lang("phones have sent"), size="display")
        self.done = Counter(lang("say that they are done"), size="display")
        self.inflow = InflowBars(lang("New cards per minute"))
        self.hint = HintLine("lightbulb")
        self.hint.say("")
        self.entry = CardEntry(bridge)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.nothing = EmptyState(lang("Nothing has come yet. What people send is shown here."), "inbox")
        self.paper = Button(lang("Enter from paper"), icon="plus", size="large")
        self.voice = Button(lang("Note a voice"), icon="mic", size="large")
        self.paper.clicked.connect(lambda: self.entry.open_for("paper", self.state.id))
        self.voice.clicked.connect(lambda: self.entry.open_for("voice", self.state.id))
        figures = QWidget()
        flow = FlowLayout(figures, look().px(40), look().px(16), on_foot=True)
        for part in (self.received, self.phones, self.done, self.inflow):
            flow.addWidget(part)
        self.private = PlainLabel(lang("Shown only here, not on the projector"), size="small", tone="ink2")
        head = row(
            PlainLabel(lang("Latest"), weight="semibold"),
            None,
            IconLabel("eye-off", "ink2", 16),
            self.private,
        )
        self.setLayout(
            column(
                26,
                figures,
                14,
                self.hint,
                self.entry,
                12,
                head,
                4,
                Rule(),
                self.list,
                self.nothing,
                None,
                gap=6,
            )
        )
        self._rows: dict[int, ArrivalRow] = {}
        bridge.clock.connect(self._tick)

    def actions_bar(self) -> list[QPushButton]:
        return [self.paper, self.voice] if self.step.makes == "card" else []

    def refresh(self) -> None:
        flow = self.bridge.get(queries.flow, self.state.id)
        lang, cards = self.bridge.lang, self.step.makes == "card"
        many = lang.plural("challenge received", "challenges received", flow.received)
        words = many if cards else lang.plural("answer received", "answers received", flow.received)
        self.received.show_value(flow.received, words)
        joined = self.bridge.get(queries.crowd).phones
        self.phones.show_value(lang("{n} of {m}").format(n=flow.phones, m=max(joined, flow.phones)))
        done = len(self.bridge.get(queries.done, self.state.id))
        self.done.show_value(lang("{n} of {m}").format(n=done, m=max(joined, done)))
        self.done.setVisible(bool(done))
        self._latest(flow)
        self._pace()
        self.entry.refresh()

    def _tick(self) -> None:
        if self.isVisible():
            self._pace()

    def _pace(self) -> None:
        flow = self.bridge.get(queries.flow, self.state.id)
        counts = per_minute(flow, self._minute())
        self.inflow.show_counts(counts)
        quiet = got_quiet(counts, self._silence(flow))
        lang = self.bridge.lang
        if quiet and self.state.state == "open" and self.step.makes == "card":
            self.hint.say(
                lang("It is getting quiet. Let the silence last one more minute."),
                lang("The most important cards often come after it has gone quiet."),
            )
        else:
            self.hint.say("")

    def _minute(self) -> int:
        return int(self.state.elapsed(self.bridge.now()).total_seconds() // 60)

    def _silence(self, flow: StepFlow) -> float:
        if not flow.latest:
            return 0.0
        return (self.bridge.now() - flow.latest[0].received_at).total_seconds()

    def _latest(self, flow: StepFlow) -> None:
        latest = {a.id: a for a in flow.latest}
        new = latest.keys() - self._rows.keys()
        gone = [self._rows.pop(key) for key in self._rows.keys() - latest.keys()]
        free, focus = [], QApplication.focusWidget()
        for row_ in gone:
            self.list.removeWidget(row_)
            if focus is None or not row_.isAncestorOf(focus):
                free.append(row_)
        for place, (key, answer) in enumerate(latest.items()):
            if key in new:
                self._rows[key] = free.pop() if free else ArrivalRow(self.bridge)
                self.list.insertWidget(place, self._rows[key])
            if self._rows[key].answer != answer:
                self._rows[key].show_answer(answer, self.session.language)
        for row_ in gone:
            if row_ not in self._rows.values():
                row_.hide()
                row_.deleteLater()
        if new:
            for above, below in pairwise(self._rows[key].hide_button for key in latest):
                QWidget.setTabOrder(above, below)
        self.nothing.setVisible(not latest)


def per_minute(flow: StepFlow, minute: int) -> tuple[int, ...]:
    """Counts by minute up to the one that runs, the last fifteen at most are worth showing."""
    counts = list(flow.per_minute) + [0] * max(minute + 1 - len(flow.per_minute), 0)
    while len(counts) > 30 and not counts[-1] and len(counts) > len(flow.per_minute) + 1:
        counts.pop()
    return tuple(counts)


def got_quiet(counts: tuple[int, ...], silence: float) -> bool:
    """Whether inflow has fallen under a third of its peak for a minute: then the best cards may still come."""
    if len(counts) < 3 or max(counts) < 3 or silence < QUIET_SECONDS / 2:
        return False
    return counts[-2] < max(counts) / 3 or silence >= QUIET_SECONDS
