"""The room check on the desk: its page with made-up facts, its ways in, what it keeps, and how facts are gathered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtNetwork import QNetworkInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop import main_window, phones, room_facts
from workshop_app.desktop.pages import room_check as page_module
from workshop_app.desktop.pages.room_rows import CheckRow
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.widgets import Button, PlainLabel
from workshop_app.model import room_check
from workshop_app.model.room_check import Adapter, Facts
from workshop_app.store import queries

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2030, 6, 15, 8, 24).astimezone()
WIFI = Adapter("192.168.8.2", "wlan0", "wifi")
VPN = Adapter("100.64.0.9", "tun0", "vpn")
GOOD = Facts(now=NOW, adapters=(WIFI,), plugged=True, battery=64, free=41_000_000_000)
BAD = replace(
    GOOD,
    now=datetime(2020, 1, 1, 8, 24).astimezone(),
    adapters=(Adapter("192.168.137.1", "Wi-Fi", "wifi"),),
    plugged=False,
    lasts=146,
    free=150_000_000,
    place="OneDrive",
)


class Phones:
    """A server as the desk sees it."""

    port, token = 8080, "k7m4abcdefghijklmnopqr"

    def __init__(self, host: str = WIFI.address) -> None:
        self.host, self.pings = host, list[bool]()
        self.ms: float | None = None

    def ping(self, anew: bool = False) -> None:
        self.pings.append(anew)

    def round_trip(self) -> float | None:
        return self.ms

    def reached(self) -> bool:
        return self.ms is not None

    def connected(self) -> int:
        return int(self.ms is not None)

    def presence(self) -> dict[str, float]:
        return {}

    def stop(self) -> None:
        pass


class Room:
    """The facts that the page is told."""

    facts = GOOD
    screens: tuple[int, tuple[int, int] | None] = (2, (1920, 1080))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    told = Room()
    monkeypatch.setattr(room_facts, "gather", lambda path: told.facts)
    monkeypatch.setattr(room_facts, "screens", lambda: told.screens)
    return told


@pytest.fixture
def opened(qt_app: Any, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function that opens the window on the room check, in a language and size; "" as host = no server."""
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    monkeypatch.setattr(page_module, "start_server", lambda bridge, host="": None)
    windows = []

    def open_(code: str = "sv", percent: int = 100, host: str = WIFI.address) -> main_window.MainWindow:
        helpers.look_like("light", percent)
        settings = Settings()
        settings.put(language=code, theme="light", percent=percent, calm=True)
        window = main_window.MainWindow(settings)
        windows.append(window)
        window.open_file(helpers.session(tmp_path))
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        assert window.bridge is not None
        assert window.cockpit is not None
        if host:
            window.bridge.set_server(Phones(host))
        else:
            window.bridge.set_server(None, "Porten är upptagen.")
        window.cockpit.show_step("room_check")
        page: Any = window.cockpit.page
        helpers.wait_for(lambda: page.checks)
        helpers.settle(window.bridge)
        return window

    yield open_
    for window in windows:
        helpers.end(window)
    helpers.look_like()


def state(page: Any, key: str) -> str:
    return str(next(c.state for c in page.checks if c.key == key))


def order(page: Any) -> list[str]:
    rows = sorted(page.list.rows.items(), key=lambda pair: pair[1].y())
    return [key for key, _row in rows]


def kept(window: Any) -> dict[str, str]:
    text = queries.session(window.bridge.file).settings.get(room_check.SETTING, "")
    return {c.key: c.line for c in room_check.from_text(text)[1]}


def test_what_is_left_stands_first_and_turns_green_alone(opened: Any, room: Room) -> None:
    room.facts = replace(GOOD, plugged=False, lasts=146)
    window = opened()
    page = window.cockpit.page
    assert page.title.text() == "Två saker kvar att ordna"
    assert page.about.text() == "7 av 9 är klara. Klockan är 08.24."
    assert order(page)[:2] == ["phone", "power"]
    assert page.anyway.isVisible() and "papper fungerar alltid" in page.anyway.text()
    assert page.side.waiting.isVisible()
    widget = page.list.rows["power"]
    room.facts = GOOD
    window.bridge.server.ms = 24.2
    page.look()
    helpers.wait_for(lambda: page.title.text() == "Allt är klart")
    helpers.settle()
    assert page.list.rows["power"] is widget and not widget.fault
    assert order(page)[0] == "phone" and page.anyway.text() == ""
    assert page.list.rows["phone"].said.text() == "Nådde sidan. Svaret tog 24 ms."
    assert not page.side.waiting.isVisible() and page.side.through.isVisible()


def test_it_tests_again_by_itself_only_while_it_is_seen(opened: Any) -> None:
    window = opened()
    page = window.cockpit.page
    assert page.timer.isActive() and page.timer.interval() == 2000
    assert window.bridge.server.pings and not any(window.bridge.server.pings)
    QTest.mouseClick(page.again, LEFT)
    assert True in window.bridge.server.pings
    window.cockpit.show_step("")
    assert not page.timer.isActive()


def test_leaving_the_page_keeps_the_verdict_and_nothing_to_undo(opened: Any, room: Room) -> None:
    window = opened()
    page = window.cockpit.page
    assert kept(window) == {}
    QTest.mouseClick(page.go, LEFT)
    helpers.wait_for(lambda: kept(window))
    assert window.cockpit.viewed == ""
    assert (kept(window)["phone"], kept(window)["disk"]) == ("not_yet", "gb")
    assert window.bridge.file.undo_label == ""
    assert window.bridge.about()["room_check"]
    room.facts = replace(GOOD, free=None)
    window.cockpit.show_step("room_check")
    helpers.wait_for(lambda: state(page, "disk") == "unknown")
    QTest.mouseClick(page.save, LEFT)
    helpers.wait_for(lambda: kept(window)["disk"] == "unknown")


def test_closing_the_window_keeps_it_too(opened: Any) -> None:
    window = opened()
    path = window.bridge.file.path
    window.show_start()
    helpers.settle()
    window.open_path(path)
    assert kept(window)["phone"] == "not_yet"


def test_a_row_has_at_most_one_button_and_it_does_what_it_says(opened: Any, room: Room) -> None:
    room.facts = replace(GOOD, adapters=(VPN, WIFI))
    window = opened(host=VPN.address)
    page = window.cockpit.page
    row = page.list.rows["network"]
    assert row.button.isVisible() and row.button.words() == "Använd 192.168.8.2"
    assert [b for b in page.findChildren(Button) if b.isVisible()] == [row.button]
    row.button.setFocus()
    QTest.keyClick(row.button, Qt.Key.Key_Space)
    helpers.wait_for(lambda: queries.session(window.bridge.file).settings.get("host") == WIFI.address)


def test_a_page_that_did_not_open_says_why_and_can_be_tried_again(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(host="")
    tried: list[Any] = []
    monkeypatch.setattr(page_module, "start_server", tried.append)
    row = window.cockpit.page.list.rows["door"]
    assert row.said.text() == "Öppnade inte. Porten är upptagen."
    QTest.mouseClick(row.button, LEFT)
    assert tried == [window.bridge]


def test_the_codes_are_those_of_the_room(opened: Any) -> None:
    window = opened()
    side = window.cockpit.page.side
    assert side.page.isVisible() and side.page_words.text() == "192.168.8.2:8080"
    assert not side.wifi.isVisible()
    for key, value in (("wifi_name", "<b>Verkstan</b>"), ("wifi_password", "bjork-42")):
        actions.do(window.bridge.file, actions.session.set_setting, key=key, value=value)
    helpers.wait_for(lambda: (helpers.settle(window.bridge), side.wifi.isVisible())[1])
    assert side.wifi_words.text() == "<b>Verkstan</b> · lösenord bjork-42"
    assert side.wifi_words.textFormat() == Qt.TextFormat.PlainText
    picture = side.page.grab().toImage()
    assert picture.pixelColor(1, 1) == Qt.GlobalColor.white


def test_it_is_reached_from_the_first_step_the_menu_and_the_start_page(opened: Any) -> None:
    window = opened()
    window.cockpit.show_step("")
    QTest.mouseClick(window.cockpit.page.check, LEFT)
    assert window.cockpit.viewed == "room_check"
    window.cockpit.escape()
    assert window.cockpit.viewed == ""
    menu = window.cockpit.top.menu_button.menu()
    next(a for a in menu.actions() if a.text() == "Kontrollera rummet").trigger()
    assert window.cockpit.viewed == "room_check"
    window.show_start()
    helpers.settle()
    lead = window.stack.currentWidget().lead
    words = [w.text() for w in lead.findChildren(PlainLabel)]
    assert "Rummet är kontrollerat" in words
    QTest.mouseClick(lead.check, LEFT)
    helpers.settle(window.bridge)
    assert window.cockpit.viewed == "room_check"


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_nothing_is_cut_off_and_every_control_has_a_name(
    opened: Any, room: Room, percent: int, code: str
) -> None:
    room.facts, room.screens = BAD, (1, None)
    window = opened(code, percent, host="")
    page = window.cockpit.page
    assert sum(c.fault for c in page.checks) == 8
    for label in (*page.findChildren(PlainLabel), *page.side.findChildren(PlainLabel)):
        if not label.isVisible():
            continue
        assert label.textFormat() == Qt.TextFormat.PlainText
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        else:
            assert label.width() >= label.sizeHint().width() - 1, label.text()
    for button in window.cockpit.stage.findChildren(Button):
        if button.isVisible():
            assert button.accessibleName() and button.width() >= button.sizeHint().width()
            assert button.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    for row in page.findChildren(CheckRow):
        for part in row.findChildren(QLabel):
            if part.isVisible():
                assert part.text() in row.accessibleName() + f" {row.title.text()}"


def test_the_whole_page_works_by_keyboard(opened: Any, room: Room) -> None:
    room.facts = replace(GOOD, adapters=(VPN, WIFI))
    window = opened(host=VPN.address)
    page = window.cockpit.page
    wanted = {page.again, page.save, page.go, page.list.rows["network"].button}
    seen = set()
    for _ in range(60):
        window.focusNextChild()
        seen.add(QApplication.focusWidget())
    assert wanted <= seen
    page.go.setFocus()
    QTest.keyClick(page.go, Qt.Key.Key_Space)
    assert window.cockpit.viewed == ""


# Gathering -----------------------------------------------------------------------------------------

Type = QNetworkInterface.InterfaceType


@pytest.mark.parametrize(
    ("name", "type_", "kind"),
    [
        ("wlan0", Type.Wifi, "wifi"),
        ("wlp2s0", Type.Unknown, "wifi"),
        ("Wi-Fi", Type.Wifi, "wifi"),
        ("eth0", Type.Ethernet, "ethernet"),
        ("Ethernet 2", Type.Ethernet, "ethernet"),
        ("vEthernet (WSL)", Type.Ethernet, "virtual"),
        ("docker0", Type.Virtual, "virtual"),
        ("VirtualBox Host-Only Network", Type.Ethernet, "virtual"),
        ("tun0", Type.Virtual, "vpn"),
        ("Tailscale", Type.Unknown, "vpn"),
        ("OpenVPN TAP-Windows6", Type.Ethernet, "vpn"),
        ("utun4", Type.Unknown, "vpn"),
        ("ppp0", Type.Ppp, "vpn"),
        ("bridge100", Type.Unknown, "other"),
    ],
)
def test_adapters_are_told_apart_by_name_and_type(name: str, type_: Any, kind: str) -> None:
    assert room_facts.kind_of(name, type_) == kind


def test_this_computer_tells_what_it_knows(qt_app: Any, tmp_path: Path) -> None:
    facts = room_facts.gather(tmp_path / "session.behov")
    assert facts.free is not None and facts.free > 0
    assert facts.now.tzinfo is not None
    assert not any("%" in a.address for a in facts.adapters)
    assert len(room_check.judge(facts)) == 9
    assert room_facts.free_bytes(tmp_path / "gone" / "session.behov") is None


def test_the_disk_under_a_file_is_the_nearest_one() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nserver:/common /srv/common nfs4 rw 0 0\n"
        "//server/a /srv/my\\040files cifs rw 0 0\nodd\n"
    )
    assert room_facts.mount_type(Path("/srv/common/a/v.behov"), mounts) == "nfs4"
    assert room_facts.mount_type(Path("/srv/commons/v.behov"), mounts) == "ext4"
    assert room_facts.mount_type(Path("/srv/my files/v.behov"), mounts) == "cifs"
    assert room_facts.mount_type(Path("/srv/v.behov"), "") == ""


def supply(folder: Path, name: str, **told: str) -> None:
    (folder / name).mkdir(parents=True)
    for key, value in told.items():
        (folder / name / key).write_text(value + "\n", encoding="utf-8")


def test_the_battery_is_read_where_linux_shows_it(tmp_path: Path) -> None:
    assert room_facts.power(tmp_path / "none") == (None, None, None)
    folder = tmp_path / "power"
    supply(folder, "AC", type="Mains", online="0")
    supply(folder, "hid-mouse", type="Battery", scope="Device", capacity="5")
    assert room_facts.power(folder) == (True, None, None)
    supply(
        folder,
        "BAT0",
        type="Battery",
        status="Discharging",
        capacity="64",
        energy_now="24000000",
        power_now="8000000",
    )
    assert room_facts.power(folder) == (False, 64, 180)
    (folder / "AC" / "online").write_text("1", encoding="utf-8")
    (folder / "BAT0" / "status").write_text("Charging", encoding="utf-8")
    assert room_facts.power(folder) == (True, 64, None)
