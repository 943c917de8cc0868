"""A room full of phones, as a process of its own: they join, think, send, sometimes lose the answer and send again.

Started as `crowd.py PORT TOKEN STEP PHONES WINDOW CARDS`; prints one JSON object: times in ms, errors, keys received.
"""

import asyncio
import json
import random
import sys
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

THINK, LOST, TRIES = (2.0, 12.0), 0.05, 6


class Crowd:
    """What the phones of one run have in common."""

    def __init__(self, port: int, token: str, step: str, window: float, cards: int) -> None:
        self.port, self.home, self.step = port, f"/{token}/", step
        self.window, self.cards = window, cards
        self.ms: dict[str, list[float]] = {"join": [], "post": []}
        self.wrong: Counter[str] = Counter()
        self.received: list[str] = []

    async def ask(self, what: str, head: str, body: bytes = b"", lost: bool = False) -> tuple[int, str]:
        """The status and cookie of one request on a line of its own; 0 when no answer was read."""
        began, writer = time.perf_counter(), None
        try:
            async with asyncio.timeout(15):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(
                    f"{head} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n".encode() + body
                )
                await writer.drain()
                if lost:
                    return 0, ""
                reply = await reader.read()
            lines = reply.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            self.ms[what].append((time.perf_counter() - began) * 1000)
            found = (line[12:].split(";")[0] for line in lines if line.startswith("Set-Cookie: phone="))
            return int(lines[0].split()[1]), next(found, "")
        except (OSError, TimeoutError, IndexError, ValueError) as trouble:
            self.wrong[f"{what} {type(trouble).__name__}"] += 1
            return 0, ""
        finally:
            if writer is not None:
                writer.close()

    async def post(
        self, step: str, cookie: str, fields: dict[str, str], lost: bool = False
    ) -> tuple[int, str]:
        """Sends a form."""
        body = urlencode(fields).encode()
        head = f"Cookie: {cookie}\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        told = f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
        return await self.ask("post", f"POST {self.home}steps/{step}", told + body, lost)

    async def phone(self, number: int) -> None:
        """One phone from the code on the wall to its last card."""
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, self.window))
        _status, cookie = await self.ask("join", f"GET {self.home}", b"\r\n")
        role = {"role": "Drift", "organisation": "Ekmåla", "relation": "work_in", "key": uuid.uuid4().hex}
        await self.post("join", cookie, role)
        for card in range(self.cards):
            await asyncio.sleep(chance.uniform(*THINK) if self.window > 5 else 0)
            fields = {"text": f"Telefon {number} kort {card}: golvet är halt", "key": uuid.uuid4().hex}
            for turn in range(TRIES):
                status, _ = await self.post(self.step, cookie, fields, turn == 0 and chance.random() < LOST)
                if status in (200, 201):
                    self.received.append(fields["key"])
                    break
                if status:
                    self.wrong[f"post {status}"] += 1
                await asyncio.sleep(chance.uniform(0.3, 1.5))


async def main() -> None:
    """Runs the crowd and tells what it met."""
    port, token, step, phones, window, cards = sys.argv[1:]
    crowd = Crowd(int(port), token, step, float(window), int(cards))
    await asyncio.gather(*(crowd.phone(n) for n in range(int(phones))))
    told = {what: sorted(times) for what, times in crowd.ms.items()}
    print(json.dumps({**told, "wrong": crowd.wrong, "received": crowd.received}))


if __name__ == "__main__":
    asyncio.run(main())
