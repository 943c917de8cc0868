"""From wish list to need: what is written is stored, asked about, undone, and never lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.desktop import helpers
from tests.desktop.need_desk import Key, Mod, NeedDesk, no_server
from workshop_app import actions
from workshop_app.desktop.needs import menus
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.needs.wordings import WordingsWindow
from workshop_app.desktop.status import StatusLine
from workshop_app.desktop.style import look
from workshop_app.model import lint_words
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """The sample from Nässjö, eight needs, all ready."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "formulate")
    yield made
    made.close()


def rung(desk: NeedDesk, name: str) -> Any:
    return next(r for r in desk.page.all_rungs if r.name == name)


def write(desk: NeedDesk, name: str, words: str) -> None:
    desk.type(rung(desk, name).field, words)


def test_the_sentence_follows_the_typing_before_anything_is_stored(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "who", "Nyinflyttade familjer")
    assert desk.page.sentence.text().startswith("Nyinflyttade familjer behöver kunna få förskoleplats")
    assert desk.need(4).fields["who"] != "Nyinflyttade familjer"


def test_a_word_list_that_cannot_be_used_is_named_on_the_page(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_server(monkeypatch)
    lint_words.own_lists().mkdir(parents=True)
    (lint_words.own_lists() / "sv.txt").write_text("[technology]\n*\n", encoding="utf-8")
    desk = NeedDesk(tmp_path, "formulate")
    said = desk.window.findChild(StatusLine)
    assert said.isVisible() and said.words.text().startswith("sv.txt, rad 2:")
    assert desk.page.sentence.text()
    desk.close()


def test_tab_stores_and_goes_to_the_next_rung(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "who", "Nyinflyttade familjer")
    desk.key(Key.Key_Tab)
    assert QApplication.focusWidget() is rung(desk, "function").field
    assert desk.need(4).fields["who"] == "Nyinflyttade familjer"


def test_alt_and_a_figure_go_to_a_rung(desk: NeedDesk) -> None:
    for place, name in ((2, "who"), (7, "requirement_check"), (1, "wish")):
        desk.key(getattr(Key, f"Key_{place}"), Mod.AltModifier)
        assert QApplication.focusWidget() is rung(desk, name).field


def test_an_edit_is_undone_with_ctrl_z(desk: NeedDesk) -> None:
    desk.pick(4)
    before = desk.need(4).fields["effect"]
    write(desk, "effect", "barnen får lugn och ro")
    desk.page.list.view.setFocus()
    desk.settle()
    assert desk.need(4).fields["effect"] == "barnen får lugn och ro"
    desk.key(Key.Key_Z, Mod.ControlModifier)
    assert desk.need(4).fields["effect"] == before
    assert rung(desk, "effect").field.text() == before


def test_page_down_in_a_rung_keeps_what_is_written(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "situation", "när en skola stänger")
    desk.key(Key.Key_PageDown)
    desk.key(Key.Key_PageDown)  # there is time left, so the first press asks
    helpers.wait_for(lambda: type(desk.page).__name__ == "GoalsPage")
    desk.settle()
    assert desk.need(4).fields["situation"] == "när en skola stänger"


def test_closing_the_window_keeps_what_is_written(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "situation", "när en skola stänger")
    path = desk.file.path
    desk.window.close()
    with SessionFile.read(path) as file:
        assert [n.fields["situation"] for n in queries.needs(file) if n.number == 4] == [
            "när en skola stänger"
        ]


def test_another_need_is_picked_and_nothing_is_mixed_up(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "who", "Nyinflyttade familjer")
    desk.pick(5)
    assert desk.need(4).fields["who"] == "Nyinflyttade familjer"
    assert rung(desk, "who").field.text() == desk.need(5).fields["who"] != "Nyinflyttade familjer"


def test_what_the_room_changes_meanwhile_does_not_take_away_what_is_being_written(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "who", "Nyinflyttade fam")
    actions.do(desk.file, actions.need.set_fields, need=desk.need(4).id, effect="det går fort")
    helpers.settle(desk.bridge)
    assert rung(desk, "who").field.text() == "Nyinflyttade fam"
    assert rung(desk, "effect").field.text() == "det går fort"


def test_a_solution_is_asked_about_under_its_own_rung_and_kept_with_a_reason(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "function", "få plats i en ny robot nära hemmet")
    desk.key(Key.Key_Tab)
    (line,) = [x for x in rung(desk, "function").questions.lines if x.finding.rule == "N01"]
    assert "robot" in line.finding.question and desk.page.left.text() == "En fråga kvar till klart"
    desk.press(line.keep)
    assert line.reason.isVisible()
    desk.keys(line.reason, "Så heter lokalen")
    desk.key(Key.Key_Return)
    assert [(w.rule, w.field, w.reason) for w in desk.need(4).waivers] == [
        ("N01", "function", "Så heter lokalen")
    ]
    assert [x.finding.rule for x in rung(desk, "function").questions.lines] == []
    assert desk.page.left.text() == "Inga frågor kvar"


def test_on_an_english_desk_the_question_is_english_and_the_rules_are_those_of_the_content(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_server(monkeypatch)
    desk = NeedDesk(tmp_path, "formulate", code="en")
    desk.pick(4)
    assert " behöver kunna " in desk.page.sentence.text()
    assert desk.page.ready.words() == "Take up again"
    for name in ("who", "situation", "effect", "requirement"):
        write(desk, name, "")
    write(desk, "function", "köpa in ett bättre golv")
    desk.key(Key.Key_Tab)
    asked = {x.finding.rule: x.finding.question for x in rung(desk, "function").questions.lines}
    assert asked["N03"].endswith("What becomes possible when it is done?") and "köpa in" in asked["N03"]
    desk.close()


def test_ctrl_enter_marks_as_ready_and_the_next_press_goes_to_the_next_draft(desk: NeedDesk) -> None:
    for number in (2, 5):
        actions.do(desk.file, actions.need.set_status, need=desk.need(number).id, status="draft")
    desk.settle()
    desk.pick(2)
    assert desk.page.ready.words() == "Markera som klart"
    rung(desk, "effect").field.setFocus()
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert desk.need(2).status == "ready"
    assert desk.page.ready.words() == "Nästa utkast"
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert desk.page.need.number == 5


def test_a_need_that_is_not_ready_says_why_and_stays_a_draft(desk: NeedDesk) -> None:
    said: list[tuple[str, str]] = []
    desk.bridge.said.connect(lambda kind, words: said.append((kind, words)))
    desk.pick(2)
    write(desk, "effect", "")
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert desk.need(2).status == "draft"
    assert said[-1][0] == "quiet" and said[-1][1]


def test_a_new_need_is_named_first_and_asks_nothing_while_it_is_empty(desk: NeedDesk) -> None:
    desk.key(Key.Key_N, Mod.ControlModifier)
    assert [n.number for n in desk.needs] == list(range(1, 10))
    assert desk.page.need.number == 9 and QApplication.focusWidget() is desk.page.title.field
    desk.keys(QApplication.focusWidget(), "Lek utan att halka")
    desk.key(Key.Key_Tab)
    assert desk.need(9).title == "Lek utan att halka"
    assert not any(r.questions.lines for r in desk.page.all_rungs)


def test_evidence_is_taken_away_and_found_again(desk: NeedDesk) -> None:
    desk.pick(4)
    panel = desk.page.panel
    first = desk.need(4).evidence[0]
    actions.do(desk.file, actions.need.remove_evidence, need=desk.need(4).id, cards=[first.card])
    desk.settle()
    desk.press(panel.add)
    desk.keys(QApplication.focusWidget(), str(first.card))
    desk.settle()
    (offered,) = [panel.offered.itemAt(i).widget() for i in range(panel.offered.count() - 1)]
    button = next(b for b in offered.findChildren(type(panel.add).__mro__[1]) if b.isVisible())
    desk.press(button)
    assert first.card in [e.card for e in desk.need(4).evidence]


def test_a_group_that_it_concerns_is_added_by_key(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.type(desk.page.panel.concerned.new, "föräldraråd")
    desk.key(Key.Key_Return)
    assert [s.group for s in desk.need(4).stakeholders][-1] == "föräldraråd"


def test_the_route_can_be_chosen_already_here(desk: NeedDesk) -> None:
    desk.pick(2)
    box = desk.page.panel.route
    assert box.currentText() == "Eget utvecklingsarbete"
    box.setFocus()
    desk.key(Key.Key_Down)
    assert desk.need(2).fields["route"] == "other_process"
    assert box.currentText() == "Annan process"


def test_the_owner_is_stored_when_the_field_is_left(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.type(desk.page.panel.owner, "Förskolechef")
    desk.key(Key.Key_Tab)
    assert desk.need(4).fields["owner"] == "Förskolechef"


def test_an_earlier_wording_can_be_taken_back(desk: NeedDesk) -> None:
    desk.pick(4)
    before = desk.need(4).fields["effect"]
    write(desk, "effect", "något annat än förut händer där")
    desk.key(Key.Key_Tab)
    desk.press(desk.page.versions)
    (window,) = desk.page.window().findChildren(WordingsWindow)
    old, new = (window.body.itemAt(1).itemAt(side).widget() for side in (0, 1))
    assert window.body.count() == 2 and (old.text(), new.text()) == (
        before,
        "något annat än förut händer där",
    )
    assert window.old.currentText().endswith("Klart, ledaren")
    desk.press(window.take)
    assert desk.need(4).fields["effect"] == before


def test_typing_on_and_on_is_stored_meanwhile_and_is_one_undo(desk: NeedDesk) -> None:
    desk.pick(4)
    before = desk.need(4).fields["effect"]
    field = rung(desk, "effect").field
    desk.type(field, "barnen får")
    rung(
        desk, "effect"
    ).kept._timer.timeout.emit()  # a second and a half after the first letter, without a rest
    desk.settle()
    assert desk.need(4).fields["effect"] == "barnen får"
    desk.keys(field, " lugn och ro")
    desk.page.list.view.setFocus()
    desk.settle()
    assert desk.need(4).fields["effect"] == "barnen får lugn och ro"
    desk.key(Key.Key_Z, Mod.ControlModifier)
    assert desk.need(4).fields["effect"] == before


def test_a_space_at_the_end_survives_that_the_text_is_stored(desk: NeedDesk) -> None:
    desk.pick(4)
    field = rung(desk, "who").field
    desk.type(field, "Nyinflyttade ")
    rung(desk, "who").kept._timer.timeout.emit()
    desk.settle()
    assert field.text() == "Nyinflyttade " and field.textCursor().position() == len("Nyinflyttade ")


def test_what_is_half_given_is_kept_when_the_page_goes(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "function", "få plats i en ny robot nära hemmet")
    desk.key(Key.Key_Tab)
    (line,) = [x for x in rung(desk, "function").questions.lines if x.finding.rule == "N01"]
    desk.press(line.keep)
    desk.keys(line.reason, "Så heter lokalen")
    desk.type(desk.page.panel.concerned.new, "föräldraråd")
    desk.type(desk.page.title.field, "Ett namn som är mycket längre än vad som får plats " * 3)
    desk.pick(5)
    one = desk.need(4)
    assert [w.reason for w in one.waivers] == ["Så heter lokalen"]
    assert one.stakeholders[-1].group == "föräldraråd" and len(one.title) > 100
    assert one.status == "draft"


def test_measure_goals_dates_and_relation_are_written_on_the_page(desk: NeedDesk) -> None:
    goal, *_ = actions.do(desk.file, actions.goals.add_goals, titles=["Trygg skolgång"], source="Skolplanen")
    desk.settle()
    desk.pick(4)
    page, panel = desk.page, desk.page.panel
    for kept, words in zip(page.measure.kept, ("väntetid", "i november", "40", "15", "minuter"), strict=True):
        desk.type(kept.field, words)
    desk.type(panel.by, "2027-01-01")
    desk.type(panel.market_day, "2026-11-01")
    desk.key(Key.Key_Tab)
    panel.goals.ticks[goal].setFocus()
    desk.key(Key.Key_Space)
    one = desk.need(4)
    assert [one.fields[n] for n in ("measure", "today", "target", "unit", "measured_when")] == [
        "väntetid",
        "40",
        "15",
        "minuter",
        "i november",
    ]
    assert (one.fields["needed_by"], one.fields["market_checked_on"]) == ("2027-01-01", "2026-11-01")
    assert goal in one.goals and page.measure.filled


def test_status_and_lineage_are_reached_from_the_page(desk: NeedDesk) -> None:
    desk.pick(4)
    status = next(
        m
        for m in menus.more(desk.page, desk.bridge, desk.page.need).findChildren(QMenu)
        if m.title() == "Ändra status"
    )
    next(a for a in status.actions() if a.text() == "Utkast").trigger()
    desk.settle()
    assert desk.need(4).status == "draft"
    desk.press(desk.page.split)
    assert desk.page.kin.text() == "Delat från behov 4"
    desk.pick(4)
    assert desk.page.kin.text() == "Behov 9 har delats av från det här"


def test_the_heaps_that_no_need_has_grown_from_are_offered(desk: NeedDesk) -> None:
    grown: list[tuple[int, str]] = []
    menu = menus.heaps(desk.page, desk.bridge, lambda heap, title: grown.append((heap, title)))
    free = {h.id for h in queries.board(desk.file).heaps if h.cards} - {n.heap for n in desk.needs}
    assert len(menu.actions()) == max(len(free), 1)
    if free:
        menu.actions()[0].trigger()
        assert grown[0][0] in free


def test_the_thread_is_red_down_to_the_last_filled_rung(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "requirement_check", "")
    desk.settle()
    picture = desk.page.ladder.grab().toImage()
    filled, hollow = rung(desk, "effect"), rung(desk, "requirement_check")
    at = [r.mapTo(desk.page.ladder, r.knot().toPoint()) for r in (filled, hollow)]
    assert QColor(picture.pixel(at[0])) == look().colour("thread")
    assert QColor(picture.pixel(at[1])) == look().colour("bg")


def test_what_could_not_be_stored_stays_in_its_field_and_is_tried_again(qt_app: Any) -> None:
    field = QLineEdit()
    kept = Kept("owner", field)
    asked: list[str] = []
    kept.written.connect(lambda _name, text: asked.append(text))
    kept.replace("Chef")
    field.setText("Chefen för driften")
    kept.keep()
    kept.show("Chef")  # the disk was full, so this is what is stored
    assert field.text() == "Chefen för driften"
    kept.keep()
    kept.show("Chefen för driften")
    kept.keep()
    assert asked == ["Chefen för driften"] * 2
    kept.show("Chef")  # undone
    assert field.text() == "Chef"


def test_markup_in_what_somebody_wrote_is_shown_as_it_is(desk: NeedDesk) -> None:
    desk.pick(4)
    write(desk, "who", "<b>Barn</b> & vuxna")
    desk.key(Key.Key_Tab)
    assert desk.page.sentence.text().startswith("<b>Barn</b> & vuxna behöver kunna")
    assert desk.need(4).fields["who"] == "<b>Barn</b> & vuxna"


def test_without_needs_the_page_says_what_to_do(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_server(monkeypatch)
    desk = NeedDesk(tmp_path, "formulate")
    for need in desk.needs:
        actions.do(desk.file, actions.need.remove_need, need=need.id)
    desk.settle()
    assert desk.page.empty.isVisible() and not desk.page.work.isVisible()
    assert not desk.page.ready.isEnabled()
    desk.key(Key.Key_N, Mod.ControlModifier)
    assert desk.page.work.isVisible() and desk.page.need.number == 1
    desk.close()
