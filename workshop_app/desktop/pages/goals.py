"""Which decided goals each need serves: a table to mark in, and what is left on either side."""

from PySide6.QtWidgets import QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.goal_side import GoalSide
from workshop_app.desktop.needs.goal_table import GoalTable
from workshop_app.desktop.needs.need_list import live
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import Button, EmptyState, HintLine, PlainLabel, ScrollColumn, column
from workshop_app.model.goals import coverage
from workshop_app.store import queries


class GoalsPage(Page):
    """Needs by goals. The phones suggest; the room and the leader decide."""

    wants_width = True
    scrolls = False

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.table = GoalTable(lang)
        self.note = PlainLabel(
            lang(
                "Press a cell, or Space, where the need serves the goal. The figure is how many phones say so."
            ),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.add = Button(lang("Add goals"), icon="plus")
        self.suggest = Button(lang("Suggest links"), icon="sparkles")
        self.suggest.clicked.connect(self._suggest)
        self.next = Button(lang("Next suggestion"), icon="arrow-right", key="N")
        self.next.clicked.connect(self._next)
        self.next.setEnabled(False)
        self.on_key("N", self._next)
        self.side = GoalSide(bridge)
        self.first = Button(lang("Add goals"), role="plain", icon="plus", size="large")
        self.empty = EmptyState(
            lang("No goals yet. Add the ones that are decided: an agenda, a plan, a strategy."),
            "target",
            self.first,
        )
        self.calm = ScrollColumn()  # with large text the words may be taller than the page
        self.calm.body.addWidget(self.empty)
        self.no_needs = HintLine("info")
        self.table.goals.toggled.connect(self._mark)
        for button in (self.add, self.first):
            button.clicked.connect(self._open)
        self.on_key("Ctrl+Return", self.side.store, typing=True)
        box = column(8, self.no_needs, self.calm, self.table, self.note, None, gap=10)
        for part in (self.calm, self.table):
            box.setStretchFactor(part, 100)
        self.setLayout(box)

    def aside(self) -> QWidget | None:
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        return [self.add, self.suggest, self.next]

    def keep(self) -> None:
        """Goals that are written and not added yet are added, before the whole desk goes."""
        self.side.keep()

    def refresh(self) -> None:
        needs, goals = live(self.bridge.get(queries.needs)), self.bridge.get(queries.goals)
        self.table.goals.show(needs, goals, dict(self.bridge.get(queries.goal_votes)))
        self.suggest.setEnabled(bool(needs) and len(goals) > 1)
        self._count()
        self.table.fit()
        shown = bool(needs and goals)
        self.table.setVisible(shown)
        self.note.setVisible(shown)
        self.calm.setVisible(not goals)
        words = self.bridge.lang("No needs yet. They come from the step before.")
        self.no_needs.say(words if goals and not needs else "")
        self.side.show_goals(goals, coverage(needs, goals))

    def _open(self) -> None:
        self.side.open.setChecked(True)
        self.side.source.setFocus()

    def _suggest(self) -> None:
        """Compares words in the background; people confirm each by marking it."""
        needs, goals = live(self.bridge.get(queries.needs)), self.bridge.get(queries.goals)
        language = self.session.language
        self.suggest.setEnabled(False)
        self.bridge.in_background(
            lambda: actions.goals.suggested(needs, goals, language), self._suggested, self._none
        )

    def _none(self, _trouble: BaseException) -> None:
        self.suggest.setEnabled(True)

    def _suggested(self, pairs: frozenset[tuple[int, int]]) -> None:
        self.suggest.setEnabled(True)
        self.table.goals.suggest(pairs)
        count, lang = self._count(), self.bridge.lang
        words = lang("Nothing in the words points at a link that is not there already.")
        if count:
            words = lang.plural(
                "{n} suggestion, marked with a question mark. Nothing is linked until you press it.",
                "{n} suggestions, marked with question marks. Nothing is linked until you press them.",
                count,
            )
        self.bridge.said.emit("quiet", words)

    def _count(self) -> int:
        model = self.table.goals
        cells = (model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount() - 1))
        count = sum(model.asked(cell) for cell in cells)
        self.next.setEnabled(bool(count))
        return count

    def _next(self) -> None:
        self.table.next_asked()

    def _mark(self, need: int, goal: int, on: bool) -> None:
        if not goal:
            self.bridge.do(actions.goals.set_no_goal, need=need, value=on)
            return
        one = next(n for n in self.bridge.get(queries.needs) if n.id == need)
        goals = [*one.goals, goal] if on else [g for g in one.goals if g != goal]
        self.bridge.do(actions.goals.set_goals, need=need, goals=goals)
