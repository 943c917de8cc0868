"""Cards on paper to cut out: those that came in, for sorting on a table, or blank ones to write on."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from workshop_app import theme
from workshop_app.i18n import Language
from workshop_app.model.board import Card
from workshop_app.model.summary import Summary
from workshop_app.report import fonts, styles, write
from workshop_app.report.charts import colour
from workshop_app.report.document import say, verbatim
from workshop_app.report.text import paragraph

_ACROSS, _DOWN = 2, 4
_MARGIN = 28.0
_WIDE = (styles.WIDE - 2 * _MARGIN) / _ACROSS
_TALL = (styles.TALL - 2 * _MARGIN) / _DOWN
_SIZES = ((14, 18.5), (12, 16), (10, 13.5), (8, 10.5), (6.5, 8.5))


def build(summary: Summary, lang: Language, target: Path, blank: int = 0) -> Path:
    """Writes sheets of eight cards, whole or not at all: every card on the board, then `blank` ones to write on.

    Cards that are hidden, withdrawn or joined with another are left out, for they are not to be sorted. With nothing to
    print there is one sheet of blank cards.
    """
    fonts.ready()
    cards: list[Card | None] = [c for c in summary.cards if c.state not in ("hidden", "merged", "withdrawn")]
    cards += [None] * (blank or (0 if cards else _ACROSS * _DOWN))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=styles.PAGE, lang=lang.code)
    canvas.setTitle(fonts.clean(summary.session.title))
    canvas.setCreator("Behovsverkstad")
    per_sheet = _ACROSS * _DOWN
    for start in range(0, len(cards), per_sheet):
        _sheet(canvas, cards[start : start + per_sheet], summary, lang)
        canvas.showPage()
    canvas.save()
    return write.atomically(target, out.getvalue())


def _sheet(canvas: Any, cards: Sequence[Card | None], summary: Summary, lang: Language) -> None:
    canvas.setStrokeColor(colour(theme.tokens()["control"]))
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    for n in range(_ACROSS + 1):
        canvas.line(_MARGIN + n * _WIDE, _MARGIN / 2, _MARGIN + n * _WIDE, styles.TALL - _MARGIN / 2)
    for n in range(_DOWN + 1):
        canvas.line(_MARGIN / 2, _MARGIN + n * _TALL, styles.WIDE - _MARGIN / 2, _MARGIN + n * _TALL)
    canvas.setDash()
    for place, card in enumerate(cards):
        row, column = divmod(place, _ACROSS)
        x, y = _MARGIN + column * _WIDE + 16, styles.TALL - _MARGIN - row * _TALL - 16
        if card is None:
            _blank(canvas, x, y, summary, lang)
        else:
            _card(canvas, x, y, card)


def _card(canvas: Any, x: float, y: float, card: Card) -> None:
    """A card from its top left corner: its number, then its text in the largest size that fits."""
    wide, tall = _WIDE - 32, _TALL - 32
    canvas.setFillColor(colour(theme.tokens()["ink2"]))
    canvas.setFont(fonts.APP_BOLD, 15)
    canvas.drawString(x, y - 13, str(card.number))
    room = tall - 26
    for size, leading in _SIZES:
        words = paragraph(verbatim(card.text), styles.resized("card", size, leading))
        _, used = words.wrap(wide, 10_000)
        if used <= room:
            break
    else:
        size, leading = _SIZES[-1]
        lines = fonts.wrap(card.text, fonts.PEOPLE, size, wide * 0.97, int(room // leading))
        words = paragraph(verbatim("\n".join(lines)), styles.resized("card", size, leading))
        _, used = words.wrap(wide, 10_000)
    words.drawOn(canvas, x, y - 22 - used)


def _blank(canvas: Any, x: float, y: float, summary: Summary, lang: Language) -> None:
    wide, tall = _WIDE - 32, _TALL - 32
    text = summary.session.question
    prompt = paragraph(
        verbatim(text) or say(lang("What makes it hard today?")), styles.resized("card", 9, 12)
    )
    _, used = prompt.wrap(wide, tall)
    used = min(used, 48)
    prompt.drawOn(canvas, x, y - used)
    canvas.setStrokeColor(colour(theme.tokens()["line"]))
    canvas.setLineWidth(0.6)
    line = y - used - 28
    while line > y - tall + 14:
        canvas.line(x, line, x + wide, line)
        line -= 22
    words = lang("Role:")
    canvas.setFillColor(colour(theme.tokens()["ink2"]))
    canvas.setFont(fonts.APP, 9)
    canvas.drawString(x, y - tall + 2, words)
