"""The page of the dialogue, and the page of a step of one-to-one meetings: the same meetings, the same panel."""

from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workshop_app.desktop.asked.keeping import KeepingPanel
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.dialogue.agenda import AgendaPart
from workshop_app.desktop.dialogue.before import BuyersPart, InvitationPart, SuppliersPart, TermsPart
from workshop_app.desktop.dialogue.final import FinalPart
from workshop_app.desktop.dialogue.judgements import JudgementsPart
from workshop_app.desktop.dialogue.material import MaterialPart
from workshop_app.desktop.dialogue.meeting_view import MeetingView
from workshop_app.desktop.dialogue.question_list import QuestionsPart
from workshop_app.desktop.dialogue.request import RequestPart
from workshop_app.desktop.dialogue.rows import Part
from workshop_app.desktop.dialogue.timetable import TimetablePart
from workshop_app.desktop.dialogue.unlike import UnlikePanel
from workshop_app.desktop.pages import DIALOGUE, Page
from workshop_app.desktop.projector import DIALOGUE_SCENES, Show
from workshop_app.desktop.widgets import Button, FlowLayout, Heading, PlainLabel, column
from workshop_app.i18n import N_
from workshop_app.store import queries

SECTIONS = {
    "before": N_("Purpose and invitation"),
    "suppliers": N_("Suppliers"),
    "agenda": N_("Agenda and material"),
    "meetings": N_("Meetings"),
    "questions": N_("Question list"),
    "request": N_("Request for information"),
    "final": N_("Final summary"),
}


class _DialoguePage(Page):
    """What both pages share: the list of differences at the right, and a clock that is told each second."""

    wants_width = True
    alone = True
    margins = (32, 20, 32, 24)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.parts: list[Part] = []
        self.panel = UnlikePanel(bridge)
        self.meeting = MeetingView(bridge)
        self.meeting.hide()
        bridge.clock.connect(self._tick)
        bridge.said.connect(self._said)
        self.picture = Button(bridge.lang("Show on the projector"), icon="presentation", size="large")
        menu = QMenu(self.picture)
        rows = {"": N_("What belongs to the step")} | DIALOGUE_SCENES
        for name, words in rows.items():
            menu.addAction(bridge.lang(words)).triggered.connect(partial(self._project, name))
        self.picture.setMenu(menu)
        self.on_key("Ctrl+Return", self.on_enter, typing=True)

    def aside(self) -> QWidget:
        return self.panel

    def refresh(self) -> None:
        for part in self.parts:
            part.refresh()
        self.meeting.refresh()
        self.panel.refresh()

    def keep(self) -> None:
        for part in self.parts:
            part.keep()
        self.meeting.keep()

    def actions_bar(self) -> list[QPushButton]:
        return [self.picture]

    def _project(self, scene: str, _on: bool = False) -> None:
        show = self.bridge.findChild(Show)
        if show is not None:
            show.override(scene)

    def on_enter(self) -> None:
        """Ctrl+Enter goes on in the meeting."""
        self.meeting.next_item()

    def _tick(self) -> None:
        if self.isVisible():
            self.meeting.tick()
            self.panel.tick()

    def _said(self, kind: str, _words: str) -> None:
        if (
            kind == "quiet" and self.isVisible()
        ):  # perhaps a refusal: what was chosen and not stored goes back
            self.refresh()


class DialoguePage(_DialoguePage):
    """The page apart, reachable any time: one section at a time."""

    header = "none"

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.section = ""
        self.title = Heading(lang("Dialogue with suppliers"), size="title")
        self.about = PlainLabel(
            lang("The same information, the same time and the same answers to all."), tone="ink2", wrap=True
        )
        self.tabs = {name: Button(lang(words)) for name, words in SECTIONS.items()}
        strip = FlowLayout(gap=6)
        for name, button in self.tabs.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=name: self.show_section(name))
            strip.addWidget(button)
        holder = QWidget()
        holder.setLayout(strip)
        self.terms, self.invitation, self.buyers = (
            TermsPart(bridge),
            InvitationPart(bridge),
            BuyersPart(bridge),
        )
        self.suppliers, self.agenda, self.material = (
            SuppliersPart(bridge),
            AgendaPart(bridge),
            MaterialPart(bridge),
        )
        self.timetable, self.questions, self.final = (
            TimetablePart(bridge),
            QuestionsPart(bridge),
            FinalPart(bridge),
        )
        self.request, self.judgements = RequestPart(bridge), JudgementsPart(bridge)
        self.shown: dict[str, tuple[QWidget, ...]] = {
            "before": (self.terms, self.invitation, self.buyers),
            "suppliers": (self.suppliers, self.judgements),
            "agenda": (self.agenda, self.material),
            "meetings": (self.timetable,),
            "questions": (self.questions,),
            "request": (self.request,),
            "final": (self.final,),
        }
        self.parts = [part for group in self.shown.values() for part in group if isinstance(part, Part)]
        self.whole = whole = column(column(self.title, self.about, gap=6), 2, holder, 2, gap=12)
        for part in self.parts:
            part.hide()
            whole.addWidget(part)
        whole.addWidget(self.meeting)
        whole.addStretch(1)
        self.setLayout(whole)
        self.back = Button(lang("Back to the room"), icon="arrow-left", size="large")
        self.back.clicked.connect(lambda: self.step_asked.emit(""))
        self.panel.section_asked.connect(self.show_section)
        self.on_key("Ctrl+N", self._new_question, typing=True)
        for place, name in enumerate(SECTIONS, 1):
            self.on_key(f"Ctrl+{place}", partial(self.show_section, name), typing=True)

    def own_next(self) -> QPushButton:
        return self.back

    def show_section(self, name: str) -> None:
        """Shows one section; what is being written in the one before is kept."""
        self.keep()
        self.section = name
        for key, button in self.tabs.items():
            button.setChecked(key == name)
        for key, parts in self.shown.items():
            for part in parts:
                part.setVisible(key == name)
        self.refresh()

    def on_enter(self) -> None:
        """Ctrl+Enter stores the answer that is being written, or goes on in the meeting."""
        if self.section == "questions":
            self.questions.store_focused()
        elif self.section == "meetings":
            super().on_enter()

    def _new_question(self) -> None:
        self.show_section("questions")
        self.questions.begin()

    def refresh(self) -> None:
        if not self.section:
            self.show_section(self._first())
            return
        super().refresh()
        if self.section != "meetings":
            self.meeting.hide()
        self._put_first(self.meeting if clock.running(self.bridge.get(queries.dialogue)) else self.timetable)

    def _put_first(self, first: QWidget) -> None:
        """A running meeting stands over the timetable, notes of one that was held under it."""
        other = self.timetable if first is self.meeting else self.meeting
        if self.whole.indexOf(first) > self.whole.indexOf(other):
            place = self.whole.indexOf(other)
            self.whole.removeWidget(first)
            self.whole.insertWidget(place, first)

    def _first(self) -> str:
        now = self.bridge.get(queries.dialogue)
        return "meetings" if now.slots else "before" if not now.questions else "questions"

    def _tick(self) -> None:
        super()._tick()
        if self.isVisible() and self.section == "meetings":
            self.timetable.tick()


class MeetingPage(_DialoguePage):
    """A step of one-to-one meetings: the running meeting at the item that goes with the step."""

    header = "compact"

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.timetable = TimetablePart(bridge)
        self.parts = [self.timetable]
        self._brought = 0
        self.keeping: KeepingPanel | None = None  # where the meetings end
        self.below = column(gap=0)
        self.setLayout(column(self.meeting, self.timetable, self.below, None, gap=16))
        self.all = Button(lang("The whole dialogue"), icon="scale", size="large")
        self.all.clicked.connect(lambda: self.step_asked.emit(DIALOGUE))
        self.panel.section_asked.connect(lambda _name: self.step_asked.emit(DIALOGUE))

    def actions_bar(self) -> list[QPushButton]:
        return [self.all, self.picture]

    def refresh(self) -> None:
        super().refresh()
        if self.keeping is None and self.session.steps[-1].id == self.state.id:
            self.keeping = KeepingPanel(self.bridge)
            self.below.addWidget(self.keeping)
        if self.keeping is not None:
            self.keeping.refresh()
        self._bring()

    def _bring(self) -> None:
        """The first time a running meeting is seen at the room's step, its clock goes to the item of that step."""
        now = self.bridge.get(queries.dialogue)
        slot = clock.running(now)
        if slot is None or slot.id == self._brought or self.state.id != self.session.current_step:
            return
        running = clock.read(self.bridge)
        format_ = self.bridge.get(queries.format_of)
        steps = [s.id for s in format_.steps if s.kind == "meeting"]
        place = steps.index(self.state.id) if self.state.id in steps else 0
        agenda = now.agenda_now
        if running is not None and len(agenda) == len(steps):
            self._brought = slot.id
            self.meeting.go_to(agenda[place].id)

    def _tick(self) -> None:
        super()._tick()
        if self.isVisible():
            self.timetable.tick()
