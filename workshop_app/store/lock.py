"""One writing process a file: an operating-system lock beside it, which dies with its process and so is never stale."""

import json
import os
import platform
import sys
from pathlib import Path
from typing import IO

from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused, RoomTrouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

HELD = N_(
    "The file {name} is already open for writing in {program} (process {pid} on {host}). Close it there first."
)
UNWRITABLE = N_("The folder {folder} cannot be written to: {why}. Choose another folder.")


class FileLock:
    """Holds `FILE.lock` until released; says who holds it if somebody else does."""

    def __init__(self, file: Path, program: str) -> None:
        self._path = file.with_name(file.name + ".lock")
        try:
            self._handle: IO[str] | None = open(self._path, "a+", encoding="utf-8")  # noqa: SIM115
        except OSError as trouble:
            raise RoomTrouble(UNWRITABLE, folder=str(file.parent), why=trouble.strerror or "") from trouble
        try:
            if sys.platform == "win32":
                self._handle.seek(4096)
                msvcrt.locking(self._handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = self._holder()
            self._handle.close()
            self._handle = None
            raise Refused(HELD, name=file.name, **holder) from None
        self._handle.seek(0)
        self._handle.truncate()
        json.dump({"pid": os.getpid(), "host": platform.node(), "program": program}, self._handle)
        self._handle.flush()

    def _holder(self) -> dict[str, object]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {k: found.get(k, "?") for k in ("pid", "host", "program")}
        except (OSError, ValueError):
            return {"pid": "?", "host": "?", "program": "?"}

    def release(self) -> None:
        """Gives the file free; a second call does nothing."""
        if self._handle is not None:
            # the name goes while the lock is still held, so nobody can lock a file that is on its way out
            if sys.platform != "win32":
                self._path.unlink(missing_ok=True)
            self._handle.close()
            self._handle = None
            if sys.platform == "win32":
                self._path.unlink(missing_ok=True)
