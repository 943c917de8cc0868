"""How people find the room: addresses, QR patterns, the Wi-Fi code and the short codes read aloud."""

import array
import contextlib
import hashlib
import ipaddress
import secrets
import socket
import struct
import sys
from collections.abc import Iterable
from functools import lru_cache

import qrcode

if sys.platform != "win32":
    import fcntl

# No sign that looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), no vowel: no code can become a word.
ALPHABET = "CDFGHJKMNPQRTVWX34679"
SHORT_CODE = 6
MOST_ADDRESSES = 128  # of one computer
RECEIPT = 4
_LEVELS = {
    "L": qrcode.constants.ERROR_CORRECT_L,
    "M": qrcode.constants.ERROR_CORRECT_M,
    "Q": qrcode.constants.ERROR_CORRECT_Q,
    "H": qrcode.constants.ERROR_CORRECT_H,
}
# Documentation addresses (RFC 5737, RFC 3849): asking the way to them sends nothing and means no real host.
_FAR_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_OWN_HOTSPOT = ("10.42.0.1", "192.168.137.1", "192.168.2.1")  # what Linux, Windows and macOS call themselves
_VIRTUAL = ("docker", "br-", "veth", "virbr", "vbox", "vmnet", "tun", "tap", "wg", "zt", "utun", "lxc", "lxd")


def join_address(host: str, port: int, token: str) -> str:
    """The address in the QR code: http://HOST:PORT/TOKEN/, the port left out when it is 80."""
    return f"http://{short_address(host, port)}/{token}/"


def short_address(host: str, port: int) -> str:
    """What a person types by hand, without http:// and without the port when it is 80."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port == 80 else f"{shown}:{port}"


def qr_matrix(text: str, error: str = "M") -> tuple[tuple[bool, ...], ...]:
    """The QR code of `text` as a square of rows, True = dark; the four modules of white around it are yours.

    `error` is L, M, Q or H: 7, 15, 25 or 30 percent may be hidden. ValueError if the text is too long.
    """
    code = qrcode.QRCode(error_correction=_LEVELS[error], border=0)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (qrcode.exceptions.DataOverflowError, ValueError) as trouble:
        raise ValueError(f"{len(text)} signs are too many for one QR code") from trouble
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def wifi_payload(ssid: str, password: str, hidden: bool = False) -> str:
    """The text of a Wi-Fi QR code; an empty password means an open network."""
    kind = (
        f"T:WPA;S:{_escaped(ssid)};P:{_escaped(password)};" if password else f"T:nopass;S:{_escaped(ssid)};"
    )
    return f"WIFI:{kind}{'H:true;' if hidden else ''};"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in '\\;,":' else sign for sign in text)


def new_token() -> str:
    """A new secret part of the join address: 128 random bits as 22 signs that need no escaping in a URL."""
    return secrets.token_urlsafe(16)


def new_short_code() -> str:
    """A new code of six signs to type from the projector, without signs that look alike."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_CODE))


def tidy_code(typed: str) -> str:
    """A typed code as it was meant: capitals, without blanks and dashes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def own_code(participant: str, token: str) -> str:
    """The six signs by which one participant comes back from another browser or address; the same every time."""
    n, signs = _hash(token, 0, int.from_bytes(participant.encode())), []
    for _ in range(SHORT_CODE):
        n, place = divmod(n, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def receipt_code(n: int, salt: str) -> str:
    """The receipt of answer number `n` (from 0) in the session with this `salt`, such as K7QF.

    The same every time, and two numbers never share a code: four signs for the first 194,481, then five.
    Neighbours look unlike each other, because the number is mixed by a permutation of its range.
    """
    if n < 0:
        raise ValueError("answers are numbered from 0")
    length, size = RECEIPT, len(ALPHABET) ** RECEIPT
    while n >= size:
        n -= size
        length, size = length + 1, size * len(ALPHABET)
    mixed = _permuted(n, len(ALPHABET) ** (length // 2), len(ALPHABET) ** (length - length // 2), salt)
    signs = []
    for _ in range(length):
        mixed, place = divmod(mixed, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def _permuted(n: int, left_size: int, right_size: int, salt: str) -> int:
    """Each number below left_size * right_size as another such number, no two alike (Feistel rounds)."""
    left, right = divmod(n, right_size)
    for turn in range(4):
        if turn % 2:
            left = (left + _hash(salt, turn, right)) % left_size
        else:
            right = (right + _hash(salt, turn, left)) % right_size
    return left * right_size + right


@lru_cache(4096)  # holds all that one session asks for
def _hash(salt: str, turn: int, value: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{turn}:{value}:{salt}".encode()).digest()[:8])


def local_addresses() -> list[str]:
    """This computer's number addresses, the likeliest for phones first and loopback last; sends nothing."""
    found = [address for _, address in _adapters()]
    return best_first([*(_way_out(*far) for far in _FAR_AWAY), *found, "127.0.0.1"])


def room_addresses() -> list[str]:
    """Those of this computer's addresses that phones in the same room could reach, the likeliest first."""
    virtual = {address for is_virtual, address in _adapters() if is_virtual}
    return [a for a in local_addresses() if a not in virtual and not _never_reached(ipaddress.ip_address(a))]


def _never_reached(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback or address.is_link_local


def best_first(addresses: Iterable[str]) -> list[str]:
    """Each usable address once: own hotspot, private IPv4, other IPv4, IPv6, self-given, loopback."""
    ranked: dict[str, int] = {}
    for text in addresses:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        if not (address.is_unspecified or address.is_multicast or _needs_zone(address)):
            ranked.setdefault(str(address), _rank(address))
    return sorted(ranked, key=lambda text: ranked[text])


def _needs_zone(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.version == 6 and (address.is_link_local or address.is_loopback)


def _rank(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> int:
    tests = (
        str(address) in _OWN_HOTSPOT,
        address.version == 4 and address.is_private and not (address.is_link_local or address.is_loopback),
        address.version == 4 and not address.is_private,
        address.version == 6,
        address.is_link_local,
    )
    return tests.index(True) if True in tests else len(tests)


def _way_out(family: socket.AddressFamily, far: str) -> str:
    """The own address on the way to `far`; connecting a datagram socket only looks in the routing table."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""


def _adapters() -> list[tuple[bool, str]]:
    """Whether it is virtual, and the IPv4 address, of every adapter; virtual ones last. A hotspot of our own has no way out."""
    if sys.platform == "win32":
        return [(False, address) for address in _named_addresses()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        named = _every_address(probe) if sys.platform == "linux" else _first_addresses(probe)
    return sorted(((name.startswith(_VIRTUAL), at) for name, at in named), key=lambda pair: pair[0])


def _every_address(probe: socket.socket) -> list[tuple[str, str]]:
    """All that Linux knows: an adapter that is being renumbered has two addresses for a while."""
    entry = 40 if struct.calcsize("P") == 8 else 32
    room = array.array("B", bytes(entry * MOST_ADDRESSES))
    told = fcntl.ioctl(probe, 0x8912, struct.pack("iP", len(room), room.buffer_info()[0]))  # SIOCGIFCONF
    used = struct.unpack("iP", told)[0]
    rows = [room[at : at + entry].tobytes() for at in range(0, used, entry)]
    return [
        (row[:16].split(b"\0")[0].decode("utf-8", "replace"), socket.inet_ntoa(row[20:24])) for row in rows
    ]


def _first_addresses(probe: socket.socket) -> list[tuple[str, str]]:
    """The first IPv4 address of every adapter, where there is no shorter way to ask."""
    found = []
    ask = 0xC0206921 if sys.platform == "darwin" else 0x8915  # SIOCGIFADDR
    for _, name in socket.if_nameindex():
        with contextlib.suppress(OSError):  # an adapter without an IPv4 address
            answer = fcntl.ioctl(probe, ask, struct.pack("256s", name.encode()[:15]))
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return found


def _named_addresses() -> list[str]:
    """What Windows knows under the computer's own name, which it answers by itself."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []
