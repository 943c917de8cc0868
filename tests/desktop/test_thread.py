"""The red thread on the desk: both ways by mouse and keys, what is loose, filters, and the way to where it is mended."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop import helpers
from tests.desktop.need_desk import NeedDesk, no_server
from workshop_app import actions
from workshop_app.desktop.widgets import PlainLabel
from workshop_app.store import queries

Key, Button, Mod = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    no_server(monkeypatch)
    opened = NeedDesk(tmp_path, "formulate")
    QTest.mouseClick(opened.window.cockpit.top.red_thread, Button.LeftButton)
    opened.settle()
    yield opened
    opened.close()


def click(desk: NeedDesk, column: str, key: tuple[str, object]) -> None:
    one = desk.page.columns[column]
    one.view.scrollTo(one.model.index(one.model.place(key)))
    box = one.view.visualRect(one.model.index(one.model.place(key)))
    QTest.mouseClick(one.view.viewport(), Button.LeftButton, Mod.NoModifier, box.center())
    desk.settle()


def test_a_press_on_a_need_lights_its_cards_and_its_route(desk: NeedDesk) -> None:
    page, need = desk.page, desk.need(2)
    click(desk, "need", ("need", need.id))
    lit = page.columns["card"].model.lit
    assert lit >= {("card", e.card) for e in need.evidence} | {("route", need.fields["route"])}
    assert page.links() >= {(("need", need.id), ("route", need.fields["route"]))}
    assert page.columns["card"].current in lit, "the first of its cards is shown"
    click(desk, "card", ("card", need.evidence[0].card))
    assert ("need", need.id) in page.columns["need"].model.lit, "and back again"
    index = page.columns["need"].model.index(page.columns["need"].model.place(("need", need.id)))
    assert "på den här tråden" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_keys_walk_along_the_thread_in_both_directions(desk: NeedDesk) -> None:
    page, need = desk.page, desk.need(2)
    column = page.columns["need"]
    column.view.setFocus()
    column.stand_on(("need", need.id))
    desk.key(Key.Key_Right)
    assert page.key == ("route", need.fields["route"]) and page.columns["route"].view.hasFocus()
    desk.key(Key.Key_Left)
    desk.key(Key.Key_Left)
    assert page.key[0] == "heap"
    desk.key(Key.Key_Left)
    desk.key(Key.Key_Left)
    assert page.key[0] == "question"


def test_the_account_and_the_loose_ends_are_live(desk: NeedDesk) -> None:
    page = desk.page
    received = queries.balance(desk.file).received
    assert page.account.text() == f"{received} mottagna, {received} redovisade"
    before = len(page.whole.gaps)
    actions.do(desk.file, actions.ask.type_card, text="Ett kort till")
    desk.settle()
    assert page.account.text() == f"{received + 1} mottagna, {received + 1} redovisade"
    assert len(page.whole.gaps) == before + 1 and str(before + 1) in page.gap_count.text()
    node = page.whole.nodes["card", received + 1]
    index = page.columns["card"].model.index(page.columns["card"].model.place(node.key))
    assert "inte sorterat" in index.data(), "a gap is told in words, not by its colour alone"


def test_filters_leave_whole_strands_and_the_table_says_the_same(desk: NeedDesk) -> None:
    page, role = desk.page, "Drift"
    assert page.role.count() == 1, "roles that fewer than three share are no choice"
    for _ in range(3):
        helpers.join(desk.file, role)
    actions.do(desk.file, actions.ask.type_card, text="Halt i hallen", role=role)
    desk.settle()
    assert page.role.itemText(1) == role
    QTest.keyClick(page.role, Key.Key_Down)
    desk.settle()
    board = queries.board(desk.file)
    assert {board.cards[n.key[1]].role for n in page.columns["card"].model.nodes} == {role}
    page.role.setCurrentIndex(0)
    desk.press(page.only_gaps)
    assert {n.key for n in page.seen.gaps} == {n.key for n in page.whole.gaps}
    desk.press(page.as_table)
    assert page.table.isVisible() and not page.sheet.isVisible()
    assert page.table_model.rowCount() == len(page.seen.strands) and page.table_model.columnCount() == 6
    assert any(
        "i inget behov" in str(page.table_model.index(n, 1).data())
        for n in range(page.table_model.rowCount())
    )


def test_enter_on_a_card_opens_the_card_and_keys_lead_on_and_back(desk: NeedDesk) -> None:
    page, cards = desk.page, desk.page.columns["card"]
    card = desk.need(2).evidence[0]
    cards.view.setFocus()
    cards.stand_on(("card", card.card))
    page.pick(("card", card.card))
    desk.key(Key.Key_Return)
    assert desk.page is page, "the card itself, not its step"
    assert page.reader.isVisible() and card.text in page.reader.accessibleName()
    desk.key(Key.Key_Down)
    after = page.reader.card
    assert after != card.card and page.key == ("card", after) and page.reader.isVisible()
    desk.key(Key.Key_Up)
    assert page.reader.card == card.card
    desk.key(Key.Key_Escape)
    assert page.reader.isHidden() and cards.view.hasFocus() and page.key == ("card", card.card)
    desk.key(Key.Key_Return)
    desk.key(Key.Key_Right)
    assert page.reader.isHidden() and page.key[0] in ("heap", "need")
    desk.press(page.as_table)
    row = next(n for n, strand in enumerate(page.seen.strands) if strand[1] == ("card", card.card))
    page.table.setFocus()
    page.table.setCurrentIndex(page.table_model.index(row, 1))
    desk.key(Key.Key_Return)
    assert page.reader.isVisible() and page.reader.card == card.card
    desk.key(Key.Key_Return)
    assert page.reader.isHidden() and page.table.hasFocus()


@pytest.mark.parametrize(
    ("column", "kind"), [("need", "formulate"), ("goal", "goals"), ("card", "formulate")]
)
def test_enter_leads_to_where_it_is_mended(desk: NeedDesk, column: str, kind: str) -> None:
    actions.do(desk.file, actions.goals.add_goals, titles=["Alla ska med"])
    last = desk.needs[-1]
    actions.do(desk.file, actions.need.remove_evidence, need=last.id, cards=[e.card for e in last.evidence])
    desk.settle()
    page = desk.page
    node = [n for n in page.seen.column(column) if n.gaps][-1]
    view = page.columns[column].view
    view.setFocus()
    page.columns[column].stand_on(node.key)
    page.pick(node.key)
    desk.key(Key.Key_Return, Mod.ControlModifier if column == "card" else Mod.NoModifier)
    assert desk.page.step.kind == kind
    if column == "need":
        assert desk.page.list.current == node.key[1]


def test_an_empty_workshop_says_where_the_thread_begins(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workshop_app.desktop.pages.thread import ThreadPage

    helpers.look_like()
    bridge = helpers.bridge_on(helpers.session(tmp_path))
    page = ThreadPage(bridge)
    page.refresh()
    shown = [x.text() for x in page.findChildren(PlainLabel) if not x.isHidden()]
    assert not page.empty.isHidden() and page.sheet.isHidden()
    assert any("första kortet" in words for words in shown)
    page.deleteLater()
    helpers.shut(bridge)
