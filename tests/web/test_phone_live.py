"""How phones follow the room, and how the desk sees that they do."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.web.conftest import Phone, TheRoom
from workshop_app import actions
from workshop_app.store import queries


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


def test_a_stream_ends_with_the_server(room: TheRoom) -> None:
    with stream(room.phone()) as follow:
        event(follow)
        room.server.stop()
        assert follow.read().strip() == b""
