"""The tables of a room that sorts cards on its phones. Part of schema.py, in a module of its own for size."""

UNDOABLE = ("sorting", "dealt", "pair_settled", "room_table", "table_card")
TIMES = (
    ("sorting", "started_at"),
    ("sorting", "paused_at"),
    ("sorting", "ended_at"),
    ("dealt", "at"),
    ("pair_settled", "at"),
    ("seat", "at"),
)

SQL = """
-- A table in the room whose phones sort together; shut 1 = no longer there, what it sorted is kept.
CREATE TABLE room_table (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    shut INTEGER NOT NULL DEFAULT 0 CHECK (shut IN (0, 1))
) STRICT;
-- At which table a phone sits; its last row counts.
CREATE TABLE seat (
    id INTEGER PRIMARY KEY,
    participant TEXT NOT NULL REFERENCES participant (id),
    room_table INTEGER NOT NULL REFERENCES room_table (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX seat_participant ON seat (participant);
-- A round in which the room sorts cards on its phones, in a group step; id is the round's number. tables: '' = the whole
-- room shares its heaps, 'split' = each table has cards of its own, 'all' = each table has all cards.
CREATE TABLE sorting (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL REFERENCES step (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'paused', 'done')),
    hand INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    paused_at TEXT,
    paused_seconds INTEGER NOT NULL DEFAULT 0,
    ended_at TEXT,
    tables TEXT NOT NULL DEFAULT '' CHECK (tables IN ('', 'split', 'all'))
) STRICT;
-- The cards that a table was given in a round, to be dealt to its phones.
CREATE TABLE table_card (
    id INTEGER PRIMARY KEY,
    sorting INTEGER NOT NULL REFERENCES sorting (id),
    room_table INTEGER NOT NULL REFERENCES room_table (id),
    card_id INTEGER NOT NULL REFERENCES card (id),
    UNIQUE (sorting, room_table, card_id)
) STRICT;
-- A card in a phone's hand; moved_on 1 = given to others, because the phone stood idle.
CREATE TABLE dealt (
    id INTEGER PRIMARY KEY,
    sorting INTEGER NOT NULL REFERENCES sorting (id),
    participant TEXT NOT NULL REFERENCES participant (id),
    card_id INTEGER NOT NULL REFERENCES card (id),
    position INTEGER NOT NULL,
    moved_on INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    UNIQUE (sorting, participant, card_id)
) STRICT;
-- Where a phone put a card. heap is the card that founded the heap, the card itself for a new one. The last row of a
-- participant for a card and a round counts; 'undo' takes it back. room_table is the table it sat at, when tables sort.
CREATE TABLE placement (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    sorting INTEGER NOT NULL REFERENCES sorting (id),
    participant TEXT NOT NULL REFERENCES participant (id),
    card_id INTEGER NOT NULL REFERENCES card (id),
    kind TEXT NOT NULL CHECK (kind IN ('heap', 'leftover', 'undo')),
    heap INTEGER REFERENCES card (id),
    room_table INTEGER REFERENCES room_table (id),
    CHECK ((kind = 'heap') = (heap IS NOT NULL))
) STRICT;
CREATE INDEX placement_participant ON placement (participant, sorting);
-- A name that a phone gave a heap; the last row for a heap counts, an empty one takes the name away.
CREATE TABLE heap_name (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    sorting INTEGER NOT NULL REFERENCES sorting (id),
    participant TEXT NOT NULL REFERENCES participant (id),
    heap INTEGER NOT NULL REFERENCES card (id),
    name TEXT NOT NULL,
    room_table INTEGER REFERENCES room_table (id)
) STRICT;
-- Do two cards say the same thing? What a phone answered; its last row for a pair counts.
CREATE TABLE pair_answer (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    participant TEXT NOT NULL REFERENCES participant (id),
    low INTEGER NOT NULL REFERENCES card (id),
    high INTEGER NOT NULL REFERENCES card (id),
    said TEXT NOT NULL CHECK (said IN ('same', 'apart', 'dk')),
    CHECK (low < high)
) STRICT;
-- What the leader decided about a pair; it is not asked about any more.
CREATE TABLE pair_settled (
    id INTEGER PRIMARY KEY,
    low INTEGER NOT NULL REFERENCES card (id),
    high INTEGER NOT NULL REFERENCES card (id),
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    at TEXT NOT NULL,
    CHECK (low < high),
    UNIQUE (low, high)
) STRICT;
"""
