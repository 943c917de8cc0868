"""One heap as a large button under a number key: its tag, its name or first words, and why it is offered."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workshop_app.desktop.sorting.tag import HEIGHT as TAG
from workshop_app.desktop.sorting.tag import paint_tag
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import pixmap
from workshop_app.i18n import Language
from workshop_app.model.board import LARGE_HEAP, Board, Heap
from workshop_app.model.sorting import TOLD_FROM

HEIGHT = 92
NO_HUE = 0


@dataclass(frozen=True)
class Offered:
    """A heap as it is offered for one card. `hue` is its theme's number, 0 for none; n = 0 is a guess."""

    heap: int
    tag: str
    hue: int
    title: str
    words: str
    more: str  # the words of the next card, which tell a heap without a name from others
    cards: int
    k: int = 0
    n: int = 0


def offered(board: Board, heap: Heap, k: int = 0, n: int = 0) -> Offered:
    """A heap of a board as it is offered."""
    theme = board.theme(heap.theme) if heap.theme is not None else None
    words, more = (*(c.text for c in heap.cards[:2]), "", "")[:2]
    hue = theme.number if theme else NO_HUE
    return Offered(heap.id, board.tag(heap), hue, heap.title, words, more, len(heap.cards), k, n)


class KeyButton(QAbstractButton):
    """A large button that shows its key at the left. Tab reaches it; a click leaves the focus with the card."""

    def __init__(self, key: str, *, dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.dashed, self.strong, self.note = key, dashed, False, ""
        self.tall = HEIGHT
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # the frame never moves
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)

    def say(self, text: str, note: str = "") -> None:
        """The words in the button, and a quiet note at its right end."""
        self.note = note
        self.setText(text)
        self.setAccessibleName(f"{text}, {note}" if note else text)
        self.setAccessibleDescription(self.key)
        self.update()

    def stand(self, tall: int) -> None:
        """How high the button is, in pixels at 100 %."""
        if tall != self.tall:
            self.tall = tall
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(look().px(260), look().px(self.tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(180), look().px(self.tall))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, px = look().colour, look().px
        pen = QPen(c("primary" if self.strong else "control"), 2 if self.strong or self.dashed else 1)
        if self.dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(c("surface2") if lit else c("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        right = self._paint_key(painter)
        self.paint_inside(painter, right + px(16))

    def _paint_key(self, painter: QPainter) -> float:
        """The key as a cap with a lower edge; gives its right side."""
        c, px = look().colour, look().px
        painter.setFont(look().font("lead", 700))
        side = px(42 if self.tall > 60 else 36)
        width = max(side, painter.fontMetrics().horizontalAdvance(self.key) + px(28))
        box = QRectF(px(15), (self.height() - side) / 2, width, side)
        painter.setPen(QPen(c("ink"), 2))
        painter.setBrush(c("surface"))
        painter.drawRoundedRect(box, px(6), px(6))
        painter.drawLine(
            round(box.left() + px(5)),
            round(box.bottom() + 2),
            round(box.right() - px(5)),
            round(box.bottom() + 2),
        )
        painter.setPen(c("ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.key)
        return box.right()

    def paint_inside(self, painter: QPainter, left: float) -> None:
        """What stands beside the key: here words and a note."""
        px = look().px
        room = QRectF(left, 0, self.width() - left - px(16), self.height())
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(look().font("lead", 600))
        painter.setPen(look().colour("ink"))
        painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignLeft), self.text())
        used = painter.fontMetrics().horizontalAdvance(self.text()) + px(20)
        painter.setFont(look().font("small"))
        if painter.fontMetrics().horizontalAdvance(self.note) < room.width() - used:
            painter.setPen(look().colour("ink2"))
            painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignRight), self.note)


class HeapButton(KeyButton):
    """A heap under a number key."""

    def __init__(self, key: str, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(key, parent=parent)
        self.lang = lang
        self.offered: Offered | None = None

    def offer(self, what: Offered | None) -> None:
        """Shows a heap, or nothing."""
        self.setVisible(what is not None)
        if what == self.offered or what is None:
            self.offered = what
            return
        self.offered, self.strong = what, bool(what.n)
        name = self.lang("Put in heap {tag}, {words}").format(tag=what.tag, words=what.title or what.words)
        count = self.lang.plural("{n} card", "{n} cards", what.cards)
        self.setAccessibleName(f"{name}, {count}. {self.reason()}")
        self.setAccessibleDescription(self.key)
        self.update()

    def reason(self) -> str:
        """Why the heap is offered."""
        if self.offered is None:
            return ""
        if 0 < self.offered.n < TOLD_FROM:
            return self.lang("The room, fewer than three answers")
        if self.offered.n:
            return self.lang("The room: {k} of {n}").format(k=self.offered.k, n=self.offered.n)
        return self.lang("The computer is guessing, look for yourself")

    def paint_inside(self, painter: QPainter, left: float) -> None:
        """Tag and name, the first card's words, the reason."""
        one, px, c = self.offered, look().px, look().colour
        if one is None:
            return
        right = self.width() - px(14)
        line = self.height() / 3.4
        top = self.height() * 0.07
        x = left + paint_tag(painter, one.tag, one.hue, left, top + (line - px(TAG)) / 2) + px(8)
        count = self.lang.plural("{n} card", "{n} cards", one.cards)
        painter.setFont(look().font("small"))
        painter.setPen(c("ink2"))
        painter.drawText(QRectF(left, top, right - left, line), _RIGHT, count)
        room = right - x - painter.fontMetrics().horizontalAdvance(count) - px(10)
        if one.title:
            self._line(painter, one.title, QRectF(x, top, room, line), weight=600)
            self._line(painter, one.words, QRectF(left, top + line, right - left, line), people=True)
        else:
            self._line(
                painter,
                one.words or self.lang("Empty heap"),
                QRectF(x, top, room, line),
                people=bool(one.words),
            )
            self._line(painter, one.more, QRectF(left, top + line, right - left, line), people=True)
        self._reason(painter, QRectF(left, top + 2 * line, right - left, line))

    def _line(
        self, painter: QPainter, text: str, box: QRectF, *, weight: int = 400, people: bool = False
    ) -> None:
        font = look().font("large", weight, people=people)
        painter.setFont(font)
        painter.setPen(look().colour("ink"))
        words = QFontMetrics(font).elidedText(
            " ".join(text[:400].split()), Qt.TextElideMode.ElideRight, round(box.width())
        )
        painter.drawText(box, _LEFT, words)

    def _reason(self, painter: QPainter, box: QRectF) -> None:
        one, px, c = self.offered, look().px, look().colour
        if one is None:
            return
        x = box.left()
        if one.n >= TOLD_FROM:
            x = paint_votes(painter, one.k, one.n, x, box.center().y()) + px(8)
        elif not one.n:
            side = px(15)
            icon = pixmap("circle-help", c("ink2").name(), side, scaled=False)
            painter.drawPixmap(round(x), round(box.center().y() - side / 2), icon)
            x += side + px(7)
        painter.setFont(look().font("small", 600 if one.n else 400))
        painter.setPen(c("ink" if one.n else "ink2"))
        painter.drawText(QRectF(x, box.top(), box.right() - x, box.height()), _LEFT, self.reason())
        if one.cards + 1 >= LARGE_HEAP:
            used = painter.fontMetrics().horizontalAdvance(self.reason()) + px(16)
            painter.setFont(look().font("small", 600))
            words = self.lang("Large heap. Do all say the same need?")
            room = QRectF(x + used, box.top(), box.right() - x - used, box.height())
            if painter.fontMetrics().horizontalAdvance(words) > room.width():
                words = self.lang("Large heap")
            painter.setPen(c("on_attn"))
            painter.drawText(room, _RIGHT, words)


_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
MOST_SQUARES = 8


def paint_votes(painter: QPainter, k: int, n: int, x: float, middle: float) -> float:
    """k filled squares of n; gives the x after them. With many phones the figures alone say it."""
    if n > MOST_SQUARES:
        return x
    px, c = look().px, look().colour
    side = px(10)
    for place in range(n):
        painter.setPen(QPen(c("primary"), 1))
        painter.setBrush(c("primary") if place < k else c("surface"))
        painter.drawRoundedRect(QRectF(x, middle - side / 2, side, side), px(2), px(2))
        x += side + px(2)
    return x
