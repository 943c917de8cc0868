"""Starts the phones' page beside an open session, without ever making the window wait, and moves it with the address."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.guard import sweep_now
from workshop_app.i18n import N_
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

LOOK_EVERY_MS = 2000
LINGER_MS = (
    15_000  # an address left by choice still answers that long, so that open pages hear where the room went
)
LOOPBACK = "127.0.0.1"
MOVED = N_("The network has changed. The code is new: see that it is shown.")
NOT_STARTED = N_("Phones cannot come in just now. Paper cards work; the leader types them in.")


def start_server(bridge: Bridge, host: str = "") -> None:
    """Starts (or moves) the server on `host`, or the best of this computer's addresses; trouble is told kindly."""
    session = bridge.get(queries.session)
    wanted = host or session.settings.get("host", "")
    bridge.server = None

    def work() -> Any:
        from workshop_app.web import server

        known = invite.local_addresses()
        chosen = wanted if wanted in known else known[0]
        for old in [s for s in bridge.servers if s.host == chosen]:  # its port is needed
            _stop(bridge, old)
        try:
            started = server.start(bridge.file, host=chosen, port=session.port)
        except Trouble:
            if not session.port:
                raise
            started = server.start(bridge.file, host=chosen, port=0)
        # Noted here and not later: a session closed meanwhile must still find it and stop it.
        bridge.servers.append(started)
        started.learn(invite.room_addresses())
        for old in [s for s in bridge.servers if s is not started]:
            if old.host in known:
                old.learn((), moved=invite.short_address(started.host, started.port))
            else:
                _stop(bridge, old)
        return started, known

    def running(found: tuple[Any, list[str]]) -> None:
        server, bridge.addresses = found
        sweep_now()  # what the desk and the server's code have brought, before the code is shown and phones come
        bridge.set_server(server)
        if server.port != session.port:
            bridge.do(actions.session.set_port, port=server.port)
        for old in [s for s in bridge.servers if s is not server]:
            _stop_later(bridge, old)

    def failed(trouble: BaseException) -> None:
        why = trouble.say(bridge.lang) if isinstance(trouble, Trouble) else bridge.lang(NOT_STARTED)
        # one that still answers is better than none; the watch tries again
        bridge.set_server(bridge.servers[-1] if bridge.servers else None, why)

    bridge.in_background(work, running, failed)


def _stop(bridge: Bridge, server: Any) -> None:
    server.stop(quietly=True)
    if server in bridge.servers:
        bridge.servers.remove(server)


def _stop_later(bridge: Bridge, server: Any) -> None:
    timer = QTimer(bridge)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: bridge.in_background(partial(_stop, bridge, server), lambda _: None))
    timer.timeout.connect(timer.deleteLater)
    timer.start(LINGER_MS)


class AddressWatch(QObject):
    """Looks every other second whether the computer still has the address in the code, and moves if it has not."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.bridge, self._asking = bridge, False
        self._told: tuple[Any, list[str]] = (None, [])
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """Asks for the addresses on another thread; nothing is sent."""
        if self.bridge.server is not None and not self._asking:
            self._asking = True
            self.bridge.in_background(
                lambda: (invite.local_addresses(), invite.room_addresses()),
                lambda found: self.found(*found),
                self._failed,
            )

    def found(self, known: list[str], in_room: list[str]) -> None:
        """Moves the page when its address has gone, or when there is a network where there was none.

        With no other address to go to it stays: most often the same one comes back, and the phones with it.
        """
        self._asking = False
        bridge, server = self.bridge, self.bridge.server
        if server is None:
            return
        if bridge.addresses != known:
            bridge.addresses = known
            bridge.server_moved.emit()
        chosen = bridge.get(queries.session).settings.get("host", "")
        gone = server.host not in known
        alone = server.host == LOOPBACK and chosen != LOOPBACK and bool(in_room)
        if gone and not in_room:
            bridge.tell_network("away")
        elif gone or alone:
            bridge.said.emit("quiet", bridge.lang(MOVED))
            start_server(bridge)
        elif bridge.network == "away":
            bridge.tell_network("")
            start_server(bridge)  # a listener whose address was gone may be deaf, on some systems
        elif self._told != (server, in_room):
            self._told = (server, in_room)
            server.learn(in_room)

    def _failed(self, _trouble: BaseException) -> None:
        self._asking = False


def choose_host(bridge: Bridge, host: str) -> None:
    """Moves the phones' page to another of this computer's addresses and remembers it in the session."""
    bridge.do(actions.session.set_setting, key="host", value=host)
    start_server(bridge, host)
