"""A session file as plain data and back: every row of every table that carries the session, none of the machine's own."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store import schema
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

LEFT_OUT = ("vector", "seal")  # made again: from the texts, and from the rows as they are written
HELD_BACK = (("blackout", "words"),)  # stays in the session file
UNKNOWN_PART = N_("The file has a part “{table}” that this version does not know. Update the program.")
UNKNOWN_COLUMN = N_(
    "The part “{table}” has a column “{column}” that this version does not know. Update the program."
)
ONLY_ONE = N_("Workshops that hold the part “{table}” cannot be joined. Nothing was made.")
NOT_A_ROW = N_("Row {number} of the part “{table}” cannot be read: {why}.")


def carried() -> tuple[str, ...]:
    """The tables that an export carries, parents before children."""
    return tuple(t for t in schema.tables() if t not in LEFT_OUT)


def dump(file: SessionFile) -> dict[str, list[dict[str, Any]]]:
    """Every row by table, with JSON columns opened up."""
    return {
        table: [_opened(table, row) for row in file.select(f"SELECT * FROM {table}")] for table in carried()
    }


def _opened(table: str, row: sqlite3.Row) -> dict[str, Any]:
    return {
        name: json.loads(row[name]) if (table, name) in schema.JSON_COLUMNS else row[name]
        for name in row.keys()  # noqa: SIM118
        if (table, name) not in HELD_BACK
    }


def load(tx: Transaction, tables: Mapping[str, Any]) -> None:
    """Fills an empty file with what `dump` gave; Refused when a part, a column or a value does not fit."""
    unknown = set(tables) - set(carried())
    if unknown:
        raise Refused(UNKNOWN_PART, table=sorted(unknown)[0])
    for table in carried():
        columns, rows = tx.columns(table), tables.get(table, [])
        if not isinstance(rows, list):
            raise Refused(NOT_A_ROW, table=table, number=1, why="list expected")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise Refused(NOT_A_ROW, table=table, number=number, why="object expected")
            for column in row:
                # names of columns go into SQL, so only known ones may pass
                if column not in columns:
                    raise Refused(UNKNOWN_COLUMN, table=table, column=str(column)[:40])
            try:
                put(tx, table, row)
            except (sqlite3.Error, ValueError, OverflowError) as trouble:
                raise Refused(NOT_A_ROW, table=table, number=number, why=str(trouble)) from trouble


def links(file: SessionFile) -> dict[str, dict[str, str]]:
    """Which columns of a table lead to which table: {table: {column: table}}."""
    return {
        table: {row["from"]: row["table"] for row in file.select(f"PRAGMA foreign_key_list({table})")}
        for table in carried()
    }


def join(tx: Transaction, table: str, row: Mapping[str, Any]) -> None:
    """Adds a row to what other sessions gave; Refused where a session can have but one of its kind."""
    try:
        put(tx, table, row)
    except sqlite3.IntegrityError as trouble:
        raise Refused(ONLY_ONE, table=table) from trouble


def put(tx: Transaction, table: str, row: Mapping[str, Any]) -> int:
    """Adds one row as `dump` gave it; returns its id."""
    return tx.insert(table, {name: _closed(table, name, value) for name, value in row.items()})


def _closed(table: str, name: str, value: Any) -> Any:
    if (table, name) in schema.JSON_COLUMNS:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | dict):
        raise ValueError(f"{name}: text or number expected")
    return value
