"""The strip of a scale, drawn one way for the desk and the projector: one dot a person, half of the answers, the median."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from workshop_app.model.rating import Spread
from workshop_app.model.route_rules import shown

DOT, PITCH, SMALLEST = 9.0, 10.5, 3.0  # in units, as the rest here


def paint_strip(
    painter: QPainter, spread: Spread | None, box: QRectF, unit: float, colour: Callable[[str], QColor]
) -> None:
    """The answers to one scale: 1 stands at the left edge of the box, 5 at the right, the line of the scale at its foot.

    Dots pile up over their value and grow smaller rather than wander to the next one. `unit`: a pixel at 100 %.
    """

    def at(value: float) -> float:
        return box.left() + box.width() * (value - 1) / 4

    floor, top = box.bottom(), box.top()
    painter.setPen(QPen(colour("line"), 1.5 * unit))
    painter.drawLine(QPointF(at(1), floor), QPointF(at(5), floor))
    how = shown(spread)
    if spread is None or spread.median is None or how in ("nothing", "few"):
        return
    if spread.lower is not None and spread.upper is not None:
        left, right = at(spread.lower) - 8 * unit, at(spread.upper) + 8 * unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("attn" if spread.flagged else "surface2"))
        field = QRectF(left, top + 4 * unit, right - left, floor - top - 4 * unit)
        painter.drawRoundedRect(field, 6 * unit, 6 * unit)
    if how == "dots":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("primary"))
        _dots(painter, spread, box, unit)
    painter.setPen(QPen(colour("ink"), 2.6 * unit))
    x = at(spread.median)
    painter.drawLine(QPointF(x, top), QPointF(x, floor + 2 * unit))


def _dots(painter: QPainter, spread: Spread, box: QRectF, unit: float) -> None:
    most = max(spread.votes.count(v) for v in range(1, 6))
    room, height, pitch = box.width() / 4 * 0.86, box.height() - 8 * unit, PITCH * unit
    while pitch > SMALLEST * unit and int(height // pitch) * int(room // pitch) < most:
        pitch -= 0.5 * unit
    rows = max(int(height // pitch), 1)
    radius = pitch * DOT / PITCH / 2
    for value in range(1, 6):
        count, x = spread.votes.count(value), box.left() + box.width() * (value - 1) / 4
        columns = -(-count // rows) or 1
        for place in range(count):
            up, across = divmod(place, columns)
            beside = (across - (columns - 1) / 2) * pitch * 1.12
            painter.drawEllipse(QPointF(x + beside, box.bottom() - pitch * (up + 0.6)), radius, radius)
