"""Makes the pictures in docs/images anew: plays a sample with the real desk, real phones and real paper.

`pictures.py [NAME …]` makes all of them, or those named; `--out DIR` puts them elsewhere. Without Chromium the
phones' pictures are left as they are, and the run says so. The clock is moved, so that an hour takes a second.
"""

import argparse
import asyncio
import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import aiohttp
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from workshop_app import actions, invite
from workshop_app.actions.action import do
from workshop_app.actions.short_form import Short, read_short
from workshop_app.cli import demo, demo_room
from workshop_app.cli.phone import Phone
from workshop_app.cli.program import sample_path
from workshop_app.desktop import bridge as desk_bridge
from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.paper.pictures import render
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import dress
from workshop_app.formats import Step
from workshop_app.store import queries, writer
from workshop_app.web import live

ROOT = Path(__file__).resolve().parent.parent
SAMPLE, OTHERS = "nassjo_boende", ("skane_digital_golv", "ostergotland_hemmonitorering")
DESK, PROJECTOR, PHONE, PAPER = (1440, 900), (1600, 900), (390, 844), 900
SHOWN_HOST, SHOWN_PORT = (
    "192.168.4.20",
    8080,
)  # in the codes of the pictures, whatever this computer is called
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
NAMES = (
    *(f"desk-{n}" for n in ["start", "lobby", "session", "heaps", "need", "priority", "route", "summary"]),
    *(
        "projector-join",
        "projector-silent",
        "phone-join",
        "phone-step",
        "phone-rating",
        "pdf-cover",
        "pdf-need",
    ),
)


COVER = {
    "commissioner": "Samhällsbyggnadschefen",
    "mandate": "Ta fram behov som kan prövas i nästa års plan",
    "recipient": "Styrgruppen för boende",
}
WIFI = {"wifi_name": "Verkstan", "wifi_password": "ordning-och-reda"}


class Clock(datetime):
    """The time of the played workshop: it starts at nine and is moved on by hand."""

    moved = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Clock":
        return super().now(tz) + cls.moved

    @classmethod
    def start(cls, hour: int) -> None:
        """Sets the clock to a full hour of today."""
        here = datetime.now().astimezone()
        cls.moved = here.replace(hour=hour, minute=0, second=0, microsecond=0) - here

    @classmethod
    def on(cls, **span: float) -> None:
        """Moves the clock forward."""
        cls.moved += timedelta(**span)


class MovedTime:
    """The module `time` as the phones' page asks it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def time(self) -> float:
        """The moved time in seconds."""
        return time.time() + Clock.moved.total_seconds()


class Shown:
    """The running server with the address that the pictures show."""

    def __init__(self, server: Any, phones: int) -> None:
        self.server, self.phones = server, phones
        self.host, self.port = SHOWN_HOST, SHOWN_PORT

    def __getattr__(self, name: str) -> Any:
        return getattr(self.server, name)

    def connected(self) -> int:
        """All phones of the sample: the played ones hold no page open."""
        return self.phones


def settle(milliseconds: int = 400) -> None:
    """Lets Qt work for a while."""
    until = QDeadlineTimer(milliseconds)
    while not until.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def wait_for(done: Callable[[], Any]) -> Any:
    """Lets Qt work until something is true."""
    until = QDeadlineTimer(30_000)
    while not (result := done()):
        if until.hasExpired():
            sys.exit("The desk never came so far.")
        settle(20)
    return result


# Phones in a browser ------------------------------------------------------------------


@dataclass
class Browser:
    """A Chromium that shows what a phone shows; steered over its own debugging line."""

    address: str

    async def _picture(self, url: str, cookies: Mapping[str, str], script: str) -> bytes:
        asked = itertools.count(1)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self.address, max_msg_size=0) as line,
        ):

            async def tell(method: str, page: str = "", **values: Any) -> dict[str, Any]:
                number = next(asked)
                at = {"sessionId": page} if page else {}
                await line.send_json({"id": number, "method": method, "params": values, **at})
                async for message in line:
                    told = json.loads(message.data)
                    if told.get("id") == number:
                        return dict(told.get("result", {}))
                raise ConnectionError("the browser hung up")

            target = (await tell("Target.createTarget", url="about:blank"))["targetId"]
            page = (await tell("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
            wide, high = PHONE
            await tell(
                "Emulation.setDeviceMetricsOverride",
                page,
                width=wide,
                height=high,
                deviceScaleFactor=2,
                mobile=True,
            )
            for name, value in cookies.items():
                await tell("Network.setCookie", page, name=name, value=value, url=url)
            await tell("Network.setExtraHTTPHeaders", page, headers={"Accept-Language": "sv"})
            await tell("Page.navigate", page, url=url)
            await asyncio.sleep(1.5)
            if script:
                await tell("Runtime.evaluate", page, expression=script)
                await asyncio.sleep(0.4)
            shot = await tell("Page.captureScreenshot", page, format="png")
            await tell("Target.closeTarget", targetId=target)
            return base64.b64decode(shot["data"])

    def picture(self, url: str, cookies: Mapping[str, str], script: str = "") -> bytes:
        """A PNG of the page at a phone's size."""
        return asyncio.run(self._picture(url, cookies, script))


@contextmanager
def browser() -> Iterator[Browser | None]:
    """A browser for the time of the run, or None where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as home:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=sv"]
        process = subprocess.Popen(
            [program, *flags, f"--user-data-dir={home}", "--remote-debugging-port=0"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            found = next(
                (m[1] for line in process.stderr or () if (m := re.search(r"listening on (ws://\S+)", line))),
                "",
            )
            yield Browser(found) if found else None
        finally:
            process.terminate()
            process.wait(10)


# The workshop ---------------------------------------------------------------------------


class Studio:
    """A desk with a whole workshop on it, photographed on its way."""

    def __init__(self, folder: Path, out: Path, wanted: tuple[str, ...], eye: Browser | None) -> None:
        self.out, self.wanted, self.eye = out, wanted, eye
        self.folder = folder
        self.settings = Settings(folder / "home")
        self.settings.put(language="sv", theme="light", percent=100)
        dress("light", 100, calm=True)
        self.window = MainWindow(self.settings)
        self.window.resize(*DESK)
        self.window.show()
        source = sample_path(SAMPLE)
        self.short: Short = read_short(actions.transfer.read_json(source), source.name)
        self.played = demo.Show(self.short, folder, "Innovationsupphandling", None, lambda _line: None, False)
        self.phones: list[Phone] = []
        self.url = ""

    # Pictures ------------------------------------------------------------------------------

    def desk(self, name: str) -> None:
        """A picture of the window as it is."""
        if name in self.wanted:
            focus = self.window.focusWidget()
            if focus is not None:
                focus.clearFocus()
            settle()
            self.window.grab().save(str(self._place(name)))

    def projector(self, name: str) -> None:
        """A picture of what the room sees."""
        if name in self.wanted and self.window.show_ is not None:
            self.window.show_.picture(*PROJECTOR).save(str(self._place(name)))

    def phone(self, name: str, phone: Phone | None, script: str = "") -> None:
        """A picture of one phone's page."""
        if name in self.wanted and self.eye is not None:
            cookies = phone._cookies if phone is not None else {}
            self._place(name).write_bytes(self.eye.picture(self.url, cookies, script))

    def _place(self, name: str) -> Path:
        print(name)
        return self.out / f"{name}.png"

    # The way through it ---------------------------------------------------------------------

    def play(self) -> None:
        """The whole workshop, step by step."""
        for name in OTHERS:
            other = actions.transfer.import_json(sample_path(name), self.folder / f"{name}.behov")
            self.window.open_file(other)
            settle(100)
        Clock.start(9)
        cover = demo_room.cover(self.short) | COVER | {"date": date.today().isoformat()}
        file = actions.session.create(self.played.file_path, program="pictures", **cover)
        invite.local_addresses = lambda: ["127.0.0.1"]  # type: ignore[assignment]
        self.window.open_file(file)
        bridge = self.window.bridge
        assert bridge is not None
        self.file, self.bridge = file, bridge
        for key, value in WIFI.items():
            do(file, actions.session.set_setting, key=key, value=value)
        wait_for(lambda: bridge.server is not None)
        self.url = bridge.server.url
        invite.local_addresses = lambda: [SHOWN_HOST]  # type: ignore[assignment]
        bridge.set_server(Shown(bridge.server, len(self.played.people)))
        self.phones = [Phone(self.url, n, **asdict(p)) for n, p in enumerate(self.played.people)]
        leader = demo_room.Leader(file, self.short)
        with ThreadPoolExecutor(max_workers=4) as pool:
            for step in queries.format_of(file).steps:
                self._step(step, leader, pool)
        self._summary()
        for phone in self.phones:
            phone.close()
        self.window.show_start()
        self.desk("desk-start")
        self.window.close()

    def _step(self, step: Step, leader: demo_room.Leader, pool: ThreadPoolExecutor) -> None:
        if step.id != queries.session(self.file).current_step:
            do(self.file, actions.agenda.next_step)
        if step.kind == "lobby":
            self.phone("phone-join", None)
        getattr(leader, f"before_{step.kind}", lambda _step: None)(step)
        Clock.on(minutes=1)
        self._phones(step, pool)
        getattr(leader, f"after_{step.kind}", lambda _step: None)(step)
        settle()
        getattr(self, f"_after_{step.kind}", lambda: None)()
        Clock.on(minutes=max(step.minutes - 2, 1))

    def _phones(self, step: Step, pool: ThreadPoolExecutor) -> None:
        part = self.played._part(step, self.file)
        if part is None:
            return
        if step.makes == "card" and step.kind == "ask":
            self._cards(step)
            return
        waiting = self.phones[-1:] if step.kind == "rate" else []
        list(pool.map(part, [p for p in self.phones if p not in waiting]))
        for phone in waiting:
            self.phone("phone-rating", phone)
            part(phone)

    def _cards(self, step: Step) -> None:
        """The silent minutes: a rush, then fewer and fewer; the picture is taken before it is quite still."""
        sending = [(phone, one) for n, phone in enumerate(self.phones) for one in self.played.cast[n]]
        sending.sort(key=lambda pair: self.played.cast[pair[0].number].index(pair[1]))
        per_minute = [5, 9, 8, 6, 5, 4, 3]
        shares = [minute for minute, count in enumerate(per_minute) for _ in range(count)]
        minute = 0
        for place, (phone, one) in enumerate(sending):
            while minute < (shares[place] if place < len(shares) else len(per_minute)):
                Clock.on(minutes=1)
                minute += 1
                if minute == len(per_minute):
                    self._silent(sending[-1][0])
            phone.send(step.id, {"text": one["text"]}, text=one["text"], twice=False)

    def _silent(self, phone: Phone) -> None:
        self.bridge.look()
        settle()
        self.desk("desk-session")
        self.projector("projector-silent")
        words = "Grannskapet hör inte av sig förrän ritningarna är klara."
        typing = f"const t = document.querySelector('textarea'); t.value = {json.dumps(words)};"
        typing += "t.dispatchEvent(new Event('input', {bubbles: true}));"
        self.phone("phone-step", phone, typing)

    def _pick(self, number: int) -> None:
        """Chooses a need in the list of the page."""
        self.bridge.look()
        settle()
        page: Any = self.window.cockpit.page if self.window.cockpit is not None else None
        page.list.pick(next(n.id for n in queries.needs(self.file) if n.number == number))
        settle()

    def _after_lobby(self) -> None:
        self.desk("desk-lobby")
        self.projector("projector-join")

    def _after_group(self) -> None:
        self.desk("desk-heaps")

    def _after_formulate(self) -> None:
        self._pick(4)
        self.desk("desk-need")

    def _after_rate(self) -> None:
        do(self.file, actions.agenda.pause_phones)  # all votes are shown once phones cannot answer
        settle()
        self._pick(4)
        self.desk("desk-priority")
        do(self.file, actions.agenda.open_phones)

    def _after_route(self) -> None:
        for need in queries.needs(self.file):
            do(self.file, actions.need.set_fields, need=need.id, needed_by="1 september")
        settle()
        self._pick(6)
        self.desk("desk-route")

    def _after_close(self) -> None:
        told = {"owner": "Upphandlingschefen", "kept_where": "Diariet", "next_date": "1 september"}
        for key, value in told.items():
            do(self.file, actions.session.set_setting, key=key, value=value)

    def _summary(self) -> None:
        cockpit = self.window.cockpit
        assert cockpit is not None
        cockpit.show_step("summary")
        page: Any = cockpit.page
        made = wait_for(lambda: page.made)
        settle(1500)
        made = page.made
        need = next(start for start, number in made.needs.items() if number == 4)
        page.show_page(need)
        settle(800)
        self.desk("desk-summary")
        for name, number in (("pdf-cover", 1), ("pdf-need", need)):
            if name in self.wanted:
                render(made.data, number, PAPER).save(str(self._place(name)))


def main() -> int:
    """Makes the pictures that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for module in (writer, desk_bridge, live):
        module.datetime = Clock  # type: ignore[attr-defined]
    live.time = MovedTime()  # type: ignore[assignment]
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder, browser() as eye:
        os.environ["WORKSHOP_HOME"] = str(Path(folder) / "home")
        Studio(Path(folder), given.out, tuple(given.names) or NAMES, eye).play()
        if eye is None:
            print("No Chromium here: the pictures of the phones are as they were.", file=sys.stderr)
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
