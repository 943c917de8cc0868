"""Rating: nothing before three have answered, spread before median, hands and paper counted, one more round."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.desktop import helpers
from tests.desktop.need_desk import Button, Key, Mod, NeedDesk, no_server
from workshop_app import actions
from workshop_app.desktop.needs.strips import StripRow, group_words
from workshop_app.desktop.scenes.needs import read_recognise, read_spread
from workshop_app.desktop.style import look
from workshop_app.i18n import language
from workshop_app.model import rating
from workshop_app.store import queries


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NeedDesk]:
    """The sample from Nässjö at the rating; its needs carry medians from the file and no votes."""
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, "rate")
    yield made
    made.close()


def line(desk: NeedDesk, key: str) -> StripRow:
    return next(r for r in desk.page.rows if r.criterion.key == key)


def phones(desk: NeedDesk, count: int) -> list[str]:
    roles = ("Upphandling", "Drift och fastighet", "Ledning")
    return [helpers.join(desk.file, roles[n % 3]) for n in range(count)]


def vote(desk: NeedDesk, number: int, key: str, values: list[str], people: list[str] | None = None) -> None:
    """Phones vote, and are paused."""
    desk.pause(False)
    desk.rate(desk.need(number).id, {key: values}, people or phones(desk, len(values)))
    desk.pause()


def said(one: StripRow) -> str:
    return one.accessibleName()


def test_medians_from_the_file_are_shown_without_dots(desk: NeedDesk) -> None:
    desk.pick(4)
    assert desk.page.given.isVisible() and not desk.page.round.isVisible()
    given = queries.ratings(desk.file)[desk.need(4).id].spreads["benefit"]
    assert line(desk, "benefit").median.text() == f"{given.median:g}"
    assert "följde med filen" in said(line(desk, "benefit"))


def test_nothing_is_shown_before_three_have_answered(desk: NeedDesk) -> None:
    desk.pick(4)
    people = phones(desk, 3)
    vote(desk, 4, "benefit", ["5"], people)
    assert "Två till behöver svara innan något visas." in said(line(desk, "benefit"))
    assert line(desk, "benefit").median.text() == "" and not line(desk, "benefit").plot.isVisible()
    assert "Ingen har svarat än." in said(line(desk, "risk"))
    vote(desk, 4, "benefit", ["5", "4"], people)
    assert "En till behöver svara innan något visas." in said(line(desk, "benefit"))
    vote(desk, 4, "benefit", ["5", "4", "4"], people)
    assert line(desk, "benefit").median.text() == "4"
    assert line(desk, "benefit").plot.isVisible() and not line(desk, "benefit").calm.isVisible()


def test_while_phones_are_open_the_picture_moves_on_by_threes_and_says_how_many_have_answered(
    desk: NeedDesk,
) -> None:
    desk.pick(4)
    need, one = desk.need(4).id, line(desk, "benefit")
    for phone in (here := phones(desk, 8))[:5]:
        helpers.send(desk.file, desk.step, phone, **{f"benefit@{need}": "2", f"risk@{need}": "4"})
    desk.settle()
    assert not one.plot.isVisible() and "5 har svarat hittills" in one.calm.text()
    assert "sex personer" in desk.page.side.few.text()
    for phone in here[5:]:
        helpers.send(desk.file, desk.step, phone, **{f"benefit@{need}": "dk"})
    desk.settle()
    assert one.median.text() == "2" and "3 av 8 visas" in said(one)
    assert "tre personer i taget" in desk.page.legend.text()
    desk.pause()
    assert "5 svar, 3 vet ej" in said(one) and "tre personer" not in desk.page.legend.text()
    desk.pause(False)
    helpers.send(desk.file, desk.step, phones(desk, 1)[0], **{f"benefit@{need}": "5"})
    desk.pause()
    assert "8 av 9 visas" in said(one) and "väntar tills de är tre" in desk.page.legend.text()


def test_dots_come_with_five_answers(desk: NeedDesk) -> None:
    desk.pick(4)
    people = phones(desk, 7)

    def painted() -> bool:
        plot = line(desk, "benefit").plot
        picture = plot.grab().toImage()
        floor = plot.height() - look().px(21)
        spots = {QColor(picture.pixel(round(plot.at(2)), floor - y)).name() for y in range(1, look().px(14))}
        return look().colour("primary").name() in spots

    vote(desk, 4, "benefit", ["2", "4", "4", "4"], people)
    assert not painted()
    vote(desk, 4, "benefit", ["2", "4", "4", "4", "4", "4", "4"], people)
    assert painted()


def test_a_wide_spread_is_marked_in_the_row_and_in_the_list(desk: NeedDesk) -> None:
    desk.pick(4)
    vote(desk, 4, "anchoring", ["1", "1", "3", "5", "5", "dk"])
    one = line(desk, "anchoring")
    assert one.talk.isVisible() and one.talk.text() == "Prata om det"
    assert "1 vet ej" in said(one) and "5 svar" in said(one)
    marks = {x.number: x.mark for x in desk.page.list.model.lines}
    assert marks[4] == "messages-square" and marks[5] == ""
    vote(desk, 5, "anchoring", ["3", "3", "3", "4"])
    desk.pick(5)
    assert not line(desk, "anchoring").talk.isVisible()


def test_role_groups_of_three_are_told_apart_when_they_differ(desk: NeedDesk) -> None:
    desk.pick(4)
    people = phones(desk, 9)
    vote(desk, 4, "risk", ["1", "4", "2"] * 3, people)
    words = line(desk, "risk").groups.text()
    assert words == "Median per roll: Drift och fastighet 4 (3), Ledning 2 (3), Upphandling 1 (3)"
    vote(desk, 4, "benefit", ["4"] * 9, people)
    assert line(desk, "benefit").groups.text() == ""


def test_a_group_of_two_is_never_told_apart() -> None:
    spread = rating.spread("risk", [(1, "A"), (1, "A"), (1, "A"), (5, "B"), (5, "B")])
    assert group_words(spread, language("sv")) == ""


def test_the_picture_of_four_fields_picks_a_need_and_equal_needs_stand_side_by_side(desk: NeedDesk) -> None:
    people = phones(desk, 3)
    for number in (4, 5):
        need = desk.need(number).id
        same = {c: ["4", "4", "4"] for c in ("benefit", "anchoring", "feasibility", "risk")}
        desk.rate(need, same, people)
    desk.pause()
    fields = desk.page.side.fields
    places = {need.number: place for need, place in fields.places()}
    assert abs(places[4].y() - places[5].y()) < 1 and abs(places[4].x() - places[5].x()) >= 28
    QTest.mouseClick(fields, Button.LeftButton, Mod.NoModifier, places[5].toPoint())
    desk.settle()
    assert desk.page.need.number == 5 and desk.page.title.text() == desk.need(5).title
    assert all(fields.rect().contains(place.toPoint()) for place in places.values())


def test_votes_from_paper_are_counted_with_their_source(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.press(desk.page.paper)
    assert QApplication.focusWidget() is desk.page.votes.counts["benefit", "1"]
    desk.type(desk.page.votes.counts["benefit", "4"], "3")
    desk.type(desk.page.votes.counts["benefit", "dk"], "1")
    desk.type(desk.page.votes.counts["risk", "2"], "2x")
    assert desk.page.votes.votes() == {"benefit": {"4": 3, "dk": 1}, "risk": {"2": 2}}
    desk.key(Key.Key_Return, Mod.ControlModifier)
    assert not desk.page.votes.isVisible() and not desk.page.paper.isChecked()
    spreads = queries.ratings(desk.file)[desk.need(4).id].spreads
    assert (spreads["benefit"].votes, spreads["benefit"].dont_know) == ((4, 4, 4), 1)
    assert {a.source for a in queries.answers(desk.file, desk.step)} == {"paper"}
    assert "2 har svarat hittills" in said(line(desk, "risk"))
    desk.pause()
    assert "En till behöver svara" in said(line(desk, "risk"))
    assert queries.ratings(desk.file)[desk.need(4).id].voters == 4, "the same hands for every criterion"


def test_votes_that_are_not_saved_wait_for_their_need(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.press(desk.page.paper)
    desk.type(desk.page.votes.counts["benefit", "4"], "3")
    desk.pick(5)
    assert desk.page.votes.votes() == {}
    desk.pick(4)
    assert desk.page.votes.votes() == {"benefit": {"4": 3}}


def test_a_second_round_keeps_the_first_beside_it(desk: NeedDesk) -> None:
    desk.pick(4)
    people = phones(desk, 3)
    vote(desk, 4, "benefit", ["2", "2", "2"], people)
    desk.press(desk.page.show_room)
    desk.press(desk.page.again)
    assert queries.session(desk.file).now_step.round == 2
    assert desk.bridge.focus["criterion"] == "", "the first round would steer the second"
    assert not desk.page.again.isVisible(), "one re-rating is what the method allows"
    vote(desk, 4, "benefit", ["4", "4", "4"], people)
    assert desk.page.round.text() == "Omgång 2"
    assert line(desk, "benefit").median.text() == "4" and "omgång 1: 2" in said(line(desk, "benefit"))


def test_the_room_sees_one_criterion_after_the_other_and_then_none(desk: NeedDesk) -> None:
    shown = []
    for _ in range(len(rating.CRITERIA) + 1):
        desk.press(desk.page.show_room)
        shown.append(desk.bridge.focus["criterion"])
        assert [r.criterion.key for r in desk.page.rows if not r.room.isHidden()] == [
            k for k in shown[-1:] if k
        ]
    assert shown == [*rating.CRITERIA, ""]
    assert desk.page.show_room.words() == "Visa spridningen för rummet"


def test_the_suggested_route_is_taken_with_one_press(desk: NeedDesk) -> None:
    desk.pick(4)
    people = phones(desk, 3)
    votes = {
        "market_maturity": ["2"] * 3,
        "innovation_space": ["5"] * 3,
        "feasibility": ["3"] * 3,
        "risk": ["4"] * 3,
    }
    desk.rate(desk.need(4).id, votes, people)
    desk.pause()
    hint = desk.page.side.hint
    assert hint.head.text() == "Förslag på väg för behov 4"
    assert "marknad 2 och utrymme 5" in hint.why.text() and "risklista" in hint.why.text()
    reason = desk.need(4).fields["route_reason"]
    desk.press(hint.take)
    assert (desk.need(4).fields["route"], desk.need(4).fields["route_kind"]) == (
        "innovation_procurement",
        "of_innovation",
    )
    assert desk.need(4).fields["route_reason"] == reason
    assert not hint.take.isEnabled()


def test_another_route_is_chosen_from_the_menu(desk: NeedDesk) -> None:
    desk.pick(4)
    desk.press(desk.page.side.hint.other)
    menu = next(m for m in desk.page.side.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == "Parkerat").trigger()
    menu.close()
    desk.settle()
    assert desk.need(4).fields["route"] == "parked"


def test_dots_stand_apart_and_the_most_come_first(desk: NeedDesk) -> None:
    assert not desk.page.side.dots.isVisible()
    for phone, number in zip(phones(desk, 3), (5, 5, 4), strict=True):
        helpers.send(desk.file, desk.step, phone, **{f"dots@{desk.need(number).id}": "2"})
    desk.settle()
    assert not desk.page.side.dots.isVisible()
    desk.pause()
    assert desk.page.side.dots.rows == [(5, 4), (4, 2)]
    assert desk.page.side.dots.isVisible()


def test_forty_dots_at_one_value_stay_inside_the_strip(desk: NeedDesk) -> None:
    desk.pick(4)
    actions.do(
        desk.file, actions.rate.hand_votes, need=desk.need(4).id, criterion="benefit", votes={"5": 40, "1": 1}
    )
    desk.settle()
    plot = line(desk, "benefit").plot
    picture = plot.grab().toImage()
    edges = [QPoint(x, y) for x in (0, plot.width() - 1) for y in range(plot.height())]
    edges += [QPoint(x, 0) for x in range(plot.width())]
    assert look().colour("primary").name() not in {QColor(picture.pixel(p)).name() for p in edges}


def test_without_needs_it_says_where_they_come_from(desk: NeedDesk) -> None:
    for need in desk.needs:
        actions.do(desk.file, actions.need.remove_need, need=need.id)
    desk.settle()
    assert desk.page.empty.isVisible() and not desk.page.show_room.isEnabled()


def test_the_room_never_sees_a_picture_that_differs_by_one_or_two_votes(desk: NeedDesk) -> None:
    need = desk.need(4)

    def room_sees() -> tuple[int, ...]:
        desk.settle()
        rows = read_spread(desk.bridge, desk.step).more[2]
        return next(spread.votes for number, _title, spread in rows if number == need.number)

    here = phones(desk, 10)
    desk.bridge.focus_on(criterion="benefit")
    seen = []
    for phone in here:
        helpers.send(desk.file, desk.step, phone, **{f"benefit@{need.id}": "4"})
        seen.append(len(room_sees()))
    assert seen == [0, 0, 0, 0, 0, 3, 3, 3, 6, 6]
    desk.pause()
    assert room_sees() == (4,) * 10
    desk.pause(False)
    helpers.send(desk.file, desk.step, here[0], **{f"benefit@{need.id}": "1"})
    desk.pause()
    assert room_sees() == (4,) * 10, "a change of mind is one vote too"
    actions.do(desk.file, actions.rate.paper_form, need=need.id, given={"benefit": "2"})
    assert room_sees() == (4,) * 10, "the leader sees the paper, the room waits for three"


def test_the_room_sees_who_recognises_a_need_in_steps_of_three(desk: NeedDesk) -> None:
    need = desk.need(4)
    actions.do(desk.file, actions.agenda.go_to, step="route")
    desk.bridge.focus_on(need=need.id)
    seen = []
    for phone in phones(desk, 5):
        helpers.send(desk.file, "route", phone, **{f"recognise@{need.id}": "yes"})
        desk.settle()
        desk.bridge.focus_on(need=need.id)
        seen.append(read_recognise(desk.bridge, "route").more[2:])
    assert seen == [*(((0, 0, 0), (n, True)) for n in range(1, 6))]
    desk.pause()
    assert read_recognise(desk.bridge, "route").more[2:] == ((5, 0, 0), (0, False))
