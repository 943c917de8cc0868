"""Where the program's own files lie, in a checkout, a wheel and a bundle."""

import os
import sys
from pathlib import Path

NAME = "behovsverkstad"
_HERE = Path(__file__).resolve().parent


def _first(*places: Path) -> Path:
    return next((p for p in places if p.is_dir()), places[-1])


_ROOT = _first(_HERE / "_resources", _HERE.parent / "resources")
_SAMPLES = _first(_HERE / "_sample_sessions", _HERE.parent / "sample_sessions")


def path(*parts: str) -> Path:
    """The path of one resource, for example `path("fonts", "SourceSerif4_400Regular.ttf")`."""
    return _ROOT.joinpath(*parts)


def text(*parts: str) -> str:
    """A resource read as UTF-8 text."""
    return path(*parts).read_text(encoding="utf-8")


def sample_files() -> list[Path]:
    """The sample sessions that ship with the program, in the order they are offered."""
    return sorted(_SAMPLES.glob("*.json"))


def home() -> Path:
    """Where the program keeps its own files, such as its log: WORKSHOP_HOME, else the platform's folder for such things."""
    given = os.environ.get("WORKSHOP_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home()) / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / NAME
