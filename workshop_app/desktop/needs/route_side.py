"""The right panel of the page where a route is chosen: is it recognised, what is suggested, market, those concerned."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLineEdit

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.concerned import Concerned
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.needs.recognised import Recognised
from workshop_app.desktop.needs.route_hint import RouteHintPanel
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Field, Rule, ScrollColumn, SectionLabel, TextArea, choice, column
from workshop_app.model import rating
from workshop_app.model.need import FIELDS, MARKET_STATUSES, Need

WIDTH = 348


class RouteSide(QFrame):
    """What a decision stands on."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.need: Need | None = None
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.recognised = Recognised(bridge)
        self.hint = RouteHintPanel(bridge)
        self.market = choice([(m, lang(rating.MARKET_LABELS[m])) for m in MARKET_STATUSES])
        self.market.activated.connect(lambda _i: self._write("market_status", self.market.currentData()))
        note, source = TextArea(1, FIELDS["market_note"]), QLineEdit()
        check = TextArea(1, FIELDS["requirement_check"])
        source.setMaxLength(FIELDS["market_source"])
        self.concerned = Concerned(bridge)
        self.kept = [
            Kept("requirement_check", check),
            Kept("market_note", note),
            Kept("market_source", source),
        ]
        for one in self.kept:
            one.written.connect(self._write)
        scroll = ScrollColumn(gap=12, margins=(20, 20, 20, 20))
        for part in (
            self.recognised,
            Rule(),
            self.hint,
            Rule(),
            Field(lang("How it is checked"), check),
            Field(lang("Solutions on the market?"), self.market),
            Field(lang("What is there, and what is missing"), note),
            Field(lang("Source"), source),
            Rule(),
            SectionLabel(lang("Whom it concerns")),
            self.concerned,
        ):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), super().sizeHint().height())

    def show_need(self, need: Need | None) -> None:
        """Shows what is known about a need."""
        other = need is None or self.need is None or need.id != self.need.id
        self.need = need
        self.setEnabled(need is not None)
        self.recognised.show_need(need)
        self.hint.show_need(need)
        if need is None:
            return
        self.concerned.show_need(need)
        self.market.setCurrentIndex(max(self.market.findData(need.fields["market_status"]), 0))
        for one in self.kept:
            one.replace(need.fields[one.name]) if other else one.show(need.fields[one.name])

    def keep(self) -> None:
        """Stores what is being written."""
        for one in self.kept:
            one.keep()
        self.concerned.keep()

    def _write(self, name: str, text: str, edit: str = "") -> None:
        if self.need is not None:
            changes: dict[str, Any] = {name: text}
            self.bridge.do(actions.need.set_fields, need=self.need.id, joins=edit, **changes)
