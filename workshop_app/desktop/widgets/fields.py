"""Fields to write in: Tab leaves them, Page Down is the clicker's, and their label is their name."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QSpinBox, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets.labels import PlainLabel
from workshop_app.desktop.widgets.parts import column
from workshop_app.model import signs

NOT_OURS = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class TextArea(QPlainTextEdit):
    """Several lines of text that grow with what is written. `left` is told on leaving with changes."""

    left = Signal()

    def __init__(
        self, lines: int = 2, limit: int = 0, *, people: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines, self.limit = lines, limit
        if people:
            self.setProperty("voice", "people")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(
            1
        )  # so that one line is as high as a field of one line, and begins where it does
        self._at_start = ""
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Shows another text unless it is there already, so that the cursor stays."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self._at_start = text

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self.font()).lineSpacing()
        wanted = max(self.lines, min(self.document().size().height(), 8))
        return QSize(look().px(200), round(line * wanted) + look().px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def _changed(self) -> None:
        # nothing is cut: what is too long stays here, and the refusal says by how much
        over = bool(self.limit) and signs.over(self.toPlainText(), self.limit) > 0
        if over != self.property("over"):
            self.setProperty("over", over)
            self.style().unpolish(self)
            self.style().polish(self)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in NOT_OURS:
            event.ignore()
            return False
        return super().event(event)

    def focusInEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        self._at_start = self.toPlainText()
        super().focusInEvent(event)

    def focusOutEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().focusOutEvent(event)
        if self.toPlainText() != self._at_start:
            self._at_start = self.toPlainText()
            self.left.emit()


class Field(QWidget):
    """A label over a field; the label is the field's name, a hint stands under it."""

    def __init__(self, words: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel(words, size="small", weight="semibold", wrap=True)
        self.label.setBuddy(field)
        field.setAccessibleName(words)
        self.field = field
        box = column(self.label, field, gap=4)
        if hint:
            field.setAccessibleDescription(hint)
            box.addWidget(PlainLabel(hint, size="small", tone="ink2", wrap=True))
        self.setLayout(box)


def line_edit(text: str = "", placeholder: str = "", limit: int = 200) -> QLineEdit:
    """One line to write in."""
    edit = QLineEdit(text)
    edit.setPlaceholderText(placeholder)
    edit.setMaxLength(limit)
    return edit


def number_edit(low: int, high: int, value: int, suffix: str = "") -> QSpinBox:
    """A whole number to write, or to change with the arrow keys."""
    edit = QSpinBox()
    edit.setRange(low, high)
    edit.setSuffix(suffix)
    edit.setValue(value)
    edit.lineEdit().setTextMargins(look().px(8), 0, 0, 0)  # Qt leaves out a style sheet's padding here
    return edit


def choice(rows: list[tuple[str, str]], chosen: str = "") -> QComboBox:
    """A list to choose in: (value, words)."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    for value, words in rows:
        box.addItem(words, value)
    place = box.findData(chosen)
    box.setCurrentIndex(max(place, 0))
    return box
