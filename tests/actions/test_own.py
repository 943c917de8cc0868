"""What people may do with what they have sent: take it back, put another in its place, say that they are done."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions
from workshop_app.actions import ask, own, transfer
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]


@pytest.fixture(autouse=True)
def anna_and_bo(do: Go, join: Go) -> None:
    join("anna")
    join("bo")
    do(actions.agenda.go_to, step="challenges")


@pytest.fixture
def take_back(file: SessionFile) -> Go:
    """A phone takes a card back."""
    return lambda who, receipt: actions.do(file, ask.withdraw, by="phone", participant=who, receipt=receipt)


def test_a_withdrawn_card_is_kept_and_counted_in_a_place_of_its_own(
    file: SessionFile, phone: Go, take_back: Go
) -> None:
    mine = phone("challenges", who="anna", text="Halt golv")
    phone("challenges", who="anna", text="Smal dörr")
    first, again = take_back("anna", mine.code), take_back("anna", mine.code.lower())
    assert (first.again, again.again) == (False, True)
    board, books = queries.board(file), queries.balance(file)
    assert [c.text for c in board.withdrawn] == ["Halt golv"] and [c.text for c in board.loose] == [
        "Smal dörr"
    ]
    assert (
        books.balanced
        and books.received == 2
        and (books.places["withdrawn"], books.places["loose"]) == (1, 1)
    )
    assert queries.flow(file, "challenges").received == 1
    assert [a.withdrawn for a in queries.receipts(file, "anna") if a.text] == [False, True]
    assert queries.card_texts(file) == {2: "Smal dörr"}


def test_only_own_cards_can_be_taken_back(file: SessionFile, phone: Go, take_back: Go) -> None:
    theirs, nobodys = phone("challenges", who="bo", text="Halt golv"), phone("challenges", text="Smal dörr")
    join_receipt = next(a.receipt for a in queries.receipts(file, "anna"))
    for code in (theirs.code, nobodys.code, join_receipt, "", "XXXX"):
        with pytest.raises(Refused) as said:
            take_back("anna", code)
        assert said.value.message == own.NOT_YOURS
        with pytest.raises(Refused):
            take_back("", code)
    assert not queries.board(file).withdrawn


def test_a_card_behind_a_need_stays(file: SessionFile, phone: Go, take_back: Go, do: Go) -> None:
    mine = phone("challenges", who="anna", text="Halt golv")
    need = do(actions.need.new_need, title="Torrt golv", cards=[mine.card])
    with pytest.raises(Refused) as said:
        take_back("anna", mine.code)
    assert said.value.message == own.BEHIND_NEED and queries.balance(file).places["need"] == 1
    do(actions.need.remove_evidence, need=need, cards=[mine.card])
    take_back("anna", mine.code)
    file.undo().result()
    assert queries.balance(file).places["withdrawn"] == 1, "an undo does not bring a withdrawn card back"
    (read,) = queries.needs(file)
    assert read.evidence == () and queries.balance(file).balanced


def test_a_card_put_in_the_place_of_another(file: SessionFile, phone: Go, do: Go) -> None:
    old = phone("challenges", who="anna", text="Halt glov")
    heap = do(actions.group.new_heap, title="Golv", cards=[old.card])
    new = correct(file, "anna", old.code, "Halt golv", key="k9")
    board = queries.board(file)
    assert [c.text for c in board.heaps[0].cards] == ["Halt golv"] and board.cards[new.card].heap == heap
    gone = board.cards[old.card]
    assert (gone.state, gone.text, gone.heap, gone.replaced_by) == ("withdrawn", "Halt glov", None, new.card)
    assert queries.receipts(file, "anna")[1].replaced_by == new.code
    assert correct(file, "anna", old.code, "Halt golv", key="k9").again, "a retry of the correction"
    with pytest.raises(Refused) as said:
        correct(file, "anna", old.code, "Halare golv")
    assert said.value.message == own.GONE and queries.balance(file).balanced
    with pytest.raises(Refused) as said:
        correct(file, "bo", new.code, "Något annat")
    assert said.value.message == own.NOT_YOURS
    with pytest.raises(Refused):
        file.undo().result()
    assert queries.board(file).cards[new.card].heap == heap, "the heap stays, for a phone's card lies in it"


def correct(file: SessionFile, who: str, receipt: str, text: str, key: str = "") -> Any:
    """A phone puts a new card in the place of an old one."""
    given = {"participant": who, "replaces": receipt, "fields": {"text": text}, "key": key or text}
    return actions.do(file, ask.receive, by="phone", step="challenges", language="sv", **given)


def test_a_withdrawn_key_sent_again_is_gone(phone: Go, take_back: Go) -> None:
    mine = phone("challenges", who="anna", key="k", text="Halt golv")
    take_back("anna", mine.code)
    with pytest.raises(ask.Withdrawn):
        phone("challenges", who="anna", key="k", text="Halt golv")
    with pytest.raises(ask.KeyReused):
        phone("challenges", who="anna", key="k", text="Blött golv")


def test_the_leader_cannot_move_what_was_withdrawn_and_a_double_outlives_it(
    file: SessionFile, phone: Go, take_back: Go, do: Go
) -> None:
    mine, double = (phone("challenges", who=w, text="Halt golv") for w in ("anna", "bo"))
    do(actions.group.merge_cards, into=mine.card, cards=[double.card])
    take_back("anna", mine.code)
    assert [c.id for c in queries.board(file).loose] == [double.card]
    for verb, more in (
        (actions.group.park, {}),
        (actions.group.new_heap, {}),
        (actions.group.bring_back, {}),
    ):
        with pytest.raises(Refused):
            do(verb, cards=[mine.card], **more)
    do(actions.group.new_heap, cards=[double.card])
    need = do(actions.need.new_need, title="Golv", cards=[mine.card, double.card])
    assert [e.card for n in queries.needs(file) if n.id == need for e in n.evidence] == [double.card]
    assert queries.balance(file).balanced


def test_withdrawals_go_along_in_an_export_and_the_file_is_whole(
    file: SessionFile, phone: Go, take_back: Go, tmp_path: Path
) -> None:
    mine, other = (phone("challenges", who="anna", text=t) for t in ("Halt glov", "Smal dörr"))
    new = correct(file, "anna", mine.code, "Halt golv")
    take_back("anna", other.code)
    transfer.write_json(transfer.whole(file), tmp_path / "x.json")
    assert "Halt glov" not in json.dumps(transfer.open_edition(file), ensure_ascii=False)
    with transfer.import_json(tmp_path / "x.json", tmp_path / "y.behov") as again:
        assert queries.board(again) == queries.board(file)
    file.close()
    assert check.findings(file.path) == []
    with sqlite3.connect(file.path) as conn:
        states = dict(conn.execute("SELECT id, state FROM cards"))
    assert states == {mine.card: "withdrawn", other.card: "withdrawn", new.card: "loose"}


def test_the_last_sign_counts_and_a_new_round_begins_without_any(file: SessionFile, do: Go) -> None:
    def say(who: str, done: bool) -> None:
        actions.do(file, own.sign, by="phone", participant=who, step="challenges", done=done)

    say("anna", True)
    say("bo", True)
    say("bo", False)
    say("anna", True)
    assert queries.done(file, "challenges") == {"anna"} and queries.done(file, "read") == frozenset()
    do(actions.agenda.new_round)
    assert queries.done(file, "challenges") == frozenset()
    with pytest.raises(Refused):
        say("okänd", True)


def test_a_muted_phone_is_refused_and_its_cards_stay(file: SessionFile, phone: Go, do: Go) -> None:
    phone("challenges", who="anna", key="k", text="Halt golv")
    do(ask.mute, participant="anna")
    do(ask.mute, participant="anna")
    with pytest.raises(ask.Muted) as said:
        phone("challenges", who="anna", text="Smal dörr")
    assert isinstance(said.value, ask.StepClosed)
    assert phone("challenges", who="anna", key="k", text="Halt golv").again
    phone("challenges", who="bo", text="Mörk trappa")
    assert [(p.role, p.cards, p.muted) for p in queries.phones(file)] == [
        ("Upphandlare", 1, True),
        ("Upphandlare", 1, False),
    ]
    file.undo().result()
    phone("challenges", who="anna", text="Smal dörr")
    do(ask.mute, participant="bo")
    do(ask.unmute, participant="bo")
    phone("challenges", who="bo", text="Låg bänk")
    assert not any(p.muted for p in queries.phones(file))
    with pytest.raises(Refused):
        do(ask.mute, participant="ingen")


def test_with_an_inbox_a_card_waits_until_it_is_let_through(file: SessionFile, phone: Go, do: Go) -> None:
    do(actions.session.set_setting, key=own.INBOX, value="1")
    old, other = (phone("challenges", who="anna", text=t) for t in ("Halt glov", "Smal dörr"))
    do(ask.type_card, text="från papper")
    assert [c.inbox for c in queries.board(file).loose] == [True, True, False]
    assert [c.id for c in actions.suggest.sortable(queries.board(file))] == [3]
    do(actions.group.let_through, cards=[other.card])
    file.undo().result()
    assert queries.board(file).cards[other.card].inbox
    do(actions.group.new_heap, cards=[old.card, other.card])
    assert not any(c.inbox for c in queries.board(file).cards.values()), (
        "placing a card by hand lets it through"
    )
    again = correct(file, "anna", old.code, "Halt golv")
    new = queries.board(file).cards[again.card]
    assert (new.state, new.inbox) == ("loose", True), "a correction waits too, outside the heap"
    do(actions.session.set_setting, key=own.INBOX, value="")
    free = phone("challenges", text="Mörk trappa")
    assert not queries.board(file).cards[free.card].inbox
    assert queries.balance(file).balanced and queries.balance(file).received == 5
