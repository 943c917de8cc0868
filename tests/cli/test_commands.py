"""The commands of the contract: what they print, what they leave behind and how they fail."""

import csv
import html
import io
import json
import logging
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.report.held import held
from tests.report.reading import pages
from workshop_app import actions, resources
from workshop_app.cli import cli as program
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


# formats and new ----------------------------------------------------------------------------------------


def test_formats_as_one_object(workshop: Go) -> None:
    formats = workshop("formats", "--json").json["formats"]
    one = next(f for f in formats if f["id"] == "needs_identification")
    assert one["name"]["sv"] and one["name"]["en"] and one["minutes"] == 180
    assert [s["id"] for s in one["steps"]][:4] == ["join", "ground", "for_whom", "challenges"]
    challenges = one["steps"][3]
    assert challenges["minutes"] == 20 and challenges["kind"] == "ask"
    assert {"name": "text", "type": "area", "limit": 280, "required": True} in challenges["fields"]


def test_formats_to_read(workshop: Go) -> None:
    done = workshop("formats")
    assert done.code == 0 and "needs_identification  180 min" in done.out


def test_new_makes_a_session_with_its_cover(workshop: Go, tmp_path: Path) -> None:
    file = tmp_path / "boende.behov"
    done = workshop(
        "new", file, "--format", "needs_identification", "--title", "Boende", "--question", "Vad är svårt?",
        "--date", "2026-03-14", "--place", "Ekmåla", "--organisation", "Ekmåla kommun", "--organisation", "Hus AB",
        "--role", "Upphandlare", "--role", "Drift", "--missing", "hyresgäster", "--json",
    )  # fmt: skip
    assert done.code == 0 and done.json["format"] == "needs_identification" and len(done.json["steps"]) == 12
    with SessionFile.read(file) as opened:
        session = queries.session(opened)
        assert (session.title, session.question, session.place) == ("Boende", "Vad är svårt?", "Ekmåla")
        assert session.organisation == "Ekmåla kommun" and session.organisations == (
            "Ekmåla kommun",
            "Hus AB",
        )
        assert session.roles == ("Upphandlare", "Drift")
        assert queries.room(opened).missing == ("hyresgäster",)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["boende.behov"], (
        "no -wal, no lock, no backup of nothing"
    )


def test_new_overwrites_nothing(workshop: Go, tmp_path: Path) -> None:
    file = tmp_path / "x.behov"
    file.write_text("mine")
    done = workshop("new", file, "--format", "needs_identification", "--title", "T")
    assert done.code == 1 and "x.behov" in done.err and file.read_text() == "mine"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--format", "nix", "--title", "T"], 1, "nix"),
        (["--format", "needs_identification", "--title", "  "], 1, "rubrik"),
        (["--format", "needs_identification", "--title", "T", "--date", "14/3"], 1, "14/3"),
        (["--format", "needs_identification"], 2, "--title saknas"),
        (["--title", "T"], 2, "--format saknas"),
        (["--format", "needs_identification", "--title", "T", "--language", "tlh"], 2, "sv, en"),
        (["--format", "needs_identification", "--title", "T", "--colour", "red"], 2, "--colour"),
    ],
)
def test_new_refuses_in_one_sentence(
    workshop: Go, tmp_path: Path, args: list[str], code: int, said: str
) -> None:
    done = workshop("new", tmp_path / "x.behov", *args)
    assert done.code == code and said in done.err and done.out == ""
    assert len(done.err.strip().splitlines()) == 1 and "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/null/x")
def test_a_folder_that_cannot_be_written_is_room_trouble(workshop: Go, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "x.behov", tmp_path / "absent" / "x.behov"):
        done = workshop("new", place, "--format", "needs_identification", "--title", "T")
        assert done.code == 3 and len(done.err.strip().splitlines()) == 1


def test_errors_speak_english_on_an_english_computer(workshop: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "There is no command and no file called “formts”." in workshop("formts").err


# in and out -----------------------------------------------------------------------------------------------


def test_a_sample_comes_in_by_file_or_by_name(workshop: Go, tmp_path: Path) -> None:
    by_file = workshop("import", resources.sample_files()[0], tmp_path / "a.behov", "--json")
    by_name = workshop("import", resources.sample_files()[0].stem, tmp_path / "b.behov", "--json")
    assert by_file.code == by_name.code == 0
    assert by_file.json["cards"] == by_name.json["cards"] > 40 and by_file.json["needs"] == 8


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "3", '"x"', "{}", '{"title": "T"}', '{"title": 3, "challenges": []}',
        '{"title": "T", "challenges": {}}', '{"title": "T", "challenges": [3]}', '{"title": "T", "challenges": [{}]}',
        '{"title": "T", "challenges": [{"id": "c1", "text": 4}]}',
        '{"title": "T", "challenges": [{"id": "c1", "text": "x", "theme": {}}]}',
        '{"title": "T", "challenges": [{"id": "c1", "text": "x", "theme": 7}]}',
        '{"title": "T", "challenges": [{"id": "c1", "text": "x"}, {"id": "c1", "text": "y"}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "evidence": ["c9"]}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "evidence": [{"id": {}}]}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "stakeholders": [3, {"group": 5}]}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "stakeholders": 3}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "agenda_links": [{}]}]}',
        '{"title": "T", "challenges": [], "needs": [{"title": "n", "priority": {"benefit": "x"}}]}',
        '{"title": "T", "challenges": [], "format": "nix"}', '{"title": "T", "challenges": [], "language": "tlh"}',
        '{"title": "T", "challenges": [], "participants": [{"role": 3}]}', '{"schema": 99, "title": "T"}',
        '{"kind": "behovsverkstad-session"}', '{"kind": "behovsverkstad-session", "tables": {"nix": []}}',
        '{"kind": "behovsverkstad-session", "tables": {"session": [{"nix": 1}]}}',
        '{"kind": "behovsverkstad-session", "tables": {"session": 3}}',
        '{"kind": "behovsverkstad-session", "tables": {"session": [{"id": 2}]}}',
        '{"kind": "behovsverkstad-session", "tables": {}}',
        "[" * 100_000, '{"title": ' + "9" * 5_000 + "}",
    ],
)  # fmt: skip
def test_a_malformed_sample_is_refused_and_leaves_nothing(workshop: Go, tmp_path: Path, text: str) -> None:
    source = tmp_path / "in.json"
    source.write_text(text, encoding="utf-8")
    done = workshop("import", source, tmp_path / "x.behov")
    assert done.code in (1, 4), done.out + done.err
    assert len(done.err.strip().splitlines()) == 1 and "gick sönder" not in done.err, done.err
    assert [p.name for p in tmp_path.iterdir()] == ["in.json"]


def test_json_out_and_in_again_is_the_same_session(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    assert workshop("export", sample_file, "-o", tmp_path / "a.json").code == 0
    assert workshop("import", tmp_path / "a.json", tmp_path / "b.behov").code == 0
    assert workshop("export", tmp_path / "b.behov", "-o", tmp_path / "b.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text()) == json.loads((tmp_path / "b.json").read_text())
    with SessionFile.read(sample_file) as before, SessionFile.read(tmp_path / "b.behov") as after:
        assert queries.board(before) == queries.board(after)
        assert queries.needs(before) == queries.needs(after)
        assert queries.session(before) == queries.session(after)


def test_the_open_edition_shows_less_and_comes_in_again(
    workshop: Go, sample_file: Path, tmp_path: Path
) -> None:
    assert workshop("export", sample_file, "-o", tmp_path / "open.json", "--edition", "open").code == 0
    data = json.loads((tmp_path / "open.json").read_text(encoding="utf-8"))
    assert "participants" not in data and "organisations" not in data
    assert workshop("import", tmp_path / "open.json", tmp_path / "c.behov").code == 0
    assert workshop("check", tmp_path / "c.behov").code == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "md", "zip"])
def test_every_form_holds_every_text(workshop: Go, sample_file: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"out.{kind}"
    assert workshop("export", sample_file, "-o", target).code == 0
    texts = [
        c["text"] for c in json.loads(resources.sample_files()[0].read_text(encoding="utf-8"))["challenges"]
    ]
    found = read_back(target)
    if kind == "zip":
        assert {Path(n).suffix for n in zipfile.ZipFile(target).namelist()} == {
            ".json",
            ".csv",
            ".xlsx",
            ".docx",
            ".md",
        }
    else:
        missing = [t for t in texts if tight(t) not in found]
        assert missing == []


def read_back(path: Path) -> str:
    if path.suffix in (".xlsx", ".docx", ".zip"):
        archive = zipfile.ZipFile(path)
        parts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist()]
        return tight(re.sub("<[^>]+>", "", "".join(parts)))
    return tight(path.read_text(encoding="utf-8-sig"))


def tight(text: str) -> str:
    return re.sub(r'[\s\\"]+', "", html.unescape(text))


def test_csv_can_be_grouped_again(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    workshop("export", sample_file, "-o", tmp_path / "cards.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "cards.csv").read_text(encoding="utf-8-sig"))))
    done = workshop("cluster", tmp_path / "cards.csv", "--json")
    assert done.code == 0 and len(done.json["labels"]) == len(rows) - 1


def test_export_says_what_can_be_written(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    done = workshop("export", sample_file, "-o", tmp_path / "x.odt")
    assert done.code == 1 and ".docx" in done.err
    done = workshop("export", sample_file, "-o", tmp_path / "absent" / "x.json")
    assert done.code == 3
    assert workshop("export", tmp_path / "absent.behov", "-o", tmp_path / "x.json").code == 1


# paper ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["summary", "need", "cards", "blank"])
def test_print(workshop: Go, sample_file: Path, tmp_path: Path, what: str) -> None:
    target = tmp_path / "x.pdf"
    assert workshop("print", sample_file, "-o", target, "--what", what).code == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_poster_needs_an_address(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    done = workshop("print", sample_file, "-o", target, "--what", "poster")
    assert done.code == 1 and "--url" in done.err and not target.exists()
    url = "http://192.168.1.20:8080/abc/"
    assert workshop("print", sample_file, "-o", target, "--what", "poster", "--url", url).code == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_print_compares_with_an_earlier_session(workshop: Go, tmp_path: Path) -> None:
    then, now, target = tmp_path / "then.behov", tmp_path / "now.behov", tmp_path / "ut.pdf"
    for file in (then, now):
        held(file, "maturity", 3).close()
    assert workshop("print", now, "-o", target, "--compare", then).code == 0
    assert "Jämfört med förra gången" in "".join(pages(target))
    gone = workshop("print", now, "-o", target, "--compare", tmp_path / "gone.behov")
    assert gone.code and "gone.behov" in gone.err


def test_print_lists_only_what_works(workshop: Go, sample_file: Path, tmp_path: Path) -> None:
    assert workshop("print", sample_file, "-o", tmp_path / "x.pdf", "--what", "minutes").code == 2
    assert "minutes" not in workshop("print", "--help").out
    assert workshop("print", sample_file, "-o", tmp_path / "x.txt").code == 1


# check ----------------------------------------------------------------------------------------------------


def test_check_proves_the_books(workshop: Go, sample_file: Path) -> None:
    before = sample_file.read_bytes()
    told = workshop("check", sample_file, "--json").json
    assert told["whole"] and told["balanced"] and told["findings"] == []
    assert told["received"] == told["accounted"] == told["printed"] == sum(told["places"].values()) == 54
    assert sample_file.read_bytes() == before and len(list(sample_file.parent.glob("sample.behov*"))) == 1


def test_check_finds_a_card_without_a_reason(
    workshop: Go, sample_file: Path, tmp_path: Path, sql: Go
) -> None:
    file = tmp_path / "x.behov"
    shutil.copy(sample_file, file)
    sql(file, "UPDATE card SET state = 'hidden', heap_id = NULL, reason = '' WHERE id = 7")
    done = workshop("check", file, "--json")
    assert done.code == 1 and not done.json["balanced"] and done.json["whole"]
    assert "7" in done.json["findings"][0]["what"]


def test_check_finds_an_answer_whose_card_is_gone(
    workshop: Go, sample_file: Path, tmp_path: Path, sql: Go
) -> None:
    file = tmp_path / "x.behov"
    shutil.copy(sample_file, file)
    sql(file, "DELETE FROM need_card WHERE card_id = 7", "DELETE FROM card WHERE id = 7")
    done = workshop("check", file, "--json")
    assert done.code == 4 and done.json["findings"]


def test_check_of_nothing(workshop: Go, tmp_path: Path) -> None:
    assert workshop("check", tmp_path / "absent.behov").code == 1
    assert workshop("check", tmp_path).code == 2


# cluster and lint -------------------------------------------------------------------------------------------


def test_cluster_a_session(workshop: Go, sample_file: Path) -> None:
    told = workshop("cluster", sample_file, "--json").json
    assert len(told["labels"]) == 54 and told["engine"] in ("semantic", "lexical")
    sizes = {g["id"]: g["size"] for g in told["groups"]}
    assert all(told["labels"].count(i) == n for i, n in sizes.items())
    assert all(g["title"] and told["labels"][g["medoid"]] == g["id"] for g in told["groups"])


def test_cluster_with_pins_and_an_exact_number(workshop: Go, tmp_path: Path) -> None:
    texts = tmp_path / "t.csv"
    lines = ["id;text;role"] + [f"{n};{t};x" for n, t in enumerate(TEXTS)]
    texts.write_text("\n".join(lines), encoding="utf-8")
    pins = tmp_path / "pins.json"
    pins.write_text("[[0, 3], [7, 3]]")
    told = workshop("cluster", texts, "--json", "--groups", "3", "--pins", pins).json
    assert len(told["groups"]) == 3 and told["labels"][0] == told["labels"][7] == 3
    assert workshop("cluster", texts, "--fineness", "0.9").code == 0


TEXTS = [
    "Golvet är halt när barnen kommer in", "Hallen blir blöt av snö", "Det tar timmar att torka golvet",
    "Ingen vet var ärendet ligger", "Vi ringer tre gånger om samma bygglov", "Besked kommer för sent",
    "Upphandlingen tar för lång tid", "Vi hinner inte skriva kraven", "Anbuden går inte att jämföra",
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [("id,words\n1,a\n", 1), ("", 1), ("text\n", 0), ("text\nbara en\n", 0), ("\ufefftext\na\nb\n", 0)],
)
def test_cluster_small_and_odd_files(workshop: Go, tmp_path: Path, content: str, code: int) -> None:
    file = tmp_path / "t.csv"
    file.write_text(content, encoding="utf-8")
    done = workshop("cluster", file, "--json")
    assert done.code == code, done.err
    if code == 0:
        assert len(done.json["labels"]) == len(content.strip().splitlines()) - 1


@pytest.mark.parametrize(
    "pins", ["{}", "[3]", "[[1]]", '[["a", 1]]', "[[99, 1]]", "[[-1, 1]]", "[[true, 1]]", "x"]
)
def test_pins_that_do_not_fit(workshop: Go, tmp_path: Path, pins: str) -> None:
    (tmp_path / "t.csv").write_text("text\n" + "\n".join(TEXTS), encoding="utf-8")
    (tmp_path / "p.json").write_text(pins)
    assert workshop("cluster", tmp_path / "t.csv", "--pins", tmp_path / "p.json").code == 1


def test_lint_answers_line_by_line(workshop: Go) -> None:
    need = {
        "title": "T",
        "who": "Förskolebarn ett till fem år",
        "function": "använda en app för att anmäla frånvaro",
    }
    lines = [
        {"id": "a", "kind": "need", "fields": need},
        {"id": 2, "kind": "challenge", "text": "Vi behöver köpa en robot"},
        {"id": "c", "kind": "challenge", "text": "Golvet är halt när barnen kommer in"},
    ]
    done = workshop(
        "lint", "-", "--language", "sv", stdin="\n".join(json.dumps(line) for line in lines) + "\n\n"
    )
    told = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0 and [t["id"] for t in told] == ["a", 2, "c"]
    assert {"rule", "severity", "field", "match", "question"} == set(told[0]["findings"][0])
    assert (
        "N01" in {f["rule"] for f in told[0]["findings"]} and told[1]["findings"] and not told[2]["findings"]
    )


@pytest.mark.parametrize(
    "line", ["{", "[]", "3", '{"kind": "need"}', '{"kind": "x"}', '{"kind": "challenge", "text": 3}']
)
def test_lint_says_which_line_it_cannot_read(workshop: Go, line: str) -> None:
    good = json.dumps({"id": 1, "kind": "challenge", "text": "Golvet är halt"})
    done = workshop("lint", "-", stdin=f"{good}\n{line}\n{good}\n")
    assert done.code == 1 and "2" in done.err and len(done.out.splitlines()) == 2


def test_lint_names_a_line_of_the_organisations_own_words(workshop: Go) -> None:
    folder = resources.home() / "lint"
    folder.mkdir(parents=True)
    (folder / "sv.txt").write_text("[technology]\n*\n", encoding="utf-8")
    done = workshop("lint", "-", stdin=json.dumps({"id": 1, "kind": "challenge", "text": "Halt"}) + "\n")
    assert done.code == 0 and "sv.txt" in done.err and "2" in done.err
    assert json.loads(done.out) == {"id": 1, "findings": []}


def test_lint_takes_odd_fields(workshop: Go) -> None:
    odd = {
        "title": 3,
        "who": None,
        "function": ["x"],
        "function_requirement": "x",
        "market": 4,
        "evidence": "c1",
    }
    done = workshop("lint", "-", stdin=json.dumps({"id": 1, "kind": "need", "fields": odd}) + "\n")
    assert done.code == 0 and json.loads(done.out)["id"] == 1


def test_lint_a_session(workshop: Go, sample_file: Path) -> None:
    told = workshop("lint", sample_file, "--json").json
    assert [n["id"] for n in told["needs"]] == list(range(1, 9)) and told["challenges"]
    assert workshop("lint", sample_file).code == 0


# the program as a whole --------------------------------------------------------------------------------------


def test_a_file_opens_the_desktop(workshop: Go, sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def desktop(path: Path | None, sample: str | None) -> int:
        opened.append((path, sample))
        return 7

    assert workshop(sample_file, desktop=desktop).code == 7
    assert workshop("--sample", resources.sample_files()[1].stem, desktop=desktop).code == 7
    assert workshop(desktop=desktop).code == 7
    assert opened == [(sample_file, None), (None, resources.sample_files()[1].stem), (None, None)]
    assert workshop("--sample", "nix", desktop=desktop).code == 1
    assert workshop("absent.behov", desktop=desktop).code == 1
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if sys.platform.startswith("linux"):
        done = workshop(desktop=desktop)
        assert done.code == 3 and "workshop demo" in done.err


def test_a_missing_qt_is_a_sentence(workshop: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def desktop(_path: object, _sample: object) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file", name="PySide6.QtGui")

    done = workshop(desktop=desktop)
    assert done.code == 3 and "libEGL" in done.err and "make setup" in done.err


def test_our_own_mistakes_are_logged_without_words(
    workshop: Go, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        secret = "det någon skrev"
        raise KeyError(secret)

    monkeypatch.setattr(actions.transfer, "import_json", broken)
    done = workshop("import", resources.sample_files()[0], "hemlig-fil.behov")
    log = (own_home / "log.txt").read_text(encoding="utf-8")
    assert done.code == 1 and str(own_home / "log.txt") in done.err and "Traceback" not in done.err
    assert "KeyError" in log and "broken" in log and "någon" not in log and "hemlig" not in log


def test_version_and_help(workshop: Go) -> None:
    assert workshop("--version").out.startswith("workshop 0.")
    assert "serve" in workshop("--help").out


def test_every_command_is_documented_and_none_is_a_stub() -> None:
    shown = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in program.commands.items():
        if command.hidden:
            continue
        assert f"## workshop {name}" in shown, name
        options = [o for p in command.params for o in p.opts if o.startswith("--")]
        assert [
            o
            for o in options
            if f"`{o}" not in shown.partition(f"## workshop {name}")[2].partition("\n## ")[0]
        ] == []


def test_what_the_floors_report_goes_to_the_log_without_values(workshop: Go, own_home: Path) -> None:
    workshop("formats")
    try:
        raise ValueError("det någon skrev")
    except ValueError:
        logging.getLogger("workshop.web").exception("an answer broke: %s", "hemligt")
    done = workshop("formats")
    log = (own_home / "log.txt").read_text(encoding="utf-8")
    assert done.err == "" and "an answer broke: %s ValueError" in log
    assert "hemligt" not in log and "någon" not in log
