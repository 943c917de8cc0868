"""The whole window on an open session, for tests that press its keys."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A MainWindow on a session with a question and three roles, nobody in the room, and no server."""
    helpers = import_module("tests.desktop.helpers")
    helpers.look_like()
    monkeypatch.setattr(import_module("workshop_app.desktop.phones"), "start_server", lambda bridge: None)
    settings = import_module("workshop_app.desktop.settings").Settings()
    window = import_module("workshop_app.desktop.main_window").MainWindow(settings)
    window.open_file(helpers.session(tmp_path))
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    import_module("PySide6.QtTest").QTest.qWaitForWindowActive(window)
    yield window
    helpers.end(window)


@pytest.fixture(autouse=True)
def no_stray_windows() -> Iterator[None]:
    """Nothing is left on the screen that is no window: a widget without a parent that was made visible."""
    yield
    widgets = import_module("PySide6.QtWidgets")
    stray = [
        w
        for w in widgets.QApplication.topLevelWidgets()
        if w.isVisible() and isinstance(w, widgets.QAbstractButton)
    ]
    for one in stray:
        one.hide()
    assert not stray, [(w.text(), w.accessibleName()) for w in stray]
