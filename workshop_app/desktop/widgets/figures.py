"""Numbers you see across a room, and small drawings of how it goes; all painted, none of them rolling."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.style import look


class Counter(QWidget):
    """A large number over what it counts: 37, "utmaningar mottagna"."""

    def __init__(self, caption: str = "", size: str = "counter", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_name, self._value, self._caption = size, "0", caption
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)
        self._name()

    def show_value(self, value: object, caption: str | None = None) -> None:
        """Shows a number (or "12 av 13"), perhaps with another caption."""
        shown = str(value), self._caption if caption is None else caption
        if shown == (self._value, self._caption):
            return
        before = self.sizeHint()
        self._value, self._caption = shown
        self._name()
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def value(self) -> str:
        """The number as shown."""
        return self._value

    def _name(self) -> None:
        self.setAccessibleName(f"{self._value} {self._caption}")

    def _ascent(self) -> int:
        return QFontMetrics(look().font(self.size_name, 700)).capHeight()

    def sizeHint(self) -> QSize:
        number = QFontMetrics(look().font(self.size_name, 700)).horizontalAdvance(self._value)
        words = QFontMetrics(look().font("large")).horizontalAdvance(self._caption)
        return QSize(max(number, words) + look().px(4), self._ascent() + look().px(16) + look().line("large"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look().colour("ink"))
        painter.setFont(look().font(self.size_name, 700))
        words = look().line("large")
        painter.drawText(0, self.height() - words - look().px(10), self._value)
        painter.setFont(look().font("large"))
        area = QRectF(0, self.height() - words, self.width(), words)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._caption)


class InflowBars(QWidget):
    """New cards per minute; the minute that is not over yet is an outline."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = caption
        self.counts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(caption)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Shows one bar a minute, the last being the one that runs."""
        if tuple(counts) != self.counts:
            self.counts = tuple(counts)
            self.setAccessibleDescription(", ".join(str(n) for n in counts))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(260), look().px(106))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(106))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = look().px
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("ink2"))
        caption = QRectF(0, self.height() - px(16), self.width(), px(16))
        painter.drawText(caption, int(Qt.AlignmentFlag.AlignLeft), self.caption)
        step = px(31)
        room = max(int(self.width() // step), 1)
        first = max(len(self.counts) - room, 0)
        shown = self.counts[first:]
        top = max(*shown, 3) if len(shown) > 1 else max([*shown, 3])
        floor, tallest = self.height() - px(42), self.height() - px(48)
        for place, count in enumerate(shown):
            running = first + place == len(self.counts) - 1
            height = max(tallest * count / top, px(4) if running or count else 2)
            box = QRectF(place * step, floor - height, px(26), height)
            painter.setPen(QPen(look().colour("primary"), 2) if running else Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("surface") if running else look().colour("primary"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, 0) if running else box, px(2), px(2))
            painter.setPen(look().colour("ink2"))
            label = QRectF(place * step, floor + px(3), px(26), px(18))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), str(first + place + 1))


class ShareBar(QWidget):
    """A share as a bar with a line at the share that is asked for, and a word at the line."""

    def __init__(
        self, line_at: float | None = None, line_words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.share, self.line_at, self.line_words = 0.0, line_at, line_words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, name: str = "") -> None:
        """Shows a share from 0 to 1; `name` is what screen readers say."""
        self.share = max(0.0, min(share, 1.0))
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(46 if self.line_at is not None else 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, width = look().px, self.width()
        bar = QRectF(0, 0, width, px(14)).translated(0, px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("surface2"))
        painter.drawRoundedRect(bar, px(4), px(4))
        if self.share:
            painter.setBrush(look().colour("primary"))
            painter.drawRoundedRect(
                QRectF(bar.x(), bar.y(), max(width * self.share, px(8)), bar.height()), px(4), px(4)
            )
        if self.line_at is None:
            return
        x = width * self.line_at
        painter.setPen(QPen(look().colour("ink"), 2))
        painter.drawLine(round(x), 0, round(x), px(22))
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("ink2"))
        words = QFontMetrics(painter.font()).horizontalAdvance(self.line_words)
        left = min(max(x - words / 2, 0), max(width - words, 0))
        painter.drawText(
            QRectF(left, px(25), words + 2, px(18)), int(Qt.AlignmentFlag.AlignLeft), self.line_words
        )


class TimeBar(QWidget):
    """How much of the step's time has gone; full and amber when it is over, and nothing more happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gone, self.over = 0.0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_gone(self, gone: float, over: bool) -> None:
        """Shows the share of the time that has gone."""
        if (round(gone, 3), over) != (round(self.gone, 3), self.over):
            self.gone, self.over = max(0.0, min(gone, 1.0)), over
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(look().colour("surface2"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setBrush(look().colour("attn_line" if self.over else "primary"))
        if self.gone > 0:
            painter.drawRoundedRect(
                QRectF(0, 0, max(self.width() * self.gone, self.height()), self.height()), radius, radius
            )


class DotRow(QWidget):
    """One dot a person, with the number after it: the dots are for the eye, the number for the ear."""

    def __init__(self, count: int = 0, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count, self.most = count, most
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(count))

    def show_count(self, count: int) -> None:
        """Shows another number."""
        if count != self.count:
            self.count = count
            self.setAccessibleName(str(count))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        dots = min(self.count, self.most)
        words = QFontMetrics(look().font("small", 700)).horizontalAdvance(str(self.count))
        return QSize(dots * look().px(14) + max(words, look().px(10)) + look().px(8), look().line("small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("primary"))
        side, middle = look().px(11), self.height() / 2
        for place in range(min(self.count, self.most)):
            painter.drawEllipse(QRectF(place * look().px(14), middle - side / 2, side, side))
        painter.setPen(look().colour("ink"))
        painter.setFont(look().font("small", 700))
        painter.drawText(
            self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), str(self.count)
        )


class TimerView(QWidget):
    """Time left, in digits that stand still. Over time it counts up with a plus; it never stops anything."""

    def __init__(self, size: str = "timer", *, to_right: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_name, self.seconds, self.still, self.to_right = size, 0, False, to_right
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def show_left(self, seconds: int, still: bool = False) -> None:
        """Shows the seconds left (negative: over time); `still` dims it while the clock stands."""
        if (seconds, still) != (self.seconds, self.still):
            if len(clock_text(seconds)) != len(clock_text(self.seconds)):
                self.updateGeometry()
            self.seconds, self.still = seconds, still
            self.setAccessibleName(clock_text(seconds))
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look().font(self.size_name, 700, even_digits=True))
        shown = max("00:00", clock_text(self.seconds), key=len)
        return QSize(metrics.horizontalAdvance(shown) + look().px(2), round(metrics.capHeight() * 1.35))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = "ink2" if self.still else "on_attn" if self.seconds < 0 else "ink"
        painter.setPen(look().colour(tone))
        painter.setFont(look().font(self.size_name, 700, even_digits=True))
        metrics = painter.fontMetrics()
        words = clock_text(self.seconds)
        left = self.width() - metrics.horizontalAdvance(words) - 1 if self.to_right else 0
        painter.drawText(left, round(self.height() / 2 + metrics.capHeight() / 2), words)


def clock_text(seconds: int) -> str:
    """Seconds as 12:40, over an hour as 1:02:40, over time as +2:05."""
    sign, rest = ("+", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"
