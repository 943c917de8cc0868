"""The focus ring: 3 px in the focus colour with a gap of 1 px, around whatever the keyboard is on."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QGraphicsView, QScrollArea, QWidget
from shiboken6 import isValid

from workshop_app.desktop.style import look

REACH = 4  # pixels outside the widget
OWN_RING = (QAbstractItemView, QGraphicsView)  # these show by themselves what the keyboard is on


class FocusRing(QWidget):
    """One for the application. It lies over the focused widget's window and follows it; the mouse never meets it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.target: QWidget | None = None
        self._last: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    def follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Goes to the widget that has the focus; not when a mouse press put it there."""
        for before in self._watched:
            if isValid(before):
                before.removeEventFilter(self)
        self._watched = []
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        ringed = new is not None and not by_mouse and not isinstance(new, OWN_RING) and not new.isWindow()
        # A window that comes up gives the focus to something by itself: that is nobody's Tab.
        own_doing = old is None and new is not self._last
        self.target = new if ringed and not own_doing else None
        if self.target is not None:
            self._last = self.target
        if self.target is None:
            self.hide()
            return
        window = self.target.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        widget: QWidget | None = self.target
        while widget is not None and widget is not window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self.target
        if target is None or not isValid(target):
            return
        window = target.window()
        box = QRectF(target.rect()).translated(target.mapTo(window, QPoint(0, 0)).toPointF())
        shown = box.toRect().adjusted(-REACH, -REACH, REACH, REACH)
        parent = target.parentWidget()
        while parent is not None and parent is not window:
            if isinstance(parent.parentWidget(), QScrollArea):  # the viewport clips what scrolls
                clip = parent.rect().translated(parent.mapTo(window, QPoint(0, 0)))
                shown = shown.intersected(clip.adjusted(-REACH, -REACH, REACH, REACH))
            parent = parent.parentWidget()
        self._box = box.translated(-shown.x(), -shown.y())
        self.setGeometry(shown)
        self.setVisible(target.isVisible() and not shown.isEmpty())
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = look().px(6)
        painter.setPen(QPen(look().colour("surface"), 1.5))
        painter.drawRoundedRect(self._box.adjusted(-0.5, -0.5, 0.5, 0.5), radius, radius)
        painter.setPen(QPen(look().colour("focus"), 3))
        painter.drawRoundedRect(self._box.adjusted(-2.5, -2.5, 2.5, 2.5), radius + 2, radius + 2)


_ring: FocusRing | None = None
_installed = False


def _follow(old: QWidget | None, new: QWidget | None) -> None:
    global _ring
    if _ring is None or not isValid(_ring):  # it goes with the window it lay over
        _ring = FocusRing()
    _ring.follow(old, new)


def install_ring() -> None:
    """Puts the ring on the application."""
    global _installed
    app = QApplication.instance()
    if not _installed and isinstance(app, QApplication):
        app.focusChanged.connect(_follow)
        _installed = True
