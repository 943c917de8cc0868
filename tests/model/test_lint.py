"""The table of the method (METHOD 3.3): each rule, what it must find and the near miss it must leave alone."""

import json
from collections.abc import Mapping

import pytest

from workshop_app import resources
from workshop_app.model import lint

BASE: dict[str, dict[str, object]] = {
    "sv": {
        "title": "Besked om stängning",
        "who": "Vårdnadshavare med barn på förskola",
        "function": "få besked om att förskolan stänger",
        "situation": "när personal saknas på morgonen",
        "effect": "de kan stanna kvar på jobbet",
        "function_requirement": {"text": "Alla berörda nås inom 30 minuter", "check": "logg under en termin"},
        "evidence": [{"id": "c1", "by_role": "vårdnadshavare"}, {"id": "c2", "by_role": "förskollärare"}],
        "owner": "Rektor, förskola",
        "market": {"status": "partly", "note": "", "source": "", "checked_on": ""},
        "route": "internal_development",
        "route_reason": "Ändras i arbetssättet",
    },
    "en": {
        "title": "News of a closure",
        "who": "Parents of children at preschool",
        "function": "learn about a closure",
        "situation": "when staff are missing in the morning",
        "effect": "they can stay at work",
        "function_requirement": {
            "text": "All concerned are reached within 30 minutes",
            "check": "log for a term",
        },
        "evidence": [{"id": "c1", "by_role": "parent"}, {"id": "c2", "by_role": "teacher"}],
        "owner": "Head of preschool",
        "market": {"status": "partly", "note": "", "source": "", "checked_on": ""},
        "route": "internal_development",
        "route_reason": "A change in the way of working",
    },
}

# rule, language, what must be found, what must not; several near misses in a row stand for themselves
TABLE: list[tuple[str, str, dict[str, str], list[dict[str, str]]]] = [
    (
        "N01",
        "sv",
        {"function": "använda en app för att anmäla frånvaro"},
        [
            {"situation": "när journalsystemet ligger nere"},
            {"function": "se vilka läkemedel patienten redan fått"},
        ],
    ),
    (
        "N01",
        "sv",
        {"function": "få golven torkade av en robot mellan måltiderna"},
        [{"function": "ta sig fram på torra golv med rullator"}],
    ),
    (
        "N01",
        "sv",
        {"effect": "sensorn larmar direkt"},
        [{"function": "vistas i rummet utan sensorisk överbelastning"}],
    ),
    (
        "N01",
        "en",
        {"function": "report absence in an app"},
        [{"function": "apply ointment without help from staff"}],
    ),
    (
        "N01",
        "en",
        {"effect": "the sensor alerts the nurse"},
        [{"situation": "when the record system is down"}],
    ),
    (
        "N02",
        "sv",
        {"function": "hålla vårdmöten i Teams"},
        [{"function": "samla teamen kring samma bild av patientens läge"}],
    ),
    (
        "N02",
        "sv",
        {"function": "rengöra med modell BR450 på förmiddagen"},
        [{"function": "excellera i sitt yrke trots nedsatt syn"}],
    ),
    ("N02", "en", {"function": "log readings on an iPad"}, [{"function": "zoom in on details of the plan"}]),
    (
        "N03",
        "sv",
        {"function": "köpa in ett bättre golv"},
        [{"who": "Inköpare i små kommuner"}, {"function": "jämföra livscykelkostnad mellan anbud"}],
    ),
    (
        "N03",
        "sv",
        {"function": "införa gemensam ärendehantering"},
        [{"function": "leka på golvet så att barn utvecklas i egen takt"}],
    ),
    (
        "N03",
        "sv",
        {"function": "bygga en ny reception"},
        [{"function": "bygga förtroende hos nyanlända hyresgäster"}],
    ),
    (
        "N03",
        "en",
        {"function": "implement shared case handling"},
        [{"function": "build trust with new tenants"}],
    ),
    (
        "N04",
        "sv",
        {"function": "nya golv i hallen"},
        [{"function": "gå torrskodd från hallen till avdelningen"}],
    ),
    (
        "N04",
        "en",
        {"function": "a better entrance floor"},
        [{"function": "walk from the hall with dry socks"}],
    ),
    (
        "N05",
        "sv",
        {"requirement": "Ytan ska vara 2 mm tjock och ljusgrå RAL 7035"},
        [{"requirement": "Golvet är torrt högst 10 minuter efter rengöring"}],
    ),
    (
        "N05",
        "sv",
        {"requirement": "Tjänsten ska ha inloggning i två steg, ska-krav 4.2"},
        [{"requirement": "Minst nio av tio klarar ärendet utan hjälp"}],
    ),
    (
        "N05",
        "en",
        {"requirement": "The unit shall have an IP67 housing"},
        [{"requirement": "The floor is dry at most 10 minutes after cleaning"}],
    ),
    ("N06", "sv", {"who": "Vi"}, [{"who": "Vi som arbetar natt i hemtjänsten"}]),
    ("N06", "sv", {"who": "Kommunen"}, [{"who": "Kommunens kontaktcenter"}]),
    ("N06", "en", {"who": "Users"}, [{"who": "Residents who do not use the internet"}]),
    ("N07", "sv", {"effect": ""}, [{"effect": "de kan stanna kvar på jobbet"}]),
    ("N07", "sv", {"effect": "de får besked om stängning"}, [{"effect": "de hinner ordna barnvakt"}]),
    ("N07", "en", {"effect": "they learn about a closure"}, [{"effect": "they can find a sitter"}]),
    (
        "N08",
        "sv",
        {"function": "boka besök och betala sin faktura"},
        [{"function": "leka och lära i samma rum"}],
    ),
    (
        "N08",
        "sv",
        {"function": "se sitt ärende samt överklaga beslut"},
        [{"function": "få mat och dryck på golvet under lekstunden"}],
    ),
    (
        "N08",
        "en",
        {"function": "book a visit and pay the invoice"},
        [{"function": "play and learn in the same room"}],
    ),
    (
        "N08",
        "en",
        {"function": "follow the case as well as appeal"},
        [{"function": "get food and drink near the play area"}],
    ),
    (
        "N09",
        "sv",
        {"requirement": "Tjänsten är användarvänlig och snabb"},
        [{"requirement": "Nio av tio i ett användartest klarar ärendet utan hjälp"}],
    ),
    (
        "N09",
        "sv",
        {"requirement": "Trygg övergång till hemmet"},
        [{"requirement": "Avvikande mätvärde besvaras inom 30 minuter dygnet runt"}],
    ),
    (
        "N09",
        "en",
        {"requirement": "The service is easy to use"},
        [{"requirement": "Nine of ten complete the task without help"}],
    ),
    (
        "N10",
        "sv",
        {"function": "få arbetet att fungera bättre"},
        [{"effect": "väntetiden förbättras från 5 till 2 dagar"}],
    ),
    (
        "N10",
        "sv",
        {"effect": "vardagen underlättas"},
        [{"effect": "barnen kan byta om själva utan att bli blöta"}],
    ),
    (
        "N10",
        "en",
        {"function": "make things easier at drop-off"},
        [{"effect": "waiting time improves from 5 days to 2"}],
    ),
    ("N11", "sv", {"situation": "i vardagen"}, [{"situation": "i vardagen mellan hämtning och middag"}]),
    ("N11", "en", {"situation": "always"}, [{"situation": "always after outdoor play"}]),
    ("N12", "sv", {"evidence": ""}, [{"evidence": "vårdnadshavare, lokalvårdare"}]),
    (
        "N12",
        "sv",
        {"evidence": "chef, chef"},
        [
            {
                "evidence": "chef",
                "evidence_note": "14 fallolyckor i hallen under 2017 enligt tillbudsregistret",
            }
        ],
    ),
    (
        "N13",
        "sv",
        {"function": "få golv lagda av Flexgolv Syd AB"},
        [{"owner": "Vidingehem AB"}, {"function": "läsa en ABC-bok på golvet"}],
    ),
    ("N13", "en", {"function": "use the service from Nordic Care Ltd"}, [{"owner": "Housing Company Ltd"}]),
    (
        "N14",
        "sv",
        {"route": "innovation_procurement", "market": "meets_need"},
        [{"route": "ordinary_procurement", "market": "meets_need"}],
    ),
    (
        "N14",
        "sv",
        {"route": "parked", "owner": ""},
        [{"route": "parked", "owner": "", "review_date": "2019-01-15"}],
    ),
    (
        "N15",
        "sv",
        {"function": "ringa 070-123 45 67 vid frånvaro"},
        [{"situation": "mellan 08:00-16:00 enligt diarienummer 2016-03066"}],
    ),
    (
        "N15",
        "en",
        {"function": "mail anna@example.org about absence"},
        [{"situation": "between 08:00-16:00"}],
    ),
    (
        "N16",
        "sv",
        {"effect": "kommunen sparar pengar"},
        [{"effect": "sköterskan får tid till fler hembesök och kostnaden per besök sjunker"}],
    ),
    (
        "N16",
        "en",
        {"effect": "we save money"},
        [{"effect": "the nurse gains time for home visits and the cost per visit falls"}],
    ),
    (
        "N17",
        "sv",
        {"function": "få samma städning som idag"},
        [{"function": "få golven torra lika snabbt som idag trots dubbelt så många barn"}],
    ),
    (
        "N17",
        "en",
        {"function": "get the same service as today"},
        [{"function": "get floors dry as fast as today with twice as many children"}],
    ),
]
ERRORS = {"N01", "N02", "N03", "N06", "N13", "N15"}
WARNS = {"N04", "N05", "N08", "N10", "N11", "N16", "N17"}
FLAGGED = [
    pytest.param(rule, code, flag, id=f"{rule}-{code}-{n}") for n, (rule, code, flag, _) in enumerate(TABLE)
]
MISSED = [
    pytest.param(rule, code, miss, id=f"{rule}-{code}-{n}-{m}")
    for n, (rule, code, _, misses) in enumerate(TABLE)
    for m, miss in enumerate(misses)
]


def need(code: str, changes: Mapping[str, str]) -> dict[str, object]:
    """A sound need of the language with some fields changed, written as in the table."""
    fields = dict(BASE[code])
    for key, value in changes.items():
        if key == "requirement":
            fields["function_requirement"] = {"text": value, "check": "mätning"}
        elif key == "market":
            fields["market"] = {"status": value}
        elif key == "evidence":
            roles = [role.strip() for role in value.split(",") if role.strip()]
            fields["evidence"] = [{"id": f"c{i}", "by_role": role} for i, role in enumerate(roles)]
        else:
            fields[key] = value
    return fields


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_sound_need_gets_no_question(code: str) -> None:
    assert lint.lint_need(BASE[code], code) == []


@pytest.mark.parametrize(("rule", "code", "changes"), FLAGGED)
def test_must_be_flagged(rule: str, code: str, changes: dict[str, str]) -> None:
    found = [f for f in lint.lint_need(need(code, changes), code) if f.rule == rule]
    assert found and all(f.question and "{" not in f.question for f in found)
    if rule in ERRORS | WARNS:
        assert {f.severity for f in found} == {"error" if rule in ERRORS else "warn"}
    assert any(f.field in changes or f"market_{f.field}" in changes or f.field == "route" for f in found) or (
        rule == "N14" and found[0].field == "review_date"
    )


@pytest.mark.parametrize(("rule", "code", "changes"), MISSED)
def test_near_miss_is_left_alone(rule: str, code: str, changes: dict[str, str]) -> None:
    found = lint.lint_need(need(code, changes), code)
    assert rule not in {f.rule for f in found}
    assert [f for f in found if f.severity == "error"] == []


def test_every_rule_of_the_method_stands_in_the_table() -> None:
    assert {row[0] for row in TABLE} == set(lint.RULES)


@pytest.mark.parametrize(("rule", "code", "changes"), FLAGGED)
def test_the_match_is_the_words_as_typed_at_their_place(
    rule: str, code: str, changes: dict[str, str]
) -> None:
    for f in lint.lint_need(need(code, changes), code):
        typed = changes.get(f.field)
        if f.start >= 0 and typed is not None:
            assert f.match and typed[f.start : f.start + len(f.match)] == f.match
        else:
            assert f.start >= 0 or f.match == ""


def samples() -> list[tuple[str, dict[str, object]]]:
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in resources.sample_files()]


def test_the_samples_are_there() -> None:
    assert len(samples()) >= 3


def test_needs_of_the_samples_get_no_question() -> None:
    for name, session in samples():
        role = {c["id"]: c["by_role"] for c in session["challenges"]}  # type: ignore[attr-defined]
        for given in session["needs"]:  # type: ignore[attr-defined]
            fields = given | {"evidence": [{"id": c, "by_role": role[c]} for c in given["evidence"]]}
            assert lint.lint_need(fields, "sv") == [], (name, given["id"])


def test_hint_fires_on_the_wishes_of_the_samples_and_on_nothing_else() -> None:
    for name, session in samples():
        for card in session["challenges"]:  # type: ignore[attr-defined]
            said = lint.is_solution_phrased(card["text"], "sv")
            assert said == bool(card.get("solution_phrased")), (name, card["id"], card["text"])
