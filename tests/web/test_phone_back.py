"""A person who comes back: with an own code on a phone that is not known, by a catalogue in a language of one's own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.web.conftest import Phone, Reply, TheRoom
from tests.web.test_phone_pages import check
from workshop_app import i18n, invite, resources
from workshop_app.store import queries
from workshop_app.web import draw

TEXT = "Det är mörkt i trappan"


@pytest.fixture
def phone(room: TheRoom) -> Phone:
    """A phone that has joined and sent a card."""
    room.go("challenges")
    one = room.phone()
    one.join()
    assert one.send("challenges", {"text": TEXT}).status == 201
    return one


def code_on(phone: Phone) -> str:
    found = re.search(r'id="own-code">.*?<span class="code">(\w{3} \w{3})</span>', phone.look().text)
    assert found, "no code on the page"
    return found[1]


def back(phone: Phone, code: str) -> Reply:
    return phone.send("join", {"back": code})


def test_a_phone_that_lost_its_cookie_comes_back_as_who_it_was(room: TheRoom, phone: Phone) -> None:
    code, stranger = code_on(phone), room.phone()
    asked = check(stranger.look())
    assert "Var du redan med?" in asked.plain and "own-code" in asked.text and code not in asked.text
    assert back(stranger, code.replace(" ", "").lower()).status == 303
    assert TEXT in stranger.look().plain and code_on(stranger) == code
    assert stranger.send("challenges", {"text": "Halt golv"}).status == 201
    assert "Halt golv" in phone.look().plain, "both are the same participant now"
    assert [p.cards for p in queries.phones(room.file)] == [2]
    assert len({a.participant for a in room.stored("challenges")}) == 1
    assert stranger.cookies["phone"] != phone.cookies["phone"]
    assert back(stranger, "CCCCCC").status == 303, "who is known already stays who it is"
    assert code_on(stranger) == code


def test_a_code_that_nobody_has_lets_nobody_in_and_cannot_be_tried_out(room: TheRoom, phone: Phone) -> None:
    code, stranger = code_on(phone), room.phone()
    stranger.look()
    for _ in range(5):
        refused = back(stranger, "CCC CCC")
        assert (
            refused.status == 422
            and "Ingen här har den koden." in refused.plain
            and TEXT not in refused.plain
        )
    check(refused)
    slowed = check(back(stranger, "CCC CCC"))
    assert slowed.status == 429 and "Vänta" in slowed.plain and int(slowed.headers["Retry-After"]) >= 1
    assert back(stranger, code).status == 429, "not even the right one before the wait is over"
    assert stranger.send("join", {"role": "Drift", "organisation": "X", "relation": "use"}).status == 201
    assert len(queries.phones(room.file)) == 2


def test_without_cookies_the_page_says_why_a_code_does_not_help(room: TheRoom, phone: Phone) -> None:
    code, bare = code_on(phone), room.phone(keeps_cookies=False)
    refused = back(bare, code)
    assert refused.status == 422 and "sparar inga kakor" in refused.plain and TEXT not in refused.plain


def test_codes_are_six_signs_and_differ() -> None:
    codes = {invite.own_code(f"{n:020x}", "token") for n in range(1000)}
    assert len(codes) == 1000 and {len(c) for c in codes} == {invite.SHORT_CODE}
    assert set("".join(codes)) <= set(invite.ALPHABET)
    assert invite.own_code("a", "token") != invite.own_code("a", "other")


@pytest.fixture
def finnish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third catalogue beside the Swedish one, and nothing else."""
    folder = tmp_path / "locale"
    for code, said in (("sv", {"English": "Svenska"}), ("fi", {"English": "Suomi", "Next": "Seuraava"})):
        words = Catalog(locale=code)
        for msgid, text in said.items():
            words.add(msgid, text)
        place = folder / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / "workshop.mo").open("wb") as out:
            write_mo(out, words)
    real = resources.path
    monkeypatch.setattr(resources, "path", lambda *at: folder if at == ("locale",) else real(*at))
    kept = (i18n.available, i18n.language, i18n._catalogue, draw.languages, draw.kept)
    for one in kept:
        one.cache_clear()
    yield
    monkeypatch.undo()
    for one in kept:
        one.cache_clear()


def test_a_catalogue_is_all_that_a_new_language_needs(finnish: None, room: TheRoom) -> None:
    phone = room.phone()
    first = phone.look().text
    assert re.findall(r'lang=(\w\w)" lang="\w\w" hreflang="\w\w">(\w+)<', first)[:2] == [
        ("en", "English"),
        ("fi", "Suomi"),
    ]
    page = phone.look("?lang=fi").text
    assert '<html lang="fi">' in page and "Seuraava" in page and ">Svenska</a>" in page
    assert phone.cookies["lang"] == "fi" and "Seuraava" in phone.look().text, "the choice is remembered"
    assert phone.join().status == 201
    assert queries.participants(room.file)[0].language == "fi"
    assert i18n.language("fi_FI.UTF-8").code == "fi" and i18n.own_name("fi") == "Suomi"
