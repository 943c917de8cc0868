"""Where each need goes and who owns it: five routes with what they ask for, a reason, an owner, a date, a decision."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.needs.ladder import Questions
from workshop_app.desktop.needs.need_list import Line, NeedList, live
from workshop_app.desktop.needs.route_side import RouteSide
from workshop_app.desktop.needs.routes import BalancePanel, RoomCard, RouteCards
from workshop_app.desktop.needs.sentence import SentenceView
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Field,
    Heading,
    HintLine,
    Panel,
    Pill,
    PlainLabel,
    ScrollColumn,
    SectionHead,
    TextArea,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import lint, rating, route_rules
from workshop_app.model.need import FIELDS, Need
from workshop_app.model.statement import parts
from workshop_app.store import queries

STATUS_PILL = {"ready": "done", "anchored": "done", "decided": "done"}
ASKED_HERE = (
    "route",
    "route_kind",
    "route_reason",
    "other_process",
    "owner",
    "review_date",
    "needed_by",
    "market_status",
    route_rules.RISKS,
)

DATE_HINT = N_("For example 2026-09-01, or 1 Sept")


class RoutePage(Page):
    """One need at a time; everything is stored as it is written, and only the decision asks for all of it."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.need: Need | None = None
        self.list = NeedList(bridge)
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.pill = Pill()
        self.title = Heading()
        self.sentence = SentenceView("lead")
        self.requirement = PlainLabel(size="small", tone="ink2", wrap=True)
        self.help = Button(lang("Room for innovation"), role="quiet", icon="circle-help")
        self.help.setCheckable(True)
        self.room = RoomCard(lang)
        self.room.hide()
        self.help.toggled.connect(self.room.setVisible)
        self.cards = RouteCards(lang)
        self.cards.chosen.connect(self._route)
        self.questions = Questions(lang)
        self.reason = TextArea(2, FIELDS["route_reason"])
        self.notes = {key: TextArea(1, FIELDS[key]) for key in route_rules.BALANCE}
        self.process, self.owner, self.date, self.step_next, self.by, self.hours = (
            QLineEdit() for _ in range(6)
        )
        self.hours.setPlaceholderText(lang("For example 80 hours this autumn"))
        self.split = TextArea(1, FIELDS["can_split"])
        self.split_field = Field(lang(route_rules.CAN_SPLIT), self.split)
        self.date.setPlaceholderText(lang(DATE_HINT))
        fields: dict[str, QLineEdit | TextArea] = {
            "route_reason": self.reason,
            "other_process": self.process,
            "owner": self.owner,
            "review_date": self.date,
            "next_step": self.step_next,
            "needed_by": self.by,
            "hours": self.hours,
            "can_split": self.split,
            **self.notes,
        }
        self.kept = [Kept(name, field) for name, field in fields.items()]
        for one in self.kept:
            if isinstance(one.field, QLineEdit):
                one.field.setMaxLength(FIELDS[one.name])
            one.written.connect(self._write)
        self.process_field = Field(lang("Which process receives it, and who there"), self.process)
        self.balance = BalancePanel(lang, self.notes)
        self.lacks = HintLine("list-checks", "attn")
        self.lacks.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.side = RouteSide(bridge)
        self.show_room = Button(lang("Show the room"), icon="monitor")
        self.decide = Button(lang("Decide"), role="primary", icon="check", key="Ctrl+Enter", size="large")
        self._layout()
        self.list.chosen.connect(self._choose)
        self.show_room.clicked.connect(self._show_room)
        self.decide.clicked.connect(self._decide)
        self.questions.kept.connect(self._waive)
        self.questions.asked_again.connect(self._unwaive)
        self.on_key("Ctrl+Return", self._decide, typing=True)

    def _layout(self) -> None:
        lang = self.bridge.lang
        scroll = ScrollColumn(gap=10, margins=(32, 18, 32, 24))
        scroll.body.addLayout(row(self.number, self.pill, None))
        scroll.body.addWidget(self.title)
        scroll.body.addWidget(Panel(self.sentence, self.requirement, pad=16, gap=8))
        scroll.body.addWidget(self.lacks)
        scroll.body.addWidget(SectionHead(lang("Route"), self.help))
        for part in (self.room, self.cards, self.questions, self.process_field):
            scroll.body.addWidget(part)
        scroll.body.addWidget(Field(lang("Reason for the route"), self.reason))
        owner = Field(lang("Owner, role"), self.owner, lang("A role and where it sits. No name is needed."))
        hint = lang("Hours or money. A need without time of its own seldom gets further.")
        for left, right in (
            (owner, Field(lang("Next date"), self.date)),
            (Field(lang("Time set aside"), self.hours, hint), Field(lang("Needed by"), self.by)),
        ):
            beside = row(gap=12)
            beside.addWidget(left, 3, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(right, 2, Qt.AlignmentFlag.AlignTop)
            scroll.body.addLayout(beside)
        for below in (Field(lang("Next step"), self.step_next), self.split_field, self.balance):
            scroll.body.addWidget(below)
        scroll.body.addStretch(1)
        self.work = scroll
        self.empty = EmptyState(lang("No needs yet. They come from the step before."), "route")
        box = row(self.list, gap=0)
        box.addLayout(column(self.empty, self.work, gap=0), 1)
        self.setLayout(box)

    def aside(self) -> QWidget | None:
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        return [self.show_room]

    def own_next(self) -> QPushButton | None:
        return self.decide

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        lang = self.bridge.lang
        needs = live(self.bridge.get(queries.needs))
        decided = sum(n.status in ("decided", "closed") for n in needs)
        words = lang("{n} of {m} decided").format(n=decided, m=len(needs))
        self.list.show(tuple(self._line(n) for n in needs), words if needs else "")
        self.empty.setVisible(not needs)
        self.work.setVisible(bool(needs))
        for button in (self.show_room, self.decide):
            button.setEnabled(bool(needs))
        self._show(next((n for n in needs if n.id == self.list.current), None))

    def _line(self, need: Need) -> Line:
        lang, left = self.bridge.lang, self._lacking(need)
        route = rating.route_label(need.fields["route"], need.fields["route_kind"], lang.code)
        under = ", ".join(t for t in (route or lang("No route yet"), need.fields["owner"]) if t)
        title = need.title or lang("No name yet")
        if need.status in ("decided", "closed"):
            return Line(need.id, need.number, title, under, "circle-check", lang("Decided"), "primary")
        if not left:
            return Line(need.id, need.number, title, under)
        words = lang.plural("{n} thing left", "{n} things left", len(left))
        return Line(need.id, need.number, title, under, "circle-dashed", words, "ink2")

    def _lacking(self, need: Need) -> list[str]:
        """What stands between the need and a decision, in words."""
        lang, code = self.bridge.lang, self.session.language
        left = [lang(m) for m in route_rules.lacking(need.fields, len(need.stakeholders), self._owes(need))]
        if need.fields["route"] != "parked" and (asked := route_rules.before_ready(need, code)):
            words = lang.plural(
                "{n} question about the words of the need is left. Answer it in the step where needs are written.",
                "{n} questions about the words of the need are left. Answer them in the step where needs are written.",
                asked,
            )
            left.append(words)
        return left

    def _owes(self, need: Need) -> bool:
        """Whether the need is rated so risky that the decision asks for its risk list."""
        risk = route_rules.shown_spreads(self.bridge.get(queries.ratings).get(need.id)).get("risk")
        rows = self.bridge.get(queries.sheet_rows)
        listed = sum((r.sheet, r.need) == (route_rules.RISKS, need.id) for r in rows)
        waived = {(w.rule, w.field) for w in need.waivers}
        return route_rules.owes_risks(risk.median if risk else None, listed, waived)

    def _choose(self, need: int) -> None:
        self.keep()
        self._show(next((n for n in live(self.bridge.get(queries.needs)) if n.id == need), None))
        self.bridge.focus_on(need=need)

    def _show(self, need: Need | None) -> None:
        other = need is None or self.need is None or need.id != self.need.id
        self.need = need
        self.side.show_need(need)
        if need is None:
            return
        lang, f = self.bridge.lang, need.fields
        self.number.setText(lang("Need {n}").format(n=need.number))
        self.pill.show_state(lang(rating.STATUS_LABELS[need.status]), STATUS_PILL.get(need.status, "plain"))
        self.title.setText(need.title or lang("No name yet"))
        self.sentence.show_pieces(parts(f, self.session.language))
        self.requirement.setText(
            lang("Function requirement: {text}").format(text=f["requirement"]) if f["requirement"] else ""
        )
        self.requirement.setVisible(bool(f["requirement"]))
        self.cards.show_route(f["route"], f["route_kind"])
        self.process_field.setVisible(f["route"] == "other_process")
        self.split_field.setVisible(f["route"] in route_rules.BUYING)
        self.balance.setVisible(f["route"] == "innovation_procurement")
        for one in self.kept:
            one.replace(f[one.name]) if other else one.show(f[one.name])
        self._ask(need)
        left = self._lacking(need)
        decided = need.status in ("decided", "closed")
        self.lacks.say(lang("Before it can be decided") if left and not decided else "", "\n".join(left))
        self.decide.setText(lang("Take the decision up again") if decided else lang("Decide"))
        self.decide.set_icon_name("undo-2" if decided else "check")
        self.decide.set_role("plain" if decided else "primary")

    def _ask(self, need: Need) -> None:
        """The rules' questions about route, owner and date; what the decision asks for anyway is not said twice."""
        lang = self.bridge.lang
        waived = [(w.rule, w.field, w.reason) for w in need.waivers if w.field in ASKED_HERE]
        quiet = {(rule, field) for rule, field, _reason in waived}
        missing = route_rules.missing(need.fields, len(need.stakeholders), self._owes(need))
        found = [
            f
            for f in lint.lint_need(need.lint_fields(), self.session.language, lang.code)
            if f.field in ASKED_HERE and (f.rule, f.field) not in quiet and f.field not in missing
        ]
        if route_rules.RISKS in missing:
            words = lang(route_rules.ASK_RISKS)
            found.append(lint.Finding(route_rules.RISK_RULE, "error", route_rules.RISKS, "", -1, words))
        self.questions.show_findings(found, waived)

    # Changing -------------------------------------------------------------------

    def keep(self) -> None:
        """Stores what is being written."""
        for one in self.kept:
            one.keep()
        self.side.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)

    def _write(self, name: str, text: str, edit: str = "") -> None:
        if self.need is not None:
            changes: dict[str, Any] = {name: text}
            self.bridge.do(actions.need.set_fields, need=self.need.id, joins=edit, **changes)

    def _route(self, route: str, kind: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.route.set_route, need=self.need.id, route=route, kind=kind)

    def _waive(self, rule: str, field: str, reason: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.waive, need=self.need.id, rule=rule, field=field, reason=reason)

    def _unwaive(self, rule: str, field: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.unwaive, need=self.need.id, rule=rule, field=field)

    def _decide(self) -> None:
        self.keep()
        if self.need is not None:
            decided = self.need.status in ("decided", "closed")
            self.bridge.do(actions.route.reopen if decided else actions.route.decide, need=self.need.id)

    def _show_room(self) -> None:
        self.keep()
        if self.need is not None:
            self.bridge.focus_on(need=self.need.id)
            words = self.bridge.lang("The projector shows need {n}.").format(n=self.need.number)
            self.bridge.said.emit("quiet", words)
