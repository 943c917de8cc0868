"""From the loop to the writer and back: the loop is woken once for all that was committed together."""

import asyncio
import contextlib
from typing import Any

from workshop_app import actions
from workshop_app.actions import Action
from workshop_app.model.trouble import Trouble
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Outcome, settle


class Committed:
    """A file's actions, awaited on the server's loop. What comes in at one turn of the loop goes to the writer at once."""

    def __init__(self, file: SessionFile) -> None:
        self._file = file
        self._loop: asyncio.AbstractEventLoop
        self._asked: list[tuple[Action, dict[str, Any], asyncio.Future[Any]]] = []

    async def perform(self, verb: Action, **values: Any) -> Any:
        """The result of a phone's action, once it is committed. A phone that hangs up stops nothing: the job is queued."""
        self._loop = asyncio.get_running_loop()
        future = self._loop.create_future()
        if not self._asked:
            self._loop.call_soon(self._post)
        self._asked.append((verb, values, future))
        return await future

    def _post(self) -> None:
        asked, self._asked = self._asked, []
        for verb, values, future in asked:
            try:
                actions.post(self._file, verb, future, self._deliver, **values)
            except Trouble as trouble:
                settle([(future, None, trouble)])

    def _deliver(self, outcomes: list[Outcome]) -> None:
        """On the writer's thread."""
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            self._loop.call_soon_threadsafe(settle, outcomes)
