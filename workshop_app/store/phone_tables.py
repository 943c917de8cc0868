"""The tables of what a phone says of itself and how it is known. Part of schema.py, in a module of its own for size."""

UNDOABLE = ("mute", "same_person")
TIMES = (("done_sign", "at"), ("mute", "at"), ("come_back", "at"), ("same_person", "at"))

SQL = """
-- "I am done" from a phone; its last row for a step and a round counts.
CREATE TABLE done_sign (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    round INTEGER NOT NULL DEFAULT 1,
    participant TEXT NOT NULL REFERENCES participant (id),
    value INTEGER NOT NULL CHECK (value IN (0, 1)),
    at TEXT NOT NULL
) STRICT;
-- Phones that the leader has muted.
CREATE TABLE mute (
    participant TEXT PRIMARY KEY REFERENCES participant (id),
    at TEXT NOT NULL
) STRICT;
-- A phone that lost its id, or stands at another address, and has shown whose it is; its last row counts.
CREATE TABLE come_back (
    id INTEGER PRIMARY KEY,
    phone TEXT NOT NULL,
    participant TEXT NOT NULL REFERENCES participant (id),
    at TEXT NOT NULL
) STRICT;
-- A participant that joined anew and is the same person as an earlier one; rows of either stay under their own id.
CREATE TABLE same_person (
    participant TEXT PRIMARY KEY REFERENCES participant (id),
    same_as TEXT NOT NULL REFERENCES participant (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX same_person_as ON same_person (same_as);
-- Up to which answer phones could answer in a step (open 1) or could not (0): pictures of votes go by it. Never undone,
-- for what has been seen has been seen.
CREATE TABLE phone_turn (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    answer INTEGER NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1))
) STRICT;
"""
