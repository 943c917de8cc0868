"""A phone of the demo: joins and sends over real HTTP as a browser would, with one-time keys and retries."""

import http.client
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from workshop_app.i18n import N_
from workshop_app.model.trouble import RoomTrouble

MOST_TRIES = 40
TIMEOUT = 20.0
GAVE_UP = N_("A phone of the demo could not send: the server answered {status}.")
_WAIT_ON = (429, 503)


@dataclass
class Receipt:
    """What a phone was told: the one-time key it sent and the code it was shown."""

    key: str
    code: str
    text: str


@dataclass
class Phone:
    """One simulated phone. Everything it was told stands in `receipts`; `resent` counts keys sent a second time."""

    url: str
    number: int
    role: str
    organisation: str
    relation: str
    receipts: list[Receipt] = field(default_factory=list)
    resent: int = 0
    told: dict[str, Any] = field(default_factory=dict)  # the last answer to something sent

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self._address, self._path = (parts.hostname or "", parts.port or 80), parts.path
        self._cookies: dict[str, str] = {}
        self._chance = random.Random(self.number)
        self._line: http.client.HTTPConnection | None = None

    def look(self) -> str:
        """The page the phone shows now."""
        return self._ask("GET", self._path)[1]

    def join(self, step: str) -> None:
        """Opens the page and takes the role."""
        self.look()
        self.send(
            step,
            {"role": self.role, "organisation": self.organisation, "relation": self.relation},
            twice=False,
        )

    def send(self, step: str, fields: Mapping[str, str], *, text: str = "", twice: bool | None = None) -> str:
        """Sends one answer until it is received; returns the receipt code.

        `twice` sends the same key again after the receipt, as a double tap does (None: now and then).
        """
        key = str(UUID(int=self._chance.getrandbits(128), version=4))
        code = self._until_received(step, key, fields)
        self.receipts.append(Receipt(key, code, text))
        if twice if twice is not None else self._chance.random() < 0.15:
            self.resent += 1
            if self._until_received(step, key, fields) != code:
                raise RoomTrouble(GAVE_UP, status="another receipt")
        return code

    def post(self, step: str, fields: Mapping[str, str | list[str]]) -> tuple[int, dict[str, Any]]:
        """Sends these fields once, whatever comes of it: the status and what was answered."""
        status, words, _ = self._exchange("POST", f"{self._path}steps/{step}", urlencode(fields, doseq=True))
        return status, json.loads(words)

    def close(self) -> None:
        """Hangs up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _until_received(self, step: str, key: str, fields: Mapping[str, str]) -> str:
        body = urlencode({**fields, "key": key})
        status = 0
        for attempt in range(MOST_TRIES):
            status, words, wait = self._post(f"{self._path}steps/{step}", body)
            if status in (200, 201):
                self.told = json.loads(words)
                return str(self.told["receipt"])
            if status and status not in _WAIT_ON:
                break
            time.sleep(wait or min(0.05 * 2**attempt, 1.0))
        raise RoomTrouble(GAVE_UP, status=status)

    def _post(self, path: str, body: str) -> tuple[int, str, float]:
        try:
            status, words, headers = self._exchange("POST", path, body)
        except (OSError, http.client.HTTPException):
            self.close()  # as when a phone leaves the room's Wi-Fi: the same key is sent again
            return 0, "", 0.0
        return status, words, min(float(headers.get("Retry-After") or 0), 5.0)

    def _ask(self, method: str, path: str) -> tuple[int, str]:
        try:
            status, words, _ = self._exchange(method, path)
        except (OSError, http.client.HTTPException):
            self.close()
            status, words, _ = self._exchange(method, path)
        return status, words

    def _exchange(self, method: str, path: str, body: str = "") -> tuple[int, str, http.client.HTTPMessage]:
        if self._line is None:
            self._line = http.client.HTTPConnection(*self._address, timeout=TIMEOUT)
        headers = {"Accept-Language": "sv"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
        if body:
            headers |= {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, body.encode() if body else None, headers)
        answer = self._line.getresponse()
        words = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name.strip()] = value.strip()
        return answer.status, words, answer.headers
