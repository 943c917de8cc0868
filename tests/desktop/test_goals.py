"""Needs and goals: added by lines, marked by mouse and by Space, and what is left on either side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import helpers
from tests.desktop.need_desk import Button, Key, Mod, NeedDesk, no_server
from workshop_app import actions
from workshop_app.desktop.widgets import IconButton
from workshop_app.store import queries


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """The sample with three goals and ten needs, two of them matched."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "goals", "skane_digital_golv")
    yield made
    made.close()


@pytest.fixture
def bare(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """Eight needs and no goals."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "goals")
    yield made
    made.close()


def press_cell(desk: NeedDesk, row: int, column: int) -> None:
    table = desk.page.table
    box = table.visualRect(table.goals.index(row, column))
    QTest.mouseClick(table.viewport(), Button.LeftButton, Mod.NoModifier, box.center())
    desk.settle()


def spoken(desk: NeedDesk, row: int, column: int) -> str:
    model = desk.page.table.goals
    return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))


def test_goals_are_added_one_a_line_with_their_source(bare: NeedDesk) -> None:
    assert bare.page.empty.isVisible() and not bare.page.table.isVisible()
    bare.press(bare.page.first)
    assert QApplication.focusWidget() is bare.page.side.source
    bare.keys(bare.page.side.source, "Handlingsplan för boende")
    bare.key(Key.Key_Tab)
    bare.keys(bare.page.side.titles, "Fler bostäder")
    bare.key(Key.Key_Return)
    bare.keys(bare.page.side.titles, "  Trygga äldre ")
    bare.key(Key.Key_Return, Mod.ControlModifier)
    assert [(g.source, g.title) for g in queries.goals(bare.file)] == [
        ("Handlingsplan för boende", "Fler bostäder"),
        ("Handlingsplan för boende", "Trygga äldre"),
    ]
    assert bare.page.table.isVisible() and not bare.page.empty.isVisible()
    assert bare.page.side.titles.text() == "" and not bare.page.side.form.isVisible()
    bare.key(Key.Key_Z, Mod.ControlModifier)
    assert queries.goals(bare.file) == ()


def test_goals_that_are_written_and_not_added_survive_a_closed_window(bare: NeedDesk) -> None:
    bare.press(bare.page.first)
    bare.keys(bare.page.side.titles, "Fler bostäder")
    bare.page.keep()
    bare.settle()
    assert [g.title for g in queries.goals(bare.file)] == ["Fler bostäder"]


def test_a_cell_is_marked_by_mouse_and_unmarked_again(desk: NeedDesk) -> None:
    goal = queries.goals(desk.file)[2].id
    press_cell(desk, 4, 2)
    assert desk.need(5).goals == (goal,)
    assert spoken(desk, 4, 2).startswith("5. ") and "bidrar" in spoken(desk, 4, 2)
    press_cell(desk, 4, 2)
    assert desk.need(5).goals == ()
    assert "bidrar inte" in spoken(desk, 4, 2)


def test_arrows_and_space_mark_and_ctrl_z_takes_it_back(desk: NeedDesk) -> None:
    table = desk.page.table
    table.setFocus()
    table.setCurrentIndex(table.goals.index(2, 0))
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Right)
    desk.key(Key.Key_Space)
    assert desk.need(4).goals == (queries.goals(desk.file)[1].id,)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (3, 1), "the cell in use stays"
    desk.key(Key.Key_Z, Mod.ControlModifier)
    assert desk.need(4).goals == ()


def test_none_of_the_goals_takes_the_marks_away_and_a_mark_takes_it_away(desk: NeedDesk) -> None:
    last = len(queries.goals(desk.file))
    press_cell(desk, 4, 0)
    press_cell(desk, 4, last)
    assert desk.need(5).no_goal and desk.need(5).goals == ()
    press_cell(desk, 4, 0)
    assert not desk.need(5).no_goal and len(desk.need(5).goals) == 1


def test_what_phones_say_is_a_small_count_and_never_a_mark(desk: NeedDesk) -> None:
    need, goal = desk.need(6), queries.goals(desk.file)[0]
    for _ in range(2):
        helpers.send(
            desk.file, desk.step, helpers.join(desk.file, "Drift"), **{f"goals@{need.id}": str(goal.id)}
        )
    desk.settle()
    assert "2 telefoner säger så" in spoken(desk, 5, 0)
    assert desk.need(6).goals == ()


def test_both_sides_are_listed_until_they_are_matched(desk: NeedDesk) -> None:
    side = desk.page.side
    untouched = [g for g in queries.goals(desk.file) if not any(g.id in n.goals for n in desk.needs)]
    assert side.untouched.text.text() == "\n".join(g.title for g in untouched)
    assert f"5. {desk.need(5).title}" in side.uncovered.text.text()
    press_cell(desk, 4, 2)
    assert f"5. {desk.need(5).title}" not in side.uncovered.text.text()
    last = len(queries.goals(desk.file))
    press_cell(desk, 5, last)
    assert f"6. {desk.need(6).title}" not in side.uncovered.text.text(), "said aloud that it serves none"


def test_a_goal_is_removed_unless_something_points_at_it(desk: NeedDesk) -> None:
    words: list[str] = []
    desk.bridge.said.connect(lambda _kind, text: words.append(text))
    served = next(g for g in queries.goals(desk.file) if any(g.id in n.goals for n in desk.needs))
    free = next(g for g in queries.goals(desk.file) if not any(g.id in n.goals for n in desk.needs))
    for goal in (served, free):
        button = next(b for b in desk.page.side.findChildren(IconButton) if goal.title in b.accessibleName())
        desk.press(button)
    assert served in queries.goals(desk.file) and free not in queries.goals(desk.file)
    assert any("Behov eller svar" in w for w in words), words


def test_the_headings_show_the_whole_of_a_long_goal(desk: NeedDesk) -> None:
    table = desk.page.table
    header = table.horizontalHeader()
    for section in range(table.goals.columnCount()):
        assert header.height() >= header.sectionSizeFromContents(section).height() - 1
        assert table.columnWidth(section) >= 132


def test_a_file_is_looked_through_before_its_goals_are_added(bare: NeedDesk, tmp_path: Path) -> None:
    path = tmp_path / "Plan för boende.csv"
    path.write_text(
        "Nr;Mål\n1;Fler bostäder\n2;Innehåll\n3;Trygga äldre\n4;Fler bostäder\n", encoding="utf-8"
    )
    side = bare.page.side
    side.open_file(path)
    helpers.wait_for(side.titles.text)
    assert side.titles.text() == "Fler bostäder\nInnehåll\nTrygga äldre"
    assert side.source.text() == "Plan för boende" and side.form.isVisible()
    assert side.told.text().startswith("3 mål läggs till.") and "1 rad stod två gånger" in side.told.text()
    bare.page.keep()
    bare.settle()
    assert queries.goals(bare.file) == (), "nothing is added unseen"
    bare.type(side.titles, "Fler bostäder")
    bare.key(Key.Key_Return, Mod.ControlModifier)
    assert [(g.source, g.title) for g in queries.goals(bare.file)] == [("Plan för boende", "Fler bostäder")]
    side.open_file(path)
    helpers.wait_for(side.titles.text)
    assert side.told.text().startswith("2 mål läggs till. 1 finns redan")


def test_a_file_that_is_no_list_says_why(bare: NeedDesk, tmp_path: Path) -> None:
    said: list[str] = []
    bare.bridge.said.connect(lambda _kind, words: said.append(words))
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7")
    bare.page.side.open_file(path)
    helpers.wait_for(lambda: said)
    assert said[-1].startswith("Det går inte att läsa mål ur plan.pdf")


def test_suggestions_are_asked_about_and_never_stored(
    bare: NeedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    titles = ["Bo kvar trots nedsatt rörlighet", "Kommunen är klimatneutral", "Förskoleplats i tid"]
    actions.do(bare.file, actions.goals.add_goals, titles=titles, source="Plan")
    bare.settle()
    page = bare.page
    assert not page.next.isEnabled()
    bare.press(page.suggest)
    helpers.wait_for(page.next.isEnabled)
    assert not any(n.goals for n in bare.needs)
    page.table.setFocus()
    bare.key(Key.Key_N)
    at = page.table.currentIndex()
    assert page.table.goals.asked(at) and "föreslaget" in spoken(bare, at.row(), at.column())
    bare.key(Key.Key_Space)
    need = bare.needs[at.row()]
    assert need.goals == (queries.goals(bare.file)[at.column()].id,)
    assert "föreslaget" not in spoken(bare, at.row(), at.column())
    assert sum(len(n.goals) for n in bare.needs) == 1


def test_the_table_ends_with_its_last_row_and_needs_no_bars_where_all_has_room(desk: NeedDesk) -> None:
    table = desk.page.table
    desk.window.resize(1920, 1080)
    desk.settle()
    last = table.visualRect(table.goals.index(table.goals.rowCount() - 1, 0))
    assert 0 <= table.viewport().height() - last.bottom() <= 2
    assert not table.horizontalScrollBar().isVisible() and not table.verticalScrollBar().isVisible()
