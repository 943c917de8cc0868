"""The tables of a dialogue with suppliers: what was told to whom. Part of schema.py, in a module of its own for size."""

UNDOABLE = (
    "dialogue",
    "buyer_role",
    "supplier",
    "material",
    "agenda_item",
    "slot",
    "slot_item",
    "slot_note",
    "qa",
    "given",
    "supplier_judgement",
    "rfi",
    "rfi_question",
    "rfi_need",
)
TIMES = (
    ("dialogue", "agenda_locked_at"),
    ("dialogue", "final_at"),
    ("material", "added_at"),
    ("slot", "started_at"),
    ("slot", "ended_at"),
    ("slot_note", "confirmed_at"),
    ("qa", "raised_at"),
    ("qa", "answered_at"),
    ("qa", "published_at"),
    ("given", "at"),
    ("supplier_judgement", "at"),
)
# What no connection of the phones' server can read, as tables and as columns of a table.
CLOSED_TABLES = ("supplier_judgement", "buyer_role", "given", "slot", "slot_item", "slot_note")
CLOSED_COLUMNS = {
    "supplier": ("name", "new_to_us", "earlier_contract"),
    "qa": ("slot_id", "note_id", "answer_id", "secret_part"),
    "rating": ("value",),
    "need": ("given_priority",),
    "session": ("extra",),
}

SQL = """
-- The dialogue with suppliers before a procurement, at most one a session.
CREATE TABLE dialogue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    purpose TEXT NOT NULL DEFAULT '',
    terms TEXT NOT NULL DEFAULT '',
    needs_version INTEGER,
    invitation TEXT NOT NULL DEFAULT '',
    channels TEXT NOT NULL DEFAULT '',
    invited_on TEXT NOT NULL DEFAULT '',
    open_to_all INTEGER NOT NULL DEFAULT 1,
    round INTEGER NOT NULL DEFAULT 1,
    agenda_locked_at TEXT,
    final_at TEXT
) STRICT;
CREATE TABLE buyer_role (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    interests TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE supplier (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('small', 'medium', 'large', 'non_profit', 'research', 'unknown')),
    status TEXT NOT NULL DEFAULT 'invited' CHECK (status IN ('invited', 'registered', 'present', 'declined')),
    new_to_us INTEGER NOT NULL DEFAULT 0,
    earlier_contract INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE material (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE TABLE agenda_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    prompt TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE slot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round INTEGER NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES supplier (id),
    starts_at TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    actual_seconds INTEGER,
    deviation TEXT NOT NULL DEFAULT '',
    offer TEXT NOT NULL DEFAULT '',
    late_reason TEXT NOT NULL DEFAULT '',
    cancelled INTEGER NOT NULL DEFAULT 0,
    agenda_done INTEGER -- 1 the whole agenda was gone through, 0 it was not, NULL nobody has said
) STRICT;
CREATE TABLE slot_item (
    slot_id INTEGER NOT NULL REFERENCES slot (id),
    item_id INTEGER NOT NULL REFERENCES agenda_item (id),
    seconds INTEGER NOT NULL,
    PRIMARY KEY (slot_id, item_id)
) STRICT;
CREATE TABLE slot_note (
    id INTEGER PRIMARY KEY,
    slot_id INTEGER NOT NULL REFERENCES slot (id),
    item_id INTEGER NOT NULL REFERENCES agenda_item (id),
    open_text TEXT NOT NULL DEFAULT '',
    secret_text TEXT NOT NULL DEFAULT '', -- what the supplier says is a business secret
    internal_text TEXT NOT NULL DEFAULT '', -- the buyer's own
    confirmed_at TEXT,
    correction TEXT NOT NULL DEFAULT '',
    UNIQUE (slot_id, item_id)
) STRICT;
-- The question list. Who asked is not in it: answer_id leads to a phone's answer, slot_id to the meeting.
CREATE TABLE qa (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    need_id INTEGER REFERENCES need (id),
    slot_id INTEGER REFERENCES slot (id),
    note_id INTEGER REFERENCES slot_note (id), -- the note that a new fact was copied from
    answer_id INTEGER REFERENCES answer (id),
    question TEXT NOT NULL,
    raised_in TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    promised_on TEXT NOT NULL DEFAULT '',
    published_at TEXT,
    same_as INTEGER REFERENCES qa (id),
    new_information INTEGER NOT NULL DEFAULT 0,
    secret_part INTEGER NOT NULL DEFAULT 0,
    corrects INTEGER REFERENCES qa (id)
) STRICT;
CREATE TABLE given (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('material', 'answer', 'minutes', 'round')),
    what_id INTEGER NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES supplier (id),
    at TEXT NOT NULL,
    UNIQUE (what, what_id, supplier_id)
) STRICT;
-- A request for information that follows the dialogue, at most one a session.
CREATE TABLE rfi (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sent_to TEXT NOT NULL DEFAULT '',
    issued TEXT NOT NULL DEFAULT '',
    answers_due TEXT NOT NULL DEFAULT '',
    questions_due TEXT NOT NULL DEFAULT '',
    told_on TEXT NOT NULL DEFAULT '',
    background TEXT NOT NULL DEFAULT '',
    used_for TEXT NOT NULL DEFAULT '', -- how the answers are used
    answer_to TEXT NOT NULL DEFAULT '',
    budget TEXT NOT NULL DEFAULT '',
    left_out TEXT NOT NULL DEFAULT '' -- standard questions that are not asked, with blanks between
) STRICT;
CREATE TABLE rfi_question (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE rfi_need (
    need_id INTEGER PRIMARY KEY REFERENCES need (id)
) STRICT;
-- The buyer's judgement of suppliers: the closed part, which no connection of the phones' server can read.
CREATE TABLE supplier_judgement (
    id INTEGER PRIMARY KEY,
    supplier_id INTEGER NOT NULL REFERENCES supplier (id),
    text TEXT NOT NULL DEFAULT '',
    score INTEGER CHECK (score BETWEEN 1 AND 5),
    by_role TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
) STRICT;
"""
