"""A session that builds on an earlier one: needs with their lineage, no cards twice, and what became of them."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import carry
from workshop_app.model import register, route_rules
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

SENTENCE = {
    "title": "Nattro", "who": "Boende på avdelning 2", "function": "sova utan att väckas",
    "situation": "under natten", "effect": "dagen orkar bära dem", "owner": "Enhetschef", "route": "parked",
    "review_date": "2026-02-01", "route_reason": "Väntar på budget",
}  # fmt: skip


@pytest.fixture
def earlier(
    file: SessionFile, do: Callable[..., Any], phone: Callable[..., Any], join: Callable[..., Any]
) -> Path:
    """An ended session: need 1 of three nurses, a manager and two others, need 2 decided, need 3 closed, a parked card."""
    for who, role in (
        ("a", "Vård"),
        ("b", "Vård"),
        ("c", "Vård"),
        ("d", "Chef"),
        ("e", "Jurist"),
        ("f", "It"),
    ):
        join(who, role=role)
    do(actions.agenda.go_to, step="challenges")
    for who in "abcdef":
        phone("challenges", who, text=f"Kort från {who}")
    phone("challenges", "d", text="Parkeringen är full")
    do(actions.group.park, cards=[7], reason="Annan fråga")
    goal = do(actions.goals.add_goals, titles=["God natt"], source="Planen")
    one = do(actions.need.new_need, title="Nattro", cards=[1, 2, 3, 4, 5, 6])
    do(actions.need.set_fields, need=one, **SENTENCE)
    do(actions.need.set_stakeholders, need=one, stakeholders=[{"group": "Anhöriga", "consulted": "no"}])
    do(actions.goals.set_goals, need=one, goals=goal)
    two = do(actions.need.new_need, title="Larm", cards=[1])
    do(actions.need.set_fields, need=two, route="parked", route_reason="Sen", review_date="2026-01-01")
    do(actions.route.decide, need=two)
    three = do(actions.need.new_need, title="Färdigt", cards=[2])
    do(carry.note_happened, need=three, status="done", note="Köpt")
    do(actions.session.set_missing, missing=["anhöriga"])
    do(actions.sheet.write, sheet="competences", item="law", fields={"state": "missing"})
    do(actions.sheet.write, sheet="success_factors", item="market", fields={"state": "met"})
    file.close()
    return file.path


@pytest.fixture
def later(earlier: Path, tmp_path: Path) -> Iterator[SessionFile]:
    luggage = carry.look(earlier)
    with carry.create(
        tmp_path / "later.behov", luggage, needs=luggage.proposed(), parked=luggage.parked,
        format_id="needs_identification", title="Andra gången", missing=luggage.missing,
    ) as made:  # fmt: skip
        yield made


def test_open_needs_come_along_with_owner_goals_and_lineage(earlier: Path, later: SessionFile) -> None:
    needs = queries.needs(later)
    assert [(n.title, n.status) for n in needs] == [("Nattro", "draft"), ("Larm", "decided")]
    first, before = needs[0], needs[0].carried[0]
    assert {k: first.fields[k] for k in SENTENCE} == SENTENCE
    assert [s.group for s in first.stakeholders] == ["Anhöriga"] and len(first.goals) == 1
    with SessionFile.read(earlier) as old:
        assert before.file_id == queries.session(old).file_id
    assert (before.number, before.version, before.cards, dict(before.voices)) == (1, 1, 6, {"Vård": 3})
    assert queries.room(later).missing == ("anhöriga",)


def test_nothing_of_it_is_a_card_here_and_the_books_balance(later: SessionFile) -> None:
    assert queries.balance(later).received == 0 and queries.board(later).cards == {}
    assert [c.text for c in queries.carried_cards(later)] == ["Parkeringen är full"]
    later.close()
    assert check.findings(later.path) == []


def test_a_role_of_fewer_than_three_is_nowhere_in_the_file(later: SessionFile) -> None:
    later.close()
    kept = "\n".join(sqlite3.connect(later.path).iterdump())
    assert '"Vård": 3' in kept and "Kort från" not in kept and '"Chef"' not in kept


def test_the_reference_counts_as_evidence(later: SessionFile) -> None:
    one = queries.needs(later)[0]
    assert "N12" not in {f.rule for f in route_rules.questions_left(one, "sv")}


def test_which_competences_are_missing_goes_along_through_the_project(later: SessionFile) -> None:
    (row,) = queries.sheet_rows(later)
    assert (row.sheet, row.need, row.item, row.fields) == ("competences", None, "law", {"state": "missing"})


def test_lineage_grows_by_a_row_each_time(later: SessionFile, tmp_path: Path) -> None:
    later.close()
    luggage = carry.look(later.path)
    third = tmp_path / "third.behov"
    with carry.create(third, luggage, needs=[1], format_id="needs_identification", title="Tredje") as made:
        chain = queries.needs(made)[0].carried
    assert [c.title for c in chain] == ["T", "Andra gången"] and [c.cards for c in chain] == [6, 0]


def test_what_happened_since_closes_and_opens_and_can_be_undone(later: SessionFile) -> None:
    one, two = queries.needs(later)
    actions.do(later, carry.note_happened, need=one.id, status="done", note="Klart i mars", date="2026-03-01")
    actions.do(later, carry.note_happened, need=two.id, status="not_yet")
    assert dict(register.changes(queries.needs(later))) == {"done": 1, "not_yet": 1}
    assert queries.needs(later)[0].status == "closed"
    assert "carry.note_happened" in {line.action for line in queries.journal(later)}
    assert carry.look(later.path).proposed() == {2}
    later.undo().result()
    later.undo().result()
    assert queries.needs(later)[0].status == "draft" and queries.needs(later)[0].happened == ()
    actions.do(later, carry.note_happened, need=one.id, status="stopped")
    actions.do(later, carry.note_happened, need=one.id, status="moved")
    assert queries.needs(later)[0].status == "draft"
    with pytest.raises(Refused):
        actions.do(later, carry.note_happened, need=one.id, status="maybe")


def test_the_register_has_the_nearest_date_first(later: SessionFile) -> None:
    found = register.entries(queries.needs(later), date(2026, 1, 15))
    assert [(e.need.title, e.late) for e in found] == [("Larm", True), ("Nattro", False)]


def test_a_need_that_is_not_there_leaves_no_file(earlier: Path, tmp_path: Path) -> None:
    target = tmp_path / "none.behov"
    with pytest.raises(Refused):
        carry.create(target, carry.look(earlier), needs=[9], format_id="needs_identification", title="T")
    assert not target.exists()


def test_a_full_export_takes_the_lineage_along(later: SessionFile, tmp_path: Path) -> None:
    actions.transfer.write_json(actions.transfer.whole(later), tmp_path / "x.json")
    with actions.transfer.import_json(tmp_path / "x.json", tmp_path / "again.behov") as again:
        assert queries.needs(again) == queries.needs(later)
        assert queries.carried_cards(again) == queries.carried_cards(later)
