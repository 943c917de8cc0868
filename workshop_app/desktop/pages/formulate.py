"""From wish list to need: the sentence live, a ladder of rungs, questions instead of verdicts, evidence at the right."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.asked.keeping import KeepingPanel
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs import menus
from workshop_app.desktop.needs.evidence import EvidencePanel
from workshop_app.desktop.needs.from_tables import FromTables, waiting
from workshop_app.desktop.needs.ladder import Ladder, Rung
from workshop_app.desktop.needs.library import LibraryWindow
from workshop_app.desktop.needs.measure import MeasureRung
from workshop_app.desktop.needs.need_list import NeedList, live, used_cards, usual_line
from workshop_app.desktop.needs.sentence import SentenceView
from workshop_app.desktop.needs.wordings import WordingsWindow, lineage
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Panel,
    Pill,
    PlainLabel,
    ScrollColumn,
    SectionLabel,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import lint, lint_words, rating, route_rules
from workshop_app.model.lint import Finding
from workshop_app.model.need import FIELDS, Need
from workshop_app.model.statement import parts
from workshop_app.model.support import supporting
from workshop_app.store import queries

RUNGS = (
    ("wish", N_("Wish"), N_("The wish in its own words, as somebody wrote it"), 1),
    ("who", N_("Who"), N_("Who is it about? End users first"), 1),
    ("function", N_("needs to be able to"), N_("What must be possible? Begin with a verb"), 1),
    ("situation", N_("In which situation"), N_("When, during or at what?"), 1),
    ("effect", N_("so that"), N_("What happens when it works?"), 1),
    ("requirement", N_("Function requirement"), N_("What would show that it is met? A number helps"), 2),
    ("requirement_check", N_("How it is checked"), N_("Write how you see that it is met"), 1),
)
STATUS_PILL = {"ready": "done", "anchored": "done", "decided": "done", "closed": "plain"}
READY = ("ready", "anchored", "decided", "closed")


class FormulatePage(Page):
    """One need at a time; what is written is stored when typing rests, and can be undone."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.need: Need | None = None
        self._wanted: int | None = None
        self._findings: tuple[Finding, ...] = ()
        self._words_read = False
        self.new = Button(lang("New need"), icon="plus", key="Ctrl+N")
        self.from_heap = Button(lang("New need from a heap"), icon="layers")
        self.from_tables = Button(lang("From the tables"), icon="users")
        self.from_tables.setCheckable(True)
        self.tables = FromTables(bridge)
        self.list = NeedList(bridge, self.from_tables, self.from_heap, self.new)
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.pill = Pill()
        self.left = PlainLabel(size="small", tone="ink2")
        self.kin = PlainLabel(size="small", tone="ink2", wrap=True)
        self.sentence = SentenceView()
        name = lang("Short name")
        hint = lang("Give the need a short name")
        self.title = Rung(lang, "title", name, FIELDS["title"], placeholder=hint, look_of="title")
        self.rungs = [
            Rung(
                lang,
                name,
                lang(words),
                FIELDS[name],
                lines=lines,
                placeholder=lang(hint),
                look_of="wish" if name == "wish" else "",
            )
            for name, words, hint, lines in RUNGS
        ]
        self.measure = MeasureRung(lang)
        self.ladder = Ladder([*self.rungs, self.measure])
        self.measure.written.connect(self._write)
        for place, rung in enumerate(self.all_rungs):
            rung.written.connect(self._write)
            rung.typing.connect(self._look)
            rung.field.textChanged.connect(self._say)
            rung.questions.kept.connect(self._waive)
            rung.questions.asked_again.connect(self._unwaive)
            if place:
                self.on_key(f"Alt+{place}", rung.field.setFocus, typing=True)
        self.panel = EvidencePanel(bridge)
        self.split = Button(lang("Split in two"), icon="scissors")
        self.versions = Button(lang("Versions {n}").format(n=1), icon="history")
        self.show_room = Button(lang("Show the room"), icon="monitor")
        self.more = Button(lang("More"), icon="ellipsis")
        self.ready = Button(lang("Mark as ready"), role="primary", key="Ctrl+Enter", size="large")
        self._layout()
        self._wire()

    @property
    def all_rungs(self) -> list[Rung]:
        """The name and the seven parts, in the order of the page."""
        return [self.title, *self.rungs]

    def _layout(self) -> None:
        lang = self.bridge.lang
        said = Panel(
            SectionLabel(lang("This is how it sounds now. Read it aloud.")), self.sentence, pad=18, gap=6
        )
        scroll = ScrollColumn(gap=10, margins=(32, 18, 32, 24))
        scroll.body.addLayout(row(self.number, self.pill, None, self.left))
        scroll.body.addWidget(self.kin)
        scroll.body.addWidget(self.title)
        scroll.body.addWidget(said)
        scroll.body.addWidget(self.ladder)
        self.keeping = KeepingPanel(self.bridge)
        scroll.body.addWidget(self.keeping)
        scroll.body.addStretch(1)
        self.work = scroll
        words = lang("Choose a heap and write the first need.")
        self.empty = EmptyState(words, "layers")
        middle = column(self.empty, self.work, self.tables, gap=0)
        box = row(self.list, gap=0)
        box.addLayout(middle, 1)
        self.setLayout(box)

    def _wire(self) -> None:
        self.list.chosen.connect(self._choose)
        self.new.clicked.connect(self._new)
        self.from_heap.clicked.connect(self._heaps)
        self.from_tables.toggled.connect(self._tables)
        self.tables.taken.connect(self._made)
        self.ready.clicked.connect(self._ready)
        self.split.clicked.connect(self._split)
        self.versions.clicked.connect(self._versions)
        self.show_room.clicked.connect(self._show_room)
        self.more.clicked.connect(self._more)
        self.on_key("Ctrl+N", self._new, typing=True)
        self.on_key("Ctrl+Return", self._ready, typing=True)

    def aside(self) -> QWidget | None:
        return self.panel

    def actions_bar(self) -> list[QPushButton]:
        return [self.split, self.versions, self.show_room, self.more]

    def own_next(self) -> QPushButton | None:
        return self.ready

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        last = self.session.steps[-1].id == self.state.id  # a workshop that ends with its need
        self.keeping.setVisible(last)
        if last:
            self.keeping.refresh()
        lang = self.bridge.lang
        if not self._words_read:
            self._words_read = True
            for trouble in lint_words.troubles()[:1]:
                self.bridge.tell(trouble)
        needs = live(self.bridge.get(queries.needs))
        used, total = used_cards(self.bridge)
        self.list.show(
            tuple(usual_line(n, lang) for n in needs),
            lang("{n} of {m} cards").format(n=used, m=total) if total else "",
        )
        if self._wanted is not None and any(n.id == self._wanted for n in needs):
            wanted, self._wanted = self._wanted, None
            self.list.pick(wanted)
        drafts = self.bridge.get(queries.drafts)
        self.from_tables.setText(
            lang.plural("From the tables, {n} waiting", "From the tables, {n} waiting", waiting(drafts))
        )
        others = self.from_tables.isChecked()
        self.tables.setVisible(others)
        self.empty.setVisible(not needs and not others)
        self.work.setVisible(bool(needs) and not others)
        for button in (self.split, self.versions, self.show_room, self.more, self.ready):
            button.setEnabled(bool(needs) and not others)
        self._show(next((n for n in needs if n.id == self.list.current), None))
        self.tables.show_drafts(drafts, self.need)

    def _tables(self, _on: bool) -> None:
        self.keep()
        self.refresh()

    def _choose(self, need: int) -> None:
        self.keep()
        if self.need is not None and need != self.need.id:
            self.from_tables.setChecked(False)
        found = next((n for n in live(self.bridge.get(queries.needs)) if n.id == need), None)
        self._show(found)
        self.bridge.focus_on(need=need)

    def _show(self, need: Need | None) -> None:
        other = need is None or self.need is None or need.id != self.need.id
        self.need = need
        self.panel.show_need(need)
        if need is None:
            return
        lang = self.bridge.lang
        self.number.setText(lang("Need {n}").format(n=need.number))
        self.pill.show_state(lang(rating.STATUS_LABELS[need.status]), STATUS_PILL.get(need.status, "plain"))
        for rung in self.all_rungs:
            rung.replace(need.fields[rung.name]) if other else rung.show_text(need.fields[rung.name])
        self.measure.show_need(need, other=other)
        kin = lineage(self.bridge.get(queries.relatives, need.id), lang)
        self.kin.setText(kin)
        self.kin.setVisible(bool(kin))
        self._look()
        count = len(self.bridge.get(queries.need_versions, need.id))
        self.versions.setText(lang("Versions {n}").format(n=count))
        self._name_main(need)

    def _name_main(self, need: Need) -> None:
        """The one next thing: mark it as ready, then the next draft; when all are ready the way on is the main one."""
        lang = self.bridge.lang
        done, after = need.status in READY, self._next_draft()
        words = lang("Mark as ready") if not done else lang("Next draft") if after else lang("Take up again")
        self.ready.setText(words)
        self.ready.set_role("plain" if done and after is None else "primary")

    def _next_draft(self) -> Need | None:
        needs = live(self.bridge.get(queries.needs))
        drafts = [n for n in needs if n.status not in READY]
        after = [n for n in drafts if self.need is not None and n.number > self.need.number]
        return next(iter([*after, *drafts]), None)

    def _typed(self) -> Need:
        """The need as it reads on the screen now."""
        assert self.need is not None
        texts = {rung.name: rung.field.text().strip() for rung in self.all_rungs} | self.measure.texts()
        return replace(self.need, fields={**self.need.fields, **texts})

    def _say(self) -> None:
        if self.need is not None:
            asked = [f.match for f in self._findings if f.match]
            self.sentence.show_pieces(parts(self._typed().fields, self.session.language), asked)

    def _look(self) -> None:
        """Asks the rules of the language that the need is written in; each question stands under its own rung."""
        if self.need is None:
            return
        lang, code, need = self.bridge.lang, self.session.language, self._typed()
        waived = [(w.rule, w.field, w.reason) for w in need.waivers]
        quiet = {(rule, field) for rule, field, _reason in waived}
        blank = not any(need.fields[name] for name in ("who", "function", "situation", "effect"))
        found = [] if blank else lint.lint_need(need.lint_fields(), code, lang.code)
        self._findings = tuple(f for f in found if (f.rule, f.field) not in quiet)
        cards = [(e.card, e.text) for e in need.evidence]
        for rung in self.all_rungs:
            mine = [f for f in self._findings if f.field == rung.name]
            rung.questions.show_findings(mine, [w for w in waived if w[1] == rung.name])
            rung.underline([f.match for f in mine])
            rung.support.setText(self._support(supporting(need.fields[rung.name], cards, code)))
        measured = " ".join(self.measure.texts().values())
        self.measure.support.setText(self._support(supporting(measured, cards, code)))
        self.panel.show_findings(self._findings, waived)
        left = route_rules.before_ready(need, code)
        words = lang.plural("One question left before ready", "{n} questions left before ready", left)
        self.left.setText(words if left else lang("No questions left"))
        self._say()

    def _support(self, cards: tuple[int, ...]) -> str:
        lang, shown = self.bridge.lang, ", ".join(map(str, cards[:3]))
        if len(cards) < 2:
            return lang("card {n}").format(n=shown) if cards else ""
        return lang("cards {numbers}").format(numbers=shown + (" …" if len(cards) > 3 else ""))

    # Changing -------------------------------------------------------------------

    def _do(self, action: actions.Action, **more: Any) -> None:
        if self.need is not None:
            self.bridge.do(action, need=self.need.id, **more)

    def _write(self, name: str, text: str, edit: str = "") -> None:
        self._do(actions.need.set_fields, joins=edit, **{name: text})

    def _waive(self, rule: str, field: str, reason: str) -> None:
        self._do(actions.need.waive, rule=rule, field=field, reason=reason)

    def _unwaive(self, rule: str, field: str) -> None:
        self._do(actions.need.unwaive, rule=rule, field=field)

    def keep(self) -> None:
        """Stores everything that is written and not stored."""
        for rung in self.all_rungs:
            rung.keep()
        self.measure.keep()
        self.panel.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)

    def _made(self, need: int) -> None:
        self._wanted = need
        self.from_tables.setChecked(False)
        self.stale = True
        self.refresh()
        self.title.field.setFocus()

    def _new(self) -> None:
        self.keep()
        self.bridge.do(actions.need.new_need, self._made)

    def _heaps(self) -> None:
        menu = menus.heaps(self, self.bridge, self._grow)
        menu.addSeparator()
        menus.say(menu, self.bridge.lang("Take from the library"), self.open_library)
        menus.open_over(menu, self.from_heap)

    def open_library(self) -> None:
        """Needs of other workshops, to begin a new one from."""
        self.keep()
        self.library = LibraryWindow(self.bridge, self._made, self)
        self.library.show()

    def _grow(self, heap: int, title: str) -> None:
        self.keep()
        self.bridge.do(actions.need.new_need, self._made, heap=heap, title=title)

    def _ready(self) -> None:
        self.keep()
        if self.need is None:
            return
        if self.need.status not in READY or self._typed().fields != self.need.fields:
            self._do(actions.need.set_status, status="ready")
        elif (after := self._next_draft()) is not None:
            self.list.pick(after.id)
            self.rungs[1].field.setFocus()
        else:
            self._do(actions.need.set_status, status="draft")

    def _split(self) -> None:
        self.keep()
        if self.need is not None:
            self.bridge.do(actions.need.split_need, self._made, need=self.need.id)

    def _show_room(self) -> None:
        self.keep()
        if self.need is not None:
            self.bridge.focus_on(need=self.need.id)
            self.bridge.said.emit(
                "quiet", self.bridge.lang("The projector shows need {n}.").format(n=self.need.number)
            )

    def _versions(self) -> None:
        if self.need is not None:
            self.keep()
            WordingsWindow(self.bridge, self._typed(), self).open()

    def _more(self) -> None:
        if self.need is not None:
            self.keep()
            menus.open_over(menus.more(self, self.bridge, self.need), self.more)
