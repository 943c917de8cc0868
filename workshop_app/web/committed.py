"""From the loop to the writer and back: the loop is woken once for all that was committed together."""

import asyncio
import contextlib
from typing import Any

from workshop_app.actions import Action, phones_job
from workshop_app.model.trouble import Trouble
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import MOST_AT_ONCE, Asked, Outcome, settle


class Committed:
    """A file's actions, awaited on the server's loop.

    What comes in at one turn of the loop, or while the disk is busy with what came before, is run and flushed together.
    """

    def __init__(self, file: SessionFile) -> None:
        self._file = file
        self._loop: asyncio.AbstractEventLoop
        self._asked: list[Asked] = []
        self._waits = False  # for a turn of the loop, or for the disk

    def perform(self, verb: Action, **values: Any) -> asyncio.Future[Any]:
        """The result of a phone's action, once it is committed. A phone that hangs up stops nothing: the job is queued."""
        self._loop = asyncio.get_running_loop()
        future = self._loop.create_future()
        if not self._waits:
            self._waits = True
            self._loop.call_soon(self._run)
        self._asked.append((phones_job(verb, **values), future))
        return future

    def _run(self) -> None:
        asked, self._asked = self._asked[:MOST_AT_ONCE], self._asked[MOST_AT_ONCE:]
        try:
            if not self._file.run_here(asked, self._deliver):
                self._file.post(asked, self._deliver)
        except Trouble as trouble:
            self._told([(future, None, trouble) for _work, future in asked])

    def _deliver(self, outcomes: list[Outcome]) -> None:
        """On the writer's thread."""
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            self._loop.call_soon_threadsafe(self._told, outcomes)

    def _told(self, outcomes: list[Outcome]) -> None:
        self._waits = bool(self._asked)
        try:
            if self._asked:
                self._run()  # first, so that the disk works while those who waited are told
        finally:
            settle(outcomes)  # whatever becomes of the next, these are on disk
