"""One step in the editor: its words, what phones and projector show, and its questions."""

from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.field_panel import FieldPanel
from workshop_app.desktop.format_editor.parts import ChoicePart, NumberPart, Part, TickPart, WordsPart
from workshop_app.desktop.format_editor.sheet import Sheet
from workshop_app.desktop.format_editor.words import KINDS, PHONES, SCENES
from workshop_app.desktop.widgets import Button, Heading, Pill, column, row
from workshop_app.formats import changes
from workshop_app.formats.table import Fault
from workshop_app.formats.values import LISTS
from workshop_app.i18n import Language

# Kinds that take questions of anybody's own; in the others the program knows each question by its name.
FREE = ("lobby", "probe", "ask", "read", "questions", "survey", "meeting", "close")
ABOUT_ITEMS = ("questions", "survey", "close")


class StepSheet(Sheet):
    """`number` is the step's place from 0; `opened` the question that stands open, -1 for none."""

    def __init__(self, draft: Draft, number: int, opened: int, lang: Language) -> None:
        super().__init__(draft, ("step", number), lang)
        self.number, self.opened = number, opened
        self.kind = str(draft.get((*self.place, "kind"), ""))
        self.fields: list[FieldPanel] = []
        head = row(Heading(self._title(), size="title"), None)
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
        rows: list[QWidget] = [
            self.side_by_side(
                NumberPart(draft, (*place, "minutes"), lang("Minutes"), lang),
                ChoicePart(draft, (*place, "phone"), lang("Phones show"), lang, phones, default="form"),
                ChoicePart(
                    draft,
                    (*place, "projector"),
                    lang("The projector shows"),
                    lang,
                    scenes,
                    default="question",
                ),
            )
        ]
        if self.kind in ABOUT_ITEMS or draft.get((*place, "items")):
            rows.append(self._about_items())
        ticks: list[Part] = [TickPart(draft, (*place, "rules"), lang("The rules are shown"), lang)]
        if self.kind in FREE and self.kind != "lobby":
            ticks.append(TickPart(draft, (*place, "many"), lang("A phone may answer several times"), lang))
        rows.append(self.side_by_side(*ticks))
        self.panel(lang("Time and what is shown"), *rows)

    def _about_items(self) -> QWidget:
        draft, place, lang = self.draft, self.place, self.lang
        lists = [
            (one["id"], lang("The list “{name}”").format(name=one["id"])) for one in draft.get(("list",), [])
        ]
        before = draft.get(("step",), [])[: self.number + 1]
        answers = [(s["id"], lang("Answers to “{name}”").format(name=self._called(s))) for s in before]
        published = [(name, lang("The published questions")) for name in LISTS]
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
        array = (*self.place, "field")
        holder = QWidget()
        box = column(gap=8)
        self.fields = [
            FieldPanel(draft, (*array, n), n == self.opened, self.kind, lang)
            for n in range(len(draft.get(array, [])))
        ]
        for panel in self.fields:
            box.addWidget(panel)
        self.add = Button(lang("Add a question"), icon="plus")
        box.addLayout(row(self.add, None))
        holder.setLayout(box)
        notes = {
            "lobby": lang("Role, organisation and the rest that every format asks come first."),
            "rate": lang("Needs are rated on these scales. Their words can be changed."),
        }
        self.panel(lang("Questions on the phones"), holder, note=notes.get(self.kind, ""))
        if self.kind not in FREE:
            self.add.hide()

    def mine(self) -> list[Fault]:
        return [f for f in self.draft.faults if f.place[:2] == self.place]

    def new_question(self) -> int:
        """Adds a question; returns its number."""
        array = (*self.place, "field")
        there = self.draft.get(array, [])
        self.draft.change(changes.insert, (*array, len(there)), changes.new_field(there))
        return len(there)
