"""The rules of the room check: what each fact comes to, in which order, and how a check is kept."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from workshop_app import i18n
from workshop_app.model import room_check
from workshop_app.model.room_check import Adapter, Check, Facts
from workshop_app.model.room_lines import LINES, OK, TITLES, TODO, UNKNOWN, WAITING

SV, EN = i18n.language("sv"), i18n.language("en")
NOW = datetime(2026, 6, 15, 8, 24, tzinfo=UTC)
WIFI, CABLE = Adapter("192.168.8.2", "wlan0", "wifi"), Adapter("10.1.2.3", "eth0", "ethernet")
VPN = Adapter("100.64.0.9", "tailscale0", "vpn")
OWN = Adapter("192.168.137.1", "Wi-Fi 2", "wifi")
LOOP = Adapter("127.0.0.1", "lo", "loopback")
GOOD = Facts(
    now=NOW,
    adapters=(LOOP, WIFI),
    host=WIFI.address,
    port=8080,
    round_trip=23.6,
    screens=2,
    second_screen=(1920, 1080),
    plugged=True,
    battery=64,
    free=41_000_000_000,
    people=40,
    made_at=NOW - timedelta(days=3),
)


def of(key: str, **changes: Any) -> Check:
    return next(c for c in room_check.judge(replace(GOOD, **changes)) if c.key == key)


def test_a_good_room_is_green_in_every_row() -> None:
    checks = room_check.judge(GOOD)
    assert [c.key for c in checks] == list(TITLES)
    assert {c.state for c in checks} == {OK}
    assert checks[0].said(SV) == "Nådde sidan. Svaret tog 24 ms."


@pytest.mark.parametrize(
    ("changes", "key", "line", "state"),
    [
        ({"round_trip": 1400.0}, "phone", "slow", TODO),
        ({"round_trip": None, "reached": True}, "phone", "reached", OK),
        ({"round_trip": None}, "phone", "not_yet", WAITING),
        ({"round_trip": None, "host": ""}, "phone", "no_door", WAITING),
        ({"adapters": (LOOP,), "host": "127.0.0.1"}, "network", "none", TODO),
        ({"adapters": (LOOP, Adapter("169.254.7.7", "wlan0", "wifi"))}, "network", "self_given", TODO),
        ({"round_trip": None, "adapters": (WIFI, VPN)}, "network", "vpn", TODO),
        ({"adapters": (WIFI, VPN)}, "network", "wifi", OK),  # the phone has proved that it works
        ({"round_trip": None, "adapters": (WIFI, VPN), "host": VPN.address}, "network", "other", TODO),
        ({"round_trip": None, "adapters": (LOOP, WIFI), "host": "127.0.0.1"}, "network", "other", TODO),
        ({"round_trip": None, "adapters": (WIFI, CABLE)}, "network", "several", UNKNOWN),
        ({"round_trip": None, "adapters": (WIFI, CABLE), "chosen": True}, "network", "wifi", OK),
        ({"adapters": (WIFI, CABLE)}, "network", "wifi", OK),
        ({"adapters": (CABLE,), "host": CABLE.address}, "network", "cable", OK),
        ({"adapters": (OWN,), "host": OWN.address}, "network", "hotspot", OK),
        ({"wifi": "Verkstan"}, "network", "named", OK),
        ({"host": ""}, "door", "starting", WAITING),
        ({"host": "", "why": "Porten är upptagen."}, "door", "shut", TODO),
        ({"connected": 50}, "places", "enough", OK),
        ({"connected": 51}, "places", "many", TODO),
        ({"adapters": (OWN,), "host": OWN.address, "people": 8}, "places", "hotspot", OK),
        ({"adapters": (OWN,), "host": OWN.address, "people": 9}, "places", "crowded", TODO),
        (
            {"adapters": (Adapter("172.20.10.3", "en0", "wifi"),), "host": "172.20.10.3"},
            "places",
            "crowded",
            TODO,
        ),
        ({"adapters": (LOOP,), "host": "127.0.0.1"}, "places", "none", UNKNOWN),
        ({"screens": 1, "second_screen": None}, "screen", "one", TODO),
        ({"battery": None}, "power", "mains", OK),
        ({"battery": None, "plugged": None}, "power", "unknown", UNKNOWN),
        ({"plugged": False}, "power", "battery", TODO),
        ({"plugged": False, "lasts": 146}, "power", "lasts", TODO),
        ({"plugged": False, "lasts": 240}, "power", "long", OK),
        ({"free": 1_000_000_000}, "disk", "gb", OK),
        ({"free": 200_000_000}, "disk", "mb", OK),
        ({"free": 199_999_999}, "disk", "little", TODO),
        ({"free": 49_999_999}, "disk", "hardly", TODO),
        ({"free": None}, "disk", "unknown", UNKNOWN),
        ({"place": "network"}, "file", "network", TODO),
        ({"place": "OneDrive"}, "file", "synced", TODO),
        ({"made_at": NOW + timedelta(minutes=4)}, "clock", "right", OK),
        ({"made_at": NOW + timedelta(minutes=6)}, "clock", "behind", TODO),
    ],
)
def test_each_fact_has_its_line(changes: dict[str, Any], key: str, line: str, state: str) -> None:
    check = of(key, **changes)
    assert (check.line, check.state) == (line, state)
    assert check.fault == bool(check.remedy(SV)), "what is left to do has a remedy, and nothing else has"
    for lang in (SV, EN):
        assert "{" not in check.title(lang) + check.said(lang) + check.remedy(lang)


def test_every_line_is_translated_and_has_one_remedy_exactly_when_something_is_left() -> None:
    for lines in LINES.values():
        for line in lines.values():
            assert bool(line.remedy) == (line.state in (TODO, WAITING))
            assert line.action == "" or line.state == TODO


def test_faults_come_first_and_keep_their_order() -> None:
    checks = room_check.judge(
        replace(GOOD, round_trip=None, plugged=False, free=None, adapters=(LOOP, WIFI, CABLE))
    )
    assert [c.key for c in checks[:4]] == ["phone", "power", "network", "disk"]
    assert [c.state for c in checks[:4]] == [WAITING, TODO, UNKNOWN, UNKNOWN]


def test_the_proposed_address_is_the_one_that_phones_reach() -> None:
    v6 = Adapter("fd00::8", "wlan0", "wifi")
    switch = Adapter("172.17.0.1", "docker0", "virtual")
    assert room_check.propose((LOOP, switch, VPN, CABLE, v6, WIFI)) == WIFI
    assert room_check.propose((CABLE, OWN)) == OWN
    assert room_check.propose((VPN, CABLE)) == CABLE
    assert room_check.propose((LOOP, switch, VPN)) is None
    other = of("network", round_trip=None, adapters=(VPN, WIFI), host=VPN.address)
    assert (other.remedy(SV), other.action) == ("Använd 192.168.8.2", "use_address")


def test_a_time_is_written_as_the_language_does() -> None:
    power = of("power", plugged=False, lasts=146)
    assert power.said(SV) == "Batteri 64 %. Det räcker till ungefär 10.50."
    assert power.said(EN) == "Battery 64 %. It lasts until about 10:50."


@pytest.mark.parametrize(
    ("path", "mount", "place"),
    [
        (PurePosixPath("/data/anna/verkstad.behov"), "ext4", "local"),
        (PurePosixPath("/data/anna/Dropbox/verkstad.behov"), "ext4", "Dropbox"),
        (PurePosixPath("/data/anna/Dropbox (Kommunen)/a/verkstad.behov"), "", "Dropbox"),
        (PurePosixPath("/data/Library/CloudStorage/GoogleDrive-anna@a.se/v.behov"), "apfs", "Google Drive"),
        (PurePosixPath("/data/Library/Mobile Documents/com~apple~CloudDocs/v.behov"), "", "iCloud"),
        (PurePosixPath("/data/anna/Nextcloud/v.behov"), "btrfs", "Nextcloud"),
        (PurePosixPath("/data/anna/dropboxar/v.behov"), "ext4", "local"),
        (PurePosixPath("/data/anna/OneDrive.behov"), "ext4", "local"),
        (PurePosixPath("/srv/v.behov"), "nfs4", "network"),
        (PurePosixPath("/srv/v.behov"), "cifs", "network"),
        (PurePosixPath("/srv/v.behov"), "fuse.sshfs", "network"),
        (PureWindowsPath(r"C:\Data\OneDrive - Nässjö kommun\v.behov"), "", "OneDrive"),
        (PureWindowsPath(r"\\server\gemensam\v.behov"), "", "network"),
        (PureWindowsPath(r"C:\Data\v.behov"), "", "local"),
    ],
)
def test_where_a_file_lies_is_seen_by_its_folders_and_its_disk(path: Any, mount: str, place: str) -> None:
    assert room_check.place_of(path, mount) == place


def test_a_check_is_kept_without_words_and_read_in_any_language() -> None:
    checks = room_check.judge(replace(GOOD, round_trip=None, host="", why="Hemlig orsak."))
    text = room_check.to_text(checks, NOW)
    assert "Hemlig" not in text and "telefon" not in text
    at, kept = room_check.from_text(text)
    assert at == NOW
    assert [(c.key, c.line) for c in kept] == [(c.key, c.line) for c in checks]
    assert next(c for c in kept if c.key == "disk").said(EN) == "41 GB free."


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"at": 7, "rows": []}', '{"at": "2026-06-15T08:24:00"}']
)
def test_what_is_no_check_is_none(text: str) -> None:
    assert room_check.from_text(text) == (None, ())


def test_a_strangers_file_brings_no_sentences_of_its_own() -> None:
    rows = [
        ["disk", "gb", {"n": 41}],
        ["disk", "gb", {}],
        ["disk", "no such line", {"n": 1}],
        ["no such row", "gb", {"n": 1}],
        ["network", "named", {"wifi": "x" * 5000, "address": "{wifi.__class__}"}],
        "disk",
        [["disk"], "gb", {}],
    ]
    _at, kept = room_check.from_text(json.dumps({"at": "2026-06-15T08:24:00", "rows": rows}))
    assert [(c.key, c.line) for c in kept] == [("disk", "gb"), ("network", "named")]
    assert len(kept[1].said(SV)) < 400 and "{wifi.__class__}" in kept[1].said(SV)
