"""The left side of the summary: for whom, which parts, in which language, and whether this is final."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QRadioButton, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.paper.made import ALWAYS, EDITIONS, Order, Part
from workshop_app.desktop.paper.own import OWN_CHOICES, FormatChoices
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    IconLabel,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionLabel,
    choice,
    column,
    fill_row,
    row,
)
from workshop_app.i18n import available, own_name

WIDE = 256
LOW = 480  # height at 100 % under which nothing stands still


class PartRow(QFrame):
    """A part of the contents: the tick takes it in or out, a press on its name shows its first page."""

    pressed = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, bridge: Bridge, part: Part) -> None:
        super().__init__()
        self.key, self.here = part.key, False
        name = bridge.lang(part.name)
        self.tick = QCheckBox()
        self.tick.setAccessibleName(name)
        self.tick.setChecked(True)
        self.tick.setFixedWidth(look().px(24))  # without words it would keep the room for them
        self.name = PlainLabel(name, wrap=True)
        self.count = PlainLabel(size="base", tone="ink2")
        self.count.setMinimumWidth(look().px(20))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if part.key == ALWAYS:
            self.tick.setEnabled(False)
            self.tick.setToolTip(bridge.lang("Always there: the sum shows that nothing was left out."))
        self.tick.toggled.connect(lambda on: self.ticked.emit(self.key, on))
        line = row(self.tick, self.name, self.count, gap=6, margins=(10, 3, 10, 3))
        line.setStretchFactor(self.name, 1)
        self.setLayout(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(look().px(30))

    def show_part(self, pages: int, printed: bool) -> None:
        """Shows how many pages the part takes, or would take."""
        self.count.setText(str(pages) if pages else "")
        self.name.set_tone("ink" if printed else "ink2")
        self.tick.blockSignals(True)
        self.tick.setChecked(printed)
        self.tick.blockSignals(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if printed else Qt.CursorShape.ArrowCursor)

    def mark(self, here: bool) -> None:
        """Shows whether the page that is read belongs to this part."""
        if here != self.here:
            self.here = here
            self.name.set_weight("semibold" if here else "regular")
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.here:
            fill_row(self)


class Choices(QFrame):
    """What is to be printed; `changed` says that something else is wanted."""

    changed = Signal()
    part_asked = Signal(str)
    final_asked = Signal(bool)

    def __init__(self, bridge: Bridge, code: str) -> None:
        super().__init__()
        lang, self.bridge = bridge.lang, bridge
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look().px(WIDE))
        self.without: set[str] = set()
        self._counts: dict[str, int] = {}
        self.parts: dict[str, PartRow] = {}
        self.editions = QButtonGroup(self)
        radios = column(gap=6, margins=(10, 4, 0, 0))
        for name, words in EDITIONS.items():
            button = QRadioButton(lang(words))
            button.setProperty("edition", name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a press the arrows still turn pages
            self.editions.addButton(button)
            radios.addWidget(button)
        self.editions.buttons()[0].setChecked(True)
        self.editions.buttonToggled.connect(lambda _button, on: self.changed.emit() if on else None)
        self.final = QCheckBox(lang("This is the final version"))
        self.final.setToolTip(lang("Otherwise every page says that it is a draft."))
        self.final.toggled.connect(self.final_asked)
        self.language = choice([(c, own_name(c)) for c in available()], code)
        self.language.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.language.setAccessibleName(lang("Language of the print"))
        self.language.setToolTip(lang("Language of the print"))
        self.language.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.rows.setContentsMargins(0, 0, 0, 0)
        pages = PlainLabel(lang("pages"), size="small", tone="ink2")
        head = row(margins=(10, 0, 10, 0))
        head.addWidget(SectionLabel(lang("Contents")), 1)
        head.addWidget(pages)
        sheet = ScrollColumn(gap=6, margins=(12, 18, 12, 12))
        self.own = FormatChoices(bridge)
        self.own.changed.connect(self.changed)
        edition = self._indented(SectionLabel(lang("Edition")))
        own = (self.own,) if self.own.result in OWN_CHOICES else ()
        for item in (edition, radios, *own, 6, Rule(), 4, head, self.rows):
            self._put(sheet, item)
        sheet.body.addStretch(1)
        choose = row(IconLabel("languages", "ink2", 18), self.language, gap=10)
        choose.setStretchFactor(self.language, 1)
        self.sheet = sheet
        self.foot = QFrame()
        self.foot.setProperty("edge", "top")
        self.foot.setLayout(column(self.final, choose, gap=10, margins=(22, 12, 16, 16)))
        self.box = column(sheet, self.foot, gap=0)
        self.box.setStretchFactor(sheet, 1)
        self.setLayout(self.box)

    def _indented(self, widget: QWidget) -> QVBoxLayout:
        return column(widget, margins=(10, 0, 10, 0))

    def _put(self, sheet: ScrollColumn, item: object) -> None:
        if isinstance(item, int):
            sheet.body.addSpacing(look().px(item))
        elif isinstance(item, QWidget):
            sheet.body.addWidget(item)
        else:
            sheet.body.addLayout(item)  # type: ignore[arg-type]

    def order(self) -> Order:
        """What is wanted now."""
        chosen = self.editions.checkedButton()
        edition = str(chosen.property("edition")) if chosen is not None else "open"
        return Order(edition, self.language.currentData(), frozenset(self.without), self.own.earlier)

    def show_parts(self, parts: Iterable[Part]) -> None:
        """Shows the parts of an edition; a part that is left out keeps the number of pages it would take."""
        shown = list(parts)
        if [p.key for p in shown] != list(self.parts):
            self._list(shown)
        for part in shown:
            if part.first:
                self._counts[part.key] = part.pages
            self.parts[part.key].show_part(self._counts.get(part.key, 0), part.first > 0)

    def _list(self, parts: list[Part]) -> None:
        for one in self.parts.values():
            self.rows.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.parts = {}
        for part in parts:
            line = PartRow(self.bridge, part)
            line.pressed.connect(self.part_asked)
            line.ticked.connect(self._tick)
            self.parts[part.key] = line
            self.rows.addWidget(line)

    def _tick(self, key: str, on: bool) -> None:
        if on:
            self.without.discard(key)
        else:
            self.without.add(key)
        self.changed.emit()

    def mark(self, key: str) -> None:
        """Shows to which part the page that is read belongs."""
        for name, line in self.parts.items():
            line.mark(name == key)

    def show_final(self, final: bool) -> None:
        """Shows whether this version is marked as final."""
        self.final.blockSignals(True)
        self.final.setChecked(final)
        self.final.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        body: QVBoxLayout = self.sheet.body if self.height() < look().px(LOW) else self.box
        if body.indexOf(self.foot) < 0:  # where there is little height the foot scrolls with the rest
            for other in (self.sheet.body, self.box):
                other.removeWidget(self.foot)
            body.addWidget(self.foot)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(look().px(WIDE))
