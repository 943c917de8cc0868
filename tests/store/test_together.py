"""Phones' answers that are committed together: one that cannot be written takes no other with it, and all are counted."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import pytest

from workshop_app import actions
from workshop_app.actions import ask
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.transaction import CHUNK, Together
from workshop_app.store.writer import Asked, Transaction, settle

MANY = 2 * CHUNK + 3


@contextmanager
def held(file: SessionFile) -> Iterator[None]:
    """Holds the writer, so that what is sent meanwhile is committed together."""
    inside, gate = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        inside.set()
        gate.wait(10)

    file.submit(hold, alone=True)
    assert inside.wait(10)
    yield
    gate.set()


def card(file: SessionFile, text: str, key: str = "") -> Future:
    return actions.perform(
        file, ask.receive, by="phone", step="challenges", key=key or uuid4().hex, participant=None,
        language="sv", fields={"text": text},
    )  # fmt: skip


def raw(file: SessionFile, work: Callable[[Transaction], Any]) -> Future:
    future: Future = Future()
    file.post([(work, future)], settle)
    return future


def orphan(tx: Transaction) -> None:
    tx.add("card", {"id": tx.next_number("card"), "answer_id": 10**6, "text": "utan svar"})


def fails_late(tx: Transaction) -> None:
    row = {"step": "challenges", "fields": "{}", "source": "phone", "received_at": tx.now}
    tx.add("answer", {"id": tx.next_number("answer"), "key": "halvvägs", "receipt": "HALV", **row})
    raise ValueError("halfway")


def seals(file: SessionFile) -> list[check.Finding]:
    file.close()
    return check.findings(file.path)


def texts(file: SessionFile) -> list[str]:
    return [a.text for a in queries.answers(file)]


def test_many_are_stored_once_each_with_their_cards(
    file: SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[bool] = []
    monkeypatch.setattr(Together, "drop", lambda _self: dropped.append(True))
    with held(file):
        sent = [card(file, f"kort {n}") for n in range(MANY)]
    receipts = [future.result(10) for future in sent]
    assert texts(file) == [f"kort {n}" for n in range(MANY)]
    assert {c.id: c.text for c in queries.board(file).cards.values()} == {
        r.card: f"kort {n}" for n, r in enumerate(receipts)
    }
    assert len({r.code for r in receipts}) == MANY
    assert dropped == []  # nothing had to be written once more
    assert seals(file) == []


@pytest.mark.parametrize(
    ("work", "said"), [(orphan, Refused), (fails_late, ValueError)], ids=["refused by the file", "breaks"]
)
def test_what_cannot_be_written_takes_nothing_with_it(
    file: SessionFile, work: Callable[[Transaction], Any], said: type[Exception]
) -> None:
    with held(file):
        before, wrong, after = card(file, "före"), raw(file, work), card(file, "efter")
    assert after.result(10).answer == before.result(10).answer + 1
    assert isinstance(wrong.exception(10), said)
    assert texts(file) == ["före", "efter"]
    assert card(file, "sedan").result(10).answer == after.result().answer + 1
    assert seals(file) == []


def test_the_same_key_twice_in_one_commit_is_one_answer(file: SessionFile) -> None:
    with held(file):
        first, again = card(file, "en gång", "k"), card(file, "en gång", "k")
        other = card(file, "andra ord", "k")
    assert not first.result(10).again and again.result(10) == ask.Receipt(
        first.result().code, True, first.result().answer
    )
    assert isinstance(other.exception(10), ask.KeyReused)
    assert texts(file) == ["en gång"]


def test_what_the_leader_adds_between_is_known_to_the_next_phone(file: SessionFile) -> None:
    assert not card(file, "först").result(10).again  # from here on keys are remembered
    with held(file):
        typed = actions.perform(file, ask.type_card, text="från papper")
        next_ = card(file, "sedan")
    assert next_.result(10).answer == typed.result(10).answer + 1
    key = queries.answers(file)[1].key
    assert isinstance(card(file, "samma nyckel", key).exception(10), ask.KeyReused)
    file.undo().result(10)
    assert card(file, "samma nyckel", key).result(10).answer
    assert texts(file) == ["först", "sedan", "samma nyckel"]
    assert seals(file) == []


def test_a_number_is_never_given_twice(file: SessionFile) -> None:
    card(file, "ett").result(10)
    gone = actions.do(file, ask.type_card, text="två").card
    file.undo().result(10)
    assert card(file, "tre").result(10).card == gone + 1


def here(file: SessionFile, *words: str) -> tuple[bool, list[Future]]:
    """Cards that are run in this thread."""
    asked: list[Asked] = [
        (
            actions.phones_job(
                ask.receive,
                step="challenges",
                key=uuid4().hex,
                participant=None,
                language="sv",
                fields={"text": text},
            ),
            Future(),
        )
        for text in words
    ]
    return file.run_here(asked, settle), [future for _work, future in asked]


def test_what_is_run_where_it_was_received_is_told_once_it_is_on_disk(file: SessionFile) -> None:
    ran, futures = here(file, "ett", "två")
    assert ran and [future.result(10).card for future in futures] == [1, 2]
    with closing(sqlite3.connect(file.path)) as other:
        assert [row[0] for row in other.execute("SELECT text FROM received")] == ["ett", "två"]
    actions.do(file, ask.type_card, text="från papper")
    ran, futures = here(file, "tre")
    assert ran and futures[0].result(10).card == 4
    assert texts(file) == ["ett", "två", "från papper", "tre"]
    assert seals(file) == []


def test_nothing_is_run_here_while_another_writes(file: SessionFile) -> None:
    with held(file):
        assert not here(file, "leder inte om")[0]
    card(file, "sedan").result(10)
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not here(file, "ett annat program skriver")[0]
    assert here(file, "nu går det")[1][0].result(10)
    assert texts(file) == ["sedan", "nu går det"]


def test_what_was_run_here_is_flushed_before_the_file_is_closed(file: SessionFile) -> None:
    ran, futures = here(file, "sist")
    file.close()
    assert ran and futures[0].result(0).code
    with closing(sqlite3.connect(file.path)) as other:
        assert other.execute("SELECT text FROM received").fetchall() == [("sist",)]
