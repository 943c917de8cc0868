"""What anybody may read of a workshop's steps: figures of three or more, words only where they are for others too."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report.held import COMPANY, WORDS, held
from workshop_app import actions, i18n
from workshop_app.actions import transfer
from workshop_app.formats import formats
from workshop_app.model import open_results
from workshop_app.model.summary import SHARED_IDEAS, Summary
from workshop_app.report import content, markdown, sheets
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SV = i18n.language("sv")
SELF = ("maturity", "barrier_scan", "learning_review")
TOLD = ("dialogue_meeting", "supplier_conference", "needs_canvas")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SessionFile]]:
    folder = tmp_path_factory.mktemp("rooms")
    made = {
        name: held(folder / f"{name}.behov", name, 7)
        for name in (*SELF, *TOLD, "sprint", "one_to_one", "comment_round")
    }
    yield made
    for file in made.values():
        file.close()


def marked(told: Summary) -> Summary:
    """Every written and every kept word with its step before it, so that each can be followed."""
    steps = {
        key: replace(
            r,
            said=tuple(replace(s, words=f"SAGT-{key} {s.words}") for s in r.said),
            outcomes=tuple(
                replace(o, fields={n: f"SPARAT-{key} {v}" for n, v in o.fields.items()}) for o in r.outcomes
            ),
        )
        for key, r in told.steps.items()
    }
    return replace(told, steps=steps)


def opened(told: Summary, name: str) -> str:
    """The open results and the open spreadsheet of a summary, as one text."""
    table = sheets.sheets(replace(told, edition="open"), SV)
    return json.dumps([open_results.results(told, formats()[name]), table], ensure_ascii=False)


def figures(found: list[dict[str, Any]]) -> list[int]:
    """How many stand behind each distribution."""
    scales = [sum(p["votes"].values()) for s in found for p in s.get("scales", ())]
    return scales + [p["answers"] for s in found for p in s.get("numbers", ())]


@pytest.mark.parametrize("name", [*SELF, "one_to_one"])
def test_how_we_see_ourselves_gives_figures_and_no_words(rooms: dict[str, SessionFile], name: str) -> None:
    told = marked(queries.summary(rooms[name], "open"))
    text = opened(told, name)
    assert "SAGT" not in text and "SPARAT" not in text and COMPANY not in text
    assert not any(words in text for words in WORDS)
    found = open_results.results(told, formats()[name])
    assert bool(found) == (name in ("maturity", "barrier_scan"))  # the others ask in words alone
    if name in ("maturity", "barrier_scan"):
        assert any(s.get("scales") for s in found) and min(figures(found)) >= 3


@pytest.mark.parametrize("name", TOLD)
def test_what_is_for_others_gives_its_words_without_whose_they_are(
    rooms: dict[str, SessionFile], name: str
) -> None:
    told = marked(queries.summary(rooms[name], "open"))
    text = opened(told, name)
    assert COMPANY not in text and '"role"' not in text
    assert ("SPARAT-key_issue" in text) == (name == "needs_canvas")
    assert ("SAGT" in text) == (name != "needs_canvas")  # what was not agreed on stays with us
    shown = transfer.open_edition(rooms[name])["results"]
    assert shown == open_results.results(queries.summary(rooms[name], "open"), formats()[name]) and shown


def test_a_sprint_gives_an_idea_only_when_its_owner_has_agreed(rooms: dict[str, SessionFile]) -> None:
    told = marked(queries.summary(rooms["sprint"], "open"))
    text = opened(told, "sprint")
    for step in ("ideas", "show", "try", "until_next", "choose", "mock_up"):
        assert f"SAGT-{step}" not in text and f"SPARAT-{step}" not in text
    for field in open_results.WITHHELD:
        assert f'"{field}"' not in text
    assert "SPARAT-effect" in text and "SAGT-voices" in text
    one = told.steps["ideas"].said[0].answer
    settings = {SHARED_IDEAS: str(one)}
    shared = replace(told, session=replace(told.session, settings=settings))
    [ideas] = [s for s in open_results.results(shared, formats()["sprint"]) if s["step"] == "ideas"]
    assert {p["words"] for p in ideas["said"]} == {
        s.words for s in told.steps["ideas"].said if s.answer == one
    }


@pytest.mark.parametrize("name", ["maturity", "barrier_scan", "dialogue_meeting", "sprint"])
def test_of_two_people_there_are_no_figures(tmp_path: Path, name: str) -> None:
    with held(tmp_path / "a.behov", name, 2) as file:
        for one in transfer.open_edition(file)["results"]:
            assert not {"people", "scales", "choices", "dots", "numbers"} & set(one)


def test_groups_leave_nobody_to_be_reckoned_out(tmp_path: Path) -> None:
    with actions.session.create(tmp_path / "a.behov", format_id="maturity", title="T") as file:
        field = formats()["maturity"].lobby.field("level_of_work")
        first, second, third = (c.value for c in field.choices[:3]) if field else ("", "", "")
        levels = [first] * 4 + [second] * 3 + [third]
        for n, level in enumerate(levels):
            fields = {"role": "R", "organisation": COMPANY, "relation": "lead", "level_of_work": level}
            sent = {"participant": f"p{n}", "key": f"j{n}", "language": "sv", "fields": fields}
            actions.do(file, actions.ask.join, by="phone", **sent)
        [held] = [c for s in transfer.open_edition(file)["results"] for c in s["choices"]]
        assert sum(held["counts"].values()) == 3, "more may come"
        actions.do(file, actions.agenda.next_step)
        found = transfer.open_edition(file)["results"]
        [level] = [c for s in found for c in s["choices"] if c["field"] == "level_of_work"]
        # the one who is left would be all eight less the shown: so the smaller group is left out too
        assert level["counts"] == {first: 4}


def outcome(told: Summary) -> str:
    """The parts of the open paper that tell of the steps, with what its drawings say, as one line."""
    whole = content.document(told, SV)
    own = tuple(s for s in whole.sections if s.key.split(":")[0] == "outcome")
    return " ".join(markdown.render(replace(whole, cover=None, sections=own)).replace("\\", "").split())


@pytest.mark.parametrize("name", ["comment_round", *SELF, *TOLD, "sprint", "one_to_one"])
def test_the_open_paper_and_the_open_data_say_the_same(rooms: dict[str, SessionFile], name: str) -> None:
    told = marked(queries.summary(rooms[name], "open"))
    paper, found = outcome(told), open_results.results(told, formats()[name])
    for step in found:
        asked = [p for kind in ("scales", "choices", "said") for p in step.get(kind, ())]
        things = [p["of"].replace("n1", "Behov 1") for p in asked if "of" in p]
        figures = [f"{p['median']:g}".replace(".", ",") for p in step.get("scales", ())]
        words = [w for row in step.get("agreed", ()) for w in row.values() if "yes" not in w]
        words += [p["words"] for p in step.get("said", ())]
        for piece in (*things, *figures, *words):
            assert piece in paper, (step["step"], piece)
    assert ("Median" in paper) == any(step.get("scales") for step in found)
    data = json.dumps(found, ensure_ascii=False)
    for step_id in told.steps:
        for mark in (f"SAGT-{step_id}", f"SPARAT-{step_id}"):
            assert (mark in paper) == (mark in data), mark


def test_a_workshop_without_cards_gives_its_results_as_csv(rooms: dict[str, SessionFile]) -> None:
    for edition in ("internal", "open"):
        told = queries.summary(rooms["maturity"], edition)
        lines = sheets.csv_text(told, SV).splitlines()
        assert lines[0].startswith("Steg,") and any("Median" in line for line in lines)
        assert any(w in "".join(lines) for w in WORDS) == (edition == "internal")
