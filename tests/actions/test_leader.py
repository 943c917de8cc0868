"""What the leader may do to the agenda, the board, the needs and their routes, and what the method says no to."""

from collections.abc import Callable
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.i18n import language
from workshop_app.model import route_rules
from workshop_app.model.need import FIELDS
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]
group, need, goals, route, session, agenda = (
    actions.group, actions.need, actions.goals, actions.route, actions.session, actions.agenda,
)  # fmt: skip
WORDS = {
    "who": "Förskolebarn ett till fem år",
    "function": "röra sig på torrt golv",
    "situation": "när grupper kommer in från utevistelse i regn och snö",
    "effect": "de kan leka utan att halka",
    "requirement": "Golvet är torrt högst tio minuter efter att 20 barn kommit in",
    "requirement_check": "mätning under fyra veckor",
    "market_status": "none_found",
    "market_note": "Delar finns, ingen helhet",
    "market_checked_on": "2026-03-01",
    "market_source": "omvärldsbevakning",
}


@pytest.fixture
def cards(phone: Go, do: Go) -> list[int]:
    do(agenda.go_to, step="challenges")
    return [phone("challenges", text=f"kort {n}").card for n in range(1, 7)]


def board(file: SessionFile) -> Any:
    return queries.board(file)


# the agenda ---------------------------------------------------------------------------------------------------


def test_the_agenda_goes_both_ways_and_ends(file: SessionFile, do: Go) -> None:
    with pytest.raises(Refused):
        do(agenda.previous_step)
    steps = [s.id for s in queries.session(file).steps]
    assert [do(agenda.next_step) for _ in steps[1:]] == steps[1:]
    with pytest.raises(Refused):
        do(agenda.next_step)
    assert do(agenda.previous_step) == "route"
    states = {s.id: s.state for s in queries.session(file).steps}
    assert states["route"] == "open" and states["close"] == "done" and states["join"] == "done"
    with pytest.raises(Refused):
        do(agenda.go_to, step="nix")


def test_the_clock_warns_and_never_cuts(file: SessionFile, do: Go) -> None:
    do(agenda.next_step)
    do(agenda.add_minutes, minutes=5)
    do(agenda.pause_clock)
    now = queries.session(file).now_step
    assert now.paused_at is not None and now.extra_seconds == 300
    do(agenda.resume_clock)
    do(agenda.add_minutes, minutes=-999)
    now = queries.session(file).now_step
    assert now.paused_at is None and now.left(now.started_at).total_seconds() == 0
    do(agenda.set_minutes, step="challenges", minutes=35)
    assert queries.session(file).step("challenges").minutes == 35


# the cover --------------------------------------------------------------------------------------------------------


def test_the_question_keeps_its_versions(file: SessionFile, do: Go, phone: Go) -> None:
    do(agenda.next_step)
    phone("ground", understood="no", unclear="Vad menas med boende?")
    assert do(session.reword_question, text="Vad är svårt i vardagen?") == 2
    assert do(session.reword_question, text=" Vad är svårt i vardagen? ") == 2
    phone("ground", understood="yes")
    assert [q.text for q in queries.questions(file)] == ["Vad är svårt?", "Vad är svårt i vardagen?"]
    assert queries.understood(file) == {"yes": 1, "partly": 0, "no": 0}
    assert queries.understood(file, 1)["no"] == 1 and queries.unclear(file, 1) == ("Vad menas med boende?",)
    with pytest.raises(Refused):
        do(session.reword_question, text="  ")


def test_the_cover_can_be_corrected(file: SessionFile, do: Go) -> None:
    do(session.set_cover, title="Ny", mandate="nämnden", language="en")
    do(session.set_roles, roles=["Drift", " Drift ", "", "It"])
    do(session.set_missing, missing=["barn", "barn", " "])
    do(session.set_missing, missing=["hyresgäster"])
    do(session.set_setting, key="final", value="1")
    assert do(session.finish_version) == 2
    now = queries.session(file)
    assert (now.title, now.mandate, now.language, now.roles, now.version) == (
        "Ny",
        "nämnden",
        "en",
        ("Drift", "It"),
        2,
    )
    assert queries.room(file).missing == ("hyresgäster",) and now.settings["final"] == "1"
    for wrong in ({"title": " "}, {"language": "tlh"}):
        with pytest.raises(Refused):
            do(session.set_cover, **wrong)


# the board --------------------------------------------------------------------------------------------------------


def test_heaps_and_themes(file: SessionFile, do: Go, cards: list[int]) -> None:
    theme = do(group.new_theme, title="  Golv  och  väta ")
    first = do(group.new_heap, title="Halt", cards=cards[:2], theme=theme)
    second = do(group.new_heap, cards=cards[2:3], theme=theme)
    assert [board(file).tag(h) for h in board(file).heaps] == ["1a", "1b"]
    do(group.move_cards, cards=[cards[2]], heap=first)
    do(group.remove_heap, heap=second)
    third = do(group.new_heap, cards=[cards[3]], theme=theme)
    assert board(file).tag(board(file).heap(third)) == "1c", "a letter is never used again"
    assert board(file).themes[0].title == "Golv och väta" and board(file).themes[0].cards == 4
    do(group.move_heap, heap=third, theme=None)
    do(group.remove_theme, theme=theme)
    assert board(file).themes == () and len(board(file).loose_heaps) == 2
    for wrong in ({"title": "x" * 61}, {"cards": [99]}, {"theme": 99}):
        with pytest.raises(Refused):
            do(group.new_heap, **wrong)
    for verb, arguments in (
        (group.move_cards, {"cards": [], "heap": first}),
        (group.move_cards, {"cards": [1], "heap": 99}),
        (group.hide, {"cards": [1], "reason": "ful"}),
        (group.rename_theme, {"theme": theme, "title": "x"}),
    ):
        with pytest.raises(Refused):
            do(verb, **arguments)
    assert queries.balance(file).balanced


def test_every_card_is_in_one_place(file: SessionFile, do: Go, cards: list[int]) -> None:
    heap = do(group.new_heap, cards=[1, 2])
    do(need.new_need, title="N", cards=[1, 6])
    do(group.park, cards=[3], reason="tas upp i juni")
    do(group.hide, cards=[4], reason="personal_data")
    do(group.merge_cards, into=2, cards=[5])
    places = {"need": 2, "heap": 1, "parked": 1, "hidden": 1, "merged": 1, "withdrawn": 0, "loose": 0}
    assert queries.balance(file).places == places and queries.balance(file).balanced
    do(group.bring_back, cards=[3, 4, 5])
    assert {c.id for c in board(file).loose} == {3, 4, 5, 6}
    do(group.move_cards, cards=[3, 4, 5, 6], heap=heap)
    assert [c.id for c in board(file).heap(heap).cards] == [1, 2, 3, 4, 5, 6]


def test_joined_cards_keep_their_words_and_evidence_follows(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    made = do(need.new_need, title="N", cards=[1, 2])
    do(group.merge_cards, into=3, cards=[1])
    do(group.merge_cards, into=4, cards=[3])
    (found,) = queries.needs(file)
    assert [e.card for e in found.evidence] == [2, 4] and board(file).cards[1].merged_into == 4
    with pytest.raises(Refused):
        do(group.merge_cards, into=1, cards=[2])
    with pytest.raises(Refused):
        do(group.merge_cards, into=4, cards=[4])
    with pytest.raises(Refused):
        do(group.park, cards=[1])
    do(group.unmerge, card=1)
    assert (
        board(file).cards[1].state == "loose" and board(file).cards[1].text == "kort 1" and made == found.id
    )


def test_joining_heaps_and_themes_takes_needs_along(file: SessionFile, do: Go, cards: list[int]) -> None:
    a, b = do(group.new_heap, cards=[1]), do(group.new_heap, cards=[2])
    one, two = do(group.new_theme, title="A", heaps=[a]), do(group.new_theme, title="B", heaps=[b])
    made = do(need.new_need, heap=b)
    do(group.merge_heaps, into=a, heaps=[b])
    do(group.merge_themes, into=one, themes=[two])
    assert queries.needs(file)[0].heap == a and [t.title for t in board(file).themes] == ["A"]
    new = do(group.split_heap, heap=a, cards=[2], title="Delad")
    assert board(file).heap(new).theme == one and made


def test_a_suggestion_never_moves_what_a_person_placed(file: SessionFile, do: Go, cards: list[int]) -> None:
    heap = do(group.new_heap, title="Min", cards=[1, 2])
    found = actions.suggest.for_file(file, everything=True)
    assert 1 not in {m.card for m in found.moves} and 2 not in {m.card for m in found.moves}
    do(group.park, cards=[3])
    moved = do(group.apply_suggestion, suggestion=found)
    assert {c.id for c in board(file).heap(heap).cards} >= {1, 2} and board(file).cards[3].state == "parked"
    assert moved <= 4 and queries.balance(file).balanced
    assert all(h.cards for h in board(file).heaps), "no empty heaps are left"
    file.undo().result()
    assert [h.title for h in board(file).heaps] == ["Min"]


# needs ------------------------------------------------------------------------------------------------------------


def test_a_need_from_its_heap(file: SessionFile, do: Go, cards: list[int]) -> None:
    heap = do(group.new_heap, cards=[1, 2])
    made = do(need.new_need, title="Torrt golv", heap=heap)
    do(need.add_evidence, need=made, cards=[3, 3, 1])
    do(need.remove_evidence, need=made, cards=[2])
    (one,) = queries.needs(file)
    assert [e.card for e in one.evidence] == [1, 3] and one.number == 1 and one.heap == heap
    with pytest.raises(Refused):
        do(need.set_fields, need=made, title="x" * (need.MOST + 1))
    with pytest.raises(Refused):
        do(need.set_fields, need=made, market_status="kanske")
    with pytest.raises(KeyError):
        do(need.set_fields, need=made, colour="röd")
    with pytest.raises(Refused):
        do(need.set_fields, need=99, title="x")
    with pytest.raises(Refused):
        do(need.set_stakeholders, need=made, stakeholders=[{"group": "barn", "relation": "chef"}])


def test_words_changed_after_ready_make_a_new_version(file: SessionFile, do: Go, cards: list[int]) -> None:
    made = do(need.new_need, title="Torrt golv", cards=[1])
    do(need.set_fields, need=made, **WORDS)
    do(
        need.set_stakeholders,
        need=made,
        stakeholders=[{"group": "barn", "relation": "user", "consulted": "yes"}],
    )
    do(need.set_status, need=made, status="ready")
    do(need.set_fields, need=made, owner="Rektor")
    assert (queries.needs(file)[0].version, queries.needs(file)[0].status) == (1, "ready")
    do(need.set_fields, need=made, effect="de kan leka på golvet utan att bli blöta")
    assert (queries.needs(file)[0].version, queries.needs(file)[0].status) == (2, "draft")
    assert any(v.fields["effect"] == WORDS["effect"] for v in queries.need_versions(file, made))


def test_words_beyond_the_limit_are_kept_and_to_be_shortened_before_ready(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    made = ready(do)
    do(need.set_fields, need=made, title="x" * 81)
    (one,) = queries.needs(file)
    assert one.title == "x" * 81 and one.status == "draft"
    with pytest.raises(Refused) as said:
        do(need.set_status, need=made, status="ready")
    assert said.value.message == need.SHORTEN and said.value.values["over"] == 1


def test_a_need_is_closed_only_after_its_decision(file: SessionFile, do: Go, cards: list[int]) -> None:
    made = ready(do)
    with pytest.raises(Refused) as said:
        do(need.set_status, need=made, status="closed")
    assert said.value.message == need.NOT_DECIDED


def test_what_is_split_and_joined_is_seen_from_both_sides(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    first = ready(do)
    second = do(need.split_need, need=first, title="Torra skor")
    third = do(need.new_need, title="Torra vantar")
    do(need.merge_needs, into=second, needs=[third])
    assert [(r.kind, r.id) for r in queries.relatives(file, first)] == [("split_into", second)]
    assert [(r.kind, r.id) for r in queries.relatives(file, second)] == [
        ("split_from", first),
        ("merged_from", third),
    ]
    assert queries.relatives(file, second)[1].fields["title"] == "Torra vantar"


def test_not_ready_until_the_questions_are_answered_or_kept(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    made = do(need.new_need, title="Robot", cards=[1])
    do(need.set_fields, need=made, **{**WORDS, "function": "köpa en robot som torkar golvet"})
    with pytest.raises(Refused) as said:
        do(need.set_status, need=made, status="ready")
    rules = str(said.value.values["rules"]).split(", ")
    with pytest.raises(Refused):
        do(need.waive, need=made, rule=rules[0], field="function", reason=" ")
    for rule in rules:
        do(need.waive, need=made, rule=rule, field="function", reason="Nämnden har redan beslutat")
    do(need.set_status, need=made, status="ready")
    assert queries.needs(file)[0].status == "ready" and len(queries.needs(file)[0].waivers) == len(rules)
    do(need.unwaive, need=made, rule=rules[0], field="function")
    with pytest.raises(Refused):
        do(need.set_status, need=made, status="anchored")


def test_anchored_when_somebody_near_recognises_it(
    file: SessionFile, do: Go, cards: list[int], phone: Go, join: Go
) -> None:
    made = ready(do)
    with pytest.raises(Refused):
        do(need.set_status, need=made, status="anchored")
    do(agenda.go_to, step="route")
    phone("route", who=join("chef", relation="lead"), **{f"recognise__{made}": "yes"})
    with pytest.raises(Refused):
        do(need.set_status, need=made, status="anchored")
    phone("route", who=join("drift", relation="work_in"), **{f"recognise__{made}": "yes"})
    do(need.set_status, need=made, status="anchored")
    assert queries.needs(file)[0].status == "anchored"


def ready(do: Go) -> int:
    made = do(need.new_need, title="Torrt golv", cards=[1])
    do(need.set_fields, need=made, **WORDS)
    do(need.set_status, need=made, status="ready")
    return int(made)


def test_split_merge_and_remove(file: SessionFile, do: Go, cards: list[int]) -> None:
    made = do(need.new_need, title="Två i ett", cards=[1, 2, 3])
    other = do(need.split_need, need=made, cards=[3], title="Det andra")
    by_id = {n.id: n for n in queries.needs(file)}
    assert [e.card for e in by_id[made].evidence] == [1, 2] and [e.card for e in by_id[other].evidence] == [3]
    assert by_id[other].split_from == made
    do(need.merge_needs, into=made, needs=[other])
    assert [[e.card for e in n.evidence] for n in queries.needs(file)] == [[1, 2, 3]]
    with pytest.raises(Refused):
        do(need.merge_needs, into=made, needs=[made])
    third = do(need.new_need, title="Bort")
    do(need.remove_need, need=third)
    assert len(queries.needs(file)) == 1
    do(actions.rate.hand_votes, need=made, criterion="benefit", votes={"4": 3, "dk": 1})
    with pytest.raises(Refused):
        do(need.remove_need, need=made)


def test_votes_from_hands(file: SessionFile, do: Go, cards: list[int]) -> None:
    made = do(need.new_need, title="N")
    assert do(actions.rate.hand_votes, need=made, criterion="benefit", votes={"4": 3, "1": 1, "dk": 2}) == 6
    rated = queries.ratings(file)[made].spreads["benefit"]
    assert rated.votes == (1, 4, 4, 4) and rated.dont_know == 2
    for criterion, votes in (
        ("charm", {"1": 1}),
        ("risk", {"6": 1}),
        ("risk", {"1": -1}),
        ("risk", {"1": 501}),
    ):
        with pytest.raises(Refused):
            do(actions.rate.hand_votes, need=made, criterion=criterion, votes=votes)


# goals and routes ---------------------------------------------------------------------------------------------------


def test_goals(file: SessionFile, do: Go) -> None:
    one, two = do(goals.add_goals, titles=["Trygghet", " Delaktighet "], source="Plan")
    assert do(goals.add_goals, titles=["Trygghet"], source="Plan") == [one]
    made = do(need.new_need, title="N")
    do(goals.set_goals, need=made, goals=[one, one, 99])
    assert queries.needs(file)[0].goals == (one,)
    with pytest.raises(Refused):
        do(goals.remove_goal, goal=one)
    do(goals.remove_goal, goal=two)
    do(goals.set_no_goal, need=made, value=True)
    assert queries.needs(file)[0].goals == () and queries.needs(file)[0].no_goal


def test_a_decision_asks_for_what_the_method_demands(file: SessionFile, do: Go, cards: list[int]) -> None:
    made = ready(do)
    steps = [
        {"route": "innovation_procurement"},
        {"route": "innovation_procurement", "reason": "Ingen helhet finns"},
        {"route": "innovation_procurement", "kind": "of_innovation", "reason": "Ingen helhet finns"},
    ]
    for chosen in steps:
        do(route.set_route, need=made, **chosen)
        with pytest.raises(Refused):
            do(route.decide, need=made)
    do(route.set_route, need=made, **steps[-1], owner="Rektor")
    with pytest.raises(Refused):
        do(route.decide, need=made)
    do(need.set_stakeholders, need=made, stakeholders=[{"group": "barn", "relation": "user"}])
    do(route.decide, need=made)
    assert queries.needs(file)[0].status == "decided"
    do(route.reopen, need=made)
    assert queries.needs(file)[0].status == "draft"


def test_a_need_rated_risky_is_decided_with_a_risk_list_or_a_reason(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    made = ready(do)
    chosen = {"route": "ordinary_procurement", "reason": "Finns", "owner": "Rektor"}
    do(route.set_route, need=made, **chosen)
    do(need.set_stakeholders, need=made, stakeholders=[{"group": "barn"}])
    do(actions.agenda.go_to, step="prioritise")
    do(actions.rate.hand_votes, need=made, criterion="risk", votes={"2": 3})
    do(actions.agenda.new_round)
    do(actions.rate.hand_votes, need=made, criterion="risk", votes={"3": 1, "4": 3, "5": 2, "dk": 4})
    do(actions.agenda.go_to, step="route")
    for _ in range(2):
        with pytest.raises(Refused) as asked:
            do(route.decide, need=made)
        assert "riskl" in asked.value.say(language("sv")), asked.value
        line = do(actions.sheet.write, sheet="risks", need=made, fields={"what": "Golvet spricker"})
        do(route.decide, need=made)
        do(route.reopen, need=made)
        do(need.set_status, need=made, status="ready")
        do(actions.sheet.drop, row=line)
    do(need.waive, need=made, rule="R01", field="risks", reason="Listan förs av projektet")
    do(route.decide, need=made)
    assert queries.needs(file)[0].status == "decided"


def test_a_risk_below_four_parked_or_not_shown_asks_for_no_list() -> None:
    owes = route_rules.owes_risks
    assert owes(4.0, 0, ()) and not owes(3.5, 0, ()) and not owes(None, 0, ()) and not owes(5.0, 1, ())
    fields = dict.fromkeys(FIELDS, "x") | {"route": "parked"}
    assert route_rules.missing(fields, 1, True) == []
    assert route_rules.missing(fields | {"route": "internal_development"}, 1, True) == ["risks"]


def test_parked_needs_a_date_and_nothing_else(file: SessionFile, do: Go) -> None:
    made = do(need.new_need, title="Senare")
    do(route.set_route, need=made, route="parked", reason="Inga timmar")
    with pytest.raises(Refused):
        do(route.decide, need=made)
    do(route.set_route, need=made, route="parked", reason="Inga timmar", review_date="2026-09-01")
    do(route.decide, need=made)
    assert queries.needs(file)[0].status == "decided"
    with pytest.raises(Refused):
        do(route.set_route, need=made, route="skroten")


def test_moved_elsewhere_needs_a_receiver(do: Go, cards: list[int]) -> None:
    made = ready(do)
    do(route.set_route, need=made, route="other_process", reason="Hör dit", owner="It-chef")
    do(need.set_stakeholders, need=made, stakeholders=[{"group": "barn"}])
    with pytest.raises(Refused):
        do(route.decide, need=made)
    do(
        route.set_route,
        need=made,
        route="other_process",
        reason="Hör dit",
        owner="It-chef",
        other_process="Förnyelsen",
    )
    do(route.decide, need=made)


def test_the_journal_tells_what_was_done_and_never_what_was_written(
    file: SessionFile, do: Go, cards: list[int]
) -> None:
    made = do(need.new_need, title="Hemligt ord", cards=[1])
    do(need.set_fields, need=made, who="hemlig person")
    do(group.new_heap, title="Hemligt namn", cards=[2])
    told = " ".join(f"{line.who} {line.action} {line.detail}" for line in queries.journal(file))
    assert "emlig" not in told and "need.set_fields" in told and "kort 1" not in told
