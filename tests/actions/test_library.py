"""The needs library: without names, found by any form of a word, mailed as one file, and hostile files refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions, resources
from workshop_app.actions import library
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def sample(tmp_path: Path, own_home: Path) -> Path:
    with actions.transfer.import_json(resources.sample_files()[0], tmp_path / "s.behov") as made:
        return made.path


def test_needs_without_owner_organisation_and_cards(sample: Path) -> None:
    made = library.add(sample)
    with SessionFile.read(sample) as file:
        needs, session = queries.needs(file), queries.session(file)
        cards = [c.text for c in queries.board(file).cards.values() if len(c.text) > 12]
    assert made and list(library.entries()) == made
    kept = library.place().read_text(encoding="utf-8")
    owners = {n.fields["owner"] for n in needs if n.fields["owner"]}
    for text in (*owners, *cards, session.place, session.title):
        assert json.dumps(text, ensure_ascii=False) not in kept
    assert made[0].sentence and made[0].fields["requirement"]
    with_voices = library.add(sample, [made[0].number], with_cards=True)
    assert with_voices[0].voices and len(library.entries()) == len(made)


def test_words_in_any_form_find_a_need(sample: Path) -> None:
    library.add(sample)
    one = next(
        e
        for e in library.entries()
        if "förskol" in e.sentence.casefold() or "förskol" in e.fields["title"].casefold()
    )
    found = library.find("förskolor")
    assert one.id in [e.id for e, _score in found[:3]]
    assert one.id not in [e.id for e, score in library.find("xylofonkvartett") if score > 0.9]
    assert len(library.find("")) == len(library.entries())


def test_a_library_is_mailed_and_taken_into_a_session(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: SessionFile
) -> None:
    made = library.add(sample)
    assert library.export(tmp_path / "mail.json") == len(made)
    monkeypatch.setenv("WORKSHOP_HOME", str(tmp_path / "another"))
    assert library.entries() == ()
    assert (
        library.take_in(tmp_path / "mail.json") == len(made) and library.take_in(tmp_path / "mail.json") == 0
    )
    taken = actions.do(file, library.take, entry=library.entry(made[0].id))
    need = next(n for n in queries.needs(file) if n.id == taken)
    assert need.title == made[0].fields["title"] and f"behov {made[0].number}" in need.fields["evidence_note"]
    assert need.status == "draft" and need.fields["route"] == "" and need.evidence == ()
    file.undo().result()
    assert queries.needs(file) == ()
    with pytest.raises(Refused):
        library.entry("none")


SOUND = {
    "id": "a", "language": "sv", "fields": {"title": "T"}, "status": "draft", "outcome": "", "file_id": "f",
    "number": 1, "date": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        [], {"kind": "x"}, {"kind": library.KIND, "schema": 1, "needs": {}}, {"kind": library.KIND, "schema": 9, "needs": []},
        {"kind": library.KIND, "schema": 1, "needs": [7]},
        *({"kind": library.KIND, "schema": 1, "needs": [{**SOUND, **bad}]} for bad in (
            {"fields": 3}, {"fields": {"title": 3}}, {"number": "1"}, {"goals": "x"}, {"voices": [1]}, {"id": None})),
    ],
)  # fmt: skip
def test_what_is_no_library_is_refused_and_nothing_added(data: Any, tmp_path: Path, own_home: Path) -> None:
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(Refused):
        library.take_in(tmp_path / "bad.json")
    assert library.entries() == () and not library.place().exists()


def test_hostile_texts_are_cut_cleaned_and_kept_as_texts(tmp_path: Path, own_home: Path) -> None:
    fields = {"title": "A\x00B" * 500, "route": "rm -rf", "unknown": "x", "who": "<b>'; DROP TABLE need;--"}
    data = {"kind": library.KIND, "schema": 1, "needs": [{**SOUND, "fields": fields, "more": {}}]}
    (tmp_path / "odd.json").write_text(json.dumps(data), encoding="utf-8")
    library.take_in(tmp_path / "odd.json")
    one = library.entries()[0]
    assert len(one.fields["title"]) == 80 and "\x00" not in one.fields["title"] and one.fields["route"] == ""
    assert one.fields["who"] == fields["who"] and set(one.fields) == set(library.TEXTS)


def test_a_need_that_points_out_a_person_stays_out(
    file: SessionFile, do: Callable[..., Any], own_home: Path
) -> None:
    need = do(actions.need.new_need, title="Larm")
    do(
        actions.need.set_fields,
        need=need,
        who="Anna på 19850312-1234",
        function="larma",
        situation="på natten",
        effect="hjälp kommer",
    )
    with pytest.raises(Refused):
        library.add(file.path, [1])
    with pytest.raises(Refused):
        library.add(file.path, [7])
    assert library.entries() == ()


def test_the_same_need_in_another_workshop_is_found_and_the_own_one_is_not(
    sample: Path, tmp_path: Path
) -> None:
    library.add(sample)
    other = actions.transfer.import_json(resources.sample_files()[0], tmp_path / "other.behov")
    with SessionFile.read(sample) as file:
        own = queries.session(file)
        first = queries.needs(file)[0]
        assert library.same(first, own) == []
    with other:
        now = queries.session(other)
        mine = next(n for n in queries.needs(other) if n.number == first.number)
        assert [e.number for e in library.same(mine, now)] == [first.number]
        actions.do(other, actions.need.set_fields, need=mine.id, function="sjunga i kör en gång i veckan")
        reworded = next(n for n in queries.needs(other) if n.number == first.number)
        assert library.same(reworded, now) == []
        taken = actions.do(other, library.take, entry=library.entries()[2])
        made = next(n for n in queries.needs(other) if n.id == taken)
        actions.do(other, actions.need.set_fields, need=taken, function="sjunga i kör en gång i veckan")
        assert library.entries()[2] in library.same(made, now), "where it was taken from is remembered"
