"""Every page of every format and sample: what is pressed or written in has a name, Tab comes there, nothing is cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from tests.desktop import helpers
from tests.desktop.test_shell_look import cut_off, visible
from tests.finished import SAMPLES, finished, invited
from workshop_app import actions, formats
from workshop_app.actions import session as session_actions
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.pages import APART
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, PlainLabel
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

pytestmark = pytest.mark.long
USED = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractSlider,
    QAbstractItemView,
)
MOST_STOPS = 400  # of Tab on one page
SMALLEST = 24  # pixels at 100 % that whatever is pressed measures at least, both ways
PADS = 40  # pixels around a button's words that may go before the words do


def session_of(name: str, folder: Path) -> SessionFile:
    """A sample played to its end, or an empty session of a format with a few things to look at."""
    if name in SAMPLES:
        return SessionFile.open(finished(name, folder / "sample.behov"))
    file = session_actions.create(
        folder / "format.behov",
        format_id=name,
        title="Boende för fler",
        question="Vad hindrar er?",
        roles=["Drift"],
    )
    invited(file)
    for title in ("Komma ut", "Komma in"):
        made = actions.do(file, actions.need.new_need, title=title)
        actions.do(
            file, actions.need.set_fields, need=made, who="äldre", function="komma ut", situation="på vintern"
        )
    if any(step.items == "paragraphs" for step in queries.format_of(file).steps):
        actions.do(
            file, actions.comment_round.set_draft, paragraphs=["Svar inom 30 minuter.", "Dygnet runt."]
        )
    asked = {
        f.name: f.choices[0].value if f.choices else "Drift"
        for f in queries.format_of(file).lobby.fields
        if f.required
    }
    for number in range(4):
        told = asked | {"role": "Drift", "organisation": f"Björkby {number}"}
        actions.do(
            file,
            actions.ask.join,
            by="phone",
            participant=f"p{number}",
            fields=told,
            language="sv",
            key=f"k{number}",
        )
    return file


def shown(window: main_window.MainWindow, file: SessionFile) -> Iterator[str]:
    """Every page, one after another, by its name."""
    steps = [s.id for s in queries.session(file).steps]
    for name in (*steps, *APART):
        if name in steps:
            try:
                actions.do(file, actions.agenda.go_to, step=name)
            except Refused:  # a dialogue has rules for its order
                window.cockpit.show_step(name)
        else:
            window.cockpit.show_step(name)
        for _ in range(2):
            helpers.settle(window.bridge)
        yield name


def used(window: QWidget) -> list[Any]:
    """What is pressed, chosen or written in."""
    found = [w for kind in USED for w in visible(window, kind)]
    return [w for w in found if not isinstance(w, QScrollBar) and not _is_inside(w)]


def _is_inside(widget: QWidget) -> bool:
    """Whether it is a part of a control that stands for it, as the line in a spin box or the head of a table."""
    at = widget.parentWidget()
    return isinstance(at, QComboBox | QAbstractSpinBox | QAbstractItemView) or widget.objectName().startswith(
        "qt_"
    )


def reached(window: QWidget) -> set[Any]:
    """Where Tab stops on its way round the window."""
    window.activateWindow()
    stops: set[Any] = set()
    for _ in range(MOST_STOPS):
        window.focusNextChild()
        focus = QApplication.focusWidget()
        if focus is None or focus in stops:
            break
        stops.add(focus)
    return stops


def named(widget: QWidget) -> str:
    """What a screen reader says of it."""
    words = getattr(widget, "text", str)() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


@pytest.mark.parametrize(
    ("name", "percent"),
    [(SAMPLES[0], 100), *((name, 200) for name in (*SAMPLES, *sorted(formats.formats())))],
)
def test_every_page(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, percent: int
) -> None:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    helpers.look_like("light", percent)
    settings = Settings()
    settings.put(language="sv", theme="light", percent=percent, calm=True)
    window, file = main_window.MainWindow(settings), session_of(name, tmp_path)
    window.open_file(file)
    window.resize(1366, 768)
    window.show()
    helpers.settle(window.bridge)
    found: list[str] = []
    looked = 0
    for page in shown(window, file):
        stops = reached(window)
        for one in {*used(window), *stops}:
            looked += 1
            told = f"{page}: {type(one).__name__} “{named(one)}” in {type(one.parentWidget()).__name__}"
            if not named(one).strip():
                found.append(f"no name, {told}")
            # of choices that exclude each other Tab stops at one, the arrows go to the rest
            if one.isEnabled() and one not in stops and not isinstance(one, QRadioButton):
                found.append(f"out of Tab's reach, {told}")
            if isinstance(one, QAbstractButton) and min(one.width(), one.height()) < look().px(SMALLEST):
                found.append(f"{one.width()} × {one.height()}, {told}")
        found += [
            f"markup, {page}: {w.text()}"
            for w in visible(window, QLabel)
            if w.textFormat() != Qt.TextFormat.PlainText
        ]
        found += [f"cut off, {page}: {one}" for one in cut_off(window)]
        for label in visible(window.cockpit.stage, PlainLabel):
            high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if label.text() and label.height() < high - 1:
                found.append(f"{label.height()} of {high} high, {page}: {label.text()[:60]}")
        found += [
            f"words cut, {page}: {b.accessibleName() or b.text()} {b.size()} {b.sizeHint()}"
            for b in visible(window, Button)
            if b.width() < b.sizeHint().width() - look().px(PADS) or b.height() < b.sizeHint().height() - 2
        ]
    helpers.end(window)
    helpers.look_like()
    print(f"{looked} controls looked at")
    assert looked > 100 and not found, "\n".join(found)
