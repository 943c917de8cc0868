"""A page of the editor: panels of parts, and each fault told at the part nearest to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.parts import NamePart, NumberPart, Part, RowsPart, WordsPart
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
    """`parts` are told their faults; what nobody holds stands in a line at the top."""

    def __init__(self, draft: Draft, place: Place, lang: Language) -> None:
        super().__init__(gap=14, margins=(28, 20, 28, 28))
        self.draft, self.place, self.lang = draft, place, lang
        self.parts: list[Part] = []
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


class AboutSheet(Sheet):
    """What the format is for, how long it takes, who joins, the rules and the lists."""

    def __init__(self, draft: Draft, lang: Language) -> None:
        super().__init__(draft, (), lang)
        self.body.addWidget(self.loose)
        id_hint = lang("What the file and the command line call it. It stays the same in every language.")
        self.panel(
            lang("The format"),
            self.languages(),
            WordsPart(draft, ("name",), lang("Name"), lang),
            WordsPart(draft, ("purpose",), lang("What it is for"), lang, 2),
            WordsPart(draft, ("who",), lang("Who should be there"), lang, 2),
            self._figures(),
            NamePart(draft, ("id",), lang("Id"), lang, id_hint),
        )
        roles = RowsPart(draft, ("role",), "role", lang("Add a role"), lang("Role"), lang)
        note = lang("Offered when a workshop is made. They can be changed for each workshop.")
        self.panel(lang("Roles"), roles, note=note)
        rules = RowsPart(draft, ("rule",), "rule", lang("Add a rule"), lang("Rule"), lang)
        note = lang(
            "Shown to everybody at the start. Without rules of its own the format has the three usual ones."
        )
        self.panel(lang("Rules"), rules, note=note)
        for number, one in enumerate(draft.get(("list",), [])):
            place = ("list", number, "item")
            things = RowsPart(draft, place, "item", lang("Add a thing"), lang("Thing"), lang)
            note = lang("Asked about one by one in the steps that use the list “{name}”.").format(
                name=one["id"]
            )
            self.panel(lang("List"), things, note=note)
        self.body.addStretch(1)
        self.tell()

    def _figures(self) -> QWidget:
        draft, lang = self.draft, self.lang
        self.minutes = NumberPart(draft, ("minutes",), lang("Minutes in all"), lang)
        self.take_sum = Button(lang("Take the sum of the steps"), role="quiet")
        self.take_sum.clicked.connect(
            lambda: draft.change(changes.put, ("minutes",), changes.total(draft.data))
        )
        low = NumberPart(draft, ("people", 0), lang("People, at least"), lang)
        high = NumberPart(draft, ("people", 1), lang("People, at most"), lang)
        figures = self.side_by_side(self.minutes, low, high)
        holder = QWidget()
        holder.setLayout(column(figures, row(self.take_sum, None), gap=4))
        return holder

    def mine(self) -> list[Fault]:
        return [f for f in self.draft.faults if f.place[:1] != ("step",) or len(f.place) < 2]

    def tell(self) -> None:
        super().tell()
        self.take_sum.setVisible(changes.total(self.draft.data) != self.draft.get(("minutes",), 0))
