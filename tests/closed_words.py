"""Sessions of any format with every table filled and a word of its own in every text column, to see where each comes out."""

import html
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2

from tests.report.held import held
from workshop_app import actions
from workshop_app.actions import comment_round, dialogue, meeting, need, project, question_list, rfi
from workshop_app.store import queries, schema
from workshop_app.store.session_file import SessionFile

PEOPLE = 4
COMPANY = "Tallviksbolaget"
DAY = "2026-06-15T09:00:00.000Z"
# What a table's own rules ask for, where a row is made here.
GIVEN: dict[tuple[str, str], object] = {
    ("answer", "fields"): "{}",
    ("blackout", "answer_id"): 1,
    ("answer", "source"): "phone",
    ("answer", "step"): "join",
    ("recognition", "value"): "yes",
    ("happened", "status"): "done",
    ("origin", "kind"): "card",
    ("need_version", "fields"): "{}",
    ("outcome", "fields"): "{}",
    ("sheet_row", "fields"): "{}",
    ("erasure", "counts"): "{}",
    ("sorting", "state"): "done",
    ("placement", "kind"): "leftover",
    ("pair_answer", "said"): "dk",
    ("pair_answer", "low"): 1,
    ("pair_answer", "high"): 2,
    ("pair_settled", "low"): 1,
    ("pair_settled", "high"): 2,
}


def text_columns(conn: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every column of text there is, from the schema itself."""
    for table in schema.tables():
        for _n, column, kind, *_rest in conn.execute(f"PRAGMA table_info({table})").fetchall():
            if kind == "TEXT":
                yield table, column


def furnished(path: Path, format_id: str) -> None:
    """A workshop of this format with something in every table."""
    with held(path, format_id, PEOPLE) as file:
        _lead(file)
    with closing(sqlite3.connect(path)) as conn:
        for table in schema.tables():
            if table == "card":
                _cards(conn)
            elif not conn.execute(f"SELECT 1 FROM {table}").fetchone():
                _put_row(conn, table)
        conn.execute("UPDATE card SET state = 'heap', heap_id = (SELECT max(id) FROM heap) WHERE id = 1")
        conn.commit()


def _cards(conn: sqlite3.Connection) -> None:
    """A card in each kind of place, the last one taken back."""
    conn.execute("DELETE FROM card")
    for number, state in enumerate(("loose", "loose", "hidden", "parked", "loose"), 1):
        fields = json.dumps({"text": "Golvet är halt", "_makes": "card"})
        row = (f"card{number}", "", fields, f"C{number:03}", DAY)
        sql = "INSERT INTO answer (key, step, text, fields, receipt, received_at, source) VALUES (?, 'join', ?, ?, ?, ?, 'phone')"
        answer = conn.execute(sql, row).lastrowid
        conn.execute(
            "INSERT INTO card (id, answer_id, text, state) VALUES (?, ?, 'Golvet är halt', ?)",
            (number, answer, state),
        )
    conn.execute("INSERT INTO withdrawal (answer_id, at) VALUES (?, ?)", (answer, DAY))


def _put_row(conn: sqlite3.Connection, table: str) -> None:
    """A row of a table that no action here has filled, with what it belongs to."""
    parents = {
        link[3]: (link[2], link[4] or "id")
        for link in conn.execute(f"PRAGMA foreign_key_list({table})")
        if link[2] != table
    }
    row: dict[str, object] = {}
    for _n, name, kind, must, usual, is_key in conn.execute(f"PRAGMA table_info({table})").fetchall():
        if (table, name) in GIVEN:
            row[name] = GIVEN[table, name]
        elif name in parents and (must or is_key):
            parent, key = parents[name]
            if not conn.execute(f"SELECT 1 FROM {parent}").fetchone():
                _put_row(conn, parent)
            row[name] = conn.execute(f"SELECT max({key}) FROM {parent}").fetchone()[0]
        elif (must or is_key) and usual is None and (name, kind) != ("id", "INTEGER"):
            row[name] = 1 if kind == "INTEGER" else b"" if kind == "BLOB" else DAY
    signs = ", ".join("?" * len(row))
    conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({signs})", tuple(row.values()))


def _lead(file: SessionFile) -> None:
    def do(verb: actions.Action, **kwargs: object) -> object:
        return actions.do(file, verb, **kwargs)

    if not queries.needs(file):
        do(need.new_need, title="Hjälp i tid")
    first = queries.needs(file)[0].id
    do(
        need.set_stakeholders,
        need=first,
        stakeholders=[{"group": "Anhöriga", "relation": "user", "consulted": "no"}],
    )
    do(dialogue.set_terms, purpose="Lära av marknaden", terms="Frivilligt", needs_version=1)
    do(dialogue.invite, channels="Öppen annons", invited_on="2026-03-02")
    suppliers = [do(dialogue.register, name=n, type="small") for n in ("Ekgruppen", "Tallvik")]
    do(dialogue.add_material, title="Behoven", version="1", sha256="0" * 64, size=9)
    if not queries.dialogue(file).agenda:
        do(dialogue.set_agenda, items=[{"title": "Behovet", "minutes": 20}])
    item = queries.dialogue(file).agenda[0].id
    slots = [{"supplier": s, "starts_at": f"2026-03-10 1{n}:00"} for n, s in enumerate(suppliers)]
    for slot in do(meeting.add_slots, slots=slots):
        do(meeting.start_slot, slot=slot)
        do(meeting.note, slot=slot, item=item, open="Går att dela upp", internal="Verkar kunna")
        do(meeting.end_slot, slot=slot, spent={item: 1200}, actual_seconds=1200)
    for told in (True, False):
        entry = do(question_list.ask, question="Hur många?", raised_in="phone")
        do(question_list.reply, entry=entry, answer="Ett tiotal", by_role="Upphandlare")
        if told:
            do(question_list.publish, entries=[entry])
    do(dialogue.add_buyer, role="Upphandlare", interests="Inga")
    do(dialogue.judge, supplier=suppliers[0], text="Vana vid små kommuner", score=4)
    do(rfi.set_rfi, answers_due="2026-05-01", questions=["Vad finns i dag?"], needs=[first])
    do(project.set_name, name="Hemma hela livet")
    if not queries.comment_round(file).paragraphs:
        do(comment_round.set_draft, paragraphs=["Svar inom 30 minuter."])
    do(comment_round.add, paragraph=1, kind="costly", text="Natten kostar mest")


def mark(path: Path, columns: list[tuple[str, str, str]], beside: str = "") -> dict[str, tuple[str, str]]:
    """Writes a word of its own, and `beside` after it, in every row of each (table, column, condition); word -> where."""
    words = {}
    with closing(sqlite3.connect(path)) as conn:
        for number, (table, column, condition) in enumerate(columns, 100):
            word = f"Kanarie{number}"
            unique = f"{word}x' || rowid || 'x {beside}"
            value = f'{{"note": "{unique}"}}' if (table, column) in schema.JSON_COLUMNS else unique
            done = conn.execute(f"UPDATE {table} SET {column} = '{value}' WHERE {condition or '1'}")
            assert done.rowcount, (table, column)
            words[word] = (table, column)
        conn.execute("UPDATE supplier SET name = ?", (COMPANY,))
        conn.commit()
    return words


def read(path: Path) -> str:
    """Everything readable in a written file, without what parts words."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            pages = "".join(page.get_textpage().get_text_bounded() for page in pdf)
            text = str(pdf.get_metadata_dict()) + pages
    elif path.suffix in (".docx", ".xlsx", ".zip"):
        with zipfile.ZipFile(path) as whole:
            text = html.unescape("".join(whole.read(n).decode("utf-8", "replace") for n in whole.namelist()))
    else:
        text = path.read_text(encoding="utf-8")
    return tight(text)


def tight(text: str) -> str:
    """A text without soft hyphens, hyphens at the ends of lines and blanks."""
    return "".join(text.replace("\u00ad", "").replace("\ufffe", "").replace("-", "").split())
