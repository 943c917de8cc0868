"""What the desk remembers between workshops: language, look, recent files. One small JSON file in the home folder."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workshop_app.i18n import Language, language, system_language
from workshop_app.resources import home

RECENT = 12


def documents() -> Path:
    """Where a new session file is proposed to lie: the reader's documents, or the home folder of the program."""
    if os.environ.get("WORKSHOP_HOME"):
        return home() / "sessions"
    known = [Path.home() / name for name in ("Documents", "Dokument")]
    return next((p for p in known if p.is_dir()), Path.home())


class Settings:
    """The desk's settings; a file that cannot be read or written never stops anything."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home()
        self.file = self.folder / "desk.json"
        self._values: dict[str, Any] = {}
        try:
            read = json.loads(self.file.read_text(encoding="utf-8"))
            self._values = read if isinstance(read, dict) else {}
        except (OSError, ValueError):
            pass

    def get(self, key: str, default: Any = None) -> Any:
        """One setting."""
        return self._values.get(key, default)

    def put(self, **values: Any) -> None:
        """Changes settings and writes them down at once."""
        self._values.update(values)
        part = self.file.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self.file)
        except OSError:
            pass

    @property
    def lang(self) -> Language:
        """The desk's language: the one chosen, else the computer's."""
        code = self.get("language")
        return language(code) if code else system_language()

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self.get("theme", "system"))

    @property
    def percent(self) -> int:
        """Text size in percent, 80 to 200."""
        value = self.get("percent", 100)
        return max(80, min(value, 200)) if isinstance(value, int) else 100

    @property
    def calm(self) -> bool:
        """Whether nothing may move."""
        return bool(self.get("calm", False))

    @property
    def picture_width(self) -> float:
        """The width of the projector's picture in metres, as the leader gave it; 2.4 where nobody did."""
        value = self.get("picture_width", 2.4)
        return float(value) if isinstance(value, int | float) and 0.5 <= value <= 20 else 2.4

    # Recent files ---------------------------------------------------------------

    def recent(self) -> list[dict[str, str]]:
        """Sessions opened lately, newest first: path, title, place, date, format, opened. Lost files are left out."""
        rows = self.get("recent", [])
        known = [r for r in rows if isinstance(r, dict) and isinstance(r.get("path"), str)]
        return [r for r in known if Path(r["path"]).is_file()]

    def remember(self, path: Path, about: Mapping[str, str]) -> None:
        """Puts a session first among the recent ones."""
        row = {
            **about,
            "path": str(path.resolve()),
            "opened": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        others = [r for r in self.get("recent", []) if isinstance(r, dict) and r.get("path") != row["path"]]
        self.put(recent=[row, *others][:RECENT])
