"""The fonts of paper: registered once, and every sign finds a font that has it, so that no text is lost in print."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from workshop_app import resources
from workshop_app.report.right_to_left import visual

APP, APP_BOLD = "Workshop-App", "Workshop-App-Bold"
PEOPLE, PEOPLE_BOLD, PEOPLE_ITALIC = "Workshop-People", "Workshop-People-Bold", "Workshop-People-Italic"
OTHER, EMOJI = "Workshop-Other", "Workshop-Emoji"
BOLD = (APP_BOLD, PEOPLE_BOLD)

_FILES = {
    APP: "AtkinsonHyperlegibleNext_400Regular.ttf",
    APP_BOLD: "AtkinsonHyperlegibleNext_700Bold.ttf",
    PEOPLE: "SourceSerif4_400Regular.ttf",
    PEOPLE_BOLD: "SourceSerif4_600SemiBold.ttf",
    PEOPLE_ITALIC: "SourceSerif4_400Regular_Italic.ttf",
    OTHER: "DejaVuSans.ttf",
    EMOJI: "NotoEmoji_400Regular.ttf",
}
_ON_SCREEN = {
    APP: ("Atkinson Hyperlegible Next", "400", "normal"),
    APP_BOLD: ("Atkinson Hyperlegible Next", "700", "normal"),
    PEOPLE: ("Source Serif 4", "400", "normal"),
    PEOPLE_BOLD: ("Source Serif 4", "600", "normal"),
    PEOPLE_ITALIC: ("Source Serif 4", "400", "italic"),
    OTHER: ("DejaVu Sans", "400", "normal"),
    EMOJI: ("Noto Emoji", "400", "normal"),
}
_ZERO_WIDTH_SPACE, _SOFT_HYPHEN, _BOX = 0x200B, 0xAD, 0x25A1
_UNSEEN = ("Cf", "Mn", "Me")  # joiners, direction marks, variation selectors: no font, no box
_LONE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_lock = threading.Lock()


class _Font(TTFont):  # type: ignore[misc]
    """A TrueType font whose text can be read back also beyond U+FFFF, where the library writes a broken map."""

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for key, thing in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:") and isinstance(getattr(thing, "content", None), str):
                thing.content = _BEYOND.sub(_pair, thing.content)
                for never, instead in _NOT_READ:
                    thing.content = thing.content.replace(never, instead)


# beyond U+FFFF, and the shapes of Arabic letters, which are read back as the letters
_BEYOND = re.compile(r"<([0-9A-F]{5,6}|F[BCDE][0-9A-F]{2})>")
# what no reader may be given as a sign: half an order of bytes becomes a joiner, which nobody sees either
_NOT_READ = (("<0000>", "<FFFD>"), ("<FEFF>", "<2060>"))


def _pair(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    read = unicodedata.normalize("NFKC", sign) if len(match[1]) == 4 else sign
    return f"<{read.encode('utf-16-be').hex().upper()}>"


@cache
def _register() -> None:
    for name, file in _FILES.items():
        font = _Font(name, str(resources.path("fonts", file)))
        _hide_soft_hyphens(font.face, last_resort=name == OTHER)
        pdfmetrics.registerFont(font)


def _hide_soft_hyphens(face: Any, last_resort: bool) -> None:
    """A soft hyphen that was typed is not to be seen, though fonts draw it as a hyphen."""
    face.charToGlyph.pop(_SOFT_HYPHEN, None)
    if last_resort:
        _adopt(face, _SOFT_HYPHEN)
        face.charWidths[_SOFT_HYPHEN] = 0


def ready() -> None:
    """Registers the fonts; safe to call from any thread, and again."""
    with _lock:
        _register()


def name(voice: str, bold: bool = False, italic: bool = False) -> str:
    """The font for a voice: "people" is what somebody typed, "app" is us."""
    if voice == "people":
        return PEOPLE_BOLD if bold else PEOPLE_ITALIC if italic else PEOPLE
    return APP_BOLD if bold else APP


def clean(text: str) -> str:
    """The text as it can be set: half characters become U+FFFD, control signs go, all line ends are newlines."""
    return _CONTROL.sub("", _LINE_END.sub("\n", _LONE.sub("\ufffd", text)))


def split(text: str, font: str) -> Iterator[tuple[str, str]]:
    """The text in pieces `(font, piece)`, each piece in the first font that has its signs: `font`, other scripts, emoji."""
    ready()
    start, now = 0, font
    for place, sign in enumerate(text):
        found = font if sign.isascii() else _font_of(sign, font, now)
        if found != now:
            if place > start:
                yield now, text[start:place]
            start, now = place, found
    if start < len(text):
        yield now, text[start:]


def _font_of(sign: str, font: str, now: str) -> str:
    if unicodedata.category(sign) in _UNSEEN and _has(now, ord(sign)):
        return now  # a joiner stays with what it joins
    return _fallback(sign, font)


@lru_cache(maxsize=8192)
def _fallback(sign: str, font: str) -> str:
    code = ord(sign)
    for one in (font, EMOJI, OTHER) if code >= 0x1F000 else (font, OTHER, EMOJI):
        if _has(one, code):
            return one
    with _lock:
        _adopt(pdfmetrics.getFont(OTHER).face, code)
    return OTHER


def _has(font: str, code: int) -> bool:
    return code in pdfmetrics.getFont(font).face.charToGlyph


def _adopt(face: Any, code: int) -> None:
    """Gives a sign that no font has a box (or nothing, where nothing is to be seen), so that it can be read back."""
    unseen = unicodedata.category(chr(code)) in _UNSEEN
    like = (
        _ZERO_WIDTH_SPACE if unseen else _BOX
    )  # never the font's own "no such sign": readers stumble over it
    face.charToGlyph.setdefault(code, face.charToGlyph[like])
    face.charWidths.setdefault(code, 0 if unseen else face.charWidths[like])


def width(text: str, font: str, size: float) -> float:
    """How wide the text is in points, other scripts and emoji included."""
    return float(sum(pdfmetrics.stringWidth(piece, one, size) for one, piece in split(text, font)))


def line(text: str) -> str:
    """A text as one line in the order of the page, for what is drawn at a baseline."""
    return visual(clean(text).replace("\n", " ")).replace("\n", " ")


def wrap(text: str, font: str, size: float, room: float, lines: int = 0) -> list[str]:
    """The text in lines of at most `room` points; with `lines` the last one ends in "…" if there is more."""
    out: list[str] = []
    now = ""
    for word in clean(text).split():
        tried = f"{now} {word}".strip()
        if width(tried, font, size) <= room:
            now = tried
            continue
        if now:
            out.append(now)
        *full, now = _chop(word, font, size, room)
        out.extend(full)
    out.append(now)
    if lines and len(out) > lines:
        last = out[lines - 1]
        while last and width(f"{last}…", font, size) > room:
            last = last[:-1]
        out = [*out[: lines - 1], f"{last.rstrip()}…"]
    return out


def _chop(word: str, font: str, size: float, room: float) -> list[str]:
    parts = [""]
    for sign in word:
        if parts[-1] and width(parts[-1] + sign, font, size) > room:
            parts.append("")
        parts[-1] += sign
    return parts


def on_screen() -> dict[str, dict[str, str]]:
    """Paper's font names -> family, weight and style on a screen, for SVG."""
    return {
        font: {"family": f"'{family}'", "weight": weight, "style": style}
        for font, (family, weight, style) in _ON_SCREEN.items()
    }
