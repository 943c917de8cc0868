"""A card that comes in while the real group page is open: how soon the computer has read it, and what the screen feels."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.desktop.board_desk import Desk
from workshop_app import actions, clustering
from workshop_app.actions import suggest
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.model.board import OFF, SUGGESTIONS
from workshop_app.store import queries

CARDS, ARRIVALS, BEAT_MS = 100, 8, 5


class Arrivals(Thread):
    """Another thread, as the phones' server is: stores a card, and looks when its vector has been kept."""

    def __init__(self, desk: Desk, reading: bool) -> None:
        super().__init__()
        self.file, self.reading = desk.file, reading
        self.took: list[float] = []

    def run(self) -> None:
        for number in range(ARRIVALS):
            text = f"Ingen svarar när man ringer om sitt bygglov, och i by {number} går ingen buss"
            actions.do(self.file, actions.ask.type_card, by="program", text=text)
            began = time.perf_counter()
            card = max(queries.card_texts(self.file))
            while self.reading and time.perf_counter() - began < 2:
                if card in queries.vectors(self.file, clustering.model_id()):
                    self.took.append((time.perf_counter() - began) * 1000)
                    break
                time.sleep(0.005)
            time.sleep(0.4)


@pytest.mark.parametrize("reading", [True, False], ids=["reading", "switched off"])
def test_a_card_comes_in(
    tmp_path: Path, told: Callable[..., None], reading: bool, qt_app: QApplication
) -> None:
    if clustering.engine_name() != "semantic":
        pytest.skip("the model file is not here")
    desk = Desk(tmp_path, CARDS, [("Hissar", 6), ("Bygglov", 8)], themes=2)
    suggest.embed_pending(desk.file)
    if not reading:
        actions.do(desk.file, actions.session.set_setting, by="program", key=SUGGESTIONS, value=OFF)
    Embedder.of(desk.bridge).stopped = False
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(beat)
    arrivals = Arrivals(desk, reading)
    arrivals.start()
    timer.start(BEAT_MS)
    while arrivals.is_alive():
        QApplication.processEvents()
        time.sleep(0.001)
    timer.stop()
    arrivals.join()
    gaps.sort()
    how = "read" if reading else "not read"
    if arrivals.took:
        told("one card in, until it is read and kept: median", statistics.median(arrivals.took), "ms", 150)
        told("the slowest of those", max(arrivals.took), "ms")
    told(f"longest gap of the screen, cards {how}", gaps[-1], "ms", 50)
    told(f"gap of the screen that 99 % stay under, cards {how}", gaps[int(len(gaps) * 0.99)], "ms", 50)
    desk.close()
