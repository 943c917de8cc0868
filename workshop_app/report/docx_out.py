"""The same Document as a Word file, to be worked on further: headings, tables and text, no drawings."""

import io
import re
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from workshop_app import theme
from workshop_app.i18n import Language
from workshop_app.model.summary import Summary
from workshop_app.report import content, fonts, write
from workshop_app.report.document import (
    Block,
    CardEntry,
    CardList,
    Cell,
    Columns,
    Contents,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Listing,
    Para,
    Quote,
    Run,
    Sentence,
    Sheet,
    Table,
    Text,
    Thread,
    say,
    verbatim,
)

_SERIF, _SANS = "Georgia", "Arial"  # what an office has; ours may not be installed where the file goes
_NOT_XML = re.compile("[\ufffe\uffff]")
_GREY = RGBColor(0x44, 0x53, 0x4C)


def build(summary: Summary, lang: Language, target: Path) -> Path:
    """Writes the summary as .docx whole or not at all; RoomTrouble when the folder says no."""
    return write.atomically(target, data(content.document(summary, lang)))


def data(document: Document) -> bytes:
    """The Word file as bytes."""
    word = docx.Document()
    _page(word, document)
    if document.cover:
        _cover(word, document.cover)
    for section in document.sections:
        if section.group:
            word.add_heading(_clean(section.group), 1)
        if section.fresh and word.paragraphs:
            word.paragraphs[-1].paragraph_format.keep_with_next = False
        for block in section.blocks:
            _block(word, block, 1 if section.grouped else 0)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: Any, document: Document) -> None:
    core = word.core_properties
    core.title, core.subject = _clean(document.title)[:250], _clean(document.subject)[:250]
    core.language, core.author = document.language, "Behovsverkstad"
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = _SERIF, Pt(10.5)
    tag = {"sv": "sv-SE", "en": "en-GB"}.get(document.language, document.language)
    fonts_of = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    fonts_of.append(language)
    for level in range(1, 5):
        heading = word.styles[f"Heading {level}"]
        heading.font.name, heading.font.color.rgb = _SANS, RGBColor.from_string(theme.tokens()["ink"][1:])
        heading.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "")
    sheet = word.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = Mm(25)
    sheet.top_margin = sheet.bottom_margin = Mm(22)
    foot = sheet.footer.paragraphs[0]
    words = " · ".join(
        x for x in (document.foot_title, document.foot_where, document.foot_facts, document.foot_right) if x
    )
    _runs(foot, say(f"{words} · "), small=True)
    before, _, rest = document.page_words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        _runs(foot, say(text), small=True)
        if field:
            _field(foot, field)


def _field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(8.5), _SANS
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)


def _cover(word: Any, cover: Cover) -> None:
    _para(word, say(" · ".join((cover.format_name, *cover.marks)), bold=True))
    word.add_heading(_clean(cover.title), 0)
    _para(word, say(cover.when_where))
    _para(word, say(cover.question_label, bold=True))
    _para(word, verbatim(cover.question))
    _para(word, say(", ".join(f"{n} {label}" for n, label in cover.counts), bold=True))
    for fact in cover.facts:
        _para(word, (*say(f"{fact.label}: ", bold=True), *fact.text))
    _para(word, say(cover.foot), small=True)


def _block(word: Any, block: Block, deeper: int) -> None:
    match block:
        case Heading():
            word.add_heading(_clean(block.text), min(block.level + deeper, 4))
        case Para():
            _para(word, block.text, small=block.kind in ("note", "ask", "label"))
        case Quote():
            quoted = word.add_paragraph(style="Quote")
            _runs(quoted, verbatim(f"”{block.text}”"))
            _para(word, say(block.caption), small=True)
        case Sentence():
            _para(word, block.text)
        case Facts():
            for fact in block.facts:
                _para(word, (*say(f"{fact.label}: ", bold=True), *fact.text))
        case Listing():
            for point in block.points:
                _runs(word.add_paragraph(style="List Bullet"), point)
        case Figure():
            for one in block.instead:
                _block(word, one, deeper)
            if not block.instead:
                _para(word, say(block.alt))
        case Table():
            _table(word, block)
        case CardList():
            for card in block.cards:
                _card(word, card)
        case Columns():
            for one in (*block.left, *block.right):
                _block(word, one, deeper)
        case Thread():
            for rung in block.rungs:
                for one in rung.blocks:
                    _block(word, one, deeper)
        case Sheet():
            for box in (box for row in block.rows for box in row):
                word.add_heading(_clean(box.title), min(2 + deeper, 4))
                for text in box.texts:
                    _para(word, text)
        case Contents():
            pass  # Word makes its own from the headings


def _table(word: Any, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.head))
    table.style = "Light Grid"
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        _runs(cell.paragraphs[0], say(text, bold=True), small=True)
    _repeat(table.rows[0])
    for row in block.rows:
        made = table.add_row().cells
        for cell, words in zip(made, row, strict=True):
            _runs(cell.paragraphs[0], _cell_text(words), small=True)
    word.add_paragraph()


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _cell_text(cell: Cell) -> Text:
    number = say(f"{cell.number}. ", bold=True) if cell.number else ()
    note = say(f" ({cell.note.replace(chr(10), ', ')})") if cell.note else ()
    return (*number, *cell.text, *note)


def _card(word: Any, card: CardEntry) -> None:
    line = f"   {card.receipt}   {card.place}" if card.receipt else f"   {card.place}"
    head = _para(word, (*say(str(card.number), bold=True), *say(line)), small=True)
    head.paragraph_format.keep_with_next = True
    _para(word, verbatim(card.text) or say(card.withheld))
    if card.notes:
        _para(word, card.notes, small=True)


def _para(word: Any, text: Text, small: bool = False) -> Any:
    made = word.add_paragraph()
    _runs(made, text, small)
    return made


def _runs(paragraph: Any, text: Text, small: bool = False) -> None:
    for run in text:
        made = paragraph.add_run(_clean(run.text))
        _dress(made, run, small)


def _dress(made: Any, run: Run, small: bool) -> None:
    made.bold, made.italic = run.bold or None, run.italic or None
    made.font.name = _SERIF if run.voice == "people" else _SANS
    if small:
        made.font.size = Pt(9)
        made.font.color.rgb = _GREY


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", fonts.clean(text))
