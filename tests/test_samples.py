"""The sample sessions: whole, linked, and about nobody."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from workshop_app import formats, resources

COUNTS = {  # stem: challenges, themes, needs
    "nassjo_boende": (54, 8, 8),
    "ostergotland_hemmonitorering": (48, 7, 8),
    "skane_digital_golv": (60, 10, 10),
}
ROUTES = {"innovation_procurement", "ordinary_procurement", "internal_development", "other_process", "parked"}
MARKET = {"unknown", "meets_need", "partly", "none_found", "not_applicable"}
LIMITS = {"title": 80, "who": 120, "function": 240, "situation": 200, "effect": 240, "route_reason": 200}
# What the sessions were modelled on; none of it may seem to have said our invented words.
REAL = re.compile(
    r"Nässjö|Vetlanda|Sävsjö|Hultsfred|Västervik|Vidingehem|Lessebo|Witala|Flexator|Visionskompaniet|"
    r"Jönköping|JTH|Smart Housing|Småland|Ystad|Trelleborg|Skurup|Skån|Östergötland|Linköping|"
    r"Försäkringskassan|Nationell digital|Vinnova|InnoUpp|Oxford|förstudien|lärandestudie|källan",
    re.IGNORECASE,
)


def files() -> list[Path]:
    return resources.sample_files()


@pytest.fixture(params=sorted(COUNTS))
def stem(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def session(stem: str) -> dict[str, Any]:
    file = next(f for f in files() if f.stem == stem)
    data = json.loads(file.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def test_the_samples_have_the_names_that_others_rely_on() -> None:
    assert [f.stem for f in files()] == sorted(COUNTS)


def test_the_counts_are_those_of_the_method(stem: str, session: dict[str, Any]) -> None:
    assert tuple(len(session[key]) for key in ("challenges", "themes", "needs")) == COUNTS[stem]


def test_a_sample_says_that_it_is_invented_in_both_languages(session: dict[str, Any]) -> None:
    assert session["fictional"] is True and session["schema"] == 1
    assert "påhitta" in session["note"] and "made up" in session["note_en"]
    assert "inga verkliga personer" in session["note"] and "no real persons" in session["note_en"]


def test_no_real_body_or_place_is_named(session: dict[str, Any]) -> None:
    assert REAL.findall(json.dumps(session, ensure_ascii=False)) == []


def test_every_challenge_is_whole(session: dict[str, Any]) -> None:
    ids = [c["id"] for c in session["challenges"]]
    roles = {p["role"] for p in session["participants"]}
    known = {"id", "text", "theme", "by_role", "duplicate_of", "solution_phrased", "typo", "noise"}
    limit = formats.formats()["needs_identification"].step("challenges").fields[0].limit
    assert len(set(ids)) == len(ids)
    for one in session["challenges"]:
        assert set(one) <= known
        assert one["text"] == one["text"].strip() and 0 < len(one["text"]) <= limit
        assert one["by_role"] in roles
        assert (one["theme"] is None) == bool(one.get("noise"))
        assert one["theme"] is None or one["theme"] in session["themes"]


def test_a_duplicate_points_at_an_original_of_the_same_theme(session: dict[str, Any]) -> None:
    challenges = {c["id"]: c for c in session["challenges"]}
    doubles = [c for c in challenges.values() if "duplicate_of" in c]
    assert len(doubles) >= 5
    for one in doubles:
        original = challenges[one["duplicate_of"]]
        assert original["id"] != one["id"] and original["theme"] == one["theme"]
        assert "duplicate_of" not in original


def test_the_labels_that_tests_lean_on_are_there(stem: str, session: dict[str, Any]) -> None:
    def labelled(label: str) -> int:
        return sum(1 for c in session["challenges"] if c.get(label))

    assert {key: labelled(key) for key in ("solution_phrased", "noise", "typo", "duplicate_of")} == {
        "nassjo_boende": {"solution_phrased": 3, "noise": 1, "typo": 3, "duplicate_of": 11},
        "ostergotland_hemmonitorering": {"solution_phrased": 2, "noise": 1, "typo": 3, "duplicate_of": 8},
        "skane_digital_golv": {"solution_phrased": 4, "noise": 1, "typo": 3, "duplicate_of": 9},
    }[stem]
    assert all(any(c["theme"] == theme for c in session["challenges"]) for theme in session["themes"])


def test_needs_lead_back_to_challenges(session: dict[str, Any]) -> None:
    challenges = {c["id"]: c for c in session["challenges"]}
    needs = {n["id"] for n in session["needs"]}
    assert len(needs) == len(session["needs"])
    for one in session["needs"]:
        assert one["evidence"] and len(set(one["evidence"])) == len(one["evidence"])
        assert set(one["evidence"]) <= set(challenges)
        assert not any(challenges[e].get("noise") for e in one["evidence"])
        assert set(one.get("linked_needs", [])) <= needs - {one["id"]}


def test_needs_are_complete_and_within_their_limits(session: dict[str, Any]) -> None:
    steps = formats.formats()["needs_identification"].step("prioritise").fields
    criteria = {f.name for f in steps if f.type == "s5"}
    for one in session["needs"]:
        assert all(0 < len(one[key]) <= limit for key, limit in LIMITS.items())
        requirement = one["function_requirement"]
        assert 0 < len(requirement["text"]) <= 240 and 0 < len(requirement["check"]) <= 160
        assert one["route"] in ROUTES and one["market"]["status"] in MARKET
        assert bool(one["owner"]) == (one["route"] != "parked")
        assert ("review_date" in one) == (one["route"] == "parked")
        assert ("other_process" in one) == (one["route"] == "other_process")
        assert set(one["priority"]) == criteria and all(v in range(1, 6) for v in one["priority"].values())


def test_participants_come_from_the_organisations_named(session: dict[str, Any]) -> None:
    named = set(session["organisations"])
    for one in session["participants"]:
        assert (
            set(one) == {"role", "organisation"} and len(one["role"]) <= 60 and len(one["organisation"]) <= 80
        )
        assert one["organisation"] in named or one["organisation"].startswith("Invånare")
    assert session["missing_stakeholders"] and session["question"].endswith("?")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", session["date"]) and session["place"]


def test_goals_that_needs_point_at_are_in_the_agendas(session: dict[str, Any]) -> None:
    goals = {f"{a['name']}: {goal}" for a in session.get("agendas", []) for goal in a["goals"]}
    for one in session["needs"]:
        assert set(one.get("agenda_links", [])) <= goals


def test_all_five_routes_are_used_in_the_first_sample() -> None:
    data = json.loads(files()[0].read_text(encoding="utf-8"))
    assert {n["route"] for n in data["needs"]} == ROUTES


def test_the_dialogue_sample_keeps_its_questions_and_its_deviation() -> None:
    file = next(f for f in files() if f.stem == "ostergotland_hemmonitorering")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert len(data["qa_log"]) == 9 and not any(q["asker_shown"] for q in data["qa_log"])
    slots = data["dialogue"]["slots"]
    assert len(slots) == 3 and sum(bool(s["deviation"]) for s in slots) == 1
    assert {s["supplier"] for s in slots} <= set(data["organisations"])
    assert (
        sum(item["minutes"] for item in data["dialogue"]["fixed_agenda"]) == data["dialogue"]["slot_minutes"]
    )
