"""Is this file whole, ours and of a version we know; do the books balance. Reading only: not a byte is changed."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from workshop_app import formats, invite
from workshop_app.i18n import N_, Language
from workshop_app.model.trouble import DamagedFile, Refused, Word
from workshop_app.store import dialogue_check, schema, seal, views, vote_check

NOT_DATABASE = N_(
    "{name} is not a session file, or its beginning is damaged. Open one of the copies in {backups}."
)
FOREIGN = N_("{name} is a database of another program, not a session of Behovsverkstad.")
NEWER = N_("{name} was made by a newer version of Behovsverkstad. Update the program and open it again.")
MISSING_TABLE = N_("{name} lacks its part “{table}”. Open one of the copies in {backups}.")
BROKEN = N_("{name} is damaged: {why}. It was left as it is. Open one of the copies in its backup folder.")
NO_FORMAT = N_("{name} follows the format “{format}”, which this version does not have. Update the program.")
EMPTY = N_("{name} is empty. It holds no session.")
NO_SESSION = N_("{name} holds no session: it was never finished. Make a new one.")
LOST_CARD = N_("Card {number} has no place. Put it in a heap, park it or hide it with a reason.")
ANSWER_WITHOUT_CARD = N_("An answer with receipt {receipt} has no card.")
DANGLING = N_("A link in the part “{table}” leads to nothing.")
LONGER = Word(N_("something hangs on behind its last page"))
PLAN = Word(N_("the plan of its tables cannot be read"))
FOREIGN_THING = N_("{name} holds a {kind} that is not ours, “{thing}”. It was not opened.")
VOTES_DIFFER = N_("The votes received with receipt {receipt} are not the votes that are counted.")
UNEVEN = N_("From the source “{source}” {received} cards were received and {found} lie in the books.")
EMPTY_HEAP_NEED = N_("Need {number} has lost the cards behind it.")
LINK_GONE = N_(
    "{found} of {written} are left of {what}: the rest has gone outside the program. Open one of the copies in {backups}."
)
LINK_ADDED = N_(
    "To {what}, something was added outside the program: {written} were written and {found} are there."
)
LINK_CHANGED = N_(
    "In {what}, something was changed outside the program. Open one of the copies in {backups}."
)
SEAL_GONE = N_("The count that belongs to {what} is gone. Open one of the copies in {backups}.")

# of a plan that is no text any more, SQLite says so in words that are no text either
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: a msgid with values; `fatal` means damaged, else only unbalanced."""

    message: str
    values: dict[str, object]
    fatal: bool = False

    def say(self, lang: Language) -> str:
        """The sentence in a language."""
        values = {k: lang(v) if isinstance(v, Word) else v for k, v in self.values.items()}
        return lang(self.message).format(**values)


def _reading(path: Path) -> sqlite3.Connection:
    # immutable only when nobody can be writing: a -wal beside the file must be read too, and reading it needs mode=ro
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None)


def look(path: Path) -> None:
    """Raises DamagedFile or Refused when a file cannot be opened as a session; cheap enough to run at every open."""
    name, backups = path.name, path.with_name(path.stem + ".backups").name
    try:
        if path.stat().st_size == 0:
            raise DamagedFile(EMPTY, name=name)
        with path.open("rb") as handle:
            if handle.read(16) != b"SQLite format 3\x00":
                raise DamagedFile(NOT_DATABASE, name=name, backups=backups)
    except OSError as trouble:
        raise DamagedFile(BROKEN, name=name, why=str(trouble)) from trouble
    conn = _reading(path)
    try:
        if conn.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise DamagedFile(FOREIGN, name=name)
        if conn.execute("PRAGMA user_version").fetchone()[0] > schema.SCHEMA_VERSION:
            raise Refused(NEWER, name=name)
        found = {(kind, thing) for kind, thing in conn.execute("SELECT type, name FROM sqlite_master")}
        for table in (
            schema.tables()
            if conn.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA_VERSION
            else ()
        ):
            if ("table", table) not in found:
                raise DamagedFile(MISSING_TABLE, name=name, table=table, backups=backups)
        if ("table", schema.MIGRATIONS) not in found:
            raise DamagedFile(MISSING_TABLE, name=name, table=schema.MIGRATIONS, backups=backups)
        for view in views.VIEWS:
            if ("view", view) not in found:
                raise DamagedFile(MISSING_TABLE, name=name, table=view, backups=backups)
        for kind, thing in sorted(found):
            if kind == "trigger" or (kind == "view" and thing not in views.VIEWS):
                raise DamagedFile(FOREIGN_THING, name=name, kind=kind, thing=thing)
        said = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise DamagedFile(BROKEN, name=name, why=str(said).splitlines()[-1])
        if not conn.execute("SELECT count(*) FROM sqlite_master WHERE name = 'session'").fetchone()[0]:
            raise DamagedFile(NO_SESSION, name=name)
    except _UNREADABLE as trouble:
        raise DamagedFile(BROKEN, name=name, why=_why(trouble)) from trouble
    finally:
        conn.close()


def version(path: Path) -> int:
    """The schema version that a file says it has."""
    conn = _reading(path)
    try:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])
    finally:
        conn.close()


def findings(path: Path) -> list[Finding]:
    """Everything that is wrong with a file that `look` lets through: damage first, then what breaks the books."""
    look(path)
    out: list[Finding] = []
    conn = _reading(path)
    try:
        said = [row[0] for row in conn.execute("PRAGMA integrity_check(5)")]
        if _longer(conn, path):
            said.append(LONGER)
        out += [
            Finding(BROKEN, {"name": path.name, "why": line}, fatal=True) for line in said if line != "ok"
        ]
        dangling = {row[0] for row in conn.execute("PRAGMA foreign_key_check")}
        out += [Finding(DANGLING, {"table": table}, fatal=True) for table in sorted(dangling)]
        if not conn.execute("SELECT count(*) FROM session").fetchone()[0]:
            return [*out, Finding(NO_SESSION, {"name": path.name}, fatal=True)]
        out += _values(conn, path.name)
        if not any(one.fatal for one in out):
            out += _books(conn)
        out += _seals(conn, path)
    except _UNREADABLE as trouble:
        raise DamagedFile(BROKEN, name=path.name, why=_why(trouble)) from trouble
    finally:
        conn.close()
    return out


def _why(trouble: Exception) -> str:
    return PLAN if isinstance(trouble, UnicodeDecodeError) else str(trouble)


def _longer(conn: sqlite3.Connection, path: Path) -> bool:
    """Whether something hangs on behind the last page, where no log tells of pages yet to come."""
    wal = path.with_name(path.name + "-wal")
    pages, size = (conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return not (wal.exists() and wal.stat().st_size) and path.stat().st_size != pages * size


def _values(conn: sqlite3.Connection, name: str) -> list[Finding]:
    """Values that every reader trusts: JSON that can be read, a step that is there, times, a format that we have."""
    wrong = [
        f"{table}.{column}"
        for table, column in schema.JSON_COLUMNS
        if conn.execute(f"SELECT 1 FROM {table} WHERE NOT json_valid({column}) LIMIT 1").fetchone()
    ]
    wrong += [
        f"{table}.{column}"
        for table, column in schema.TIMES
        if conn.execute(
            f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL AND julianday({column}) IS NULL LIMIT 1"
        ).fetchone()
    ]
    wrong += _altered(conn) if not wrong else []
    if not conn.execute("SELECT 1 FROM session JOIN step ON step.id = session.current_step").fetchone():
        wrong.append("session.current_step")
    wrong += _format(conn)
    return [Finding(BROKEN, {"name": name, "why": place}, fatal=True) for place in wrong]


def _format(conn: sqlite3.Connection) -> list[str]:
    """What is amiss with the format the session follows, and the steps that it does not know."""
    name, text = conn.execute("SELECT format_id, format_toml FROM session").fetchone()
    try:
        one = formats.held(name, text)
    except formats.FormatTrouble as trouble:
        return [f"{trouble.where}:{trouble.line}"]
    if one is None:
        return ["session.format_id"]
    known = {step.id for step in one.steps}
    return [f"step {row[0]}" for row in conn.execute("SELECT id FROM step") if row[0] not in known]


def _altered(conn: sqlite3.Connection) -> list[str]:
    """Answers that no longer are what was received: their words stand in three places, and a receipt follows from its number."""
    file_id = conn.execute("SELECT file_id FROM session").fetchone()[0]
    out = []
    rows = conn.execute(
        "SELECT ifnull(origin.number, answer.id), ifnull(origin.file_id, ?), answer.id, answer.receipt, answer.source,"
        " answer.text, json_extract(fields, '$.text'), card.text"
        " FROM answer LEFT JOIN card ON card.answer_id = answer.id"
        " LEFT JOIN origin ON origin.kind = 'answer' AND origin.row_id = answer.id",
        (file_id,),
    )
    for first, salt, number, receipt, source, words, in_fields, on_card in rows:
        other_words = {w for w in (in_fields, on_card) if w is not None} - {words}
        # receipts that two joined files had in common got a sign more
        if other_words or (
            source != "import" and receipt.partition("-")[0] != invite.receipt_code(first, salt)
        ):
            out.append(f"answer {number} ({receipt})")
    return out


def _seals(conn: sqlite3.Connection, path: Path) -> list[Finding]:
    out = []
    for one in seal.broken(conn):
        if one.written is None:
            sentence = SEAL_GONE
        elif one.written == one.found:
            sentence = LINK_CHANGED
        else:
            sentence = LINK_GONE if one.found < one.written else LINK_ADDED
        values: dict[str, object] = {
            "what": Word(seal.SAYING.get(one.part, one.part)),
            "written": one.written,
            "found": one.found,
            "backups": path.with_name(path.stem + ".backups").name,
        }
        out.append(Finding(sentence, values))
    return out


def _books(conn: sqlite3.Connection) -> list[Finding]:
    out = []
    without = conn.execute(
        "SELECT receipt FROM answer WHERE json_extract(fields, '$._makes') = 'card'"
        " AND id NOT IN (SELECT answer_id FROM card)"
    )
    out += [Finding(ANSWER_WITHOUT_CARD, {"receipt": r}, fatal=True) for (r,) in without]
    out += [Finding(VOTES_DIFFER, {"receipt": r}, fatal=True) for r in vote_check.strange(conn)]
    out += [
        Finding(UNEVEN, {"source": source, "received": received, "found": found}, fatal=True)
        for source, received, found in vote_check.uneven(conn)
    ]
    lost = conn.execute(
        "SELECT card.id FROM card LEFT JOIN heap ON heap.id = card.heap_id"
        " WHERE (card.state = 'heap' AND heap.id IS NULL)"
        " OR (card.state = 'merged' AND card.merged_into NOT IN (SELECT id FROM card))"
        " OR (card.state = 'hidden' AND card.reason = '')"
    )
    out += [Finding(LOST_CARD, {"number": n}) for (n,) in lost]
    bare = conn.execute(
        "SELECT number FROM need WHERE merged_into IS NULL"
        " AND status IN ('ready', 'anchored', 'decided', 'closed') AND route <> 'parked'"
        " AND id NOT IN (SELECT need_id FROM need_evidence)"
        " AND id NOT IN (SELECT need_id FROM waiver WHERE field = 'evidence')"
        " AND id NOT IN (SELECT need_id FROM carried WHERE cards > 0) AND NOT EXISTS (SELECT 1 FROM erasure)"
    )
    out += [Finding(EMPTY_HEAP_NEED, {"number": n}) for (n,) in bare]
    out += [Finding(message, values) for message, values in dialogue_check.broken(conn)]
    return out
