"""A line for a question or a thing of a list, that opens to all there is to say about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.parts import Part, WordsPart
from workshop_app.desktop.widgets import Button, IconButton, Panel, Pill, PlainLabel, Rule, column, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.i18n import Language


class OpenPanel(Part):
    """`toggled` asks for it to be opened or closed; what stands in it is made by `parts`, once it is open."""

    toggled = Signal()

    def __init__(self, draft: Draft, place: Place, opened: bool, lang: Language) -> None:
        super().__init__(draft, place, lang)
        self.field: dict = draft.get(place)  # type: ignore[type-arg]
        self.opened = opened
        body = Panel(self._head(), pad=12, gap=12)
        if opened:
            body.body.addWidget(Rule())
            for part in self.parts():
                body.body.addWidget(part)
        body.body.addWidget(self.amiss)
        self.setLayout(column(body, gap=0))

    def parts(self) -> Sequence[QWidget]:
        """What can be changed."""
        raise NotImplementedError

    def nameless(self) -> str:
        """What it is called as long as it has no words."""
        raise NotImplementedError

    def marks(self) -> Sequence[QWidget]:
        """What its line says besides its name."""
        return ()

    def goes(self) -> bool:
        """Whether it can be taken away."""
        return True

    def _head(self) -> QWidget:
        lang, draft, place = self.lang, self.draft, self.place
        words = self.field.get("label", {})
        name = words.get(lang.code) or words.get("sv") or words.get("en") or self.nameless()
        holder = QWidget()
        self.open = Button(
            lang("Close") if self.opened else lang("Change"),
            role="quiet",
            icon="chevron-up" if self.opened else "pencil",
        )
        self.open.setAccessibleName(f"{self.open.words()}: {name}")
        self.open.clicked.connect(self.toggled)
        last = len(draft.get(place[:-1], [])) - 1
        up = IconButton("arrow-up", lang("Move up: {name}").format(name=name))
        down = IconButton("arrow-down", lang("Move down: {name}").format(name=name))
        away = IconButton("trash-2", lang("Take away: {name}").format(name=name))
        up.setEnabled(place[-1] != 0)
        down.setEnabled(place[-1] != last)
        away.setEnabled(self.goes())
        up.clicked.connect(lambda: draft.change(changes.move, place, -1))
        down.clicked.connect(lambda: draft.change(changes.move, place, 1))
        away.clicked.connect(lambda: draft.change(changes.remove, place))
        line = row(gap=8)
        line.addWidget(PlainLabel(name, weight="semibold", wrap=True), 1)
        for widget in (*self.marks(), self.open, up, down, away):
            line.addWidget(widget)
        holder.setLayout(line)
        return holder

    def spoken(self, key: str, label: str) -> WordsPart:
        """A text of it in both languages."""
        return WordsPart(self.draft, (*self.place, key), label, self.lang)

    def first_field(self) -> QWidget:
        label = next((p for p in self.findChildren(WordsPart) if p.place[-1] == "label"), None)
        return label.first_field() if label is not None else self.open


class ItemPanel(OpenPanel):
    """A thing of a list: its name, an explanation, and what 1, 3 and 5 mean for it on a scale."""

    def nameless(self) -> str:
        return self.lang("A thing without words yet")

    def marks(self) -> Sequence[QWidget]:
        own = any(self.field.get(key) for key in ("low", "middle", "high"))
        return [Pill(self.lang("Its own scale words"), "plain")] if own else ()

    def parts(self) -> Sequence[QWidget]:
        lang = self.lang
        note = lang("Where these are empty, the scale's own words hold.")
        return [
            self.spoken("label", lang("Thing")),
            self.spoken("hint", lang("An explanation under it")),
            self.spoken("low", lang("What 1 means")),
            self.spoken("middle", lang("What 3 means")),
            self.spoken("high", lang("What 5 means")),
            PlainLabel(note, size="small", tone="ink2", wrap=True),
        ]
