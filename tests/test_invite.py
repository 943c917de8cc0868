"""The ways into the room: addresses, QR patterns, Wi-Fi codes and codes read aloud."""

import ipaddress
import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_app import invite

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=63)


def test_the_join_address_is_complete_and_the_short_one_can_be_typed() -> None:
    assert invite.join_address("10.42.0.1", 8080, "abc") == "http://10.42.0.1:8080/abc/"
    assert invite.join_address("10.42.0.1", 80, "abc") == "http://10.42.0.1/abc/"
    assert invite.short_address("10.42.0.1", 8080) == "10.42.0.1:8080"
    assert invite.short_address("fd00::2", 8080) == "[fd00::2]:8080"
    assert invite.short_address("10.42.0.1", 80) == "10.42.0.1"


def test_a_qr_pattern_is_a_square_with_its_three_corners_and_no_quiet_zone() -> None:
    matrix = invite.qr_matrix(invite.join_address("192.168.137.1", 8080, invite.new_token()))
    size = len(matrix)
    assert (size - 17) % 4 == 0 and all(len(row) == size for row in matrix)
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        corner = [matrix[top + i][left : left + 7] for i in range(7)]
        assert all(corner[0]) and all(corner[6]) and all(row[0] and row[6] for row in corner)
        assert not any(corner[1][1:6]) and all(corner[3][2:5])


def test_a_qr_pattern_is_the_same_each_time_and_grows_with_protection() -> None:
    text = "http://10.42.0.1:8080/abcdefghijklmnop/"
    assert invite.qr_matrix(text) == invite.qr_matrix(text)
    assert len(invite.qr_matrix(text, "L")) < len(invite.qr_matrix(text, "H"))


def test_a_text_too_long_for_a_qr_code_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="5000 signs"):
        invite.qr_matrix("x" * 5000)


def test_wifi_codes_follow_the_format() -> None:
    assert invite.wifi_payload("Verkstan", "hemligt1") == "WIFI:T:WPA;S:Verkstan;P:hemligt1;;"
    assert invite.wifi_payload("Verkstan", "") == "WIFI:T:nopass;S:Verkstan;;"
    assert invite.wifi_payload("Verkstan", "x", hidden=True) == "WIFI:T:WPA;S:Verkstan;P:x;H:true;;"
    assert invite.wifi_payload('a;b,c:d\\e"f', "p;") == 'WIFI:T:WPA;S:a\\;b\\,c\\:d\\\\e\\"f;P:p\\;;;'


def parts_of_wifi(payload: str) -> dict[str, str]:
    """Reads a Wi-Fi code as a phone does."""
    fields = re.findall(r"([A-Z]):((?:\\.|[^\\;])*);", payload.removeprefix("WIFI:"))
    return {key: re.sub(r"\\(.)", r"\1", value) for key, value in fields}


@given(ANY_TEXT, ANY_TEXT.filter(bool), st.booleans())
def test_any_name_and_password_come_back_from_the_wifi_code(ssid: str, password: str, hidden: bool) -> None:
    read = parts_of_wifi(invite.wifi_payload(ssid, password, hidden))
    assert (read["S"], read["P"], read.get("H")) == (ssid, password, "true" if hidden else None)


def test_tokens_are_128_bits_that_fit_in_an_address() -> None:
    tokens = {invite.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)


def test_short_codes_have_six_signs_that_cannot_be_mixed_up() -> None:
    for code in (invite.new_short_code() for _ in range(200)):
        assert len(code) == 6 and not set(code) & set("0O1IL2Z5S8BU")
        assert not set(code) & set("AEIOUY")
    assert invite.tidy_code(" k7-qf 3d ") == "K7QF3D"


def test_no_two_signs_of_the_alphabet_look_alike() -> None:
    for pair in ("0O", "1I", "1L", "IL", "2Z", "5S", "8B", "UV"):
        assert not set(pair) <= set(invite.ALPHABET)
    assert len(set(invite.ALPHABET)) == len(invite.ALPHABET)


def test_receipts_are_unique_and_four_signs_for_every_room() -> None:
    codes = [invite.receipt_code(n, "a session") for n in range(20_000)]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 4 and set(code) <= set(invite.ALPHABET) for code in codes)


@given(st.sets(st.integers(0, 6_000_000), min_size=2, max_size=40), st.text(max_size=20))
def test_receipts_never_collide_also_where_they_grow_longer(numbers: set[int], salt: str) -> None:
    assert len({invite.receipt_code(n, salt) for n in numbers}) == len(numbers)


def test_receipts_grow_when_four_signs_are_used_up() -> None:
    full = len(invite.ALPHABET) ** 4
    numbers = (0, full - 1, full, full + len(invite.ALPHABET) ** 5)
    assert [len(invite.receipt_code(n, "s")) for n in numbers] == [4, 4, 5, 6]


def test_receipts_are_the_same_every_time_and_differ_between_sessions() -> None:
    ours = [invite.receipt_code(n, "ours") for n in range(50)]
    assert ours == [invite.receipt_code(n, "ours") for n in range(50)]
    assert ours != [invite.receipt_code(n, "theirs") for n in range(50)]
    with pytest.raises(ValueError):
        invite.receipt_code(-1, "ours")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_the_mixing_of_numbers_loses_none(length: int) -> None:
    left, right = 3**length, 5**length
    mixed = {invite._permuted(n, left, right, "salt") for n in range(left * right)}
    assert mixed == set(range(left * right))


def test_addresses_come_best_first() -> None:
    given_ = [
        "127.0.0.1",
        "fd00::2",
        "8.8.4.4",
        "169.254.7.7",
        "192.168.1.20",
        "10.42.0.1",
        "192.168.1.20",
        "",
    ]
    assert invite.best_first(given_) == [
        "10.42.0.1",
        "192.168.1.20",
        "8.8.4.4",
        "fd00::2",
        "169.254.7.7",
        "127.0.0.1",
    ]


def test_addresses_no_phone_could_use_are_left_out() -> None:
    assert invite.best_first(["0.0.0.0", "::1", "fe80::1", "fe80::1%eth0", "224.0.0.251", "not one"]) == []


def test_this_computers_addresses_end_with_loopback() -> None:
    found = invite.local_addresses()
    assert found[-1] == "127.0.0.1" and len(set(found)) == len(found)
    assert all(ipaddress.ip_address(text) for text in found)


def test_finding_the_own_address_opens_only_datagram_sockets_and_sends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Quiet(socket.socket):
        def __init__(self, family: int, kind: int) -> None:
            assert kind == socket.SOCK_DGRAM
            super().__init__(family, kind)

        def send(self, *_: object) -> int:
            raise AssertionError("nothing may be sent")

        sendto = sendall = sendmsg = send  # type: ignore[assignment]

    def no_look_up(*_: object) -> list[object]:
        raise OSError("names are not looked up")

    monkeypatch.setattr(invite.socket, "socket", Quiet)
    monkeypatch.setattr(invite.socket, "getaddrinfo", no_look_up)
    assert invite.local_addresses()[-1] == "127.0.0.1"
