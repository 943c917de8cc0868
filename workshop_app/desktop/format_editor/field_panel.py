"""One question of a step or of the join form: how it is answered, how often it is asked and to whom it is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.open_panel import OpenPanel
from workshop_app.desktop.format_editor.parts import ChoicePart, NumberPart, Part, RowsPart, TickPart
from workshop_app.desktop.format_editor.words import LIMITS, PER, SHOWN, SOURCES, TYPES
from workshop_app.desktop.widgets import Pill, PlainLabel, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.values import ASKED_PER
from workshop_app.i18n import Language

HELD = ("role",)  # questions of the join form that the program cannot do without


class FieldPanel(OpenPanel):
    """`kind` is that of its step, "" in the join form."""

    def __init__(self, draft: Draft, place: Place, opened: bool, kind: str, lang: Language) -> None:
        self.kind = kind
        super().__init__(draft, place, opened, lang)

    def nameless(self) -> str:
        return self.lang("A question without words yet")

    def goes(self) -> bool:
        return self.place[0] != "join" or self.field.get("name") not in HELD

    def marks(self) -> Sequence[QWidget]:
        type_ = str(self.field.get("type", ""))
        kind = PlainLabel(self.lang(TYPES.get(type_, type_)), size="small", tone="ink2")
        must = [Pill(self.lang("Must be answered"), "plain")] if self.field.get("required") else []
        return [*must, kind]

    def parts(self) -> Sequence[QWidget]:
        draft, place, lang, type_ = self.draft, self.place, self.lang, self.field.get("type", "")
        types = [(value, lang(words)) for value, words in TYPES.items()]
        top: list[Part] = [
            ChoicePart(draft, (*place, "type"), lang("Answered with"), lang, types, then=self._change_type)
        ]
        if type_ in LIMITS:
            top.append(NumberPart(draft, (*place, "limit"), lang(LIMITS[type_]), lang))
        top += [*self._how_often(), *self._to_whom()]
        words = [("label", lang("The question")), ("hint", lang("An explanation under it"))]
        if type_ == "s5":
            words += [
                ("short", lang("The scale's name")),
                ("low", lang("What 1 means")),
                ("middle", lang("What 3 means")),
                ("high", lang("What 5 means")),
            ]
        lines = [self.spoken(key, label) for key, label in words]
        must = TickPart(draft, (*place, "required"), lang("Must be answered"), lang)
        more = self._choices() if type_ in ("one", "many") else []
        holder = QWidget()
        line = row(gap=20)
        for part in top:
            line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        holder.setLayout(line)
        return [*lines, holder, must, *more, self._name()]

    def _how_often(self) -> list[Part]:
        known = {
            value: words for value, words in PER.items() if self.kind in ASKED_PER.get(value, (self.kind,))
        }
        return self._picked("per", self.lang("Asked"), known)

    def _to_whom(self) -> list[Part]:
        step = self.draft.get(self.place[:-2], {})
        fits = {"": True, "solution_hint": step.get("makes") == "card", "leader": bool(step.get("keeps"))}
        known = {value: words for value, words in SHOWN.items() if fits[value]}
        return self._picked("shown_if", self.lang("Shown"), known)

    def _picked(self, key: str, label: str, known: dict[str, str]) -> list[Part]:
        """One of several, where there is anything to choose between."""
        rows = [(value, self.lang(words)) for value, words in known.items()]
        there = len(rows) > 1 or self.field.get(key)
        return [ChoicePart(self.draft, (*self.place, key), label, self.lang, rows)] if there else []

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
