"""The poster on the wall: two codes, a short address, and what to do when the phone says "no internet"."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop_app import theme
from workshop_app.i18n import N_, Language, language
from workshop_app.model.session import Session
from workshop_app.report import fonts, styles, write
from workshop_app.report.charts import colour
from workshop_app.report.tags import TaggedCanvas

Matrix = Sequence[Sequence[bool]]
_LEFT, _RIGHT = 62.0, styles.WIDE - 48.0
_LINE_X = 40.0
LARGE = 340.0  # points: the side of the code when it stands alone, its white edge included


@dataclass(frozen=True)
class Wifi:
    """The room's own network: its name, its password ("" when open) and the QR pattern that joins it."""

    name: str
    password: str
    matrix: Matrix


def build(
    session: Session,
    url: str,
    short_url: str,
    qr_matrix: Matrix,
    lang: Language,
    target: Path,
    wifi: Wifi | None = None,
) -> Path:
    """Writes an A4 poster whole or not at all, `lang` first and the other language under it."""
    fonts.ready()
    out = io.BytesIO()
    canvas = TaggedCanvas(out, pagesize=styles.PAGE, lang=lang.code)
    canvas.setTitle(fonts.clean(session.title))
    canvas.setSubject(url)
    canvas.setCreator("Behovsverkstad")
    other = language("en" if lang.code == "sv" else "sv")
    _Poster(canvas, lang, other).draw(session, short_url, qr_matrix, wifi)
    canvas.showPage()
    canvas.save()
    return write.atomically(target, out.getvalue())


@dataclass
class _Poster:
    canvas: Any
    lang: Language
    other: Language

    def draw(self, session: Session, short_url: str, matrix: Matrix, wifi: Wifi | None) -> None:
        """Welcome, the steps with their codes, and the lines that keep phones connected."""
        self._thread()
        y = styles.TALL - 66
        for line in fonts.wrap(session.title, fonts.APP_BOLD, 15, _RIGHT - _LEFT, 2):
            self.write(_LEFT, y, line, fonts.APP_BOLD, 15, "primary")
            y -= 20
        y -= 26
        welcome, also = self.both(N_("Welcome! Take out your phone."))
        self.write(_LEFT, y, welcome, fonts.APP_BOLD, self.fit(welcome, fonts.APP_BOLD, 34), "ink")
        self.write(_LEFT, y - 24, also, fonts.APP, 16, "ink2")
        y -= 56
        if wifi is None:
            self._one_code(y, short_url, session.short_code, matrix)
        else:
            self._wifi(y, wifi)
            self._page_code(y - 242, short_url, session.short_code, matrix)
        self._stay()

    def both(self, message: str) -> tuple[str, str]:
        """A text in the poster's language and in the other one."""
        return self.lang(message), self.other(message)

    def _thread(self) -> None:
        canvas = self.canvas
        canvas.setStrokeColor(colour(theme.tokens()["thread"]))
        canvas.setLineWidth(3)
        canvas.line(_LINE_X, 0, _LINE_X, styles.TALL)

    def _wifi(self, y: float, wifi: Wifi) -> None:
        own, also = self.both(N_("Join the network"))
        self._code(wifi.matrix, y - 205, 205)
        x = _LEFT + 230
        y = self._step(x, y, "1", own, also)
        self._value(x, y, wifi.name, 22)
        if wifi.password:
            words = self.lang("Password")
            self.write(x, y - 30, words, fonts.APP, 12, "ink2")
            self._value(x, y - 54, wifi.password, 20)

    def _one_code(self, y: float, short_url: str, code: str, matrix: Matrix) -> None:
        """The page's code as large as it gets, the address and the code to type under it."""
        own, also = self.both(N_("Open the page"))
        self._code(matrix, y - LARGE, LARGE)
        self._step(_LEFT + LARGE + 12, y, "", own, also)
        y -= LARGE + 34
        self._value(_LEFT, y, short_url, 30)
        if code:
            words = f"{self.lang('Code')}  "
            self.write(_LEFT, y - 46, words, fonts.APP, 16, "ink2")
            self._value(_LEFT + fonts.width(words, fonts.APP, 16), y - 46, code, 34)

    def _page_code(self, y: float, short_url: str, code: str, matrix: Matrix) -> None:
        own, also = self.both(N_("Open the page"))
        self._code(matrix, y - 205, 205)
        x = _LEFT + 230
        y = self._step(x, y, "2", own, also)
        self._value(x, y, short_url, 20)
        if code:
            self.write(x, y - 30, self.lang("Code"), fonts.APP, 12, "ink2")
            self._value(x, y - 60, code, 30)

    def _step(self, x: float, y: float, number: str, own: str, also: str) -> float:
        """A step's number and name in both languages; gives the baseline for what is to be typed."""
        if number:
            self.canvas.setFillColor(colour(theme.tokens()["primary"]))
            self.canvas.circle(x + 13, y - 16, 13, stroke=0, fill=1)
            self.write(x + 9, y - 21.5, number, fonts.APP_BOLD, 16, "on_primary")
        left = x + (36 if number else 0)
        self.write(left, y - 18, own, fonts.APP_BOLD, self.fit(own, fonts.APP_BOLD, 20, _RIGHT - left), "ink")
        self.write(left, y - 36, also, fonts.APP, 13, "ink2")
        return y - 78

    def _value(self, x: float, y: float, text: str, size: float) -> None:
        self.write(x, y, text, fonts.APP_BOLD, self.fit(text, fonts.APP_BOLD, size, _RIGHT - x), "ink")

    def _code(self, matrix: Matrix, y: float, side: float) -> None:
        """A QR code with its four modules of white on every side; rows of dark modules are drawn as one bar."""
        canvas, count = self.canvas, len(matrix)
        module = side / (count + 8)
        canvas.setFillColor(colour("#000000"))
        for row, cells in enumerate(matrix):
            start = None
            for place, dark in enumerate((*cells, False)):
                if dark and start is None:
                    start = place
                elif not dark and start is not None:
                    low = y + side - (row + 5) * module
                    canvas.rect(_LEFT + (start + 4) * module, low, (place - start) * module, module, 0, 1)
                    start = None

    def _stay(self) -> None:
        wide, y = _RIGHT - _LEFT, 178.0
        canvas = self.canvas
        canvas.setFillColor(colour(theme.tokens()["bg"]))
        canvas.roundRect(_LEFT - 4, 34, wide + 8, y - 12, 8, stroke=0, fill=1)
        y -= 10
        for lang, font, size, token in (
            (self.lang, fonts.APP_BOLD, 15.0, "ink"),
            (self.other, fonts.APP, 12.0, "ink2"),
        ):
            lines = (
                lang("Does it say “no internet”? Stay connected anyway and switch off mobile data."),
                lang("No phone? Take a paper card. Your name is not needed."),
            )
            for text in lines:
                for line in fonts.wrap(text, font, size, wide - 24):
                    y -= size * 1.36
                    self.write(_LEFT + 10, y, line, font, size, token)
            y -= 9

    def fit(self, text: str, font: str, size: float, room: float = _RIGHT - _LEFT) -> float:
        """The size, or the smaller one at which the text fits in `room` points."""
        wide = fonts.width(text, font, size)
        return size if wide <= room else size * room / wide

    def write(self, x: float, y: float, text: str, font: str, size: float, token: str) -> None:
        """One line at a baseline, in fonts that have its signs."""
        self.canvas.setFillColor(colour(theme.tokens()[token]))
        for one, piece in fonts.split(fonts.line(text), font):
            self.canvas.setFont(one, size)
            self.canvas.drawString(x, y, piece)
            x += fonts.width(piece, one, size)
