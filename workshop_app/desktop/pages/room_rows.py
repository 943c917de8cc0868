"""The rows of the room check: a mark, what is checked, how it is, and the one thing to do."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, IconLabel, PlainLabel, column, row
from workshop_app.i18n import Language
from workshop_app.model.room_check import Check
from workshop_app.model.room_lines import OK, UNKNOWN

NARROW = 620  # width at 100 % under which the parts of a row stand under each other
TITLE, END = 186, 208  # widths of the columns at 100 %
MOST = 16_777_215  # what Qt takes for no limit
ICONS = {
    "phone": "smartphone",
    "network": "wifi",
    "door": "refresh-cw",
    "places": "users",
    "screen": "presentation",
    "power": "plug",
    "disk": "hard-drive",
    "file": "folder-open",
    "clock": "clock",
}


class CheckRow(QWidget):
    """One row; it turns green alone."""

    asked = Signal()

    def __init__(self, check: Check, lang: Language) -> None:
        super().__init__()
        self.lang, self.fault = lang, False
        self.setProperty("clear", True)
        self.mark = IconLabel("circle", "ink2", 20)
        self.title = PlainLabel(check.title(lang), weight="semibold", wrap=True)
        self.said = PlainLabel(size="small", wrap=True)
        self.remedy_icon = IconLabel(ICONS[check.key], "on_attn", 16)
        self.remedy = PlainLabel(size="small", weight="semibold", tone="on_attn", wrap=True)
        self.button = Button("", icon=ICONS[check.key])
        self.button.clicked.connect(self.asked)
        self.way = QWidget()
        self.way.setProperty("clear", True)
        line = row(self.remedy_icon, self.remedy, gap=8)
        line.setStretchFactor(self.remedy, 1)
        self.way.setLayout(line)
        self.end = QWidget()  # always there, so that the columns of all rows stand in line
        self.end.setProperty("clear", True)
        self.end.setLayout(column(self.way, row(self.button, None), gap=0))
        self.grid = QGridLayout()
        self.grid.setContentsMargins(look().px(20), look().px(9), look().px(20), look().px(9))
        self.grid.setHorizontalSpacing(look().px(16))
        self.grid.setVerticalSpacing(look().px(4))
        self.setLayout(self.grid)
        self.arrange(False)
        self.show_check(check)

    def arrange(self, narrow: bool) -> None:
        """Side by side, or under each other."""
        top = Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter
        places = ((0, 1), (1, 1), (2, 1)) if narrow else ((0, 1), (0, 2), (0, 3))
        for part in (self.mark, self.title, self.said, self.end):
            self.grid.removeWidget(part)
        self.grid.addWidget(self.mark, 0, 0, top)
        for part, place in zip((self.title, self.said, self.end), places, strict=True):
            self.grid.addWidget(part, *place)
        for at in (1, 2):
            self.grid.setColumnStretch(at, int(at == (1 if narrow else 2)))
        for part, wide in ((self.title, TITLE), (self.end, END)):
            part.setMinimumWidth(0 if narrow else look().px(wide))
            part.setMaximumWidth(MOST if narrow else look().px(wide))
        self.setMinimumHeight(0 if narrow else look().px(48))

    def show_check(self, check: Check) -> None:
        """Shows how it is now."""
        lang, self.fault = self.lang, check.fault
        tone = "on_attn" if check.fault else "ink"
        mark = ("circle-check", "primary") if check.state == OK else ("triangle-alert", "on_attn")
        if check.state == UNKNOWN:
            mark = ("circle-help", "ink2")
        self.mark.show_icon(*mark)
        for label in (self.title, self.said):
            label.set_tone(tone)
        self.said.setText(check.said(lang))
        remedy = check.remedy(lang)
        self.remedy.setText("" if check.action else remedy)
        self.button.setText(remedy if check.action else "")
        self.way.setVisible(bool(remedy and not check.action))
        self.button.setVisible(bool(check.action))
        self.setAccessibleName(" ".join(t for t in (f"{check.title(lang)}:", check.said(lang), remedy) if t))


class CheckList(QFrame):
    """All rows in one frame; they keep their widgets when they change places."""

    asked = Signal(object)  # the Check whose button was pressed

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.rows: dict[str, CheckRow] = {}
        self._checks: dict[str, Check] = {}
        self._order: list[str] = []
        self._narrow = False
        self.box = column(gap=0)
        self.setLayout(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Shows the rows in this order."""
        self._checks = {c.key: c for c in checks}
        for check in checks:
            if check.key in self.rows:
                self.rows[check.key].show_check(check)
            else:
                made = self.rows[check.key] = CheckRow(check, self.lang)
                made.asked.connect(lambda key=check.key: self.asked.emit(self._checks[key]))
                made.arrange(self._narrow)
        order = [c.key for c in checks]
        if order != self._order:
            self._order = order
            for place, key in enumerate(order):
                self.box.removeWidget(self.rows[key])
                self.box.insertWidget(place, self.rows[key])
            for before, after in pairwise(order):
                QWidget.setTabOrder(self.rows[before].button, self.rows[after].button)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() * 100 / look().percent < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            for one in self.rows.values():
                one.arrange(narrow)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._order:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look().px(8)
        frame = QPainterPath()
        frame.addRoundedRect(box, radius, radius)
        painter.fillPath(frame, look().colour("surface"))
        painter.setClipPath(frame)
        line = QPen(look().colour("line"), 1)
        for place, key in enumerate(self._order):
            at = self.rows[key].geometry()
            if self.rows[key].fault:
                painter.fillRect(at, look().colour("attn"))
            if place:
                painter.setPen(line)
                painter.drawLine(at.left(), at.top(), at.right(), at.top())
        painter.setClipping(False)
        painter.strokePath(frame, line)
