"""The formats somebody has made or been sent: one TOML file each in a folder of their own, read anew each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop_app import resources
from workshop_app.formats.reading import LARGEST, TOO_LARGE, load
from workshop_app.formats.shipped import formats
from workshop_app.formats.values import Format, FormatTrouble
from workshop_app.i18n import N_

ENDING = ".toml"
SHIPPED = N_("{where}: the program comes with a format called “{id}”. Choose another id.")
NOT_TEXT = N_("{where}: this is not text in UTF-8. A workshop format is a text file.")


@dataclass(frozen=True)
class Own:
    """The formats in the folder that can be used, by id, and what is said about the others."""

    formats: dict[str, Format]
    files: dict[str, Path]
    troubles: tuple[FormatTrouble, ...]


def folder() -> Path:
    """Where they lie; not there before the first one."""
    return resources.home() / "formats"


def own() -> Own:
    """What lies in the folder now; one file that cannot be used never hides the others."""
    found: dict[str, Format] = {}
    files: dict[str, Path] = {}
    troubles = []
    for file in _files():
        try:
            one = load_own(read_text(file), file.name)
        except FormatTrouble as trouble:
            troubles.append(trouble)
            continue
        if found.setdefault(one.id, one) is one:
            files[one.id] = file
    return Own(found, files, tuple(troubles))


def known() -> dict[str, Format]:
    """Every format that can be held here, by id: those that ship first."""
    return formats() | own().formats


def load_own(text: str, name: str) -> Format:
    """A format from a text that does not come with the program; it may not take the id of one that does."""
    one = load(text, name)
    taken = {id_ for f in formats().values() for id_ in (f.id, *f.also_known_as)}
    if taken & {one.id, *one.also_known_as}:
        raise FormatTrouble(SHIPPED, where=name, id=one.id)
    return one


def read_text(file: Path) -> str:
    """The text of a file that may come from anywhere; FormatTrouble if it is no text or far too large."""
    with file.open("rb") as handle:
        data = handle.read(4 * LARGEST + 1)
    if len(data) > 4 * LARGEST:
        raise FormatTrouble(TOO_LARGE, where=file.name, most=LARGEST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise FormatTrouble(NOT_TEXT, where=file.name, line=line) from wrong


def _files() -> Iterator[Path]:
    try:
        yield from sorted(p for p in folder().glob(f"*{ENDING}") if p.is_file())
    except OSError:
        return
