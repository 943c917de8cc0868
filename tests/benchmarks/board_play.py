"""Plays the board in a real window and says how long each frame took: the process that bench_board.py starts.

`python -m tests.benchmarks.board_play FILE` prints one line of JSON: milliseconds by the clock and of own work, kilobytes.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from workshop_app import actions
from workshop_app.desktop import style
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.board.places import LEVELS
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.i18n import language
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

CARDS, HEAPS, THEMES, LOOSE = 2_000, 200, 16, 400
WORDS = """
hissen står still bygglovet dröjer upphandlingen kraven driften vintern felanmält trapphuset kallt förfrågningsunderlaget
samordning kommunen grannen avtal priset livscykelkostnad barn skola hyresgäst elektriker modulhus ingen vet varför
alltid aldrig varje vecka ringa vänta svar besked ekonomi nämnd beslut ritning leverantör
"""
SIZE = (1900, 1000)
Frame = tuple[float, float]  # milliseconds by the clock on the wall, and those that this thread worked


def fill(path: Path) -> None:
    """A session file with 2,000 cards of 4 to 30 words, most of them in 200 heaps in 16 themes."""
    chance, known = random.Random(7), WORDS.split()

    def work(tx: Transaction) -> None:
        for n in range(CARDS):
            words = [chance.choice(known) for _ in range(chance.randint(4, 30))]
            actions.ask.type_card(tx, text=f"{' '.join(words)[:270]} {n}".capitalize())
        themes = [actions.group.new_theme(tx, title=f"Tema nummer {n + 1}") for n in range(THEMES)]
        placed = list(range(1, CARDS - LOOSE + 1))
        each = len(placed) // HEAPS
        for n in range(HEAPS):
            title = " ".join(chance.choice(known) for _ in range(3)).capitalize() if n % 3 else ""
            cards = placed[n * each : (n + 1) * each]
            actions.group.new_heap(tx, title=title, cards=cards, theme=themes[n % THEMES])

    with actions.session.create(path, format_id="needs_identification", title="Mätning") as file:
        file.submit(work).result()


def resident() -> int:
    """Memory of this process in kB."""
    with Path("/proc/self/status").open() as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def frame(do: Callable[[], object]) -> Frame:
    """What one thing done costs, and all that it makes Qt paint."""
    began, worked = time.perf_counter(), time.thread_time()
    do()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def settle(milliseconds: float = 250) -> None:
    """Lets everything that waits be done."""
    until = time.perf_counter() + milliseconds / 1000
    while time.perf_counter() < until:
        QApplication.processEvents()


def p95(times: list[Frame]) -> list[float]:
    """What 95 of 100 stay under."""
    return [statistics.quantiles(column, n=20)[-1] for column in zip(*times, strict=True)]


def turn(view: Any, up: bool, *, zoom: bool = False) -> None:
    """One notch of the wheel in the middle of the board."""
    port = view.viewport()
    middle = QPointF(port.width() / 2, port.height() / 2)
    keys = Qt.KeyboardModifier.ControlModifier if zoom else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        middle,
        QPointF(port.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def pan(view: Any) -> list[Frame]:
    """Down the board and up again by the wheel, notch by notch."""
    times = [frame(lambda: turn(view, False)) for _ in range(120)]
    return times + [frame(lambda: turn(view, True)) for _ in range(120)]


def zooms(page: GroupPage) -> list[Frame]:
    """Every step of the wheel out and in again, twice, on all three levels."""
    times = []
    view = page.view
    for level in LEVELS:
        page.show_level(level)
        settle()
        for up in (False, True, False, True):
            for _ in range(12):
                times.append(frame(lambda up=up: turn(view, up, zoom=True)))
        view.set_zoom(1.0)
        settle()
    page.show_level("heaps")
    settle()
    return times


def drag(view: Any) -> list[Frame]:
    """A card carried over the whole board."""
    port = view.viewport()
    card = next(n for n, s in view.placement.cards.items() if view.seen().contains(s.rect))
    start = view.mapFromScene(view.placement.cards[card].rect.center())

    def send(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        there = QPointF(port.mapToGlobal(at))
        QApplication.sendEvent(
            port, QMouseEvent(kind, QPointF(at), there, button, held, Qt.KeyboardModifier.NoModifier)
        )

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, start, left, left)
    times = []
    steps = 200
    for n in range(steps):
        at = QPoint(
            40 + n * (port.width() - 80) // steps,
            60 + (n * 37) % (port.height() - 120),
        )
        times.append(frame(lambda at=at: send(QEvent.Type.MouseMove, at, none, left)))
    view.carry.cancel()
    send(QEvent.Type.MouseButtonRelease, start, left, none)
    settle()
    return times[1:]  # the first lifts the card: once for each drag


def play(path: Path) -> dict[str, Sequence[float]]:
    """All of it, in one window."""
    window = QMainWindow()
    window.resize(*SIZE)
    window.setCentralWidget(QWidget())
    window.show()
    settle()
    empty = resident()
    file = SessionFile.open(path)
    bridge = Bridge(file, language("sv"))
    Embedder.of(bridge).stopped = True
    settle()
    made: list[GroupPage] = []

    def open_page() -> None:
        page = GroupPage(bridge)
        made.append(page)
        window.setCentralWidget(page)
        page.refresh()

    opened = frame(open_page)
    (page,) = made
    view = page.view
    settle(1000)
    panned = pan(view)
    dragged = drag(view)
    zoomed = zooms(page)
    for _ in range(12):
        view.step_zoom(-1)
    settle(1500)
    far = [frame(view.viewport().update) for _ in range(40)]
    far_pan = pan(view)
    view.set_zoom(1.0)
    settle()
    heaps = [h.id for h in page.board.heaps]

    bridge.changed.connect(page.refresh)

    times = []
    for n in range(10):
        actions.do(file, actions.group.move_cards, cards=[n + 1], heap=heaps[n + 1])
        times.append(frame(bridge.look))
        settle()
    refreshed = [statistics.median(column) for column in zip(*times, strict=True)]
    memory = resident()
    bridge.close()
    file.close()
    return {
        "open": opened,
        "pan": p95(panned),
        "drag": p95(dragged),
        "zoom": [max(column) for column in zip(*zoomed, strict=True)],
        "overview": p95(far),
        "overview_pan": p95(far_pan),
        "change": refreshed,
        "memory_kb": (memory, empty),
    }


def main() -> int:
    """Fills the file if it is not there, plays, prints."""
    path = Path(sys.argv[1])
    if not path.exists():
        fill(path)
    os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"  # Qt paints at once, so that each frame pays for itself
    app = QApplication([])
    style.dress("light", 100, calm=False)
    found = play(path)
    print(json.dumps({k: [round(v, 2) for v in pair] for k, pair in found.items()}))
    sys.stdout.flush()
    app.quit()
    os._exit(0)  # no farewell of Qt's is measured, and none can spoil it


if __name__ == "__main__":
    main()
