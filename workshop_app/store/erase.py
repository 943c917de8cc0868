"""Erasing for good: what people answered, or the whole file, with its backups; what is left is a receipt without content.

Freed pages are overwritten and the file is written anew; copies and logs beside it are overwritten before they are removed.
What a disk or a backup of the computer keeps elsewhere is beyond the program.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from workshop_app.i18n import N_
from workshop_app.model.blackout import SIGN
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import check, schema, seal
from workshop_app.store.backup import Backups
from workshop_app.store.lock import FileLock
from workshop_app.store.writer import now_text

READ = N_("{name} is open in another program. Close it there first; nothing was erased.")
STUCK = N_("{name} could not be removed: {why}. The rest was erased. Remove it by hand.")

# What stays: the cover, and what the leader made of the answers. Any other table is emptied, one of a later version too.
KEPT = (
    *(
        "session",
        "step",
        "question_version",
        "missing_voice",
        "need",
        "need_stakeholder",
        "need_goal",
        "waiver",
    ),
    *(
        "goal",
        "carried",
        "happened",
        "same_need",
        "sheet_row",
        "project",
        "funnel",
        "erasure",
        "journal_line",
    ),
)
COUNTED = ("answer", "card", "participant", "contact")
COPIED_INTO = ("need", "waiver", "happened", "need_stakeholder", "missing_voice")
LONG_ENOUGH = 12  # signs of an answer that are sought in what the leader wrote
CHUNK = bytes(2**20)


def answers(path: Path, basis: str, medians: Mapping[int, Mapping[str, float]]) -> dict[str, int]:
    """Erases every answer and everything that repeats one; `medians` of needs stay as figures. Returns what there was."""
    lock = FileLock(path, "workshop erase")
    try:
        check.look(path)
        conn = sqlite3.connect(path, isolation_level=None, timeout=2)
        try:
            counts = _emptied(conn, basis, medians)
        except sqlite3.OperationalError as trouble:
            raise Refused(READ, name=path.name) from trouble
        finally:
            conn.close()
        _shred_beside(path)
        return counts
    finally:
        lock.release()


def whole(path: Path) -> dict[str, int]:
    """Erases the file itself with all that belongs to it; returns how many rows of each kind it had."""
    lock = FileLock(path, "workshop erase")
    try:
        counts = {}
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=2)) as conn:
            counts = _counts(conn)
        _shred_beside(path)
        shred(path)
        return counts
    finally:
        lock.release()


def _counts(conn: sqlite3.Connection) -> dict[str, int]:
    return {t: int(conn.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in COUNTED}


def _emptied(
    conn: sqlite3.Connection, basis: str, medians: Mapping[int, Mapping[str, float]]
) -> dict[str, int]:
    conn.execute("PRAGMA secure_delete = ON")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.execute("PRAGMA journal_mode = PERSIST")  # so that its bytes can be overwritten afterwards
    conn.execute("BEGIN EXCLUSIVE")
    counts, now = _counts(conn), now_text()
    _black_out_copies(conn)
    conn.execute("UPDATE need SET heap_id = NULL, wish = ''")
    for need, figures in medians.items():
        conn.execute("UPDATE need SET given_priority = ? WHERE id = ?", (json.dumps(dict(figures)), need))
    conn.execute("UPDATE session SET extra = '{}'")
    conn.execute("PRAGMA defer_foreign_keys = ON")
    for table in (t for t in schema.tables() if t not in KEPT and t != "seal"):
        conn.execute(f"DELETE FROM {table}")
    row = (now, basis, json.dumps(counts))
    conn.execute("INSERT INTO erasure (at, basis, counts) VALUES (?, ?, ?)", row)
    line = (now, "leader", "erase", json.dumps(counts))
    conn.execute("INSERT INTO journal_line (at, who, action, detail) VALUES (?, ?, ?, ?)", line)
    seal.renew(conn)
    conn.execute("COMMIT")
    conn.execute("VACUUM")
    return counts


def _black_out_copies(conn: sqlite3.Connection) -> None:
    """Where the leader has copied a whole answer into a need or a note, it goes there too."""
    said: set[str] = set()
    for text, fields in conn.execute("SELECT text, fields FROM answer"):
        said.add(text)
        said.update(v for v in json.loads(fields).values() if isinstance(v, str))
    long = sorted((t for t in said if len(t) >= LONG_ENOUGH), key=len, reverse=True)
    for row, text in conn.execute("SELECT id, fields FROM sheet_row").fetchall():
        fields = json.loads(text)
        for one in long:
            fields = {name: value.replace(one, SIGN) for name, value in fields.items()}
        left = json.dumps(fields, ensure_ascii=False, sort_keys=True)
        conn.execute("UPDATE sheet_row SET fields = ? WHERE id = ?", (left, row))
    for table in COPIED_INTO:
        columns = [r[1] for r in conn.execute(f"PRAGMA table_info({table})") if r[2] == "TEXT"]
        columns = [c for c in columns if (table, c) not in schema.JSON_COLUMNS + schema.TIMES]
        for rowid, *values in conn.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}").fetchall():
            for column, value in zip(columns, values, strict=True):
                left = value
                for text in long:
                    left = left.replace(text, SIGN)
                if left != value:
                    conn.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (left, rowid))


def _shred_beside(path: Path) -> None:
    """The backups, and what SQLite keeps beside a file."""
    backups = Backups(path)
    for copy in backups.folder.iterdir() if backups.folder.is_dir() else ():
        shred(copy)
    with contextlib.suppress(OSError):
        backups.folder.rmdir()
    for ending in ("-journal", "-wal", "-shm", ".part", ".part-wal", ".part-shm"):
        shred(path.with_name(path.name + ending))


def shred(path: Path) -> None:
    """Overwrites a file with zeros and removes it; a file that is not there is fine."""
    if not path.is_file() or path.is_symlink():
        return
    try:
        with path.open("r+b") as handle:
            left = path.stat().st_size
            while left > 0:
                left -= handle.write(CHUNK[:left])
            handle.flush()
            os.fsync(handle.fileno())
        path.unlink()
    except OSError as trouble:
        raise RoomTrouble(STUCK, name=str(path), why=trouble.strerror or "") from trouble
