"""The room at the right: time left, who is here, who is missing, what the room sees now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.clock_box import ClockBox
from workshop_app.desktop.phone_list import PhoneLines
from workshop_app.desktop.projector import Show
from workshop_app.desktop.seen import Seen
from workshop_app.desktop.sorting.clock import RoundBox
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Chip,
    DotRow,
    ElidedLabel,
    FlowLayout,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionLabel,
    column,
    row,
    tip,
)
from workshop_app.store import queries

WIDTH = 344
ROLES_SHOWN = 6
ROLES_IN_LOW_WINDOW = 3  # so that freeze and black stay in sight at 768 px


class TimeBox(ClockBox):
    """The clock of the room's step."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        lang = bridge.lang
        longer = (lang("+2 min"), lang("Two minutes more"))
        super().__init__(bridge, longer, (lang("−2 min"), lang("Two minutes fewer")), parent)

    def toggle(self) -> None:
        state = self.bridge.get(queries.session).now_step
        running = state.started_at is not None and state.paused_at is None
        self.bridge.do(actions.agenda.pause_clock if running else actions.agenda.resume_clock)

    def more(self) -> None:
        self.bridge.do(actions.agenda.add_minutes, minutes=2)

    def fewer(self) -> None:
        self.bridge.do(actions.agenda.add_minutes, minutes=-2)

    def refresh(self) -> None:
        """Shows the time as it is this second."""
        lang, state = self.bridge.lang, self.bridge.get(queries.session).now_step
        whole = state.minutes * 60 + state.extra_seconds
        left = round(state.left(self.bridge.now()).total_seconds())
        total = lang("of {n} min").format(n=round(whole / 60))
        paused, started = state.paused_at is not None, state.started_at is not None
        self.show_time(left, whole, total, paused=paused, started=started)


class RoleLine(QWidget):
    """A role, and a dot for each who has it."""

    def __init__(self) -> None:
        super().__init__()
        self.role, self.dots = ElidedLabel(size="small"), DotRow()
        self.setLayout(row(self.role, self.dots, gap=8))

    def show_role(self, words: str, people: int) -> None:
        """Shows another role, or another number."""
        self.role.set_text(words)
        self.dots.show_count(people)
        self.show()


class WhoBox(QWidget):
    """Roles in the room as dots, and the voices that are missing, dashed."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.lines: list[RoleLine] = []
        self.others = PlainLabel(size="small", tone="ink2")
        nobody = lang("Nobody has joined yet. The code is on the projector.")
        self.nobody = PlainLabel(nobody, size="small", tone="ink2", wrap=True)
        self.roles = column(self.others, self.nobody, gap=4)
        self.missing = QWidget()
        self.flow = FlowLayout(self.missing, look().px(6), look().px(6))
        self.add = QLineEdit()
        self.add.setPlaceholderText(lang("Add who is missing"))
        self.add.setAccessibleName(lang("Add who is missing"))
        self.add.setMaxLength(80)
        self.add.returnPressed.connect(self._add)
        self.add.editingFinished.connect(lambda: self.add.setVisible(bool(self.add.text())))
        self.add.hide()
        self.more = Chip(lang("Add"), "outline", "plus")
        self.more.setAccessibleName(lang("Add who is missing"))
        self.more.clicked.connect(self._open)
        self.head = SectionLabel(lang("Who is here"))
        self.missing_head = PlainLabel(lang("Missing from the room"), size="small", tone="on_attn")
        self.setLayout(column(self.head, self.roles, 4, self.missing_head, self.missing, self.add, gap=6))
        self._missing: tuple[str, ...] | None = None

    def refresh(self) -> None:
        """Reads the room; what is shown is filled anew, and made anew only where the missing voices changed."""
        room = self.bridge.get(queries.crowd)
        shown = ROLES_SHOWN if self.window().height() * 100 / look().percent > 840 else ROLES_IN_LOW_WINDOW
        for _ in room.roles[len(self.lines) : shown]:
            self.roles.insertWidget(len(self.lines), line := RoleLine())
            self.lines.append(line)
        for line in self.lines[len(room.roles[:shown]) :]:
            line.hide()
        for line, one in zip(self.lines, room.roles[:shown], strict=False):
            line.show_role(self._role(one.role), one.people)
        more = max(len(room.roles) - shown, 0)
        self.others.setText(self.bridge.lang.plural("and {n} more role", "and {n} more roles", more))
        self.others.setVisible(bool(more))
        self.nobody.setVisible(not room.roles)
        if room.missing != self._missing:
            self._missing = room.missing
            self._chips(room.missing)

    def _chips(self, missing: tuple[str, ...]) -> None:
        self.flow.removeWidget(self.more)
        self.flow.clear()
        for text in missing:
            chip = Chip(text)
            tip(chip, self.bridge.lang("Take off the list"))
            chip.clicked.connect(lambda _=False, text=text: self._remove(text))
            self.flow.addWidget(chip)
        self.flow.addWidget(self.more)
        self.more.show()
        self.missing.updateGeometry()

    def _role(self, value: str) -> str:
        format_, code = self.bridge.get(queries.format_of), self.bridge.lang.code
        known = {r.value: r.label.get(code) for r in format_.roles}
        return known.get(value, value) or self.bridge.lang("Role not given")

    def _open(self) -> None:
        self.add.show()
        self.add.setFocus()

    def _add(self) -> None:
        text = self.add.text().strip()
        if text:
            missing = [*self.bridge.get(queries.crowd).missing, text]
            self.bridge.do(actions.session.set_missing, lambda _: self.add.clear(), missing=missing)

    def _remove(self, text: str) -> None:
        missing = [m for m in self.bridge.get(queries.crowd).missing if m != text]
        self.bridge.do(actions.session.set_missing, missing=missing)


class RoomPanel(QFrame):
    """The right panel of every step that does not bring its own."""

    asked = Signal(str)

    def __init__(self, bridge: Bridge, show: Show, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.bridge = bridge
        self.time, self.who, self.seen = TimeBox(bridge), WhoBox(bridge), Seen(bridge, show)
        self.phones, self.round = PhoneLines(bridge), RoundBox(bridge)
        self.sheet = ScrollColumn(gap=16, margins=(20, 16, 20, 16))
        self.usual = (self.time, Rule(), self.who)
        for part in (*self.usual, self.round, self.phones, Rule(), self.seen):
            self.sheet.body.addWidget(part)
        self.sheet.body.addStretch(1)
        self.setLayout(column(self.sheet))
        self.setFixedWidth(look().px(WIDTH))

    @property
    def clock(self) -> TimeBox | RoundBox:
        """The clock that is in force: that of the round while the room sorts."""
        return self.round if self.bridge.get(queries.sorting_now) is not None else self.time

    def toggle_clock(self) -> None:
        """T: the clock in force stands, or goes on."""
        self.clock.toggle()

    def more_time(self) -> None:
        """+: more time on the clock in force."""
        self.clock.more()

    def less_time(self) -> None:
        """−: less time on the clock in force."""
        self.clock.fewer()

    def refresh(self) -> None:
        """Reads again; the thumbnails only if what they show has changed."""
        for part in self.usual:
            part.setVisible(self.clock is self.time)
        self.round.setVisible(self.clock is self.round)
        self.round.refresh()
        self.time.refresh()
        self.who.refresh()
        self.phones.refresh()
        self.seen.refresh()

    def tick(self) -> None:
        """The second has gone."""
        self.clock.refresh()
        self.phones.refresh()
        self.seen.refresh()
