"""Undo to any depth: while a desk action runs, triggers note the inverse of each row it changes.

The log and the triggers are TEMP objects of the writing connection, never part of the file: a session file that somebody
mails to us can therefore not carry statements that undo would run. The history lives as long as the file is open.
"""

import sqlite3
from dataclasses import dataclass

from workshop_app.store.schema import UNDOABLE

_LOG = """
CREATE TEMP TABLE undo_line (seq INTEGER PRIMARY KEY, step INTEGER NOT NULL, sql TEXT NOT NULL);
CREATE TEMP TABLE undo_now (step INTEGER);
"""


@dataclass(frozen=True)
class UndoStep:
    """One step that Ctrl+Z takes back: its name as a msgid with values. The next with the same `joins` becomes part of it."""

    id: int
    label: str
    joins: str = ""


class UndoLog:
    """The undo and redo stacks of one writing connection. Used by the writer thread alone."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._next = 1
        self.done: list[UndoStep] = []
        self.undone: list[UndoStep] = []
        for statement in _LOG.split(";\n"):
            if statement.strip():
                conn.execute(statement)
        for table in UNDOABLE:
            self._watch(table)

    def _watch(self, table: str) -> None:
        columns = [row[1] for row in self._conn.execute(f"PRAGMA table_info({table})")]
        names = ", ".join(["rowid", *columns])
        olds = "||','||".join(f"quote(old.{c})" for c in ["rowid", *columns])
        # only what changed: another writer of the row (a port, a phone) must not be taken back with it
        sets = "||".join(f"iif(old.{c} IS new.{c}, '', '{c}='||quote(old.{c})||', ')" for c in columns)
        note = "INSERT INTO undo_line (step, sql) SELECT step,"
        noting = "(SELECT step FROM undo_now) IS NOT NULL"
        # a row written as it already was is no change: it must not cost the leader a press of Ctrl+Z
        differs = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
        inverse = {
            "INSERT": f"'DELETE FROM {table} WHERE rowid='||new.rowid",
            "UPDATE": f"'UPDATE {table} SET '||{sets}||'{columns[0]}={columns[0]} WHERE rowid='||old.rowid",
            "DELETE": f"'INSERT INTO {table} ({names}) VALUES ('||{olds}||')'",
        }
        for verb, sql in inverse.items():
            when = f"{noting} AND ({differs})" if verb == "UPDATE" else noting
            self._conn.execute(
                f"CREATE TEMP TRIGGER undo_{table}_{verb} AFTER {verb} ON main.{table} WHEN {when} "
                f"BEGIN {note} {sql} FROM undo_now; END"
            )

    def begin(self) -> int:
        """Starts noting; returns the number that the step will have."""
        step = self._next
        self._next += 1
        self._conn.execute("DELETE FROM undo_now")
        self._conn.execute("INSERT INTO undo_now VALUES (?)", (step,))
        return step

    def end(self) -> None:
        """Stops noting."""
        self._conn.execute("DELETE FROM undo_now")

    def changed(self, step: int) -> bool:
        """Whether a step has noted any change."""
        return (
            self._conn.execute("SELECT 1 FROM undo_line WHERE step = ? LIMIT 1", (step,)).fetchone()
            is not None
        )

    def remember(self, step: UndoStep) -> None:
        """A step that is committed: the newest to take back, or more of the same as the newest."""
        if not self.changed(step.id):
            return
        last = self.done[-1] if self.done else None
        if step.joins and last is not None and last.joins == step.joins and not self.undone:
            self._conn.execute("UPDATE undo_line SET step = ? WHERE step = ?", (last.id, step.id))
            return
        self.forget_undone()
        self.done.append(step)

    def play(self, step: int) -> int:
        """Runs a step backwards while noting the way forward again; returns the number of that new step."""
        lines = [
            r[0]
            for r in self._conn.execute("SELECT sql FROM undo_line WHERE step = ? ORDER BY seq DESC", (step,))
        ]
        self._conn.execute("DELETE FROM undo_line WHERE step = ?", (step,))
        back = self.begin()
        for sql in lines:
            self._conn.execute(sql)
        self.end()
        return back

    def forget_all(self) -> None:
        """Ends the history: what has been told to others is not taken back."""
        self._conn.execute("DELETE FROM undo_line")
        self.done.clear()
        self.undone.clear()

    def forget_undone(self) -> None:
        """A new action ends what could be redone."""
        for step in self.undone:
            self._conn.execute("DELETE FROM undo_line WHERE step = ?", (step.id,))
        self.undone.clear()
