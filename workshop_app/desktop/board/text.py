"""Breaks people's words into lines for narrow cards, with soft hyphens in long compounds, and remembers the result.

Two thousand cards are measured anew at every step of the zoom, so a word is measured once and a line is a sum; Qt lays
out only what a sum cannot: scripts that shape or turn round, emoji, and words wider than the card.
"""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from workshop_app.compounds import SOFT, softened
from workshop_app.desktop.style import look

LONG_WORD = 15
LONGEST = 2_000  # signs of a card that the board shows at most; reading it in full shows all
PLAIN_BELOW = "\u0370"  # Latin letters with all their accents: a line is as wide as its words


class Ruler:
    """Measures words in one font, each word once."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.space = self.metrics.horizontalAdvance(" ")
        self.hyphen = self.metrics.horizontalAdvance("-")
        self.known: dict[str, float] = {}
        self._ways: dict[str, list[tuple[str, str, float]]] = {}

    def __call__(self, word: str) -> float:
        """How wide a word is; soft hyphens take no room."""
        wide = self.known.get(word)
        if wide is None:
            wide = self.known[word] = self.metrics.horizontalAdvance(word.replace(SOFT, ""))
        return wide

    def parts(self, word: str) -> list[tuple[str, str, float]]:
        """The ways to part a long word, shortest first: what stands before the break with a hyphen, the rest, the width."""
        ways = self._ways.get(word)
        if ways is None:
            pieces = softened(word, LONG_WORD).split(SOFT)
            firsts = ["".join(pieces[:n]) for n in range(1, len(pieces))]
            ways = [(f"{first}-", word[len(first) :], self(first) + self.hyphen) for first in firsts]
            self._ways[word] = ways
        return ways


@lru_cache(maxsize=64)
def _ruler(size: str | float, weight: int, people: bool, _percent: int) -> Ruler:
    return Ruler(look().font(size, weight, people=people))


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
    return _wrap(text, round(width), most, _ruler(size, weight, people, look().percent))


def count_lines(
    text: str, width: float, most: int, size: str | float = "small", *, people: bool = False
) -> int:
    """How many lines `wrap` would give."""
    return _count(text, round(width), most, _ruler(size, 400, people, look().percent))


@lru_cache(maxsize=60_000)
def _count(text: str, width: int, most: int, ruler: Ruler) -> int:
    words = _words(text)
    if words is None:
        return len(_broken(text, width, most, ruler)[0])
    lines, x, space = 1, -ruler.space, ruler.space
    known = ruler.known
    for word in words:
        wide = known.get(word) or ruler(word)
        x += space + wide
        if x <= width:
            continue
        if len(word) >= LONG_WORD:  # may be parted at the end of the line
            part = _part(word, width - (x - wide), ruler)
            if part is not None:
                wide = ruler(part[1])
        if wide > width:
            return len(_broken(text, width, most, ruler)[0])
        lines += 1
        if lines == most:
            return lines
        x = wide
    return lines


@lru_cache(maxsize=8_000)
def _words(text: str) -> tuple[str, ...] | None:
    """The words; None for what has to be laid out line by line: paragraphs, other scripts, long texts, nothing."""
    if len(text) > LONGEST or "\n" in text or not _simple(text):
        return None
    return tuple(text.split()) or None


@lru_cache(maxsize=4_000)
def _wrap(text: str, width: int, most: int, ruler: Ruler) -> tuple[str, ...]:
    lines, rest = _broken(text, width, most, ruler)
    if rest:
        lines[-1] = elided(rest, ruler.font, width)
    return tuple(lines)


def _broken(text: str, width: int, most: int, ruler: Ruler) -> tuple[list[str], str]:
    """The lines, and what the last of them should hold when it does not fit."""
    width = max(width, 20)
    text = text[:LONGEST]
    if not _simple(text):
        return _laid_out(text, width, most, ruler)
    lines: list[str] = []
    for paragraph in [text] if most else text.split("\n"):
        words = paragraph.split()
        if words:
            done = _flow(words, width, most, ruler, lines)
            if done is None:
                return _laid_out(text, width, most, ruler)
            if done:
                return lines, done
    return lines, ""


def _simple(text: str) -> bool:
    return max(text, default=" ") < PLAIN_BELOW or all(map(_plain, text))


def _plain(sign: str) -> bool:
    return sign < PLAIN_BELOW or "\u2010" <= sign <= "\u2027" or sign in "\u20ac\u2212"


def _flow(words: list[str], width: int, most: int, ruler: Ruler, lines: list[str]) -> str | None:
    """Puts words on lines. Gives what has no room after `most` lines ("" = all has), None when Qt must break a word."""
    line: list[str] = []
    x = 0.0
    queue = list(words)
    at = 0
    while at < len(queue):
        word = queue[at]
        wide = ruler(word)
        further = x + ruler.space + wide if line else wide
        if further <= width:
            line.append(word)
            x = further
            at += 1
            continue
        room = width - (x + ruler.space if line else 0)
        part = _part(word, room, ruler)
        if part:
            shown, rest = part
            full = [*line, shown]
            left = [*line, *queue[at:]]
            queue[at] = rest
        elif not line:
            return None
        else:
            full = line
            left = [*line, *queue[at:]]
        if most and len(lines) == most - 1:
            lines.append("")
            return " ".join(left)
        lines.append(" ".join(full))
        line, x = [], 0.0
    if line:
        lines.append(" ".join(line))
    return ""


def _part(word: str, room: float, ruler: Ruler) -> tuple[str, str] | None:
    """As much of a long word as there is room for, with a hyphen, and the rest; None when none of it fits."""
    if len(word) < LONG_WORD:
        return None
    best = None
    for first, rest, wide in ruler.parts(word):
        if wide > room:
            break
        best = (first, rest)
    return best


def _laid_out(text: str, width: int, most: int, ruler: Ruler) -> tuple[list[str], str]:
    """The same by Qt's own text layout."""
    lines: list[str] = []
    paragraphs = [" ".join(text.split())] if most else [" ".join(p.split()) for p in text.split("\n")]
    for words in (p for p in paragraphs if p):
        rest = _paragraph(softened(words, LONG_WORD), ruler.font, width, most, lines)
        if rest:
            return lines, rest
    return lines, ""


def _paragraph(words: str, font: QFont, width: int, most: int, out: list[str]) -> str:
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    # Qt counts in UTF-16 units, Python in signs: an emoji is two of the former.
    units = words.encode("utf-16-le", "surrogatepass")
    rest = ""
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if most and len(out) == most - 1 and end < len(units) // 2:
            rest = units[start * 2 :].decode("utf-16-le", "replace").replace(SOFT, "")
            out.append(rest)
            break
        piece = units[start * 2 : end * 2].decode("utf-16-le", "replace").rstrip()
        broken = piece.endswith(SOFT)
        out.append(piece.replace(SOFT, "") + ("-" if broken else ""))
    layout.endLayout()
    return rest


def elided(text: str, font: QFont, width: float) -> str:
    """One line that ends in an ellipsis where there is no room."""
    return str(QFontMetricsF(font).elidedText(text[:400], Qt.TextElideMode.ElideRight, width))


def advance(text: str, size: str | float = "small", weight: int = 400, *, people: bool = False) -> float:
    """How wide a text is in scene pixels."""
    return _ruler(size, weight, people, look().percent)(text)
