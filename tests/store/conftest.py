"""Session files to write in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SessionFile]:
    """An open session at the step where cards are written."""
    made = actions.session.create(
        tmp_path / "x.behov", format_id="needs_identification", title="T", question="Vad?"
    )
    actions.do(made, actions.agenda.go_to, step="challenges")
    yield made
    made.close()


@pytest.fixture
def send(file: SessionFile) -> Callable[..., Any]:
    """Sends a card as a phone does; gives the receipt."""

    def go(text: str, key: str = "", **more: Any) -> Any:
        given = {
            "step": "challenges",
            "key": key or text,
            "participant": None,
            "language": "sv",
            "fields": {"text": text},
        }
        return actions.do(file, actions.ask.receive, by="phone", **{**given, **more})

    return go
