"""The small sheets on paper: one page each, unknown said as such, an empty one to write on, and none for suppliers."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from workshop_app import actions, formats, i18n
from workshop_app.cli import cli
from workshop_app.report import content, markdown, pdf
from workshop_app.store import queries

SV = i18n.language("sv")
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A session with a need that costs something partly unknown, a risk of <b>its own</b>, and a checklist."""
    path = tmp_path / "a.behov"
    with actions.session.create(path, format_id="needs_identification", title="Golv", question="Q?") as file:
        need = actions.do(file, actions.need.new_need, title="Torra golv")

        def write(sheet: str, item: str = "", need: int | None = need, **fields: str) -> None:
            actions.do(file, actions.sheet.write, sheet=sheet, need=need, item=item, fields=fields)

        write("life_cycle", "once", years="10", unit="tkr")
        write("life_cycle", "purchase", amount="1 250")
        write("life_cycle", "operation", amount="okänt", note="svar i maj")
        write("life_cycle", "external", note="Färre fall")
        write("risks", what="Risk <b>fet</b>", likelihood="dk", consequence="4")
        write("success_factors", "market", need=None, state="not_applicable")
    return path


def read(path: Path) -> tuple[int, str]:
    book = pypdfium2.PdfDocument(path)
    words = " ".join(page.get_textpage().get_text_bounded() for page in book)
    return len(book), " ".join(words.split())


def run(*args: object) -> object:
    return CliRunner().invoke(cli, [str(a) for a in args])


def test_every_written_sheet_is_a_page_of_the_summary_and_not_of_the_open_one(held: Path) -> None:
    with actions.session.SessionFile.read(held) as file:
        told, open_ = queries.summary(file), queries.summary(file, "open")
    assert "sheets" in content.offered(told) and "sheets" not in content.offered(open_)
    document = content.document(told, SV, ("sheets",), NOW)
    assert [s.title for s in document.sections] == [
        "Livscykelkostnad, Behov 1, Torra golv",
        "Risklista, Behov 1, Torra golv",
        "Framgångsfaktorer",
    ]
    assert pdf.render(document).pages == 3
    words = markdown.render(document)
    assert "okänt" in words and "Det är inte hela kostnaden" in words and "ej aktuellt" in words
    assert "vet ej" in words and "<b>" not in words


def test_a_sheet_is_printed_alone(held: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert (
        run("print", held, "-o", out, "--what", "sheet", "--sheet", "life_cycle", "--need", 1).exit_code == 0
    )
    pages, words = read(out)
    assert pages == 1 and "Känt hittills under 10 år: 1 250 tkr" in words and "okänt" in words
    assert "Färre fall" in words


@pytest.mark.parametrize("sheet", list(formats.sheets()))
def test_an_empty_sheet_is_one_page_to_write_on(held: Path, tmp_path: Path, sheet: str) -> None:
    with actions.session.SessionFile.read(held) as file:
        document = content.sheet(queries.summary(file), SV, sheet, 99)
    printed = pdf.render(document)
    assert printed.pages == 1
    assert document.sections[0].title == formats.sheets()[sheet].name.sv


def test_what_cannot_be_printed_is_told(held: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    for more in (
        (),
        ("--sheet", "nothing"),
        ("--sheet", "risks", "--need", 9),
        ("--sheet", "risks", "--edition", "open"),
    ):
        result = run("print", held, "-o", out, "--what", "sheet", *more)
        assert result.exit_code == 1 and not out.exists()


def test_which_competences_are_missing_is_printed_for_the_whole_project(held: Path) -> None:
    with actions.session.SessionFile.open(held) as file:
        row = {"state": "missing", "note": "Kommunjuristen från maj"}
        actions.do(file, actions.sheet.write, sheet="competences", item="law", fields=row)
        row = {"state": "present", "who": "Processledare"}
        actions.do(file, actions.sheet.write, sheet="competences", item="collaboration", fields=row)
        words = markdown.render(content.sheet(queries.summary(file), SV, "competences"))
    for text in ("Juridik", "saknas", "Kommunjuristen från maj", "Processledare", "Förändringsledning"):
        assert text in words
    assert len(formats.sheets()["competences"].items) == 7  # METHOD S22
