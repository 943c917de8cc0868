"""Pills and chips: a state in a word, a voice that is missing."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets.icons import pixmap

# kind -> (ground, words, frame, dashed)
KINDS = {
    "plain": ("surface2", "ink", "", False),
    "done": ("ptint", "on_ptint", "", False),
    "attn": ("attn", "on_attn", "", False),
    "info": ("info", "on_info", "", False),
    "bad": ("bad", "on_bad", "", False),
    "missing": ("", "on_attn", "attn_line", True),
    "outline": ("", "ink2", "control", False),
}


class Pill(QWidget):
    """A word in a rounded field. `kind`: plain, done, attn, info, bad, missing (dashed) or outline."""

    def __init__(
        self, text: str = "", kind: str = "plain", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self.kind, self.icon_name = text, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def show_state(self, text: str, kind: str = "plain", icon: str = "") -> None:
        """Shows another word, kind and icon."""
        if (text, kind, icon) == (self._text, self.kind, self.icon_name):
            return
        self._text, self.kind, self.icon_name = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._text, self.icon_name)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_pill(QPainter(self), QRectF(self.rect()), self._text, self.kind, self.icon_name)


class Chip(QAbstractButton):
    """A pill that can be pressed, for example to take a missing voice off the list; `icon` comes last."""

    def __init__(
        self, text: str, kind: str = "missing", icon: str = "x", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self.icon_name = kind, icon
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size = pill_size(self.text().replace("&&", "&"), self.icon_name)
        return size.expandedTo(QSize(0, look().px(24)))  # what is pressed is never smaller

    def paintEvent(self, _event: QPaintEvent) -> None:
        words = self.text().replace("&&", "&")
        paint_pill(QPainter(self), QRectF(self.rect()), words, self.kind, self.icon_name, last=True)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


def pill_size(text: str, icon_name: str = "") -> QSize:
    """How large a pill with this word is."""
    metrics = QFontMetrics(look().font("tiny", 600))
    room = look().px(19) if icon_name else 0
    return QSize(
        metrics.horizontalAdvance(text) + room + look().px(18),
        max(metrics.height(), look().px(16)) + look().px(6),
    )


def paint_pill(
    painter: QPainter, box: QRectF, text: str, kind: str, icon_name: str = "", *, last: bool = False
) -> None:
    """Draws a pill into a box; `last` puts the icon after the word."""
    ground, words, frame, dashed = KINDS[kind]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look().colour(frame) if frame else QColor(0, 0, 0, 0), 1.2)
    if dashed:
        pen.setDashPattern([3.5, 2.5])
    painter.setPen(pen if frame else Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(ground) if ground else Qt.BrushStyle.NoBrush)
    inner = box.adjusted(0.8, 0.8, -0.8, -0.8)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    pad, side = look().px(9), look().px(14)
    left, right = box.left() + pad, box.right() - pad
    if icon_name:
        picture = pixmap(icon_name, words, side, scaled=False)
        x = right - side if last else left
        painter.drawPixmap(round(x), round(box.center().y() - side / 2), picture)
        if last:
            right -= look().px(19)
        else:
            left += look().px(19)
    painter.setPen(look().colour(words))
    painter.setFont(look().font("tiny", 600))
    area = QRectF(left, box.top(), right - left + 2, box.height())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
