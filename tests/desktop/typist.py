"""Writes in a need, a sign at a time, until it is killed; each line it prints is how many signs, and when (seconds)."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.desktop import helpers
from tests.desktop.need_desk import NeedDesk
from workshop_app.desktop.pages.formulate import FormulatePage
from workshop_app.store.session_file import SessionFile

WORDS = (
    "kunna ta sig fram på torra golv utan att halka när det regnar ute " * 3
)  # shorter than the field holds
EACH_MS = 40


def main(path: Path) -> int:
    """Opens the file, writes in the first need and never saves by hand."""
    app = QApplication(sys.argv)
    helpers.look_like()
    bridge = helpers.bridge_on(SessionFile.open(path))
    page = FormulatePage(bridge)
    page.step_id = "formulate"
    page.show()
    page.refresh()
    bridge.changed.connect(page.refresh)
    field = next(r.field for r in page.all_rungs if r.name == "function")
    field.setFocus()
    field.set_text("")
    typed = 0

    def one_more() -> None:
        nonlocal typed
        NeedDesk.keys(field, WORDS[typed])
        typed += 1
        print(typed, time.monotonic(), flush=True)

    timer = QTimer()
    timer.timeout.connect(one_more)
    timer.start(EACH_MS)
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
