"""Route and owner: five ways, what each asks for, a decision that is refused kindly and can be taken up again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QPoint

from tests.desktop import helpers
from tests.desktop.need_desk import Key, Mod, NeedDesk, no_server
from workshop_app import actions
from workshop_app.actions import transfer
from workshop_app.desktop.widgets import PlainLabel, VerbatimLabel
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """The sample from Nässjö at the choice of routes; need 4 lacks the kind of innovation procurement."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "route")
    yield made
    made.close()


def card(desk: NeedDesk, route: str) -> Any:
    return desk.page.cards.cards[route]


def test_a_route_is_chosen_by_pressing_anywhere_on_its_card(desk: NeedDesk) -> None:
    desk.pick(4)
    reason = desk.need(4).fields["route_reason"]
    one = card(desk, "parked")
    desk.page.work.ensureWidgetVisible(one)
    desk.press(one, QPoint(one.width() - 20, one.height() - 8))
    assert desk.need(4).fields["route"] == "parked" and one.radio.isChecked()
    assert desk.need(4).fields["route_reason"] == reason
    desk.key(Key.Key_Z, Mod.ControlModifier)
    assert desk.need(4).fields["route"] == "innovation_procurement"
    assert card(desk, "innovation_procurement").radio.isChecked()


def test_arrows_move_between_the_routes(desk: NeedDesk) -> None:
    desk.pick(2)
    first = card(desk, desk.need(2).fields["route"])
    first.radio.setFocus()
    desk.key(Key.Key_Down)
    assert desk.need(2).fields["route"] != first.route


def test_each_card_says_what_it_asks_for(desk: NeedDesk) -> None:
    texts = {
        r: " ".join(x.text() for x in card(desk, r).findChildren(PlainLabel)) for r in desk.page.cards.cards
    }
    assert "mottagande process" in texts["other_process"]
    assert "Kräver: skäl, nästa datum" in texts["parked"] and "ägare" not in texts["parked"]
    assert "slag" in texts["innovation_procurement"]


def test_a_risky_need_is_asked_for_its_risk_list_and_may_go_on_with_a_reason(desk: NeedDesk) -> None:
    number = next(n.number for n in desk.needs if not desk.page._lacking(n))
    need = desk.need(number).id
    actions.do(desk.file, actions.rate.hand_votes, need=need, criterion="risk", votes={"5": 4})
    desk.settle()
    desk.pick(number)
    assert "risklistan" in desk.page.lacks.text.text()
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert desk.need(number).status != "decided"
    asked = desk.page.questions.lines[-1]
    asked._press()
    asked.reason.setText("Förs av projektet")
    asked._press()
    desk.settle()
    assert "risklistan" not in desk.page.lacks.text.text()
    desk.page.questions.asked_again.emit("R01", "risks")
    desk.settle()
    row = actions.do(
        desk.file, actions.sheet.write, sheet="risks", need=need, fields={"what": "Bygget dröjer"}
    )
    desk.settle()
    assert row is not None and "risklistan" not in desk.page.lacks.text.text()


def test_the_kind_is_asked_for_and_then_it_can_be_decided(desk: NeedDesk) -> None:
    desk.pick(4)
    assert "vilket slags innovationsupphandling" in desk.page.lacks.text.text()
    said: list[str] = []
    desk.bridge.said.connect(lambda kind, words: said.append(words) if kind == "quiet" else None)
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert desk.need(4).status == "ready" and "vilket slags" in said[-1]
    kind = card(desk, "innovation_procurement").kinds["friendly"]
    desk.page.work.ensureWidgetVisible(kind)
    desk.press(kind, QPoint(10, kind.height() // 2))
    assert desk.need(4).fields["route_kind"] == "friendly" and not desk.page.lacks.isVisible()
    desk.press(desk.page.decide)
    assert desk.need(4).status == "decided"
    assert (
        desk.page.decide.words() == "Ta upp beslutet igen"
        and desk.page.list.note.text() == "1 av 8 beslutade"
    )
    desk.press(desk.page.decide)
    assert desk.need(4).status == "draft"


def test_a_need_without_owner_stops_with_the_sentence_of_the_rule(desk: NeedDesk) -> None:
    desk.pick(2)
    desk.type(desk.page.owner, "")
    desk.key(Key.Key_Tab)
    assert desk.need(2).fields["owner"] == ""
    assert "Ett behov utan ägare stannar här" in desk.page.lacks.text.text()
    marks = {x.number: x.mark for x in desk.page.list.model.lines}
    assert marks[2] == "circle-dashed"


def test_questions_about_the_words_stand_in_the_way_but_not_of_parking(desk: NeedDesk) -> None:
    actions.do(desk.file, actions.need.set_fields, need=desk.need(2).id, effect="")
    desk.settle()
    desk.pick(2)
    assert "1 fråga om behovets ord är kvar" in desk.page.lacks.text.text()
    one = card(desk, "parked")
    desk.page.work.ensureWidgetVisible(one)
    desk.press(one, QPoint(one.width() - 20, one.height() - 8))
    desk.type(desk.page.date, "1 sept")
    desk.key(Key.Key_Tab)
    assert desk.need(2).fields["review_date"] == "1 sept" and not desk.page.lacks.isVisible()
    desk.press(desk.page.decide)
    assert desk.need(2).status == "decided"


def test_the_receiving_process_is_asked_for_only_where_it_is_needed(desk: NeedDesk) -> None:
    desk.pick(2)
    assert not desk.page.process_field.isVisible()
    one = card(desk, "other_process")
    desk.page.work.ensureWidgetVisible(one)
    desk.press(one, QPoint(one.width() - 20, one.height() - 8))
    assert desk.page.process_field.isVisible() and "vilken process" in desk.page.lacks.text.text()
    desk.type(desk.page.process, "Budgetarbetet, ekonomichefen")
    desk.key(Key.Key_Tab)
    assert desk.need(2).fields["other_process"] == "Budgetarbetet, ekonomichefen"


def test_three_questions_come_with_innovation_procurement(desk: NeedDesk) -> None:
    desk.pick(4)
    assert desk.page.balance.isVisible()
    words = [x.text() for x in desk.page.balance.findChildren(PlainLabel)]
    assert "Vem bär risken?" in words
    said = {
        "balance_need": "Ja, hallen städas",
        "balance_means": "Nästan",
        "balance_risk": "Kommunen bär risken",
    }
    for key, text in said.items():
        desk.type(desk.page.notes[key], text)
    desk.pick(2)
    assert not desk.page.balance.isVisible()
    assert {key: desk.need(4).fields[key] for key in said} == said


def test_time_set_aside_and_whether_it_can_be_split_are_asked_where_something_is_bought(
    desk: NeedDesk,
) -> None:
    desk.pick(4)
    assert desk.page.split_field.isVisible()
    desk.type(desk.page.hours, "80 timmar i höst")
    desk.type(desk.page.split, "Ja, per förskola")
    desk.pick(2)
    assert not desk.page.split_field.isVisible() and desk.page.hours.text() == ""
    fields = desk.need(4).fields
    assert (fields["hours"], fields["can_split"]) == ("80 timmar i höst", "Ja, per förskola")


def test_the_card_on_procedures_is_a_reminder_behind_a_button(desk: NeedDesk) -> None:
    assert not desk.page.room.isVisible()
    desk.press(desk.page.help)
    words = " ".join(x.text() for x in desk.page.room.findChildren(PlainLabel))
    assert desk.page.room.isVisible() and "upphandlare och jurist avgör" in words
    desk.press(desk.page.help)
    assert not desk.page.room.isVisible()


def test_recognition_shows_counts_groups_of_three_and_the_words_as_they_were_written(desk: NeedDesk) -> None:
    need = desk.need(4)
    relations = ["use"] * 3 + ["work_in"] * 2 + ["lead"]
    for place, relation in enumerate(relations):
        phone = helpers.join(desk.file, "Drift", relation=relation)
        fields = {f"recognise@{need.id}": "yes" if place else "no"}
        if not place:
            fields[f"comment@{need.id}"] = "<i>Inte</i> hos oss"
        helpers.send(desk.file, desk.step, phone, **fields)
    desk.settle()
    desk.pick(4)
    shown = [x.text() for x in desk.page.side.recognised.findChildren(PlainLabel)]
    assert "6 har svarat, bilden visar 3." in shown and "2 ja, 0 nästan, 1 nej" in shown
    desk.pause()
    panel = desk.page.side.recognised
    words = [x.text() for x in panel.findChildren(PlainLabel)]
    assert "5 ja, 0 nästan, 1 nej" in words
    assert "Använder tjänsten: 2 ja, 0 nästan, 1 nej" in words
    assert not any(w.startswith("Arbetar i verksamheten") for w in words), "two are too few to be told apart"
    assert [x.text() for x in panel.findChildren(VerbatimLabel)] == ["<i>Inte</i> hos oss"]
    desk.press(panel.anchor)
    assert desk.need(4).status == "anchored"


def test_a_need_that_nobody_near_it_recognises_is_not_anchored(desk: NeedDesk) -> None:
    said: list[str] = []
    desk.bridge.said.connect(lambda kind, words: said.append(words) if kind == "quiet" else None)
    phone = helpers.join(desk.file, "Ledning", relation="lead")
    helpers.send(desk.file, desk.step, phone, **{f"recognise@{desk.need(4).id}": "yes"})
    desk.settle()
    desk.pick(4)
    desk.press(desk.page.side.recognised.anchor)
    assert desk.need(4).status == "ready" and said


def test_what_is_written_is_kept_when_the_page_or_the_window_goes(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.type(desk.page.step_next, "Dialogmöte i höst")
    desk.pick(5)
    assert desk.need(4).fields["next_step"] == "Dialogmöte i höst"
    desk.type(desk.page.by, "innan sommaren")
    path = desk.file.path
    desk.window.close()
    with SessionFile.read(path) as file:
        assert [n.fields["needed_by"] for n in queries.needs(file) if n.number == 5] == ["innan sommaren"]


def test_the_market_and_those_concerned_are_mended_where_the_decision_is_made(desk: NeedDesk) -> None:
    need = desk.need(2)
    actions.do(desk.file, actions.need.set_stakeholders, need=need.id, stakeholders=[])
    actions.do(desk.file, actions.need.set_fields, need=need.id, market_status="unknown")
    desk.settle()
    desk.pick(2)
    assert "vilka behovet berör" in desk.page.lacks.text.text() and "marknaden" in desk.page.lacks.text.text()
    desk.type(desk.page.side.concerned.new, "Driften")
    desk.key(Key.Key_Return)
    market = desk.page.side.market
    market.setFocus()
    desk.key(Key.Key_Down)
    assert desk.need(2).fields["market_status"] == "meets_need"
    assert not desk.page.lacks.isVisible()


def test_who_else_has_the_need_is_told_beside_the_suggestion_with_its_source(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_server(monkeypatch)
    with transfer.import_json(helpers.sample_file(), tmp_path / "other.behov") as other:
        actions.library.add(other.path)
    desk = NeedDesk(tmp_path, "route")
    hint = desk.page.side.hint
    desk.pick(2)
    helpers.wait_for(lambda: "behovsbiblioteket" in hint.shared.text())
    assert desk.need(2).title in hint.shared.text() and hint.shared.isVisible()
    desk.close()
