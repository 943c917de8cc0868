"""Sessions linked in a project: needs come along, the chain stands in order, and stages are printed for the registry alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2

from workshop_app import resources
from workshop_app.model.project import chains, name_of
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile


def _about(path: Path, day: str) -> dict[str, str]:
    with SessionFile.read(path) as file:
        session, told = queries.session(file), queries.project(file)
    words = {"file_id": session.file_id, "title": session.title, "date": day}
    return words | {"project": told.key, "project_name": told.name, "follows": told.follows}


def _text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as read:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in read).split())


def test_three_sessions_in_a_chain(workshop: Callable[..., Any], tmp_path: Path) -> None:
    sample = next(p for p in resources.sample_files() if p.stem == "ostergotland_hemmonitorering")
    first, second, third = (tmp_path / f"{n}.behov" for n in "abc")

    def fine(*args: Any) -> Any:
        done = workshop(*args)
        assert done.code == 0, done.err
        return done

    fine("import", sample, first)
    fine("project", first, "--name", "Vård hemma")
    fine("new", second, "--format", "dialogue_meeting", "--title", "Dialog", "--from", first)
    fine("new", third, "--format", "sprint", "--title", "Sprint")
    fine("project", third, "--follows", second)
    ids = [_about(p, "")["file_id"] for p in (first, second, third)]
    told = fine("project", second, "--json").json
    assert (told["name"], told["follows"], told["brought"]) == ("Vård hemma", ids[0], 8)
    assert fine("project", third, "--json").json["key"] == ids[0]
    # whatever the days say, what follows comes after; others stand apart
    rows = [_about(third, "2026-01-01"), _about(first, "2026-03-01"), _about(second, "2026-02-01")]
    (chain,) = chains([*rows, {"file_id": "x", "title": "Ensam"}])
    assert [one["file_id"] for one in chain] == ids
    assert name_of(chain) == "Vård hemma"
    # what the leader counts is typed as words and numbers
    for wrong in ("Ansökningar", "=5", "Ansökningar=-1"):
        assert workshop("project", third, "--stage", wrong).code == 1
    assert workshop("project", third, "--follows", third).code == 1
    fine("project", third, "--stage", "Ansökningar=21", "--stage", "Kvalificerade=5", "--stage", "Avtal=1")
    assert check.findings(third) == []
    for edition in ("internal", "participants", "open"):
        pdf = tmp_path / f"{edition}.pdf"
        fine("print", third, "-o", pdf, "--edition", edition)
        shown = _text(pdf)
        assert ("21 ansökningar → 5 kvalificerade → 1 avtal" in shown) == (edition == "internal")
        assert ("Vård hemma" in shown) == (edition != "open")
    whole = tmp_path / "w.json"
    fine("export", third, "-o", whole)
    fine("import", whole, tmp_path / "d.behov")
    assert fine("project", tmp_path / "d.behov", "--json").json == fine("project", third, "--json").json


def test_a_ring_of_files_ends() -> None:
    ring = [
        {"file_id": a, "project": "k", "follows": b, "date": d}
        for a, b, d in (("1", "2", "2026"), ("2", "1", "2025"))
    ]
    assert [one["file_id"] for one in chains(ring)[0]] == ["2", "1"]


def test_the_same_name_is_the_same_project() -> None:
    rows = [
        {"file_id": "1", "project": "1", "project_name": "Hemma", "date": "2026-02"},
        {"file_id": "2", "project": "2", "project_name": "hemma", "date": "2026-01"},
        {"file_id": "3", "project": "2", "project_name": "", "date": "2026-03"},
    ]
    assert [[one["file_id"] for one in chain] for chain in chains(rows)] == [["2", "1", "3"]]


def test_joined_files_keep_one_project(workshop: Callable[..., Any], tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.behov" for n in "ab"]
    for file in files:
        assert workshop("new", file, "--format", "needs_identification", "--title", file.stem).code == 0
        assert workshop("project", file, "--name", f"Projekt {file.stem}", "--stage", "Kvar=3").code == 0
    joined = tmp_path / "j.behov"
    done = workshop("merge", *files, "-o", joined)
    assert done.code == 0, done.err
    with SessionFile.read(joined) as file:
        told = queries.project(file)
    assert told.name == "Projekt a"
    assert [s.count for s in told.stages] == [3, 3]
