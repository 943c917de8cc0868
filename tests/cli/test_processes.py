"""Commands in processes of their own: the server from start to stop, the demo, a kill in the middle, and no Qt anywhere."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from workshop_app import actions, clustering, resources
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    file = tmp_path / "x.behov"
    actions.session.create(file, format_id="needs_identification", title="T", question="Vad?").close()
    return file


@contextmanager
def serving(file: Path, *args: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "workshop_app", "serve", str(file), *args]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield process, json.loads(line)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def post(url: str, **fields: str) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(url, urlencode(fields).encode(), {"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM")
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_serve_from_start_to_stop(session_file: Path, name: signal.Signals) -> None:
    with serving(session_file, "--step", "challenges", "--no-rate-limit") as (process, told):
        assert set(told) >= {"url", "port", "token", "step", "file"} and told["step"] == "challenges"
        assert told["url"] == f"http://127.0.0.1:{told['port']}/{told['token']}/"
        status, answer = post(f"{told['url']}steps/challenges", text="Halt golv\x07 <b>å</b>", key="k1")
        assert (status, answer["status"]) == (201, "received") and len(answer["receipt"]) == 4
        assert post(f"{told['url']}steps/challenges", text="Halt golv\x07 <b>å</b>", key="k1") == (
            200,
            answer,
        )
        assert post(f"{told['url']}steps/challenges", text="annat", key="k1")[0] == 409
        assert post(f"{told['url']}steps/challenges", text="x" * 100_000, key="k2")[0] == 413
        assert post(f"{told['url']}steps/challenges", text="x" * 281, key="k3")[0] == 422
        assert post(f"{told['url']}steps/close", takeaway="x", key="k4")[0] == 403
        process.send_signal(name)
        assert process.wait(20) == 0
    beside = sorted(p.name for p in session_file.parent.glob("x.behov*"))
    assert beside == ["x.behov"], "no log and no lock left"
    with SessionFile.read(session_file) as file:
        assert [a.text for a in queries.answers(file)] == ["Halt golv <b>å</b>"]
    with serving(session_file) as (_process, again):
        assert (again["port"], again["token"]) == (told["port"], told["token"])


def test_a_second_writer_is_told_who_holds_the_file(session_file: Path, workshop: Go) -> None:
    with serving(session_file) as (process, _told):
        done = workshop("serve", session_file)
        assert done.code == 1 and "workshop serve" in done.err and str(process.pid) in done.err
        assert workshop("check", session_file).code == 0, "reading works beside a writer"


def test_a_killed_writer_holds_nothing(session_file: Path) -> None:
    with serving(session_file, "--step", "challenges") as (process, told):
        status, answer = post(f"{told['url']}steps/challenges", text="Kvar", key="k1")
        process.kill()
        process.wait()
    assert status == 201
    with SessionFile.open(session_file) as file:
        assert [(a.text, a.receipt) for a in queries.answers(file)] == [("Kvar", answer["receipt"])]


def test_a_taken_port(session_file: Path, workshop: Go) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = workshop("serve", session_file, "--port", port)
    assert done.code == 3 and str(port) in done.err and len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--no-rate-limit", "--host", "0.0.0.0"], 1),
        (["--step", "nix"], 1),
        (["--port", "99999"], 2),
        (["--host", "203.0.113.7"], 3),
        (["--host", "ingen adress"], 3),
    ],
)
def test_serve_refuses(session_file: Path, workshop: Go, args: list[str], code: int) -> None:
    done = workshop("serve", session_file, *args)
    assert done.code == code and done.out == "" and len(done.err.strip().splitlines()) == 1, done.err
    assert sorted(p.name for p in session_file.parent.glob("x.behov*")) == ["x.behov"]


# the demo ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [p.stem for p in resources.sample_files()])
def test_the_demo_ends_with_all_three_figures_alike(
    workshop: Go, tmp_path: Path, sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sample != resources.sample_files()[0].stem:
        monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")  # words alone must do too, and are quicker to test
    done = workshop("demo", "--session", sample, "--out", tmp_path, "--json")
    assert done.code == 0, done.err
    told = done.json
    count = len(
        json.loads(resources.path().parent.joinpath("sample_sessions", f"{sample}.json").read_text())[
            "challenges"
        ]
    )
    assert told["sent"] == told["stored"] == told["printed"] == count
    assert told["engine"] == clustering.engine_name()
    assert told["groups"] > 1 and told["needs"] >= 8 and Path(told["pdf"]).read_bytes().startswith(b"%PDF-")
    checked = workshop("check", told["file"], "--json")
    assert checked.code == 0 and checked.json["by_source"] == {"phone": count}
    with SessionFile.read(Path(told["file"])) as file:
        rated = queries.ratings(file)
        assert len(rated) == told["needs"] and all(r.voters == told["phones"] for r in rated.values())
        assert queries.session(file).current_step == queries.session(file).steps[-1].id
        assert all(n.recognition.yes for n in queries.needs(file))
        assert {n.fields["route"] for n in queries.needs(file)} >= {"innovation_procurement", "parked"}


def test_the_demo_with_few_phones_overwrites_nothing(
    workshop: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    (tmp_path / f"{resources.sample_files()[0].stem}.pdf").write_text("mine")
    done = workshop("demo", "--out", tmp_path, "--phones", "5")
    assert done.code == 0 and "sent = stored = printed" in done.out
    assert (tmp_path / f"{resources.sample_files()[0].stem}.pdf").read_text() == "mine"
    assert workshop("demo", "--session", "nix").code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("after", [20, 90])
def test_a_kill_in_the_middle_loses_no_received_answer(tmp_path: Path, after: int) -> None:
    command = [sys.executable, "-m", "workshop_app", "demo", "--out", str(tmp_path), "--verbose"]
    quick = {**os.environ, "WORKSHOP_NO_MODEL": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=quick
    )
    assert process.stderr is not None
    told = dict(process.stderr.readline().split()[1:] for _ in range(after))
    process.send_signal(signal.SIGKILL)
    # what it still managed to say before it died counts too, but a torn last line does not
    told |= dict(
        line.split()[1:] for line in process.stderr.read().splitlines(keepends=True) if line.endswith("\n")
    )
    process.wait()
    file = next(tmp_path.glob("*.behov"))
    with SessionFile.open(file) as opened:
        kept = {a.key: a.receipt for a in queries.answers(opened)}
        assert {k: kept.get(k) for k in told} == told and len(told) >= after
        assert queries.balance(opened).balanced
    assert check.findings(file) == []


# no Qt ------------------------------------------------------------------------------------------------------

_LOOK = """
import sys
from workshop_app.__main__ import main
code = main()
print("QT" if any(m.startswith("PySide6") for m in sys.modules) else "NO-QT", code)
"""


def test_no_command_loads_qt(tmp_path: Path, sample_file: Path) -> None:
    commands = [
        ["formats"],
        ["new", tmp_path / "n.behov", "--format", "needs_identification", "--title", "T"],
        ["import", resources.sample_files()[0], tmp_path / "i.behov"],
        ["export", sample_file, "-o", tmp_path / "e.zip"],
        ["print", sample_file, "-o", tmp_path / "p.pdf"],
        ["check", sample_file],
        ["cluster", sample_file],
        ["lint", sample_file],
        ["demo", "--out", tmp_path, "--phones", "6"],
        ["serve", tmp_path / "absent.behov"],
        ["--self-test"],
        ["--version"],
    ]
    script = _LOOK.replace("code = main()", "")
    body = "\n".join(
        f"sys.argv = {['workshop', *map(str, c)]!r}; code = main(); print({str(c[0])!r}, code, file=sys.stderr)"
        for c in commands
    )
    done = subprocess.run(
        [sys.executable, "-c", script.replace("print(", f"{body}\nprint(", 1)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "WORKSHOP_NO_MODEL": "1", "PYTHONPATH": str(Path(resources.__file__).parents[1])},
    )
    assert done.stdout.splitlines()[-1].startswith("NO-QT"), done.stderr[-2000:]
    codes = dict(
        line.rsplit(" ", 1) for line in done.stderr.splitlines() if line.rsplit(" ", 1)[-1].isdecimal()
    )
    assert {name for name, code in codes.items() if code != "0"} == {"serve"}, done.stderr[-2000:]


def test_self_test_says_each_part(alone: Go) -> None:
    done = alone("--self-test")
    assert done.code == 0, done.out + done.err
    for part in ("formats", "samples", "words", "fonts", "phone pages", "grouping", "sqlite", "paper", "qt"):
        assert f"ok  {part}: " in done.out
