"""Tables sort side by side, from the desk: name them, deal, watch, join what is the same, and lay it on the board."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtTest import QTest

from tests.desktop import board_desk, helpers
from tests.desktop.sort_desk import Key, SortDesk
from workshop_app import actions
from workshop_app.actions import sort
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.desktop.sorting.room import AFTER, BEFORE, NOW, RoomSortPage
from workshop_app.desktop.widgets import PlainLabel
from workshop_app.store import check, queries


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[SortDesk]:
    """Twelve cards in four sorts and six phones."""
    file = helpers.session(tmp_path)
    board_desk.fill(file, 12)
    for _ in range(6):
        helpers.join(file, "Upphandling")
    desk = SortDesk(file)
    desk.page.sorting.room.click()
    desk.settle()
    yield desk
    desk.close()
    assert not check.findings(file.path)


def page(desk: SortDesk) -> RoomSortPage:
    assert isinstance(desk.page, RoomSortPage)
    return desk.page


def named(desk: SortDesk, way: str, names: str) -> None:
    """The leader chooses tables and types them."""
    choice = page(desk).start.together
    choice.way.setCurrentIndex(choice.way.findData(way))
    choice.names.setFocus()
    QTest.keyClicks(choice.names, names)
    QTest.keyClick(choice.names, Key.Key_Return)
    desk.settle()


def seat(desk: SortDesk) -> dict[str, int]:
    """Every second phone at each of the first two tables."""
    tables = queries.tables(desk.file)
    for n, phone in enumerate(queries.phones(desk.file)):
        told = {"participant": phone.participant, "table": tables[n % 2].id}
        actions.do(desk.file, actions.tables.sit, by="phone", **told)
    desk.settle()
    return dict(queries.seats(desk.file))


def dealt(desk: SortDesk) -> None:
    page(desk).main.click()
    helpers.wait_for(lambda: queries.sorting_now(desk.file))
    desk.settle()


def play(desk: SortDesk, seats: dict[str, int], lone: int = 0) -> None:
    """Each table puts together every fourth card; the first of them founds the heap."""
    for hand in queries.sorting(desk.file).hands:
        for card in hand.untouched:
            at = [p for p in queries.sorting(desk.file).placements if p.table == seats[hand.participant]]
            same = (p.heap for p in at if p.heap is not None and p.heap % 4 == card % 4)
            heap = card if card == lone else next(same, card)
            told = {"participant": hand.participant, "card": card, "heap": heap}
            actions.do(desk.file, sort.place, by="phone", key=uuid4().hex, **told)
    desk.settle()


def test_tables_are_named_dealt_to_watched_joined_and_laid_out(desk: SortDesk) -> None:
    named(desk, "all", "Norr, Syd")
    assert [t.name for t in queries.tables(desk.file)] == ["Norr", "Syd"]
    start = page(desk).start
    assert start.means.text() == "2 bord, 12 kort till varje." and start.each.isHidden()
    seats = seat(desk)
    assert start.pace.text().startswith("6 av 6 telefoner har valt bord.")
    dealt(desk)
    panel = page(desk).tables.panel
    assert page(desk).face == NOW and panel.isVisible() and desk.show.scene() == "sorting"
    play(desk, seats)
    assert [(t.placed, t.given, len(t.heaps)) for t in queries.table_sorting(desk.file)] == [(12, 12, 4)] * 2
    founder = queries.table_sorting(desk.file)[0].heaps[0].founder
    who = next(w for w, at in seats.items() if at == queries.tables(desk.file)[0].id)
    told = {"participant": who, "heap": founder, "name": "Hissen"}
    actions.do(desk.file, sort.name_heap, by="phone", key=uuid4().hex, **told)
    desk.settle()
    assert not panel.ticks  # nothing is proposed while they sort
    page(desk).main.click()
    desk.settle()
    helpers.wait_for(lambda: page(desk).face == AFTER and len(panel.ticks) == 4)
    assert all(
        tick.isChecked() for tick in panel.ticks.values()
    )  # the tables themselves put the same cards together
    assert "3 kort ligger i båda." in next(iter(panel.ticks.values())).accessibleName()
    assert not desk.board.heaps
    page(desk).main.click()
    desk.settle()
    assert isinstance(desk.page, GroupPage)
    assert sorted(len(h.cards) for h in desk.board.heaps) == [3, 3, 3, 3]
    assert {c.placed_by for h in desk.board.heaps for c in h.cards} == {"room"}
    mine = next(h for h in desk.board.heaps if h.title == "Hissen")
    assert {(o.table, o.name, o.cards) for o in mine.from_tables} == {("Norr", "Hissen", 3), ("Syd", "", 3)}
    desk.page.why.show_history(mine.cards[0].id)
    shown = " ".join(label.text() for label in desk.page.why.findChildren(PlainLabel))
    assert "Norr: Hissen, 3 kort" in shown and "Syd: utan namn, 3 kort" in shown
    desk.bridge.undo()
    desk.settle()
    assert not desk.board.heaps and len(desk.board.loose) == 12


def test_heaps_that_are_not_ticked_stay_apart_and_torn_cards_stay_without(desk: SortDesk) -> None:
    named(desk, "all", "2")
    assert [t.name for t in queries.tables(desk.file)] == ["Bord 1", "Bord 2"]
    seats = seat(desk)
    dealt(desk)
    play(desk, seats)
    page(desk).main.click()
    desk.settle()
    panel = page(desk).tables.panel
    helpers.wait_for(lambda: len(panel.ticks) == 4)
    first = next(iter(panel.ticks.values()))
    first.setChecked(False)
    desk.settle()
    assert len(panel.joined()) == 3 and not first.isChecked()  # it stays as it was left
    page(desk).main.click()
    desk.settle()
    # the two tables' heaps of the same three cards, not joined: nobody has more votes, so the cards wait
    assert sorted(len(h.cards) for h in desk.board.heaps) == [3, 3, 3] and len(desk.board.loose) == 3


def test_split_cards_are_guessed_about_and_ticked_by_the_leader(desk: SortDesk) -> None:
    named(desk, "split", "3")
    seats = seat(desk)
    dealt(desk)
    third = queries.table_sorting(desk.file)[2]
    assert (third.phones, third.given) == (0, 4)
    play(desk, seats)
    desk.press(Key.Key_PageDown)  # no phone that has cards is still sorting
    helpers.wait_for(lambda: page(desk).face == AFTER)
    desk.settle()
    panel = page(desk).tables.panel
    helpers.wait_for(lambda: page(desk).tables._compared == queries.table_sorting(desk.file))
    desk.settle()
    assert not panel.joined()  # the computer guesses, the leader ticks
    page(desk).tick_all.click()
    assert len(panel.joined()) == len(panel.ticks)
    page(desk).more.click()
    desk.settle()
    assert page(desk).face == BEFORE


def test_without_tables_there_is_nothing_to_deal_to(desk: SortDesk) -> None:
    choice = page(desk).start.together
    choice.way.setCurrentIndex(2)
    desk.settle()
    assert page(desk).start.means.text() == "Skriv vilka bord som finns." and not page(desk).main.isEnabled()
    named(desk, "all", "Norr, norr")
    assert not queries.tables(desk.file)  # told why, and what was typed is still there
    assert choice.names.text() == "Norr, norr"
