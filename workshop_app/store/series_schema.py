"""The tables of what outlives one session: lineage of needs, what became of them, joined files, small sheets, erasures."""

UNDOABLE = ("carried", "happened", "same_need", "sheet_row", "project", "funnel")

SERIES_SQL = """
-- A need brought from an earlier session: its reference there. The voices behind it are counted there and are no cards here;
-- "voices" holds role -> how many, roles of at least three only. A need brought several times has several rows, oldest first.
CREATE TABLE carried (
    id INTEGER PRIMARY KEY,
    need_id INTEGER NOT NULL REFERENCES need (id),
    file_id TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    cards INTEGER NOT NULL DEFAULT 0,
    voices TEXT NOT NULL DEFAULT '{}'
) STRICT;
-- A parked card of an earlier session, taken up again as a reference: no card of this one.
CREATE TABLE carried_card (
    id INTEGER PRIMARY KEY,
    file_id TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
-- What has happened to a need since it was decided; the last row counts.
CREATE TABLE happened (
    id INTEGER PRIMARY KEY,
    need_id INTEGER NOT NULL REFERENCES need (id),
    status TEXT NOT NULL CHECK (status IN ('done', 'moved', 'stopped', 'not_yet')),
    note TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
) STRICT;
-- In a file made of several: which file a row came from and which number it had there.
CREATE TABLE origin (
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'card', 'need')),
    row_id INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, row_id)
) STRICT;
-- Needs of different organisations that say the same, as the leader has marked them; need_id is the lower one.
CREATE TABLE same_need (
    need_id INTEGER NOT NULL REFERENCES need (id),
    other_id INTEGER NOT NULL REFERENCES need (id),
    PRIMARY KEY (need_id, other_id)
) STRICT;
-- What is written in a small sheet (resources/sheets), for a need or the whole workshop; item: "once", one of the sheet's
-- own items, or '' for a free row.
CREATE TABLE sheet_row (
    id INTEGER PRIMARY KEY,
    sheet TEXT NOT NULL,
    need_id INTEGER REFERENCES need (id),
    position INTEGER NOT NULL DEFAULT 0,
    item TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL
) STRICT;
-- The project that the session belongs to: "key" is the file id of its first session, "follows" that of the one before.
CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    follows TEXT NOT NULL DEFAULT '',
    follows_title TEXT NOT NULL DEFAULT ''
) STRICT;
-- How many were left at each stage of a procurement, as the leader counted.
CREATE TABLE funnel (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    count INTEGER NOT NULL
) STRICT;
-- The answers of this file were erased: when, on what basis, how many rows of each kind. Nothing of what they said.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    basis TEXT NOT NULL,
    counts TEXT NOT NULL
) STRICT;
"""
