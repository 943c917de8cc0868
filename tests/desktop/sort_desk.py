"""A cockpit at the group step with a sample's cards, for the tests of sorting."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.cockpit import Cockpit
from workshop_app.desktop.projector import Show
from workshop_app.desktop.settings import Settings
from workshop_app.model.board import Board
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Key, Mod = Qt.Key, Qt.KeyboardModifier


class SortDesk:
    """The cockpit without the window round it; nothing lies in a heap unless a test puts it there."""

    def __init__(self, file: SessionFile, code: str = "sv") -> None:
        helpers.look_like()
        self.file = file
        step = next(s.id for s in queries.format_of(file).steps if s.kind == "group")
        actions.do(file, actions.agenda.go_to, by="program", step=step)
        self.step = step
        self.bridge = helpers.bridge_on(file, code)
        Embedder.of(self.bridge).stopped = True
        self.show = Show(self.bridge, 2.4)
        self.cockpit = Cockpit(self.bridge, self.show, Settings(), lambda **_: None)
        self.cockpit.resize(1440, 900)
        self.cockpit.show()
        self.cockpit.activateWindow()
        QTest.qWaitForWindowActive(self.cockpit)
        helpers.settle(self.bridge)

    def close(self) -> None:
        """Closes everything."""
        self.cockpit.let_go()
        helpers.end(self.cockpit)
        helpers.shut(self.bridge)

    @property
    def board(self) -> Board:
        """The board as the file has it."""
        return queries.board(self.file)

    @property
    def page(self) -> Any:
        """The page on the stage."""
        return self.cockpit.page

    def press(self, key: Any, modifier: Any = Mod.NoModifier) -> None:
        """A key goes to whatever has the focus, and what it asked for happens and is shown."""
        self.tap(key, modifier)
        self.settle()

    def tap(self, key: Any, modifier: Any = Mod.NoModifier) -> None:
        """A key, without waiting for what comes of it."""
        QTest.keyClick(QApplication.focusWidget() or self.cockpit, key, modifier)

    def settle(self) -> None:
        """What was asked for has happened and is shown."""
        self.file.submit(lambda tx: None, who="program").result(timeout=5)
        helpers.settle(self.bridge)
        helpers.settle(self.bridge)


def unsorted(folder: Path, name: str = "nassjo_boende") -> SessionFile:
    """A sample with all its cards loose, no heaps and no themes."""
    file = helpers.sample(folder, name)
    board = queries.board(file)
    for heap in board.heaps:
        actions.do(file, actions.group.remove_heap, by="program", heap=heap.id)
    for theme in board.themes:
        actions.do(file, actions.group.remove_theme, by="program", theme=theme.id)
    aside = [c.id for c in (*board.parked, *board.hidden, *board.merged)]
    if aside:
        actions.do(file, actions.group.bring_back, by="program", cards=aside)
    return file


def gold(name: str = "nassjo_boende") -> dict[int, str]:
    """What the author of a sample had in mind: card -> theme."""
    import json

    from workshop_app import resources

    path = next(p for p in resources.sample_files() if p.stem == name)
    told = json.loads(path.read_text(encoding="utf-8"))["challenges"]
    return {int(one["id"][1:]): one["theme"] or "" for one in told}
