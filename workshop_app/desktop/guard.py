"""Keeps what PySide cannot bear away from it: exceptions that C code raised, and objects that die on another thread.

PySide6 6.11 on Python 3.11 crashes the process when a Qt virtual method written in Python ends in an exception
that was raised in C and never caught on its way (`None()`, a missing attribute …): such an exception is not an
object yet, and PySide takes it for one. Caught once, it is an object; so every override catches its own.
"""

import functools
import gc
import logging
import traceback
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_NAMES = """
event eventFilter sizeHint minimumSizeHint heightForWidth hasHeightForWidth paint boundingRect shape itemChange
data rowCount columnCount flags setGeometry run
"""
VIRTUAL = frozenset(_NAMES.split())
SWEEP_MS = 500

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
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(SWEEP_MS)

    def sweep(self) -> None:
        """Collects the oldest generation that is due."""
        counts, due = gc.get_count(), gc.get_threshold()
        generation = next((g for g in (2, 1, 0) if counts[g] > due[g]), None)
        if generation is not None:
            gc.collect(generation)


_sweeper: Sweeper | None = None


def sweep_here() -> None:
    """Starts the one sweeper of the process; call it on the GUI thread when the application is there."""
    global _sweeper
    app = QCoreApplication.instance()
    if _sweeper is None and app is not None:
        _sweeper = Sweeper(app)
