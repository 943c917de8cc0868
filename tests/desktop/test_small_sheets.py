"""The small sheets at the desk: reached from the menu, written with keys, filled in from what is known, taken back."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.desktop import helpers
from workshop_app import actions, formats
from workshop_app.model import small_sheets
from workshop_app.store import queries

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def opened(desk: Any, sheet: str) -> Any:
    action = next(a for a in desk.cockpit.top.menu_button.menu().actions() if a.text() == "Blad")
    action.trigger()
    page = desk.cockpit.page
    page.lines[sheet].setFocus()
    QTest.keyClick(page.lines[sheet], KEY.Key_Return)
    helpers.settle(desk.bridge)
    return page


def have(desk: Any, sheet: str, need: int | None = None) -> small_sheets.Filled:
    return small_sheets.filled(formats.sheets()[sheet], need, queries.sheet_rows(desk.bridge.file))


def type_in(widget: Any, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, KEY.Key_Tab)


def test_costs_are_written_and_summed_and_unknown_is_a_tick(desk: Any) -> None:
    need = actions.do(desk.bridge.file, actions.need.new_need, title="Torra golv")
    helpers.settle(desk.bridge)
    page = opened(desk, "life_cycle")
    assert page.need == need and page.about.currentText() == "1. Torra golv"  # a sheet for needs opens on one
    form = page.form
    assert form.sums.words.text() == "Skriv hur många år det gäller, så kommer summorna här."
    type_in(form.once.widgets["years"], "10")
    purchase = form.items.inputs["purchase"].widgets["amount"]
    type_in(purchase.line, "1 250")
    QTest.keyClick(form.items.inputs["operation"].widgets["amount"].tick, KEY.Key_Space)
    helpers.wait_for(lambda: have(desk, "life_cycle", need).items.get("operation"))
    helpers.settle(desk.bridge)
    assert have(desk, "life_cycle", need).items["operation"] == {"amount": "unknown"}
    assert purchase.line.text() == "1\u00a0250"
    assert form.sums.words.text() == "Känt hittills under 10 år: 1\u00a0250. Det är inte hela kostnaden."
    assert page.lines["life_cycle"].count.text() == "1"
    type_in(purchase.line, "tusen")
    helpers.wait_for(lambda: form.items.inputs["purchase"].refused)
    helpers.settle(desk.bridge)
    assert purchase.line.text() == "tusen"  # refused, and not taken away from who wrote it
    assert have(desk, "life_cycle", need).items["purchase"] == {"amount": "1250"}
    type_in(purchase.line, "900")
    helpers.wait_for(lambda: have(desk, "life_cycle", need).items["purchase"] == {"amount": "900"})
    desk.bridge.undo()
    helpers.wait_for(lambda: have(desk, "life_cycle", need).items["purchase"] == {"amount": "1250"})
    helpers.settle(desk.bridge)
    assert purchase.line.text() == "1\u00a0250"


def test_rows_come_from_what_is_known_and_from_the_keyboard(desk: Any) -> None:
    page = opened(desk, "stakeholders")
    assert page.fetch.text() == "Fyll i det som är känt, 2 saker"  # who is missing in the room
    QTest.keyClick(page.fetch, KEY.Key_Space)
    helpers.wait_for(lambda: len(have(desk, "stakeholders").rows) == 2)
    helpers.settle(desk.bridge)
    assert not page.fetch.isEnabled() and len(page.form.rows.parts) == 2
    first = next(iter(page.form.rows.parts.values()))
    assert first.inputs.value("gap") == "Saknades i rummet"
    QTest.mouseClick(page.form.rows.add, LEFT)
    draft = page.form.rows.draft
    type_in(draft.inputs.widgets["group"], "Personal")
    type_in(draft.inputs.widgets["gain"], "lugn")  # written before the row has its number
    helpers.wait_for(
        lambda: have(desk, "stakeholders").rows[-1].fields == {"group": "Personal", "gain": "lugn"}
    )
    helpers.settle(desk.bridge)
    assert page.form.rows.draft is None and len(page.form.rows.parts) == 3
    assert draft is page.form.rows.parts[have(desk, "stakeholders").rows[-1].id]
    QTest.mouseClick(draft.up, LEFT)
    helpers.wait_for(lambda: have(desk, "stakeholders").rows[1].fields["group"] == "Personal")
    helpers.settle(desk.bridge)
    QTest.mouseClick(draft.away, LEFT)
    helpers.wait_for(lambda: len(have(desk, "stakeholders").rows) == 2)
    helpers.settle(desk.bridge)
    assert len(page.form.rows.parts) == 2
    names = [
        w.accessibleName() for part in page.form.rows.parts.values() for w in part.inputs.widgets.values()
    ]
    assert all(names)


def test_a_new_row_is_whole_although_another_sheet_is_opened_at_once(desk: Any) -> None:
    page = opened(desk, "risks")
    QTest.mouseClick(page.form.rows.add, LEFT)
    fields = page.form.rows.draft.inputs.widgets
    type_in(fields["what"], "brand")
    fields["carrier"].setFocus()
    QTest.keyClicks(fields["carrier"], "kommunen")
    page.choose(formats.sheets()["success_factors"])  # before the row has its number
    whole = {"what": "brand", "carrier": "kommunen"}
    helpers.wait_for(lambda: [r.fields for r in have(desk, "risks").rows] == [whole])


def test_what_is_being_written_is_kept_when_the_page_goes_and_printed(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(desk, "success_factors")
    note = page.form.items.inputs["market"].widgets["note"]
    note.setFocus()
    QTest.keyClicks(note, "dialog i maj")
    target = tmp_path / "blad.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    QTest.mouseClick(page.save_button, LEFT)
    helpers.wait_for(target.exists)
    assert have(desk, "success_factors").items["market"] == {"note": "dialog i maj"}
    QTest.mouseClick(page.back, LEFT)
    helpers.settle(desk.bridge)
    assert desk.cockpit.viewed == ""
