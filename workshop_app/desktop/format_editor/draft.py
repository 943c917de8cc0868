"""The format that is being written: its tables, what can be undone, and what does not hold in it yet."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from workshop_app.actions import format_file
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.reading import read_data
from workshop_app.formats.table import Fault
from workshop_app.model.trouble import Trouble

Tables = Mapping[str, Any]

CHECK_MS, KEEP_MS = 150, 800  # after a letter: when it is checked, and when the draft is written
MOST = 500  # steps back


class Draft(QObject):
    """`name` is what the draft is kept under, `was` the id of the own format it changes ("" for a new one)."""

    shown = Signal()  # other parts than before: draw again
    checked = Signal()  # other faults, minutes or words

    def __init__(self, name: str, data: Tables, was: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name, self.data, self.was = name, data, was
        self.faults: tuple[Fault, ...] = read_data(data).faults
        self.trouble: Trouble | None = None
        self._kept: Tables = data
        self._back: list[Tables] = []
        self._ahead: list[Tables] = []
        self._edit: Place | None = None
        self._check, self._keep = QTimer(self), QTimer(self)
        for timer, wait, then in ((self._check, CHECK_MS, self.check), (self._keep, KEEP_MS, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)

    def get(self, place: Place, default: Any = None) -> Any:
        """What stands at a place."""
        return changes.get(self.data, place, default)

    def write(self, place: Place, value: Any) -> None:
        """Another value at a place; what is typed at one place without a rest is one step to undo."""
        if value != self.get(place):
            self._step(changes.put(self.data, place, value), place)
            self._check.start()

    def rest(self) -> None:
        """What is typed from here on is a step of its own."""
        self._edit = None

    def change(self, how: Callable[..., Tables], *args: Any) -> None:
        """Another arrangement, `how(tables, …)`: everything is drawn again."""
        changed = how(self.data, *args)
        if changed != self.data:
            self._step(changed, None)
            self._show()

    def _step(self, data: Tables, edit: Place | None) -> None:
        if edit is None or edit != self._edit:
            self._back = [*self._back, self.data][-MOST:]
        self.data, self._edit = data, edit
        self._ahead.clear()
        self._keep.start()

    def undo(self) -> bool:
        """Takes the last step back; whether there was one."""
        return self._go(self._back, self._ahead)

    def redo(self) -> bool:
        """Does the step again that was taken back last."""
        return self._go(self._ahead, self._back)

    def _go(self, source: list[Tables], target: list[Tables]) -> bool:
        if not source:
            return False
        target.append(self.data)
        self.data, self._edit = source.pop(), None
        self._keep.start()
        self._show()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to do again."""
        return bool(self._ahead)

    def _show(self) -> None:
        self.shown.emit()
        self.check()

    def check(self) -> None:
        """Looks through everything as if it were read from a file."""
        self._check.stop()
        self.faults = read_data(self.data).faults
        self.checked.emit()

    def keep(self) -> None:
        """Writes the draft down if it has changed since; a disk that says no is told, and asked again later."""
        self._keep.stop()
        if self.data is self._kept:
            return
        try:
            format_file.keep(self.name, self.data)
            self._kept, self.trouble = self.data, None
        except Trouble as trouble:
            self.trouble = trouble
        self.checked.emit()

    def done(self) -> None:
        """The format is saved: the draft is no longer needed."""
        self._keep.stop()
        self._kept = self.data
        format_file.drop(self.name)
