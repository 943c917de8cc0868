"""Whoever sends slowly, never reads, says nothing or says nonsense is hung up on; everybody else notices nothing."""

import contextlib
import logging
import random
import resource
import select
import socket
from collections.abc import Callable

import pytest

from tests.web.conftest import TheRoom
from workshop_app.web import server

CARD = {"text": "Ingen frågar oss innan köpet"}


@pytest.fixture
def quick(start_room: Callable[..., TheRoom], monkeypatch: pytest.MonkeyPatch) -> TheRoom:
    """A room whose server soon hangs up on the slow."""
    monkeypatch.setattr(server, "DEADLINE", 0.5)
    monkeypatch.setattr(server, "SWEEP", 0.05)
    room = start_room()
    room.go("challenges")
    return room


def line_to(room: TheRoom, receives: int = 0) -> socket.socket:
    line = socket.socket()
    line.settimeout(20)
    if receives:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    line.connect((room.server.host, room.server.port))
    return line


def hung_up(line: socket.socket) -> bool:
    """Waits until the other end has closed; what was not read stays where it is."""
    poll = select.poll()
    poll.register(line, select.POLLRDHUP)
    return bool(poll.poll(20_000))


def test_slow_heads_slow_bodies_and_silence_are_ended(quick: TheRoom) -> None:
    head = f"POST {quick.phone().home}steps/challenges HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    sent = (
        b"",
        head.encode(),
        (
            head + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 50000\r\n\r\ntext=a"
        ).encode(),
    )
    lines = [line_to(quick) for _ in range(8) for _ in sent]
    for place, line in enumerate(lines):
        line.sendall(sent[place % len(sent)])
    assert quick.phone().send("challenges", CARD).status == 201, "while all of them hang there"
    assert all(hung_up(line) for line in lines)
    for line in lines:
        line.close()
    assert len(quick.stored()) == 1


def test_one_that_asks_and_never_reads_is_ended(quick: TheRoom) -> None:
    line = line_to(quick, receives=2048)
    line.setblocking(False)
    asked = f"GET {quick.phone().home} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * 20
    full = False
    while not full:
        try:
            line.send(asked)
        except BlockingIOError:
            full = True
    assert quick.phone().look().status == 200
    assert hung_up(line)
    line.close()


def test_a_hundred_megabytes_are_refused_at_the_door(room: TheRoom) -> None:
    room.go("challenges")
    line = line_to(room)
    line.sendall(
        f"POST {room.phone().home}steps/challenges HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {100 << 20}\r\n\r\ntext=".encode()
    )
    assert line.recv(4096).split(b" ", 2)[1] == b"413", "before any of it has been read"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with contextlib.suppress(OSError):  # a sender that does not listen is hung up on, or read past
        for _ in range(1600):
            line.sendall(b"a" * 65536)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 40 * 1024, "kilobytes: what comes after the answer is not kept"
    line.close()
    assert room.stored() == () and room.phone().send("challenges", CARD).status == 201


def nonsense(count: int) -> list[bytes]:
    """Requests that are nearly right, broken in one or more places; the same each time."""
    pick = random.Random(7)
    good = (
        b"POST /x/steps/challenges?a=%C3%A5 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b'Cookie: phone=abc; lang=sv\r\nContent-Length: 12\r\n\r\n{"text": 1}\n'
    )
    out = [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"\r\n\r\n\r\n",
    ]
    while len(out) < count:
        broken = bytearray(good)
        for _ in range(pick.randint(1, 12)):
            at = pick.randrange(len(broken))
            broken[at : at + pick.randint(0, 3)] = pick.randbytes(pick.randint(0, 4))
        out.append(bytes(broken))
    return out


def read_all(line: socket.socket) -> bytes:
    reply = b""
    try:
        while part := line.recv(65536):
            reply += part
    except ConnectionError:
        pass
    return reply


def test_a_hundred_malformed_requests_break_nothing(quick: TheRoom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    lines = [(line_to(quick), junk) for junk in nonsense(100)]
    for line, junk in lines:
        line.sendall(junk)
    replies = [read_all(line) for line, _junk in lines]
    for line, _junk in lines:
        line.close()
    answered = [r for r in replies if r]
    assert len(answered) > 50
    assert all(r.startswith(b"HTTP/1.") and r.split(b" ", 2)[1][:1] in (b"2", b"3", b"4") for r in answered)
    assert not any(b"Traceback" in r for r in replies)
    assert not [r for r in caplog.records if r.exc_info or r.levelno >= logging.ERROR]
    assert quick.phone().look().status == 200 and quick.stored() == ()
