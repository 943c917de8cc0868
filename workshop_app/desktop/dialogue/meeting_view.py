"""The meeting that runs: where it is in the agenda, its notes, and its end with a note when it took too long."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.dialogue.notes import NotesPanel
from workshop_app.desktop.dialogue.rows import company
from workshop_app.desktop.widgets import (
    Button,
    Field,
    FlowLayout,
    Heading,
    HintLine,
    PlainLabel,
    TextArea,
    TimerView,
    choice,
    column,
    row,
)
from workshop_app.model.dialogue import AgendaItem, Slot, overrun
from workshop_app.store import queries


class EndPanel(QFrame):
    """Why a meeting took longer, and what the others are offered; both are asked for before it can end."""

    asked = Signal(str, str)  # deviation, offer

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        lang = bridge.lang
        self.words = HintLine("scale", "attn")
        self.deviation, self.offer = TextArea(2, 400), TextArea(2, 400)
        self.store = Button(lang("End the meeting with this note"), role="tint", icon="check")
        self.close_ = Button(lang("Go on with the meeting"), role="quiet")
        self.store.clicked.connect(lambda: self.asked.emit(self.deviation.text(), self.offer.text()))
        self.close_.clicked.connect(self.hide)
        self.setLayout(
            column(
                self.words,
                Field(lang("Why it took longer"), self.deviation),
                Field(lang("What the other suppliers are offered"), self.offer),
                row(self.store, self.close_, None),
                gap=8,
            )
        )

    def open_for(self, over: int) -> None:
        """Opens the note; `over` = minutes over."""
        lang = self.bridge.lang
        title = lang.plural("The meeting is {n} minute over", "The meeting is {n} minutes over", over)
        text = lang("All are to have the same time. Write why, and offer the others as much.")
        self.show()
        self.words.say(title, text)
        self.deviation.setFocus()
        QTimer.singleShot(0, self._come_in_sight)

    def _come_in_sight(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)


class MeetingView(QFrame):
    """One meeting at a time, the running one by itself; held ones can be chosen for their notes."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge, self.slot_id, self.item_id = bridge, 0, 0
        lang = bridge.lang
        self.setProperty("panel", True)
        self.title = Heading(size="lead")
        self.which = choice([])
        self.which.setAccessibleName(lang("Which meeting"))
        self.which.activated.connect(lambda _i: self._choose(int(self.which.currentData())))
        self.time = TimerView("title")
        self.left = PlainLabel(lang("left of the item"), size="small", tone="ink2")
        self.warning = PlainLabel(size="small", weight="semibold", tone="on_attn", wrap=True)
        self.items: dict[int, Button] = {}
        self.strip = FlowLayout(gap=6)
        holder = QWidget()
        holder.setLayout(self.strip)
        self.next = Button(lang("Next item"), icon="arrow-right", key="Ctrl+Enter", icon_after=True)
        self.next.clicked.connect(self.next_item)
        self.notes = NotesPanel(bridge)
        self.done = QCheckBox(lang("The whole agenda was gone through"))
        self.end = Button(lang("End the meeting"), role="tint", icon="check")
        self.end.clicked.connect(self.finish)
        self.ending = EndPanel(bridge)
        self.ending.asked.connect(self._end)
        self.which.setMinimumContentsLength(22)
        head = row(self.title, self.time, self.left, self.which, gap=10)
        head.setStretchFactor(self.title, 1)
        self.setLayout(
            column(
                head,
                holder,
                self.warning,
                self.notes,
                self.ending,
                row(self.next, None, self.done, self.end, gap=12),
                gap=10,
                margins=(20, 16, 20, 18),
            )
        )
        self.ending.hide()

    # Reading ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the running meeting, or the chosen or last one that has been held."""
        now = self.bridge.get(queries.dialogue)
        begun = [s for s in now.slots if s.started_at is not None]
        live = clock.running(now)
        self.setVisible(bool(begun))
        if not begun:
            self.slot_id = 0
            return
        slot = now.slot(self.slot_id)
        if slot is None or slot.started_at is None or (live is not None and slot.state != "running"):
            slot = live or begun[-1]
        if slot.id != self.slot_id:
            self.slot_id, self.item_id = slot.id, 0
            self.ending.hide()
            self.done.setChecked(False)
        agenda = [i for i in now.agenda if i.round == slot.round]
        self._list(begun, agenda)
        self._show(slot, agenda)

    def _list(self, begun: list[Slot], agenda: list[AgendaItem]) -> None:
        now = self.bridge.get(queries.dialogue)
        wanted = [(s.id, company(now, s.supplier)) for s in begun]
        if wanted != [(self.which.itemData(n), self.which.itemText(n)) for n in range(self.which.count())]:
            self.which.clear()
            for value, words in wanted:
                self.which.addItem(words, value)
        self.which.setCurrentIndex(self.which.findData(self.slot_id))
        self.which.setVisible(len(wanted) > 1 and clock.running(now) is None)
        if [i.id for i in agenda] != list(self.items):
            while self.strip.count():
                self.strip.takeAt(0)
            for button in self.items.values():
                button.hide()
                button.deleteLater()
            self.items = {}
            for item in agenda:
                button = Button(f"{item.position}. {item.title}")
                button.setCheckable(True)
                button.clicked.connect(lambda _on=False, item=item.id: self.go_to(item))
                self.items[item.id] = button
                self.strip.addWidget(button)

    def _show(self, slot: Slot, agenda: list[AgendaItem]) -> None:
        lang, now = self.bridge.lang, self.bridge.get(queries.dialogue)
        running = clock.read(self.bridge)
        live = slot.state == "running"
        if live and running is not None and running.item in self.items:
            self.item_id = running.item
        item = next((i for i in agenda if i.id == self.item_id), agenda[0] if agenda else None)
        name = company(now, slot.supplier)
        words = lang("Meeting with {name}") if live else lang("Notes from the meeting with {name}")
        self.title.setText(words.format(name=name))
        for part in (self.next, self.done, self.end, self.time, self.left):
            part.setVisible(live)
        self.warning.setVisible(live)
        if item is not None:
            self.item_id = item.id
            for key, button in self.items.items():
                button.setChecked(key == item.id)
            self.notes.show_notes(slot, item)
            last = item.id == agenda[-1].id
            self.next.setEnabled(not last)
            if last and live:
                self.done.setChecked(self.done.isChecked() or self._all_opened(agenda))
        self.notes.setVisible(item is not None)
        self.tick()

    def _all_opened(self, agenda: list[AgendaItem]) -> bool:
        running = clock.read(self.bridge)
        opened = running.spent(self.bridge.now()) if running is not None else {}
        return all(i.id in opened for i in agenda)

    def tick(self) -> None:
        """A second has gone: shows what is left of the item, and warns when the meeting is over its time."""
        lang, now, running = self.bridge.lang, self.bridge.get(queries.dialogue), clock.read(self.bridge)
        slot = now.slot(self.slot_id)
        if slot is None or slot.state != "running":
            return
        item = next((i for i in now.agenda if i.id == self.item_id), None)
        if running is not None and item is not None:
            spent = running.spent(self.bridge.now()).get(item.id, 0)
            self.time.show_left(item.minutes * 60 - spent)
            self.left.setText(
                lang("left of the item") if spent <= item.minutes * 60 else lang("over the item")
            )
        self.warning.setText(warning(self.bridge, slot))

    # Doing ------------------------------------------------------------------------

    def _choose(self, slot: int) -> None:
        self.notes.keep()
        self.slot_id, self.item_id = slot, 0
        self.refresh()

    def go_to(self, item: int) -> None:
        """Goes to an item of the agenda; the running meeting's clock follows."""
        slot = self.bridge.get(queries.dialogue).slot(self.slot_id)
        self.notes.keep()
        self.item_id = item
        if slot is not None and slot.state == "running":
            clock.move(self.bridge, slot.id, item)
        self.refresh()

    def next_item(self) -> None:
        """Goes on to the item after this one."""
        keys = list(self.items)
        place = keys.index(self.item_id) + 1 if self.item_id in keys else 0
        if place < len(keys):
            self.go_to(keys[place])

    def finish(self) -> None:
        """Ends the meeting, or asks for the note first when it took too long."""
        slot = self.bridge.get(queries.dialogue).slot(self.slot_id)
        if slot is None:
            return
        self.notes.keep()
        took = clock.seconds(slot, self.bridge.now())
        if overrun(slot.minutes, took) and not self.ending.isVisible():
            self.ending.open_for(-(-(took - slot.minutes * 60) // 60))
        else:
            self._end(self.ending.deviation.text(), self.ending.offer.text())

    def _end(self, deviation: str, offer: str) -> None:
        running = clock.read(self.bridge)

        def ended(_result: Any) -> None:
            self.ending.deviation.clear()
            self.ending.offer.clear()
            self.ending.hide()

        self.bridge.do(
            actions.meeting.end_slot,
            ended,
            slot=self.slot_id,
            deviation=deviation,
            offer=offer,
            spent=running.spent(self.bridge.now()) if running is not None else {},
            agenda_done=self.done.isChecked() or None,
        )

    def keep(self) -> None:
        """Stores what is being written."""
        self.notes.keep()


def warning(bridge: Bridge, slot: Slot) -> str:
    """What the clock says of a running meeting near its end: it warns and never cuts."""
    lang = bridge.lang
    over = clock.seconds(slot, bridge.now()) - slot.minutes * 60
    if overrun(slot.minutes, over + slot.minutes * 60):
        return lang("More than a tenth or three minutes over. Write why, and offer the others as much time.")
    if over > 0:
        return lang("The time is up. Round off, so that all have the same time.")
    if over > -120:
        return lang("Less than two minutes left of the meeting.")
    return ""
