"""The closed part of a session: what the buyer alone may read, kept from every connection of the phones' server."""

import sqlite3

from workshop_app.i18n import N_
from workshop_app.store import round_tables
from workshop_app.store.dialogue_tables import CLOSED_COLUMNS, CLOSED_TABLES

CLOSED_PART = N_("This part is the buyer's own and cannot be read from the phones' page.")
# what was done by whom, names by opt-in, how many tender, and comments before they are published
ALSO_CLOSED = ("journal_line", "contact", "funnel", *round_tables.CLOSED_TABLES)


def keep_from(conn: sqlite3.Connection) -> None:
    """SQLite itself refuses every statement of this connection that reads the closed part, whoever wrote it."""
    conn.set_authorizer(_allowed)


def refused(trouble: sqlite3.DatabaseError) -> bool:
    """Whether SQLite refused to read the closed part, rather than found damage."""
    return "prohibited" in str(trouble) or "not authorized" in str(trouble)


def _allowed(what: int, table: str | None, column: str | None, _base: str | None, _inside: str | None) -> int:
    if what == sqlite3.SQLITE_ATTACH:
        return sqlite3.SQLITE_DENY
    if what != sqlite3.SQLITE_READ or table is None:
        return sqlite3.SQLITE_OK
    if table in CLOSED_TABLES or table in ALSO_CLOSED or column in CLOSED_COLUMNS.get(table, ()):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
