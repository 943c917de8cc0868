"""Asking: how many have come, how fast they come, the latest of them, and a line to type in for paper and voices."""

from functools import lru_cache

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dates import time_words
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
    IconLabel,
    InflowBars,
    Pill,
    PlainLabel,
    Rule,
    column,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model import lint
from workshop_app.model.session import Answer, StepFlow
from workshop_app.store import queries

SHOWN = 12
QUIET_SECONDS = 60


class ArrivalRow(QWidget):
    """One answer as it came: time, words in serif, and whether its writer got a question back."""

    def __init__(self, answer: Answer, lang: Language, code: str) -> None:
        super().__init__()
        words = answer_words(answer)
        self.words = ElidedLabel(words, size="large", people=True)
        self.words.setToolTip("")
        line = row(gap=14, margins=(0, 6, 0, 6))
        time = PlainLabel(time_words(answer.received_at), size="tiny", tone="ink2")
        time.setMinimumWidth(look().px(36))
        line.addWidget(time)
        line.addWidget(self.words, 1)
        if answer.text and asked_back(answer.text, code):
            line.addWidget(Pill(lang("got a question back"), "info", "circle-help"))
        if answer.source in ("paper", "voice"):
            paper = answer.source == "paper"
            line.addWidget(Pill(lang("from paper") if paper else lang("a voice"), "plain"))
        self.setLayout(column(line, Rule(), gap=0))


@lru_cache(maxsize=1024)
def asked_back(text: str, code: str) -> bool:
    """Whether the phone asked "what would it make possible" about this card."""
    return lint.is_solution_phrased(text, code)


def answer_words(answer: Answer) -> str:
    """What to show of an answer in one line: its text, or its written fields."""
    if answer.text:
        return answer.text
    return " · ".join(str(v) for v in answer.fields.values() if v)


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
        latest = {a.id: a for a in flow.latest[:SHOWN]}
        for gone in self._rows.keys() - latest.keys():
            row_ = self._rows.pop(gone)
            self.list.removeWidget(row_)
            row_.hide()
            row_.deleteLater()
        for place, (number, answer) in enumerate(latest.items()):
            if number not in self._rows:
                self._rows[number] = ArrivalRow(answer, self.bridge.lang, self.session.language)
                self.list.insertWidget(place, self._rows[number])
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
