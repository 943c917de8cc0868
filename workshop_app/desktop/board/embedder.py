"""Makes vectors for new cards in the background, a few at a time, so that a suggestion never has to wait."""

import time

from PySide6.QtCore import QObject, QTimer

from workshop_app.actions import suggest
from workshop_app.desktop.bridge import Bridge

REST_MS = 400  # after a change, and between batches: phones and the screen come first
QUIET_SECONDS = 2.0  # while phones send, there is neither time nor need


class Embedder(QObject):
    """One for each bridge: `Embedder.of(bridge)`. Works batch by batch, so that closing never waits long."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.bridge = bridge
        self.busy = self.stopped = self.resting = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(REST_MS)
        self._again.timeout.connect(self._work)
        bridge.changed.connect(self._wait)
        self._again.start()

    @staticmethod
    def of(bridge: Bridge) -> "Embedder":
        """The one of this bridge, made at the first call."""
        for child in bridge.children():
            if isinstance(child, Embedder):
                return child
        return Embedder(bridge)

    def _wait(self) -> None:
        if not self.busy and not self.stopped:
            self._again.start()

    def rest(self, resting: bool) -> None:
        """Rests while a suggestion makes the vectors itself, and goes on afterwards."""
        self.resting = resting
        if not resting:
            self._wait()

    def _work(self) -> None:
        if self.busy or self.resting or self.stopped:
            return
        if time.monotonic() - self.bridge.phones_wrote < QUIET_SECONDS:
            self._again.start()
            return
        self.busy = True
        file = self.bridge.file
        self.bridge.in_background(
            lambda: suggest.embed_pending(file, lambda _done, _all: False), self._done, self._failed
        )

    def _done(self, made: int) -> None:
        self.busy = False
        if made:
            self._again.start()

    def _failed(self, _trouble: BaseException) -> None:
        # Without vectors the words alone are used; trying again on every change would only repeat the trouble.
        self.busy, self.stopped = False, True
