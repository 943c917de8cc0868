"""`workshop serve`: the participants' server without a screen."""

import ipaddress
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop_app import actions, i18n, invite
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import session_file
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

if TYPE_CHECKING:
    from workshop_app.web.server import RunningServer

LOOK_EVERY = 2.0  # seconds between looks at the computer's addresses
MOVED = N_("This computer has another address now. Show the phones the new one: {url}")
ONLY_LOOPBACK = N_("--no-rate-limit is for load tests on this computer itself: use it with --host 127.0.0.1.")


@cli.command("serve")
@session_file
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address to be reached at.")
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="0: the port of last time where it is free."
)
@click.option("--step", default="", metavar="ID", help="Go to this step first.")
@click.option("--no-rate-limit", is_flag=True, help="For load tests; refused off loopback.")
def serve_command(file: Path, host: str, port: int, step: str, no_rate_limit: bool) -> None:
    """Serves the phones until it is told to stop (SIGTERM, Ctrl+C).

    The first line on standard output is a JSON object with url, port, token, step and file, once it can answer.
    Another such line follows each time the computer has got another address.
    """
    from workshop_app.web import server

    if no_rate_limit and not _loopback(host):
        raise Refused(ONLY_LOOPBACK)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with SessionFile.open(file, "workshop serve") as opened:
        if step and queries.session(opened).current_step != step:
            actions.do(opened, actions.agenda.go_to, step=step)
            opened.backup("step")
        running = server.start(opened, host=host, port=port, rate_limit=not no_rate_limit)
        try:
            _say_where(opened, running, file)
            watched = host in invite.local_addresses() and not _loopback(host)
            while not stop.wait(LOOK_EVERY):
                if watched and (other := _moved(opened, running)) is not None:
                    running.stop(quietly=True)
                    running = other
                    _say_where(opened, running, file)
                    click.echo(i18n.system_language()(MOVED).format(url=running.url), err=True)
        finally:
            running.stop()


def _say_where(opened: SessionFile, running: "RunningServer", file: Path) -> None:
    now = queries.session(opened)
    told = {"url": running.url, "port": running.port, "token": now.token, "step": now.current_step}
    print_json({**told, "file": str(file)})


def _moved(file: SessionFile, running: "RunningServer") -> "RunningServer | None":
    """The server at the computer's next address, when the one it had is gone; else open pages hear where they could go."""
    from workshop_app.web import server

    in_room = invite.room_addresses()
    if running.host in invite.local_addresses() or not in_room:
        running.learn(in_room)
        return None
    try:
        return server.start(file, host=in_room[0])
    except RoomTrouble:  # an address that is not quite there yet: the next look tries again
        return None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
