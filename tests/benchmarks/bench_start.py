"""How soon the first window of a second `make run` is on the screen, beside a minimal PySide6 window."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
MINIMAL = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("Minimal window")
window.resize(1440, 900)
window.show()
app.exec()
"""


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen of its own that nobody looks at."""
    lacking = [name for name in ("Xvfb", "xwininfo") if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"{' and '.join(lacking)} is not installed here")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def seen(env: dict[str, str], *options: str) -> str:
    """What xwininfo says."""
    command = ["xwininfo", "-display", env["DISPLAY"], *options]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout


def seconds_to_window(command: list[str], title: str, env: dict[str, str]) -> float:
    """From the start of a command until its window is mapped."""
    began = time.perf_counter()
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Qt keeps a 1x1 window with the program's name beside the real one.
    named = re.compile(rf'(0x[0-9a-f]+) "[^"]*{title}[^"]*".* \d{{3,}}x\d{{3,}}\+')
    try:
        while time.perf_counter() - began < 30:
            found = named.search(seen(env, "-root", "-tree"))
            if found and "IsViewable" in seen(env, "-id", found[1]):
                return time.perf_counter() - began
            time.sleep(0.005)
        raise TimeoutError(f"no window named {title}")
    finally:
        os.killpg(program.pid, 15)
        program.wait(10)


def test_the_first_window(screen: str, tmp_path: Path, told: Callable[..., None]) -> None:
    env = {
        k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "MAKEFLAGS")
    }
    env |= {"DISPLAY": screen, "WORKSHOP_HOME": str(tmp_path), "LANG": "sv_SE.UTF-8"}
    python = str(ROOT / ".venv" / "bin" / "python")
    ways = {
        "minimal": ([python if Path(python).exists() else sys.executable, "-c", MINIMAL], "Minimal window"),
        "ours": (["make", "run"], "Behovsverkstad"),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS + 1):
        for name, (command, title) in ways.items():
            taken = seconds_to_window(command, title, env)
            if round_:  # the first of each warms the disk
                times[name].append(taken)
    ours, minimal = statistics.median(times["ours"]), statistics.median(times["minimal"])
    told("a minimal PySide6 window", minimal)
    told("make run to its first window", ours)
    told("make run beside the minimal window", ours / minimal, "x", 1.5)
