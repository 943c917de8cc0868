"""The request for information: what it asks, its rules, and that nothing of the room or of a company stands in it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from workshop_app import actions, i18n, resources
from workshop_app.model.request import STANDARD, Rfi, asked_about
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

CANARY = "KANARIE"
BOTH = [i18n.language("sv"), i18n.language("en")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The sample with a dialogue; a canary in everything that is not for suppliers."""
    sample = next(p for p in resources.sample_files() if p.stem == "ostergotland_hemmonitorering")
    path = tmp_path / "o.behov"
    with actions.transfer.import_json(sample, path) as opened:
        hidden = ("owner", "evidence_note", "market_note", "route_reason", "next_step", "wish")
        for need in queries.needs(opened):
            words = {name: f"{CANARY} {name}" for name in hidden}
            actions.do(opened, actions.need.set_fields, need=need.id, **words)
            heard = [{"group": f"{CANARY} grupp", "relation": "user", "consulted": "no"}]
            actions.do(opened, actions.need.set_stakeholders, need=need.id, stakeholders=heard)
        first = queries.needs(opened)[0].id
        actions.do(opened, actions.need.set_fields, need=first, effect="de slipper Kanariebolagets larm")
        actions.do(opened, actions.dialogue.register, name="Kanariebolagets AB", type="small")
        supplier = queries.dialogue(opened).suppliers[-1].id
        actions.do(opened, actions.dialogue.judge, supplier=supplier, text=f"{CANARY} dom")
        actions.do(
            opened, actions.dialogue.add_buyer, role=f"{CANARY} jurist", interests=f"{CANARY} intresse"
        )
        actions.do(opened, actions.rfi.set_rfi, sent_to="alla anmälda", told_on="2019-08-20", left_out=[])
    return path


def _text(path: Path) -> str:
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as whole:
            assert all(CANARY not in whole.read(name).decode("utf-8", "replace") for name in whole.namelist())
        return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def _loose(text: str) -> str:
    return " ".join(text.replace("\ufffe", "").split())


@pytest.mark.parametrize("lang", BOTH, ids=lambda lang: lang.code)
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_paper_asks_and_tells_nothing_of_the_room(
    workshop: Callable[..., Any], file: Path, tmp_path: Path, lang: i18n.Language, ending: str
) -> None:
    out = tmp_path / f"rfi.{ending}"
    workshop("dialogue", file, "rfi", "--budget", "4 Mkr", "--background", "Vi vill förstå marknaden.")
    done = workshop("print", file, "-o", out, "--what", "rfi", "--language", lang.code)
    assert done.code == 0, done.err
    told = _loose(_text(out))
    with SessionFile.read(file) as opened:
        needs, cards, people = (
            queries.needs(opened), queries.board(opened).cards, queries.participants(opened)
        )  # fmt: skip
    for text in (
        lang("This is not a call for tenders and no part of a procurement."),
        lang("Background"), "Vi vill förstå marknaden.", lang("How the answers are used"),
        lang(STANDARD["today"]), lang(STANDARD["know"]), lang(STANDARD["deter"]), lang(STANDARD["split"]),
        "4 Mkr", "Vad behöver ni veta om patienterna?",
        *((n.fields["requirement"], n.fields["requirement_check"])[k] for n in needs[:4] for k in (0, 1)),
        {"sv": "18 juni 2019", "en": "18 June 2019"}[lang.code],
    ):  # fmt: skip
        assert _loose(text) in told, text
    assert CANARY not in told
    assert "Kanarie" not in told, "no company of the register, however it is written"
    assert "[leverantör]" in told, "taken out of the need that named it"
    assert [c.text for c in cards.values() if _loose(c.text) in told] == []
    assert [p.role for p in people if p.role in told] == []
    assert needs[4].title not in told, "a need on its way elsewhere is not asked about"


def test_other_papers_of_this_kind_can_be_word_too_and_others_cannot(
    workshop: Callable[..., Any], file: Path, tmp_path: Path
) -> None:
    assert workshop("print", file, "-o", tmp_path / "qa.docx", "--what", "qa").code == 0
    assert workshop("print", file, "-o", tmp_path / "a.docx").code == 1
    assert ".docx" in workshop("print", file, "-o", tmp_path / "a.txt", "--what", "rfi").err


def test_only_what_is_given_is_changed_and_rules_are_said(file: Path) -> None:
    with SessionFile.open(file) as opened:

        def change(**values: Any) -> Rfi:
            actions.do(opened, actions.rfi.set_rfi, **values)
            return queries.dialogue(opened).rfi or Rfi()

        before = queries.dialogue(opened).rfi or Rfi()
        assert change(left_out=["split"]).questions == before.questions
        chosen = [n.id for n in queries.needs(opened)][5:7]
        now = change(needs=chosen, questions=["En?", " ", "Två?"])
        assert (now.left_out, now.questions, now.issued) == (("split",), ("En?", "Två?"), "2019-05-28")
        assert [n.id for n in asked_about(queries.needs(opened), now.needs)] == chosen
        for wrong in (
            {"answers_due": "2019-01-01"},
            {"issued": "snart"},
            {"left_out": ["price"]},
            {"needs": [999]},
            {"background": "Vi har talat med Kanariebolagets AB"},
            {"budget": "x" * 200},
        ):
            with pytest.raises(Refused):
                change(**wrong)
        assert queries.dialogue(opened).rfi == now
        opened.undo().result()
        assert (queries.dialogue(opened).rfi or Rfi()).questions == before.questions
        out = actions.transfer.open_edition(opened)["dialogue"]["rfi"]
        assert out["left_out"] == ["split"]
        assert CANARY not in str(out)
