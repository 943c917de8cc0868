"""Several questions and scales on the desk: nothing before three, widest first, answers taken over, rows that lack an owner."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tests.desktop import helpers
from tests.finished import invited
from workshop_app import actions, formats
from workshop_app.desktop import phones
from workshop_app.desktop.asked.kept import KeptRows
from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.projector import Show
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.widgets import PlainLabel
from workshop_app.store import queries


class Desk:
    """The window on a new session of a format, at one of its steps."""

    def __init__(self, folder: Path, format_id: str, step: str) -> None:
        helpers.look_like()
        self.file = helpers.session(folder, format_id=format_id)
        invited(self.file)
        self.step = step
        actions.do(self.file, actions.agenda.go_to, step=step)
        self.window = MainWindow(Settings())
        self.window.open_file(self.file)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.settle()

    @property
    def page(self) -> Any:
        assert self.window.cockpit is not None
        return self.window.cockpit.page

    def settle(self) -> None:
        self.file.submit(lambda _tx: None, who="program").result(10)
        helpers.settle(self.window.bridge)
        helpers.settle(self.window.bridge)

    def go(self, step: str) -> None:
        actions.do(self.file, actions.agenda.go_to, step=step)
        self.step = step
        self.settle()

    def pause(self, on: bool = True) -> None:
        """Pauses the phones, so that all answers are shown, or opens them again."""
        agenda = actions.agenda
        actions.do(self.file, agenda.pause_phones if on else agenda.open_phones)
        self.settle()

    def phone(self, role: str = "Ledning", **more: str) -> str:
        phone, lobby = uuid4().hex, queries.format_of(self.file).lobby
        told = {"role": role, "organisation": "Björkby", "relation": "work_in"} | more
        for field in lobby.fields:
            if field.required and field.name not in told:
                told[field.name] = field.choices[0].value if field.choices else "1"
        verb = actions.ask.join
        actions.do(self.file, verb, by="phone", participant=phone, fields=told, language="sv", key=phone)
        return phone

    def send(self, phone: str, **fields: Any) -> None:
        helpers.send(self.file, self.step, phone, **fields)

    def press(self, button: Any) -> None:
        assert button.isVisible() and button.isEnabled(), button.accessibleName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def room(self) -> QImage:
        return Show(self.window.bridge).picture(960, 540)


@pytest.fixture
def desk(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], Desk]]:
    monkeypatch.setattr(phones, "start_server", lambda _bridge: None)
    opened: list[Desk] = []

    def open_(format_id: str, step: str) -> Desk:
        opened.append(Desk(tmp_path, format_id, step))
        return opened[-1]

    yield open_
    for one in opened:
        helpers.end(one.window)


def said(row: Any) -> str:
    name: str = next(iter(row.scales.values())).accessibleName()
    return name


def test_spread_is_hidden_until_three_then_widest_first_and_rated_again(desk: Any) -> None:
    it = desk("maturity", "rate")
    values = [i.value for i in queries.items(it.file, "rate")]
    calm, wide = values[0], values[4]
    people = [it.phone(level_of_work=level) for level in ("operations", "management", "management")]
    for phone, vote in zip(people[:2], ("1", "5"), strict=True):
        it.send(phone, **{f"level@{calm}": "3", f"level@{wide}": vote})
    it.settle()
    assert "2 har svarat hittills" in said(it.page.rows[wide])
    it.pause()
    assert "1 till behöver svara" in said(it.page.rows[wide])
    it.pause(False)
    assert not it.page.rows[wide].scales["level"].plot.isVisible()
    it.send(people[2], **{f"level@{calm}": "3", f"level@{wide}": "5", f"example@{wide}": "<b>I maj</b>"})
    it.pause()
    assert it.page.list.indexOf(it.page.rows[wide]) == 0
    assert it.page.rows[wide].scales["level"].plot.isVisible()
    plot = it.page.rows[wide].scales["level"].plot
    helpers.wait_for(lambda: plot.drawing is not None and plot.drawing.isValid())
    assert plot.accessibleName() == "Alla: 1, 5, 5"  # no group has three of its own
    opener, list_ = it.page.rows[wide].texts["example"]
    assert not list_.isVisible()
    it.press(opener)
    assert [row.said.words for row in list_.rows.values()] == ["<b>I maj</b>"]
    assert next(iter(list_.rows.values())).role.text() == "Ledning"
    before = it.room()
    it.press(it.page.show_room)
    assert it.room() != before and it.window.bridge.focus["spread"] == "rate"
    it.press(it.page.again)
    assert it.window.bridge.focus["spread"] == "" and not it.page.again.isVisible()
    for phone in people:
        it.send(phone, **{f"level@{wide}": "4"})
    it.pause()
    assert "omgång 1: 5" in said(it.page.rows[wide])


def test_answers_are_taken_over_edited_and_put_in_order(desk: Any) -> None:
    it = desk("maturity", "actions")
    item = queries.items(it.file, "actions")[0].value
    told = {"factor": item, "who": "Inköpschefen", "when": "i maj"}
    for n in range(4):
        it.send(it.phone(), action=f"Åtgärd {n}", **told)
    it.settle()
    rows = list(it.page.parts["action"].rows.values())
    kept: KeptRows = it.page.kept
    for row in rows[:2]:
        it.press(row.button)
    assert rows[0].kept.isVisible() and not rows[0].button.isVisible()
    first, second = queries.outcomes(it.file, "actions")
    assert first.fields == {"action": "Åtgärd 0", **told} and first.answer == rows[0].said.answer
    line = kept.kept[first.id].inputs["who"]
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    it.settle()
    assert "who" not in queries.outcomes(it.file, "actions")[0].fields
    assert "Vem gör det?" in kept.kept[first.id].lacking.text()
    it.press(kept.kept[second.id].up)
    assert [o.id for o in queries.outcomes(it.file, "actions")] == [second.id, first.id]
    it.press(kept.add)
    written = kept.draft.inputs["action"]
    assert QApplication.focusWidget() is kept.draft.inputs["factor"]
    written.setFocus()
    written.insertPlainText("Egen åtgärd")
    kept.draft.inputs["who"].setFocus()
    it.settle()
    assert queries.outcomes(it.file, "actions")[2].fields == {"action": "Egen åtgärd"}
    assert kept.draft is None and kept.full and not kept.add.isVisible()
    assert not rows[2].button.isEnabled()
    it.press(it.page.show_room)
    shown = it.room()
    it.press(kept.kept[first.id].away)
    assert len(queries.outcomes(it.file, "actions")) == 2 and rows[2].button.isEnabled()
    assert it.room() != shown


def test_one_wording_is_agreed_from_several_answers(desk: Any) -> None:
    it = desk("needs_canvas", "key_issue")
    for n in range(2):
        it.send(it.phone(), issue=f"Problem {n}", why=f"Därför {n}")
    it.settle()
    issues = list(it.page.parts["issue"].rows.values())
    whys = list(it.page.parts["why"].rows.values())
    it.press(issues[0].button)
    it.press(issues[1].button)
    it.press(whys[1].button)
    [one] = queries.outcomes(it.file, "key_issue")
    assert one.fields == {"issue": "Problem 0\nProblem 1", "why": "Därför 1"}


def test_words_that_are_blacked_out_go_from_the_page_and_from_what_was_kept_of_them(desk: Any) -> None:
    it, who = desk("needs_canvas", "key_issue"), "Eva Hemlig"
    it.send(it.phone(), issue=f"Bara {who} vet", why="Därför")
    it.settle()
    it.press(next(iter(it.page.parts["issue"].rows.values())).button)

    def shown() -> list[str]:
        told = [(w.accessibleName(), getattr(w, "text", str)) for w in it.window.findChildren(QWidget)]
        areas = [w.toPlainText() for w in it.window.findChildren(QPlainTextEdit)]
        return [t for t in (*areas, *(n for n, _t in told), *(str(t()) for _n, t in told)) if who in t]

    assert len(shown()) > 1
    one = next(p for p in queries.typed(it.file) if who in p.text)
    where = {"answer": one.answer, "field": one.field, "start": 5, "end": 5 + len(who)}
    told = actions.do(it.file, actions.blackout.black_out, **where, words=who, reason="name")
    it.settle()
    assert told == 1 and shown() == []
    assert queries.outcomes(it.file, "key_issue")[0].fields["issue"] == "Bara █████ vet"
    it.file.undo().result()
    it.settle()
    assert len(shown()) > 1


def nobody(widget: Any) -> int:
    """How often it is said that nobody has answered."""
    labels = widget.findChildren(PlainLabel)
    return sum(one.isVisible() and one.text() == "Ingen har svarat än." for one in labels)


def test_the_close_says_under_each_question_that_nobody_has_answered_yet(desk: Any) -> None:
    it = desk("barrier_scan", "close")
    assert nobody(it.page) == len(it.page.texts) > 0
    it.send(it.phone(), **dict.fromkeys(it.page.texts, "Jag, på måndag"))
    it.settle()
    assert nobody(it.page) == 0


def test_a_break_of_a_format_without_cards_does_not_count_them(desk: Any) -> None:
    it = desk("sprint", next(s.id for s in formats.formats()["sprint"].steps if s.kind == "pause"))
    told = [words.text() for _icon, words in it.page.lines.values() if words.isVisible()]
    assert told == ["Inga kort än."]


def test_what_hangs_together_is_drawn_and_listed(desk: Any) -> None:
    it = desk("barrier_scan", "turn")
    a, b, c = (i.value for i in queries.items(it.file, "turn")[:3])
    it.send(it.phone(), barrier=a, opposite="Lätt", linked_to=[b, c])
    it.send(it.phone(), barrier=b, opposite="Lätt", linked_to=[a])
    it.settle()
    assert it.page.links.isVisible() and it.page.links.links == {(0, 1): 2, (0, 2): 1}
    assert "1 – 2: 2" in it.page.links_list.text()
    it.go("rate")
    assert nobody(it.page.rows[a]) == 1, "said once for the scale and the choice beside it"
    for _ in range(3):
        it.send(it.phone(), **{f"weight@{a}": "5", f"influence@{a}": "ourselves"})
    it.pause()
    assert nobody(it.page.rows[a]) == 0 and it.page.rows[a].choices["influence"].isVisible()
    assert it.page.plot.isVisible()
    assert [(n, share, median) for n, _name, share, median in it.page.plot.points] == [(1, 5.0, 5)]
    assert "går att påverka" in it.page.plot.accessibleName()


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_every_step_of_every_format_has_a_page_and_a_picture(desk: Any, name: str) -> None:
    first = formats.formats()[name].first.id
    it = desk(name, first)
    it.phone()
    for step in formats.formats()[name].steps:
        it.go(step.id)
        assert it.page.step.id == step.id
        assert not it.room().isNull()
        controls = [w for w in it.page.findChildren(KeptRows) if w.isVisible()]
        assert len(controls) <= 1
