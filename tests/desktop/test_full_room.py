"""What a full room costs the leader's window, counted in readings and widgets: never in time."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop import guard
from workshop_app.desktop.pages.read import PORTION, CardView
from workshop_app.desktop.widgets import ScrollColumn
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

ROLES = ("Upphandling", "Drift och fastighet", "Ledning")


class Heard(QObject):
    """Counts the events of each kind that reach any widget."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.counts: Counter[QEvent.Type] = Counter()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            self.counts[event.type()] += 1
        return False


@pytest.fixture
def heard(qt_app: Any) -> Iterator[Heard]:
    """An ear at every widget."""
    one = Heard(qt_app)
    yield one
    qt_app.removeEventFilter(one)
    one.deleteLater()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each statement that is read, with the name of the thread that reads it."""
    found: list[tuple[str, str]] = []
    select = SessionFile.select

    def counted(self: SessionFile, sql: str, *values: object) -> Any:
        found.append((threading.current_thread().name, sql))
        return select(self, sql, *values)

    monkeypatch.setattr(SessionFile, "select", counted)
    return found


def fill(desk: Any, people: int) -> None:
    """So many phones join in turn and send a card each, and the window has shown it: at one look, or at several."""
    page, file = desk.cockpit.page, desk.bridge.file
    wanted = int(page.received.value()) + people
    for n in range(people):
        phone = helpers.join(file, ROLES[n % len(ROLES)])
        helpers.send(file, "challenges", phone, text=f"Golvet är halt {wanted} {n}")
    helpers.wait_for(lambda: page.received.value() == str(wanted), 15_000)
    helpers.settle()


def test_what_phones_send_is_read_elsewhere_and_shown_by_the_widgets_there_are(
    desk: Any, heard: Heard, reads: list[tuple[str, str]]
) -> None:
    actions.do(desk.bridge.file, actions.agenda.go_to, step="challenges")
    helpers.settle(desk.bridge)
    fill(desk, 15)  # the list of the latest is full, the roles are known
    page, who = desk.cockpit.page, desk.cockpit.panel.who
    rows, lines = {page.list.itemAt(n).widget() for n in range(page.list.count())}, list(who.lines)
    reads.clear()
    heard.counts.clear()
    fill(desk, 40)
    assert "MainThread" not in {thread for thread, _sql in reads}, "it reads nothing of what phones send"
    ahead = [sql for thread, sql in reads if thread.startswith("desk-eyes")]
    looks = sum("AS received" in sql for sql in ahead)
    assert 0 < len(ahead) <= 30 * looks, "as many statements at each look, however many phones there are"
    assert heard.counts[QEvent.Type.Polish] == 0, "no widget is made for an answer"
    assert heard.counts[QEvent.Type.ToolTipChange] == 0, "what stands still is left alone"
    assert {page.list.itemAt(n).widget() for n in range(page.list.count())} == rows
    assert who.lines == lines and [line.dots.count for line in lines] == [19, 18, 18]
    shown = [page.list.itemAt(n).widget() for n in range(12)]
    assert [row.words.text()[-2:] for row in (shown[0], shown[11])] == ["39", "28"]
    after, here = [], shown[0].hide_button
    for _ in range(600):  # Tab goes from row to row as they stand
        after += [here] if here in [row.hide_button for row in shown] else []
        here = here.nextInFocusChain()
    assert after[:12] == [row.hide_button for row in shown]


def test_the_row_of_a_button_in_focus_is_never_given_another_answer(desk: Any) -> None:
    actions.do(desk.bridge.file, actions.agenda.go_to, step="challenges")
    helpers.settle(desk.bridge)
    fill(desk, 12)
    row = desk.cockpit.page.list.itemAt(11).widget()
    answer = row.answer
    row.hide_button.setFocus()
    fill(desk, 3)
    there = desk.cockpit.page.list
    assert row.answer == answer and row not in [there.itemAt(n).widget() for n in range(there.count())]


def test_the_cards_to_read_are_made_as_one_comes_to_them(desk: Any) -> None:
    file = desk.bridge.file
    actions.do(file, actions.agenda.go_to, step="challenges")
    phone = helpers.join(file, "Ledning")
    for n in range(2 * PORTION + 5):
        helpers.send(file, "challenges", phone, text=f"Golvet är halt {n}")
    actions.do(file, actions.agenda.go_to, step="read")
    helpers.settle(desk.bridge)
    page = desk.cockpit.page
    assert len(page.findChildren(CardView)) == PORTION and page.count.text() == "85 kort"
    bar = desk.cockpit.stage.findChild(ScrollColumn).verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return page.end.isHidden()

    helpers.wait_for(at_the_end)
    assert len(page.findChildren(CardView)) == 2 * PORTION + 5


def test_a_leader_is_shown_at_once_even_while_the_window_reads_elsewhere(desk: Any) -> None:
    bridge, goes_on, steps = desk.bridge, threading.Event(), []
    bridge.get(lambda _file: threading.current_thread().name == "MainThread" or goes_on.wait(10))
    bridge.changed.connect(lambda: steps.append(bridge.get(queries.session).now_step.position))
    helpers.join(bridge.file, "Ledning")
    bridge._poll.timeout.emit()  # has begun to read, and waits
    actions.do(bridge.file, actions.agenda.next_step)
    bridge._poll.timeout.emit()
    assert steps == [2] and bridge.get(queries.crowd).people == 1
    goes_on.set()
    helpers.wait_for(lambda: not bridge._looking)
    assert steps == [2], "what was read before the leader did it is not shown after it"


def test_vectors_of_new_cards_are_no_act_of_the_leader(desk: Any) -> None:
    file = desk.bridge.file
    before, version = file.frame(), file.data_version()
    actions.do(file, actions.suggest.keep_vectors, by="program", rows=[], model="m")
    actions.do(file, actions.ask.type_card, text="Golvet är halt")
    card = min(queries.board(file).cards)
    moved = file.frame()
    actions.do(file, actions.suggest.keep_vectors, by="program", rows=[(card, "h", b"00")], model="m")
    assert (before, moved) == (moved - 1, file.frame()) and file.data_version() != version
    assert card in queries.vectors(file, "m")
    assert file.undo().result() and not queries.board(file).cards, "what the program made stops no Ctrl+Z"


def test_work_in_the_background_opens_the_file_once_for_each_thread(qt_app: Any, tmp_path: Path) -> None:
    bridge = helpers.bridge_on(helpers.session(tmp_path))
    done: list[str] = []
    for _ in range(12):
        before = len(done)
        bridge.in_background(lambda: queries.session(bridge.file).title, done.append)
        helpers.wait_for(lambda before=before: len(done) > before)
    assert len(bridge.file._readers) <= 3
    helpers.shut(bridge)


def test_a_long_sweep_waits_until_the_program_is_at_rest(
    qt_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []
    used, new = [0.0], [800]
    monkeypatch.setattr(guard.time, "process_time", lambda: used[0])
    due = SimpleNamespace(
        get_count=lambda: (new[0], 20, 20),
        get_threshold=lambda: (700, 10, 10),
        collect=swept.append,
        disable=lambda: None,
        freeze=lambda: None,
    )
    monkeypatch.setattr(guard, "gc", due)
    sweeper = guard.Sweeper(qt_app)
    sweeper._timer.stop()
    for new[0], found in ((800, []), (guard.MOST * 700 + 1, [1]), (800, [1])):
        used[0] += 1  # a whole second of work since the last look
        sweeper.look()
        assert swept == found
    for _ in range(guard.REST + 1):
        sweeper.look()
    assert swept == [1, *[1] * (guard.REST - 1), 2, 2]
    sweeper.deleteLater()
