"""The room sorts: rounds, hands, what counts, undo, and what it all adds up to on the board."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import ask, group, sort, transfer
from workshop_app.actions.fields import FieldTrouble
from workshop_app.model import sorting as rules
from workshop_app.model.sorting import PlacedBy
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]
TEXTS = (
    "Jag köper in ensam och har ingen att bolla med",
    "Sitter själv med upphandlingen hela veckorna",
    "Ensam upphandlare på halvtid, räcker inte till",
    "Lägsta pris vinner och sen betalar vi i driften",
    "Billigast i inköp blir dyrast att sköta i tio år",
    "Driften får ta notan när priset styr",
)
PEOPLE = ("anna", "bo", "cia", "dan")


@pytest.fixture(autouse=True)
def a_room_with_cards(do: Go, join: Go, phone: Go) -> None:
    for who in PEOPLE:
        join(who)
    do(actions.agenda.go_to, step="challenges")
    for text in TEXTS:
        phone("challenges", text=text)
    do(actions.agenda.go_to, step="groups")


@pytest.fixture
def start(do: Go) -> Go:
    """The leader lets the room sort; everybody is dealt every card unless told otherwise."""
    return lambda cards=range(1, 7), people=PEOPLE, **more: do(
        sort.start, **{"hands": {p: tuple(cards) for p in people}, "hand": 6, "seconds": 180} | more
    )


@pytest.fixture
def put(file: SessionFile) -> Go:
    """A phone places a card; the key is new unless one is given."""
    keys = count(1)

    def go(who: str, card: int, heap: int | None, **more: Any) -> ask.Receipt:
        told = {"participant": who, "card": card, "heap": heap, "key": f"p{next(keys)}"} | more
        receipt: ask.Receipt = actions.do(file, sort.place, by="phone", **told)
        return receipt

    return go


@pytest.fixture
def back(file: SessionFile) -> Go:
    """A phone takes its latest placing back."""
    keys = count(1)
    return lambda who: actions.do(file, sort.take_back, by="phone", participant=who, key=f"b{next(keys)}")


def sort_all(put: Go, who: str, heaps: dict[int, int | None]) -> None:
    for card, heap in heaps.items():
        put(who, card, heap)


TWO_HEAPS = {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4}


def test_a_placing_is_an_acknowledged_answer_stored_once(file: SessionFile, start: Go, put: Go) -> None:
    start()
    first = put("anna", 1, 1, key="same")
    again = put("anna", 1, 1, key="same")
    assert first.code == again.code and (first.again, again.again) == (False, True)
    with pytest.raises(ask.KeyReused):
        put("anna", 1, None, key="same")
    assert [a.receipt for a in queries.answers(file, "groups")] == [first.code]
    assert queries.sorting(file).placements == (PlacedBy("anna", 1, 1, 1),)
    assert not check.findings(file.path)


def test_the_last_word_counts_and_taking_back_goes_all_the_way_to_the_first_card(
    file: SessionFile, start: Go, put: Go, back: Go
) -> None:
    start()
    sort_all(put, "anna", {1: 1, 2: 1, 3: None})
    put("anna", 1, None)
    hand = queries.sorting(file).hand("anna")
    assert (
        hand
        and hand.placed == ((2, 1), (3, None), (1, None))
        and hand.untouched == (4, 5, 6)
        and hand.turn == 4
    )
    for _ in range(3):
        back("anna")
    with pytest.raises(Refused) as said:
        back("anna")
    assert said.value.message == sort.NOTHING_BACK
    hand = queries.sorting(file).hand("anna")
    assert hand and not hand.placed and hand.untouched == (1, 2, 3, 4, 5, 6) and hand.turn == 7
    assert not queries.sorting(file).placements and len(queries.answers(file, "groups")) == 7


def test_only_dealt_cards_real_heaps_and_the_present_turn_are_taken(
    file: SessionFile, start: Go, put: Go
) -> None:
    start(cards=(1, 2, 3), people=("anna", "bo"))
    for who, card, heap, why in (
        ("anna", 4, 4, sort.NOT_DEALT),
        ("cia", 1, 1, sort.NOT_DEALT),
        ("nobody", 1, 1, sort.NOT_DEALT),
        ("anna", 10**12, 1, sort.NOT_DEALT),
        ("anna", 1, 2, sort.NO_SUCH_HEAP),
        ("anna", 1, -1, sort.NO_SUCH_HEAP),
        ("anna", 1, 999, sort.NO_SUCH_HEAP),
    ):
        with pytest.raises(Refused) as said:
            put(who, card, heap)
        assert said.value.message == why
    put("anna", 1, 1, turn=0)
    with pytest.raises(sort.StaleTurn):
        put("anna", 2, 2, turn=0)
    put("bo", 2, 1, turn=0)
    assert len(queries.sorting(file).placements) == 2


def test_closed_paused_muted_and_left_steps_take_nothing(
    file: SessionFile, do: Go, start: Go, put: Go
) -> None:
    with pytest.raises(ask.StepClosed):
        put("anna", 1, 1)
    start()
    with pytest.raises(Refused) as said:
        start()
    assert said.value.message == sort.ALREADY
    do(sort.pause)
    now = queries.sorting_now(file)
    assert now and now.state == "paused"
    with pytest.raises(ask.StepClosed) as closed:
        put("anna", 1, 1)
    assert closed.value.message == sort.RESTS
    do(sort.resume)
    put("anna", 1, 1, key="early")
    do(ask.mute, participant="bo")
    with pytest.raises(ask.Muted):
        put("bo", 1, 1)
    do(actions.agenda.go_to, step="formulate")
    assert queries.sorting_now(file) is None
    with pytest.raises(ask.StepClosed):
        put("anna", 2, 1)
    do(actions.agenda.go_to, step="groups")
    do(sort.stop)
    with pytest.raises(ask.StepClosed):
        put("anna", 2, 1)
    assert put("anna", 1, 1, key="early").again  # what was received is told again, late as it is
    with pytest.raises(Refused):
        do(sort.stop)
    do(actions.agenda.go_to, step="challenges")
    with pytest.raises(Refused) as said:
        start()
    assert said.value.message == sort.NOT_HERE


def test_the_clock_leaves_out_pauses_and_takes_more_time(file: SessionFile, do: Go, start: Go) -> None:
    start(seconds=180)
    do(sort.add_seconds, seconds=30)
    now = queries.sorting_now(file)
    assert (
        now
        and now.seconds == 210
        and now.left(now.started_at + timedelta(seconds=60)) == timedelta(seconds=150)
    )
    assert now.left(now.started_at + timedelta(seconds=300)) < timedelta()
    do(sort.add_seconds, seconds=-10_000)
    now = queries.sorting_now(file)
    assert now and now.seconds == sort.SHORTEST


def test_the_leader_can_undo_a_start_until_somebody_has_answered(
    file: SessionFile, do: Go, start: Go, put: Go
) -> None:
    start()
    assert file.undo().result() == "Let the room sort"
    assert queries.sorting(file).rounds == () and not queries.sorting(file).hands
    file.redo().result()
    put("anna", 1, 1)
    with pytest.raises(Refused):
        file.undo().result()
    do(sort.stop)
    file.undo().result()
    now = queries.sorting_now(file)
    assert now and now.state == "open" and len(queries.sorting(file).placements) == 1


def test_names_are_given_by_those_who_use_the_heap(file: SessionFile, start: Go, put: Go) -> None:
    start()
    put("anna", 1, 1)
    told = {"participant": "anna", "heap": 1, "key": "n1"}
    actions.do(file, sort.name_heap, by="phone", **told | {"name": "  Ensam \n med köpen "})
    assert queries.sorting(file).names == {1: "Ensam med köpen"}
    with pytest.raises(Refused) as said:
        actions.do(file, sort.name_heap, by="phone", **told | {"participant": "bo", "key": "n2", "name": "X"})
    assert said.value.message == sort.NO_SUCH_HEAP
    with pytest.raises(FieldTrouble):
        actions.do(file, sort.name_heap, by="phone", **told | {"key": "n3", "name": "x" * 61})
    actions.do(file, sort.name_heap, by="phone", **told | {"key": "n4", "name": ""})
    assert queries.sorting(file).names == {}


def test_everybody_is_dealt_and_nobody_their_own(file: SessionFile, do: Go, phone: Go) -> None:
    do(actions.agenda.go_to, step="challenges")
    own = {
        who: [phone("challenges", who=who, text=f"Eget kort {n} av {who}").card for n in (1, 2)]
        for who in PEOPLE
    }
    do(actions.agenda.go_to, step="groups")
    hands = sort.plan(file, hand=6, round=1)
    assert set(hands) == set(PEOPLE) and all(len(h) >= 4 for h in hands.values())
    assert not any(set(own[who]) & set(cards) for who, cards in hands.items())
    do(sort.start, hands=hands, hand=6, seconds=180)
    assert {h.participant: h.cards for h in queries.sorting(file).hands} == dict(hands)


def test_a_late_phone_and_one_that_is_done_get_more_and_no_phone_gets_twice(
    file: SessionFile, start: Go, put: Go, join: Go
) -> None:
    start(cards=(1, 2), people=("anna",))
    join("eva")
    cards = sort.top_up(file, "eva", 2)
    assert set(cards) <= {3, 4, 5, 6} and len(cards) == 2  # those that nobody holds yet
    for _ in range(2):
        actions.do(file, sort.deal_more, by="program", participant="eva", cards=cards)
        actions.do(file, sort.deal_more, by="program", participant="eva", cards=(1, 2, 3, 4, 5, 6))
    hand = queries.sorting(file).hand("eva")
    assert hand and hand.cards == cards
    sort_all(put, "anna", {1: 1, 2: 1})
    actions.do(file, sort.deal_more, by="program", participant="anna", cards=sort.top_up(file, "anna", 6))
    hand = queries.sorting(file).hand("anna")
    assert hand and set(hand.cards) == {1, 2, 3, 4, 5, 6} and len(hand.untouched) == 4


def test_an_idle_phones_cards_go_to_others_and_it_may_still_place_them(
    file: SessionFile, start: Go, put: Go
) -> None:
    start(cards=(1, 2, 3), people=("anna",))
    for who in ("bo", "cia"):
        actions.do(file, sort.deal_more, by="program", participant=who, cards=(4, 5))
        put(who, 4, 4)
    put("anna", 1, 1)
    now = datetime.now(UTC)
    assert sort.idle_phones(file, now) == {}
    assert sort.idle_phones(file, now + timedelta(seconds=91)) == {}  # nobody is at work to take them
    sort_all(put, "bo", {5: 4})
    sort_all(put, "cia", {5: 4})
    moved = sort.idle_phones(file, now + timedelta(seconds=91))
    assert set(moved) == {"anna"} and sorted(c for cards in moved["anna"].values() for c in cards) == [2, 3]
    actions.do(file, sort.move_on, by="program", participant="anna", to=moved["anna"])
    assert sort.idle_phones(file, now + timedelta(seconds=91)) == {}
    assert {h.participant: len(h.untouched) for h in queries.sorting(file).hands} == {
        "anna": 2,
        "bo": 1,
        "cia": 1,
    }
    assert sort.sums(file).dealt == 1 + 3 + 3
    put("anna", 2, 1)
    assert (2, 1) in queries.sorting(file).hand("anna").placed  # type: ignore[union-attr]


def test_the_sums_say_k_of_n_and_what_is_unclear_and_why(file: SessionFile, start: Go, put: Go) -> None:
    start()
    for who in ("anna", "bo", "cia"):
        sort_all(put, who, {1: 1, 2: 1, 3: 1, 4: 4, 5: 4})
    put("anna", 6, None)
    put("bo", 6, 1)
    put("cia", 6, 6)
    sums = sort.sums(file)
    assert {h.founder: (h.cards, h.agreement) for h in sums.heaps} == {
        1: ((1, 2, 3), ((3, 3),) * 3),
        4: ((4, 5), ((3, 3),) * 2),
    }
    (unclear,) = sums.unclear
    assert (unclear.card, unclear.phones, unclear.dont_know, unclear.alone, unclear.most) == (6, 3, 1, 1, 1)
    assert (sums.placed, sums.dealt, sums.seen_by, sums.lone, sums.unseen) == (18, 24, 3, (), ())
    assert [(p.placed, p.dealt) for p in sums.phones] == [(6, 6)] * 3 + [(0, 6)] and not sums.all_done


def test_round_two_deals_what_is_unclear_and_its_answers_replace_the_first(
    file: SessionFile, do: Go, start: Go, put: Go
) -> None:
    start()
    for who in ("anna", "bo", "cia"):
        sort_all(put, who, {1: 1, 2: 1, 3: 1, 4: 4, 5: 4})
    put("anna", 6, None)
    put("bo", 6, 1)
    put("cia", 6, 4)
    do(sort.stop)
    hands = sort.plan(file, hand=4, round=2)
    assert all(cards == (6,) for cards in hands.values()) and set(hands) == set(PEOPLE)
    do(sort.start, hands=hands, hand=4, seconds=90)
    for who in PEOPLE:
        put(who, 6, 4, round=2)
    sums = sort.sums(file)
    assert not sums.unclear and next(h for h in sums.heaps if h.founder == 4).agreement[-1] == (4, 4)
    put("dan", 1, 4, round=1)  # kept on a phone since round 1, and it was dealt that card then
    assert next(p for p in queries.sorting(file).placements if p.participant == "dan").round == 2
    assert PlacedBy("dan", 1, 4, 1) in queries.sorting(file).placements


def test_the_suggestion_makes_heaps_and_themes_and_leaves_what_a_person_placed(
    file: SessionFile, do: Go, start: Go, put: Go
) -> None:
    mine = do(group.new_heap, title="Bara billigast", cards=[4])
    start()
    for who in ("anna", "bo", "cia"):
        sort_all(put, who, {1: 1, 2: 1, 3: 1, 5: 4})
    actions.do(file, sort.name_heap, by="phone", participant="anna", heap=1, name="Ensam", key="n")
    do(group.move_cards, cards=[6], heap=do(group.new_heap, title="Annat"))
    offered = sort.suggestion(file)
    assert offered.placed_by == "room" and {m.card for m in offered.moves} == {1, 2, 3, 5}
    do(group.apply_suggestion, suggestion=offered)
    board = queries.board(file)
    titles = {h.title: [c.id for c in h.cards] for h in board.heaps}
    assert titles == {"Bara billigast": [4, 5], "Annat": [6], "Ensam": [1, 2, 3]}
    assert (
        board.cards[5].placed_by == "room"
        and board.cards[4].heap == mine
        and board.cards[4].placed_by == "hand"
    )
    assert queries.agreement(file)[5] == (3, 3) and queries.agreement(file)[2] == (3, 3)
    file.undo().result()
    assert len(queries.board(file).heaps) == 2 and not sort.suggestion(file).empty


def test_withdrawn_and_parked_founders_do_not_break_the_sums(
    file: SessionFile, do: Go, phone: Go, start: Go, put: Go
) -> None:
    do(actions.agenda.go_to, step="challenges")
    mine = phone("challenges", who="anna", text="Ensam jag också")
    do(actions.agenda.go_to, step="groups")
    start(cards=range(1, 8))
    for who in ("bo", "cia", "dan"):
        sort_all(put, who, {7: 7, 1: 7, 2: 7, 3: 7, 4: 4, 5: 4, 6: 4})
    actions.do(file, ask.withdraw, by="phone", participant="anna", receipt=mine.code)
    do(group.park, cards=[4])
    sums = sort.sums(file)
    assert {h.cards for h in sums.heaps} == {(1, 2, 3), (5, 6)}
    assert set(sort.likely(file)[3]) == {1, 5}


def test_a_sorting_goes_out_and_in_again(file: SessionFile, start: Go, put: Go, tmp_path: Path) -> None:
    start()
    sort_all(put, "anna", TWO_HEAPS)
    actions.do(file, sort.name_heap, by="phone", participant="anna", heap=1, name="Ensam", key="n")
    out = tmp_path / "out.json"
    out.write_text(json.dumps(transfer.whole(file)), encoding="utf-8")
    with transfer.import_json(out, tmp_path / "in.behov") as copy:
        assert queries.sorting(copy) == queries.sorting(file)
        assert sort.sums(copy).heaps == sort.sums(file).heaps
    assert not check.findings(tmp_path / "in.behov")


@pytest.mark.parametrize(
    ("k", "n", "said"),
    [(2, 2, "few"), (3, 3, "clear"), (2, 3, "weak"), (1, 3, "unclear"), (6, 8, "clear"), (5, 8, "weak"), (4, 8, "unclear")],
)  # fmt: skip
def test_what_k_of_n_is_worth(k: int, n: int, said: str) -> None:
    assert rules.verdict(k, n) == said


def test_a_card_counts_as_there_by_its_heaps_founder_or_by_its_company() -> None:
    said = [
        PlacedBy(p, c, h, 1)
        for p, c, h in (("a", 1, 1), ("a", 2, 1), ("b", 1, 9), ("b", 2, 9), ("c", 2, None))
    ]
    assert rules.agreement(said, [[1, 2]]) == {1: (2, 2), 2: (2, 3)}
    assert rules.agreement(said, [[1], [2]]) == {1: (0, 2), 2: (0, 3)}
