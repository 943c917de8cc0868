"""A full room: 1,000 phones in a minute, 300 in a second, and whether the leader's window stays alive meanwhile."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ROOT = Path(__file__).resolve().parents[2]
CROWD = ROOT / "tests/benchmarks/crowd.py"
PHONES, MINUTE, CARDS = 1000, 60.0, 3
FLUSH_MS = 5.0
SHORT = 20  # seconds: long enough for a comparison
Told = Callable[..., None]


def new_room(path: Path) -> SessionFile:
    """A session at the step where people write, bound to this computer."""
    file = actions.session.create(path, format_id="needs_identification", title="Mätning", question="Vad?")
    actions.do(file, actions.session.set_setting, key="host", value="127.0.0.1")
    actions.do(file, actions.agenda.go_to, step="challenges")
    return file


def crowd(port: int, token: str, phones: int, window: float, cards: int) -> dict[str, Any]:
    """What so many phones met."""
    command = [sys.executable, str(CROWD), str(port), token, "challenges", *map(str, (phones, window, cards))]
    out = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    met: dict[str, Any] = json.loads(out)
    return met


def share(times: list[float], part: float) -> float:
    """The time in ms that this part of all stayed under."""
    return times[min(int(len(times) * part), len(times) - 1)]


def check(file: SessionFile, met: dict[str, Any], cards: int) -> None:
    """Each card that a phone was told about is there once, and no other."""
    keys = [a.key for a in queries.answers(file, "challenges")]
    assert met["wrong"] == {} and len(keys) == len(set(keys)) == cards and set(met["received"]) == set(keys)


def most_memory(pid: int) -> float:
    """The most that a process has had in memory, MB; 0 where that cannot be read."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@contextmanager
def serving(path: Path, **env: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The program without a desk, as a process of its own, and where it is."""
    command = [sys.executable, "-m", "workshop_app", "serve", str(path)]
    around = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=around, cwd=ROOT) as program:
        assert program.stdout is not None
        yield program, json.loads(program.stdout.readline())
        program.terminate()


@contextmanager
def bare_room(*seconds: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """What does nothing but answer (bare_room.py), and its port."""
    command = [sys.executable, "-m", "tests.benchmarks.bare_room", *seconds]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        yield program, int(program.stdout.readline())
        program.terminate()


@pytest.mark.parametrize(("phones", "window", "cards"), [(PHONES, MINUTE, CARDS), (300, 1.0, 1)])
def test_a_full_room(tmp_path: Path, told: Told, phones: int, window: float, cards: int) -> None:
    path = tmp_path / "room.behov"
    new_room(path).close()
    with serving(path) as (program, place):
        met = crowd(place["port"], place["token"], phones, window, cards)
        memory = most_memory(program.pid)
    with SessionFile.open(path) as file:
        check(file, met, phones * cards)
    room = f"{phones:,} phones in {window:.0f} s"
    told(f"{room}: page, 95 of 100 under", share(met["join"], 0.95), "ms", 1000)
    told(f"{room}: answer, 95 of 100 under", share(met["post"], 0.95), "ms", 500)
    told(f"{room}: answer, 99 of 100 under", share(met["post"], 0.99), "ms", 2000)
    told(f"{room}: memory", memory, "MB", 300)


def test_a_slow_disk(tmp_path: Path, told: Told) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs a C compiler on Linux")
    late, path = tmp_path / "slow_flush.so", tmp_path / "room.behov"
    source = str(ROOT / "tests/benchmarks/slow_flush.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(late), source, "-ldl"], check=True)
    new_room(path).close()
    with bare_room() as (_program, port):
        network = share(crowd(port, "", 300, 1.0, 1)["post"], 0.99)
    with serving(path, LD_PRELOAD=str(late)) as (_program, place):
        met = crowd(place["port"], place["token"], 300, 1.0, 1)
    with SessionFile.open(path) as file:
        check(file, met, 300)
    told("a bare room, nothing stored: answer, 99 of 100 under", network, "ms")
    limit = 5 * FLUSH_MS + network
    told("300 phones in 1 s, each flush 5 ms: answer, 99 of 100 under", share(met["post"], 0.99), "ms", limit)


BESIDE = """
import sys, time
longest, last, until = 0.0, time.perf_counter(), time.perf_counter() + float(sys.argv[1])
while last < until:
    time.sleep(0.005)
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
print(longest * 1000)
"""


def test_the_window_stays_alive(qt_app: Any, tmp_path: Path, told: Told) -> None:
    helpers, pulses = import_module("tests.desktop.helpers"), import_module("tests.benchmarks.pulse")
    helpers.look_like()
    before = sys.getswitchinterval()
    sys.setswitchinterval(import_module("workshop_app.desktop.app").TURN)
    window = import_module("workshop_app.desktop.main_window").MainWindow(
        import_module("workshop_app.desktop.settings").Settings()
    )
    window.open_file(new_room(tmp_path / "room.behov"))
    window.resize(1440, 900)
    window.show()
    server = helpers.wait_for(lambda: window.bridge.server, 15_000)
    helpers.wait_for(lambda: not window.bridge._working, 15_000)
    beside = subprocess.Popen([sys.executable, "-c", BESIDE, str(MINUTE)], stdout=subprocess.PIPE, text=True)
    pulse, met = pulses.Pulse(), {}
    phones = threading.Thread(
        target=lambda: met.update(crowd(server.port, server.token, PHONES, MINUTE, CARDS)), daemon=True
    )
    phones.start()
    pulses.live_until(lambda: not phones.is_alive())
    pulse.stop()
    check(window.bridge.file, met, PHONES * CARDS)
    helpers.end(window)
    sys.setswitchinterval(before)
    told("window in a full room: longest gap", max(pulse.gaps), "ms", 50)
    told("    less what it waited for a processor", max(pulse.ours), "ms", 50)
    told("    of its own work at most", max(pulse.work), "ms", 50)
    told("longest gap of an idle process beside it", float(beside.communicate()[0]), "ms")
    told("answer with a window, 95 of 100 under", share(met["post"], 0.95), "ms", 500)


def test_an_idle_window_beside_a_bare_room(told: Told) -> None:
    with bare_room(str(SHORT + 5)) as (program, port):
        crowd(port, "", PHONES * SHORT // int(MINUTE), SHORT, CARDS)
        assert program.stdout is not None
        longest = float(program.stdout.readline())
    told("for comparison, an idle window beside a bare room: longest gap", longest, "ms")
