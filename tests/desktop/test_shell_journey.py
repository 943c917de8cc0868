"""One leader, one keyboard: every step of the agenda is reached and drawn with Page Down alone."""

import logging
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import helpers
from workshop_app.desktop.pages import PAGES
from workshop_app.store import queries


@pytest.mark.parametrize("filled", [False, True])
def test_page_down_walks_the_whole_agenda(desk: Any, tmp_path: Any, caplog: Any, filled: bool) -> None:
    caplog.set_level(logging.ERROR)
    if filled:
        desk.open_file(helpers.sample(tmp_path))
        helpers.settle(desk.bridge)
    steps = queries.session(desk.bridge.file).steps
    seen = [type(desk.cockpit.page).__module__]
    for state in steps[1:]:
        QTest.keyClick(desk, Qt.Key.Key_PageDown)
        QTest.keyClick(desk, Qt.Key.Key_PageDown)
        helpers.wait_for(lambda state=state: queries.session(desk.bridge.file).current_step == state.id)
        helpers.wait_for(lambda state=state: desk.cockpit.page.state.id == state.id)
        seen.append(type(desk.cockpit.page).__module__)
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not desk]
        assert not windows
        assert not desk.grab().isNull()
        assert not desk.show_.picture(640, 360).isNull()
    kinds = [queries.format_of(desk.bridge.file).step(s.id).kind for s in steps]
    assert seen == [PAGES[kind].split(":")[0] for kind in kinds]
    QTest.keyClick(desk, Qt.Key.Key_PageDown)
    QTest.keyClick(desk, Qt.Key.Key_PageDown)
    helpers.settle(desk.bridge)
    assert desk.cockpit.viewed == "summary"
    assert not caplog.records, caplog.text
