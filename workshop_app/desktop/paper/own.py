"""What a format lets the leader choose for its print: an earlier time to compare with, and which ideas may be shared."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFrame, QVBoxLayout

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, PlainLabel, SectionLabel, choice, column, row
from workshop_app.model.answers import Outcome
from workshop_app.model.summary import SHARED_IDEAS, WORST_POINT, Earlier
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

COMPARES, SPRINT = "maturity", "sprint"  # results of a format that have choices of their own
OWN_CHOICES = (COMPARES, SPRINT)
IDEAS, MAP = "ideas", "map"


def earlier_of(place: Path) -> Earlier:
    """The scales of another session file, read and closed again."""
    with SessionFile.read(place) as file:
        return queries.earlier(file)


class FormatChoices(QFrame):
    """Nothing for most formats; `changed` says that another comparison is wanted."""

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge, lang = bridge, bridge.lang
        self.earlier: Earlier | None = None
        self.result = bridge.get(queries.format_of).result
        self.ticks: dict[int, QCheckBox] = {}
        self.worst: QComboBox | None = None
        self._shown: object = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(look().px(4))
        self.compare = Button(lang("Compare with last time …"), icon="history")
        self.told = PlainLabel(size="small", tone="ink2", wrap=True)
        self.compare.clicked.connect(self._compare)
        box = column(gap=6, margins=(10, 8, 10, 8))
        if self.result == COMPARES:
            box.addWidget(self.compare)
            box.addWidget(self.told)
        box.addLayout(self.rows)
        self.setLayout(box)
        self._say()
        self.refresh()

    # Compare ----------------------------------------------------------------------

    def _compare(self) -> None:
        """Asks for an earlier session, or lets go of the one that is compared with."""
        lang = self.bridge.lang
        if self.earlier is not None:
            self._take(None)
            return
        name, _ = QFileDialog.getOpenFileName(
            self, lang("The session of last time"), str(self.bridge.file.path.parent), "*.behov"
        )
        if name:
            self.bridge.in_background(lambda: earlier_of(Path(name)), self._take)

    def _take(self, earlier: Earlier | None) -> None:
        self.earlier = earlier
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        lang, now = self.bridge.lang, self.earlier
        self.compare.setText(lang("Compare with last time …") if now is None else lang("Stop comparing"))
        words = " · ".join(x for x in (now.title, now.day) if x) if now else ""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    # A sprint ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the ideas and the steps of the map as they are now; built anew only when they have changed."""
        if self.result != SPRINT:
            return
        said = self.bridge.get(queries.step_results, IDEAS).said
        names: dict[int, str] = {}
        for one in said:
            names.setdefault(one.answer, one.words)
        steps = self.bridge.get(queries.outcomes, MAP)
        now = (tuple(names.items()), steps)
        if now != self._shown:
            self._shown = now
            self._build(names, steps)

    def _build(self, names: dict[int, str], steps: tuple[Outcome, ...]) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lang, settings = self.bridge.lang, self.bridge.get(queries.session).settings
        allowed, self.ticks, self.worst = settings.get(SHARED_IDEAS, "").split(), {}, None
        if names:
            self.rows.addWidget(SectionLabel(lang("Ideas that may be shared")))
        for answer, name in names.items():
            self.rows.addWidget(self._idea(answer, name, str(answer) in allowed))
        if steps:
            self.rows.addWidget(SectionLabel(lang("The worst point of the map")))
            words = [(str(o.id), o.fields.get("step", "–")) for o in steps]
            self.worst = choice([("", lang("None marked")), *words], settings.get(WORST_POINT, ""))
            self.worst.setAccessibleName(lang("The worst point of the map"))
            self.worst.currentIndexChanged.connect(self._mark)
            self.rows.addWidget(self.worst)

    def _idea(self, answer: int, name: str, on: bool) -> QFrame:
        tick, line = QCheckBox(), QFrame()
        tick.setFixedWidth(look().px(22))
        tick.setChecked(on)
        tick.setAccessibleName(self.bridge.lang("May be shared: {idea}").format(idea=name))
        tick.setToolTip(self.bridge.lang("Tick only when the one who owns the idea has agreed."))
        tick.toggled.connect(self._share)
        self.ticks[answer] = tick
        words = PlainLabel(name, wrap=True)
        box = row(tick, words, gap=6)
        box.setStretchFactor(words, 1)
        line.setLayout(box)
        return line

    def _share(self, _on: bool) -> None:
        value = " ".join(str(answer) for answer, tick in self.ticks.items() if tick.isChecked())
        self.bridge.do(actions.session.set_setting, key=SHARED_IDEAS, value=value)

    def _mark(self, _place: int) -> None:
        value = str(self.worst.currentData()) if self.worst is not None else ""
        self.bridge.do(actions.session.set_setting, key=WORST_POINT, value=value)
