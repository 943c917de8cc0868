"""Pictures for the steps where people write: the question, the silent count, the cards without roles."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from workshop_app.desktop.scenes.canvas import MARGIN, RIGHT, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.desktop.widgets.figures import clock_text
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

CARDS_SHOWN = 8


def read_question(bridge: "Bridge", step: str) -> Facts:
    """The question of the day in its newest wording, and how many have answered."""
    session = bridge.get(queries.session)
    return common(bridge, step, (session.question, bridge.get(queries.flow, step).received))


def paint_question(c: Canvas, f: Facts) -> None:
    """The question, as large as it will go."""
    question, received = f.more
    c.thread(f.position, f.steps)
    y = c.text(
        f"{f.title} {f.subtitle}".strip(), QRectF(MARGIN, 170, c.width - 2 * MARGIN, 130), 52, tone="ink2"
    )
    words = question or f.lang("The question comes here.")
    c.text(words, QRectF(MARGIN, y + 40, c.width - 2 * MARGIN, c.bottom - y - 240), 96, 700)
    paint_number(c, f, received, f.lang.plural("answer so far", "answers so far", received), 132)


def read_count(bridge: "Bridge", step: str) -> Facts:
    """How much has come, and the three rules where the step has them."""
    format_, session = bridge.get(queries.format_of), bridge.get(queries.session)
    one = format_.step(step)
    rules = tuple(r.get(session.language) for r in format_.three_rules) if one.rules else ()
    return common(
        bridge, step, (bridge.get(queries.flow, step).received, rules, one.makes == "card"), clock=True
    )


def paint_count(c: Canvas, f: Facts) -> None:
    """The prompt, three rules, a number and the time. No cards, no names, nothing that moves."""
    received, rules, cards = f.more
    lang = f.lang
    c.thread(f.position, f.steps)
    y = c.text(f.title, QRectF(MARGIN, 176, c.width - 2 * MARGIN, 230), 96, 700)
    if f.subtitle:
        y = c.text(f.subtitle, QRectF(MARGIN, y + 14, c.width - 2 * MARGIN, 140), 54)
    if rules:
        _rules(c, rules, y + 50)
    one, many = ("challenge so far", "challenges so far") if cards else ("answer so far", "answers so far")
    words = (
        lang.plural("challenge so far", "challenges so far", received)
        if cards
        else lang.plural("answer so far", "answers so far", received)
    )
    del one, many
    paint_number(c, f, received, words, 240)


def _rules(c: Canvas, rules: tuple[str, ...], y: float) -> None:
    x, size = MARGIN, 48
    font = c.font(size, 600)
    for rule in rules:
        width = QFontMetricsF(font).horizontalAdvance(rule) + 76
        if x > MARGIN and x + width > c.width - MARGIN / 2:
            x, y = MARGIN, y + 124
        c.box(QRectF(x, y, width, 104), "ptint", "primary")
        c.p.setFont(font)
        c.p.setPen(c.colour("on_ptint"))
        c.p.drawText(QRectF(x, y, width, 104), 0x84, rule)
        x += width + 28


def paint_number(c: Canvas, f: Facts, number: int, words: str, size: float = 200) -> None:
    """A number with its words at the foot, and the time to the right where it is known."""
    foot = c.bottom - 96
    c.number(str(number), MARGIN, foot, size)
    c.line(words, MARGIN, c.bottom, 54)
    if f.left is not None:
        c.number(clock_text(f.left), c.width - MARGIN, foot, min(size, 176), right=True)
        c.line(
            f.lang("left") if f.left >= 0 else f.lang("over the time"),
            c.width - MARGIN,
            c.bottom,
            54,
            right=True,
        )


def read_cards(bridge: "Bridge", step: str) -> Facts:
    """The cards, newest first, without roles; hidden ones are not shown."""
    board = bridge.get(queries.board)
    shown = [
        k for k in board.cards.values() if k.state not in ("hidden", "merged", "withdrawn") and not k.inbox
    ]
    newest = sorted(shown, key=lambda k: -k.id)
    first = bridge.focus.get("cards_from", 0)
    page = newest[first : first + CARDS_SHOWN]
    return common(bridge, step, (tuple((k.number, k.text, k.me_too) for k in page), len(newest)))


def paint_cards(c: Canvas, f: Facts) -> None:
    """Two columns of cards in people's own words."""
    lang = f.lang
    cards, total = f.more
    c.text(f.title, QRectF(MARGIN, 60, c.width - 2 * MARGIN - 420, 110), 76, 700)
    count = lang.plural("{n} card", "{n} cards", total)
    c.text(count, QRectF(c.width - MARGIN - 420, 84, 420, 70), 48, tone="ink2", align=RIGHT)
    if not cards:
        c.text(lang("No cards yet."), QRectF(MARGIN, 240, c.width - 2 * MARGIN, 80), 56, tone="ink2")
        return
    gap, top = 28.0, 200.0
    width = (c.width - 2 * MARGIN - gap) / 2
    columns = [top, top]
    for number, text, me_too in cards:
        side = 0 if columns[0] <= columns[1] else 1
        room = c.bottom + 24 - columns[side]
        height = min(c.height_of(text, width - 64, 46, people=True) + 100, 420)
        if height > room:
            continue
        x = MARGIN + side * (width + gap)
        box = QRectF(x, columns[side], width, height)
        c.box(box)
        c.text(text, box.adjusted(32, 20, -32, -72), 46, people=True)
        c.line(str(number), x + 32, box.bottom() - 22, 44, tone="ink2")
        if me_too:
            words = lang.plural("{n} says: true here too", "{n} say: true here too", me_too)
            c.line(words, box.right() - 32, box.bottom() - 22, 44, tone="ink2", right=True)
        columns[side] += height + gap
