"""Damaged, foreign and hostile files: one sentence, not a byte changed, nothing opened as if it were whole."""

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workshop_app import actions, i18n, resources
from workshop_app.model.trouble import DamagedFile, Refused, Trouble
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Damage = Callable[[Path], None]
PAGE = 4096


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("good") / "good.behov"
    actions.transfer.import_json(resources.sample_files()[0], target).close()
    assert check.findings(target) == []
    return target


def changed(change: Callable[[bytearray], None]) -> Damage:
    def go(path: Path) -> None:
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)

    return go


def by_sql(*statements: str) -> Damage:
    def go(path: Path) -> None:
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                conn.execute(statement)
            conn.commit()

    return go


def overwritten(start: float, filling: bytes) -> Damage:
    """A page somewhere in the file, `start` of the way through, replaced."""

    def change(data: bytearray) -> None:
        page = max(int(start * len(data) / PAGE), 1) * PAGE
        data[page : page + PAGE] = (filling * PAGE)[:PAGE]

    return changed(change)


NOISE = random.Random(7).randbytes(PAGE)
DAMAGES: dict[str, Damage] = {
    "empty": lambda p: p.write_bytes(b"") and None,
    "not a database": lambda p: p.write_bytes(b"%PDF-1.7 hej\n" * 400) and None,
    "one sign": lambda p: p.write_bytes(b"S") and None,
    "header flipped": changed(lambda d: d.__setitem__(slice(0, 6), b"XQLite")),
    "half gone": changed(lambda d: d.__delitem__(slice(len(d) // 2, None))),
    "cut inside a page": changed(lambda d: d.__delitem__(slice(len(d) - PAGE // 2, None))),
    "last page gone": changed(lambda d: d.__delitem__(slice(len(d) - PAGE, None))),
    "schema zeroed": changed(lambda d: d.__setitem__(slice(100, PAGE), bytes(PAGE - 100))),
    "something hangs on": changed(lambda d: d.extend(NOISE[:1000])),
    "a plan that is no text": changed(lambda d: d.__setitem__(d.index(b"CREATE TABLE") + 9, 0xC2)),
    **{f"zeroed page at {x}": overwritten(x, b"\0") for x in (0.2, 0.5, 0.8)},
    **{f"noise at {x}": overwritten(x, NOISE) for x in (0.1, 0.4, 0.7)},
    "another program's": by_sql("PRAGMA application_id = 12345"),
    "newer": by_sql("PRAGMA user_version = 999999"),
    "a table gone": by_sql("DROP TABLE waiver"),
    "migrations gone": by_sql("DROP TABLE _sqlite_migrations"),
    "a view gone": by_sql("DROP VIEW received"),
    "a trigger": by_sql("CREATE TRIGGER evil AFTER INSERT ON answer BEGIN DELETE FROM card; END"),
    "a foreign view": by_sql("CREATE VIEW evil AS SELECT load_extension('x')"),
    "no session": by_sql("DELETE FROM session"),
    "a word changed": by_sql("UPDATE answer SET text = text || '!' WHERE id = 3"),
    "a card's word changed": by_sql("UPDATE card SET text = 'x' WHERE id = 3"),
    "no JSON": by_sql("UPDATE answer SET fields = '{' WHERE id = 3"),
    "no time": by_sql("UPDATE answer SET received_at = 'i går' WHERE id = 3"),
    "a step that is not": by_sql("UPDATE session SET current_step = 'nix'"),
    "a card without an answer": by_sql("DELETE FROM answer WHERE id = 3"),
    "an answer without a card": by_sql(
        "DELETE FROM need_card WHERE card_id = 3", "DELETE FROM card WHERE id = 3"
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_seen_said_and_left_alone(good: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "x.behov"
    shutil.copyfile(good, file)
    DAMAGES[name](file)
    before = hashlib.sha256(file.read_bytes()).digest()
    try:
        found = check.findings(file)
    except Trouble as trouble:
        assert isinstance(trouble, Refused if name == "newer" else DamagedFile)
        said = [trouble.say(i18n.language("sv"))]
    else:
        assert any(one.fatal for one in found), found
        said = [i18n.language("sv")(one.message).format(**one.values) for one in found]
    assert said and all(said) and "{" not in "".join(said)
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.behov"]


@pytest.mark.parametrize("name", [n for n in DAMAGES if n not in ("a word changed", "no JSON", "no time")])
def test_opening_damage_never_ends_in_anything_but_a_sentence(good: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "x.behov"
    shutil.copyfile(good, file)
    DAMAGES[name](file)
    try:
        SessionFile.open(file).close()
    except Trouble as trouble:
        assert trouble.say(i18n.language("en"))
    assert not file.with_name("x.behov.lock").exists()


def test_a_log_left_by_a_crash_is_read_and_not_folded_in(good: Path, tmp_path: Path) -> None:
    writing = tmp_path / "w.behov"
    shutil.copyfile(good, writing)
    with SessionFile.open(writing) as opened:
        actions.do(opened, actions.ask.type_card, text="i sista stund")
        crashed = tmp_path / "x.behov"
        shutil.copyfile(writing, crashed)
        shutil.copyfile(f"{writing}-wal", f"{crashed}-wal")
    log = Path(f"{crashed}-wal")
    before = crashed.read_bytes(), log.read_bytes()
    assert check.findings(crashed) == []
    assert (crashed.read_bytes(), log.read_bytes()) == before
    with SessionFile.open(crashed) as opened:
        assert "i sista stund" in [c.text for c in queries.board(opened).cards.values()]


def test_a_torn_log_gives_back_the_last_whole_commit(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.behov"
    shutil.copyfile(good, file)
    Path(f"{file}-wal").write_bytes(NOISE * 8)
    assert check.findings(file) == []
    SessionFile.open(file).close()
    assert check.findings(file) == []
