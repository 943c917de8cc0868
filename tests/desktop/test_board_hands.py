"""The board by mouse and by keyboard, with real drags and key presses; every step can be undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.desktop import helpers
from tests.desktop.board_desk import Button, Desk, Key, Mod

HEAPS = (("Hissen", 4), ("Bygglov", 4), ("Upphandling", 4), ("", 3))


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two themes, four heaps with 15 cards, and three cards without a heap."""
    made = Desk(tmp_path, 18, HEAPS, themes=2)
    yield made
    made.close()


@pytest.fixture
def loose(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two hundred cards and nothing else."""
    made = Desk(tmp_path, 200)
    yield made
    made.close()


# mouse -----------------------------------------------------------------------------------------------


def test_several_cards_are_dragged_onto_a_heap_and_one_undo_takes_them_back(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.click(("card", 2), Mod.ControlModifier)
    assert desk.chosen == (1, 2)
    desk.drag_on_board(("card", 1), ("heap", 2))
    assert [desk.heap_of(c) for c in (1, 2, 3)] == [2, 2, 1]
    desk.bridge.undo()
    desk.settle()
    assert [desk.heap_of(c) for c in (1, 2, 3)] == [1, 1, 1]


def test_a_card_dropped_on_a_theme_founds_a_heap_there(desk: Desk) -> None:
    before = {h.id for h in desk.board.heaps}
    desk.drag_on_board(("card", 1), ("theme", 2))
    (new,) = [h for h in desk.board.heaps if h.id not in before]
    assert new.theme == 2 and [c.id for c in new.cards] == [1]


def test_a_card_dropped_on_the_empty_board_founds_a_heap_without_a_theme(desk: Desk) -> None:
    desk.drag_on_board(("card", 1), desk.empty_spot())
    (new,) = desk.board.loose_heaps
    assert [c.id for c in new.cards] == [1]


def test_cards_are_dragged_between_board_and_side_lists(desk: Desk) -> None:
    port, sections = desk.page.view.viewport(), desk.page.side.sections
    desk.drag(port, desk.spot(("card", 1)), sections["parked"], QPoint(20, 10))
    assert desk.board.cards[1].state == "parked"
    side = desk.page.side.lists["loose"]
    assert [c.id for c in side.cards.cards] == [16, 17, 18]
    row = side.visualRect(side.cards.index(0)).center()
    desk.drag(side.viewport(), row, port, desk.spot(("heap", 2)))
    assert desk.heap_of(16) == 2


def test_a_card_dropped_on_hidden_asks_for_one_of_five_reasons(desk: Desk) -> None:
    port, sections = desk.page.view.viewport(), desk.page.side.sections
    desk.drag(port, desk.spot(("card", 1)), sections["hidden"], QPoint(20, 10))
    menu = helpers.wait_for(lambda: next((m for m in desk.page.findChildren(QMenu) if m.isVisible()), None))
    assert desk.board.cards[1].state == "heap"
    assert len([a for a in menu.actions() if a.isEnabled()]) == 5
    QTest.keyClick(menu, Key.Key_1)
    desk.settle()
    assert (desk.board.cards[1].state, desk.board.cards[1].reason) == ("hidden", "test_card")


def test_a_heap_dragged_onto_a_theme_moves_there(desk: Desk) -> None:
    desk.drag_on_board(("heap", 1), ("theme", 2))
    heap = desk.board.heap(1)
    assert heap is not None and heap.theme == 2 and desk.board.tag(heap) == "2c"


def test_a_heap_dragged_onto_a_heap_is_joined_only_after_a_yes(desk: Desk) -> None:
    desk.drag_on_board(("heap", 1), ("heap", 2))
    assert desk.page.bars.currentWidget() is desk.page.bars.question
    assert desk.board.heap(1) is not None
    desk.key(Key.Key_Escape)
    assert desk.page.bars.currentWidget() is not desk.page.bars.question
    desk.drag_on_board(("heap", 1), ("heap", 2))
    desk.key(Key.Key_J)
    desk.settle()
    assert desk.board.heap(1) is None
    joined = desk.board.heap(2)
    assert joined is not None and len(joined.cards) == 8


def test_a_drag_with_escape_lands_nowhere(desk: Desk) -> None:
    view = desk.page.view
    QTest.mousePress(view.viewport(), Button.LeftButton, Mod.NoModifier, desk.spot(("card", 1)))
    view.lift(("card", 1))
    desk.page.carry.move(view.viewport().mapToGlobal(desk.spot(("heap", 2))))
    assert desk.page.carry.drop == ("heap", 2)
    desk.key(Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Button.LeftButton, Mod.NoModifier, desk.spot(("heap", 2)))
    desk.settle()
    assert desk.heap_of(1) == 1


def test_a_lasso_takes_what_it_touches(loose: Desk) -> None:
    view = loose.page.view
    first = view.placement.cards[1].rect
    start = view.mapFromScene(first.topLeft()) - QPoint(4, 12)
    assert view.node_at(start) in (None, ("area", 1))
    loose.drag(view.viewport(), start, view.viewport(), start + QPoint(60, 90))
    assert 1 in loose.chosen and len(loose.chosen) >= 2


# keyboard ----------------------------------------------------------------------------------------------


def test_a_digit_and_a_letter_move_the_selection(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_2)
    desk.type("b")
    desk.settle()
    assert desk.heap_of(1) == 4
    assert desk.page.mover.isHidden()


def test_a_digit_and_enter_found_a_heap_in_the_theme(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_2)
    desk.key(Key.Key_Return)
    desk.settle()
    card = desk.board.cards[1]
    assert card.theme == 2 and card.heap not in (1, 2, 3, 4)


def test_a_move_can_be_left_and_by_name_too(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_2)
    desk.key(Key.Key_Escape)
    assert desk.heap_of(1) == 1 and desk.chosen == (1,)
    desk.key(Key.Key_M)
    desk.type("upphandl")
    desk.key(Key.Key_Return)
    desk.settle()
    assert desk.heap_of(1) == 3


def test_arrows_walk_extend_and_climb(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_Down)
    assert desk.chosen == (2,)
    desk.key(Key.Key_Down, Mod.ShiftModifier)
    assert desk.chosen == (2, 3)
    desk.key(Key.Key_Up, Mod.ControlModifier)
    assert desk.page.chosen.heap == 1
    desk.key(Key.Key_Up, Mod.ControlModifier)
    assert desk.page.chosen.theme == 1
    desk.key(Key.Key_Right)
    assert desk.page.chosen.theme == 2
    desk.key(Key.Key_Escape)
    assert not desk.page.chosen.anything


def test_a_selects_the_heap_and_g_splits_it(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_A)
    assert desk.chosen == (1, 2, 3, 4)
    desk.click(("card", 1))
    desk.click(("card", 2), Mod.ControlModifier)
    desk.key(Key.Key_G)
    desk.settle()
    assert desk.heap_of(1) == desk.heap_of(2) not in (None, 1)
    assert desk.board.cards[1].theme == 1
    desk.bridge.undo()
    desk.settle()
    assert desk.heap_of(1) == 1


def test_shift_g_founds_a_theme_and_asks_for_its_name(desk: Desk) -> None:
    desk.click(("heap", 1))
    desk.key(Key.Key_G, Mod.ShiftModifier)
    helpers.wait_for(lambda: not desk.page.namer.field.isHidden())
    desk.type("Drift")
    desk.key(Key.Key_Return)
    desk.settle()
    theme = desk.board.themes[-1]
    assert theme.title == "Drift" and [h.id for h in theme.heaps] == [1]


def test_join_park_take_out_and_undo(desk: Desk) -> None:
    desk.click(("card", 2))
    desk.click(("card", 1), Mod.ControlModifier)
    desk.key(Key.Key_J)
    desk.settle()
    assert [c.id for c in desk.board.merged] == [2] and desk.board.merged[0].merged_into == 1
    desk.click(("card", 3))
    desk.key(Key.Key_P)
    desk.settle()
    assert desk.board.cards[3].state == "parked"
    desk.click(("card", 4))
    desk.key(Key.Key_Delete)
    desk.settle()
    assert desk.board.cards[4].state == "loose"
    for _ in range(3):
        desk.bridge.undo()
        desk.settle()
    assert [desk.heap_of(c) for c in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_f2_renames_in_place_and_letters_are_text_there(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_F2)
    assert desk.page.namer.field.text() == "Hissen"
    desk.type("Hjp GA")
    assert desk.board.cards[1].state == "heap"
    desk.key(Key.Key_Return)
    desk.settle()
    assert desk.board.heap(1).title == "Hjp GA"  # type: ignore[union-attr]
    desk.click(("theme", 1))
    desk.key(Key.Key_F2)
    desk.type("Nytt")
    desk.key(Key.Key_Escape)
    desk.settle()
    assert desk.board.themes[0].title == "Tema nummer 1"


def test_a_missing_voice_is_noted_on_the_theme(desk: Desk) -> None:
    desk.click(("theme", 1))
    QTest.mouseClick(desk.page.bars.selection.buttons["voice"], Button.LeftButton)
    desk.type("hemvarden")
    desk.key(Key.Key_Return)
    desk.settle()
    assert desk.board.themes[0].missing_voice == "hemvarden"
    assert "hemvarden" in desk.page.view.placement.themes["theme", 1].missing


def test_a_heap_is_dissolved_after_a_question(desk: Desk) -> None:
    desk.click(("heap", 1))
    desk.key(Key.Key_Delete)
    assert desk.board.heap(1) is not None
    QTest.mouseClick(desk.page.bars.question.yes, Button.LeftButton)
    desk.settle()
    assert desk.board.heap(1) is None and desk.board.cards[1].state == "loose"


def test_space_reads_in_full_and_arrows_read_on(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.key(Key.Key_Space)
    assert not desk.page.reader.isHidden() and desk.page.reader.card == 1
    desk.key(Key.Key_Down)
    assert desk.page.reader.card == 2
    desk.key(Key.Key_Space)
    assert desk.page.reader.isHidden()


def test_find_as_you_type(loose: Desk) -> None:
    loose.key(Key.Key_F, Mod.ControlModifier)
    loose.type("bygglov gang 2")
    found = loose.page.finder.ids
    assert found and all("Bygglovet" in loose.board.cards[c].text for c in found)
    assert loose.chosen == (found[0],)
    loose.key(Key.Key_Return)
    assert loose.chosen == (found[1],)
    loose.key(Key.Key_Escape)
    assert loose.page.finder.isHidden()


def test_side_cards_are_placed_one_after_the_other(desk: Desk) -> None:
    desk.page.chosen.only(("card", 16))
    desk.page.side.lists["loose"].setFocus()
    desk.key(Key.Key_1)
    desk.type("a")
    desk.settle()
    assert desk.heap_of(16) == 1 and desk.chosen == (17,)
    desk.key(Key.Key_P)
    desk.settle()
    assert desk.board.cards[17].state == "parked" and desk.chosen == (18,)
