"""The room sorts, seen from the desk: deal, watch, a second round, paper piles, and the result on the board."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtWidgets import QWidget

from tests.desktop import board_desk, helpers
from tests.desktop.sort_desk import Key, SortDesk
from workshop_app import actions
from workshop_app.actions import paper_piles, sort
from workshop_app.desktop.board import ink
from workshop_app.desktop.pages import ROOM_SORT
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.desktop.sorting import running
from workshop_app.desktop.sorting.fast import FastSortPage
from workshop_app.desktop.sorting.room import AFTER, BEFORE, NOW, RoomSortPage
from workshop_app.desktop.style import look
from workshop_app.i18n import language
from workshop_app.store import queries

PHONES = 6


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[SortDesk]:
    """Twelve cards in four sorts, six phones, nothing sorted."""
    file = helpers.session(tmp_path)
    board_desk.fill(file, 12)
    for _ in range(PHONES):
        helpers.join(file, "Upphandling")
    desk = SortDesk(file)
    yield desk
    desk.close()


def opened(desk: SortDesk) -> RoomSortPage:
    """The page, from the board's button."""
    desk.page.sorting.room.click()
    desk.settle()
    page = desk.page
    assert isinstance(page, RoomSortPage)
    return page


def dealt(desk: SortDesk) -> RoomSortPage:
    """The page with a round under way, dealt by Page Down."""
    page = opened(desk)
    desk.press(Key.Key_PageDown)
    helpers.wait_for(lambda: queries.sorting_now(desk.file))
    desk.settle()
    return page


def play(desk: SortDesk, share: float = 1.0, phones: int = PHONES) -> None:
    """Phones put cards with those that say the same: every fourth of the fixture's cards."""
    for hand in queries.sorting(desk.file).hands[:phones]:
        for card in hand.untouched[: round(len(hand.cards) * share) - len(hand.placed)]:
            told = {p.heap for p in queries.sorting(desk.file).placements if p.heap}
            same = (heap for heap in sorted(told) if heap % 4 == card % 4)
            place(desk, hand.participant, card, next(same, card))


def place(desk: SortDesk, phone: str, card: int, heap: int | None) -> None:
    """One phone's placing."""
    actions.do(desk.file, sort.place, by="phone", participant=phone, card=card, heap=heap, key=uuid4().hex)


def summed(desk: SortDesk, page: RoomSortPage) -> None:
    """The sums of this moment are on the page."""
    desk.settle()
    laid = sum(len(h.placed) for h in queries.sorting(desk.file).hands)
    helpers.wait_for(lambda: page._sums is not None and page._sums.placed == laid and not page._adding)
    desk.settle()


def test_deal_watch_and_use_the_result(desk: SortDesk) -> None:
    """From the button on the board to heaps on the board, and one Ctrl+Z back."""
    page = opened(desk)
    assert page.face == BEFORE
    assert "6 telefoner, 12 kort var" in page.start.means.text()
    page.start.hand.setValue(8)
    assert "ungefär 4 telefoner" in page.start.means.text()
    desk.press(Key.Key_PageDown)
    helpers.wait_for(lambda: queries.sorting_now(desk.file))
    desk.settle()
    assert page.face == NOW
    assert desk.show.scene() == "sorting"
    play(desk, 0.5)
    summed(desk, page)
    assert page.running.counter.value() == "24"
    assert page.running.counter.accessibleName() == "24 av 48 kort lagda"
    play(desk)
    summed(desk, page)
    assert page.running.advice.title.text() == "Alla är klara."
    page.stop()
    desk.settle()
    helpers.wait_for(lambda: page.face == AFTER and page._found is not None)
    desk.settle()
    assert not desk.board.heaps, "nothing moves by itself"
    assert desk.show.scene() != "sorting"
    page.go_on()
    desk.settle()
    assert isinstance(desk.page, GroupPage)
    assert sorted(len(h.cards) for h in desk.board.heaps) == [3, 3, 3, 3]
    assert {c.placed_by for h in desk.board.heaps for c in h.cards} == {"room"}
    # the legend tells only of signs that are on the board: figures, none weak, no hand, no guess
    assert [not line.isHidden() for line in desk.page.side.sign_lines] == [True, False, False, False]
    desk.bridge.undo()
    desk.settle()
    assert not desk.board.heaps
    assert len(desk.board.loose) == 12


def test_only_the_ticked_heaps(desk: SortDesk) -> None:
    """Heap by heap: an unticked one stays as it is on the board."""
    page = dealt(desk)
    play(desk)
    summed(desk, page)
    page.stop()
    desk.settle()
    helpers.wait_for(lambda: page.result.ticks)
    assert len(page.result.ticks) == 4
    for tick in list(page.result.ticks.values())[1:]:
        tick.setChecked(False)
    page.some.click()
    desk.settle()
    assert len(desk.board.heaps) == 1


def test_page_down_asks_once_and_deals_round_two(desk: SortDesk) -> None:
    """Some still sort: the first press asks, the second deals what is unclear; then Page Down ends."""
    page = dealt(desk)
    play(desk, 0.5, phones=1)
    summed(desk, page)
    desk.press(Key.Key_PageDown)
    assert desk.cockpit.status.words.text().startswith("Några sorterar fortfarande")
    assert queries.sorting_now(desk.file).number == 1
    desk.press(Key.Key_PageDown)
    helpers.wait_for(lambda: (now := queries.sorting_now(desk.file)) and now.number == 2)
    desk.settle()
    assert page.main.words() == "Avsluta och se resultatet"
    page._asked_at = 0.0
    desk.press(Key.Key_PageDown)
    desk.press(Key.Key_PageDown)
    helpers.wait_for(lambda: page.face == AFTER)
    assert queries.session(desk.file).current_step == desk.step, "the room is still in its step"


def test_the_clock_of_the_round(desk: SortDesk) -> None:
    """T, plus and minus mean the round while the room sorts, and the step again afterwards."""
    page = dealt(desk)
    before = page.session.now_step.extra_seconds
    desk.press(Key.Key_Plus)
    assert queries.sorting_now(desk.file).seconds == 210
    desk.press(Key.Key_Minus)
    desk.press(Key.Key_Minus)
    assert queries.sorting_now(desk.file).seconds == 150
    desk.press(Key.Key_T)
    assert queries.sorting_now(desk.file).state == "paused"
    assert page.pill.text() == "Omgång 1 är pausad"
    desk.press(Key.Key_T)
    assert queries.sorting_now(desk.file).state == "open"
    assert desk.cockpit.panel.round.isVisible()
    page.stop()
    desk.settle()
    desk.press(Key.Key_Plus)
    assert page.session.now_step.extra_seconds == before + 120
    assert desk.cockpit.panel.time.isVisible()


def test_figures_only_from_three_answers_and_never_a_name(desk: SortDesk) -> None:
    """With two answers no figures; and no phone, role or organisation is anywhere on the page."""
    page = dealt(desk)
    play(desk, phones=2)
    summed(desk, page)
    text = " ".join(w.accessibleName() for w in page.findChildren(QWidget) if w.isVisibleTo(page))
    assert " av 2" not in text
    assert "två har svarat" in text
    for word in ("Upphandling", "Björkby", *(h.participant for h in queries.sorting(desk.file).hands)):
        assert word not in text


def test_advice_follows_the_room(desk: SortDesk) -> None:
    """A phone that has not begun is spoken of as one of the room, with what happens to its cards."""
    page = dealt(desk)
    play(desk, phones=5)
    summed(desk, page)
    now, lang = queries.sorting_now(desk.file), language("sv")
    late = [p for p in page._sums.phones if p.placed == 0]
    assert len(late) == 1
    slow = tuple(type(p)(p.placed, p.dealt, 60.0) if p in late else p for p in page._sums.phones)
    sums = type(page._sums)(**{**vars(page._sums), "phones": slow})
    title, text = running.advice(sums, now, 60, lang)
    assert title == "1 telefon har inte börjat."
    assert "Om 30 s" in text
    assert running.advice(page._sums, now, -5, lang)[0] == "Tiden är slut."
    assert "1 har inte börjat" in page.running.dots.accessibleName()


def test_few_phones_are_shown_other_ways(qt_app: Any, tmp_path: Path) -> None:
    """Two phones: fast sorting and paper are proposed; piles from paper become heaps in one step."""
    file = helpers.session(tmp_path)
    board_desk.fill(file, 9, [("Hissen", 2)])
    helpers.join(file, "Upphandling")
    desk = SortDesk(file)
    try:
        page = opened(desk)
        assert page.start.few.isVisible()
        page.start.by_paper.click()
        page.piles.field.setPlainText("3, 4 och 5\n1 7\n99")
        assert page.piles.note.text() == "Det finns inget kort 99."
        assert not page.piles.enter.isEnabled()
        page.piles.field.setPlainText("3, 4 och 5\n1 7\n8")
        page.piles.enter.click()
        desk.settle()
        lying = sorted([c.id for c in h.cards] for h in desk.board.heaps)
        assert lying == [[1, 2, 7], [3, 4, 5]]
        assert page.piles.isHidden()
        desk.bridge.undo()
        desk.settle()
        assert sorted([c.id for c in h.cards] for h in desk.board.heaps) == [[1, 2]]
        page.start.by_hand.click()
        desk.settle()
        assert isinstance(desk.page, FastSortPage)
    finally:
        desk.close()


def test_piles_are_refused_in_words(desk: SortDesk) -> None:
    """A card in two piles, or no pile at all, changes nothing."""
    for piles in ([[1, 2], [2, 3]], [[4]], []):
        with pytest.raises(actions.group.Refused):
            actions.do(desk.file, paper_piles.enter_piles, piles=piles)
    assert not desk.board.heaps


def test_the_room_goes_on_while_the_leader_looks_elsewhere(desk: SortDesk) -> None:
    """Phones place while the board or another step is on the stage; the page knows when it comes back."""
    page = dealt(desk)
    play(desk, 0.5)
    desk.press(Key.Key_Escape)
    assert isinstance(desk.page, GroupPage)
    assert desk.page.sorting.room.words() == "Rummet sorterar"
    play(desk)
    actions.do(desk.file, actions.agenda.next_step, by="leader")
    desk.settle()
    assert desk.show.scene() != "sorting"
    desk.cockpit.show_step(ROOM_SORT)
    desk.settle()
    assert not page.main.isEnabled() or page.face == AFTER
    actions.do(desk.file, actions.agenda.previous_step, by="leader")
    desk.settle()
    desk.cockpit.show_step(ROOM_SORT)
    summed(desk, page)
    assert page.face == NOW
    assert page.running.dots.accessibleName() == "6 telefoner, 6 är klara, 0 har inte börjat"


def test_the_rooms_answers_come_first_in_fast_sorting(desk: SortDesk) -> None:
    """What three phones said stands before any guess, with its figures; fewer are not told in figures."""
    page = dealt(desk)
    hands = queries.sorting(desk.file).hands
    for founder in (9, 2):
        place(desk, hands[5].participant, founder, founder)
    for hand in hands[:3]:
        place(desk, hand.participant, 12, 9)
    for hand in hands[3:5]:
        place(desk, hand.participant, 11, 2)
    page.stop()
    desk.settle()
    for card in (9, 2, 1):
        actions.do(desk.file, actions.group.new_heap, by="program", cards=[card])
    desk.settle()
    page.sort_fast()
    desk.settle()
    fast = desk.page
    helpers.wait_for(lambda: fast.near.rows)
    fast.turn.queue.sort(reverse=True)
    desk.settle()
    fast._show(desk.board)
    first = fast.heaps[0]
    assert fast.turn.card == 12
    assert first.offered.words.endswith("gång 9")
    assert first.reason() == "Rummet: 3 av 3"
    assert "3 telefoner svarade: 3 lade det i" in fast.card.said.text()
    assert fast.heaps[1].reason() == "Datorn gissar, titta själv"
    fast.turn.queue.remove(12)
    fast._show(desk.board)
    assert fast.turn.card == 11
    assert first.offered.words.endswith("gång 2")
    assert first.reason() == "Rummet, färre än tre svar"
    assert fast.card.said.text() == "2 telefoner svarade."


def test_the_board_says_how_many_agree(desk: SortDesk) -> None:
    """After the sorting: figures on the cards in heaps, weak ones underlined; without it nothing."""
    page = dealt(desk)
    assert not any(spot.told for spot in desk.cockpit.pages["group", desk.step].view.placement.cards.values())
    play(desk)
    summed(desk, page)
    for hand in queries.sorting(desk.file).hands[:2]:
        place(desk, hand.participant, 12, None)
    page.stop()
    desk.settle()
    helpers.wait_for(lambda: page._found is not None and page._found.moves)
    page.go_on()
    desk.settle()
    view = desk.page.view
    assert view.placement.cards[12].told == "4 av 6"
    assert view.placement.cards[11].told == "6 av 6"
    desk.page.chosen.only(("card", 12))
    assert view.accessibleDescription().endswith("4 av 6")
    weak, sure = (ink.card_picture(view.placement.cards[card], 1.0).toImage() for card in (12, 11))
    amber = look().colour("attn_line").rgb()

    def ambers(image: Any) -> int:
        return sum(image.pixel(x, y) == amber for x in range(image.width()) for y in range(image.height()))

    assert ambers(weak) > 10
    assert ambers(sure) == 0
    doubted, agreed = desk.board.cards[12].heap, desk.board.cards[11].heap

    def heading(heap: int | None) -> int:
        return ambers(ink.heap_picture(view.placement.heaps[heap], 1.0).toImage())

    assert heading(doubted) > 3 and heading(agreed) == 0
    desk.page.show_level("themes")
    heads = view.placement.heaps
    assert (heads[doubted].told, heads[agreed].told) == ("4 av 6", "")
    assert heading(doubted) > 10 and heading(agreed) == 0
    desk.page.chosen.only(("heap", doubted))
    said = "Rummet är minst enigt om ett kort: 4 av 6"
    assert desk.page.bars.selection.words.text() == said
    assert said in view.accessibleDescription()
