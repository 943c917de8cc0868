"""The tables of a comment round on a draft. Part of schema.py, in a module of its own for size."""

UNDOABLE = ("comment_round", "paragraph", "comment")
TIMES = (
    ("comment_round", "final_at"),
    ("comment", "received_at"),
    ("comment", "answered_at"),
    ("comment", "published_at"),
)
# No connection of the phones' server reads what others have said of the draft before it is published.
CLOSED_TABLES = ("comment",)

SQL = """
-- A comment round on a draft, at most one a session; its paragraphs have numbers that never change.
CREATE TABLE comment_round (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    title TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '', -- what comments are asked for
    closes_on TEXT NOT NULL DEFAULT '',
    final_at TEXT
) STRICT;
CREATE TABLE paragraph (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paragraph_id INTEGER NOT NULL REFERENCES paragraph (id),
    kind TEXT NOT NULL CHECK (kind IN ('unclear', 'costly', 'excludes', 'wrong', 'good')),
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('phone', 'paper', 'import')), -- paper: typed by the leader
    answer_id INTEGER REFERENCES answer (id), -- of a phone; who wrote it is shown nowhere
    received_at TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    published_at TEXT
) STRICT;
"""
