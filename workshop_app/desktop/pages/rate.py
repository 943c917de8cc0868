"""Rating: spread before median for one need at a time, worth x doable beside it, and what to talk about."""

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.four_fields import DotBars, FourFields
from workshop_app.desktop.needs.hand_votes import HandVotes
from workshop_app.desktop.needs.need_list import Line, NeedList, live
from workshop_app.desktop.needs.paper_form import PaperForm
from workshop_app.desktop.needs.route_hint import RouteHintPanel
from workshop_app.desktop.needs.strips import StripRow
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Heading,
    IconLabel,
    Pill,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionLabel,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import rating
from workshop_app.model.need import Need
from workshop_app.model.route_rules import shown_spreads
from workshop_app.model.summary import NeedRating, source_words
from workshop_app.store import queries

ASIDE = 348
LEGEND = N_("A dot is a person. The line is the median, the field holds half of the answers.")
BY_THREES = N_(
    "While phones can answer, the picture moves on three people at a time. Pause the phones to see all."
)
LATE = N_("One or two who answered after the picture was shown wait until they are three.")
OPEN_FEW = N_("A need comes into the picture when six people have rated it, or when the phones are paused.")
CLOSED_FEW = N_("A need comes into the picture when three people have rated it.")
ROUNDS = 2  # one re-rating


class RateAside(QFrame):
    """Worth x doable, the suggested route, and the dots."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.fields = FourFields(lang)
        self.hint = RouteHintPanel(bridge)
        self.dots = DotBars()
        self.dots_head = SectionLabel(lang("Three dots each"))
        self.dots_rule = Rule()
        self.few = PlainLabel(size="small", tone="ink2", wrap=True)
        scroll = ScrollColumn(gap=12, margins=(20, 20, 20, 20))
        parts = (SectionLabel(lang("Worth it × doable")), self.fields, self.few, Rule(), self.hint)
        for part in (*parts, self.dots_rule, self.dots_head, self.dots):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def sizeHint(self) -> QSize:
        return QSize(look().px(ASIDE), super().sizeHint().height())

    def show_needs(
        self, needs: tuple[Need, ...], ratings: Mapping[int, NeedRating], need: Need | None
    ) -> None:
        """Shows all needs, and the one that is chosen."""
        self.fields.show_needs(needs, dict(ratings), need.id if need else None)
        is_open = any(s.open for one in ratings.values() for s in one.spreads.values())
        self.few.setText(self.bridge.lang(OPEN_FEW if is_open else CLOSED_FEW))
        self.few.setVisible(len(self.fields.points) < len(needs))
        self.hint.show_need(need)
        self.dots.show_dots([(n.number, ratings[n.id].dots) for n in needs if n.id in ratings])
        for part in (self.dots, self.dots_head, self.dots_rule):
            part.setVisible(bool(self.dots.rows))


class RatePage(Page):
    """One need's six strips, and what the room may see of them."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.need: Need | None = None
        self.list = NeedList(bridge, self._legend())
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.round = Pill()
        self.given = Pill(lang("Medians that were brought in"), "info")
        self.title = Heading()
        self.rows = [StripRow(lang, c) for c in rating.criteria(lang.code)]
        self.votes = HandVotes(bridge)
        self.votes.hide()
        self.form = PaperForm(bridge)
        self.form.hide()
        self.sources = PlainLabel(size="small", tone="ink2", wrap=True)
        self.side = RateAside(bridge)
        self.paper = Button(lang("Votes from paper"), icon="plus")
        self.paper.setCheckable(True)
        self.again = Button(lang("Open round {n}").format(n=2))
        self.show_room = Button(
            lang("Show the room the spread"), role="primary", icon="monitor", size="large"
        )
        self.legend = PlainLabel(lang(LEGEND), tone="ink2", wrap=True)
        scroll = ScrollColumn(gap=4, margins=(32, 18, 32, 24))
        scroll.body.addLayout(row(self.number, self.round, self.given, None))
        scroll.body.addWidget(self.title)
        scroll.body.addWidget(self.legend)
        scroll.body.addSpacing(look().px(8))
        scroll.body.addWidget(self.sources)
        scroll.body.addWidget(self.votes)
        scroll.body.addWidget(self.form)
        for line in self.rows:
            scroll.body.addWidget(line)
        scroll.body.addStretch(1)
        self.work = scroll
        self.empty = EmptyState(lang("No needs yet. They come from the step before."), "scale")
        box = row(self.list, gap=0)
        box.addLayout(column(self.empty, self.work, gap=0), 1)
        self.setLayout(box)
        self.list.chosen.connect(self._choose)
        self.side.fields.chosen.connect(self.list.pick)
        self.paper.toggled.connect(self._paper)
        self.votes.closed.connect(lambda: self.paper.setChecked(False))
        self.votes.forms.clicked.connect(self._forms)
        self.form.closed.connect(lambda: self.paper.setChecked(False))
        self.again.clicked.connect(self._again)
        self.show_room.clicked.connect(self._show_room)
        bridge.focus_changed.connect(self._marks)
        self.on_key("Ctrl+Return", self.votes.store, typing=True)

    def _legend(self) -> QWidget:
        """What the mark in the list means."""
        words = PlainLabel(
            self.bridge.lang("= the answers differ, begin there"), size="small", tone="ink2", wrap=True
        )
        legend = QWidget()
        box = row(gap=6, margins=(10, 0, 0, 0))
        box.addWidget(IconLabel("messages-square", "on_attn", 17))
        box.addWidget(words, 1)
        legend.setLayout(box)
        return legend

    def aside(self) -> QWidget | None:
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        return [self.paper, self.again]

    def own_next(self) -> QPushButton | None:
        return self.show_room

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        lang = self.bridge.lang
        needs, ratings = live(self.bridge.get(queries.needs)), self.bridge.get(queries.ratings)
        voters = max((r.voters for r in ratings.values()), default=0)
        joined = self.bridge.get(queries.crowd).phones
        done = lang("{n} of {m} done").format(n=voters, m=max(joined, voters)) if voters else ""
        self.list.show(tuple(self._line(n, ratings.get(n.id)) for n in needs), done)
        self.empty.setVisible(not needs)
        self.work.setVisible(bool(needs))
        here = self.session.current_step == self.state.id
        number = self.state.round
        self.again.setText(lang("Open round {n}").format(n=min(number + 1, ROUNDS)))
        self.again.setVisible(here and number < ROUNDS)
        self.again.setEnabled(voters > 0)
        self.paper.setEnabled(bool(needs))
        self.show_room.setEnabled(bool(needs))
        self._show(next((n for n in needs if n.id == self.list.current), None))

    def _line(self, need: Need, one: NeedRating | None) -> Line:
        lang = self.bridge.lang
        talk = any(s.flagged for s in shown_spreads(one).values())
        mark = ("messages-square", lang("the answers differ")) if talk else ("", "")
        return Line(need.id, need.number, need.title or lang("No name yet"), "", *mark)

    def _choose(self, need: int) -> None:
        self._show(next((n for n in live(self.bridge.get(queries.needs)) if n.id == need), None))

    def _show(self, need: Need | None) -> None:
        self.need = need
        lang, ratings = self.bridge.lang, self.bridge.get(queries.ratings)
        self.side.show_needs(live(self.bridge.get(queries.needs)), ratings, need)
        self.votes.show_need(need)
        self.form.show_need(need)
        if need is None:
            return
        one = ratings.get(need.id)
        apart = source_words(one.by_source, lang) if one is not None else []
        self.sources.setText(
            lang("Answers {sources}").format(sources=", ".join(apart)) if len(apart) > 1 else ""
        )
        self.sources.setVisible(len(apart) > 1)
        self.number.setText(lang("Need {n}").format(n=need.number))
        number = one.round if one is not None and one.round else self.state.round
        self.round.show_state(lang("Round {n}").format(n=number))
        brought = one is not None and one.round == 0
        self.round.setVisible(not brought)
        self.given.setVisible(brought)
        self.title.setText(need.title or lang("No name yet"))
        waits = [s for s in one.spreads.values() if s.waiting] if one is not None else []
        held = (BY_THREES if waits[0].open else LATE,) if waits else ()
        self.legend.setText(" ".join(lang(words) for words in (LEGEND, *held)))
        for line in self.rows:
            key = line.criterion.key
            line.show_spread(one.spreads.get(key) if one else None, one.first_round.get(key) if one else None)
        self._marks()

    def _marks(self) -> None:
        """Which criterion the room sees, and what the button does next."""
        lang = self.bridge.lang
        key = self.bridge.focus.get("criterion", "")
        for line in self.rows:
            line.room.setVisible(line.criterion.key == key)
        after = self._after(key)
        if key not in rating.CRITERIA:
            words = lang("Show the room the spread")
        elif after:
            name = next(r.criterion.name for r in self.rows if r.criterion.key == after)
            words = lang("Show the room: {criterion}").format(criterion=name)
        else:
            words = lang("Stop showing the spread")
        self.show_room.setText(words)

    @staticmethod
    def _after(key: str) -> str:
        if key not in rating.CRITERIA:
            return rating.CRITERIA[0]
        place = rating.CRITERIA.index(key) + 1
        return rating.CRITERIA[place] if place < len(rating.CRITERIA) else ""

    # Changing -------------------------------------------------------------------

    def _paper(self, on: bool) -> None:
        self.votes.setVisible(on)
        self.form.hide()
        if on:
            self.work.verticalScrollBar().setValue(0)
            self.votes.counts[rating.CRITERIA[0], "1"].setFocus()

    def _forms(self) -> None:
        self.votes.hide()
        self.form.show()
        self.form.open()

    def _again(self) -> None:
        # What the room saw of the first round would steer the second.
        self.bridge.focus_on(criterion="")
        self.bridge.do(actions.agenda.new_round)

    def _show_room(self) -> None:
        self.bridge.focus_on(criterion=self._after(self.bridge.focus.get("criterion", "")))
