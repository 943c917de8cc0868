"""The board with 2,000 cards in a real window: what a frame costs while one pans, zooms and drags."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.bench_start import ROOT, screen  # noqa: F401

PLAY = "tests.benchmarks.board_play"
EACH_CARD_KB = 60


def test_the_board_with_two_thousand_cards(
    screen: str,  # noqa: F811
    tmp_path: Path,
    told: Callable[..., None],
) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    env |= {"DISPLAY": screen, "WORKSHOP_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LANG": "sv_SE.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", PLAY, str(tmp_path / "board.behov")],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    for name, what, limit in (
        ("open", "board of 2,000 cards: opened and painted", 200),
        ("pan", "one notch of the wheel, 95 of 100 under", 16.7),
        ("overview", "the whole seen from afar, painted anew", 10),
        ("overview_pan", "one notch of the wheel from afar", 16.7),
        ("drag", "one move of a dragged card", 4),
        ("zoom", "the worst step of zoom, all levels", 50),
        ("change", "one card moved elsewhere: read again and shown", None),
    ):
        by_clock, worked = found[name]
        told(what, by_clock, "ms", limit)
        told("    of which own work", worked, "ms")  # the rest the computer gave to others
    memory, empty = found["memory_kb"]
    told("memory of the process", memory / 1024, "MB", round((1.5 * empty + EACH_CARD_KB * 2_000) / 1024))
