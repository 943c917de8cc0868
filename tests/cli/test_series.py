"""What outlives one session, from a terminal."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


def test_new_from_an_earlier_file_and_its_register(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    earlier, later = tmp_path / "earlier.behov", tmp_path / "later.behov"
    shutil.copy(sample_file, earlier)
    arguments = ("--format", "needs_identification", "--title", "Igen", "--from", earlier, "--leave", 2)
    done = workshop("new", later, *arguments, "--json")
    with SessionFile.read(earlier) as old, SessionFile.read(later) as new:
        titles = [n.title for n in queries.needs(old) if n.number != 2]
        assert [n.title for n in queries.needs(new)] == titles
        assert queries.room(new).missing == queries.room(old).missing
        assert queries.session(new).roles == queries.session(old).roles
    assert done.code == 0 and done.json["carried"] == len(titles)
    assert workshop("check", later).code == 0
    listed = workshop("register", later, "--json").json["needs"]
    assert {line["title"] for line in listed} == set(titles)
    dates = [line["due"] for line in listed if line["due"]]
    assert dates == sorted(dates) and listed[0]["carried_from"][0]["need"]
    assert workshop("print", later, "-o", tmp_path / "r.pdf", "--what", "register").code == 0


def test_new_from_what_is_no_workshop(workshop: Go, tmp_path: Path) -> None:
    bad, target = tmp_path / "bad.behov", tmp_path / "x.behov"
    bad.write_bytes(b"hej")
    done = workshop("new", target, "--format", "needs_identification", "--title", "T", "--from", bad)
    assert done.code == 4 and done.err and not target.exists()


def test_merge_tells_what_may_be_the_same_need(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    one, other, target = tmp_path / "one.behov", tmp_path / "other.behov", tmp_path / "both.behov"
    shutil.copy(sample_file, one)
    arguments = (
        "--format",
        "needs_identification",
        "--title",
        "Igen",
        "--organisation",
        "Andra",
        "--from",
        one,
    )
    assert workshop("new", other, *arguments).code == 0
    done = workshop("merge", one, other, "-o", target, "--json")
    assert done.code == 0 and done.json["possibly_same"][0]["likeness"] > 0.9
    with SessionFile.read(one) as first, SessionFile.read(other) as second:
        assert done.json["needs"] == len(queries.needs(first)) + len(queries.needs(second))
    assert workshop("check", target).code == 0
    assert workshop("merge", one, one, "-o", tmp_path / "x.behov").code == 1
    assert workshop("merge", one, other, "-o", target).code == 1


def test_erase_asks_and_tells(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.behov"
    shutil.copy(sample_file, file)
    assert workshop("erase", file, "--basis", "Plan").code == 1  # nobody to ask
    assert workshop("erase", file).code == 2
    done = workshop("erase", file, "--basis", "Plan", "--yes", "--json")
    assert done.code == 0 and done.json["counts"]["card"] > 0 and done.json["left"] == []
    assert workshop("check", file).code == 0
    assert workshop("print", file, "-o", tmp_path / "x.pdf").code == 0
    assert workshop("erase", file, "--basis", "Plan", "--whole", "--yes").code == 0
    assert not file.exists() and (tmp_path / "x.erased.json").exists()
