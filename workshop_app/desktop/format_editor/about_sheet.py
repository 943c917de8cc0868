"""The format itself in the editor: what it is for, how long it takes, who joins and how, the rules and the lists."""

from PySide6.QtWidgets import QWidget

from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.format_editor.field_panel import FieldPanel
from workshop_app.desktop.format_editor.open_panel import ItemPanel
from workshop_app.desktop.format_editor.parts import ChoicePart, NamePart, NumberPart, RowsPart, WordsPart
from workshop_app.desktop.format_editor.sheet import Sheet
from workshop_app.desktop.format_editor.words import AUDIENCES, list_words
from workshop_app.desktop.widgets import Button, PlainLabel, column, row
from workshop_app.formats import changes
from workshop_app.formats.places import Place
from workshop_app.formats.reading import shared_form
from workshop_app.formats.table import Fault
from workshop_app.i18n import Language


class AboutSheet(Sheet):
    """Everything that belongs to no single step."""

    def __init__(self, draft: Draft, opened: Place, lang: Language) -> None:
        super().__init__(draft, (), opened, lang)
        self.body.addWidget(self.loose)
        id_hint = lang("What the file and the command line call it. It stays the same in every language.")
        self.panel(
            lang("The format"),
            self.languages(),
            WordsPart(draft, ("name",), lang("Name"), lang),
            WordsPart(draft, ("purpose",), lang("What it is for"), lang, 2),
            WordsPart(draft, ("who",), lang("Who should be there"), lang, 2),
            self._figures(),
            self._audience(),
            NamePart(draft, ("id",), lang("Id"), lang, id_hint),
        )
        roles = RowsPart(draft, ("role",), "role", lang("Add a role"), lang("Role"), lang)
        note = lang("Offered when a workshop is made. They can be changed for each workshop.")
        self.panel(lang("Roles"), roles, note=note)
        self._join()
        rules = RowsPart(draft, ("rule",), "rule", lang("Add a rule"), lang("Rule"), lang)
        note = lang(
            "Shown to everybody at the start. Without rules of its own the format has the three usual ones."
        )
        self.panel(lang("Rules"), rules, note=note)
        for number in range(len(draft.get(("list",), []))):
            self._list(number)
        self.add_list = Button(lang("Add a list of things to ask about"), icon="plus")
        self.add_list.clicked.connect(lambda: draft.change(changes.with_list))
        self.body.addLayout(row(self.add_list, None))
        self.body.addStretch(1)
        self.tell()

    def _audience(self) -> ChoicePart:
        rows = [(value, self.lang(words)) for value, words in AUDIENCES.items()]
        return ChoicePart(
            self.draft, ("audience",), self.lang("Who has the phones"), self.lang, rows, default="own"
        )

    def _join(self) -> None:
        """The join form: the one that all formats share, or one of the format's own."""
        draft, lang = self.draft, self.lang
        self.own_form = Button("", icon="pencil")
        if draft.get(("join",)) is None:
            fields, intro, _rules = shared_form()
            asked = " · ".join(f.label.get(lang.code) for f in fields)
            self.own_form.setText(lang("Change the join form"))
            self.own_form.clicked.connect(lambda: draft.change(changes.own_join))
            words: list[QWidget] = [
                PlainLabel(intro.get(lang.code), wrap=True),
                PlainLabel(asked, size="small", tone="ink2", wrap=True),
            ]
            note = lang("Every format asks this when people join, unless it has a form of its own.")
        else:
            self.own_form.setText(lang("Take the usual join form"))
            self.own_form.clicked.connect(lambda: draft.change(changes.put, ("join",), None))
            words = [
                WordsPart(draft, ("join", "intro"), lang("What stands over the form"), lang, 2),
                self.rows(
                    ("join", "field"),
                    lambda place, on: FieldPanel(draft, place, on, "", lang),
                    lang("Add a question"),
                    "question",
                ),
            ]
            note = lang("The role is always asked for: small groups are protected by it.")
        holder = QWidget()
        holder.setLayout(row(self.own_form, None))
        self.panel(lang("The join form"), *words, holder, note=note)

    def _list(self, number: int) -> None:
        """The things of a list; one that no step asks about can be taken away."""
        draft, lang, place = self.draft, self.lang, ("list", number)
        one = draft.get(place)
        things = self.rows(
            (*place, "item"), lambda at, on: ItemPanel(draft, at, on, lang), lang("Add a thing"), "item"
        )
        name = list_words(one, lang)
        away = Button(lang("Take the list away"), role="quiet", icon="trash-2")
        away.setAccessibleName(f"{away.words()}: {name}")
        away.setEnabled(all(step.get("items") != one["id"] for step in draft.get(("step",), [])))
        away.clicked.connect(lambda: draft.change(changes.remove, place))
        holder = QWidget()
        holder.setLayout(row(away, None))
        note = lang("Asked about one by one in the steps that use the list “{name}”.").format(name=name)
        self.panel(lang("List"), things, holder, note=note)

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
