"""Answers per second that are safe on disk before they are acknowledged, beside the least that could do so.

Both write to SQLite with WAL and synchronous=FULL and commit in groups; both are asked by the same 40 phones in
a process of their own.
"""

import asyncio
import contextlib
import json
import queue
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop_app import actions
from workshop_app.store import queries
from workshop_app.web import server

SECONDS, PHONES = 5.0, 40
ASKING = r"""
import asyncio, json, sys, time, uuid
from urllib.parse import urlencode
port, path, seconds, phones = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
done, wrong = 0, 0
async def phone(number, until):
    global done, wrong
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.perf_counter() < until:
        count += 1
        body = urlencode({"text": f"Svar {count} från telefon {number}: ingen vet vem som äger frågan",
                          "key": str(uuid.uuid4())}).encode()
        writer.write((f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n"
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


def asked(port: int, path: str, seconds: float = SECONDS) -> dict[str, float]:
    """What the phones got: acknowledged answers, others, acknowledged answers per second."""
    command = [sys.executable, "-c", ASKING, str(port), path, str(seconds), str(PHONES)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    answer: dict[str, float] = json.loads(out)
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
            while len(batch) < 400 and not jobs.empty():
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


def test_answers_per_second(tmp_path: Path, told: Callable[..., None]) -> None:
    file = actions.session.create(
        tmp_path / "room.behov", format_id="needs_identification", title="Mätning", question="Vad?"
    )
    actions.do(file, actions.agenda.go_to, step="challenges")
    running = server.start(file, rate_limit=False)
    try:
        ours = asked(running.port, f"/{running.token}/steps/challenges")
        stored = len(queries.answers(file))
    finally:
        running.stop()
        file.close()
    assert ours["wrong"] == 0 and stored == ours["done"]
    with bare(tmp_path / "bare.db") as port:
        least = asked(port, "/")
    with contextlib.closing(sqlite3.connect(tmp_path / "bare.db")) as conn:
        kept = conn.execute("SELECT count(DISTINCT body) FROM answer").fetchone()[0]
    assert least["wrong"] == 0 and kept == least["done"]
    told("answers a second, stored", ours["rate"], "/s")
    told("the same of a bare server", least["rate"], "/s")
    told("ours beside the bare server", ours["rate"] / least["rate"], "x", 0.30, least=True)
