"""What the tables have written, on the desk: compared, taken over whole or in part, and counted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtWidgets import QApplication, QMenu

from tests.desktop import helpers
from tests.desktop.need_desk import Key, NeedDesk, no_server
from workshop_app.store import queries

WORDS = {
    "who": "barn",
    "function": "röra sig på torrt golv",
    "situation": "när de kommer in från regn",
    "effect": "de kan leka utan att halka",
    "requirement": "golvet är torrt inom tio minuter",
}


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """The sample from Nässjö at the step where needs are written."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "formulate")
    yield made
    made.close()


def send(desk: NeedDesk, table: str, **fields: str) -> Any:
    """A table's scribe sends a draft; its receipt."""
    phone = helpers.join(desk.file, "Drift och fastighet")
    receipt = helpers.send(desk.file, desk.step, phone, **{**WORDS, "table": table, **fields})
    desk.settle()
    return receipt


def test_drafts_come_by_heap_and_become_needs_by_keyboard(desk: NeedDesk) -> None:
    page = desk.page
    heap = next(h for h in queries.board(desk.file).heaps if h.cards)
    assert page.from_tables.words() == "Från borden, 0 väntar"
    one, two = (
        send(desk, "Bord <1>", heap=str(heap.id)),
        send(desk, "Bord 2", heap=str(heap.id), who="små barn"),
    )
    loose = send(desk, "", function="köpa en robot som torkar golvet")
    assert page.from_tables.words() == "Från borden, 3 väntar"
    desk.pick(4)
    page.from_tables.setFocus()
    desk.key(Key.Key_Space)
    assert page.tables.isVisible() and not page.work.isVisible()
    assert list(page.tables.cards) == [one.answer, two.answer, loose.answer]

    card = page.tables.cards[two.answer]
    card.part.setFocus()
    desk.key(Key.Key_Space)
    (menu,) = card.findChildren(QMenu)
    part = next(a for a in menu.actions() if a.text().startswith("Vem"))
    menu.close()
    part.trigger()
    desk.settle()
    assert desk.need(4).fields["who"] == "små barn"
    assert page.from_tables.words() == "Från borden, 2 väntar"

    page.tables.cards[one.answer].take.setFocus()
    desk.key(Key.Key_Space)
    assert page.work.isVisible() and page.need.number == 9 and not page.from_tables.isChecked()
    assert QApplication.focusWidget() is page.title.field
    made = desk.need(9)
    assert made.heap == heap.id and {e.card for e in made.evidence} == {c.id for c in heap.cards}
    assert made.fields["requirement"] == WORDS["requirement"] and made.status == "draft"
    desk.press(page.from_tables)
    assert page.tables.cards[one.answer].draft.used == ((9, ""),)
    desk.bridge.undo()
    desk.settle()
    assert [n.number for n in desk.needs] == list(range(1, 9))
    assert page.tables.cards[one.answer].draft.waiting


def test_the_heaps_cards_stand_beside_the_drafts_when_asked_for(desk: NeedDesk) -> None:
    heap = next(h for h in queries.board(desk.file).heaps if h.cards)
    send(desk, "Bord 1", heap=str(heap.id))
    desk.press(desk.page.from_tables)
    before = desk.page.tables.body.count()
    desk.page.tables._fold(heap.id)
    assert desk.page.tables.body.count() == before + len(heap.cards)


def test_without_drafts_the_page_says_how_they_come(desk: NeedDesk) -> None:
    desk.press(desk.page.from_tables)
    assert desk.page.tables.empty.isVisible()
    desk.pick(5)
    assert desk.page.work.isVisible() and not desk.page.tables.isVisible()
