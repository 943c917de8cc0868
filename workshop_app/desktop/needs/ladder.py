"""The ladder from wish to need: one rung for each part, on the red thread, with the question that a rung raises."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    IconLabel,
    PlainLabel,
    TextArea,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.lint import Finding

LABEL_WIDTH = 150
SUPPORT_WIDTH = 88
SETTLE_MS = 600  # typing has stopped: look for questions
KEEP_MS = 1500  # and store what is written


class QuestionLine(QFrame):
    """A question about a rung, never a verdict. "Keep it, say why" opens one line for the reason."""

    kept = Signal(str, str, str)  # rule, field, reason

    def __init__(self, lang: Language, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("ground", "info")
        self.setObjectName("question")
        self.setStyleSheet(
            f"#question {{ background: {look().hex('info')}; border-radius: {look().px(6)}px; }}"
        )
        words = PlainLabel(finding.question, weight="semibold", size="small", tone="on_info", wrap=True)
        note = PlainLabel(
            lang("You can save anyway. The wish stays on top."), size="small", tone="on_info", wrap=True
        )
        note.setVisible(finding.severity == "error")
        self.keep = Button(lang("Keep it, say why"))
        self.keep.setAccessibleName(lang("Keep it, say why: {question}").format(question=finding.question))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(lang("Why the words stay. The reason is printed."))
        self.reason.setAccessibleName(lang("Reason"))
        self.reason.hide()
        self.keep.clicked.connect(self._press)
        self.reason.returnPressed.connect(self._press)
        line = row(gap=10)
        line.addWidget(IconLabel("circle-help", "on_info", 18))
        line.addLayout(column(words, note, gap=2), 1)
        line.addWidget(self.keep)
        self.setLayout(column(line, self.reason, gap=8, margins=(12, 10, 12, 10)))

    def _press(self) -> None:
        if not self.reason.isVisible():
            self.reason.show()
            self.reason.setFocus()
        elif self.reason.text().strip():
            self.kept.emit(self.finding.rule, self.finding.field, self.reason.text().strip())


class Rung(QWidget):
    """One part of the need: its name, the field, which cards support it, and what it raises."""

    written = Signal(str, str)  # field name and its text, when it is to be kept
    typing = Signal()

    def __init__(
        self,
        name: str,
        words: str,
        limit: int,
        *,
        lines: int = 1,
        placeholder: str = "",
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self._stored = name, ""
        self.label = PlainLabel(words, size="small", weight="semibold", wrap=True)
        self.label.setFixedWidth(look().px(LABEL_WIDTH))
        self.field = TextArea(lines, limit, people=read_only)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(words)
        self.field.setReadOnly(read_only)
        self.label.setBuddy(self.field)
        self.support = PlainLabel(size="small", tone="ink2", wrap=True)
        self.support.setFixedWidth(look().px(SUPPORT_WIDTH))
        self.questions = column(gap=6)
        self._settle, self._keep = QTimer(self), QTimer(self)
        for timer, wait, handler in (
            (self._settle, SETTLE_MS, self.typing.emit),
            (self._keep, KEEP_MS, self.keep),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(handler)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self.keep)
        top = row(gap=12)
        top.addSpacing(look().px(30))
        top.addWidget(self.label)
        top.addWidget(self.field, 1)
        top.addWidget(self.support)
        under = row(gap=0)
        under.addSpacing(look().px(30 + LABEL_WIDTH + 24))
        under.addLayout(self.questions, 1)
        self.setLayout(column(top, under, gap=6))

    @property
    def dirty(self) -> bool:
        """Whether something is written that is not stored yet."""
        return self.field.text().strip() != self._stored.strip()

    def show_text(self, text: str) -> None:
        """Shows what is stored, unless something newer is being written here."""
        if not self.dirty:
            self.field.blockSignals(True)
            self.field.set_text(text)
            self.field.blockSignals(False)
            self.field.updateGeometry()
        self._stored = text

    def replace(self, text: str) -> None:
        """Shows the text of another need; what was written before has been kept already."""
        self._stored = self.field.text()
        self.show_text(text)

    def show_questions(self, lines: Sequence[QWidget]) -> None:
        """Puts the questions of this rung under its field."""
        empty_layout(self.questions)
        for line in lines:
            self.questions.addWidget(line)

    def keep(self) -> None:
        """Has what is written stored now."""
        self._keep.stop()
        self._settle.stop()
        if self.dirty and not self.field.isReadOnly():
            self._stored = self.field.text()
            self.written.emit(self.name, self.field.text())

    def _typed(self) -> None:
        self._settle.start()
        self._keep.start()

    def knot(self) -> QPointF:
        """Where the thread meets this rung, in its own coordinates."""
        return QPointF(look().px(10), self.field.y() + look().px(18))

    @property
    def filled(self) -> bool:
        """Whether the rung has words."""
        return bool(self.field.text().strip())


class Ladder(QWidget):
    """The rungs on the thread: a filled knot where there are words, a hollow one where there are none."""

    def __init__(self, rungs: Sequence[Rung], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rungs = list(rungs)
        self.setLayout(column(*self.rungs, gap=8))
        for rung in self.rungs:
            rung.field.textChanged.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = [r for r in self.rungs if r.isVisible()]
        points = [r.mapToParent(r.knot().toPoint()).toPointF() for r in shown]
        for before, after, rung in zip(points, points[1:], shown[1:], strict=False):
            tone = "thread" if rung.filled else "line"
            painter.setPen(QPen(look().colour(tone), look().px(3) if rung.filled else look().px(2)))
            painter.drawLine(before, after)
        for point, rung in zip(points, shown, strict=True):
            painter.setPen(QPen(look().colour("thread" if rung.filled else "control"), 2))
            painter.setBrush(look().colour("thread" if rung.filled else "bg"))
            radius = look().px(5.5)
            painter.drawEllipse(point, radius, radius)


def keep_all(rungs: Sequence[Rung]) -> None:
    """Stores whatever is written and not stored, for example when the page is left."""
    for rung in rungs:
        rung.keep()
