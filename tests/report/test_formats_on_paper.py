"""Every format on paper: what was kept, how answers lie and what was written, and nothing of what an edition may not show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report import factory
from tests.report.held import COMPANY, WORDS, held
from tests.report.reading import pages
from workshop_app import actions, i18n
from workshop_app.formats import formats
from workshop_app.model.rating import grouped
from workshop_app.model.summary import SHARED_IDEAS, WORST_POINT, Summary
from workshop_app.report import content, docx_out, markdown, sheets, summary
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SV, EN = i18n.language("sv"), i18n.language("en")
OWN = [f for f in formats() if f not in ("needs_identification", "needs_harvest", "one_to_one")]


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SessionFile]]:
    folder = tmp_path_factory.mktemp("rooms")
    made = {name: held(folder / f"{name}.behov", name) for name in formats()}
    yield made
    for file in made.values():
        file.close()


def printed(told: Summary, lang: i18n.Language = SV) -> str:
    return "\n".join(pages(summary.made(told, lang, now=factory.NOW).data))


def lying(told: Summary) -> list[str]:
    """The words of the pages that lie down."""
    return pages(summary.made(told, SV, now=factory.NOW).data, lying=True)


def tight(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("-", "")


@pytest.mark.parametrize("name", list(formats()))
def test_every_format_prints_all_that_was_written_in_every_form(
    rooms: dict[str, SessionFile], name: str
) -> None:
    told = queries.summary(rooms[name], "internal", formats()[name].name.get("sv"))
    text = printed(told)
    for said in (s for results in told.steps.values() for s in results.said):
        if said.field not in {f.name for f in formats()[name].join}:
            assert tight(said.words) in tight(text)
            assert said.receipt in text
    kept = [words for r in told.steps.values() for o in r.outcomes for words in o.fields.values()]
    read = markdown.text(told, SV).replace("\\", "")
    assert all(words in read for words in kept if "[" not in words and words[0].isupper())
    assert docx_out.data(content.document(told, SV))
    table = sheets.sheets(told, SV)
    values = {cell for row in table.get("Resultat", []) for cell in row}
    for results in told.steps.values() if name in OWN else ():
        assert all(
            v in values
            for o in results.outcomes
            for k, v in o.fields.items()
            if k in ("action", "keep", "step")
        )
    for edition, lang in (("participants", EN), ("open", SV)):
        assert printed(replace(told, edition=edition), lang)


@pytest.mark.parametrize("name", list(formats()))
def test_an_empty_workshop_prints(name: str, tmp_path: Path) -> None:
    with held(tmp_path / "t.behov", name, 0, keep=False) as file:
        for edition in ("internal", "open"):
            assert printed(queries.summary(file, edition))


def test_the_canvas_is_one_page_that_lies_down_with_every_agreed_wording(
    rooms: dict[str, SessionFile],
) -> None:
    told = queries.summary(rooms["needs_canvas"], "internal")
    (page,) = lying(told)
    text = tight(page)
    for step in formats()["needs_canvas"].steps:
        if step.keeps:
            assert all(tight(w) in text for w in told.steps[step.id].outcomes[0].fields.values() if " " in w)
    assert tight("Äldre som bor ensamma behöver kunna få hjälp samma dag") in text


def test_a_canvas_too_long_for_one_page_goes_on_and_loses_nothing(rooms: dict[str, SessionFile]) -> None:
    told = queries.summary(rooms["needs_canvas"], "internal")
    long = " ".join(f"ord{n}" for n in range(900))
    steps = {
        key: replace(r, outcomes=tuple(replace(o, fields={**o.fields, "issue": long}) for o in r.outcomes))
        for key, r in told.steps.items()
    }
    wide = lying(replace(told, steps=steps))
    assert len(wide) > 1 and "ord899" in tight("".join(wide))


def test_groups_show_from_three_and_leave_nobody_to_be_worked_out() -> None:
    three, two = [(n, "a") for n in (1, 2, 3)], [(5, "b"), (5, "b")]
    assert grouped(three) == {"a": (1, 2, 3)}
    assert grouped([*three, *two]) == {}  # the two others would be what is left of all votes
    assert grouped([*three, *two, (4, "c")]) == {"a": (1, 2, 3)}
    assert grouped([*three, (None, "b")]) == {"a": (1, 2, 3)}


def test_under_three_answers_no_scale_and_no_choice_is_printed(tmp_path: Path) -> None:
    for name in ("maturity", "barrier_scan", "dialogue_meeting"):
        with held(tmp_path / f"{name}.behov", name, 2) as file:
            read = markdown.text(queries.summary(file, "internal"), SV)
            assert "hälften av svaren från" not in read
            assert "färre än tre svar" in read


def test_maturity_stands_beside_the_last_time_with_both_dates(
    rooms: dict[str, SessionFile], tmp_path: Path
) -> None:
    with held(tmp_path / "now.behov", "maturity", 4) as file:
        before = queries.earlier(rooms["maturity"])
        read = markdown.text(queries.summary(file, "internal", "", before), SV)
        assert "Jämfört med förra gången" in read and before.title in read and "1 oktober 2026" in read
        assert "Jämfört med förra gången" not in markdown.text(queries.summary(file, "internal"), SV)
        cover = content.document(queries.summary(file, "internal"), SV).cover
        assert cover is not None and not any("edian" in label for _, label in cover.counts)


def test_the_edition_for_suppliers_keeps_ideas_until_each_may_be_shared(tmp_path: Path) -> None:
    with held(tmp_path / "s.behov", "sprint", 4) as file:
        told = queries.summary(file, "internal")
        names = {s.answer: s.words for s in told.steps["ideas"].said if s.field == "idea_name"}
        marked = {
            key: replace(r, said=tuple(replace(s, words=f"{step_canary(key)} {s.words}") for s in r.said))
            for key, r in told.steps.items()
        }
        told = replace(told, steps=marked)
        closed = markdown.text(replace(told, edition="open"), SV)
        for secret in ("ideas", "show", "try", "until_next", "lesson", "effect"):
            assert step_canary(secret) not in closed
        assert step_canary("voices") in closed and step_canary("terms") in closed
        assert all(step_canary(step) in markdown.text(told, SV) for step in ("ideas", "show", "try"))
        one, other = list(names)[:2]
        worst = str(told.steps["map"].outcomes[1].id)
        settings = {SHARED_IDEAS: str(one), WORST_POINT: worst}
        shared = replace(told, edition="open", session=replace(told.session, settings=settings))
        read = markdown.text(shared, SV)
        assert names[one] in read.replace("\\", "") and f"{step_canary('ideas')} {names[other]}" not in read
        assert read.count("Den svåraste punkten") == 1


def step_canary(step: str) -> str:
    return f"KANARIE{step.replace('_', '').upper()}"


def test_no_supplier_is_named_in_the_open_edition(rooms: dict[str, SessionFile]) -> None:
    for name in ("dialogue_meeting", "supplier_conference", "sprint"):
        told = queries.summary(rooms[name], "open")
        assert COMPANY not in printed(told)
    told = queries.summary(rooms["dialogue_meeting"], "open")
    text = printed(told)
    assert "Litet företag" in text and WORDS[0] in text  # types and views, not whose
    assert not told.needs[0].recognition.yes + told.needs[0].recognition.no


def test_how_we_see_ourselves_is_not_for_suppliers(rooms: dict[str, SessionFile]) -> None:
    for name in ("maturity", "barrier_scan", "learning_review"):
        assert not any(words in printed(queries.summary(rooms[name], "open")) for words in WORDS)


def test_a_format_of_ones_own_prints_step_by_step_and_stays_inside(
    rooms: dict[str, SessionFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(formats()["learning_review"], id="own", result="needs")
    monkeypatch.setitem(formats(), "own", own)
    told = queries.summary(rooms["learning_review"], "internal")
    told = replace(told, session=replace(told.session, format_id="own"))
    text = printed(told)
    assert "Det vi kom fram till" in text and all(words in text for words in WORDS)
    assert all(tight(v) in tight(text) for o in told.steps["keep"].outcomes for v in o.fields.values())
    assert not any(words in printed(replace(told, edition="open")) for words in WORDS)


def test_a_hundred_and_fifty_answer_and_markup_stays_text(tmp_path: Path) -> None:
    with held(tmp_path / "stor.behov", "supplier_conference", 150) as file:
        actions.do(
            file, actions.ask.join, by="phone", participant="x", language="sv", key="x",
            fields={"role": "<b>x</b>", "organisation": "y", "relation": "use", "supplier_type": "large"},
        )  # fmt: skip
        told = queries.summary(file, "internal")
        said = told.steps["questions"].said
        hostile = tuple(replace(s, words="<b>x</para>" + s.words) for s in said)
        steps = {**told.steps, "questions": replace(told.steps["questions"], said=hostile)}
        assert "<b>x</para>" in printed(replace(told, steps=steps))
