"""A comment round: no comment without an answer, nothing final before that, one document for all without names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from workshop_app import actions, resources
from workshop_app.actions import comment_round
from workshop_app.model.comments import CommentRound, paragraphs_of
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.closed_part import CLOSED_PART
from workshop_app.store.session_file import SessionFile

DRAFT = "1. Svar inom 30 minuter.\n\n2) Dygnet\nrunt, alla dagar.\n\n\n30 patienter deltar.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    sample = next(p for p in resources.sample_files() if p.stem == "ostergotland_hemmonitorering")
    actions.transfer.import_json(sample, tmp_path / "c.behov").close()
    return tmp_path / "c.behov"


def test_the_whole_round_from_the_command_line(
    workshop: Callable[..., Any], file: Path, tmp_path: Path
) -> None:
    def fine(*args: Any) -> Any:
        done = workshop("comments", file, *args)
        assert done.code == 0, done.err
        return done

    def refused(*args: Any) -> str:
        before = fine("show", "--json").out
        done = workshop("comments", file, *args)
        assert (done.code, done.out) == (1, "")
        assert len(done.err.splitlines()) == 1
        assert fine("show", "--json").out == before, "nothing is lost and nothing changed"
        return str(done.err)

    draft = tmp_path / "utkast.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    assert "utkast" in refused("publish")
    assert fine("draft", draft).out.strip() == "3"
    refused("add", 4, "unclear", "Vilket stycke?")
    refused("add", 1, "unclear", "  ")
    refused("about", "--closes-on", "snart")
    fine("about", "--title", "Kravutkast", "--closes-on", "2026-12-15")
    first = fine("add", 1, "costly", "Natten kostar mest").out.strip()
    assert "står kvar" in refused("draft", draft)
    table = tmp_path / "in.csv"
    table.write_text(
        "Stycke;Slag;Kommentar\n2;Utesluter;Små bolag klarar inte helger\n3;bra;\n", encoding="cp1252"
    )
    assert fine("import", table).out.strip() == "2"
    table.write_text("stycke,slag,kommentar\n1,bra,Ja\n9,fel,Nej\n", encoding="utf-8")
    assert "Rad 3" in refused("import", table)
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "stycke" in refused("import", table)
    assert "utan svar: 3" in refused("publish")
    refused("answer", first, "--text", "Svar", "--by-role", " ")
    fine("answer", first, "--text", "Vi skiljer på dag och natt.", "--by-role", "Verksamhetschef")
    assert "utan svar: 2" in refused("publish")
    fine(
        "answer",
        2,
        3,
        "--text",
        "Tack, vi delar upp kravet. Leverantör A får vänta.",
        "--by-role",
        "Upphandlare",
    )
    assert "Leverantör A" in refused("publish")
    unfinished = _printed(workshop, file, tmp_path)
    assert "Utkast, inte publicerat" in unfinished
    assert "Leverantör A" not in unfinished
    fine("answer", 2, 3, "--text", "Tack, vi delar upp kravet.", "--by-role", "Upphandlare")
    assert fine("publish").out.strip() == "3"
    refused("answer", first, "--text", "Ett annat svar", "--by-role", "Jurist")
    refused("add", 1, "wrong", "För sent")
    told = _printed(workshop, file, tmp_path)
    for words in ("Kravutkast", "Dygnet runt, alla dagar.", "30 patienter deltar.", "Natten kostar mest",
                  "Vi skiljer på dag och natt.", "Små bolag klarar inte helger",
                  "Publicerat till alla", "15 december 2026"):  # fmt: skip
        assert words in told, words
    assert told.count("Tack, vi delar upp kravet.") == 2
    fine("reopen")
    assert "publicerat" in refused("answer", first, "--text", "Ett annat svar", "--by-role", "Jurist")
    more = fine("add", 1, "wrong", "Det står 30 men ska vara 20").out.strip()
    assert "utan svar: 1" in refused("publish")
    fine("answer", more, "--text", "Rättat.", "--by-role", "Verksamhetschef")
    fine("publish")
    assert check.findings(file) == []


def _printed(workshop: Callable[..., Any], file: Path, folder: Path) -> str:
    done = workshop("print", file, "-o", folder / "c.pdf", "--what", "comments")
    assert done.code == 0, done.err
    assert workshop("print", file, "-o", folder / "c.docx", "--what", "comments").code == 0
    with pypdfium2.PdfDocument(folder / "c.pdf") as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def test_the_request_becomes_a_draft_and_the_round_goes_out_and_in(
    workshop: Callable[..., Any], file: Path, tmp_path: Path
) -> None:
    assert workshop("comments", file, "draft", "--from-request").code == 0
    with SessionFile.open(file) as opened:
        texts = [p.text for p in queries.comment_round(opened).paragraphs]
        assert any("Avvikande mätvärde besvaras inom 30 minuter" in t for t in texts)
        assert any("Vad behöver ni veta om patienterna?" in t for t in texts)
        actions.do(opened, comment_round.add, paragraph=1, kind="good", text="")
        whole = tmp_path / "w.json"
        actions.transfer.write_json(actions.transfer.whole(opened), whole)
        before = queries.comment_round(opened)
        assert "comment" not in str(actions.transfer.open_edition(opened))
    with actions.transfer.import_json(whole, tmp_path / "again.behov") as again:
        assert queries.comment_round(again) == before


def test_publishing_cannot_be_undone_and_a_typed_comment_can_be_taken_away(file: Path) -> None:
    with SessionFile.open(file) as opened:

        def now() -> CommentRound:
            return queries.comment_round(opened)

        actions.do(opened, comment_round.set_draft, paragraphs=paragraphs_of(DRAFT))
        assert [p.text for p in now().paragraphs][1:] == ["Dygnet runt, alla dagar.", "30 patienter deltar."]
        one = actions.do(opened, comment_round.add, paragraph=1, kind="wrong", text="Skrivet av misstag")
        actions.do(opened, comment_round.drop, comment=one)
        actions.do(opened, comment_round.publish)
        assert now().final_at is not None
        assert not opened.undo_label
        row = {"paragraph": 1, "kind": "good", "text": "Bra", "source": "import"}
        actions.do(opened, comment_round.reopen)
        received = actions.do(opened, comment_round.add, **row)
        with pytest.raises(Refused):
            actions.do(opened, comment_round.drop, comment=received)
        with pytest.raises(Refused) as trouble:
            queries.comment_round(opened.for_phones())
    assert trouble.value.message == CLOSED_PART
