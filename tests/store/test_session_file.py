"""One writer a file, answers after the commit, backups, reading beside a writer, and a file that is whole when closed."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import archive, engine, queries, schema, writer
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Writer

Send = Callable[..., Any]


def test_a_second_writer_is_refused_and_told_who(file: SessionFile) -> None:
    with pytest.raises(Refused) as said:
        SessionFile.open(file.path)
    assert said.value.values["program"] == "workshop" and said.value.values["name"] == "x.behov"
    script = (
        "import sys\nfrom pathlib import Path\nfrom workshop_app.store.session_file import SessionFile\n"
        "from workshop_app.model.trouble import Refused\n"
        "try: SessionFile.open(Path(sys.argv[1]))\nexcept Refused as said: print(said.values['pid'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, file.path], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 0


def test_a_stale_lock_blocks_nobody(file: SessionFile) -> None:
    path = file.path
    file.close()
    path.with_name(path.name + ".lock").write_text('{"pid": 1, "host": "gammal", "program": "borta"}')
    SessionFile.open(path).close()
    path.with_name(path.name + ".lock").write_text("inte json")
    SessionFile.open(path).close()
    assert not path.with_name(path.name + ".lock").exists()


def test_reading_works_beside_a_writer_and_leaves_nothing(file: SessionFile, send: Send) -> None:
    send("ett")
    with SessionFile.read(file.path) as reader:
        assert [a.text for a in queries.answers(reader)] == ["ett"]
        send("två")
        assert [a.text for a in queries.answers(reader)] == ["ett", "två"]
        with pytest.raises(Refused):
            actions.do(reader, actions.agenda.next_step)
    path = file.path
    file.close()
    with SessionFile.read(path) as reader:
        assert len(queries.answers(reader)) == 2
    assert [p.name for p in path.parent.glob("x.behov*")] == ["x.behov"]


def test_a_closed_file_is_whole_by_itself(file: SessionFile, send: Send, tmp_path: Path) -> None:
    send("ett")
    beside = SessionFile.read(file.path)
    queries.answers(beside)
    file.close()  # while somebody still reads
    copy = tmp_path / "copy.behov"
    shutil.copyfile(file.path, copy)
    beside.close()
    with SessionFile.open(copy) as opened:
        assert [a.text for a in queries.answers(opened)] == ["ett"]
    with pytest.raises(Refused):
        actions.do(file, actions.agenda.next_step)
    with pytest.raises(Refused):
        queries.session(file)


def test_the_log_is_folded_into_the_file_when_nobody_writes(
    file: SessionFile, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded, fold = threading.Event(), Writer._fold

    def told(writer: Writer) -> None:
        fold(writer)
        folded.set()

    monkeypatch.setattr(Writer, "_fold", told)
    monkeypatch.setattr(writer, "REST", 0.01)
    send("ett")
    assert folded.wait(10)
    shutil.copyfile(file.path, tmp_path / "alone.behov")  # without the log beside it
    with SessionFile.read(tmp_path / "alone.behov") as alone:
        assert [a.text for a in queries.answers(alone)] == ["ett"]
    folded.clear()
    send("två")
    assert folded.wait(10)


def test_the_version_moves_with_each_commit_of_the_writer(file: SessionFile, send: Send) -> None:
    seen = [file.data_version()]
    for text in ("ett", "två"):
        send(text)
        seen.append(file.data_version())
    assert len(set(seen)) == 3
    assert file.data_version() == seen[-1], "and stands still when nothing is written"


def test_many_at_once_share_a_commit_and_all_come_through(file: SessionFile) -> None:
    """Group commit: jobs that wait together are committed together, each answered after that."""
    gate, busy = threading.Event(), threading.Event()

    def hold(_tx: object) -> None:
        busy.set()
        gate.wait(10)

    first = file.submit(hold, who="phone")
    assert busy.wait(10)
    waiting: list[Future] = [
        actions.perform(
            file, actions.ask.receive, by="phone", step="challenges", key=f"k{n}", participant=None, language="sv",
            fields={"text": f"kort {n}"},
        )
        for n in range(50)
    ]  # fmt: skip
    refused = actions.perform(
        file,
        actions.ask.receive,
        by="phone",
        step="close",
        key="x",
        participant=None,
        language="sv",
        fields={},
    )
    assert not any(f.done() for f in waiting)
    before = file.data_version()
    gate.set()
    receipts = [f.result(10) for f in waiting]
    first.result(10)
    assert isinstance(refused.exception(10), Refused), "one that is refused does not take the others with it"
    assert len({r.code for r in receipts}) == 50 and len(queries.answers(file)) == 50
    assert file.data_version() - before <= 2, "fifty answers, not fifty commits"


def test_nothing_is_said_before_it_is_stored(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch, send: Send
) -> None:
    """A disk that says no at the commit: every waiting answer hears it, and the writer goes on."""
    writer = file._writer
    assert writer is not None

    class Full:
        def __init__(self, conn: sqlite3.Connection) -> None:
            self.conn = conn

        def execute(self, sql: str, *values: Any) -> Any:
            if sql == "COMMIT":
                raise sqlite3.OperationalError("database or disk is full")
            return self.conn.execute(sql, *values)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.conn, name)

    real = writer._conn
    monkeypatch.setattr(writer, "_conn", Full(real))
    with pytest.raises(RoomTrouble):
        send("förlorad")
    monkeypatch.setattr(writer, "_conn", real)
    assert queries.answers(file) == ()
    send("kvar")
    assert [a.text for a in queries.answers(file)] == ["kvar"]


def test_our_own_mistake_in_one_job_harms_no_other(file: SessionFile, send: Send) -> None:
    def broken(_tx: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        file.submit(broken, who="leader", undo_label="x").result()
    assert file.undo_label == actions.agenda.go_to.label
    send("kvar")
    assert queries.balance(file).balanced


# backups ---------------------------------------------------------------------------------------------------


def test_backups_on_open_and_on_demand(file: SessionFile, send: Send) -> None:
    assert file.backups.all() == [], "a new file has nothing to back up"
    send("ett")
    made = file.backup("step")
    assert made is not None and made.name.endswith("-step.behov")
    with SessionFile.open(made) as copy:
        assert [a.text for a in queries.answers(copy)] == ["ett"]
    path = file.path
    file.close()
    with SessionFile.open(path) as again:
        assert any(p.name.endswith("-open.behov") for p in again.backups.all())


def test_old_backups_are_thinned_to_one_an_hour(file: SessionFile) -> None:
    folder = file.backups.folder
    folder.mkdir()
    for hour in range(3):
        for minute in range(10):
            (folder / f"20200101-{hour:02}{minute:02}00-000-step.behov").write_text("gammal")
    made = file.backup("step")
    kept = [p.name for p in file.backups.all()]
    assert made is not None and kept[0] == made.name
    assert sum(n.startswith("20200101-00") for n in kept) == 1 and len(kept) < 20


def test_a_backup_that_cannot_be_made_stops_nothing(file: SessionFile, send: Send) -> None:
    file.backups.folder.write_text("i vägen")
    assert file.backup("step") is None
    send("kvar")


# making ----------------------------------------------------------------------------------------------------


def test_create_refuses_to_overwrite_and_cleans_up(tmp_path: Path) -> None:
    (tmp_path / "x.behov").write_text("mitt")
    with pytest.raises(Refused):
        SessionFile.create(tmp_path / "x.behov")
    with pytest.raises(RoomTrouble):
        SessionFile.create(tmp_path / "absent" / "x.behov")
    with pytest.raises(Refused):
        actions.session.create(tmp_path / "y.behov", format_id="nix", title="T")
    with pytest.raises(Refused):
        actions.session.create(tmp_path / "y.behov", format_id="needs_identification", title="")
    assert [p.name for p in tmp_path.iterdir()] == ["x.behov"]


def test_the_views_of_the_contract(file: SessionFile, send: Send) -> None:
    card = send("halt golv").card
    made = actions.do(file, actions.need.new_need, title="Torrt", cards=[card])
    actions.do(
        file, actions.need.set_fields, need=made, who="barn", function="gå torrskodda", effect="de kan leka"
    )
    path = file.path
    file.close()
    conn = sqlite3.connect(path)
    columns = {
        "received": "key step participant text fields_json received_at",
        "cards": "id text heap_id theme_id state source",
        "needs": "id title statement route owner status",
        "need_evidence": "need_id card_id",
        "journal": "at who action detail",
    }
    for view, names in columns.items():
        cursor = conn.execute(f"SELECT * FROM {view}")
        assert [d[0] for d in cursor.description] == names.split() and cursor.fetchall(), view
    statement = conn.execute("SELECT statement FROM needs").fetchone()[0]
    assert statement.startswith("Barn behöver kunna gå torrskodda") and statement.endswith(
        "så att de kan leka."
    )
    told = " ".join(map(str, conn.execute("SELECT * FROM journal").fetchall()))
    assert "golv" not in told and "barn" not in told.casefold() and "need.new_need" in told
    assert conn.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    conn.close()


def test_the_engine_is_fit() -> None:
    here = engine.engine()
    assert here.fit and here.version == sqlite3.sqlite_version


def test_every_table_is_carried_by_an_export() -> None:
    assert set(schema.tables()) - set(archive.carried()) == set(archive.LEFT_OUT)
    for table, column in (*schema.JSON_COLUMNS, *schema.TIMES):
        assert table in schema.tables() and f"\n    {column} TEXT" in schema.TABLES_SQL
