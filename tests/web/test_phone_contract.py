"""Every answer that phones are promised, over a real socket, and what lies in the file after it."""

import http.client
import json
import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import TheRoom, failed
from workshop_app import actions
from workshop_app.model.trouble import RoomTrouble
from workshop_app.store import queries
from workshop_app.store.writer import Writer
from workshop_app.web import server
from workshop_app.web.limits import HEADERS

JSON = "application/json"
CARD = {"text": "Får se underlaget först när det redan är ute"}


def challenges(room: TheRoom) -> None:
    room.go("challenges")


def test_201_new_answer_is_in_the_file_with_its_receipt(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    phone.join()
    reply = phone.send("challenges", {**CARD, "key": "k1"}, accept=JSON)
    stored = room.stored("challenges")
    assert reply.status == 201
    assert json.loads(reply.text) == {"receipt": stored[0].receipt, "status": "received"}
    assert [a.text for a in stored] == [CARD["text"]] and stored[0].key == "k1"
    assert [c.text for c in queries.board(room.file).loose] == [CARD["text"]]


def test_200_same_key_and_text_again_is_stored_once(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    first = phone.send("challenges", {**CARD, "key": "k1"}, accept=JSON)
    again = phone.send("challenges", {**CARD, "key": "k1"}, accept=JSON)
    assert (first.status, again.status) == (201, 200)
    assert first.text == again.text
    assert len(room.stored("challenges")) == 1


def test_200_also_when_the_step_was_left_after_the_answer_was_stored(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    phone.send("challenges", {**CARD, "key": "k1"})
    room.go("groups")
    assert phone.send("challenges", {**CARD, "key": "k1"}, accept=JSON).status == 200


def test_409_same_key_with_other_text_keeps_the_first_and_offers_a_new_key(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    phone.send("challenges", {**CARD, "key": "k1"})
    reply = phone.send("challenges", {"text": "Något annat", "key": "k1"})
    assert reply.status == 409
    assert "Något annat" in reply.text and reply.hidden() != "k1"
    assert [a.text for a in room.stored("challenges")] == [CARD["text"]]


def test_403_closed_step_gives_the_text_back(room: TheRoom) -> None:
    room.go("groups")
    reply = room.phone().send("challenges", CARD)
    assert reply.status == 403 and CARD["text"] in reply.text
    assert json.loads(room.phone().send("challenges", CARD, accept=JSON).text)["status"] == "closed"
    assert room.stored() == ()


def test_403_offers_to_send_the_card_in_the_step_that_takes_cards(room: TheRoom) -> None:
    room.go("read")
    phone = room.phone()
    reply = phone.send("challenges", CARD)
    assert reply.status == 403 and f'action="{phone.home}steps/read' in reply.text
    assert phone.send("read", {**CARD, "key": reply.hidden()}).status == 201


def test_403_while_the_leader_has_paused(room: TheRoom) -> None:
    challenges(room)
    room.do(actions.agenda.pause_phones)
    phone = room.phone()
    phone.join()
    assert phone.send("challenges", CARD).status == 403
    assert "Telefonerna är pausade" in phone.look().text
    room.do(actions.agenda.open_phones)
    assert phone.send("challenges", CARD).status == 201


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/nowhere/events", "/x/steps/challenges", "/favicon.ico", "/admin", "/x/y/z"]
)
def test_404_for_a_wrong_token_and_for_no_page(room: TheRoom, path: str) -> None:
    reply = room.phone().ask("GET", path)
    assert reply.status == 404 and room.server.token not in reply.text


def test_404_for_a_step_that_is_not_there_and_a_post_to_a_wrong_token(room: TheRoom) -> None:
    assert room.phone().send("nowhere", CARD).status == 404
    assert room.phone().ask("POST", "/nowhere/steps/challenges", b"text=x").status == 404
    assert room.phone().ask("DELETE", f"/{room.server.token}/").status == 404
    assert room.stored() == ()


def test_410_for_what_was_withdrawn(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    phone.join()
    sent = CARD | {"key": "k"}
    code = json.loads(phone.send("challenges", sent, accept=JSON).text)["receipt"]
    assert phone.send("challenges", {"withdraw": code}).status == 201
    assert phone.send("challenges", sent, accept=JSON).status == 410
    assert "tagits tillbaka" in phone.send("challenges", sent).plain


def test_413_a_hundred_thousand_signs_are_refused_and_nothing_is_stored(room: TheRoom) -> None:
    challenges(room)
    reply = room.phone().send("challenges", {"text": "x" * 100_000})
    assert reply.status == 413 and "för mycket" in reply.text
    assert room.stored() == ()


def test_413_also_when_the_length_is_not_told(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    parts = (b"text=" + b"x" * 9_000 for _ in range(12))
    reply = phone.ask("POST", f"{phone.home}steps/challenges", parts)  # type: ignore[arg-type]
    assert reply.status == 413 and room.stored() == ()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "192.168.1.7", "127.0.0.1.evil.example"])
def test_421_foreign_host(room: TheRoom, host: str) -> None:
    challenges(room)
    phone = room.phone()
    assert phone.ask("GET", phone.home, headers={"Host": host}).status == 421
    assert phone.send("challenges", CARD, Host=host).status == 421
    assert room.stored() == ()


def test_421_a_form_on_a_foreign_page(room: TheRoom) -> None:
    challenges(room)
    assert room.phone().send("challenges", CARD, Origin="http://evil.example").status == 421
    assert room.stored() == ()
    # what browsers send from our own pages: their origin, or null because we ask them to send no referrer
    own = f"http://{room.server.host}:{room.server.port}"
    assert room.phone().send("challenges", CARD, Origin=own).status == 201
    assert room.phone().send("challenges", CARD, Origin="null").status == 201


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST"])
def test_this_computer_by_any_of_its_names(room: TheRoom, host: str) -> None:
    phone = room.phone()
    assert phone.ask("GET", phone.home, headers={"Host": host.format(port=room.server.port)}).status == 200


@pytest.mark.parametrize("text", ["", "   \n", "x" * 281])
def test_422_missing_or_too_long_keeps_the_text_in_the_form(room: TheRoom, text: str) -> None:
    challenges(room)
    reply = room.phone().send("challenges", {"text": text, "when": "på kvällen"})
    assert reply.status == 422
    assert 'class="error"' in reply.text and "på kvällen" in reply.text and text.strip() in reply.text
    told = json.loads(room.phone().send("challenges", {"text": text}, accept=JSON).text)
    assert told["status"] == "incomplete" and "text" in told["fields"]
    assert room.stored() == ()


def test_422_join_without_a_role_keeps_what_was_filled_in(room: TheRoom) -> None:
    phone = room.phone()
    reply = phone.send("join", {"organisation": "Vetlanda", "name": "Kim"})
    assert reply.status == 422 and "Vetlanda" in reply.text and "Kim" in reply.text
    assert queries.participants(room.file) == ()


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b'{"text": {"a": 1}}', b'{"text": "x", "key": "' + b"k" * 101 + b'"}']
)
def test_422_what_is_no_form(room: TheRoom, body: bytes) -> None:
    challenges(room)
    phone = room.phone()
    reply = phone.ask("POST", f"{phone.home}steps/challenges", body, {"Content-Type": JSON})
    assert reply.status == 422 and room.stored() == ()


def test_280_emoji_are_280_signs(room: TheRoom) -> None:
    challenges(room)
    assert room.phone().send("challenges", {"text": "🙂" * 280}).status == 201
    assert room.stored()[0].text == "🙂" * 280


def test_429_slows_one_phone_and_no_other(start_room: Callable[..., TheRoom]) -> None:
    room = start_room(rate_limit=True)
    challenges(room)
    hasty, calm = room.phone(), room.phone()
    hasty.join()
    calm.join()
    replies = [hasty.send("challenges", {"text": f"kort {n}"}) for n in range(60)]
    slowed = [r for r in replies if r.status == 429]
    assert slowed and int(slowed[0].headers["Retry-After"]) >= 1 and 'name="text"' in slowed[0].text
    assert calm.send("challenges", CARD).status == 201
    assert calm.look().status == hasty.look().status == 200
    assert len(room.stored("challenges")) == 61 - len(slowed)


def test_503_says_that_nothing_was_stored_and_keeps_the_text(
    room: TheRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    challenges(room)
    monkeypatch.setattr(Writer, "_all", failed(sqlite3.OperationalError("database or disk is full")))
    reply = room.phone().send("challenges", CARD)
    assert reply.status == 503 and "Inget sparades" in reply.text and CARD["text"] in reply.text
    assert room.phone().send("challenges", CARD, accept=JSON).headers["Retry-After"]
    monkeypatch.undo()
    assert room.stored() == () and room.phone().send("challenges", CARD).status == 201


def test_500_our_own_fault_keeps_the_text_too(room: TheRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    challenges(room)
    monkeypatch.setattr(Writer, "_all", failed(ZeroDivisionError()))
    reply = room.phone().send("challenges", CARD)
    assert reply.status == 500 and CARD["text"] in reply.text and "Traceback" not in reply.text


def test_bound_to_every_address_any_of_ours_is_right(start_room: Callable[..., TheRoom]) -> None:
    room = start_room()
    room.server.stop()
    room.server = server.start(room.file, host="0.0.0.0")
    assert "0.0.0.0" not in room.server.url
    phone = room.phone()
    line = http.client.HTTPConnection("127.0.0.1", room.server.port, timeout=5)
    for host, status in (("127.0.0.1", 200), ("10.9.8.7", 421), ("0.0.0.0", 421)):
        line.request("GET", phone.home, headers={"Host": host})
        reply = line.getresponse()
        reply.read()
        assert reply.status == status, host


def test_a_post_without_cookie_and_without_a_join_counts(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone(keeps_cookies=False)
    reply = phone.send("challenges", CARD)
    assert reply.status == 201 and room.stored()[0].participant == ""
    # and the phone may go on: its page is the step's form, not the join form
    assert "steps/challenges?without=role" in reply.text
    assert "steps/challenges" in phone.look("?without=role").text


def test_json_bodies_and_a_key_made_here(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    body = json.dumps(CARD).encode()
    reply = phone.ask("POST", f"{phone.home}steps/challenges", body, {"Content-Type": JSON})
    assert reply.status == 201 and json.loads(reply.text)["status"] == "received"
    assert len(room.stored()[0].key) >= 32


def test_security_headers_on_every_answer(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone()
    paths = ["/", phone.home, "/nowhere/", phone.home + "events?poll=1", phone.home[:-1], "/x"]
    replies = [phone.ask("GET", path) for path in paths]
    replies += [phone.send("challenges", CARD), phone.send("challenges", {}), phone.send("read", CARD)]
    replies += [phone.send("challenges", CARD, accept=JSON), phone.ask("GET", "/", headers={"Host": "x"})]
    replies += [phone.send("challenges", {"text": "x" * 100_000}), phone.ask("BREW", "/")]
    for reply in replies:
        for name, value in HEADERS.items():
            assert reply.headers.get(name) == value, (reply.status, name)
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


def test_assets_may_be_kept_and_nothing_foreign_is_named(room: TheRoom) -> None:
    phone = room.phone()
    page = phone.look().text
    names = re.findall(r'(?:href|src)="([^"]*assets/[^"]+)"', page)
    assert len(names) == 2
    for name in names:
        reply = phone.ask("GET", name)
        assert reply.status == 200 and "immutable" in reply.headers["Cache-Control"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"https?://", reply.text)
    assert not re.search(r"https?://", page)
    assert phone.ask("GET", phone.home + "assets/../../theme.json").status == 404
    assert phone.ask("GET", phone.home + "assets/%2e%2e%2ftheme.json").status == 404


def test_the_first_page_is_light(room: TheRoom) -> None:
    phone = room.phone()
    packed = {"Accept-Encoding": "gzip"}
    first = phone.ask("GET", phone.home, headers=packed)
    names = re.findall(r'(?:href|src)="([^"]*assets/[^"]+)"', phone.look().text)
    sizes = [int(phone.ask("GET", name, headers=packed).headers["Content-Length"]) for name in names]
    assert 1 + len(sizes) <= 3
    assert int(first.headers["Content-Length"]) + sum(sizes) <= 50_000


def test_the_first_page_says_who_keeps_what_for_whom_and_until_when(
    start_room: Callable[..., TheRoom],
) -> None:
    told = start_room(organisation="Nässjö kommun", recipient="Styrgruppen", keep_until="2027-06-30")
    page = told.phone().look().text
    for words in ("Ansvarig: Nässjö kommun.", "Styrgruppen", "30 juni 2027", "Ditt namn behövs inte"):
        assert words in page
    page = start_room(commissioner="Samhällsbyggnadschefen").phone().look().text
    assert "Ansvarig: Samhällsbyggnadschefen." in page and "berättar hur länge" in page
    assert "i rummet ansvarar" in start_room().phone().look().text


def test_the_script_runs_in_old_browsers(room: TheRoom) -> None:
    page = room.phone().look().text
    name = next(n for n in re.findall(r'src="([^"]*assets/[^"]+)"', page))
    script = re.sub(r'"[^"\n]*"|//.*', "", room.phone().ask("GET", name).text)
    for young in (
        r"\?\.(?!\d)",
        r"\?\?",
        "=>",
        "`",
        r"\basync\b",
        r"\b(?:const|let|class)\s",
        r"replaceAll|\.at\(",
    ):
        assert not re.search(young, script), young


def test_a_choice_of_nothing_is_not_asked(room: TheRoom) -> None:
    phone = room.phone()
    phone.join()
    room.need("Komma ut")
    for step in ("challenges", "read", "goals"):
        room.go(step)
        for inside in re.findall(r"<fieldset.*?</fieldset>", phone.look().text, re.DOTALL):
            assert "<input" in inside, (step, inside)


def test_the_cookie_is_ours_alone_and_the_file_does_not_hold_it(room: TheRoom) -> None:
    phone = room.phone()
    reply = phone.look()
    cookie = reply.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and f"Path={phone.home}" in cookie
    assert "Secure" not in cookie and "Domain" not in cookie
    phone.join()
    people = queries.participants(room.file)
    assert len(people) == 1 and people[0].id not in phone.cookies["phone"]
    assert phone.cookies["phone"].encode() not in room.file.path.read_bytes()


def test_a_phone_that_comes_back_is_the_same_and_another_is_not(room: TheRoom) -> None:
    one, other = room.phone(), room.phone()
    one.join()
    one.join("Drift")
    other.join()
    assert [p.role for p in queries.participants(room.file)] == ["Drift", "Upphandling"]


def test_a_page_that_moved_to_another_address_brings_its_phone_along(room: TheRoom) -> None:
    challenges(room)
    old, new, other = room.phone(), room.phone(), room.phone()
    old.join()
    old.send("challenges", {"text": "bara mitt"})
    passed = re.search(r'data-pass="([^"]+)"', old.look().text)
    assert passed and passed[1] == old.cookies["phone"]
    page = new.ask("GET", new.home, headers={"Phone": passed[1]})
    assert "bara mitt" in page.text and new.cookies["phone"] == passed[1]
    assert "bara mitt" in new.look().text
    other.join("Drift")
    mine = other.cookies["phone"]
    page = other.ask("GET", other.home, headers={"Phone": passed[1]})
    assert "bara mitt" not in page.text and other.cookies["phone"] == mine
    for odd in ("x", passed[1] + "x", "å" * 22):
        assert (
            "bara mitt"
            not in room.phone()
            .ask("GET", old.home, headers={"Phone": odd.encode("latin-1").decode("latin-1")})
            .text
        )
    assert len(queries.participants(room.file)) == 2


def test_who_keeps_no_cookies_joins_and_goes_on_without_a_role(room: TheRoom) -> None:
    challenges(room)
    phone = room.phone(keeps_cookies=False)
    page = phone.send("join", {"role": "Drift", "organisation": "Nässjö", "relation": "work_in"})
    assert page.status == 201 and 'name="text"' in page.text and "?without=role" in page.text
    assert 'name="text"' in phone.look("?without=role").text
    sent = phone.ask("POST", f"{phone.home}steps/challenges?without=role", b"text=Utan+kakor")
    assert sent.status == 201 and room.stored("challenges")[0].participant == ""


def test_one_phone_never_sees_what_another_wrote_before_the_cards_are_shown(room: TheRoom) -> None:
    challenges(room)
    one, other = room.phone(), room.phone()
    one.join()
    other.join()
    one.send("challenges", {"text": "bara mitt"})
    assert "bara mitt" in one.look().text
    assert "bara mitt" not in other.look().text + other.ask("GET", other.home + "events?poll=1").text


def test_the_typed_code_leads_to_the_token(room: TheRoom) -> None:
    code = queries.session(room.file).short_code
    phone = room.phone()
    assert phone.ask("GET", "/").status == 200
    for typed in (code, code.lower(), f"{code[:3]}-{code[3:]} "):
        reply = phone.ask("POST", "/", f"code={typed}".encode())
        assert (reply.status, reply.headers["Location"]) == (303, phone.home)
    assert phone.ask("GET", f"/?code={code}").status == 303


def test_wrong_codes_wait_and_tokens_are_never_slowed(room: TheRoom) -> None:
    phone = room.phone()
    statuses = [phone.ask("POST", "/", b"code=AAAAAA").status for _ in range(8)]
    assert statuses[0] == 404 and statuses[-1] == 429
    assert phone.look().status == 200 and phone.join().status == 201


def test_malformed_requests_get_an_answer_with_headers(room: TheRoom) -> None:
    for junk in (b"\x16\x03\x01\x02\x00", b"GET /\r\n\r\n", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n"):
        with socket.create_connection((room.server.host, room.server.port), timeout=5) as line:
            line.sendall(junk + b"\r\n\r\n")
            reply = line.recv(4096)
        # 421 for the oldest HTTP, which names no host
        assert reply.split(b" ", 2)[1] in (b"400", b"421")
        assert b"nosniff" in reply and b"Traceback" not in reply
    assert room.phone().look().status == 200


def test_a_taken_port_is_said_and_a_free_one_is_remembered(
    room: TheRoom, tmp_path: Path, start_room: Any
) -> None:
    other = start_room()
    with pytest.raises(RoomTrouble) as said:
        server.start(other.file, port=room.server.port)
    assert str(room.server.port) in str(said.value)
    assert queries.session(room.file).port == room.server.port
    port, token = room.server.port, room.server.token
    room.server.stop()
    room.server = server.start(room.file)
    assert (room.server.port, room.server.token) == (port, token)
    assert room.phone().look().status == 200


def test_limits_may_only_be_off_on_loopback(room: TheRoom) -> None:
    with pytest.raises(Exception, match=r"127\.0\.0\.1"):
        server.start(room.file, host="0.0.0.0", rate_limit=False)


def test_no_log_after_a_clean_end(room: TheRoom) -> None:
    challenges(room)
    room.phone().send("challenges", CARD)
    room.server.stop()
    room.server.stop()
    room.file.close()
    assert not list(room.file.path.parent.glob("*-wal"))
