"""Labels that show text as text: whatever somebody typed can never become markup, a link or a picture."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from workshop_app.desktop.style import look


class PlainLabel(QLabel):
    """A QLabel of always plain text. `size` is a name of the type scale, `weight` regular to bold."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "base",
        weight: str = "regular",
        tone: str = "ink",
        wrap: bool = False,
        select: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        for name, value in (("textsize", size), ("weight", weight), ("tone", tone)):
            self.setProperty(name, value)
        if wrap:
            # A wrapped label says its height for its width only if the layout may ask for it.
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def set_tone(self, tone: str) -> None:
        """Changes the colour token of the text."""
        self._wear("tone", tone)

    def set_weight(self, weight: str) -> None:
        """Changes the weight of the text."""
        self._wear("weight", weight)

    def _wear(self, name: str, value: str) -> None:
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)
            self.style().polish(self)


class Heading(PlainLabel):
    """The title of a page or of a section; screen readers are told by its accessible name."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "title",
        tone: str = "ink",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size=size, weight="semibold", tone=tone, wrap=wrap, parent=parent)


class SectionLabel(PlainLabel):
    """The small heading over a part of a panel: "Vilka är här"."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, size="small", weight="semibold", tone="ink2", wrap=True, parent=parent)


class VerbatimLabel(PlainLabel):
    """What somebody said, word for word, in the serif that means just that."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "large",
        tone: str = "ink",
        wrap: bool = True,
        select: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size=size, tone=tone, wrap=wrap, select=select, parent=parent)
        self.setProperty("voice", "people")


class ElidedLabel(QWidget):
    """One line that ends in an ellipsis where there is no room; the whole text is its accessible name."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "base",
        weight: int = 400,
        tone: str = "ink",
        people: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._weight, self.tone, self._people = size, weight, tone, people
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Shows another text; line breaks become blanks in the one line, the whole stays in the name."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(
            metrics.horizontalAdvance(self._line()) + 2, max(metrics.height(), look().line(self._size))
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(40), self.sizeHint().height())

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(look().font(self._size, self._weight, people=self._people))

    def _line(self) -> str:
        return " ".join(self._text.split())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font(self._size, self._weight, people=self._people))
        painter.setPen(look().colour(self.tone))
        line = painter.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)


def tip(widget: QWidget, text: str) -> None:
    """A tooltip that is always plain text; Qt would take `<b>` in a typed title for markup."""
    shown = f"<span>{html.escape(text)}</span>" if "<" in text or "&" in text else text
    if shown != widget.toolTip():
        widget.setToolTip(shown)


class Rule(QFrame):
    """A thin line between parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        self.setFixedHeight(1)
