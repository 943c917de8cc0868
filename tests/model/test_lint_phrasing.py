"""Words the lists do not hold letter by letter: compounds, endings, refusals, and how people really write on a phone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_app.model import lint, lint_words

PHRASING = Path(__file__).parent / "phrasing"


def lines(name: str) -> list[str]:
    text = (PHRASING / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def told() -> list[tuple[str, str, bool]]:
    kinds = (("wishes", True), ("told", False))
    return [
        (code, line, wish)
        for code in ("sv", "en")
        for kind, wish in kinds
        for line in lines(f"{kind}_{code}")
    ]


def sound(field: str, text: str, code: str) -> dict[str, object]:
    base: dict[str, object] = {
        "who": "Hyresgäster i flerbostadshus" if code == "sv" else "Tenants of flats",
        "function": "komma ut ur huset på egen hand" if code == "sv" else "leave the house alone",
        "situation": "när snön ligger djup" if code == "sv" else "when the snow is deep",
        "effect": "grannarna kan ses" if code == "sv" else "neighbours can meet",
        "function_requirement": {"text": "10 av 10" if code == "sv" else "10 of 10", "check": "prov"},
        "evidence": ["c1", "c2"],
    }
    return base | (
        {"function_requirement": {"text": text, "check": "prov"}} if field == "requirement" else {field: text}
    )


@pytest.mark.parametrize("line", lines("needs"))
def test_needs(line: str) -> None:
    code, rule, field, text = line.split("|")
    # N07 compares with the function of the table: news of a closure.
    fields = sound(field, text, code)
    if field == "effect":
        fields["function"] = "få besked om att förskolan stänger" if code == "sv" else "learn about a closure"
    found = {f.rule for f in lint.lint_need(fields, code)}
    assert rule in found if rule != "-" else not found, found


def asked(code: str, field: str, text: str) -> set[str]:
    if field == "challenge":
        return {f.rule for f in lint.lint_challenge(text, code)}
    found = lint.lint_name(text, code) if field == "name" else lint.lint_need(sound(field, text, code), code)
    return {f.rule for f in found}


def test_texts_from_many_trades_are_asked_about_or_left_alone() -> None:
    wrong = []
    for line in lines("tried"):
        code, rule, field, text = line.split("|", 3)
        found = asked(code, field, text)
        ways = (
            {rule, "N01", "N02", "N03"} if field == "challenge" else {rule}
        )  # a phone asks one question of the three
        if bool(found & ways) != (rule != "-") or (rule == "-" and found):
            wrong.append((line, found))
    assert len(lines("tried")) > 1000 and wrong == []


@pytest.mark.parametrize("line", lines("sound"))
def test_sound_needs_get_no_question(line: str) -> None:
    code, who, function, situation, effect, requirement = line.split("|")
    fields = {"who": who, "function": function, "situation": situation, "effect": effect, "evidence": ["c1"]}
    asked = lint.lint_need(fields | {"function_requirement": {"text": requirement, "check": "logg"}}, code)
    assert asked == []


@pytest.mark.parametrize(("code", "text", "wish"), told())
def test_hint_on_the_phone(code: str, text: str, wish: bool) -> None:
    assert lint.is_solution_phrased(text, code) == wish, lint.lint_challenge(text, code)


def test_phone_asks_the_question_of_the_format_and_never_says_error() -> None:
    found = lint.lint_challenge("Vi behöver en app. Ring 070-123 45 67", "sv")
    assert [(f.rule, f.severity, f.field, f.match) for f in found] == [
        ("N01", "warn", "text", "app"),
        ("N15", "warn", "text", "070-123 45 67"),
    ]
    assert found[0].question == "Det här låter som ett sätt att lösa något. Vad skulle det göra möjligt?"
    assert "070" not in found[1].question


def test_a_product_is_asked_about_on_the_phone_even_without_a_wish() -> None:
    assert [f.rule for f in lint.lint_challenge("Mötena i Teams blir bara längre", "sv")] == ["N02"]


def test_personal_data_alone_is_no_solution() -> None:
    assert not lint.is_solution_phrased("Ring mig på 070-123 45 67", "sv")


def test_swedish_words_are_known_on_an_english_phone_and_the_question_is_english() -> None:
    found = lint.lint_challenge("Vi borde upphandla en ny skurmaskin till alla skolor", "en")
    assert {f.rule for f in found} == {"N01", "N03"}
    assert found[0].question == "This sounds like a way to solve something. What would it make possible?"


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Trygg väg hem", []),
        ("Ny bokningsapp", ["N01"]),
        ("Upphandla städ", ["N03"]),
        ("Anna 070-123 45 67", ["N15"]),
    ],
)
def test_name_of_a_heap(name: str, rules: list[str]) -> None:
    assert [f.rule for f in lint.lint_name(name, "sv")] == rules


def test_an_empty_need_is_asked_for_each_part_and_nothing_breaks() -> None:
    found = lint.lint_need({}, "sv")
    assert {(f.rule, f.field) for f in found} == {
        ("N06", "who"),
        ("N07", "effect"),
        ("N09", "requirement"),
        ("N10", "function"),
        ("N11", "situation"),
        ("N12", "evidence"),
    }
    assert all(f.match == "" and f.start == -1 for f in found)


def test_odd_values_do_not_break() -> None:
    odd = {
        "who": None,
        "function": 7,
        "evidence": "c1",
        "market": None,
        "stakeholders": [{"group": "a@b.se"}],
        "x": 1,
    }
    assert ("N15", "stakeholders") in {(f.rule, f.field) for f in lint.lint_need(odd, "sv")}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"route": "innovation_procurement", "route_kind": "friendly", "market": "meets_need"}, []),
        ({"route": "innovation_procurement", "market": "unknown"}, [("market_status", "warn")]),
        ({"route": "ordinary_procurement", "market": "not_applicable"}, [("route", "error")]),
        ({"route": "ordinary_procurement", "market": "none_found"}, [("route", "warn")]),
        ({"route": "internal_development", "route_reason": ""}, [("route_reason", "warn")]),
        ({"route": "other_process", "other_process": ""}, [("other_process", "error")]),
        ({"route": "internal_development", "owner": ""}, [("owner", "error")]),
        ({"route": "", "owner": "", "route_reason": ""}, []),
    ],
)
def test_route_against_market_owner_and_reason(
    fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    sent: dict[str, object] = sound("who", "Lokalvårdare på natten", "sv") | {
        "owner": "Rektor",
        "route_reason": "Finns",
    }
    sent |= {**fields, "market": {"status": fields.get("market", "partly")}}
    assert [(f.field, f.severity) for f in lint.lint_need(sent, "sv") if f.rule == "N14"] == expected


def test_ids_without_roles_say_nothing_about_who_noticed() -> None:
    assert lint.lint_need(sound("evidence", "", "sv") | {"evidence": ["c1"]}, "sv") == []


def test_a_target_with_a_figure_counts_as_measure() -> None:
    fields = sound("requirement", "Väntetiden är kort", "sv")
    assert "N09" in {f.rule for f in lint.lint_need(fields, "sv")}
    fields["function_requirement"] = {"text": "Väntetiden är kort", "check": "logg", "target": "3 dagar"}
    assert "N09" not in {f.rule for f in lint.lint_need(fields, "sv")}


def test_a_long_or_strange_text_is_read_and_ends() -> None:
    for text in (
        "a" * 100_000,
        "behöver en app " * 9000,
        "-" * 50_000,
        "\u0000\u202e<b>&",
        "😀" * 3000,
        "0" * 99_999,
    ):
        assert isinstance(lint.lint_challenge(text, "sv"), list)
        assert isinstance(lint.lint_need({"function": text, "who": text}, "en"), list)


@pytest.mark.parametrize(
    ("line", "found", "left"),
    [
        ("hemsida -n", ["hemsida", "hemsidan", "hemsidans"], ["hemsidor", "minhemsida"]),
        ("drönar*", ["drönare", "drönarna"], ["drön"]),
        ("*robot -ar", ["robot", "städrobotar"], ["robotik"]),
        ("+system -et", ["bokningssystemet"], ["system"]),
        ("bli -r bättre", ["bli bättre", "blir  bättre"], ["blir mycket bättre"]),
        ("ersätta ... med", ["ersätta det gamla med"], ["ersätta med"]),
    ],
)
def test_how_a_line_of_a_word_list_is_read(line: str, found: list[str], left: list[str]) -> None:
    pattern = lint_words.Words("sv", {"list": (line,)}, {})
    assert [t for t in found if pattern.find("list", f"en {t} till")] == found
    assert [t for t in left if pattern.find("list", f"en {t} till")] == []


def test_every_list_the_rules_ask_for_stands_in_both_languages() -> None:
    swedish, english = (lint_words.words(code).entries for code in lint_words.LANGUAGES)
    assert set(swedish) == set(english)
    assert [name for name in swedish if not swedish[name]] == []


@given(st.lists(st.text("ab *+", min_size=2, max_size=6), max_size=5), st.text("ab -", max_size=14))
def test_lines_read_together_find_what_each_finds_alone(lines: list[str], text: str) -> None:
    lines = [line for line in (" ".join(one.split()) for one in lines) if line.strip("*+ -")]
    together = lint_words.Words("sv", {"list": tuple(lines)}, {})
    alone = [lint_words.Words("sv", {"list": (line,)}, {}) for line in lines]
    assert bool(together.find("list", text)) == any(one.find("list", text) for one in alone)
    assert together.whole("list", text) == any(one.whole("list", text) for one in alone)
    for at in range(len(text)):
        assert bool(together.at("list", text, at)) == any(one.at("list", text, at) for one in alone)
