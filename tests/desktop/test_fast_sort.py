"""Fast sorting by real keys: the whole way through a sample, the way back, and presses that must not count."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtTest import QTest

from tests.desktop import board_desk, helpers
from tests.desktop.sort_desk import Key, Mod, SortDesk, gold, unsorted
from workshop_app import actions
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.desktop.sorting import fast
from workshop_app.desktop.sorting.fast import FastSortPage

DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys do not rest between cards: a test presses at once."""
    monkeypatch.setattr(fast, "REST_S", 0.0)
    monkeypatch.setattr(fast, "AGAIN_S", 0.0)


@pytest.fixture
def small(qt_app: Any, tmp_path: Path) -> Iterator[SortDesk]:
    """Twelve cards, of which four lie in two heaps with names."""
    file = helpers.session(tmp_path)
    board_desk.fill(file, 12, [("Hissen", 2), ("Bygglov", 2)], themes=1)
    desk = SortDesk(file)
    yield desk
    desk.close()


def opened(desk: SortDesk) -> FastSortPage:
    """The page after the key S, the cards compared."""
    desk.press(Key.Key_S)
    page = desk.page
    assert isinstance(page, FastSortPage)
    helpers.wait_for(lambda: page.near.rows)
    desk.settle()
    return page


def test_a_whole_room_of_cards_by_keys_alone(quick: None, qt_app: Any, tmp_path: Path) -> None:
    """54 cards: a number for a heap that is offered, G for a new one, Tab and its tag for one that is not."""
    desk = SortDesk(unsorted(tmp_path))
    try:
        page, mind = opened(desk), gold()
        where: dict[str, int] = {}
        total = len(desk.board.loose)
        assert total == 54
        while page.turn.card is not None:
            card = page.turn.card
            before = len(page.turn.queue)
            wanted = where.get(mind[card])
            shown = [b.offered.heap for b in page.heaps if b.offered is not None]
            if wanted is None:
                desk.press(Key.Key_G)
            elif wanted in shown:
                desk.press(DIGITS[shown.index(wanted)])
            else:
                tag = desk.board.tag(desk.board.heap(wanted))
                desk.press(Key.Key_Tab)
                QTest.keyClicks(page.mover.field, tag)
                desk.press(Key.Key_Return)
            assert len(page.turn.queue) == before - 1
            where[mind[card]] = desk.board.cards[card].heap
        board = desk.board
        assert not board.loose
        assert len(board.heaps) == len(set(mind.values()))
        for heap in board.heaps:
            assert len({mind[c.id] for c in heap.cards}) == 1
        assert page.side.left.text() == "0"
        assert "har en plats" in page.empty.words.text()
        for laid in range(total):  # the whole way back
            desk.press(Key.Key_Backspace)
            assert len(page.turn.queue) == laid + 1
        assert len(desk.board.loose) == total
        assert not desk.board.heaps
    finally:
        desk.close()


def test_keys_rest_after_each_card(small: SortDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second press at once must not lay a card that nobody has read."""
    monkeypatch.setattr(fast, "REST_S", 0.0)
    page = opened(small)
    first = page.turn.card
    monkeypatch.setattr(fast, "REST_S", 60.0)
    page._since = 0.0
    small.tap(Key.Key_1)
    small.tap(Key.Key_1)
    small.settle()
    small.press(Key.Key_1)
    small.press(Key.Key_Space)
    small.press(Key.Key_G)
    assert small.board.cards[first].state == "heap"
    assert len(small.board.loose) == 7
    assert len(page.turn.laid) == 1


def test_later_park_hide_and_back(quick: None, small: SortDesk) -> None:
    """Space puts off, P parks, H hides with a reason; Backspace takes each back, in turn."""
    page = opened(small)
    order = list(page.turn.queue)
    small.press(Key.Key_Space)
    assert page.turn.queue == [*order[1:], order[0]]
    small.press(Key.Key_P)
    assert small.board.cards[order[1]].state == "parked"
    small.press(Key.Key_H)
    menu = page.findChild(fast.QMenu)
    menu.actions()[3].trigger()
    small.settle()
    menu.close()
    assert small.board.cards[order[2]].reason == "noise"
    assert page.note.text() == f"Kort {order[2]} är dolt."
    for left in (7, 8, 8):
        small.press(Key.Key_Backspace)
        assert len(page.turn.queue) == left
    assert page.turn.queue == order
    small.press(Key.Key_Backspace)
    assert len(small.board.loose) == 8


def test_undo_and_redo_of_the_shell(quick: None, small: SortDesk) -> None:
    """Ctrl+Z means the card; Ctrl+Y lays it again, and then Backspace takes just that back."""
    page = opened(small)
    first, second, *_ = page.turn.queue
    small.press(Key.Key_1)
    small.press(Key.Key_G)
    small.press(Key.Key_Z, Mod.ControlModifier)
    assert page.turn.card == second
    small.press(Key.Key_Y, Mod.ControlModifier)
    assert page.turn.card not in (first, second)
    small.press(Key.Key_Backspace)
    assert page.turn.card == second
    assert small.board.cards[first].state == "heap"


def test_what_was_done_between_stays(quick: None, small: SortDesk) -> None:
    """More time was given after the card was laid: Backspace takes the card back, not the time."""
    page = opened(small)
    first = page.turn.card
    small.press(Key.Key_1)
    minutes = page.session.now_step.extra_seconds
    small.press(Key.Key_Plus)
    small.press(Key.Key_Backspace)
    assert page.turn.card == first
    assert small.board.cards[first].state == "loose"
    assert page.session.now_step.extra_seconds == minutes + 120


def test_the_order_stands_while_a_card_is_shown(quick: None, small: SortDesk) -> None:
    """New cards and new heaps do not move what lies under the keys."""
    page = opened(small)
    card, shown = page.turn.card, [b.offered.heap for b in page.heaps if b.offered]
    loose = [c.id for c in small.board.loose if c.id != card]
    actions.do(small.file, actions.group.new_heap, by="leader", cards=loose[:2])
    actions.do(small.file, actions.ask.type_card, by="program", text="Hissen står still")
    small.settle()
    assert page.turn.card == card
    assert [b.offered.heap for b in page.heaps if b.offered] == shown
    assert len(page.turn.queue) == 7
    assert not page.turn.laid
    small.press(Key.Key_2)
    assert small.board.cards[card].heap == shown[1]
    assert len([b for b in page.heaps if b.offered]) == 3


def test_a_refusal_keeps_the_card(quick: None, small: SortDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heap under the key has just been dissolved: the card stays, a sentence says why, the keys go on."""
    page = opened(small)
    card = page.turn.card
    said: list[str] = []
    small.bridge.said.connect(lambda _kind, words: said.append(words))
    monkeypatch.setattr(small.bridge, "look", lambda: None)  # the page has not heard of it
    actions.do(small.file, actions.group.remove_heap, by="program", heap=page.heaps[0].offered.heap)
    small.press(Key.Key_1)
    assert said == ["Högen finns inte längre."]
    assert page.turn.card == card
    monkeypatch.undo()
    monkeypatch.setattr(fast, "REST_S", 0.0)
    small.settle()
    small.press(Key.Key_G)
    assert small.board.cards[card].state == "heap"


def test_leaving_and_coming_back_loses_nothing(quick: None, small: SortDesk) -> None:
    """Esc, the board, another step of the room, and S again: the same card, the same way back."""
    page = opened(small)
    small.press(Key.Key_1)
    small.press(Key.Key_Space)
    card, laid = page.turn.card, list(page.turn.laid)
    small.press(Key.Key_Escape)
    assert isinstance(small.page, GroupPage)
    small.press(Key.Key_S)
    assert small.page is page
    assert (page.turn.card, page.turn.laid) == (card, laid)
    actions.do(small.file, actions.agenda.next_step, by="leader")
    small.settle()
    assert small.page.step.kind != "group"
    actions.do(small.file, actions.agenda.previous_step, by="leader")
    small.settle()
    small.press(Key.Key_S)
    assert (page.turn.card, page.turn.laid) == (card, laid)
    small.press(Key.Key_Backspace)
    small.press(Key.Key_Backspace)
    assert len(small.board.loose) == 8


def test_every_part_has_a_name_and_tab_reaches_it(small: SortDesk) -> None:
    """Card, search, heaps, new heap, later: in this order by Tab."""
    page = opened(small)
    page.card.setFocus()
    assert page.card.accessibleName().startswith("Kort ")
    small.press(Key.Key_Tab)
    assert page.mover.field.hasFocus()
    seen = []
    for _ in range(4):
        small.press(Key.Key_Tab)
        seen.append(small.cockpit.focusWidget())
    assert seen == [page.heaps[0], page.heaps[1], page.new, page.later]
    for button in (*page.heaps[:2], page.new, page.later):
        assert button.accessibleName()
        assert button.accessibleDescription() == button.key
