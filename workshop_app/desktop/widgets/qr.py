"""A QR code on the desk."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app import invite
from workshop_app.desktop.style import look


class QrView(QWidget):
    """A QR code on white with its quiet zone, in both themes; `side` in pixels at 100 %."""

    def __init__(self, side: int = 300, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self._text = ""
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, name: str) -> None:
        """Shows the code of a text; "" shows none."""
        if text != self._text:
            self._text = text
            self._matrix = invite.qr_matrix(text) if text else ()
            self.update()
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(look().px(self.side), look().px(self.side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        if not self._matrix:
            return
        modules = len(self._matrix) + 8  # four of quiet on each side
        unit = min(self.width(), self.height()) // modules or 1
        start = (self.width() - unit * len(self._matrix)) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        for y, line in enumerate(self._matrix):
            for x, dark in enumerate(line):
                if dark:
                    painter.drawRect(QRectF(start + x * unit, start + y * unit, unit, unit))
