"""The one writer of a session file: a thread that commits everything queued in one transaction (group commit).

What phones send is run where it was received, and only flushed by the writer's thread: two threads that both run Python
stand in each other's way, one that waits for the disk does not. Whoever has the turn has the connection.
"""

import contextlib
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused, RoomTrouble, Trouble
from workshop_app.store.seal import Seals
from workshop_app.store.transaction import Halfway, Together, Transaction
from workshop_app.store.undo import UndoLog, UndoStep

MOST_PER_COMMIT = 400
MOST_AT_ONCE = 100  # phones' jobs that are run before their server looks at its sockets again
FLUSH = "flush"  # in the queue: something that was run elsewhere waits to be committed
REST = 1.0  # seconds without a job after which what is in the log is folded into the file
PATIENCE = 10_000  # ms that another program may write to the file
PHONE = "phone"  # who only ever adds rows, and so may rely on what is remembered between answers

BUILT_ON = N_("Someone has answered this in the meantime, so it stays. Nothing was changed.")
DISK = N_(
    "The computer could not write to the file: {why}. Nothing was stored. Free some space and try again."
)


def now_text() -> str:
    """The time as the file keeps it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Outcome = tuple[Any, Any, BaseException | None]  # the future, its result, or what went wrong
Deliver = Callable[[list[Outcome]], None]
Work = Callable[[Transaction], Any]
Asked = tuple[Work, Any]  # a phone's job and the future that waits for it
Job = tuple[Callable[[], Any], bool, Any, Deliver]  # what to run, whether alone, the future, and who tells it


def settle(outcomes: list[Outcome]) -> None:
    """Tells those who wait, in the thread that this is called in; one that waits no longer is left alone."""
    for future, result, trouble in outcomes:
        if future.done():
            continue
        if trouble is None:
            future.set_result(result)
        else:
            future.set_exception(trouble)


class Writer:
    """Runs jobs one after another on the only writing connection; a job's future is done after the commit.

    `frame` moves when anything has been committed that is not a phone's: the agenda, the cover, what was muted.
    What is not sealed, such as the vectors of new cards, does not move it.
    """

    def __init__(self, open_connection: Callable[[], sqlite3.Connection]) -> None:
        self._jobs: queue.SimpleQueue[Job | str | None] = queue.SimpleQueue()
        self._queued: deque[Job] = deque()  # taken from there, and not begun
        self._ended = False
        self._open = open_connection
        self._ready: Future[None] = Future()
        self._conn: sqlite3.Connection
        self._together = Together()
        self._turn = threading.Lock()  # for the connection and all that is remembered of it
        self._begun: tuple[list[Job], list[Outcome]] | None = (
            None  # what was run elsewhere, and is not committed
        )
        self._unfolded = False  # something has been committed to the log since it was folded
        self._now = ""  # the time of the present commit
        self._version = 0
        self._framed = self._alone = False  # the present commit: not only phones, one job alone
        self.frame = 0
        self.undo: UndoLog
        self._thread = threading.Thread(target=self._run, name="session-writer", daemon=True)
        self._thread.start()
        self._ready.result()

    # Called from any thread -------------------------------------------------

    def submit(
        self,
        work: Work,
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
            tx = Transaction(self._conn, who, self._now)
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
            return _Done(work(Transaction(self._conn, who, self._now)), self.undo.forget_all)

        job = sealing if seals else desk if undo_label is not None else run
        self._jobs.put((job, alone or undo_label is not None, future, settle))
        return future

    def post(self, asked: list[Asked], deliver: Deliver) -> None:
        """Queues phones' jobs, which may share a transaction with others and only add rows.

        `deliver` is called on the writer's thread, once for each commit, with the outcomes of all it is asked for.
        """
        for job in self._phones(asked, deliver):
            self._jobs.put(job)

    def run_here(self, asked: list[Asked], deliver: Deliver) -> bool:
        """The same, run at once in the thread of the caller; False, with nothing done, while another has the turn."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            if self._begun is not None or self._ended or not self._may_begin():
                return False
            batch = self._phones(asked, deliver)
            outcomes = self._begin(batch)
            self._begun = None if outcomes is None else (batch, outcomes)
        finally:
            self._turn.release()
        self._jobs.put(FLUSH)
        return True

    def _phones(self, asked: list[Asked], deliver: Deliver) -> list[Job]:
        def job(work: Work) -> Callable[[], Any]:
            return lambda: work(Transaction(self._conn, PHONE, self._now, self._together))

        return [(job(work), False, future, deliver) for work, future in asked]

    def _may_begin(self) -> bool:
        """Begins unless another program writes to the file just now: only the writer's own thread waits for that."""
        self._conn.execute("PRAGMA busy_timeout = 0")
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        return True

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
                Transaction(self._conn, "leader", self._now).note(
                    "redo" if forward else "undo", label=step.label
                )
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
            self._seals = Seals(self._conn)
            self.undo = UndoLog(self._conn)
        except BaseException as trouble:
            self._ready.set_exception(trouble)
            return
        self._ready.set_result(None)
        while not self._ended or self._queued:
            batch = self._next()
            with self._turn:
                if self._begun is not None:
                    self._commit(*self._begun)
                    self._begun = None
                if batch and (outcomes := self._begin(batch)) is not None:
                    self._commit(batch, outcomes)
        with contextlib.suppress(sqlite3.Error):
            # so that the file is whole by itself even while another process still reads it
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._conn.close()

    def _next(self) -> list[Job]:
        """What is run next: all that is queued up to a job that stands alone; nothing when there only is to flush."""
        block = not self._queued
        while not self._ended and len(self._queued) < MOST_PER_COMMIT:
            try:
                job = self._jobs.get(block, REST if self._unfolded else None)
            except queue.Empty:
                if not block:
                    break
                self._fold()
                continue
            block = False
            if job is None:
                self._ended = True
            elif not isinstance(job, str):
                self._queued.append(job)
        batch: list[Job] = []
        while self._queued and len(batch) < MOST_PER_COMMIT:
            alone = self._queued[0][1]
            if not (alone and batch):
                batch.append(self._queued.popleft())
            if alone:
                break
        return batch

    def _fold(self) -> None:
        """Folds the log into the file while nobody waits: in a full room it would cost some of them two flushes more."""
        with self._turn, contextlib.suppress(sqlite3.Error):
            if self._begun is None:
                self._conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
                self._unfolded = False

    def _forget(self) -> None:
        self._together.write(self._conn)
        self._together.forget(() if self._alone else None)
        self._framed = self._framed or not self._alone

    def _settle(self) -> None:
        changed = self._seals.settle()
        if self._alone:
            self._together.forget(changed)
            self._framed = self._framed or bool(changed)

    def _begin(self, batch: list[Job]) -> list[Outcome] | None:
        """Runs jobs in a transaction that stays open; None if all of it failed, of which they have been told."""
        self._framed, self._alone = False, batch[0][1]
        try:
            try:
                outcomes = self._all(batch, careful=self._alone)
            except Halfway:
                # rare: all of it once more, each job with a place to come back to
                self._conn.execute("ROLLBACK")
                self._drop()
                outcomes = self._all(batch, careful=True)
            self._settle()
        except BaseException as trouble:
            self._fail(batch, trouble)
            return None
        return outcomes

    def _commit(self, batch: list[Job], outcomes: list[Outcome]) -> None:
        try:
            self._conn.execute("COMMIT")
            self._unfolded = True
        except BaseException as trouble:
            self._fail(batch, trouble)
            return
        if self._framed:
            self.frame += 1
        _deliver(batch, [_finished(outcome) for outcome in outcomes])

    def _fail(self, batch: list[Job], trouble: BaseException) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")
        self._drop()
        said = _as_trouble(trouble)
        _deliver(batch, [(job[2], None, said) for job in batch])

    def _drop(self) -> None:
        self._together.drop()
        self._seals.forget()

    def _all(self, batch: list[Job], careful: bool) -> list[Outcome]:
        if not self._conn.in_transaction:
            self._conn.execute("BEGIN IMMEDIATE")
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:  # somebody has written past our lock
            self._version = version
            self._together.forget()
            self._framed = True
        if self._alone:
            # an undo step may pass through states that only make sense at its end
            self._conn.execute("PRAGMA defer_foreign_keys = ON")
        self._now, self._together.waits = now_text(), not careful
        one = self._careful if careful else self._one
        outcomes = [(future, *one(run)) for run, _alone, future, _deliver in batch]
        self._together.write(self._conn)
        return outcomes

    def _changes(self) -> int:
        return self._conn.total_changes - self._together.written + self._together.added

    def _one(self, run: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        before = self._changes()
        try:
            return run(), None
        except Halfway:
            raise
        except Exception as trouble:
            if not self._conn.in_transaction:  # the disk took the whole transaction with it
                raise
            if self._changes() != before:
                raise Halfway from trouble
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
            self._drop()
            return None, _as_trouble(trouble)
        self._settle()
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
