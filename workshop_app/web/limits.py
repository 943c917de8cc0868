"""What the door lets in: the right Host and Origin, small bodies, and no more from one phone than hands can write."""

import hmac
import ipaddress
import time
from collections.abc import Callable
from functools import lru_cache

from aiohttp import web

from workshop_app.web import assets

MOST_BODY = 64 * 1024
MOST_FIELDS = 2000
BURST, PER_SECOND = 30.0, 3.0
AT_ONE_ADDRESS = 20  # phones that have not joined yet and may stand behind one router
MOST_BUCKETS = 20_000
FREE_TRIES, LONGEST_WAIT = 5, 60.0

_POLICY = (
    "default-src 'none'; style-src 'self' {style}; script-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY.format(style=assets.inline_hash()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "workshop",
}

Clock = Callable[[], float]


class TooLarge(Exception):
    """A body over the cap; what was read of it is thrown away."""


def dress(response: web.StreamResponse) -> None:
    """Puts the security headers on an answer; one that says how it may be cached keeps that."""
    kept = response.headers.get("Cache-Control")
    response.headers.update(HEADERS)
    if kept is not None:
        response.headers["Cache-Control"] = kept


async def body(request: web.BaseRequest) -> bytes:
    """The whole body; TooLarge before reading when the length says so, else as soon as the cap is passed."""
    if (request.content_length or 0) > MOST_BODY:
        raise TooLarge
    if request.content.is_eof():  # it came together with its head
        whole = request.content.read_nowait()
        if len(whole) > MOST_BODY:
            raise TooLarge
        return whole
    read = bytearray()
    async for chunk in request.content.iter_any():
        read += chunk
        if len(read) > MOST_BODY:
            raise TooLarge
    return bytes(read)


def right_host(request: web.BaseRequest) -> bool:
    """Whether Host names the address that the phone reached (any of ours, when bound to all) or this computer itself."""
    name = host_name(request.headers.get("Host", ""))
    if name == "localhost" or _loopback(name):
        return True
    reached = request.transport.get_extra_info("sockname") if request.transport else None
    return reached is not None and name == _plain(str(reached[0]))


def right_origin(request: web.BaseRequest) -> bool:
    """Whether a POST comes from our own page. "null" is what browsers send from a page with no-referrer."""
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin == f"http://{request.headers.get('Host', '')}"


@lru_cache(256)
def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in small letters."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


def _plain(address: str) -> str:
    return address.partition("%")[0].removeprefix("::ffff:")


@lru_cache(256)
def _loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Buckets:
    """How fast each phone may send: a burst of 30, then three a second; nobody is slowed by another's haste."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str, phones: int = 1) -> float:
        """Seconds to wait before `who` may send; 0.0 means now, and counts it. `phones` share what is given."""
        now = self._clock()
        left, then = self._left.get(who, (BURST * phones, now))
        left = min(BURST * phones, left + (now - then) * PER_SECOND * phones)
        if len(self._left) >= MOST_BUCKETS:
            self._left.clear()
        if left < 1:
            self._left[who] = (left, now)
            return (1 - left) / (PER_SECOND * phones)
        self._left[who] = (left - 1, now)
        return 0.0


class CodeGuard:
    """Back-off on wrong typed codes, for each address; the code itself is compared in constant time."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait(self, address: str) -> float:
        """Seconds before this address may try again; 0.0 for now."""
        tries, since = self._wrong.get(address, (0, 0.0))
        if tries < FREE_TRIES:
            return 0.0
        pause = min(2.0 ** (tries - FREE_TRIES), LONGEST_WAIT)
        return max(since + pause - self._clock(), 0.0)

    def right(self, address: str, typed: str, code: str) -> bool:
        """Whether the typed code is the session's; a wrong one is remembered."""
        return self.counted(address, hmac.compare_digest(typed.encode(), code.encode()))

    def counted(self, address: str, right: bool) -> bool:
        """The same `right`; a wrong try is remembered, a right one forgets those before it."""
        if right:
            self._wrong.pop(address, None)
            return True
        if len(self._wrong) >= MOST_BUCKETS:
            self._wrong.clear()
        tries, _since = self._wrong.get(address, (0, 0.0))
        self._wrong[address] = (tries + 1, self._clock())
        return False


def from_another_device(request: web.BaseRequest) -> bool:
    """Whether somebody else than this computer asks: its own browser proves nothing about the network in the room."""
    own = (request.transport.get_extra_info("sockname") if request.transport else None) or [""]
    return bool(request.remote) and request.remote != str(own[0])
