"""Pictures of a dialogue with suppliers: terms, agenda and published answers. Nobody's name, and nothing secret."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from workshop_app.desktop.dialogue import clock
from workshop_app.desktop.scenes.canvas import MARGIN, SMALLEST, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.desktop.widgets.figures import clock_text
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

QUESTIONS_SHOWN = 12


def read_terms(bridge: "Bridge", step: str) -> Facts:
    """Purpose and terms, as read to all."""
    told = bridge.get(queries.open_dialogue)
    return common(bridge, step, (told.purpose, told.terms))


def paint_terms(c: Canvas, f: Facts) -> None:
    """The terms, as large as they will go."""
    purpose, terms = f.more
    wide = c.width - 2 * MARGIN
    y = c.text(f.lang("The same for all"), QRectF(MARGIN, 90, wide, 110), 76, 700)
    if purpose:
        y = c.text(purpose, QRectF(MARGIN, y + 20, wide, 150), 54, tone="ink2")
    words = terms or f.lang("The terms come here.")
    c.text(words, QRectF(MARGIN, y + 50, wide, c.bottom - y - 50), 60)


def read_meeting(bridge: "Bridge", step: str) -> Facts:
    """The fixed agenda, and in a running meeting the item and what is left of it. Never with whom."""
    agenda = bridge.get(queries.open_dialogue).agenda
    running = clock.read(bridge)
    here, left = 0, None
    if running is not None:
        item = next((i for i in agenda if i.id == running.item), None)
        if item is not None:
            here, left = item.id, item.minutes * 60 - running.spent(bridge.now())[item.id]
    return common(bridge, step, (tuple((i.id, i.title, i.minutes, i.prompt) for i in agenda), here, left))


def paint_meeting(c: Canvas, f: Facts) -> None:
    """The item of the moment in large, what is asked and the time left; else the whole agenda."""
    agenda, here, left = f.more
    lang, wide = f.lang, c.width - 2 * MARGIN
    now = next((place for place, item in enumerate(agenda) if item[0] == here), None)
    if now is None:
        _agenda(c, f, agenda)
        return
    _id, title, _minutes, prompt = agenda[now]
    c.thread(now + 1, len(agenda))
    y = c.text(f"{now + 1}. {title}", QRectF(MARGIN, 190, wide, 220), 96, 700)
    c.text(prompt, QRectF(MARGIN, y + 30, wide, c.bottom - y - 260), 64)
    c.number(clock_text(left), c.width - MARGIN, c.bottom - 80, 150, right=True)
    words = lang("left of the item") if left >= 0 else lang("over the item")
    c.line(words, c.width - MARGIN, c.bottom, 48, tone="ink2", right=True)


def _agenda(c: Canvas, f: Facts, agenda: tuple[tuple[int, str, int, str], ...]) -> None:
    lang, wide = f.lang, c.width - 2 * MARGIN
    y = c.text(lang("The same agenda for all"), QRectF(MARGIN, 90, wide, 110), 76, 700) + 60
    if not agenda:
        c.text(lang("The agenda comes here."), QRectF(MARGIN, y, wide, 80), 56, tone="ink2")
        return
    gap = min((c.bottom - y) / len(agenda), 120)
    for place, (_id, title, minutes, _prompt) in enumerate(agenda, 1):
        if y + SMALLEST > c.bottom:
            return
        c.seal(QPointF(MARGIN + 40, y + 40), 40, str(place))
        c.text(title, QRectF(MARGIN + 100, y, wide - 400, gap), 52, 600, fit=False)
        c.line(lang("{n} min").format(n=minutes), c.width - MARGIN, y + 52, 48, tone="ink2", right=True)
        y += gap


def read_questions(bridge: "Bridge", step: str) -> Facts:
    """Published questions with their answers, newest first; how many wait is not told by words of anybody."""
    told = bridge.get(queries.open_dialogue)
    shown = tuple((q.id, q.question, q.answer) for q in reversed(told.questions))
    return common(bridge, step, (shown[:QUESTIONS_SHOWN], len(shown)))


def paint_questions(c: Canvas, f: Facts) -> None:
    """Each question with its answer under it, as many as fit."""
    entries, _total = f.more
    lang, wide = f.lang, c.width - 2 * MARGIN
    y = c.text(lang("Questions and answers to all"), QRectF(MARGIN, 70, wide, 110), 76, 700) + 40
    if not entries:
        c.text(lang("No question is published yet."), QRectF(MARGIN, y, wide, 80), 56, tone="ink2")
        return
    for number, question, answer in entries:
        high = c.height_of(question, wide - 110, 48, 600, people=True)
        low = c.height_of(answer, wide - 110, 46) if answer else 0
        if y + high + low + 40 > c.bottom and y > 300:
            return
        c.rule(y)
        c.line(str(number), MARGIN, y + 66, 46, 600, tone="ink2")
        room = c.bottom - y
        y = c.text(
            question, QRectF(MARGIN + 110, y + 18, wide - 110, room * 0.5), 48, 600, people=True, fit=False
        )
        if answer:
            y = c.text(answer, QRectF(MARGIN + 110, y + 8, wide - 110, c.bottom - y - 8), 46, fit=False)
        y += 28
