"""Counts every row and link as it is written, so that `workshop check` misses one that later went away outside the program.

Many a link may rightly be absent: a card that lies loose, a theme without heaps, a need without a goal. Only who wrote
the file knows what ought to be there. So each part has a seal: how many rows it has, and one number made from all of
them, which does not depend on their order: a row that comes or goes turns the same bits. The writing connection keeps it
up in the transaction of each change, by TEMP triggers as for undo; undo, redo and a power cut therefore keep it right too.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

from workshop_app.i18n import N_
from workshop_app.store import schema

UNSEALED = ("seal", "vector")  # vectors can be made again

# Links that lie in columns of a row have a seal apart from the row's words: table -> (what it is, its columns).
_LINKS = {
    "card": ("place", ("state", "heap_id", "merged_into", "reason")),
    "heap": ("theme", ("theme_id",)),
    "need": ("route", ("route", "route_kind", "route_reason", "other_process", "review_date", "owner")),
}

SAYING = {
    "agenda_item": N_("the fixed agenda of the meetings"),
    "answer": N_("what was received"),
    "blackout": N_("the traces of words blacked out"),
    "buyer_role": N_("who took part from the buyer"),
    "card": N_("the cards"),
    "card place": N_("which heap each card lies in"),
    "carried": N_("what was brought from earlier"),
    "carried_card": N_("the parked cards of earlier sessions"),
    "come_back": N_("the phones that came back"),
    "comment": N_("the comments on the draft"),
    "comment_round": N_("the comment round"),
    "contact": N_("the names that were given"),
    "dealt": N_("the hands that were dealt"),
    "dialogue": N_("the terms of the dialogue with suppliers"),
    "done_sign": N_("who said that they were done"),
    "dot": N_("the dots"),
    "erasure": N_("the receipts of erasing"),
    "funnel": N_("the counts of the stages"),
    "given": N_("who has had what in the dialogue"),
    "goal": N_("the goals"),
    "goal_vote": N_("what phones said of the goals"),
    "happened": N_("what has happened since"),
    "heap": N_("the heaps"),
    "heap theme": N_("which theme each heap belongs to"),
    "heap_name": N_("the names that phones gave heaps"),
    "journal_line": N_("the journal"),
    "material": N_("the material shown to suppliers"),
    "me_too": N_("the marks “true here too”"),
    "missing_voice": N_("who was missing"),
    "mute": N_("the muted phones"),
    "need": N_("the needs"),
    "need route": N_("the routes and owners of the needs"),
    "need_card": N_("the cards behind the needs"),
    "need_draft": N_("what the tables wrote"),
    "need_goal": N_("the goals that the needs serve"),
    "need_stakeholder": N_("whom the needs concern"),
    "need_version": N_("the earlier versions of the needs"),
    "origin": N_("where joined rows came from"),
    "outcome": N_("the outcomes that were kept"),
    "phone_turn": N_("when phones could answer"),
    "pair_answer": N_("what phones said about pairs of cards"),
    "pair_settled": N_("the pairs of cards that were decided"),
    "paragraph": N_("the paragraphs of the draft"),
    "participant": N_("the participants"),
    "placement": N_("where phones put the cards"),
    "project": N_("the project that the workshop belongs to"),
    "qa": N_("the question list"),
    "question_version": N_("the wordings of the question"),
    "rating": N_("the ratings"),
    "recognition": N_("who recognises the needs"),
    "rfi": N_("the request for information"),
    "rfi_need": N_("the needs of the request for information"),
    "rfi_question": N_("the questions of the request for information"),
    "room_table": N_("the tables in the room"),
    "same_need": N_("the needs marked as the same"),
    "same_person": N_("who was united with an earlier phone"),
    "seat": N_("at which tables the phones sat"),
    "session": N_("the cover"),
    "sheet_row": N_("what stands in the sheets"),
    "slot": N_("the meetings with suppliers"),
    "slot_item": N_("the minutes spent in the meetings"),
    "slot_note": N_("the notes of the meetings"),
    "sorting": N_("the rounds of sorting"),
    "step": N_("the steps"),
    "supplier": N_("the suppliers"),
    "supplier_judgement": N_("the judgements of suppliers"),
    "table_card": N_("the cards that tables were given"),
    "theme": N_("the themes"),
    "waiver": N_("the reasons for keeping a wording"),
    "withdrawal": N_("the cards taken back"),
}


@dataclass(frozen=True)
class Part:
    """What one seal is made from: a table, the columns that count and those that tell its rows apart."""

    name: str
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """A seal that does not fit: what was written and what is there. `written` is None where the seal itself is gone."""

    part: str
    written: int | None
    found: int


def parts(conn: sqlite3.Connection) -> list[Part]:
    """Every part that is sealed, from the tables themselves: a new table has its seal from the start."""
    out = []
    for table in schema.tables():
        if table in UNSEALED:
            continue
        info = conn.execute(f"PRAGMA table_info({table})").fetchall()
        columns = tuple(row[1] for row in info)
        keys = tuple(row[1] for row in info if row[5])
        name, links = _LINKS.get(table, ("", ()))
        out.append(Part(table, table, tuple(c for c in columns if c not in links)))
        if links:
            out.append(Part(f"{table} {name}", table, (*keys, *links)))
    return out


def _mark(values: tuple[object, ...]) -> int:
    # 7 bytes: fits SQLite's signed 64 bits with room to spare
    return int.from_bytes(blake2b(repr(values).encode("utf-8", "replace"), digest_size=7).digest())


class Seals:
    """Keeps the seals of a file up while one connection writes; a file that has none yet is sealed as it is.

    Triggers note the rows that come and go; `settle` reckons them in, once for all that is committed together.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._noted: dict[str, tuple[int, int]] = {}
        conn.create_function("seal_note", -1, self._note)
        if not conn.execute("SELECT 1 FROM seal LIMIT 1").fetchone():
            conn.execute("BEGIN IMMEDIATE")
            renew(conn)
            conn.execute("COMMIT")
        for part in parts(conn):
            self._watch(part)

    def _watch(self, part: Part) -> None:
        olds, news = (", ".join(f"{side}.{c}" for c in part.columns) for side in ("old", "new"))
        differs = " OR ".join(f"old.{c} IS NOT new.{c}" for c in part.columns)
        name = part.name.replace(" ", "_")
        for verb, when, notes in (
            ("INSERT", "1", ((1, news),)),
            ("UPDATE", differs, ((0, olds), (0, news))),
            ("DELETE", "1", ((-1, olds),)),
        ):
            note = "".join(f"SELECT seal_note('{part.name}', {rows}, {values}); " for rows, values in notes)
            self._conn.execute(
                f"CREATE TEMP TRIGGER seal_{name}_{verb} AFTER {verb} ON main.{part.table} WHEN {when} BEGIN {note}END"
            )

    def _note(self, part: str, rows: int, *values: object) -> None:
        more, mark = self._noted.get(part, (0, 0))
        self._noted[part] = (more + rows, mark ^ _mark(values))

    def settle(self) -> set[str]:
        """Reckons in what has changed since; the last thing before a commit, and before a savepoint is released.

        Returns the parts that changed.
        """
        noted, self._noted = self._noted, {}
        if noted:
            self._conn.executemany(
                # a | b less a & b is what SQLite has for "one of the two"
                "UPDATE seal SET rows = rows + ?1, mark = (mark | ?2) - (mark & ?2) WHERE part = ?3",
                [(rows, mark, part) for part, (rows, mark) in noted.items()],
            )
        return set(noted)

    def forget(self) -> None:
        """What has changed since is rolled back."""
        self._noted.clear()


def renew(conn: sqlite3.Connection) -> None:
    """Seals the file as it is, inside the caller's transaction: for who changes a file on another connection."""
    conn.execute("DELETE FROM seal")
    rows = [(part.name, *_found(conn, part)) for part in parts(conn)]
    conn.executemany("INSERT INTO seal VALUES (?, ?, ?)", rows)


def _found(conn: sqlite3.Connection, part: Part) -> tuple[int, int]:
    rows, mark = 0, 0
    for row in conn.execute(f"SELECT {', '.join(part.columns)} FROM {part.table}"):
        rows, mark = rows + 1, mark ^ _mark(row)
    return rows, mark


def broken(conn: sqlite3.Connection) -> Iterator[Broken]:
    """The parts whose rows are not those that the program wrote. Reads everything at one moment.

    A file without any seal has not been opened since it was made or erased; it is sealed when it is.
    """
    conn.execute("BEGIN")
    try:
        written = {part: (rows, mark) for part, rows, mark in conn.execute("SELECT * FROM seal")}
        found = [(part, _found(conn, part)) for part in parts(conn)]
    finally:
        conn.execute("ROLLBACK")
    if not written:
        return
    for _table, group in groupby(found, key=lambda one: one[0].table):
        told = False
        for part, (rows, mark) in group:
            seal = written.get(part.name)
            if seal == (rows, mark) or (told and seal is not None and seal[0] != rows):
                continue  # a row that is gone is told once, not for its links as well
            told = True
            yield Broken(part.name, seal[0] if seal else None, rows)
