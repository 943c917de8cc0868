"""Tables write needs on phones: drafts with receipts, changed by a new row, taken over on the desk, all of them printed."""

import json
import re
from html import unescape
from urllib.parse import urlencode

from tests.web.conftest import Phone, Reply, TheRoom
from tests.web.test_phone_pages import check
from workshop_app import actions
from workshop_app.i18n import language
from workshop_app.report import markdown
from workshop_app.store import check as file_check
from workshop_app.store import queries

JSON = "application/json"
WORDS = {
    "who": "barn",
    "function": "röra sig på torrt golv",
    "situation": "när de kommer in från regn",
    "effect": "de kan leka utan att halka",
}


def heaps(room: TheRoom) -> tuple[int, int]:
    """Two heaps of cards from phones; leaves the room at the step where needs are written."""
    room.go("challenges")
    sender = room.phone()
    sender.join()
    for text in ("Golvet är halt", "Barnen blir blöta", "Dörren är tung"):
        sender.send("challenges", {"text": text})
    cards = [c.id for c in queries.board(room.file).loose]
    made = tuple(
        room.do(actions.group.new_heap, title=title, cards=some)
        for title, some in (("Hala golv", cards[:2]), ("Tunga dörrar", cards[2:]))
    )
    room.go("formulate")
    return made[0], made[1]


def table(room: TheRoom) -> Phone:
    """The scribe of a table."""
    one = room.phone()
    one.join("Drift")
    return one


def hidden(page: Reply) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found}


def test_a_scribe_finds_the_way_without_a_script(room: TheRoom) -> None:
    first, _second = heaps(room)
    me = table(room)
    page = check(me.look())
    assert "Jag skriver för vårt bord" in page.plain and "?write=1" in page.text
    page = check(me.look("?write=1"))
    assert "Hala golv" in page.plain and "Tunga dörrar" in page.plain and "Ingen hög" in page.plain
    page = check(me.look("?" + urlencode({"write": "2", "table": "Bord <1>", "heap": first})))
    assert "Golvet är halt" in page.plain and "Dörren är tung" not in page.plain
    assert "Bord &lt;1&gt;" in page.plain and 'data-part="who">…<' in page.text
    given = hidden(page)
    page = check(me.send("formulate", {**given, **WORDS}))
    assert (
        page.status == 201
        and "Era utkast, 1 mottaget" in page.plain
        and "Skriv ett utkast till" in page.plain
    )
    assert "<strong>Barn</strong> behöver kunna " in page.plain
    (draft,) = queries.drafts(room.file)
    assert (draft.table, draft.heap, draft.fields["effect"]) == ("Bord <1>", first, WORDS["effect"])
    assert draft.receipt in page.text and not queries.board(room.file).loose


def test_what_is_missing_is_asked_for_and_what_was_written_stays(room: TheRoom) -> None:
    heaps(room)
    me = table(room)
    page = check(
        me.send("formulate", {"table": "Bord 1", "heap": "", "who": "barn", "function": "gå torrskodda"})
    )
    assert page.status == 422 and "gå torrskodda" in page.plain and hidden(page)["table"] == "Bord 1"
    assert not queries.drafts(room.file)


def test_a_solution_is_asked_about_and_never_stopped(room: TheRoom) -> None:
    heaps(room)
    me = table(room)
    page = check(me.send("formulate", {**WORDS, "function": "köpa en robot som torkar golvet"}))
    assert page.status == 201 and "Att prata om vid bordet" in page.plain and "robot" in page.plain
    assert len(queries.drafts(room.file)) == 1


def test_three_tables_write_at_once_and_nothing_is_lost(room: TheRoom) -> None:
    first, second = heaps(room)
    tables = [table(room) for _n in range(3)]
    codes = []
    for n, one in enumerate(tables):
        sent = {
            **WORDS,
            "who": f"barn vid bord {n}",
            "table": f"Bord {n}",
            "heap": first if n < 2 else second,
        }
        codes.append(
            json.loads(one.send("formulate", {**sent, "key": f"key{n}"}, accept=JSON).text)["receipt"]
        )
        again = one.send("formulate", {**sent, "key": f"key{n}"}, accept=JSON)
        assert again.status == 200 and json.loads(again.text)["receipt"] == codes[-1]
    # the first table changes its draft: a new row, the old one kept
    page = check(tables[0].look(f"?edit={codes[0]}"))
    given = hidden(page)
    assert given["replaces"] == codes[0] and "barn vid bord 0" in page.plain
    page = check(
        tables[0].send("formulate", {**given, **WORDS, "who": "små barn", "check": "dagbok i två veckor"})
    )
    assert page.status == 201 and f"Ersatt av {queries.drafts(room.file)[-1].receipt}" in page.plain
    # nobody changes another table's
    assert tables[1].send("formulate", {**WORDS, "replaces": codes[2]}).status == 422
    assert "replaces" not in hidden(tables[1].look(f"?write=2&edit={codes[2]}"))

    drafts = queries.drafts(room.file)
    assert len(drafts) == 4 and drafts[0].replaced_by == drafts[3].receipt
    assert sum(d.waiting for d in drafts) == 3
    made = room.do(actions.scribe.take_over, answer=drafts[3].answer)
    room.do(actions.scribe.take_field, need=made, answer=drafts[1].answer, field="who")
    (need,) = queries.needs(room.file)
    assert need.heap == first and [e.text for e in need.evidence] == ["Golvet är halt", "Barnen blir blöta"]
    assert (need.fields["who"], need.fields["requirement_check"]) == (
        "barn vid bord 1",
        "dagbok i två veckor",
    )
    assert [d.used for d in queries.drafts(room.file)] == [(), ((1, "who"),), (), ((1, ""),)]

    # a draft that came while the step was closed is refused, and its words can be copied
    room.go("goals")
    late = check(tables[2].send("formulate", {**WORDS, "who": "för sent ute"}))
    assert late.status == 403 and "för sent ute" in late.plain

    summary = queries.summary(room.file)
    assert summary.came_in["draft"] == {"phone": 4}
    said = markdown.text(summary, language("sv")).replace("\\", "")
    for words in ("4 utkast kom från borden", "2 togs över", "1 ersattes", "1 togs inte över", *codes):
        assert words in said, words
    assert "barn vid bord 2" in said.lower() and "inte övertaget" in said
    assert file_check.findings(room.file.path) == []

    for _step in ("goals", "part", "draft"):
        room.file.undo().result()
    assert not queries.needs(room.file) and len(queries.drafts(room.file)) == 4
    assert queries.drafts(room.file)[3].waiting


def test_a_phone_without_a_role_writes_too(room: TheRoom) -> None:
    first, _second = heaps(room)
    stranger = room.phone(keeps_cookies=False)
    page = check(stranger.look("?without=role&write=1"))
    assert hidden(page)["without"] == "role"
    page = check(stranger.look(f"?without=role&write=2&heap={first}"))
    assert stranger.send("formulate", {**hidden(page), **WORDS}).status == 201


def test_odd_addresses_show_the_form_all_the_same(room: TheRoom) -> None:
    heaps(room)
    me = table(room)
    for query in (
        "?write=2&heap=99999999999",
        "?write=2&heap=%00",
        "?write=9",
        "?edit=",
        "?edit=AAAA&write=2",
    ):
        assert check(me.look(query)).status == 200
    reply = me.send("formulate", {**WORDS, "heap": "x" * 150, "table": "y"})
    assert reply.status == 201 and queries.drafts(room.file)[0].heap is None
