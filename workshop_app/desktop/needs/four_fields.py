"""Worth it x doable: an aid for the conversation. No ranks; needs that are equal stand side by side."""

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.need import Need
from workshop_app.model.rating import doable, worth
from workshop_app.model.route_rules import shown_spreads
from workshop_app.model.summary import NeedRating

RADIUS = 14.0


class FourFields(QWidget):
    """`chosen(id)` when a need is pressed; the list of needs is the same by keyboard."""

    chosen = Signal(int)

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.points: list[tuple[Need, float, float]] = []  # need, doable, worth
        self.current: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_needs(self, needs: Sequence[Need], ratings: dict[int, NeedRating], current: int | None) -> None:
        """Shows every need whose four criteria may be shown."""
        self.points, self.current = [], current
        for need in needs:
            spreads = shown_spreads(ratings.get(need.id))
            x, y = doable(spreads), worth(spreads)
            if x is not None and y is not None:
                self.points.append((need, x, y))
        lang = self.lang
        self.setAccessibleName(lang("Worth it and doable"))
        said = [
            lang("{n}. {title}: worth {worth}, doable {doable}").format(
                n=need.number, title=need.title, worth=y, doable=x
            )
            for need, x, y in self.points
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(314))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(220), look().px(314))

    def _field(self) -> QRectF:
        px = look().px
        side = min(self.width() - px(26), self.height() - px(28))
        return QRectF(px(24), px(2), side, side)

    def places(self) -> list[tuple[Need, QPointF]]:
        """Where each need's seal stands: on its values, or beside it where another stands already."""
        field, size = self._field(), look().px(RADIUS)
        inner = field.adjusted(size + 3, size + 3, -size - 3, -size - 3)
        out: list[tuple[Need, QPointF]] = []
        for need, x, y in self.points:
            right = inner.left() + inner.width() * (x - 1) / 4
            down = inner.bottom() - inner.height() * (y - 1) / 4
            out.append((need, self._free(QPointF(right, down), [p for _n, p in out], inner)))
        return out

    @staticmethod
    def _free(wanted: QPointF, taken: list[QPointF], inner: QRectF) -> QPointF:
        step = look().px(RADIUS) * 2 + 2
        for ring in range(12):
            for dx, dy in ((ring, 0), (-ring, 0), (0, ring), (0, -ring), (ring, ring), (-ring, -ring)):
                spot = wanted + QPointF(dx * step, dy * step)
                inside = inner.adjusted(-1, -1, 1, 1).contains(spot)
                if inside and all(hypot(spot.x() - t.x(), spot.y() - t.y()) >= step - 1 for t in taken):
                    return spot
        return wanted

    def _under(self, spot: QPointF) -> Need | None:
        for need, place in self.places():
            if hypot(spot.x() - place.x(), spot.y() - place.y()) <= look().px(RADIUS) + 2:
                return need
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field, lang, px = self._field(), self.lang, look().px
        middle = field.center()
        painter.fillRect(field, look().colour("surface"))
        best = QRectF(middle.x(), field.top(), field.width() / 2, field.height() / 2)
        painter.fillRect(best, look().colour("ptint"))
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(QPointF(middle.x(), field.top()), QPointF(middle.x(), field.bottom()))
        painter.drawLine(QPointF(field.left(), middle.y()), QPointF(field.right(), middle.y()))
        painter.setPen(QPen(look().colour("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(field)
        self._words(painter, field)
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("ink2"))
        below = QRectF(field.left(), field.bottom() + px(6), field.width(), px(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, lang("Doable (feasibility, low risk)"))
        painter.save()
        painter.translate(px(10), middle.y())
        painter.rotate(-90)
        beside = QRectF(-field.height() / 2, -px(10), field.height(), px(20))
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, lang("Worth it (benefit, anchoring)"))
        painter.restore()
        for need, place in self.places():
            chosen = need.id == self.current
            painter.setPen(QPen(look().colour("primary"), 2))
            painter.setBrush(look().colour("primary" if chosen else "surface"))
            painter.drawEllipse(place, px(RADIUS), px(RADIUS))
            painter.setFont(look().font("base", 700))
            painter.setPen(look().colour("on_primary" if chosen else "ink"))
            box = QRectF(place.x() - px(16), place.y() - px(12), px(32), px(24))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(need.number))

    def _words(self, painter: QPainter, field: QRectF) -> None:
        lang, px = self.lang, look().px
        painter.setFont(look().font("small"))
        painter.setPen(look().colour("ink"))
        inner = field.adjusted(px(8), px(5), -px(8), -px(5))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, left | top, lang("Worth more work"))
        painter.drawText(inner, right | top, lang("Start here"))
        painter.drawText(inner, left | bottom, lang("Rest"))
        painter.drawText(inner, right | bottom, lang("Do when it suits"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        need = self._under(event.position())
        if need is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(need.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            need = self._under(event.pos().toPointF())
            if need is not None:
                # Qt guesses whether a tooltip is markup; with its < replaced it never is.
                QToolTip.showText(event.globalPos(), f"{need.number}. {need.title}".replace("<", "‹"), self)
            return True
        return super().event(event)


class DotBars(QWidget):
    """How many dots each need got, the most first; they stand apart from the scales."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[int, int]] = []  # number of the need, dots
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dots(self, rows: Sequence[tuple[int, int]]) -> None:
        """`rows` are (number of the need, dots)."""
        self.rows = sorted((r for r in rows if r[1]), key=lambda r: (-r[1], r[0]))
        self.setAccessibleName(", ".join(f"{number}: {dots}" for number, dots in self.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(28) * max(len(self.rows), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = look().px
        most = max((dots for _n, dots in self.rows), default=1)
        for place, (number, dots) in enumerate(self.rows):
            y = place * px(28)
            seal = QRectF(0, y + px(3), px(21), px(21))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("surface2"))
            painter.drawEllipse(seal)
            painter.setPen(look().colour("ink"))
            painter.setFont(look().font("tiny", 700))
            painter.drawText(seal, Qt.AlignmentFlag.AlignCenter, str(number))
            width = (self.width() - px(68)) * dots / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("primary"))
            painter.drawRoundedRect(QRectF(px(28), y + px(9), width, px(9)), px(4), px(4))
            painter.setPen(look().colour("ink"))
            painter.setFont(look().font("small", 700))
            box = QRectF(px(28) + width + px(8), y, px(36), px(27))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(dots))
