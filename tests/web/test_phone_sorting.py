"""Phones while the room sorts: real requests, a browser without a script, double taps, late ones, idle ones, many at once."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.web.conftest import Phone, Reply, TheRoom
from tests.web.test_phone_pages import check
from workshop_app import actions
from workshop_app.actions import sort
from workshop_app.store import check as store_check
from workshop_app.store import queries
from workshop_app.web import sorting
from workshop_app.web.reader import Reader
from workshop_app.web.sorting import Sorter

NEEDS = {
    "ensam": "Sitter ensam med köpen, rum",
    "pris": "Lägsta pris vinner, bygge",
    "tid": "Svaret dröjer, ärende",
}


@dataclass
class Table:
    """A room in the group step with cards on the table and phones that have joined."""

    room: TheRoom
    phones: list[Phone]

    def start(self, cards: Sequence[int] | None = None, hand: int = 12, seconds: int = 180) -> None:
        hands = sort.plan(self.room.file, hand=hand, round=1)
        if cards is not None:
            hands = dict.fromkeys(hands, tuple(cards))
        self.room.do(sort.start, hands=hands, hand=hand, seconds=seconds)

    def placed(self) -> list[tuple[int, int | None]]:
        return [(p.card, p.heap) for p in queries.sorting(self.room.file).placements]


@pytest.fixture
def table(room: TheRoom, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Table]:
    """Lays cards on the table: `table(cards=12, phones=3)`; card n says the need n modulo three."""

    def lay(cards: int = 12, phones: int = 2, hurry: bool = False) -> Table:
        if not hurry:  # every page has the heaps as they are at that moment
            monkeypatch.setattr(sorting, "PATIENCE", 0)
        room.go("challenges")
        for n in range(1, cards + 1):
            room.do(actions.ask.type_card, text=f"{list(NEEDS.values())[n % 3]} {n}")
        room.go("groups")
        joined = [room.phone() for _ in range(phones)]
        for one in joined:
            one.join()
        return Table(room, joined)

    return lay


def form(page: Reply) -> dict[str, str]:
    """The hidden fields of the sorting form."""
    return {name: page.hidden(name) for name in ("key", "card", "turn")}


def heaps(page: Reply) -> list[int]:
    """Founders of the heaps beside the card, in the order shown."""
    beside = page.text.partition('id="heaps"')[2].partition("<details")[0]
    return [int(n) for n in re.findall(r'name="put" value="(\d+)"', beside)]


def send(phone: Phone, page: Reply, put: object, **more: Any) -> Reply:
    return phone.send("groups", {**form(page), "put": put, **more})


def test_a_hand_without_javascript_from_the_first_card_to_the_named_heap(table: Callable[..., Table]) -> None:
    at = table(cards=9)
    me, other = at.phones
    assert "Lägg i" not in me.look().plain
    at.start(hand=4)
    page = check(me.look())
    assert "<title>Kort 1 av 4</title>" in page.text and re.search(r"klart \d\d\.\d\d", page.text)
    assert not heaps(page) and "Det första kortet blir den första högen" in page.text and "Ångra" in page.text
    first = int(page.hidden("card"))
    page = check(send(me, page, "new"))
    assert (
        page.status == 201
        and "<title>Kort 2 av 4</title>" in page.text
        and "Mottaget. Kort 1 ligger i ”" in page.plain
    )
    assert heaps(page) == [first] and "din hög, 1 kort" in page.text and "Visa alla högar" in page.text
    page = check(send(me, page, first))
    assert "din hög, 2 kort" in page.text
    page = send(me, page, "dk")
    assert "Kort 3: vet inte" in page.plain
    for left in (3, 2, 1):  # all the way back to the first card
        page = check(send(me, page, "undo"))
        assert page.status == 201 and f"<title>Kort {left} av 4</title>" in page.text
    assert send(me, page, "undo").status == 422 and not at.placed()
    page = me.look()
    for put in ("new", first, "new", "dk"):
        page = send(me, page, put)
    page = check(page)
    assert "Klart. Tack för hjälpen." in page.text and "4 av 4 kort mottagna" in page.text
    assert "Ingen ser vem som lade vad." in page.text and len(re.findall(r'class="row', page.text)) == 3
    assert (
        "din hög" not in check(other.look()).text.partition("<template")[0]
    )  # nobody else's placings show on a phone
    inside = check(me.look(f"?heap={first}"))
    moved = re.findall(r"\?card=(\d+)", inside.text)[1]
    page = check(me.look(f"?card={moved}"))
    assert page.hidden("card") == moved and "Låt det ligga kvar" in page.text
    assert send(me, page, "new").status == 201 and (int(moved), int(moved)) in at.placed()
    named = me.send("groups", {"heap": first, "name": "  Någon att\nfråga "})
    assert named.status == 201 and "Någon att fråga" in check(named).text
    assert me.send("groups", {"heap": first, "name": "x" * 61}).status == 422
    more = check(me.send("groups", {"more": "1"}))
    assert more.status == 200 and "<title>Kort 5 av 9</title>" in more.text
    assert "<title>Kort 5 av 9</title>" in me.send("groups", {"more": "1"}).text  # not dealt twice
    assert not store_check.findings(at.room.file.path)


def test_one_tap_counts_once_and_a_form_of_a_card_that_has_gone_places_nothing(
    table: Callable[..., Table],
) -> None:
    at = table(phones=1)
    at.start()
    (me,) = at.phones
    page = me.look()
    one = form(page) | {"put": "new"}
    first, again = me.send("groups", one), me.send("groups", one)
    assert (first.status, again.status) == (201, 200) and len(at.placed()) == 1
    assert me.send("groups", one | {"put": "dk"}).status == 409
    stale = me.send("groups", one | {"key": uuid4().hex, "put": "dk"})
    assert stale.status == 409 and "redan lagt" in stale.plain and "<title>Kort 2 av 12</title>" in stale.text
    told = json.loads(me.send("groups", one, accept="application/json").text)
    assert told["receipt"] == at.room.stored("groups")[0].receipt and told["sort"]["turn"] == 1
    assert len(at.placed()) == 1 and len(at.room.stored("groups")) == 1


@pytest.mark.parametrize(
    ("card", "put"),
    [("999", "new"), ("-1", "new"), ("1e3", "new"), ("", "new"), ("<script>", "dk"), ("9" * 40, "new"), ("٣", "new"),
     (None, "999"), (None, "-1"), (None, "0"), (None, ""), (None, "' OR 1=1"), (None, "<b>x</b>"), (None, "9" * 40)],
)  # fmt: skip
def test_cards_and_heaps_that_are_not_there_are_refused(
    table: Callable[..., Table], card: str | None, put: str
) -> None:
    at = table(phones=1)
    at.start()
    page = at.phones[0].look()
    answer = send(at.phones[0], page, put, **({} if card is None else {"card": card}))
    assert answer.status == 422 and "<title>Kort 1 av 12</title>" in check(answer).text
    assert not at.placed() and not at.room.stored("groups")


def test_a_card_of_another_hand_is_refused(table: Callable[..., Table]) -> None:
    at = table(cards=9)
    at.start(hand=4)
    me, other = at.phones
    mine, theirs = me.look(), other.look()
    held = {
        c
        for h in queries.sorting(at.room.file).hands
        for c in h.cards
        if mine.hidden("card") in map(str, h.cards)
    }
    foreign = next(c for c in range(1, 10) if c not in held)
    assert send(me, mine, "new", card=foreign).status == 422
    assert send(other, theirs, "new").status == 201


def test_heaps_are_shared_by_their_founders_words_and_nobody_sees_how_many_chose(
    table: Callable[..., Table],
) -> None:
    at = table(cards=4, phones=3)
    at.start(cards=(1, 2, 3, 4))
    anna, bo, cia = at.phones
    for one in (anna, bo):
        page = one.look()
        for put in ("new", 1, 1):
            page = send(one, page, put)
    page = cia.look()
    page = send(cia, page, "dk")
    assert heaps(page) == [1] and re.findall(r'class="mine">([^<]*)<', page.text) == ["inget av dina än"] * 2
    words = queries.board(at.room.file).cards[1].text
    at.room.do(actions.group.hide, cards=[1], reason="personal_data")
    assert words not in cia.look().plain and words not in anna.look("?heaps=1").plain


def test_named_heaps_and_themes_of_the_board_can_be_chosen(table: Callable[..., Table]) -> None:
    at = table(cards=6, phones=1)
    theme = at.room.do(actions.group.new_theme, title="Inköp")
    at.room.do(actions.group.new_heap, title="Någon att fråga", cards=[3, 6], theme=theme)
    at.start()
    hand = queries.sorting(at.room.file).hands[0]
    assert set(hand.cards) == {1, 2, 4, 5}  # what the leader has placed is not dealt
    page = check(at.phones[0].look())
    assert (
        'class="heap named"' in page.text
        and "Någon att fråga" in page.plain
        and "<h3>Inköp</h3>" in page.plain
    )
    assert send(at.phones[0], page, 3).status == 201 and at.placed()[0][1] == 3


def test_the_page_follows_the_round(table: Callable[..., Table]) -> None:
    at = table(phones=1)
    (me,) = at.phones
    seen = [json.loads(me.look("events?poll=1").text)["page"]]

    def look() -> dict[str, Any]:
        told: dict[str, Any] = json.loads(me.look("events?poll=1").text)
        assert told["page"] not in seen and f'data-state="{told["page"]}"' in me.look().text
        seen.append(told["page"])
        return told

    at.start(seconds=120)
    told = look()
    assert 115 <= told["ends"] - told["now"] <= 120
    page = me.look()
    send(me, page, "new")
    assert (
        json.loads(me.look("events?poll=1").text)["page"] == seen[-1]
    )  # a phone's own taps draw nothing anew
    at.room.do(sort.pause)
    assert look()["ends"] is None
    page = check(me.look())
    assert "Läs vidare" in page.text and page.text.count(" disabled") >= 3
    assert send(me, page, "new").status == 403 and len(at.placed()) == 1
    at.room.do(sort.resume)
    at.room.do(sort.stop)
    assert json.loads(me.look("events?poll=1").text)["page"] == seen[0]
    closed = send(me, page, "new")
    assert closed.status == 403 and "inte öppen nu" in closed.plain and len(at.placed()) == 1
    assert me.send("groups", {"more": "1"}).status == 403


def test_time_that_is_up_warns_and_cuts_nothing(table: Callable[..., Table]) -> None:
    at = table(phones=1)
    at.start()
    send(at.phones[0], at.phones[0].look(), "new")
    actions.do(at.room.file, sort.add_seconds, seconds=-10_000)
    early = (datetime.now(UTC) - timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    at.room.file.submit(lambda tx: tx.update("sorting", 1, {"started_at": early})).result()
    page = check(at.phones[0].look())
    assert "Tiden är slut. Du hann 1 kort, det räcker." in re.sub(r"<[^>]+>|\s+", " ", page.plain).replace(
        "  ", " "
    )
    assert 'id="up">' in page.text and send(at.phones[0], page, "new").status == 201


def test_a_late_phone_is_dealt_at_once_and_an_idle_ones_cards_go_on(table: Callable[..., Table]) -> None:
    at = table(cards=8, phones=2)
    at.start(hand=4)
    late = at.room.phone()
    late.join()
    page = check(late.look())
    assert "<title>Kort 1 av 4</title>" in page.text
    assert [len(h.cards) for h in queries.sorting(at.room.file).hands] == [4, 4, 4]
    for _ in range(2):
        page = send(late, page, "new")
    started = datetime.now(UTC)
    sorter = Sorter(Reader(at.room.file))
    asyncio.run(sorter.move_idle(started + timedelta(seconds=60)))
    assert [len(h.cards) for h in queries.sorting(at.room.file).hands] == [4, 4, 4]
    send(late, page, "new")
    # the two others have not begun: what they hold and the late one lacks is given to it
    later = datetime.now(UTC) + timedelta(seconds=89)
    asyncio.run(sorter.move_idle(later + timedelta(seconds=0)))
    assert sum(len(h.moved_on) for h in queries.sorting(at.room.file).hands) == 0
    at.room.file.submit(lambda tx: tx.update("dealt", 1, {"at": "2020-01-01T00:00:00Z"}, "sorting")).result()
    asyncio.run(sorter.move_idle(datetime.now(UTC)))
    hands = queries.sorting(at.room.file).hands
    assert sum(len(h.moved_on) for h in hands) == 8 and max(len(h.cards) for h in hands) == 8
    idle = at.phones[0]
    assert "Kort 1 av 4" in idle.look().text and send(idle, idle.look(), "new").status == 201


def test_a_phone_without_a_role_or_cards_waits_in_peace(table: Callable[..., Table]) -> None:
    at = table(phones=1)
    at.start()
    stranger = at.room.phone(keeps_cookies=False)
    page = check(stranger.look("?without=role"))
    assert "inga kort till den här telefonen" in page.text
    assert stranger.send("groups", {"card": "1", "put": "new"}).status == 422 and not at.placed()
    at.room.do(sort.stop)
    assert "Rummet sorterar" not in stranger.look("?without=role").text


def test_words_typed_by_people_stay_words(room: TheRoom) -> None:
    room.go("challenges")
    for text in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }} & 'rad'"):
        room.do(actions.ask.type_card, text=text)
    room.go("groups")
    me = room.phone()
    me.join()
    room.do(sort.start, hands=sort.plan(room.file, hand=3, round=1), hand=3, seconds=60)
    page = check(me.look())
    for put in ("new", "new"):
        page = check(send(me, page, put))
    assert "<script>alert" not in page.text and "<img" not in page.text
    check(send(me, page, "new"))
    assert me.send("groups", {"heap": "1", "name": "<b>namn</b>"}).status == 201
    assert "<b>namn" not in check(me.look("?heaps=1")).text


def test_sixty_phones_place_twelve_cards_each_at_the_same_time(table: Callable[..., Table]) -> None:
    at = table(cards=40, phones=60, hurry=True)
    at.start(hand=12)

    def play(phone: Phone) -> list[int]:
        page, codes = phone.look(), []
        for _ in range(12):
            card, offered = int(page.hidden("card")), heaps(page)
            same = [h for h in offered if h % 3 == card % 3]
            page = send(phone, page, same[0] if same else "new")
            codes.append(page.status)
        return codes

    with ThreadPoolExecutor(20) as pool:
        assert [code for codes in pool.map(play, at.phones) for code in codes] == [201] * 720
    sums = sort.sums(at.room.file)
    assert len(at.placed()) == 720 == sums.placed == sums.dealt and sums.all_done
    assert len({a.receipt for a in at.room.stored("groups")}) == 720
    assert not store_check.findings(at.room.file.path)
