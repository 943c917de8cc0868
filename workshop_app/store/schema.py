"""What a session file holds: its tables; `views.py` has the documented views. `migrations.py` makes both."""

from workshop_app.store import dialogue_tables, phone_tables, round_tables, series_schema, sorting_tables

APPLICATION_ID = 0x42484F56  # "BHOV"
SCHEMA_VERSION = 1
FILE_SUFFIX = ".behov"
MIGRATIONS = "_sqlite_migrations"  # kept by sqlite-utils: which changes of schema a file has had

# Rows that a desk action may change and that undo takes back. What phones send is never noted; "answer", "rating" and
# the other votes are here for what the leader enters from paper and hands.
UNDOABLE = (
    "answer",
    "participant",
    "contact",
    "heap_name",
    "blackout",
    "rating",
    "dot",
    "recognition",
    "session",
    "step",
    "question_version",
    "missing_voice",
    "card",
    "heap",
    "theme",
    "need",
    "need_card",
    "need_stakeholder",
    "need_goal",
    "need_version",
    "need_draft",
    "waiver",
    "goal",
    "outcome",
    *phone_tables.UNDOABLE,
    *series_schema.UNDOABLE,
    *sorting_tables.UNDOABLE,
    *dialogue_tables.UNDOABLE,
    *round_tables.UNDOABLE,
)

# Columns that hold JSON, and columns that hold a time as ISO 8601 in UTC.
JSON_COLUMNS = (
    ("session", "roles"),
    ("session", "organisations"),
    ("session", "settings"),
    ("session", "extra"),
    ("answer", "fields"),
    ("outcome", "fields"),
    ("card", "gold"),
    ("heap", "from_tables"),
    ("need", "given_priority"),
    ("need_version", "fields"),
    ("carried", "voices"),
    ("sheet_row", "fields"),
    ("erasure", "counts"),
)
TIMES = (
    ("session", "created_at"),
    ("step", "started_at"),
    ("step", "ended_at"),
    ("step", "paused_at"),
    ("question_version", "created_at"),
    ("participant", "joined_at"),
    ("answer", "received_at"),
    ("need_version", "at"),
    ("card", "placed_at"),
    ("withdrawal", "at"),
    ("blackout", "at"),
    ("happened", "at"),
    ("erasure", "at"),
    *phone_tables.TIMES,
    *sorting_tables.TIMES,
    *dialogue_tables.TIMES,
    *round_tables.TIMES,
    ("journal_line", "at"),
)

TABLES_SQL = (
    """
CREATE TABLE session (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    file_id TEXT NOT NULL,
    format_id TEXT NOT NULL,
    format_toml TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    commissioner TEXT NOT NULL DEFAULT '',
    decision_maker TEXT NOT NULL DEFAULT '',
    mandate TEXT NOT NULL DEFAULT '',
    leader_role TEXT NOT NULL DEFAULT '',
    contact_point TEXT NOT NULL DEFAULT '', -- where one asks about the workshop: a role, a unit
    recipient TEXT NOT NULL DEFAULT '',
    keep_until TEXT NOT NULL DEFAULT '',
    fictional INTEGER NOT NULL DEFAULT 0,
    token TEXT NOT NULL,
    short_code TEXT NOT NULL,
    port INTEGER NOT NULL DEFAULT 0,
    current_step TEXT NOT NULL,
    roles TEXT NOT NULL DEFAULT '[]',
    organisations TEXT NOT NULL DEFAULT '[]',
    version INTEGER NOT NULL DEFAULT 1,
    settings TEXT NOT NULL DEFAULT '{}',
    extra TEXT NOT NULL DEFAULT '{}',
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE step (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'paused', 'done')),
    started_at TEXT,
    ended_at TEXT,
    paused_at TEXT,
    paused_seconds INTEGER NOT NULL DEFAULT 0,
    extra_seconds INTEGER NOT NULL DEFAULT 0,
    round INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE question_version (
    version INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE missing_voice (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE participant (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    relation TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    joined_at TEXT NOT NULL
) STRICT;
-- Names are given by opt-in and lie apart: no column leads from here to an answer.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    list_me INTEGER NOT NULL DEFAULT 0,
    follow_up INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    step TEXT NOT NULL,
    participant TEXT REFERENCES participant (id),
    text TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    question_version INTEGER NOT NULL DEFAULT 1,
    round INTEGER NOT NULL DEFAULT 1,
    source TEXT NOT NULL,
    receipt TEXT NOT NULL UNIQUE,
    received_at TEXT NOT NULL
) STRICT;
CREATE INDEX answer_step ON answer (step);
CREATE INDEX answer_participant ON answer (participant);
CREATE TABLE theme (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_by TEXT NOT NULL DEFAULT 'leader',
    missing_voice TEXT NOT NULL DEFAULT '',
    turn INTEGER CHECK (turn >= 0), -- 1 is worked on first; 0 = it waits; NULL = nobody has said
    waits TEXT NOT NULL DEFAULT '', -- why it waits
    letters_used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE heap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    theme_id INTEGER REFERENCES theme (id),
    letter INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_by TEXT NOT NULL DEFAULT 'leader',
    position INTEGER NOT NULL DEFAULT 0,
    founder INTEGER, -- the card whose words name a heap without a title
    x INTEGER CHECK (x BETWEEN 0 AND 100000), -- where it lies among free piles, in pixels at 100 %
    y INTEGER CHECK (y BETWEEN 0 AND 100000),
    missing_voice TEXT NOT NULL DEFAULT '',
    from_tables TEXT NOT NULL DEFAULT '[]' -- the tables' heaps it was made of: [{"table", "name", "cards"}]
) STRICT;
CREATE TABLE card (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    text TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'loose' CHECK (state IN ('loose', 'heap', 'parked', 'hidden', 'merged')),
    heap_id INTEGER REFERENCES heap (id),
    merged_into INTEGER REFERENCES card (id),
    reason TEXT NOT NULL DEFAULT '',
    placed_by TEXT NOT NULL DEFAULT '',
    placed_at TEXT, -- when it came to lie where it lies
    gold TEXT NOT NULL DEFAULT '{}',
    inbox INTEGER NOT NULL DEFAULT 0, -- 1 = not yet let through to projector and phones
    CHECK ((state = 'heap') = (heap_id IS NOT NULL)),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) STRICT;
CREATE INDEX card_heap ON card (heap_id);
CREATE TABLE me_too (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    card_id INTEGER NOT NULL REFERENCES card (id),
    participant TEXT,
    value INTEGER NOT NULL
) STRICT;
CREATE INDEX me_too_card ON me_too (card_id);
-- A participant takes an own card back, or puts another in its place (by_answer_id). Its words stay in the file.
CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL UNIQUE REFERENCES answer (id),
    by_answer_id INTEGER REFERENCES answer (id),
    at TEXT NOT NULL
) STRICT;
-- Words that the leader has blacked out: in their place stand five U+2588, in the answer, its card and wherever they were
-- copied. What stood there lies in "words" alone: no view shows it and no export carries it.
CREATE TABLE blackout (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER REFERENCES answer (id),
    contact_id INTEGER REFERENCES contact (id), -- in place of an answer: a name or contact that lies apart
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    signs INTEGER NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    CHECK ((answer_id IS NULL) <> (contact_id IS NULL))
) STRICT;
CREATE INDEX blackout_answer ON blackout (answer_id);
-- What the room came to at a step: rows with the step's own fields, kept by the leader.
CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    position INTEGER NOT NULL,
    answer_id INTEGER REFERENCES answer (id),
    fields TEXT NOT NULL
) STRICT;
CREATE TABLE need (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'draft',
    heap_id INTEGER REFERENCES heap (id),
    version INTEGER NOT NULL DEFAULT 1,
    no_goal INTEGER NOT NULL DEFAULT 0,
    split_from INTEGER REFERENCES need (id),
    merged_into INTEGER REFERENCES need (id),
    title TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    function TEXT NOT NULL DEFAULT '',
    situation TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT '',
    requirement TEXT NOT NULL DEFAULT '',
    requirement_check TEXT NOT NULL DEFAULT '',
    measure TEXT NOT NULL DEFAULT '',
    today TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    measured_when TEXT NOT NULL DEFAULT '',
    evidence_note TEXT NOT NULL DEFAULT '',
    wish TEXT NOT NULL DEFAULT '',
    market_status TEXT NOT NULL DEFAULT '',
    market_note TEXT NOT NULL DEFAULT '',
    market_source TEXT NOT NULL DEFAULT '',
    market_checked_on TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    hours TEXT NOT NULL DEFAULT '', -- time set aside, as written
    needed_by TEXT NOT NULL DEFAULT '',
    next_step TEXT NOT NULL DEFAULT '',
    route TEXT NOT NULL DEFAULT '',
    route_kind TEXT NOT NULL DEFAULT '',
    route_reason TEXT NOT NULL DEFAULT '',
    other_process TEXT NOT NULL DEFAULT '',
    review_date TEXT NOT NULL DEFAULT '',
    can_split TEXT NOT NULL DEFAULT '',
    balance_need TEXT NOT NULL DEFAULT '',
    balance_means TEXT NOT NULL DEFAULT '',
    balance_risk TEXT NOT NULL DEFAULT '',
    -- medians that came with an imported session: {criterion: value}; votes of this session go before them
    given_priority TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE TABLE need_card (
    need_id INTEGER NOT NULL REFERENCES need (id),
    card_id INTEGER NOT NULL REFERENCES card (id),
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (need_id, card_id)
) STRICT;
CREATE TABLE need_stakeholder (
    id INTEGER PRIMARY KEY,
    need_id INTEGER NOT NULL REFERENCES need (id),
    group_name TEXT NOT NULL,
    relation TEXT NOT NULL DEFAULT 'other',
    consulted TEXT NOT NULL DEFAULT 'no'
) STRICT;
CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL
) STRICT;
CREATE TABLE need_goal (
    need_id INTEGER NOT NULL REFERENCES need (id),
    goal_id INTEGER NOT NULL REFERENCES goal (id),
    PRIMARY KEY (need_id, goal_id)
) STRICT;
CREATE TABLE need_version (
    id INTEGER PRIMARY KEY,
    need_id INTEGER NOT NULL REFERENCES need (id),
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    who_role TEXT NOT NULL,
    fields TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
-- Which needs a draft from a table went into; field '' = the whole of it, else the part that was taken.
CREATE TABLE need_draft (
    need_id INTEGER NOT NULL REFERENCES need (id),
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    field TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (need_id, answer_id, field)
) STRICT;
CREATE TABLE waiver (
    need_id INTEGER NOT NULL REFERENCES need (id),
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (need_id, rule, field)
) STRICT;
-- The last row of a participant for a need, a criterion and a round counts; value NULL = "don't know".
CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    participant TEXT,
    need_id INTEGER NOT NULL REFERENCES need (id),
    criterion TEXT NOT NULL,
    value INTEGER CHECK (value BETWEEN 1 AND 5),
    round INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX rating_need ON rating (need_id);
CREATE TABLE dot (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    participant TEXT,
    need_id INTEGER NOT NULL REFERENCES need (id),
    dots INTEGER NOT NULL,
    round INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE recognition (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    participant TEXT,
    need_id INTEGER NOT NULL REFERENCES need (id),
    value TEXT NOT NULL CHECK (value IN ('yes', 'almost', 'no')),
    comment TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE goal_vote (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES answer (id),
    participant TEXT,
    need_id INTEGER REFERENCES need (id),
    goal_id INTEGER NOT NULL REFERENCES goal (id)
) STRICT;
CREATE TABLE vector (
    card_id INTEGER PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE journal_line (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
) STRICT;
-- How many rows each part has, and one number made from all of them (see seal.py).
CREATE TABLE seal (
    part TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    mark INTEGER NOT NULL
) STRICT;
"""
    + series_schema.SERIES_SQL
    + phone_tables.SQL
    + sorting_tables.SQL
    + dialogue_tables.SQL
    + round_tables.SQL
)


def tables() -> tuple[str, ...]:
    """Names of the tables this version must have."""
    return tuple(line.split()[2] for line in TABLES_SQL.splitlines() if line.startswith("CREATE TABLE"))
