"""How far the phones have come: a dot for each, in no order that tells who."""

from collections import Counter

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.sorting import Progress


class PhoneDots(QWidget):
    """Dots stacked over how many cards the phone has laid; hollow and amber where it has not begun."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.phones: tuple[Progress, ...] = ()
        self.hand = 12
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_phones(self, phones: tuple[Progress, ...], hand: int) -> None:
        """Shows where the phones are."""
        most = max([hand, *(p.placed for p in phones)])
        if (phones, most) != (self.phones, self.hand):
            self.phones, self.hand = phones, most
            self.setAccessibleName(self._name())
            self.update()

    def _name(self) -> str:
        lang = self.lang
        done = sum(p.placed >= p.dealt for p in self.phones)
        idle = sum(p.placed == 0 for p in self.phones)
        words = [lang.plural("{n} phone", "{n} phones", len(self.phones))]
        words.append(lang.plural("{n} is done", "{n} are done", done))
        words.append(lang.plural("{n} has not begun", "{n} have not begun", idle))
        return ", ".join(words)

    def sizeHint(self) -> QSize:
        return QSize(look().px(430), look().px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(220), look().px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, px = look().colour, look().px
        side, edge = px(14), px(12)
        floor = self.height() - px(24)
        span = min(self.width() - 2 * edge, px(32) * self.hand)
        painter.setPen(QPen(c("control"), 1.5))
        painter.drawLine(edge, floor, round(edge + span), floor)
        painter.setFont(look().font("tiny"))
        painter.setPen(c("ink2"))
        for number in range(0, self.hand + 1, 1 if self.hand <= 8 else 2):
            x = edge + span * number / self.hand
            label = QRectF(x - px(20), floor + px(5), px(40), px(18))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), str(number))
        stacks = Counter(p.placed for p in self.phones)
        for placed, count in stacks.items():
            x = edge + span * placed / self.hand
            step = min(side + px(2), (floor - px(4)) / max(count, 1))
            for level in range(count):
                box = QRectF(x - side / 2, floor - px(3) - side - level * step, side, side)
                if placed:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(c("primary"))
                else:
                    painter.setPen(QPen(c("attn_line"), 2))
                    painter.setBrush(c("surface"))
                    box.adjust(1, 1, -1, -1)
                painter.drawEllipse(box)
