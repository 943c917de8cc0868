"""The room check: facts about the computer, the network and the leader's phone become rows of green or red.

Each row is one line of a fixed table, so that a stored check holds keys and values and never words: it is read in any
language, and a file from a stranger cannot bring sentences of its own.
"""

import ipaddress
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from workshop_app.i18n import Language
from workshop_app.model import dates
from workshop_app.model.room_lines import LINES, OK, TITLES, TODO, UNKNOWN, WAITING

SETTING = "room_check"  # the session's setting that keeps the last check
HOTSPOT_PHONES, ACCESS_POINT_PHONES = 8, 50  # what they carry, about
SLOW_MS = 1000.0
LITTLE_DISK, HARDLY_ANY_DISK = 200, 50  # MB
BATTERY_ENOUGH = 4 * 60  # minutes: the longest workshop with its break
CLOCK_SLACK = timedelta(minutes=5)
MOST_SIGNS = 200
_OWN_HOTSPOT = ("10.42.0.1", "192.168.137.1", "192.168.2.1")  # what Linux, Windows and macOS call themselves
_PHONE_HOTSPOT = tuple(map(ipaddress.ip_network, ("172.20.10.0/28", "192.168.43.0/24")))  # iPhone, Android
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_NETWORK_TYPES = ("nfs", "cifs", "smb", "afp", "9p", "sshfs", "fuse.sshfs", "davfs", "fuse.davfs", "ncpfs")


@dataclass(frozen=True)
class Adapter:
    """One address of this computer. `kind`: wifi, ethernet, virtual, vpn, loopback or other; `name` the system's own."""

    address: str
    name: str = ""
    kind: str = "other"

    @property
    def hotspot(self) -> bool:
        """Whether phones on this network share a hotspot: this computer's own, or that of a phone."""
        try:
            at = ipaddress.ip_address(self.address)
        except ValueError:
            return False
        return self.address in _OWN_HOTSPOT or any(at in net for net in _PHONE_HOTSPOT)

    @property
    def usable(self) -> bool:
        """Whether phones in the room could reach this address."""
        return self.kind not in ("virtual", "vpn", "loopback") and not _self_given(self.address)


@dataclass(frozen=True)
class Facts:
    """What is known at one moment. None means that the computer does not tell.

    `host` and `port` say where the phones' page answers ("" = not yet), `why` why it does not, in words.
    `round_trip` is the answer time of a phone in ms, `free` is bytes, `battery` percent, `lasts` minutes.
    """

    now: datetime
    adapters: tuple[Adapter, ...] = ()
    host: str = ""
    port: int = 0
    why: str = ""
    chosen: bool = False  # the leader picked the address
    wifi: str = ""
    reached: bool = False  # a phone has opened the page
    round_trip: float | None = None
    connected: int = 0
    people: int = 0  # the most that the format is for
    screens: int = 1
    second_screen: tuple[int, int] | None = None
    plugged: bool | None = None
    battery: int | None = None
    lasts: int | None = None
    free: int | None = None
    place: str = "local"  # local, network, or the name of the service that syncs the folder
    made_at: datetime | None = None  # when the session was made


@dataclass(frozen=True)
class Check:
    """One row of the room check: `key` and `line` pick the words, `values` fill them."""

    key: str
    line: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """ok, todo, waiting or unknown."""
        return LINES[self.key][self.line].state

    @property
    def fault(self) -> bool:
        """Whether something is left to do."""
        return self.state in (TODO, WAITING)

    @property
    def action(self) -> str:
        """What the row's button does: "use_address", "start", or "" for no button."""
        return LINES[self.key][self.line].action

    def title(self, lang: Language) -> str:
        """What is checked."""
        return lang(TITLES[self.key])

    def said(self, lang: Language) -> str:
        """How it is."""
        return lang(LINES[self.key][self.line].said).format(**self._values(lang))

    def remedy(self, lang: Language) -> str:
        """The one thing to do, or ""."""
        return lang(LINES[self.key][self.line].remedy).format(**self._values(lang))

    def _values(self, lang: Language) -> dict[str, str | int]:
        words: Mapping[str, Callable[[str, Language], str]] = {
            "time": dates.clock_words,
            "date": partial(dates.day_words, weekday=False, year=True),
        }
        return {k: words[k](str(v), lang) if k in words else v for k, v in self.values.items()}


# Judging ------------------------------------------------------------------------------------------


def judge(facts: Facts) -> tuple[Check, ...]:
    """Every row, what is left to do first; within each part in the order of the table."""
    rules: Mapping[str, Callable[[Facts], Check]] = {
        "phone": _phone,
        "network": _network,
        "door": _door,
        "places": _places,
        "screen": _screen,
        "power": _power,
        "disk": _disk,
        "file": _file,
        "clock": _clock,
    }
    return in_order(rule(facts) for rule in rules.values())


def in_order(checks: Iterable[Check]) -> tuple[Check, ...]:
    """What is left to do first, then what nobody can know, then what is fine."""
    rank = {TODO: 0, WAITING: 0, UNKNOWN: 1, OK: 2}
    return tuple(sorted(checks, key=lambda c: rank[c.state]))


def propose(adapters: Iterable[Adapter]) -> Adapter | None:
    """The address that phones in the room most likely reach: own hotspot, Wi-Fi, cable, others; IPv4 first."""
    kinds = ("wifi", "ethernet", "other")

    def rank(one: Adapter) -> tuple[bool, bool, int]:
        return (
            one.address not in _OWN_HOTSPOT,
            ":" in one.address,
            kinds.index(one.kind) if one.kind in kinds else 9,
        )

    return min((a for a in adapters if a.usable), key=rank, default=None)


def _self_given(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_link_local
    except ValueError:
        return True


def _phone(facts: Facts) -> Check:
    if facts.round_trip is not None:
        line = "slow" if facts.round_trip > SLOW_MS else "answers"
        return Check("phone", line, {"ms": max(round(facts.round_trip), 1)})
    if facts.reached:
        return Check("phone", "reached")
    return Check("phone", "not_yet" if facts.host else "no_door")


def _network(facts: Facts) -> Check:
    best = propose(facts.adapters)
    if best is None:
        made_up = next((a.address for a in facts.adapters if a.address and _self_given(a.address)), "")
        return Check("network", "self_given", {"address": made_up}) if made_up else Check("network", "none")
    proven = facts.reached or facts.round_trip is not None
    here = next((a for a in facts.adapters if a.address == facts.host), best)
    if facts.host and not here.usable and not proven:
        return Check("network", "other", {"host": facts.host, "address": best.address})
    vpn = next((a for a in facts.adapters if a.kind == "vpn"), None)
    if vpn is not None and not proven:
        return Check("network", "vpn", {"name": vpn.name})
    usable = {a.name or a.address for a in facts.adapters if a.usable}
    if len(usable) > 1 and not (facts.chosen or proven):
        return Check("network", "several", {"n": len(usable), "address": here.address})
    if here.address in _OWN_HOTSPOT:
        return Check("network", "hotspot", {"address": here.address})
    if facts.wifi:
        return Check("network", "named", {"wifi": facts.wifi, "address": here.address})
    line = {"wifi": "wifi", "ethernet": "cable"}.get(here.kind, "plain")
    return Check("network", line, {"address": here.address})


def _door(facts: Facts) -> Check:
    if facts.host:
        return Check("door", "open", {"host": facts.host, "port": facts.port})
    return Check("door", "shut", {"why": facts.why}) if facts.why else Check("door", "starting")


def _places(facts: Facts) -> Check:
    best = propose(facts.adapters)
    here = next((a for a in facts.adapters if a.address == facts.host and a.usable), best)
    if here is None:
        return Check("places", "none")
    most = HOTSPOT_PHONES if here.hotspot else ACCESS_POINT_PHONES
    told: dict[str, str | int] = {"most": most, "n": facts.connected}
    if here.hotspot:
        people = max(facts.people, facts.connected)
        return (
            Check("places", "crowded", {"most": most, "people": people})
            if people > most
            else Check("places", "hotspot", told)
        )
    return Check("places", "many" if facts.connected > most else "enough", told)


def _screen(facts: Facts) -> Check:
    if facts.screens < 2 or facts.second_screen is None:
        return Check("screen", "one")
    width, height = facts.second_screen
    return Check("screen", "two", {"width": width, "height": height})


def _power(facts: Facts) -> Check:
    if facts.battery is None:
        return Check("power", "mains" if facts.plugged else "unknown")
    percent: dict[str, str | int] = {"percent": facts.battery}
    if facts.plugged:
        return Check("power", "plugged", percent)
    if facts.lasts is None:
        return Check("power", "battery", percent)
    until = percent | {"time": _time(facts.now + timedelta(minutes=facts.lasts))}
    return Check("power", "long" if facts.lasts >= BATTERY_ENOUGH else "lasts", until)


def _disk(facts: Facts) -> Check:
    if facts.free is None:
        return Check("disk", "unknown")
    mega = facts.free // 1_000_000
    if mega >= 1000:
        return Check("disk", "gb", {"n": mega // 1000})
    line = "hardly" if mega < HARDLY_ANY_DISK else "little" if mega < LITTLE_DISK else "mb"
    return Check("disk", line, {"n": mega})


def _file(facts: Facts) -> Check:
    if facts.place in ("local", "network"):
        return Check("file", facts.place)
    return Check("file", "synced", {"service": facts.place})


def _clock(facts: Facts) -> Check:
    shown: dict[str, str | int] = {"time": _time(facts.now), "date": facts.now.date().isoformat()}
    behind = facts.made_at is not None and facts.now + CLOCK_SLACK < facts.made_at
    return Check("clock", "behind" if behind else "right", shown)


def _time(when: datetime) -> str:
    return f"{when:%H:%M}"


# Where a file lies ----------------------------------------------------------------------------------


def place_of(path: PurePath, mount_type: str = "") -> str:
    """ "local", "network", or the service that keeps the file's folder in step; a guess by names and type of disk."""
    for part in path.parts[:-1]:
        folded = part.casefold()
        for mark, service in _SYNCED.items():
            # OneDrive - Nässjö kommun, Dropbox (Personal), GoogleDrive-anna@…
            if folded == mark or (folded.startswith(mark) and not folded[len(mark)].isalnum()):
                return service
    if mount_type.startswith(_NETWORK_TYPES) or str(path).startswith(("\\\\", "//")):
        return "network"
    return "local"


# Keeping ----------------------------------------------------------------------------------------------


def to_text(checks: Iterable[Check], at: datetime) -> str:
    """The check as it is kept in the session: keys and values, no words."""
    rows = [[c.key, c.line, {k: v for k, v in c.values.items() if k != "why"}] for c in checks]
    return json.dumps({"at": at.isoformat(timespec="seconds"), "rows": rows}, ensure_ascii=False)


def from_text(text: str) -> tuple[datetime | None, tuple[Check, ...]]:
    """A kept check; rows that this program does not know, or that lack a value, are left out."""
    try:
        kept = json.loads(text or "{}")
        at = datetime.fromisoformat(kept["at"])
        rows = list(kept["rows"])
    except (ValueError, KeyError, TypeError):
        return None, ()
    found = (_row(row) for row in rows)
    return at, in_order(check for check in found if check is not None)


def _row(row: object) -> Check | None:
    match row:
        case [str(key), str(line), dict(given)] if line in LINES.get(key, {}):
            values = {str(k): _value(v) for k, v in given.items() if isinstance(v, str | int)}
            check = Check(key, line, {"why": "", **values})
            try:
                check.said(_PLAIN)
                check.remedy(_PLAIN)
            except (KeyError, IndexError, ValueError):
                return None
            return check
    return None


def _value(value: str | int) -> str | int:
    return value[:MOST_SIGNS] if isinstance(value, str) else value


_PLAIN = Language("en")
