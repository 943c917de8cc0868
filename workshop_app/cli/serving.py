"""`workshop serve`: the participants' server without a screen."""

import ipaddress
import signal
import sys
import threading
from pathlib import Path

import click

from workshop_app import actions
from workshop_app.cli.program import cli, print_json
from workshop_app.cli.session_files import session_file
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

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
            now = queries.session(opened)
            told = {"url": running.url, "port": running.port, "token": now.token, "step": now.current_step}
            print_json({**told, "file": str(file)})
            while not stop.wait(None if sys.platform != "win32" else 1.0):
                pass
        finally:
            running.stop()


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
