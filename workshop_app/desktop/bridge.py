"""The only seam between Qt and the rest: actions go in, "something changed" comes out."""

import contextlib
import logging
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workshop_app.actions.action import LEADER, Action, perform
from workshop_app.i18n import N_, Language
from workshop_app.model import room_check
from workshop_app.model.session import Session
from workshop_app.model.trouble import DamagedFile, Refused, RoomTrouble, Trouble
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

POLL_MS = 200
COPY_MS = 10 * 60 * 1000
SILENT_SECONDS = 120
REST = 9
log = logging.getLogger("workshop.desk")
UNDONE = N_("Undone: {step}")
REDONE = N_("Done again: {step}")
NOTHING_TO_UNDO = N_("There is nothing to undo.")
NOTHING_TO_REDO = N_("There is nothing to do again.")
OUR_FAULT = N_("Something went wrong inside the program. What was saved is safe. {what}")

T = TypeVar("T")
_Asked = tuple[
    Callable[..., Any], tuple[Any, ...], tuple[tuple[str, Any], ...]
]  # a query and what it is given


class Bridge(QObject):
    """An open session as the desk sees it. Lives in the GUI thread; `close` it before the file."""

    changed = Signal()  # something was committed: visible pages read again
    said = Signal(str, str)  # kind "quiet" | "trouble" | "undo", and the sentence
    clock = Signal()  # each second
    server_moved = Signal()  # the phones' page started, stopped or moved
    language_changed = Signal()
    focus_changed = Signal()
    _landed = Signal(object)

    def __init__(self, file: SessionFile, lang: Language, server: Any = None) -> None:
        super().__init__()
        self.file, self.lang, self.server = file, lang, server
        self.servers: list[Any] = (
            [server] if server is not None else []
        )  # started and not stopped; any thread
        self.addresses: list[str] = []  # this computer's, the likeliest first; what the last look found
        self.server_trouble = ""  # why phones cannot come in, in words
        self.network = (
            ""  # what the room has to be told: "moved" to another address, "away" without any, "" nothing
        )
        self._at = ("", 0)  # where the room's phones were told to go
        self.focus: dict[str, Any] = {}  # what the room looks at: "need", "theme", "criterion", "cards_from"
        self.wanted_need: int | None = None  # the need that the next list of needs begins with
        self.room_saw: dict[
            tuple[object, ...], Any
        ] = {}  # votes the room was last shown, so that the next is no single vote
        self._kept: dict[_Asked, Any] = {}
        self._asked: set[_Asked] = (
            set()
        )  # since the last look: what the next one reads before it tells anybody
        self._seen = file.data_version()
        self._frame = self._framed = file.frame()
        self._rest = 0.0
        self._looking = False
        self._open = True
        # threads of Python's own: one of Qt's forgets its connection to the file after each piece of work
        self._hands, self._eyes = ThreadPoolExecutor(2, "desk-hands"), ThreadPoolExecutor(1, "desk-eyes")
        self._working: set[Future] = set()
        self._landed.connect(self._arrive)
        self._poll = QTimer(self)
        self._poll.timeout.connect(self._look_in_peace)
        self._poll.start(POLL_MS)
        self._second = QTimer(self)
        self._second.timeout.connect(self.clock)
        self._second.start(1000)
        self._copied = self._seen
        self._copying = QTimer(self)
        self._copying.timeout.connect(self.copy_if_changed)
        self._copying.start(COPY_MS)

    @staticmethod
    def cover(file: SessionFile) -> Session:
        """The session in a file; DamagedFile or Refused when the desk cannot show it."""
        session, known = queries.session(file), {step.id for step in queries.format_of(file).steps}
        strange = next((step.id for step in session.steps if step.id not in known), "")
        if strange:
            raise DamagedFile(check.BROKEN, name=file.path.name, why=f"step {strange}")
        return session

    def about(self) -> dict[str, str]:
        """What the start page tells of this workshop without opening its file."""
        session, room = self.get(queries.session), self.get(queries.room)
        needs = [n for n in self.get(queries.needs) if n.merged_into is None]
        project = self.get(queries.project)
        left = {
            "request": self.get(queries.dialogue).rfi is not None,
            "comments": bool(self.get(queries.comment_round).paragraphs),
        }
        return {
            "title": session.title,
            "place": session.place,
            "date": session.date,
            "keep_until": "" if self.get(queries.erased) else session.keep_until,
            "format": session.format_id,
            "question": session.question,
            "mandate": session.mandate if session.recipient else "",
            "missing": ", ".join(room.missing),
            "needs": str(len(needs)),
            "ownerless": str(sum(not n.fields["owner"] and n.fields["route"] != "parked" for n in needs)),
            "cards": str(len(self.get(queries.board).cards)),
            "file_id": session.file_id,
            "project": project.key,
            "project_name": project.name,
            "follows": project.follows,
            "brought": str(project.brought or ""),
            "left": " ".join(key for key, there in left.items() if there),
            "room_check": session.settings.get(room_check.SETTING, "") and "yes",
        }

    def copy_if_changed(self) -> None:
        """A backup in the background if anything was committed since the last one; the timer does this by itself."""
        if self._open and (version := self.file.data_version()) != self._copied:
            self._copied = version
            self.in_background(lambda: self.file.backup("time"), lambda _made: None)

    # Reading --------------------------------------------------------------------

    def get(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The answer of a query on this file, kept until something changes: `bridge.get(queries.board)`.

        What the leader does shows at once. What phones send shows at the next look, so that a page that reads ten
        things while a full room writes reads them once.
        """
        frame = self.file.frame()
        if frame != self._frame:  # committed since, and not told yet
            self._frame = frame
            self._kept.clear()
        key = (query, args, tuple(sorted(kwargs.items())))
        self._asked.add(key)
        if key not in self._kept:
            self._kept[key] = query(self.file, *args, **kwargs)
        return self._kept[key]  # type: ignore[no-any-return]

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def look(self) -> None:
        """Asks the file whether it has moved, and if so tells everybody; the timer does this by itself."""
        if self._open and (version := self.file.data_version()) != self._seen:
            self._show(version, self.file.frame(), {})

    def _show(self, version: int, frame: int, kept: dict[_Asked, Any]) -> None:
        now = time.monotonic()
        self._seen, self._framed, self._frame, self._kept, self._asked = version, frame, frame, kept, set()
        self.changed.emit()
        # the more there is to draw, the less often: a tenth of the time at most goes to showing what phones send
        self._rest = time.monotonic() + (time.monotonic() - now) * REST

    def _look_in_peace(self) -> None:
        """What the leader does is read at once; what phones send is read on another thread first, and then shown."""
        if not self._open or (version := self.file.data_version()) == self._seen:
            return
        if (frame := self.file.frame()) != self._framed:
            self.look()
        elif not self._looking and time.monotonic() > self._rest:
            self._looking = True
            self._on(self._eyes, partial(self._look_ahead, self._seen, version, frame, tuple(self._asked)))

    def _look_ahead(self, since: int, version: int, frame: int, asked: tuple[_Asked, ...]) -> None:
        kept: dict[_Asked, Any] = {}
        for query, args, kwargs in asked:
            with contextlib.suppress(Exception):  # whoever asks for it meets it again, where it can be told
                kept[query, args, kwargs] = query(self.file, *args, **dict(kwargs))
        self.land(lambda: self._looked(since, version, frame, kept))

    def _looked(self, since: int, version: int, frame: int, kept: dict[_Asked, Any]) -> None:
        self._looking = False
        if (
            since == self._seen and frame == self.file.frame()
        ):  # else somebody has looked meanwhile, or is about to
            self._show(version, frame, kept)

    # Changing -------------------------------------------------------------------

    def do(
        self,
        action: Action,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        told: bool = True,
        **kwargs: Any,
    ) -> None:
        """Performs an action on the writer's thread; `then(result)` or `failed(trouble)` comes back here, refusals told as well.

        `told` False where the page itself shows what was done and how to take it back.
        """
        own = kwargs.get("by", LEADER) == LEADER
        label = self.lang(action.label) if told and action.undoable and own else ""
        self._follow(self._submit(lambda: perform(self.file, action, **kwargs)), then, label, failed)

    def undo(self) -> None:
        """Takes the leader's last step back."""
        self._step(self.file.undo, UNDONE, NOTHING_TO_UNDO)

    def redo(self) -> None:
        """Does the last undone step again."""
        self._step(self.file.redo, REDONE, NOTHING_TO_REDO)

    def _step(self, way: Callable[[], Future], done: str, nothing: str) -> None:
        def tell(label: str) -> None:
            self.said.emit(
                "quiet", self.lang(done).format(step=self.lang(label)) if label else self.lang(nothing)
            )

        self._follow(self._submit(way), tell, "")

    def _submit(self, start: Callable[[], Future]) -> Future:
        try:
            return start()
        except Trouble as trouble:
            failed: Future = Future()
            failed.set_exception(trouble)
            return failed

    def _follow(
        self,
        future: Future,
        then: Callable[[Any], None] | None,
        label: str,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        def done(future: Future) -> None:
            self.land(lambda: self._finish(future, then, label, failed))

        future.add_done_callback(done)

    def _finish(
        self,
        future: Future,
        then: Callable[[Any], None] | None,
        label: str,
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        trouble = future.exception()
        if trouble is not None:
            self.tell(trouble, failed)
            return
        self.look()
        if label:
            self.said.emit("undo", label)
        if then is not None:
            then(future.result())

    # Elsewhere ------------------------------------------------------------------

    def in_background(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Runs `work` on another thread and `then(result)` here; values cross threads, connections never."""

        def run() -> None:
            try:
                result = work()
            except Exception as trouble:
                self.land(partial(self.tell, trouble, failed))
            else:
                self.land(lambda: then(result))

        if self._open:
            self._on(self._hands, run)

    def _on(self, threads: ThreadPoolExecutor, run: Callable[[], None]) -> None:
        future = threads.submit(run)
        self._working.add(future)
        future.add_done_callback(self._working.discard)

    def land(self, what: Callable[[], None]) -> None:
        """Has something done in the GUI thread; may be called from any."""
        if self._open:
            with contextlib.suppress(RuntimeError):  # the window went while the work was on its way
                self._landed.emit(what)

    @Slot(object)
    def _arrive(self, what: Callable[[], None]) -> None:
        if self._open:
            what()

    def tell(self, trouble: BaseException, failed: Callable[[BaseException], None] | None = None) -> None:
        """Says a refusal quietly and room trouble aloud; anything else is our own fault and is logged."""
        if isinstance(trouble, Refused):
            self.said.emit("quiet", trouble.say(self.lang))
        elif isinstance(trouble, RoomTrouble | DamagedFile):
            self.said.emit("trouble", trouble.say(self.lang))
        else:
            self.said.emit("trouble", self.lang(OUR_FAULT).format(what=type(trouble).__name__))
        if not isinstance(trouble, Trouble):
            # The message is left out: it may hold what somebody wrote.
            places = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(trouble.__traceback__)]
            log.error("%s at %s", type(trouble).__name__, " < ".join(reversed(places)))
        if failed is not None:
            failed(trouble)

    def focus_on(self, **what: Any) -> None:
        """Says what the projector shows within its scene, such as `need=4` or `theme=None` for all of them."""
        self.focus.update(what)
        self.focus_changed.emit()

    def speak(self, lang: Language) -> None:
        """Changes the desk's language; the session's own stays."""
        self.lang = lang
        self.language_changed.emit()

    # Phones ---------------------------------------------------------------------

    def connected(self) -> int:
        """How many phones have the page open now."""
        return int(self.server.connected()) if self.server is not None else 0

    def silent(self) -> int:
        """How many phones that were here have not been heard of for a while; their cards are kept on the phone."""
        seen = self.server.presence() if self.server is not None else {}
        united, last = self.get(queries.united) if seen else {}, dict[str, float]()
        for who, seconds in seen.items():
            one = united.get(who, who)  # a page that was open before its phone was united
            last[one] = min(seconds, last.get(one, seconds))
        return sum(seconds > SILENT_SECONDS for seconds in last.values())

    def unsent(self) -> tuple[int, int]:
        """How many phones hold cards that could not be sent yet, and how many cards they are together."""
        held = self.server.unsent() if self.server is not None and hasattr(self.server, "unsent") else {}
        return len(held), sum(held.values())

    def writing(self) -> int:
        """How many phones have something half written or not sent yet."""
        if self.server is None or not hasattr(self.server, "writing"):
            return 0
        return max(int(self.server.writing()), self.unsent()[0])

    def set_server(self, server: Any, trouble: str = "") -> None:
        """Takes the running server (or None, with the reason in words)."""
        self.server, self.server_trouble = server, trouble
        if server is not None and (server.host, server.port) != self._at:
            self.network = "moved" if self._at[0] and not server.host.startswith("127.") else ""
            self._at = ("", 0) if server.host.startswith("127.") else (server.host, server.port)
        self.server_moved.emit()

    def tell_network(self, state: str) -> None:
        """Says that the computer has no network ("away"), or that nothing has to be said any more ("")."""
        if state != self.network:
            self.network = state
            self.server_moved.emit()

    def close(self) -> None:
        """Stops listening and waits for background work; the server and the file are closed after."""
        self._open = False
        for timer in self.findChildren(QTimer):
            timer.stop()
        for threads in (self._hands, self._eyes):
            threads.shutdown(wait=False)
        wait(tuple(self._working), 10)
