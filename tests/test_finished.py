"""The samples played to their end: needs whole, books balanced, and no link can go without `workshop check` saying which."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.finished import SAMPLES, finished
from workshop_app import actions, i18n, resources
from workshop_app.actions.short_form import read_short
from workshop_app.model import route_rules
from workshop_app.store import check, queries, schema, seal
from workshop_app.store.session_file import SessionFile

# Links that lie in a row's columns: how each is taken away, and the part whose sentence must come.
UNLINKED = {
    "card place": "UPDATE card SET state = 'loose', heap_id = NULL WHERE id = (SELECT min(id) FROM card WHERE state = 'heap')",
    "heap theme": "UPDATE heap SET theme_id = NULL WHERE id = (SELECT min(id) FROM heap WHERE theme_id IS NOT NULL)",
    "need route": "UPDATE need SET route = '' WHERE number = 1",
    "need": "UPDATE need SET heap_id = NULL WHERE number = 1",
    "card": "UPDATE card SET inbox = 1 WHERE id = 1",
    "withdrawal": "UPDATE withdrawal SET at = '2020-01-01T00:00:00.000Z'",
    "rating": "UPDATE rating SET participant = NULL WHERE id = 1",
    "answer": "UPDATE answer SET participant = NULL WHERE id = 1",
}
# Rows whose loss is told in words of its own, before or instead of the count.
# Tables that a workshop from end to end does not fill: what other formats, tables, phones that sort and other files leave.
NOT_PLAYED = {
    "carried", "carried_card", "come_back", "dealt", "erasure", "happened", "heap_name", "need_draft", "origin", "outcome",
    "pair_answer", "pair_settled", "placement", "room_table", "same_need", "same_person", "seat",
    "sheet_row", "sorting", "table_card",
}  # fmt: skip
# the sample with a dialogue of its own tells of its meetings only when and how long
SHORT = {"ostergotland_hemmonitorering": {"material", "slot_item", "slot_note"}}
# Values that a table's own rules ask for, where a row is made here.
FILLED = {
    ("sorting", "state"): "done",
    ("origin", "kind"): "card",
    ("placement", "kind"): "heap",
    ("happened", "status"): "done",
    ("pair_answer", "said"): "dk",
    ("pair_answer", "low"): 1,
    ("pair_settled", "low"): 1,
}
OWN_WORDS = {"session": check.NO_SESSION}


@pytest.fixture(scope="module", params=SAMPLES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished(request.param, tmp_path_factory.mktemp("played") / f"{request.param}.behov")


def damaged(played: Path, folder: Path, sql: str) -> Path:
    file = folder / "x.behov"
    shutil.copyfile(played, file)
    with closing(sqlite3.connect(file)) as conn:
        assert conn.execute(sql).rowcount == 1, sql
        conn.commit()
    return file


def said(file: Path, code: str = "sv") -> list[str]:
    return [one.say(i18n.language(code)) for one in check.findings(file)]


def test_a_played_sample_has_all_its_needs_and_nothing_left_open(played: Path) -> None:
    source = next(f for f in resources.sample_files() if f.stem == played.stem)
    wanted = read_short(actions.transfer.read_json(source), source.name).needs
    assert check.findings(played) == []
    with SessionFile.read(played) as file:
        needs, books = queries.needs(file), queries.balance(file)
        assert [n.title for n in needs] == [w["title"] for w in wanted]
        assert {n.number: route_rules.questions_left(n, "sv") for n in needs} == {n.number: () for n in needs}
        assert books.balanced and books.received == len(queries.board(file).cards)
        assert {place for place, many in books.places.items() if many} == set(queries.PLACES) - {"parked"} | (
            {"parked"} if books.places["parked"] else set()
        )


def test_every_row_of_every_table_that_goes_is_missed(played: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(played)) as conn:
        filled = [t for t in schema.tables() if conn.execute(f"SELECT 1 FROM {t} LIMIT 1").fetchone()]
    assert set(filled) >= {part.split()[0] for part in seal.SAYING} - NOT_PLAYED - SHORT.get(
        played.stem, set()
    ), "the play leaves something of every kind behind"
    for table in filled:
        for place in ("min", "max"):
            sql = f"DELETE FROM {table} WHERE rowid = (SELECT {place}(rowid) FROM {table})"
            found = check.findings(damaged(played, tmp_path, sql))
            assert found, (table, place)
            if table in OWN_WORDS:
                assert OWN_WORDS[table] in {one.message for one in found}
            elif table not in seal.UNSEALED:
                mine = [one for one in found if one.values.get("what") == seal.SAYING.get(table, table)]
                assert [one.message for one in mine] == [check.LINK_GONE], (table, place, found)
            else:
                assert [one.message for one in found] == [check.SEAL_GONE]


def told_of(found: list[check.Finding], table: str) -> bool:
    """Whether a sentence names the table's part in words, in both languages, or a rule of its own tells of the row."""
    names = [words for part, words in seal.SAYING.items() if part.split()[0] == table]
    for code in ("sv", "en"):
        lang = i18n.language(code)
        sentences = " ".join(one.say(lang) for one in found)
        if not any(lang(words) in sentences for words in names):
            return False
    return True


def test_every_link_that_is_cut_or_led_elsewhere_is_missed_and_named(played: Path, tmp_path: Path) -> None:
    silent, tried = [], 0
    file = tmp_path / "x.behov"
    with closing(sqlite3.connect(played)) as conn:
        links = [
            (table, link[3], link[2], link[4] or "id")
            for table in schema.tables()
            for link in conn.execute(f"PRAGMA foreign_key_list({table})")
        ]
        needed = {
            (t, c[1])
            for t in schema.tables()
            for c in conn.execute(f"PRAGMA table_info({t})")
            if c[3] or c[5]
        }
    for table, column, parent, key in links:
        elsewhere = f"(SELECT {key} FROM {parent} WHERE {key} IS NOT {table}.{column} LIMIT 1)"
        changes = [elsewhere] + (["NULL"] if (table, column) not in needed else [])
        for value in changes:
            shutil.copyfile(played, file)
            with closing(sqlite3.connect(file)) as conn:
                one = f"rowid = (SELECT max(rowid) FROM {table} WHERE {column} IS NOT NULL)"
                try:
                    cut = conn.execute(f"UPDATE {table} SET {column} = {value} WHERE {one}").rowcount
                except sqlite3.IntegrityError:
                    continue  # the table itself refuses it
                conn.commit()
            if cut and table not in seal.UNSEALED:
                tried += 1
                if not told_of(check.findings(file), table):
                    silent.append((table, column, value, said(file)))
    assert silent == [] and tried >= 25


def put_row(conn: sqlite3.Connection, table: str) -> None:
    """A row of a table, with what it belongs to; what a table's own rules ask for stands in FILLED."""
    parents = {
        link[3]: (link[2], link[4] or "id") for link in conn.execute(f"PRAGMA foreign_key_list({table})")
    }
    row: dict[str, object] = {}
    for _n, name, kind, must, usual, is_key in conn.execute(f"PRAGMA table_info({table})").fetchall():
        if (table, name) in FILLED:
            row[name] = FILLED[table, name]
        elif name in parents:
            parent, key = parents[name]
            if not conn.execute(f"SELECT 1 FROM {parent}").fetchone():
                put_row(conn, parent)
            row[name] = conn.execute(f"SELECT max({key}) FROM {parent}").fetchone()[0]
        elif (must or is_key) and usual is None and (name, kind) != ("id", "INTEGER"):
            row[name] = 1 if kind == "INTEGER" else "2026-06-15T09:00:00.000Z"
    signs = ", ".join("?" * len(row))
    conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({signs})", tuple(row.values()))


@pytest.mark.parametrize("table", sorted(NOT_PLAYED))
def test_a_row_of_a_kind_that_no_sample_has_is_missed_and_named(
    played: Path, tmp_path: Path, table: str
) -> None:
    file = tmp_path / "x.behov"
    shutil.copyfile(played, file)
    with closing(sqlite3.connect(file)) as conn:
        put_row(conn, table)
        seal.renew(conn)
        conn.commit()
    assert not any("what" in one.values for one in check.findings(file))
    with closing(sqlite3.connect(file)) as conn:
        conn.execute(f"DELETE FROM {table}")
        conn.commit()
    found = check.findings(file)
    assert told_of(found, table), said(file)
    assert check.LINK_GONE in {one.message for one in found if one.values.get("what")}


@pytest.mark.parametrize("part", UNLINKED)
def test_a_link_in_a_row_that_goes_is_missed(played: Path, tmp_path: Path, part: str) -> None:
    found = check.findings(damaged(played, tmp_path, UNLINKED[part]))
    told = [(one.message, one.values["what"]) for one in found if "what" in one.values]
    assert told == [(check.LINK_CHANGED, seal.SAYING[part])]


def test_the_sentences_say_which_link_in_both_languages(played: Path, tmp_path: Path) -> None:
    file = damaged(played, tmp_path, "DELETE FROM need_card WHERE rowid = 1")
    assert any("korten bakom behoven" in one and "x.backups" in one for one in said(file))
    assert any("the cards behind the needs" in one for one in said(file, "en"))


def test_every_table_is_sealed_and_has_its_words() -> None:
    lang = i18n.language("sv")
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(schema.TABLES_SQL)
        names = [part.name for part in seal.parts(conn)]
    assert set(names) == set(seal.SAYING)
    assert {name.split()[0] for name in names} == set(schema.tables()) - set(seal.UNSEALED)
    assert all(lang(words) != words for words in seal.SAYING.values())


def test_what_the_program_itself_does_never_breaks_a_seal(played: Path, tmp_path: Path) -> None:
    file_path = tmp_path / "x.behov"
    shutil.copyfile(played, file_path)
    with SessionFile.open(file_path) as file:
        board = queries.board(file)
        empty = next(t for t in board.themes if not t.heaps)
        full = next(t for t in board.themes if t.heaps)
        actions.do(file, actions.group.remove_theme, theme=full.id)
        file.undo().result()
        file.redo().result()
        actions.do(file, actions.group.take_out, cards=[c.id for c in board.themes[0].heaps[0].cards])
        actions.do(file, actions.group.remove_theme, theme=empty.id)
        assert check.findings(file_path) == []  # while it is open, too
        actions.transfer.write_json(actions.transfer.whole(file), tmp_path / "x.json")
    assert check.findings(file_path) == []
    actions.transfer.import_json(tmp_path / "x.json", tmp_path / "y.behov").close()
    assert check.findings(tmp_path / "y.behov") == []


def test_a_broken_seal_stays_broken_when_the_file_is_used(played: Path, tmp_path: Path) -> None:
    file = damaged(played, tmp_path, "DELETE FROM need_goal WHERE rowid = (SELECT min(rowid) FROM need_goal)")
    with SessionFile.open(file) as opened:
        actions.do(opened, actions.group.new_theme, title="Ett till")
    assert [one.values["what"] for one in check.findings(file)] == [seal.SAYING["need_goal"]]
