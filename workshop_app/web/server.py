"""Starts and stops the participants' server: one daemon thread with a loop of its own, beside the desk or without one."""

import asyncio
import contextlib
import errno
import gc
import ipaddress
import logging
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from workshop_app import actions, invite
from workshop_app.actions import session as session_actions
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused, RoomTrouble
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.web import limits
from workshop_app.web.app import PhoneApp

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

LOG = logging.getLogger("workshop.web")
MOST_CONNECTIONS, MOST_PER_ADDRESS = 4000, 400
DEADLINE, SWEEP = 24.0, 2.0  # seconds for one request, between looks
IDLE = 20.0
DEAD_AFTER_MS = 20_000
BACKLOG = 1024
TURN = 0.001  # seconds that drawing pages may keep waiting the thread whose flush is done
SWEEP_AFTER = 20_000  # things made and kept before Python looks for those that only point at each other

TAKEN = N_("Port {port} on {host} is already in use. Close what uses it, or choose another port.")
NO_ADDRESS = N_(
    "This computer does not have the address {host} now. Check the network, or choose another address."
)
NOT_ALLOWED = N_("The port {port} may not be used by this program. Choose one from 1024 up.")
NO_SOCKET = N_("The phones' page could not open on {host}: {why}.")
LOOPBACK_ONLY = N_("Without limits the server may only listen on 127.0.0.1.")
NOT_STARTED = N_("The phones' page did not start. Close the program and try again.")


class Connection(RequestHandler):
    """A connection that knows when its present request began, so that a slow one can be ended."""

    def __init__(self, server: web.Server, peers: Counter[str], **options: Any) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **options)
        self.mark = asyncio.get_running_loop().time()
        self.streaming = False
        self._peers, self._peer = peers, ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Counts the connections of each address but this computer's own; one with far too many is hung up on."""
        super().connection_made(transport)
        peer = str((transport.get_extra_info("peername") or [""])[0])
        if not _loopback(peer):
            self._peer = peer
            self._peers[peer] += 1
            if self._peers[peer] > MOST_PER_ADDRESS and isinstance(transport, asyncio.WriteTransport):
                transport.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        """The address may connect again."""
        super().connection_lost(exc)
        if self._peer:
            self._peers[self._peer] -= 1
            if not self._peers[self._peer]:
                del self._peers[self._peer]

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What is no HTTP gets a short answer with the headers of all others, and no trace of who sent it."""
        if request.writer.output_size > 0:
            raise ConnectionError
        answer = web.Response(status=status, text="This could not be read.\n")
        limits.dress(answer)
        answer.force_close()
        return answer


class _Full(asyncio.Protocol):
    """Hangs up at once: there are already more connections than phones in any room."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


class RunningServer:
    """A server that answers phones until `stop`; `connected` and `presence` may be asked from any thread."""

    def __init__(self, file: SessionFile, sock: socket.socket, host: str, rate_limit: bool) -> None:
        self.host = host
        self.port = int(sock.getsockname()[1])
        self.token = queries.session(file).token
        self._sock = sock
        self._app = PhoneApp(file, rate_limit)
        self._peers: Counter[str] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._ready = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="phones", daemon=True)

    @property
    def url(self) -> str:
        """The whole join address, http://HOST:PORT/TOKEN/; bound to all addresses, the one phones most likely reach."""
        everywhere = self.host in ("", "0.0.0.0", "::")
        host = invite.local_addresses()[0] if everywhere else self.host
        return invite.join_address(host, self.port, self.token)

    def connected(self) -> int:
        """Phones that have a page open now."""
        return self._app.live.connected()

    def presence(self) -> dict[str, float]:
        """Seconds since each phone was last seen, by participant id; 0 while its page follows the room."""
        return self._app.live.presence()

    def ping(self, anew: bool = False) -> None:
        """Asks open pages for a sign, whose time `round_trip` tells; `anew` forgets what was measured before."""
        live = self._app.live
        for what in (live.forget, live.ping) if anew else (live.ping,):
            self._soon(what)

    def learn(self, addresses: Sequence[str], moved: str = "") -> None:
        """Tells the open pages where they could go on if this address dies; `moved` is where the room has gone, host:port."""
        others = tuple(invite.short_address(a, self.port) for a in addresses if a != self.host)
        self._soon(self._app.live.learn, others, moved)

    def round_trip(self) -> float | None:
        """How long the latest answered ping took, in ms; None when no page with a script has answered."""
        return self._app.live.round_trip

    def reached(self) -> bool:
        """Whether another device than this computer has opened the page."""
        return self._app.live.reached

    def unsent(self) -> dict[str, int]:
        """How many cards phones hold that they could not send yet, by participant id; only those that hold any."""
        return self._app.live.unsent()

    def writing(self) -> int:
        """How many phones that are here have something half written."""
        return self._app.live.writing()

    def stop(self, quietly: bool = False) -> None:
        """Lets answers under way finish, ends the streams and frees the port; doing it twice is fine.

        Open pages are told that the computer closed them, unless it is done `quietly` because another server takes over.
        """
        loop, end = self._loop, self._end
        self._app.live.says_goodbye = not quietly
        if loop is not None and end is not None and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(end.set)
        if self._thread.is_alive():
            self._thread.join(15)
        self._sock.close()

    def _soon(self, what: Callable[..., None], *args: Any) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(what, *args)

    # The thread -------------------------------------------------------------------

    def _begin(self) -> None:
        self._thread.start()
        self._ready.wait(15)
        if self._failed is not None or not self._ready.is_set():
            self._sock.close()
            raise RoomTrouble(NOT_STARTED) from self._failed

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as trouble:
            self._failed = trouble
            LOG.exception("the phones' server ended")
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        options: dict[str, Any] = {
            "access_log": None,
            "keepalive_timeout": IDLE,
            "lingering_time": 2.0,
            "logger": LOG,
        }
        self._app.prepare()
        _less_sweeping()
        server = web.Server(self._timed, **options)
        listener = await self._loop.create_server(
            lambda: self._door(server, options), sock=self._sock, backlog=BACKLOG
        )
        tending = (self._app.live.watch(), self._app.pages.sorter.tend(), _sweep(server), self._app.warm())
        watchers = [asyncio.create_task(one) for one in tending]
        self._ready.set()
        try:
            await self._end.wait()
        finally:
            listener.close()
            self._app.live.stop()
            for watcher in watchers:
                watcher.cancel()
            await asyncio.gather(*watchers, return_exceptions=True)
            server.pre_shutdown()
            await server.shutdown(3.0)

    async def _timed(self, request: web.BaseRequest) -> web.StreamResponse:
        connection, time = request.protocol, asyncio.get_running_loop().time
        connection.mark = time()  # type: ignore[attr-defined]
        response = await self._app.respond(request)
        connection.mark = time()  # type: ignore[attr-defined]
        return response

    def _door(self, server: web.Server, options: dict[str, Any]) -> asyncio.Protocol:
        if len(server.connections) >= MOST_CONNECTIONS:
            return _Full()
        return Connection(server, self._peers, **options)


def start(
    file: SessionFile, host: str = "127.0.0.1", port: int = 0, rate_limit: bool = True
) -> RunningServer:
    """Starts serving a session to phones; port 0 means the one it had last time, else any free one.

    RoomTrouble when the address or the port cannot be had, Refused when limits are off on an open address.
    """
    if not rate_limit and not _loopback(host):
        raise Refused(LOOPBACK_ONLY)
    _more_files()
    sys.setswitchinterval(min(sys.getswitchinterval(), TURN))
    session = queries.session(file)
    sock = _bound(host, port, session.port)
    server = RunningServer(file, sock, host, rate_limit)
    server._begin()
    if server.port != session.port and file.writing:
        actions.do(file, session_actions.set_port, by="program", port=server.port)
    return server


def _bound(host: str, port: int, last: int) -> socket.socket:
    if port:
        return _bind(host, port)
    if last:
        with contextlib.suppress(RoomTrouble):
            return _bind(host, last)
    return _bind(host, 0)


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as trouble:
        raise RoomTrouble(NO_ADDRESS, host=host) from trouble
    sock = socket.socket(family, kind, proto)
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # a phone that left the room is found out at the next heartbeat, not after a quarter of an hour
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
        sock.bind(address)
        sock.listen(BACKLOG)
    except (OSError, OverflowError) as trouble:
        sock.close()
        raise _no_socket(host, port, trouble) from trouble
    return sock


def _no_socket(host: str, port: int, trouble: Exception) -> RoomTrouble:
    code = getattr(trouble, "errno", None)
    if code == errno.EADDRINUSE:
        return RoomTrouble(TAKEN, port=port, host=host)
    if code == errno.EADDRNOTAVAIL:
        return RoomTrouble(NO_ADDRESS, host=host)
    if code in (errno.EACCES, errno.EPERM):
        return RoomTrouble(NOT_ALLOWED, port=port)
    return RoomTrouble(NO_SOCKET, host=host, why=str(trouble))


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _more_files() -> None:
    """Each phone holds a connection open; many systems allow a program only 1,024 until it asks for more."""
    if resource is not None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _less_sweeping() -> None:
    """A full room makes much that lives for a moment: Python looks through it seldom, and never through modules.

    Beside a desk, which collects on its own thread, this is left alone.
    """
    if gc.isenabled() and not gc.get_freeze_count():
        gc.freeze()
        gc.set_threshold(SWEEP_AFTER, 20, 20)


async def _sweep(server: web.Server) -> None:
    """Hangs up on whoever sends or reads too slowly; a followed stream may last as long as the workshop."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP)
        for connection in server.connections:
            if not isinstance(connection, Connection) or connection.streaming or connection.transport is None:
                continue
            if loop.time() - connection.mark > DEADLINE:
                connection.transport.abort()
