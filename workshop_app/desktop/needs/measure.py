"""The last rung: what is measured and when, how it is today, how it should be, in which unit. Free to leave empty."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.needs.ladder import GAP, KNOT, LABEL_WIDTH, NARROW, SUPPORT_WIDTH, OnThread
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, column, row
from workshop_app.i18n import N_, Language
from workshop_app.model.need import FIELDS, Need

PARTS = (
    ("measure", N_("What is measured")),
    ("measured_when", N_("When it is measured")),
    ("today", N_("Today")),
    ("target", N_("Target")),
    ("unit", N_("Unit")),
)


class MeasureRung(OnThread):
    """Five short texts on one rung of the thread; each is stored by itself."""

    written = Signal(str, str, str)  # field name, its text and the edit that it is part of

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.label = PlainLabel(lang("Measure"), size="small", weight="semibold", wrap=True)
        self.support = PlainLabel(size="small", tone="ink2", wrap=True)
        self.support.setFixedWidth(look().px(SUPPORT_WIDTH))
        self.kept: list[Kept] = []
        boxes = [self._part(name, lang(words)) for name, words in PARTS]
        what, figures = row(*boxes[:2], gap=8), row(*boxes[2:], gap=8)
        what.setStretch(0, 2)
        for line, places in ((what, range(1, 2)), (figures, range(3))):
            for place in places:
                line.setStretch(place, 1)
        top = row(gap=GAP)
        top.addSpacing(look().px(KNOT))
        self.label.setContentsMargins(0, look().px(26), 0, 0)  # beside the first field
        top.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(column(what, figures, gap=6), 1)
        top.addWidget(self.support)
        self.setLayout(top)

    def _part(self, name: str, words: str) -> QVBoxLayout:
        field = QLineEdit()
        field.setMaxLength(FIELDS[name])
        field.setAccessibleName(words)
        field.setMinimumWidth(look().px(60))
        kept = Kept(name, field)
        kept.written.connect(self.written)
        field.textChanged.connect(lambda _text: self.changed.emit())
        self.kept.append(kept)
        said = PlainLabel(words, size="tiny", tone="ink2")
        said.setBuddy(field)
        return column(said, field, gap=2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(NARROW)
        self.label.setFixedWidth(look().px(104 if narrow else LABEL_WIDTH))
        self.support.setVisible(not narrow)

    def show_need(self, need: Need, *, other: bool) -> None:
        """Shows what is stored; `other`: it is another need than before."""
        for one in self.kept:
            text = need.fields[one.name]
            one.replace(text) if other else one.show(text)

    def texts(self) -> dict[str, str]:
        """What is written, by field name."""
        return {one.name: one.field.text().strip() for one in self.kept}

    def keep(self) -> None:
        """Has what is written stored now."""
        for one in self.kept:
            one.keep()

    def knot(self) -> QPointF:
        """Where the thread meets this rung, in its own coordinates."""
        field = self.kept[0].field
        return QPointF(look().px(10), field.y() + field.height() / 2)

    @property
    def filled(self) -> bool:
        """Whether the rung has words."""
        return any(self.texts().values())
