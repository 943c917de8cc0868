"""Steps of several questions and steps about the items of a list, on phones without a script."""

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Phone, TheRoom
from workshop_app import actions, formats
from workshop_app.model.trouble import Refused
from workshop_app.store import queries

Start = Callable[..., TheRoom]


def joined(room: TheRoom, **fields: str) -> Phone:
    """A phone that has joined with what its format asks for."""
    phone = room.phone()
    phone.look()
    lobby = queries.format_of(room.file).lobby
    told = {"role": "Drift", "organisation": "Björkby", "relation": "work_in"} | fields
    for field in lobby.fields:
        if field.required and field.name not in told:
            told[field.name] = field.choices[0].value if field.choices else "1"
    reply = phone.send(lobby.id, told)
    assert reply.status == 201, reply.text
    return phone


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_the_join_form_asks_what_the_format_asks(start_room: Start, name: str) -> None:
    room = start_room(format_id=name)
    page = room.phone().look()
    for field in queries.format_of(room.file).lobby.fields:
        if field.name not in ("lang", "role_other"):
            assert f'name="{field.name}"' in page.text, field.name
    joined(room)
    last = room.stored()[-1]
    asked = [f.name for f in queries.format_of(room.file).lobby.fields if f.required and not f.apart]
    assert all(last.fields.get(name) for name in asked)


def test_a_list_is_answered_one_item_at_a_time(start_room: Start) -> None:
    room = start_room(format_id="maturity")
    phone = joined(room)
    room.go("rate")
    values = [i.value for i in queries.items(room.file, "rate")]
    page = phone.look()
    assert page.hidden("at") == values[0] and "Nya sätt undviks" in page.plain
    assert "1 av 7" in page.plain and f'value="{values[0]}"' in page.text
    page = phone.send(
        "rate", {"at": values[0], f"level@{values[0]}": "dk", f"example@{values[0]}": "Vet inte"}
    )
    assert page.status == 201 and page.hidden("at") == values[1] and "1 av 7 besvarade" in page.plain
    back = phone.look(f"?item={values[0]}")
    assert re.search(r'value="dk" checked', back.text) and "Vet inte" in back.text
    empty = phone.send("rate", {"at": values[1]})
    assert empty.status == 422 and empty.hidden("at") == values[1]
    for value in values[1:]:
        page = phone.send("rate", {"at": value, f"level@{value}": "4"})
    assert "Tack" in page.plain and "?item=" in page.text
    results = queries.step_results(room.file, "rate")
    assert results.spreads["level", values[1]].waiting == 1
    room.do(actions.agenda.new_round)
    assert phone.look().hidden("at") == values[0]


def test_each_phone_has_its_own_order_and_keeps_it(start_room: Start) -> None:
    room = start_room(format_id="barrier_scan")
    phones = [joined(room) for _ in range(4)]
    room.go("rate")
    values = [i.value for i in queries.items(room.file, "rate")]
    firsts = [phone.look().hidden("at") for phone in phones]
    assert firsts == [phone.look().hidden("at") for phone in phones]
    assert set(firsts) <= set(values)

    def walk(phone: Phone) -> list[str]:
        seen, page = [], phone.look()
        for _ in values:
            at = page.hidden("at")
            seen.append(at)
            page = phone.send("rate", {"at": at, f"weight@{at}": "3", f"influence@{at}": "ourselves"})
        return seen

    orders = [walk(phone) for phone in phones[:2]]
    assert sorted(orders[0]) == sorted(values) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_questions_are_sent_several_times_and_may_be_put_right(start_room: Start) -> None:
    room = start_room(format_id="learning_review")
    phone = joined(room)
    room.go("carrying_out")
    page = phone.look()
    assert all(f'name="{n}"' in page.text for n in ("worked", "not_worked", "differently"))
    refused = phone.send("carrying_out", {"worked": "Mötena"})
    assert refused.status == 422 and "Mötena" in refused.text
    page = phone.send("carrying_out", {"worked": "Mötena", "not_worked": "Tiden"})
    code = room.stored("carrying_out")[-1].receipt
    assert "Dina svar, 1 mottaget" in page.plain and "Mötena" in page.plain and code in page.text
    form = phone.look(f"?own={code}&do=correct")
    assert "Rätta svaret" in form.plain and "Mötena" in form.text
    changed = phone.send("carrying_out", {"replaces": code, "worked": "Mötena", "not_worked": "Pengarna"})
    assert changed.status == 201
    said = [s.words for s in queries.step_results(room.file, "carrying_out").words("not_worked")]
    assert said == ["Pengarna"]
    newer = room.stored("carrying_out")[-1]
    assert "Ta tillbaka svaret" in phone.look(f"?own={newer.receipt}&do=withdraw").plain
    assert joined(room).send("carrying_out", {"withdraw": newer.receipt}).status == 422
    fields = {"worked": "Mötena"}
    kept_step = "keep"
    assert phone.send("carrying_out", {"withdraw": newer.receipt}).status == 201
    assert not queries.step_results(room.file, "carrying_out").said
    room.go(kept_step)
    phone.send("keep", {"keep": "Listan", "home": "Handboken", "owner": "Upphandling"})
    mine = room.stored("keep")[-1]
    room.do(actions.outcome.keep, step="keep", fields={"keep": "Listan", **fields}, answer=mine.id)
    assert phone.send("keep", {"withdraw": mine.receipt}).status == 422


def test_dots_are_given_to_what_others_wrote(start_room: Start) -> None:
    room = start_room(format_id="sprint")
    phones = [joined(room) for _ in range(2)]
    room.go("how_might_we")
    for n, phone in enumerate(phones):
        assert phone.send("how_might_we", {"hmw": f"Hur skulle vi kunna {n}?"}).status == 201
    first, second = (i.value for i in queries.items(room.file, "how_might_we"))
    page = phones[0].look()
    assert f'name="dots@{first}"' in page.text and f'name="dots@{second}"' in page.text
    over = phones[0].send("how_might_we", {f"dots@{first}": "3", f"dots@{second}": "2"})
    assert over.status == 422 and "Ta tillbaka 2" in over.plain
    assert phones[0].send("how_might_we", {f"dots@{first}": "3", f"dots@{second}": "0"}).status == 201
    assert phones[0].send("how_might_we", {f"dots@{second}": "2"}).status == 201
    for other in (phones[1], joined(room)):
        assert other.send("how_might_we", {f"dots@{first}": "1"}).status == 201
    assert queries.step_results(room.file, "how_might_we").dots == {}, "more may come"
    room.do(actions.agenda.pause_phones)
    assert queries.step_results(room.file, "how_might_we").dots == {first: 2, second: 2}
    room.do(actions.agenda.open_phones)
    assert "Dina svar, 1 mottaget" in phones[0].look().plain


def test_choices_come_from_the_list_and_from_the_needs(start_room: Start) -> None:
    room = start_room(format_id="barrier_scan")
    phone = joined(room)
    room.go("examples")
    page = phone.look()
    assert 'type="checkbox" name="top3"' in page.text
    values = [i.value for i in queries.items(room.file, "examples")]
    four = phone.send("examples", {"top3": values[:4], "example": "I maj"})
    assert four.status == 422 and "Välj högst 3" in four.plain
    assert phone.send("examples", {"top3": values[:3], "example": "I maj"}).status == 201
    labels = [i.label for i in queries.items(room.file, "examples")]
    assert labels[0] in phone.look().plain
    other = start_room(format_id="supplier_conference")
    need = other.need("Torra golv", who="Barn", function="leka på torrt golv")
    guest = joined(other)
    other.go("needs")
    assert f'name="needs" id="needs-1" value="{need}"' in guest.look().text


def test_suppliers_do_not_see_what_other_suppliers_wrote(start_room: Start) -> None:
    room = start_room(format_id="supplier_conference")
    phone, other = joined(room), joined(room)
    room.go("questions")
    phone.send("questions", {"question": "Får vi räkna om priset?"})
    assert "räkna om priset" not in other.look().plain


def test_what_is_asked_of_each_need_stands_on_one_screen(start_room: Start) -> None:
    room = start_room(format_id="dialogue_meeting")
    need = room.need("Torra golv", who="Barn", function="leka på torrt golv")
    phone = joined(room)
    room.go("needs")
    page = phone.look()
    assert f'name="clear@{need}"' in page.text and f'name="question@{need}"' in page.text
    done = phone.send("needs", {"at": f"{need}:0", f"clear@{need}": "2", f"question@{need}": "Hur ofta?"})
    assert done.status == 201 and "?need=" in done.text
    assert [s.words for s in queries.step_results(room.file, "needs").said] == ["Hur ofta?"]


def test_what_only_the_leader_fills_in_is_never_asked_of_phones(start_room: Start) -> None:
    room = start_room(format_id="sprint")
    phone = joined(room)
    room.go("ideas")
    phone.send("ideas", {"idea_name": "Rist", "before": "a", "during": "b", "after": "c"})
    room.go("choose")
    [item] = queries.items(room.file, "choose")
    sent = phone.send("choose", {"at": item.value, f"meets@{item.value}": "4", "reason": "Fusk"})
    assert sent.status == 201 and 'name="reason"' not in sent.text
    assert "reason" not in room.stored("choose")[-1].fields


def test_a_draft_is_commented_one_paragraph_at_a_time_and_nobody_sees_who(start_room: Start) -> None:
    room = start_room(format_id="comment_round")
    room.do(actions.comment_round.set_draft, paragraphs=["Golvet är torrt.", "Inom tio minuter."])
    one, other = joined(room), joined(room)
    room.go("comments")
    first, second = (i.value for i in queries.items(room.file, "comments"))
    page = one.look()
    assert page.hidden("at") == first and "Golvet är torrt." in page.plain and "Stycke 1" in page.plain
    said = {"at": first, f"kind@{first}": "costly", f"comment@{first}": "KANARIE dyrt"}
    assert one.send("comments", said).status == 201
    assert one.send("comments", said).status == 201, "sent again: the same comment once"
    assert other.send("comments", {"at": second, f"comment@{second}": "Vad menas?"}).status == 201
    assert other.send("comments", {"at": "999", "comment@999": "Finns inte"}).status in (201, 422)
    told = queries.comment_round(room.file).comments
    assert [(c.kind, c.text, c.source) for c in told] == [
        ("costly", "KANARIE dyrt", "phone"), ("unclear", "Vad menas?", "phone")
    ]  # fmt: skip
    assert all("KANARIE" not in other.look(q).text for q in ("", f"?item={first}", "?page=questions"))
    with pytest.raises(Refused):
        room.do(actions.comment_round.publish)
    with pytest.raises(Refused):
        room.do(actions.comment_round.drop, comment=told[0].id)
    room.do(actions.comment_round.reply, comments=[c.id for c in told], answer="Tack.", by_role="Driftchef")
    room.do(actions.comment_round.publish)
    assert one.send("comments", {"at": second, f"comment@{second}": "Sent, men inte glömt"}).status == 201
    assert queries.comment_round(room.file).final_at is None, "what comes afterwards waits for its answer"


def test_a_question_may_be_called_what_the_page_calls_its_own_parts(start_room: Start) -> None:
    room = start_room(format_id="supplier_conference")
    phone = joined(room)
    for step in queries.format_of(room.file).steps[1:]:
        room.go(step.id)
        found = re.findall(r'\bid="([^"]+)"', phone.look().text)
        assert len(found) == len(set(found)), step.id


def test_a_phone_goes_on_where_the_first_step_is_no_lobby(start_room: Start) -> None:
    room = start_room(format_id="one_to_one")
    phone = joined(room)
    assert len(queries.participants(room.file)) == 1
    room.go("need")
    step = queries.format_of(room.file).step("need")
    assert f'name="{step.fields[0].name}"' in phone.look().text
    assert phone.send("need", {step.fields[0].name: "Vad menas med dygnet runt"}).status == 201
    assert room.stored("need")[0].participant == room.stored("terms")[0].participant != ""
