"""The ladder from wish to need: one rung for each part, on the red thread, with the question that a rung raises."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QTextEdit, QWidget

from workshop_app.desktop.needs.kept import Kept
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
SUPPORT_WIDTH = 92
KNOT = 30  # from the left edge to the label
GAP = 12
NARROW = 460
SETTLE_MS = 600  # typing has stopped: look for questions


class QuestionLine(QFrame):
    """A question about a part, never a verdict. "Keep it, say why" opens one line for the reason."""

    kept = Signal(str, str, str)  # rule, field, reason

    def __init__(
        self, lang: Language, finding: Finding, *, narrow: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setObjectName("question")
        self.setStyleSheet(
            f"#question {{ background: {look().hex('info')}; border-radius: {look().px(6)}px; }}"
        )
        words = PlainLabel(finding.question, weight="semibold", size="small", tone="on_info", wrap=True)
        note = PlainLabel(
            lang("You can save anyway. The wish stays on top."), size="small", tone="on_info", wrap=True
        )
        if finding.severity != "error" or narrow:
            note.hide()
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
        line.addWidget(IconLabel("circle-help", "on_info", 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(words, note, gap=2), 1)
        box = column(line, gap=8, margins=(12, 10, 12, 10))
        if narrow:
            box.addLayout(row(None, self.keep))
        else:
            line.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self.reason)
        self.setLayout(box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def store(self) -> None:
        """Keeps the question with what has been written as its reason, before the page goes."""
        if self.writing and self.reason.text().strip():
            self._press()

    def write(self, reason: str) -> None:
        """Goes on with a reason that somebody had begun to write."""
        self.reason.show()
        self.reason.setText(reason)

    @property
    def writing(self) -> bool:
        """Whether somebody is giving a reason here."""
        return not self.reason.isHidden()

    def _press(self) -> None:
        if self.reason.isHidden():
            self.reason.show()
            self.reason.setFocus()
        elif self.reason.text().strip():
            self.kept.emit(self.finding.rule, self.finding.field, self.reason.text().strip())


class Questions(QWidget):
    """The questions of one place, and those that were kept with a reason. Rebuilt only when they differ."""

    kept = Signal(str, str, str)  # rule, field, reason
    asked_again = Signal(str, str)  # rule, field

    def __init__(self, lang: Language, *, narrow: bool = False) -> None:
        super().__init__()
        self.lang, self.narrow = lang, narrow
        self.lines: list[QuestionLine] = []
        self._shown: object = ((), ())
        self.box = column(gap=6)
        self.setLayout(self.box)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], waived: Sequence[tuple[str, str, str]]) -> None:
        """`findings` are open questions, `waived` are (rule, field, reason)."""
        state = (tuple(findings), tuple(waived))
        same = [(f.rule, f.field) for f in findings] == [
            (x.finding.rule, x.finding.field) for x in self.lines
        ]
        if state == self._shown or (same and any(line.writing for line in self.lines)):
            return
        self._shown = state
        begun = {(x.finding.rule, x.finding.field): x.reason.text() for x in self.lines if x.writing}
        empty_layout(self.box)
        self.lines = []
        for finding in findings:
            line = QuestionLine(self.lang, finding, narrow=self.narrow)
            line.kept.connect(self.kept)
            if (finding.rule, finding.field) in begun:
                line.write(begun[finding.rule, finding.field])
            self.lines.append(line)
            self.box.addWidget(line)
        for rule, field, reason in waived:
            self.box.addWidget(self._waived(rule, field, reason))
        self.setVisible(bool(findings or waived))

    def keep(self) -> None:
        """Stores reasons that are written and not stored."""
        for line in self.lines:
            line.store()

    def _waived(self, rule: str, field: str, reason: str) -> QWidget:
        said = self.lang("Kept, because: {reason}").format(reason=reason)
        words = PlainLabel(said, size="small", tone="ink2", wrap=True)
        again = Button(self.lang("Ask again"), role="quiet")
        again.clicked.connect(lambda: self.asked_again.emit(rule, field))
        line = QWidget()
        box = row(gap=8)
        box.addWidget(words, 1)
        box.addWidget(again)
        line.setLayout(box)
        return line


class TitleArea(TextArea):
    """A heading that can be written in: no taller than its words, and flush with what stands under it."""

    def __init__(self, lines: int = 1, limit: int = 0, *, people: bool = False) -> None:
        super().__init__(lines, limit, people=people)
        self.document().setDocumentMargin(0)

    def sizeHint(self) -> QSize:
        line = QFontMetrics(look().font("title", 600)).lineSpacing()
        lines = max(self.lines, min(self.document().size().height(), 4))
        return QSize(look().px(200), round(line * lines) + look().px(6))


class OnThread(QWidget):
    """A widget that the thread passes through; `changed` when its words do."""

    changed = Signal()

    def knot(self) -> QPointF:
        """Where the thread meets it, in its own coordinates."""
        raise NotImplementedError

    @property
    def filled(self) -> bool:
        """Whether it has words."""
        raise NotImplementedError


class Rung(OnThread):
    """One part of the need: its name, the field, which cards speak of it, and what it raises."""

    written = Signal(
        str, str, str
    )  # field name, its text and the edit that it is part of, when it is to be kept
    typing = Signal()  # typing has rested for a while

    def __init__(
        self,
        lang: Language,
        name: str,
        words: str,
        limit: int,
        *,
        lines: int = 1,
        placeholder: str = "",
        look_of: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        kind = TitleArea if look_of == "title" else TextArea
        self.field = kind(lines, limit, people=look_of == "wish")
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(words)
        self.field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kept = Kept(name, self.field)
        self.kept.written.connect(self.written)
        self.support = PlainLabel(size="small", tone="ink2", wrap=True)
        self.questions = Questions(lang)
        self.under: QHBoxLayout | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.typing)
        self.field.textChanged.connect(self._settle.start)
        self.field.textChanged.connect(self.changed)
        self.label = PlainLabel(words, size="small", weight="semibold", wrap=True)
        self.label.setBuddy(self.field)
        if look_of == "title":
            self._as_title()
        else:
            self._as_rung(dashed=look_of == "wish")

    def _as_title(self) -> None:
        """The name of the need as the page's heading; it looks like a field only when it is used as one."""
        self.field.setProperty("textsize", "title")
        frame, focus = look().hex("control"), look().hex("focus")
        self.field.setStyleSheet(
            "QPlainTextEdit { background: transparent; border: 1px solid transparent; font-weight: 600;"
            f" padding: 0px; }} QPlainTextEdit:hover {{ border-color: {frame}; }}"
            f" QPlainTextEdit:focus {{ border-color: {focus}; background: {look().hex('surface')}; }}"
        )
        self.setLayout(column(self.field, self.questions, gap=4))
        self.label.hide()
        self.support.hide()

    def _as_rung(self, *, dashed: bool) -> None:
        if dashed:
            self.field.setStyleSheet("QPlainTextEdit { border-style: dashed; }")
        self.support.setFixedWidth(look().px(SUPPORT_WIDTH))
        top = row(gap=GAP)
        top.addSpacing(look().px(KNOT))
        top.addWidget(self.label)
        top.addWidget(self.field, 1)
        top.addWidget(self.support)
        self.under = row(gap=0)
        self.under.addWidget(self.questions, 1)
        self.setLayout(column(top, self.under, gap=6))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(280), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.under is not None:
            narrow = self.width() < look().px(NARROW)
            label = look().px(104 if narrow else LABEL_WIDTH)
            self.label.setFixedWidth(label)
            self.support.setVisible(not narrow)
            self.under.setContentsMargins(look().px(KNOT + GAP) + (0 if narrow else label), 0, 0, 0)

    def show_text(self, text: str) -> None:
        """Shows what is stored, unless something newer is being written here."""
        self.kept.show(text)

    def replace(self, text: str) -> None:
        """Shows the text of another need."""
        self.kept.replace(text)

    def keep(self) -> None:
        """Has what is written stored now."""
        self._settle.stop()
        self.kept.keep()
        self.questions.keep()

    def underline(self, words: Sequence[str]) -> None:
        """Marks the words that a question is about."""
        marks = []
        for found in (w for w in words if w):
            mark = QTextEdit.ExtraSelection()
            cursor: QTextCursor = self.field.document().find(found)
            how = QTextCharFormat()
            how.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            how.setUnderlineColor(look().colour("focus"))
            mark.cursor, mark.format = cursor, how  # type: ignore[attr-defined]
            if not cursor.isNull():
                marks.append(mark)
        self.field.setExtraSelections(marks)

    def knot(self) -> QPointF:
        """Where the thread meets this rung, in its own coordinates."""
        return QPointF(look().px(10), self.field.y() + look().px(19))

    @property
    def filled(self) -> bool:
        """Whether the rung has words."""
        return bool(self.field.text().strip())


class Ladder(QWidget):
    """The rungs on the thread: a filled knot where there are words, a hollow one where there are none."""

    def __init__(self, rungs: Sequence[OnThread], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rungs = list(rungs)
        self.setLayout(column(*rungs, gap=10))
        for rung in self.rungs:
            rung.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = [r.mapToParent(r.knot().toPoint()).toPointF() for r in self.rungs]
        start = QPointF(points[0].x(), -look().px(12))  # it comes from the sentence
        for before, after, rung in zip([start, *points], points, self.rungs, strict=False):
            thick = rung.filled
            painter.setPen(QPen(look().colour("thread" if thick else "line"), look().px(3 if thick else 2)))
            painter.drawLine(before, after)
        for point, rung in zip(points, self.rungs, strict=True):
            painter.setPen(QPen(look().colour("thread" if rung.filled else "control"), 2))
            painter.setBrush(look().colour("thread" if rung.filled else "bg"))
            radius = look().px(5.5)
            painter.drawEllipse(point, radius, radius)
