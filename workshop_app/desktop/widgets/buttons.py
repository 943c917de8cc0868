"""Buttons that show their key: icon, words and key cap are painted in one piece, so they scale together."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets.icons import pixmap
from workshop_app.desktop.widgets.labels import tip

ROLES = ("primary", "plain", "quiet", "danger", "dark", "tint")


class Button(QPushButton):
    """A button with words, perhaps an icon and perhaps the key that does the same.

    `role`: "primary" (the one next thing), "plain" (framed), "quiet" (no frame), "danger", "dark" (on the
    selection bar), "tint" (chosen). `size`: "base" 30 px high, "large" 48. `icon_after` puts the icon last.
    """

    def __init__(
        self,
        text: str,
        *,
        role: str = "plain",
        icon: str = "",
        key: str = "",
        size: str = "base",
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.role, self.icon_name, self.key, self.size_name, self.icon_after = (
            role,
            icon,
            key,
            size,
            icon_after,
        )
        self.compact = self.keyless = False
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look().changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        """Changes the words, and the name that screen readers say with them."""
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAccessibleDescription(self.key)
        self.setProperty("words", text)  # a bar that holds the button hears of it
        self.updateGeometry()

    def words(self) -> str:
        """The words as shown."""
        return self.text().replace("&&", "&")

    def set_compact(self, compact: bool) -> None:
        """Shows the icon alone where there is little room; the words stay as name and tooltip."""
        if compact != self.compact:
            self.compact = compact
            tip(self, self.words() if compact else "")
            self.updateGeometry()
            self.update()

    def give_way(self, level: int) -> None:
        """Takes less room: 0 all, 1 without the key cap, 2 the icon alone (where there is one)."""
        if self.keyless != (level > 0):
            self.keyless = level > 0
            self.updateGeometry()
            self.update()
        self.set_compact(level > 1)

    def set_role(self, role: str) -> None:
        """Changes how much the button calls for attention."""
        self.role = role
        self.update()

    def set_icon_name(self, name: str) -> None:
        """Shows another icon."""
        self.icon_name = name
        self.update()

    # Measures -------------------------------------------------------------------

    def _large(self) -> bool:
        return self.size_name == "large"

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look().font("large" if self._large() else "small", 600))

    def _key_metrics(self) -> QFontMetrics:
        return QFontMetrics(look().font("tiny", 600))

    def _icon_size(self) -> int:
        return look().px(20 if self._large() else 16)

    def _pieces(self) -> list[tuple[str, int]]:
        """What is drawn, left to right, with widths."""
        pieces: list[tuple[str, int]] = []
        if self.icon_name:
            pieces.append(("icon", self._icon_size()))
        if self.words() and not (self.compact and self.icon_name):
            pieces.append(("text", self._metrics().horizontalAdvance(self.words())))
        if self.icon_after:
            pieces.reverse()
        if self.key and not self.compact and not self.keyless:
            pieces.append(("key", self._key_metrics().horizontalAdvance(self.key) + look().px(12)))
        return pieces

    def sizeHint(self) -> QSize:
        pieces = self._pieces()
        gaps = look().px(8) * max(len(pieces) - 1, 0)
        pad = look().px((22 if self._large() else 11) if self.role != "quiet" else 8)
        height = max(look().px(48 if self._large() else 30), self._metrics().height() + look().px(8))
        return QSize(sum(w for _, w in pieces) + gaps + 2 * pad + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # Painting -------------------------------------------------------------------

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, frame and words."""
        c = look().colour
        on = self.isDown() or self.isChecked()
        hover = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return (None if self.role == "quiet" else c("surface2")), None, c("ink2")
        if self.role == "primary":
            ground = c("primary")
            return (ground.darker(112) if hover or on else ground), None, c("on_primary")
        if self.role == "dark":
            ground = QColor("#14211B")
            return (ground.lighter(170) if hover or on else None), QColor("#7D8F87"), QColor("#FFFFFF")
        if self.role == "tint" or on:
            return c("ptint"), c("primary"), c("on_ptint")
        if self.role == "danger":
            return (c("bad") if hover else c("surface")), c("on_bad"), c("on_bad")
        if self.role == "quiet":
            return (c("surface2") if hover else None), None, c("ink")
        return (c("surface2") if hover else c("surface")), c("control"), c("ink")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, frame, words = self._colours()
        radius = look().px(6)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(frame, 1) if frame else Qt.PenStyle.NoPen)
        painter.setBrush(ground if ground else Qt.BrushStyle.NoBrush)
        if ground or frame:
            painter.drawRoundedRect(box, radius, radius)
        pieces = self._pieces()
        total = sum(w for _, w in pieces) + look().px(8) * max(len(pieces) - 1, 0)
        x = (self.width() - total) / 2
        for kind, width in pieces:
            self._paint_piece(painter, kind, x, width, words)
            x += width + look().px(8)

    def _paint_piece(self, painter: QPainter, kind: str, x: float, width: int, colour: QColor) -> None:
        middle = self.height() / 2
        if kind == "icon":
            side = self._icon_size()
            picture = pixmap(self.icon_name, colour.name(), side, scaled=False)
            painter.drawPixmap(round(x), round(middle - side / 2), picture)
        elif kind == "text":
            painter.setPen(colour)
            painter.setFont(look().font("large" if self._large() else "small", 600))
            area = QRectF(x, 0, width + 2, self.height())
            painter.drawText(
                area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.words()
            )
        else:
            paint_key(painter, self.key, QRectF(x, middle - look().px(9.5), width, look().px(19)), colour)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)


class KeyCap(Button):
    """A Button made for its key: `KeyCap("Läs och fyll på", "Page Down", role="primary")`."""

    def __init__(
        self,
        text: str,
        key: str,
        *,
        role: str = "plain",
        icon: str = "",
        size: str = "base",
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role=role, icon=icon, key=key, size=size, icon_after=icon_after, parent=parent)


def paint_key(painter: QPainter, key: str, box: QRectF, colour: QColor) -> None:
    """Draws a key cap: its name in a thin frame."""
    frame = QColor(colour)
    frame.setAlphaF(0.75)
    painter.setPen(QPen(frame, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look().px(4), look().px(4))
    painter.setPen(colour)
    painter.setFont(look().font("tiny", 600))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), key)


class IconButton(Button):
    """A square button with an icon alone, for close and chevrons; `name` is what screen readers say."""

    def __init__(self, icon: str, name: str, *, role: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__("", role=role, icon=icon, parent=parent)
        self.setAccessibleName(name)
        tip(self, name)

    def sizeHint(self) -> QSize:
        side = look().px(30)
        return QSize(side, side)
