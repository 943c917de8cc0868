"""Votes counted from raised hands or paper: how many said 1, 2, 3, 4, 5 and don't know, for each criterion."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QRadioButton

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.counts import number_field
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Heading, PlainLabel, column, row
from workshop_app.model import rating
from workshop_app.model.need import Need

GIVEN = ("1", "2", "3", "4", "5", "dk")
MOST = actions.rate.MOST
DOTS = ("dots", "")  # where the dots stand among the fields
NARROW = 520


class HandVotes(QFrame):
    """A table to fill in, opened on the page itself; the first criterion has the focus."""

    closed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.need: Need | None = None
        self.counts: dict[tuple[str, str], QLineEdit] = {}
        self._drafts: dict[int, dict[tuple[str, str], str]] = {}  # need -> what was filled in and not saved
        lang = bridge.lang
        self.setProperty("panel", True)
        self.head = Heading(size="lead")
        self.hands = QRadioButton(lang("Raised hands"))
        self.paper = QRadioButton(lang("On paper"))
        self.paper.setChecked(True)
        self.save = Button(lang("Save the votes"), role="tint", icon="check", key="Ctrl+Enter")
        self.cancel = Button(lang("Close"), role="quiet")
        self.total = PlainLabel(size="small", tone="ink2")
        self.save.clicked.connect(self.store)
        self.cancel.clicked.connect(self.closed)
        self.grid = grid = QGridLayout()
        self.names: list[PlainLabel] = []
        self._narrow = False
        grid.setHorizontalSpacing(look().px(8))
        grid.setVerticalSpacing(look().px(6))
        for place, given in enumerate(GIVEN, 1):
            said = given if given != "dk" else lang("don't know")
            words = PlainLabel(said, size="small", tone="ink2", wrap=given == "dk")
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(words, 0, place)
        for line, criterion in enumerate(rating.criteria(lang.code), 1):
            name = PlainLabel(criterion.name, weight="semibold")
            name.setToolTip(criterion.question)
            self.names.append(name)
            grid.addWidget(name, 2 * line, 0)
            for place, given in enumerate(GIVEN, 1):
                grid.addWidget(self._field(criterion, given), 2 * line, place)
        grid.setColumnStretch(7, 1)
        self.dots = number_field(lang("Dots on the need"), MOST)
        self.dots.textChanged.connect(lambda _text: self._count())
        self.fields = {**self.counts, DOTS: self.dots}
        dots = row(PlainLabel(lang("Dots on the need"), weight="semibold"), self.dots, None)
        hint = PlainLabel(
            lang("How many answered each figure. They are added to the answers from the phones."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.forms = Button(lang("Form by form instead"), role="quiet", icon="file-text")
        source = row(self.paper, self.hands, None, self.forms, gap=20)
        foot = row(self.save, self.cancel, self.total, None)
        self.setLayout(column(self.head, hint, source, grid, dots, 4, foot, gap=10, margins=(20, 16, 20, 16)))
        self._count()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            for line, name in enumerate(self.names, 1):
                self.grid.removeWidget(name)
                self.grid.addWidget(name, 2 * line - narrow, 0, 1, 7 if narrow else 1)

    def _field(self, criterion: rating.Criterion, given: str) -> QLineEdit:
        field = QLineEdit()
        field.setValidator(QIntValidator(0, MOST, field))
        field.setMaxLength(3)
        field.setFixedWidth(look().px(46))
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        what = given if given != "dk" else self.bridge.lang("don't know")
        field.setAccessibleName(f"{criterion.name}, {what}")
        field.textChanged.connect(lambda _text: self._count())
        self.counts[criterion.key, given] = field
        return field

    def votes(self) -> dict[str, dict[str, int]]:
        """What is filled in: criterion -> given answer -> how many."""
        out: dict[str, dict[str, int]] = {}
        for (criterion, given), field in self.counts.items():
            if field.text().isdigit() and int(field.text()):
                out.setdefault(criterion, {})[given] = int(field.text())
        return out

    def _count(self) -> None:
        sums = [sum(v.values()) for v in self.votes().values()]
        lang = self.bridge.lang
        self.total.setText(lang.plural("{n} vote", "{n} votes", sum(sums)) if sums else "")
        self.save.setEnabled(bool(sums) or self._dots() > 0)

    def _dots(self) -> int:
        return int(self.dots.text()) if self.dots.text().isdecimal() else 0

    def show_need(self, need: Need | None) -> None:
        """Says which need the votes are for; what is filled in for another need waits until it is shown again."""
        if need is not None and (self.need is None or need.id != self.need.id):
            if self.need is not None:
                self._drafts[self.need.id] = {k: f.text() for k, f in self.fields.items()}
            draft = self._drafts.get(need.id, {})
            for key, field in self.fields.items():
                field.setText(draft.get(key, ""))
        self.need = need
        if need is not None:
            self.head.setText(self.bridge.lang("Votes from the room for need {n}").format(n=need.number))

    def clear(self) -> None:
        """Empties the table."""
        for field in self.fields.values():
            field.clear()

    def store(self) -> None:
        """Enters the votes, one step of undo for each criterion."""
        if self.need is None or not self.isVisible():
            return
        source = "paper" if self.paper.isChecked() else "hands"
        for criterion, votes in self.votes().items():
            self.bridge.do(
                actions.rate.hand_votes,
                need=self.need.id,
                criterion=criterion,
                votes=votes,
                source=source,
            )
        if dots := self._dots():
            self.bridge.do(actions.rate.hand_dots, need=self.need.id, dots=dots, source=source)
        self.clear()
        self.closed.emit()
