"""One question of a step: a line that opens to all there is to say about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.parts import (
    ChoicePart,
    NumberPart,
    Part,
    RowsPart,
    TickPart,
    WordsPart,
)
from workshop_app.desktop.format_editor.words import LIMITS, PER, SOURCES, TYPES
from workshop_app.desktop.widgets import Button, IconButton, Panel, Pill, PlainLabel, Rule, column, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.values import ASKED_PER
from workshop_app.i18n import Language


class FieldPanel(Part):
    """`toggled` asks for it to be opened or closed."""

    toggled = Signal()

    def __init__(self, draft: Draft, place: Place, opened: bool, kind: str, lang: Language) -> None:
        super().__init__(draft, place, lang)
        self.field: dict = draft.get(place)  # type: ignore[type-arg]
        self.opened, self.kind = opened, kind
        self.inner: list[Part] = []
        body = Panel(self._head(), pad=12, gap=12)
        if opened:
            body.body.addWidget(Rule())
            for part in self._parts():
                body.body.addWidget(part)
        body.body.addWidget(self.amiss)
        self.setLayout(column(body, gap=0))

    def _head(self) -> QWidget:
        lang, draft, place = self.lang, self.draft, self.place
        words = self.field.get("label", {})
        name = (
            words.get(lang.code) or words.get("sv") or words.get("en") or lang("A question without words yet")
        )
        type_ = str(self.field.get("type", ""))
        holder = QWidget()
        self.open = Button(
            lang("Close") if self.opened else lang("Change"),
            role="quiet",
            icon="chevron-up" if self.opened else "pencil",
        )
        self.open.setAccessibleName(f"{self.open.words()}: {name}")
        self.open.clicked.connect(self.toggled)
        up = IconButton("arrow-up", lang("Move up: {name}").format(name=name))
        down = IconButton("arrow-down", lang("Move down: {name}").format(name=name))
        away = IconButton("trash-2", lang("Take away: {name}").format(name=name))
        up.clicked.connect(lambda: draft.change(changes.move, place, -1))
        down.clicked.connect(lambda: draft.change(changes.move, place, 1))
        away.clicked.connect(lambda: draft.change(changes.remove, place))
        line = row(gap=8)
        line.addWidget(PlainLabel(name, weight="semibold", wrap=True), 1)
        if self.field.get("required"):
            line.addWidget(Pill(lang("Must be answered"), "plain"))
        line.addWidget(PlainLabel(lang(TYPES.get(type_, type_)), size="small", tone="ink2"))
        for button in (self.open, up, down, away):
            line.addWidget(button)
        holder.setLayout(line)
        return holder

    def _parts(self) -> list[QWidget]:
        draft, place, lang, type_ = self.draft, self.place, self.lang, self.field.get("type", "")
        types = [(value, lang(words)) for value, words in TYPES.items()]
        top: list[Part] = [
            ChoicePart(draft, (*place, "type"), lang("Answered with"), lang, types, then=self._change_type)
        ]
        if type_ in LIMITS:
            top.append(NumberPart(draft, (*place, "limit"), lang(LIMITS[type_]), lang))
        per = [
            (value, lang(words))
            for value, words in PER.items()
            if self.kind in ASKED_PER.get(value, (self.kind,))
        ]
        if len(per) > 1 or self.field.get("per"):
            top.append(ChoicePart(draft, (*place, "per"), lang("Asked"), lang, per))
        words = [("label", lang("The question")), ("hint", lang("An explanation under it"))]
        if type_ == "s5":
            words += [
                ("short", lang("The scale's name")),
                ("low", lang("What 1 means")),
                ("middle", lang("What 3 means")),
                ("high", lang("What 5 means")),
            ]
        lines = [WordsPart(draft, (*place, key), label, lang) for key, label in words]
        must = TickPart(draft, (*place, "required"), lang("Must be answered"), lang)
        more = self._choices() if type_ in ("one", "many") else []
        self.inner = [*top, *lines, must, *more]
        holder = QWidget()
        line = row(gap=20)
        for part in top:
            line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        holder.setLayout(line)
        return [*lines, holder, must, *more, self._name()]

    def _choices(self) -> list[Part]:
        draft, place, lang = self.draft, self.place, self.lang
        rows = [(value, lang(words)) for value, words in SOURCES.items()]
        answers = RowsPart(draft, (*place, "choices"), "choice", lang("Add an answer"), lang("Answer"), lang)
        return [ChoicePart(draft, (*place, "source"), lang("Answers to choose among"), lang, rows), answers]

    def _name(self) -> PlainLabel:
        words = self.lang("Called “{name}” in the file and in exports.").format(
            name=self.field.get("name", "")
        )
        return PlainLabel(words, size="small", tone="ink2", wrap=True)

    def _change_type(self, type_: str) -> None:
        self.draft.change(changes.put, self.place, changes.of_type(self.field, type_))

    def first_field(self) -> QWidget:
        label = next((p for p in self.inner if p.place[-1] == "label"), None)
        return label.first_field() if label is not None else self.open
