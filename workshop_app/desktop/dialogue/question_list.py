"""The question list: open, answered, published to all with the same text. Who asked is never shown."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, RowList, today
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    Pill,
    PlainLabel,
    PressRow,
    TextArea,
    VerbatimLabel,
    choice,
    column,
    line_edit,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.dates import day_words
from workshop_app.model.dialogue import RAISED_IN, Question
from workshop_app.store import queries

PLACES = {
    "supplier_conference": N_("supplier conference"),
    "dialogue_meeting": N_("dialogue meeting"),
    "one_to_one": N_("one-to-one meeting"),
    "sprint": N_("sprint"),
    "in_writing": N_("in writing"),
    "phone": N_("on the phone"),
}
STATES = {"open": (N_("No answer yet"), "attn"), "answered": (N_("Answered, not published"), "info")}
ORDER = ("open", "answered", "published")


class QuestionsPart(Part):
    """All entries, those that wait first; a new one, and one press that publishes all that are answered."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("Question list"))
        self.count = PlainLabel(size="small", tone="ink2", wrap=True)
        self.new = Button(lang("New question"), icon="plus", key="Ctrl+N")
        self.publish = Button(lang("Publish to all"), role="primary", icon="send")
        self.new.clicked.connect(self.begin)
        self.publish.clicked.connect(self.publish_all)
        self.head.addWidget(self.new)
        self.head.addWidget(self.publish)
        self.form = QFrame()
        self.words = TextArea(2, 600, people=True)
        self.where = choice([(p, lang(PLACES[p])) for p in RAISED_IN], "one_to_one")
        self.fact = QCheckBox(lang("New information, not a question"))
        self.add = Button(lang("Add to the list"), role="tint", icon="plus")
        self.add.clicked.connect(self.store)
        fields = row(Field(lang("Raised in"), self.where), self.fact, None, self.add, gap=16)
        self.form.setLayout(column(Field(lang("Question"), self.words), fields, gap=8))
        self.list = RowList(lambda entry: QuestionRow(bridge, entry))
        self.none = PlainLabel(lang("No questions yet."), tone="ink2")
        for part in (self.count, self.form, self.none, self.list):
            self.body.addWidget(part)
        self.form.hide()

    def begin(self) -> None:
        """Opens the field for a new question."""
        self.form.show()
        self.words.setFocus()

    def store(self) -> None:
        """Puts the question in the list; a refused one stays in the field."""
        self.bridge.do(
            actions.question_list.ask,
            lambda _id: self._added(),
            question=self.words.text(),
            raised_in=self.where.currentData(),
            new_information=self.fact.isChecked(),
        )

    def store_focused(self) -> None:
        """Stores the answer of the entry, or the new question, that has the focus."""
        focus = self.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.store()
        for one in self.list.rows.values():
            if focus is not None and one.more is not None and one.more.isAncestorOf(focus):
                one.more.store()

    def _added(self) -> None:
        self.words.set_text("")
        self.fact.setChecked(False)
        self.form.hide()
        self.new.setFocus()

    def publish_all(self) -> None:
        """Publishes everything that is answered, at the same time and with the same text to all."""
        self.keep()
        ready = [q.id for q in self.dialogue.questions if q.state == "answered" and q.same_as is None]
        publish(self.bridge, ready)

    def keep(self) -> None:
        for one in self.list.rows.values():
            one.keep()

    def refresh(self) -> None:
        lang, now = self.lang, self.dialogue
        entries = sorted(now.questions, key=lambda q: (ORDER.index(q.state), q.id))
        done = sum(q.published_at is not None for q in entries)
        told = lang.plural("{n} question", "{n} questions", len(entries))
        out = lang("{n} published").format(n=done)
        self.count.setText(f"{told}, {out}. {lang('Who asked is never shown.')}")
        ready = sum(q.state == "answered" and q.same_as is None for q in entries)
        self.publish.setText(lang("Publish {n} to all").format(n=ready) if ready else lang("Publish to all"))
        self.publish.setEnabled(bool(ready))
        self.none.setVisible(not entries)
        self.list.show_items(entries)


def publish(bridge: Bridge, entries: Sequence[int]) -> None:
    """Publishes entries to all who take part, and says so."""

    def told(count: int) -> None:
        words = bridge.lang.plural(
            "{n} entry is published, with the same text to all.",
            "{n} entries are published, with the same text to all.",
            count,
        )
        bridge.said.emit("quiet", words)

    bridge.do(actions.question_list.publish, told, entries=entries)


class QuestionRow(QFrame):
    """One entry: its line, and under it, when pressed, what can be done with it."""

    def __init__(self, bridge: Bridge, entry: Question) -> None:
        super().__init__()
        self.bridge, self.id = bridge, entry.id
        self.number = PlainLabel(str(entry.id), size="small", weight="semibold", tone="ink2")
        self.number.setMinimumWidth(look().px(18))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words = VerbatimLabel(size="base")
        self.where = PlainLabel(size="small", tone="ink2")
        self.pill = Pill()
        self.line = PressRow("", framed=False)
        inner = row(self.number, self.words, self.where, self.pill, gap=14, margins=(8, 6, 8, 6))
        inner.setStretchFactor(self.words, 1)
        self.line.setLayout(inner)
        self.more: QuestionForm | None = None
        self.box = column(self.line, gap=0)
        self.setLayout(self.box)
        self.setProperty("edge", "bottom")
        self.line.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """Opens or closes the entry."""
        if self.more is None:
            self.more = QuestionForm(self.bridge, self.id)
            self.more.hide()
            self.box.addWidget(self.more)
        self.keep()
        self.more.setVisible(not self.more.isVisible())
        entry = next((q for q in self.bridge.get(queries.dialogue).questions if q.id == self.id), None)
        if entry is not None:
            self.show_item(entry)

    def keep(self) -> None:
        """Stores what is being written."""
        if self.more is not None:
            self.more.keep()

    def show_item(self, entry: Question) -> None:
        """Shows how the entry stands."""
        lang = self.bridge.lang
        self.words.setText(entry.question)
        place = lang(PLACES.get(entry.raised_in, entry.raised_in))
        self.where.setText(lang("new information") if entry.new_information else place)
        if entry.published_at is not None:
            day = day_words(entry.published_at.astimezone().date().isoformat(), lang, weekday=False)
            self.pill.show_state(lang("Published {day}").format(day=day), "done", "check")
        elif entry.same_as is not None:
            self.pill.show_state(lang("Same as {n}").format(n=entry.same_as), "plain", "merge")
        else:
            words, kind = STATES[entry.state]
            self.pill.show_state(lang(words), kind)
        self.line.setAccessibleName(f"{entry.id}. {entry.question}, {self.pill.text()}")
        if self.more is not None and self.more.isVisible():
            self.more.show_item(entry)


class QuestionForm(QWidget):
    """What can be done with one entry: word it, answer, promise a day, join, publish; a published one is corrected."""

    def __init__(self, bridge: Bridge, entry: int) -> None:
        super().__init__()
        self.bridge, self.id = bridge, entry
        lang = bridge.lang
        self.question, self.answer = TextArea(1, 600, people=True), TextArea(3, 2000)
        self.role, self.day = line_edit(limit=80), line_edit(placeholder=today(), limit=10)
        self.secret = QCheckBox(lang("Part of this is a business secret"))
        self.same, self.need = choice([]), choice([])
        self.wording = Kept("question", self.question)
        self.wording.written.connect(lambda _n, text: self._do("reword", question=text))
        self.drafts = [
            Kept(n, f) for n, f in (("answer", self.answer), ("role", self.role), ("day", self.day))
        ]
        self.save = Button(lang("Save the answer"), role="tint", icon="check", key="Ctrl+Enter")
        self.publish = Button(lang("Publish this to all"), icon="send")
        self.correct = Button(lang("Write this as a correction"), icon="pencil")
        self.save.clicked.connect(self.store)
        self.publish.clicked.connect(self._publish)
        self.correct.clicked.connect(self._correct)
        self.secret.clicked.connect(lambda on: self._do("reword", secret_part=on))
        self.same.activated.connect(lambda _i: self._do("same", as_=self.same.currentData()))
        self.need.activated.connect(lambda _i: self._do("about", need=self.need.currentData()))
        self.question_field = Field(lang("Wording"), self.question)
        self.day_field = Field(lang("Answer promised on"), self.day)
        self.same_field = Field(lang("Asks the same as"), self.same)
        self.need_field = Field(lang("About the need"), self.need)
        who = row(Field(lang("Role that answers"), self.role), self.day_field, gap=12)
        links = row(self.need_field, self.same_field, gap=12)
        verbs = row(self.save, self.publish, self.correct, self.secret, None, gap=10)
        whole = column(self.question_field, Field(lang("Answer"), self.answer), who, links, verbs, gap=8)
        whole.setContentsMargins(*(4 * whole.spacing(), 4, whole.spacing(), 2 * whole.spacing()))
        self.setLayout(whole)

    def _do(self, verb: str, **what: Any) -> None:
        self.bridge.do(getattr(actions.question_list, verb), entry=self.id, **what)

    def keep(self) -> None:
        """Stores the wording that is being written; an answer is stored when that is asked for."""
        self.wording.keep()

    def store(self) -> None:
        """Stores the answer, the role that gives it, and the promised day."""
        self.keep()
        self._do("reply", answer=self.answer.text(), by_role=self.role.text(), promised_on=self.day.text())

    def _publish(self) -> None:
        if any(kept.dirty for kept in self.drafts):
            self.store()
        publish(self.bridge, [self.id])

    def _correct(self) -> None:
        published = self.answer.text()

        def made(_id: int) -> None:
            entry = next(q for q in self.bridge.get(queries.dialogue).questions if q.id == self.id)
            if self.answer.text() == published:
                self.drafts[0].replace(entry.answer)

        self.bridge.do(
            actions.question_list.correct,
            made,
            entry=self.id,
            answer=published,
            by_role=self.role.text(),
        )

    def show_item(self, entry: Question) -> None:
        """Shows the entry; what is being written stays."""
        lang, out = self.bridge.lang, entry.published_at is not None
        self.wording.show(entry.question)
        for kept, text in zip(self.drafts, (entry.answer, entry.answered_by, entry.promised_on), strict=True):
            kept.show(text)
        self.secret.setChecked(entry.secret_part)
        others = [
            q for q in self.bridge.get(queries.dialogue).questions if q.id != entry.id and q.same_as is None
        ]
        rows = [(q.id, f"{q.id}. {q.question[:60]}") for q in others]
        _offer(self.same, [(None, lang("No other")), *rows], entry.same_as)
        needs = [n for n in self.bridge.get(queries.needs) if n.merged_into is None]
        rows = [(n.id, f"{n.number}. {n.title[:60]}") for n in needs]
        _offer(self.need, [(None, lang("No need in particular")), *rows], entry.need)
        for part in (
            self.question_field,
            self.day_field,
            self.same_field,
            self.need_field,
            self.save,
            self.publish,
            self.secret,
        ):
            part.setVisible(not out)
        self.correct.setVisible(out)


def _offer(field: QComboBox, rows: Sequence[tuple[int | None, str]], chosen: int | None) -> None:
    """Fills a field to choose in with `(value, words)`."""
    field.clear()
    for value, words in rows:
        field.addItem(words, value)
    field.setCurrentIndex(max(field.findData(chosen), 0))
