"""Two pictures of a whole list: weight against what can be influenced, and what hangs together with what."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.needs.strips import figure
from workshop_app.desktop.style import look
from workshop_app.i18n import Language

SEAL = 13


class _Picture(QWidget):
    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(340), look().px(320))

    def _seal(self, painter: QPainter, at: QPointF, number: int) -> None:
        radius = look().px(SEAL)
        painter.setPen(QPen(look().colour("surface"), 2))
        painter.setBrush(look().colour("primary"))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(look().colour("on_primary"))
        painter.setFont(look().font("small", 700))
        box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


class WeightPlot(_Picture):
    """Each thing as its number: upwards how heavy it is, to the right how many say that it can be influenced."""

    def __init__(self, lang: Language) -> None:
        super().__init__(lang)
        self.points: list[tuple[int, str, float, float]] = []

    def show_points(self, points: Sequence[tuple[int, str, float, float]]) -> None:
        """(number, name, share, median) of each thing."""
        self.points = list(points)
        said = [
            self.lang("{name}: weight {median}, {percent} % can be influenced").format(
                name=name, median=figure(median, self.lang.code), percent=round(share * 100)
            )
            for _number, name, share, median in points
        ]
        self.setAccessibleName("; ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = look().px
        box = QRectF(self.rect()).adjusted(px(24), px(8), -px(8), -px(30))
        painter.setPen(QPen(look().colour("line"), 1.5))
        painter.setBrush(look().colour("bg"))
        painter.drawRect(box)
        painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("ink2"))
        foot = QRectF(box.left(), box.bottom() + px(6), box.width(), px(20))
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.lang("cannot be influenced"))
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), self.lang("can be influenced"))
        painter.save()
        painter.translate(px(6), box.bottom())
        painter.rotate(-90)
        side = QRectF(0, 0, box.height(), px(18))
        painter.drawText(side, int(Qt.AlignmentFlag.AlignRight), self.lang("heavy"))
        painter.drawText(side, int(Qt.AlignmentFlag.AlignLeft), self.lang("light"))
        painter.restore()
        inner = box.adjusted(px(SEAL + 4), px(SEAL + 4), -px(SEAL + 4), -px(SEAL + 4))
        taken: list[QPointF] = []
        for number, _name, share, median in self.points:
            at = QPointF(
                inner.left() + share * inner.width(), inner.bottom() - (median - 1) / 4 * inner.height()
            )
            while any((at - other).manhattanLength() < px(SEAL) * 1.6 for other in taken):
                step = px(SEAL) * 1.8
                right = at.x() + step <= inner.right()
                at = QPointF(at.x() + step, at.y()) if right else QPointF(inner.left(), at.y() + step)
            taken.append(at)
            self._seal(painter, at, number)


class LinksPicture(_Picture):
    """The things in a ring, with a line where people say that two hang together; the more people, the thicker."""

    def __init__(self, lang: Language) -> None:
        super().__init__(lang)
        self.names: list[str] = []
        self.links: dict[tuple[int, int], int] = {}

    def show_links(self, items: Mapping[str, str], links: Mapping[tuple[str, str], int]) -> None:
        """Things by value, and how many said each pair."""
        values = list(items)
        self.names = list(items.values())
        self.links = {}
        for pair, n in links.items():
            if all(value in items for value in pair):
                a, b = sorted(values.index(value) for value in pair)
                self.links[a, b] = n
        said = [f"{self.names[a]} – {self.names[b]}: {n}" for (a, b), n in self.links.items()]
        self.setAccessibleName("; ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        radius = min(self.width(), self.height()) / 2 - look().px(SEAL + 6)
        count = len(self.names)
        places = [
            QPointF(
                middle.x() + radius * sin(2 * pi * n / count), middle.y() - radius * cos(2 * pi * n / count)
            )
            for n in range(count)
        ]
        for (a, b), n in self.links.items():
            painter.setPen(QPen(look().colour("ink2"), look().px(1 + min(n, 6)), Qt.PenStyle.SolidLine))
            painter.drawLine(places[a], places[b])
        for number, at in enumerate(places, 1):
            self._seal(painter, at, number)
