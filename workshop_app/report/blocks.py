"""Sets the blocks of a document as ReportLab flowables: as they are drawn, or a step or more closer where that saves a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, FrameBreak, Indenter, KeepTogether, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from workshop_app import theme
from workshop_app.report import boxes, drawings, styles
from workshop_app.report.charts import colour
from workshop_app.report.document import (
    Block,
    CardEntry,
    CardList,
    Cell,
    Columns,
    Contents,
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
from workshop_app.report.flowables import ContentsList, Knot, Sealed
from workshop_app.report.tags import Pictured, told
from workshop_app.report.text import paragraph, points

_ENDLESS = 1e6  # points of room where a height is measured
_A_LITTLE_OVER = 1.2
_SHORT_LIST = 4  # points
_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
_RUNNING = ("body", "lead", "large")  # read as running text: serif for our own words too


def on_one_page(
    blocks: Sequence[Block], wide: float, before: Sequence[Flowable], setter: "Setter"
) -> list[Flowable]:
    """Blocks after `before` on a page of their own; what would go a little over it is set as close as it takes to fit."""
    usual = [*before, *setter.blocks(blocks, wide)]
    if styles.HEIGHT < tall(usual, wide) < styles.HEIGHT * _A_LITTLE_OVER:
        for tight in range(1, len(styles.TIGHT)):
            closer = [*before, *replace(setter, tight=tight).blocks(blocks, wide)]
            if tall(closer, wide) <= styles.HEIGHT:
                return closer
    return usual


def tall(stack: Sequence[Flowable], wide: float) -> float:
    """How much of an empty page flowables fill, reckoned as a frame does: of two spaces that meet the larger counts."""
    used = low = last = 0.0
    for one in stack:
        if isinstance(one, Indenter):
            wide -= one.left + one.right
            continue
        after = one.getSpaceAfter()
        gap = max(one.getSpaceBefore() - last, 0) if used and not isinstance(one, Spacer) else 0
        low = used + gap + one.wrap(wide, _ENDLESS)[1]
        used = low + after
        last = last if isinstance(one, Spacer) else after
    return low


@dataclass(frozen=True)
class Setter:
    """`listed` is what the contents tell; `tight` how many steps closer than usual everything stands."""

    listed: Sequence[tuple[str, str]] = ()
    tight: int = 0

    def blocks(self, blocks: Sequence[Block], wide: float) -> list[Flowable]:
        """What a row of blocks becomes in a width."""
        return [flowable for block in blocks for flowable in self._block(block, wide)]

    def _block(self, block: Block, wide: float) -> list[Flowable]:
        match block:
            case Heading():
                return [paragraph(say(block.text, bold=True), self._style(f"h{block.level}"))]
            case Para():
                return [paragraph(_dressed(block.text, block.kind), self._style(block.kind))]
            case Quote():
                return self._quote(block)
            case Sentence():
                return [self._sentence(block, wide), self._air(5)]
            case Facts():
                return self._facts(block, wide)
            case Listing():
                return self._listing(block)
            case Figure():
                return [Pictured(drawings.drawn(block.chart, wide), block.alt), self._air(8)]
            case Table():
                return [self._table(block, wide), self._air(6)]
            case CardList():
                return [FrameBreak(), *map(self._card, block.cards)]
            case Columns():
                return self._columns(block, wide)
            case Thread():
                return self._thread(block, wide)
            case Sheet():
                return boxes.grids(
                    block, wide, styles.WIDE - styles.TOP - styles.BOTTOM - 44 - 20 * block.lines
                )
            case Contents():
                return [paragraph(say(block.title, bold=True), self._style("h1")), ContentsList(self.listed)]

    def _style(self, name: str) -> ParagraphStyle:
        return styles.style(name, self.tight)

    def _air(self, high: float) -> Spacer:
        return Spacer(0, high * styles.TIGHT[self.tight][0])

    def _listing(self, block: Listing) -> list[Flowable]:
        """A point a line; a short list stays on one page."""
        made = points([_dressed(point, "body") for point in block.points], self._style("point"))
        for one in made[:-1] if len(made) <= _SHORT_LIST else ():
            one.keepWithNext = 1
        return list(made)

    def _quote(self, block: Quote) -> list[Flowable]:
        words = paragraph(verbatim(f"”{block.text}”"), self._style("quote"))
        words.keepWithNext = 1
        return [words, paragraph(say(block.caption), self._style("caption"))]

    def _sentence(self, block: Sentence, wide: float) -> Grid:
        grid = Grid([[paragraph(block.text, self._style("sentence"))]], colWidths=[wide], splitInRow=1)
        grid.setStyle(
            TableStyle(
                [
                    ("BACKGROUND", (0, 0), (-1, -1), colour(theme.tokens()["bg"])),
                    ("ROUNDEDCORNERS", [5, 5, 5, 5]),
                    ("LEFTPADDING", (0, 0), (-1, -1), 14),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 14),
                    ("TOPPADDING", (0, 0), (-1, -1), 11 - 2 * self.tight),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 14 - 2 * self.tight),
                ]
            )
        )
        return grid

    def _facts(self, block: Facts, wide: float) -> list[Flowable]:
        """Each row of facts is a grid of its own, so that a long one can break across pages."""
        out: list[Flowable] = []
        column = wide / block.columns
        for start in range(0, len(block.facts), block.columns):
            row = block.facts[start : start + block.columns]
            cells = [
                [paragraph(say(f.label), self._style("label")), paragraph(f.text, self._style("fact"))]
                for f in row
            ]
            cells += [[]] * (block.columns - len(cells))
            grid = Grid([cells], colWidths=[column] * block.columns, splitInRow=1)
            grid.setStyle(
                TableStyle(
                    [*_BARE, ("RIGHTPADDING", (0, 0), (-1, -1), 12), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
                )
            )
            out.append(grid)
        return out

    def _table(self, block: Table, wide: float) -> Grid:
        head = [
            paragraph(say(text), self._style("head_middle" if n in block.numeric else "head"))
            for n, text in enumerate(block.head)
        ]
        widths = [wide * share for share in block.widths]
        rows = [
            [self._cell(cell, widths[n] - 8, n in block.numeric) for n, cell in enumerate(row)]
            for row in block.rows
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

    def _cell(self, cell: Cell, wide: float, middle: bool) -> list[Flowable]:
        text = tuple(replace(run, voice="people") for run in cell.text) if middle else cell.text
        words = paragraph(text, self._style("middle" if middle else "cell"))
        inset = Sealed.INDENT if cell.inset else 0
        words = paragraph(text, styles.inset("cell", inset, self.tight)) if inset else words
        out: list[Flowable] = [Sealed(words, cell.number) if cell.number else words]
        if cell.chart is not None:
            drawing = drawings.drawn(cell.chart, wide)
            drawing.hAlign = "CENTER" if middle else "LEFT"
            out.append(drawing)
        if cell.note:
            out.append(paragraph(say(cell.note), self._style("tiny")))
        return out

    def _card(self, card: CardEntry) -> Flowable:
        line = (
            *say(f"{card.number}", bold=True),
            *say(f"   {card.receipt}   {card.place}" if card.receipt else f"   {card.place}"),
        )
        out = [paragraph(line, self._style("number"))]
        out.append(
            paragraph(
                verbatim(card.text) or say(card.withheld), self._style("card" if card.text else "card_note")
            )
        )
        if card.notes:
            out.append(paragraph(card.notes, self._style("card_note")))
        return KeepTogether(out)

    def _columns(self, block: Columns, wide: float) -> list[Flowable]:
        """Beside each other, or under each other where one of them is too tall for that."""
        left_wide = wide * block.share - styles.GUTTER / 2
        right_wide = wide - left_wide - styles.GUTTER
        left, right = self.blocks(block.left, left_wide), self.blocks(block.right, right_wide)
        tallest = max(
            sum(f.wrap(w, styles.HEIGHT)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in stack)
            for stack, w in ((left, left_wide), (right, right_wide))
        )
        if tallest > styles.HEIGHT * 0.6:
            return [*self.blocks(block.left, min(left_wide, wide)), *self.blocks(block.right, wide)]
        grid = Grid([[left, right]], colWidths=[left_wide + styles.GUTTER, right_wide])
        grid.setStyle(TableStyle([*_BARE, ("RIGHTPADDING", (0, 0), (0, 0), styles.GUTTER)]))
        return [grid, self._air(8)]

    def _thread(self, block: Thread, wide: float) -> list[Flowable]:
        """Rungs with a knot each; the thread ends in a last knot under the last thing said."""
        out: list[Flowable] = [Indenter(left=styles.THREAD_TEXT)]
        inner = wide - styles.THREAD_TEXT
        for rung in block.rungs:
            said = self.blocks(rung.blocks, inner)
            if rung is block.rungs[-1]:  # what is decided is read in one piece
                out.append(CondPageBreak(min(tall(said, inner), styles.HEIGHT / 2)))
            out += [Knot(rung.knot, _knot_depth(rung.blocks[0])), *said]
        if block.rungs:
            low = out[-1].wrap(inner, styles.HEIGHT)[1]
            out.insert(-1, Knot("solid", low + 5, last=True))
        return [*out, Indenter(left=-styles.THREAD_TEXT)]


def _dressed(text: Text, kind: str) -> Text:
    """Running text on paper is serif throughout; what is bold keeps the app's own letters."""
    if kind not in _RUNNING:
        return text
    return tuple(run if run.bold else Run(run.text, "people", italic=run.italic) for run in text)


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
