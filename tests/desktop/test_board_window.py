"""The board inside the whole window: its keys live beside the shell's, and Ctrl+Z belongs to the shell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import board_desk, helpers
from workshop_app import actions
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.cockpit import Cockpit
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.desktop.projector import Show
from workshop_app.desktop.settings import Settings
from workshop_app.store import queries

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Whole:
    """A cockpit at the group step, without the window round it."""

    def __init__(self, folder: Path) -> None:
        helpers.look_like()
        file = helpers.session(folder)
        board_desk.fill(file, 10, [("Hissen", 4), ("Bygglov", 3), ("", 2)], themes=2)
        step = next(s.id for s in queries.format_of(file).steps if s.kind == "group")
        actions.do(file, actions.agenda.go_to, by="program", step=step)
        self.bridge = helpers.bridge_on(file)
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


@pytest.fixture
def window(qt_app: Any, tmp_path: Path) -> Iterator[Whole]:
    """The cockpit at the group step with three heaps in two themes."""
    whole = Whole(tmp_path)
    yield whole
    whole.close()


def page(window: Whole) -> GroupPage:
    """The page on the stage."""
    found = window.cockpit.page
    assert isinstance(found, GroupPage)
    return found


def press(window: Whole, key: Any, modifier: Any = Mod.NoModifier) -> None:
    """A key goes to whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or window.cockpit, key, modifier)
    done(window)


def done(window: Whole) -> None:
    """What was asked for has happened and is shown."""
    window.bridge.file.submit(lambda tx: None, who="program").result(timeout=5)
    helpers.settle(window.bridge)
    helpers.settle(window.bridge)


def test_a_digit_then_b_moves_a_card_and_never_blacks_the_projector(window: Whole) -> None:
    board = page(window)
    assert QApplication.focusWidget() is board.view
    board.chosen.only(("card", 1))
    press(window, Key.Key_1)
    QTest.keyClicks(QApplication.focusWidget(), "b")
    done(window)
    assert queries.board(window.bridge.file).cards[1].heap == 3
    assert not window.show.black
    assert QApplication.focusWidget() is board.view
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert queries.board(window.bridge.file).cards[1].heap == 1


def test_escape_leaves_the_board_step_by_step_before_the_shell_hears_it(
    window: Whole,
) -> None:
    board = page(window)
    board.chosen.only(("card", 1))
    press(window, Key.Key_F, Mod.ControlModifier)
    assert not board.finder.isHidden()
    press(window, Key.Key_Escape)
    assert board.finder.isHidden() and board.chosen.cards == (1,)
    press(window, Key.Key_2)
    press(window, Key.Key_Escape)
    assert board.mover.isHidden() and board.chosen.cards == (1,)
    press(window, Key.Key_Space)
    press(window, Key.Key_Escape)
    assert board.reader.isHidden() and board.chosen.cards == (1,)
    board.verbs.ask_merge_heaps(1, 2)
    press(window, Key.Key_Escape)
    assert board.bars.currentWidget() is board.bars.selection
    press(window, Key.Key_Escape)
    assert board.chosen.cards == ()


def test_letters_work_wherever_the_focus_is_but_in_a_field(window: Whole) -> None:
    board = page(window)
    board.chosen.only(("card", 1))
    board.list_button.setFocus()
    press(window, Key.Key_P)
    assert queries.board(window.bridge.file).cards[1].state == "parked"
    board.chosen.only(("heap", 1))
    press(window, Key.Key_F2)
    press(window, Key.Key_P)
    assert len(queries.board(window.bridge.file).parked) == 1
    press(window, Key.Key_Escape)


def test_the_side_column_makes_room_for_a_suggestion_and_takes_it_back(
    window: Whole,
) -> None:
    board = page(window)
    before = board.aside().width()
    board._aside.turn(1)
    helpers.settle()
    assert board.aside().width() > before
    board._aside.turn(0)
    helpers.settle()
    assert board.aside().width() == before
