"""The phone page in outline for the cockpit: what the step asks, not what anybody writes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workshop_app import theme
from workshop_app.desktop.style import look, make_font
from workshop_app.formats import Step
from workshop_app.i18n import language
from workshop_app.model.session import Session

FIELDS_SHOWN = 3


def paint_phone(
    painter: QPainter, box: QRectF, step: Step, session: Session, *, sorting: bool = False
) -> None:
    """Draws a phone with the step's prompt and its fields, or with a card and heaps while the room sorts; always light."""
    tokens = theme.tokens(False)
    lang = language(session.language)
    unit = box.width() / 88
    painter.setPen(QPen(look().colour("control"), 2 * unit))
    painter.setBrush(QColor(tokens["bg"]))
    painter.drawRoundedRect(box.adjusted(unit, unit, -unit, -unit), 9 * unit, 9 * unit)
    inner = box.adjusted(9 * unit, 12 * unit, -9 * unit, -8 * unit)
    painter.setPen(QColor(tokens["ink"]))
    painter.setFont(make_font(round(7 * unit), 700))
    closed = session.now_step.state != "open"
    if sorting and not closed:
        _sorting(painter, inner, unit, tokens)
        return
    words = (
        lang("Paused. Your text stays on the phone.") if closed else _prompt(step, session, lang("Thank you"))
    )
    flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    room = QRectF(inner.left(), inner.top(), inner.width(), 27 * unit)
    painter.drawText(room, flags, _shorten(painter, words, room))
    y = room.bottom() + 3 * unit
    if step.phone == "form" and not closed:
        fields = [f for f in step.fields if not f.shown_if][:FIELDS_SHOWN]
        for field in fields:
            height = (26 if field.type == "area" else 12) * unit
            if y + height > inner.bottom() - 16 * unit:
                break
            painter.setPen(QPen(QColor(tokens["control"]), unit))
            painter.setBrush(QColor(tokens["surface"]))
            painter.drawRoundedRect(QRectF(inner.left(), y, inner.width(), height), 2 * unit, 2 * unit)
            y += height + 4 * unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens["primary"]))
        send = QRectF(inner.left(), y, inner.width(), 14 * unit)
        painter.drawRoundedRect(send, 2 * unit, 2 * unit)
        painter.setPen(QColor(tokens["on_primary"]))
        painter.setFont(make_font(round(6.5 * unit), 700))
        painter.drawText(send, int(Qt.AlignmentFlag.AlignCenter), lang("Send"))


def _sorting(painter: QPainter, inner: QRectF, unit: float, tokens: dict[str, str]) -> None:
    """A card above, heaps below, and the two ways out; no words, they are each phone's own."""
    painter.setPen(QPen(QColor(tokens["line"]), unit))
    painter.setBrush(QColor(tokens["surface"]))
    card = QRectF(inner.left(), inner.top(), inner.width(), 30 * unit)
    painter.drawRoundedRect(card, 2 * unit, 2 * unit)
    painter.setPen(QPen(QColor(tokens["control"]), 1.5 * unit))
    for place, share in enumerate((0.9, 0.75, 0.5)):
        y = card.top() + (8 + 7 * place) * unit
        painter.drawLine(
            QPointF(card.left() + 5 * unit, y), QPointF(card.left() + card.width() * share - 5 * unit, y)
        )
    width = (inner.width() - 4 * unit) / 2
    for place in range(6):
        x = inner.left() + (place % 2) * (width + 4 * unit)
        y = card.bottom() + (8 + (place // 2) * 21) * unit
        pen = QPen(QColor(tokens["control"]), unit)
        if place > 3:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(x, y, width, 17 * unit), 2 * unit, 2 * unit)


def _prompt(step: Step, session: Session, otherwise: str) -> str:
    if step.phone == "wait":
        return step.title.get(session.language)
    return step.prompt.get(session.language) or otherwise


def _shorten(painter: QPainter, text: str, box: QRectF) -> str:
    metrics = painter.fontMetrics()
    words = text.split()
    flags = int(Qt.TextFlag.TextWordWrap)
    while len(words) > 1:
        shown = " ".join(words)
        used = metrics.boundingRect(box.toRect(), flags, shown)
        if used.height() <= box.height():
            return shown
        words = words[:-1]
        words[-1] = words[-1].rstrip(" …,.") + " …"
    return " ".join(words)
