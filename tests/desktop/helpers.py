"""A desk for tests: a session in a temporary folder, its bridge, and pictures of what is drawn."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QWidget

from workshop_app import actions, resources
from workshop_app.actions import transfer
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import dress
from workshop_app.desktop.widgets import install_ring
from workshop_app.i18n import language
from workshop_app.store.session_file import SessionFile

FORMAT = "needs_identification"


def session(folder: Path, **cover: Any) -> SessionFile:
    """A new session file with a title and a question."""
    given = {
        "format_id": FORMAT,
        "title": "Boende för fler",
        "question": "Vad hindrar er från att skapa bättre boende genom det ni köper?",
        "date": "2026-06-15",
        "place": "Björkby",
        "roles": ["Upphandling", "Drift och fastighet", "Ledning"],
        "missing": ["hyresgäster", "barn och föräldrar"],
    }
    return actions.session.create(folder / "session.behov", **(given | cover))


def sample(folder: Path, name: str = "") -> SessionFile:
    """A session file filled with a whole sample; two of the same are copies of one session."""
    return copied(_imported(sample_file(name)), folder)


def sample_file(name: str = "") -> Path:
    """Where a sample lies; the first without a name."""
    known = {p.stem: p for p in resources.sample_files()}
    return known[name or min(known)]


@cache
def _imported(source: Path) -> Path:
    with transfer.import_json(source, kept() / "sample.behov") as file:
        return file.path


def kept() -> Path:
    """A new folder for a file that is made once and copied from then on; it goes when the process does."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


def copied(made: Path, folder: Path) -> SessionFile:
    """A copy of a closed session file, open."""
    target = folder / made.name
    shutil.copyfile(made, target)
    return SessionFile.open(target)


def bridge_on(file: SessionFile, code: str = "sv") -> Bridge:
    """The desk's bridge on an open file; close it with `shut`."""
    return Bridge(file, language(code))


def shut(bridge: Bridge) -> None:
    """Closes a bridge and its file."""
    bridge.close()
    for server in bridge.servers:
        server.stop()
    bridge.file.close()
    bridge.deleteLater()
    settle()


def join(file: SessionFile, role: str, relation: str = "work_in", organisation: str = "Björkby") -> str:
    """One phone joins; gives its id."""
    phone = uuid4().hex
    fields = {"role": role, "organisation": organisation, "relation": relation}
    key = uuid4().hex
    actions.do(file, actions.ask.join, by="phone", participant=phone, fields=fields, language="sv", key=key)
    return phone


def send(file: SessionFile, step: str, phone: str | None, **fields: str) -> Any:
    """A phone sends an answer to the open step; gives its receipt."""
    return actions.do(
        file,
        actions.ask.receive,
        by="phone",
        step=step,
        key=uuid4().hex,
        participant=phone,
        fields=fields,
        language="sv",
    )


def wait_for(done: Callable[[], Any], milliseconds: int = 5000) -> Any:
    """Lets Qt work until something is true; fails the test when it never is."""
    deadline = QDeadlineTimer(milliseconds)
    while not (result := done()):
        if deadline.hasExpired():
            raise AssertionError("it never came true")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return result


def settle(bridge: Bridge | None = None) -> None:
    """Lets Qt deliver what is waiting; with a bridge also what was committed."""
    for _ in range(4):
        QCoreApplication.processEvents()
        if bridge is not None:
            bridge.look()
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def grab(widget: QWidget, file: Path, width: int = 1440, height: int = 900) -> Path:
    """A picture of a widget at a size."""
    widget.resize(width, height)
    widget.show()
    settle()
    widget.grab().save(str(file))
    return file


def look_like(theme: str = "light", percent: int = 100) -> None:
    """Dresses the application, always the same whatever the computer prefers."""
    dress(theme, percent, calm=True)
    install_ring()


def end(window: QWidget) -> None:
    """Closes a window and lets it go, so that the next test does not dress it too."""
    window.close()
    window.deleteLater()
    settle()
