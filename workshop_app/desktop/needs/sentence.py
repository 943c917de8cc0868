"""The need as one sentence, set so that it can be read aloud; what a question is about is underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app.desktop.style import look

BOLD = ("who", "function", "changed")


class SentenceView(QWidget):
    """Shows the pieces of a statement; plain text painted with formats, never markup."""

    def __init__(self, size: str = "live", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._pieces: list[tuple[str, str]] = []
        self._asked: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)

    def show_pieces(self, pieces: Sequence[tuple[str, str]], asked: Sequence[str] = ()) -> None:
        """`pieces` as `model.statement.parts` gives them; `asked` are words that a question is about."""
        self._pieces, self._asked = list(pieces), tuple(a for a in asked if a)
        self.setAccessibleName("".join(text for _kind, text in self._pieces))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(text for _kind, text in self._pieces)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._layout(width).boundingRect().height()) + 2

    def sizeHint(self) -> QSize:
        width = max(self.width(), look().px(300))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().line(self._size))

    def _layout(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text(), look().font(self._size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        y, height = 0.0, look().px(30) if self._size == "live" else look().line(self._size)
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 10))
            line.setPosition(QPointF(0, y))
            y += max(height, line.height())
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        out = []
        at = 0
        for kind, text in self._pieces:
            if kind in BOLD:
                bold = QTextCharFormat()
                bold.setFontWeight(600)
                out.append(self._range(at, len(text), bold))
            at += len(text)
        whole = self.text().casefold()
        for words in self._asked:
            start = whole.find(words.casefold())
            if start >= 0:
                line = QTextCharFormat()
                line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                line.setUnderlineColor(look().colour("focus"))
                out.append(self._range(start, len(words), line))
        return out

    @staticmethod
    def _range(start: int, length: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, length, how  # type: ignore[misc]
        return one

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look().colour("ink"))
        self._layout(self.width()).draw(painter, QPointF(0, 0))
        painter.setPen(Qt.PenStyle.NoPen)
