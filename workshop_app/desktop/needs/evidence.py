"""The voices behind a need: its cards, cards to add, who has not been heard, whom it concerns, what the market has."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.concerned import Concerned
from workshop_app.desktop.needs.goal_ticks import GoalTicks
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.needs.ladder import Questions
from workshop_app.desktop.needs.route_hint import every_route
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    HintLine,
    IconButton,
    IconLabel,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionHead,
    SectionLabel,
    TextArea,
    VerbatimLabel,
    choice,
    column,
    empty_layout,
    row,
)
from workshop_app.model import rating, route_rules
from workshop_app.model.board import Board, Card
from workshop_app.model.lint import Finding
from workshop_app.model.need import FIELDS, MARKET_STATUSES, Need
from workshop_app.model.session import Room
from workshop_app.model.voices import voices
from workshop_app.store import queries

WIDTH = 348
MOST_OFFERED = 40
ASKED_HERE = ("evidence", "evidence_note", "stakeholders")


class EvidenceCard(QFrame):
    """One card on its theme's paper, with what may be shown of its role, and one thing to do with it."""

    def __init__(self, bridge: Bridge, card: Card, board: Board, room: Room, button: Button) -> None:
        super().__init__()
        lang = bridge.lang
        theme = board.theme(card.theme) if card.theme is not None else None
        self.hue = look().hue(theme.number) if theme else None
        role = room.role_shown(card.role) if card.role else ""
        said = role or (lang("role not shown, fewer than three") if card.role else "")
        foot = row(PlainLabel(str(card.number), size="tiny", weight="bold"), gap=8)
        foot.addWidget(PlainLabel(said, size="tiny", tone="ink2", wrap=True), 1)
        if card.me_too:
            foot.addWidget(IconLabel("hand", "ink2", 14))
            foot.addWidget(PlainLabel(str(card.me_too), size="tiny"))
        foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(VerbatimLabel(card.text, size="base"), foot, gap=4, margins=(12, 8, 6, 6)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look().colour(self.hue.edge if self.hue else "line")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(look().colour(self.hue.paper if self.hue else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5)
        painter.drawRoundedRect(box, look().px(4), look().px(4))
        painter.setPen(QPen(edge, 2))
        painter.drawLine(int(box.left()) + 3, self.height() - 1, int(box.right()) - 3, self.height() - 1)


class EvidencePanel(QFrame):
    """The right panel of the page where a need is written."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.need: Need | None = None
        self._shown: object = None
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.setMinimumWidth(look().px(WIDTH))
        self.add = Button(lang("Add"), role="quiet", icon="plus")
        self.add.setAccessibleName(lang("Add cards as evidence"))
        self.add.setCheckable(True)
        self.head = SectionHead(lang("Evidence"), self.add, size="base")
        self.cards = column(gap=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(lang("Find a card by words or number"))
        self.search.setAccessibleName(lang("Find a card by words or number"))
        self.offered = column(gap=8)
        self.picking = QWidget()
        self.picking.setLayout(column(self.search, self.offered, gap=8))
        self.picking.hide()
        self.questions = Questions(lang, narrow=True)
        self.heard = PlainLabel(size="small", tone="ink2", wrap=True)
        self.unheard = HintLine("users", "attn")
        self.unheard.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.note = TextArea(1, FIELDS["evidence_note"])
        self.concerned = Concerned(bridge)
        self.goals = GoalTicks(bridge)
        self.owner, self.date, self.by = QLineEdit(), QLineEdit(), QLineEdit()
        routes = [("innovation_procurement", ""), *every_route()]
        names = [(f"{r} {k}", rating.route_label(r, k, lang.code)) for r, k in routes]
        self.route = choice([(" ", lang("No route yet")), *names])
        self.route_why = PlainLabel(size="small", tone="ink2", wrap=True)
        self.market = choice([(m, lang(rating.MARKET_LABELS[m])) for m in MARKET_STATUSES])
        self.market_note = TextArea(1, FIELDS["market_note"])
        self.market_source, self.market_day = QLineEdit(), QLineEdit()
        self.market_questions = Questions(lang, narrow=True)
        fields: dict[str, QLineEdit | TextArea] = {
            "evidence_note": self.note,
            "owner": self.owner,
            "review_date": self.date,
            "needed_by": self.by,
            "market_note": self.market_note,
            "market_source": self.market_source,
            "market_checked_on": self.market_day,
        }
        self.kept = [Kept(name, field) for name, field in fields.items()]
        for one in self.kept:
            if isinstance(one.field, QLineEdit):
                one.field.setMaxLength(FIELDS[one.name])
            one.written.connect(lambda name, text, edit: self._write(joins=edit, **{name: text}))
        self.add.toggled.connect(self._pick)
        self.search.textChanged.connect(lambda _text: self._offer())
        self.route.activated.connect(lambda _i: self._route())
        self.market.activated.connect(lambda _i: self._write(market_status=self.market.currentData()))
        for questions in (self.questions, self.market_questions):
            questions.kept.connect(self._waive)
            questions.asked_again.connect(self._unwaive)
        self._layout()

    def _layout(self) -> None:
        lang = self.bridge.lang
        scroll = ScrollColumn(gap=10, margins=(20, 18, 20, 20))
        scroll.body.addWidget(self.head)
        scroll.body.addWidget(self.picking)
        scroll.body.addLayout(self.cards)
        dates = row(gap=10)
        dates.addWidget(Field(lang("Next date"), self.date), 1)
        dates.addWidget(Field(lang("Needed by"), self.by), 1)
        source = row(gap=10)
        source.addWidget(Field(lang("Source"), self.market_source), 3)
        source.addWidget(Field(lang("Checked on"), self.market_day), 2)
        more = (
            self.questions,
            self.heard,
            self.unheard,
            Field(
                lang("Evidence besides the cards"), self.note, lang("Figures, registers, earlier studies.")
            ),
            Rule(),
            SectionLabel(lang("Whom it concerns")),
            self.concerned,
            self.goals,
            Rule(),
            Field(lang("Route"), self.route),
            self.route_why,
            Field(lang("Owner, role"), self.owner),
            dates,
            Rule(),
            Field(lang("Solutions on the market?"), self.market),
            self.market_questions,
            Field(lang("What is there, and what is missing"), self.market_note),
            source,
        )
        for item in more:
            scroll.body.addLayout(item) if isinstance(item, QHBoxLayout) else scroll.body.addWidget(item)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), super().sizeHint().height())

    def show_need(self, need: Need | None) -> None:
        """Shows what stands behind a need."""
        changed = self.need is None or need is None or self.need.id != need.id
        self.need = need
        self.setEnabled(need is not None)
        if need is None:
            self.unheard.say("")
            return
        board, room = self.bridge.get(queries.board), self.bridge.get(queries.room)
        for one in self.kept:
            one.replace(need.fields[one.name]) if changed else one.show(need.fields[one.name])
        route, kind = need.fields["route"], need.fields["route_kind"]
        self.route.setCurrentIndex(max(self.route.findData(f"{route} {kind}"), 0))
        hint = route_rules.hint(need, self.bridge.get(queries.ratings).get(need.id), self.bridge.lang.code)
        self.route_why.setText(hint.reasons[0] if hint is not None else "")
        self.route_why.setVisible(hint is not None)
        self.market.setCurrentIndex(max(self.market.findData(need.fields["market_status"]), 0))
        self.concerned.show_need(need)
        self.goals.show_need(need)
        found = voices(need, board, room)
        lang = self.bridge.lang
        missing, heard = lang.listed(found.silent(lang)), found.heard(lang)
        words = lang("{groups} have not been heard. Who asks them?")
        self.unheard.say(words.format(groups=missing[:1].upper() + missing[1:]) if missing else "")
        whom = found.for_whom()
        told = (
            self.bridge.lang("Voices: {roles}.").format(roles=heard) if heard else "",
            self.bridge.lang("They speak of: {whom}.").format(whom=whom) if whom else "",
        )
        self.heard.setText(" ".join(t for t in told if t))
        self.heard.setVisible(any(told))
        state = (need.id, tuple(board.cards[e.card] for e in need.evidence if e.card in board.cards))
        if state == self._shown:
            return
        self._shown = state
        lang = self.bridge.lang
        count = lang.plural("Evidence, {n} card", "Evidence, {n} cards", len(need.evidence))
        self.head.heading.setText(count)
        empty_layout(self.cards)
        for card in state[1]:
            away = IconButton("x", lang("Take card {n} away from the evidence").format(n=card.number))
            away.clicked.connect(lambda _=False, card=card.id: self._remove(card))
            self.cards.addWidget(EvidenceCard(self.bridge, card, board, room, away))
        if not state[1]:
            words = lang("No card stands behind this need yet. Add the ones it grew from.")
            self.cards.addWidget(PlainLabel(words, size="small", tone="ink2", wrap=True))
        if self.picking.isVisible():
            self._offer()

    def show_findings(self, findings: Sequence[Finding], waived: Sequence[tuple[str, str, str]]) -> None:
        """The questions about evidence, market and those concerned; `waived` are (rule, field, reason)."""
        market = ("market_status", "market_note")
        for place, fields in ((self.questions, ASKED_HERE), (self.market_questions, market)):
            mine = [w for w in waived if w[1] in fields]
            place.show_findings([f for f in findings if f.field in fields], mine)

    def keep(self) -> None:
        """Stores what is being written, before another need is shown."""
        for one in self.kept:
            one.keep()
        self.concerned.keep()
        for questions in (self.questions, self.market_questions):
            questions.keep()

    def _write(self, joins: str = "", **changes: Any) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.set_fields, need=self.need.id, joins=joins, **changes)

    def _waive(self, rule: str, field: str, reason: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.waive, need=self.need.id, rule=rule, field=field, reason=reason)

    def _unwaive(self, rule: str, field: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.unwaive, need=self.need.id, rule=rule, field=field)

    def _route(self) -> None:
        route, kind = str(self.route.currentData()).split(" ")
        if self.need is not None:
            self.bridge.do(actions.route.set_route, need=self.need.id, route=route, kind=kind)

    def _remove(self, card: int) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.remove_evidence, need=self.need.id, cards=[card])

    def _add(self, card: int) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.add_evidence, need=self.need.id, cards=[card])

    def _pick(self, on: bool) -> None:
        self.picking.setVisible(on)
        if on:
            self._offer()
            self.search.setFocus()

    def _offer(self) -> None:
        """The cards that could stand behind the need: those of its own heaps first."""
        empty_layout(self.offered)
        if self.need is None:
            return
        board, room, lang = self.bridge.get(queries.board), self.bridge.get(queries.room), self.bridge.lang
        have = {e.card for e in self.need.evidence}
        homes = {board.cards[c].heap for c in have if c in board.cards} | {self.need.heap}
        themes = {board.cards[c].theme for c in have if c in board.cards} - {None}
        wanted = self.search.text().strip().casefold()
        fits = [
            c
            for c in board.cards.values()
            if c.id not in have
            and c.state not in ("hidden", "merged", "withdrawn")
            and (not wanted or wanted in c.text.casefold() or wanted == str(c.number))
        ]
        fits.sort(key=lambda c: (c.heap is None or c.heap not in homes, c.theme not in themes, c.id))
        for card in fits[:MOST_OFFERED]:
            button = IconButton("plus", lang("Add card {n} as evidence").format(n=card.number))
            button.clicked.connect(lambda _=False, card=card.id: self._add(card))
            self.offered.addWidget(EvidenceCard(self.bridge, card, board, room, button))
        if not fits:
            self.offered.addWidget(PlainLabel(lang("No other card fits."), size="small", tone="ink2"))
        self.offered.addWidget(Rule())
