"""How long the event loop of Qt lets a 5 ms timer wait, and whose doing it is."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

TICK_MS = 5
SCHEDULE = Path("/proc/thread-self/schedstat")  # Linux: ns worked, ns ready but without a processor, turns


def starved() -> float:
    """Seconds that this thread has been ready and waited for a processor; 0 where the system does not say."""
    return int(SCHEDULE.read_bytes().split()[1]) / 1e9 if SCHEDULE.exists() else 0.0


class Pulse:
    """In ms for each tick: the gap, its own work in it, and the gap less what other programs took of it."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.work: list[float] = []
        self.ours: list[float] = []
        self._last = (time.perf_counter(), time.thread_time(), starved())
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """What is done from here on, such as to check what came in, is not the window's."""
        self._timer.stop()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time(), starved())
        gap, work, elsewhere = ((a - b) * 1000 for a, b in zip(now, self._last, strict=True))
        self.gaps.append(gap)
        self.work.append(work)
        self.ours.append(gap - elsewhere)
        self._last = now


def live_until(done: Callable[[], bool]) -> None:
    """Lets the window live as it does in the program, until something is true."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if done() else None)
    look.start(100)
    loop.exec()
