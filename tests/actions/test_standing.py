"""What the writer remembers between answers: the leader's word still holds for the very next one."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop_app import actions
from workshop_app.actions import ask
from workshop_app.model.trouble import RoomTrouble
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction, settle

Go = Callable[..., Any]
agenda = actions.agenda


@pytest.fixture(autouse=True)
def at_challenges(do: Go, phone: Go) -> None:
    do(agenda.go_to, step="challenges")
    phone("challenges", text="Det första, så att något är ihågkommet")


class Queue:
    """Holds the writer, so that what is sent meanwhile is decided one after another as it was sent."""

    def __init__(self, file: SessionFile) -> None:
        self.file, self.gate, self.sent = file, threading.Event(), 0
        held = threading.Event()

        def hold(_tx: Transaction) -> None:
            held.set()
            self.gate.wait(10)

        file.submit(hold)
        assert held.wait(10)

    def card(self, participant: str | None = None) -> Future:
        self.sent += 1
        return actions.perform(
            self.file, ask.receive, by="phone", step="challenges", key=uuid4().hex, participant=participant,
            language="sv", fields={"text": f"kort {self.sent}"},
        )  # fmt: skip

    def lead(self, verb: actions.Action, **kwargs: Any) -> Future:
        return actions.perform(self.file, verb, **kwargs)


def said(future: Future) -> str:
    trouble = future.exception(10)
    return type(trouble).__name__ if trouble else "stored"


def test_pause_step_and_undo_hold_for_the_very_next_answer(file: SessionFile) -> None:
    queue = Queue(file)
    came = [queue.card()]
    for verb, more in (
        (agenda.pause_phones, {}),
        (agenda.open_phones, {}),
        (agenda.go_to, {"step": "read"}),
        (agenda.go_to, {"step": "challenges"}),
    ):
        queue.lead(verb, **more)
        came.append(queue.card())
    for _ in range(4):
        file.undo()
        came.append(queue.card())
    queue.gate.set()
    shut, told = "StepClosed", [said(one) for one in came]
    assert told == ["stored", shut, "stored", shut, "stored", shut, "stored", shut, "stored"]


def test_muting_holds_for_the_very_next_answer(file: SessionFile, join: Go) -> None:
    join("p1")
    join("p2")
    queue = Queue(file)
    came = [queue.card("p1")]
    queue.lead(ask.mute, participant="p1")
    came += [queue.card("p1"), queue.card("p2")]
    queue.lead(ask.unmute, participant="p1")
    came.append(queue.card("p1"))
    file.undo()
    came.append(queue.card("p1"))
    queue.gate.set()
    assert [said(one) for one in came] == ["stored", "Muted", "stored", "stored", "Muted"]


def test_an_answer_belongs_to_the_wording_and_the_inbox_of_its_moment(file: SessionFile) -> None:
    queue = Queue(file)
    came = [queue.card()]
    queue.lead(actions.session.reword_question, text="Och nu?")
    came.append(queue.card())
    queue.lead(actions.session.set_setting, key=actions.own.INBOX, value="1")
    came.append(queue.card())
    file.undo()
    file.undo()
    came.append(queue.card())
    queue.gate.set()
    receipts = [one.result(10) for one in came]
    versions = {a.receipt: a.question_version for a in queries.answers(file)}
    assert [versions[r.code] for r in receipts] == [1, 2, 2, 1]
    cards = queries.board(file).cards
    assert [cards[r.card].inbox for r in receipts] == [False, False, True, False]


def test_a_mark_belongs_to_the_round_of_its_moment(file: SessionFile, do: Go, phone: Go, join: Go) -> None:
    join("p1")
    need = do(actions.need.new_need, title="N")
    do(agenda.go_to, step="prioritise")
    phone("prioritise", "p1", **{f"benefit__{need}": "4"})
    do(agenda.new_round)
    phone("prioritise", "p1", **{f"benefit__{need}": "2"})
    assert [r["round"] for r in file.select("SELECT round FROM rating ORDER BY id")] == [1, 2]


class Full:
    """A disk that says no at the commit."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    def execute(self, sql: str, *values: Any) -> Any:
        if sql == "COMMIT":
            raise sqlite3.OperationalError("database or disk is full")
        return self.conn.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.conn, name)


def test_what_was_not_stored_is_not_remembered(
    file: SessionFile, join: Go, phone: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = file._writer
    assert writer is not None
    with monkeypatch.context() as disk:
        disk.setattr(writer, "_conn", Full(writer._conn))
        queue = Queue(file)
        joined = actions.perform(
            file, ask.join, by="phone", participant="p1", language="sv", key="j",
            fields={"role": "Drift", "organisation": "O", "relation": "work_in"},
        )  # fmt: skip
        lost = queue.card("p1")
        queue.gate.set()
        assert isinstance(joined.exception(10), RoomTrouble) and isinstance(lost.exception(10), RoomTrouble)
    receipt = phone("challenges", "p1", text="Efteråt")
    stored = queries.answers(file)[-1]
    assert (stored.receipt, stored.participant) == (receipt.code, "")
    join("p1")
    phone("challenges", "p1", text="Sedan")
    assert queries.answers(file)[-1].participant == "p1"


def test_one_that_fails_halfway_takes_nothing_and_nobody_with_it(file: SessionFile) -> None:
    before = len(queries.answers(file))
    queue = Queue(file)
    came = [queue.card()]
    broken: Future = Future()

    def halfway(tx: Transaction) -> None:
        tx.insert(
            "participant", {"id": "x", "role": "", "language": "sv", "source": "phone", "joined_at": tx.now}
        )
        tx.insert("done_sign", {"step": "challenges", "participant": "x", "value": 7, "at": tx.now})

    file.post([(halfway, broken)], lambda outcomes: broken.set_exception(outcomes[0][2]))
    came += [queue.card("x"), queue.card()]
    queue.gate.set()
    assert [said(one) for one in came] == ["stored"] * 3
    assert isinstance(broken.exception(10), sqlite3.IntegrityError)
    assert len({one.result().code for one in came}) == 3 and len(queries.answers(file)) == before + 3
    assert queries.participants(file) == () and queries.answers(file)[-2].participant == ""


def test_a_file_changed_past_our_lock_is_noticed(file: SessionFile, phone: Go) -> None:
    with contextlib.closing(sqlite3.connect(file.path)) as other, other:
        other.execute("UPDATE step SET state = 'paused' WHERE id = 'challenges'")
    with pytest.raises(ask.StepClosed):
        phone("challenges", text="För sent")


MOVES = st.lists(
    st.sampled_from(["pause", "open", "read", "challenges", "mute", "unmute", "undo", "undo", "redo"]),
    min_size=2,
    max_size=15,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_remembering_never_changes_what_is_decided(file: SessionFile, join: Go, moves: list[str]) -> None:
    join("p1")
    queue, asked = Queue(file), []
    verbs: dict[str, tuple[actions.Action, dict[str, str]]] = {
        "pause": (agenda.pause_phones, {}),
        "open": (agenda.open_phones, {}),
        "read": (agenda.go_to, {"step": "read"}),
        "challenges": (agenda.go_to, {"step": "challenges"}),
        "mute": (ask.mute, {"participant": "p1"}),
        "unmute": (ask.unmute, {"participant": "p1"}),
    }

    def truth(tx: Transaction) -> str:
        now = agenda.current(tx)
        muted = tx.row("mute", "p1", "participant")
        open_ = now["id"] == "challenges" and now["state"] == "open"
        return "Muted" if muted else "stored" if open_ else "StepClosed"

    for move in moves:
        if move in ("undo", "redo"):
            (file.undo if move == "undo" else file.redo)()
        else:
            verb, more = verbs[move]
            queue.lead(verb, **more)
        true: Future = Future()
        file.post([(truth, true)], settle)  # a leader's look would make the writer forget
        asked.append((true, queue.card("p1")))
    queue.gate.set()
    assert [said(came) for _truth, came in asked] == [true.result(10) for true, _came in asked]
