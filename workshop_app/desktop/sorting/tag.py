"""A heap's square tag, "4b", in its theme's hue."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.style import look

HEIGHT = 20


class TagLabel(QWidget):
    """The tag as a small widget; `hue` is the theme's number, 0 for a heap without a theme."""

    def __init__(self, tag: str, hue: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag, self.hue = tag, hue
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tag)

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self.tag), look().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tag(painter, self.tag, self.hue, 0, 0)


def tag_width(tag: str) -> int:
    """How wide a tag is."""
    metrics = QFontMetrics(look().font("small", 700))
    return max(look().px(26), metrics.horizontalAdvance(tag) + look().px(10))


def paint_tag(painter: QPainter, tag: str, hue: int, x: float, y: float) -> float:
    """Draws a tag with its upper left corner at a point; gives its width."""
    worn = look().hue(hue) if hue else None
    painter.setPen(Qt.PenStyle.NoPen if worn else QPen(look().colour("control"), 1))
    painter.setBrush(QColor(worn.seal) if worn else look().colour("surface2"))
    box = QRectF(x, y, tag_width(tag), look().px(HEIGHT))
    painter.drawRoundedRect(box, look().px(4), look().px(4))
    painter.setFont(look().font("small", 700))
    painter.setPen(QColor(worn.digit) if worn else look().colour("ink"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), tag)
    return box.width()
