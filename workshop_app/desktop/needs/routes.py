"""Five routes as cards to choose among, each with what it asks for; the kinds of innovation procurement; two reminders."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    ColumnsLayout,
    Field,
    IconLabel,
    Panel,
    PlainLabel,
    SectionLabel,
    column,
    row,
)
from workshop_app.i18n import N_, Language
from workshop_app.model import rating
from workshop_app.model.route_rules import BALANCE, DEMANDS, ROOM, ROOM_NOTE, ROOM_TITLE

MEANING: Mapping[str, str] = {
    "innovation_procurement": N_("What is on the market does not meet the need as it is."),
    "ordinary_procurement": N_("What exists meets the need. Function requirements fit here too."),
    "internal_development": N_("We change how we work ourselves. Nothing is bought."),
    "other_process": N_("The need moves to another process, where somebody receives it."),
    "parked": N_("The need rests until a date, and is then looked at again."),
}
KIND_NAMES: Mapping[str, str] = {
    "friendly": N_("Requirements open to new solutions"),
    "of_innovation": N_("Something that does not exist yet"),
}
ASKED: Mapping[str, str] = {
    "route_reason": N_("reason"),
    "route_kind": N_("kind"),
    "other_process": N_("receiving process"),
    "owner": N_("owner"),
    "requirement_check": N_("how it is checked"),
    "market_status": N_("what the market has"),
    "stakeholders": N_("whom it concerns"),
    "review_date": N_("next date"),
}


class RouteCard(QFrame):
    """One route: a radio button with its name, what it means and what it asks for. All of the card is pressed."""

    def __init__(self, lang: Language, route: str) -> None:
        super().__init__()
        self.route = route
        self.radio = QRadioButton(lang(rating.ROUTE_LABELS[route]))
        self.radio.setStyleSheet("QRadioButton { font-weight: 600; }")
        asked = [lang(ASKED[part]) for part in DEMANDS[route]]
        demands = lang("Asks for: {what}").format(what=", ".join(asked))
        self.radio.setAccessibleDescription(f"{lang(MEANING[route])} {demands}")
        self.kinds: dict[str, QRadioButton] = {}
        self.inside = column(gap=2)
        self.inside.addWidget(PlainLabel(lang(MEANING[route]), size="small", wrap=True))
        self.inside.addWidget(PlainLabel(demands, size="tiny", tone="ink2", wrap=True))
        under = row(self.inside, gap=0, margins=(25, 0, 0, 0))
        self.setLayout(column(self.radio, under, None, gap=0, margins=(12, 8, 12, 10)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio.toggled.connect(self.update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.click()
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.radio.isChecked()
        painter.setPen(QPen(look().colour("primary" if on else "line"), 2 if on else 1))
        painter.setBrush(look().colour("surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, look().px(8), look().px(8))


class RouteCards(QWidget):
    """`chosen(route, kind)` when somebody chooses; showing a need tells nothing."""

    chosen = Signal(str, str)

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.kinds = QButtonGroup(self)
        self.cards = {route: RouteCard(lang, route) for route in rating.ROUTES}
        layout = ColumnsLayout(self, look().px(10), look().px(300), rows=True)
        for card in self.cards.values():
            layout.addWidget(card)
            self.group.addButton(card.radio)
            card.radio.clicked.connect(lambda _=False, route=card.route: self._route(route))
        self.kind_box = QWidget()
        first = self.cards["innovation_procurement"]
        box = column(SectionLabel(lang("Which kind")), gap=0, margins=(0, 8, 0, 0))
        for kind in rating.ROUTE_KINDS:
            radio = QRadioButton(lang(KIND_NAMES[kind]))
            self.kinds.addButton(radio)
            first.kinds[kind] = radio
            box.addWidget(radio)
            radio.clicked.connect(lambda _=False, kind=kind: self.chosen.emit("innovation_procurement", kind))
        self.kind_box.setLayout(box)
        first.inside.addWidget(self.kind_box)

    def show_route(self, route: str, kind: str) -> None:
        """Shows what is stored."""
        _check(self.group, self.cards[route].radio if route in self.cards else None)
        _check(self.kinds, self.cards["innovation_procurement"].kinds.get(kind))
        shown = route == "innovation_procurement"
        if self.kind_box.isHidden() == shown:
            self.kind_box.setVisible(shown)
            self.updateGeometry()

    def _route(self, route: str) -> None:
        kind = next((k for k, r in self.cards[route].kinds.items() if r.isChecked()), "")
        self.chosen.emit(route, kind)


def _check(group: QButtonGroup, wanted: QRadioButton | None) -> None:
    checked = group.checkedButton()
    if wanted is not None:
        wanted.setChecked(True)
    elif checked is not None:
        group.setExclusive(False)
        checked.setChecked(False)
        group.setExclusive(True)


class BalancePanel(Panel):
    """Three questions before innovation procurement, each with a line for what was said about it."""

    def __init__(self, lang: Language, notes: Mapping[str, QWidget]) -> None:
        super().__init__(pad=16, gap=8)
        head = row(gap=8)
        head.addWidget(IconLabel("scale", "ink2", 16))
        head.addWidget(PlainLabel(lang("Three questions before you decide"), weight="semibold"), 1)
        self.body.addLayout(head)
        for key, question in BALANCE.items():
            self.body.addWidget(Field(lang(question), notes[key]))


class RoomCard(Panel):
    """Room for innovation in each procedure, from little to much. A reminder, never a choice made by the program."""

    def __init__(self, lang: Language) -> None:
        super().__init__(pad=16, gap=4)
        self.body.addWidget(PlainLabel(lang(ROOM_TITLE), weight="semibold"))
        self.body.addWidget(PlainLabel(lang(ROOM_NOTE), size="small", tone="ink2", wrap=True))
        self.body.addSpacing(look().px(4))
        for place, (name, more) in enumerate(ROOM):
            line = row(gap=10)
            line.addWidget(RoomBar(place + 1, len(ROOM)), 0, Qt.AlignmentFlag.AlignVCenter)
            said = f"{lang(name)}. {lang(more)}." if more else lang(name)
            line.addWidget(PlainLabel(said, size="small", wrap=True), 1)
            self.body.addLayout(line)


class RoomBar(QWidget):
    """How much room, as a bar."""

    def __init__(self, part: int, whole: int) -> None:
        super().__init__()
        self.part, self.whole = part, whole
        self.setFixedSize(look().px(72), look().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        for token, width in (("surface2", self.width()), ("primary", self.width() * self.part / self.whole)):
            painter.setBrush(look().colour(token))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)
