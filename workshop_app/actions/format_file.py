"""Workshop formats of one's own as files: saved, taken in from elsewhere, and kept while they are being written.

They lie in the program's folder and belong to no session: a session that follows one carries its text.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from workshop_app import formats
from workshop_app.formats import Format, FormatTrouble
from workshop_app.formats.reading import parse, read_data, trouble
from workshop_app.formats.shelf import ENDING, folder, load_own, read_text
from workshop_app.i18n import N_
from workshop_app.model.trouble import BadFormat, Refused, RoomTrouble

UNSAVED = N_("Could not write {name}: {why}. Choose another place.")
UNREAD = N_("{name} cannot be read: {why}.")
ABSENT = N_("There is no file at {name}.")
ANOTHER = N_(
    "You already have a format with the id “{id}” that says something else. Give this one another id, or a higher version."
)
GONE = N_("There is no format called “{name}” among your own.")


def add(file: Path) -> Format:
    """Takes in a format file from anywhere; BadFormat says on which line it cannot be used, and nothing is kept."""
    try:
        one = load_own(read_text(file), file.name)
    except FormatTrouble as wrong:
        raise BadFormat(wrong) from wrong
    except FileNotFoundError as wrong:
        raise Refused(ABSENT, name=str(file)) from wrong
    except OSError as wrong:
        raise RoomTrouble(UNREAD, name=str(file), why=wrong.strerror or "") from wrong
    there = formats.own().formats.get(one.id)
    if there is not None and there != one and one.version <= there.version:
        raise Refused(ANOTHER, id=one.id)
    _write(_place(one.id), formats.write(one))
    return one


def checked(data: Mapping[str, Any]) -> Format:
    """The format that is being written, if it can be saved; BadFormat says what is left to do."""
    read, name = read_data(data), f"{data.get('id', '')}{ENDING}"
    text = formats.write(read.format)
    try:
        if read.faults:
            raise trouble(read.faults[0], text, name)
        return load_own(text, name)
    except FormatTrouble as wrong:
        raise BadFormat(wrong) from wrong


def save(data: Mapping[str, Any], was: str = "") -> Format:
    """Saves a format among one's own, in place of the one that was called `was`; returns it as saved."""
    one, known = checked(data), formats.own().formats
    if one.id != was and one.id in known:
        raise Refused(ANOTHER, id=one.id)
    before = known.get(was)
    if before is not None and before != one:
        one = replace(one, version=max(one.version, before.version) + (one.version <= before.version))
    _write(_place(one.id), formats.write(one))
    if before is not None and was != one.id:
        _place(was).unlink(missing_ok=True)
    return one


def send(name: str, target: Path) -> None:
    """Writes one of one's own formats where it can be mailed from."""
    one = _own(name)
    _write(target, formats.write(one))


def take_away(name: str) -> None:
    """Takes a format from one's own and leaves it among the drafts."""
    one = _own(name)
    keep(name, formats.as_data(one))
    _place(name).unlink(missing_ok=True)


def _own(name: str) -> Format:
    one = formats.own().formats.get(name)
    if one is None:
        raise Refused(GONE, name=name)
    return one


def _place(name: str) -> Path:
    """The file of one of one's own formats: the one it lies in, else a free one."""
    names = chain([name], (f"{name}_{n}" for n in count(2)))
    free = (place for n in names if not (place := folder() / f"{n}{ENDING}").exists())
    return formats.own().files.get(name) or next(free)


# Drafts -------------------------------------------------------------------------


def keep(name: str, data: Mapping[str, Any]) -> None:
    """Keeps what is being written, finished or not."""
    _write(_draft(name), formats.write(read_data(data).format))


def drafts() -> dict[str, dict[str, Any]]:
    """What was being written, by the name it is kept under; a draft that cannot be read is left where it is."""
    found = {}
    for file in sorted(_draft("x").parent.glob(f"*{ENDING}")):
        try:
            found[file.stem] = parse(read_text(file), file.name)
        except (FormatTrouble, OSError):
            continue
    return found


def drop(name: str) -> None:
    """Forgets a draft."""
    _draft(name).unlink(missing_ok=True)


def _draft(name: str) -> Path:
    return folder() / "drafts" / f"{name}{ENDING}"


def _write(target: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    except OSError as wrong:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
        raise RoomTrouble(UNSAVED, name=str(target), why=wrong.strerror or str(wrong)) from wrong
