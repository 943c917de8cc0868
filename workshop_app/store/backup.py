"""Backups of the session file: whole copies beside it, made on open, at step changes and before anything large."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

KEEP_NEWEST = 12  # all of these stay, then one an hour


class Backups:
    """The folder `NAME.backups` beside a session file."""

    def __init__(self, file: Path) -> None:
        self.folder = file.with_name(file.stem + ".backups")
        self._suffix = file.suffix

    def all(self) -> list[Path]:
        """Every backup, newest first."""
        return sorted(self.folder.glob(f"*{self._suffix}"), reverse=True) if self.folder.is_dir() else []

    def make(self, reason: str, reader: Callable[[], sqlite3.Connection]) -> Path | None:
        """Copies what the reading connection sees; returns the copy, or None where the disk said no."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
        target = self.folder / f"{stamp}-{reason}{self._suffix}"
        part = target.with_suffix(".part")
        try:
            self.folder.mkdir(exist_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                reader().backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            part.rename(target)
        except (OSError, sqlite3.Error):
            # a backup that cannot be made must never stop the workshop; `workshop check` and the room check tell
            part.unlink(missing_ok=True) if self.folder.is_dir() else None
            return None
        self._thin()
        return target

    def _thin(self) -> None:
        hours: set[str] = set()
        for copy in self.all()[KEEP_NEWEST:]:
            hour = copy.name[:11]
            if hour in hours:
                copy.unlink(missing_ok=True)
            hours.add(hour)
