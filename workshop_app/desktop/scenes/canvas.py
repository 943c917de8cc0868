"""The projector's paper: 1920 units wide whatever the screen, always light, nothing under 44 units."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from workshop_app import theme
from workshop_app.desktop.style import make_font

WIDTH = 1920.0
SMALLEST = 44
MARGIN = 96.0
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight


class Canvas:
    """A painter in projector units. `reach` makes running text larger for a small picture, 1.0 to 1.5."""

    def __init__(self, painter: QPainter, width: float, height: float, reach: float = 1.0) -> None:
        self.p, self.reach = painter, max(1.0, min(reach, 1.5))
        self.smallest, self.cut = (
            float("inf"),
            False,
        )  # of what has been drawn: the smallest size, and a text cut short
        scale = width / WIDTH
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        self.width, self.height = WIDTH, height / scale
        self.tokens = theme.tokens(False)
        painter.fillRect(QRectF(0, 0, self.width, self.height + 1), self.colour("surface"))

    @property
    def bottom(self) -> float:
        """The lower edge of the safe area."""
        return self.height - 72

    def colour(self, token: str) -> QColor:
        """A token of the light theme, or "#RRGGBB"."""
        return QColor(token if token.startswith("#") else self.tokens[token])

    def font(
        self, size: float, weight: int = 400, *, people: bool = False, even_digits: bool = False
    ) -> QFont:
        """A font in projector units."""
        return make_font(round(size), weight, people=people, even_digits=even_digits)

    def _write_in(self, font: QFont) -> None:
        self.smallest = min(self.smallest, font.pixelSize())
        self.p.setFont(font)

    def height_of(
        self, text: str, width: float, size: float, weight: int = 400, *, people: bool = False
    ) -> float:
        """How high a text becomes when wrapped."""
        metrics = QFontMetricsF(self.font(size, weight, people=people))
        return metrics.boundingRect(QRectF(0, 0, width, 1e5), int(Qt.TextFlag.TextWordWrap), text).height()

    def fit(self, text: str, box: QRectF, size: float, weight: int = 400, *, people: bool = False) -> float:
        """The largest size up to `size` (times the reach) at which the text fits the box, SMALLEST at least."""
        wanted = size * self.reach
        while (
            wanted > SMALLEST
            and self.height_of(text, box.width(), wanted, weight, people=people) > box.height()
        ):
            wanted -= 2
        return max(wanted, SMALLEST)

    def text(
        self,
        text: str,
        box: QRectF,
        size: float,
        weight: int = 400,
        *,
        tone: str = "ink",
        people: bool = False,
        align: Qt.AlignmentFlag = LEFT,
        middle: bool = False,
        fit: bool = True,
    ) -> float:
        """Draws wrapped text at the top (or the middle) of a box; gives the y where it ends."""
        real = self.fit(text, box, size, weight, people=people) if fit else size
        if weight >= 700:
            box = self._balanced(text, box, real, weight, people)
        self._write_in(self.font(real, weight, people=people))
        self.p.setPen(self.colour(tone))
        vertical = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
        flags = int(align | vertical | Qt.TextFlag.TextWordWrap)
        used = self.p.boundingRect(box, flags, text)
        if used.height() > box.height() + 1:
            text = self._cut(text, box, real, weight, people)
            self.cut = True
            used = self.p.boundingRect(box, flags, text)
        self.p.drawText(box, flags, text)
        return used.bottom()

    def _balanced(self, text: str, box: QRectF, size: float, weight: int, people: bool) -> QRectF:
        """A title's box as narrow as its number of lines allows, so that no word is left alone on the last one."""
        high, low, wide = self.height_of(text, box.width(), size, weight, people=people), 0.0, box.width()
        if high < 1.5 * self.height_of("A", box.width(), size, weight, people=people):
            return box
        while wide - low > 8:
            half = (low + wide) / 2
            fits = self.height_of(text, half, size, weight, people=people) <= high
            low, wide = (low, half) if fits else (half, wide)
        return QRectF(box.x(), box.y(), wide, box.height())

    def _cut(self, text: str, box: QRectF, size: float, weight: int, people: bool) -> str:
        """The text cut at a word so that it fits, with an ellipsis; the whole stays on the phones and on paper."""
        words = text.split()
        low, high = 0, len(words)
        while low < high:
            half = (low + high + 1) // 2
            part = " ".join(words[:half]) + " …"
            fits = self.height_of(part, box.width(), size, weight, people=people) <= box.height() + 1
            low, high = (half, high) if fits else (low, half - 1)
        return " ".join(words[:low]) + " …"

    def number(self, text: str, x: float, baseline: float, size: float, *, right: bool = False) -> float:
        """Draws a large number with its foot on a line; gives its width."""
        self._write_in(self.font(size, 700, even_digits=":" in text))
        self.p.setPen(self.colour("ink"))
        width = QFontMetricsF(self.p.font()).horizontalAdvance(text)
        self.p.drawText(QPointF(x - width if right else x, baseline), text)
        return width

    def line(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        weight: int = 400,
        *,
        tone: str = "ink",
        right: bool = False,
    ) -> float:
        """Draws one line with its foot on a line; gives its width."""
        self._write_in(self.font(size, weight))
        self.p.setPen(self.colour(tone))
        width = QFontMetricsF(self.p.font()).horizontalAdvance(text)
        self.p.drawText(QPointF(x - width if right else x, baseline), text)
        return width

    def rule(self, y: float) -> None:
        """A thin line across the safe area."""
        self.p.setPen(QPen(self.colour("line"), 3))
        self.p.drawLine(QPointF(MARGIN, y), QPointF(self.width - MARGIN, y))

    def box(
        self, rect: QRectF, ground: str = "surface", frame: str = "line", radius: float = 8, width: float = 3
    ) -> None:
        """A framed field."""
        self.p.setPen(QPen(self.colour(frame), width) if frame else Qt.PenStyle.NoPen)
        self.p.setBrush(self.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        self.p.drawRoundedRect(rect, radius, radius)

    def seal(
        self, centre: QPointF, radius: float, number: str, ground: str = "ink", digit: str = "surface"
    ) -> None:
        """A number in a round seal."""
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(self.colour(ground))
        self.p.drawEllipse(centre, radius, radius)
        self.p.setPen(self.colour(digit))
        self._write_in(self.font(radius * 1.15, 700))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        self.p.drawText(box, int(Qt.AlignmentFlag.AlignCenter), number)

    def qr(self, matrix: tuple[tuple[bool, ...], ...], x: float, y: float, side: float) -> None:
        """A QR code on the white ground, whole units to a module so that it stays sharp."""
        self.p.save()
        self.p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(QColor("#000000"))
        module = side / len(matrix)
        for row, line in enumerate(matrix):
            start = None
            for column, dark in enumerate((*line, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    left, top = x + start * module, y + row * module
                    self.p.drawRect(QRectF(left, top, (column - start) * module + 0.3, module + 0.3))
                    start = None
        self.p.restore()

    def thread(self, here: int, steps: int, y: float = 96) -> None:
        """The step line: the red thread up to step `here` (from 1) of `steps`."""
        gap = (self.width - 2 * 110) / max(steps - 1, 1)
        xs = [110 + i * gap for i in range(steps)]
        now = xs[min(here, steps) - 1]
        grey, red = QPen(self.colour("line"), 5), QPen(self.colour("thread"), 8)
        self.p.setPen(grey)
        self.p.drawLine(QPointF(now, y), QPointF(self.width, y))
        self.p.setPen(red)
        self.p.drawLine(QPointF(0, y), QPointF(min(now + gap * 0.55, self.width), y))
        for place, x in enumerate(xs, 1):
            if place < here:
                self.p.setPen(Qt.PenStyle.NoPen)
                self.p.setBrush(self.colour("thread"))
                self.p.drawEllipse(QPointF(x, y), 15, 15)
            else:
                at_now = place == here
                self.p.setPen(QPen(self.colour("thread" if at_now else "control"), 9 if at_now else 4))
                self.p.setBrush(self.colour("surface"))
                self.p.drawEllipse(QPointF(x, y), 23 if at_now else 13, 23 if at_now else 13)
