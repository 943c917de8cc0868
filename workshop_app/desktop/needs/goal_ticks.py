"""The decided goals that one need serves, as ticks beside the need."""

from PySide6.QtWidgets import QCheckBox, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.widgets import PlainLabel, Rule, SectionLabel, column, empty_layout, row
from workshop_app.model.need import Need
from workshop_app.model.session import Goal
from workshop_app.store import queries


class GoalTicks(QWidget):
    """Ticked by people alone. Not there while no goals have been added."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.need: Need | None = None
        self.ticks: dict[int, QCheckBox] = {}
        self._shown: tuple[Goal, ...] = ()
        self.lines = column(gap=4)
        words = bridge.lang("Goals that the need serves")
        self.setLayout(column(Rule(), SectionLabel(words), self.lines, gap=8))

    def show_need(self, need: Need) -> None:
        """Shows which goals a need serves."""
        self.need = need
        goals = self.bridge.get(queries.goals)
        self.setVisible(bool(goals))
        if goals != self._shown:
            self._shown = goals
            self._build(goals)
        for goal, tick in self.ticks.items():
            tick.setChecked(goal in need.goals)

    def _build(self, goals: tuple[Goal, ...]) -> None:
        empty_layout(self.lines)
        self.ticks = {}
        for goal in goals:
            tick = QCheckBox()
            tick.setAccessibleName(": ".join(t for t in (goal.source, goal.title) if t))
            tick.clicked.connect(lambda on, goal=goal.id: self._mark(goal, on))
            self.ticks[goal.id] = tick
            line = row(tick, gap=8)
            line.addWidget(PlainLabel(goal.title, size="small", wrap=True), 1)
            self.lines.addLayout(line)

    def _mark(self, goal: int, on: bool) -> None:
        if self.need is not None:
            goals = [g for g in self.need.goals if g != goal] + ([goal] if on else [])
            self.bridge.do(actions.goals.set_goals, need=self.need.id, goals=goals)
