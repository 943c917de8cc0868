"""Answers per second that are safe on disk before they are acknowledged, beside the least that could do so.

Both write to SQLite with WAL and synchronous=FULL and commit in the same groups; both are asked by the same 40 phones
in a process of their own, in turns, so that whatever else the computer does meets both alike.
"""

import asyncio
import contextlib
import json
import queue
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop_app import actions
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import MOST_PER_COMMIT
from workshop_app.web import server

SECONDS, PHONES, TURNS = 1.0, 40, 9
ASKING = r"""
import asyncio, json, sys, time, uuid
from urllib.parse import urlencode
port, path, seconds, phones, accept = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
done, wrong = 0, 0
async def phone(number, until):
    global done, wrong
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.perf_counter() < until:
        count += 1
        body = urlencode({"text": f"Svar {count} från telefon {number}: ingen vet vem som äger frågan",
                          "key": str(uuid.uuid4())}).encode()
        writer.write((f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n"
                      "Content-Type: application/x-www-form-urlencoded\r\n"
                      f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length"))
        await reader.readexactly(length)
        if head.split()[1] == b"201":
            done += 1
        else:
            wrong += 1
    writer.close()
async def main():
    began = time.perf_counter()
    await asyncio.gather(*(phone(n, began + seconds) for n in range(phones)))
    print(json.dumps({"done": done, "wrong": wrong, "rate": done / (time.perf_counter() - began)}))
asyncio.run(main())
"""


def asked(
    port: int, path: str, seconds: float = SECONDS, accept: str = "application/json"
) -> dict[str, float]:
    """What the phones got: acknowledged answers, others, acknowledged answers per second; what each cost us, in µs of a
    processor. The phones are another process, and both servers live in this one."""
    command = [sys.executable, "-c", ASKING, str(port), path, str(seconds), str(PHONES), accept]
    began = time.process_time()
    out = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    answer: dict[str, float] = json.loads(out)
    answer["cost"] = (time.process_time() - began) / max(answer["done"], 1) * 1e6
    return answer


@contextmanager
def bare(path: Path) -> Iterator[int]:
    """A server that does nothing but read a body, store it durably and say so; gives its port."""
    jobs: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]] | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()

    def write() -> None:
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, body BLOB)")
        while (first := jobs.get()) is not None:
            batch = [first]
            while len(batch) < MOST_PER_COMMIT and not jobs.empty():
                more = jobs.get()
                if more is None:
                    jobs.put(None)
                    break
                batch.append(more)
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany("INSERT INTO answer (body) VALUES (?)", [(body,) for body, _ in batch])
            conn.execute("COMMIT")
            loop.call_soon_threadsafe(lambda done: [f.set_result(None) for f in done], [f for _, f in batch])
        conn.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                )
                stored: asyncio.Future[None] = loop.create_future()
                jobs.put((await reader.readexactly(length), stored))
                await stored
                writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    ready = threading.Event()
    port, end = [0], asyncio.Event()

    async def main() -> None:
        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        port[0] = listening.sockets[0].getsockname()[1]
        ready.set()
        await end.wait()
        listening.close()

    threads = [
        threading.Thread(target=write),
        threading.Thread(target=lambda: loop.run_until_complete(main())),
    ]
    for thread in threads:
        thread.start()
    ready.wait(10)
    try:
        yield port[0]
    finally:
        jobs.put(None)
        loop.call_soon_threadsafe(end.set)
        for thread in threads:
            thread.join(10)


@contextmanager
def ours(path: Path) -> Iterator[tuple[SessionFile, server.RunningServer]]:
    """The program's own server at a step that takes cards."""
    file = actions.session.create(path, format_id="needs_identification", title="Mätning", question="Vad?")
    actions.do(file, actions.agenda.go_to, step="challenges")
    running = server.start(file, rate_limit=False)
    try:
        yield file, running
    finally:
        running.stop()
        file.close()


def test_answers_per_second(tmp_path: Path, told: Callable[..., None]) -> None:
    rates, plain, costs, sent, kept = [], [], [], 0.0, 0.0
    with ours(tmp_path / "room.behov") as (file, running), bare(tmp_path / "bare.db") as port:
        path = f"/{running.token}/steps/challenges"
        for _turn in range(TURNS):
            one, other = asked(running.port, path), asked(port, "/")
            assert one["wrong"] == other["wrong"] == 0
            rates.append(one["rate"])
            plain.append(other["rate"])
            costs.append((one["cost"], other["cost"]))
            sent, kept = sent + one["done"], kept + other["done"]
        pages = asked(running.port, path, accept="text/html")
        assert len(queries.answers(file)) == sent + pages["done"]
    with contextlib.closing(sqlite3.connect(tmp_path / "bare.db")) as conn:
        assert conn.execute("SELECT count(DISTINCT body) FROM answer").fetchone()[0] == kept
    ratios = [a / b for a, b in zip(rates, plain, strict=True)]
    for turn, (one_rate, other_rate, ratio) in enumerate(zip(rates, plain, ratios, strict=True), 1):
        told(f"turn {turn}: {one_rate:,.0f} /s stored, bare server {other_rate:,.0f} /s", ratio, "x")
    told("answers a second, stored (middle turn)", statistics.median(rates), "/s")
    told("the same of a bare server", statistics.median(plain), "/s")
    told("ours beside the bare server", statistics.median(ratios), "x", 0.30, least=True)
    mine, theirs = (statistics.median(column) for column in zip(*costs, strict=True))
    told("processor time for an answer (middle turn)", mine, "µs")
    told("the same of a bare server", theirs, "µs")
    told("a bare server's processor time beside ours", theirs / mine, "x", 0.30, least=True)
    told("answers a second, each told with a whole page", pages["rate"], "/s")
