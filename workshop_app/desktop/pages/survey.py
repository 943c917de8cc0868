"""Scales on a list: where the answers lie furthest apart comes first; nothing is shown until three have answered."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.asked import words
from workshop_app.desktop.asked.answers import SaidList
from workshop_app.desktop.asked.kept import KeptAside, KeptRows
from workshop_app.desktop.asked.plots import WeightPlot
from workshop_app.desktop.asked.spreads import ItemRow, order
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import COMMENTS, Page
from workshop_app.desktop.widgets import Button, EmptyState, Heading, Pill, PlainLabel, row
from workshop_app.model.answers import weights
from workshop_app.store import queries

ROUNDS = 2  # one re-rating


class SurveyPage(Page):
    """One row for each thing that was asked about."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.rows: dict[str, ItemRow] = {}
        self.texts: dict[str, tuple[Heading, SaidList]] = {}
        self.kept: KeptRows | None = None
        self.side: KeptAside | None = None
        self.built = False
        self.people = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.round = Pill()
        self.legend = PlainLabel(
            lang("A bar is how many answered so. A group has its own bars where it may be shown."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.plot = WeightPlot(bridge)
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.empty = EmptyState(
            lang("There is nothing to answer about yet. It comes from a step before."), "inbox"
        )
        self.again = Button(lang("Open round {n}").format(n=2))
        self.again.clicked.connect(self._again)
        self.show_room = Button(
            lang("Show the room the spread"), role="primary", icon="monitor", size="large"
        )
        self.show_room.clicked.connect(self._show_room)
        self.comments = Button(
            lang("Answer the comments"), role="primary", icon="message-circle-question-mark", size="large"
        )
        self.comments.clicked.connect(lambda: self.step_asked.emit(COMMENTS))
        bridge.focus_changed.connect(self._mark_room)
        self.box = QVBoxLayout()
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.addSpacing(8)
        self.box.addLayout(row(self.people, self.round, None, gap=10))
        for part in (self.legend, self.plot, self.empty):
            self.box.addWidget(part)
        self.box.addLayout(self.list)
        self.setLayout(self.box)

    def aside(self) -> QWidget | None:
        self._build()
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        return [] if self._draft else [self.again]

    def own_next(self) -> QPushButton | None:
        return self.comments if self._draft else self.show_room

    @property
    def _draft(self) -> bool:
        """Whether the step is about the draft of a comment round, whose answers stand on a page of their own."""
        return self.step.items == "paragraphs"

    def keep(self) -> None:
        if self.kept is not None:
            self.kept.keep_all()

    def _build(self) -> None:
        if self.built:
            return
        self.built, step = True, self.step
        if step.keeps:
            self.kept = KeptRows(self.bridge, step)
            self.side = KeptAside(self.kept)
        for field in step.fields:
            if not field.per and not field.shown_if and field.type in ("text", "area"):
                head = Heading(words.label(field, self.bridge.lang.code), size="lead")
                self.texts[field.name] = (head, SaidList(self.bridge))
                self.box.addSpacing(12)
                self.box.addWidget(head)
                self.box.addWidget(self.texts[field.name][1])
        self.box.addStretch(1)

    def refresh(self) -> None:
        self._build()
        lang, step = self.bridge.lang, self.step
        found, items = self.bridge.get(queries.step_results, step.id), words.subjects(self.bridge, step)
        self.people.setText(lang.plural("{n} has answered", "{n} have answered", found.people))
        number = self.state.round
        self.round.show_state(lang("Round {n}").format(n=number))
        here = self.session.current_step == self.state.id
        if not self._draft:  # else it stands in no bar
            self.again.setVisible(here and number < ROUNDS)
        self.again.setEnabled(found.people > 0)
        self.empty.setVisible(not items)
        self.legend.setVisible(any(s.votes for s in found.spreads.values()))
        for item in [i for i in self.rows if i not in items]:
            gone = self.rows.pop(item)
            gone.hide()
            gone.deleteLater()
        numbers = {value: n for n, value in enumerate(items, 1)}
        for place, item in enumerate(order(step, found, list(items))):
            if item not in self.rows:
                label = f"{numbers[item]}  {items[item]}"
                self.rows[item] = ItemRow(self.bridge, step, item, label)
            if self.list.indexOf(self.rows[item]) != place:
                self.list.insertWidget(place, self.rows[item])
            self.rows[item].show_results(found)
        room = self.bridge.get(queries.room)
        for name, (head, list_) in self.texts.items():
            said = found.words(name)
            head.setVisible(bool(said))
            list_.show_said(said, room)
        points = [(numbers[i], items[i], reach, median) for i, reach, median in weights(step, found, items)]
        self.plot.show_points(points)
        self.plot.setVisible(bool(points))
        if self.kept is not None:
            self.kept.refresh()
        self._mark_room()

    def _mark_room(self) -> None:
        if self.built:
            shown = self.bridge.focus.get("spread", "") == self.step.id
            lang = self.bridge.lang
            self.show_room.setText(
                lang("Stop showing the spread") if shown else lang("Show the room the spread")
            )

    def _again(self) -> None:
        # What the room saw of the first round would steer the second.
        self.bridge.focus_on(spread="")
        self.bridge.do(actions.agenda.new_round)

    def _show_room(self) -> None:
        shown = self.bridge.focus.get("spread", "") == self.step.id
        self.bridge.focus_on(spread="" if shown else self.step.id)
