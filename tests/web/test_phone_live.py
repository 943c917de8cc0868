"""How phones follow the room, and how the desk sees that they do."""

import http.client
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import quote

import pytest

from tests.web.conftest import Phone, TheRoom
from workshop_app import actions, resources
from workshop_app.store import queries
from workshop_app.web.live import MOST_STREAMS


@contextmanager
def stream(phone: Phone) -> Iterator[http.client.HTTPResponse]:
    """The phone's own event stream, as a browser opens it."""
    line = http.client.HTTPConnection(phone.server.host, phone.server.port, timeout=10)
    cookies = "; ".join(f"{k}={v}" for k, v in phone.cookies.items())
    line.request("GET", phone.home + "events", headers={"Cookie": cookies, "Accept": "text/event-stream"})
    answer = line.getresponse()
    assert answer.status == 200 and answer.getheader("Content-Type", "").startswith("text/event-stream")
    assert (
        answer.getheader("Cache-Control") == "no-store"
        and answer.getheader("X-Content-Type-Options") == "nosniff"
    )
    try:
        yield answer
    finally:
        answer.close()
        line.close()


def event(answer: http.client.HTTPResponse) -> dict[str, Any]:
    """The next event's data; the socket's own timeout ends a wait for nothing."""
    for raw in answer:
        line = raw.decode().strip()
        if line.startswith("data: "):
            data: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return data
    raise AssertionError("the stream ended")


def test_the_stream_tells_where_the_room_is_and_every_change(room: TheRoom) -> None:
    phone = room.phone()
    phone.join()
    with stream(phone) as follow:
        first = event(follow)
        assert (first["step"], first["number"], first["of"], first["cards"]) == ("join", 1, 12, False)
        assert first["page"] in phone.look().text
        room.go("challenges")
        moved = event(follow)
        assert (moved["step"], moved["cards"]) == ("challenges", True) and moved["ends"] > moved["now"]
        room.do(actions.agenda.pause_phones)
        assert event(follow)["page"] != moved["page"]
        room.do(actions.agenda.open_phones)
        assert event(follow)["page"] == moved["page"]
        room.do(actions.agenda.add_minutes, minutes=2)
        later = event(follow)
        assert later["page"] == moved["page"] and later["ends"] == moved["ends"] + 120
        room.do(actions.agenda.new_round)
        assert event(follow)["page"] != moved["page"]


def test_answers_wake_nobody_and_the_stream_holds_no_words(room: TheRoom) -> None:
    room.go("challenges")
    phone = room.phone()
    with stream(phone) as follow:
        event(follow)
        phone.send("challenges", {"text": "hemligt tills vidare"})
        room.go("groups")
        told = event(follow)
        assert told["step"] == "groups" and "hemligt" not in json.dumps(told)


def test_polling_tells_the_same(room: TheRoom) -> None:
    phone = room.phone()
    with stream(phone) as follow:
        told = event(follow)
    polled = json.loads(phone.ask("GET", phone.home + "events?poll=1").text)
    assert {**polled, "now": 0} == {**told, "now": 0}


def test_the_desk_sees_who_is_there(room: TheRoom) -> None:
    assert room.server.connected() == 0 and room.server.presence() == {}
    one, other = room.phone(), room.phone()
    one.join()
    other.join("Drift")
    people = {p.role: p.id for p in queries.participants(room.file)}
    with stream(one) as follow:
        event(follow)
        presence = room.server.presence()
        assert room.server.connected() == 1
        assert presence[people["Upphandling"]] == 0.0 and presence[people["Drift"]] > 0
        other.ask("GET", other.home + "events?poll=1")
        assert room.server.connected() == 2
        with stream(one) as second_tab:
            event(second_tab)
            assert room.server.connected() == 2


def test_the_phones_are_told_where_else_they_could_go_on(room: TheRoom) -> None:
    port = room.server.port
    with stream(room.phone()) as follow:
        first = event(follow)
        assert (first["others"], first["moved"]) == ([], "")
        room.server.learn(["127.0.0.1", "10.0.0.8"])
        assert event(follow)["others"] == [f"10.0.0.8:{port}"]
        room.server.learn((), moved="10.0.0.8:81")
        told = event(follow)
        assert (told["others"], told["moved"]) == ([], "10.0.0.8:81")


def test_the_oldest_of_too_many_pages_of_one_phone_gives_way(room: TheRoom) -> None:
    phone, other = room.phone(), room.phone()
    phone.join()
    with ExitStack() as open_:
        elsewhere_ = open_.enter_context(stream(other))
        event(elsewhere_)
        pages = [open_.enter_context(stream(phone)) for _ in range(MOST_STREAMS)]
        for page in pages:
            event(page)
        event(open_.enter_context(stream(phone)))
        room.go("ground")
        assert event(elsewhere_)["step"] == "ground" and event(pages[1])["step"] == "ground"
        assert b"ground" not in pages[0].read()


def test_a_stream_ends_with_the_server(room: TheRoom) -> None:
    with stream(room.phone()) as follow:
        event(follow)
        room.server.stop()
        assert follow.read().decode().split()[-3:] == ["event:", "gone", "data:"]


@contextmanager
def stream_from(room: TheRoom, source: str) -> Iterator[http.client.HTTPResponse]:
    """A stream as another device would open it: from another of this computer's loopback addresses."""
    line = http.client.HTTPConnection(
        room.server.host, room.server.port, timeout=10, source_address=(source, 0)
    )
    line.request("GET", f"/{room.server.token}/events", headers={"Accept": "text/event-stream"})
    answer = line.getresponse()
    try:
        yield answer
    finally:
        answer.close()
        line.close()


def get(room: TheRoom, path: str, source: str) -> str:
    line = http.client.HTTPConnection(
        room.server.host, room.server.port, timeout=10, source_address=(source, 0)
    )
    line.request("GET", f"/{room.server.token}/{path}")
    text = line.getresponse().read().decode()
    line.close()
    return text


def ping_in(answer: http.client.HTTPResponse) -> str:
    """The number of the next ping; fails when the stream ends first."""
    asked = False
    for raw in answer:
        line = raw.decode().strip()
        if asked:
            return line.removeprefix("data: ")
        asked = line == "event: ping"
    raise AssertionError("no ping came")


elsewhere = pytest.mark.skipif(sys.platform != "linux", reason="one loopback address only")


@elsewhere
def test_a_ping_comes_back_and_its_time_is_known(room: TheRoom) -> None:
    assert room.server.round_trip() is None
    with stream_from(room, "127.0.0.2") as follow:
        event(follow)
        room.server.ping()
        number = ping_in(follow)
        told = json.loads(get(room, f"events?poll=1&ping={number}", "127.0.0.2"))
        assert told["step"] == "join"
        first = room.server.round_trip()
        assert first is not None and 0 < first < 30_000
        room.server.ping(anew=True)
        number = ping_in(follow)
        assert room.server.round_trip() is None
        get(room, f"events?poll=1&ping={number}", "127.0.0.2")
        assert room.server.round_trip() is not None
        room.go("ground")
        assert event(follow)["step"] == "ground"


@elsewhere
def test_a_sign_that_nobody_waits_for_counts_for_nothing(room: TheRoom) -> None:
    with stream_from(room, "127.0.0.2") as follow:
        event(follow)
        room.server.ping()
        number = ping_in(follow)
        for odd in ("99", "-1", "x", "1" * 40, "٣", "1.0"):
            assert json.loads(get(room, f"events?poll=1&ping={quote(odd)}", "127.0.0.2"))["step"] == "join"
        get(room, f"events?poll=1&ping={number}", room.server.host)  # this computer's own browser
        assert room.server.round_trip() is None


@elsewhere
def test_a_phone_without_a_script_is_seen_by_the_page_it_fetches(room: TheRoom) -> None:
    room.phone().look()
    assert not room.server.reached()
    get(room, "", "127.0.0.2")
    assert room.server.reached() and room.server.round_trip() is None


def test_the_script_answers_a_ping() -> None:
    script = resources.text("web", "phone.js")
    assert 'addEventListener("ping"' in script and "events?poll=1&ping=" in script
