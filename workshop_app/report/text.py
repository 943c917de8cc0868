"""The one road from text to a ReportLab paragraph: everything is escaped here, and nowhere else is one made."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from workshop_app.compounds import softened
from workshop_app.report import fonts
from workshop_app.report.document import Run
from workshop_app.report.right_to_left import visual
from workshop_app.report.tags import role_of

_BLANKS = re.compile("  +|^ | $", re.MULTILINE)


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph that says on paper what it is."""

    def draw(self) -> None:
        with self.canv.tagged(role_of(self.style)):
            super().draw()


class Point(Words):
    """A point of a list: a dash, which is its label, and the words beside it; over a page break it is one point still.

    `opens` are the parts of the tree that begin with it, `closes` how many end with it.
    """

    opens: tuple[str, ...] = ("LI",)
    closes = 1
    label = "–"

    def split(self, wide: float, tall: float) -> list[Paragraph]:
        made: list[Paragraph] = super().split(wide, tall)
        if len(made) == 2:
            first, last = made
            first.opens, first.closes = self.opens, 0
            last.opens, last.closes, last.label = (), self.closes, ""
            last.keepWithNext = self.getKeepWithNext()
        return made

    def draw(self) -> None:
        for role in self.opens:
            self.canv.begin(role)
        if self.label:
            with self.canv.tagged("Lbl"):
                self._dash()
            self.canv.begin("LBody")
        super().draw()
        for _ in range(self.closes + 1 if self.closes else 0):
            self.canv.end()

    def _dash(self) -> None:
        style = self.style
        first = self.blPara.lines[0] if self.blPara.kind else self.blPara
        self.canv.setFillColor(style.textColor)
        self.canv.setFont(style.fontName, style.fontSize)
        self.canv.drawString(0, self.height - getattr(first, "ascent", style.fontSize), self.label)


def points(texts: Sequence[Iterable[Run]], style: ParagraphStyle) -> list[Point]:
    """A list, one point a paragraph; on paper it is told as a list."""
    made = [Point(_markups(text, style), style) for text in texts]
    if made:
        made[0].opens = ("L", *made[0].opens)
        made[-1].closes += 1
    return made


def paragraph(runs: Iterable[Run], style: ParagraphStyle) -> Paragraph:
    """A paragraph that shows the runs sign for sign, line breaks and repeated blanks too, in fonts that have them."""
    return Words(_markups(runs, style), style)


def _markups(runs: Iterable[Run], style: ParagraphStyle) -> str:
    bold, narrow = style.fontName in fonts.BOLD, bool(style.embeddedHyphenation)
    return "".join(_markup(run, bold, narrow) for run in runs)


def _markup(run: Run, bold: bool, narrow: bool) -> str:
    """The one escape: ReportLab reads markup, so what people typed must never reach it as such."""
    text = _BLANKS.sub(_kept, visual(fonts.clean(run.text).replace("\t", "    ")))
    text = softened(text) if narrow else text
    font = fonts.name(run.voice, run.bold or bold, run.italic)
    return "".join(
        f'<font name="{one}">{escape(piece).replace(chr(10), "<br/>")}</font>'
        for one, piece in fonts.split(text, font)
    )


def _kept(blanks: re.Match[str]) -> str:
    """A line may break at the first of several blanks, the others are hard ones so that they show."""
    return (" " if len(blanks[0]) > 1 else "") + "\u00a0" * max(len(blanks[0]) - 1, 1)
