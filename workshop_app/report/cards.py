"""Cards on paper to cut out: those that came in, for sorting on a table, or blank ones to write on."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workshop_app import theme
from workshop_app.i18n import Language
from workshop_app.model.board import Card
from workshop_app.model.summary import Summary
from workshop_app.report import fonts, styles, write
from workshop_app.report.charts import colour
from workshop_app.report.document import say, verbatim
from workshop_app.report.tags import TaggedCanvas
from workshop_app.report.text import paragraph

_ACROSS, _DOWN = 2, 4
PER_SHEET = _ACROSS * _DOWN
_MARGIN = 28.0
_WIDE = (styles.WIDE - 2 * _MARGIN) / _ACROSS
_TALL = (styles.TALL - 2 * _MARGIN) / _DOWN
_SIZES = ((14, 18.5), (12, 16), (10, 13.5), (8, 10.5), (6.5, 8.5))


def build(summary: Summary, lang: Language, target: Path) -> Path:
    """Writes sheets of eight cards, whole or not at all: every card on the board, in number order.

    Cards that are hidden, withdrawn or joined with another are left out, for they are not to be sorted. With nothing to
    print there is one sheet of numbered cards to write on.
    """
    cards = [c for c in summary.cards if c.state not in ("hidden", "merged", "withdrawn")]
    return _written(cards or range(1, PER_SHEET + 1), summary, lang, target)


def blank(summary: Summary, lang: Language, target: Path, first: int = 1, sheets: int = 1) -> Path:
    """Writes sheets of eight cards to write on, each with a number of its own from `first`, roles to tick and lines."""
    return _written(range(first, first + sheets * PER_SHEET), summary, lang, target)


def _written(cards: Sequence[Card | int], summary: Summary, lang: Language, target: Path) -> Path:
    fonts.ready()
    out = io.BytesIO()
    canvas = TaggedCanvas(out, pagesize=styles.PAGE, lang=lang.code)
    canvas.setTitle(fonts.clean(summary.session.title))
    canvas.setCreator("Behovsverkstad")
    for start in range(0, len(cards), PER_SHEET):
        _sheet(canvas, cards[start : start + PER_SHEET], summary, lang)
        canvas.showPage()
    canvas.save()
    return write.atomically(target, out.getvalue())


def _sheet(canvas: Any, cards: Sequence[Card | int], summary: Summary, lang: Language) -> None:
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
        if isinstance(card, int):
            _blank(canvas, x, y, card, summary, lang)
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


def _blank(canvas: Any, x: float, y: float, number: int, summary: Summary, lang: Language) -> None:
    """A card to write on: its number, the question, lines, for whom, and the roles to tick."""
    wide, tall = _WIDE - 32, _TALL - 32
    ink, grey = colour(theme.tokens()["ink"]), colour(theme.tokens()["ink2"])
    canvas.setFillColor(ink)
    canvas.setFont(fonts.APP_BOLD, 15)
    canvas.drawString(x, y - 13, str(number))
    text = summary.session.question
    prompt = paragraph(
        verbatim(text) or say(lang("What makes it hard today?")), styles.resized("card", 9, 12)
    )
    _, used = prompt.wrap(wide - 46, tall)
    used = min(used, 36)
    prompt.drawOn(canvas, x + 46, y - used)
    floor = _roles(canvas, x, y - tall + 2, wide, summary, lang)
    canvas.setFillColor(grey)
    canvas.setFont(fonts.APP, 9)
    canvas.drawString(x, floor, lang("For whom:"))
    canvas.setStrokeColor(colour(theme.tokens()["line"]))
    canvas.setLineWidth(0.6)
    line = y - max(used, 16) - 22
    while line > floor + 16:
        canvas.line(x, line, x + wide, line)
        line -= 20


def _roles(canvas: Any, x: float, floor: float, wide: float, summary: Summary, lang: Language) -> float:
    """The roles of the session with a box each, in at most three rows; gives where the row above them stands."""
    head = lang("Role:")
    start = x + fonts.width(head, fonts.APP, 9) + 8
    rows: list[list[tuple[float, str]]] = [[]]
    at = start
    for role in summary.session.roles:
        need = 13 + fonts.width(role, fonts.APP, 9) + 10
        if at + need > x + wide and rows[-1]:
            rows.append([])
            at = start
        rows[-1].append((at, role))
        at += need
    fits = len(rows) <= 3 and all(
        at + 13 + fonts.width(r, fonts.APP, 9) <= x + wide for row in rows for at, r in row
    )
    if not fits:
        rows = [[]]  # too many to tick: the line is there to write on
    top = floor + 13 * (len(rows) - 1)
    canvas.setFillColor(colour(theme.tokens()["ink2"]))
    canvas.setFont(fonts.APP, 9)
    canvas.drawString(x, top, head)
    canvas.setStrokeColor(colour(theme.tokens()["control"]))
    canvas.setLineWidth(0.8)
    for down, row in enumerate(rows):
        for left, role in row:
            canvas.rect(left, top - 13 * down - 1, 8, 8)
            at = left + 13
            for font, words in fonts.split(role, fonts.APP):
                canvas.setFont(font, 9)
                canvas.drawString(at, top - 13 * down, words)
                at += fonts.width(words, font, 9)
    return top + 18
