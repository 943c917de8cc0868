"""Breaks people's words into lines for narrow cards, with soft hyphens in long compounds, and remembers the result."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from workshop_app.compounds import SOFT, softened
from workshop_app.desktop.style import look

LONG_WORD = 15
LONGEST = 2_000  # signs of a card that the board shows at most; reading it in full shows all


def wrap(
    text: str,
    width: float,
    most: int,
    size: str | float = "small",
    weight: int = 400,
    *,
    people: bool = False,
) -> tuple[str, ...]:
    """At most `most` lines (0 = as many as it takes) of `text` for a width in scene pixels; the last may be elided."""
    return _wrap(text[:LONGEST], round(width), most, size, weight, people, look().percent)


@lru_cache(maxsize=8_000)
def _wrap(
    text: str, width: int, most: int, size: str | float, weight: int, people: bool, _percent: int
) -> tuple[str, ...]:
    font = look().font(size, weight, people=people)
    out: list[str] = []
    paragraphs = [" ".join(text.split())] if most else [" ".join(p.split()) for p in text.split("\n")]
    for words in (p for p in paragraphs if p):
        out += _paragraph(softened(words, LONG_WORD), font, width, most)
    return tuple(out)


def _paragraph(words: str, font: QFont, width: int, most: int) -> list[str]:
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    out: list[str] = []
    # Qt counts in UTF-16 units, Python in signs: an emoji is two of the former.
    units = words.encode("utf-16-le", "surrogatepass")
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 20))
        start, end = line.textStart(), line.textStart() + line.textLength()
        if most and len(out) == most - 1 and end < len(units) // 2:
            rest = units[start * 2 :].decode("utf-16-le", "replace").replace(SOFT, "")
            out.append(elided(rest, font, width))
            break
        piece = units[start * 2 : end * 2].decode("utf-16-le", "replace").rstrip()
        broken = piece.endswith(SOFT)
        out.append(piece.replace(SOFT, "") + ("-" if broken else ""))
    layout.endLayout()
    return out


def elided(text: str, font: QFont, width: float) -> str:
    """One line that ends in an ellipsis where there is no room."""
    return str(QFontMetricsF(font).elidedText(text[:400], Qt.TextElideMode.ElideRight, width))


def advance(text: str, size: str | float = "small", weight: int = 400, *, people: bool = False) -> float:
    """How wide a text is in scene pixels."""
    return _advance(text, size, weight, people, look().percent)


@lru_cache(maxsize=2_000)
def _advance(text: str, size: str | float, weight: int, people: bool, _percent: int) -> float:
    return QFontMetricsF(look().font(size, weight, people=people)).horizontalAdvance(text)
