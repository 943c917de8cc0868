"""Writes a finished file whole or not at all."""

import os
import threading
from pathlib import Path

from workshop_app.i18n import N_
from workshop_app.model.trouble import RoomTrouble

CANNOT_WRITE = N_(
    "Could not write {name}. Everything is still on the computer. "
    "Put the memory stick back, or choose another folder."
)


def atomically(target: Path, data: bytes) -> Path:
    """Puts `data` in `target` by way of a temporary file beside it; RoomTrouble when the folder says no."""
    temporary = target.with_name(f".{target.name[:80]}.{os.getpid()}.{threading.get_ident()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as trouble:
        _forget(temporary)
        raise RoomTrouble(CANNOT_WRITE, name=target.name) from trouble
    return target


def _forget(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        pass
