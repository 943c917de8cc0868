"""Texts to group, from a session or from elsewhere, and what people already did with them."""

import csv
from pathlib import Path
from typing import Any

from workshop_app import actions, clustering
from workshop_app.clustering.sorting import Sort
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ABSENT = N_("There is no file at {name}.")
NO_COLUMN = N_("{name} has no column called “text”. Its columns are: {known}.")
NOT_CSV = N_("{name} cannot be read as CSV: {why}.")
NOT_TEXT = N_("{name} is not text in UTF-8.")
BAD_PINS = N_("{name} must hold pairs of a row and a group, as in [[0, 1], [4, 2]].")
NO_ROW = N_("There is no row {row}: the rows go from 0 to {last}.")
NOT_SORTS = N_("{name} must hold a list with one object for each person, as in [{{“person”: “p1”, …}}].")
NO_PERSON = N_("{name}: the “person” of entry {number} must be a text, as in “p1”.")
BAD_PLACEMENTS = N_(
    "{name}: the “placements” of {person} must be pairs of a row and a heap, as in [[4, 0], [7, 7]]."
)
BAD_PILES = N_("{name}: the “piles” of {person} must be lists of rows, as in [[0, 3], [5]].")
BAD_LEFTOVER = N_("{name}: the “leftover” of {person} must be a list of rows, as in [2, 9].")
PARTS = ("placements", "piles", "leftover")


def texts_of(file: Path) -> list[str]:
    """The column `text` of a CSV file, or the cards of a session."""
    if not file.is_file():
        raise Refused(ABSENT, name=str(file))
    if _is_table(file):
        return _column(file)
    with SessionFile.read(file) as opened:
        return list(queries.card_texts(opened).values())


def vectors_of(file: Path, texts: list[str]) -> Any:
    """The model's vectors of these texts, None without a model: kept ones for a session, made now for the rest."""
    if _is_table(file):
        return clustering.embed(texts) if clustering.engine_name() == "semantic" else None
    with SessionFile.read(file) as opened:
        return actions.suggest.all_vectors(opened, queries.card_texts(opened))


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in (".csv", ".tsv", ".txt")


def _column(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Refused(NOT_TEXT, name=file.name) from trouble
    head = lines.partition("\n")[0]
    sign = max(",;\t", key=head.count)
    csv.field_size_limit(2**24)
    try:
        rows = csv.DictReader(lines.splitlines(keepends=True), delimiter=sign)
        names = {(n or "").strip().casefold(): n for n in rows.fieldnames or []}
        if "text" not in names:
            raise Refused(NO_COLUMN, name=file.name, known=", ".join(n for n in names if n) or "–")
        return [(row[names["text"]] or "").strip() for row in rows]
    except csv.Error as trouble:
        raise Refused(NOT_CSV, name=file.name, why=str(trouble)) from trouble


def pins(file: Path, rows: int) -> list[tuple[int, int]]:
    """Pairs of a row and a group from PINS.json; Refused says what in it cannot be used."""
    data = actions.transfer.read_any_json(file)
    if not isinstance(data, list):
        raise Refused(BAD_PINS, name=file.name)
    out = []
    for pair in data:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
            raise Refused(BAD_PINS, name=file.name)
        if not 0 <= pair[0] < rows:
            raise Refused(NO_ROW, row=pair[0], last=rows - 1)
        out.append((pair[0], pair[1]))
    return out


def sorts(file: Path, rows: int) -> list[Sort]:
    """What people sorted, from SORTS.json; Refused says what in it cannot be used."""
    data = actions.transfer.read_any_json(file)
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise Refused(NOT_SORTS, name=file.name)
    return [_sort(entry, file.name, number, rows) for number, entry in enumerate(data, 1)]


def _sort(entry: dict[str, Any], name: str, number: int, rows: int) -> Sort:
    person = entry.get("person", f"({number})")
    if not isinstance(person, str):
        raise Refused(NO_PERSON, name=name, number=number)
    placements, piles, leftover = ([] if entry.get(part) is None else entry[part] for part in PARTS)
    if not (
        isinstance(placements, list) and all(_are_numbers(pair) and len(pair) == 2 for pair in placements)
    ):
        raise Refused(BAD_PLACEMENTS, name=name, person=person)
    if not (isinstance(piles, list) and all(_are_numbers(pile) for pile in piles)):
        raise Refused(BAD_PILES, name=name, person=person)
    if not _are_numbers(leftover):
        raise Refused(BAD_LEFTOVER, name=name, person=person)
    for row in (row for some in (*placements, *piles, leftover) for row in some):
        if not 0 <= row < rows:
            raise Refused(NO_ROW, row=row, last=rows - 1)
    return Sort(
        person, tuple((row, heap) for row, heap in placements), tuple(map(tuple, piles)), tuple(leftover)
    )


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and all(type(n) is int for n in value)
