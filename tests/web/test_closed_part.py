"""The buyer's closed part cannot be reached from the phones' server: SQLite itself refuses, and no module asks for it."""

import ast
from pathlib import Path

import pytest

from workshop_app import actions
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.closed_part import ALSO_CLOSED, CLOSED_PART
from workshop_app.store.dialogue_tables import CLOSED_COLUMNS, CLOSED_TABLES
from workshop_app.store.session_file import SessionFile
from workshop_app.web import app

WEB = Path(app.__file__).parent
# what the phones' server may read
OPEN = {
    "beneficiaries", "board", "done", "format_of", "goals", "me_too_of", "needs", "open_dialogue", "participant",
    "rated_by", "receipts", "session", "items", "hand", "sorting_now", "came_back", "participants", "pair_answers",
    "seat", "tables", "united",
}  # fmt: skip


def test_sqlite_refuses_the_closed_part_and_gives_the_rest(tmp_path: Path) -> None:
    with actions.session.create(tmp_path / "x.behov", format_id="supplier_conference", title="T") as file:
        phones = file.for_phones()
        for table in (*CLOSED_TABLES, *ALSO_CLOSED):
            for sql in (f"SELECT * FROM {table}", f"SELECT count(*) FROM (SELECT rowid FROM {table})"):
                with pytest.raises(Refused) as said:
                    phones.select(sql)
                assert said.value.message == CLOSED_PART
        for table, columns in CLOSED_COLUMNS.items():
            for column in columns:
                with pytest.raises(Refused):
                    phones.select(f"SELECT {column} FROM {table}")
                with pytest.raises(Refused):
                    phones.select(f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL")
        with pytest.raises(Refused):
            phones.select("ATTACH ? AS other", str(file.path))
        for query in (queries.dialogue, queries.journal, queries.ratings, queries.listed_names):
            with pytest.raises(Refused):
                query(phones)
        for name in OPEN - {
            "done",
            "me_too_of",
            "participant",
            "rated_by",
            "receipts",
            "items",
            "hand",
            "came_back",
            "seat",
        }:
            getattr(queries, name)(phones)
        assert queries.rated_by(phones, "x", 1) == frozenset()
        file.select("SELECT * FROM supplier_judgement")  # the desk reads it
    with pytest.raises(Refused):
        phones.select("SELECT * FROM step")


def test_the_server_holds_no_other_way_to_the_file(tmp_path: Path) -> None:
    with actions.session.create(tmp_path / "x.behov", format_id="supplier_conference", title="T") as file:
        made = app.PhoneApp(file)
        held = [
            part
            for owner in (made, made.reader, made.pages, made.live, made._committed)
            for part in vars(owner).values()
            if isinstance(part, SessionFile)
        ]
        assert held
        assert file not in held
        for part in held:
            with pytest.raises(Refused):
                part.select("SELECT * FROM supplier_judgement")


def test_no_module_of_the_server_asks_for_what_is_closed() -> None:
    asked = {
        node.attr
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "queries"
    }
    assert asked <= OPEN
