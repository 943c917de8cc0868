"""The measures and paragraph styles of paper, from the tokens of the theme; lengths in points."""

from functools import cache

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from workshop_app import theme
from workshop_app.report import fonts
from workshop_app.report.charts import colour

PAGE = A4
WIDE, TALL = A4
MARGIN = 20 * mm
THREAD_X = 22 * mm
THREAD_TEXT = 10 * mm  # text beside the thread starts this far inside the margin
TOP, BOTTOM = 22 * mm, 21 * mm
ROOM = WIDE - 2 * MARGIN
GUTTER = 18.0  # between two columns
HEIGHT = TALL - TOP - BOTTOM
HEAD_Y, FOOT_LINE_Y, FOOT_Y = TALL - 14 * mm, 16 * mm, 12 * mm

# name: voice, bold, size, leading, space before, space after, colour token
_STYLES = {
    "h1": ("app", True, 22, 26, 0, 6, "ink"),
    "h2": ("app", True, 13, 17, 13, 4, "ink"),
    "h3": ("app", True, 11.5, 15, 8, 2, "ink"),
    "body": ("people", False, 10, 15, 0, 5, "ink"),
    "lead": ("people", False, 10.5, 15, 0, 4, "ink"),
    "large": ("people", False, 16, 21, 0, 5, "ink"),
    "sum": ("app", True, 16, 22, 2, 4, "primary"),
    "point": ("people", False, 10, 15, 0, 3, "ink"),
    "label": ("app", True, 9, 12, 4, 2, "ink2"),
    "note": ("app", False, 8.5, 12, 2, 4, "ink2"),
    "ask": ("app", False, 8.5, 12, 2, 4, "ink2"),
    "quote": ("people", False, 12.5, 16.5, 0, 0.5, "ink"),
    "caption": ("app", False, 8.5, 11.5, 0, 6, "ink2"),
    "sentence": ("app", False, 14, 19.5, 0, 0, "ink"),
    "fact": ("app", False, 9.5, 13, 0, 4, "ink"),
    "cell": ("app", False, 9, 12.5, 0, 0, "ink"),
    "head": ("app", True, 8.5, 11.5, 0, 0, "ink2"),
    "head_middle": ("app", True, 8.5, 11.5, 0, 0, "ink2"),
    "middle": ("people", False, 10.5, 12, 0, 0, "ink"),
    "tiny": ("app", False, 6.7, 8.2, 0, 0, "ink2"),
    "number": ("app", False, 8.5, 12, 7, 1, "ink2"),
    "card": ("people", False, 9.5, 13, 0, 1, "ink"),
    "card_note": ("app", False, 8, 11, 0, 0, "ink2"),
    "contents": ("app", False, 10.5, 17, 0, 0, "ink"),
}
TIGHT = (
    (1.0, 1.0),
    (0.7, 1.0),
    (0.6, 0.96),
    (0.5, 0.92),
)  # steps: shares of the space around and of the leading
_LEAST_LEADING = 1.2  # of the size of the letters, which never changes
_POINT_IN = 9.0
_MIDDLE = ("middle", "tiny", "head_middle")
_NARROW = ("cell", "fact", "head", "head_middle")  # long compounds may be parted at their joints


@cache
def style(name: str, tight: int = 0) -> ParagraphStyle:
    """One style by name, some steps closer than usual; the same object each time, never to be changed."""
    fonts.ready()
    voice, bold, size, leading, before, after, token = _STYLES[name]
    air, close = TIGHT[tight]
    return ParagraphStyle(
        name,
        fontName=fonts.name(voice, bold),
        fontSize=size,
        leading=max(leading * close, min(leading, size * _LEAST_LEADING)),
        leftIndent=_POINT_IN if name == "point" else 0,
        spaceBefore=before * air,
        spaceAfter=after * air,
        textColor=colour(theme.tokens()[token]),
        alignment=1 if name in _MIDDLE else 0,
        splitLongWords=1,
        embeddedHyphenation=1 if name in _NARROW else 0,
        allowWidows=0,
        allowOrphans=0,
        keepWithNext=1 if name in ("h1", "h2", "h3", "ask", "label", "large", "number") else 0,
    )


def inset(name: str, left: float, tight: int = 0) -> ParagraphStyle:
    """A style that begins further in."""
    return ParagraphStyle(f"{name}-in", style(name, tight), leftIndent=left)


def resized(name: str, size: float, leading: float) -> ParagraphStyle:
    """A style in another size, for what must fit."""
    return ParagraphStyle(f"{name}-{size}", style(name), fontSize=size, leading=leading)
