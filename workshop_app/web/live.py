"""How phones follow the room: one watcher of the file, a stream for each phone, and who has been seen when."""

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from workshop_app.formats import Format
from workshop_app.model.pairs import ASK_PHONES, ON
from workshop_app.model.session import Session
from workshop_app.model.sorting import SortingRound
from workshop_app.web.pairs import PairAsker
from workshop_app.web.reader import Reader

WATCH = 0.2
HEARTBEAT, LOOK = 5.0, 3.0  # seconds between signs of life, and between looks whether the phone hung up
SLOW = 15.0  # seconds that a phone may take to read what is written to it
MOST_STREAMS = 6  # pages of one phone that may follow at a time; the oldest gives way
NAMELESS = "?"  # before what stands for a phone without a cookie
MOST_PINGED, PING_COUNTS = 8, 30.0  # phones asked at a time, and seconds that an answer is waited for
POLL_COUNTS = 25.0  # seconds that a phone without a stream counts as connected after it last asked


def signature(session: Session, sorting: SortingRound | None = None) -> str:
    """Changes exactly when the phones' page changes: step, open or paused, round, wording of the question, the sorting."""
    now = session.now_step
    sorts = f"|{sorting.number}{sorting.state}" if sorting else ""
    sorts += "|pairs" if session.settings.get(ASK_PHONES) == ON else ""
    return f"{now.id}|{now.state}|{now.round}|{session.question_version}{sorts}"


def ends_at(session: Session, sorting: SortingRound | None = None) -> datetime | None:
    """When the time of the current step, or of the sorting in it, is over; None while its clock does not run."""
    now, state = datetime.now(UTC), session.now_step
    if sorting is not None:
        return now + sorting.left(now) if sorting.state == "open" else None
    if state.started_at is None or state.paused_at is not None or not state.minutes:
        return None
    return now + state.left(now)


def state_of(session: Session, format_: Format, sorting: SortingRound | None = None) -> dict[str, Any]:
    """What a phone is told about the room: never what anybody wrote."""
    step, ends = format_.step(session.current_step), ends_at(session, sorting)
    return {
        "page": signature(session, sorting),
        "step": step.id,
        "number": session.now_step.position,
        "of": len(session.steps),
        "cards": takes_cards(session, format_),
        "ends": round(ends.timestamp()) if ends else None,
        "now": round(time.time()),
    }


def takes_cards(session: Session, format_: Format) -> bool:
    """Whether phones may send cards now."""
    step = format_.step(session.current_step)
    is_form = step.makes == "card" and step.phone == "form" and step.field("text") is not None
    return is_form and session.now_step.state == "open"


class Live:
    """The streams of one running server. Everything but `connected` and `presence` runs on the server's loop.

    `reached` is true once a page was opened from another device, `round_trip` the latest answer time in ms.
    `others` are further addresses that phones may try when this one dies, `moved` the one that the room has gone over to.
    """

    def __init__(self, reader: Reader, pairs: PairAsker) -> None:
        self._reader, self._pairs = reader, pairs
        self._streams: dict[int, str] = {}
        self._open: dict[int, web.StreamResponse] = {}
        self._pings: dict[int, float] = {}
        self._pinged = 0
        self._writing: set[asyncio.Task[None]] = set()
        self.reached = False
        self.round_trip: float | None = None
        self._seen: dict[str, float] = {}
        self._polled: dict[str, float] = {}
        self._unsent: dict[str, int] = {}
        self._half: set[str] = set()
        self.others: tuple[str, ...] = ()
        self.moved = ""
        self._moved = asyncio.Event()
        self._told: dict[str, Any] = {}
        self._stopping = False
        self.says_goodbye = True

    # Asked from any thread ------------------------------------------------------

    def connected(self) -> int:
        """Phones that have a page open now."""
        since = time.monotonic() - POLL_COUNTS
        polling = {who for who, at in dict(self._polled).items() if at > since}
        return len(set(dict(self._streams).values()) | polling)

    def presence(self) -> dict[str, float]:
        """Seconds since each phone was last seen, by participant; 0 for one with an open stream."""
        now, open_ = time.monotonic(), set(dict(self._streams).values())
        return {who: 0.0 if who in open_ else now - at for who, at in dict(self._seen).items()}

    def unsent(self) -> dict[str, int]:
        """How many cards each phone said last that it holds and has not sent, by participant; only those that hold any."""
        return dict(self._unsent)

    def writing(self) -> int:
        """How many phones that are here have something half written."""
        here = {who for who, ago in self.presence().items() if ago < POLL_COUNTS}
        return len(here & set(self._half))

    # On the server's loop -------------------------------------------------------

    def holds(self, participant: str, told: Mapping[str, str]) -> None:
        """A phone tells how many cards it holds that were not received ("unsent"), and if one is half written ("writing")."""
        if told.get("writing") == "1":
            self._half.add(participant)
        else:
            self._half.discard(participant)
        cards = told.get("unsent", "")
        if not cards.isdecimal():
            return
        if int(cards[:4]):
            self._unsent[participant] = int(cards[:4])
        else:
            self._unsent.pop(participant, None)

    def saw(self, participant: str) -> None:
        """A phone has asked for something."""
        if participant and not participant.startswith(NAMELESS):
            self._seen[participant] = time.monotonic()

    def state(self) -> dict[str, Any]:
        """Where the room is now."""
        state = state_of(self._reader.session(), self._reader.format(), self._reader.sorting())
        return state | {"others": list(self.others), "moved": self.moved, "pairs": self._pairs.news}

    def learn(self, others: tuple[str, ...], moved: str = "") -> None:
        """Tells every phone at once where else it could go on, and where it should."""
        self.others, self.moved = others, moved or self.moved
        self._tell(self.state())

    async def watch(self) -> None:
        """Looks at the file five times a second and wakes the streams when the step has moved or there are new pairs."""
        looked = (-1, 0)
        while True:
            self._pairs.look()
            now = (self._reader.file.data_version(), self._pairs.news)
            if now != looked:
                looked = now
                self._tell(self.state())
            await asyncio.sleep(WATCH)

    def stop(self) -> None:
        """Ends every stream."""
        self._stopping = True
        self._moved.set()

    def _tell(self, state: dict[str, Any]) -> None:
        kept = {k: v for k, v in state.items() if k != "now"}
        if kept != {k: v for k, v in self._told.items() if k != "now"}:
            self._told = state
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()

    def ping(self) -> None:
        """Asks the phones that came last for a sign, to measure how long it takes."""
        now = time.monotonic()
        self._pinged += 1
        self._pings = {n: at for n, at in self._pings.items() if now - at < PING_COUNTS} | {self._pinged: now}
        line = f"event: ping\ndata: {self._pinged}\n\n".encode()
        for response in list(self._open.values())[-MOST_PINGED:]:
            task = asyncio.create_task(_write(response, line))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    def pong(self, number: str) -> None:
        """A phone's sign came back; one that nobody waits for counts for nothing."""
        sent = (
            self._pings.get(int(number))
            if number.isascii() and number.isdecimal() and len(number) < 10
            else None
        )
        if sent is not None and time.monotonic() - sent < PING_COUNTS:
            self.round_trip = (time.monotonic() - sent) * 1000

    def forget(self) -> None:
        """The next phone to come proves the network anew."""
        self.reached, self.round_trip = False, None
        self._pings.clear()

    def poll(self, who: str) -> dict[str, Any]:
        """The room's state for a phone that asks instead of following a stream."""
        self._polled[who] = time.monotonic()
        return self.state()

    async def stream(
        self, response: web.StreamResponse, transport: asyncio.Transport | None, who: str
    ) -> None:
        """Writes the room's state at once and at each change, and a heartbeat in between, until either end stops."""
        own = [n for n, one in self._streams.items() if one == who]
        if len(own) >= MOST_STREAMS:
            self._streams.pop(own[0])
        me = id(response)
        self._streams[me], self._open[me] = who, response
        try:
            self._tell(self.state())  # or the watcher, a moment later, would tell this one the same again
            moved = self._moved
            line, beat = b"retry: 3000\n\n" + _event(self.state()), time.monotonic()
            while me in self._streams and transport is not None and not transport.is_closing():
                if line:
                    await asyncio.wait_for(response.write(line), SLOW)
                    line, beat = b"", time.monotonic()
                try:
                    if self._stopping:
                        if self.says_goodbye:
                            await asyncio.wait_for(response.write(b"event: gone\ndata:\n\n"), 1)
                        break
                    await asyncio.wait_for(moved.wait(), LOOK)
                    moved, line = self._moved, _event(self._told | {"now": round(time.time())})
                except TimeoutError:
                    late = time.monotonic() - beat > HEARTBEAT - LOOK
                    line = b"event: beat\ndata:\n\n" if late else b""
        except (ConnectionError, TimeoutError):
            pass
        finally:
            self._streams.pop(me, None)
            self._open.pop(me, None)
            self.saw(who)


async def _write(response: web.StreamResponse, line: bytes) -> None:
    with contextlib.suppress(ConnectionError, TimeoutError):
        await asyncio.wait_for(response.write(line), SLOW)


def _event(state: dict[str, Any]) -> bytes:
    return f"event: step\ndata: {json.dumps(state)}\n\n".encode()
