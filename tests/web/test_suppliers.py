"""Phones of suppliers: the question list for all, questions that go in it, and nothing of anybody else's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Phone, TheRoom
from workshop_app import actions
from workshop_app.actions import dialogue, meeting, question_list
from workshop_app.store import queries
from workshop_app.web import server

CANARY = "KANARIE"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[TheRoom]:
    file = actions.session.create(tmp_path / "s.behov", format_id="supplier_conference", title="Konferens")
    made = TheRoom(file, server.start(file, rate_limit=False))
    made.do(dialogue.set_terms, purpose="Lära", needs_version=1)
    made.do(dialogue.invite, invited_on="2026-03-01")
    yield made
    made.server.stop()
    file.close()


def joined(room: TheRoom, organisation: str = "Bolaget") -> Phone:
    phone = room.phone()
    phone.look()
    given = {
        "role": "Leverantör",
        "organisation": organisation,
        "relation": "supply",
        "supplier_type": "small",
    }
    assert phone.send("sign_in", given).status == 201
    return phone


def asked(room: TheRoom) -> list[Any]:
    return list(queries.dialogue(room.file).questions)


def test_a_question_from_a_phone_goes_in_the_list_and_says_nothing_of_who_asked(room: TheRoom) -> None:
    phone = joined(room, f"{CANARY} AB")
    room.go("questions")
    assert phone.send("questions", {"question": "Hur många gäller det?"}).status == 201
    (entry,) = asked(room)
    assert (entry.question, entry.raised_in, entry.state) == (
        "Hur många gäller det?",
        "supplier_conference",
        "open",
    )
    other = joined(room)
    page = other.look("?page=questions")
    assert "Hur många" not in page.text, "what is not published is the asker's own"
    assert room.do(question_list.reply, entry=entry.id, answer="200", by_role="Upphandlare") is None
    room.do(question_list.publish, entries=[entry.id])
    for anyone in (phone, other, room.phone()):
        page = anyone.look("?page=questions")
        assert page.status == 200
        assert "Hur många gäller det?" in page.plain
        assert "200" in page.plain
        assert CANARY not in page.text
        assert "?page=questions" in anyone.look().text
    english = other.look("?page=questions&lang=en").plain
    assert "Questions and answers" in english


def test_the_same_key_again_asks_once(room: TheRoom) -> None:
    phone = joined(room)
    room.go("questions")
    for status in (201, 200):
        assert phone.send("questions", {"question": "Vad?", "key": "k1"}).status == status
    assert len(asked(room)) == 1


def test_no_phone_can_do_what_the_leader_does(room: TheRoom) -> None:
    phone = joined(room)
    room.go("questions")
    phone.send(
        "questions", {"question": "Vad?", "published_at": "2026-03-01", "answer": "Ja", "same_as": "1"}
    )
    (entry,) = asked(room)
    assert (entry.state, entry.answer, entry.same_as) == ("open", "", None)
    for path in ("publish", "questions/1", "dialogue", "final", "start-slot", "../publish"):
        reply = phone.send(path, {"entries": "1"})
        assert reply.status in (404, 405)
        assert "<h1" in reply.text, "a sentence, not an empty page"
    closed = phone.send("next", {"form": "in_writing"})
    assert closed.status == 403
    assert "inte öppet" in closed.plain
    for method in ("PUT", "DELETE", "PATCH"):
        assert phone.ask(method, phone.home + "?page=questions").status == 404
    assert asked(room) == [entry]
    # and the dialogue goes nowhere by itself: what is not published yet is in nobody's page or stream
    assert "Vad?" not in joined(room).look("?page=questions").text


def test_no_canary_reaches_another_phone(room: TheRoom) -> None:
    """Company names, secrets, judgements, our own notes, unpublished questions: on no page, in no stream."""
    for n in range(3):
        room.do(dialogue.register, name=f"{CANARY} bolag {n}", type="small")
    room.do(dialogue.set_agenda, items=[{"title": "Behovet", "minutes": 5}])
    slot = room.do(meeting.add_slots, slots=[{"supplier": 1, "starts_at": "2026-03-10T09:00"}])[0]
    room.do(meeting.start_slot, slot=slot)
    item = queries.dialogue(room.file).agenda[0].id
    room.do(
        meeting.note, slot=slot, item=item, open=f"{CANARY} 1", secret=f"{CANARY} 2", internal=f"{CANARY} 3"
    )
    room.do(meeting.end_slot, slot=slot, actual_seconds=999, deviation=f"{CANARY} 4", offer=f"{CANARY} 5")
    room.do(dialogue.judge, supplier=1, text=f"{CANARY} 6", score=1, by_role=f"{CANARY} 7")
    room.do(dialogue.add_buyer, role=f"{CANARY} 8", interests=f"{CANARY} 9")
    room.do(question_list.ask, question=f"{CANARY} 10", raised_in="one_to_one", slot=slot)
    told = room.do(question_list.ask, question="Öppen fråga?", raised_in="one_to_one", slot=slot)
    room.do(question_list.reply, entry=told, answer="Öppet svar", by_role="Upphandlare")
    room.do(question_list.publish, entries=[told])
    asker, other = joined(room, f"{CANARY} AB"), joined(room)
    for step in queries.session(room.file).steps[1:]:
        room.go(step.id)
        for field in queries.format_of(room.file).step(step.id).fields:
            if field.type in ("text", "area") and not field.per:
                asker.send(step.id, {field.name: f"{CANARY} {step.id}"})
        for query in ("", "?page=questions", "?again=1", "?own=X", "events?poll=1", "events?ping=1"):
            assert CANARY not in other.look(query).text, (step.id, query)
    assert "Öppet svar" in other.look("?page=questions").plain
    assert CANARY in asker.look("?again=1").text or queries.receipts(room.file, "") == ()


def test_the_evaluation_shows_from_three(room: TheRoom) -> None:
    phones = [joined(room) for _ in range(3)]
    room.go("next")
    answer = {"equal": "5", "clear": "4", "again": "yes", "comment": "Bra"}
    for n, phone in enumerate(phones, 1):
        assert phone.send("next", answer).status == 201
        thought = queries.evaluation(room.file)
        assert (thought.people, thought.waiting) == ((0, n) if n < 3 else (3, 0))
        assert bool(thought.comments) == bool(thought.again) == (n == 3)
    assert thought.spreads["equal"].median == 5
    assert thought.again == {"yes": 3}
    for phone in phones:
        assert "Bra" not in joined(room).look().text
        assert phone.look().status == 200
