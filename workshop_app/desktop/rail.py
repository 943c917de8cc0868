"""The agenda at the left: every step with its minutes, held together by the red thread that grows with time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, Rule, ScrollColumn, SectionLabel, column, row, tip
from workshop_app.model.dates import time_words
from workshop_app.model.session import Session, StepState
from workshop_app.store import queries

WIDE, NARROW = 248, 44


class RailStep(QAbstractButton):
    """One knot on the thread. It paints its own piece of the line, so the pieces make one thread."""

    def __init__(self, step_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step_id, self.title = step_id, title
        self.minutes, self.place, self.grown = 0, "later", 0.0  # place: "past" | "now" | "later"
        self.first = self.last = self.viewed = self.folded = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, place: str, minutes: int, grown: float, viewed: bool, name: str) -> None:
        """Shows where the step stands; `grown` is the share of the thread below the knot, 0 to 1."""
        if (place, minutes) != (self.place, self.minutes):
            self.updateGeometry()
        state = (place, minutes, round(grown, 2), viewed)
        if state != (self.place, self.minutes, self.grown, self.viewed):
            self.place, self.minutes, self.grown, self.viewed = state
            self.update()
        if name != self.accessibleName():
            self.setAccessibleName(name)
            tip(self, name if self.folded else "")

    def sizeHint(self) -> QSize:
        tall = 48 if self.place == "now" and not self.folded else 40
        height = max(
            look().px(36 if self.folded else tall), self._lines() * look().line("base") + look().px(14)
        )
        return QSize(look().px(NARROW if self.folded else WIDE - 32), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(30), self.sizeHint().height())

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self.updateGeometry()

    def _font(self):  # type: ignore[no-untyped-def]
        return look().font("base", 700 if self.place == "now" else 500 if self.place == "later" else 400)

    def _words_width(self) -> int:
        return max(self.width() - look().px(32 + 36), look().px(40))

    def _lines(self) -> int:
        if self.folded:
            return 1
        metrics = QFontMetrics(self._font())
        flags = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(0, 0, self._words_width(), 1000, flags, self.title)
        return max(round(box.height() / metrics.lineSpacing()), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, c = look().px, look().colour
        middle, x = self.height() / 2, (self.width() / 2 if self.folded else px(13))
        if not self.folded and (self.place == "now" or self.viewed or self.underMouse()):
            painter.setPen(QPen(c("primary"), 1) if self.viewed else Qt.PenStyle.NoPen)
            painter.setBrush(c("ptint" if self.place == "now" else "surface2"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, px(6), px(6))
        self._thread(painter, x, middle)
        self._knot(painter, QPointF(x, middle))
        if self.folded:
            return
        now = self.place == "now"
        painter.setPen(c("on_ptint" if now else "ink2" if self.place == "past" else "ink"))
        painter.setFont(self._font())
        words = QRectF(px(32), 0, self._words_width(), self.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.drawText(words, flags, self.title)
        painter.setFont(look().font("base", 600 if now else 400, even_digits=True))
        right = QRectF(self.rect()).adjusted(0, 0, -px(6), 0)
        painter.drawText(
            right, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), str(self.minutes)
        )

    def _thread(self, painter: QPainter, x: float, middle: float) -> None:
        red = QPen(look().colour("thread"), look().px(3))
        grey = QPen(look().colour("line"), look().px(2))
        if not self.first:
            painter.setPen(grey if self.place == "later" else red)
            painter.drawLine(QPointF(x, 0), QPointF(x, middle))
        if not self.last:
            bottom = self.height()
            painter.setPen(red if self.place == "past" else grey)
            painter.drawLine(QPointF(x, middle), QPointF(x, bottom))
            if self.place == "now" and self.grown > 0:
                painter.setPen(red)
                painter.drawLine(QPointF(x, middle), QPointF(x, middle + (bottom - middle) * self.grown))

    def _knot(self, painter: QPainter, at: QPointF) -> None:
        px, c = look().px, look().colour
        if self.place == "past":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c("thread"))
            painter.drawEllipse(at, px(5), px(5))
        elif self.place == "now":
            painter.setPen(QPen(c("thread"), px(4)))
            painter.setBrush(c("surface"))
            painter.drawEllipse(at, px(6), px(6))
        else:
            painter.setPen(QPen(c("control"), px(2)))
            painter.setBrush(c("surface"))
            painter.drawEllipse(at, px(4), px(4))


class Rail(QFrame):
    """The agenda. A press on a step shows that step here on the laptop; the room stays where it is."""

    asked = Signal(str)  # a step id

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.folded, self._viewed = bridge, False, ""
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        lang = bridge.lang
        self.steps: dict[str, RailStep] = {}
        self.parts: list[SectionLabel] = []  # the headings of later sittings
        self.sheet = ScrollColumn(gap=0, margins=(0, 0, 0, 8))
        self._list()
        self.title = SectionLabel(lang("Agenda"))
        self.unit = PlainLabel(lang("min"), size="small", tone="ink2")
        self.planned = PlainLabel(size="small", weight="semibold")
        self.at_pace = PlainLabel(size="small", weight="semibold")
        self.head = QWidget()
        self.head.setLayout(row(self.title, None, self.unit, margins=(4, 4, 4, 6)))
        self.foot = QWidget()
        planned_words = PlainLabel(lang("Planned end"), size="small", tone="ink2")
        pace_words = PlainLabel(lang("At this pace"), size="small", tone="ink2")
        self.foot.setLayout(
            column(
                Rule(),
                4,
                row(planned_words, None, self.planned),
                row(pace_words, None, self.at_pace),
                gap=4,
                margins=(4, 0, 4, 0),
            )
        )
        self.box = column(self.head, self.sheet, self.foot, gap=4, margins=(16, 12, 16, 16))
        self.setLayout(self.box)
        self.fold(False)

    def _list(self) -> None:
        code, session = self.bridge.lang.code, self.bridge.get(queries.session)
        format_ = self.bridge.get(queries.format_of)
        part = 1
        for place, state in enumerate(session.steps):
            if (now := format_.step(state.id).part) != part:
                part = now
                self.parts.append(SectionLabel(self.bridge.lang("Part {n}").format(n=part)))
                self.parts[-1].setContentsMargins(look().px(32), look().px(10), 0, look().px(4))
                self.sheet.body.addWidget(self.parts[-1])
            item = RailStep(state.id, format_.step(state.id).title.get(code))
            item.first, item.last = place == 0, place == len(session.steps) - 1
            item.clicked.connect(lambda _=False, step=state.id: self.asked.emit(step))
            self.steps[state.id] = item
            self.sheet.body.addWidget(item)
        self.sheet.body.addStretch(1)

    def fold(self, folded: bool) -> None:
        """Folds the rail to its knots, or opens it."""
        self.folded = folded
        self.setFixedWidth(look().px(NARROW if folded else WIDE))
        self.head.setVisible(not folded)
        self.foot.setVisible(not folded)
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if folded else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.sheet.setVerticalScrollBarPolicy(bar)
        side = look().px(4 if folded else 16)
        self.box.setContentsMargins(side, look().px(12), side, look().px(16))
        for label in self.parts:
            label.setVisible(not folded)
        for item in self.steps.values():
            item.folded = folded
            tip(item, item.accessibleName() if folded else "")
            item.updateGeometry()
            item.update()

    def show_viewed(self, step: str) -> None:
        """Marks the step that the stage shows when it is not the room's."""
        self._viewed = step
        self.refresh()

    def refresh(self) -> None:
        """Reads where the room is and draws the thread that far."""
        session, now = self.bridge.get(queries.session), self.bridge.now()
        here = session.now_step.position
        for state in session.steps:
            item = self.steps.get(state.id)
            if item is None:
                continue
            place = "past" if state.position < here else "now" if state.position == here else "later"
            grown = 0.0
            if place == "now":
                total = state.minutes * 60 + state.extra_seconds
                grown = min(state.elapsed(now).total_seconds() / total, 1.0) if total > 0 else 0.0
            minutes = round((state.minutes * 60 + state.extra_seconds) / 60)
            item.show_state(place, minutes, grown, state.id == self._viewed, self._name(item, place, minutes))
        format_ = self.bridge.get(queries.format_of)
        part = format_.step(session.current_step).part
        planned, pace = ends(session, now, [s.id for s in format_.steps if s.part == part])
        self.planned.setText(time_words(planned, self.bridge.lang) if planned else "–")
        self.at_pace.setText(time_words(pace, self.bridge.lang))

    def _name(self, item: RailStep, place: str, minutes: int) -> str:
        lang = self.bridge.lang
        state = {"past": lang("done"), "now": lang("the room is here"), "later": lang("later")}[place]
        return f"{item.title}, {lang.plural('{n} minute', '{n} minutes', minutes)}, {state}"


def ends(session: Session, now: datetime, sitting: Sequence[str]) -> tuple[datetime | None, datetime]:
    """When the agenda was to end (from the first start; None before it) and when it does as it goes now.

    `sitting`: the ids of the steps of the same sitting; another half-day does not count.
    """
    steps = [s for s in session.steps if s.id in sitting]
    started = [s.started_at for s in steps if s.started_at is not None]
    planned = min(started) + timedelta(minutes=sum(s.minutes for s in steps)) if started else None
    here = session.now_step
    rest = sum((_planned(s) for s in steps if s.position > here.position), timedelta())
    return planned, now + max(here.left(now), timedelta()) + rest


def _planned(state: StepState) -> timedelta:
    return timedelta(minutes=state.minutes, seconds=state.extra_seconds)
