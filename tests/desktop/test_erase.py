"""Gallring from the start page: what is due is told, and nothing goes without a basis and a second yes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop.pages.erase import EraseBox
from workshop_app.desktop.settings import Settings
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SPACE = Qt.Key.Key_Space


@pytest.fixture
def due(tmp_path: Path) -> Path:
    with helpers.sample(tmp_path) as file:
        actions.do(file, actions.session.set_cover, keep_until="2020-01-01")
    return file.path


def remembered(path: Path, until: str) -> Settings:
    settings = Settings()
    settings.remember(path, {"title": "Boende", "keep_until": until})
    return settings


def test_what_is_due_is_erased_in_two_steps(qt_app: Any, due: Path) -> None:
    helpers.look_like()
    box = EraseBox(remembered(due, "2020-01-01"))
    box.show()
    assert not box.panel.isVisible()
    QTest.keyClick(box.reminders[0], SPACE)
    QTest.keyClick(box.go_on, SPACE)
    assert box.first.isVisible() and box.told.isVisible()  # no basis yet
    box.basis.setText("Gallringsbeslut 2026:4")
    QTest.keyClick(box.go_on, SPACE)
    assert box.second.isVisible() and due.name in box.question.text()
    QTest.keyClick(box.no, SPACE)
    with SessionFile.read(due) as file:
        assert queries.balance(file).received > 0
    box.take(due)
    box.basis.setText("Gallringsbeslut 2026:4")
    QTest.keyClick(box.go_on, SPACE)
    QTest.keyClick(box.sure, SPACE)
    helpers.wait_for(box.told.isVisible)
    assert box.reminders == []
    with SessionFile.read(due) as file:
        assert (
            queries.balance(file).received == 0 and queries.erased(file)[0].basis == "Gallringsbeslut 2026:4"
        )
    helpers.end(box)


def test_an_open_file_is_left_alone_and_that_is_told(qt_app: Any, due: Path) -> None:
    helpers.look_like()
    box = EraseBox(remembered(due, date.max.isoformat()))
    box.show()
    assert box.reminders == []
    with SessionFile.open(due) as file:
        box.take(due)
        box.whole.setChecked(True)
        box.basis.setText("Plan")
        QTest.keyClick(box.go_on, SPACE)
        QTest.keyClick(box.sure, SPACE)
        helpers.wait_for(box.told.isVisible)
        assert queries.balance(file).received > 0
    helpers.end(box)
