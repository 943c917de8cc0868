"""What the leader does by hand: numbered paper cards, votes from hands and forms, and books that add up by source."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import ask, need, paper, rate
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


def wrong(file: SessionFile) -> list[str]:
    file.close()
    return [f.message.format(**f.values) for f in check.findings(file.path)]


def test_a_number_typed_twice_is_noticed_and_the_missing_are_known(file: SessionFile, do: Go) -> None:
    first = do(ask.type_card, text="Det är halt", number="12", role="Drift", beneficiary="Barnen")
    do(ask.type_card, text="Utan nummer")
    with pytest.raises(Refused) as said:
        do(ask.type_card, text="En gång till", number=" 012 ")
    assert said.value.values == {"number": 12, "card": first.card}
    assert dict(queries.paper_numbers(file)) == {12: first.card}
    card = queries.board(file).cards[first.card]
    assert (card.paper, card.role, card.beneficiary, card.source) == (12, "Drift", "Barnen", "paper")
    for number in ("tolv", "0", "-3", "1.5", "1234567", "²"):
        with pytest.raises(Refused):
            do(ask.type_card, text="x", number=number)
    assert file.undo().result() and file.undo().result()
    do(ask.type_card, text="Numret är fritt igen", number="12")


def test_only_what_the_leader_typed_is_corrected(file: SessionFile, do: Go, phone: Go) -> None:
    typed = do(ask.type_card, text="Det är hlat")
    do(paper.correct, card=typed.card, text="Det är halt")
    assert queries.board(file).cards[typed.card].text == queries.answers(file)[0].text == "Det är halt"
    do(actions.agenda.go_to, step="challenges")
    sent = phone("challenges", text="Från en telefon")
    for card, text in ((sent.card, "x"), (typed.card, "  "), (typed.card, "x" * 281), (99, "x")):
        with pytest.raises(Refused):
            do(paper.correct, card=card, text=text)
    assert not wrong(file)


def test_votes_by_hand_are_told_by_source_and_add_up(file: SessionFile, do: Go, phone: Go, join: Go) -> None:
    do(actions.agenda.go_to, step="ground")
    phone("ground", join("anna"), understood="yes")
    phone("ground", "anna", understood="partly")  # a phone's last answer counts
    do(rate.hand_understood, counts={"yes": 12, "no": 2})
    do(rate.hand_understood, counts={"yes": 3}, source="paper")
    assert queries.understood(file) == {"yes": 15, "partly": 1, "no": 2}
    assert queries.understood_by_source(file) == {"hands": 14, "paper": 3, "phone": 1}
    do(actions.session.reword_question, text="Vad är svårt i dag?")
    assert sum(queries.understood(file).values()) == 0, "a new wording starts anew"

    made = do(need.new_need, title="N")
    do(actions.agenda.go_to, step="prioritise")
    phone("prioritise", "anna", **{f"benefit__{made}": "5", f"dots__{made}": "2"})
    do(rate.hand_votes, need=made, criterion="benefit", votes={"4": 3, "dk": 1})
    do(rate.paper_form, need=made, given={"benefit": "1", "risk": "dk"}, dots=3)
    do(rate.hand_dots, need=made, dots=7, source="hands")
    do(actions.agenda.pause_phones)
    one = queries.ratings(file)[made]
    assert one.by_source == {"phone": 1, "hands": 4, "paper": 1} and one.voters == 6
    assert one.dots == 12 and one.dots_by_source == {"phone": 2, "paper": 3, "hands": 7}
    assert one.spreads["benefit"].votes == (1, 4, 4, 4, 5)

    do(actions.agenda.go_to, step="route")
    phone("route", "anna", **{f"recognise__{made}": "yes"})
    do(rate.hand_recognition, need=made, counts={"yes": 5, "almost": 1})
    do(actions.agenda.pause_phones)
    got = queries.needs(file)[0].recognition
    assert (got.yes, got.almost, got.no, got.by_source) == (6, 1, 0, {"phone": 1, "hands": 6})

    came = queries.summary(file).came_in
    assert came["understood"] == {"phone": 2, "hands": 14, "paper": 3}, "all that was received"
    assert came["rating"] == {"phone": 1, "hands": 4, "paper": 2}
    assert came["dot"] == {"phone": 2, "paper": 3, "hands": 7}
    assert came["recognition"] == {"phone": 1, "hands": 6}
    assert came["other"] == {"phone": 1}, "somebody joined"
    assert not wrong(file)


def test_hand_votes_belong_to_the_step_that_asks(file: SessionFile, do: Go) -> None:
    made = do(need.new_need, title="N")
    do(actions.agenda.go_to, step="prioritise")
    do(actions.agenda.new_round)
    do(actions.agenda.go_to, step="close")
    do(rate.hand_votes, need=made, criterion="risk", votes={"4": 3})
    assert queries.ratings(file)[made].round == 2


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (rate.hand_understood, {"counts": {"yes": 0}}),
        (rate.hand_understood, {"counts": {"kanske": 1}}),
        (rate.hand_understood, {"counts": {"yes": 501}}),
        (rate.hand_understood, {"counts": {"yes": 1}, "source": "phone"}),
        (rate.hand_recognition, {"need": 1, "counts": {"yes": -1}}),
        (rate.hand_dots, {"need": 1, "dots": 0}),
        (rate.hand_dots, {"need": 77, "dots": 1}),
        (rate.paper_form, {"need": 1, "given": {}}),
        (rate.paper_form, {"need": 1, "given": {"benefit": "6"}}),
        (rate.paper_form, {"need": 1, "given": {"charm": "1"}}),
    ],
)
def test_what_cannot_be_counted_is_refused(
    file: SessionFile, do: Go, verb: Any, given: dict[str, Any]
) -> None:
    do(need.new_need, title="N")
    before = len(queries.answers(file))
    with pytest.raises(Refused):
        do(verb, **given)
    assert len(queries.answers(file)) == before


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM rating WHERE id = 1",
        "UPDATE rating SET value = 1 WHERE id = 1",
        "UPDATE dot SET dots = 8 WHERE id = 1",
        "INSERT INTO recognition (answer_id, need_id, value) VALUES (1, 1, 'yes')",
        "UPDATE answer SET source = 'phone', fields = json_remove(fields, '$._makes') WHERE text <> ''",
    ],
)
def test_check_sees_a_vote_that_was_put_in_or_taken_out(file: SessionFile, do: Go, sql: str) -> None:
    made = do(need.new_need, title="N")
    do(rate.hand_votes, need=made, criterion="benefit", votes={"4": 2})
    do(rate.hand_dots, need=made, dots=7)
    do(ask.type_card, text="Ett kort")
    file.close()
    assert not check.findings(file.path)
    conn = sqlite3.connect(file.path)
    conn.execute(sql)
    conn.commit()
    conn.close()
    assert [f for f in check.findings(file.path) if f.fatal]
