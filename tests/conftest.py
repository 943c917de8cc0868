"""What every test stands on: no screen, no real home folder, Swedish words."""

import os

# Before anything can import Qt: it reads these once, when the first QApplication is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import gc
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, database=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for settings and recent files, so that no test reads or writes the reader's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("WORKSHOP_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer speaks Swedish unless a test says otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")


def pytest_runtest_setup() -> None:
    """The windows of the last test go first: Qt dresses every widget there is, and between tests nobody's loop sweeps."""
    widgets, core = (sys.modules.get(f"PySide6.{part}") for part in ("QtWidgets", "QtCore"))
    if widgets is None or core is None or not (left := widgets.QApplication.topLevelWidgets()):
        return
    for widget in left:
        widget.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.freeze()  # what a file or the whole run keeps need not be looked through after each test


@pytest.fixture(scope="session")
def qt_app() -> Iterator[Any]:
    """The one QApplication of the run; skips, saying why, where Qt's system libraries are missing."""
    try:
        widgets = importlib.import_module("PySide6.QtWidgets")
    except ImportError as trouble:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"Qt cannot start here ({trouble}); `make setup` says what to install")
    yield widgets.QApplication.instance() or widgets.QApplication(["behovsverkstad"])
