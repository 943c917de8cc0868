"""Commands run as a reader would, inside this process unless a test needs one of its own."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workshop_app import cli


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON object."""
        return json.loads(self.out)


def no_desktop(path: Path | None, sample: str | None) -> int:
    raise AssertionError(f"a command opened the desktop with {path} {sample}")


@pytest.fixture
def workshop(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs one command; `stdin` is what it reads."""

    def go(*args: object, stdin: str = "", desktop: Callable[..., int] = no_desktop) -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = cli.run([str(a) for a in args], desktop)
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return go


@pytest.fixture
def alone() -> Callable[..., Done]:
    """Runs one command in a process of its own, to its end."""

    def go(*args: object, stdin: str = "") -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "workshop_app", *map(str, args)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            input=stdin,
            timeout=120,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return go


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sample as a session file; copy it before changing it."""
    from workshop_app import actions, resources

    target = tmp_path_factory.mktemp("sample") / "sample.behov"
    actions.transfer.import_json(resources.sample_files()[0], target).close()
    return target


@pytest.fixture
def sql() -> Callable[..., None]:
    """Changes a file behind the program's back, as damage does."""
    import sqlite3

    def go(file: Path, *statements: str) -> None:
        conn = sqlite3.connect(file)
        for statement in statements:
            conn.execute(statement)
        conn.commit()
        conn.close()

    return go
