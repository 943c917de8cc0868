"""What every page must hold: names, Tab, plain text, nothing clipped at any text size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.desktop import helpers
from workshop_app import actions, theme
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.pages import APART, Page
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, HintLine, PlainLabel, PressRow, ScrollColumn, column
from workshop_app.store import queries

NASTY = '<b>fet</b> <img src="file:///etc/passwd"> & åäö'
MINE = ("join", "ground", "for_whom", "challenges", "read", "break", "close")


@pytest.fixture
def opened(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function that opens the window on a session full of markup, in a theme, size and language."""
    monkeypatch.setattr(phones, "start_server", lambda bridge: None)
    windows = []

    def open_(theme_name: str = "light", percent: int = 100, code: str = "sv") -> main_window.MainWindow:
        helpers.look_like(theme_name, percent)
        settings = Settings()
        settings.put(language=code, theme=theme_name, percent=percent, calm=True)
        window = main_window.MainWindow(settings)
        windows.append(window)
        file = helpers.session(
            tmp_path, title=NASTY, question=NASTY, missing=[NASTY], roles=[NASTY, "Ledning"]
        )
        window.open_file(file)
        phone = helpers.join(file, NASTY, organisation=NASTY)
        actions.do(file, actions.agenda.go_to, step="ground")
        helpers.send(file, "ground", phone, understood="partly", unclear=NASTY)
        actions.do(file, actions.agenda.go_to, step="challenges")
        helpers.send(file, "challenges", phone, text=NASTY)
        window.resize(1366, 768)
        window.show()
        helpers.settle(window.bridge)
        return window

    yield open_
    for window in windows:
        helpers.end(window)
    helpers.look_like()


def pages(window: main_window.MainWindow) -> Iterator[tuple[str, Page]]:
    assert window.bridge is not None
    assert window.cockpit is not None
    for step in MINE:
        actions.do(window.bridge.file, actions.agenda.go_to, step=step)
        helpers.settle(window.bridge)
        assert window.cockpit.page is not None
        yield step, window.cockpit.page


def visible(window: QWidget, kind: Any) -> list[Any]:
    return [w for w in window.findChildren(kind) if w.isVisible()]


def test_every_control_has_a_name_and_is_reached_by_tab(opened: Any) -> None:
    window = opened()
    for step, _page in pages(window):
        controls = [
            w
            for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, PressRow)
            for w in visible(window, kind)
        ]
        # a combo box brings an inner list with no name of its own
        controls = [w for w in controls if not isinstance(w.parent(), QComboBox)]
        assert len(controls) > 10
        nameless = [w for w in controls if not (w.accessibleName() or getattr(w, "text", str)())]
        assert not nameless, (step, nameless)
        unreachable = [
            w for w in controls if w.isEnabled() and not w.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        ]
        assert not unreachable, (step, [w.accessibleName() for w in unreachable])


def test_tab_walks_through_the_whole_window(opened: Any) -> None:
    window = opened()
    list(zip(pages(window), range(4), strict=False))
    window.activateWindow()
    wanted = {w for w in visible(window, Button) if w.isEnabled()}
    seen: set[Any] = set()
    for _ in range(200):
        window.focusNextChild()
        focus = QApplication.focusWidget()
        if focus is None or (focus in seen and wanted <= seen):
            break
        seen.add(focus)
    assert not [w.accessibleName() for w in wanted - seen]


def test_what_people_type_is_never_markup(opened: Any) -> None:
    window = opened()
    for step, _page in pages(window):
        labels = window.findChildren(QLabel)
        rich = [w.text() for w in labels if w.textFormat() != Qt.TextFormat.PlainText]
        assert not rich, (step, rich)
        tips = [w.toolTip() for w in window.findChildren(QWidget) if "<b>fet" in w.toolTip()]
        assert not tips, (step, tips)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_no_words_are_cut_off(opened: Any, percent: int, code: str) -> None:
    window = opened(percent=percent, code=code)
    for step, page in pages(window):
        for label in [*visible(page, PlainLabel), *visible(window.cockpit.stage.bar, PlainLabel)]:
            if label.wordWrap():
                needed = label.heightForWidth(label.width())
                assert label.height() >= needed - 1, (step, label.text(), label.height(), needed)
            else:
                assert label.width() >= label.sizeHint().width() - 1, (step, label.text())
        for button in visible(window, Button):
            assert button.width() >= button.sizeHint().width(), (step, button.accessibleName())
            assert button.height() >= button.sizeHint().height(), (step, button.accessibleName())


@pytest.mark.parametrize("code", ["sv", "en"])
def test_no_page_reaches_outside_the_window_at_twice_the_size(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    helpers.look_like("light", 200)
    settings = Settings()
    settings.put(language=code, theme="light", percent=200, calm=True)
    window = main_window.MainWindow(settings)
    file = helpers.sample(tmp_path)
    actions.do(file, actions.session.set_setting, key="wifi_name", value="Verkstan i Rådhuset")
    window.open_file(file)
    window.resize(1366, 768)
    window.show()
    helpers.settle(window.bridge)
    steps = [s.id for s in queries.session(file).steps]
    outside = []
    for name in [*steps, *APART]:
        if name in steps:
            actions.do(file, actions.agenda.go_to, step=name)
        else:
            window.cockpit.show_step(name)
        helpers.settle(window.bridge)
        helpers.settle(window.bridge)
        outside += [(name, *one) for one in cut_off(window)]
    helpers.end(window)
    helpers.look_like()
    assert not outside, "\n".join(str(one) for one in outside)


def cut_off(window: QWidget) -> list[tuple[str, str]]:
    """What reaches outside the window, or outside a column that cannot be moved sideways: kind and words."""
    out = []
    for kind in (PlainLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox):
        for one in visible(window, kind):
            at, held = one.mapTo(window, one.rect().topLeft()).x(), one.parentWidget()
            right = window.width()
            while held is not None and held is not window:
                if isinstance(held, QScrollArea) and not held.horizontalScrollBar().isVisible():
                    left = held.viewport().mapTo(window, held.viewport().rect().topLeft()).x()
                    right = min(right, left + held.viewport().width())
                held = held.parentWidget()
            if at < 0 or at + one.width() > right + 1:
                words = one.accessibleName() or getattr(one, "text", str)()
                out.append((type(one).__name__, f"{words[:40]} {at}+{one.width()} > {right}"))
    return out


def test_theme_and_size_are_taken_at_once_and_remembered(opened: Any) -> None:
    window = opened()
    window.cockpit.show_step("read")
    window.change(theme="dark", percent=125, language="en")
    helpers.settle(window.bridge)
    helpers.wait_for(lambda: look().dark)
    assert look().px(100) == 125
    assert window.cockpit.viewed == "read"
    assert window.cockpit.rail.title.text() == "Agenda"
    again = Settings()
    assert (again.theme, again.percent, again.lang.code) == ("dark", 125, "en")


def test_the_projector_is_light_in_the_dark_theme(opened: Any) -> None:
    window = opened("dark")
    for name in ("join", "board", "pause"):
        window.show_.override(name)
        assert window.show_.picture(320, 180).pixelColor(3, 176).lightness() > 240


def test_nothing_flashes_up_as_a_window_of_its_own(opened: Any) -> None:
    window = opened()
    for step, _page in pages(window):
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
        assert not others, (step, others)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_what_steers_the_projector_stands_in_one_row_and_in_sight_on_a_low_screen(
    opened: Any, code: str
) -> None:
    window = opened(code=code)
    window.resize(1366, 768)
    helpers.settle(window.bridge)
    seen = window.cockpit.panel.seen
    buttons = (seen.freeze, seen.black, seen.other)
    assert len({b.y() for b in buttons}) == 1, [b.geometry() for b in buttons]
    assert all(b.visibleRegion().boundingRect() == b.rect() for b in buttons)
    clock = window.cockpit.panel.time
    low = clock.words.height()
    clock.show_time(-60, 1200, "20 min", paused=False)
    helpers.settle()
    assert clock.words.height() == low, "what stands over the clock takes one line, over the time too"


def test_fonts_are_ours(qt_app: Any) -> None:
    helpers.look_like()
    families = QFontDatabase.families()
    assert theme.font("app") in families
    assert theme.font("people") in families


def test_digits_of_the_timer_are_equally_wide(qt_app: Any) -> None:
    helpers.look_like()
    metrics = QFontMetricsF(look().font("timer", 700, even_digits=True))
    assert len({round(metrics.horizontalAdvance(d * 4), 1) for d in "0123456789"}) == 1


def test_a_page_is_as_wide_with_a_scroll_bar_as_without(qt_app: Any) -> None:
    """Nothing jumps when a page grows long, and its edge is that of the buttons under it."""
    helpers.look_like()
    sheet = ScrollColumn(margins=(32, 0, 32, 0))
    one = QWidget()
    sheet.body.addWidget(one)
    sheet.resize(600, 300)
    sheet.show()
    widths = []
    for height in (100, 900):
        one.setFixedHeight(height)
        helpers.settle()
        widths.append((sheet.verticalScrollBar().isVisible(), one.width()))
    assert widths == [(False, 536), (True, 536)]
    helpers.end(sheet)


def test_a_remark_is_there_only_when_it_says_something(qt_app: Any) -> None:
    """Whether it is told before it has its place, or after; and it never becomes a window."""
    early, late, never = HintLine(), HintLine(), HintLine()
    early.say("Det börjar bli stilla.")
    assert not early.isVisible()
    holder = QWidget()
    holder.setLayout(column(early, late, never))
    holder.show()
    late.say("Datorn gissar.")
    helpers.settle()
    assert (early.isVisible(), late.isVisible(), never.isVisible()) == (True, True, False)
    late.say("")
    assert not late.isVisible()
    helpers.end(holder)


def test_what_has_the_focus_does_not_hand_it_to_undo_when_the_page_goes(opened: Any) -> None:
    window = opened()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    actions.do(window.bridge.file, actions.agenda.go_to, step="close")
    helpers.settle(window.bridge)
    field = visible(window.cockpit.page, QLineEdit)[0]
    field.setFocus()
    assert field.hasFocus()
    window.cockpit.show_step("register")
    helpers.settle(window.bridge)
    assert not window.cockpit.top.isAncestorOf(QApplication.focusWidget() or window)


def test_a_button_that_goes_with_its_page_does_not_hand_the_focus_to_undo(opened: Any) -> None:
    window = opened()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    stage = window.cockpit.stage
    for here, there in (("room_check", "register"), ("register", "comment_round"), ("close", "room_check")):
        window.cockpit.show_step(here)
        helpers.settle(window.bridge)
        button = [b for b in visible(stage.bar, Button) if b.isEnabled()][0 if here == "register" else -1]
        button.setFocus()
        assert button.hasFocus()
        window.cockpit.show_step(there)
        helpers.settle(window.bridge)
        assert not window.cockpit.top.isAncestorOf(QApplication.focusWidget() or window), (here, there)


def test_pages_go_with_the_desk_they_stood_on(opened: Any) -> None:
    window = opened()

    def after(code: str) -> int:
        before = window.cockpit
        window.change(language=code)
        helpers.wait_for(lambda: window.cockpit is not before)
        for step in MINE:
            window.cockpit.show_step(step)
        window.cockpit.show_step("")
        helpers.settle(window.bridge)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return len(QApplication.allWidgets())

    first = after("en")
    for code in ("sv", "en") * 2:
        last = after(code)
    assert last < first * 1.1
