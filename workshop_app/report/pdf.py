"""Sets a Document as PDF with ReportLab platypus, in one pass and without any state but the fonts."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    Indenter,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Table as Grid

from workshop_app import theme
from workshop_app.report import boxes, drawings, fonts, styles
from workshop_app.report.charts import colour
from workshop_app.report.document import (
    Block,
    CardEntry,
    CardList,
    Cell,
    Columns,
    Contents,
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
from workshop_app.report.flowables import Begin, ContentsList, CoverPage, Knot, Sealed
from workshop_app.report.paper import PaperCanvas
from workshop_app.report.styles import style
from workshop_app.report.tags import Pictured, told
from workshop_app.report.text import paragraph

_GUTTER = 18.0
_ACROSS = styles.TALL - 2 * styles.MARGIN  # the room of a page that lies down
_SHORT = 16  # blocks: a section that goes on on a page is kept whole if it is short
_SHORT_LIST = 4  # points
_POINT = ParagraphStyle("point", style("body"), leftIndent=9, firstLineIndent=-9, spaceAfter=3)
_HEAD_MIDDLE = ParagraphStyle("head-middle", style("head"), alignment=1)
_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
_RUNNING = ("body", "lead", "large")  # read as running text: serif for our own words too


@dataclass(frozen=True)
class Printed:
    """A finished PDF: its bytes, how many pages and on which page each section begins."""

    data: bytes
    pages: int
    first_pages: dict[str, int]


def render(document: Document, progress: Callable[[int, int], None] | None = None) -> Printed:
    """The document as PDF; `progress` hears (done, of all) blocks."""
    out = io.BytesIO()
    made: list[PaperCanvas] = []

    def maker(*args: Any, **kwargs: Any) -> PaperCanvas:
        made.append(PaperCanvas(*args, document=document, **kwargs))
        return made[-1]

    template = BaseDocTemplate(
        out,
        pagesize=styles.PAGE,
        pageTemplates=_templates(first=_first_page(document)),
        title=fonts.clean(document.title),
        subject=fonts.clean(document.subject),
        keywords=[fonts.clean(word) for word in document.keywords],
        author="",
        creator="Behovsverkstad",
        producer="Behovsverkstad",
        lang=document.language,
        displayDocTitle=True,
    )
    if progress is not None:
        template.setProgressCallBack(_listener(progress))
    template.build(_story(document), canvasmaker=maker)
    return Printed(out.getvalue(), len(made[-1].waiting), made[-1].first_pages)


def _listener(progress: Callable[[int, int], None]) -> Callable[[str, int], None]:
    total, done = 0, 0

    def hear(kind: str, value: int) -> None:
        nonlocal total, done
        if kind == "SIZE_EST":
            total = value
        elif kind == "PROGRESS":  # a paragraph that is broken in two counts backwards
            done = max(done, min(value, total))
            progress(done, total)
        elif kind == "FINISHED":
            progress(total, total)

    return hear


def _first_page(document: Document) -> str:
    if document.cover or not document.sections:
        return "plain"
    first = document.sections[0]
    carded = any(isinstance(block, CardList) for block in first.blocks)
    return "cards" if carded else "wide" if first.wide else "plain"


def _templates(first: str) -> list[PageTemplate]:
    """The page layouts; a document begins in the one that stands first."""

    def frame(x: float, y: float, wide: float, tall: float, name: str) -> Frame:
        return Frame(x, y, wide, tall, 0, 0, 0, 0, id=name)

    left, low, wide, tall = styles.MARGIN, styles.BOTTOM, styles.ROOM, styles.HEIGHT
    half, head = (wide - _GUTTER) / 2, 92.0
    right = left + half + _GUTTER
    made = [
        PageTemplate("plain", [frame(left, low, wide, tall, "all")]),
        PageTemplate(
            "cards",
            [
                frame(left, low + tall - head, wide, head, "head"),
                frame(left, low, half, tall - head, "left"),
                frame(right, low, half, tall - head, "right"),
            ],
            autoNextPageTemplate="more",
        ),
        PageTemplate(
            "wide",
            [frame(left, low, _ACROSS, styles.WIDE - styles.TOP - low, "all")],
            pagesize=(styles.TALL, styles.WIDE),
        ),
        PageTemplate("more", [frame(left, low, half, tall, "left"), frame(right, low, half, tall, "right")]),
    ]
    return sorted(made, key=lambda template: template.id != first)


def _story(document: Document) -> list[Flowable]:
    story: list[Flowable] = []
    listed = [(s.key, s.group or s.title) for s in document.sections if s.listed]
    if document.cover:
        story += [Begin("cover", document.title), CoverPage(document.cover)]
    in_cards, lying, begun = False, False, bool(story)
    for place, section in enumerate(document.sections):
        carded = any(isinstance(block, CardList) for block in section.blocks)
        if section.wide or lying:
            story.append(NextPageTemplate("wide" if section.wide else "plain"))
        if carded or in_cards:
            # a document that begins with the cards is on their first page already
            story.append(NextPageTemplate(("cards" if begun else "more") if carded else "plain"))
        if begun:
            apart = section.fresh or carded or in_cards or lying
            story.append(PageBreak() if apart else CondPageBreak(150))
        in_cards, lying = carded, section.wide
        head = (section.left, section.right)
        inside: list[Flowable] = []
        if section.group:
            inside.append(Begin(section.key, section.group, 0, head))
        key = f"{section.key}{place}" if section.grouped else section.key
        inside.append(Begin(key, section.title, int(section.grouped), head))
        inside += _blocks(section.blocks, _ACROSS if section.wide else styles.ROOM, listed)
        story += [KeepTogether(inside)] if begun and not section.fresh and len(inside) < _SHORT else inside
        begun = True
    return story or [Spacer(0, 1)]


def _blocks(blocks: Sequence[Block], wide: float, listed: Sequence[tuple[str, str]] = ()) -> list[Flowable]:
    return [flowable for block in blocks for flowable in _block(block, wide, listed)]


def _block(block: Block, wide: float, listed: Sequence[tuple[str, str]]) -> list[Flowable]:
    match block:
        case Heading():
            return [paragraph(say(block.text, bold=True), style(f"h{block.level}"))]
        case Para():
            return [paragraph(_dressed(block.text, block.kind), style(block.kind))]
        case Quote():
            return _quote(block)
        case Sentence():
            return [_sentence(block, wide), Spacer(0, 5)]
        case Facts():
            return _facts(block, wide)
        case Listing():
            return _listing(block)
        case Figure():
            return [Pictured(drawings.drawn(block.chart, wide), block.alt), Spacer(0, 8)]
        case Table():
            return [_table(block, wide), Spacer(0, 6)]
        case CardList():
            return [FrameBreak(), *map(_card, block.cards)]
        case Columns():
            return _columns(block, wide)
        case Thread():
            return _thread(block, wide)
        case Sheet():
            return boxes.grids(block, wide, styles.WIDE - styles.TOP - styles.BOTTOM - 44 - 20 * block.lines)
        case Contents():
            return [paragraph(say(block.title, bold=True), style("h1")), ContentsList(listed)]


def _dressed(text: Text, kind: str) -> Text:
    """Running text on paper is serif throughout; what is bold keeps the app's own letters."""
    if kind not in _RUNNING:
        return text
    return tuple(run if run.bold else Run(run.text, "people", italic=run.italic) for run in text)


def _listing(block: Listing) -> list[Flowable]:
    """A point a line; a short list stays on one page."""
    points: list[Flowable] = [paragraph((Run("– "), *_dressed(p, "body")), _POINT) for p in block.points]
    for point in points[:-1] if len(points) <= _SHORT_LIST else ():
        point.keepWithNext = 1
    return points


def _quote(block: Quote) -> list[Flowable]:
    words = paragraph(verbatim(f"”{block.text}”"), style("quote"))
    words.keepWithNext = 1
    return [words, paragraph(say(block.caption), style("caption"))]


def _sentence(block: Sentence, wide: float) -> Grid:
    grid = Grid([[paragraph(block.text, style("sentence"))]], colWidths=[wide], splitInRow=1)
    grid.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), colour(theme.tokens()["bg"])),
                ("ROUNDEDCORNERS", [5, 5, 5, 5]),
                ("LEFTPADDING", (0, 0), (-1, -1), 14),
                ("RIGHTPADDING", (0, 0), (-1, -1), 14),
                ("TOPPADDING", (0, 0), (-1, -1), 11),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 14),
            ]
        )
    )
    return grid


def _facts(block: Facts, wide: float) -> list[Flowable]:
    """Each row of facts is a grid of its own, so that a long one can break across pages."""
    out: list[Flowable] = []
    column = wide / block.columns
    for start in range(0, len(block.facts), block.columns):
        row = block.facts[start : start + block.columns]
        cells = [[paragraph(say(f.label), style("label")), paragraph(f.text, style("fact"))] for f in row]
        cells += [[]] * (block.columns - len(cells))
        grid = Grid([cells], colWidths=[column] * block.columns, splitInRow=1)
        grid.setStyle(
            TableStyle(
                [*_BARE, ("RIGHTPADDING", (0, 0), (-1, -1), 12), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
            )
        )
        out.append(grid)
    return out


def _table(block: Table, wide: float) -> Grid:
    head = [
        paragraph(say(text), _HEAD_MIDDLE if n in block.numeric else style("head"))
        for n, text in enumerate(block.head)
    ]
    widths = [wide * share for share in block.widths]
    rows = [
        [_cell(cell, widths[n] - 8, n in block.numeric) for n, cell in enumerate(row)] for row in block.rows
    ]
    grid = Grid([head, *rows], colWidths=widths, repeatRows=1, splitInRow=1, renderCB=told)
    line = colour(theme.tokens()["line"])
    charted = any(cell.chart for row in block.rows for cell in row)
    grid.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("VALIGN", (0, 1), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.6, line),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                *(("RIGHTPADDING", (n, 0), (n, -1), 4) for n in block.numeric),
                *(("LEFTPADDING", (n, 0), (n, -1), 4) for n in block.numeric),
                ("TOPPADDING", (0, 0), (-1, -1), 3 if charted else 4.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4 if charted else 5.5),
            ]
        )
    )
    return grid


def _cell(cell: Cell, wide: float, middle: bool) -> list[Flowable]:
    text = tuple(replace(run, voice="people") for run in cell.text) if middle else cell.text
    words = paragraph(text, style("middle" if middle else "cell"))
    inset = Sealed.INDENT if cell.inset else 0
    words = paragraph(text, styles.inset("cell", inset)) if inset else words
    out: list[Flowable] = [Sealed(words, cell.number) if cell.number else words]
    if cell.chart is not None:
        drawing = drawings.drawn(cell.chart, wide)
        drawing.hAlign = "CENTER" if middle else "LEFT"
        out.append(drawing)
    if cell.note:
        out.append(paragraph(say(cell.note), style("tiny")))
    return out


def _card(card: CardEntry) -> Flowable:
    line = (
        *say(f"{card.number}", bold=True),
        *say(f"   {card.receipt}   {card.place}" if card.receipt else f"   {card.place}"),
    )
    out = [paragraph(line, style("number"))]
    out.append(
        paragraph(verbatim(card.text) or say(card.withheld), style("card" if card.text else "card_note"))
    )
    if card.notes:
        out.append(paragraph(card.notes, style("card_note")))
    return KeepTogether(out)


def _columns(block: Columns, wide: float) -> list[Flowable]:
    """Beside each other, or under each other where one of them is too tall for that."""
    left_wide = wide * block.share - _GUTTER / 2
    right_wide = wide - left_wide - _GUTTER
    left, right = _blocks(block.left, left_wide), _blocks(block.right, right_wide)
    tallest = max(
        sum(f.wrap(w, styles.HEIGHT)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in stack)
        for stack, w in ((left, left_wide), (right, right_wide))
    )
    if tallest > styles.HEIGHT * 0.6:
        return [*_blocks(block.left, min(left_wide, wide)), *_blocks(block.right, wide)]
    grid = Grid([[left, right]], colWidths=[left_wide + _GUTTER, right_wide])
    grid.setStyle(TableStyle([*_BARE, ("RIGHTPADDING", (0, 0), (0, 0), _GUTTER)]))
    return [grid, Spacer(0, 8)]


def _thread(block: Thread, wide: float) -> list[Flowable]:
    """Rungs with a knot each; the thread ends in a last knot under the last thing said."""
    out: list[Flowable] = [Indenter(left=styles.THREAD_TEXT)]
    inner = wide - styles.THREAD_TEXT
    for rung in block.rungs:
        said = _blocks(rung.blocks, inner)
        if rung is block.rungs[-1]:  # what is decided is read in one piece
            tall = sum(f.wrap(inner, styles.HEIGHT)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in said)
            out.append(CondPageBreak(min(tall, styles.HEIGHT / 2)))
        out += [Knot(rung.knot, _knot_depth(rung.blocks[0])), *said]
    if block.rungs:
        tall = out[-1].wrap(inner, styles.HEIGHT)[1]
        out.insert(-1, Knot("solid", tall + 5, last=True))
    return [*out, Indenter(left=-styles.THREAD_TEXT)]


def _knot_depth(first: Block) -> float:
    """How far under the top of a rung its knot sits: at the middle of the first line of words."""
    match first:
        case Quote():
            return 10.0
        case Heading(level=1):
            return 15.0
        case Heading():
            return 16.0
        case Facts():
            return 10.0
        case Para(kind="label"):
            return 10.0
    return 8.0
