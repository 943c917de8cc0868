"""Building on an earlier workshop at the desk: the file is chosen, what comes along is ticked, the news are written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.actions import carry
from workshop_app.desktop import phones
from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.pages import lobby
from workshop_app.desktop.pages.register import RegisterPage
from workshop_app.desktop.settings import Settings
from workshop_app.store import queries

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A sample that was held before, one of its needs done since and a card parked."""
    with helpers.sample(tmp_path) as file:
        first = queries.needs(file)[0]
        actions.do(file, carry.note_happened, need=first.id, status="done")
        actions.do(file, actions.group.park, cards=[1], reason="Annan gång")
    return file.path


@pytest.fixture
def window(qt_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    helpers.look_like()
    monkeypatch.setattr(phones, "start_server", lambda bridge: None)
    made = MainWindow(Settings())
    made.resize(1366, 768)
    made.show()
    made.show_start()
    helpers.settle()
    yield made
    helpers.end(made)


def test_a_new_workshop_builds_on_an_earlier_one(
    window: Any, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_new(helpers.FORMAT)
    form = window.stack.currentWidget()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(earlier), ""))
    QTest.keyClick(form.luggage.choose, Qt.Key.Key_Space)
    box, had = form.luggage, carry.look(earlier)
    assert 1 not in box.needs and all(t.isChecked() for t in box.needs.values())
    assert form.missing.text().splitlines() == list(had.missing)
    last = max(box.needs)
    QTest.keyClick(box.needs[last], Qt.Key.Key_Space)
    QTest.keyClicks(form.title, "Andra gangen")
    QTest.mouseClick(form.go, LEFT)
    helpers.settle(window.bridge)
    file = window.bridge.file
    titles = [n.title for n in queries.needs(file)]
    assert titles == [n.title for n in had.needs if n.number != last]
    assert len(queries.carried_cards(file)) == len(had.parked) and queries.goals(file) == had.goals
    assert queries.balance(file).received == 0


def test_a_file_that_is_no_workshop_is_told_on_the_page(window: Any, tmp_path: Path) -> None:
    other = tmp_path / "x.behov"
    other.write_text("hej", encoding="utf-8")
    window.show_new(helpers.FORMAT)
    box = window.stack.currentWidget().luggage
    box.take(other)
    assert box.luggage is None and box.trouble.isVisibleTo(box) and not box.needs


def test_news_are_written_in_the_register_and_told_at_the_opening(
    qt_app: Any, earlier: Path, tmp_path: Path
) -> None:
    helpers.look_like()
    luggage = carry.look(earlier)
    file = carry.create(
        tmp_path / "later.behov", luggage, needs=luggage.proposed(), format_id=helpers.FORMAT, title="Igen"
    )
    bridge = helpers.bridge_on(file)
    page, first = RegisterPage(bridge), lobby.LobbyPage(bridge)
    page.resize(1200, 700)
    page.show()
    page.refresh()
    line = page.rows[queries.needs(file)[0].id]
    assert "Från " in line.before.text()
    line.news.setFocus()
    QTest.keyClick(line.news, Qt.Key.Key_Down)
    helpers.wait_for(lambda: (bridge.look(), queries.needs(file)[0].happened)[1])
    line.note.setText("Upphandlat i mars")
    line.note.editingFinished.emit()
    helpers.wait_for(lambda: (bridge.look(), len(queries.needs(file)[0].happened) == 2)[1])
    news = queries.needs(file)[0].happened[-1]
    assert (news.status, news.note) == ("done", "Upphandlat i mars")
    page.refresh()
    first.refresh()
    assert "klart 1" in first.changed_words.text() and first.since.isVisibleTo(first)
    assert line.note.accessibleName() and line.news.accessibleName() and line.date.accessibleName()
    order = [page.list.itemAt(i).widget() for i in range(page.list.count())]
    assert order[-1] is line
    page.keep()
    helpers.settle(bridge)
    assert len(queries.needs(file)[0].happened) == 2
    helpers.end(page)
    helpers.end(first)
    helpers.shut(bridge)


def test_the_register_is_saved_alone(
    qt_app: Any, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workshop_app.store.session_file import SessionFile

    bridge = helpers.bridge_on(SessionFile.open(earlier))
    page = RegisterPage(bridge)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "register"), ""))
    page.save()
    helpers.wait_for((tmp_path / "register.pdf").exists, 20_000)
    assert (tmp_path / "register.pdf").read_bytes().startswith(b"%PDF")
    helpers.end(page)
    helpers.shut(bridge)


def test_the_same_need_of_two_organisations_is_marked(qt_app: Any, earlier: Path, tmp_path: Path) -> None:
    helpers.look_like()
    other = tmp_path / "other.behov"
    luggage = carry.look(earlier)
    cover = {"format_id": helpers.FORMAT, "title": "B", "organisation": "Andra kommunen"}
    carry.create(other, luggage, needs=luggage.proposed(), **cover).close()
    bridge = helpers.bridge_on(actions.merge.merge([earlier, other], tmp_path / "both.behov"))
    page = RegisterPage(bridge)
    page.resize(1200, 700)
    page.show()
    page.refresh()
    helpers.wait_for(lambda: page.twins.pairs)
    twin, button = page.twins.pairs[0]
    QTest.keyClick(button, Qt.Key.Key_Space)
    helpers.wait_for(lambda: (bridge.look(), [n for n in queries.needs(bridge.file) if n.shared])[1])
    page.refresh()
    assert "Finns hos 2 organisationer" in page.rows[twin.need].before.text()
    helpers.wait_for(lambda: all(t.need != twin.need or t.other != twin.other for t, _ in page.twins.pairs))
    helpers.end(page)
    helpers.shut(bridge)
