"""The board's filters, history, whys, free piles and questioned names; and the projector where nothing jumps."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.desktop import helpers
from tests.desktop.board_desk import Button, Desk, Key, Mod
from workshop_app import actions
from workshop_app.actions import suggest
from workshop_app.desktop.fading import Fader
from workshop_app.desktop.scenes.groups import slots_of
from workshop_app.desktop.style import dress
from workshop_app.model.board import Move, NewHeap, Suggestion, Tie
from workshop_app.store import queries

HEAPS = (("Hissen", 4), ("Bygglov", 4), ("Upphandling", 4), ("", 3))


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two themes, four heaps with 15 cards, and three cards without a heap."""
    made = Desk(tmp_path, 18, HEAPS, themes=2)
    yield made
    made.close()


def texts(widget: QWidget) -> str:
    """All that a widget's labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def choose(desk: Desk, name: str, value: object) -> None:
    """Chooses in one of the filters, as a press in its list would."""
    box = desk.page.finder.filters[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


# finding -----------------------------------------------------------------------------------------------


def test_others_fade_and_the_found_are_walked_through(desk: Desk) -> None:
    desk.key(Key.Key_F, Mod.ControlModifier)
    desk.type("hissen")
    finder, canvas = desk.page.finder, desk.page.view.canvas
    assert finder.ids == [1, 9, 5, 13, 17]
    assert canvas.kept == frozenset(finder.ids)
    assert canvas.marked("found") == tuple(("card", n) for n in finder.ids)
    assert desk.page.side.lists["loose"].cards.kept == frozenset(finder.ids)
    QTest.mouseClick(finder.after, Button.LeftButton)
    assert desk.chosen == (9,) and finder.count.text() == "2 av 5"
    QTest.mouseClick(finder.before, Button.LeftButton)
    assert desk.chosen == (1,)
    desk.key(Key.Key_Escape)
    assert canvas.kept is None and desk.page.side.lists["loose"].cards.kept is None


def test_filters_by_place_and_hidden_cards_are_opened_for_it(desk: Desk) -> None:
    actions.do(desk.file, actions.group.hide, cards=[18], reason="noise")
    desk.settle()
    desk.key(Key.Key_F, Mod.ControlModifier)
    choose(desk, "state", "loose")
    assert desk.page.finder.ids == [16, 17]
    choose(desk, "state", "hidden")
    assert desk.page.finder.ids == [18] and desk.chosen == (18,)
    assert desk.page.side.lists["hidden"].isVisible()


def test_roles_are_offered_only_from_three_people(desk: Desk) -> None:
    step = next(s.id for s in queries.format_of(desk.file).steps if s.makes == "card")
    actions.do(desk.file, actions.agenda.go_to, by="program", step=step)
    phones = [helpers.join(desk.file, "Upphandling") for _ in range(3)]
    lonely = helpers.join(desk.file, "Ledning")
    for role in ("Jurist", "It"):  # or who is left could be reckoned out
        helpers.join(desk.file, role)
    card = helpers.send(desk.file, step, phones[0], text="Vi hinner inte", beneficiary="barn  och unga").card
    helpers.send(desk.file, step, lonely, text="Det saknas pengar")
    desk.settle()
    desk.page.finder.open(desk.page.board)
    rows = [desk.page.finder.filters["role"].itemData(n) for n in range(1, 9)]
    assert [r for r in rows if r] == ["Upphandling"]
    choose(desk, "role", "Upphandling")
    assert desk.page.finder.ids == [card]
    choose(desk, "role", None)
    choose(desk, "beneficiary", "barn och unga")
    assert desk.page.finder.ids == [card]


# selecting ---------------------------------------------------------------------------------------------


def test_shift_reaches_from_where_one_stands(desk: Desk) -> None:
    desk.click(("card", 1))
    desk.click(("card", 4), Mod.ShiftModifier)
    assert desk.chosen == (1, 2, 3, 4)
    desk.click(("card", 2), Mod.ControlModifier)
    assert desk.chosen == (1, 3, 4)


# why and history ---------------------------------------------------------------------------------------


def test_a_card_says_why_it_lies_there_and_undo_is_told_too(desk: Desk) -> None:
    desk.click(("card", 1))
    actions.do(desk.file, actions.group.move_cards, cards=[1], heap=2)
    actions.do(desk.file, actions.group.move_cards, cards=[2], heap=2)
    desk.file.undo().result()
    desk.settle()
    desk.page.chosen.only(("card", 1))
    desk.key(Key.Key_W)
    said = texts(desk.page.why)
    assert "Varför ligger kort 1 här?" in said and "Lagt för hand" in said
    assert "Kort 1 till hög 2a" in said and "Kort 2 till" not in said
    desk.key(Key.Key_Space)
    assert desk.page.why.isHidden()
    desk.page.menus.more().actions()[3].trigger()
    said = texts(desk.page.why)
    assert "Ångrat: Flytta kort" in said and "Kort 2 till hög 2a" in said


def test_undo_gives_back_when_a_card_was_placed(desk: Desk) -> None:
    before = desk.board.cards[1].placed_at
    assert before
    actions.do(desk.file, actions.group.park, cards=[1])
    assert desk.board.cards[1].placed_at >= before
    desk.file.undo().result()
    assert desk.board.cards[1].placed_at == before
    actions.do(desk.file, actions.group.move_cards, cards=[1], heap=1)
    assert desk.board.cards[1].placed_at == before  # it lay there already


def test_why_together_tells_shared_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def ties(_file: Any, cards: list[int]) -> tuple[Tie, ...]:
        asked.append(cards)
        return (Tie(1, 5, 0.8, ("hissen", "vecka")),)

    monkeypatch.setattr(suggest, "ties", ties)
    desk.page.chosen.take([1, 5])
    desk.key(Key.Key_W)
    helpers.wait_for(lambda: "hissen, vecka" in texts(desk.page.why))
    assert asked == [[1, 5]] and "Kort 1 och 5: mycket lika." in texts(desk.page.why)


def test_the_machine_compares_a_pair_and_finds_the_nearest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    (pair,) = suggest.ties(desk.file, [1, 5])
    assert {pair.card, pair.other} == {1, 5} and pair.likeness > 0.5
    assert any(word.startswith("hiss") for word in pair.words)
    near = suggest.ties(desk.file, [1])
    assert near and all(tie.card == 1 for tie in near)
    assert suggest.ties(desk.file, [999]) == ()


# suggestions -------------------------------------------------------------------------------------------


def test_a_suggestion_is_taken_heap_by_heap_and_can_be_switched_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = Suggestion(
        themes=(),
        heaps=(NewHeap("h1", "Trapphus", 1), NewHeap("h2", "Besked", 2)),
        moves=(Move(16, "h1"), Move(17, "h1"), Move(18, "h2")),
        heap_themes=(),
        engine="lexical",
        seconds=0.1,
    )
    monkeypatch.setattr(suggest, "embed_pending", lambda file, progress: 0)
    monkeypatch.setattr(suggest, "for_file", lambda file, everything=False: offered)
    page = desk.page
    QTest.mouseClick(page.bars.tools.suggest, Button.LeftButton)
    helpers.wait_for(lambda: page.proposing.suggestion is not None)
    page.panel.one_taken.emit("h1")
    desk.settle()
    assert desk.board.cards[16].placed_by == "suggestion" and desk.board.cards[18].state == "loose"
    assert [o.key for o in page.panel.offers] == ["h2"] and page.proposing.shown
    page.panel.one_taken.emit("h2")
    desk.settle()
    assert desk.board.cards[18].state == "heap" and not page.proposing.shown
    desk.bridge.undo()
    desk.settle()
    assert desk.board.cards[18].state == "loose" and desk.board.cards[16].state == "heap"
    page.verbs.allow_suggestions(False)
    desk.settle()
    assert page.bars.tools.suggest.isHidden()
    desk.bridge.undo()
    desk.settle()
    assert not page.bars.tools.suggest.isHidden()


def test_what_the_room_placed_is_not_moved_by_a_suggestion(desk: Desk) -> None:
    heap = actions.do(
        desk.file, actions.group.new_heap, by="program", title="Rummets", cards=[16], placed_by="room"
    )
    moved = Suggestion((), (), (Move(16, 1),), (), "lexical", 0.0)
    assert actions.do(desk.file, actions.group.apply_suggestion, suggestion=moved) == 0
    assert desk.heap_of(16) == heap


# names -------------------------------------------------------------------------------------------------


def test_a_name_that_is_a_way_to_do_it_is_questioned_and_kept(desk: Desk) -> None:
    said: list[str] = []
    desk.bridge.said.connect(lambda _kind, words: said.append(words))
    desk.click(("heap", 1))
    desk.key(Key.Key_F2)
    desk.type("Bygga modulhus")
    assert desk.page.namer.question.isVisible()
    assert "modulhus" in desk.page.namer.question.title.text()
    desk.key(Key.Key_Return)
    desk.settle()
    assert not desk.page.namer.question.isVisible()
    assert desk.board.heap(1).title == "Bygga modulhus"  # type: ignore[union-attr]
    assert any("modulhus" in words and words.endswith("?") for words in said)
    desk.key(Key.Key_F2)
    desk.type("Bo kvar hemma")
    assert not desk.page.namer.question.isVisible()
    desk.key(Key.Key_Escape)


# free piles --------------------------------------------------------------------------------------------


def free(desk: Desk) -> None:
    """Lays the heaps freely, from the menu."""
    desk.page.menus.more().actions()[1].trigger()
    desk.settle()


def test_heaps_lie_free_where_they_are_put_and_one_undo_takes_them_back(desk: Desk) -> None:
    free(desk)
    view = desk.page.view
    assert view.free and {s.heap.id for s in view.placement.piles} == {1, 2, 3, 4}
    rects = [s.rect for s in view.placement.piles]
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])
    before = desk.board.heap(1)
    target = desk.empty_spot()
    desk.drag_on_board(("heap", 1), target)
    after = desk.board.heap(1)
    assert before is not None and after is not None
    assert (after.x, after.y) != (before.x, before.y) and after.theme == before.theme
    middle = view.mapFromScene(view.placement.head(("heap", 1)).center())  # type: ignore[union-attr]
    assert (middle - target).manhattanLength() < 4 or (after.x == 0 or after.y == 0)
    assert desk.file.undo_label == actions.piles.lay_heap.label
    desk.bridge.undo()
    desk.settle()
    assert desk.board.heap(1) == before
    desk.bridge.undo()
    desk.settle()
    assert not view.free and desk.board.heap(1).x is None  # type: ignore[union-attr]


def test_a_card_dropped_on_the_table_is_a_pile_there_and_a_heap_on_a_theme_moves(desk: Desk) -> None:
    free(desk)
    known = {h.id for h in desk.board.heaps}
    desk.drag_on_board(("card", 1), desk.empty_spot())
    (new,) = [h for h in desk.board.heaps if h.id not in known]
    assert new.x is not None and new.y is not None and [c.id for c in new.cards] == [1]
    desk.drag_on_board(("heap", 2), ("theme", 1))
    assert desk.board.heap(2).theme == 1  # type: ignore[union-attr]


def test_a_pile_may_be_moved_by_less_than_its_own_size(desk: Desk) -> None:
    free(desk)
    before = desk.board.heap(3)
    port = desk.page.view.viewport()
    start = desk.spot(("heap", 3))
    desk.drag(port, start, port, start + QPoint(25, 40))
    after = desk.board.heap(3)
    assert before is not None and after is not None and before.x is not None and before.y is not None
    assert (after.x, after.y) == (before.x + 25, before.y + 40)


def test_alt_and_an_arrow_move_a_pile_without_the_mouse(desk: Desk) -> None:
    free(desk)
    desk.page.chosen.only(("heap", 2))
    before = desk.board.heap(2)
    desk.key(Key.Key_Right, Mod.AltModifier)
    desk.settle()
    after = desk.board.heap(2)
    assert before is not None and after is not None and before.x is not None
    assert after.x == before.x + 24 and after.y == before.y


def test_another_copy_of_the_file_has_the_piles_too(desk: Desk) -> None:
    free(desk)
    actions.do(desk.file, actions.piles.lay_heap, heap=3, x=700, y=-5)
    heap = desk.board.heap(3)
    assert heap is not None and (heap.x, heap.y) == (700, 0)
    assert {(h["x"], h["y"]) for h in actions.transfer.whole(desk.file)["tables"]["heap"]} >= {(700, 0)}


# words typed by people -----------------------------------------------------------------------------------


def test_markup_stays_text_wherever_it_is_told(desk: Desk) -> None:
    evil = "<img src=x onerror=1><b>Fet</b>"
    card = actions.do(desk.file, actions.ask.type_card, by="program", text=evil).card
    actions.do(desk.file, actions.group.new_heap, cards=[card], title="<i>Hög</i>")
    desk.settle()
    desk.page.hands.show_menu(("card", card), QPoint(0, 0))
    desk.page.why.show_history(card)
    assert evil in texts(desk.page.why)
    assert all(
        label.textFormat().name == "PlainText" for label in desk.page.why.findChildren(QLabel) if label.text()
    )


# the projector -------------------------------------------------------------------------------------------


def test_a_new_or_dissolved_theme_moves_no_other_on_the_projector() -> None:
    assert slots_of((1, 2, 3)) == (0, 1, 2)
    assert slots_of((1, 3, 4)) == (0, 2, 3)
    assert slots_of((1, 40)) == (0, 1)


def test_what_is_new_fades_in_and_not_with_motion_turned_off(qt_app: Any) -> None:
    def picture(colour: str) -> QImage:
        image = QImage(20, 20, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        return image

    dress("light", 100, calm=False)
    widget = QWidget()
    widget.resize(20, 20)
    widget.show()
    fader = Fader(widget)
    fader.start(picture("#ffffff"))
    assert not fader.under_way  # nothing to fade from
    fader.start(picture("#000000"))
    assert fader.under_way
    fader._run.pause()
    fader._run.setCurrentTime(300)
    shown = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(shown)
    fader.paint(painter, widget.rect())
    painter.end()
    assert 60 < shown.pixelColor(5, 5).red() < 200
    dress("light", 100, calm=True)
    fader.start(picture("#ffffff"))
    assert not fader.under_way
    helpers.end(widget)
