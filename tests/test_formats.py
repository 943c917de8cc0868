"""Formats as data: what ships is whole and in both languages, and a broken file is told in words."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from workshop_app import formats, resources
from workshop_app.formats import Field, Format, FormatTrouble, Step, Words
from workshop_app.i18n import language

SMALL = """
id = "small"
people = [2, 9]
minutes = 15
name = { sv = "Litet", en = "Small" }
purpose = { sv = "Prova", en = "Try" }
who = { sv = "Alla", en = "All" }

[[step]]
id = "start"
kind = "lobby"
minutes = 5
title = { sv = "Hej", en = "Hello" }
prompt = { sv = "Välkommen", en = "Welcome" }
facilitator = { sv = "Hälsa.", en = "Greet." }
outcome = { sv = "Alla är här", en = "All are here" }

[[step]]
id = "tell"
kind = "ask"
minutes = 10
title = { sv = "Berätta", en = "Tell" }
prompt = { sv = "Vad är svårt?", en = "What is hard?" }
facilitator = { sv = "Lyssna.", en = "Listen." }
outcome = { sv = "Kort", en = "Cards" }

[[step.field]]
name = "text"
type = "area"
limit = 280
label = { sv = "Text", en = "Text" }

[[step.field]]
name = "often"
type = "one"
label = { sv = "Hur ofta?", en = "How often?" }
choices = [{ value = "daily", sv = "Dagligen", en = "Daily" }]
"""

NEEDS_STEPS = {
    "join": ("lobby", 10),
    "ground": ("probe", 20),
    "for_whom": ("ask", 10),
    "challenges": ("ask", 20),
    "read": ("read", 10),
    "break": ("pause", 10),
    "groups": ("group", 20),
    "formulate": ("formulate", 30),
    "goals": ("goals", 10),
    "prioritise": ("rate", 20),
    "route": ("route", 15),
    "close": ("close", 5),
}


def shipped() -> list[Format]:
    return list(formats.formats().values())


def all_steps() -> list[Step]:
    return [step for one in shipped() for step in one.steps]


def all_fields() -> list[Field]:
    return [field for step in all_steps() for field in step.fields] + [
        f for one in shipped() for f in one.join
    ]


def needs() -> Format:
    return formats.formats()["needs_identification"]


def field(step: str, name: str) -> Field:
    found = needs().step(step).field(name)
    assert found is not None
    return found


def test_needs_identification_has_the_twelve_steps_of_the_method() -> None:
    assert {s.id: (s.kind, s.minutes) for s in needs().steps} == NEEDS_STEPS
    assert needs().minutes == 180 and needs().people == (8, 40)
    assert needs().first.id == "join"


def test_steps_follow_each_other_to_the_end() -> None:
    steps = needs().steps
    for one, following in pairwise(steps):
        assert needs().after(one.id) is following
    assert needs().after(steps[-1].id) is None
    with pytest.raises(KeyError):
        needs().step("no_such_step")


def test_challenges_are_asked_as_the_contract_says() -> None:
    step = needs().step("challenges")
    text = field("challenges", "text")
    assert (text.type, text.limit, text.required) == ("area", 280, True)
    assert step.makes == "card" and step.many and step.rules
    assert [c.value for c in field("challenges", "how_often").choices] == [
        "daily",
        "weekly",
        "less_often",
        "dont_know",
    ]
    assert field("challenges", "underlying").shown_if == "solution_hint"
    assert field("challenges", "beneficiary").source == "beneficiaries"


def test_rating_asks_six_scales_for_each_need_and_three_dots() -> None:
    scales = [f for f in needs().step("prioritise").fields if f.type == "s5"]
    assert [f.name for f in scales] == [
        "benefit",
        "anchoring",
        "feasibility",
        "risk",
        "market_maturity",
        "innovation_space",
    ]
    for scale in scales:
        assert scale.per == "need" and not scale.required
        assert scale.short and scale.low and scale.middle and scale.high
    assert (field("prioritise", "dots").type, field("prioritise", "dots").limit) == ("dots", 3)


def test_every_need_can_be_recognised_and_commented() -> None:
    assert [c.value for c in field("route", "recognise").choices] == ["yes", "almost", "no"]
    assert field("route", "recognise").per == field("route", "comment").per == "need"


def test_prompts_are_those_of_the_method() -> None:
    expected = {
        "join": (
            "Skanna koden och välj den roll du har i dag.",
            "Scan the code and pick the role you have today.",
        ),
        "for_whom": (
            "Tänk på en person du arbetar för. Vem är det, och vad ska det här ge henne eller honom?",
            "Think of one person you work for. Who is it, and what should this give them?",
        ),
        "challenges": (
            "Vad gör det svårt i dag? Beskriv läget som det är. En sak per ruta, skicka så många du vill.",
            "What makes it hard today? Describe things as they are. "
            "One thing per box, send as many as you like.",
        ),
        "prioritise": (
            "Bedöm varje behov. Vet du inte, välj ”vet ej”.",
            "Rate each need. If you do not know, choose “don't know”.",
        ),
        "route": ("Känner du igen din vardag i det här?", "Do you recognise your daily work in this?"),
    }
    for step, (swedish, english) in expected.items():
        assert needs().step(step).prompt == Words(swedish, english)
    assert [rule.sv for rule in needs().three_rules] == [
        "Behov, inte lösningar",
        "En sak per ruta",
        "Allt som skrivs får finnas kvar",
    ]


def test_phones_wait_in_the_break_and_while_the_leader_groups() -> None:
    waiting = {s.id for s in needs().steps if s.phone == "wait"}
    assert waiting == {"break", "groups"}
    assert needs().step("formulate").phone == "info"


def test_the_lobby_asks_the_join_form_and_names_are_kept_apart() -> None:
    assert needs().lobby.fields == needs().join
    assert [f.name for f in needs().join if f.required] == ["role", "organisation", "relation"]
    assert [f.name for f in needs().join if f.apart] == ["name", "contact", "list_me", "follow_up"]
    assert not any(f.required for f in needs().join if f.apart)
    assert needs().join_intro.sv.startswith("Svara utifrån din roll. Ditt namn behövs inte.")


def test_everything_is_said_in_both_languages_and_they_differ() -> None:
    same = {"Risk", "It", "Start", "Svenska", "English"}
    texts = [
        w for one in shipped() for w in (one.name, one.purpose, one.who, one.join_intro, *one.three_rules)
    ]
    for step in all_steps():
        texts += [
            w for w in (step.title, step.prompt, step.facilitator, step.outcome, step.projector_text) if w
        ]
    for one in all_fields():
        texts += [w for w in (one.label, one.hint, one.short, one.low, one.middle, one.high) if w]
        texts += [choice.label for choice in one.choices]
    assert len(texts) > 100
    for words in texts:
        assert words.sv and words.en
        assert words.sv != words.en or words.sv in same, words


def test_words_follow_the_tone_of_the_house() -> None:
    forbidden = re.compile(r"\b(fel|ogiltig\w*)\b", re.IGNORECASE)
    for step in all_steps():
        for words in (step.title, step.prompt, step.facilitator, step.outcome):
            assert "!" not in words.sv + words.en, step.id
            assert not forbidden.search(words.sv), step.id
            assert "  " not in words.sv + words.en and "\n" not in words.sv + words.en


def test_a_leaders_script_is_a_few_sentences_and_a_projector_line_is_short() -> None:
    for step in all_steps():
        for text in (step.facilitator.sv, step.facilitator.en):
            assert 2 <= len(re.findall(r"[.?](?:\s|$)", text)) <= 7, step.id
        for text in (step.projector_words.sv, step.projector_words.en):
            assert 0 < len(text.split()) <= 20, step.id


def test_what_is_typed_has_a_limit_and_what_is_chosen_has_choices() -> None:
    for one in all_fields():
        assert one.limit or one.type not in formats.LIMITED
        assert one.choices or one.source or one.type not in ("one", "many")
        assert all(re.fullmatch(r"[a-z][a-z_0-9]*", choice.value) for choice in one.choices)


def test_the_command_line_shows_a_format_without_words_of_one_language() -> None:
    shown = needs().as_json()
    assert shown["id"] == "needs_identification" and shown["minutes"] == 180
    assert shown["name"] == {"sv": "Behovsidentifiering", "en": "Needs identification"}
    step = next(s for s in shown["steps"] if s["id"] == "challenges")
    assert (step["kind"], step["minutes"]) == ("ask", 20)
    assert step["fields"][0] == {"name": "text", "type": "area", "limit": 280, "required": True}


def test_a_form_name_carries_its_item_only_where_it_is_asked_for_each() -> None:
    assert field("prioritise", "risk").form_name(7) == "risk@7"
    assert field("prioritise", "risk").form_name() == "risk"
    assert field("challenges", "text").form_name(7) == "text"


def test_words_fall_back_to_the_other_language() -> None:
    assert Words("ja", "yes").get("en_GB") == "yes"
    assert Words("ja", "yes").get("sv") == Words("ja", "yes").get("fi") == "ja"
    assert Words("ja").get("en") == "ja" and Words(en="yes").get("sv") == "yes"
    assert not Words() and Words().get("sv") == ""


def test_a_format_may_be_known_by_names_that_other_files_use() -> None:
    one = formats.load('also_known_as = ["tiny"]\n' + SMALL, "small.toml")
    assert one.also_known_as == ("tiny",) and formats.load(SMALL, "small.toml").also_known_as == ()
    with pytest.raises(FormatTrouble, match="also_known_as must look like"):
        formats.load('also_known_as = "tiny"\n' + SMALL, "small.toml")


def test_a_new_format_is_a_new_text() -> None:
    one = formats.load(SMALL, "small.toml")
    assert [s.id for s in one.steps] == ["start", "tell"] and one.version == 1
    assert one.join == needs().join and one.three_rules == needs().three_rules


def test_a_format_may_have_its_own_join_form_and_rules() -> None:
    own = """
rule = [{ sv = "En", en = "One" }]
[join]
intro = { sv = "Hej", en = "Hello" }
[[join.field]]
name = "team"
type = "text"
limit = 40
label = { sv = "Lag", en = "Team" }
"""
    one = formats.load(SMALL.replace("\n[[step]]", own + "\n[[step]]", 1), "small.toml")
    assert [f.name for f in one.join] == [f.name for f in one.first.fields] == ["team"]
    assert one.three_rules == (Words("En", "One"),) and one.join_intro.en == "Hello"


def swap(old: str, new: str) -> Callable[[], str]:
    def change() -> str:
        assert old in SMALL
        return SMALL.replace(old, new)

    return change


BROKEN = {
    "unknown kind": (swap('"ask"', '"asks"'), ["tell", "“asks”", "lobby, probe, ask"]),
    "missing language": (swap('sv = "Berätta", ', ""), ["tell", "title.sv"]),
    "empty text": (swap('sv = "Berätta"', 'sv = "  "'), ["tell", "title.sv"]),
    "a third language": (swap('sv = "Berätta"', 'fi = "Kerro"'), ["tell, title", "“fi”"]),
    "minutes not adding up": (swap("minutes = 15", "minutes = 20"), ["15 minutes", "20"]),
    "field without limit": (swap("limit = 280\n", ""), ["tell, text", "area", "limit = 200"]),
    "negative limit": (swap("limit = 280", "limit = -1"), ["tell, text", "limit"]),
    "duplicate step": (swap('id = "tell"', 'id = "start"'), ["step", "“start”"]),
    "duplicate field": (swap('name = "often"', 'name = "text"'), ["tell", "“text”"]),
    "duplicate choice": (
        swap('en = "Daily" }]', 'en = "Daily" }, { value = "daily", sv = "a", en = "b" }]'),
        ["tell, often", "“daily”"],
    ),
    "choice without choices": (
        swap('choices = [{ value = "daily", sv = "Dagligen", en = "Daily" }]', ""),
        ["often"],
    ),
    "unknown type": (swap('"area"', '"essay"'), ["tell, text", "essay", "area"]),
    "unknown key": (swap("limit = 280", "limmit = 280\nlimit = 280"), ["tell, text", "limmit", "limit"]),
    "unknown projector": (swap('kind = "ask"', 'kind = "ask"\nprojector = "tv"'), ["tell", "tv", "thanks"]),
    "missing title": (swap('title = { sv = "Berätta", en = "Tell" }\n', ""), ["tell", "title", "missing"]),
    "missing id": (swap('id = "small"\n', ""), ["id", "missing"]),
    "bad id": (swap('id = "small"', 'id = "Små saker"'), ["id", "small_letters"]),
    "text for a number": (swap("minutes = 5", 'minutes = "5"'), ["start", "minutes = 20"]),
    "yes for a number": (swap("minutes = 5", "minutes = true"), ["start", "minutes = 20"]),
    "text for words": (swap('title = { sv = "Hej", en = "Hello" }', 'title = "Hej"'), ["start", "title"]),
    "people the wrong way": (swap("[2, 9]", "[9, 2]"), ["people = [8, 40]"]),
    "no steps": (lambda: SMALL.split("[[step]]")[0], ["no steps"]),
    "one step as a table": (lambda: SMALL.split("[[step]]")[0] + "[step]\nid = 'a'", ["[[step]]"]),
    "broken TOML": (swap('"ask"', '"ask'), ["line 20", "column"]),
    "cut off": (lambda: SMALL[: SMALL.index(', en = "Tell"')], ["line 22"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_told_in_words_with_its_place(case: str) -> None:
    text, said = BROKEN[case]
    with pytest.raises(FormatTrouble) as caught:
        formats.load(text(), "small.toml")
    for part in ["small.toml", *said]:
        assert part in str(caught.value), str(caught.value)
    assert str(caught.value).endswith(".")


def test_trouble_is_also_told_in_swedish() -> None:
    with pytest.raises(FormatTrouble) as caught:
        formats.load(SMALL.replace("limit = 280\n", ""), "small.toml")
    said = (
        "small.toml, rad 27, tell, text: ett fält av typen area behöver en gräns, till exempel limit = 200."
    )
    assert caught.value.words(language("sv")) == said


def test_every_sentence_of_trouble_has_a_swedish_text_with_the_same_values() -> None:
    part = read_po(resources.path("locale", "sv", "format.po").open("rb"), locale="sv")
    for text, _ in BROKEN.values():
        with pytest.raises(FormatTrouble) as caught:
            formats.load(text(), "small.toml")
        message = part.get(caught.value.message)
        assert message is not None and message.string, caught.value.message
        assert set(re.findall(r"{\w+}", str(message.string))) == set(
            re.findall(r"{\w+}", caught.value.message)
        )


def test_two_files_with_one_id_are_told_apart(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "formats").mkdir()
    shared = resources.text("formats", "_join.toml")
    for name, text in (("_join.toml", shared), ("a.toml", SMALL), ("b.toml", SMALL)):
        (tmp_path / "formats" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(resources, "_ROOT", tmp_path)
    with pytest.raises(FormatTrouble, match=r"b\.toml.*small"):
        formats.formats.__wrapped__()


@given(
    st.integers(0, len(SMALL)), st.sampled_from(['"', "[", "=", "{", "\n", "0", "å", ""]), st.integers(0, 3)
)
def test_any_slip_of_the_pen_gives_a_format_or_a_clear_sentence(place: int, typed: str, lost: int) -> None:
    text = SMALL[:place] + typed + SMALL[place + lost :]
    try:
        formats.load(text, "small.toml")
    except FormatTrouble as trouble:
        assert str(trouble).startswith("small.toml")
