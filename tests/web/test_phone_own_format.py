"""A format of one's own on phones: every kind of step the editor can add, and what a hand has removed from one that ships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.conftest import TheRoom
from tests.web.test_phone_kinds import joined
from workshop_app import formats
from workshop_app.actions import format_file
from workshop_app.formats import changes
from workshop_app.i18n import language
from workshop_app.report import summary as report_summary
from workshop_app.store import queries

Start = Callable[..., TheRoom]


def saved(data: Any) -> str:
    return format_file.save(changes.put(data, ("minutes",), changes.total(data))).id


def walk(room: TheRoom, target: Path) -> None:
    """One phone sees every step and sends an empty form and a word; then it is printed."""
    phone = joined(room)
    for step in queries.format_of(room.file).steps:
        room.go(step.id)
        assert phone.look().status == 200, step.id
        typed = {f.name: "Ja" for f in step.fields if f.type in ("text", "area") and not f.per}
        for fields in ({}, typed):
            assert phone.send(step.id, fields).status in (201, 403, 422), step.id
    report_summary.build(queries.summary(room.file), language("sv"), target)
    assert target.stat().st_size > 10_000


def test_every_kind_of_step_that_can_be_added_works_on_phones_and_paper(
    start_room: Start, tmp_path: Path
) -> None:
    data: Any = changes.copy_of(formats.formats()["needs_harvest"], [])
    for kind in formats.KINDS[1:]:
        data = changes.with_step(data, len(data["step"]), kind)
    walk(start_room(format_id=saved(data)), tmp_path / "a.pdf")


def test_a_shipped_format_with_steps_and_questions_taken_out_still_works(
    start_room: Start, tmp_path: Path
) -> None:
    data: Any = changes.copy_of(formats.formats()["barrier_scan"], [])
    for place in (("step", 1, "field", 1), ("step", 3, "field", 0), ("step", 2), ("list", 0, "item", 3)):
        data = changes.remove(data, place)
    walk(start_room(format_id=saved(data)), tmp_path / "a.pdf")


def test_a_join_form_of_its_own_and_steps_made_another_kind_work_on_phones_and_paper(
    start_room: Start, tmp_path: Path
) -> None:
    data: Any = changes.own_join(changes.copy_of(formats.formats()["needs_harvest"], []))
    data = changes.remove(data, ("join", "field", 3))
    asked = {**changes.new_field([]), "label": {"sv": "Hur länge?", "en": "How long?"}, "required": True}
    data = changes.insert(data, ("join", "field", 3), asked)
    for kind in ("questions", "survey", "close", "pause", "ask"):
        data = changes.copy_step(data, 1)
        data = changes.put(data, ("step", 2), changes.of_kind(data["step"][2], kind))
    data = changes.put(data, ("step", 2), changes.of_cards(data["step"][2], "card"))
    room = start_room(format_id=saved(data))
    phone = room.phone()
    assert "Hur länge?" in phone.look().plain
    told = {"role": "Drift", "organisation": "Nässjö kommun"}
    assert phone.send("join", told).status == 422, "what the form asks for is asked for"
    assert phone.send("join", {**told, "question": "Tre år"}).status == 201
    (stored,) = room.stored("join")
    assert stored.fields["question"] == "Tre år" and "relation" not in stored.fields
    for step in queries.format_of(room.file).steps[1:]:
        room.go(step.id)
        assert phone.look().status == 200, step.id
        typed = {f.name: "Ja" for f in step.fields if f.type in ("text", "area") and not f.per}
        assert phone.send(step.id, typed).status in (201, 403, 422), step.id
    assert len(queries.board(room.file).cards) >= 2, "an answer of the copied step is a card"
    report_summary.build(queries.summary(room.file), language("sv"), tmp_path / "a.pdf")
