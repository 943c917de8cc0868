"""The pages of the leader's own steps, pressed with mouse and keys."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.desktop import helpers
from tests.finished import finished
from workshop_app import actions
from workshop_app.desktop.pages.ask import ArrivalRow, got_quiet, per_minute
from workshop_app.desktop.pages.read import CardView
from workshop_app.desktop.widgets import VerbatimLabel
from workshop_app.model.session import StepFlow
from workshop_app.store import queries

LEFT = Qt.MouseButton.LeftButton


def go(desk: Any, step: str) -> Any:
    """Takes the room to a step and gives its page."""
    actions.do(desk.bridge.file, actions.agenda.go_to, step=step)
    helpers.settle(desk.bridge)
    return desk.cockpit.page


# Lobby ------------------------------------------------------------------------------


def test_the_lobby_counts_people_and_shows_the_code(desk: Any) -> None:
    page = go(desk, "join")
    assert page.joined.value() == "0"
    helpers.join(desk.bridge.file, "Ledning")
    helpers.join(desk.bridge.file, "Ledning")
    helpers.settle(desk.bridge)
    assert page.joined.value() == "2"
    assert page.code.text() == queries.session(desk.bridge.file).short_code


def test_the_lobby_says_why_phones_cannot_come_in_and_how_to_go_on(desk: Any) -> None:
    page = go(desk, "join")
    desk.bridge.set_server(None, "Porten är upptagen.")
    assert page.hint.title.text() == "Porten är upptagen."
    assert page.retry.isVisible()
    assert desk.cockpit.top.phones.words.text() == "Telefonerna kommer inte in"


def test_the_room_network_becomes_a_second_code(desk: Any) -> None:
    page = go(desk, "join")
    assert not page.wifi_qr.isVisible()
    page.wifi_name.setFocus()
    QTest.keyClicks(page.wifi_name, "Verkstan")
    QTest.keyClick(page.wifi_name, Qt.Key.Key_Return)
    helpers.wait_for(page.wifi_qr.isVisible)
    assert queries.session(desk.bridge.file).settings["wifi_name"] == "Verkstan"


# The question -------------------------------------------------------------------------


def test_three_of_four_is_the_line_and_a_new_wording_starts_over(desk: Any) -> None:
    page = go(desk, "ground")
    phones = [helpers.join(desk.bridge.file, "Ledning") for _ in range(4)]
    for phone, told in zip(phones, ("yes", "yes", "partly", "no"), strict=True):
        helpers.send(desk.bridge.file, "ground", phone, understood=told, unclear="Vad är <b>boende</b>?")
    helpers.settle(desk.bridge)
    assert (page.yes.value(), page.partly.value(), page.no.value()) == ("2", "1", "1")
    assert page.share.share == 0.5
    assert "tre av fyra" in page.hint.title.text()
    assert any("<b>boende</b>" in w.text() for w in page.findChildren(VerbatimLabel))
    QTest.mouseClick(page.reword, LEFT)
    page.edit.set_text("Vad gör det svårt att bo kvar?")
    QTest.mouseClick(page.save, LEFT)
    helpers.wait_for(lambda: page.question.text() == "Vad gör det svårt att bo kvar?")
    assert (page.yes.value(), page.share.share) == ("0", 0.0)
    helpers.wait_for(lambda: not page.editing.isVisible())
    assert [q.version for q in queries.questions(desk.bridge.file)] == [1, 2]
    helpers.send(desk.bridge.file, "ground", phones[0], understood="yes")
    helpers.settle(desk.bridge)
    assert page.share.share == 1.0
    assert "Gå vidare" in page.hint.title.text()


# Asking ----------------------------------------------------------------------------------


def test_cards_arrive_by_themselves_and_a_solution_is_marked(desk: Any) -> None:
    page = go(desk, "challenges")
    phone = helpers.join(desk.bridge.file, "Ledning")
    helpers.send(desk.bridge.file, "challenges", phone, text="Grannen <i>hör</i> allt")
    helpers.send(desk.bridge.file, "challenges", phone, text="Vi behöver en app för felanmälan")
    helpers.wait_for(lambda: page.received.value() == "2")
    assert page.phones.value() == "1 av 1"
    rows = page.findChildren(ArrivalRow)
    words = [r.words.text() for r in rows]
    assert words == ["Vi behöver en app för felanmälan", "Grannen <i>hör</i> allt"]


def test_inflow_counts_up_to_the_minute_that_runs() -> None:
    flow = StepFlow(5, 2, (3, 2), ())
    assert per_minute(flow, 3) == (3, 2, 0, 0)
    assert per_minute(flow, 0) == (3, 2)


@pytest.mark.parametrize(
    ("counts", "silence", "quiet"),
    [
        ((1, 9, 8, 0), 70, True),
        ((1, 9, 8, 7), 5, False),
        ((1, 9, 2, 1), 40, True),
        ((1, 1, 0), 90, False),
        ((), 0, False),
    ],
)
def test_the_hint_about_silence_comes_only_after_a_real_inflow(
    counts: tuple[int, ...], silence: float, quiet: bool
) -> None:
    assert got_quiet(counts, silence) is quiet


def test_for_whom_counts_answers_and_takes_no_paper_cards(desk: Any) -> None:
    page = go(desk, "for_whom")
    helpers.send(desk.bridge.file, "for_whom", None, beneficiary="äldre hyresgäst", value="få bo kvar")
    helpers.wait_for(lambda: page.received.value() == "1")
    assert page.actions_bar() == []
    (row,) = page.findChildren(ArrivalRow)
    assert row.words.text() == "äldre hyresgäst · få bo kvar"


# Reading -----------------------------------------------------------------------------------


def test_a_card_is_hidden_with_its_reason_and_brought_back(desk: Any) -> None:
    go(desk, "challenges")
    for text in ("Hissen står stilla", "test"):
        helpers.send(desk.bridge.file, "challenges", None, text=text)
    page = go(desk, "read")
    views = {v.card.text: v for v in page.findChildren(CardView)}
    action = next(a for a in views["test"].menu().actions() if a.text() == "Ett testkort")
    action.trigger()
    helpers.wait_for(lambda: len(queries.board(desk.bridge.file).hidden) == 1)
    (hidden,) = queries.board(desk.bridge.file).hidden
    assert (hidden.text, hidden.reason) == ("test", "test_card")
    helpers.wait_for(lambda: page.hidden_words.text() == "1 dolt kort")
    QTest.mouseClick(page.show_hidden, LEFT)
    helpers.settle(desk.bridge)
    view = next(v for v in page.findChildren(CardView) if v.hidden and v.isVisible())
    QTest.mouseClick(view.button, LEFT)
    helpers.wait_for(lambda: not queries.board(desk.bridge.file).hidden)


def test_cards_can_be_read_in_three_orders(desk: Any) -> None:
    go(desk, "challenges")
    one, two = (helpers.join(desk.bridge.file, "Ledning") for _ in range(2))
    first = helpers.send(desk.bridge.file, "challenges", one, text="Först").card
    helpers.send(desk.bridge.file, "challenges", two, text="Sedan")
    page = go(desk, "read")
    helpers.send(desk.bridge.file, "read", two, **{f"me_too@{first}": "1"})
    helpers.settle(desk.bridge)

    def order() -> list[str]:
        return [page.flow.itemAt(i).widget().card.text for i in range(page.flow.count())]

    assert order() == ["Sedan", "Först"]
    page.orders["me_too"].click()
    assert order() == ["Först", "Sedan"]
    page.orders["number"].click()
    assert order() == ["Först", "Sedan"]


# Break and close ------------------------------------------------------------------------------


def test_the_break_counts_down_and_says_where_the_cards_stand(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(desk, "challenges")
    helpers.send(desk.bridge.file, "challenges", None, text="Ett")
    page = go(desk, "break")
    started = queries.session(desk.bridge.file).now_step.started_at
    monkeypatch.setattr(desk.bridge, "now", lambda: started + timedelta(minutes=11, seconds=30))
    page.refresh()
    assert page.timer.seconds == -90
    assert page.timer.accessibleName() == "+1:30"
    assert page.lines["cards"][1].text() == "1 kort har kommit"
    assert "osorterat" in page.lines["loose"][1].text()
    # over the time: nothing has been cut off
    assert queries.session(desk.bridge.file).current_step == "break"


def test_the_close_asks_for_owner_place_and_date_until_it_has_them(desk: Any) -> None:
    page = go(desk, "close")
    assert "en ägare, en plats och ett nästa datum" in page.hint.title.text()
    for name, text in (("owner", "Fastighetschef"), ("kept_where", "Diariet"), ("next_date", "1 september")):
        page.fields[name].setFocus()
        QTest.keyClicks(page.fields[name], text)
        QTest.keyClick(page.fields[name], Qt.Key.Key_Return)
    helpers.wait_for(page.hint.isHidden)
    settings = queries.session(desk.bridge.file).settings
    assert (settings["owner"], settings["kept_where"], settings["next_date"]) == (
        "Fastighetschef",
        "Diariet",
        "1 september",
    )
    helpers.send(desk.bridge.file, "close", None, takeaway="Att vi vågar fråga", follow_up="1")
    helpers.wait_for(lambda: page.takeaways.value() == "1")
    assert page.follow.value() == "1"


def test_the_close_saves_the_list_of_those_who_want_to_go_on(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = go(desk, "close"), tmp_path / "lista.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    QTest.keyClick(page.save_list, Qt.Key.Key_Space)
    helpers.wait_for(target.is_file)


def test_the_phase_is_chosen_on_the_cover_and_shown_in_the_lobby(desk: Any) -> None:
    page = go(desk, "join")
    assert page.phase.accessibleName() == "Fas i upphandlingen: Behovsanalys"
    desk.show_cover()
    form = desk.stack.currentWidget()
    form.phase.setCurrentIndex(form.phase.findData("contract"))
    form.cover["decision_maker"].setText("Styrgruppen")
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    helpers.wait_for(lambda: queries.session(desk.bridge.file).settings.get("phase") == "contract")
    helpers.wait_for(lambda: queries.session(desk.bridge.file).decision_maker == "Styrgruppen")
    helpers.settle(desk.bridge)
    line = desk.cockpit.page.phase
    assert line.names["contract"][1].isVisibleTo(line) and not line.names["needs"][1].isVisibleTo(line)


# The room panel ----------------------------------------------------------------------------------


def test_missing_voices_are_added_and_taken_off(desk: Any) -> None:
    who = desk.cockpit.panel.who
    who.more.click()
    QTest.keyClicks(who.add, "hemtjansten")
    QTest.keyClick(who.add, Qt.Key.Key_Return)
    helpers.wait_for(lambda: "hemtjansten" in queries.room(desk.bridge.file).missing)
    helpers.settle(desk.bridge)
    chip = next(
        w
        for i in range(who.flow.count())
        if (w := who.flow.itemAt(i).widget()).accessibleName() == "hyresgäster"
    )
    QTest.mouseClick(chip, LEFT)
    helpers.wait_for(lambda: "hyresgäster" not in queries.room(desk.bridge.file).missing)


def test_a_hidden_page_reads_again_when_it_comes_back(desk: Any) -> None:
    page = go(desk, "challenges")
    desk.cockpit.show_step("ground")
    helpers.send(desk.bridge.file, "challenges", None, text="Ett")
    helpers.settle(desk.bridge)
    assert page.stale
    desk.cockpit.show_step("")
    assert page.received.value() == "1"


def test_a_hundred_changes_of_page_do_not_end_the_process(desk: Any, tmp_path: Path) -> None:
    desk.open_path(finished("nassjo_boende", tmp_path / "x.behov"))
    for _ in range(
        60
    ):  # a page that scrolls, and one that does not: it ended after some forty, two times in three
        for step in ("formulate", "close"):
            desk.cockpit.show_step(step)
            helpers.settle(desk.bridge)
    assert desk.cockpit.page.step.id == "close"
