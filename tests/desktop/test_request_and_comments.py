"""The request for information, the comment round, judgements and a question's need, with real windows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop import helpers
from tests.desktop.test_dialogue_desk import Desk
from workshop_app import actions, i18n
from workshop_app.actions import comment_round, dialogue_rules, rfi
from workshop_app.desktop import phones
from workshop_app.desktop.dialogue import request
from workshop_app.desktop.pages import comments
from workshop_app.desktop.paper import sheets_out
from workshop_app.store import queries

SV = i18n.language("sv")


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    made = Desk(tmp_path, "needs_identification")
    for title in ("Torra golv", "Tyst matsal"):
        made.do(actions.need.new_need, title=title)
    made.do(actions.dialogue.register, name="Aspö Teknik AB", type="small")
    yield made
    helpers.end(made.window)


def _saved(desk: Desk, target: Path, make: Any) -> bytes:
    sheets_out.save(desk.window.bridge, target, make)
    assert helpers.wait_for(target.exists)
    desk.settle()
    return target.read_bytes()


def test_a_request_is_written_ticked_and_saved(desk: Desk, tmp_path: Path) -> None:
    desk.open("request")
    part = desk.page.request
    first, second = part.needs.boxes
    assert part.needs.ticked() == [first, second], "nothing on its way to procurement yet: all"
    desk.press(part.needs.boxes[second][1])
    desk.press(part.standard.boxes["split"][1])
    desk.write(part.own, "Vad kostar tysta stolar?\n\nVem lagar dem?")
    desk.write(part.background, "Golven är våta.")
    desk.write(part.days["answers_due"], "i maj")
    assert desk.said == SV(dialogue_rules.BAD_DATE)
    assert part.days["answers_due"].text() == "i maj"
    desk.write(part.days["answers_due"], "2026-05-01")
    desk.write(part.days["issued"], "2026-06-01")
    assert desk.said == SV(rfi.BEFORE)
    now = desk.register.rfi
    assert (now.needs, now.left_out, now.background) == ((first,), ("split",), "Golven är våta.")
    assert (now.questions, now.answers_due, now.issued) == (
        ("Vad kostar tysta stolar?", "Vem lagar dem?"), "2026-05-01", ""
    )  # fmt: skip
    assert _saved(desk, tmp_path / "r.pdf", request.paper).startswith(b"%PDF")
    assert _saved(desk, tmp_path / "r.docx", request.paper).startswith(b"PK")


def test_the_step_of_a_comment_round_leads_to_its_answers(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    desk = Desk(tmp_path, "comment_round")
    desk.do(comment_round.set_draft, paragraphs=["Golvet är torrt."])
    desk.do(actions.agenda.go_to, step="comments")
    phone = helpers.join(desk.file, "Drift")
    (paragraph,) = queries.items(desk.file, "comments")
    helpers.send(desk.file, "comments", phone, **{f"comment@{paragraph.value}": "Hur mäts det?"})
    desk.window.cockpit.show_step("")
    desk.settle()
    desk.press(desk.page.comments)
    (one,) = queries.comment_round(desk.file).comments
    (card,) = desk.page.list.rows.values()
    assert card.list.rows[one.id].words.text() == "Hur mäts det?"
    assert not card.list.rows[one.id].remove.isVisible(), "what was received stays"
    helpers.end(desk.window)


def test_judgements_and_a_questions_need(desk: Desk) -> None:
    desk.open("suppliers")
    part = desk.page.judgements
    desk.press(part.add)
    assert queries.judgements(desk.file) == ()
    part.text.set_text("Vana vid små kommuner")
    part.score.setCurrentIndex(4)
    part.role.setText("Upphandlare")
    desk.press(part.add)
    (one,) = queries.judgements(desk.file)
    assert (one.text, one.score, one.by_role) == ("Vana vid små kommuner", 4, "Upphandlare")
    assert part.text.text() == ""
    entry = desk.do(actions.question_list.ask, question="Hur våta?", raised_in="phone")
    desk.open("questions")
    line = desk.page.questions.list.rows[entry]
    desk.press(line.line)
    need = queries.needs(desk.file)[1].id
    field = line.more.need
    field.setCurrentIndex(field.findData(need))
    field.activated.emit(field.currentIndex())
    desk.settle()
    assert desk.register.questions[0].need == need
    assert field.currentData() == need


def test_a_comment_round_from_draft_to_one_document(desk: Desk, tmp_path: Path) -> None:
    desk.window.cockpit.show_step("comment_round")
    desk.settle()
    page: Any = desk.page
    assert not page.publish.isEnabled()
    desk.write(page.draft.title, "Kravutkast")
    page.draft.text.setFocus()
    page.draft.text.insertPlainText("Golvet är torrt.\n\nInom tio minuter.")
    desk.window.cockpit.show_step("")  # leaving the page loses nothing
    desk.settle()
    desk.window.cockpit.show_step("comment_round")
    desk.settle()
    now = queries.comment_round(desk.file)
    assert (now.title, [p.text for p in now.paragraphs]) == (
        "Kravutkast",
        ["Golvet är torrt.", "Inom tio minuter."],
    )
    page.add.paragraph.setCurrentIndex(1)
    desk.press(page.add.add)
    assert desk.said == SV(comment_round.NO_COMMENT)
    page.add.words.setFocus()
    page.add.words.insertPlainText("Hur mäts det?")
    QTest.keyClick(page.add.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    (one,) = queries.comment_round(desk.file).comments
    assert (one.text, one.kind, page.add.words.text()) == ("Hur mäts det?", "unclear", "")
    assert not page.draft.text_field.isVisible(), "its paragraphs stand still now"
    desk.press(page.publish)
    assert desk.said == SV(comment_round.UNANSWERED).format(n=1)
    assert page.waiting.isVisible()
    card = page.list.rows[now.paragraphs[1].id]
    line = card.list.rows[one.id]
    line.answer.setFocus()
    line.answer.insertPlainText("Med klocka.")
    desk.press(line.save)
    assert desk.said == SV(comment_round.NO_ROLE)
    assert line.answer.text() == "Med klocka."
    line.role.setText("Driftchef")
    QTest.keyClick(line.role, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    table = tmp_path / "in.csv"
    table.write_text("stycke;slag;kommentar\n1;bra;Tydligt\n", encoding="utf-8")
    page.read_in(table)
    assert helpers.wait_for(lambda: len(queries.comment_round(desk.file).comments) == 2)
    desk.settle()
    read = queries.comment_round(desk.file).comments[0].id
    desk.do(comment_round.reply, comments=[read], answer="Tack.", by_role="Driftchef")
    desk.press(page.publish)
    assert queries.comment_round(desk.file).final_at is not None
    assert not page.add.isVisible()
    assert not line.form.isVisible()
    assert line.told.text() == "Med klocka. (Driftchef)"
    assert _saved(desk, tmp_path / "c.pdf", comments.paper).startswith(b"%PDF")
