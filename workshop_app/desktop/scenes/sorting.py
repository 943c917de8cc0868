"""The picture while the room sorts: the question, three comforts, a count and the time. Never the heaps: they would steer."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from workshop_app.desktop.scenes.canvas import MARGIN, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.desktop.widgets.figures import clock_text
from workshop_app.i18n import N_, Language
from workshop_app.model.sorting import SortingRound
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

COMFORTS = (
    N_("There is no answer key"),
    N_("A lone card is fine"),
    N_("Don't know is an answer"),
)


def read_sorting(bridge: "Bridge", step: str) -> Facts:
    """How many cards are laid of those dealt, and the time of the round."""
    sorting = bridge.get(queries.sorting)
    now = sorting.now
    laid = sum(len(hand.placed) for hand in sorting.hands)
    dealt = sum(len(set(hand.cards) - (set(hand.moved_on) & set(hand.untouched))) for hand in sorting.hands)
    facts = common(bridge, step, (laid, dealt, now.hand if now else 0, bool(now and now.state == "paused")))
    left = round(now.left(bridge.now()).total_seconds()) if now is not None else None
    title = facts.lang("Which cards say the same need?")
    return replace(facts, left=left, title=title, subtitle=_subtitle(facts.lang, now))


def _subtitle(lang: Language, now: SortingRound | None) -> str:
    if now is None or now.tables:
        return lang("Each table sorts its cards.") if now is not None else ""
    hand = now.hand
    return lang.plural(
        "You have {n} card on the phone. Put it in a heap.",
        "You have {n} cards on the phone. Put them in heaps.",
        hand,
    )


def paint_sorting(c: Canvas, f: Facts) -> None:
    """The question and the count; nothing about any heap."""
    laid, dealt, _hand, paused = f.more
    lang = f.lang
    c.thread(f.position, f.steps)
    y = c.text(f.title, QRectF(MARGIN, 176, c.width - 2 * MARGIN, 230), 96, 700)
    words = lang("A pause. What you have placed is kept.") if paused else f.subtitle
    y = c.text(words, QRectF(MARGIN, y + 14, c.width - 2 * MARGIN, 140), 54)
    _comforts(c, lang, y + 56)
    foot = c.bottom - 96
    c.number(str(laid), MARGIN, foot, 200)
    c.line(lang("of {n} cards placed").format(n=dealt), MARGIN, c.bottom, 54)
    if f.left is not None:
        c.number(clock_text(f.left), c.width - MARGIN, foot, 176, right=True)
        words = lang("left") if f.left >= 0 else lang("over the time")
        c.line(words, c.width - MARGIN, c.bottom, 54, right=True)


def _comforts(c: Canvas, lang: Language, y: float) -> None:
    x, size = MARGIN, 48
    font = c.font(size, 600)
    for msgid in COMFORTS:
        words = lang(msgid)
        width = QFontMetricsF(font).horizontalAdvance(words) + 76
        if x > MARGIN and x + width > c.width - MARGIN / 2:
            x, y = MARGIN, y + 124
        c.box(QRectF(x, y, width, 104), "ptint", "primary")
        c.p.setFont(font)
        c.p.setPen(c.colour("on_ptint"))
        c.p.drawText(QRectF(x, y, width, 104), 0x84, words)
        x += width + 28
