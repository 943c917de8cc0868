"""The dialogue of the shipped sample: its rows, exactly its asymmetries, and both ways through JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions, resources
from workshop_app.actions import transfer
from workshop_app.i18n import language
from workshop_app.model.dialogue import Asymmetry, asymmetries
from workshop_app.model.request import STANDARD, Rfi, standard
from workshop_app.model.trouble import Refused
from workshop_app.store import archive, check, queries
from workshop_app.store.session_file import SessionFile

SAMPLE = next(p for p in resources.sample_files() if p.stem == "ostergotland_hemmonitorering")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SessionFile]:
    with transfer.import_json(SAMPLE, tmp_path / "o.behov") as made:
        yield made


def test_nine_questions_three_meetings_and_what_was_not_equal(file: SessionFile) -> None:
    register = queries.dialogue(file)
    assert [(s.type, s.status) for s in register.suppliers] == [
        ("small", "present"), ("large", "present"), ("non_profit", "present"),
    ]  # fmt: skip
    assert [(i.title, i.minutes) for i in register.agenda_now] == [
        ("Villkor", 5), ("Behovet", 5), ("Möjligheter", 15), ("Krav", 8), ("Villkor och risk", 8), ("Avslut", 4),
    ]  # fmt: skip
    assert [(s.minutes, s.actual_seconds, s.agenda_done) for s in register.slots] == [
        (45, 2700, True), (45, 2640, True), (45, 3000, True),
    ]  # fmt: skip
    assert [q.state for q in register.questions] == ["published"] * 9
    assert {f"{q.published_at:%Y-%m-%d}" for q in register.questions if q.published_at} == {
        "2019-05-09", "2019-05-16", "2019-05-24",
    }  # fmt: skip
    # equal: the agenda, the planned minutes, all nine answers, the meeting itself, and one minute less for B is within
    # what is held equal. Not equal: C had five minutes more, which A and B have been offered and have not had yet.
    a, b, c = (s.id for s in register.suppliers)
    third = next(s for s in register.slots if s.supplier == c)
    assert asymmetries(register) == (Asymmetry("minutes", (a, b), third.id, 5, "offered"),)
    assert (third.deviation, third.offer) == (
        "Fem minuter över tiden på grund av tekniskt fel",
        "A och B har erbjudits fem minuter var per telefon",
    )
    assert register.agenda_locked_at
    assert register.rfi is not None
    assert (register.rfi.issued, register.rfi.answers_due, len(register.rfi.questions)) == (
        "2019-05-28",
        "2019-06-18",
        3,
    )
    actions.do(file, actions.dialogue.give, what="minutes", id=third.id, suppliers=[a])
    assert asymmetries(queries.dialogue(file)) == (Asymmetry("minutes", (b,), third.id, 5, "offered"),)
    actions.do(file, actions.dialogue.give, what="minutes", id=third.id, suppliers=[b])
    assert asymmetries(queries.dialogue(file)) == ()
    actions.do(file, actions.dialogue.set_final)


def test_out_and_in_again_is_the_same(file: SessionFile, tmp_path: Path) -> None:
    out = tmp_path / "o.json"
    transfer.write_json(transfer.whole(file), out)
    with transfer.import_json(out, tmp_path / "again.behov") as again:
        assert archive.dump(again) == archive.dump(file)
        assert queries.dialogue(again) == queries.dialogue(file)
    assert check.findings(tmp_path / "again.behov") == []


def test_the_open_edition_says_what_the_sample_says_and_no_company(file: SessionFile, tmp_path: Path) -> None:
    given = json.loads(SAMPLE.read_text(encoding="utf-8"))
    told = transfer.open_edition(file)
    assert told["qa_log"] == given["qa_log"]
    assert told["dialogue"]["rfi"] == given["dialogue"]["rfi"]
    assert told["dialogue"]["fixed_agenda"] == given["dialogue"]["fixed_agenda"]
    assert "Leverantör A" not in json.dumps(told, ensure_ascii=False)
    out = tmp_path / "open.json"
    transfer.write_json(told, out)
    with transfer.import_json(out, tmp_path / "open.behov") as again:
        assert transfer.open_edition(again)["qa_log"] == told["qa_log"]


def test_a_request_that_brings_its_questions_asks_those_alone(file: SessionFile, tmp_path: Path) -> None:
    asked = queries.dialogue(file).rfi
    assert asked is not None and standard(asked, language("sv")) == [] and len(asked.questions) == 3
    for number, left_out in enumerate(([], ["split"], list(STANDARD))):
        actions.do(file, actions.rfi.set_rfi, left_out=left_out)
        transfer.write_json(transfer.open_edition(file), tmp_path / f"{number}.json")
        with transfer.import_json(tmp_path / f"{number}.json", tmp_path / f"{number}.behov") as again:
            assert queries.dialogue(again).rfi == queries.dialogue(file).rfi
    (tmp_path / "bare.json").write_text(
        json.dumps({"title": "T", "challenges": [], "dialogue": {"rfi": {"issued": "2026-05-28"}}}),
        encoding="utf-8",
    )
    with transfer.import_json(tmp_path / "bare.json", tmp_path / "bare.behov") as bare:
        assert len(standard(queries.dialogue(bare).rfi or Rfi(), language("sv"))) == len(STANDARD)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("dialogue", []),
        ("dialogue", {"slots": [{"supplier": "A"}]}),
        ("dialogue", {"slots": [{"supplier": "A", "start": "i går", "planned_min": 45}]}),
        ("dialogue", {"slots": [{"supplier": "A", "start": "2019-05-21T09:00:00", "planned_min": "45"}]}),
        ("dialogue", {"fixed_agenda": [{"minutes": 4}]}),
        ("dialogue", {"rfi": {"issued": "snart"}}),
        ("qa_log", [{"answer": "Ja"}]),
        ("qa_log", [{"question": "Vad?", "published_on": 7}]),
    ],
)
def test_a_dialogue_that_cannot_be_read_is_refused_whole(tmp_path: Path, part: str, value: Any) -> None:
    data = {"title": "T", "challenges": [], part: value}
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(Refused):
        transfer.import_json(tmp_path / "bad.json", tmp_path / "bad.behov")
    assert not (tmp_path / "bad.behov").exists()


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE qa SET published_at = NULL WHERE id = 1",
        "UPDATE qa SET answer = ' ' WHERE id = 1",
        "UPDATE qa SET same_as = 1 WHERE id = 1",
        "UPDATE qa SET corrects = 2, published_at = NULL WHERE id = 2",
        "UPDATE slot SET minutes = 40 WHERE id = 1",
        "UPDATE slot SET offer = '' WHERE id = 3",
        "UPDATE dialogue SET agenda_locked_at = NULL",
        "INSERT INTO given (what, what_id, supplier_id, at) VALUES ('material', 7, 1, '2019-05-09T12:00:00.000Z')",
        "UPDATE given SET supplier_id = 99 WHERE id = 1",
        "UPDATE qa SET raised_at = 'nyss'",
    ],
)
def test_check_finds_what_does_not_hold(file: SessionFile, broken: str) -> None:
    import sqlite3

    assert check.findings(file.path) == []
    file.close()
    conn = sqlite3.connect(file.path)
    conn.execute(broken)
    conn.commit()
    conn.close()
    assert check.findings(file.path)
