"""Lucide icons from resources, drawn in a token's colour at the screen's own sharpness."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from workshop_app import resources
from workshop_app.desktop.style import look

STROKE = "1.75"


@lru_cache(maxsize=256)
def _svg(name: str, colour: str) -> bytes:
    source = resources.text("icons", f"{name}.svg")
    return (
        source.replace("currentColor", colour)
        .replace('stroke-width="2"', f'stroke-width="{STROKE}"')
        .encode()
    )


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_svg(name, colour))).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, colour: str = "ink", size: float = 18, *, scaled: bool = True) -> QPixmap:
    """An icon as a pixmap: `colour` a token or "#RRGGBB", `size` in pixels at 100 % text size."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, look().hex(colour), look().px(size) if scaled else round(size), ratio)


def icon(name: str, colour: str = "ink", size: float = 18) -> QIcon:
    """An icon for buttons and menus; a word always stands beside it."""
    return QIcon(pixmap(name, colour, size))


def paint_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draws an icon straight into a box, as sharp as the painter's device; for projector scenes."""
    QSvgRenderer(QByteArray(_svg(name, look().hex(colour)))).render(painter, box)


class IconLabel(QWidget):
    """A picture beside a word; screen readers pass it by."""

    def __init__(
        self, name: str, colour: str = "ink", size: float = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name, self.tone, self.pixels = name, colour, size
        self.setFixedSize(self.sizeHint())
        look().changed.connect(self._resize)

    def sizeHint(self) -> QSize:
        side = look().px(self.pixels)
        return QSize(side, side)

    def show_icon(self, name: str, colour: str) -> None:
        """Shows another icon."""
        if (name, colour) != (self.name, self.tone):
            self.name, self.tone = name, colour
            self.update()

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, _event: object) -> None:
        QPainter(self).drawPixmap(0, 0, pixmap(self.name, self.tone, self.pixels))


def logo_path(box: QRectF) -> QPainterPath:
    """The mark: a thread that rises into a knot and runs on. The knot's circle is the caller's to fill."""

    def at(x: float, y: float) -> tuple[float, float]:
        return box.x() + x * box.width() / 24, box.y() + y * box.height() / 24

    path = QPainterPath()
    path.moveTo(*at(2, 19))
    path.cubicTo(*at(6, 19), *at(5.5, 6), *at(9.5, 6))
    path.cubicTo(*at(13.5, 6), *at(12, 19), *at(16, 19))
    path.cubicTo(*at(19, 19), *at(18.5, 12), *at(22, 12))
    return path


class Logo(QWidget):
    """The mark in the top bar, drawn in the one red that means the thread."""

    def __init__(self, size: float = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixels = size
        self.setFixedSize(look().px(size), look().px(size))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_logo(painter, QRectF(self.rect()), "thread")


def paint_logo(painter: QPainter, box: QRectF, colour: str) -> None:
    """Draws the mark into a box."""
    pen = QPen(look().colour(colour), box.width() / 24 * 2.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(logo_path(box))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(colour))
    radius = box.width() / 24 * 3.2
    painter.drawEllipse(
        QRectF(
            box.x() + box.width() * 9.5 / 24 - radius,
            box.y() + box.height() * 6 / 24 - radius,
            2 * radius,
            2 * radius,
        )
    )
