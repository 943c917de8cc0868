"""The one road from text to a ReportLab paragraph: everything is escaped here, and nowhere else is one made."""

import re
from collections.abc import Iterable
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


def paragraph(runs: Iterable[Run], style: ParagraphStyle) -> Paragraph:
    """A paragraph that shows the runs sign for sign, line breaks and repeated blanks too, in fonts that have them."""
    bold, narrow = style.fontName in fonts.BOLD, bool(style.embeddedHyphenation)
    return Words("".join(_markup(run, bold, narrow) for run in runs), style)


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
