"""What people see: a whole workshop on a phone without JavaScript, in both languages, with any words typed."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.web.conftest import QUESTION, Phone, Reply, TheRoom
from workshop_app import actions
from workshop_app.model import lint
from workshop_app.store import queries

SOLUTION = "Vi måste ha en app för felanmälan"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><h1>hej</h1>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "' OR 1=1 --",
    "=1+1",
    "&amp; &lt;b&gt;",
    "rad ett\nrad två\n\nrad fyra",
    "\u202eomvänt\u2066 \u200b noll",
    "😀 åäö é š č ž 漢字 العربية",
    "a\x00b\x0bc\x1bd",
]


class Outline(HTMLParser):
    """Tags of a page with their attributes; fails on what is not closed as it should be."""

    VOID = ("meta", "link", "input", "br", "path", "circle", "rect", "option")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID and tag not in ("p", "li", "dt", "dd"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and tag not in ("p", "li", "dt", "dd"):
            assert self.open and self.open.pop() == tag, tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def check(reply: Reply, language: str = "sv") -> Reply:
    """What holds for every page: one heading, the right language, every field labelled, no script in the page itself."""
    page = Outline(reply.text)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(page.all("h1")) == 1 and page.all("html")[0]["lang"] == language
    assert len(ids) == len(set(ids))
    labels = {a.get("for") for a in page.all("label")}
    for field in page.all("input") + page.all("textarea") + page.all("select"):
        assert field.get("type") == "hidden" or field.get("id") in labels, field
    assert all("src" in a for a in page.all("script"))
    assert not [a for _, a in page.tags if any(name.startswith("on") or name == "style" for name in a)]
    for _, attrs in page.tags:
        for target in (attrs.get("aria-describedby") or "").split():
            assert target in ids, target
    return reply


def seed(room: TheRoom) -> None:
    """Two needs and two goals."""
    room.need(
        "Komma ut",
        who="äldre hyresgäster",
        function="komma ut",
        situation="på vintern",
        effect="de kan bo kvar",
    )
    room.need("Bara en rubrik")
    room.do(actions.goals.add_goals, titles=["Mål 11", "Mål 12"], source="Agenda 2030")


def test_a_whole_workshop_without_javascript(room: TheRoom) -> None:
    me, other = room.phone(), room.phone()
    page = check(me.look())
    assert "Välkommen till verkstaden i Nässjö" in page.plain
    for words in ("Behov, inte lösningar", "Upphandling", "Drift", "Ditt namn behövs inte", "Det här sparas"):
        assert words in page.plain
    assert "Du är med" in check(me.join()).text
    other.join("Drift")

    room.go("ground")
    page = check(me.look())
    assert QUESTION in page.plain and 'name="understood"' in page.text
    page = check(
        me.send("ground", {"understood": "partly", "unclear": "Vad är bättre?", "key": page.hidden()})
    )
    assert page.status == 201 and "Delvis" in page.text and "Vad är bättre?" in page.text
    assert "Tack, det är mottaget" in check(me.look()).text
    assert 'name="understood"' in check(me.look("?again=1")).text
    room.do(actions.session.reword_question, text="Vad hindrar er?")
    assert 'name="understood"' in check(me.look()).text

    room.go("for_whom")
    check(me.send("for_whom", {"beneficiary": "Äldre hyresgäst", "value": "Ett lugnt hem"}))

    room.go("challenges")
    page = check(me.look())
    assert "Äldre hyresgäst" in page.text
    page = check(me.send("challenges", {"text": "Hissen står", "how_often": "daily", "key": page.hidden()}))
    receipt = room.stored("challenges")[0].receipt
    assert f"kvitto {receipt}" in page.text and "Hissen står" in page.text
    page = check(me.send("challenges", {"text": "Ingen frågar oss", "key": page.hidden()}))
    assert "Dina kort, 2 mottagna" in page.text
    other.send("challenges", {"text": "Dörren är tung"})

    room.go("read")
    page = check(me.look())
    assert "Dörren är tung" in page.text and "Hissen står" not in page.text and "Drift" not in page.text
    card = next(c.id for c in queries.board(room.file).loose if c.text == "Dörren är tung")
    page = check(me.send("read", {f"me_too@{card}": "1"}))
    assert page.status == 201 and re.search(rf'id="mark-{card}"[^>]* checked', page.text)
    check(me.send("read", {f"me_too@{card}": ["0", "1"]}))  # the hidden "no" before a ticked box means yes
    assert queries.board(room.file).cards[card].me_too == 1
    check(me.send("read", {f"me_too@{card}": "0"}))
    assert queries.board(room.file).cards[card].me_too == 0
    check(me.send("read", {"text": "Trapphuset är mörkt"}))
    assert len(queries.board(room.file).loose) == 4

    for step in ("break", "groups", "formulate"):
        room.go(step)
        assert "Dina kort, 3 mottagna" in check(me.look()).text
    room.go("goals")
    assert "Det finns inga behov att visa än" in check(me.look()).text
    seed(room)
    page = check(me.look())
    assert "Behov 1 av 2" in page.text and "Mål 11" in page.text
    page = check(me.send("goals", {"goals@1": ["1", "2"], "at": "1:0"}))
    assert "Behov 2 av 2" in page.text
    page = check(me.send("goals", {"none@2": "1", "at": "2:0"}))
    assert "Tack, det är mottaget" in page.text
    assert queries.goal_votes(room.file)[(1, 2)] == 1

    room.go("prioritise")
    page = check(rate(me))
    assert "prickar" in page.text
    page = check(me.send("prioritise", {"dots@1": "2", "dots@2": "1", "at": "last"}))
    assert "Tack, det är mottaget" in page.text
    rated = queries.rated_by(room.file, queries.participants(room.file)[0].id)
    assert {need for need, _ in rated} == {1, 2} and len(rated) == 12

    room.do(actions.agenda.new_round)
    assert "Behov 1 av 2" in check(me.look()).text

    room.go("route")
    check(me.look())
    page = check(me.send("route", {"recognise@1": "almost", "comment@1": "Även på sommaren", "at": "1:0"}))
    assert "Behov 2 av 2" in page.text
    room.go("close")
    page = check(me.send("close", {"takeaway": "Att fler ser samma sak", "follow_up": "1"}))
    assert "Att fler ser samma sak" in page.text


def rate(phone: Phone) -> Reply:
    """Rates both needs two scales at a time, as the pages lead."""
    page = check(phone.look())
    assert "behöver kunna <strong>komma ut</strong>" in page.plain and "checked" not in page.text
    seen = []
    while "Behov" in page.text and page.hidden("at") != "last":
        names = list(dict.fromkeys(re.findall(r'<input type="radio" name="([^"]+)"', page.text)))
        assert len(names) == 2
        seen += names
        answer = {names[0]: "4", names[1]: "dk", "at": page.hidden("at"), "key": page.hidden()}
        page = check(phone.send("prioritise", answer))
        assert page.status == 201
    assert len(seen) == 12 and len(set(seen)) == 12
    return page


def test_an_unanswered_screen_is_where_a_reload_lands(room: TheRoom) -> None:
    seed(room)
    room.go("prioritise")
    phone = room.phone()
    phone.join()
    phone.send("prioritise", {"benefit@1": "3", "anchoring@1": "3", "at": "1:0"})
    assert phone.look().hidden("at") == "1:1"
    assert phone.look("?need=2").hidden("at") == "2:0"
    assert phone.look("?need=999&part=77").hidden("at") == "1:1"
    empty = phone.send("prioritise", {"at": "1:1"})
    assert empty.status == 422 and empty.hidden("at") == "1:1"
    many = phone.send("prioritise", {"dots@1": "3", "dots@2": "3", "at": "last"})
    assert many.status == 422 and "prickar" in many.text
    assert check(many).hidden("at") == "last"


def test_in_a_second_round_a_reload_lands_where_it_was(room: TheRoom) -> None:
    seed(room)
    room.go("prioritise")
    phone = room.phone()
    phone.join()
    rate(phone)
    phone.send("prioritise", {"dots@1": "2", "at": "last"})
    room.do(actions.agenda.new_round)
    for at in ("1:0", "1:1", "1:2"):
        page = phone.look()
        assert page.hidden("at") == at
        names = list(dict.fromkeys(re.findall(r'<input type="radio" name="([^"]+)"', page.text)))
        phone.send("prioritise", {names[0]: "4", "at": at})
    assert phone.look().hidden("at") == "2:0"


def test_the_gentle_question_comes_after_the_receipt_and_both_texts_are_kept(room: TheRoom) -> None:
    if not lint.lint_challenge(SOLUTION, "sv"):
        pytest.fail("the sample no longer sounds like a solution")
    room.go("challenges")
    phone = room.phone()
    phone.join()
    page = check(phone.send("challenges", {"text": SOLUTION}))
    receipt = room.stored("challenges")[0].receipt
    assert page.status == 201 and page.hidden("about") == receipt
    assert f"Mottaget, kvitto {receipt}" in page.text and "Vad skulle det göra möjligt?" in page.text
    assert "Hoppa över" in page.text
    empty = check(phone.send("challenges", {"underlying": "", "about": receipt}))
    assert empty.status == 422 and empty.hidden("about") == receipt
    added = check(phone.send("challenges", {"underlying": "Att fel syns samma dag", "about": receipt}))
    assert added.status == 201 and SOLUTION in added.plain and "Att fel syns samma dag" in added.text
    again = phone.send("challenges", {"underlying": "Att fel syns samma dag", "about": receipt, "key": "u1"})
    repeated = phone.send(
        "challenges", {"underlying": "Att fel syns samma dag", "about": receipt, "key": "u1"}
    )
    assert (again.status, repeated.status) == (201, 200)
    (card,) = queries.board(room.file).loose
    assert (card.text, card.underlying) == (SOLUTION, "Att fel syns samma dag")


def test_personal_details_are_noticed_and_never_refused(room: TheRoom) -> None:
    room.go("challenges")
    reply = room.phone().send("challenges", {"text": "Ring Anna på 070-123 45 67 om golvet"})
    assert reply.status == 201 and "personuppgift" in reply.text
    assert room.stored()[0].text.startswith("Ring Anna på 070-123 45 67")


@pytest.mark.parametrize("code", ["sv", "en"])
def test_both_languages_on_every_kind_of_page(start_room: Callable[..., TheRoom], code: str) -> None:
    room = start_room(language="sv")
    seed(room)
    phone = room.phone()
    check(phone.look(f"?lang={code}"), code)
    check(phone.join(), code)
    marks = {"sv": "Skicka kortet", "en": "Send the card"}
    for step in queries.format_of(room.file).steps:
        room.go(step.id)
        page = check(phone.look(), code)
        if step.phone == "form" and step.makes == "card":
            assert marks[code] in page.text
        check(phone.send(step.id, {"key": "k" * 200}), code)
        room.do(actions.agenda.pause_phones)
        check(phone.look(), code)
        room.do(actions.agenda.open_phones)
    check(phone.ask("GET", f"/?lang={code}"), code)
    check(phone.ask("GET", "/nowhere/"), code)
    check(phone.send("nowhere", {}), code)


def test_no_english_is_left_on_a_swedish_phone(room: TheRoom) -> None:
    phone = room.phone()
    phone.join()
    room.go("challenges")
    text = unescape(re.sub(r"<[^>]+>|\{\w+\}", " ", phone.look().text))
    assert not re.search(r"\b(the|your|send|step|received|saved|page)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_words_and_come_back_as_typed(room: TheRoom, text: str) -> None:
    room.go("challenges")
    phone, other = room.phone(), room.phone()
    phone.join(text[:60].strip() or "x")
    other.join()
    page = check(phone.send("challenges", {"text": text, "when": text}))
    stored = room.stored("challenges")[0]
    kept = re.sub("[\x00-\x08\x0d-\x1f]", "", re.sub("[\x0b\x0c]", "\n", text)).strip()
    assert stored.text == kept and stored.fields["when"] == kept
    assert kept in unescape(page.plain)
    again = check(phone.send("challenges", {"text": text + "x" * 300, "when": text}))
    assert again.status == 422 and text.strip().replace("\x00", "\ufffd") in unescape(again.plain).replace(
        "\x00", "\ufffd"
    )
    room.go("read")
    assert kept in unescape(check(other.look()).plain)
    closed = check(phone.send("challenges", {"text": text}))
    assert closed.status == 403
    room.do(actions.session.set_cover, title=text, place=text, organisation=text)
    check(room.phone().look())


def test_a_name_is_for_those_who_want_and_lies_apart(room: TheRoom) -> None:
    phone = room.phone()
    page = phone.look()
    assert 'name="name"' in page.text and "<details" in page.text
    fields = {"role": "Drift", "organisation": "Nässjö", "relation": "work_in", "name": "Kim", "list_me": "1"}
    assert "Kim" not in check(phone.send("join", fields)).text
    assert queries.listed_names(room.file) == ("Kim",)
    assert "Kim" not in str(room.stored()) + str(queries.participants(room.file))


def test_many_cards_come_a_page_at_a_time(room: TheRoom) -> None:
    room.go("challenges")
    for n in range(45):
        room.do(actions.ask.type_card, text=f"Kort nummer {n}")
    room.go("read")
    phone = room.phone()
    phone.join()
    first, second = check(phone.look()), check(phone.look("?page=2"))
    assert (
        len(re.findall('class="tick"', first.text)) == 40
        and len(re.findall('class="tick"', second.text)) == 5
    )
    assert "Kort nummer 44" in check(phone.look("?page=99")).text


def test_hidden_and_parked_cards_are_not_shown_to_the_room(room: TheRoom) -> None:
    room.go("challenges")
    cards = [room.do(actions.ask.type_card, text=f"Kort {word}").card for word in ("ett", "två", "tre")]
    room.do(actions.group.hide, cards=[cards[0]], reason="noise")
    room.do(actions.group.park, cards=[cards[1]])
    room.go("read")
    phone = room.phone()
    phone.join()
    text = phone.look().text
    assert "Kort tre" in text and "Kort ett" not in text and "Kort två" not in text


def test_a_reload_of_an_answers_address_leads_home(room: TheRoom) -> None:
    phone = room.phone()
    for path in (f"{phone.home}steps/challenges", phone.home[:-1]):
        reply = phone.ask("GET", path)
        assert (reply.status, reply.headers["Location"]) == (303, phone.home)


def test_dates_and_times_are_written_as_in_the_phones_language(room: TheRoom) -> None:
    room.do(actions.session.set_cover, keep_until="2031-06-05")
    assert "5 juni 2031" in room.phone().look().plain
    assert "Kept until 5 June 2031." in room.phone().look("?lang=en").plain
    phone = room.phone()
    phone.join()
    room.go("challenges")
    assert re.search(r"klart? (kl\. )?\d\d\.\d\d<", phone.look().plain)
    assert re.search(r"done \d\d:\d\d<", phone.look("?lang=en").plain)
