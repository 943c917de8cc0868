"""A sheet of boxes on paper, such as the needs canvas: as large letters as fit on one page, all of it in any case."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, TableStyle
from reportlab.platypus import Table as Grid

from workshop_app import theme
from workshop_app.report import styles
from workshop_app.report.charts import colour
from workshop_app.report.document import Box, Sheet, say
from workshop_app.report.text import paragraph

_SIZES = ((11, 14.5), (10, 13.2), (9, 12), (8, 10.6), (7, 9.2))
_INNER = 16.0  # what a box's own margins take of its width
_ROW = 14.0  # and of its height


def grids(sheet: Sheet, wide: float, tall: float) -> list[Flowable]:
    """A grid for each row of boxes, the rows sharing `tall` points where that is enough."""
    for size, leading in _SIZES:
        rows = [_cells(row, wide, size, leading) for row in sheet.rows]
        heights = [max(_height(cell, w) for cell, w in row) + _ROW for row in rows]
        if sum(heights) <= tall:
            spare = (tall - sum(heights)) / max(len(rows), 1)
            made = zip(sheet.rows, rows, heights, strict=True)
            return [_grid(boxes, cells, h + spare) for boxes, cells, h in made]
    return [_grid(boxes, cells, None) for boxes, cells in zip(sheet.rows, rows, strict=True)]


def _cells(
    row: tuple[Box, ...], wide: float, size: float, leading: float
) -> list[tuple[list[Paragraph], float]]:
    shares = sum(box.share for box in row)
    out = []
    for box in row:
        words = ParagraphStyle("boxed", styles.resized("cell", size, leading), spaceAfter=size * 0.4)
        label = ParagraphStyle("box-title", styles.resized("head", max(size - 1, 7), leading), spaceAfter=2)
        texts = [paragraph(text, words) for text in box.texts if text]
        out.append(([paragraph(say(box.title, bold=True), label), *texts], wide * box.share / shares))
    return out


def _height(cell: list[Paragraph], wide: float) -> float:
    return float(sum(p.wrap(wide - _INNER, 10_000)[1] + p.style.spaceAfter for p in cell))


def _grid(row: tuple[Box, ...], cells: list[tuple[list[Paragraph], float]], tall: float | None) -> Grid:
    see = theme.tokens()
    grid = Grid(
        [[cell for cell, _ in cells]], colWidths=[w for _, w in cells], rowHeights=[tall], splitInRow=1
    )
    strong = [n for n, box in enumerate(row) if box.strong]
    grid.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BOX", (0, 0), (-1, -1), 0.8, colour(see["control"])),
                ("INNERGRID", (0, 0), (-1, -1), 0.8, colour(see["control"])),
                ("LEFTPADDING", (0, 0), (-1, -1), _INNER / 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), _INNER / 2),
                ("TOPPADDING", (0, 0), (-1, -1), _ROW / 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), _ROW / 2),
                *(("BACKGROUND", (n, 0), (n, 0), colour(see["ptint"])) for n in strong),
            ]
        )
    )
    return grid
