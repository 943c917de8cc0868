"""The timetable of one-to-one meetings: what each took at every item, side by side, and the planning of more."""

from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.dialogue.before import LockPill
from workshop_app.desktop.dialogue.rows import Part, RowList, company, today
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    Pill,
    PlainLabel,
    choice,
    clock_text,
    column,
    line_edit,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.dates import clock_words, day_and_time
from workshop_app.model.dialogue import SUPPLIER_TYPES, Slot
from workshop_app.store import queries

STATES = {
    "planned": (N_("Planned"), "outline", "clock"),
    "running": (N_("Under way"), "done", "circle-dot"),
    "done": (N_("Held"), "plain", "check"),
    "cancelled": (N_("Cancelled"), "plain", "x"),
}
ALL = "all"
BETWEEN = 15  # minutes between meetings that are planned together


class SlotTable(QTableWidget):
    """Agenda items downwards, meetings beside each other; minutes, with what was over."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setAccessibleName(bridge.lang("Minutes of every meeting"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.heads: list[str] = []
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(n) for n in range(self.rowCount()))
        return QSize(look().px(300), rows + self.horizontalHeader().sizeHint().height() + look().px(14))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self.sizeHint().height())

    def show_meetings(self) -> None:
        """Reads the agenda of the round and its meetings."""
        lang, now = self.bridge.lang, self.bridge.get(queries.dialogue)
        slots = [s for s in now.slots if s.round == now.round and s.state != "cancelled"]
        items, running = now.agenda_now, clock.read(self.bridge)
        self.setRowCount(len(items) + 1)
        self.setColumnCount(2 + len(slots))
        heads = [lang("Item of the agenda"), lang("Planned")]
        for slot in slots:
            found = now.supplier(slot.supplier)
            kind = lang(SUPPLIER_TYPES[found.type]) if found is not None else ""
            told = " · ".join(t for t in (clock_words(slot.starts_at[11:16], lang), kind) if t)
            heads.append(f"{company(now, slot.supplier)}\n{told}")
        self.heads = heads
        for line, item in enumerate(items):
            self._put(line, 0, f"{item.position}. {item.title}")
            self._put(line, 1, lang("{n} min").format(n=item.minutes))
        foot = len(items)
        self._put(foot, 0, lang("Sum"), bold=True)
        self._put(foot, 1, lang("{n} min").format(n=sum(i.minutes for i in items)), bold=True)
        for at, slot in enumerate(slots, 2):
            live = slot.state == "running"
            spent = slot.spent
            if running is not None and running.slot == slot.id:
                spent = running.spent(self.bridge.now())
            for line, item in enumerate(items):
                words = minutes_text(spent.get(item.id), item.minutes, slot.started_at is not None)
                if live and running is not None and item.id == running.item:
                    words = f"{clock_text(spent[item.id])}  {lang('under way')}"
                self._put(line, at, words, live=live)
            took = clock.seconds(slot, self.bridge.now())
            words = clock_text(took) if slot.started_at is not None else "–"
            over = took - slot.minutes * 60
            if over > 0:
                words = lang("{time}, {over} over").format(time=words, over=clock_text(over))
            self._put(foot, at, words, bold=True, live=live, over=over > 0)
        head = self.horizontalHeader()
        for at in range(self.columnCount()):
            wide = QHeaderView.ResizeMode.Stretch if at != 1 else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(at, wide)
        self._show_heads()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_heads()

    def _show_heads(self) -> None:
        """Each line of a heading ends in "…" where its column is narrow: Qt itself would drop the lines below."""
        metrics = QFontMetrics(look().font("base", 600))
        for at, words in enumerate(self.heads):
            if at == 1:
                self.setHorizontalHeaderItem(at, QTableWidgetItem(words))  # as wide as its words
                continue
            room = self.columnWidth(at) - look().px(18)
            lines = [
                metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in words.split("\n")
            ]
            item = QTableWidgetItem("\n".join(lines))
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.setHorizontalHeaderItem(at, item)

    def _put(
        self,
        line: int,
        at: int,
        words: str,
        *,
        bold: bool = False,
        live: bool = False,
        over: bool = False,
    ) -> None:
        item = self.item(line, at)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(line, at, item)
        item.setText(words)
        item.setFont(look().font("base", 600 if bold or live else 400, even_digits=True))
        ground, ink = ("attn", "on_attn") if over else ("ptint", "on_ptint") if live else ("surface", "ink")
        item.setBackground(look().colour(ground))
        item.setForeground(look().colour(ink))


def minutes_text(seconds: int | None, planned: int, begun: bool) -> str:
    """What an item took in whole minutes, with the minutes over: "17  +2"."""
    if not begun:
        return ""
    if not seconds:
        return "–"
    minutes = round(seconds / 60)
    return f"{minutes}  +{minutes - planned}" if minutes > planned else str(max(minutes, 1))


class TimetablePart(Part):
    """The table, a row for each meeting with what can be done, and the planning of more."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("Meetings"))
        self.lock = LockPill()
        self.head.addWidget(self.lock)
        self.table = SlotTable(bridge)
        self.list = RowList(lambda slot: SlotRow(bridge, slot))
        self.none = PlainLabel(lang("No meetings are planned yet."), tone="ink2")
        self.who, self.when = choice([]), line_edit(placeholder=f"{today()} 09:00", limit=16)
        self.why = line_edit(limit=400)
        self.plan = Button(lang("Plan"), icon="calendar")
        self.plan.clicked.connect(self.store)
        self.why_field = Field(lang("Why it comes late"), self.why)
        for part in (self.table, self.none, self.list):
            self.body.addWidget(part)
        fields = row(
            Field(lang("Meeting with"), self.who),
            Field(lang("Begins, as 2026-03-14 09:00"), self.when),
            self.why_field,
            gap=10,
        )
        self.planning = QWidget()
        self.planning.setLayout(column(fields, row(self.plan, None), gap=8))
        self.body.addWidget(self.planning)

    def store(self) -> None:
        """Plans a meeting, or one after the other for all who have none."""
        chosen, text = self.who.currentData(), self.when.text().strip()
        ids = [i for i in self._without() if chosen in (ALL, str(i))]
        slots = [
            {"supplier": supplier, "starts_at": self._time(text, place), "late_reason": self.why.text()}
            for place, supplier in enumerate(ids)
        ]
        if slots:
            self.bridge.do(actions.meeting.add_slots, lambda _ids: self.why.clear(), slots=slots)

    def _time(self, text: str, place: int) -> str:
        try:
            first = datetime.fromisoformat(text)
        except ValueError:
            return text  # the action says how it is written
        length = sum(i.minutes for i in self.dialogue.agenda_now) + BETWEEN
        return (first + place * timedelta(minutes=length)).isoformat(timespec="minutes")

    def _without(self) -> list[int]:
        now = self.dialogue
        booked = {s.supplier for s in now.slots if s.round == now.round and not s.cancelled}
        return [s.id for s in now.suppliers if s.status != "declined" and s.id not in booked]

    def refresh(self) -> None:
        now, chosen = self.dialogue, self.who.currentData()
        self.table.show_meetings()
        self.table.setVisible(bool(now.slots and now.agenda_now))
        self.none.setVisible(not now.slots)
        self.list.show_items(now.slots)
        self.lock.show_lock(self.bridge)
        wanted = [(str(i), company(now, i)) for i in self._without()]
        if len(wanted) > 1:
            wanted.insert(0, (ALL, self.lang("All who have none")))
        if wanted != [(self.who.itemData(n), self.who.itemText(n)) for n in range(self.who.count())]:
            self.who.clear()
            for value, words in wanted:
                self.who.addItem(words, value)
            self.who.setCurrentIndex(max(self.who.findData(chosen), 0))
        self.planning.setVisible(bool(wanted))
        begun = any(s.started_at for s in now.slots if s.round == now.round)
        self.why_field.setVisible(begun)

    def tick(self) -> None:
        """A second has gone."""
        if clock.running(self.dialogue) is not None:
            self.table.show_meetings()


class SlotRow(QWidget):
    """One meeting: when, with whom, how it stands, and its verbs."""

    def __init__(self, bridge: Bridge, slot: Slot) -> None:
        super().__init__()
        self.bridge, self.id = bridge, slot.id
        lang = bridge.lang
        self.when, self.who = PlainLabel(size="small", tone="ink2"), PlainLabel(weight="semibold", wrap=True)
        self.when.setMinimumWidth(look().px(128))
        self.note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.pill = Pill()
        self.start = Button(lang("Start"), role="tint", icon="play")
        self.cancel = Button(lang("Cancel the meeting"), role="quiet", icon="x")
        self.reason = line_edit(placeholder=lang("Why it was broken off"), limit=400)
        self.start.clicked.connect(self._start)
        self.cancel.clicked.connect(
            lambda: bridge.do(actions.meeting.cancel_slot, slot=self.id, reason=self.reason.text())
        )
        line = row(self.when, self.who, self.note, self.pill, self.reason, self.start, self.cancel, gap=10)
        line.setStretchFactor(self.who, 1)
        line.setStretchFactor(self.note, 2)
        self.setLayout(line)

    def _start(self) -> None:
        def begun(_result: Any) -> None:
            agenda = self.bridge.get(queries.dialogue).agenda_now
            if agenda:
                clock.move(self.bridge, self.id, agenda[0].id)

        self.bridge.do(actions.meeting.start_slot, begun, slot=self.id)

    def show_item(self, slot: Slot) -> None:
        """Shows how the meeting stands."""
        lang, now = self.bridge.lang, self.bridge.get(queries.dialogue)
        name = company(now, slot.supplier)
        self.when.setText(day_and_time(slot.starts_at, lang))
        self.who.setText(name)
        words, kind, icon = STATES[slot.state]
        self.pill.show_state(lang(words), kind, icon)
        told = [
            slot.late_reason,
            slot.deviation,
            slot.offer and lang("Offered: {what}").format(what=slot.offer),
        ]
        if slot.round != now.round:
            told.insert(0, lang("Round {n}").format(n=slot.round))
        self.note.setText(" · ".join(w for w in told if w))
        broken = slot.state == "running"
        self.cancel.setText(lang("Break off the meeting") if broken else lang("Cancel the meeting"))
        for button in (self.start, self.cancel, self.reason):
            what = button.placeholderText() if button is self.reason else button.text()
            button.setAccessibleName(f"{what}, {name}")
        self.start.setVisible(slot.state == "planned")
        self.cancel.setVisible(slot.state in ("planned", "running"))
        self.reason.setVisible(slot.state == "running")
