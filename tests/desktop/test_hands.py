"""What the leader does by hand in the room: a stack of paper cards, votes from hands and forms, words blacked out."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.desktop import helpers
from tests.report.reading import pages
from workshop_app import actions
from workshop_app.desktop.blackout import BlackoutWindow
from workshop_app.desktop.pages.ask import ArrivalRow
from workshop_app.desktop.pages.entry import missing
from workshop_app.desktop.projector import SCENE_NAMES, Show
from workshop_app.desktop.scenes import SCENES, Canvas
from workshop_app.desktop.typed_texts import TypedTexts, TypedTextsButton
from workshop_app.desktop.widgets import VerbatimLabel
from workshop_app.model.blackout import SIGN
from workshop_app.store import queries

Key = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def go(desk: Any, step: str) -> Any:
    actions.do(desk.bridge.file, actions.agenda.go_to, step=step)
    helpers.settle(desk.bridge)
    return desk.cockpit.page


def board(desk: Any) -> Any:
    return queries.board(desk.bridge.file)


def said(desk: Any) -> list[str]:
    heard: list[str] = []
    desk.bridge.said.connect(lambda _kind, text: heard.append(text))
    return heard


# Paper cards ------------------------------------------------------------------------


def test_a_stack_of_forty_cards_is_typed_without_the_mouse(desk: Any) -> None:
    page = go(desk, "challenges")
    entry = page.entry
    page.paper.setFocus()
    QTest.keyClick(page.paper, Key.Key_Space)
    QTest.keyClick(entry.text, Key.Key_Tab, SHIFT)
    assert entry.number.hasFocus()
    QTest.keyClicks(entry.number, "1")
    QTest.keyClick(entry.number, Key.Key_Return)
    for n in range(40):
        assert entry.text.hasFocus()
        if n % 10 == 0:
            QTest.keyClick(entry.text, [Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_0][n // 10], ALT)
        QTest.keyClicks(entry.text, f"Kort nummer {n + 1}")
        if n == 4:
            QTest.keyClick(entry.text, Key.Key_Tab)
            QTest.keyClicks(entry.whom, "Barnen")
            QTest.keyClick(entry.whom, Key.Key_Return)
        else:
            QTest.keyClick(entry.text, Key.Key_Return)
    helpers.wait_for(lambda: len(board(desk).cards) == 40)
    cards = sorted(board(desk).cards.values(), key=lambda c: c.id)
    assert [c.paper for c in cards] == list(range(1, 41))
    assert [c.text for c in cards] == [f"Kort nummer {n + 1}" for n in range(40)]
    roles = [*["Upphandling"] * 10, *["Drift och fastighet"] * 10, *["Ledning"] * 10, *[""] * 10]
    assert [c.role for c in cards] == roles
    assert [c.beneficiary for c in cards if c.beneficiary] == ["Barnen"] and cards[4].beneficiary
    assert {c.source for c in cards} == {"paper"}
    helpers.wait_for(lambda: page.received.value() == "40")
    assert entry.number.text() == "41" and entry.latest.count() == 4


def test_a_number_typed_twice_and_those_left_out_are_told(desk: Any) -> None:
    page = go(desk, "challenges")
    entry = page.entry
    entry.open_for("paper", "challenges")
    for number in ("6", "8", "10"):
        entry.number.setText(number)
        entry.text.setText(f"Kort {number}")
        QTest.keyClick(entry.text, Key.Key_Return)
        helpers.wait_for(lambda number=number: int(number) in queries.paper_numbers(desk.bridge.file))
    helpers.settle(desk.bridge)
    assert entry.note.text() == "Inte inskrivna: 1–5, 7, 9"
    entry.number.setText("8")
    assert entry.note.text() == "Papperskort 8 är redan inskrivet, som kort 2."
    entry.text.setText("Samma kort igen")
    QTest.keyClick(entry.text, Key.Key_Return)
    helpers.settle(desk.bridge)
    assert len(board(desk).cards) == 3 and entry.text.text() == "Samma kort igen" and entry.number.hasFocus()
    assert missing({}) == "" and missing({1, 2}) == "" and missing({4, 2, 9}) == "1, 3, 5–8"


def test_the_latest_is_corrected_or_undone_by_keys(desk: Any) -> None:
    page = go(desk, "challenges")
    entry = page.entry
    entry.open_for("voice", "challenges")
    assert entry.number_field.isHidden()
    for text in ("Det ar hlat", "Nasta kort"):
        QTest.keyClicks(entry.text, text)
        QTest.keyClick(entry.text, Key.Key_Return)
    helpers.wait_for(lambda: len(board(desk).cards) == 2)
    helpers.settle(desk.bridge)
    QTest.keyClicks(entry.text, "halvskrivet")
    QTest.keyClick(entry.text, Key.Key_Up)
    assert entry.text.text() == "Nasta kort"
    entry.text.selectAll()
    QTest.keyClicks(entry.text, "Rattat")
    QTest.keyClick(entry.text, Key.Key_Return)
    assert entry.text.text() == "halvskrivet" and entry.editing is None
    helpers.wait_for(lambda: board(desk).cards[2].text == "Rattat")
    entry.text.clear()
    QTest.keyClick(entry.text, Key.Key_Z, CTRL)
    helpers.wait_for(lambda: board(desk).cards[2].text == "Nasta kort")
    QTest.keyClick(entry.text, Key.Key_Z, CTRL)
    helpers.wait_for(lambda: len(board(desk).cards) == 1)


def test_what_could_not_be_stored_comes_back(desk: Any) -> None:
    page = go(desk, "challenges")
    entry = page.entry
    entry.open_for("paper", "a step that is gone")
    entry.number.setText("3")
    entry.text.setText("Ett kort")
    QTest.keyClick(entry.text, Key.Key_Return)
    entry.text.setText("nästa")
    helpers.wait_for(lambda: entry.text.text() == "Ett kort")
    assert entry.number.text() == "3" and not board(desk).cards
    entry.step = "challenges"
    QTest.keyClick(entry.text, Key.Key_Return)
    helpers.wait_for(lambda: entry.text.text() == "nästa")
    entry.text.setText("x" * 281)
    assert "för mycket" in entry.left.text()
    QTest.keyClick(entry.text, Key.Key_Return)
    assert len(entry.text.text()) == 281, "nothing is cut and nothing is sent"


# Votes ------------------------------------------------------------------------------


def test_hands_are_counted_at_the_question_and_told_by_source(desk: Any) -> None:
    page = go(desk, "ground")
    helpers.send(desk.bridge.file, "ground", helpers.join(desk.bridge.file, "Ledning"), understood="no")
    QTest.mouseClick(page.hands, Qt.MouseButton.LeftButton)
    for field, n in zip(page.counts.fields.values(), ("6", "1", ""), strict=True):
        QTest.keyClicks(field, n)
    assert page.counts.total.text() == "7 röster"
    QTest.keyClick(page.counts.fields["yes"], Key.Key_Return)
    helpers.wait_for(lambda: page.yes.value() == "6")
    assert (page.partly.value(), page.no.value()) == ("1", "1")
    assert page.sources.text() == "från telefon 1, från uppräckta händer 7"
    desk.bridge.undo()
    helpers.wait_for(lambda: page.yes.value() == "0")


def test_a_form_is_six_keys_and_enter(desk: Any) -> None:
    need = actions.do(desk.bridge.file, actions.need.new_need, title="Torrt golv")
    page = go(desk, "prioritise")
    page.paper.click()
    QTest.mouseClick(page.votes.forms, Qt.MouseButton.LeftButton)
    for keys in ("543210", "443330"):
        for key in keys:
            QTest.keyClick(desk.focusWidget(), key)
        assert page.form.dots.hasFocus()
        QTest.keyClick(page.form.dots, "2")
        QTest.keyClick(page.form.dots, Key.Key_Return)
    field = next(iter(page.form.fields.values()))
    assert field.hasFocus() and field.text() == ""
    QTest.keyClick(field, "9")
    assert field.text() == ""
    QTest.keyClick(field, Key.Key_Space)
    QTest.keyClick(desk.focusWidget(), "3")
    QTest.keyClick(desk.focusWidget(), Key.Key_Return)
    helpers.wait_for(
        lambda: queries.ratings(desk.bridge.file).get(need) and len(queries.answers(desk.bridge.file)) == 3
    )
    one = queries.ratings(desk.bridge.file)[need]
    assert one.spreads["anchoring"].votes == (3, 4, 4) and one.spreads["innovation_space"].dont_know == 2
    assert one.dots == 4 and one.by_source == {"paper": 3}
    helpers.wait_for(lambda: page.form.told.text() == "3 formulär inskrivna nu")


def test_dots_and_recognition_are_counted_from_the_room(desk: Any) -> None:
    need = actions.do(desk.bridge.file, actions.need.new_need, title="Torrt golv")
    page = go(desk, "prioritise")
    QTest.mouseClick(page.paper, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.votes.dots, "9")
    page.votes.hands.setChecked(True)
    page.votes.store()
    helpers.wait_for(lambda: queries.ratings(desk.bridge.file).get(need))
    assert queries.ratings(desk.bridge.file)[need].dots_by_source == {"hands": 9}
    page = go(desk, "route")
    told = page.side.recognised
    QTest.mouseClick(told.hands, Qt.MouseButton.LeftButton)
    QTest.keyClicks(told.counts.fields["yes"], "4")
    told.counts.paper.setChecked(True)
    QTest.keyClick(told.counts.fields["no"], "1")
    QTest.keyClick(told.counts.fields["no"], Key.Key_Return)
    helpers.wait_for(lambda: queries.needs(desk.bridge.file)[0].recognition.yes == 4)
    assert queries.needs(desk.bridge.file)[0].recognition.by_source == {"paper": 5}


# Blacking out -----------------------------------------------------------------------


def test_words_are_selected_and_blacked_out(desk: Any) -> None:
    page = go(desk, "challenges")
    text = "😀 Ring Eva Hemlig på 070-123 45 67"
    helpers.send(desk.bridge.file, "challenges", None, text=text, beneficiary="Barnen")
    helpers.wait_for(lambda: page.findChildren(ArrivalRow))
    menu = page.findChildren(ArrivalRow)[0].menu()
    next(a for a in menu.actions() if a.text() == "Svärta ord …").trigger()
    window = desk.findChildren(BlackoutWindow)[0]
    assert [t.passage.field for t in window.texts] == ["text", "beneficiary"]
    window.black_out()
    assert "Markera" in window.note.text()
    buttons = [b.words() for b in window.findChildren(type(window.black))]
    assert "Markera ”070-123 45 67”" in buttons
    window.texts[0].pick(text.index("Eva"), text.index(" på"))
    window.black_out()
    assert "Välj varför" in window.note.text()
    window.reasons.buttons()[0].setChecked(True)
    actions.do(desk.bridge.file, actions.group.new_heap, title="Eva Hemlig ringer")
    actions.do(desk.bridge.file, actions.ask.type_card, text="Eva Hemlig igen")
    window.black_out()
    helpers.wait_for(lambda: SIGN in board(desk).cards[1].text)
    helpers.settle(desk.bridge)
    assert board(desk).cards[1].text == f"😀 Ring {SIGN} på 070-123 45 67"
    assert (
        window.note.text() == "Också svärtat på 1 ställe som gjorts av det. Samma ord står också på kort 2."
    )
    assert window.texts[0].toPlainText() == board(desk).cards[1].text
    assert "10 tecken svärtade, en persons namn" in window.trace.text()
    assert page.list.itemAt(1).widget().words.text() == board(desk).cards[1].text
    window.close()


def test_a_name_given_apart_is_found_and_blacked_out(desk: Any) -> None:
    file = desk.bridge.file
    told = {
        "role": "Ledning",
        "organisation": "Björkby",
        "relation": "lead",
        "name": "Eva Hemlig",
        "contact": "eva@bjorkby.se",
    }
    actions.do(file, actions.ask.join, by="phone", participant="p", fields=told, language="sv", key="k")
    go(desk, "join")
    QTest.mouseClick(desk.cockpit.stage.head.black_out, Qt.MouseButton.LeftButton)
    (found,) = desk.findChildren(TypedTexts)
    found.words.setText("eva")
    assert len(found.rows) == 2
    QTest.keyClick(next(iter(found.rows.values())), Key.Key_Return)
    (window,) = found.findChildren(BlackoutWindow)
    assert [t.passage.field for t in window.texts] == ["name", "contact"]
    window.texts[0].pick(0, len("Eva Hemlig"))
    window.reasons.buttons()[0].setChecked(True)
    window.black_out()
    contact = window.texts[0].passage.contact
    helpers.wait_for(lambda: SIGN in queries.contact_passages(file, contact)[0].text)
    helpers.settle(desk.bridge)
    assert "10 tecken svärtade, en persons namn" in window.trace.text() and len(found.rows) == 1
    window.close()
    found.close()


def test_what_was_typed_in_any_step_is_found_and_blacked_out(desk: Any) -> None:
    file = desk.bridge.file
    phone = helpers.join(file, "Ledning", organisation="Eva Hemlig i Björkby")
    go(desk, "ground")
    helpers.send(file, "ground", phone, understood="no", unclear="Vem är Eva Hemlig")
    helpers.settle(desk.bridge)
    door = desk.cockpit.stage.head.black_out
    assert door.isVisible()
    QTest.mouseClick(door, Qt.MouseButton.LeftButton)
    (found,) = desk.findChildren(TypedTexts)
    assert len(found.rows) == 1
    found.everywhere.click()
    assert len(found.rows) == 2
    found.words.setText("björkby")
    ((row,),) = ([*found.rows.values()],)
    QTest.keyClick(row, Key.Key_Return)
    (window,) = found.findChildren(BlackoutWindow)
    assert [t.passage.field for t in window.texts] == ["organisation"]
    window.texts[0].pick(0, len("Eva Hemlig"))
    window.reasons.buttons()[0].setChecked(True)
    window.black_out()
    helpers.wait_for(lambda: SIGN in queries.participants(file)[0].organisation)
    helpers.settle(desk.bridge)
    assert window.note.text() == "Samma ord står i 1 annat svar också."
    assert "10 tecken svärtade, en persons namn" in window.trace.text()
    assert "Björkby" in found.words.text() or next(iter(found.rows.values())).accessibleName().endswith(
        "i Björkby"
    )
    window.close()
    found.close()
    go(desk, "break")
    assert not desk.cockpit.stage.head.black_out.isVisible()


def test_drafts_of_tables_and_comments_on_needs_have_the_same_door(desk: Any) -> None:
    file = desk.bridge.file
    page, who = go(desk, "formulate"), "Eva Hemlig"
    draft = {"who": f"{who} och andra", "function": "gå", "situation": "i hallen", "effect": "ingen faller"}
    helpers.send(file, "formulate", None, table="Bord 2", **draft)
    helpers.settle(desk.bridge)
    page.tables.show_drafts(queries.drafts(file), None)
    page.tables.black_out.open()
    (found,) = desk.findChildren(TypedTexts)
    assert {field for _answer, field in found.rows} == {"table", *draft}
    found.close()
    need = actions.do(file, actions.need.new_need, title="Ljus")
    actions.do(file, actions.need.set_fields, need=need, who="alla", function="se")
    go(desk, "route")
    for n in range(3):
        phone = helpers.join(file, "Ledning")
        helpers.send(file, "route", phone, **{f"recognise@{need}": "no", f"comment@{need}": f"{who} {n}"})
    helpers.settle(desk.bridge)
    told = desk.cockpit.page.side.recognised
    assert not told.findChildren(VerbatimLabel), "one by one they would tell who wrote"
    while_open = TypedTexts(desk.bridge, "route", desk)
    assert not while_open.rows and "3 kommentarer väntar" in while_open.told.text()
    actions.do(file, actions.agenda.pause_phones)
    helpers.settle(desk.bridge)
    assert len(while_open.rows) == 3 and not while_open.told.text()
    while_open.close()
    helpers.settle(desk.bridge)
    helpers.wait_for(lambda: told.findChildren(TypedTextsButton))
    told.findChildren(TypedTextsButton)[-1].open()
    found = desk.findChildren(TypedTexts)[-1]
    assert [field for _answer, field in found.rows] == [f"comment@{need}"] * 3
    found.close()


# The room's picture -------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_no_scene_ever_shows_what_was_taken_away(
    desk: Any, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    file, drawn = desk.bridge.file, []
    for name in ("text", "line", "number"):
        real = getattr(Canvas, name)

        def spy(self: Canvas, text: str, *args: Any, _real: Any = real, **kwargs: Any) -> Any:
            result = _real(self, text, *args, **kwargs)
            drawn.append((text, self.p.font().pixelSize()))
            return result

        monkeypatch.setattr(Canvas, name, spy)
    go(desk, "challenges")
    who = helpers.join(file, "Ledning")
    codes = ["HIDDENXX", "GONEXX", "BLACKXX", "MERGEDXX"]
    sent = [helpers.send(file, "challenges", who, text=f"kort {code} här") for code in (*codes, "SHOWNXX")]
    ids = [one.card for one in sent]
    theme = actions.do(file, actions.group.new_theme, title="Tema", cards=ids)
    need = actions.do(file, actions.need.new_need, title="N", cards=[ids[2]])
    actions.do(
        file,
        actions.need.set_fields,
        need=need,
        who="Vi på golvet",
        wish="kort BLACKXX här",
        effect="BLACKXX syns",
    )
    show = Show(desk.bridge)
    show.override("board")
    desk.bridge.focus_on(theme=theme)
    helpers.settle(desk.bridge)
    show.toggle_frozen()
    assert codes[0] in repr(show.facts())
    actions.do(file, actions.group.hide, cards=ids[:1], reason="personal_data")
    actions.do(file, actions.ask.withdraw, by="phone", participant=who, receipt=sent[1].code)
    one = queries.passages(file, ids[2])[0]
    actions.do(
        file, actions.blackout.black_out, answer=one.answer, field="text", start=5, end=12, words="BLACKXX", reason="name"
    )  # fmt: skip
    actions.do(file, actions.group.merge_cards, into=ids[4], cards=[ids[3]])
    actions.do(file, actions.session.set_setting, key=actions.own.INBOX, value="1")
    codes.append("INBOXXX")
    helpers.send(file, "challenges", who, text="kort INBOXXX här")
    helpers.settle(desk.bridge)
    assert not [code for code in codes[:3] if code in repr(show.facts())], (
        "a frozen picture lets go of them too"
    )
    show.toggle_frozen()
    for focus in ({"theme": theme}, {"theme": None}):
        desk.bridge.focus_on(**focus)
        for state in queries.session(file).steps:
            for scene in {*SCENE_NAMES, *SCENES}:
                show.step_override, show.scene_override = state.id, scene
                assert not show.picture(*size).isNull()
                assert not [code for code in codes if code in show.words()]
    words = " ".join(text for text, _size in drawn)
    assert "SHOWNXX" in words and not [code for code in codes if code in words]
    assert not [t for t in drawn if t[1] < 44], "44 of 1920 is what is read at eight metres"


def test_page_down_asks_once_when_phones_are_being_written_on(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(desk, "join")
    monkeypatch.setattr(desk.bridge, "writing", lambda: 3)
    actions.do(desk.bridge.file, actions.agenda.set_minutes, step="join", minutes=0)
    helpers.settle(desk.bridge)
    desk.cockpit.next()
    assert (
        desk.cockpit.status.words.text() == "3 telefoner skriver. Tryck på Page Down igen för att gå vidare."
    )
    desk.cockpit.next()
    helpers.wait_for(lambda: queries.session(desk.bridge.file).current_step == "ground")


def test_a_step_is_opened_again_from_the_agenda_and_by_key(desk: Any) -> None:
    for step in ("challenges", "read"):
        go(desk, step)
    desk.cockpit.rail.steps["challenges"].click()
    line = desk.cockpit.stage.elsewhere
    assert line.go_button.words() == "Öppna steget igen"
    line.go_button.click()
    helpers.wait_for(lambda: queries.session(desk.bridge.file).current_step == "challenges")
    QTest.keyClick(desk, Key.Key_PageUp, SHIFT)
    helpers.wait_for(lambda: queries.session(desk.bridge.file).current_step == "for_whom")
    desk.cockpit.rail.steps["close"].click()
    assert desk.cockpit.stage.elsewhere.go_button.words() == "Ta med rummet hit"


# Paper for the room ---------------------------------------------------------------------


class Server:
    host, port, token = "192.168.4.20", 8080, "abc"


def test_the_poster_and_numbered_cards_are_saved_from_the_lobby(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, heard = go(desk, "join"), said(desk)
    target = tmp_path / "ut.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target.with_suffix("")), ""))
    page.poster.click()
    assert "adressen" in heard[-1] and not target.exists()
    desk.bridge.server = Server()
    page.poster.click()
    helpers.wait_for(target.exists)
    helpers.wait_for(lambda: "Affischen är sparad" in heard[-1])
    assert "192.168.4.20:8080" in pages(target)[0]
    desk.bridge.server = None
    for first in (1, 41):
        page.blank.click()
        helpers.wait_for(
            lambda first=first: (
                queries.session(desk.bridge.file).settings.get("paper_cards") == str(first + 39)
            )
        )
        helpers.wait_for(lambda: "papperskort är sparade" in heard[-1])
        texts = pages(target)
        assert len(texts) == 5
        numbers = [int(line) for text in texts for line in text.split() if line.isdecimal()]
        assert numbers == list(range(first, first + 40))
        assert all(role in texts[0] for role in ("Upphandling", "Drift och fastighet", "Ledning"))
    assert desk.bridge.file.undo_label != "Change the settings", "printing is no step of undo"
