"""In and out again: nothing is lost on the way, and no JSON, however odd, ends in anything but a session or a sentence."""

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop_app import actions, i18n, resources
from workshop_app.actions import short_form, transfer
from workshop_app.model.trouble import Refused, Trouble
from workshop_app.store import archive, check, queries
from workshop_app.store.session_file import SessionFile

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda t: t.strip()
)


@st.composite
def shorts(draw: st.DrawFn) -> dict[str, Any]:
    """A session in the short form, with links that lead somewhere."""
    themes = draw(st.lists(words, max_size=3, unique=True))
    ids = [f"c{n}" for n in range(draw(st.integers(1, 8)))]
    roles = draw(st.lists(words, max_size=3, unique=True))
    challenges = [
        {
            "id": i,
            "text": draw(words),
            "theme": draw(st.sampled_from([*themes, None])),
            "by_role": draw(st.sampled_from([*roles, "någon annan"])),
        }
        for i in ids
    ]
    needs = [
        {
            "title": draw(words),
            "who": draw(words),
            "effect": draw(words),
            "evidence": draw(st.lists(st.sampled_from(ids), max_size=4, unique=True)),
            "function_requirement": {"text": draw(words), "check": draw(words)},
            "stakeholders": draw(st.lists(words, max_size=2)),
            "route": draw(st.sampled_from(["parked", "other_process", "nix", ""])),
            "priority": {"benefit": draw(st.integers(1, 5))},
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    return {
        "schema": 1,
        "title": draw(words),
        "question": draw(st.text(max_size=40)),
        "language": draw(st.sampled_from(["sv", "en"])),
        "participants": [{"role": r, "organisation": "–"} for r in roles],
        "missing_stakeholders": draw(st.lists(words, max_size=2)),
        "themes": themes,
        "challenges": challenges,
        "needs": needs,
        "note": {"own": ["thing", 1, None]},
    }


def made(data: Any, folder: Path, name: str) -> SessionFile:
    source = folder / f"{name}.json"
    source.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return transfer.import_json(source, folder / f"{name}.behov")


@settings(max_examples=25, suppress_health_check=SLOW)
@given(shorts())
def test_out_and_in_again_gives_the_same_session(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with made(data, folder, "a") as first:
            texts = {short_form.clean(c["text"]) for c in data["challenges"]}
            assert {c.text for c in queries.board(first).cards.values()} == texts
            assert queries.balance(first).balanced and len(queries.needs(first)) == len(data["needs"])
            whole = json.loads(json.dumps(transfer.whole(first), ensure_ascii=False))
            with made(whole, folder, "b") as second:
                assert archive.dump(first) == archive.dump(second)
                assert queries.summary(first).cards == queries.summary(second).cards
            with made(transfer.open_edition(first), folder, "c") as third:
                assert [c.text for c in queries.summary(third).cards] == [
                    c.text for c in queries.summary(first).cards
                ]
        assert all(check.findings(p) == [] for p in folder.glob("*.behov"))


def test_what_we_do_not_know_is_kept(tmp_path: Path) -> None:
    with made({"title": "T", "challenges": [], "other_log": [{"q": "å"}]}, tmp_path, "x") as file:
        assert archive.dump(file)["session"][0]["extra"] == {"other_log": [{"q": "å"}]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**30) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def broken(data: Any, path: list[int], value: Any) -> Any:
    """The data with the part that a path leads to replaced."""
    whole = copy.deepcopy(data)
    at, parent, key = whole, None, None
    for step in path:
        keys = list(at) if isinstance(at, dict) else list(range(len(at))) if isinstance(at, list) else []
        if not keys:
            break
        parent, key = at, keys[step % len(keys)]
        at = parent[key]
    if parent is None:
        return value
    parent[key] = value
    return whole


@settings(max_examples=70, suppress_health_check=SLOW)
@given(path=st.lists(st.integers(0, 60), min_size=1, max_size=4), value=json_values)
def test_a_sample_with_one_part_replaced_is_a_session_or_a_sentence(path: list[int], value: Any) -> None:
    sample = json.loads(resources.sample_files()[0].read_text(encoding="utf-8"))
    sample["challenges"], sample["needs"] = sample["challenges"][:6], []
    sample["needs"] = [
        {"title": "N", "evidence": ["c01"], "stakeholders": ["x"], "market": {"status": "partly"}}
    ]
    outcome(broken(sample, path, value))


@settings(max_examples=70, suppress_health_check=SLOW)
@given(path=st.lists(st.integers(0, 60), min_size=1, max_size=5), value=json_values)
def test_an_export_with_one_part_replaced_is_a_session_or_a_sentence(path: list[int], value: Any) -> None:
    outcome(broken(exported(), path, value))


_exported: dict[str, Any] = {}


def exported() -> dict[str, Any]:
    if not _exported:
        with tempfile.TemporaryDirectory() as folder:
            data = {"title": "T", "challenges": [{"id": "c1", "text": "x", "theme": "å"}], "themes": ["å"]}
            data["needs"] = [{"title": "N", "evidence": ["c1"], "stakeholders": ["x"]}]  # type: ignore[list-item]
            with made(data, Path(folder), "x") as file:
                _exported.update(transfer.whole(file))
    return _exported


def outcome(data: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        try:
            file = made(data, Path(name), "x")
        except Trouble as said:
            assert said.say(i18n.language("sv"))
            assert [p.name for p in Path(name).iterdir()] == ["x.json"]
            return
        with file:
            queries.summary(file)
            actions.suggest.sortable(queries.board(file))
            assert transfer.whole(file) and transfer.open_edition(file)


def test_json_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        made({"schema": 99, "title": "T", "challenges": []}, tmp_path, "x")


def test_what_was_kept_and_both_rounds_come_along(tmp_path: Path) -> None:
    file = actions.session.create(tmp_path / "a.behov", format_id="maturity", title="Mognad")
    ask = actions.ask
    for n in range(3):
        told = {"role": "Drift", "relation": "work_in", "level_of_work": "operations", "organisation": "B"}
        join = {"participant": f"p{n}", "fields": told, "language": "sv", "key": f"j{n}"}
        actions.do(file, ask.join, by="phone", **join)
    actions.do(file, actions.agenda.go_to, step="rate")
    item = queries.items(file, "rate")[0].value
    for round_, vote in ((1, "2"), (2, "4")):
        for n in range(3):
            sent = {"step": "rate", "key": f"{round_}{n}", "participant": f"p{n}", "language": "sv"}
            actions.do(file, ask.receive, by="phone", fields={f"level@{item}": vote}, **sent)
        if round_ == 1:
            actions.do(file, actions.agenda.new_round)
    actions.do(file, actions.agenda.pause_phones)
    actions.do(file, actions.outcome.keep, step="actions", fields={"factor": item, "action": "Pröva"})
    transfer.write_json(transfer.whole(file), tmp_path / "a.json")
    before = queries.step_results(file, "rate"), queries.outcomes(file)
    assert before[0].spreads["level", item].median == 4 and before[0].first["level", item].median == 2
    with file, transfer.import_json(tmp_path / "a.json", tmp_path / "b.behov") as again:
        assert (queries.step_results(again, "rate"), queries.outcomes(again)) == before
