"""One step in the editor: its words, what phones and projector show, and its questions."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.field_panel import FieldPanel
from workshop_app.desktop.format_editor.parts import ChoicePart, NumberPart, Part, TickPart, WordsPart
from workshop_app.desktop.format_editor.sheet import Sheet
from workshop_app.desktop.format_editor.words import KEPT, KINDS, MAKES, PHONES, SCENES, list_words
from workshop_app.desktop.widgets import Heading, Pill, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.table import Fault
from workshop_app.i18n import Language

# Kinds that take questions of anybody's own; in the others the program knows each question by its name.
CHANGED = ("ask", "questions", "survey", "close", "pause")  # kinds that a step of one of them can be instead
FREE = ("lobby", "probe", "ask", "read", "questions", "survey", "meeting", "close")
ABOUT_ITEMS = ("questions", "survey", "close")


class StepSheet(Sheet):
    """`number` is the step's place from 0."""

    def __init__(self, draft: Draft, number: int, opened: Place, lang: Language) -> None:
        super().__init__(draft, ("step", number), opened, lang)
        self.number = number
        self.kind = str(draft.get((*self.place, "kind"), ""))
        head = row(Heading(self._title(), size="title"), None)
        if self.kind not in CHANGED:
            head.addWidget(Pill(lang(KINDS.get(self.kind, self.kind)), "plain"))
        self.body.addLayout(head)
        self.body.addWidget(self.loose)
        self._words()
        self._showing()
        if self.kind in FREE or draft.get((*self.place, "field")):
            self._questions()
        self.body.addStretch(1)
        self.tell()

    def _title(self) -> str:
        words = self.draft.get((*self.place, "title"), {})
        title = words.get(self.lang.code) or words.get("sv") or words.get("en") or self.lang("No name yet")
        return f"{self.number + 1}. {title}"

    def _words(self) -> None:
        draft, place, lang = self.draft, self.place, self.lang
        script = lang("The leader reads it on the laptop. Nobody else sees it.")
        line = lang("Where it is empty the projector shows the question.")
        self.title = WordsPart(draft, (*place, "title"), lang("Title"), lang)
        self.panel(
            lang("The words"),
            self.languages(),
            self.title,
            WordsPart(draft, (*place, "prompt"), lang("The question to the room"), lang, 2),
            WordsPart(draft, (*place, "projector_text"), lang("The line on the projector"), lang, 1, line),
            WordsPart(draft, (*place, "facilitator"), lang("The leader's script"), lang, 5, script),
            WordsPart(draft, (*place, "outcome"), lang("What the step leaves behind"), lang, 1),
        )

    def _showing(self) -> None:
        draft, place, lang = self.draft, self.place, self.lang
        phones = [(value, lang(words)) for value, words in PHONES.items()]
        scenes = [(value, lang(words)) for value, words in SCENES.items()]
        first: list[Part] = [NumberPart(draft, (*place, "minutes"), lang("Minutes"), lang)]
        if draft.get((*place, "part"), 1) != 1 or self.number:
            first.append(NumberPart(draft, (*place, "part"), lang("Sitting, from 1"), lang, default=1))
        if self.kind in CHANGED:
            first.append(self._kind())
        if self.kind == "ask":
            first.append(self._makes())
        shown = self.side_by_side(
            ChoicePart(draft, (*place, "phone"), lang("Phones show"), lang, phones, default="form"),
            ChoicePart(
                draft, (*place, "projector"), lang("The projector shows"), lang, scenes, default="question"
            ),
        )
        rows: list[QWidget] = [self.side_by_side(*first), shown]
        if self.kind in ABOUT_ITEMS or draft.get((*place, "items")):
            rows.append(self._about_items())
        ticks: list[Part] = [TickPart(draft, (*place, "rules"), lang("The rules are shown"), lang)]
        if self.kind in FREE and self.kind != "lobby":
            ticks.append(TickPart(draft, (*place, "many"), lang("A phone may answer several times"), lang))
        if draft.get((*place, "items")):
            ticks.append(TickPart(draft, (*place, "shuffled"), lang("In another order on each phone"), lang))
        rows.append(self.side_by_side(*ticks))
        self.panel(lang("Time and what is shown"), *rows)

    def _kind(self) -> ChoicePart:
        kinds = [(kind, self.lang(KINDS[kind])) for kind in CHANGED]
        return ChoicePart(
            self.draft, (*self.place, "kind"), self.lang("What the room does"), self.lang, kinds,
            then=lambda kind: self._arrange(changes.of_kind, kind),
        )  # fmt: skip

    def _makes(self) -> ChoicePart:
        becomes = [(value, self.lang(words)) for value, words in MAKES.items()]
        return ChoicePart(
            self.draft, (*self.place, "makes"), self.lang("What is written becomes"), self.lang, becomes,
            then=lambda makes: self._arrange(changes.of_cards, makes),
        )  # fmt: skip

    def _arrange(self, how: Callable[[dict[str, Any], str], Mapping[str, Any]], value: str) -> None:
        step = how(self.draft.get(self.place), value)
        self.draft.change(changes.put, self.place, step)

    def _about_items(self) -> QWidget:
        draft, place, lang = self.draft, self.place, self.lang
        lists = [
            (one["id"], lang("The list “{name}”").format(name=list_words(one, lang)))
            for one in draft.get(("list",), [])
        ]
        before = draft.get(("step",), [])[: self.number + 1]
        answers = [(s["id"], lang("Answers to “{name}”").format(name=self._called(s))) for s in before]
        published = [(name, lang(words)) for name, words in KEPT.items()]
        return self.side_by_side(
            ChoicePart(
                draft,
                (*place, "items"),
                lang("Asked about"),
                lang,
                [("", lang("Nothing in particular")), *lists, *answers, *published],
            ),
            NumberPart(draft, (*place, "keeps"), lang("Results the leader may keep"), lang),
        )

    def _called(self, step: dict) -> str:  # type: ignore[type-arg]
        words = step.get("title", {})
        return str(words.get(self.lang.code) or words.get("sv") or words.get("en") or step["id"])

    def _questions(self) -> None:
        draft, lang = self.draft, self.lang
        holder = self.rows(
            (*self.place, "field"),
            lambda place, on: FieldPanel(draft, place, on, self.kind, lang),
            lang("Add a question"),
            "question",
        )
        self.add = holder.add
        notes = {
            "lobby": lang("Role, organisation and the rest that every format asks come first."),
            "rate": lang("Needs are rated on these scales. Their words can be changed."),
        }
        self.panel(lang("Questions on the phones"), holder, note=notes.get(self.kind, ""))
        if self.kind not in FREE:
            self.add.hide()

    def mine(self) -> list[Fault]:
        return [f for f in self.draft.faults if f.place[:2] == self.place]
