"""The whole window on a sample, at one of the steps that are about needs; keys and mouse are real."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop import phones
from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.settings import Settings
from workshop_app.model.need import Need
from workshop_app.store import queries

Button, Key, Mod = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier
CRITERIA = ("benefit", "anchoring", "feasibility", "risk", "market_maturity", "innovation_space")


class NeedDesk:
    """`kind` is the kind of step that is open, `name` the sample."""

    def __init__(self, folder: Path, kind: str, name: str = "nassjo_boende", code: str = "sv") -> None:
        helpers.look_like()
        self.file = helpers.sample(folder, name)
        format_ = queries.format_of(self.file)
        self.step = next(s.id for s in format_.steps if s.kind == kind)
        actions.do(self.file, actions.agenda.go_to, step=self.step)
        settings = Settings()
        settings.put(language=code)
        self.window = MainWindow(settings)
        self.window.open_file(self.file)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.settle()

    @property
    def bridge(self) -> Any:
        """The desk's bridge."""
        return self.window.bridge

    @property
    def page(self) -> Any:
        """The page on the stage."""
        assert self.window.cockpit is not None
        return self.window.cockpit.page

    @property
    def needs(self) -> tuple[Need, ...]:
        """The needs as the file has them."""
        return queries.needs(self.file)

    def need(self, number: int) -> Need:
        """One need by its number."""
        return next(n for n in self.needs if n.number == number)

    def pick(self, number: int) -> None:
        """Presses a need in the list."""
        view = self.page.list.view
        place = [line.number for line in self.page.list.model.lines].index(number)
        box = view.visualRect(self.page.list.model.index(place))
        QTest.mouseClick(view.viewport(), Button.LeftButton, Mod.NoModifier, box.center())
        self.settle()

    def press(self, button: QWidget, at: QPoint | None = None) -> None:
        """Presses a button with the mouse."""
        assert button.isVisible() and button.isEnabled(), button.accessibleName()
        QTest.mouseClick(button, Button.LeftButton, Mod.NoModifier, at or button.rect().center())
        self.settle()

    def key(self, key: Any, modifier: Any = Mod.NoModifier) -> None:
        """Presses a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, field: QWidget, words: str) -> None:
        """Writes in a field, in place of what stands there."""
        field.setFocus()
        QTest.keyClick(field, Key.Key_A, Mod.ControlModifier)
        QTest.keyClick(field, Key.Key_Delete)
        self.keys(field, words)

    @staticmethod
    def keys(field: QWidget, words: str) -> None:
        """Writes where the cursor is; QTest.keyClicks knows only ASCII."""
        for sign in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, Mod.NoModifier, sign))

    def settle(self) -> None:
        """Lets what was asked for be committed, and the page show it."""
        helpers.settle(self.bridge)
        self.file.submit(lambda tx: None, who="program").result(timeout=5)
        helpers.settle(self.bridge)

    def rate(self, need: int, votes: dict[str, list[str]], phones_here: list[str]) -> None:
        """Each phone sends its answer for one need: criterion -> one value a phone."""
        for place, phone in enumerate(phones_here):
            fields = {f"{c}@{need}": values[place] for c, values in votes.items() if place < len(values)}
            if fields:
                helpers.send(self.file, self.step, phone, **fields)

    def pause(self, on: bool = True) -> None:
        """Pauses the phones, so that all votes are shown, or opens them again."""
        agenda = actions.agenda
        actions.do(self.file, agenda.pause_phones if on else agenda.open_phones)
        self.settle()

    def close(self) -> None:
        """Closes the window, and with it the file."""
        helpers.end(self.window)


def no_server(monkeypatch: Any) -> None:
    """These tests need no phones' page."""
    monkeypatch.setattr(phones, "start_server", lambda bridge: None)
