"""What anybody may read holds no name, no secret, no vote and no note of our own: a word in every closed column says so.

Every column of text in the schema is declared here; a new one fails the first test until somebody has decided.
"""

import http.client
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.closed_words import COMPANY, furnished, mark, read, text_columns, tight
from tests.web.conftest import Phone, TheRoom
from workshop_app.actions.agenda import go_to
from workshop_app.formats import Format, formats
from workshop_app.store import schema
from workshop_app.store.session_file import SessionFile
from workshop_app.web import server

# table -> words that anybody may read; "paper" and "phone" where only the one shows them
OPEN = {
    "session": "title place",
    "question_version": "text",
    "missing_voice": "text",
    "theme": "title missing_voice",
    "heap": "title missing_voice",
    "need": "title who function situation effect requirement requirement_check measure today target unit measured_when owner "
    "other_process",
    "need_stakeholder": "group_name",
    "goal": "source title",
    "dialogue": "purpose terms invitation channels",
    "material": "title version",
    "agenda_item": "title prompt",
    "rfi": "sent_to background used_for answer_to budget",
    "rfi_question": "text",
    "paragraph": "text",
    "comment_round": "title about",
    "erasure": "basis",
}  # fmt: skip
PAPER = {  # on paper that the leader hands out; the phones' server has no business with it
    "session": "commissioner mandate leader_role decision_maker contact_point",
    "slot_note": "open_text",  # the open notes, which tell of all meetings together
    "comment": "text answer answered_by",  # the round as one document, printed when the leader wants it
}
PHONE = {"room_table": "name"}  # in the room alone
BOTH = {"session": "organisation recipient"}  # whose room it is, and whom the answers go to
# Words that are open or closed by the row they stand in: the rows that are closed.
CLOSED_ROWS = {
    ("card", "text"): "state = 'hidden' OR answer_id IN (SELECT answer_id FROM withdrawal)",
    ("qa", "question"): "published_at IS NULL",
    ("qa", "answer"): "published_at IS NULL",
    ("qa", "answered_by"): "published_at IS NULL",
}
# Words that nobody may read but the leader.
CLOSED = {
    "session": "extra",
    "participant": "organisation",
    "contact": "name contact",
    "answer": "key",
    "card": "text reason gold",
    "blackout": "words",
    "need": "evidence_note wish market_note market_source next_step route_reason balance_need balance_means balance_risk "
    "hours can_split",
    "need_version": "who_role fields",
    "theme": "waits",
    "waiver": "reason",
    "recognition": "comment",
    "journal_line": "who action detail",
    "carried": "title",
    "carried_card": "title text reason",
    "happened": "note",
    "origin": "organisation",
    "sheet_row": "fields",
    "project": "name follows_title",
    "funnel": "title",
    "come_back": "phone",
    "heap_name": "name",
    "buyer_role": "role organisation interests",
    "slot": "deviation offer late_reason",
    "slot_note": "secret_text internal_text correction",
    "qa": "question answer answered_by",
    "supplier_judgement": "text by_role",
}
# No words: ids, times, codes that the program chooses, and what the format of a session decides on (test_open_results).
CODES = {
    "session": "file_id format_id format_toml language date keep_until token short_code current_step roles organisations "
    "settings created_at",
    "step": "id state started_at ended_at paused_at",
    "question_version": "created_at",
    "participant": "id role relation language source joined_at",
    "contact": "created_at",
    "answer": "step participant text fields language source receipt received_at",
    "theme": "title_by",
    "heap": "title_by from_tables",
    "card": "state placed_by placed_at",
    "me_too": "participant",
    "withdrawal": "at",
    "blackout": "field reason at",
    "outcome": "step fields",
    "need": "status market_status market_checked_on needed_by route route_kind review_date given_priority",
    "need_stakeholder": "relation consulted",
    "need_version": "status at",
    "need_draft": "field",
    "waiver": "rule field at",
    "rating": "participant criterion",
    "dot": "participant",
    "recognition": "participant value",
    "goal_vote": "participant",
    "vector": "model text_hash",
    "journal_line": "at",
    "seal": "part",
    "carried": "file_id date voices",
    "carried_card": "file_id date",
    "happened": "status date at",
    "origin": "kind file_id",
    "sheet_row": "sheet item",
    "project": "key follows",
    "same_person": "participant same_as at",
    "phone_turn": "step",
    "erasure": "at counts",
    "done_sign": "step participant at",
    "mute": "participant at",
    "come_back": "participant at",
    "seat": "participant at",
    "sorting": "step state started_at paused_at ended_at tables",
    "dealt": "participant at",
    "placement": "participant kind",
    "heap_name": "participant",
    "pair_answer": "participant said",
    "pair_settled": "at",
    "dialogue": "invited_on agenda_locked_at final_at",
    "supplier": "name type status",  # the name of a company stands in every other word, and is looked for by itself
    "material": "sha256 added_at",
    "slot": "starts_at started_at ended_at",
    "slot_note": "confirmed_at",
    "qa": "raised_in raised_at answered_at promised_on published_at",
    "given": "what at",
    "rfi": "issued answers_due questions_due told_on left_out",
    "supplier_judgement": "at",
    "comment_round": "closes_on final_at",
    "comment": "kind source received_at answered_at published_at",
}  # fmt: skip
ON_PAPER = ("summary", "need", "register", "cards", "qa", "supplement", "notes", "rfi", "comments", "poster")
ALSO_WORD = ("qa", "supplement", "notes", "rfi", "comments")
# not on the paper of a format that collects no cards
OF_CARDS = {
    "missing_voice": "text",
    "theme": "title missing_voice",
    "heap": "title missing_voice",
    "erasure": "basis",
}
LOOKS = ("", "?page=questions", "?again=1", "?page=2", "?heaps=1", "?write=1", "?write=2", "events?poll=1",
         "events?ping=1")  # fmt: skip


def columns(of: dict[str, str]) -> set[tuple[str, str]]:
    return {(table, column) for table, names in of.items() for column in names.split()}


def test_every_column_of_text_is_declared_open_or_closed() -> None:
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(schema.TABLES_SQL)
        there = set(text_columns(conn))
    lists = [columns(of) for of in (OPEN, PAPER, PHONE, BOTH, CLOSED, CODES)]
    declared = set().union(*lists)
    assert there - declared == set(), "say above whether anybody may read these"
    assert declared - there == set(), "these are gone"
    twice = [one for one in declared if sum(one in of for of in lists) > 1]
    assert twice == [], "open or closed, not both"
    assert set(CLOSED_ROWS) <= columns(CLOSED)


@pytest.fixture(scope="module", params=formats())
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Format, Path, dict[str, tuple[str, str]]]:
    """A workshop of each format with something in every table, and in every column of words a word of its own."""
    path = tmp_path_factory.mktemp("open") / f"{request.param}.behov"
    furnished(path, request.param)
    every = sorted(set().union(*(columns(of) for of in (OPEN, PAPER, PHONE, BOTH, CLOSED))))
    marked = mark(
        path, [(table, column, CLOSED_ROWS.get((table, column), "")) for table, column in every], COMPANY
    )
    return formats()[request.param], path, marked


def found(text: str, words: dict[str, tuple[str, str]]) -> set[tuple[str, str]]:
    """The columns whose words stand in a text."""
    return {words[word] for word in re.findall(r"Kanarie\d{3}", text)}


def test_no_closed_word_leaves_by_paper_or_file(
    workshop: Callable[..., Any], session: Any, tmp_path: Path
) -> None:
    _form, path, words = session
    seen: set[tuple[str, str]] = set()
    kinds = [("export", f"o.{kind}", ()) for kind in ("json", "csv", "xlsx", "docx", "md")]
    for what in ON_PAPER:
        more = ("--url", "http://192.168.1.2:8080/x/") if what == "poster" else ()
        name = f"{what}.{'docx' if what in ALSO_WORD else 'pdf'}"
        kinds.append(("print", name, ("--what", what, *more)))
    for verb, name, more in kinds:
        done = workshop(verb, path, "-o", tmp_path / name, "--edition", "open", *more)
        assert done.code == 0, done.err
        text = read(tmp_path / name)
        assert COMPANY not in text, (
            verb,
            name,
            [text[m.start() - 60 : m.end()] for m in re.finditer(COMPANY, text)],
        )
        told = found(text, words)
        allowed = columns(OPEN) | columns(PAPER) | columns(BOTH)
        assert told <= allowed, (verb, name, more, told - allowed)
        seen |= told
    assert columns(OPEN) - seen <= columns(OF_CARDS), "they are found where they may be"
    inside = tmp_path / "inside.json"
    assert workshop("export", path, "-o", inside).code == 0
    # what was blacked out is in no export at all
    assert set(words.values()) - found(read(inside), words) == {("blackout", "words")}, "they can be found"


def test_no_closed_word_reaches_a_phone(session: Any) -> None:
    form, path, words = session
    with SessionFile.open(path) as file:
        room = TheRoom(file, server.start(file, rate_limit=False))
        try:
            phone = room.phone()
            texts = [("/", phone.ask("GET", "/").text), ("join", phone.look().text)]
            assert phone.send(form.lobby.id, joining(form)).status == 201
            for step in form.steps:
                room.do(go_to, step=step.id)
                for query in LOOKS:
                    reply = phone.look(query)
                    assert reply.status < 500, (step.id, query)
                    texts.append((f"{step.id} {query}", reply.text))
                texts.append(("stream", stream(phone)))
        finally:
            room.server.stop()
    allowed = columns(OPEN) | columns(PHONE) | columns(BOTH)
    for place, text in texts:
        told = found(tight(text), words)
        assert told <= allowed, (place, told - allowed)
    assert ("session", "title") in found(tight(" ".join(text for _, text in texts)), words)


def joining(form: Format) -> dict[str, str]:
    given = {"role": "Roll", "organisation": "Kommunen", "relation": "use"}
    for field in form.lobby.fields:
        if field.required and field.name not in given:
            given[field.name] = field.choices[0].value if field.choices else "x"
    return given


def stream(phone: Phone) -> str:
    """What the stream says first, as a browser listens to it."""
    line = http.client.HTTPConnection(phone.server.host, phone.server.port, timeout=10)
    cookies = "; ".join(f"{k}={v}" for k, v in phone.cookies.items())
    line.request("GET", f"{phone.home}events", headers={"Cookie": cookies, "Accept": "text/event-stream"})
    said = line.getresponse()
    lines = []
    while (one := said.readline().decode()) and (one.strip() or not any("data:" in told for told in lines)):
        lines.append(one)
    line.close()
    return "".join(lines)
