"""The start page, a new workshop, opening and closing, and what is said when a file cannot be opened."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.desktop import helpers
from workshop_app import actions, formats
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.pages.new_session import NewSessionPage, file_stem
from workshop_app.desktop.pages.start import StartPage, debt
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.widgets import Pill
from workshop_app.i18n import language
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def window(qt_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[main_window.MainWindow]:
    """The window on the start page of a fresh computer."""
    helpers.look_like()
    monkeypatch.setattr(phones, "start_server", lambda bridge: None)
    one = main_window.MainWindow(Settings())
    one.show_start()
    one.resize(1366, 768)
    one.show()
    helpers.settle()
    yield one
    helpers.end(one)


def page(window: main_window.MainWindow) -> Any:
    return window.stack.currentWidget()


def test_every_format_is_offered_and_nothing_else(window: Any) -> None:
    offered = [c.accessibleName() for c in page(window).cards]
    assert sorted(offered) == sorted(f"Ny verkstad: {f.name.sv}" for f in formats.formats().values())
    assert offered[0] == "Ny verkstad: Behovsidentifiering"
    assert page(window).lead is None


def test_a_new_workshop_is_made_where_it_says(window: Any, own_home: Path) -> None:
    QTest.mouseClick(page(window).cards[0], Qt.MouseButton.LeftButton)
    helpers.settle()
    form = page(window)
    assert isinstance(form, NewSessionPage)
    QTest.keyClicks(form.title, "Torra golv")
    form.question.set_text("Vad gor det svart?")
    form.missing.set_text("lokalvårdare\n\nföräldrar")
    target = form.place()
    assert str(target) in form.place_words.text()
    QTest.mouseClick(form.go, Qt.MouseButton.LeftButton)
    helpers.settle(window.bridge)
    assert target.is_file()
    assert target.is_relative_to(own_home)
    assert window.bridge.file.path == target
    session = queries.session(window.bridge.file)
    assert (session.title, session.question) == ("Torra golv", "Vad gor det svart?")
    assert queries.room(window.bridge.file).missing == ("lokalvårdare", "föräldrar")
    assert window.windowTitle().startswith("Torra golv")


def test_without_a_title_the_page_asks_for_one_and_makes_nothing(window: Any, own_home: Path) -> None:
    window.show_new("needs_identification")
    helpers.settle()
    form = page(window)
    form.go.click()
    assert form.trouble.title.text()
    assert not list(own_home.rglob("*.behov"))


def test_an_open_workshop_comes_first_among_the_recent_with_its_debt(window: Any, tmp_path: Path) -> None:
    window.open_file(helpers.sample(tmp_path))
    title = queries.session(window.bridge.file).title
    window.show_start()
    helpers.settle()
    lead = page(window).lead
    assert lead.title.text() == title
    (row,) = page(window).rows
    assert title in row.accessibleName()
    QTest.mouseClick(lead.open, Qt.MouseButton.LeftButton)
    helpers.settle(window.bridge)
    assert window.bridge is not None


def test_a_sample_is_a_fresh_copy_each_time(window: Any, own_home: Path) -> None:
    QTest.mouseClick(page(window).samples[0], Qt.MouseButton.LeftButton)
    helpers.settle(window.bridge)
    first = window.bridge.file.path
    assert first.parent == own_home / "samples"
    window.show_start()
    helpers.settle()
    page(window).samples[0].click()
    helpers.settle(window.bridge)
    assert window.bridge.file.path != first
    assert first.is_file()


def test_a_file_that_is_not_ours_is_told_kindly_and_left_alone(window: Any, tmp_path: Path) -> None:
    strange = tmp_path / "brev.behov"
    strange.write_bytes(b"Hej, det har ar ett brev.")
    window.open_path(strange)
    helpers.settle()
    assert isinstance(page(window), StartPage)
    assert "brev.behov" in page(window).trouble.title.text()
    assert strange.read_bytes() == b"Hej, det har ar ett brev."


def test_a_file_that_another_holds_is_refused_with_a_sentence(window: Any, tmp_path: Path) -> None:
    with helpers.session(tmp_path) as other:
        window.open_path(other.path)
        helpers.settle()
        assert isinstance(page(window), StartPage)
        assert page(window).trouble.title.text()


def test_closing_leaves_a_whole_file_behind(window: Any, tmp_path: Path) -> None:
    window.open_file(helpers.session(tmp_path))
    path = window.bridge.file.path
    window.show_start()
    assert not path.with_name(path.name + "-wal").exists()
    copy = tmp_path / "copy.behov"
    shutil.copy(path, copy)
    with SessionFile.open(copy) as again:
        assert queries.session(again).title == "Boende för fler"


def test_the_cover_can_be_changed_and_undone(window: Any, tmp_path: Path) -> None:
    window.open_file(helpers.session(tmp_path))
    window.show_cover()
    form = page(window)
    assert form.title.text() == "Boende för fler"
    form.cover["place"].setText("Ekmåla")
    form.save()
    helpers.wait_for(lambda: queries.session(window.bridge.file).place == "Ekmåla")
    assert window.cockpit is not None
    window.bridge.undo()
    helpers.wait_for(lambda: queries.session(window.bridge.file).place == "Björkby")


def test_a_chain_stands_as_a_row_of_steps_on_the_start_page(window: Any, tmp_path: Path) -> None:
    window.open_file(helpers.session(tmp_path, date="2026-01-10"))
    first = window.bridge.file.path
    need = actions.do(window.bridge.file, actions.need.new_need, title="Torra golv")
    actions.do(window.bridge.file, actions.rfi.set_rfi, background="Golven är våta")
    window.show_cover()
    form = page(window)
    form.project.setText("Golv hela livet")
    form.stages.set_text("Ansökningar")
    form.save()
    assert form.trouble.isVisible(), "a stage needs its number; nothing is stored and nothing lost"
    assert form.stages.text() == "Ansökningar"
    form.stages.set_text("Ansökningar 21\nKvalificerade 5")
    form.save()
    helpers.wait_for(lambda: queries.project(window.bridge.file).stages)
    told = queries.project(window.bridge.file)
    assert (told.name, [s.count for s in told.stages]) == ("Golv hela livet", [21, 5])
    window.show_start()
    luggage = actions.carry.look(first)
    cover = {"format_id": "dialogue_meeting", "title": "Dialog om golv", "date": "2026-02-10"}
    later = actions.carry.create(tmp_path / "dialog.behov", luggage, needs=[need], **cover)
    window.open_file(later)
    window.show_start()
    start = page(window)
    assert start.chains.isVisible()
    names = [button.accessibleName() for button in start.chains.steps]
    assert [n.split(",")[0] for n in names] == ["Behovsidentifiering", "Dialogmöte"]
    assert all("Golv hela livet" in n for n in names)
    labels = start.chains.findChildren(QLabel) + start.chains.findChildren(Pill)
    shown = [label.text() for label in labels]
    assert "1 behov följde med" in shown
    assert "Informationsförfrågan" in shown
    start.chains.steps[0].setFocus()
    QTest.keyClick(start.chains.steps[0], Qt.Key.Key_Space)
    helpers.settle()
    assert window.bridge.file.path == first


def test_settings_that_cannot_be_read_stop_nothing(own_home: Path) -> None:
    (own_home / "desk.json").write_text("{ nonsense", encoding="utf-8")
    settings = Settings()
    assert settings.recent() == []
    settings.put(recent=[{"path": "/nowhere.behov"}, "nonsense"], percent="large", theme="light")
    assert settings.recent() == []
    assert settings.percent == 100


@pytest.mark.parametrize(
    ("title", "stem"),
    [("Torra golv", "2026-06-15-Torra-golv"), ("../../etc", "2026-06-15-etc"), ("", "2026-06-15")],
)
def test_a_title_becomes_a_harmless_file_name(title: str, stem: str) -> None:
    assert file_stem(title, "2026-06-15") == stem


def test_debt_is_said_in_words() -> None:
    lang = language("sv")
    assert debt({"needs": "10", "ownerless": "2"}, lang) == ("10 behov, 2 saknar ägare", "attn")
    assert debt({"needs": "3", "ownerless": "0"}, lang)[1] == "done"
    assert debt({}, lang) == ("", "plain")


def test_nothing_heavy_is_imported_before_the_window_is_up() -> None:
    code = (
        "import sys, workshop_app.desktop.app as app;"
        "heavy = 'numpy scipy reportlab aiohttp jinja2 sqlite_utils qrcode docx openpyxl pypdfium2'.split();"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_window_that_cannot_be_opened_says_so_in_words_and_ends_with_code_3(code: str) -> None:
    home = dict(os.environ) | {
        "QT_QPA_PLATFORM": "nowhere",
        "LC_ALL": f"{code}_SE.UTF-8",
        "QT_LOGGING_RULES": "",
    }
    command = [sys.executable, "-m", "workshop_app", "--sample", "nassjo_boende"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=home, timeout=60)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    words = {
        "sv": "Fönstret kan inte öppnas: Qt saknar en del",
        "en": "The window cannot be opened: Qt lacks",
    }
    assert done.stderr.startswith(words[code]) and "nowhere" in done.stderr
