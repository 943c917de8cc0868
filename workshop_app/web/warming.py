"""What the server does before the first phone asks, so that nobody stands in line for it."""

import asyncio
import time
from collections.abc import Callable, Iterable

from workshop_app.model import lint
from workshop_app.web import draw
from workshop_app.web.values import Page

PAUSE, REST = (
    0.1,
    0.5,
)  # seconds between two pages, and without a request: a room that comes at once goes first


def at_once(pages: Iterable[Page], text: str, language: str) -> None:
    """What the first phones will ask for, before any can ask: their pages, and the lists of words of a language."""
    for page in pages:
        draw.page(page)
    draw.prepare("hint.html")
    lint.lint_challenge(text, language)


async def bit_by_bit(asked_at: Callable[[], float]) -> None:
    """Compiles every other template; `asked_at` gives when a phone last asked for something, by the monotonic clock."""
    for name in draw.templates():
        await asyncio.sleep(PAUSE)
        while (rest := asked_at() + REST - time.monotonic()) > 0:
            await asyncio.sleep(rest)
        draw.prepare(name)
