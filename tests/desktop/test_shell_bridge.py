"""The seam: results and refusals come home, changes are told, the phones' server starts and stops with the session."""

import contextlib
import gc
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop import guard, phones
from workshop_app.model.trouble import RoomTrouble
from workshop_app.store import queries


@pytest.fixture
def bridge(qt_app: Any, tmp_path: Path) -> Any:
    """A bridge on a new session."""
    one = helpers.bridge_on(helpers.session(tmp_path))
    yield one
    helpers.shut(one)


@pytest.fixture
def told(bridge: Any) -> list[tuple[str, str]]:
    """Everything the bridge says."""
    said: list[tuple[str, str]] = []
    bridge.said.connect(lambda kind, text: said.append((kind, text)))
    return said


def test_a_result_comes_back_in_the_gui_thread_after_the_commit(bridge: Any, told: list[Any]) -> None:
    got: list[Any] = []

    def then(receipt: Any) -> None:
        got.append((receipt.card, QThread.currentThread().isMainThread()))
        got.append(len(bridge.get(queries.board).cards))

    bridge.do(actions.ask.type_card, then, text="Ett kort")
    helpers.wait_for(lambda: got)
    assert got == [(1, True), 1]
    assert told == [("undo", bridge.lang(actions.ask.type_card.label))]


def test_a_refusal_is_said_quietly_and_changes_nothing(bridge: Any, told: list[Any]) -> None:
    bridge.do(actions.ask.type_card, lambda _: pytest.fail("it was refused"), text="   ")
    helpers.wait_for(lambda: told)
    assert told[0][0] == "quiet"
    assert not bridge.get(queries.board).cards


def test_a_phone_is_noticed_without_any_wiring(bridge: Any) -> None:
    changes: list[int] = []
    bridge.changed.connect(lambda: changes.append(1))
    assert bridge.get(queries.room).participants == ()
    helpers.join(bridge.file, "Ledning")
    helpers.wait_for(lambda: changes)
    assert len(bridge.get(queries.room).participants) == 1


def test_what_phones_send_shows_at_the_next_look_and_what_the_leader_does_at_once(bridge: Any) -> None:
    assert bridge.get(queries.crowd).people == 0
    helpers.join(bridge.file, "Ledning")
    assert bridge.get(queries.crowd).people == 0, "one page reads one moment"
    bridge.look()
    assert bridge.get(queries.crowd).people == 1
    helpers.join(bridge.file, "Ledning")
    actions.do(bridge.file, actions.agenda.next_step)
    assert bridge.get(queries.session).now_step.position == 2 and bridge.get(queries.crowd).people == 2


def test_showing_what_phones_send_leaves_time_for_the_leader(bridge: Any) -> None:
    """After much drawing the timer waits; a leader's action never does."""
    changes: list[int] = []
    bridge.changed.connect(lambda: changes.append(1))
    bridge._rest = bridge._rest + 1e9
    helpers.join(bridge.file, "Ledning")
    bridge._poll.timeout.emit()
    assert changes == []
    actions.do(bridge.file, actions.agenda.next_step)
    bridge._poll.timeout.emit()
    assert changes == [1]


def test_undo_and_redo_say_what_they_did(bridge: Any, told: list[Any]) -> None:
    bridge.do(actions.ask.type_card, text="Ett kort")
    helpers.wait_for(lambda: told)
    bridge.undo()
    helpers.wait_for(lambda: len(told) == 2)
    bridge.redo()
    helpers.wait_for(lambda: len(told) == 3)
    label = bridge.lang(actions.ask.type_card.label)
    assert [text for _, text in told] == [label, f"Ångrat: {label}", f"Gjort igen: {label}"]
    bridge.redo()
    helpers.wait_for(lambda: len(told) == 4)
    assert told[3] == ("quiet", "Det finns inget att göra om.")


def test_background_work_answers_here_and_its_trouble_is_told(bridge: Any, told: list[Any]) -> None:
    answers: list[int] = []
    bridge.in_background(lambda: 41 + 1, answers.append)
    helpers.wait_for(lambda: answers == [42])

    def fails() -> None:
        raise RoomTrouble("The folder {folder} cannot be used.", folder="/x")

    bridge.in_background(fails, answers.append)
    helpers.wait_for(lambda: told)
    assert told[0][0] == "trouble"
    assert "/x" in told[0][1]


def test_our_own_fault_is_told_without_what_anybody_wrote(bridge: Any, told: list[Any]) -> None:
    def fails() -> None:
        raise ValueError("Gamla hus utan hiss")

    bridge.in_background(fails, lambda _: None)
    helpers.wait_for(lambda: told)
    assert "Gamla hus" not in told[0][1]


def test_the_phones_page_starts_with_the_session_and_ends_with_it(bridge: Any) -> None:
    phones.start_server(bridge, "127.0.0.1")
    helpers.wait_for(lambda: bridge.server is not None, 15_000)
    server = bridge.server
    with urllib.request.urlopen(server.url, timeout=10) as answer:
        assert answer.status == 200
    helpers.wait_for(lambda: queries.session(bridge.file).port == server.port)
    bridge.servers.pop().stop()
    with pytest.raises(OSError):
        urllib.request.urlopen(server.url, timeout=2)


def test_a_server_that_cannot_start_is_told_and_nothing_else_stops(
    bridge: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise RoomTrouble("The port {port} is taken.", port=1)

    monkeypatch.setattr("workshop_app.web.server.start", refuse)
    phones.start_server(bridge)
    helpers.wait_for(lambda: bridge.server_trouble)
    assert "1" in bridge.server_trouble
    bridge.do(actions.ask.type_card, text="Ett kort")
    helpers.wait_for(lambda: queries.board(bridge.file).cards)


def test_the_page_moves_when_its_address_has_gone(bridge: Any, told: list[Any], monkeypatch: Any) -> None:
    moved: list[str] = []
    monkeypatch.setattr(phones, "start_server", lambda bridge: moved.append("again"))
    learnt: list[list[str]] = []
    bridge.set_server(SimpleNamespace(host="10.0.0.7", port=1, learn=learnt.append))
    watch = phones.AddressWatch(bridge)
    for in_room in (["10.0.0.7"], ["10.0.0.7"], ["10.0.0.7", "10.0.0.8"]):
        watch.found([*in_room, "127.0.0.1"], in_room)
    assert not moved and learnt == [["10.0.0.7"], ["10.0.0.7", "10.0.0.8"]]
    watch.found(["10.0.0.9", "127.0.0.1"], ["10.0.0.9"])
    assert moved == ["again"]
    assert told[-1][0] == "quiet"
    bridge.set_server(SimpleNamespace(host="127.0.0.1", port=1))
    watch.found(["10.0.0.9", "127.0.0.1"], ["10.0.0.9"])
    assert moved == ["again", "again"]


def test_without_any_network_the_page_stays_and_all_screens_say_so(desk: Any, monkeypatch: Any) -> None:
    moved: list[str] = []
    monkeypatch.setattr(phones, "start_server", lambda bridge: moved.append("again"))
    bridge, line, show = desk.bridge, desk.cockpit.network, desk.show_
    helpers.join(bridge.file, "Drift")
    bridge.set_server(Reached("10.0.0.7"))
    watch = phones.AddressWatch(bridge)
    assert line.isHidden()
    # an adapter of the computer's own is no way to a phone
    watch.found(["172.17.0.1", "127.0.0.1"], [])
    assert not moved and not line.isHidden() and "inget nät" in line.words.text()
    assert "Nätet är borta en stund." in show.words() and line.done.isHidden()
    watch.found(["10.0.0.7", "127.0.0.1"], ["10.0.0.7"])
    assert moved == ["again"] and line.isHidden() and "Nätet" not in show.words()


def test_a_new_address_is_told_until_the_leader_takes_it_away(desk: Any) -> None:
    bridge, line, show = desk.bridge, desk.cockpit.network, desk.show_
    bridge.set_server(Reached("127.0.0.1"))
    bridge.set_server(Reached("10.0.0.7"))
    assert line.isHidden()  # nobody could have come in before
    show.toggle_frozen()
    still = show.picture(640, 360)
    bridge.set_server(Reached("10.0.0.7"))
    assert line.isHidden() and show.picture(640, 360) == still
    bridge.set_server(None)
    bridge.set_server(Reached("10.0.0.9"))
    assert "10.0.0.9:8080" in line.words.text() and "10.0.0.9:8080" in show.words()
    assert show.picture(640, 360) != still  # over a frozen picture too
    line.show_codes.click()
    assert show.scene() == "join"
    line.done.click()
    assert line.isHidden() and "Adressen" not in show.words()


class Reached:
    """A server at an address."""

    port, token = 8080, "x" * 22

    def __init__(self, host: str) -> None:
        self.host = host

    def connected(self) -> int:
        return 0

    def presence(self) -> dict[str, float]:
        return {}

    def learn(self, addresses: list[str]) -> None:
        self.others = addresses

    def stop(self) -> None:
        pass


def test_a_step_change_leaves_a_backup(desk: Any) -> None:
    desk.bridge.do(actions.agenda.next_step)
    folder = desk.bridge.file.path.parent
    helpers.wait_for(lambda: [p for p in folder.rglob("*") if "step" in p.name and p.is_file()])


def test_a_backup_is_made_when_something_has_changed_and_only_then(desk: Any) -> None:
    file = desk.bridge.file
    before = len(file.backups.all())
    desk.bridge.copy_if_changed()
    actions.do(file, actions.session.set_cover, place="Ekby")
    desk.bridge.copy_if_changed()
    helpers.wait_for(lambda: len(file.backups.all()) == before + 1)
    desk.bridge.copy_if_changed()
    helpers.settle(desk.bridge)
    assert [p.name.endswith("-time.behov") for p in file.backups.all()].count(True) == 1


def test_a_fault_in_a_qt_override_does_not_end_the_program(qt_app: Any, caplog: Any) -> None:
    class Faulty(QWidget):
        def sizeHint(self) -> Any:
            nothing: Any = None
            return nothing()  # raised in C: without the guard PySide ends the process here

    widget = Faulty()
    with contextlib.suppress(TypeError):
        widget.adjustSize()
    assert "TypeError" in caplog.text


def test_phones_that_fall_silent_turn_the_top_bar_amber(desk: Any) -> None:
    heard = {"a": 0.0, "b": 3.0, "c": 500.0}
    server = SimpleNamespace(
        host="127.0.0.1", port=80, token="t", connected=lambda: 2, presence=lambda: heard, stop=lambda: None
    )
    desk.bridge.set_server(server)
    assert desk.cockpit.top.phones.words.text() == "1 av 3 telefoner svarar inte"
    heard["c"] = 0.0
    desk.cockpit.top.refresh_phones()
    assert desk.cockpit.top.phones.words.text() == "2 telefoner"


def test_garbage_is_collected_on_the_gui_thread_alone(qt_app: Any) -> None:
    helpers.look_like()
    assert not gc.isenabled()
    gc.collect()  # what other tests have left would wait for rest
    ring: list[Any] = []
    ring.append(ring)
    for _ in range(gc.get_threshold()[0] + 1):
        ring.append([])
    before = gc.get_count()[0]
    sweeper = qt_app.findChild(guard.Sweeper)
    assert sweeper is not None
    sweeper.sweep()
    assert gc.get_count()[0] < before
