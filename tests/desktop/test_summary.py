"""The summary page as a leader uses it: real keys and presses, real pages, real files; only dialogs are answered for."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from tests.desktop.helpers import bridge_on, look_like, sample, session, settle, shut, wait_for
from tests.report.reading import pages
from workshop_app import actions
from workshop_app.desktop.blackout import BlackoutWindow
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.cockpit import Cockpit
from workshop_app.desktop.pages import summary
from workshop_app.desktop.pages.summary import SummaryPage
from workshop_app.desktop.paper import account, made, owed, saving
from workshop_app.desktop.paper.sheets import NOTCH
from workshop_app.desktop.projector import Show
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.widgets import column, row
from workshop_app.i18n import language
from workshop_app.model.summary import Balance
from workshop_app.store import queries

SAMPLE = "nassjo_boende"
Desk = tuple[QMainWindow, SummaryPage, Bridge]


def opened(bridge: Bridge, width: int = 1400, height: int = 860) -> tuple[QMainWindow, SummaryPage]:
    """The page with its panel in a window, its first pages made."""
    window, page = QMainWindow(), SummaryPage(bridge)
    page.step_asked.connect(asked.append)
    around, buttons = QWidget(), [*page.actions_bar(), page.own_next()]
    page.aside().setFixedWidth(320)
    line = row(page, page.aside())
    line.setStretch(0, 1)
    whole = column(line, row(*buttons))
    whole.setStretch(0, 1)
    around.setLayout(whole)
    window.setCentralWidget(around)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    wait_for(lambda: QApplication.focusWidget() is not None)
    asked.clear()
    bridge.changed.connect(page.refresh)
    page.refresh()
    wait_for(lambda: page.made is not None)
    page.whole.setFocus()
    settle(bridge)
    return window, page


asked: list[str] = []


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    look_like()
    monkeypatch.setattr(summary, "SETTLE_MS", 1)
    bridge = bridge_on(sample(tmp_path, SAMPLE))
    window, page = opened(bridge)
    yield window, page, bridge
    bridge.changed.disconnect(page.refresh)
    window.close()
    shut(bridge)


def key(window: QMainWindow, which: Qt.Key) -> None:
    QTest.keyClick(window, which)
    settle()


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """The save dialog is answered with a path; gives what it was asked with."""
    proposed: list[str] = []

    def dialog(_parent: object, _title: str, place: str, _filter: str) -> tuple[str, str]:
        proposed.append(place)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return proposed


def said(bridge: Bridge) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    bridge.said.connect(lambda kind, text: heard.append((kind, text)))
    return heard


def made_again(page: SummaryPage, before: object) -> None:
    wait_for(lambda: page.made is not before)
    settle()


# The pages ----------------------------------------------------------------------


def test_it_shows_how_many_pages_there_are_and_their_pictures(desk: Desk) -> None:
    _window, page, _ = desk
    assert page.made is not None
    assert page.made.pages == len(PdfReader(io.BytesIO(page.made.data)).pages)
    assert page.save_button.words() == f"Spara PDF, {page.made.pages} sidor"
    assert page.label.text() == f"Framsida och fråga, sida 1 av {page.made.pages}"
    box = page.view.sheet()
    picture = wait_for(lambda: page.pictures.get(1, page.view.device(box.width())))
    assert abs(picture.width() - page.view.device(box.width())) <= 1
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, 600, 7)}) > 3


def test_only_pages_that_can_be_seen_are_drawn(desk: Desk) -> None:
    _, page, _ = desk
    wait_for(lambda: page.pictures._under_way is None)
    drawn = {number for number, _width in page.pictures._kept}
    assert page.made is not None
    assert drawn == {1, 2, *page.small.seen()}
    assert page.made.pages not in drawn


def test_keys_and_buttons_turn_the_pages(desk: Desk) -> None:
    window, page, _ = desk
    assert page.made is not None
    last = page.made.pages
    assert not page.before.isEnabled()
    key(window, Qt.Key.Key_Down)
    assert page.page == 2
    QTest.mouseClick(page.after, Qt.MouseButton.LeftButton)
    assert page.page == 3
    QTest.mouseClick(page.before, Qt.MouseButton.LeftButton)
    key(window, Qt.Key.Key_Up)
    key(window, Qt.Key.Key_Up)
    assert page.page == 1
    key(window, Qt.Key.Key_End)
    assert (page.page, page.after.isEnabled()) == (last, False)
    key(window, Qt.Key.Key_Down)
    assert page.page == last
    key(window, Qt.Key.Key_Home)
    assert page.page == 1


def test_arrows_belong_to_the_editions_while_they_have_the_focus(desk: Desk) -> None:
    _window, page, _ = desk
    first = page.choices.editions.buttons()[0]
    first.setFocus()
    settle()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert page.page == 1
    assert page.choices.order().edition == "internal"


def test_a_small_page_and_a_part_show_their_page(desk: Desk) -> None:
    _, page, _ = desk
    assert page.made is not None
    QTest.mouseClick(page.small.viewport(), Qt.MouseButton.LeftButton, pos=page.small.box(3).center())
    assert page.page == 3
    part = page.choices.parts["needs"]
    QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=part.name.geometry().center())
    first = next(p.first for p in page.made.parts if p.key == "needs")
    assert page.page == first
    assert page.label.text().startswith("Behov 1, sida")
    assert page.choices.parts["needs"].here
    assert not page.choices.parts["cover"].here


def wheel(page: SummaryPage, turned: int) -> None:
    view = page.view.viewport()
    middle = QPointF(view.rect().center())
    event = QWheelEvent(
        middle,
        view.mapToGlobal(middle),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_wide_pages_scroll_and_then_go_on(desk: Desk) -> None:
    window, page, _ = desk
    narrow = page.view.sheet().width()
    QTest.mouseClick(page.whole, Qt.MouseButton.LeftButton)
    assert page.view.sheet().width() > narrow
    key(window, Qt.Key.Key_Down)
    assert page.page == 1
    assert page.view.verticalScrollBar().value() > 0
    for _ in range(9):
        key(window, Qt.Key.Key_Down)
        if page.page == 2:
            break
    assert page.page == 2
    assert page.view.verticalScrollBar().value() == 0
    wheel(page, NOTCH)
    assert page.page == 1


# What is printed ----------------------------------------------------------------


def test_a_part_that_is_ticked_off_is_not_printed(desk: Desk) -> None:
    _, page, _ = desk
    before = page.made
    assert before is not None
    needs = next(p for p in before.parts if p.key == "needs")
    tick = page.choices.parts["needs"].tick
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    made_again(page, before)
    assert page.made is not None
    assert page.made.pages < before.pages
    assert page.choices.parts["needs"].count.text() == str(needs.pages)  # what it would take
    assert not any("Det här sa ni" in text for text in pages(page.made.data))
    assert page.save_button.words() == f"Spara PDF, {page.made.pages} sidor"
    after = page.made
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    made_again(page, after)
    assert page.made.pages == before.pages


def test_the_sum_cannot_be_ticked_off(desk: Desk) -> None:
    _, page, _ = desk
    tick = page.choices.parts["balance"].tick
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    assert tick.isChecked()
    assert "balance" not in page.choices.order().without


def test_the_open_edition_leaves_the_votes_out(desk: Desk) -> None:
    _, page, _ = desk
    before = page.made
    QTest.mouseClick(page.choices.editions.buttons()[2], Qt.MouseButton.LeftButton, pos=QPoint(10, 12))
    made_again(page, before)
    assert page.choices.order().edition == "open"
    assert "priorities" not in page.choices.parts
    assert "needs" in page.choices.parts


@pytest.mark.parametrize(("code", "words"), [("sv", "har en plats"), ("en", "have a place")])
def test_the_panel_speaks_the_language_of_the_desk(
    qt_app: Any, tmp_path: Path, code: str, words: str
) -> None:
    look_like()
    bridge = bridge_on(sample(tmp_path, SAMPLE), code)
    _window, page = opened(bridge)
    title = {"sv": "Allt är redovisat", "en": "All accounted for"}[code]
    assert page.account.title.text() == title
    assert "54" in page.account.words.text()
    assert words in page.account.words.text()
    assert page.choices.parts["themes"].name.text() == {"sv": "Teman", "en": "Themes"}[code]
    bridge.changed.disconnect(page.refresh)
    shut(bridge)


def test_the_print_has_its_own_language(desk: Desk) -> None:
    _, page, _ = desk
    before = page.made
    page.choices.language.setFocus()
    QTest.keyClick(page.choices.language, Qt.Key.Key_Down)
    made_again(page, before)
    assert page.made is not None
    assert page.choices.order().code == "en"
    assert any("Themes" in text for text in pages(page.made.data))
    assert page.account.title.text() == "Allt är redovisat"  # the desk stays Swedish


def test_a_change_in_the_room_makes_the_pages_again(desk: Desk) -> None:
    _, page, bridge = desk
    before = page.made
    actions.do(bridge.file, actions.session.set_cover, title="Ny titel åäö <b>&")
    made_again(page, before)
    assert page.made is not None
    assert "Ny titel åäö <b>&" in " ".join(pages(page.made.data)[0].split())


def test_the_same_contents_are_not_made_again(desk: Desk) -> None:
    _, page, bridge = desk
    assert page.made is not None
    assert made.make(bridge.file, page.made.order, page.made.key) is None


# The account ---------------------------------------------------------------------


def test_every_place_is_counted(desk: Desk) -> None:
    _, page, bridge = desk
    balance = bridge.get(queries.balance)
    assert sum(page.account.bar.places.values()) == balance.received == 54
    assert str(balance.places["need"]) in page.account.bar.accessibleName()


def test_cards_without_a_place_are_told(qt_app: Any, tmp_path: Path) -> None:
    """The row of a card is taken away behind the program's back: the answer it came from is still counted."""
    look_like()
    file = sample(tmp_path, SAMPLE)
    loose = [c.id for c in queries.board(file).cards.values() if not c.needs][:2]
    path = file.path
    file.close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for trigger in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f'DROP TRIGGER "{trigger[0]}"')
        raw.executemany("DELETE FROM card WHERE id = ?", [(n,) for n in loose])
    raw.close()
    bridge = bridge_on(type(file).open(path))
    _window, page = opened(bridge)
    assert page.account.title.text() == "2 kort saknar plats"
    assert "finns kvar i filen" in page.account.words.text()
    assert page.account.icon.name == "triangle-alert"
    bridge.changed.disconnect(page.refresh)
    shut(bridge)


def test_the_numbers_of_lost_cards_stand_in_the_sentence() -> None:
    lost = Balance(5, {"heap": 3}, {"phone": 3}, lost=(12, 31))
    title, words = account.sentences(lost, language("en"))
    assert title == "2 cards lack a place"
    assert "12, 31" in words
    twice = Balance(5, {"heap": 6}, {"phone": 6})
    assert account.sentences(twice, language("sv"))[0] == "Summan går inte ihop"


def test_what_is_owed_can_be_filled_in(desk: Desk) -> None:
    _, page, bridge = desk
    rows = [page.account.owed.itemAt(n).widget() for n in range(page.account.owed.count())]
    dates = next(r for r in rows if "datum" in r.line.words and "Behov" in r.line.words)
    assert dates.open
    QTest.mouseClick(dates.button, Qt.MouseButton.LeftButton)
    assert asked == [queries.format_of(bridge.file).step("route").id]
    assert any(r.line.words == "Inga personuppgifter hittade" for r in rows)


def test_what_is_settled_is_said(desk: Desk) -> None:
    _, page, bridge = desk
    for number, need in enumerate(queries.needs(bridge.file)):
        actions.do(
            bridge.file, actions.need.set_fields, need=need.id, needed_by="2026-09-01", owner=f"Roll {number}"
        )
    for name, value in (
        ("owner", "Fastighetschefen"),
        ("kept_where", "Diariet"),
        ("next_date", "2026-09-01"),
    ):
        actions.do(bridge.file, actions.session.set_setting, key=name, value=value)
    bridge.look()
    lines = owed.lines(
        bridge.lang,
        queries.session(bridge.file),
        queries.format_of(bridge.file),
        queries.needs(bridge.file),
        page.made,
    )
    assert [line.done for line in lines] == [True] * len(lines)
    assert lines[0].words == "Alla 8 behov har ägare och datum"


def test_a_card_with_a_number_to_a_person_is_pointed_out(qt_app: Any, tmp_path: Path) -> None:
    file = session(tmp_path)
    actions.do(file, actions.ask.type_card, text="Ring Anna på 070-123 45 67", source="paper")
    actions.do(file, actions.ask.type_card, text="Det är långt till bussen", source="paper")
    done = made.make(file, made.Order("participants", "sv"))
    assert done is not None
    assert done.cards_to_look_at == (1,)
    words = [
        line.words
        for line in owed.lines(language("sv"), queries.session(file), queries.format_of(file), (), done)
    ]
    assert "Kort 1 kan peka ut en person" in words
    file.close()


def test_numbers_in_a_row() -> None:
    sv = language("sv")
    assert owed.in_a_row([3], sv) == "3"
    assert owed.in_a_row([2, 1], sv) == "1 och 2"
    assert owed.in_a_row([1, 2, 3, 7], sv) == "1–3 och 7"
    assert owed.in_a_row([1, 3, 5], language("en")) == "1, 3 and 5"


# Out of the program ---------------------------------------------------------------


def test_the_pdf_is_saved_with_the_sum_on_its_last_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, bridge = desk
    heard, target = said(bridge), tmp_path / "ut" / "boende"
    target.parent.mkdir()
    proposed = answer(monkeypatch, target)
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    saved = target.with_suffix(".pdf")
    wait_for(saved.exists)
    wait_for(lambda: any("Sparat" in text for _, text in heard))
    assert Path(proposed[0]).name == "sample-sammanställning.pdf"
    read = pages(saved.read_bytes())
    assert page.made is not None
    assert len(read) == page.made.pages
    last = " ".join(read[-1].split())
    assert "54 mottagna, 54 redovisade" in last
    assert "54 kort kom in och 54 har en plats." in last


def test_what_is_saved_is_a_version_and_a_change_makes_the_next(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, bridge = desk
    assert page.account.version.text() == "Version 1. En ändring efter utskrift ger version\u00a02."
    answer(monkeypatch, tmp_path / "ett.pdf")
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: made.last_printed(queries.session(bridge.file).settings)[0] == 1)
    wait_for(lambda: page.account.version.text().startswith("Version 1, kl."))
    first = page.made
    actions.do(bridge.file, actions.session.set_cover, place="Ekmåla bygdegård")
    made_again(page, first)
    assert page.made is not None
    assert page.made.version == 2
    assert queries.session(bridge.file).version == 1  # only a print makes it final
    assert any("version 2" in text for text in pages(page.made.data))
    answer(monkeypatch, tmp_path / "två.pdf")
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: queries.session(bridge.file).version == 2)
    assert bridge.file.undo_label  # what the leader did last can still be undone, not our own note


def test_taking_the_change_back_gives_the_printed_version_again(desk: Desk) -> None:
    _, page, bridge = desk
    assert page.made is not None
    mark = f"1 {page.made.fingerprint} 2026-01-01T10:00:00+00:00"
    actions.do(bridge.file, actions.session.set_setting, by="program", key=made.PRINTED, value=mark)
    actions.do(bridge.file, actions.session.set_cover, place="Någon annanstans")
    order = page.made.order
    assert made.make(bridge.file, order).version == 2  # type: ignore[union-attr]
    bridge.file.undo().result()
    assert made.make(bridge.file, order).version == 1  # type: ignore[union-attr]


def test_the_final_version_says_so_on_every_page(desk: Desk) -> None:
    _, page, _bridge = desk
    before = page.made
    assert before is not None
    assert all("· utkast" in text for text in pages(before.data)[1:])
    tick = page.choices.final
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    made_again(page, before)
    assert page.made is not None
    assert not any("· utkast" in text for text in pages(page.made.data))
    assert all("· slutlig" in text for text in pages(page.made.data)[1:])


def test_a_place_that_says_no_is_told_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, bridge = desk
    heard = said(bridge)
    answer(monkeypatch, tmp_path / "finns inte" / "a.pdf")
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: heard)
    assert heard[0][0] == "trouble"
    assert "a.pdf" in heard[0][1]
    assert made.last_printed(queries.session(bridge.file).settings) == (0, "", "")


def test_the_session_file_is_never_written_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _, page, bridge = desk
    heard, before = said(bridge), bridge.file.path.read_bytes()[:100]
    form = replace(saving.FORMS[4], ending="behov")
    answer(monkeypatch, bridge.file.path)
    page.save(form)
    assert heard == [("quiet", f"{bridge.file.path.name} är själva verkstaden. Välj ett annat namn.")]
    assert bridge.file.path.read_bytes()[:100] == before


def test_every_form_in_the_menu_can_be_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, bridge = desk

    class Server:
        host, port, token = "192.168.1.20", 8080, "t" * 22

        def connected(self) -> int:
            return 0

    bridge.server = Server()
    heard = said(bridge)
    items = {a.text(): a for a in page.menu().actions()}
    for form in saving.FORMS:
        target = tmp_path / f"{form.key}.{form.ending}"
        answer(monkeypatch, target)
        heard.clear()
        items[language("sv")(form.name)].trigger()
        wait_for(lambda: heard)
        assert heard == [("quiet", f"Sparat: {target}")]
        assert READABLE[form.ending](target.read_bytes())


READABLE: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: len(PdfReader(io.BytesIO(data)).pages) > 0,
    "docx": lambda data: "word/document.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist(),
    "xlsx": lambda data: "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist(),
    "json": lambda data: json.loads(data)["schema"] == 1,
    "csv": lambda data: data.decode("utf-8-sig").count("\n") >= 55,
    "md": lambda data: data.decode().startswith("# Innovationsupphandling"),
}


def test_without_an_address_the_poster_waits(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page, bridge = desk
    heard = said(bridge)
    answer(monkeypatch, tmp_path / "affisch.pdf")
    page.save(next(f for f in saving.FORMS if f.key == "poster"))
    assert heard[0][0] == "quiet"
    assert not (tmp_path / "affisch.pdf").exists()


def test_ctrl_p_prints_the_pages_that_were_asked_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page, bridge = desk
    support = pytest.importorskip("PySide6.QtPrintSupport")
    target, heard = tmp_path / "skrivare.pdf", said(bridge)

    def choose(dialog: Any) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(support.QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(100)
        printer.setFromTo(2, 4)
        return int(support.QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(support.QPrintDialog, "exec", choose)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: heard)
    assert heard == [("quiet", "3 sidor är på väg till skrivaren.")]
    assert len(PdfReader(target).pages) == 3
    assert page.print_button.isEnabled()
    wait_for(lambda: made.last_printed(queries.session(bridge.file).settings)[0] == 1)


# Elsewhere -------------------------------------------------------------------------


def test_an_empty_workshop_has_a_summary_too(qt_app: Any, tmp_path: Path) -> None:
    look_like()
    bridge = bridge_on(session(tmp_path))
    _window, page = opened(bridge)
    assert page.made is not None
    assert page.account.title.text() == "Inga kort än"
    assert page.made.pages >= 2
    bridge.changed.disconnect(page.refresh)
    shut(bridge)


def test_in_the_cockpit_it_leads_to_the_step_where_something_is_owed(qt_app: Any, tmp_path: Path) -> None:
    look_like()
    bridge = bridge_on(sample(tmp_path, SAMPLE))
    cockpit = Cockpit(bridge, Show(bridge), Settings(), lambda **_values: None, "summary")
    cockpit.resize(1440, 900)
    cockpit.show()
    page: Any = cockpit.page
    wait_for(lambda: page.made is not None)
    settle(bridge)
    assert page.print_button.isVisible()
    assert page.save_button.isVisible()
    assert not cockpit.stage.next.isVisible()  # no way on from here but back to the room
    rows = [page.account.owed.itemAt(n).widget() for n in range(page.account.owed.count())]
    fill_in = next(r.button for r in rows if r.button is not None)
    assert fill_in.isVisible()
    QTest.mouseClick(fill_in, Qt.MouseButton.LeftButton)
    assert cockpit.page is not page
    assert cockpit.page is not None
    assert cockpit.page.step.kind == "route"
    cockpit.let_go()
    cockpit.hide()
    shut(bridge)


def test_no_switch_is_without_a_name(desk: Desk) -> None:
    _, page, _ = desk
    for part in page.choices.parts.values():
        assert part.tick.accessibleName() == part.name.text() != ""
    for button in (
        page.before,
        page.after,
        page.whole,
        page.print_button,
        page.save_button,
        page.more_button,
    ):
        assert button.accessibleName()
    assert page.choices.language.accessibleName()
    assert page.view.event(QEvent(QEvent.Type.None_)) is False


def test_words_of_a_card_are_blacked_out_from_the_page_before_it_is_printed(desk: Desk) -> None:
    _window, page, bridge = desk
    actions.do(bridge.file, actions.ask.type_card, text="Ring Eva Hemlig på 070-123 45 67")
    settle(bridge)
    card = max(queries.board(bridge.file).cards)

    def owed_line() -> account.OwedLine | None:
        rows = page.account.findChildren(account.OwedLine)
        return next((r for r in rows if r.line.card == card and r.button is not None), None)

    wait_for(lambda: owed_line() is not None, 30_000)
    row_ = page.account.persons
    QTest.keyClicks(row_.number, "99999")
    QTest.keyClick(row_.number, Qt.Key.Key_Return)
    assert "inget kort 99999" in row_.told.text() and row_.told.isVisible()
    row_.number.setText(str(card))
    QTest.keyClick(row_.number, Qt.Key.Key_Return)
    window = page.window().findChildren(BlackoutWindow)[0]
    assert window.card == card and not row_.told.isVisible()
    window.close()
    line = owed_line()
    assert line is not None and line.button is not None
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    window = next(w for w in page.window().findChildren(BlackoutWindow) if w.isVisible())
    window.texts[0].pick(5, 15)
    window.reasons.buttons()[0].setChecked(True)
    window.black_out()
    wait_for(lambda: "Hemlig" not in queries.board(bridge.file).cards[card].text)
    window.close()
    wait_for(
        lambda: page.made is not None and "Hemlig" not in "".join(pages(page.made.data)),
        30_000,
    )
