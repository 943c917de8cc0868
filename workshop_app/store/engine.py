"""What the database engine on this computer can do, for the self-test."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True)
class Engine:
    """SQLite as it is here. `threads`: 3 = one connection may be used by several threads, one at a time."""

    version: str
    threads: int
    strict_tables: bool
    json: bool

    @property
    def fit(self) -> bool:
        """Whether session files can be made and read with it."""
        return self.threads > 0 and self.strict_tables and self.json


def engine() -> Engine:
    """Asks SQLite itself, on a database in memory."""
    with closing(sqlite3.connect(":memory:")) as conn:
        return Engine(
            sqlite3.sqlite_version,
            sqlite3.threadsafety,
            _can(conn, "CREATE TABLE tried (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT"),
            _can(conn, """SELECT json_extract('{"a": 1}', '$.a')"""),
        )


def _can(conn: sqlite3.Connection, statement: str) -> bool:
    try:
        conn.execute(statement)
    except sqlite3.Error:
        return False
    return True
