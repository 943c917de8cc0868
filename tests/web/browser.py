"""Chromium for tests, steered over a pipe: real pages, real keys, no driver to install. Skips where there is none."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 20.0  # seconds that anything may take on a slow computer before a test gives up
KEYS = {
    "Tab": ("Tab", 9, ""),
    "Enter": ("Enter", 13, "\r"),
    "Space": ("Space", 32, " "),
    "Down": ("ArrowDown", 40, ""),
    "Up": ("ArrowUp", 38, ""),
    "Right": ("ArrowRight", 39, ""),
}


def chromium() -> str:
    """Where Chromium is; the test is skipped, saying why, where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found or sys.platform == "win32":
        pytest.skip("Chromium is not installed here")
    return found


class Browser:
    """One headless Chromium; each `phone` of it keeps cookies and storage of its own."""

    def __init__(self, profile: Path, before: Sequence[str] = (), flags: Sequence[str] = ()) -> None:
        to_read, to_write = os.pipe(), os.pipe()
        got, gives = to_read[0], to_write[1]
        # Chromium reads its orders from 3 and answers on 4
        self.process = subprocess.Popen(
            [
                *before,
                *("bash", "-c", f'exec "$@" 3<&{got} 4>&{gives}', "chromium", chromium()),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--lang=sv-SE",
                "--remote-debugging-pipe",
                f"--user-data-dir={profile}",
                *flags,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(got, gives),
            start_new_session=True,
        )
        os.close(got)
        os.close(gives)
        self._orders, self._answers = to_read[1], to_write[0]
        self._left, self._number = b"", 0
        self._got: dict[int, dict[str, Any]] = {}
        self.told: list[dict[str, Any]] = []  # what happened in pages that asked to be told

    def call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """One order and its answer."""
        self._number += 1
        number = self._number
        order = {"id": number, "method": method, "params": params}
        line = json.dumps(order | ({"sessionId": session} if session else {})).encode() + b"\0"
        while line:
            line = line[os.write(self._orders, line) :]
        until = time.monotonic() + PATIENCE
        while number not in self._got:
            if time.monotonic() > until:
                raise AssertionError(f"Chromium does not answer {method}")
            self.listen(0.5)
        answer = self._got.pop(number)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def listen(self, seconds: float) -> None:
        """Takes in what Chromium has said, waiting at most so long for something."""
        if not select.select([self._answers], [], [], seconds)[0]:
            return
        said = os.read(self._answers, 1 << 20)
        if not said:
            raise AssertionError("Chromium has ended")
        *whole, self._left = (self._left + said).split(b"\0")
        for line in whole:
            message = json.loads(line)
            if "id" in message:
                self._got[message["id"]] = message
            else:
                self.told.append(message)

    def phone(self, width: int = 390, height: int = 844, script: bool = True, dark: bool = False) -> "Tab":
        """A phone of its own, with one empty page."""
        own = self.call("Target.createBrowserContext")["browserContextId"]
        tab = self.tab(own)
        tab.size(width, height)
        tab.call("Emulation.setScriptExecutionDisabled", value=not script)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        tab.call("Emulation.setEmulatedMedia", features=features)
        return tab

    def tab(self, context: str) -> "Tab":
        """One more page of the same phone; "" is the profile's own, which has its settings."""
        own = {"browserContextId": context} if context else {}
        target = self.call("Target.createTarget", url="about:blank", **own)["targetId"]
        return self.attach(target, context)

    def own(self, script: bool = True) -> "Tab":
        """A page that follows the settings of the profile, such as cookies that are not kept."""
        tab = self.tab("")
        tab.size(390, 844)
        tab.call("Emulation.setScriptExecutionDisabled", value=not script)
        return tab

    def attach(self, target: str, context: str) -> "Tab":
        """Takes hold of a page that is there."""
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target, context)
        for domain in ("Page", "Runtime", "Network"):
            tab.call(f"{domain}.enable")
        return tab

    def pages(self, context: str) -> list[str]:
        """The pages that a phone has open."""
        found = self.call("Target.getTargets")["targetInfos"]
        return [t["targetId"] for t in found if t["type"] == "page" and t.get("browserContextId") == context]

    def close(self) -> None:
        """Ends Chromium and all it started."""
        os.close(self._orders)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
        os.close(self._answers)


class Tab:
    """One page, used as a person does: typed, clicked, looked at."""

    def __init__(self, browser: Browser, session: str, target: str, context: str) -> None:
        self.browser, self.session, self.target, self.context = browser, session, target, context

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One order to this page."""
        return self.browser.call(method, self.session, **params)

    def size(self, width: int, height: int, scale: float = 1) -> None:
        """How large the screen is, in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=True,
        )

    def network(self, there: bool) -> None:
        """Takes the network away from the tab, or gives it back."""
        still = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.call("Network.emulateNetworkConditions", offline=not there, **still)

    def open(self, url: str) -> None:
        """Goes to an address and waits until the page is there."""
        self.js("window.__left = true")
        self.call("Page.navigate", url=url)
        self.wait("!window.__left && document.readyState === 'complete'")

    def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in told:
            raise AssertionError(f"{expression}: {told['exceptionDetails']}")
        return told["result"].get("value")

    def wait(self, expression: str, seconds: float = PATIENCE) -> Any:
        """Waits until an expression is true, and gives it; a page that is just being left counts as not yet."""
        until = time.monotonic() + seconds
        while True:
            try:
                value = self.js(expression)
            except AssertionError:
                value = None
            if value:
                return value
            if time.monotonic() > until:
                raise AssertionError(f"never true: {expression}\n{self.text()[:2000]}")
            self.browser.listen(0.02)

    def see(self, words: str, seconds: float = PATIENCE) -> None:
        """Waits until words stand on the page."""
        self.wait(f"document.body.innerText.replace(/\\u00ad/g, '').includes({json.dumps(words)})", seconds)

    def text(self) -> str:
        """What stands on the page."""
        return str(self.js("document.body ? document.body.innerText.replace(/\\u00ad/g, '') : ''"))

    def click(self, selector: str) -> None:
        """Presses the middle of something, with a real pointer."""
        box = self.wait(
            f"(function () {{ var n = document.querySelector({json.dumps(selector)});"
            "if (!n) { return null; } n.scrollIntoView({block: 'center'}); var r = n.getBoundingClientRect();"
            "return r.width && {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **box, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Puts words in where the focus is."""
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """One key down and up."""
        name, code, text = KEYS[key]
        told = {"key": text or name, "code": name, "windowsVirtualKeyCode": code}
        if key == "Enter":
            told["key"] = "Enter"
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **told, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    def focused(self) -> str:
        """The element that has the focus, in a few words."""
        told = (
            "(function (e) { return e.tagName + '#' + e.id + ' ' + (e.name || '') + '=' + (e.value || ''); })"
        )
        return str(self.js(f"{told}(document.activeElement)"))


@contextmanager
def running(profile: Path, before: Sequence[str] = (), flags: Sequence[str] = ()) -> Iterator[Browser]:
    """A browser that is ended afterwards."""
    browser = Browser(profile, before, flags)
    try:
        yield browser
    finally:
        browser.close()
