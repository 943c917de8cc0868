"""A session in memory of nobody: open, with phones and a leader."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SessionFile]:
    """An open session at its first step."""
    with actions.session.create(
        tmp_path / "x.behov", format_id="needs_identification", title="T", question="Vad är svårt?"
    ) as made:
        yield made


@pytest.fixture
def do(file: SessionFile) -> Callable[..., Any]:
    """The leader does something and waits for it."""
    return lambda verb, **kwargs: actions.do(file, verb, **kwargs)


@pytest.fixture
def phone(file: SessionFile) -> Callable[..., Any]:
    """A phone sends fields to a step; the key is new unless one is given."""
    keys = count(1)

    def go(step: str, who: str | None = None, key: str = "", **fields: Any) -> Any:
        named = {name.replace("__", "@"): value for name, value in fields.items()}
        return actions.do(
            file, actions.ask.receive, by="phone", step=step, participant=who, language="sv", fields=named,
            key=key or f"k{next(keys)}",
        )  # fmt: skip

    return go


@pytest.fixture
def join(file: SessionFile) -> Callable[..., Any]:
    """Somebody joins; the id is given back."""

    def go(who: str, role: str = "Upphandlare", relation: str = "work_in", **more: Any) -> str:
        fields = {"role": role, "organisation": "Ekmåla kommun", "relation": relation, **more}
        actions.do(
            file,
            actions.ask.join,
            by="phone",
            participant=who,
            fields=fields,
            language="sv",
            key=f"join-{who}-{role}",
        )
        return who

    return go
