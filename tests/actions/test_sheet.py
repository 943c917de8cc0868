"""The small sheets: written part by part, filled in from what is known, undone, carried whole, joined and erased."""

from pathlib import Path
from typing import Any

import pytest

from workshop_app import actions, formats
from workshop_app.actions import merge, transfer
from workshop_app.model import small_sheets
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile


def write(file: SessionFile, **kwargs: Any) -> Any:
    return actions.do(file, actions.sheet.write, **kwargs)


def have(file: SessionFile, sheet: str, need: int | None = None) -> small_sheets.Filled:
    return small_sheets.filled(formats.sheets()[sheet], need, queries.sheet_rows(file))


def make(path: Path, title: str = "Golv", **cover: Any) -> SessionFile:
    return actions.session.create(path, format_id="needs_identification", title=title, **cover)


def test_rows_and_parts_are_written_changed_moved_and_taken_back(tmp_path: Path) -> None:
    with make(tmp_path / "a.behov") as file:
        one = write(file, sheet="risks", fields={"what": "Få anbud", "likelihood": "dk", "strange": "x"})
        two = write(file, sheet="risks", fields={"what": "Tekniken håller inte"})
        write(file, sheet="risks", row=one, fields={"carrier": "Kommunen"})
        actions.do(file, actions.sheet.move, row=two, to=0)
        rows = have(file, "risks").rows
        assert [r.id for r in rows] == [two, one]
        assert rows[1].fields == {"what": "Få anbud", "likelihood": "dk", "carrier": "Kommunen"}
        write(file, sheet="life_cycle", item="once", fields={"years": " 10 "})
        write(file, sheet="life_cycle", item="purchase", fields={"amount": "1 250,5"})
        write(file, sheet="life_cycle", item="training", fields={"amount": "Okänt"})
        write(file, sheet="life_cycle", item="purchase", fields={"note": "tre anbud"})
        costs = have(file, "life_cycle")
        assert costs.once == {"years": "10"}
        assert costs.items["purchase"] == {"amount": "1250.5", "note": "tre anbud"}
        assert costs.items["training"] == {"amount": "unknown"}
        assert write(file, sheet="life_cycle", item="training", fields={"amount": ""}) is None
        assert "training" not in have(file, "life_cycle").items
        for _ in range(2):
            file.undo().result()
        assert have(file, "life_cycle").items["purchase"] == {"amount": "1250.5"}
        assert have(file, "life_cycle").items["training"] == {"amount": "unknown"}
        actions.do(file, actions.sheet.drop, row=one)
        assert [r.id for r in have(file, "risks").rows] == [two]
    assert check.findings(tmp_path / "a.behov") == []


@pytest.mark.parametrize(
    "given",
    [
        {"sheet": "nothing", "fields": {"what": "x"}},
        {"sheet": "risks", "fields": {"what": "x" * 161}},
        {"sheet": "risks", "fields": {"what": "x", "likelihood": "6"}},
        {"sheet": "risks", "fields": {"what": "x"}, "need": 99},
        {"sheet": "risks", "fields": {"what": "x"}, "row": 99},
        {"sheet": "risks", "fields": {"what": "x"}, "item": "purchase"},
        {"sheet": "life_cycle", "fields": {"amount": "5"}},
        {"sheet": "life_cycle", "fields": {"amount": "fem"}, "item": "purchase"},
        {"sheet": "life_cycle", "fields": {"years": "61"}, "item": "once"},
        {"sheet": "success_factors", "fields": {"state": "perhaps"}, "item": "market"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(tmp_path: Path, given: dict[str, Any]) -> None:
    with make(tmp_path / "a.behov") as file:
        with pytest.raises(Refused):
            write(file, **given)
        assert queries.sheet_rows(file) == ()


def test_what_is_known_comes_in_one_step_beside_what_is_written(tmp_path: Path) -> None:
    with make(tmp_path / "a.behov") as file:
        write(file, sheet="logic_model", item="once", fields={"problem": "Eget"})
        write(file, sheet="stakeholders", fields={"group": "Barn"})
        once = {"problem": "Annat", "effects_long": "Mål"}
        actions.do(file, actions.sheet.fetch, sheet="logic_model", once=once, rows=[])
        actions.do(
            file, actions.sheet.fetch, sheet="stakeholders", once={}, rows=[{"group": "A"}, {"group": "B"}]
        )
        assert have(file, "logic_model").once == {"problem": "Eget", "effects_long": "Mål"}
        assert [r.fields["group"] for r in have(file, "stakeholders").rows] == ["Barn", "A", "B"]
        file.undo().result()
        assert [r.fields["group"] for r in have(file, "stakeholders").rows] == ["Barn"]


def test_sheets_come_along_out_and_in_again_and_into_a_joined_file(tmp_path: Path) -> None:
    for name, years in (("a", "5"), ("b", "7")):
        with make(tmp_path / f"{name}.behov", title=name, organisation=name) as file:
            need = actions.do(file, actions.need.new_need, title=f"Behov {name}")
            write(file, sheet="life_cycle", item="once", fields={"years": years, "unit": "tkr"})
            write(file, sheet="risks", need=need, fields={"what": f"Risk {name}"})
            transfer.write_json(transfer.whole(file), tmp_path / f"{name}.json")
            had = queries.sheet_rows(file)
            assert "sheet" not in str(transfer.open_edition(file))
        with transfer.import_json(tmp_path / f"{name}.json", tmp_path / f"{name}2.behov") as again:
            assert queries.sheet_rows(again) == had
    with merge.merge([tmp_path / "a.behov", tmp_path / "b.behov"], tmp_path / "c.behov") as both:
        assert have(both, "life_cycle").once == {"years": "5; 7", "unit": "tkr"}  # both stand, none is lost
        write(both, sheet="life_cycle", item="once", fields={"years": "6"})
        assert have(both, "life_cycle").once == {"years": "6", "unit": "tkr"}
        one, other = (n.id for n in queries.needs(both))
        actions.do(both, actions.need.merge_needs, into=one, needs=[other])
        assert {r.fields["what"] for r in have(both, "risks", one).rows} == {"Risk a", "Risk b"}
        third = actions.do(both, actions.need.new_need, title="Tredje")
        write(both, sheet="risks", need=third, fields={"what": "Risk c"})
        actions.do(both, actions.need.remove_need, need=third)
        assert have(both, "risks", third).rows == ()
        both.undo().result()
        assert len(have(both, "risks", third).rows) == 1


def test_words_copied_into_a_sheet_are_blacked_out_and_erased_with_their_answer(tmp_path: Path) -> None:
    said = "Ring Stina Ek på avdelning fyra om golven"
    with make(tmp_path / "a.behov") as file:
        actions.do(file, actions.agenda.go_to, step="challenges")
        sent = {"participant": None, "fields": {"text": said}, "language": "sv"}
        actions.do(file, actions.ask.receive, by="phone", step="challenges", key="k", **sent)
        write(file, sheet="risks", fields={"what": said, "action": "Fråga Stina Ek"})
        answer = queries.answers(file, "challenges")[0].id
        actions.do(
            file, actions.blackout.black_out, answer=answer, field="text", start=5, end=13, words="Stina Ek",
            reason="name",
        )  # fmt: skip
        assert "Stina" not in str(have(file, "risks").rows)
        file.undo().result()
    actions.erase.erase_file(tmp_path / "a.behov", "Plan")
    with SessionFile.read(tmp_path / "a.behov") as file:
        [row] = have(file, "risks").rows
        assert said not in row.fields["what"] and row.fields["action"] == "Fråga Stina Ek"
