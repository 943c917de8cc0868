"""Makes vectors for new cards in the background, a few at a time, so that a suggestion never has to wait."""

import time
from collections import deque

from PySide6.QtCore import QObject, QTimer

from workshop_app.actions import suggest
from workshop_app.desktop.bridge import Bridge

REST_MS = 400  # between batches: phones and the screen come first
WATCH_MS = 40  # a card that has just come in is read at once; the pages can wait for the bridge to look
CROWD, CROWD_SECONDS = (
    12,
    2.0,
)  # so many looks with something new within that time: a whole room sends, so reading waits


class Embedder(QObject):
    """One for each bridge: `Embedder.of(bridge)`. Works batch by batch, so that closing never waits long."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.bridge = bridge
        self.busy = self.stopped = self.resting = self.missed = False
        self._moves: deque[float] = deque(maxlen=CROWD)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._work)
        self._seen = bridge.file.data_version()
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._look)
        self._watch.start(WATCH_MS)
        self._again.start(REST_MS)

    @staticmethod
    def of(bridge: Bridge) -> "Embedder":
        """The one of this bridge, made at the first call."""
        for child in bridge.children():
            if isinstance(child, Embedder):
                return child
        return Embedder(bridge)

    def _look(self) -> None:
        version = self.bridge.file.data_version()
        if version != self._seen:
            self._seen = version
            self._moves.append(time.monotonic())
            if not self._again.isActive():
                self._work()

    def rest(self, resting: bool) -> None:
        """Rests while a suggestion makes the vectors itself, and goes on afterwards."""
        self.resting = resting
        if not resting:
            self._work()

    def _work(self) -> None:
        if self.resting or self.stopped:
            return
        if len(self._moves) == CROWD and time.monotonic() - self._moves[0] < CROWD_SECONDS:
            self._again.start(REST_MS)
            return
        if self.busy:  # a card came while others were read
            self.missed = True
            return
        self.busy, self.missed = True, False
        file = self.bridge.file
        self.bridge.in_background(
            lambda: suggest.embed_pending(file, lambda _done, _all: False), self._done, self._failed
        )

    def _done(self, made: int) -> None:
        self.busy = False
        if made or self.missed:
            self._again.start(REST_MS if made == suggest.BATCH else WATCH_MS)

    def _failed(self, _trouble: BaseException) -> None:
        # Without vectors the words alone are used; trying again on every change would only repeat the trouble.
        self.busy, self.stopped = False, True
