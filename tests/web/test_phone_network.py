"""A network that breaks: a real browser on a real, separate network; nothing is lost and everybody sees it."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import air, browser
from tests.web.air import SECOND, Air
from tests.web.browser import Browser, Tab
from workshop_app import actions
from workshop_app.actions import session as session_actions
from workshop_app.store import check as store_check
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

CARDS = "document.querySelectorAll('#own .got + *, #own .card .code').length"
WAITING = "!document.getElementById('waiting').hidden"
QUIET = "document.getElementById('waiting').hidden && !document.querySelector('#own .saved')"


@pytest.fixture
def torn(tmp_path: Path) -> Iterator[tuple[Air, Browser, Path]]:
    """A room with air in it, a browser on the phone's side, and a session at the step that takes cards."""
    path = tmp_path / "room.behov"
    cover = {"title": "Verkstad", "place": "Nässjö", "question": "Vad hindrar er?", "roles": ["Drift"]}
    file = session_actions.create(path, format_id="needs_identification", **cover)
    actions.do(file, actions.agenda.go_to, step="challenges")
    file.close()
    browser.chromium()
    with air.room() as made, browser.running(tmp_path / "profile", made.inside(made.phone)) as phones:
        yield made, phones, path


def join(tab: Tab, url: str, then: str = "form[data-send=card]") -> None:
    tab.open(url)
    tab.click("label[for=role-1]")
    tab.click("#organisation")
    tab.type("Nässjö")
    tab.click("label[for=relation-1]")
    tab.click(".primary")
    tab.wait(f"!!document.querySelector('{then}')")


def write(tab: Tab, text: str) -> None:
    tab.click("#text")
    tab.type(text)


def send(tab: Tab) -> None:
    tab.click("form[data-send=card] .primary")


def stored(path: Path) -> list[str]:
    with SessionFile.open(path, "test") as file:
        return sorted(a.text for a in queries.answers(file, "challenges"))


def beside(phones: Browser, tab: Tab, before: list[str]) -> Tab:
    """The page that opened beside."""
    until = time.monotonic() + browser.PATIENCE
    while time.monotonic() < until:
        new = [t for t in phones.pages(tab.context) if t not in before]
        if new:
            return phones.attach(new[0], tab.context)
        phones.listen(0.05)
    raise AssertionError("no page opened")


def tear(torn: tuple[Air, Browser, Path], trials: int) -> None:
    made, phones, path = torn
    chance, sent = random.Random(1), []
    with air.serve(made, path) as server:
        tab = phones.phone()
        join(tab, server.wait_for(lambda line: "url" in line)["url"])
        for n in range(trials):
            sent.append(f"Kort nummer {n}")
            write(tab, sent[-1])
            send(tab)
            phones.listen(chance.random() * 0.03)
            made.drop()
            phones.listen(chance.random() * 0.5)
            made.restore()
            tab.wait(f"{QUIET} && document.querySelectorAll('#own .card').length === {n + 1}", 60)
    assert stored(path) == sorted(sent)


def test_wifi_lost_in_mid_post_loses_nothing_and_doubles_nothing(torn: tuple[Air, Browser, Path]) -> None:
    tear(torn, 3)


@pytest.mark.long
def test_fifty_times(torn: tuple[Air, Browser, Path]) -> None:
    tear(torn, 50)


def test_another_address_is_seen_everywhere_and_the_open_page_goes_on_there(
    torn: tuple[Air, Browser, Path],
) -> None:
    made, phones, path = torn
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        first = desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"]
        join(tab, first)
        write(tab, "Redan mottaget")
        send(tab)
        tab.wait(QUIET + " && !!document.querySelector('#own .got')")
        write(tab, "Skrivet när nätet gick")
        torn_at = time.time()
        made.address("del", air.FIRST)
        made.address("add", SECOND)
        moved = desk.wait_for(lambda line: line.get("network") == "moved")
        print(f"noticed after {moved['at'] - torn_at:.1f} s")
        assert moved["url"].split("/")[-2] == first.split("/")[-2] and SECOND in moved["url"]
        assert SECOND in moved["desk"] and "Adressen har ändrats" in moved["desk"]
        assert SECOND in moved["projector"] and "Adressen har ändrats" in moved["projector"]
        send(tab)
        write(tab, "Ett utkast")
        tab.see("Ingen kontakt med datorn.", 40)
        tab.see("Står det en ny adress på skärmen?", 40)
        before = phones.pages(tab.context)
        tab.click("#away-address")
        tab.type(SECOND)  # the port may be left out
        tab.click("#away-form button")
        new = beside(phones, tab, before)
        new.see("Skrivet när nätet gick")
        new.wait(QUIET + " && document.querySelectorAll('#own .got').length === 2")
        assert new.js("document.getElementById('text').value") == "Ett utkast"
        assert new.js("location.hash + location.search") == ""
        tab.see("Dina texter har följt med.")
        assert tab.js("Object.keys(localStorage).length") == 0
        desk.tell("close")
        desk.process.wait(20)
    assert stored(path) == ["Redan mottaget", "Skrivet när nätet gick"]
    with SessionFile.open(path, "test") as file:
        (me,) = queries.participants(file)
        assert {a.participant for a in queries.answers(file, "challenges")} == {me.id}


def sorts(path: Path, cards: int) -> None:
    """The room sorts; who joins now is a late phone and is dealt cards."""
    with SessionFile.open(path, "test") as file:
        for n in range(1, cards + 1):
            actions.do(file, actions.ask.type_card, text=f"Kort {n}")
        actions.do(file, actions.agenda.go_to, step="groups")
        told = {"role": "Drift", "organisation": "Nässjö", "relation": "purchase"}
        actions.do(file, actions.ask.join, participant="p1", fields=told, language="sv", key="k1", by="phone")
        hands = {"p1": tuple(range(1, cards + 1))}
        actions.do(file, actions.sort.start, hands=hands, hand=cards, seconds=300)


def test_cards_placed_while_the_address_changed_come_along_and_count_once(
    torn: tuple[Air, Browser, Path],
) -> None:
    made, phones, path = torn
    sorts(path, 6)
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        url = desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"]
        join(tab, url, "#sort")
        place(tab, "new", 2)
        tab.wait("JSON.parse(localStorage[document.body.dataset.home + 'sorting']).length === 0")
        made.address("del", air.FIRST)
        made.address("add", SECOND)
        desk.wait_for(lambda line: line.get("network") == "moved")
        place(tab, "dk", 3)
        place(tab, "new", 4)
        tab.see("2 kort är sparade på telefonen", 40)
        tab.see("Står det en ny adress på skärmen?", 40)
        before = phones.pages(tab.context)
        tab.click("#away-address")
        tab.type(SECOND)
        tab.click("#away-form button")
        new = beside(phones, tab, before)
        new.wait("document.title === 'Kort 4 av 6'")
        new.wait("JSON.parse(localStorage[document.body.dataset.home + 'sorting']).length === 0")
        tab.see("Dina texter har följt med.")
        assert tab.js("localStorage[document.body.dataset.home + 'sorting'] || ''") == ""
        place(new, "dk", 5)
        new.wait("JSON.parse(localStorage[document.body.dataset.home + 'sorting']).length === 0")
        desk.tell("close")
        desk.process.wait(20)
    with SessionFile.open(path, "test") as file:
        (mine,) = [h for h in queries.sorting(file).hands if h.participant != "p1"]
    assert [heap == card for card, heap in mine.placed] == [True, False, True, False]
    assert mine.turn == 4 and not store_check.findings(path)


def place(tab: Tab, put: str, then: int) -> None:
    """Presses "new heap" or "I don't know", and the next card is there."""
    tab.js(
        "new Promise(function (yes) { setTimeout(yes, 320); })"
    )  # as long as no button answers after a tap
    tab.click(f"#sort .two [value={put}]")
    tab.wait(f"document.title === 'Kort {then} av 6'")


def test_one_tap_where_the_page_heard_of_the_other_address_in_time(torn: tuple[Air, Browser, Path]) -> None:
    made, phones, path = torn
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        join(tab, desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"])
        write(tab, "Ett utkast")
        made.address("add", SECOND)
        # the leader moves over to it: the page is told while it still has contact
        desk.tell(f"host {SECOND}")
        tab.see("Adressen har ändrats.")
        assert not tab.js(WAITING)
        before = phones.pages(tab.context)
        tab.click("#away-known button")
        new = beside(phones, tab, before)
        new.wait("document.getElementById('text').value === 'Ett utkast'")
        tab.see("Dina texter har följt med.")
        send(new)
        new.wait(QUIET + " && !!document.querySelector('#own .got')")
        desk.tell("close")
        desk.process.wait(20)
    assert stored(path) == ["Ett utkast"]


def test_who_scans_the_new_code_comes_back_by_the_own_code(torn: tuple[Air, Browser, Path]) -> None:
    made, phones, path = torn
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        join(tab, desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"])
        write(tab, "Skickat från den gamla adressen")
        send(tab)
        tab.wait(QUIET + " && !!document.querySelector('#own .got')")
        code = tab.js("document.querySelector('#own-code .code').textContent")
        made.address("del", air.FIRST)
        made.address("add", SECOND)
        url = desk.wait_for(lambda line: line.get("network") == "moved")["url"]
        new = phones.tab(
            tab.context
        )  # what the camera opens: the same browser, at an address it has never seen
        new.size(390, 844)
        new.open(url)
        new.see("Var du redan med?")
        new.click(".more summary")
        new.click("#back")
        new.type(code.lower())
        new.click("#back-form button")
        new.see("Skickat från den gamla adressen")
        assert new.js("document.querySelector('#own-code .code').textContent") == code
        write(new, "Skickat från den nya")
        send(new)
        new.wait(QUIET + " && document.querySelectorAll('#own .got').length === 2")
        desk.tell("close")
        desk.process.wait(20)
    with SessionFile.open(path, "test") as file:
        (me,) = queries.participants(file)
        assert {a.participant for a in queries.answers(file, "challenges")} == {me.id}


@pytest.mark.long
def test_a_page_whose_address_died_offers_the_others_that_it_was_told_of(
    torn: tuple[Air, Browser, Path],
) -> None:
    made, phones, path = torn
    made.address("add", SECOND)
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        join(tab, desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"])
        write(tab, "Ett utkast")
        made.address("del", air.FIRST)
        desk.wait_for(lambda line: line.get("network") == "moved")
        tab.see(f"Gå vidare på {SECOND}", 40)
        before = phones.pages(tab.context)
        tab.click("#away-known button")
        new = beside(phones, tab, before)
        new.wait("document.getElementById('text').value === 'Ett utkast'")
        desk.tell("close")
        desk.process.wait(20)


def test_no_network_for_a_while_is_said_and_the_same_address_comes_back(
    torn: tuple[Air, Browser, Path],
) -> None:
    made, phones, path = torn
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab = phones.phone()
        join(tab, desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"])
        made.address("del", air.FIRST)
        gone = desk.wait_for(lambda line: line.get("network") == "away")
        assert "inget nät" in gone["desk"] and "Nätet är borta en stund" in gone["projector"]
        write(tab, "Skrivet utan nät")
        send(tab)
        tab.see("Sparat på telefonen")
        made.address("add", air.FIRST)
        desk.wait_for(lambda line: line.get("network") == "" and line["at"] > gone["at"])
        tab.wait(QUIET + " && !!document.querySelector('#own .got')", 60)
        desk.tell("close")
        desk.process.wait(20)
    assert stored(path) == ["Skrivet utan nät"]


def test_a_server_without_a_screen_goes_on_at_the_other_address(torn: tuple[Air, Browser, Path]) -> None:
    made, phones, path = torn
    with air.serve(made, path) as server:
        first = server.wait_for(lambda line: "url" in line)
        tab = phones.phone()
        join(tab, first["url"])
        write(tab, "Skickat från den gamla adressen")
        send(tab)
        tab.wait(QUIET + " && !!document.querySelector('#own .got')")
        made.address("del", air.FIRST)
        made.address("add", SECOND)
        moved = server.wait_for(lambda line: SECOND in line["url"])
        assert moved == {**first, "url": first["url"].replace(air.FIRST, SECOND)}, "the same but for where"
        new = phones.phone()
        join(new, moved["url"])
        write(new, "Skickat till den nya")
        send(new)
        new.wait(QUIET + " && !!document.querySelector('#own .got')")
    assert stored(path) == ["Skickat från den gamla adressen", "Skickat till den nya"]
    assert not Path(f"{path}-wal").exists()


def test_the_server_goes_away_and_comes_back(torn: tuple[Air, Browser, Path]) -> None:
    made, phones, path = torn
    tab = phones.phone()
    with air.serve(made, path) as server:
        join(tab, server.wait_for(lambda line: "url" in line)["url"])
        write(tab, "Ett utkast")
    tab.see("Datorn har stängt sidan.")
    send(tab)
    tab.see("Ett kort är sparat på telefonen")
    with air.serve(made, path) as server:
        server.wait_for(lambda line: "url" in line)
        tab.wait(QUIET + " && !!document.querySelector('#own .got')", 40)
    assert stored(path) == ["Ett utkast"]


def test_a_phone_that_wakes_after_an_hour_is_right_at_once(torn: tuple[Air, Browser, Path]) -> None:
    made, phones, path = torn
    with air.program(made, "-m", "tests.web.a_desk", str(path)) as desk:
        tab, idle = phones.phone(), phones.phone()
        url = desk.wait_for(lambda line: "10.99.0.10" in line.get("url", ""))["url"]
        join(tab, url)
        join(idle, url)
        write(tab, "Halvskrivet")
        for one in (tab, idle):
            sleep(one)
        made.silence()
        desk.tell("go read")
        desk.wait_for(lambda line: "Läs" in line["projector"] or "kort" in line["projector"])
        made.speak(forget=True)  # what was open is dead and the phone cannot know it, as in a pocket
        for one, told in ((tab, "Ni har gått vidare till steg 5."), (idle, "Steg 5 av 12")):
            began = time.monotonic()
            wake(one)
            one.see(told)
            print(f"right after {time.monotonic() - began:.2f} s")
        assert tab.js("document.getElementById('text').value") == "Halvskrivet"
        desk.tell("go break")  # and it goes on following
        idle.see("Steg 6 av 12")
        desk.tell("close")
        desk.process.wait(20)


def sleep(tab: Tab) -> None:
    """The page is hidden, and its clock stands still."""
    tab.js(SHOWN.format(hidden="true"))
    tab.call("Page.setWebLifecycleState", state="frozen")


def wake(tab: Tab) -> None:
    """The page is shown again."""
    tab.call("Page.setWebLifecycleState", state="active")
    tab.js(SHOWN.format(hidden="false"))


SHOWN = (
    "Object.defineProperty(document, 'hidden', {{configurable: true, value: {hidden}}});"
    "document.dispatchEvent(new Event('visibilitychange'))"
)
