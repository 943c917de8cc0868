"""The format editor: copy, change, undo, what is amiss where it stands, save, mail, and nothing lost on the way."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.desktop import helpers
from tests.test_formats import SMALL
from workshop_app import formats
from workshop_app.actions import format_file
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.format_editor.page import FormatEditor
from workshop_app.desktop.format_editor.parts import NumberPart, RowsPart, Typed, WordsPart
from workshop_app.desktop.format_editor.shelf_page import ShelfPage
from workshop_app.desktop.format_editor.step_sheet import StepSheet
from workshop_app.desktop.format_editor.words import KINDS
from workshop_app.desktop.pages.start import StartPage
from workshop_app.desktop.settings import Settings
from workshop_app.formats import changes
from workshop_app.formats.reading import read_data
from workshop_app.store import queries

COPY = "needs_harvest_copy"


@pytest.fixture
def window(qt_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[main_window.MainWindow]:
    """The window with the editor open on a copy of a small format that ships."""
    helpers.look_like()
    monkeypatch.setattr(phones, "start_server", lambda bridge: None)
    one = main_window.MainWindow(Settings())
    one.resize(1366, 768)
    one.show()
    one.show_formats("needs_harvest")
    helpers.settle()
    one.activateWindow()
    assert QTest.qWaitForWindowActive(one)
    yield one
    helpers.end(one)


def page(window: Any) -> Any:
    return window.stack.currentWidget()


def part(editor: FormatEditor, place: tuple[Any, ...]) -> Any:
    assert editor.sheet is not None
    return next(p for p in editor.sheet.parts if p.place == place)


def at_step(editor: FormatEditor, number: int) -> StepSheet:
    editor.steps.list.setCurrentRow(number)
    helpers.settle()
    assert isinstance(editor.sheet, StepSheet)
    return editor.sheet


def test_a_copy_is_changed_saved_and_used_for_a_workshop(window: Any, own_home: Path) -> None:
    editor = page(window)
    assert editor.draft.name == COPY and editor.draft.faults == ()
    part(editor, ("name",)).fields["sv"].set_text("Vår stund")
    sheet = at_step(editor, 2)
    part(editor, ("step", 1, "title")).fields["sv"].set_text("Önska fritt")
    assert sheet.number == 1
    editor.save_button.click()
    helpers.settle()
    assert isinstance(page(window), ShelfPage) and "Vår stund" in page(window).told.title.text()
    assert format_file.drafts() == {}
    (file,) = (own_home / "formats").glob("*.toml")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["step"][1]["title"]["sv"] == "Önska fritt"
    window.show_start()
    helpers.settle()
    assert page(window).cards[-1].accessibleName() == "Ny verkstad: Vår stund"
    page(window).cards[-1].clicked.emit()
    form = page(window)
    form.title.setText("En önskan")
    form.save()
    helpers.settle(window.bridge)
    assert queries.format_of(window.bridge.file).step("wishes").title.sv == "Önska fritt"
    assert queries.session(window.bridge.file).format_toml


def test_what_is_amiss_is_said_where_it_stands_while_it_is_written(window: Any) -> None:
    editor = page(window)
    at_step(editor, 2)
    title = part(editor, ("step", 1, "title"))
    title.fields["en"].setFocus()
    title.fields["en"].selectAll()
    QTest.keyClick(title.fields["en"], Qt.Key.Key_Delete)
    helpers.wait_for(title.amiss.text)
    assert title.amiss.text() == "Den engelska texten saknas." and title.amiss.isVisible()
    assert "återstår" in editor.steps.list.item(2).data(11)
    minutes = part(editor, ("step", 1, "minutes"))
    minutes.field.set_text("99")
    editor.draft.check()
    assert editor.rest.words() == "2 saker återstår" and editor.rest.isVisible()
    minutes.field.set_text("nio")
    editor.draft.check()
    assert minutes.amiss.text() == "Skriv ett heltal."
    editor.save_button.click()
    helpers.settle()
    assert isinstance(page(window), FormatEditor) and editor.trouble.title.text()
    assert formats.own().formats == {}


def test_the_first_thing_left_is_shown_with_the_keyboard_in_it(window: Any) -> None:
    editor = page(window)
    editor.draft.write(("step", 1, "field", 1, "label", "sv"), "")
    editor.draft.check()
    editor.rest.click()
    helpers.settle()
    assert editor.steps.at == 2 and editor.sheet.opened == ("step", 1, "field", 1)
    label = part(editor, ("step", 1, "field", 1, "label"))
    assert label.fields["sv"].hasFocus() and label.amiss.isVisible()
    editor.draft.undo()
    editor.draft.write(("minutes",), 7)
    editor.draft.check()
    editor.rest.click()
    helpers.settle()
    assert editor.steps.at == 0 and part(editor, ("minutes",)).amiss.text().startswith(
        "Stegen tar 30 minuter"
    )
    assert editor.sheet.take_sum.isVisible()
    editor.sheet.take_sum.click()
    helpers.settle()
    assert editor.draft.faults == () and not editor.rest.isVisible()


def test_every_fault_has_a_place_on_the_page_that_is_shown_for_it(window: Any) -> None:
    editor = page(window)
    spoilt = {
        ("id",): "Å",
        ("people",): [9, 2],
        ("role", 0, "en"): "",
        ("step", 0, "minutes"): 900,
        ("step", 1, "prompt", "sv"): "x" * 700,
        ("step", 1, "field", 0, "limit"): 0,
        ("step", 1, "field", 0, "name"): "word",
        ("step", 2, "items"): "nowhere",
        ("step", 3, "facilitator", "en"): "\u202e",
    }
    for place, value in spoilt.items():
        editor.draft.data = changes.put(editor.draft.data, place, value)
    editor.draft.check()
    assert len(editor.draft.faults) >= len(spoilt)
    for row in range(editor.steps.list.count()):
        editor.steps.list.setCurrentRow(row)
        helpers.settle()
        told = [p.amiss.text() for p in editor.sheet.parts if p.amiss.text()] + [
            editor.sheet.loose.title.text()
        ]
        wanted = {f.place for f in editor.sheet.mine()}
        assert bool(wanted) == any(told), (row, wanted)
        assert all("{" not in text and "[[" not in text for text in told), told


def test_steps_are_added_moved_and_taken_away_and_each_is_undone(window: Any) -> None:
    editor, before = page(window), page(window).draft.data
    at_step(editor, 2)
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    helpers.settle()
    ids = [s["id"] for s in editor.draft.data["step"]]
    assert ids[:3] == ["join", "read", "wishes"] and editor.steps.at == 3
    assert editor.sheet.place == ("step", 2)
    editor.steps.away.click()
    helpers.settle()
    assert "wishes" not in [s["id"] for s in editor.draft.data["step"]]
    for kind in KINDS:
        editor.steps.add_step(kind)
        helpers.settle()
        assert editor.sheet.kind == kind
    faults = read_data(editor.draft.data).faults
    assert {f.place for f in faults} == {("minutes",)}, "a step that is added can be used as it is"
    for _ in range(len(KINDS) + 2):
        QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    helpers.settle()
    assert editor.draft.data == before and not editor.draft.can_undo
    QTest.keyClick(editor, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    helpers.settle()
    assert editor.draft.data["step"][1]["id"] == "read"


def test_what_is_typed_is_one_step_to_undo_also_with_the_keyboard_in_the_field(window: Any) -> None:
    editor = page(window)
    name = part(editor, ("name",)).fields["sv"]
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Kort")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert editor.draft.get(("name", "sv")) == "Kort"
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    helpers.settle()
    assert editor.draft.get(("name", "sv")) == "Vore det inte bra om … (kopia)"
    assert part(editor, ("name",)).fields["sv"].text() == "Vore det inte bra om … (kopia)"


def test_a_question_is_added_answered_in_another_way_and_gets_answers(window: Any) -> None:
    editor = page(window)
    sheet = at_step(editor, 2)
    count = len(sheet.fields)
    sheet.add.click()
    helpers.settle()
    place = ("step", 1, "field", count)
    assert editor.sheet.opened == place and part(editor, (*place, "label")).fields["sv"].hasFocus()
    kind = part(editor, (*place, "type")).field
    kind.setCurrentIndex(kind.findData("one"))
    kind.activated.emit(kind.currentIndex())
    helpers.settle()
    assert editor.sheet.opened == place
    part(editor, (*place, "choices")).add.click()
    helpers.settle()
    answers = part(editor, (*place, "choices"))
    assert isinstance(answers, RowsPart) and len(answers.rows) == 2
    for number, fields in enumerate(answers.rows):
        fields["sv"].set_text(f"Svar {number}")
        fields["en"].set_text(f"Answer {number}")
    for code, text in (("sv", "Hur ofta?"), ("en", "How often?")):
        part(editor, (*place, "label")).fields[code].set_text(text)
    editor.draft.check()
    assert editor.draft.faults == ()
    field = read_data(editor.draft.data).format.steps[1].fields[-1]
    assert (
        field.type == "one"
        and field.limit == 0
        and [c.label.sv for c in field.choices] == ["Svar 0", "Svar 1"]
    )
    assert len({c.value for c in field.choices}) == 2


def test_leaving_keeps_a_draft_that_can_be_gone_on_with(window: Any) -> None:
    editor = page(window)
    part(editor, ("name",)).fields["en"].set_text("")
    editor.back.click()
    helpers.settle()
    shelf = page(window)
    assert isinstance(shelf, ShelfPage)
    (draft,) = format_file.drafts().values()
    assert draft["name"]["en"] == "" and formats.own().formats == {}
    button = next(b for b in shelf.findChildren(type(shelf.back)) if b.words() == "Fortsätt")
    button.click()
    helpers.settle()
    again = page(window)
    assert again.draft.name == COPY and again.note.title.text() and len(again.draft.faults) == 1
    again.draft.undo()
    part(again, ("name",)).fields["en"].set_text("Wish")
    window.close()
    assert format_file.drafts()[COPY]["name"]["en"] == "Wish"


def test_a_file_is_taken_in_refused_and_sent_on(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, out = (tmp_path / f"{name}.toml" for name in ("good", "bad", "out"))
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text(SMALL.replace("limit = 280\n", ""), encoding="utf-8")
    page(window).back.click()
    helpers.settle()
    shelf = page(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(bad), ""))
    shelf.open.click()
    assert "bad.toml, rad 27" in shelf.trouble.title.text() and formats.own().formats == {}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(good), ""))
    shelf.open.click()
    assert "Litet" in shelf.told.title.text() and not shelf.trouble.title.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    named = {b.accessibleName(): b for b in shelf.findChildren(type(shelf.back))}
    named["Spara som fil: Litet"].click()
    assert formats.load(out.read_text(encoding="utf-8"), "out.toml") == formats.own().formats["small"]
    helpers.settle()
    named = {b.accessibleName(): b for b in shelf.findChildren(type(shelf.back))}
    named["Ta bort: Litet"].click()
    assert formats.own().formats == {} and "small" in format_file.drafts()


def test_ones_own_format_is_changed_in_place_from_the_page_of_a_new_workshop(window: Any) -> None:
    format_file.save(tomllib.loads(SMALL))
    window.show_new("small")
    page(window).change_format.click()
    helpers.settle()
    editor = page(window)
    assert isinstance(editor, FormatEditor) and editor.draft.was == "small"
    part(editor, ("purpose",)).fields["sv"].set_text("Prova mer")
    editor.save()
    assert formats.own().formats["small"].version == 2
    assert formats.own().formats["small"].purpose.sv == "Prova mer"
    page(window).back.click()
    assert isinstance(page(window), StartPage)


def test_everything_has_a_name_and_is_reached_by_tab(window: Any) -> None:
    editor = page(window)
    for row in (0, 2):
        editor.steps.list.setCurrentRow(row)
        if row:
            editor._open(("step", row - 1, "field", 0))
        helpers.settle()
        fields = [w for kind in (Typed, WordsPart, NumberPart) for w in editor.sheet.findChildren(kind)]
        typed = [w for w in fields if isinstance(w, Typed)]
        assert typed and all(w.accessibleName() for w in typed)
        assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus for w in typed)
        assert len({w.accessibleName() for w in typed}) == len(typed)


def pick(part_: Any, value: str) -> None:
    """Chooses in a list as a person does."""
    part_.field.setCurrentIndex(part_.field.findData(value))
    part_.field.activated.emit(part_.field.currentIndex())
    helpers.settle()


def test_a_step_is_copied_made_another_kind_and_asks_for_cards(window: Any) -> None:
    editor = page(window)
    before = editor.draft.data
    at_step(editor, 2)
    editor.steps.copy.click()
    helpers.settle()
    ids = [s["id"] for s in editor.draft.data["step"]]
    assert ids[:3] == ["join", "wishes", "wishes_copy"] and editor.steps.at == 3
    assert editor.draft.get(("step", 2, "title", "sv")).endswith(" (kopia)")
    pick(part(editor, ("step", 2, "kind")), "questions")
    step = editor.draft.get(("step", 2))
    assert step["kind"] == "questions" and "makes" not in step and len(step["field"]) == 3
    pick(part(editor, ("step", 2, "kind")), "ask")
    editor.draft.write(("step", 2, "field", 0, "name"), "wish")
    pick(part(editor, ("step", 2, "makes")), "card")
    assert editor.draft.get(("step", 2, "field", 0, "name")) == "text"
    pick(part(editor, ("step", 2, "kind")), "pause")
    assert "field" not in editor.draft.get(("step", 2))
    pick(part(editor, ("step", 2, "kind")), "survey")
    assert len(editor.draft.get(("step", 2, "field"))) == 1, "a form has something to answer"
    places = {f.place for f in editor.draft.faults}
    assert places == {("minutes",), *(("step", 2, "field", 0, "label", code) for code in ("sv", "en"))}
    while editor.draft.undo():
        pass
    assert editor.draft.data == before


def test_a_question_is_shown_to_some_and_a_step_belongs_to_a_sitting(window: Any) -> None:
    editor = page(window)
    at_step(editor, 2)
    editor._open(("step", 1, "field", 1))
    shown = part(editor, ("step", 1, "field", 1, "shown_if"))
    assert [shown.field.itemData(n) for n in range(shown.field.count())] == ["", "solution_hint"]
    pick(shown, "solution_hint")
    part(editor, ("step", 1, "part")).field.set_text("2")
    at_step(editor, 5)
    editor._open(("step", 4, "field", 0))
    assert not [p for p in editor.sheet.parts if p.place[-1] == "shown_if"], "nothing to choose between"
    editor.draft.write(("audience",), "suppliers")
    editor.draft.check()
    read = read_data(editor.draft.data)
    assert read.faults == () and read.format.audience == "suppliers"
    assert (read.format.steps[1].part, read.format.steps[1].fields[1].shown_if) == (2, "solution_hint")
    assert formats.load(formats.write(read.format), "x.toml") == read.format


def test_the_join_form_becomes_the_formats_own_and_goes_back(window: Any) -> None:
    editor = page(window)
    usual = read_data(editor.draft.data).format.join
    editor.sheet.own_form.click()
    helpers.settle()
    assert read_data(editor.draft.data).format.join == usual and read_data(editor.draft.data).faults == ()
    role, other = editor.sheet.fields[:2]
    goes = {p.place: p.goes() for p in editor.sheet.fields if p.place[0] == "join"}
    assert not goes[role.place] and goes[other.place]
    editor.draft.change(changes.remove, ("join", "field", 3))
    helpers.settle()
    buttons = editor.sheet.findChildren(type(editor.back))
    add = next(b for b in buttons if b.words() == "Lägg till en fråga")
    add.click()
    helpers.settle()
    place = editor.sheet.opened
    assert place == ("join", "field", len(usual) - 1)
    for code, words in (("sv", "Hur länge har du varit här?"), ("en", "How long have you been here?")):
        part(editor, (*place, "label")).fields[code].set_text(words)
    part(editor, ("join", "intro")).fields["sv"].set_text("")
    editor.draft.check()
    assert part(editor, ("join", "intro")).amiss.text() == "Den svenska texten saknas."
    part(editor, ("join", "intro")).fields["sv"].set_text("Hej")
    editor.save()
    form = formats.own().formats[COPY]
    assert form.join_intro.sv == "Hej" and form.join[-1].label.sv == "Hur länge har du varit här?"
    assert [f.name for f in form.join] == [*(f.name for f in usual if f.name != "relation"), "question"]
    assert form.lobby.fields[: len(form.join)] == form.join
    editor.sheet.own_form.click()
    helpers.settle()
    assert "join" not in editor.draft.data


def test_a_thing_of_a_list_has_its_own_words_on_the_scale(window: Any) -> None:
    window.show_formats("barrier_scan")
    editor = page(window)
    editor._open(("list", 0, "item", 1))
    helpers.settle()
    place = ("list", 0, "item", 1)
    for key in ("low", "middle", "high"):
        for code in ("sv", "en"):
            part(editor, (*place, key)).fields[code].set_text(f"{key} {code}")
    editor.draft.check()
    read = read_data(editor.draft.data)
    item = read.format.lists["barriers"][1]
    assert read.faults == () and (item.low.sv, item.middle.en, item.high.sv) == (
        "low sv",
        "middle en",
        "high sv",
    )
    part(editor, (*place, "low")).fields["en"].set_text("")
    editor.draft.check()
    editor._open(())
    editor.rest.click()
    helpers.settle()
    assert editor.sheet.opened == place and part(editor, (*place, "low")).fields["en"].hasFocus()
    count = len(editor.draft.get(place[:-1]))
    editor.draft.change(changes.move, place, 1)
    helpers.settle()
    assert len(editor.draft.get(place[:-1])) == count
    at_step(editor, 2)
    tick = part(editor, ("step", 1, "shuffled"))
    assert tick.field.isChecked()
    tick.field.setChecked(False)
    assert "shuffled" not in editor.draft.get(("step", 1))


def test_a_list_is_added_asked_about_and_taken_away_when_no_step_asks(window: Any) -> None:
    window.show_formats("barrier_scan")
    editor = page(window)
    editor.sheet.add_list.click()
    helpers.settle()
    for code, words in (("sv", "Tid"), ("en", "Time")):
        editor.draft.write(("list", 1, "item", 0, "label", code), words)
    at_step(editor, 2)
    asked = part(editor, ("step", 1, "items"))
    shown = {asked.field.itemText(n) for n in range(asked.field.count())}
    assert "Listan ”Tid”" in shown and "Utkastets stycken" in shown
    pick(asked, "list")
    assert read_data(editor.draft.data).faults == ()
    editor.steps.list.setCurrentRow(0)
    helpers.settle()
    aways = [b for b in editor.sheet.findChildren(type(editor.back)) if b.words() == "Ta bort listan"]
    assert [b.isEnabled() for b in aways] == [False, False], "both are asked about"
    editor.draft.write(("step", 1, "items"), "barriers")
    editor._show()
    helpers.settle()
    aways = [b for b in editor.sheet.findChildren(type(editor.back)) if b.words() == "Ta bort listan"]
    aways[1].click()
    helpers.settle()
    assert [one["id"] for one in editor.draft.data["list"]] == ["barriers"]
