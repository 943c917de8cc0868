"""The pictures of answers: the report's own drawings, made on a worker's thread in the colours of the screen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app import theme
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.strips import figure
from workshop_app.desktop.style import look

LARGER = 1.6  # pixels at 100 % for a point on paper, so that its smallest letters can be read
LEAST, STEP = 200, 20  # points: narrower is never drawn, and only every so many points anew

Chart = Callable[[], Any]  # makes a chart of the report, on the worker's thread


class ChartView(QWidget):
    """One drawing of the report, as wide as there is room; `most` is its greatest width in points."""

    def __init__(self, bridge: Bridge, most: int = 520) -> None:
        super().__init__()
        self.bridge, self.most = bridge, most
        self.chart: Chart | None = None
        self.key: object = None
        self.drawing: QSvgRenderer | None = None
        self._asked: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._again)

    def show_chart(self, key: object, chart: Chart, words: str) -> None:
        """Shows another chart; the same `key` means the same picture. `words` say it to those who do not see it."""
        self.setAccessibleName(words)
        self.key, self.chart = key, chart
        self._again()

    def _again(self) -> None:
        chart, dark = self.chart, look().dark
        scale = LARGER * look().percent / 100
        wide = min(max(int(self.width() / scale) // STEP * STEP, LEAST), self.most)
        wanted = (self.key, wide, dark, scale)
        if chart is None or wanted == self._asked:
            return
        self._asked = wanted

        def work() -> bytes:
            from workshop_app.report import drawings

            return drawings.svg(chart(), wide, theme.tokens(dark))

        def arrived(data: bytes) -> None:
            if wanted == self._asked:
                self.drawing = QSvgRenderer(QByteArray(data), self)
                self.updateGeometry()
                self.update()

        self.bridge.in_background(work, arrived)

    def sizeHint(self) -> QSize:
        scale = LARGER * look().percent / 100
        if self.drawing is None:
            return QSize(look().px(LEAST * LARGER), look().px(100))
        box = self.drawing.viewBoxF()
        return QSize(look().px(LEAST * LARGER), round(box.height() * scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._again()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.drawing is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box, scale = self.drawing.viewBoxF(), LARGER * look().percent / 100
            self.drawing.render(painter, QRectF(0, 0, box.width() * scale, box.height() * scale))


class SpreadView(ChartView):
    """The votes on one scale: of everybody, and of each group that may be shown."""

    def show_spread(self, groups: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        """(name, votes) of each; those of everybody first."""
        told = tuple(groups)

        def chart() -> object:
            from workshop_app.report.charts import Histograms

            return Histograms(told)

        words = "; ".join(f"{name}: {', '.join(map(str, sorted(votes)))}" for name, votes in told)
        self.show_chart(told, chart, words)


class WeightPlot(ChartView):
    """Each thing as its number: upwards how heavy it is, to the right how far it can be moved."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, 300)
        self.points: list[tuple[int, str, float, float]] = []

    def show_points(self, points: Sequence[tuple[int, str, float, float]]) -> None:
        """(number, name, reach, median) of each thing."""
        lang, self.points = self.bridge.lang, list(points)
        told = tuple((number, median, reach) for number, _name, reach, median in points)

        def chart() -> object:
            from workshop_app.report.charts import Point
            from workshop_app.report.parts import barriers

            return barriers.what_we_can_move([Point(*one) for one in told], lang)

        said = lang("{name}: weight {median}, can be influenced {reach} of 5")
        words = [
            said.format(name=name, median=figure(median, lang.code), reach=figure(round(reach, 1), lang.code))
            for _number, name, reach, median in points
        ]
        self.show_chart(told, chart, "; ".join(words))


class LinksPicture(ChartView):
    """The things in a ring, with a line where people say that two hang together; the more people, the thicker."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, 240)
        self.names: list[str] = []
        self.links: dict[tuple[int, int], int] = {}

    def show_links(self, items: Mapping[str, str], links: Mapping[tuple[str, str], int]) -> None:
        """Things by value, and how many said each pair."""
        values = list(items)
        self.names, self.links = list(items.values()), {}
        for pair, n in links.items():
            if all(value in items for value in pair):
                a, b = sorted(values.index(value) for value in pair)
                self.links[a, b] = n
        numbers = tuple(range(1, len(values) + 1))
        pairs = tuple((a + 1, b + 1, n) for (a, b), n in self.links.items())

        def chart() -> object:
            from workshop_app.report.charts import Links

            return Links(numbers, pairs)

        said = [f"{self.names[a]} – {self.names[b]}: {n}" for (a, b), n in self.links.items()]
        self.show_chart((numbers, pairs), chart, "; ".join(said))
