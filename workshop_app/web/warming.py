"""What the server does before the first phone asks, so that nobody stands in line for it."""

import asyncio
import time
from collections.abc import Callable

from workshop_app.model import lint
from workshop_app.web import draw
from workshop_app.web.values import Page

PAUSE, REST = (
    0.1,
    0.5,
)  # seconds between two pages, and without a request: a room that comes at once goes first


async def warm(page: Page, text: str, language: str, asked_at: Callable[[], float]) -> None:
    """Draws a page, reads the lists of words of a language and compiles every template, bit by bit.

    `asked_at` gives when a phone last asked for something, by the monotonic clock.
    """
    draw.page(page.template, page.context)
    await asyncio.sleep(0)
    lint.lint_challenge(text, language)
    for name in draw.templates():
        while (rest := asked_at() + REST - time.monotonic()) > 0:
            await asyncio.sleep(rest)
        await asyncio.sleep(PAUSE)
        draw.prepare(name)
