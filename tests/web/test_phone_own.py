"""Own cards on the phone, the sign that one is done, cards that still lie on phones, and a phone that is muted."""

import json
import re

import pytest

from tests.web.conftest import Phone, TheRoom
from workshop_app import actions
from workshop_app.store import queries

JSON = "application/json"
TEXT = "Det är mörkt i trappan"


@pytest.fixture
def phone(room: TheRoom) -> Phone:
    """A phone that has joined, at the step where cards are written."""
    room.go("challenges")
    one = room.phone()
    one.join()
    return one


def code_of(phone: Phone, text: str = TEXT) -> str:
    """Sends a card; its receipt."""
    return str(json.loads(phone.send("challenges", {"text": text}, accept=JSON).text)["receipt"])


def test_a_card_is_taken_back_by_plain_pages(room: TheRoom, phone: Phone) -> None:
    code = code_of(phone)
    (link,) = re.findall(r'href="[^"?]*(\?own=[^"]*do=withdraw)"', phone.look().text)
    asked = phone.look(link.replace("&amp;", "&"))
    assert asked.status == 200 and TEXT in asked.plain and asked.hidden("withdraw") == code
    done = phone.send("challenges", {"withdraw": asked.hidden("withdraw"), "key": asked.hidden()})
    assert done.status == 201 and f"Kortet med kvitto {code} har tagits tillbaka" in done.plain
    assert "Tillbakadraget" in done.plain and "do=withdraw" not in done.text
    again = phone.send("challenges", {"withdraw": code}, accept=JSON)
    assert again.status == 200 and json.loads(again.text) == {"receipt": code, "status": "withdrawn"}
    assert len(room.stored("challenges")) == 1 and queries.balance(room.file).places["withdrawn"] == 1


def test_taking_back_works_after_the_step_and_while_phones_rest(room: TheRoom, phone: Phone) -> None:
    first, second = code_of(phone), code_of(phone, "Halt golv")
    room.do(actions.agenda.pause_phones)
    assert "do=withdraw" in phone.look().text and "do=correct" not in phone.look().text
    assert phone.send("challenges", {"withdraw": first}).status == 201
    room.go("break")
    assert phone.look(f"?own={second}&do=withdraw").hidden("withdraw") == second
    assert phone.send("challenges", {"withdraw": second}).status == 201


def test_nobody_elses_card_can_be_touched(room: TheRoom, phone: Phone) -> None:
    other = room.phone()
    other.join()
    theirs = code_of(other, "Halt golv")
    for given in ({"withdraw": theirs}, {"replaces": theirs, "text": "Inget alls"}, {"withdraw": ""}):
        reply = phone.send("challenges", given)
        assert reply.status == 422 and "Det kortet finns inte bland dina" in reply.plain, given
    assert room.phone().send("challenges", {"withdraw": theirs}).status == 422
    page = phone.look(f"?own={theirs}&do=correct")
    assert "Halt golv" not in page.plain and "Det kortet finns inte bland dina" in page.plain
    assert queries.balance(room.file).places["withdrawn"] == 0 and len(room.stored("challenges")) == 1


def test_a_card_behind_a_need_is_refused_kindly(room: TheRoom, phone: Phone) -> None:
    code = code_of(phone)
    room.do(actions.need.new_need, title="Ljus", cards=[1])
    reply = phone.send("challenges", {"withdraw": code})
    assert (
        reply.status == 422 and "Kortet ligger redan bakom ett behov. Säg till processledaren." in reply.plain
    )
    reply = phone.send("challenges", {"replaces": code, "text": "Det är för mörkt"})
    assert reply.status == 422 and "Det är för mörkt" in reply.plain and "bakom ett behov" in reply.plain


def test_a_card_is_corrected_by_plain_pages(room: TheRoom, phone: Phone) -> None:
    code = code_of(phone, "Det är mörkt i tarppan")
    form = phone.look(f"?own={code}&do=correct")
    assert "Det är mörkt i tarppan</textarea>" in form.plain and form.hidden("replaces") == code
    sent = {"replaces": code, "key": form.hidden(), "text": TEXT}
    reply = phone.send("challenges", sent)
    new = room.stored("challenges")[-1].receipt
    assert (
        reply.status == 201 and f"Mottaget, kvitto {new}" in reply.plain and f"Ersatt av {new}" in reply.plain
    )
    assert phone.send("challenges", sent).status == 200, "a resend is harmless"
    empty = phone.send("challenges", {"replaces": new, "text": " "})
    assert empty.status == 422 and empty.hidden("replaces") == new
    room.do(actions.agenda.pause_phones)
    kept = phone.send("challenges", {"replaces": new, "text": "Ännu bättre ord"})
    assert kept.status == 403 and "Ännu bättre ord" in kept.plain


def test_i_am_done_is_said_and_taken_back_with_what_is_being_written(room: TheRoom, phone: Phone) -> None:
    assert "Jag är klar" in phone.look().plain
    said = phone.send("challenges", {"done": "1", "text": "halvskrivet"})
    assert said.status == 200 and "Du har sagt att du är klar" in said.plain and "halvskrivet" in said.plain
    assert room.stored("challenges") == () and len(queries.done(room.file, "challenges")) == 1
    assert "Jag vill skriva mer" in phone.look().plain
    assert json.loads(phone.send("challenges", {"done": "0"}, accept=JSON).text)["status"] == "noted"
    assert queries.done(room.file, "challenges") == frozenset()
    assert room.phone().send("challenges", {"done": "1"}).status == 422
    assert "Jag är klar" not in room.phone().look("?without=role").plain
    room.go("read")
    assert "Jag är klar" in phone.look().plain


def test_the_server_knows_which_phones_hold_unsent_cards(room: TheRoom, phone: Phone) -> None:
    def tell(who: Phone, n: str) -> int:
        return who.ask("GET", f"{who.home}events?report=1&unsent={n}").status

    assert room.server.unsent() == {}
    assert tell(phone, "3") == 204 and list(room.server.unsent().values()) == [3]
    for odd in ("x", "-1", "", "1.5"):
        assert tell(phone, odd) == 204
    assert tell(room.phone(), "9") == 204, "of a phone that never joined nothing is kept"
    assert list(room.server.unsent().values()) == [3]
    assert phone.ask("GET", f"{phone.home}events?poll=1&unsent=0").status == 200
    assert room.server.unsent() == {}


def test_a_muted_phone_keeps_its_text(room: TheRoom, phone: Phone) -> None:
    code_of(phone)
    who = queries.phones(room.file)[0].participant
    room.do(actions.ask.mute, participant=who)
    reply = phone.send("challenges", {"text": "Halt golv"})
    assert reply.status == 403 and "vila en stund" in reply.plain and "Halt golv" in reply.plain
    assert "vila en stund" in json.loads(phone.send("challenges", {"text": "x"}, accept=JSON).text)["message"]
    other = room.phone()
    other.join()
    assert other.send("challenges", {"text": "Smal dörr"}).status == 201
    room.do(actions.ask.unmute, participant=who)
    assert phone.send("challenges", {"text": "Halt golv"}).status == 201


def test_what_waits_in_the_inbox_is_not_on_other_phones(room: TheRoom, phone: Phone) -> None:
    room.do(actions.session.set_setting, key="inbox", value="1")
    code_of(phone)
    other = room.phone()
    other.join()
    room.go("read")
    assert TEXT not in other.look().plain
    room.do(actions.group.let_through, cards=[1])
    assert TEXT in other.look().plain
