"""What every page must hold: names, Tab, plain text, nothing clipped at any text size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.desktop import helpers
from workshop_app import actions, theme
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.pages import Page
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, PlainLabel, PressRow

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


def test_fonts_are_ours(qt_app: Any) -> None:
    helpers.look_like()
    families = QFontDatabase.families()
    assert theme.font("app") in families
    assert theme.font("people") in families


def test_digits_of_the_timer_are_equally_wide(qt_app: Any) -> None:
    helpers.look_like()
    metrics = QFontMetricsF(look().font("timer", 700, even_digits=True))
    assert len({round(metrics.horizontalAdvance(d * 4), 1) for d in "0123456789"}) == 1
