"""The page in a real browser: what the script adds, and the phone that has none; two tabs, double taps, keys alone."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web import browser
from tests.web.browser import Browser, Tab
from tests.web.conftest import TheRoom, failed
from workshop_app import actions
from workshop_app.store import queries
from workshop_app.store.writer import Writer

QUIET = "document.getElementById('waiting').hidden && !document.querySelector('#own .saved')"
GOT = "document.querySelectorAll('#own .got').length"
TEXT = "document.getElementById('text').value"


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser.running(tmp_path_factory.mktemp("profile")) as made:
        yield made


def join(tab: Tab, room: TheRoom) -> Tab:
    tab.open(room.server.url)
    tab.click("label[for=role-1]")
    tab.click("#organisation")
    tab.type("Nässjö")
    tab.click("label[for=relation-1]")
    tab.click(".primary")
    tab.see("Du är med" if queries.session(room.file).current_step == "join" else "Steg")
    return tab


def write(tab: Tab, text: str) -> None:
    tab.click("#text")
    tab.type(text)


def send(tab: Tab) -> None:
    tab.click("form[data-send=card] .primary")


def texts(room: TheRoom) -> list[str]:
    return [a.text for a in room.stored("challenges")]


def test_a_double_tap_sends_once_and_a_reload_sends_nothing_again(room: TheRoom, phones: Browser) -> None:
    room.go("challenges")
    tab = join(phones.phone(), room)
    write(tab, "Hissen står")
    box = tab.js(
        "(function () { var r = document.querySelector('form[data-send=card] .primary').getBoundingClientRect();"
        "return {x: r.x + 20, y: r.y + 20}; })()"
    )
    for count in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            tab.call("Input.dispatchMouseEvent", type=kind, **box, button="left", clickCount=count)
    tab.wait(f"{QUIET} && {GOT} === 1")
    for _ in range(2):
        tab.open(tab.js("location.href"))
        tab.wait(f"{QUIET} && {GOT} === 1")
    assert texts(room) == ["Hissen står"]


def test_words_survive_reload_and_the_way_back(room: TheRoom, phones: Browser) -> None:
    room.go("challenges")
    tab = join(phones.phone(), room)
    write(tab, "Hissen står")
    send(tab)
    tab.wait(f"{QUIET} && {GOT} === 1")
    write(tab, "Halvskrivet\nmed en rad till")
    tab.open(tab.js("location.href"))
    assert tab.wait(TEXT) == "Halvskrivet\nmed en rad till"
    tab.click(".acts a")
    tab.see("Rätta kortet")
    tab.js("history.back()")
    tab.wait(f"{TEXT} === 'Halvskrivet\\nmed en rad till'")
    send(tab)
    tab.wait(f"{QUIET} && {GOT} === 2")
    assert texts(room)[-1] == "Halvskrivet\nmed en rad till"


def test_words_about_a_need_survive_a_reload_and_go_when_they_are_sent(
    room: TheRoom, phones: Browser
) -> None:
    for title in ("Komma ut", "Komma in"):
        room.need(title, who="äldre", function="komma ut")
    room.go("route")
    tab = join(phones.phone(), room)
    tab.click("main textarea")
    tab.type("Även på sommaren")
    tab.open(tab.js("location.href"))
    assert tab.wait("document.querySelector('main textarea').value") == "Även på sommaren"
    tab.click("label[for$='-1']")
    tab.click(".primary")
    tab.see("Behov 2 av 2")
    assert tab.js("document.querySelector('main textarea').value") == ""
    assert "draft" not in tab.js("Object.keys(localStorage).join()")


def test_two_tabs_share_what_waits_and_send_it_once(room: TheRoom, phones: Browser) -> None:
    room.go("challenges")
    one = join(phones.phone(), room)
    other = phones.tab(one.context)
    other.open(room.server.url)
    other.wait("!!document.getElementById('text')")
    for tab in (one, other):
        tab.network(False)
    write(one, "Från den ena")
    send(one)
    write(other, "Från den andra")
    send(other)
    other.see("2 kort är sparade på telefonen")
    one.see("Från den andra")
    for tab in (one, other):
        tab.network(True)
    for tab in (one, other):
        tab.wait(QUIET)
    assert sorted(texts(room)) == ["Från den andra", "Från den ena"]


def test_without_streams_the_page_asks_and_says_nothing_of_lost_contact(
    room: TheRoom, phones: Browser
) -> None:
    tab = phones.phone()
    tab.call("Network.setBlockedURLs", urls=["*events?unsent=*"])
    join(tab, room)
    tab.js(
        "window.lost = 0; new MutationObserver(function () { window.lost += !document.getElementById('lost').hidden; })"
        ".observe(document.getElementById('lost'), {attributes: true})"
    )
    for step, words in (("ground", "Steg 2 av 12"), ("challenges", "Steg 4 av 12")):
        room.go(step)
        tab.see(words)
    assert tab.js("window.lost") == 0
    assert room.server.connected() == 1


def test_a_page_that_was_put_aside_follows_again(room: TheRoom, phones: Browser) -> None:
    tab = join(phones.phone(), room)
    tab.js("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    room.go("ground")
    tab.js("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    tab.see("Steg 2 av 12", 3)
    room.go("for_whom")
    tab.see("Steg 3 av 12", 3)


def test_a_computer_that_cannot_store_is_told_apart_from_a_lost_network(
    room: TheRoom, phones: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.go("challenges")
    tab = join(phones.phone(), room)
    with monkeypatch.context() as full:
        full.setattr(Writer, "_all", failed(sqlite3.OperationalError("database or disk is full")))
        write(tab, "Hissen står")
        send(tab)
        tab.see("Datorn kan inte ta emot just nu.")
        assert "Sparat på telefonen" in tab.text() and "Ingen kontakt" not in tab.text()
        assert "kvitto" not in tab.text(), (
            "a receipt of before would be taken for that of the card that waits"
        )
    tab.wait(f"{QUIET} && {GOT} === 1")
    assert texts(room) == ["Hissen står"]


def test_emoji_and_pasted_lines_are_counted_as_the_computer_counts(room: TheRoom, phones: Browser) -> None:
    room.go("challenges")
    tab = join(phones.phone(), room)
    write(tab, "😀" * 278 + "\nå")
    assert tab.js("document.getElementById('text-count').textContent") == "280 av 280"
    send(tab)
    tab.wait(f"{QUIET} && {GOT} === 1")
    tab.js("document.getElementById('text').focus()")
    tab.type("👩‍👩‍👧👍🏿🇸🇪å🏴󠁧󠁢󠁥󠁮󠁧󠁿x")
    assert tab.js("document.getElementById('text-count').textContent") == "6 av 280"
    tab.js("document.getElementById('text').value = ''")
    write(tab, "😀" * 281)
    assert tab.js("document.getElementById('text-count').textContent") == "1 tecken för mycket"
    send(tab)
    tab.see("tecken för mycket")
    tab.wait(f"{TEXT}.length === 562")
    assert len(texts(room)) == 1 and len(texts(room)[0]) == 280


def test_without_cookies_the_phone_goes_on_without_a_role(room: TheRoom, tmp_path: Path) -> None:
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(blocked), encoding="utf-8")
    room.go("challenges")
    with browser.running(profile.parent) as phones:
        for script in (True, False):
            # the profile's own page, not one of a private window
            tab = phones.own() if script else phones.own(script=False)
            tab.open(room.server.url)
            tab.js("window.fresh = 1")
            tab.click("label[for=role-1]")
            tab.click("#organisation")
            tab.type("Nässjö")
            tab.click("label[for=relation-1]")
            tab.click(".primary")
            tab.wait("!!document.querySelector('form[data-send=card]')")
            write(tab, f"Utan kakor {script}")
            joined = tab.js("document.getElementById('notice').textContent")
            send(tab)
            tab.wait(f"document.getElementById('notice').textContent !== {json.dumps(joined)}")
            if script:
                room.go("read")
                tab.see("Steg 5 av 12")
                room.go("challenges")
    assert sorted(texts(room)) == ["Utan kakor False", "Utan kakor True"]


def test_a_phone_that_lost_its_cookie_is_offered_its_own_code(room: TheRoom, phones: Browser) -> None:
    tab = join(phones.phone(), room)
    room.go("challenges")
    tab.wait("!!document.querySelector('form[data-send=card]')")
    write(tab, "Hissen står")
    send(tab)
    tab.wait(f"{QUIET} && {GOT} === 1")
    code = tab.js("document.querySelector('#own-code .code').textContent")
    tab.call("Network.clearBrowserCookies")
    tab.open(room.server.url)
    tab.see("Var du redan med?")
    assert tab.js("document.getElementById('back').value") == code
    tab.click("#back-form button")
    tab.see("Hissen står")
    assert len(queries.phones(room.file)) == 1


def test_without_a_script_the_forms_do_it_all(room: TheRoom, phones: Browser) -> None:
    tab = phones.phone(script=False)
    join(tab, room)
    room.go("challenges")
    tab.click(".links a")
    tab.see("Vad gör det svårt i dag?")
    write(tab, "Hissen står")
    send(tab)
    tab.see("Mottaget, kvitto")
    assert texts(room) == ["Hissen står"]


def press(tab: Tab) -> str:
    """Presses send on a page without a script; the receipt that the next page tells, "" if it tells none."""
    leave(tab, lambda: send(tab))
    told = "(document.querySelector('#notice .received') || {innerText: ''}).innerText"
    return str(tab.js(told)).removeprefix("Mottaget, kvitto ")


def back(tab: Tab) -> None:
    """The browser's own button."""
    told = tab.call("Page.getNavigationHistory")
    before = told["entries"][told["currentIndex"] - 1]
    tab.call("Page.navigateToHistoryEntry", entryId=before["id"])
    tab.wait(f"location.href === {json.dumps(before['url'])} && document.readyState === 'complete'")


def leave(tab: Tab, by: Callable[[], Any]) -> None:
    """Does something that leads to another page, and waits until that is there."""
    tab.js("window.__left = true")
    by()
    tab.wait("!window.__left && document.readyState === 'complete'")


def test_without_a_script_reload_back_and_two_pages_send_nothing_twice(
    room: TheRoom, phones: Browser
) -> None:
    room.go("challenges")
    tab = join(phones.phone(script=False), room)
    tab.open(room.server.url)
    write(tab, "Hissen står")
    code = press(tab)
    assert code
    leave(tab, lambda: tab.call("Page.reload"))  # the browser sends the form once more
    assert "Mottaget" in tab.text() and texts(room) == ["Hissen står"]
    back(tab)
    assert tab.js(TEXT) == "Hissen står"
    assert press(tab) == code and texts(room) == ["Hissen står"], "the way back, and the button again"
    back(tab)
    write(tab, " och trappan är hal")
    assert press(tab) == ""
    tab.see("Det här är redan skickat, men med en annan text.")
    assert "trappan är hal" in tab.js(TEXT) and len(texts(room)) == 1
    assert press(tab) not in ("", code)
    other = phones.tab(tab.context)
    other.size(390, 844)
    other.call("Emulation.setScriptExecutionDisabled", value=True)
    other.open(room.server.url)
    for one, words in ((tab, "Från den ena"), (other, "Från den andra")):
        write(one, words)
    assert len({press(one) for one in (tab, other)} - {""}) == 2
    assert len(texts(room)) == 4 and texts(room)[2:] == ["Från den ena", "Från den andra"]


def find(tab: Tab, selector: str) -> None:
    """Goes on by Tab until something has the focus."""
    for _ in range(80):
        tab.press("Tab")
        if tab.js(f"document.activeElement.matches({json.dumps(selector)})"):
            ring = tab.js(
                "(function (e) { var s = getComputedStyle(e.type === 'radio' || e.type === 'checkbox' ?"
                "e.parentNode.querySelector('label') : e); return s.outlineStyle + parseFloat(s.outlineWidth); })"
                "(document.activeElement)"
            )
            assert ring == "solid3", (selector, ring)
            return
    raise AssertionError(f"not reached by keys: {selector}\n{tab.text()}")


def fill(tab: Tab, selector: str, text: str) -> None:
    find(tab, selector)
    tab.type(text)


def choose(tab: Tab, selector: str) -> None:
    find(tab, selector)
    tab.press("Space")


def go(tab: Tab, selector: str = "form[data-send] .primary") -> None:
    find(tab, selector)
    tab.press("Enter")


def test_a_whole_session_by_keys_alone(room: TheRoom, phones: Browser) -> None:
    other = room.phone()
    other.join("Drift")
    tab = phones.phone()
    tab.open(f"http://{room.server.host}:{room.server.port}/")
    fill(tab, "#code", queries.session(room.file).short_code)
    tab.press("Enter")
    tab.see("Välkommen till verkstaden")
    choose(tab, "[name=role]")
    fill(tab, "[name=organisation]", "Nässjö kommun")
    choose(tab, "[name=relation]")
    go(tab, ".primary")
    tab.see("Du är med")
    room.go("ground")
    tab.see("Steg 2 av 12")
    choose(tab, "[name=understood]")
    go(tab)
    tab.see("Tack, det är mottaget")
    room.go("challenges")
    tab.see("Steg 4 av 12")
    fill(tab, "#text", "Vi måste ha en app för felanmälan")
    go(tab)
    tab.see("Vad skulle det göra möjligt?")
    fill(tab, "textarea", "Att fel syns samma dag")
    go(tab)
    tab.see("Att fel syns samma dag")
    go(tab, ".acts a")
    tab.see("Rätta kortet")
    fill(tab, "#text", " Nu")
    go(tab)
    tab.wait("document.body.dataset.view === 'hint'")
    go(tab, ".skip a")
    tab.see("Ersatt av")
    go(tab, ".acts a[href*=withdraw]")
    tab.see("Ta tillbaka kortet")
    go(tab)
    tab.see("har tagits tillbaka")
    go(tab, "#ready button")
    tab.see("Du har sagt att du är klar")
    other.send("challenges", {"text": "Dörren är tung"})
    room.go("read")
    tab.see("Dörren är tung")
    choose(tab, ".tick input")
    tab.wait("document.querySelector('.tick input').checked")
    fill(tab, "#text", "Trapphuset är mörkt")
    go(tab, "form[data-send=card] .primary")
    tab.wait(f"{QUIET} && {GOT} === 1")
    room.need("Komma ut", who="äldre", function="komma ut", situation="på vintern", effect="bo kvar")
    room.do(actions.goals.add_goals, titles=["Mål 11"], source="Agenda 2030")
    room.go("goals")
    tab.see("Mål 11")
    choose(tab, "[name^=goals]")
    go(tab)
    tab.see("Tack, det är mottaget")
    room.go("prioritise")
    tab.see("Behov 1 av 1")
    while "Behov 1 av 1" in tab.text() and tab.js("document.querySelectorAll('.scale').length"):
        at = tab.js("document.querySelector('[name=at]').value")
        choose(tab, ".scale .steps input")
        tab.press("Right")
        choose(tab, ".scale ~ .scale .steps input")
        go(tab)
        tab.wait(f"(document.querySelector('[name=at]') || {{}}).value !== {json.dumps(at)}")
    tab.see("prickar")
    choose(tab, ".dots input")
    tab.press("Right")
    go(tab)
    tab.see("Tack, det är mottaget")
    room.go("route")
    tab.see("Steg 11 av 12")
    choose(tab, "[name^=recognise]")
    go(tab)
    tab.see("Tack, det är mottaget")
    room.go("close")
    tab.see("Steg 12 av 12")
    fill(tab, "[name=takeaway]", "Att fler ser samma sak")
    go(tab)
    tab.see("Tack, det är mottaget")
    me = next(p for p in queries.participants(room.file) if p.role == "Upphandling")
    rated: Any = queries.rated_by(room.file, me.id)
    assert len(rated) == 6 and queries.me_too_of(room.file, me.id) and queries.goal_votes(room.file)
    mine = [a.text for a in queries.receipts(room.file, me.id) if a.text]
    assert "Trapphuset är mörkt" in mine and "Att fler ser samma sak" in str(room.stored("close"))
