"""The board's parts: where things lie, what they are called, the list, the suggestion."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.desktop import helpers
from tests.desktop.board_desk import Button, Desk, Key, Mod
from workshop_app import actions, i18n
from workshop_app.actions import suggest
from workshop_app.compounds import SOFT, softened
from workshop_app.desktop.board.bars import count_words
from workshop_app.desktop.board.move_field import matching, targets
from workshop_app.desktop.board.places import CARDS, HEAPS, THEMES, place
from workshop_app.desktop.board.text import wrap
from workshop_app.model.board import Move, NewHeap, NewTheme, Suggestion
from workshop_app.store.session_file import SessionFile

SWEDISH = i18n.language("sv")
HEAPS_MADE = (("Hissen", 4), ("Bygglov", 4), ("Upphandling", 4), ("", 3))


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two themes, four heaps with 15 cards, and three cards without a heap."""
    made = Desk(tmp_path, 18, HEAPS_MADE, themes=2)
    yield made
    made.close()


# places ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [500, 1100, 1700])
@pytest.mark.parametrize("level", [THEMES, HEAPS, CARDS])
def test_nothing_lies_on_anything_else(desk: Desk, width: int, level: str) -> None:
    laid = place(desk.board, width, level, SWEDISH)
    panels = [s.rect for s in laid.themes.values()]
    sheets = [s.rect for s in laid.heaps.values()]
    rows = [s.rect.adjusted(0, 0.5, 0, -0.5) for s in laid.cards.values()]
    for rects in (panels, sheets, rows):
        for n, one in enumerate(rects):
            assert not any(one.intersects(other) for other in rects[n + 1 :])
            assert one.left() >= 0 and one.right() <= width and one.bottom() <= laid.height
    for heap in laid.heaps.values():
        theme = heap.heap.theme
        assert theme is not None and laid.themes["theme", theme].rect.contains(heap.rect)
    assert bool(laid.cards) == (level != THEMES)


def test_all_text_is_shown_at_the_level_of_cards(desk: Desk) -> None:
    laid = place(desk.board, 1100, CARDS, SWEDISH)
    for spot in laid.cards.values():
        assert "".join("".join(spot.lines).split()) == "".join(spot.card.text.split())


def test_the_counts_add_up(desk: Desk) -> None:
    for action, more in (("park", {}), ("hide", {"reason": "noise"})):
        actions.do(desk.file, getattr(actions.group, action), cards=[16 if action == "park" else 17], **more)
    actions.do(desk.file, actions.group.merge_cards, into=1, cards=[2])
    words = count_words(desk.board, SWEDISH)
    assert words == "18 kort: 14 i högar, 1 utan, 1 parkerat, 1 dolt, 1 ihoplagt"


def test_long_words_break_at_their_joints_and_emoji_hold_together(qt_app: Any) -> None:
    helpers.look_like()
    assert softened("förfrågningsunderlaget") == f"förfrågnings{SOFT}underlaget"
    lines = wrap("förfrågningsunderlaget är ute", 110, 0, "small", people=True)
    assert lines[0] == "förfrågnings-"
    text = "👩‍👩‍👧 bor trångt 🏠 och får vänta på en större lägenhet i flera år till"
    assert "".join("".join(wrap(text, 120, 0, people=True)).split()) == "".join(text.split())
    (short,) = wrap(text, 120, 1, people=True)
    assert short.endswith("…")


def test_markup_is_shown_as_it_was_typed(desk: Desk) -> None:
    actions.do(desk.file, actions.ask.type_card, by="program", text="<b>Fet</b> & <img src=x>")
    desk.settle()
    desk.page.hands.read(19)
    assert "<b>Fet</b> & <img src=x>" in desk.page.reader.accessibleName()
    spot = place(desk.board, 900, CARDS, SWEDISH)
    assert 19 not in spot.cards  # unsorted, so few that they lie in the list beside
    assert desk.page.side.lists["loose"].cards.cards[-1].text == "<b>Fet</b> & <img src=x>"


# where to ------------------------------------------------------------------------------------------------


def test_places_are_found_by_tag_and_by_words(desk: Desk) -> None:
    every = targets(desk.board, SWEDISH, heap=False)
    assert [t.tag for t in matching(every, "2")] == ["2", "2a", "2b"]
    assert [t.drop for t in matching(every, "2b")] == [("heap", 4)]
    assert [t.drop for t in matching(every, "BYGG")] == [("heap", 2)]
    assert [t.drop for t in matching(every, "parkering")] == [("parked", 0)]
    assert matching(every, "finns inte") == []
    assert len(matching(every, "")) == len(every)


def test_zero_is_theme_ten_and_two_digits_are_one_number(qt_app: Any, tmp_path: Path) -> None:
    made = Desk(tmp_path, 12, [("", 1)] * 12, themes=12)
    try:
        every = targets(made.board, SWEDISH, heap=False)
        assert matching(every, "0")[0].drop == ("theme", 10)
        assert next(t.tag for t in matching(every, "1")) == "1"
        assert matching(every, "12")[0].drop == ("theme", 12)
        made.click(("card", 1))
        made.key(Key.Key_1)
        made.type("2a")
        made.settle()
        assert made.heap_of(1) == 12
    finally:
        made.close()


# the list ------------------------------------------------------------------------------------------------


def test_the_list_says_what_the_canvas_shows(desk: Desk) -> None:
    QTest.mouseClick(desk.page.list_button, Button.LeftButton)
    rows = desk.page.tree.rows
    names = []

    def walk(parent: QModelIndex) -> None:
        for n in range(rows.rowCount(parent)):
            index = rows.index(n, 0, parent)
            assert rows.parent(index) == parent
            names.append(index.data(Qt.ItemDataRole.AccessibleTextRole))
            walk(index)

    walk(QModelIndex())
    assert names[0] == "Tema 1, Tema nummer 1, 2 högar"
    assert names[1] == "Hög 1a, 4 kort, Hissen"
    assert names[2].startswith("Kort 1: Hissen står still")
    assert any(n.startswith("Utan hög, 3") for n in names)


def test_the_same_keys_work_in_the_list(desk: Desk) -> None:
    QTest.mouseClick(desk.page.list_button, Button.LeftButton)
    tree = desk.page.tree
    assert tree.isVisible() and tree.hasFocus()
    desk.page.chosen.only(("card", 1))
    assert tree.currentIndex().data().startswith("1  ")
    desk.key(Key.Key_Down)
    assert desk.chosen == (2,)
    desk.key(Key.Key_2)
    desk.type("b")
    desk.settle()
    assert desk.heap_of(2) == 4
    desk.page.chosen.only(("heap", 1))
    desk.key(Key.Key_F2)
    desk.type("Hissar")
    desk.key(Key.Key_Return)
    desk.settle()
    assert desk.board.heap(1).title == "Hissar"  # type: ignore[union-attr]


def test_the_canvas_tells_a_screen_reader_where_it_stands(desk: Desk) -> None:
    desk.click(("heap", 2))
    interface = QAccessible.queryAccessibleInterface(desk.page.view)
    assert interface.text(QAccessible.Text.Name) == "Tavlan"
    assert interface.text(QAccessible.Text.Description) == "Hög 2a, 4 kort, Bygglov"


# menus ---------------------------------------------------------------------------------------------------


def test_everything_that_can_be_dragged_has_a_menu(desk: Desk) -> None:
    menus = desk.page.menus

    def words(node: tuple[str, int] | None) -> str:
        desk.page.chosen.only(node)
        return "\n".join(a.text().split("\t")[0] for a in menus.menu(node).actions())

    card, heap, theme = words(("card", 1)), words(("heap", 1)), words(("theme", 1))
    for text in ("Flytta till …", "Ny hög", "Ta ut ur högen", "Parkera", "Dölj", "Läs hela kortet"):
        assert text in card
    for text in ("Byt namn", "Flytta till tema", "Lägg ihop med hög", "Lös upp högen"):
        assert text in heap
    for text in ("Byt namn", "Röst som saknas …", "Lägg ihop med tema", "Lös upp temat"):
        assert text in theme
    assert words(None).splitlines() == ["Ny hög", "Nytt tema"]


def test_joined_cards_are_taken_apart_from_the_menu(desk: Desk) -> None:
    actions.do(desk.file, actions.group.merge_cards, into=1, cards=[2])
    desk.settle()
    desk.page.chosen.only(("card", 1))
    (apart,) = [a for a in desk.page.menus.menu(("card", 1)).actions() if a.text() == "Ta isär"]
    apart.trigger()
    desk.settle()
    assert desk.board.merged == () and desk.heap_of(2) == 1


# the suggestion --------------------------------------------------------------------------------------------

OFFERED = Suggestion(
    themes=(NewTheme("t1", "Väntan"),),
    heaps=(NewHeap("h1", "Trapphus", "t1"), NewHeap("h2", "Besked", 1)),
    moves=(Move(16, "h1"), Move(17, "h1"), Move(18, "h2"), Move(1, "h2")),
    heap_themes=(),
    engine="lexical",
    seconds=0.1,
)


@pytest.fixture
def offered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The machine has answered with two heaps; card 1 was placed by hand."""
    monkeypatch.setattr(suggest, "embed_pending", lambda file, progress: 0)
    monkeypatch.setattr(suggest, "for_file", lambda file, everything=False: OFFERED)
    QTest.mouseClick(desk.page.bars.tools.suggest, Button.LeftButton)
    helpers.wait_for(lambda: desk.page.proposing.suggestion is not None)
    return desk


def test_a_suggestion_says_what_it_would_do_and_does_nothing(offered: Desk) -> None:
    words = offered.page.proposal.words.text()
    assert words == "Förslag: 2 nya högar, 1 nytt tema, 4 kort flyttas. Bygger enbart på ord."
    assert offered.page.bars.currentWidget() is offered.page.proposal
    assert offered.page.aside().currentWidget() is offered.page.panel  # type: ignore[attr-defined]
    assert set(offered.page.proposing.outlined()) == {("card", n) for n in (16, 17, 18, 1)}
    assert offered.board.loose and len(offered.board.heaps) == 4
    offered.key(Key.Key_Escape)
    assert offered.page.bars.currentWidget() is offered.page.bars.tools
    assert len(offered.board.heaps) == 4


def test_all_of_it_is_one_step_and_what_hands_placed_stays(offered: Desk) -> None:
    before = offered.board
    QTest.mouseClick(offered.page.proposal.everything, Button.LeftButton)
    offered.settle()
    assert [c.placed_by for n, c in sorted(offered.board.cards.items()) if n in (16, 17, 18)] == [
        "suggestion"
    ] * 3
    assert offered.heap_of(1) == 1
    assert [t.title for t in offered.board.themes][-1] == "Väntan"
    offered.bridge.undo()
    offered.settle()
    assert offered.board == before


def test_only_the_ticked_heaps_are_used(offered: Desk) -> None:
    offered.page.panel.ticks["h1"].setChecked(False)
    assert set(offered.page.proposing.outlined()) == {("card", 18), ("card", 1)}
    QTest.mouseClick(offered.page.proposal.some, Button.LeftButton)
    offered.settle()
    assert offered.board.cards[16].state == "loose"
    card = offered.board.cards[18]
    assert card.theme == 1 and card.placed_by == "suggestion"


def test_the_machine_itself_answers_on_words_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    desk.page.proposing.start()
    helpers.wait_for(lambda: desk.page.proposing.suggestion is not None, 20_000)
    assert "Bygger enbart på ord." in desk.page.proposal.words.text()


def test_a_first_answer_stands_while_the_rest_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words alone answer at once; the answer is replaced when all is read, unless the leader has begun to tick."""
    proposing, waiting, seen = desk.page.proposing, [80], [False]
    better = replace(OFFERED, engine="semantic", heaps=OFFERED.heaps[:1], moves=OFFERED.moves[:2])

    def read(_file: SessionFile, progress: Callable[[int, int], bool]) -> int:
        if waiting[0] > 16 or seen[0]:  # the last ones wait until the first answer has been seen
            waiting[0] -= 8
        progress(8, waiting[0] + 8)
        return 8

    monkeypatch.setattr(suggest, "embed_pending", read)
    monkeypatch.setattr(suggest, "for_file", lambda *_a, **_k: OFFERED if waiting[0] > 0 else better)
    for touched in (False, True):
        waiting[0], seen[0] = 80, False
        proposing.start()
        helpers.wait_for(lambda: proposing.suggestion is not None)
        if touched:
            desk.page.panel.ticks["h2"].setChecked(False)
        seen[0] = True
        helpers.wait_for(lambda: not proposing.reading)
        assert proposing.suggestion == (OFFERED if touched else better)
        assert desk.page.proposal.progress.isHidden()
        proposing.stop()


def test_the_computer_can_be_sent_away_and_asked_back(offered: Desk) -> None:
    QTest.mouseClick(offered.page.panel.off, Button.LeftButton)
    offered.settle()
    assert suggest.switched_off(offered.file) and not offered.page.proposing.shown
    assert offered.page.bars.tools.suggest.isHidden()
    offered.page.verbs.allow_suggestions(True)
    offered.settle()
    assert not offered.page.bars.tools.suggest.isHidden()
    assert not suggest.switched_off(offered.file)


# the bars --------------------------------------------------------------------------------------------------


def test_selecting_swaps_the_bar_in_the_same_place(desk: Desk) -> None:
    bars = desk.page.bars
    place_ = bars.geometry()
    assert bars.currentWidget() is bars.tools and bars.tools.title.text() == "2 teman, 4 högar"
    desk.click(("card", 1))
    assert bars.currentWidget() is bars.selection and bars.selection.disc.text == "1"
    assert bars.selection.buttons["join"].isHidden()
    desk.click(("card", 2), Mod.ControlModifier)
    assert not bars.selection.buttons["join"].isHidden() and bars.selection.disc.text == "2"
    assert bars.geometry() == place_
    QTest.mouseClick(bars.selection.clear, Button.LeftButton)
    assert bars.currentWidget() is bars.tools


def test_an_empty_board_says_when_cards_come(qt_app: Any, tmp_path: Path) -> None:
    made = Desk(tmp_path, 0)
    try:
        assert made.page.stack.currentWidget() is made.page.empty
        assert made.page.empty.words.text() == "Inga kort än. De kommer hit när steg 4 börjar."
        QTest.keyClick(made.page, Key.Key_G)
        made.settle()
        assert len(made.board.heaps) == 1 and made.page.stack.currentWidget() is made.page.view
    finally:
        made.close()


def test_many_unsorted_cards_lie_on_the_board_few_beside_it(qt_app: Any, tmp_path: Path) -> None:
    made = Desk(tmp_path, 30, [("", 5)])
    try:
        assert ("area", 1) in made.page.view.placement.themes
        assert made.page.side.lists["loose"].cards.cards == ()
        made.drag_on_board(("card", 20), ("heap", 1))
        assert made.heap_of(20) == 1
        made.drag(
            made.page.view.viewport(),
            made.spot(("card", 1)),
            made.page.view.viewport(),
            made.spot(("card", 25)) + QPoint(0, 2),
        )
        assert made.board.cards[1].state == "loose"
    finally:
        made.close()
