"""The one writer of a session file: a thread that commits everything queued in one transaction (group commit)."""

import contextlib
import json
import queue
import sqlite3
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused, RoomTrouble, Trouble
from workshop_app.store import seal
from workshop_app.store.undo import UndoLog, UndoStep

MOST_PER_COMMIT = 400
PHONE = "phone"  # who only ever adds rows, and so may rely on what is remembered between answers

BUILT_ON = N_("Someone has answered this in the meantime, so it stays. Nothing was changed.")
DISK = N_(
    "The computer could not write to the file: {why}. Nothing was stored. Free some space and try again."
)


def now_text() -> str:
    """The time as the file keeps it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


T = TypeVar("T")
Outcome = tuple[Any, Any, BaseException | None]  # the future, its result, or what went wrong
Deliver = Callable[[list[Outcome]], None]


@cache
def _insert_into(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


class Transaction:
    """What an action may do: read and change rows by table and column, inside the one transaction."""

    def __init__(self, conn: sqlite3.Connection, who: str, kept: dict[str, Any] | None = None) -> None:
        self._conn = conn
        self._kept = kept
        self.who = who
        self.now = now_text()

    def kept(self, name: str, read: Callable[["Transaction"], T]) -> T:
        """What `read` gives. For phones it is remembered until anybody else has changed the file, so `read` may
        only look at what no phone changes; for everybody else it is read each time."""
        if self._kept is None:
            return read(self)
        if name not in self._kept:
            self._kept[name] = read(self)
        value: T = self._kept[name]
        return value

    def next_number(self, table: str) -> int:
        """The number that a table's next row will have."""
        return 1 + self.kept(table, lambda tx: tx.largest(table, "id"))

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Adds a row; returns its id. IntegrityError becomes Refused at the end of the job."""
        cursor = self._conn.execute(_insert_into(table, tuple(row)), tuple(row.values()))
        if self._kept is not None and table in self._kept:
            self._kept[table] = cursor.lastrowid
        return int(cursor.lastrowid or 0)

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
        if self._kept is not None:  # nothing is remembered of what somebody changes
            self._kept.clear()

    def rows(self, table: str, order: str = "rowid", **where: object) -> list[dict[str, Any]]:
        """The rows that match all of `where` (None = IS NULL), as dictionaries."""
        clause = " AND ".join(f"{c} IS ?" for c in where) or "1"
        cursor = self._conn.execute(
            f"SELECT * FROM {table} WHERE {clause} ORDER BY {order}", tuple(where.values())
        )
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, table: str, key: object, column: str = "id") -> dict[str, Any] | None:
        """One row by its key, or None."""
        cursor = self._conn.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,))
        found = cursor.fetchone()
        return dict(zip((d[0] for d in cursor.description), found, strict=True)) if found else None

    def largest(self, table: str, column: str, **where: object) -> int:
        """The largest value of a column, 0 for none."""
        clause = " AND ".join(f"{c} IS ?" for c in where) or "1"
        sql = f"SELECT max({column}) FROM {table} WHERE {clause}"
        return int(self._conn.execute(sql, tuple(where.values())).fetchone()[0] or 0)

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


def settle(outcomes: list[Outcome]) -> None:
    """Tells those who wait, in the thread that this is called in; one that waits no longer is left alone."""
    for future, result, trouble in outcomes:
        if future.done():
            continue
        if trouble is None:
            future.set_result(result)
        else:
            future.set_exception(trouble)


Job = tuple[Callable[[], Any], bool, Any, Deliver]


class _Halfway(Exception):
    """A job had already written something when it failed."""


class Writer:
    """Runs jobs one after another on the only writing connection; a job's future is done after the commit.

    `frame` moves when anything has been committed that is not a phone's: the agenda, the cover, what was muted.
    """

    def __init__(self, open_connection: Callable[[], sqlite3.Connection]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open = open_connection
        self._ready: Future[None] = Future()
        self._conn: sqlite3.Connection
        self._kept: dict[str, Any] = {}
        self._version = 0
        self._framed = False
        self.frame = 0
        self.undo: UndoLog
        self._thread = threading.Thread(target=self._run, name="session-writer", daemon=True)
        self._thread.start()
        self._ready.result()

    # Called from any thread -------------------------------------------------

    def submit(
        self,
        work: Callable[[Transaction], Any],
        *,
        who: str,
        undo_label: str | None = None,
        alone: bool = False,
        joins: str = "",
        seals: bool = False,
    ) -> Future:
        """Queues one job. With `undo_label` its changes become one undo step and it has a transaction of its own;
        jobs in a row with the same `joins`, as while somebody is typing, become one step together.

        With `seals` nothing that was done until then, this included, can be taken back afterwards.
        """
        future: Future = Future()

        def run() -> Any:
            self._forget()
            tx = Transaction(self._conn, who)
            if undo_label is None:
                return work(tx)
            step = self.undo.begin()
            try:
                result = work(tx)
            finally:
                self.undo.end()
            return (step, result)

        def desk() -> Any:
            step, result = run()
            made = UndoStep(step, undo_label or "", joins)
            return _Done(result, lambda: self.undo.remember(made))

        def sealing() -> Any:
            self._forget()
            return _Done(work(Transaction(self._conn, who)), self.undo.forget_all)

        job = sealing if seals else desk if undo_label is not None else run
        self._jobs.put((job, alone or undo_label is not None, future, settle))
        return future

    def post(self, work: Callable[[Transaction], Any], future: Any, deliver: Deliver) -> None:
        """Queues a phone's job, which may share its transaction with others and only adds rows.

        `deliver` is called on the writer's thread, once for each commit, with the outcomes of all it is asked for.
        """
        self._jobs.put((lambda: work(Transaction(self._conn, PHONE, self._kept)), False, future, deliver))

    def step_back(self, forward: bool = False) -> Future:
        """Undo (or redo) the last step; the future gives its label, "" when there is nothing to take back."""
        future: Future = Future()

        def run() -> Any:
            self._forget()
            stack, other = (
                (self.undo.undone, self.undo.done) if forward else (self.undo.done, self.undo.undone)
            )
            if not stack:
                return ""
            step = stack[-1]
            try:
                back = self.undo.play(step.id)
                Transaction(self._conn, "leader").note("redo" if forward else "undo", label=step.label)
            except sqlite3.IntegrityError as trouble:
                # a number that the step needs again has been taken since
                raise Refused(BUILT_ON) from trouble

            def finish() -> None:
                stack.pop()
                other.append(UndoStep(back, step.label))

            return _Done(step.label, finish)

        self._jobs.put((run, True, future, settle))
        return future

    def close(self) -> None:
        """Commits what is queued, folds the log into the file and ends the thread."""
        self._jobs.put(None)
        self._thread.join()

    # In the thread ----------------------------------------------------------

    def _run(self) -> None:
        try:
            self._conn = self._open()
            seal.watch(self._conn)
            self.undo = UndoLog(self._conn)
        except BaseException as trouble:
            self._ready.set_exception(trouble)
            return
        self._ready.set_result(None)
        waiting: Job | None = None
        while True:
            first = waiting or self._jobs.get()
            waiting = None
            if first is None:
                break
            batch = [first]
            while not first[1] and len(batch) < MOST_PER_COMMIT:
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if job is None or job[1]:
                    waiting = job
                    if job is None:
                        self._jobs.put(None)
                    break
                batch.append(job)
            self._commit(batch)
        with contextlib.suppress(sqlite3.Error):
            # so that the file is whole by itself even while another process still reads it
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._conn.close()

    def _forget(self) -> None:
        self._kept.clear()
        self._framed = True

    def _commit(self, batch: list[Job]) -> None:
        self._framed = False
        try:
            try:
                outcomes = self._all(batch, careful=batch[0][1])
            except _Halfway:
                # rare: all of it once more, each job with a place to come back to
                self._conn.execute("ROLLBACK")
                self._kept.clear()
                outcomes = self._all(batch, careful=True)
            self._conn.execute("COMMIT")
        except BaseException as trouble:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            self._kept.clear()
            said = _as_trouble(trouble)
            _deliver(batch, [(job[2], None, said) for job in batch])
            return
        if self._framed:
            self.frame += 1
        _deliver(batch, [_finished(outcome) for outcome in outcomes])

    def _all(self, batch: list[Job], careful: bool) -> list[Outcome]:
        self._conn.execute("BEGIN IMMEDIATE")
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:  # somebody has written past our lock
            self._version = version
            self._forget()
        if batch[0][1]:
            # an undo step may pass through states that only make sense at its end
            self._conn.execute("PRAGMA defer_foreign_keys = ON")
        one = self._careful if careful else self._one
        return [(future, *one(run)) for run, _alone, future, _deliver in batch]

    def _one(self, run: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        before = self._conn.total_changes
        try:
            return run(), None
        except Exception as trouble:
            if not self._conn.in_transaction:  # the disk took the whole transaction with it
                raise
            if self._conn.total_changes != before:
                raise _Halfway from trouble
            return None, _as_trouble(trouble)

    def _careful(self, run: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        self._conn.execute("SAVEPOINT job")
        try:
            result = run()
        except Exception as trouble:
            if not self._conn.in_transaction:
                raise
            self._conn.execute("ROLLBACK TO job")
            self._conn.execute("RELEASE job")
            self._kept.clear()
            return None, _as_trouble(trouble)
        self._conn.execute("RELEASE job")
        return result, None


def _deliver(batch: list[Job], outcomes: list[Outcome]) -> None:
    letters: dict[Deliver, list[Outcome]] = {}
    for job, outcome in zip(batch, outcomes, strict=True):
        letters.setdefault(job[3], []).append(outcome)
    for deliver, letter in letters.items():
        deliver(letter)


def _finished(outcome: Outcome) -> Outcome:
    future, result, trouble = outcome
    if not isinstance(result, _Done):
        return outcome
    result.finish()
    return future, result.value, trouble


class _Done:
    """A result whose bookkeeping waits for the commit."""

    def __init__(self, value: Any, finish: Callable[[], None]) -> None:
        self.value = value
        self.finish = finish


def _as_trouble(trouble: BaseException) -> BaseException:
    if isinstance(trouble, Trouble):
        return trouble
    if isinstance(trouble, sqlite3.IntegrityError):
        if "FOREIGN KEY" in str(trouble):
            return Refused(BUILT_ON)
        return trouble
    if isinstance(trouble, sqlite3.OperationalError | sqlite3.DatabaseError | OSError):
        said = RoomTrouble(DISK, why=str(trouble))
        said.__cause__ = trouble
        return said
    return trouble
