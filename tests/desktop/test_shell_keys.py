"""The keys of a leader who stands up, pressed for real."""

from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.store import queries

Key = Qt.Key


def room_step(desk: Any) -> str:
    return queries.session(desk.bridge.file).current_step


def go(desk: Any, step: str, clock: bool = True) -> None:
    actions.do(desk.bridge.file, actions.agenda.go_to, step=step)
    if clock:
        actions.do(desk.bridge.file, actions.agenda.resume_clock)
    helpers.settle(desk.bridge)


def press(desk: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk, key, modifier)
    helpers.settle(desk.bridge)


def test_page_down_asks_once_while_there_is_time_and_goes_the_second_time(desk: Any) -> None:
    go(desk, "challenges")
    press(desk, Key.Key_PageDown)
    assert room_step(desk) == "challenges"
    assert desk.cockpit.status.isVisible()
    assert "Page Down" in desk.cockpit.status.words.text()
    press(desk, Key.Key_PageDown)
    helpers.wait_for(lambda: room_step(desk) == "read")
    helpers.wait_for(lambda: type(desk.cockpit.page).__name__ == "ReadPage")


def test_page_down_goes_at_once_when_the_time_is_up(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    go(desk, "challenges")
    later = desk.bridge.now() + timedelta(minutes=21)
    monkeypatch.setattr(desk.bridge, "now", lambda: later)
    press(desk, Key.Key_PageDown)
    helpers.wait_for(lambda: room_step(desk) == "read")


def test_undo_takes_the_room_back_a_step(desk: Any) -> None:
    press(desk, Key.Key_PageDown)
    helpers.wait_for(lambda: room_step(desk) == "ground")
    helpers.wait_for(desk.cockpit.status.isVisible)
    assert not desk.cockpit.status.back.isHidden()
    press(desk, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    helpers.wait_for(lambda: room_step(desk) == "join")
    press(desk, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    helpers.wait_for(lambda: room_step(desk) == "ground")


def test_t_starts_stops_and_goes_on(desk: Any) -> None:
    def clock() -> Any:
        return queries.session(desk.bridge.file).now_step

    press(desk, Key.Key_T)
    helpers.wait_for(lambda: clock().started_at is not None)
    press(desk, Key.Key_T)
    helpers.wait_for(lambda: clock().paused_at is not None)
    helpers.wait_for(lambda: desk.cockpit.panel.time.pause.words() == "Fortsätt")
    press(desk, Key.Key_T)
    helpers.wait_for(lambda: clock().paused_at is None)


def test_plus_and_minus_change_the_time_by_two_minutes(desk: Any) -> None:
    def extra() -> int:
        return queries.session(desk.bridge.file).now_step.extra_seconds

    press(desk, Key.Key_Plus)
    helpers.wait_for(lambda: extra() == 120)
    press(desk, Key.Key_Minus)
    press(desk, Key.Key_Minus)
    helpers.wait_for(lambda: extra() == -120)


def test_f_freezes_and_b_blackens_the_projector(desk: Any) -> None:
    go(desk, "challenges")
    press(desk, Key.Key_F)
    assert desk.show_.frozen
    assert desk.cockpit.top.show_state.text() == "Fryst"
    before = desk.show_.facts()
    helpers.send(desk.bridge.file, "challenges", None, text="Vi hinner inte läsa remisserna")
    helpers.settle(desk.bridge)
    assert desk.show_.facts() == before
    press(desk, Key.Key_F)
    assert desk.show_.facts() != before
    press(desk, Key.Key_B)
    assert desk.show_.black
    assert desk.show_.picture(160, 90).pixelColor(80, 45).lightness() == 0
    press(desk, Key.Key_Period)
    assert not desk.show_.black


def test_letters_are_text_while_a_field_has_the_focus(desk: Any) -> None:
    go(desk, "challenges")
    desk.cockpit.page.paper.click()
    field = desk.cockpit.page.entry.text
    helpers.wait_for(field.hasFocus)
    QTest.keyClicks(field, "tfb")
    assert field.text() == "tfb"
    assert not desk.show_.frozen
    assert not desk.show_.black
    assert queries.session(desk.bridge.file).now_step.paused_at is None


def test_a_card_from_paper_is_typed_with_enter_and_undone(desk: Any) -> None:
    go(desk, "challenges")
    QTest.mouseClick(desk.cockpit.page.paper, Qt.MouseButton.LeftButton)
    entry = desk.cockpit.page.entry
    helpers.wait_for(entry.text.hasFocus)
    QTest.keyClicks(entry.text, "Ingen vet vem som bestammer")
    QTest.keyClick(entry.text, Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(entry.text, Key.Key_Return)
    helpers.wait_for(lambda: len(queries.board(desk.bridge.file).cards) == 1)
    (card,) = queries.board(desk.bridge.file).cards.values()
    assert (card.text, card.role, card.source) == ("Ingen vet vem som bestammer", "Ledning", "paper")
    assert entry.text.text() == "" and entry.text.hasFocus()
    helpers.wait_for(lambda: desk.cockpit.page.received.value() == "1")
    QTest.keyClick(entry.text, Key.Key_Escape)
    assert entry.isHidden()
    press(desk, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    helpers.wait_for(lambda: not queries.board(desk.bridge.file).cards)


def test_a_voice_is_noted_as_a_voice(desk: Any) -> None:
    go(desk, "challenges")
    desk.cockpit.page.voice.click()
    entry = desk.cockpit.page.entry
    QTest.keyClicks(entry.text, "Det tar for lang tid")
    QTest.keyClick(entry.text, Key.Key_Return)
    helpers.wait_for(lambda: queries.board(desk.bridge.file).cards)
    (card,) = queries.board(desk.bridge.file).cards.values()
    assert card.source == "voice"


def test_page_up_shows_the_step_before_on_the_projector_and_phones_stay(desk: Any) -> None:
    go(desk, "challenges")
    press(desk, Key.Key_PageUp)
    assert desk.show_.step() == "for_whom"
    assert room_step(desk) == "challenges"
    go(desk, "read")
    assert desk.show_.step() == "read"


def test_f6_goes_through_the_regions(desk: Any) -> None:
    seen = []
    for _ in range(4):
        press(desk, Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        regions = {"rail": desk.cockpit.rail, "panel": desk.cockpit.right, "bar": desk.cockpit.stage.bar}
        inside = [n for n, r in regions.items() if r.isAncestorOf(focus)]
        seen.append(inside[0] if inside else "stage")
    assert sorted(seen) == ["bar", "panel", "rail", "stage"]


def test_f5_opens_and_closes_the_projector(desk: Any) -> None:
    press(desk, Key.Key_F5)
    assert desk.projector is not None
    assert desk.show_.on
    QTest.keyClick(desk.projector, Key.Key_F5)
    helpers.settle()
    assert desk.projector is None
    assert not desk.show_.on


def test_looking_at_another_step_leaves_the_room_where_it_is(desk: Any) -> None:
    go(desk, "challenges")
    desk.cockpit.rail.steps["ground"].click()
    helpers.settle(desk.bridge)
    assert type(desk.cockpit.page).__name__ == "ProbePage"
    assert room_step(desk) == "challenges"
    press(desk, Key.Key_Escape)
    assert type(desk.cockpit.page).__name__ == "AskPage"
    desk.cockpit.rail.steps["ground"].click()
    desk.cockpit.stage.elsewhere.go_button.click()
    helpers.wait_for(lambda: room_step(desk) == "ground")
    helpers.wait_for(lambda: desk.cockpit.viewed == "")
