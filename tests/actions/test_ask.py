"""What comes in is stored once, word for word, or refused with everything still on the phone."""

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop_app import actions
from workshop_app.actions import ask, fields
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


@pytest.fixture(autouse=True)
def at_challenges(do: Go) -> None:
    do(actions.agenda.go_to, step="challenges")


def test_the_same_key_and_words_count_once(file: SessionFile, phone: Go) -> None:
    first = phone("challenges", key="k", text="Halt golv")
    second = phone("challenges", key="k", text="Halt golv")
    assert (first.again, second.again, first.code) == (False, True, second.code)
    assert len(queries.answers(file)) == 1 and len(queries.board(file).cards) == 1


def test_the_same_key_with_other_words_is_refused(file: SessionFile, phone: Go, do: Go) -> None:
    phone("challenges", key="k", text="Halt golv")
    with pytest.raises(ask.KeyReused):
        phone("challenges", key="k", text="Blött golv")
    with pytest.raises(ask.KeyReused):
        phone("challenges", key="k", text="Halt golv", when="på natten")
    do(actions.agenda.next_step)
    with pytest.raises(ask.KeyReused):
        phone("read", key="k", text="Halt golv")
    assert phone("challenges", key="k", text="Halt golv").again, (
        "a retry after the step has closed is still received"
    )


def test_only_the_open_step_takes_answers(phone: Go, do: Go) -> None:
    for step in ("close", "read", "groups"):
        with pytest.raises(ask.StepClosed):
            phone(step, text="x", takeaway="x")
    do(actions.agenda.pause_phones)
    with pytest.raises(ask.StepClosed) as said:
        phone("challenges", text="x")
    assert said.value.message == ask.PAUSED
    do(actions.agenda.open_phones)
    phone("challenges", text="x")
    with pytest.raises(Refused):
        phone("nix", text="x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ask.REQUIRED),
        ("  \n ", ask.REQUIRED),
        ("\r\n\t", ask.REQUIRED),
        ("x" * 281, ask.TOO_LONG),
        ("x" * 100_000, ask.TOO_LONG),
        ("👩‍👩‍👧" * 281, ask.TOO_LONG),
        ("a" + "\u0308" * 2240, ask.TOO_LONG),
    ],
)
def test_only_length_and_emptiness_are_checked(file: SessionFile, phone: Go, text: str, message: str) -> None:
    with pytest.raises(ask.FieldTrouble) as said:
        phone("challenges", text=text)
    assert said.value.fields["text"].message == message and queries.answers(file) == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 280, "x" * 280),
        (f" {'x' * 280}\n", f" {'x' * 280}\n"),
        ("👩‍👩‍👧" * 280, "👩‍👩‍👧" * 280),
        ("a" + "\u0308" * 500, "a" + "\u0308" * 500),
        ("<b>fet</b> & <img src=x onerror=alert(1)>", "<b>fet</b> & <img src=x onerror=alert(1)>"),
        ("'; DROP TABLE answer; --", "'; DROP TABLE answer; --"),
        ("rad ett\r\nrad två\rrad tre", "rad ett\nrad två\nrad tre"),
        ("\x00hej\x07\x1b[31m\x7f", "hej[31m"),
        ("rad ett\x0brad två\x0crad tre", "rad ett\nrad två\nrad tre"),
        ("\x00\x07", "\ufffd"),
        ("\x0b\x0c", "\ufffd"),
        (" \x7f ", "\ufffd"),
        ("tabb\tkvar", "tabb\tkvar"),
        ("👩‍👩‍👧 åäö \u202e", "👩‍👩‍👧 åäö \u202e"),
        ("halv \ud83d", "halv \ufffd"),
        ("{n} %s {0} \\", "{n} %s {0} \\"),
    ],
)
def test_words_are_kept_as_typed(file: SessionFile, phone: Go, typed: str, kept: str) -> None:
    receipt = phone("challenges", text=typed)
    assert queries.answers(file)[0].text == kept and queries.board(file).cards[receipt.card].text == kept
    assert phone("challenges", key=queries.answers(file)[0].key, text=typed).again


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=280))
def test_any_text_is_kept_or_was_empty(file: SessionFile, phone: Go, text: str) -> None:
    try:
        receipt = phone("challenges", text=text)
    except ask.FieldTrouble:
        assert not ask.clean(text).strip()
        assert not any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" and c < "\x80" for c in text)
        return
    assert queries.board(file).cards[receipt.card].text == (
        ask.clean(text) if ask.clean(text).strip() else "\ufffd"
    )
    assert ask.clean(ask.clean(text)) == ask.clean(text)


def test_other_fields_of_a_card(file: SessionFile, phone: Go) -> None:
    receipt = phone("challenges", text="Halt", when="på morgonen", how_often="daily", beneficiary="barn")
    card = queries.board(file).cards[receipt.card]
    assert (card.when, card.how_often, card.beneficiary) == ("på morgonen", "daily", "barn")
    with pytest.raises(ask.FieldTrouble) as said:
        phone("challenges", text="Halt", how_often="jämt")
    assert said.value.fields["how_often"].message == fields.NOT_OFFERED


def test_the_answer_to_the_gentle_question_names_its_card(file: SessionFile, phone: Go) -> None:
    code = phone("challenges", text="Köp en robot").code
    phone("challenges", about=code, underlying="Torra golv utan lyft")
    (card,) = queries.board(file).cards.values()
    assert (card.text, card.underlying) == ("Köp en robot", "Torra golv utan lyft")
    with pytest.raises(ask.FieldTrouble):
        phone("challenges", about=code, underlying="")
    assert queries.balance(file).received == 1, "it is not a card of its own"


def test_joining_again_changes_the_role(file: SessionFile, join: Go) -> None:
    join("anna", "Drift")
    join("anna", "other", role_other="Konstnär", name="Anna A", list_me="1", follow_up="1")
    (person,) = queries.participants(file)
    assert (
        person.role == "Konstnär"
        and queries.contact_count(file) == 1
        and queries.listed_names(file) == ("Anna A",)
    )
    stored = json.dumps([dict(a.fields) for a in queries.answers(file)])
    assert "Anna" not in stored, "a name lies apart"


def test_joining_needs_role_organisation_and_relation(file: SessionFile) -> None:
    with pytest.raises(ask.FieldTrouble) as said:
        actions.do(file, ask.join, by="phone", participant="p", fields={}, language="sv", key="k")
    assert set(said.value.fields) == {"role", "organisation", "relation"} and queries.participants(file) == ()


def test_a_phone_without_a_cookie_counts(file: SessionFile, phone: Go) -> None:
    phone("challenges", who="okänd", text="Halt golv")
    (answer,) = queries.answers(file)
    assert answer.participant == "" and answer.role == ""


def test_true_here_too_counts_each_phone_once(file: SessionFile, phone: Go, do: Go) -> None:
    card = phone("challenges", text="Halt").card
    do(actions.agenda.next_step)
    for who in ("a", "b", "b"):
        phone("read", who=who, **{f"me_too__{card}": "1"})
    phone("read", who="c", **{f"me_too__{card}": "1"})
    phone("read", who="c", **{f"me_too__{card}": "0"})
    phone("read", who="d", me_too__999="1")
    assert queries.board(file).cards[card].me_too == 2 and queries.me_too_of(file, "b") == {card}
    with pytest.raises(Refused):
        phone("read", who="e")


def test_ratings_dots_and_recognition(file: SessionFile, phone: Go, join: Go, do: Go) -> None:
    one, two = (do(actions.need.new_need, title=t) for t in ("ett", "två"))
    do(actions.agenda.go_to, step="prioritise")
    for n, who in enumerate(("a", "b", "c")):
        join(who)
        phone(
            "prioritise",
            who=who,
            **{f"benefit__{one}": str(n + 3), f"risk__{one}": "dk"},
            **{f"dots__{one}": "2", f"dots__{two}": "1"},
        )
    phone("prioritise", who="a", **{f"benefit__{one}": "5"})
    assert not queries.ratings(file)[one].spreads["benefit"].votes and not queries.ratings(file)[one].dots
    do(actions.agenda.pause_phones)
    rated = queries.ratings(file)
    assert rated[one].spreads["benefit"].votes == (4, 5, 5) and rated[one].spreads["risk"].dont_know == 3
    assert (rated[one].dots, rated[two].dots, rated[one].voters) == (6, 3, 3)
    do(actions.agenda.open_phones)
    for wrong in (
        {f"benefit__{one}": "6"},
        {f"benefit__{one}": "x"},
        {f"dots__{one}": "3", f"dots__{two}": "1"},
    ):
        with pytest.raises(ask.FieldTrouble):
            phone("prioritise", who="a", **wrong)
    do(actions.agenda.new_round)
    phone("prioritise", who="a", **{f"benefit__{one}": "1"})
    assert queries.ratings(file)[one].first_round["benefit"].votes == (4, 5, 5)
    do(actions.agenda.next_step)
    for who, value in (("a", "yes"), ("b", "almost"), ("c", "no"), ("c", "yes")):
        phone("route", who=who, **{f"recognise__{one}": value, f"comment__{one}": "så är det"})
    held = next(n for n in queries.needs(file) if n.id == one).recognition
    assert (held.yes, held.almost, held.no, held.waiting, held.open) == (0, 0, 0, 3, True)
    do(actions.agenda.next_step)
    found = next(n for n in queries.needs(file) if n.id == one).recognition
    assert (found.yes, found.almost, found.no) == (2, 1, 0) and found.per_relation == {"work_in": (2, 1, 0)}


def test_a_card_from_paper_counts_by_its_source(file: SessionFile, do: Go, phone: Go) -> None:
    phone("challenges", text="från telefon")
    do(ask.type_card, text="från papper\x00", role="Drift")
    do(ask.type_card, text="sagt högt", source="voice")
    assert queries.balance(file).by_source == {"paper": 1, "phone": 1, "voice": 1}
    assert queries.board(file).cards[2].text == "från papper" and queries.board(file).cards[2].role == "Drift"
    for text in ("", " ", "x" * 281):
        with pytest.raises(Refused):
            do(ask.type_card, text=text)


def test_a_first_round_is_not_shown_beside_a_second_that_one_more_took_part_in(
    file: SessionFile, phone: Go, join: Go, do: Go
) -> None:
    need = do(actions.need.new_need, title="ett")
    do(actions.agenda.go_to, step="prioritise")
    for who in ("a", "b", "c"):
        phone("prioritise", who=join(who), **{f"benefit__{need}": "3", f"risk__{need}": "3"})
    do(actions.agenda.new_round)
    for who in ("a", "b", "c", "d"):
        phone("prioritise", who=join(who), **{f"benefit__{need}": "3"})
    for who in ("a", "b", "c"):
        phone("prioritise", who=who, **{f"risk__{need}": "2"})
    do(actions.agenda.pause_phones)
    rated = queries.ratings(file)[need]
    assert len(rated.spreads["benefit"].votes) == 4 and "benefit" not in rated.first_round
    assert rated.spreads["risk"].votes == (2, 2, 2) and rated.first_round["risk"].votes == (3, 3, 3)
    assert len(file.select("SELECT 1 FROM rating WHERE criterion = 'benefit'")) == 7, "both rounds are kept"


def test_pictures_of_an_open_vote_move_on_by_threes_and_a_close_that_is_undone_was_seen(
    file: SessionFile, phone: Go, join: Go, do: Go
) -> None:
    need = do(actions.need.new_need, title="ett")
    do(actions.agenda.go_to, step="prioritise")

    def vote(*names: str) -> tuple[int, int]:
        for who in names:
            phone("prioritise", who=join(who), **{f"benefit__{need}": str(1 + ord(who) % 5)})
        return now()

    def now() -> tuple[int, int]:
        one = queries.ratings(file)[need].spreads["benefit"]
        assert not one.groups or len(one.groups[0]) == 3
        return len(one.votes), one.waiting

    assert [vote(who) for who in "abcdefg"] == [(0, n) for n in range(1, 6)] + [(3, 3), (3, 4)]
    do(actions.agenda.pause_phones)
    assert now() == (7, 0) and queries.ratings(file)[need].spreads["benefit"].groups == (
        ("Upphandlare", 7, 3.0),
    )
    file.undo()
    assert now() == (7, 0), "what has been seen has been seen"
    assert vote("h", "i") == (7, 2)
    do(actions.agenda.go_to, step="route")
    assert now() == (7, 2), "two would be told apart"
    do(actions.rate.hand_votes, need=need, criterion="benefit", votes={"3": 1})
    assert now() == (8, 2), "the leader knows what the leader typed"
    do(actions.agenda.go_to, step="prioritise")
    assert vote("j") == (8, 3)
    do(actions.agenda.new_round)
    assert queries.ratings(file)[need].spreads["benefit"].votes and now() == (11, 0)


def test_no_single_vote_stands_in_what_is_printed(file: SessionFile, phone: Go, join: Go, do: Go) -> None:
    need = do(actions.need.new_need, title="ett")
    do(actions.agenda.go_to, step="prioritise")
    phone("prioritise", who=join("a"), **{f"benefit__{need}": "4", f"dots__{need}": "2"})
    do(actions.rate.hand_votes, need=need, criterion="risk", votes={"5": 1}, role="Chef")
    do(actions.agenda.go_to, step="route")
    phone("route", who="a", **{f"recognise__{need}": "no", f"comment__{need}": "inte hos oss"})
    printed = queries.summary(file)
    said = [dict(a.fields) for a in printed.answers if a.step != "join"]
    assert said == [{}, {"role": "Chef"}, {f"comment@{need}": "inte hos oss"}]
    assert not any(a.counts for a in printed.answers)
    found = printed.needs[0].recognition
    assert (found.yes, found.almost, found.no, found.waiting) == (0, 0, 0, 1)
    rated = printed.ratings[need]
    assert not rated.dots and all(not s.votes and s.median is None for s in rated.spreads.values())


def test_a_contact_left_at_the_close_lies_apart_and_wants_to_go_on(
    file: SessionFile, phone: Go, do: Go
) -> None:
    do(actions.agenda.go_to, step="close")
    phone("close", takeaway="Vi börjar nu", follow_up="1", contact="anna@exempel.se")
    phone("close", contact="070-000 00 00")  # nothing else is asked of who only wants to be reached
    phone("close", takeaway="Hej då")
    assert [p.contact for p in queries.follow_up(file)] == ["070-000 00 00", "anna@exempel.se"]
    assert "exempel.se" not in json.dumps([dict(a.fields) for a in queries.answers(file)])


def test_comments_come_with_their_votes_while_phones_answer_and_all_at_once_when_they_no_longer_do(
    file: SessionFile, phone: Go, join: Go, do: Go
) -> None:
    need = do(actions.need.new_need, title="ett")
    do(actions.agenda.go_to, step="route")

    def comment(who: str, words: str) -> tuple[str, ...]:
        phone("route", who=join(who), **{f"recognise__{need}": "no", f"comment__{need}": words})
        return told()

    def told() -> tuple[str, ...]:
        (found,) = queries.needs(file)
        return found.recognition.comments

    assert [comment(who, f"{who} säger nej") for who in "fedcb"] == [()] * 5, "one by one they tell who voted"
    assert len(queries.waiting_words(file)) == 5
    first = ("d säger nej", "e säger nej", "f säger nej")
    assert comment("a", "a säger nej") == first, "in the order of the alphabet, not of their coming"
    assert comment("f", "f ändrar sig") == first, "a vote that is changed waits, and so do its words"
    waiting = {answer for answer, name in queries.waiting_words(file) if name == f"comment@{need}"}
    assert {p.text for p in queries.typed(file) if p.answer in waiting} == {
        *("c säger nej", "b säger nej", "a säger nej", "f ändrar sig")
    }
    do(actions.agenda.pause_phones)
    rest = tuple(f"{who} säger nej" for who in "abcde")
    assert told() == (*rest, "f ändrar sig") and not queries.waiting_words(file)
    do(actions.agenda.open_phones)
    assert comment("g", "g säger nej") == (*rest, "f ändrar sig")
    do(actions.agenda.go_to, step="close")
    assert told() == (*rest, "f ändrar sig", "g säger nej"), "no words are lost, though the vote waits"
    assert queries.needs(file)[0].recognition.waiting == 1
