"""The library at the desk: this workshop's needs go in, words find one, and a new need begins from it."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop import helpers
from workshop_app.desktop.pages.formulate import FormulatePage
from workshop_app.store import queries


def test_a_need_is_begun_from_the_library(qt_app: Any, tmp_path: Path) -> None:
    helpers.look_like()
    bridge = helpers.bridge_on(helpers.sample(tmp_path))
    page = FormulatePage(bridge)
    page.step_id = "formulate"
    page.resize(1200, 700)
    page.show()
    page.refresh()
    had = len(queries.needs(bridge.file))
    page.open_library()
    window = page.library
    helpers.wait_for(window.empty.isVisible)
    assert not window.take.isEnabled() and not window.list.isVisible()
    QTest.keyClick(window.add, Qt.Key.Key_Space)
    helpers.wait_for(window.list.count)
    assert window.list.count() == had
    title = queries.needs(bridge.file)[3].title
    window.words.setText(title)
    helpers.wait_for(lambda: window.list.count() and window.list.item(0).text().startswith(title))
    QTest.keyClick(window.take, Qt.Key.Key_Space)
    helpers.wait_for(lambda: len(queries.needs(bridge.file)) == had + 1)
    new = queries.needs(bridge.file)[-1]
    assert new.title == title and "Ur behovsbiblioteket" in new.fields["evidence_note"]
    helpers.end(page)
    helpers.shut(bridge)
