"""Blacking out: the words are gone from everything that shows or carries a session, nothing is lost, and undo works."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop_app.actions import agenda, ask, blackout, group, need, paper, rate, transfer
from workshop_app.model.blackout import SIGN
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile

Go = Callable[..., Any]
WHO = "Eva Hemlig"
TEXT = f"I går föll {WHO} i hallen, ring 070-123 45 67"


@pytest.fixture
def card(file: SessionFile, do: Go, phone: Go) -> Any:
    do(agenda.go_to, step="challenges")
    sent = phone("challenges", key="samma", text=TEXT, when=f"när {WHO} kom", beneficiary="Barnen")
    phone("challenges", about=sent.code, underlying=f"att {WHO} inte faller")
    heap = do(group.new_heap, title=f"Om {WHO}", cards=[sent.card])
    made = do(need.new_need, heap=heap, cards=[sent.card])
    do(need.set_fields, need=made, wish=TEXT, effect=f"så att {WHO.upper()} inte faller")
    return sent


def black(do: Go, file: SessionFile, card: int) -> None:
    """Blacks the name out in every text of a card."""
    for one in queries.passages(file, card):
        at = one.text.find(WHO)
        if at >= 0:
            do(
                blackout.black_out,
                answer=one.answer,
                field=one.field,
                start=at,
                end=at + len(WHO),
                words=WHO,
                reason="name",
            )


def shown(file: SessionFile) -> str:
    """All that any query, view or export gives."""
    view = "".join(
        str(tuple(r))
        for v in ("received", "cards", "needs", "journal")
        for r in file.select(f"SELECT * FROM {v}")
    )
    whole = json.dumps(transfer.whole(file), ensure_ascii=False)
    short = json.dumps(transfer.open_edition(file), ensure_ascii=False, default=str)
    return view + whole + short + repr(queries.summary(file)) + repr(queries.answers(file))


def test_the_words_are_nowhere_and_the_trace_is(file: SessionFile, do: Go, card: Any) -> None:
    assert WHO in shown(file)
    black(do, file, card.card)
    assert WHO.lower() not in shown(file).lower()
    now = queries.board(file).cards[card.card]
    assert now.text == TEXT.replace(WHO, SIGN) and now.when == f"när {SIGN} kom"
    assert now.underlying == f"att {SIGN} inte faller"
    assert [(b.field, b.signs, b.reason) for b in now.blackouts] == [
        ("text", len(WHO), "name"), ("when", len(WHO), "name"), ("underlying", len(WHO), "name")
    ]  # fmt: skip
    line = next(j for j in queries.journal(file) if j.action == "blackout.black_out")
    assert line.who == "leader" and '"signs": 10' in line.detail
    assert queries.board(file).heaps[0].title == f"Om {SIGN}"
    file.close()
    assert not check.findings(file.path)


def test_a_draft_from_a_table_loses_the_words_too(file: SessionFile, do: Go, card: Any) -> None:
    do(agenda.go_to, step="formulate")
    words = {"who": f"{WHO} och {WHO}", "function": "gå", "situation": "i hallen", "effect": "ingen faller"}
    fields = words | {"table": f"Hos {WHO}"}
    given = {"step": "formulate", "key": "bordet", "participant": None, "fields": fields, "language": "sv"}
    sent = do(ask.receive, by="phone", **given)
    black(do, file, card.card)
    assert WHO not in shown(file)
    (draft,) = queries.drafts(file)
    assert draft.fields["who"] == f"{SIGN} och {SIGN}" and draft.table == f"Hos {SIGN}"
    again = do(ask.receive, by="phone", **given)
    assert again.again and again.code == sent.code
    assert check.findings(file.path) == []


def test_undo_brings_everything_back(file: SessionFile, do: Go, card: Any) -> None:
    before = (queries.board(file), queries.needs(file))
    black(do, file, card.card)
    after = (queries.board(file), queries.needs(file))
    for _ in range(3):
        assert file.undo().result() == blackout.black_out.label
    assert (queries.board(file), queries.needs(file)) == before
    for _ in range(3):
        file.redo().result()
    assert (queries.board(file), queries.needs(file)) == after


def test_a_phone_that_sends_the_same_again_is_known(file: SessionFile, do: Go, phone: Go, card: Any) -> None:
    black(do, file, card.card)
    text = queries.board(file).cards[card.card].text
    at = text.index("070")
    end = at + len("070-123 45 67")
    do(
        blackout.black_out,
        answer=card.answer,
        field="text",
        start=at,
        end=end,
        words=text[at:end],
        reason="contact",
    )
    whole = queries.board(file).cards[card.card].text
    assert whole == f"I går föll {SIGN} i hallen, ring {SIGN}"
    do(
        blackout.black_out,
        answer=card.answer,
        field="text",
        start=0,
        end=len(whole),
        words=whole,
        reason="other",
    )
    assert queries.board(file).cards[card.card].text == SIGN
    again = phone("challenges", key="samma", text=TEXT, when=f"när {WHO} kom", beneficiary="Barnen")
    assert again.again and again.card is None and len(queries.board(file).cards) == 1
    with pytest.raises(ask.KeyReused):
        phone("challenges", key="samma", text=TEXT + "!", when=f"när {WHO} kom", beneficiary="Barnen")


def test_what_cannot_be_blacked_out_is_refused(file: SessionFile, do: Go, card: Any) -> None:
    good = {"answer": card.answer, "field": "text", "start": 0, "end": 4, "words": "I gå", "reason": "name"}
    for change in (
        {"words": "Du"}, {"reason": "Eva"}, {"field": "_makes"}, {"field": "role"}, {"answer": 999},
        {"start": 1, "end": 2, "words": " "},
    ):  # fmt: skip
        with pytest.raises(Refused):
            do(blackout.black_out, **(good | change))
    do(blackout.black_out, **good)
    with pytest.raises(Refused):
        do(blackout.black_out, **(good | {"end": 5, "words": SIGN}))


def test_the_file_keeps_the_words_in_one_place_and_an_export_has_none(
    file: SessionFile, do: Go, card: Any, tmp_path: Path
) -> None:
    black(do, file, card.card)
    assert [r["words"] for r in file.select("SELECT words FROM blackout")] == [WHO] * 3
    json_path = tmp_path / "ut.json"
    transfer.write_json(transfer.whole(file), json_path)
    with transfer.import_json(json_path, tmp_path / "in.behov") as again:
        assert (
            queries.board(again).cards[card.card].blackouts == queries.board(file).cards[card.card].blackouts
        )
        assert transfer.whole(again) == transfer.whole(file)
    assert WHO.encode() not in (tmp_path / "in.behov").read_bytes()


def test_a_beneficiary_that_is_blacked_out_is_offered_to_nobody(file: SessionFile, do: Go, card: Any) -> None:
    do(
        blackout.black_out,
        answer=card.answer,
        field="beneficiary",
        start=0,
        end=6,
        words="Barnen",
        reason="other",
    )
    assert queries.beneficiaries(file) == ()


def test_a_typed_card_with_blacked_out_words_is_not_typed_over(file: SessionFile, do: Go) -> None:
    typed = do(ask.type_card, text=TEXT)
    black(do, file, typed.card)
    with pytest.raises(Refused):
        do(paper.correct, card=typed.card, text=TEXT)


def test_whatever_is_typed_on_a_phone_can_be_blacked_out(
    file: SessionFile, do: Go, phone: Go, join: Go
) -> None:
    who = join("p1", role="other", role_other=f"vän till {WHO}", organisation=f"{WHO} ensam")
    do(agenda.go_to, step="ground")
    phone("ground", who, understood="partly", unclear=f"vad menar {WHO}")
    made = do(need.new_need, title="Trygg hall")
    do(need.set_fields, need=made, who="alla", function="gå")
    do(agenda.go_to, step="route")
    phone("route", who, **{f"recognise__{made}": "no", f"comment__{made}": f"inte {WHO}"})
    do(agenda.go_to, step="close")
    sent = phone("close", who, key="hem", takeaway=f"tack {WHO}")
    do(rate.hand_recognition, need=made, counts={"yes": 3}, source="hands")
    before = (queries.participants(file), queries.needs(file), queries.answers(file))
    assert {p.field for p in queries.typed(file)} == {
        *("role_other", "organisation", "unclear", f"comment@{made}", "takeaway")
    }
    for one in queries.typed(file):
        at = one.text.index(WHO)
        where = {"answer": one.answer, "field": one.field, "start": at, "end": at + len(WHO)}
        do(blackout.black_out, **where, words=WHO, reason="name")
    assert WHO not in shown(file) and WHO not in repr(queries.unclear(file))
    (person,) = queries.participants(file)
    assert (person.role, person.organisation) == (f"vän till {SIGN}", f"{SIGN} ensam")
    assert queries.needs(file)[0].recognition.comments == (f"inte {SIGN}",)
    assert [b.reason for b in queries.blackouts(file)[sent.answer]] == ["name"]
    assert len(queries.summary(file).blackouts) == 5
    assert phone("close", who, key="hem", takeaway=f"tack {WHO}").again, "the same sending is known"
    for _ in range(5):
        assert file.undo().result() == blackout.black_out.label
    assert (queries.participants(file), queries.needs(file), queries.answers(file)) == before
    for _ in range(5):
        file.redo().result()
    assert WHO not in shown(file)
    file.close()
    assert not check.findings(file.path)


def test_a_choice_or_a_name_kept_apart_is_not_what_was_typed(file: SessionFile, do: Go, join: Go) -> None:
    join("p1", name="Eva Hemlig")
    answer = queries.answers(file)[0].id
    for field, words in (("relation", "work_in"), ("role", "Upphandlare"), ("key", "k"), ("name", "Eva")):
        where = {"answer": answer, "field": field, "start": 0, "end": len(words)}
        with pytest.raises(Refused):
            do(blackout.black_out, **where, words=words, reason="name")


def test_a_name_given_apart_can_be_blacked_out_and_leaves_a_trace(
    file: SessionFile, do: Go, join: Go, tmp_path: Path
) -> None:
    join("p1", name=f"{WHO} Hemlig", contact=f"ring {WHO}", list_me="1")
    join("p2", name="Ola", list_me="1")
    apart = [p for p in queries.typed(file) if p.contact]
    number, other = (next(p.contact for p in apart if word in p.text) for word in (WHO, "Ola"))
    name, contact = (p for p in apart if p.contact == number)
    assert (name.text, contact.text, name.answer) == (f"{WHO} Hemlig", f"ring {WHO}", 0)
    for one in (name, contact):
        at = one.text.index(WHO)
        place = {"contact": number, "field": one.field, "start": at, "end": at + len(WHO), "words": WHO}
        for change in ({"contact": 0}, {"field": "created_at"}, {"words": "Ola"}, {"reason": "vet inte"}):
            with pytest.raises(Refused):
                do(blackout.black_out_contact, **({**place, "reason": "name"} | change))
        do(blackout.black_out_contact, **place, reason="name")
    assert sorted(queries.listed_names(file)) == ["Ola", f"{SIGN} Hemlig"]
    assert [p.text for p in queries.contact_passages(file, number)] == [f"{SIGN} Hemlig", f"ring {SIGN}"]
    assert [(b.field, b.signs) for b in queries.contact_blackouts(file, number)] == [
        ("name", len(WHO)),
        ("contact", len(WHO)),
    ]
    assert len(queries.summary(file).blackouts) == 2 and not queries.contact_blackouts(file, other)
    assert WHO not in repr(queries.journal(file)) and WHO not in repr(transfer.whole(file))
    transfer.write_json(transfer.whole(file), tmp_path / "out.json")
    with transfer.import_json(tmp_path / "out.json", tmp_path / "in.behov") as again:
        assert transfer.whole(again) == transfer.whole(file)
    for _ in range(2):
        assert file.undo().result() == blackout.black_out_contact.label
    assert queries.contact_passages(file, number) == (name, contact)
    for _ in range(2):
        file.redo().result()
    file.close()
    assert not check.findings(file.path)
