"""Phones are asked whether two cards say the same thing: real requests, no script needed, each pair to three before the next."""

import re
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.web.browser import Browser, running
from tests.web.conftest import Phone, Reply, TheRoom
from tests.web.test_phone_pages import check
from workshop_app import actions
from workshop_app.actions import session, sort
from workshop_app.model.pairs import ASK_PHONES, ON, summed
from workshop_app.store import check as store_check
from workshop_app.store import queries
from workshop_app.web import pairs

TEXTS = (
    "Svaret dröjer i ärendet",
    "Ärendet får aldrig ett svar",
    "Trappan är hal",
    "Hal trappa om vintern",
    "Lägsta pris vinner",
    "Priset styr allt",
)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page has the pairs as they are at that moment."""
    monkeypatch.setattr(pairs, "PATIENCE", 0)


@pytest.fixture
def asking(room: TheRoom) -> TheRoom:
    """A room in the group step with six cards, whose phones are asked."""
    room.go("challenges")
    for text in TEXTS:
        room.do(actions.ask.type_card, text=text)
    room.go("groups")
    room.do(session.set_setting, key=ASK_PHONES, value=ON)
    return room


def joined(room: TheRoom, count: int) -> list[Phone]:
    phones = [room.phone() for _ in range(count)]
    for one in phones:
        one.join()
    return phones


def answer(phone: Phone, page: Reply, said: str = "dk") -> Reply:
    return phone.send("groups", {"key": page.hidden(), "pair": page.hidden("pair"), "same": said})


def sums(room: TheRoom) -> dict[tuple[int, int], int]:
    return {pair: told.phones for pair, told in summed(queries.pair_answers(room.file)).items()}


def test_a_pair_without_javascript_answered_changed_and_done(asking: TheRoom) -> None:
    (me,) = joined(asking, 1)
    page = check(me.look())
    assert (
        "Säger de här två korten samma sak?" in page.text and len(re.findall(r'type="radio"', page.text)) == 3
    )
    first = page.hidden("pair")
    assert me.look().hidden("pair") == first  # it stands until it is answered
    assert me.send("groups", {"pair": first}).status == 422
    wrong = check(me.send("groups", {"pair": first, "same": "maybe"}))
    assert wrong.status == 422 and "Välj ett av de tre svaren." in wrong.text
    assert me.send("groups", {"pair": "1-1", "same": "same"}).status == 422
    assert me.send("groups", {"pair": "x", "same": "same"}).status == 422
    key = uuid4().hex
    one = {"key": key, "pair": first, "same": "same"}
    assert (me.send("groups", one).status, me.send("groups", one).status) == (201, 200)
    assert me.send("groups", one | {"same": "dk"}).status == 409
    page = check(me.look())
    assert page.hidden("pair") != first and f"?pair={first}" in page.text
    back = check(me.look(f"?pair={first}"))
    assert back.hidden("pair") == first and re.search(r'value="same" checked', back.text)
    assert answer(me, back, "apart").status == 201
    told = summed(queries.pair_answers(asking.file))
    assert [(s.same, s.apart) for s in told.values()] == [(0, 1)]  # the last one counts
    seen = [first]
    while 'name="pair"' in (page := me.look()).text:
        assert page.hidden("pair") not in seen
        seen.append(page.hidden("pair"))
        answer(me, page)
    done = check(page)
    assert "Klart. Tack för hjälpen." in done.text and f"{len(seen)} svar mottagna" in done.text
    assert not store_check.findings(asking.file.path)


def test_every_pair_is_answered_by_three_before_the_next_begins(asking: TheRoom) -> None:
    phones = joined(asking, 3)
    while any('name="pair"' in phone.look().text for phone in phones):
        for phone in phones:
            if 'name="pair"' in (page := phone.look()).text:
                answer(phone, page)
            assert sum(n < 3 for n in sums(asking).values()) <= 2
    assert {*sums(asking).values()} == {3} and len(sums(asking)) >= 6
    late, before = joined(asking, 1)[0], sums(asking)
    answer(late, late.look())
    assert sorted(Counter(sums(asking).values()).items()) == [(3, len(before) - 1), (4, 1)]


def test_phones_that_look_at_once_are_spread(asking: TheRoom) -> None:
    shown = Counter(phone.look().hidden("pair") for phone in joined(asking, 9))
    assert sorted(shown.values()) == [3, 3, 3]


def test_nobody_is_asked_when_it_is_off_paused_or_the_room_sorts(asking: TheRoom) -> None:
    (me,) = joined(asking, 1)
    page = me.look()
    state = re.search(r'data-state="([^"]*)"', page.text)
    asking.do(actions.agenda.pause_phones)
    assert answer(me, page).status == 403 and "pair" not in me.look().text.partition("<main")[2]
    asking.do(actions.agenda.open_phones)
    asking.do(sort.start, hands=sort.plan(asking.file, hand=4, round=1), hand=4, seconds=60)
    assert 'id="sort"' in me.look().text
    asking.do(sort.stop)
    assert 'name="pair"' in me.look().text
    asking.do(session.set_setting, key=ASK_PHONES, value="")
    off = check(me.look())
    assert 'name="pair"' not in off.text and answer(me, page).status == 403
    assert state and state[1] not in off.text  # an open page learns of it


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with running(tmp_path_factory.mktemp("chromium")) as one:
        yield one


def test_it_fits_320_pixels_with_text_of_200_percent_and_works_by_keys(
    asking: TheRoom, chromium: Browser
) -> None:
    tab = chromium.phone(width=320, height=640)
    tab.open(f"http://127.0.0.1:{asking.server.port}/{asking.server.token}/")
    tab.click("label[for=role-1]")
    tab.js("document.querySelector('[name=organisation]').value = 'Nässjö'")
    tab.click("label[for=relation-1]")
    tab.click("button.primary")
    tab.wait("document.body.dataset.view === 'pair'")
    tab.js("document.documentElement.style.fontSize = '200%'")
    assert tab.js("document.documentElement.scrollWidth") <= 320
    pair = "document.querySelector('[name=pair]').value"
    first = tab.js(pair)
    tab.js("document.querySelector('#same-same').focus()")
    tab.press("Down")
    tab.press("Enter")
    tab.wait(f"{pair} !== '{first}'")
    assert sums(asking) == {tuple(int(n) for n in first.split("-")): 1}
    assert [a.said for a in queries.pair_answers(asking.file)] == ["apart"]


def test_a_phone_that_is_done_goes_on_by_itself_when_there_are_new_pairs(
    asking: TheRoom, chromium: Browser
) -> None:
    follows, asks = chromium.phone(), chromium.phone()
    # where streams are stopped on the way, the page asks instead
    asks.call("Page.addScriptToEvaluateOnNewDocument", source="delete window.EventSource")
    for tab in (follows, asks):
        tab.open(f"http://127.0.0.1:{asking.server.port}/{asking.server.token}/")
        tab.click("label[for=role-1]")
        tab.js("document.querySelector('[name=organisation]').value = 'Nässjö'")
        tab.click("label[for=relation-1]")
        tab.click("button.primary")
        tab.wait("document.body.dataset.view === 'pair'")
        while tab.js("document.body.dataset.view") == "pair":
            pair = tab.js("document.querySelector('[name=pair]').value")
            tab.click("label[for=same-dk]")
            tab.click("button.primary")
            tab.wait(f"(document.querySelector('[name=pair]') || {{}}).value !== '{pair}'")
    for text in ("Ärendet får inget svar", "Trappan är hal om vintern"):
        asking.do(actions.ask.type_card, text=text)
    for tab in (follows, asks):
        tab.wait("document.body.dataset.view === 'pair'")
