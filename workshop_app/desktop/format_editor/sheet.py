"""A page of the editor: panels of parts, and each fault told at the part nearest to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.open_panel import OpenPanel
from workshop_app.desktop.format_editor.parts import Part
from workshop_app.desktop.format_editor.words import LANGUAGES, said
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    HintLine,
    Panel,
    PlainLabel,
    ScrollColumn,
    column,
    row,
)
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.table import Fault
from workshop_app.i18n import Language


class Sheet(ScrollColumn):
    """`parts` are told their faults; what nobody holds stands in a line at the top.

    `opened` is the place of the question or thing that stands open, () for none; `open_asked` asks for another one.
    """

    open_asked = Signal(tuple)

    def __init__(self, draft: Draft, place: Place, opened: Place, lang: Language) -> None:
        super().__init__(gap=14, margins=(28, 20, 28, 28))
        self.draft, self.place, self.opened, self.lang = draft, place, opened, lang
        self.parts: list[Part] = []
        self.fields: list[OpenPanel] = []
        self.loose = HintLine("triangle-alert", "attn")
        self.loose.say("")

    def panel(self, title: str, *widgets: QWidget, note: str = "") -> Panel:
        """A panel of parts under a heading."""
        holder = column(Heading(title, size="lead"), gap=12)
        if note:
            holder.addWidget(PlainLabel(note, size="small", tone="ink2", wrap=True))
        for widget in widgets:
            holder.addWidget(widget)
            self.parts += [widget] if isinstance(widget, Part) else widget.findChildren(Part)
        panel = Panel(holder, pad=20)
        self.body.addWidget(panel)
        return panel

    def languages(self) -> QWidget:
        """The heads of the two columns."""
        holder = QWidget()
        heads = row(gap=16)
        for name in LANGUAGES.values():
            heads.addWidget(PlainLabel(self.lang(name), weight="semibold", tone="ink2"), 1)
        holder.setLayout(heads)
        return holder

    def side_by_side(self, *parts: Part) -> QWidget:
        """Short parts beside each other."""
        holder = QWidget()
        line = row(gap=20)
        for part in parts:
            line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        holder.setLayout(line)
        return holder

    def rows(self, array: Place, make: Callable[[Place, bool], OpenPanel], add: str, kind: str) -> "Rows":
        """Questions or things under each other, each to open, with a button for another one."""
        panels = []
        for number in range(len(self.draft.get(array, []))):
            place = (*array, number)
            panel = make(place, place == self.opened)
            panel.toggled.connect(lambda at=place, on=panel.opened: self.open_asked.emit(() if on else at))
            panels.append(panel)
        self.fields += panels
        holder = Rows(panels, add)
        holder.add.clicked.connect(lambda: self._one_more(array, kind))
        return holder

    def _one_more(self, array: Place, kind: str) -> None:
        there = self.draft.get(array, [])
        new = changes.new_field(there) if kind == "question" else changes.new_row(there, kind)
        self.draft.change(changes.insert, (*array, len(there)), new)
        self.open_asked.emit((*array, len(there)))

    def mine(self) -> list[Fault]:
        """What is amiss on this page."""
        raise NotImplementedError

    def tell(self) -> None:
        """Says what is amiss, each at the part nearest to it."""
        at: dict[int, list[Fault]] = {}
        loose = []
        for fault in self.mine():
            near = [p for p in self.parts if p.holds(fault.place)]
            if near:
                at.setdefault(id(max(near, key=lambda p: len(p.place))), []).append(fault)
            else:
                loose.append(fault)
        for part in self.parts:
            part.tell(at.get(id(part), []))
        self.loose.say(" ".join(dict.fromkeys(said(fault, self.lang) for fault in loose)))

    def go_to(self, faults: Sequence[Fault]) -> None:
        """Puts the keyboard where the first fault is."""
        for fault in faults:
            near = [p for p in self.parts if p.holds(fault.place)]
            if near:
                field = max(near, key=lambda p: len(p.place)).first_field()
                field.setFocus()
                self.ensureWidgetVisible(field, 0, look().px(80))
                return


class Rows(QWidget):
    """Panels under each other and the button that adds one."""

    def __init__(self, panels: Sequence[OpenPanel], add: str) -> None:
        super().__init__()
        box = column(gap=8)
        for panel in panels:
            box.addWidget(panel)
        self.add = Button(add, icon="plus")
        box.addLayout(row(self.add, None))
        self.setLayout(box)
