"""The goals themselves: adding them, taking one away, which nobody spoke to, and which needs no goal covers."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QSizePolicy, QWidget

from workshop_app import actions
from workshop_app.actions.goal_file import GoalsRead, read_goals, tidy
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    HintLine,
    IconButton,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionHead,
    SectionLabel,
    TextArea,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.goals import Coverage, same
from workshop_app.model.session import Goal

WIDTH = 348
FILES = N_("Goals (*.csv *.docx *.txt)")


class GoalSide(QFrame):
    """The right panel of the page where needs meet goals."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self._shown: object = None
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.open = Button(lang("Add goals"), role="quiet", icon="plus")
        self.open.setCheckable(True)
        self.source = QLineEdit()
        self.source.setMaxLength(120)
        self.source.setPlaceholderText(lang("For example an agenda or a plan"))
        self.titles = TextArea(4)
        self.titles.setPlaceholderText(lang("One goal on each line"))
        self.load = Button(lang("Read from a file"), icon="file-text")
        self.told = PlainLabel(size="small", tone="ink2", wrap=True)
        self.read: GoalsRead | None = None
        self.goals: tuple[Goal, ...] = ()
        self.load.clicked.connect(self._choose_file)
        self.titles.textChanged.connect(self._tell)
        self.source.textChanged.connect(lambda _text: self._tell())
        self.save = Button(lang("Add these goals"), role="tint", icon="check", key="Ctrl+Enter")
        self.save.clicked.connect(self.store)
        self.form = QWidget()
        self.form.setLayout(
            column(
                row(self.load, None),
                Field(lang("Where they were decided"), self.source),
                Field(lang("Goals"), self.titles),
                self.told,
                row(self.save, None),
                Rule(),
                gap=10,
            )
        )
        self.form.hide()
        self.open.toggled.connect(self._open)
        self.empty = PlainLabel(
            lang("The goals come here, under where they were decided, with how many needs serve each."),
            tone="ink2",
            wrap=True,
        )
        self.list = column(gap=2)
        self.untouched, self.uncovered = HintLine("target", "attn"), HintLine("triangle-alert", "attn")
        scroll = ScrollColumn(gap=12, margins=(20, 16, 20, 20))
        scroll.body.addWidget(SectionHead(lang("Goals"), self.open, size="base"))
        scroll.body.addWidget(self.form)
        for hint in (self.untouched, self.uncovered):
            hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            scroll.body.addWidget(hint)
        scroll.body.addWidget(self.empty)
        scroll.body.addLayout(self.list)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), super().sizeHint().height())

    def show_goals(self, goals: tuple[Goal, ...], coverage: Coverage) -> None:
        """Shows the goals by source, and what is left without the other."""
        lang = self.bridge.lang
        self.goals = goals
        self._tell()
        untouched = "\n".join(g.title for g in coverage.untouched)
        self.untouched.say(lang("Goals that no need serves yet") if untouched else "", untouched)
        uncovered = "\n".join(f"{n.number}. {n.title or lang('No name yet')}" for n in coverage.uncovered)
        self.uncovered.say(
            lang("Needs that nobody has matched yet") if uncovered and goals else "", uncovered
        )
        state = (goals, tuple(sorted(coverage.serving.items())))
        if state == self._shown:
            return
        self._shown = state
        self.empty.setVisible(not goals)
        empty_layout(self.list)
        source: str | None = None
        for goal in sorted(goals, key=lambda g: (g.source, g.id)):
            if goal.source != source:
                source = goal.source
                self.list.addWidget(SectionLabel(source or lang("Without a source")))
            self.list.addWidget(self._line(goal, coverage.serving.get(goal.id, 0)))

    def _line(self, goal: Goal, count: int) -> QWidget:
        lang = self.bridge.lang
        needs = lang.plural("{n} need", "{n} needs", count) if count else lang("no need yet")
        words = column(
            PlainLabel(goal.title, size="base", wrap=True), PlainLabel(needs, size="tiny", tone="ink2"), gap=0
        )
        away = IconButton("x", lang("Remove the goal {title}").format(title=goal.title))
        away.setToolTip(lang("Remove the goal"))
        away.clicked.connect(lambda: self.bridge.do(actions.goals.remove_goal, goal=goal.id))
        line = QWidget()
        box = row(gap=8, margins=(0, 4, 0, 4))
        box.addLayout(words, 1)
        box.addWidget(away)
        line.setLayout(box)
        return line

    def _open(self, on: bool) -> None:
        self.form.setVisible(on)
        if on:
            self.source.setFocus()

    def _choose_file(self) -> None:
        lang = self.bridge.lang
        name, _ = QFileDialog.getOpenFileName(self, lang("Read goals from a file"), "", lang(FILES))
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Reads a file and shows what it gave, to be looked through; nothing is added yet."""
        self.bridge.in_background(lambda: read_goals(path), self._loaded)

    def _loaded(self, read: GoalsRead) -> None:
        self.open.setChecked(True)
        self.read = read
        self.source.setText(read.source)
        self.titles.set_text("\n".join(read.titles))
        self._tell()
        self.titles.setFocus()

    def _lines(self) -> list[str]:
        return [line for line in map(tidy, self.titles.text().splitlines()) if line]

    def _tell(self) -> None:
        """Says under the field what will be added, and what is there already."""
        lang, lines, source = self.bridge.lang, self._lines(), self.source.text().strip()
        known = {same(g.title) for g in self.goals if g.source == source}
        fresh = {same(line) for line in lines} - known
        twice = len(lines) - len(fresh)
        said = [lang.plural("{n} goal is added.", "{n} goals are added.", len(fresh))] if lines else []
        if twice:
            said.append(
                lang.plural(
                    "{n} is there already and is not added again.",
                    "{n} are there already and are not added again.",
                    twice,
                )
            )
        if lines and self.read is not None:
            said.append(lang("Look them through first: take away the lines that are no goals."))
            if self.read.repeated:
                n = self.read.repeated
                said.append(
                    lang.plural("{n} line stood twice in the file.", "{n} lines stood twice in the file.", n)
                )
            if self.read.passed_over:
                n = self.read.passed_over
                said.append(
                    lang.plural(
                        "{n} long paragraph was passed over.", "{n} long paragraphs were passed over.", n
                    )
                )
        self.told.setText(" ".join(said))
        self.told.setVisible(bool(said))

    def keep(self) -> None:
        """Adds what somebody has typed, before the page goes; what came from a file waits until it is looked through."""
        if self.read is None:
            self.store()

    def store(self) -> None:
        """Adds what is written, one goal a line."""
        titles = self._lines()
        if titles and not self.form.isHidden():
            self.bridge.do(
                actions.goals.add_goals, self._added, titles=titles, source=self.source.text().strip()
            )

    def _added(self, _goals: object) -> None:
        self.read = None
        self.titles.set_text("")
        self.open.setChecked(False)
