"""The session file: one SQLite database that is the workshop. One object writes; any thread may read."""

import contextlib
import copy
import os
import sqlite3
import threading
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import quote

from workshop_app.i18n import N_
from workshop_app.model.trouble import DamagedFile, Refused, RoomTrouble, Word
from workshop_app.store import check, closed_part, schema
from workshop_app.store.backup import Backups
from workshop_app.store.lock import UNWRITABLE, FileLock
from workshop_app.store.writer import PATIENCE, Asked, Deliver, Work, Writer

EXISTS = N_("There is already a file at {name}. Choose another name; nothing was overwritten.")
ABSENT = N_("There is no file at {name}.")
NO_COPY = N_("an older file is copied aside before it is updated, and that failed")
CLOSED = N_("The session file is closed.")
MOST_IN_LOG = 8_000  # pages of 4 kB, while the writer finds no rest to fold them into the file


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?mode={mode}"
    conn = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE / 1000
    )
    conn.execute("PRAGMA trusted_schema = OFF")
    conn.execute("PRAGMA foreign_keys = ON")
    return conn


def _bring_up_to_date(path: Path) -> None:
    from sqlite_utils import Database

    from workshop_app.store.migrations import make

    db = Database(sqlite3.connect(path, isolation_level=None), execute_plugins=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    make(db)
    db.close()


class SessionFile:
    """An open session file. Make one with `create`, `open` or `read`; close it when done (a context manager too)."""

    def __init__(self, path: Path, *, writing: bool, program: str = "workshop", fresh: bool = False) -> None:
        self.path = path
        self.writing = writing
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._readers_lock = threading.Lock()
        self._closed = threading.Event()  # shared with what `for_phones` gives
        self._for_phones = False
        self._lock: FileLock | None = None
        self._writer: Writer | None = None
        self.backups = Backups(path)
        if not writing:
            check.look(path)
            return
        self._lock = FileLock(path, program)
        try:
            check.look(path)
            if not fresh:
                self._copy_and_update()
            self._writer = Writer(self._writing_connection)
        except sqlite3.Error as trouble:
            self.close()
            raise RoomTrouble(UNWRITABLE, folder=str(path.parent), why=str(trouble)) from trouble
        except BaseException:
            self.close()
            raise

    def _copy_and_update(self) -> None:
        older = check.version(self.path) < schema.SCHEMA_VERSION
        copied = self.backup("before-update" if older else "open")
        if older:
            if copied is None:
                raise RoomTrouble(UNWRITABLE, folder=str(self.path.parent), why=Word(NO_COPY))
            _bring_up_to_date(self.path)

    # Making and opening -------------------------------------------------------

    @classmethod
    def create(cls, path: Path, program: str = "workshop") -> "SessionFile":
        """Makes a new empty session file; refuses to overwrite, and leaves nothing behind if the folder says no."""
        path = Path(path)
        if path.exists():
            raise Refused(EXISTS, name=str(path))
        part = path.with_name(path.name + ".part")
        try:
            part.unlink(missing_ok=True)
            _bring_up_to_date(part)
            part.rename(path)
        except (OSError, sqlite3.Error) as trouble:
            for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
                if part.parent.is_dir():
                    leftover.unlink(missing_ok=True)
            raise RoomTrouble(UNWRITABLE, folder=str(path.parent), why=str(trouble)) from trouble
        return cls(path, writing=True, program=program, fresh=True)

    @classmethod
    def open(cls, path: Path, program: str = "workshop") -> "SessionFile":
        """Opens a file for writing. Refused when another process writes it, DamagedFile when it is not whole."""
        path = Path(path)
        if not path.exists():
            raise Refused(ABSENT, name=str(path))
        return cls(path, writing=True, program=program)

    @classmethod
    def read(cls, path: Path) -> "SessionFile":
        """Opens a file for reading only; works beside a writer."""
        path = Path(path)
        if not path.exists():
            raise Refused(ABSENT, name=str(path))
        return cls(path, writing=False)

    def _writing_connection(self) -> sqlite3.Connection:
        conn = _connect(self.path, "rw")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute("PRAGMA temp_store = MEMORY")
        conn.execute(f"PRAGMA wal_autocheckpoint = {MOST_IN_LOG}")
        return conn

    def for_phones(self) -> "SessionFile":
        """The same file as the phones' server may have it: its readings cannot reach the buyer's closed part."""
        other = copy.copy(self)
        other._local = threading.local()
        other._for_phones = True
        return other

    # Writing --------------------------------------------------------------------

    def submit(
        self,
        work: Work,
        *,
        who: str = "program",
        undo_label: str | None = None,
        alone: bool = False,
        joins: str = "",
        seals: bool = False,
    ) -> Future:
        """Queues one job for the writer; the future is done after the commit. `alone`: in a transaction of its own,
        `joins`: what it is one undo step with, `seals`: nothing done until then can be taken back."""
        writer = self._live_writer()
        return writer.submit(work, who=who, undo_label=undo_label, alone=alone, joins=joins, seals=seals)

    def post(self, asked: list[Asked], deliver: Deliver) -> None:
        """Queues phones' jobs; `deliver` is called on the writer's thread with all that was committed together."""
        self._live_writer().post(asked, deliver)

    def run_here(self, asked: list[Asked], deliver: Deliver) -> bool:
        """The same, run in this thread and flushed by the writer's; False, with nothing done, while another writes."""
        return self._live_writer().run_here(asked, deliver)

    def undo(self) -> Future:
        """Takes the last desk action back; gives its label, "" when there is none. Refused if built on."""
        return self._live_writer().step_back()

    def redo(self) -> Future:
        """Does the last undone action again; gives its label."""
        return self._live_writer().step_back(forward=True)

    @property
    def undo_label(self) -> str:
        """The msgid of what Ctrl+Z would take back, "" for nothing."""
        steps = self._writer.undo.done if self._writer else []
        return steps[-1].label if steps else ""

    @property
    def undo_step(self) -> int:
        """The number of the step that Ctrl+Z would take back, 0 for none: tells whether a step is still the last."""
        steps = self._writer.undo.done if self._writer else []
        return steps[-1].id if steps else 0

    @property
    def redo_label(self) -> str:
        """The msgid of what Ctrl+Y would do again, "" for nothing."""
        steps = self._writer.undo.undone if self._writer else []
        return steps[-1].label if steps else ""

    def _live_writer(self) -> Writer:
        if self._writer is None or self._closed.is_set():
            raise Refused(CLOSED)
        return self._writer

    # Reading --------------------------------------------------------------------

    def _reader(self) -> sqlite3.Connection:
        if self._closed.is_set():
            raise Refused(CLOSED)
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            conn = _connect(self.path, "rw" if self.writing else self._reading_mode())
            conn.execute("PRAGMA query_only = ON")
            conn.row_factory = sqlite3.Row
            if self._for_phones:
                closed_part.keep_from(conn)
            self._local.conn = conn
            with self._readers_lock:
                self._readers.append(conn)
        return conn

    def _reading_mode(self) -> str:
        # where nothing can be written there is no writer and no log beside the file, and SQLite could make none to read by
        alone = not os.access(self.path.parent, os.W_OK) and not self._log.exists()
        return "ro&immutable=1" if alone else "ro"

    @property
    def _log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def select(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Rows of a query, on this thread's reading connection. For the store's own modules."""
        try:
            return self._reader().execute(sql, values).fetchall()
        except sqlite3.ProgrammingError as trouble:  # closed in another thread meanwhile
            raise Refused(CLOSED) from trouble
        except sqlite3.DatabaseError as trouble:
            if closed_part.refused(trouble):
                raise Refused(closed_part.CLOSED_PART) from trouble
            raise DamagedFile(check.BROKEN, name=self.path.name, why=str(trouble)) from trouble

    def data_version(self) -> int:
        """A number that moves when another connection has committed; cheap enough to ask five times a second."""
        return int(self._reader().execute("PRAGMA data_version").fetchone()[0])

    def frame(self) -> int:
        """A number that moves when anybody but a phone has committed: what the leader decides has then changed."""
        return self._writer.frame if self._writer is not None else self.data_version()

    def backup(self, reason: str) -> Path | None:
        """A copy of the file as it is now, named after the reason; old ones are thinned. None if that failed."""
        return self.backups.make(reason, self._reader)

    # Ending ---------------------------------------------------------------------

    def close(self) -> None:
        """Ends the writer, folds the log into the file (no -wal left) and gives the lock free."""
        if self._closed.is_set():
            return
        self._closed.set()
        with self._readers_lock:
            for conn in self._readers:
                conn.close()
            self._readers.clear()
        if self._writer is not None:
            self._writer.close()
        if not self.writing:
            self._tidy()
        if self._lock is not None:
            self._lock.release()

    def _tidy(self) -> None:
        """Takes away the empty log that reading left behind, when nobody else has the file open: SQLite sees to that."""
        with contextlib.suppress(OSError, sqlite3.Error):
            if self._log.exists() and not self._log.stat().st_size:
                conn = _connect(self.path, "rw")
                conn.execute("PRAGMA schema_version")
                conn.close()

    def __enter__(self) -> "SessionFile":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
