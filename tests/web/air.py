"""A room with air in it: the leader's computer and a phone in two network namespaces that can be torn apart."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from workshop_app import resources

FIRST, SECOND, PHONE = "10.99.0.10", "10.99.0.77", "10.99.0.20"


def ip(*words: str) -> None:
    """One order to the system's network tool."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Air:
    """The two ends of one cable; what is done to it happens to no other network."""

    def __init__(self) -> None:
        self.laptop, self.phone = f"bvl{os.getpid()}", f"bvp{os.getpid()}"

    def up(self) -> None:
        """Makes the room."""
        a, b = f"bva{os.getpid()}", f"bvb{os.getpid()}"
        ip("netns", "add", self.laptop)
        ip("netns", "add", self.phone)
        ip("link", "add", a, "type", "veth", "peer", "name", b)
        ip("link", "set", a, "netns", self.laptop, "name", "wlA")
        ip("link", "set", b, "netns", self.phone, "name", "wlB")
        for space, address, name in ((self.laptop, FIRST, "wlA"), (self.phone, PHONE, "wlB")):
            ip("-n", space, "link", "set", "lo", "up")
            ip("-n", space, "addr", "add", f"{address}/24", "dev", name)
            ip("-n", space, "link", "set", name, "up")
        # an address that is added before the first is taken away outlives it
        outlives = "echo 1 > /proc/sys/net/ipv4/conf/all/promote_secondaries"
        subprocess.run([*self.inside(self.laptop), "sh", "-c", outlives], check=True, capture_output=True)

    def down(self) -> None:
        """Takes the room away."""
        for space in (self.laptop, self.phone):
            with contextlib.suppress(subprocess.CalledProcessError):
                ip("netns", "del", space)

    def drop(self) -> None:
        """The phone loses the Wi-Fi."""
        ip("-n", self.phone, "link", "set", "wlB", "down")

    def restore(self) -> None:
        """The phone has the Wi-Fi again."""
        ip("-n", self.phone, "link", "set", "wlB", "up")

    def silence(self) -> None:
        """The computer is not heard any more, and the phone's own system sees nothing of it."""
        ip("-n", self.laptop, "route", "add", "blackhole", f"{PHONE}/32")

    def speak(self, forget: bool = False) -> None:
        """The computer is heard again; with `forget` it has ended every connection meanwhile."""
        if forget:
            end = [*self.inside(self.laptop), "ss", "-K", "dst", PHONE]
            subprocess.run(end, check=True, capture_output=True)
        ip("-n", self.laptop, "route", "del", "blackhole", f"{PHONE}/32")

    def address(self, verb: str, address: str) -> None:
        """The computer gets ("add") or loses ("del") an address."""
        ip("-n", self.laptop, "addr", verb, f"{address}/24", "dev", "wlA")

    def inside(self, space: str) -> list[str]:
        """What stands before a command that is to run in one of the ends."""
        return ["ip", "netns", "exec", space]


@contextmanager
def room() -> Iterator[Air]:
    """Two ends, taken away afterwards; the test is skipped, saying why, where they cannot be made."""
    if sys.platform != "linux" or os.geteuid() or not shutil.which("ip"):
        pytest.skip("network namespaces need Linux, root and ip")
    air = Air()
    try:
        air.up()
    except subprocess.CalledProcessError as trouble:
        air.down()
        pytest.skip(f"network namespaces cannot be made here: {trouble.stderr!r}")
    try:
        yield air
    finally:
        air.down()


class Other:
    """A Python program in one of the ends that says lines of JSON."""

    def __init__(self, air: Air, space: str, *words: str) -> None:
        self.lines: list[dict[str, Any]] = []
        root = str(resources.sample_files()[0].parent.parent)
        env = os.environ | {"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}
        command = [*air.inside(space), sys.executable, *words]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, env=env, cwd=root, text=True
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with contextlib.suppress(ValueError):
                self.lines.append(json.loads(line))

    def wait_for(self, found: Any, seconds: float = 30.0) -> dict[str, Any]:
        """The first line that is what is looked for."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in list(self.lines):
                if found(line):
                    return line
            if self.process.poll() is not None:
                break
            threading.Event().wait(0.02)
        raise AssertionError(f"never said: {self.lines}")

    def tell(self, word: str) -> None:
        """Sends one line."""
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def end(self) -> None:
        """Asks it to end, and waits."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


@contextmanager
def program(air: Air, *words: str) -> Iterator[Other]:
    """A program on the computer's end, ended afterwards."""
    one = Other(air, air.laptop, *words)
    try:
        yield one
    finally:
        one.end()


def serve(air: Air, file: Path, *words: str) -> Any:
    """`workshop serve` on the computer's end."""
    return program(air, "-m", "workshop_app", "serve", str(file), "--host", FIRST, *words)
