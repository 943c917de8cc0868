"""One line for a heap that takes shape, and one for a card that is unclear."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.sorting.heap_button import paint_votes
from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.board import LARGE_HEAP, Board
from workshop_app.model.sorting import TOLD_FROM, GrowingHeap, UnclearCard, verdict

HEIGHT = 52
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class _Line(QWidget):
    """A painted line with a rule above."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """What the line says."""

    def words(
        self,
        painter: QPainter,
        text: str,
        box: QRectF,
        *,
        people: bool,
        weight: int = 400,
        size: str = "large",
    ) -> None:
        """One line of text that ends in an ellipsis where there is no room."""
        font = look().font(size, weight, people=people)
        painter.setFont(font)
        painter.setPen(look().colour("ink"))
        short = " ".join(text[:400].split())
        painter.drawText(
            box, _LEFT, QFontMetrics(font).elidedText(short, Qt.TextElideMode.ElideRight, round(box.width()))
        )

    def chip(self, painter: QPainter, number: int, x: float, y: float) -> float:
        """A card's number in a small frame; gives the x after it."""
        px, c = look().px, look().colour
        painter.setFont(look().font("tiny", 700))
        width = max(px(26), painter.fontMetrics().horizontalAdvance(str(number)) + px(10))
        box = QRectF(x, y, width, px(18))
        painter.setPen(QPen(c("line"), 1))
        painter.setBrush(c("surface"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(c("ink"))
        painter.drawText(box, _MIDDLE, str(number))
        return x + width + px(4)


class HeapLine(_Line):
    """Its name or first words, its cards by number, the weaker ones named, and k of n."""

    def __init__(
        self, heap: GrowingHeap, board: Board, lang: Language, parent: QWidget | None = None
    ) -> None:
        self.heap, self.lang = heap, lang
        founder = board.cards.get(heap.founder)
        self.first = founder.text if founder is not None else ""
        self.told = told(*heap.median, lang)
        weak = [
            (c, k, n) for c, (k, n) in zip(heap.cards, heap.agreement, strict=True) if verdict(k, n) == "weak"
        ]
        parts = [lang("{card}: {k} of {n}").format(card=c, k=k, n=n) for c, k, n in weak]
        if len(heap.cards) >= LARGE_HEAP:
            parts.append(lang("Large heap. Do all say the same need?"))
        self.large = lang("Large heap") if len(heap.cards) >= LARGE_HEAP else ""
        self.note = ", ".join(parts)
        cards = lang("cards {numbers}").format(numbers=", ".join(map(str, heap.cards)))
        super().__init__(
            ". ".join(t for t in (heap.name or self.first, cards, self.told, self.note) if t), parent
        )

    def paint(self, painter: QPainter) -> None:
        """Words and figures above, numbers below."""
        px, c = look().px, look().colour
        top, low = px(5), px(28)
        painter.setFont(look().font("small", 600))
        right = self.width()
        k, n = self.heap.median
        width = painter.fontMetrics().horizontalAdvance(self.told)
        painter.setPen(c("ink" if n >= TOLD_FROM else "ink2"))
        painter.drawText(QRectF(right - width, top, width, px(22)), _RIGHT, self.told)
        edge = right - width - px(8)
        if n >= TOLD_FROM and n <= 8:
            edge -= n * px(12)
            paint_votes(painter, k, n, edge, top + px(11))
        name, first = self.heap.name, self.first
        box = QRectF(0, top, edge - px(10), px(22))
        self.words(painter, name or first, box, people=not name, weight=600 if name else 400)
        x = 0.0
        for number in self.heap.cards:
            if x > self.width() - px(100 if self.large else 60):
                break
            x = self.chip(painter, number, x, low)
        if self.note:
            painter.setFont(look().font("tiny"))
            painter.setPen(c("on_attn"))
            room = QRectF(x + px(6), low, self.width() - x - px(6), px(18))
            metrics, wide = painter.fontMetrics(), round(room.width())
            fits = metrics.horizontalAdvance(self.note) <= wide
            note = self.note if fits or not self.large else self.large
            painter.drawText(room, _LEFT, metrics.elidedText(note, Qt.TextElideMode.ElideRight, wide))


class UnclearLine(_Line):
    """A card's number and words, and why it is unclear."""

    def __init__(
        self, card: UnclearCard, board: Board, lang: Language, parent: QWidget | None = None
    ) -> None:
        self.number = card.card
        self.text = board.cards[card.card].text if card.card in board.cards else ""
        self.why = why_unclear(card, lang)
        name = lang("Card {n}").format(n=card.card)
        super().__init__(f"{name}, {self.text}. {self.why}", parent)

    def paint(self, painter: QPainter) -> None:
        """Number and words above, the reason below."""
        px = look().px
        x = self.chip(painter, self.number, 0, px(7)) + px(6)
        self.words(painter, self.text, QRectF(x, px(5), self.width() - x, px(22)), people=True)
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("on_attn"))
        painter.drawText(QRectF(x, px(28), self.width() - x, px(18)), _LEFT, self.why)


def told(k: int, n: int, lang: Language) -> str:
    """ "2 av 3", and before three have answered only how many."""
    if n >= TOLD_FROM:
        return lang("{k} of {n}").format(k=k, n=n)
    return (lang("nobody has answered"), lang("one has answered"), lang("two have answered"))[n]


def why_unclear(card: UnclearCard, lang: Language) -> str:
    """Why the room does not agree about a card, in a few words; figures only from three answers."""
    if card.phones < TOLD_FROM:
        return told(0, card.phones, lang)
    n = card.phones
    if card.dont_know >= max(card.alone, card.most, 1):
        return lang("{k} of {n} did not know").format(k=card.dont_know, n=n)
    if card.alone >= max(card.most, 1):
        return lang("{k} of {n} let it stand alone").format(k=card.alone, n=n)
    if card.most > 1 or card.heaps == 1:
        return lang("{k} of {n} put it with {card}").format(k=card.most, n=n, card=card.beside)
    return lang("{n} phones, {m} different heaps").format(n=n, m=card.heaps)
