"""The panel that is always there: every way in which suppliers have not had the same, and how each is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.dialogue.meeting_view import warning
from workshop_app.desktop.dialogue.rows import RowList, companies, company
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    HintLine,
    IconLabel,
    PlainLabel,
    Rule,
    ScrollColumn,
    TimerView,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.dialogue import Asymmetry, Dialogue, asymmetries
from workshop_app.store import queries

SIDE = 340
KINDS = ("minutes", "material", "answer", "unpublished", "no_slot", "round", "agenda")
MENDED = {
    "minutes": N_("Offer {who} as much time, and note here that it is offered."),
    "material": N_("Hand it out to {who}, and note it here."),
    "answer": N_("Send it to {who}, and note it here."),
    "unpublished": N_("It stands in the question list. Answer it and publish it to all."),
    "no_slot": N_("Plan a meeting of the same length, or note that it was offered and declined."),
    "round": N_("The agenda has changed since. Offer {who} a new meeting."),
    "agenda": N_("Take up the rest with {who} in a new meeting or in writing."),
}
GIVEN = {
    "minutes": "minutes",
    "material": "material",
    "answer": "answer",
    "round": "round",
    "no_slot": "round",
}
BUTTONS = {
    "minutes": N_("Time is offered"),
    "material": N_("It is handed out"),
    "answer": N_("It is sent"),
    "unpublished": N_("To the question list"),
    "no_slot": N_("A meeting is offered"),
    "round": N_("A meeting is offered"),
    "agenda": N_("To the meetings"),
}


@dataclass(frozen=True)
class Line:
    """One difference as a row: its id stays the same while it stands."""

    id: int
    title: str
    text: str
    found: Asymmetry


def title_of(bridge: Bridge, now: Dialogue, one: Asymmetry) -> str:
    """One difference in words."""
    lang = bridge.lang
    who = companies(now, one.who, lang)
    slot = now.slot(one.about) if one.kind in ("minutes", "agenda") else None
    if one.kind == "minutes" and slot is not None:
        more = lang.plural("{n} minute", "{n} minutes", one.amount)
        return lang("Time: {name} had {time} more").format(name=company(now, slot.supplier), time=more)
    if one.kind == "material":
        return lang("Material: {title}").format(
            title=next(m.title for m in now.materials if m.id == one.about)
        )
    question = next((q.question for q in now.questions if q.id == one.about), "")
    if one.kind == "answer":
        return lang("Published and not sent to all: {words}").format(words=question)
    if one.kind == "unpublished":
        return lang("New from a meeting: {words}").format(words=question)
    if one.kind == "no_slot":
        return lang("No meeting: {who}").format(who=who)
    if one.kind == "round":
        return lang("Met on an earlier agenda: {who}").format(who=who)
    return lang("Not the whole agenda: {who}").format(who=who)


class UnlikePanel(QFrame):
    """Time left of the running meeting, and the list of differences."""

    section_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.setAccessibleName(lang("Not alike yet"))
        self.left = PlainLabel(lang("Left of the meeting"), size="small", weight="semibold", tone="ink2")
        self.time = TimerView()
        self.warning = HintLine("clock", "attn")
        self.warning.hide()
        self.count = PlainLabel(size="small", tone="ink2", wrap=True)
        self.list = RowList(lambda line: UnlikeRow(bridge, line.found, self._go), gap=0)
        self.waiting = Button(lang("Answer and publish"), icon="send")
        self.waiting_words = PlainLabel(weight="semibold", wrap=True)
        self.waiting_about = PlainLabel(
            lang("The summary can be final when all have the answers."), size="small", tone="ink2", wrap=True
        )
        self.waiting.clicked.connect(lambda: self.section_asked.emit("questions"))
        self.unpublished = QWidget()
        self.unpublished.setLayout(
            column(Rule(), 6, self.waiting_words, self.waiting_about, row(self.waiting, None), gap=4)
        )
        self.shown = PlainLabel(size="small", tone="ink2", wrap=True)
        scroll = ScrollColumn(gap=6, margins=(24, 20, 20, 20))
        heading = Heading(lang("Not alike yet"), size="lead")
        heading.setContentsMargins(0, look().px(8), 0, 0)
        for part in (self.left, self.time, self.warning, heading, self.count, self.list, self.unpublished):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        foot = row(IconLabel("shield-check", "ink2", 16), self.shown, gap=8, margins=(24, 10, 20, 12))
        foot.setStretch(1, 1)
        self.setLayout(column(scroll, Rule(), foot, gap=0))

    def sizeHint(self) -> QSize:
        return QSize(look().px(SIDE), super().sizeHint().height())

    def _go(self, section: str) -> None:
        self.section_asked.emit(section)

    def refresh(self) -> None:
        """Reads the register."""
        lang, now = self.bridge.lang, self.bridge.get(queries.dialogue)
        lines = []
        for one in asymmetries(now):
            text = lang(MENDED[one.kind]).format(who=companies(now, one.who, lang))
            number = one.about * len(KINDS) + KINDS.index(one.kind)
            lines.append(Line(number, title_of(self.bridge, now, one), text, one))
        self.list.show_items(lines)
        many = lang.plural(
            "{n} thing that some have had and others not.",
            "{n} things that some have had and others not.",
            len(lines),
        )
        self.count.setText(many if lines else lang("All have had the same so far."))
        open_ = len(now.unpublished)
        self.waiting_words.setText(
            lang.plural("{n} question is not published", "{n} questions are not published", open_)
        )
        self.unpublished.setVisible(bool(open_))
        parts = [
            lang("needs version {n}").format(n=now.needs_version) if now.needs_version else "",
            *(lang("file {digits}").format(digits=m.sha256[:4].upper()) for m in now.materials),
        ]
        told = ", ".join(p for p in parts if p)
        self.shown.setText(
            lang("Shown in all meetings: {what}.").format(what=told)
            if told
            else lang("No material is noted yet.")
        )
        self.tick()

    def tick(self) -> None:
        """A second has gone."""
        slot = clock.running(self.bridge.get(queries.dialogue))
        for part in (self.left, self.time):
            part.setVisible(slot is not None)
        if slot is None:
            self.warning.say("")
            return
        self.time.show_left(slot.minutes * 60 - clock.seconds(slot, self.bridge.now()))
        self.warning.say(warning(self.bridge, slot))


class UnlikeRow(QWidget):
    """One difference, how it is mended, and the button that notes that it is."""

    def __init__(self, bridge: Bridge, found: Asymmetry, go: Callable[[str], None]) -> None:
        super().__init__()
        self.bridge, self.found, self.go = bridge, found, go
        self.title = PlainLabel(weight="semibold", wrap=True)
        self.text = PlainLabel(size="small", tone="ink2", wrap=True)
        self.mend = Button(bridge.lang(BUTTONS[found.kind]))
        self.mend.clicked.connect(self.act)
        words = column(self.title, self.text, 2, row(self.mend, None), gap=3)
        line = row(gap=10)
        line.addWidget(IconLabel("scale", "on_attn", 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setLayout(column(Rule(), 8, line, 8, gap=0))

    def act(self) -> None:
        """Notes that the difference is mended, or goes to where it can be."""
        if self.found.kind == "unpublished":
            self.go("questions")
        elif self.found.kind == "agenda":
            self.go("meetings")
        else:
            self.bridge.do(
                actions.dialogue.give,
                what=GIVEN[self.found.kind],
                id=self.found.about,
                suppliers=self.found.who,
            )

    def show_item(self, line: Line) -> None:
        """Shows the difference as it is now."""
        self.found = line.found
        self.title.setText(line.title)
        self.text.setText(line.text)
        self.mend.setAccessibleName(f"{self.mend.words()}: {line.title}")
