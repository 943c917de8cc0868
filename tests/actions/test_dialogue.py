"""A dialogue with suppliers: every hard rule of equal treatment, tried where it is enforced."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions, i18n
from workshop_app.actions import dialogue, meeting, question_list
from workshop_app.model.dialogue import asymmetries, coverage
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

AGENDA = [{"title": "Villkor", "minutes": 5}, {"title": "Behovet", "minutes": 40}]
Do = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SessionFile]:
    with actions.session.create(tmp_path / "d.behov", format_id="one_to_one", title="D") as made:
        yield made


def refused(do: Do, verb: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as trouble:
        do(verb, **kwargs)
    said = trouble.value.say(i18n.language("sv"))
    assert said.endswith(".")
    assert said != trouble.value.say(i18n.language("en")), "no Swedish"
    return trouble.value.message


def prepare(do: Do) -> tuple[int, int, int]:
    """Everything there must be before the first meeting; three suppliers."""
    do(dialogue.set_terms, purpose="Lära av marknaden", terms="Lika för alla", needs_version=1)
    do(dialogue.invite, invitation="Välkomna", channels="Webben", invited_on="2026-03-01")
    do(dialogue.set_agenda, items=AGENDA)
    kinds = (("Alfa AB", "small"), ("Beta", "large"), ("Gamma förening", "non_profit"))
    a, b, c = (do(dialogue.register, name=n, type=t) for n, t in kinds)
    return a, b, c


def slots(do: Do, *suppliers: int) -> list[int]:
    times = [{"supplier": s, "starts_at": f"2026-03-10 {9 + n:02}:00"} for n, s in enumerate(suppliers)]
    return do(meeting.add_slots, slots=times)  # type: ignore[no-any-return]


def held(do: Do, slot: int, seconds: int = 45 * 60, **more: Any) -> None:
    do(meeting.start_slot, slot=slot)
    do(meeting.end_slot, slot=slot, actual_seconds=seconds, **more)


def kinds(file: SessionFile) -> list[str]:
    return [a.kind for a in asymmetries(queries.dialogue(file))]


def test_no_dialogue_without_purpose_needs_invitation_and_agenda(file: SessionFile, do: Do) -> None:
    from workshop_app.actions import dialogue_rules as needed

    supplier = do(dialogue.register, name="Alfa", type="small")
    assert refused(do, meeting.add_slots, slots=[]) == needed.NO_AGENDA
    do(dialogue.set_agenda, items=AGENDA)
    (slot,) = slots(do, supplier)
    for missing, verb, values in (
        (needed.NO_PURPOSE, dialogue.set_terms, {"purpose": "Lära"}),
        (needed.NO_NEEDS, dialogue.set_terms, {"needs_version": 1}),
        (needed.NO_INVITATION, dialogue.invite, {"invited_on": "2026-03-01"}),
    ):
        assert refused(do, meeting.start_slot, slot=slot) == missing
        assert refused(do, actions.agenda.next_step) == missing
        do(verb, **values)
    do(actions.agenda.next_step)
    do(meeting.start_slot, slot=slot)


@pytest.mark.parametrize("format_id", ["dialogue_meeting", "supplier_conference"])
def test_a_meeting_of_many_waits_for_the_same(tmp_path: Path, format_id: str) -> None:
    with actions.session.create(tmp_path / "m.behov", format_id=format_id, title="M") as file:

        def do(verb: Any, **kwargs: Any) -> Any:
            return actions.do(file, verb, **kwargs)

        refused(do, actions.agenda.next_step)
        refused(do, actions.agenda.go_to, step=queries.session(file).steps[-1].id)
        do(dialogue.set_terms, purpose="P", needs_version=1)
        refused(do, actions.agenda.next_step)
        do(dialogue.invite, invited_on="2026-03-01")
        do(actions.agenda.next_step)
        do(actions.agenda.previous_step)


def test_the_first_meeting_locks_what_all_are_to_hear(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    material = {"title": "Bilder", "version": "1", "sha256": "0" * 64, "size": 9}
    do(dialogue.add_material, **material)
    first, second, _third = slots(do, a, b, c)
    held(do, first)
    assert refused(do, dialogue.set_agenda, items=AGENDA) == dialogue.LOCKED
    assert refused(do, dialogue.set_terms, terms="Annat") == dialogue.TERMS_LOCKED
    assert refused(do, dialogue.set_terms, needs_version=2) == dialogue.TERMS_LOCKED
    assert refused(do, dialogue.add_material, **material) == dialogue.MATERIAL_LOCKED
    assert refused(do, dialogue.invite, invited_on="2026-02-01") == dialogue.INVITED
    do(dialogue.set_terms, terms="Lika för alla")  # the same again is no change
    changed = [{"title": "Annat", "minutes": 30}]
    assert do(dialogue.new_round, items=changed) == 2
    register = queries.dialogue(file)
    assert {s.supplier: (s.round, s.minutes) for s in register.slots} == {a: (1, 45), b: (2, 30), c: (2, 30)}
    assert [(x.kind, x.who) for x in asymmetries(register)] == [("round", (a,))]
    do(meeting.start_slot, slot=second)
    assert refused(do, dialogue.set_agenda, items=AGENDA) == dialogue.LOCKED
    do(meeting.end_slot, slot=second, actual_seconds=1800)
    do(dialogue.give, what="round", id=2, suppliers=[a])  # offered, and declined
    assert kinds(file) == []


def test_all_meetings_are_equally_long(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    slot = {"supplier": a, "starts_at": "2026-03-10 09:00"}
    assert refused(do, meeting.add_slots, slots=[slot | {"minutes": 60}]) == meeting.UNEQUAL
    first, second = slots(do, a, b)
    assert refused(do, meeting.add_slots, slots=[slot]) == meeting.TWICE
    do(dialogue.set_agenda, items=[*AGENDA, {"title": "Avslut", "minutes": 5}])
    assert {s.minutes for s in queries.dialogue(file).slots} == {50}
    do(meeting.start_slot, slot=first)
    assert refused(do, meeting.start_slot, slot=second) == meeting.OTHER_RUNS
    late = {"supplier": c, "starts_at": "2026-03-10 11:00"}
    assert refused(do, meeting.add_slots, slots=[late]) == meeting.LATE
    do(meeting.add_slots, slots=[late | {"late_reason": "Anmälde sig sent"}])
    assert refused(do, meeting.cancel_slot, slot=first) == meeting.NO_REASON
    do(meeting.cancel_slot, slot=first, reason="Larm i huset")
    slots_again = [slot | {"late_reason": "Larm i huset"}]
    do(meeting.add_slots, slots=slots_again)


@pytest.mark.parametrize(
    ("seconds", "asks"), [(45 * 60 + 180, False), (45 * 60 + 181, True), (50 * 60, True), (40 * 60, False)]
)
def test_more_than_three_minutes_over_asks_for_a_note_and_an_offer(
    file: SessionFile, do: Do, seconds: int, asks: bool
) -> None:
    a, b, c = prepare(do)
    first, *_ = slots(do, a, b, c)
    do(meeting.start_slot, slot=first)
    if not asks:
        do(meeting.end_slot, slot=first, actual_seconds=seconds)
        assert kinds(file) == []
        return
    for words in ({}, {"deviation": "Fel på skärmen"}, {"offer": "Fem minuter"}):
        assert (
            refused(do, meeting.end_slot, slot=first, actual_seconds=seconds, **words) == meeting.NEEDS_NOTE
        )
    do(meeting.end_slot, slot=first, actual_seconds=seconds, deviation="Fel", offer="Fem minuter")
    (found,) = asymmetries(queries.dialogue(file))
    assert (found.kind, found.who, found.about, found.mended) == ("minutes", (b, c), first, "offered")
    do(dialogue.give_all, what="minutes", id=first)
    assert kinds(file) == []


def test_a_tenth_over_a_short_meeting_counts_too(file: SessionFile, do: Do) -> None:
    a, *_ = prepare(do)
    do(dialogue.set_agenda, items=[{"title": "Kort", "minutes": 10}])
    (slot,) = slots(do, a)
    do(meeting.start_slot, slot=slot)
    assert refused(do, meeting.end_slot, slot=slot, actual_seconds=661) == meeting.NEEDS_NOTE
    do(meeting.end_slot, slot=slot, actual_seconds=660)


def test_open_answered_published_and_then_for_good(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    entry = do(question_list.ask, question="Hur många gäller det?", raised_in="one_to_one")
    assert refused(do, question_list.publish, entries=[entry]) == question_list.NO_ANSWER
    assert refused(do, question_list.reply, entry=entry, answer="200", by_role="") == question_list.NO_ROLE
    assert refused(do, dialogue.give, what="answer", id=entry, suppliers=[a]) == dialogue.NOT_OUT
    do(question_list.promise, entry=entry, on="2026-03-12")
    do(question_list.reply, entry=entry, answer="200", by_role="Upphandlare")
    assert do(question_list.publish, entries=[entry]) == 1
    assert file.undo_label == ""
    assert file.undo().result() == ""
    assert refused(do, question_list.reply, entry=entry, answer="300", by_role="X") == question_list.PUBLISHED
    assert refused(do, question_list.reword, entry=entry, question="Annat?") == question_list.PUBLISHED
    assert refused(do, question_list.same, entry=entry, as_=None) == question_list.PUBLISHED
    given = [g for g in queries.dialogue(file).given if g.what == "answer"]
    assert {g.supplier for g in given} == {a, b, c}
    assert len({g.at for g in given}) == 1
    correction = do(question_list.correct, entry=entry, answer="250", by_role="Upphandlare")
    do(question_list.publish, entries=[correction])
    told = queries.open_dialogue(file).questions
    assert [(q.answer, q.corrects) for q in told] == [("200", None), ("250", entry)]
    late = do(dialogue.register, name="Delta", type="medium")
    assert [(x.kind, x.who) for x in asymmetries(queries.dialogue(file))] == [
        ("answer", (late,)), ("answer", (late,)),
    ]  # fmt: skip
    for one in (entry, correction):
        do(dialogue.give_all, what="answer", id=one)
    assert kinds(file) == []


def test_undo_after_publishing_or_starting_changes_nothing_told(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    first, *_ = slots(do, a, b, c)
    do(meeting.start_slot, slot=first)
    assert file.undo().result() == ""
    do(meeting.note, slot=first, item=queries.dialogue(file).agenda[0].id, open="Sagt")
    assert file.undo_label
    do(meeting.end_slot, slot=first, actual_seconds=2700)
    assert (file.undo().result(), file.redo().result()) == ("", "")
    register = queries.dialogue(file)
    assert register.agenda_locked_at
    assert register.notes[0].open == "Sagt"


def test_a_published_text_names_nobody_and_holds_no_secret(file: SessionFile, do: Do) -> None:
    from workshop_app.actions.dialogue_rules import NAMES_SUPPLIER

    prepare(do)
    entry = do(question_list.ask, question="Som alfa undrade", raised_in="one_to_one", secret_part=True)
    do(question_list.reply, entry=entry, answer="Ja", by_role="Upphandlare")
    assert refused(do, question_list.publish, entries=[entry]) == question_list.SECRET
    do(question_list.reword, entry=entry, secret_part=False)
    assert refused(do, question_list.publish, entries=[entry]) == NAMES_SUPPLIER
    do(question_list.reword, entry=entry, question="Alfabetisk ordning?")
    do(question_list.publish, entries=[entry])


def test_a_new_fact_in_a_meeting_is_copied_and_waits_for_all(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    first, *_ = slots(do, a, b, c)
    item = queries.dialogue(file).agenda[1].id
    assert refused(do, meeting.note, slot=first, item=item, open="x") == meeting.NOT_BEGUN
    do(meeting.start_slot, slot=first)
    do(meeting.note, slot=first, item=item, open="Karta finns", secret="HEMLIGT", new_information=True)
    (copy,) = queries.dialogue(file).questions
    assert (copy.question, copy.new_information, copy.state, copy.slot) == (
        "Karta finns",
        True,
        "answered",
        first,
    )
    do(meeting.note, slot=first, item=item, open="Karta finns den 3 maj", new_information=True)
    assert [q.question for q in queries.dialogue(file).questions] == ["Karta finns den 3 maj"]
    do(meeting.end_slot, slot=first, actual_seconds=2700)
    assert [(x.kind, x.who) for x in asymmetries(queries.dialogue(file))] == [("unpublished", (b, c))]
    assert refused(do, dialogue.set_final) == dialogue.NOT_ALL_PUBLISHED
    do(question_list.publish, entries=[copy.id])
    do(dialogue.set_final)
    do(dialogue.reopen)
    do(meeting.note, slot=first, item=item, new_information="Och en till")
    assert len(queries.dialogue(file).questions) == 2
    do(meeting.note, slot=first, item=item, new_information=False)
    assert len(queries.dialogue(file).questions) == 1


def test_what_the_supplier_confirmed_only_takes_a_correction(file: SessionFile, do: Do) -> None:
    a, b, c = prepare(do)
    first, *_ = slots(do, a, b, c)
    item = queries.dialogue(file).agenda[0].id
    do(meeting.start_slot, slot=first)
    do(meeting.note, slot=first, item=item, open="Öppet", secret="Hemligt", internal="Vårt")
    do(meeting.confirm_notes, slot=first)
    for words in ({"open": "Annat"}, {"secret": "Annat"}):
        assert refused(do, meeting.note, slot=first, item=item, **words) == meeting.CONFIRMED
    do(meeting.note, slot=first, item=item, internal="Mer", correction="Gäller 2027")
    (note,) = queries.dialogue(file).notes
    assert (note.open, note.secret, note.internal, note.correction) == (
        "Öppet",
        "Hemligt",
        "Mer",
        "Gäller 2027",
    )


def test_final_waits_until_all_have_had_the_same(file: SessionFile, do: Do) -> None:
    assert refused(do, dialogue.set_final) == dialogue.NOTHING_YET
    a, b, c = prepare(do)
    paper = do(dialogue.add_material, title="B", version="1", sha256="a" * 64, size=1)
    do(dialogue.give, what="material", id=paper, suppliers=[a])
    assert refused(do, dialogue.set_final) == dialogue.NOT_ALL_HAVE
    do(dialogue.give_all, what="material", id=paper)
    entry = do(question_list.ask, question="Vad?", raised_in="phone")
    twin = do(question_list.ask, question="Vadå?", raised_in="phone")
    do(question_list.same, entry=twin, as_=entry)
    assert refused(do, question_list.same, entry=entry, as_=twin) == question_list.ITSELF
    assert refused(do, dialogue.set_final) == dialogue.NOT_ALL_PUBLISHED
    do(question_list.reply, entry=entry, answer="Detta", by_role="Jurist")
    do(question_list.publish, entries=[entry, twin])
    do(dialogue.set_final)
    for verb, values in (
        (question_list.ask, {"question": "Mer?", "raised_in": "phone"}),
        (dialogue.set_terms, {"purpose": "Annat"}),
        (dialogue.register, {"name": "Ny", "type": "small"}),
    ):
        refused(do, verb, **values)
    assert queries.dialogue(file).final_at
    assert b and c


def test_coverage_says_who_is_not_reached(file: SessionFile, do: Do) -> None:
    assert coverage(queries.dialogue(file)) == ()
    do(dialogue.register, name="Stor", type="large", earlier_contract=True)
    assert coverage(queries.dialogue(file)) == ("no_small", "no_non_profit", "all_earlier")


def test_every_action_leaves_a_line_in_the_journal_without_words(file: SessionFile, do: Do) -> None:
    prepare(do)
    lines = queries.journal(file)
    assert {"dialogue.register", "dialogue.invite", "dialogue.set_agenda"} <= {line.action for line in lines}
    assert "Alfa" not in str(lines)
