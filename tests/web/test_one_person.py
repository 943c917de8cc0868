"""Somebody joined anew without the own code: the leader makes the two phones one person, and everything that counts follows."""

import json
import sqlite3

import pytest

from tests.web.conftest import Phone, TheRoom
from tests.web.test_phone_back import back, code_on
from workshop_app import actions
from workshop_app.actions import merge, one_person
from workshop_app.model.trouble import Refused
from workshop_app.store import archive, queries
from workshop_app.store import check as store_check


def ids(room: TheRoom) -> list[str]:
    return [p.id for p in queries.participants(room.file)]


def twice(room: TheRoom) -> tuple[Phone, Phone]:
    """One person on two phones, each with a card, beside somebody else."""
    room.go("challenges")
    before, other, anew = room.phone(), room.phone(), room.phone()
    for phone, role, text in (
        (before, "Drift", "Det är mörkt i trappan"),
        (other, "Upphandling", "Priset styr"),
        (anew, "Upphandling", "Hissen står still"),
    ):
        phone.join(role)
        assert phone.send("challenges", {"text": text}).status == 201
    return before, anew


def test_two_phones_become_one_person_and_all_that_counts_follows(room: TheRoom) -> None:
    before, anew = twice(room)
    first, other, later = ids(room)
    codes, rows = (code_on(before), code_on(anew)), archive.dump(room.file)
    assert anew.send("challenges", {"done": "1"}).status in (200, 201)
    room.do(actions.one_person.unite, phone=later, other=first)
    assert ids(room) == [first, other]
    assert {(p.role, p.cards) for p in queries.phones(room.file)} == {("Drift", 2), ("Upphandling", 1)}
    crowd = queries.crowd(room.file)
    assert (crowd.people, crowd.phones, [(r.role, r.people) for r in crowd.roles]) == (
        2, 2, [("Upphandling", 1), ("Drift", 1)],
    )  # fmt: skip
    assert queries.flow(room.file, "challenges").phones == 2 and queries.done(room.file, "challenges") == {
        first
    }
    cards = queries.board(room.file).cards.values()
    assert [(c.participant, c.role) for c in cards if "Hissen" in c.text] == [(first, "Drift")]
    assert queries.balance(room.file).received == 3 and not queries.balance(room.file).lost
    # the new phone has the old one's cards among its own, and may take them back
    page = anew.look()
    assert "Det är mörkt" in page.plain and "Hissen står" in page.plain and code_on(anew) == codes[0]
    mine = next(a for a in room.stored("challenges") if "mörkt" in a.text)
    assert anew.send("challenges", {"withdraw": mine.receipt}).status in (200, 201)
    # either code leads home, from a third phone too
    for code in codes:
        third = room.phone()
        third.look()
        assert back(third, code).status == 303 and code_on(third) == codes[0]
    room.do(actions.ask.mute, participant=first)
    assert (
        anew.send("challenges", {"text": "Hör du mig"}).status == 403 and queries.crowd(room.file).muted == 1
    )
    room.do(actions.ask.unmute, participant=first)
    assert anew.send("challenges", {"text": "Nu då"}).status == 201
    kept = {row["id"]: row for row in archive.dump(room.file)["answer"]}
    assert all(kept[row["id"]] == row for row in rows["answer"]), "what was sent stays under its own phone"
    assert not store_check.findings(room.file.path)
    with sqlite3.connect(room.file.path) as conn:
        assert len({row[0] for row in conn.execute("SELECT participant FROM received")}) == 2
    for _ in range(3):  # unmute, mute, unite
        room.file.undo().result()
    assert ids(room) == [first, other, later] and "mörkt" not in anew.look().plain


def test_nobody_votes_twice_the_newest_counts_and_both_are_kept(room: TheRoom) -> None:
    before, anew = twice(room)
    first, _other, later = ids(room)
    need = room.need("Komma ut", who="äldre", function="komma ut")
    room.go("prioritise")
    for phone, value in ((before, "1"), (anew, "5")):
        assert phone.send("prioritise", {f"benefit@{need}": value, f"dots@{need}": "2"}).status == 201
    for role in ("Drift", "Drift"):
        phone = room.phone()
        phone.join(role)
        phone.send("prioritise", {f"benefit@{need}": "5", f"dots@{need}": "1"})
    with pytest.raises(one_person.AnsweredTwice) as said:
        room.do(actions.one_person.unite, phone=first, other=later)
    assert said.value.values["steps"] == queries.format_of(room.file).step("prioritise").title.get("sv")
    room.do(actions.agenda.pause_phones)
    assert later in ids(room) and queries.ratings(room.file)[need].dots == 6
    room.do(actions.one_person.unite, phone=first, other=later, newest_counts=True)
    told = queries.ratings(room.file)[need]
    assert (told.voters, told.spreads["benefit"].votes, told.dots) == (3, (5, 5, 5), 4)
    assert len([a for a in room.stored("prioritise") if a.participant == first]) == 2
    assert queries.rated_by(room.file, first, 1) == {(need, "benefit")}
    assert not store_check.findings(room.file.path)


def test_who_was_united_stays_one_when_united_again_joined_with_other_files_or_saved(room: TheRoom) -> None:
    twice(room)
    room.phone().join("Drift")
    first, other, later, last = ids(room)
    room.do(actions.one_person.unite, phone=last, other=later)
    room.do(actions.one_person.unite, phone=later, other=first)
    assert queries.united(room.file) == {later: first, last: first}
    for phone, same in ((last, first), (first, first), ("nobody", first)):
        with pytest.raises(Refused):
            room.do(actions.one_person.unite, phone=phone, other=same)
    saved = room.file.path.with_name("saved.json")
    actions.transfer.write_json(actions.transfer.whole(room.file), saved)
    assert "same_person" in json.loads(saved.read_text("utf-8"))["tables"]
    with actions.transfer.import_json(saved, room.file.path.with_name("again.behov")) as again:
        assert [p.id for p in queries.participants(again)] == [first, other]
    empty = room.file.path.with_name("empty.behov")
    actions.session.create(empty, format_id="needs_identification", title="En till").close()
    with merge.merge([empty, room.file.path], room.file.path.with_name("both.behov")) as both:
        assert len(queries.participants(both)) == 2 and len(queries.united(both)) == 2
        assert not store_check.findings(both.path)
