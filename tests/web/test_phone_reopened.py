"""A step that the leader opens again, words that are blacked out, and phones that are being written on."""

from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import TheRoom
from workshop_app import actions
from workshop_app.model.blackout import SIGN
from workshop_app.store import queries, writer

JSON = "application/json"
WHO = "Eva Hemlig"


def test_a_step_opened_again_has_all_it_had_and_takes_more(room: TheRoom) -> None:
    room.go("challenges")
    phone = room.phone()
    phone.join()
    assert phone.send("challenges", {"text": "Före", "key": "k1"}, accept=JSON).status == 201
    before = room.stored()
    room.go("groups")
    assert phone.send("challenges", {"text": "Medan det är stängt", "key": "k2"}, accept=JSON).status == 403
    room.do(actions.agenda.previous_step)
    assert queries.session(room.file).current_step != "groups"
    room.go("challenges")
    assert "<textarea" in phone.look().text, "phones are back at the form"
    assert phone.send("challenges", {"text": "Medan det är stängt", "key": "k2"}, accept=JSON).status == 201
    assert phone.send("challenges", {"text": "Före", "key": "k1"}, accept=JSON).status == 200
    assert phone.send("challenges", {"text": "Annat", "key": "k1"}, accept=JSON).status == 409
    after = room.stored()
    assert after[: len(before)] == before and [a.text for a in after[len(before) :]] == [
        "Medan det är stängt"
    ]
    assert before[-1].receipt in phone.look("?mine=1").text or before[-1].receipt in phone.look().text
    room.file.undo().result()
    assert room.stored() == after, "undo moves the room, never an answer"


def test_votes_of_a_step_opened_again_count_once(room: TheRoom) -> None:
    need = room.need("Torrt golv")
    room.go("prioritise")
    phone = room.phone()
    phone.join()
    for value, key in (("2", "r1"), ("5", "r2")):
        assert phone.send("prioritise", {f"benefit@{need}": value, "key": key}, accept=JSON).status == 201
        room.go("route")
        room.go("prioritise")
    room.do(actions.rate.hand_votes, need=need, criterion="benefit", votes={"3": 2})
    room.do(actions.agenda.pause_phones)
    rated = queries.ratings(room.file)[need]
    assert rated.spreads["benefit"].votes == (3, 3, 5) and rated.voters == 3 and rated.round == 1


def test_the_clock_goes_on_and_a_step_that_ran_out_gets_five_minutes(
    room: TheRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = queries.session(room.file).created_at

    def at(minutes: float) -> Any:
        moved = now + timedelta(minutes=minutes)
        monkeypatch.setattr(writer, "now_text", lambda: moved.isoformat(timespec="milliseconds"))
        return moved

    at(0)
    room.go("challenges")  # 20 minutes
    at(8)
    room.go("groups")
    opened = at(30)
    room.go("challenges")
    state = queries.session(room.file).step("challenges")
    assert state.left(opened) == timedelta(minutes=12)
    at(60)
    room.go("groups")
    opened = at(70)
    room.go("challenges")
    state = queries.session(room.file).step("challenges")
    assert state.left(opened) == timedelta(minutes=5) and state.state == "open"


def test_blacked_out_words_are_on_no_phone(room: TheRoom) -> None:
    room.go("challenges")
    phone = room.phone()
    phone.join()
    reply = phone.send("challenges", {"text": f"{WHO} ringer jämt", "key": "k1"}, accept=JSON)
    (card,) = queries.board(room.file).cards
    one = queries.passages(room.file, card)[0]
    where = {"answer": one.answer, "field": one.field, "start": 0, "end": len(WHO), "words": WHO}
    room.do(actions.blackout.black_out, **where, reason="name")
    pages = [phone.look().text, phone.look("?mine=1").text]
    room.go("read")
    pages += [room.phone().look().text, phone.look().text]
    assert not [page for page in pages if WHO in page]
    assert any(SIGN in page for page in pages)
    room.go("challenges")
    again = phone.send("challenges", {"text": f"{WHO} ringer jämt", "key": "k1"}, accept=JSON)
    assert again.status == 200 and again.text.split('"status"')[0] == reply.text.split('"status"')[0]


def test_the_server_knows_how_many_phones_are_being_written_on(room: TheRoom) -> None:
    room.go("challenges")
    phone, other = room.phone(), room.phone()
    phone.join()
    other.join()

    def tell(who: Any, query: str) -> None:
        assert who.ask("GET", f"{who.home}events?report=1&{query}").status == 204

    assert room.server.writing() == 0
    tell(phone, "unsent=0&writing=1")
    tell(other, "unsent=2&writing=1")
    assert room.server.writing() == 2
    tell(phone, "unsent=0&writing=0")
    tell(other, "unsent=x&writing=ja")
    assert room.server.writing() == 0 and list(room.server.unsent().values()) == [2]
