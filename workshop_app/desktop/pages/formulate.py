"""From wish list to need: the sentence live, a ladder of rungs, questions instead of verdicts, evidence at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dates import time_words
from workshop_app.desktop.needs.evidence import EvidencePanel
from workshop_app.desktop.needs.ladder import Ladder, QuestionLine, Rung
from workshop_app.desktop.needs.need_list import NeedList, live, used_cards, usual_line
from workshop_app.desktop.needs.sentence import SentenceView
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Panel,
    Pill,
    PlainLabel,
    ScrollColumn,
    SectionLabel,
    TextArea,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import lint, rating
from workshop_app.model.lint import Finding
from workshop_app.model.need import FIELDS, Need
from workshop_app.model.statement import parts
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
# where a question is shown when its own field is not a rung
HOME = {"function_requirement": "requirement", "function_requirement.check": "requirement_check"}
STATUS_PILL = {"ready": "done", "anchored": "done", "decided": "done", "closed": "plain"}
ELSEWHERE = (
    "route",
    "owner",
    "market",
    "review_date",
    "evidence",
)  # asked about on other pages or at the right


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
        self.new = Button(lang("New need"), icon="plus", key="Ctrl+N")
        self.from_heap = Button(lang("New need from a heap"), icon="layers")
        self.list = NeedList(bridge, self.from_heap, self.new)
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.pill = Pill()
        self.left = PlainLabel(size="small", tone="ink2")
        self.title = TextArea(1, FIELDS["title"])
        self.title.setProperty("textsize", "title")
        self.title.setAccessibleName(lang("Short name"))
        self.title.setPlaceholderText(lang("Give the need a short name"))
        self.sentence = SentenceView()
        self.title_rung = Rung("title", lang("Short name"), FIELDS["title"])
        self.rungs = [
            Rung(name, lang(words), FIELDS[name], lines=lines, placeholder=lang(hint))
            for name, words, hint, lines in RUNGS
        ]
        self.rungs[0].field.setProperty("voice", "people")
        self.ladder = Ladder([self.title_rung, *self.rungs])
        for place, rung in enumerate((self.title_rung, *self.rungs)):
            rung.written.connect(self._write)
            rung.typing.connect(self._look)
            rung.field.textChanged.connect(self._say)
            if place:
                self.on_key(f"Alt+{place}", rung.field.setFocus, typing=True)
        self.panel = EvidencePanel(bridge)
        self.split = Button(lang("Split in two"), icon="scissors", size="large")
        self.versions = Button(lang("Versions"), icon="history", size="large")
        self.show_room = Button(lang("Show the room"), icon="monitor", size="large")
        self.more = Button(lang("More"), icon="ellipsis", size="large")
        self.ready = Button(lang("Mark as ready"), role="primary", key="Ctrl+Enter", size="large")
        self._layout()
        self._wire()

    def _layout(self) -> None:
        lang = self.bridge.lang
        said = Panel(
            SectionLabel(lang("This is how it sounds now. Read it aloud.")), self.sentence, pad=18, gap=6
        )
        scroll = ScrollColumn(gap=12, margins=(32, 20, 32, 24))
        scroll.body.addLayout(row(self.number, self.pill, None, self.left))
        scroll.body.addWidget(said)
        scroll.body.addWidget(self.ladder)
        scroll.body.addStretch(1)
        self.work = scroll
        words = lang("Choose a heap and write the first need.")
        self.empty = EmptyState(words, "layers")
        middle = column(self.empty, self.work, gap=0)
        box = row(self.list, gap=0)
        box.addLayout(middle, 1)
        self.setLayout(box)
        self.title.hide()

    def _wire(self) -> None:
        self.list.chosen.connect(self._choose)
        self.new.clicked.connect(self._new)
        self.from_heap.clicked.connect(self._heaps)
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
        lang = self.bridge.lang
        needs = live(self.bridge.get(queries.needs))
        used, total = used_cards(self.bridge)
        self.list.show(
            tuple(usual_line(n, lang) for n in needs),
            lang("{n} of {m} cards").format(n=used, m=total) if total else "",
        )
        if self._wanted is not None and any(n.id == self._wanted for n in needs):
            wanted, self._wanted = self._wanted, None
            self.list.pick(wanted)
        self.empty.setVisible(not needs)
        self.work.setVisible(bool(needs))
        for button in (self.split, self.versions, self.show_room, self.more, self.ready):
            button.setEnabled(bool(needs))
        self._show(next((n for n in needs if n.id == self.list.current), None))

    def _choose(self, need: int) -> None:
        self.keep()
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
        for rung in (self.title_rung, *self.rungs):
            rung.replace(need.fields[rung.name]) if other else rung.show_text(need.fields[rung.name])
        self._support(need)
        self._say()
        self._look()
        count = len(self.bridge.get(queries.need_versions, need.id))
        self.versions.setText(lang("Versions {n}").format(n=count))
        is_ready = need.status in ("ready", "anchored", "decided")
        self.ready.setText(lang("Take up again") if is_ready else lang("Mark as ready"))

    def _support(self, need: Need) -> None:
        lang = self.bridge.lang
        numbers = ", ".join(str(e.card) for e in need.evidence[:6]) + (" …" if len(need.evidence) > 6 else "")
        for rung in self.rungs:
            if rung.name == "wish":
                cards = [str(e.card) for e in need.evidence if e.text == need.fields["wish"]]
                rung.support.setText(lang("card {n}").format(n=cards[0]) if cards else "")
            elif rung.name == "who":
                rung.support.setText(
                    lang.plural("card {cards}", "cards {cards}", len(need.evidence)).replace(
                        "{cards}", numbers
                    )
                    if numbers
                    else lang("no cards yet")
                )

    def _typed_fields(self) -> dict[str, str]:
        """The need's texts as they read on the screen now."""
        assert self.need is not None
        return {
            **self.need.fields,
            **{r.name: r.field.text().strip() for r in (self.title_rung, *self.rungs)},
        }

    def _say(self) -> None:
        if self.need is not None:
            asked = [line.match for line in self._findings if line.match]
            self.sentence.show_pieces(parts(self._typed_fields(), self.session.language), asked)

    _findings: tuple[Finding, ...] = ()

    def _look(self) -> None:
        """Asks the rules; each question stands under its own rung."""
        if self.need is None:
            return
        need, lang = self.need, self.bridge.lang
        f = self._typed_fields()
        fields = need.lint_fields() | {k: f[k] for k in ("title", "who", "function", "situation", "effect")}
        requirement = dict(fields["function_requirement"])  # type: ignore[call-overload]
        fields["function_requirement"] = requirement | {
            "text": f["requirement"],
            "check": f["requirement_check"],
        }
        waived = {(w.rule, w.field) for w in need.waivers}
        found = [x for x in lint.lint_need(fields, lang.code) if (x.rule, x.field) not in waived]
        self._findings = tuple(found)
        shown = [x for x in found if x.field.split(".")[0] not in ELSEWHERE or x.rule == "N12"]
        blank = not any(f[name] for name in ("who", "function", "situation", "effect"))
        for rung in self.rungs:
            mine = [x for x in shown if HOME.get(x.field, x.field) == rung.name and not blank]
            lines: list[QWidget] = []
            for finding in mine:
                line = QuestionLine(lang, finding)
                line.kept.connect(self._waive)
                lines.append(line)
            lines += [
                self._waived_line(w.rule, w.field, w.reason)
                for w in need.waivers
                if HOME.get(w.field, w.field) == rung.name
            ]
            rung.show_questions(lines)
        left = sum(1 for x in found if x.severity == "error")
        words = lang.plural("One question left before ready", "{n} questions left before ready", left)
        self.left.setText(words if left else lang("No questions left"))
        self._say()

    def _waived_line(self, rule: str, field: str, reason: str) -> QWidget:
        lang = self.bridge.lang
        words = PlainLabel(
            lang("Kept, because: {reason}").format(reason=reason), size="small", tone="ink2", wrap=True
        )
        again = Button(lang("Ask again"), role="quiet")
        again.clicked.connect(lambda: self._do(actions.need.unwaive, rule=rule, field=field))
        line = QWidget()
        box = row(gap=8)
        box.addWidget(words, 1)
        box.addWidget(again)
        line.setLayout(box)
        return line

    # Changing -------------------------------------------------------------------

    def _do(self, action: actions.Action, **more: object) -> None:
        if self.need is not None:
            self.bridge.do(action, need=self.need.id, **more)

    def _write(self, name: str, text: str) -> None:
        self._do(actions.need.set_fields, **{name: text})

    def _waive(self, rule: str, field: str, reason: str) -> None:
        self._do(actions.need.waive, rule=rule, field=field, reason=reason)

    def keep(self) -> None:
        """Stores everything that is written and not stored."""
        for rung in (self.title_rung, *self.rungs):
            rung.keep()
        self.panel.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)

    def _made(self, need: int) -> None:
        self._wanted = need
        self.stale = True
        self.refresh()
        self.title_rung.field.setFocus()

    def _new(self) -> None:
        self.keep()
        self.bridge.do(actions.need.new_need, self._made)

    def _heaps(self) -> None:
        """A menu of the heaps that no need has grown from yet."""
        lang, board = self.bridge.lang, self.bridge.get(queries.board)
        grown = {n.heap for n in live(self.bridge.get(queries.needs))}
        menu = QMenu(self)
        for heap in board.heaps:
            if heap.cards and heap.id not in grown:
                name = heap.title or heap.cards[0].text[:60]
                words = (
                    f"{board.tag(heap)}  {name}  ({lang.plural('{n} card', '{n} cards', len(heap.cards))})"
                )
                action = menu.addAction(words.replace("&", "&&"))
                action.triggered.connect(
                    lambda _=False, heap=heap.id, title=heap.title: self._grow(heap, title)
                )
        if menu.isEmpty():
            menu.addAction(lang("Every heap has a need, or there are no heaps yet")).setEnabled(False)
        menu.popup(self.from_heap.mapToGlobal(self.from_heap.rect().topLeft()))

    def _grow(self, heap: int, title: str) -> None:
        self.keep()
        self.bridge.do(actions.need.new_need, self._made, heap=heap, title=title)

    def _ready(self) -> None:
        self.keep()
        if self.need is not None:
            is_ready = self.need.status in ("ready", "anchored", "decided")
            self._do(actions.need.set_status, status="draft" if is_ready else "ready")

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
        """The earlier wordings; one of them can be taken back as the text of today."""
        if self.need is None:
            return
        lang = self.bridge.lang
        menu = QMenu(self)
        for one in reversed(self.bridge.get(queries.need_versions, self.need.id)):
            status = lang(rating.STATUS_LABELS[one.status])
            words = f"{time_words(one.at)}  {status}: {one.fields['function'] or one.fields['title']}"
            action = menu.addAction(words[:90].replace("&", "&&"))
            texts = {name: one.fields[name] for name, *_ in RUNGS}
            action.triggered.connect(lambda _=False, texts=texts: self._do(actions.need.set_fields, **texts))
        menu.popup(self.versions.mapToGlobal(self.versions.rect().topLeft()))

    def _more(self) -> None:
        lang = self.bridge.lang
        menu = QMenu(self)
        join = menu.addMenu(lang("Join with another need"))
        for other in live(self.bridge.get(queries.needs)):
            if self.need is not None and other.id != self.need.id:
                action = join.addAction(f"{other.number}. {other.title}".replace("&", "&&"))
                action.triggered.connect(
                    lambda _=False, other=other.id: self.bridge.do(
                        actions.need.merge_needs, into=self.need.id if self.need else 0, needs=[other]
                    )
                )
        wish = menu.addMenu(lang("Take the wish from a card"))
        for one in self.need.evidence if self.need else ():
            action = wish.addAction(f"{one.card}: {one.text[:70]}".replace("&", "&&"))
            action.triggered.connect(
                lambda _=False, text=one.text: self._write("wish", text[: FIELDS["wish"]])
            )
        menu.addSeparator()
        menu.addAction(lang("Remove the need")).triggered.connect(lambda: self._do(actions.need.remove_need))
        menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
