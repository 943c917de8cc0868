"""What the computer knows about the room: its addresses, screens, disk and battery, gathered without asking anybody."""

import ctypes
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInterface

from workshop_app.model import room_check
from workshop_app.model.room_check import Adapter, Facts

POWER = Path("/sys/class/power_supply")
MOUNTS = Path("/proc/mounts")
_VPN = (
    "tun",
    "tap",
    "wg",
    "utun",
    "ppp",
    "tailscale",
    "zt",
    "nordlynx",
    "proton",
    "ipsec",
    "vpn",
    "wireguard",
)
_VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vbox",
    "vmnet",
    "vethernet",
    "lxc",
    "lxd",
    "podman",
    "cni",
    "vmware",
    "virtual",
)
_WIFI = ("wl", "wi-fi", "wifi", "trådlös")
_CABLE = ("eth", "en", "em", "ethernet", "lan")
_UNKNOWN_LIFE = 0xFFFFFFFF
Type = QNetworkInterface.InterfaceType
_BY_TYPE = {
    Type.Loopback: "loopback",
    Type.Wifi: "wifi",
    Type.Ppp: "vpn",
    Type.Virtual: "virtual",
}


def kind_of(name: str, type_: QNetworkInterface.InterfaceType) -> str:
    """What an adapter is: the names of tunnels and virtual switches tell more than the system's type."""
    folded = name.casefold()
    if any(folded.startswith(mark) or f" {mark}" in folded for mark in _VPN):
        return "vpn"
    if any(folded.startswith(mark) or f" {mark}" in folded for mark in _VIRTUAL):
        return "virtual"
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    if folded.startswith(_WIFI):
        return "wifi"
    if type_ == Type.Ethernet or folded.startswith(_CABLE):
        return "ethernet"
    return "other"


def adapters() -> tuple[Adapter, ...]:
    """Every IPv4 address of an adapter that is up, and IPv6 addresses that hold without a zone."""
    found = []
    for one in QNetworkInterface.allInterfaces():
        flags = one.flags()
        if not (flags & one.InterfaceFlag.IsUp and flags & one.InterfaceFlag.IsRunning):
            continue
        name = one.humanReadableName() or one.name()
        kind = "loopback" if flags & one.InterfaceFlag.IsLoopBack else kind_of(name, one.type())
        for entry in one.addressEntries():
            address = entry.ip().toString()
            if "%" not in address and not (":" in address and entry.ip().isLinkLocal()):
                found.append(Adapter(address, name, kind))
    return tuple(found)


def mount_type(path: Path, mounts: str) -> str:
    """The type of the disk that a path lies on, by the lines of /proc/mounts; "" when they do not tell."""
    best, found = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = Path(parts[1].encode().decode("unicode_escape") if "\\" in parts[1] else parts[1])
        if (path == at or at in path.parents) and len(at.parts) >= best:
            best, found = len(at.parts), parts[2]
    return found


def place_of(path: Path) -> str:
    """ "local", "network" or the name of the service that syncs the folder."""
    whole = path.absolute()
    return room_check.place_of(whole, mount_type(whole, _read(MOUNTS)))


def power(folder: Path = POWER) -> tuple[bool | None, int | None, int | None]:
    """Whether the charger is connected, battery percent, and minutes left; None for what is not told."""
    if sys.platform == "win32":
        return _windows_power()
    if not folder.is_dir():
        return None, None, None
    supplies = sorted(folder.iterdir())
    batteries = [
        s for s in supplies if _read(s / "type") == "Battery" and _read(s / "scope") != "Device"
    ]  # a mouse has one too
    if not batteries:
        return True, None, None
    mains = any(_read(s / "online") == "1" for s in supplies if _read(s / "type") != "Battery")
    one = batteries[0]
    percent = _number(one / "capacity")
    drain = _number(one / "power_now") or _number(one / "current_now")
    store = _number(one / "energy_now") or _number(one / "charge_now")
    draining = _read(one / "status") == "Discharging"
    lasts = store * 60 // drain if draining and drain and store is not None else None
    return mains or _read(one / "status") in ("Charging", "Full"), percent, lasts


def _windows_power() -> tuple[bool | None, int | None, int | None]:
    if sys.platform != "win32":
        return None, None, None
    told = ctypes.create_string_buffer(12)  # SYSTEM_POWER_STATUS: four bytes, then two numbers of seconds
    if not ctypes.windll.kernel32.GetSystemPowerStatus(told):
        return None, None, None
    line, flag, percent = told.raw[0], told.raw[1], told.raw[2]
    seconds = int.from_bytes(told.raw[4:8], "little")
    plugged = {0: False, 1: True}.get(line)
    if flag & 128 or percent > 100:  # no battery, or it does not tell
        return plugged, None, None
    return plugged, percent, None if seconds == _UNKNOWN_LIFE else seconds // 60


def free_bytes(path: Path) -> int | None:
    """What is free where the file lies."""
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return None


def screens() -> tuple[int, tuple[int, int] | None]:
    """How many screens there are, and the size of the second in pixels; asked on the GUI thread."""
    known = QGuiApplication.screens()
    first = QGuiApplication.primaryScreen()
    other = next((s for s in known if s is not first), None)
    if other is None:
        return len(known), None
    ratio, size = other.devicePixelRatio(), other.size()
    return len(known), (round(size.width() * ratio), round(size.height() * ratio))


def gather(path: Path, known: Iterable[Adapter] | None = None) -> Facts:
    """What the disk, the adapters and the battery tell now; may take a moment, so call it off the GUI thread."""
    plugged, battery, lasts = power()
    return Facts(
        now=datetime.now().astimezone(),
        adapters=tuple(known) if known is not None else adapters(),
        plugged=plugged,
        battery=battery,
        lasts=lasts,
        free=free_bytes(path),
        place=place_of(path),
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _number(file: Path) -> int | None:
    text = _read(file).lstrip("-")
    return int(text) if text.isdecimal() else None
