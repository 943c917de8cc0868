"""The computer dies while the leader writes a need: at most the last two seconds of typing are gone, and no more."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from tests.desktop import helpers
from tests.desktop.typist import WORDS
from workshop_app.desktop.needs.kept import KEEP_MS
from workshop_app.desktop.pages.formulate import FormulatePage
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

LOST = 2.0  # seconds of typing at most


@pytest.mark.parametrize(
    "after", [70, pytest.param(97, marks=pytest.mark.long), pytest.param(131, marks=pytest.mark.long)]
)
def test_a_kill_while_a_need_is_written_takes_two_seconds_at_most(
    qt_app: Any, tmp_path: Path, after: int
) -> None:
    assert KEEP_MS < LOST * 1000
    with helpers.sample(tmp_path) as file:
        path, first = file.path, queries.needs(file)[0]
    typed: list[float] = []
    command = [sys.executable, "-m", "tests.desktop.typist", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            typed.append(float(line.split()[1]))
            if len(typed) == after:
                process.kill()
                break
    safe = sum(at <= typed[-1] - LOST for at in typed)
    assert safe > 0, "it was written long enough to be lost"
    helpers.look_like()
    bridge = helpers.bridge_on(SessionFile.open(path))
    try:
        stored = next(n for n in queries.needs(bridge.file) if n.id == first.id).fields["function"]
        assert WORDS.startswith(stored) and len(stored) >= len(WORDS[:safe].rstrip())
        page = FormulatePage(bridge)
        page.step_id = "formulate"
        page.refresh()
        assert next(r.field for r in page.all_rungs if r.name == "function").text() == stored
        page.deleteLater()
    finally:
        helpers.shut(bridge)
    assert check.findings(path) == []
