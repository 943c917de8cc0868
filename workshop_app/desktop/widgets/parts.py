"""Ready-made pieces of a page: panels, rows to press, an empty place that says what to do, columns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets.buttons import Button
from workshop_app.desktop.widgets.icons import IconLabel
from workshop_app.desktop.widgets.labels import Heading, PlainLabel

BAR_ROOM = 12  # a margin of so many pixels holds a scroll bar


def column(
    *items: QWidget | QLayout | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A vertical layout of widgets and layouts; a number adds space in pixels at 100 %, None stretch."""
    return _fill(QVBoxLayout(), items, gap, margins)  # type: ignore[return-value]


def row(
    *items: QWidget | QLayout | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A horizontal layout, made like `column`."""
    return _fill(QHBoxLayout(), items, gap, margins)  # type: ignore[return-value]


def _fill(
    box: QBoxLayout, items: Sequence[QWidget | QLayout | int | None], gap: int, margins: tuple[int, ...]
) -> QBoxLayout:
    box.setSpacing(look().px(gap))
    box.setContentsMargins(*(look().px(m) for m in margins))
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(look().px(item))
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


def empty_layout(layout: QLayout) -> None:
    """Takes everything out of a layout and lets the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


class Panel(QFrame):
    """A framed surface with a layout inside, `panel.body`."""

    def __init__(
        self,
        *items: QWidget | QLayout | int | None,
        pad: int = 16,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.body = column(*items, gap=gap, margins=(pad, pad, pad, pad))
        self.setLayout(self.body)


class ScrollColumn(QScrollArea):
    """A column that scrolls downwards when it must and never sideways; put widgets into `body`.

    `in_margin`: what it holds keeps a margin at its right that the scroll bar may lie in.
    """

    def __init__(
        self, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.inside.setProperty("clear", True)
        self.body = column(gap=gap, margins=margins)
        self.inside.setLayout(self.body)
        self.setWidget(self.inside)
        self.in_margin = margins[2] >= BAR_ROOM

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The bar lies in the margin: a page is as wide with it as without, and its edge that of the buttons below.
        taken = self.width() - self.viewport().width() if self.in_margin else 0
        if self.inside.contentsMargins().right() != -taken:
            self.inside.setContentsMargins(0, 0, -taken, 0)
        super().resizeEvent(event)


def fill_row(widget: QWidget, token: str = "ptint", radius: int = 6) -> None:
    """Gives a row a ground with rounded corners, for its paintEvent: the row that is shown, or is under the mouse."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(token))
    painter.drawRoundedRect(QRectF(widget.rect()), look().px(radius), look().px(radius))


class PressRow(QFrame):
    """A row or card that acts like a button: a press, Enter or Space; what lies in it is drawn as usual."""

    clicked = Signal()

    def __init__(self, name: str, *, framed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.framed, self.ground = framed, "surface"
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, _event: QPaintEvent) -> None:
        hover = self.underMouse() and self.isEnabled()
        if self.framed:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(look().colour("control" if hover else "line"), 1))
            painter.setBrush(look().colour(self.ground))
            painter.drawRoundedRect(box, look().px(8), look().px(8))
        elif hover:
            fill_row(self, "surface2", 8)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)


class EmptyState(QWidget):
    """What stands where content will come: one sentence, and the one thing to do."""

    def __init__(
        self, text: str, icon: str = "inbox", action: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = PlainLabel(text, size="large", tone="ink2", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = words
        box = column(None, gap=12, margins=(24, 32, 24, 32))
        box.addWidget(IconLabel(icon, "ink2", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(words)
        if action is not None:
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.setLayout(box)


class HintLine(QFrame):
    """A quiet remark with an icon and a coloured left edge: something to think of, never a scolding."""

    def __init__(self, icon: str = "lightbulb", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.title = PlainLabel(weight="semibold", wrap=True)
        self.text = PlainLabel(size="small", tone="ink2", wrap=True)
        edge = {"plain": "primary", "attn": "on_attn", "info": "on_info"}[kind]
        picture = IconLabel(icon, edge, 18)
        words = column(self.title, self.text, gap=2)
        box = row(gap=12, margins=(20, 14, 16, 14))
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()  # until it has something to say

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and self.parentWidget() is not None and self.title.text():
            self.show()  # it was told what to say before it had its place
        return super().event(event)

    def say(self, title: str, text: str = "") -> None:
        """Shows a remark; with "" the line goes away."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        if self.parentWidget() is not None or not title:  # without a parent it would become a window
            self.setVisible(bool(title))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = {"plain": "surface", "attn": "attn", "info": "info"}[self.kind]
        edge = {"plain": "primary", "attn": "attn_line", "info": "on_info"}[self.kind]
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = look().px(8)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.setBrush(look().colour(ground))
        painter.drawRoundedRect(box, radius, radius)
        painter.setClipRect(QRectF(0, 0, look().px(4), self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(edge))
        painter.drawRoundedRect(box, radius, radius)


class SectionHead(QWidget):
    """A heading with something quiet at its right end."""

    def __init__(
        self, text: str, right: QWidget | None = None, size: str = "lead", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.heading = Heading(text, size=size, wrap=False)
        box = row(self.heading, None)
        if right is not None:
            box.addWidget(right)
        self.setLayout(box)
