"""A room to test in: a session file, the real server on loopback, and phones that are plain HTTP clients."""

import http.client
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.finished import invited
from workshop_app import actions
from workshop_app.actions import session as session_actions
from workshop_app.model.session import Answer
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.web import server
from workshop_app.web.server import RunningServer

QUESTION = "Vad hindrar er från att bygga bättre?"


@dataclass
class Reply:
    """One answer of the server."""

    status: int
    headers: dict[str, str]
    text: str

    def hidden(self, name: str = "key") -> str:
        """The value of a hidden field of the page."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.text)
        assert found, f"no hidden field {name} in {self.text[:400]}"
        return found[1]

    @property
    def plain(self) -> str:
        """The page's source without soft hyphens."""
        return self.text.replace("\u00ad", "")


@dataclass
class Phone:
    """A browser without JavaScript: keeps cookies, posts forms."""

    server: RunningServer
    cookies: dict[str, str] = field(default_factory=dict)
    keeps_cookies: bool = True

    @property
    def home(self) -> str:
        return f"/{self.server.token}/"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        line = http.client.HTTPConnection(self.server.host, self.server.port, timeout=10)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        line.request(method, path, body, {**sent, **(headers or {})})
        answer = line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            if self.keeps_cookies:
                self.cookies[name] = value
        line.close()
        return Reply(answer.status, dict(answer.headers.items()), text)

    def look(self, query: str = "") -> Reply:
        return self.ask("GET", self.home + query)

    def send(self, step: str, fields: Mapping[str, Any], accept: str = "text/html", **headers: str) -> Reply:
        """Posts a form to a step; a key of its own unless `fields` has one."""
        body = urlencode({"key": uuid4().hex, **fields}, doseq=True).encode()
        told = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept, **headers}
        return self.ask("POST", f"{self.home}steps/{step}", body, told)

    def join(self, role: str = "Upphandling") -> Reply:
        self.look()
        return self.send("join", {"role": role, "organisation": "Nässjö kommun", "relation": "purchase"})


@dataclass
class TheRoom:
    """The session, its server and its phones."""

    file: SessionFile
    server: RunningServer

    def phone(self, **options: Any) -> Phone:
        return Phone(self.server, **options)

    def do(self, verb: Any, **kwargs: Any) -> Any:
        return actions.do(self.file, verb, **kwargs)

    def go(self, step: str) -> None:
        self.do(actions.agenda.go_to, step=step)

    def stored(self, step: str | None = None) -> tuple[Answer, ...]:
        return queries.answers(self.file, step)

    def need(self, title: str, **texts: str) -> int:
        made: int = self.do(actions.need.new_need, title=title)
        self.do(actions.need.set_fields, need=made, **texts)
        return made


@pytest.fixture
def start_room(tmp_path: Path) -> Iterator[Callable[..., TheRoom]]:
    """Starts rooms: `start_room(rate_limit=True, language="en")`; everything is closed afterwards."""
    open_rooms: list[TheRoom] = []

    def start(rate_limit: bool = False, **cover: Any) -> TheRoom:
        path = tmp_path / f"room{len(open_rooms)}.behov"
        told: dict[str, Any] = {
            "format_id": "needs_identification",
            "title": "Verkstad",
            "place": "Nässjö",
            "question": QUESTION,
            "roles": ["Upphandling", "Drift"],
        }
        file = session_actions.create(path, **(told | cover))
        invited(file)
        open_rooms.append(TheRoom(file, server.start(file, rate_limit=rate_limit)))
        return open_rooms[-1]

    yield start
    for one in open_rooms:
        one.server.stop()
        one.file.close()


@pytest.fixture
def room(start_room: Callable[..., TheRoom]) -> TheRoom:
    """A room in Swedish at its first step, without rate limits."""
    return start_room()


def failed(trouble: Exception) -> Any:
    """Stands in for a method that does nothing but fail."""

    def fail(*_: Any, **__: Any) -> None:
        raise trouble

    return fail
