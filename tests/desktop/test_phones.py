"""The phones on the desk: who says they are done, what lies unsent, and a phone that is muted without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.desktop import helpers
from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages.ask import AskPage
from workshop_app.desktop.pages.read import CardView, ReadPage
from workshop_app.desktop.phone_list import PhoneLines
from workshop_app.desktop.scenes import asking
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.top_bar import TopBar
from workshop_app.desktop.unite import UnitePhones
from workshop_app.store import queries


class Server:
    """A server that says what phones hold."""

    host, port = "10.0.0.7", 80

    def __init__(self, **unsent: int) -> None:
        self.held = unsent

    def connected(self) -> int:
        return 4

    def presence(self) -> dict[str, float]:
        return {}

    def unsent(self) -> dict[str, int]:
        return self.held


@pytest.fixture
def bridge(qt_app: object, tmp_path: Path) -> Iterator[Bridge]:
    made = helpers.bridge_on(helpers.session(tmp_path))
    yield made
    helpers.shut(made)


@pytest.fixture
def holder(bridge: Bridge) -> Iterator[QWidget]:
    """What the parts lie in, so that none of them is a window."""
    made = QWidget()
    yield made
    helpers.end(made)


def room_of(bridge: Bridge) -> list[str]:
    phones = [helpers.join(bridge.file, role) for role in ("Upphandling", "Ledning", "Ledning")]
    actions.do(bridge.file, actions.agenda.go_to, step="challenges")
    helpers.send(bridge.file, "challenges", phones[1], text="Halt golv")
    return phones


def test_the_signs_are_counted_in_the_panel_and_on_the_page(bridge: Bridge, holder: QWidget) -> None:
    phones = room_of(bridge)
    lines, page = PhoneLines(bridge, holder), AskPage(bridge)
    lines.refresh()
    assert lines.done.isHidden()
    for who in phones[:2]:
        actions.do(bridge.file, actions.own.sign, by="phone", participant=who, step="challenges", done=True)
    bridge.look()
    lines.refresh()
    page.setParent(holder)
    page.refresh()
    assert lines.done.text() == "2 av 3 är klara" and not lines.done.isHidden()
    assert page.done.value() == "2 av 3" and not page.done.isHidden()
    actions.do(
        bridge.file, actions.own.sign, by="phone", participant=phones[0], step="challenges", done=False
    )
    bridge.look()
    lines.refresh()
    assert lines.done.text() == "1 av 3 är klar"


def test_unsent_cards_are_amber_in_the_panel_and_the_bar(bridge: Bridge, holder: QWidget) -> None:
    room_of(bridge)
    lines, bar = PhoneLines(bridge, holder), TopBar(bridge, Settings(), lambda **_: None, holder)
    bridge.set_server(Server())
    lines.refresh()
    bar.refresh_phones()
    assert lines.warning.isHidden() and bar.phones.words.text() == "4 telefoner"
    helpers.join(bridge.file, "Drift")
    helpers.join(bridge.file, "Drift")
    bridge.look()
    bar.refresh_phones()
    assert bar.phones.words.text() == "4 av 5 telefoner"
    assert bar.phones.toolTip() == "5 är med. 4 telefoner har sidan öppen nu."
    bridge.set_server(Server(a=2, b=1))
    lines.refresh()
    bar.refresh_phones()
    assert lines.unsent.text() == "2 telefoner har kort som inte skickats (3 kort)"
    assert bar.phones.words.text() == "2 telefoner har kort som inte skickats"
    bridge.set_server(None)
    lines.refresh()
    assert lines.warning.isHidden()


def test_a_phone_is_muted_by_role_and_number_and_undo_lets_it_send(bridge: Bridge, holder: QWidget) -> None:
    phones = room_of(bridge)
    lines = PhoneLines(bridge, holder)
    first = lines.menu().actions()[0]
    assert [a.text() for a in lines.menu().actions()] == [
        "Ledning · 1 kort",
        "Ledning · 0 kort",
        "Upphandling · 0 kort",
    ]
    assert not any(who in a.text() for a in lines.menu().actions() for who in phones)
    first.trigger()
    helpers.wait_for(lambda: any(p.muted for p in queries.phones(bridge.file)))
    lines.refresh()
    assert lines.muted.text() == "1 tystad" and lines.menu().actions()[0].isChecked()
    bridge.undo()
    helpers.wait_for(lambda: not any(p.muted for p in queries.phones(bridge.file)))


def test_cards_wait_for_the_leader_and_are_not_on_the_projector(bridge: Bridge, holder: QWidget) -> None:
    page = ReadPage(bridge)
    page.setParent(holder)
    page.refresh()
    page.inbox.click()
    helpers.wait_for(lambda: queries.session(bridge.file).settings.get("inbox") == "1")
    phones = room_of(bridge)
    helpers.send(bridge.file, "challenges", phones[0], text="Smal dörr")
    page.refresh()
    assert page.inbox.isChecked() and page.waiting.text() == "2 kort väntar, syns bara här"
    assert asking.read_cards(bridge, "challenges").more == ((), 0)
    view = next(v for v in page.findChildren(CardView) if v.card.text == "Smal dörr")
    view.through.click()
    helpers.wait_for(lambda: sum(c.inbox for c in queries.board(bridge.file).loose) == 1)
    helpers.wait_for(
        lambda: [row[1] for row in asking.read_cards(bridge, "challenges").more[0]] == ["Smal dörr"]
    )
    page.refresh()
    assert not page.waiting.isHidden() and page.all_through.isHidden()


def test_two_phones_are_made_one_person_and_the_leader_hears_what_counts(
    bridge: Bridge, holder: QWidget
) -> None:
    room_of(bridge)
    first, _other, later = (p.id for p in queries.participants(bridge.file))
    actions.do(bridge.file, actions.agenda.go_to, step="ground")
    for phone in (first, later):
        helpers.send(bridge.file, "ground", phone, understood="yes")
    lines = PhoneLines(bridge, holder)
    lines.refresh()
    assert not lines.unite.isHidden() and lines.unite.isEnabled()
    window = UnitePhones(bridge, holder)
    code = invite.own_code(later, queries.session(bridge.file).token)
    assert f"{code[:3]} {code[3:]}" in window.now.itemText(window.now.findData(later))
    window.now.setCurrentIndex(window.now.findData(later))
    assert window.before.findData(later) < 0
    window.before.setCurrentIndex(window.before.findData(first))
    window.unite.click()
    helpers.wait_for(lambda: "det senaste svaret" in window.note.text())
    assert len(queries.participants(bridge.file)) == 3
    window.unite.click()
    helpers.wait_for(lambda: "en person nu" in window.note.text())
    assert queries.united(bridge.file) == {later: first} and window.now.findData(later) < 0
    assert queries.understood(bridge.file)["yes"] == 1
    bridge.set_server(Server())
    bridge.undo()
    helpers.wait_for(lambda: window.now.findData(later) >= 0)
