"""From one picture of a scene to the next: what is new fades in, what stays stands still."""

from PySide6.QtCore import QObject, QRect, QVariantAnimation
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.style import look

FADE_MS = 600


class Fader(QObject):
    """Holds the last two pictures of a widget and blends them; with motion turned off the new one is there at once."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._old: QImage | None = None
        self._new: QImage | None = None
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setDuration(FADE_MS)
        self._run.valueChanged.connect(lambda _share: widget.update())

    @property
    def under_way(self) -> bool:
        """Whether two pictures are being blended now."""
        return self._run.state() == QVariantAnimation.State.Running and self._old is not None

    def start(self, picture: QImage) -> None:
        """Shows another picture of the same scene."""
        self._old, self._new = self._new, picture
        fits = self._old is not None and self._old.size() == picture.size()
        self._run.stop()
        if fits and not look().calm and self._widget.isVisible():
            self._run.start()

    def stop(self) -> None:
        """Another scene: nothing is blended."""
        self._run.stop()
        self._old = self._new = None

    def paint(self, painter: QPainter, where: QRect) -> None:
        """Draws the old picture with the new one over it."""
        if self._old is None or self._new is None:
            return
        painter.drawImage(where, self._old)
        painter.setOpacity(float(self._run.currentValue()))
        painter.drawImage(where, self._new)
