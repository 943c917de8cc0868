"""One leader, one keyboard, no mouse: from a heap of cards to a need that is worded, matched, rated, routed and anchored."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop import helpers
from tests.desktop.need_desk import Key, Mod, NeedDesk, no_server
from workshop_app import actions
from workshop_app.model import rating
from workshop_app.store import queries

PARTS = {
    2: "Vaktmästare i Björkby",
    3: "få syn på en läcka innan golvet skadas",
    4: "när skolan är stängd",
    5: "salarna kan användas när terminen börjar",
    6: "En läcka är känd högst fyra timmar efter att den börjat",
    7: "Prov en gång per termin",
}


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "formulate")
    yield made
    made.close()


def tab_to(desk: NeedDesk, wanted: QWidget) -> None:
    """Tab until a widget has the focus, as somebody without a mouse must."""
    for _ in range(160):
        if QApplication.focusWidget() is wanted:
            return
        QTest.keyClick(QApplication.focusWidget() or desk.window, Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName() or type(wanted).__name__}")


def onward(desk: NeedDesk, kind: str) -> None:
    """Page Down until the room is at a kind of step."""
    for _ in range(12):
        if desk.page.step.kind == kind:
            return
        desk.key(Key.Key_PageDown)
    raise AssertionError(kind)


def test_from_cards_to_an_anchored_need_with_keys_alone(desk: NeedDesk) -> None:
    cards = [
        actions.do(desk.file, actions.ask.type_card, text=text, role=role).card
        for text, role in (
            ("Vatten rann hela lovet i gympasalen", "Drift"),
            ("Golvet var förstört i augusti", "Lärare"),
        )
    ]
    actions.do(desk.file, actions.group.new_heap, title="Läckor", cards=cards)
    desk.settle()
    page = desk.page
    tab_to(desk, page.from_heap)
    desk.key(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for _ in range(2):  # the last heap stands above the library
        QTest.keyClick(menu, Key.Key_Up)
    QTest.keyClick(menu, Key.Key_Return)
    desk.settle()
    number = max(n.number for n in desk.needs)
    assert [e.card for e in desk.need(number).evidence] == cards
    desk.keys(QApplication.focusWidget(), "!")  # the name has the focus at once
    for rung, words in PARTS.items():
        desk.key(getattr(Key, f"Key_{rung}"), Mod.AltModifier)
        desk.keys(QApplication.focusWidget(), words)
    desk.key(Key.Key_Return, Mod.ControlModifier)
    helpers.wait_for(lambda: desk.need(number).status == "ready")
    assert desk.need(number).fields["function"] == PARTS[3]
    need = desk.need(number).id

    onward(desk, "goals")
    goals = desk.page
    tab_to(desk, goals.add)
    desk.key(Key.Key_Space)
    desk.keys(QApplication.focusWidget(), "Lokalplanen")
    tab_to(desk, goals.side.titles)
    desk.keys(goals.side.titles, "Färre vattenskador")
    desk.key(Key.Key_Return, Mod.ControlModifier)
    helpers.wait_for(lambda: any(g.title == "Färre vattenskador" for g in queries.goals(desk.file)))
    desk.settle()
    tab_to(desk, goals.table)
    for _ in range(len(desk.needs)):
        desk.key(Key.Key_Down)
    desk.key(Key.Key_Home)
    for _ in range(len(queries.goals(desk.file)) - 1):
        desk.key(Key.Key_Right)
    desk.key(Key.Key_Space)
    helpers.wait_for(lambda: desk.need(number).goals)

    onward(desk, "rate")
    rate = desk.page
    tab_to(desk, rate.list.view)
    desk.key(Key.Key_End)
    assert rate.need.id == need
    tab_to(desk, rate.paper)
    desk.key(Key.Key_Space)
    for criterion in rating.CRITERIA:
        tab_to(desk, rate.votes.counts[criterion, "3"])
        desk.keys(QApplication.focusWidget(), "4")
    desk.key(Key.Key_Return, Mod.ControlModifier)
    helpers.wait_for(lambda: len(queries.ratings(desk.file)[need].spreads) == len(rating.CRITERIA))

    onward(desk, "route")
    route = desk.page
    tab_to(desk, route.list.view)
    desk.key(Key.Key_End)
    assert route.need.id == need
    tab_to(desk, route.side.recognised.hands)
    desk.key(Key.Key_Space)
    desk.keys(QApplication.focusWidget(), "5")
    desk.key(Key.Key_Return)
    helpers.wait_for(lambda: desk.need(number).recognition.yes == 5)
    desk.settle()
    for _ in range(3):  # whose daily work it is: that only phones can say
        phone = helpers.join(desk.file, "Drift")
        helpers.send(desk.file, desk.page.state.id, phone, **{f"recognise@{need}": "yes"})
    desk.settle()
    tab_to(desk, route.side.recognised.anchor)
    desk.key(Key.Key_Space)
    helpers.wait_for(lambda: desk.need(number).status == "anchored")
    tab_to(desk, route.side.hint.other)
    desk.key(Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Up)
    QTest.keyClick(menu, Key.Key_Return)
    helpers.wait_for(lambda: desk.need(number).fields["route"] == "parked")
    desk.settle()
    for field, words in ((route.reason, "Väntar på budgeten"), (route.date, "2027-01-15")):
        tab_to(desk, field)
        desk.keys(field, words)
    desk.key(Key.Key_Return, Mod.ControlModifier)
    helpers.wait_for(lambda: desk.need(number).status == "decided")

    tab_to(desk, desk.window.cockpit.top.red_thread)
    desk.key(Key.Key_Space)
    thread = desk.page
    tab_to(desk, thread.columns["card"].view)
    thread.columns["card"].stand_on(("card", cards[0]))
    desk.key(Key.Key_Return)
    assert thread.reader.isVisible()
    desk.key(Key.Key_Escape)
    desk.key(Key.Key_Right)
    desk.key(Key.Key_Right)
    assert thread.key == ("need", need)
    desk.key(Key.Key_Return)
    assert desk.page.step.kind == "formulate" and desk.page.need.id == need
