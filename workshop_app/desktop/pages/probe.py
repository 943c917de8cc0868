"""Do we understand the question? The share of yes, what is unclear, and the question to reword here and now."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.counts import CountEntry
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import (
    Button,
    Counter,
    EmptyState,
    Field,
    HintLine,
    Panel,
    PlainLabel,
    Rule,
    SectionLabel,
    ShareBar,
    TextArea,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.model.dates import moment_words
from workshop_app.model.summary import source_words
from workshop_app.store import queries

ENOUGH = 0.75


class ProbePage(Page):
    """The comprehension gate: under three of four yes, reword and ask again."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.question = VerbatimLabel(size="live")
        self.version = PlainLabel(size="small", tone="ink2")
        self.reword = Button(lang("Reword the question"), icon="pencil")
        self.reword.setCheckable(True)
        self.edit = TextArea(2, 300)
        self.edit_field = Field(lang("The question, as it will be asked now"), self.edit)
        self.save = Button(lang("Ask this instead"), role="tint", icon="check", key="Ctrl+Enter")
        self.leave = Button(lang("Keep it as it is"), role="quiet")
        self.editing = Panel(
            self.edit_field,
            PlainLabel(
                lang("The earlier wording is kept with its answers."), size="small", tone="ink2", wrap=True
            ),
            row(self.save, self.leave, None),
        )
        self.editing.hide()
        self.reword.toggled.connect(self._edit)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(lambda: self.reword.setChecked(False))
        self.on_key("Ctrl+Return", self._save, typing=True)
        self.yes = Counter(lang("say yes"), size="display")
        self.partly = Counter(lang("partly"), size="display")
        self.no = Counter(lang("no"), size="display")
        self.share = ShareBar(ENOUGH, lang("three of four"))
        self.hint = HintLine("lightbulb")
        self.unclear = QVBoxLayout()
        self.unclear.setSpacing(0)
        self.versions = QVBoxLayout()
        self.versions_head = SectionLabel(lang("Earlier wordings"))
        self._shown: object = None
        asked = Panel(
            SectionLabel(lang("The question")),
            self.question,
            row(self.version, None, self.reword),
            pad=20,
            gap=8,
        )
        self.hands = Button(lang("Count hands or paper"), icon="plus", size="large")
        self.counts = CountEntry(lang, {"yes": lang("yes"), "partly": lang("partly"), "no": lang("no")})
        self.hands.clicked.connect(self.counts.open)
        self.counts.closed.connect(self.counts.hide)
        self.counts.given.connect(self._counted)
        self.counts.hide()
        self.sources = PlainLabel(size="small", tone="ink2")
        figures = row(self.yes, self.partly, self.no, None, gap=40)
        self.setLayout(
            column(
                16,
                asked,
                self.editing,
                14,
                figures,
                self.sources,
                self.counts,
                8,
                self.share,
                8,
                self.hint,
                14,
                PlainLabel(lang("What is unclear"), weight="semibold"),
                Rule(),
                self.unclear,
                14,
                self.versions_head,
                self.versions,
                None,
                gap=6,
            )
        )

    def actions_bar(self) -> list[QPushButton]:
        return [self.hands]

    def _counted(self, counts: dict[str, int], source: str) -> None:
        self.bridge.do(actions.rate.hand_understood, counts=counts, source=source)

    def refresh(self) -> None:
        lang, session = self.bridge.lang, self.session
        self.question.setText(
            session.question or lang("No question yet. Write it with “Reword the question”.")
        )
        versions = self.bridge.get(queries.questions)
        self.version.setText(lang("Wording {n}").format(n=session.question_version))
        told = self.bridge.get(queries.understood)
        total = sum(told.values())
        share = told["yes"] / total if total else 0.0
        self.yes.show_value(told["yes"])
        self.partly.show_value(told["partly"])
        self.no.show_value(told["no"])
        apart = source_words(self.bridge.get(queries.understood_by_source), lang)
        self.sources.setText(", ".join(apart) if len(apart) > 1 else "")
        self.sources.setVisible(len(apart) > 1)
        words = lang("{n} of {m} say yes").format(n=told["yes"], m=total)
        self.share.show_share(share, words)
        if not total:
            self.hint.say("")
        elif share < ENOUGH:
            self.hint.say(
                lang("Fewer than three in four say yes. Read the unclear points aloud and reword together."),
                lang("{n} of {m} say yes").format(n=told["yes"], m=total),
            )
        else:
            self.hint.say(lang("The room understands the question. Go on when you like."), words)
        self._lists(self.bridge.get(queries.unclear), versions)

    def _lists(self, unclear: tuple[str, ...], versions: tuple) -> None:  # type: ignore[type-arg]
        if (unclear, versions) == self._shown:
            return
        self._shown = (unclear, versions)
        empty_layout(self.unclear)
        for text in unclear:
            label = VerbatimLabel(text)
            label.setContentsMargins(0, 8, 0, 8)
            self.unclear.addWidget(label)
            self.unclear.addWidget(Rule())
        if not unclear:
            self.unclear.addWidget(
                EmptyState(self.bridge.lang("Nobody has written that anything is unclear."), "check")
            )
        empty_layout(self.versions)
        earlier = versions[:-1]
        self.versions_head.setVisible(bool(earlier))
        for one in reversed(earlier):
            told = self.bridge.get(queries.understood, one.version)
            when = self.bridge.lang("Wording {n}, {time}, {yes} of {m} said yes").format(
                n=one.version,
                time=moment_words(one.created_at, self.bridge.lang),
                yes=told["yes"],
                m=sum(told.values()),
            )
            self.versions.addWidget(PlainLabel(when, size="small", tone="ink2", wrap=True))
            self.versions.addWidget(VerbatimLabel(one.text, tone="ink2"))

    def _edit(self, on: bool) -> None:
        self.editing.setVisible(on)
        if on:
            self.edit.set_text(self.session.question)
            self.edit.setFocus()

    def _save(self) -> None:
        if self.editing.isVisible():
            self.bridge.do(
                actions.session.reword_question,
                lambda _: self.reword.setChecked(False),
                text=self.edit.text(),
            )
