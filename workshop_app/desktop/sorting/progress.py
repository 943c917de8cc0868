"""How far one has come through the cards: a piece for each while there is room, else one bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.style import look

MOST_PIECES = 60


class StepsBar(QWidget):
    """Laid pieces are filled, the present one is framed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = self.left = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, done: int, left: int) -> None:
        """Shows how many are done and how many are left."""
        if (done, left) != (self.done, self.left):
            self.done, self.left = done, left
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(7))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, px, whole = look().colour, look().px, self.done + self.left
        if not whole:
            return
        pieces = whole if whole <= MOST_PIECES else 1
        gap = px(4) if pieces <= 30 else px(2)
        width = (self.width() - gap * (pieces - 1)) / pieces
        radius = self.height() / 2
        for place in range(pieces):
            box = QRectF(place * (width + gap), 0, width, self.height())
            filled = place < self.done if pieces > 1 else False
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c("primary" if filled else "line"))
            if pieces > 1 and place == self.done:
                painter.setPen(QPen(c("primary"), 1.5))
                painter.setBrush(c("surface"))
                box.adjust(0.75, 0.75, -0.75, -0.75)
            painter.drawRoundedRect(box, radius, radius)
        if pieces == 1 and self.done:
            painter.setBrush(c("primary"))
            share = QRectF(0, 0, max(self.width() * self.done / whole, self.height()), self.height())
            painter.drawRoundedRect(share, radius, radius)
