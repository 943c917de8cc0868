"""The sorting page in a real browser: keys alone, double taps, a lost network, a frame that never moves, large text."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.web.browser import Browser, Tab, running
from tests.web.conftest import TheRoom
from workshop_app import actions
from workshop_app.actions import sort
from workshop_app.store import queries

CARD = "document.querySelector('#card-text').textContent.replace(/\\u00ad/g, '')"
REST = "new Promise(function (yes) { setTimeout(yes, 320); })"  # as long as no button answers after a tap
HEAPS = "Array.from(document.querySelectorAll('#heaps .heap'), function (b) { return b.value; }).join()"
WORDS = (
    "Sitter ensam med alla köp",
    "Lägsta pris vinner och driften får ta notan i många år framåt",
    "Svaret dröjer",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests here."""
    with running(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture
def open_phone(room: TheRoom, browser: Browser) -> Callable[..., Tab]:
    """A phone that has joined a room that sorts six cards: `open_phone(width=320, dark=True)`."""
    room.go("challenges")
    for n in range(6):
        room.do(actions.ask.type_card, text=f"{WORDS[n % 3]}, kort {n + 1}")
    room.go("groups")

    def make(**size: int | bool) -> Tab:
        tab = browser.phone(**size)  # type: ignore[arg-type]
        home = f"http://127.0.0.1:{room.server.port}/{room.server.token}/"
        tab.open(home)
        tab.click("label[for=role-1]")
        tab.js("document.querySelector('[name=organisation]').value = 'Nässjö'")
        tab.click("label[for=relation-1]")
        tab.click("button.primary")
        tab.wait("document.body.dataset.view !== 'join'")
        if not queries.sorting(room.file).rounds:
            room.do(sort.start, hands=sort.plan(room.file, hand=6, round=1), hand=6, seconds=300)
        tab.wait("!!document.querySelector('#sort')")
        return tab

    return make


def key(tab: Tab, name: str, code: int) -> None:
    """One key down and up, with the pause that follows each card."""
    tab.js(REST)
    for kind in ("rawKeyDown", "keyUp"):
        tab.call("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code)


def at(tab: Tab, number: int) -> None:
    tab.wait(f"document.title === 'Kort {number} av 6'")


def placed(room: TheRoom) -> int:
    return len(queries.sorting(room.file).placements)


def told(tab: Tab) -> str:
    return str(tab.js("document.querySelector('#told').textContent.replace(/\\u00ad/g, '')"))


def test_a_whole_hand_with_keys_alone(room: TheRoom, open_phone: Callable[..., Tab]) -> None:
    tab = open_phone()
    first = tab.js(CARD)
    key(tab, "n", 78)
    at(tab, 1)  # nothing: the focus is not in the form
    tab.js("document.activeElement.blur()")
    order = []
    for _ in range(8):
        tab.press("Tab")
        order.append(str(tab.js("document.activeElement.id || document.activeElement.value || ''")))
    assert order[order.index("new") : order.index("new") + 2] == ["new", "dk"]
    tab.js("document.querySelector('.act.new').focus()")
    key(tab, "N", 78)
    at(tab, 2)
    assert tab.js("document.activeElement.id") == "card" and told(tab).startswith(
        f"Kort 1 ligger i ”{first[:10]}"
    )
    assert "Ångra finns." in told(tab) and tab.js("document.querySelectorAll('#heaps .heap').length") == 1
    key(tab, "1", 49)
    at(tab, 3)
    assert "din hög, 2 kort" in tab.text()
    key(tab, "v", 86)
    at(tab, 4)
    assert told(tab).startswith("Kort 3: vet inte")
    for left in (3, 2, 1):
        key(tab, "Backspace", 8)
        at(tab, left)
    assert tab.js(CARD) == first and told(tab) == "Ångrat."
    tab.js("document.querySelector('#keys-switch').click()")
    key(tab, "n", 78)
    at(tab, 1)
    tab.js("document.querySelector('#keys-switch').click(); document.querySelector('#card').focus()")
    for number in range(1, 7):
        at(tab, number)
        key(tab, *(("n", 78) if number < 3 else (str(1 + number % 2), 49 + number % 2)))
    tab.see("Klart. Tack för hjälpen.")
    tab.see("6 av 6 kort mottagna")
    assert placed(room) == 6 and tab.js("document.activeElement.tagName") == "H1"


def test_a_double_tap_places_one_card_and_the_frame_never_moves(
    room: TheRoom, open_phone: Callable[..., Tab]
) -> None:
    tab = open_phone()
    frame = (
        "JSON.stringify(['#card', '.act.new', '[value=dk]'].map(function (s) {"
        "var r = document.querySelector(s).getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }))"
    )
    before = tab.js(frame)
    for count in (1, 2):
        button = tab.js(
            "(function () { var r = document.querySelector('.act.new').getBoundingClientRect();"
            "return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            tab.call("Input.dispatchMouseEvent", type=kind, **button, button="left", clickCount=count)
    at(tab, 2)
    tab.wait("!document.querySelector('#got').hidden")  # received
    assert placed(room) == 1
    for number in (3, 4, 5):
        tab.js(REST)
        tab.click(".act.new")
        at(tab, number)
        assert tab.js(frame) == before
    heaps = tab.js(HEAPS)
    tab.wait("!document.querySelector('#got').hidden")  # what is on its way when the leader pauses is refused
    room.do(sort.pause)
    tab.see("Läs vidare, knapparna kommer tillbaka.")
    assert tab.js("document.querySelector('.act.new').disabled") and tab.js(HEAPS) == heaps
    room.do(sort.resume)
    tab.wait("document.querySelector('#rest').hidden")
    assert tab.js(HEAPS) == heaps and not tab.js("document.querySelector('.act.new').disabled")


def test_a_pause_while_an_answer_is_on_its_way_loses_nothing(
    room: TheRoom, open_phone: Callable[..., Tab]
) -> None:
    tab = open_phone()
    tab.js(
        "window.held = []; window.real = window.fetch; window.fetch = function (url, how) {"
        "var sent = window.real(url, how); if (!how || how.method !== 'POST') { return sent; }"
        "return sent.then(function (r) { return new Promise(function (yes) { window.held.push(function () { yes(r); }); }); });"
        "}; true"
    )
    tab.click(".act.new")
    at(tab, 2)
    tab.wait("window.held.length === 1")  # received there, and not known here
    assert placed(room) == 1
    heaps = tab.js(HEAPS)
    room.do(sort.pause)
    tab.see("Läs vidare, knapparna kommer tillbaka.")
    assert tab.js(HEAPS) == heaps
    room.do(sort.resume)
    tab.wait("document.querySelector('#rest').hidden")
    assert tab.js(HEAPS) == heaps
    tab.js(REST)
    tab.click("#heaps .heap")
    at(tab, 3)
    tab.js("window.fetch = window.real; window.held.forEach(function (go) { go(); })")
    tab.wait("!document.querySelector('#got').hidden")
    assert placed(room) == 2 and tab.js("document.title") == "Kort 3 av 6"


def test_what_is_placed_without_a_network_waits_on_the_phone(
    room: TheRoom, open_phone: Callable[..., Tab]
) -> None:
    tab = open_phone()
    tab.network(False)
    for number in (1, 2, 3):
        at(tab, number)
        tab.js(REST)
        tab.click(".act.new" if number < 3 else "#heaps .heap")
    at(tab, 4)
    tab.see("3 kort är sparade på telefonen")
    assert placed(room) == 0
    tab.network(True)
    tab.wait("document.querySelector('#notice').textContent === '' && !document.querySelector('#got').hidden")
    assert placed(room) == 3 and len(room.stored("groups")) == 3
    tab.network(False)
    tab.js(REST)
    tab.click("[value=dk]")
    at(tab, 5)
    room.do(sort.stop)  # what the phone still holds comes too late, and it is told so
    tab.network(True)
    tab.wait("document.body.dataset.view === 'calm'")
    assert (
        placed(room) == 3 and tab.js("localStorage.getItem(document.body.dataset.home + 'sorting')") == "[]"
    )


def test_every_heap_is_found_by_its_words(room: TheRoom, open_phone: Callable[..., Tab]) -> None:
    tab = open_phone()
    for number in range(1, 6):
        at(tab, number)
        tab.js(REST)
        tab.click(".act.new")
    at(tab, 6)
    tab.click("#allheaps summary")
    tab.wait("document.querySelector('#allheaps').open")
    tab.js("document.querySelector('#find').focus()")
    tab.type("kort 4")
    found = "Array.from(document.querySelectorAll('#groups .heap:not([hidden])'), function (b) { return b.textContent; })"
    assert len(tab.js(found)) == 1 and "kort 4" in tab.js(found)[0]
    tab.press("Enter")  # finds nothing more, and places nothing
    at(tab, 6)
    tab.type(" xyz")
    tab.see("Ingen hög har de orden")


@pytest.mark.parametrize(
    ("width", "percent", "dark"), [(390, 100, True), (320, 100, False), (320, 200, True)]
)
def test_it_fits_small_screens_large_text_and_the_dark(
    room: TheRoom, open_phone: Callable[..., Tab], width: int, percent: int, dark: bool
) -> None:
    tab = open_phone(width=width, height=640, dark=dark)
    for number in (1, 2, 3):
        at(tab, number)
        tab.js(REST)
        tab.click(".act.new")
    tab.js(f"document.documentElement.style.fontSize = '{percent}%'")
    at(tab, 4)
    assert tab.js("document.documentElement.scrollWidth") <= width
    sizes = json.loads(
        tab.js(
            "JSON.stringify(Array.from(document.querySelectorAll('#sort button'), function (b) {"
            "var r = b.getBoundingClientRect(); return [r.width, r.height]; }).filter(function (s) { return s[0]; }))"
        )
    )
    assert len(sizes) > 5 and all(wide >= 44 and high >= 44 for wide, high in sizes)
    assert tab.js("getComputedStyle(document.body).colorScheme") and tab.js(
        f"matchMedia('(prefers-color-scheme: dark)').matches === {str(dark).lower()}"
    )
