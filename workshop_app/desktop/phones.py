"""Starts the phones' page beside an open session, without ever making the window wait."""

from typing import Any

from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import N_
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

NOT_STARTED = N_("Phones cannot come in just now. Paper cards work; the leader types them in.")


def start_server(bridge: Bridge, host: str = "") -> None:
    """Starts (or moves) the server on `host`, or the best of this computer's addresses; trouble is told kindly."""
    session = bridge.get(queries.session)
    wanted = host or session.settings.get("host", "")
    old, bridge.server = bridge.server, None

    def work() -> Any:
        from workshop_app.web import server

        if old is not None:
            old.stop()
        known = invite.local_addresses()
        chosen = wanted if wanted in known else known[0]
        try:
            return server.start(bridge.file, host=chosen, port=session.port)
        except Trouble:
            if not session.port:
                raise
            return server.start(bridge.file, host=chosen, port=0)

    def running(server: Any) -> None:
        bridge.set_server(server)
        if server.port != session.port:
            bridge.do(actions.session.set_port, port=server.port)

    def failed(trouble: BaseException) -> None:
        why = trouble.say(bridge.lang) if isinstance(trouble, Trouble) else bridge.lang(NOT_STARTED)
        bridge.set_server(None, why)

    bridge.in_background(work, running, failed)


def choose_host(bridge: Bridge, host: str) -> None:
    """Moves the phones' page to another of this computer's addresses and remembers it in the session."""
    bridge.do(actions.session.set_setting, key="host", value=host)
    start_server(bridge, host)
