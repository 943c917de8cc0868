"""Saves a paper that is made for itself, such as the request for information, as PDF or Word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from workshop_app import i18n
from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import Language
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Make = Callable[[SessionFile, Language], Any]  # gives a report.document.Document; runs on a worker's thread


def ask_and_save(parent: QWidget, bridge: Bridge, title: str, tail: str, ending: str, make: Make) -> None:
    """Asks where to save, and writes there in the room's language; `ending` is "pdf" or "docx"."""
    path = bridge.file.path
    proposed = str(path.with_name(f"{path.stem}-{tail}.{ending}"))
    kind = {"pdf": "PDF", "docx": "Word"}[ending]
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"{kind} (*.{ending})")
    if name:
        target = Path(name)
        whole = (
            target if target.suffix.lower() == f".{ending}" else target.with_name(f"{target.name}.{ending}")
        )
        save(bridge, whole, make)


def save(bridge: Bridge, target: Path, make: Make) -> None:
    """Makes the paper and writes it on a worker's thread; says where."""
    file = bridge.file

    def work() -> Path:
        from workshop_app.report import out

        return out.build(make(file, i18n.language(queries.session(file).language)), target)

    def done(path: Path) -> None:
        bridge.said.emit("quiet", bridge.lang("Saved: {path}").format(path=path))

    bridge.in_background(work, done)
