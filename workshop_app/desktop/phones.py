"""Starts the phones' page beside an open session, without ever making the window wait."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import N_
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

LOOK_EVERY_MS = 5000
LOOPBACK = "127.0.0.1"
MOVED = N_("The network has changed. The code is new: show it again.")
NOT_STARTED = N_("Phones cannot come in just now. Paper cards work; the leader types them in.")


def start_server(bridge: Bridge, host: str = "") -> None:
    """Starts (or moves) the server on `host`, or the best of this computer's addresses; trouble is told kindly."""
    session = bridge.get(queries.session)
    wanted = host or session.settings.get("host", "")
    bridge.server = None

    def work() -> Any:
        from workshop_app.web import server

        while bridge.servers:
            bridge.servers.pop().stop()
        known = invite.local_addresses()
        chosen = wanted if wanted in known else known[0]
        try:
            started = server.start(bridge.file, host=chosen, port=session.port)
        except Trouble:
            if not session.port:
                raise
            started = server.start(bridge.file, host=chosen, port=0)
        # Noted here and not later: a session closed meanwhile must still find it and stop it.
        bridge.servers.append(started)
        return started

    def running(server: Any) -> None:
        bridge.set_server(server)
        if server.port != session.port:
            bridge.do(actions.session.set_port, port=server.port)

    def failed(trouble: BaseException) -> None:
        why = trouble.say(bridge.lang) if isinstance(trouble, Trouble) else bridge.lang(NOT_STARTED)
        bridge.set_server(None, why)

    bridge.in_background(work, running, failed)


class AddressWatch(QObject):
    """Looks every few seconds whether the computer still has the address in the code, and moves if it has not."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.bridge, self._asking = bridge, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """Asks for the addresses on another thread; nothing is sent."""
        if self.bridge.server is not None and not self._asking:
            self._asking = True
            self.bridge.in_background(invite.local_addresses, self.found, self._failed)

    def found(self, known: list[str]) -> None:
        """Moves the page when its address has gone, or when there is a network where there was none."""
        self._asking = False
        server = self.bridge.server
        alone = server is not None and server.host == LOOPBACK and known[0] != LOOPBACK
        chosen = self.bridge.get(queries.session).settings.get("host", "")
        if server is not None and (server.host not in known or (alone and chosen != LOOPBACK)):
            self.bridge.said.emit("quiet", self.bridge.lang(MOVED))
            start_server(self.bridge)

    def _failed(self, _trouble: BaseException) -> None:
        self._asking = False


def choose_host(bridge: Bridge, host: str) -> None:
    """Moves the phones' page to another of this computer's addresses and remembers it in the session."""
    bridge.do(actions.session.set_setting, key="host", value=host)
    start_server(bridge, host)
