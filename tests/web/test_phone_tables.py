"""Tables that sort side by side: phones sit down, share their table's heaps and no other's, come late or are alone there."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.conftest import Phone, Reply, TheRoom
from tests.web.test_phone_pages import check
from workshop_app import actions
from workshop_app.actions import sort, table_deal, tables
from workshop_app.store import check as store_check
from workshop_app.store import queries
from workshop_app.web import sorting
from workshop_app.web.reader import Reader
from workshop_app.web.sorting import Sorter

NAMES = ("Fönstret", "Dörren", "Scenen")


@pytest.fixture
def hall(room: TheRoom, monkeypatch: pytest.MonkeyPatch) -> TheRoom:
    """A room in the group step with twelve cards and three tables."""
    monkeypatch.setattr(sorting, "PATIENCE", 0)
    room.go("challenges")
    for n in range(1, 13):
        room.do(
            actions.ask.type_card, text=f"{('Svaret dröjer', 'Trappan är hal', 'Priset styr')[n % 3]} {n}"
        )
    room.do(tables.set_tables, names=NAMES)
    room.go("groups")
    return room


def start(room: TheRoom, way: str) -> None:
    plan = table_deal.plan(room.file, way)
    given = {"tables": way, "table_cards": plan.tables}
    room.do(sort.start, hands=plan.hands, hand=12, seconds=300, **given)


def ids(room: TheRoom) -> dict[str, int]:
    return {one.name: one.id for one in queries.tables(room.file)}


def joined(room: TheRoom, table: str = "") -> Phone:
    """A phone that joins, at a table if it says which."""
    phone = room.phone()
    phone.look()
    told = {"role": "Drift", "organisation": "Nässjö", "relation": "purchase"}
    assert phone.send("join", told | ({"table": ids(room)[table]} if table else {})).status == 201
    return phone


def put(phone: Phone, page: Reply, where: object) -> Reply:
    told = {name: page.hidden(name) for name in ("key", "card", "turn")}
    return phone.send("groups", told | {"put": where})


def beside(page: Reply) -> list[int]:
    shown = page.text.partition('id="heaps"')[2].partition("<details")[0]
    return [int(n) for n in re.findall(r'name="put" value="(\d+)"', shown)]


def test_a_phone_chooses_its_table_when_it_joins_or_when_its_cards_are_there(hall: TheRoom) -> None:
    new = hall.phone()
    page = check(new.look())
    assert all(name in page.text for name in NAMES) and "Ditt bord" in page.text
    at_once, later = joined(hall, "Dörren"), joined(hall)
    assert queries.seats(hall.file) == {who: ids(hall)["Dörren"] for who in queries.seats(hall.file)}
    start(hall, "split")
    assert 'id="sort"' in check(at_once.look()).text
    page = check(later.look())
    assert "Vid vilket bord sitter du?" in page.text and len(re.findall(r'type="radio"', page.text)) == 3
    assert later.send("groups", {"table": "99"}).status == 422
    page = check(later.send("groups", {"table": ids(hall)["Scenen"]}))
    assert page.status == 200 and "<title>Kort 1 av 4</title>" in page.text  # all that its table was given
    wrong = later.send("groups", {"table": ids(hall)["Dörren"]})
    assert wrong.status == 422 and "redan kort från Scenen" in wrong.text
    assert later.send("groups", {"table": ids(hall)["Scenen"]}).status == 200
    assert not store_check.findings(hall.file.path)


def test_the_phones_of_a_table_share_its_heaps_and_its_names_and_see_no_other(hall: TheRoom) -> None:
    a, b, c = joined(hall, "Fönstret"), joined(hall, "Fönstret"), joined(hall, "Dörren")
    start(hall, "all")
    page = a.look()
    assert "<title>Kort 1 av 6</title>" in page.text  # twelve cards, two phones
    first = int(page.hidden("card"))
    put(a, page, "new")
    assert beside(b.look()) == [first] and beside(c.look()) == []
    page = b.look()
    assert put(b, page, first).status == 201
    named = b.send("groups", {"heap": first, "name": "Ingen svarar"})
    assert named.status == 201 and a.send("groups", {"heap": first, "name": "Svaren dröjer"}).status == 201
    assert c.send("groups", {"heap": first, "name": "Inte vårt"}).status == 422
    by_name = {t.table.name: t for t in queries.table_sorting(hall.file)}
    (heap,) = by_name["Fönstret"].heaps
    assert heap.name == "Svaren dröjer" and len(heap.cards) == 2
    assert by_name["Dörren"].heaps == () and by_name["Scenen"].phones == 0
    assert (by_name["Fönstret"].placed, by_name["Fönstret"].given, by_name["Fönstret"].phones) == (2, 12, 2)


def test_the_likeliest_heap_of_the_table_stands_first(hall: TheRoom) -> None:
    a, b = joined(hall, "Fönstret"), joined(hall, "Fönstret")
    start(hall, "all")
    while 'id="sort"' in (page := a.look()).text:
        put(a, page, "new")
    card = int(b.look().hidden("card"))
    alike = [heap for heap in beside(b.look()) if heap % 3 == card % 3]
    assert (
        alike == beside(b.look())[: len(alike)] and alike
    )  # the cards of the fixture say one of three things


def test_split_cards_lie_at_one_table_each_and_a_latecomer_takes_its_share(hall: TheRoom) -> None:
    alone = joined(hall, "Fönstret")
    start(hall, "split")
    given = queries.table_cards(hall.file, 1)
    assert sorted(card for cards in given.values() for card in cards) == list(range(1, 13))
    assert {len(cards) for cards in given.values()} == {4}
    page = alone.look()
    assert "<title>Kort 1 av 4</title>" in page.text
    put(alone, page, "new")
    late = joined(hall, "Fönstret")
    assert "<title>Kort 1 av 2</title>" in late.look().text  # half of the three that are left
    assert "av 2</title>" in alone.look().text  # and its fellow need not place those
    for phone in (alone, late):
        while 'id="sort"' in (page := phone.look()).text:
            put(phone, page, "dk")
    state = next(t for t in queries.table_sorting(hall.file) if t.table.name == "Fönstret")
    assert (state.placed, state.given, state.phones) == (4, 4, 2)
    for phone in (alone, late):  # nothing is left to give, and nobody gets what another has placed
        assert "Klart. Tack för hjälpen." in phone.send("groups", {"more": "1"}).text


def test_an_idle_phones_cards_stay_at_its_table(hall: TheRoom) -> None:
    idle, busy, other = joined(hall, "Fönstret"), joined(hall, "Fönstret"), joined(hall, "Dörren")
    start(hall, "split")
    for phone in (busy, other):
        put(phone, phone.look(), "new")
    soon = datetime.now(UTC) + timedelta(seconds=95)
    hands = {h.participant: h for h in queries.sorting(hall.file).hands}
    moved = sort.idle_phones(hall.file, soon)
    assert moved == {}  # by then all are idle
    put(busy, busy.look(), "new")
    late = max(h.last_at for h in queries.sorting(hall.file).hands if h.last_at) + timedelta(seconds=89)
    asyncio.run(Sorter(Reader(hall.file)).move_idle(late))
    seats = queries.seats(hall.file)
    for hand in queries.sorting(hall.file).hands:
        new = set(hand.cards) - set(hands[hand.participant].cards)
        assert not new or seats[hand.participant] == ids(hall)["Fönstret"]
    assert idle.look().status == 200


def test_paused_phones_rest_and_tables_that_go_keep_what_they_sorted(hall: TheRoom) -> None:
    me = joined(hall, "Fönstret")
    start(hall, "all")
    page = me.look()
    hall.do(sort.pause)
    assert put(me, page, "new").status == 403
    hall.do(sort.resume)
    put(me, page, "new")
    put(me, me.look(), int(page.hidden("card")))
    hall.do(sort.stop)
    hall.do(tables.set_tables, names=["Dörren"])
    assert [t.name for t in queries.tables(hall.file)] == ["Dörren"] and not queries.seats(hall.file)
    (done,) = [t for t in queries.table_sorting(hall.file) if t.heaps]
    assert done.table.name == "Fönstret" and len(done.heaps[0].cards) == 2
    assert "Fönstret" not in hall.phone().look().text
