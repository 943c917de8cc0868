"""What an action may do with a session file, and what phones' answers in one commit share."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

from workshop_app.store import schema
from workshop_app.store.one_person import SELVES

CHUNK = 10  # rows that are written by one statement
_ORDER = {table: place for place, table in enumerate(schema.tables())}
T = TypeVar("T")


class Halfway(Exception):
    """A job had already written something when it failed."""


@cache
def _insert_into(table: str, columns: tuple[str, ...], rows: int = 1) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"


def _matches(where: Mapping[str, object]) -> tuple[str, tuple[object, ...]]:
    """A condition and its values."""
    one = {"participant": f"participant IN {SELVES}"}
    values = (v for c, v in where.items() for v in ((v, v) if c in one else (v,)))
    return " AND ".join(one.get(c, f"{c} IS ?") for c in where) or "1", tuple(values)


class Together:
    """What the phones of one commit share: what is remembered of the file, and rows that wait to be written together.

    One statement for many rows keeps the writer out of the way of the threads that talk with phones.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.known: dict[tuple[str, str], set[Any]] = {}
        self.waiting: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}
        self.added = self.written = 0  # rows that jobs added, and changes that writing them together has made
        self.waits = (
            True  # False: each row is written at once, so that a job that fails can be told from the others
        )

    def forget(self, tables: Collection[str] | None = None) -> None:
        """Somebody else has changed the file: only these tables, if it is known which."""
        self.kept.clear()
        for one in [one for one in self.known if tables is None or one[0] in tables]:
            del self.known[one]

    def drop(self) -> None:
        """What was to be written is rolled back."""
        self.forget()
        self.waiting.clear()

    def write(self, conn: sqlite3.Connection) -> None:
        """Writes the rows that wait; Halfway if one of them may not be written."""
        if not self.waiting:
            return
        waiting, self.waiting = self.waiting, {}
        before = conn.total_changes
        try:
            # rows may name others that wait: those come first
            for (table, columns), rows in sorted(waiting.items(), key=lambda one: _ORDER[one[0][0]]):
                for start in range(0, len(rows) - CHUNK + 1, CHUNK):
                    values = [value for row in rows[start : start + CHUNK] for value in row]
                    conn.execute(_insert_into(table, columns, CHUNK), values)
                rest = len(rows) - len(rows) % CHUNK
                conn.executemany(_insert_into(table, columns), rows[rest:])
        except Exception as trouble:
            if conn.in_transaction:
                raise Halfway from trouble
            raise
        self.written += conn.total_changes - before


class Transaction:
    """What an action may do: read and change rows by table and column, inside the one transaction."""

    def __init__(
        self, conn: sqlite3.Connection, who: str, now: str, together: Together | None = None
    ) -> None:
        self._direct = conn
        self._together = together
        self.who = who
        self.now = now

    @property
    def _conn(self) -> sqlite3.Connection:
        if self._together is not None:
            self._together.write(self._direct)
        return self._direct

    def kept(self, name: str, read: Callable[["Transaction"], T]) -> T:
        """What `read` gives. For phones it is remembered until anybody else has changed the file, so `read` may
        only look at what no phone changes; for everybody else it is read each time."""
        if self._together is None:
            return read(self)
        kept = self._together.kept
        if name not in kept:
            kept[name] = read(self)
        value: T = kept[name]
        return value

    def next_number(self, table: str) -> int:
        """The number that a table's next row will have: one that no row has had."""
        return 1 + self.kept(
            table, lambda tx: max(tx.largest(table, "id"), tx.largest("sqlite_sequence", "seq", name=table))
        )

    def has(self, table: str, column: str, value: object) -> bool:
        """Whether a row has this value in this column. For phones all its values are remembered."""
        if self._together is None:
            return self.row(table, value, column) is not None
        known = self._together.known
        if (table, column) not in known:
            known[table, column] = {row[0] for row in self._conn.execute(f"SELECT {column} FROM {table}")}
        return value in known[table, column]

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Adds a row; returns its id. IntegrityError becomes Refused at the end of the job."""
        cursor = self._conn.execute(_insert_into(table, tuple(row)), tuple(row.values()))
        self._remember(table, row, cursor.lastrowid)
        return int(cursor.lastrowid or 0)

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Adds a row that brings its own number. Phones' rows are written together, before anything else is asked."""
        if self._together is None or not self._together.waits:
            self.insert(table, row)
            return
        self._together.waiting.setdefault((table, tuple(row)), []).append(tuple(row.values()))
        self._together.added += 1
        self._remember(table, row, row["id"])

    def _remember(self, table: str, row: Mapping[str, Any], number: int | None) -> None:
        if self._together is None:
            return
        if table in self._together.kept:
            self._together.kept[table] = number
        for (one, column), values in self._together.known.items():
            if one == table:
                values.add(row.get(column))

    def update(self, table: str, key: object, changes: Mapping[str, Any], column: str = "id") -> int:
        """Changes the rows whose `column` equals `key`; returns how many there were."""
        self._changes()
        sets = ", ".join(f"{c} = ?" for c in changes)
        sql = f"UPDATE {table} SET {sets} WHERE {column} = ?"
        return self._conn.execute(sql, (*changes.values(), key)).rowcount

    def delete(self, table: str, **where: object) -> int:
        """Removes the rows that match all of `where` (all rows without any); returns how many."""
        self._changes()
        clause = " AND ".join(f"{c} = ?" for c in where) or "1"
        return self._conn.execute(f"DELETE FROM {table} WHERE {clause}", tuple(where.values())).rowcount

    def _changes(self) -> None:
        if self._together is not None:  # nothing is remembered of what somebody changes
            self._together.forget()

    def rows(self, table: str, order: str = "rowid", **where: object) -> list[dict[str, Any]]:
        """The rows that match all of `where` (None = IS NULL), as dictionaries; a participant's under any of its ids."""
        clause, values = _matches(where)
        cursor = self._conn.execute(f"SELECT * FROM {table} WHERE {clause} ORDER BY {order}", values)
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, table: str, key: object, column: str = "id") -> dict[str, Any] | None:
        """One row by its key, or None."""
        cursor = self._conn.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,))
        found = cursor.fetchone()
        return dict(zip((d[0] for d in cursor.description), found, strict=True)) if found else None

    def largest(self, table: str, column: str, **where: object) -> int:
        """The largest value of a column among the rows that match as in `rows`, 0 for none."""
        clause, values = _matches(where)
        sql = f"SELECT max({column}) FROM {table} WHERE {clause}"
        return int(self._conn.execute(sql, values).fetchone()[0] or 0)

    def columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns."""
        return frozenset(row[1] for row in self._conn.execute(f"PRAGMA table_info({table})"))

    def note(self, action: str, **detail: object) -> None:
        """A line in the journal; never an answer's words."""
        self.insert(
            "journal_line",
            {
                "at": self.now,
                "who": self.who,
                "action": action,
                "detail": json.dumps(detail, ensure_ascii=False, default=str) if detail else "",
            },
        )
