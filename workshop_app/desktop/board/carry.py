"""Dragging cards and heaps by our own hand: one ghost follows the mouse over canvas and side lists and says where it lands."""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.board.text import wrap
from workshop_app.desktop.style import look

Drop = tuple[
    str, int
]  # "heap" | "theme" | "board" | "outside" (of all themes) | "loose" | "parked" | "hidden"


class Zone(Protocol):
    """A place where things can be dropped."""

    def drop_at(self, at: QPoint) -> Drop | None:
        """What lies under a point of the screen."""

    def show_drop(self, drop: Drop | None, at: QPoint) -> None:
        """Marks where the thing would land; None takes the mark away."""


class Ghost(QWidget):
    """What is carried: the first card's words, how many, and where they would land."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words: tuple[str, ...] = ()
        self.count = self.where = ""
        self.people = True

    def dress(self, text: str, count: str, people: bool) -> None:
        """Takes the words of what is carried."""
        self.words = wrap(text, look().px(210), 2, "small", people=people)
        self.count, self.people, self.where = count, people, ""
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        px = look().px
        return QSize(px(232), len(self.words) * px(17) + px(14) + px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        px = look().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, 1, self.width() - 2, len(self.words) * px(17) + px(12))
        painter.setPen(QPen(look().colour("ink"), 2))
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setFont(look().font("small", 400 if self.people else 600, people=self.people))
        for n, line in enumerate(self.words):
            painter.drawText(QRectF(px(10), px(7) + n * px(17), box.width(), px(17)), 0, line)
        label = "  ".join(t for t in (self.count, self.where) if t)
        if label:
            font = look().font("tiny", 600)
            width = QFontMetrics(font).horizontalAdvance(label) + px(18)
            pill = QRectF(0, box.bottom() + px(2), min(width, self.width()), px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("ink"))
            painter.drawRoundedRect(pill, px(11), px(11))
            painter.setPen(look().colour("surface"))
            painter.setFont(font)
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), label)


class Carry(QObject):
    """One drag from press to drop. Sources start it and pass the mouse on; zones answer where it is."""

    dropped = Signal(object, object)  # cards (tuple) or heap (int), and the Drop
    ended = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.page = page
        self.zones: list[Zone] = []
        self.what: tuple[int, ...] | int | None = None
        self.drop: Drop | None = None
        self._ghost: Ghost | None = None
        self.words_for = lambda _what, _drop: ""

    @property
    def under_way(self) -> bool:
        """Whether something is being carried."""
        return self.what is not None

    def start(self, what: tuple[int, ...] | int, text: str, count: str, *, people: bool) -> None:
        """Lifts cards, or a heap."""
        self.what, self.drop = what, None
        # The ghost lies over the whole window, also over the panel beside the page.
        window = self.page.window()
        if self._ghost is None or self._ghost.parent() is not window:
            self._ghost = Ghost(window)
        self._ghost.dress(text, count, people)

    def move(self, at: QPoint) -> None:
        """The mouse is at a point of the screen."""
        if self.what is None or self._ghost is None:
            return
        found: Drop | None = None
        for zone in self.zones:
            drop = zone.drop_at(at) if found is None else None
            zone.show_drop(drop, at)
            found = found or drop
        self.drop = found
        where = self.words_for(self.what, found)
        if where != self._ghost.where:
            self._ghost.where = where
            self._ghost.update()
        here = self.page.window().mapFromGlobal(at) + QPoint(12, 10)
        self._ghost.move(here)
        if not self._ghost.isVisible():
            self._ghost.show()
            self._ghost.raise_()

    def let_go(self) -> None:
        """The mouse button is up: what is carried lands, if there is a place."""
        what, drop = self.what, self.drop
        self.cancel()
        if what is not None and drop is not None:
            self.dropped.emit(what, drop)

    def cancel(self) -> None:
        """Puts back what is carried."""
        was = self.under_way
        self.what = self.drop = None
        if self._ghost is not None:
            self._ghost.hide()
        for zone in self.zones:
            zone.show_drop(None, QPoint())
        if was:
            self.ended.emit()
