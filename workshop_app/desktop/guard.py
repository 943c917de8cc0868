"""Keeps what PySide cannot bear away from it: exceptions that C code raised, and objects that die on another thread.

PySide6 6.11 on Python 3.11 crashes the process when a Qt virtual method written in Python ends in an exception
that was raised in C and never caught on its way (`None()`, a missing attribute …): such an exception is not an
object yet, and PySide takes it for one. Caught once, it is an object; so every override catches its own.
"""

import functools
import gc
import logging
import time
import traceback
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_NAMES = """
event eventFilter sizeHint minimumSizeHint heightForWidth hasHeightForWidth paint boundingRect shape itemChange
data rowCount columnCount flags setGeometry run drawBackground drawForeground
"""
VIRTUAL = frozenset(_NAMES.split())
SWEEP_MS = 200
BUSY = 0.1  # of a processor; the program does something
MUCH, MOST = 20, 200  # times what is due
REST = 10  # sweeps in a row without that, and nobody is kept waiting by a long one

log = logging.getLogger("workshop.desk")


def caught(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method with its faults logged, without anything somebody wrote, and handed on as real exceptions."""

    @functools.wraps(method)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except Exception as trouble:
            places = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(trouble.__traceback__)]
            log.error("%s at %s", type(trouble).__name__, " < ".join(reversed(places)))
            raise

    return guarded


def _guard(cls: type, **kwargs: Any) -> None:
    object.__init_subclass__(**kwargs)
    for name, member in list(vars(cls).items()):
        if isinstance(member, FunctionType) and (name.endswith("Event") or name in VIRTUAL):
            setattr(cls, name, caught(member))


def install() -> None:
    """From here on, every QObject class that is defined has its overrides guarded; call it before the pages load."""
    QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment]


class Sweeper(QObject):
    """Collects Python's garbage on the GUI thread only.

    Left alone, Python collects on whichever thread happens to make the object too many: on the writer's or the
    server's, and a QTimer or a window that dies there leaves Qt calling freed memory.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        gc.freeze()  # modules and classes live as long as the program: not to be looked through at each sweep
        self._used, self._still = time.process_time(), 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(SWEEP_MS)

    def look(self) -> None:
        """Sweeps when the program does nothing, or much has come: who zooms, or reads what a room sends, does not wait."""
        used = time.process_time()
        self._still = self._still + 1 if used - self._used < BUSY * SWEEP_MS / 1000 else 0
        if self._still or gc.get_count()[0] > MOST * gc.get_threshold()[0]:
            self.sweep()
        self._used = time.process_time()

    def sweep(self) -> None:
        """Collects the oldest generation that is due; to look through all there is waits until the program is at rest."""
        counts, due = gc.get_count(), gc.get_threshold()
        oldest = 2 if self._still >= REST else 1
        generation = next((g for g in range(oldest, -1, -1) if counts[g] > due[g]), None)
        if generation == 0 and counts[0] > MUCH * due[0]:
            generation = 1  # a whole window has come: looked through once and for long, not three times
        if generation is not None:
            gc.collect(generation)


_sweeper: Sweeper | None = None


def sweep_here() -> None:
    """Starts the one sweeper of the process; call it on the GUI thread when the application is there."""
    global _sweeper
    app = QCoreApplication.instance()
    if _sweeper is None and app is not None:
        _sweeper = Sweeper(app)


def sweep_now() -> None:
    """Looks through what has come, at a time when nobody waits for it."""
    if _sweeper is not None:
        _sweeper.sweep()
