"""The fixed agenda of a round: the same items and minutes for every supplier, locked when the first meeting starts."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.before import LockPill
from workshop_app.desktop.dialogue.rows import Part
from workshop_app.desktop.widgets import Button, IconButton, PlainLabel, column, line_edit, number_edit, row
from workshop_app.store import queries

Items = list[dict[str, Any]]


class AgendaPart(Part):
    """Items to write in, stored together; once they are locked a change is a new round."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(
            bridge,
            lang("Fixed agenda"),
            lang("All meetings follow it, and have its length. It is locked when the first meeting starts."),
        )
        self.lock = LockPill()
        self.head.addWidget(self.lock)
        self.lines: list[AgendaLine] = []
        self._stored: Items | None = None
        self.rows: QVBoxLayout = column(gap=6)
        self.total = PlainLabel(size="small", weight="semibold")
        self.more = Button(lang("Another item"), icon="plus")
        self.own = Button(lang("Take the steps of this format"), icon="list-checks")
        self.save = Button(lang("Save the agenda"), role="tint", icon="check")
        self.round = Button(lang("Open a new round with this agenda"), icon="refresh-cw")
        self.more.clicked.connect(self._another)
        self.own.clicked.connect(self._from_format)
        self.save.clicked.connect(lambda: self._store(actions.dialogue.set_agenda))
        self.round.clicked.connect(lambda: self._store(actions.dialogue.new_round))
        self.body.addLayout(self.rows)
        self.body.addWidget(self.total)
        self.body.addLayout(row(self.more, self.own, None))
        self.body.addLayout(row(self.save, self.round, None))

    def items(self) -> Items:
        """What is written."""
        return [line.item() for line in self.lines]

    def _add(self, item: dict[str, Any]) -> "AgendaLine":
        line = AgendaLine(self.bridge, len(self.lines) + 1, item)
        line.gone.connect(lambda: self._remove(line))
        line.minutes.valueChanged.connect(lambda _n: self._count())
        self.lines.append(line)
        self.rows.addWidget(line)
        self._count()
        return line

    def _another(self) -> None:
        self._add({}).title.setFocus()

    def _remove(self, line: "AgendaLine") -> None:
        self.lines.remove(line)
        self.rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._count()

    def _show(self, items: Items) -> None:
        for line in list(self.lines):
            self._remove(line)
        for item in items:
            self._add(item)
        self._count()

    def _count(self) -> None:
        total = sum(line.minutes.value() for line in self.lines)
        self.total.setText(self.lang("Each meeting: {n} min").format(n=total))

    def _from_format(self) -> None:
        lang, format_ = self.lang, self.bridge.get(queries.format_of)
        steps = [s for s in format_.steps if s.kind == "meeting"]
        self._show(
            [
                {"title": s.title.get(lang.code), "minutes": s.minutes, "prompt": s.prompt.get(lang.code)}
                for s in steps
            ]
        )

    def _store(self, verb: Any) -> None:
        items = self.items()

        def stored(_result: Any) -> None:
            self._stored = items

        self.bridge.do(verb, stored, items=items)

    def refresh(self) -> None:
        now = self.dialogue
        items = [{"title": i.title, "minutes": i.minutes, "prompt": i.prompt} for i in now.agenda_now]
        if self._stored is None or self.items() == self._stored:  # nothing is being changed here
            if items != self.items():
                self._show(items)
            self._stored = items
        self.lock.show_lock(self.bridge)
        self.round.setVisible(now.agenda_locked_at is not None)
        meeting = any(s.kind == "meeting" for s in self.bridge.get(queries.format_of).steps)
        self.own.setVisible(meeting and not self.lines)


class AgendaLine(QWidget):
    """One item: title, minutes and what is asked."""

    gone = Signal()

    def __init__(self, bridge: Bridge, number: int, item: dict[str, Any]) -> None:
        super().__init__()
        lang = bridge.lang
        self.title = line_edit(str(item.get("title", "")), lang("Item of the agenda"), 120)
        self.prompt = line_edit(str(item.get("prompt", "")), lang("What is asked"), 400)
        self.minutes = number_edit(1, 240, int(item.get("minutes", 5)), " min")
        self.title.setAccessibleName(lang("Item {n}, title").format(n=number))
        self.prompt.setAccessibleName(lang("Item {n}, what is asked").format(n=number))
        self.minutes.setAccessibleName(lang("Item {n}, minutes").format(n=number))
        self.remove = IconButton("x", lang("Remove item {n}").format(n=number))
        self.remove.clicked.connect(self.gone)
        self.title.setCursorPosition(0)
        self.prompt.setCursorPosition(0)
        line = row(self.title, self.minutes, self.prompt, self.remove)
        line.setStretch(0, 2)
        line.setStretch(2, 3)
        self.setLayout(line)

    def item(self) -> dict[str, Any]:
        """What is written."""
        return {
            "title": self.title.text(),
            "minutes": self.minutes.value(),
            "prompt": self.prompt.text(),
        }
