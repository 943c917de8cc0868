"""The same content in Word, Markdown and spreadsheets: every text whole, nothing alive in a cell."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.report import factory
from tests.report.test_paper import HOSTILE, tight
from workshop_app import i18n
from workshop_app.model.trouble import RoomTrouble
from workshop_app.report import docx_out, fonts, markdown, sheets

SV, EN = i18n.language("sv"), i18n.language("en")
HOSTILE_CARDS = [factory.card(n, text, underlying=text) for n, text in enumerate(HOSTILE, 1)]


def word_text(path: Path) -> str:
    file = docx.Document(str(path))
    tables = [c.text for t in file.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *tables])


@pytest.mark.parametrize(
    ("lang", "title"), ((SV, "Bilaga 2, alla 11 kort"), (EN, "Appendix 2, all 11 cards"))
)
def test_word_has_every_card_and_real_headings(tmp_path: Path, lang: i18n.Language, title: str) -> None:
    path = docx_out.build(factory.whole(), lang, tmp_path / "ut.docx")
    found = word_text(path)
    for card in factory.whole().cards:
        assert card.text in found
    headings = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name.startswith("Heading")]
    assert title in headings
    assert docx.Document(str(path)).core_properties.language == lang.code


def test_word_takes_any_text(tmp_path: Path) -> None:
    need = factory.need(1, HOSTILE_CARDS[:3], fields={"title": HOSTILE[0], "who": HOSTILE[10]})
    value = factory.summary(HOSTILE_CARDS, [need], session=factory.session(title=HOSTILE[10]))
    found = tight(word_text(docx_out.build(value, SV, tmp_path / "ut.docx")))
    for text in HOSTILE:
        assert tight(fonts.clean(text)).replace("\ufffe", "\ufffd") in found


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_shows_each_text_as_typed(text: str) -> None:
    value = factory.summary([factory.card(1, text)])
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown.text(value, SV))
    shown, html = [], []
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "html_inline" and inner.content != "<br>":
                html.append(inner.content)
            shown.append("\n" if inner.type in ("hardbreak", "softbreak") else inner.content)
        if token.type == "html_block":
            html.append(token.content)
    assert not html
    assert tight(fonts.clean(text)) in tight("".join(shown))


@pytest.mark.parametrize(
    "text", ("# rubrik", "- punkt", "1. ett", "> citat", "    kod", "a\n===", "```\nkod", "| a | b |")
)
def test_markdown_of_a_line_start_is_only_text(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown.escaped(text.strip()))
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def test_csv_has_each_card_once_and_no_live_cell() -> None:
    texts = ["=1+1", "+46", "-1", "@SUM(A1)", " =2", "\t=3", "vanlig", 'a,b\n"c"']
    value = factory.summary([factory.card(n, t) for n, t in enumerate(texts, 1)])
    rows = list(csv.reader(io.StringIO(sheets.csv_text(value, SV))))
    assert rows[0][:3] == ["number", "receipt", "text"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 9)]
    assert [row[2].lstrip("'").strip() for row in rows[1:]] == [t.strip() for t in texts]
    assert not [cell for row in rows for cell in row if cell.strip()[:1] in ("=", "+", "-", "@")]


def test_excel_keeps_formulas_as_text_and_odd_signs_away(tmp_path: Path) -> None:
    cards = [*HOSTILE_CARDS, factory.card(90, '=HYPERLINK("x")'), factory.card(91, "lång " * 9000)]
    path = sheets.xlsx(factory.summary(cards), SV, tmp_path / "ut.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Kort", "Behov", "Bedömningar", "Svar"]
    cells = [cell for row in book["Kort"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    texts = [str(cell.value) for cell in cells]
    assert "=1+1" in texts
    assert '=HYPERLINK("x")' in texts
    last = [str(cell.value) for cell in list(book["Kort"].iter_rows())[-1] if cell.value is not None]
    assert "".join(t for t in last if "lång" in t).count("lång") == 9000


def test_the_open_edition_holds_back_in_every_form(tmp_path: Path) -> None:
    value = factory.whole("open")
    forms = [
        markdown.text(value, SV),
        word_text(docx_out.build(value, SV, tmp_path / "a.docx")),
        sheets.csv_text(value, SV),
        str(
            [
                [c.value for c in r]
                for s in load_workbook(sheets.xlsx(value, SV, tmp_path / "a.xlsx"))
                for r in s
            ]
        ),
    ]
    for form in forms:
        assert "Ring Kajsa" not in form
        assert "Bostäder Exempel AB" not in form
        assert "Solceller" in form


def test_needs_ratings_and_answers_have_their_sheets(tmp_path: Path) -> None:
    book = load_workbook(sheets.xlsx(factory.whole(), EN, tmp_path / "ut.xlsx"))
    needs = [[c.value for c in row] for row in book["Needs"].iter_rows()]
    assert needs[1][1] == "Behov nummer 1 i tid"
    assert "behöver kunna" in str(needs[1][2])
    assert len(list(book["Ratings"].iter_rows())) == 1 + 2 * 6
    assert "Vi vill fortsätta tillsammans" in [row[4].value for row in book["Answers"].iter_rows()]


def test_a_folder_that_says_no_is_room_trouble(tmp_path: Path) -> None:
    nowhere = tmp_path / "finns inte"
    for make in (
        lambda: docx_out.build(factory.whole(), SV, nowhere / "a.docx"),
        lambda: sheets.xlsx(factory.whole(), SV, nowhere / "a.xlsx"),
    ):
        with pytest.raises(RoomTrouble):
            make()


def test_an_empty_session_can_be_exported(tmp_path: Path) -> None:
    empty = factory.summary(session=replace(factory.session(), question="", steps=()))
    assert "0 mottagna, 0 redovisade" in markdown.text(empty, SV)
    assert sheets.csv_text(empty, SV).count("\n") == 1
    assert docx_out.build(empty, SV, tmp_path / "a.docx").exists()
