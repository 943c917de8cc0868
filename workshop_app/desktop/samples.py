"""Files to open: a session that is there, or a fresh copy of a sample to try without participants."""

from pathlib import Path

from workshop_app import resources
from workshop_app.actions import transfer
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.session_file import SessionFile

NO_SAMPLE = N_("There is no sample called “{name}”. There are: {known}.")


def open_session(path: Path) -> SessionFile:
    """An existing session file, open for writing; Refused or DamagedFile says what stands in the way."""
    return SessionFile.open(path, program="desktop")


def copy_sample(name: str, folder: Path) -> SessionFile:
    """A fresh session file made from a sample, open for writing; Refused if there is no such sample."""
    known = {p.stem: p for p in resources.sample_files()}
    if name not in known:
        raise Refused(NO_SAMPLE, name=name, known=", ".join(known) or "–")
    place = folder / "samples"
    place.mkdir(parents=True, exist_ok=True)
    number = 1
    while (target := place / f"{name}{f'-{number}' if number > 1 else ''}.behov").exists():
        number += 1
    return transfer.import_json(known[name], target)
