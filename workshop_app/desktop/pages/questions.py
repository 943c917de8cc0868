"""Several questions: what was answered to each, and beside it what the room keeps."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workshop_app.desktop.asked import words
from workshop_app.desktop.asked.answers import ChoiceBars, SaidList
from workshop_app.desktop.asked.keeping import KeepingPanel
from workshop_app.desktop.asked.kept import KeptAside, KeptRows
from workshop_app.desktop.asked.plots import LinksPicture
from workshop_app.desktop.asked.spreads import ScaleRow
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.widgets import Button, EmptyState, Heading, PlainLabel, SectionLabel, column, row
from workshop_app.formats import Field
from workshop_app.model.answers import Said, StepResults, links
from workshop_app.store import queries


class QuestionsPage(Page):
    """The answers under each question, and the rows that are kept of them."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.kept: KeptRows | None = None
        self.side: KeptAside | None = None
        self.built = False
        self.parts: dict[str, QWidget] = {}
        self.counts: dict[str, PlainLabel] = {}
        self.marks: list[tuple[str, int]] | None = None
        self.box = QVBoxLayout()
        self.box.setContentsMargins(0, 0, 0, 0)
        self.people = PlainLabel(size="small", tone="ink2")
        self.show_room = Button(bridge.lang("Show what is kept"), icon="monitor")
        self.show_room.setCheckable(True)
        self.show_room.clicked.connect(self._show_room)
        bridge.focus_changed.connect(self._mark_room)
        self.keeping: KeepingPanel | None = None  # where the workshop ends with these questions
        self.setLayout(self.box)

    def aside(self) -> QWidget | None:
        self._build()
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        self._build()
        return [self.show_room] if self.kept is not None else []

    def keep(self) -> None:
        if self.kept is not None:
            self.kept.keep_all()

    # Building -------------------------------------------------------------------

    def _build(self) -> None:
        """Made when the step is known; the parts stay from then on."""
        if self.built:
            return
        self.built, lang, step = True, self.bridge.lang, self.step
        if step.keeps:
            self.kept = KeptRows(self.bridge, step)
            self.links_head, self.links = SectionLabel(lang("What hangs together")), LinksPicture(self.bridge)
            self.links_list = PlainLabel(size="small", tone="ink2", wrap=True)
            self.side = KeptAside(self.kept)
        self.box.addSpacing(8)
        self.box.addWidget(self.people)
        if self.kept is not None:
            beside = row(gap=24)
            beside.addWidget(self.links)
            beside.addWidget(self.links_list, 1)
            self.box.addLayout(column(self.links_head, beside, gap=6, margins=(0, 12, 0, 0)))
        self.empty = EmptyState(lang("Nothing has come yet. What people send is shown here."), "inbox")
        self.box.addWidget(self.empty)
        for field in step.fields:
            if not field.per and not field.apart and not field.shown_if:
                self.parts[field.name] = self._part(field)
                head, self.counts[field.name] = (
                    Heading(words.label(field, lang.code), size="lead"),
                    PlainLabel(size="small", tone="ink2"),
                )
                line = row(gap=12, margins=(0, 16, 0, 0))
                line.addWidget(head, 1)
                line.addWidget(self.counts[field.name])
                self.box.addLayout(line)
                self.box.addWidget(self.parts[field.name])
        self.dots_head = Heading(size="lead")
        self.dots = QVBoxLayout()
        self.box.addLayout(column(self.dots_head, self.dots, gap=8, margins=(0, 16, 0, 0)))
        if self.session.steps[-1].id == self.state.id:
            self.keeping = KeepingPanel(self.bridge)
            self.box.addLayout(column(self.keeping, margins=(0, 24, 0, 0)))
        self.box.addStretch(1)

    def _part(self, field: Field) -> QWidget:
        lang = self.bridge.lang
        if field.type in ("text", "area"):
            return SaidList(self.bridge, self._take if self._takes(field) else None)
        if field.type in ("one", "many", "bool"):
            return ChoiceBars(lang)
        if field.type == "s5":
            return ScaleRow(
                self.bridge,
                words.label(field, lang.code),
                field.low.get(lang.code),
                field.high.get(lang.code),
            )
        return PlainLabel(size="lead", wrap=True)

    def _takes(self, field: Field) -> bool:
        """Whether an answer can be taken over here: under every question where one wording is agreed, else the first."""
        step = self.step
        written = [f.name for f in step.fields if f.type in ("text", "area") and not f.per and not f.apart]
        return step.keeps == 1 or (step.keeps > 1 and field.name == written[0])

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        self._build()
        lang, step = self.bridge.lang, self.step
        found = self.bridge.get(queries.step_results, step.id)
        self.people.setText(lang.plural("{n} has answered", "{n} have answered", found.people))
        self.empty.setVisible(not found.people)
        kept = {o.answer for o in found.outcomes if o.answer is not None} if step.keeps > 1 else set()
        full = step.keeps > 1 and len(found.outcomes) >= step.keeps
        room = self.bridge.get(queries.room)
        for field in step.fields:
            part = self.parts.get(field.name)
            if isinstance(part, SaidList):
                said = found.words(field.name)
                part.show_said(said, room, kept, full)
                self.counts[field.name].setText(str(len(said)) if said else "")
            elif isinstance(part, ChoiceBars):
                options = words.options(self.bridge, step, field)
                part.show_choices(options, found.choices.get((field.name, "")))
            elif isinstance(part, ScaleRow):
                place = (field.name, "")
                part.show_spread(found.spreads.get(place), found.first.get(place), found.groups.get(place))
            elif isinstance(part, PlainLabel):
                part.setText(", ".join(str(n) for n in sorted(found.numbers.get(field.name, ()))))
        self._show_marks(found)
        if self.keeping is not None:
            self.keeping.refresh()
        if self.kept is not None:
            self.kept.refresh()
            self._show_links()
        self._mark_room()

    def _show_marks(self, found: StepResults) -> None:
        """What got most dots, or most people who have the same question; a proposal that the room decides on."""
        step, lang = self.step, self.bridge.lang
        mark = next((f for f in step.fields if f.per == "item"), None)
        items = words.subjects(self.bridge, step) if mark else {}
        counts = dict(found.dots)
        if mark is not None and mark.type == "bool":
            counts = {i: c.counts.get("1", 0) for (n, i), c in found.choices.items() if n == mark.name}
        rows = sorted(((items[i], n) for i, n in counts.items() if i in items and n), key=lambda r: -r[1])
        self.dots_head.setVisible(bool(rows))
        if rows == self.marks:
            return
        self.marks = rows
        while (item := self.dots.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.dots_head.setText(words.label(mark, lang.code) if mark else "")
        for text, n in rows:
            line = PlainLabel(f"{n}   {text}", wrap=True)
            line.setAccessibleName(
                lang.plural("{n} mark: {text}", "{n} marks: {text}", n).format(n=n, text=text)
            )
            self.dots.addWidget(line)

    def _show_links(self) -> None:
        step = self.step
        given = [a.fields for a in self.bridge.get(queries.answers, step.id) if not a.withdrawn]
        own = [o.fields for o in self.bridge.get(queries.outcomes, step.id) if o.answer is None]
        found, items = links(step, [*given, *own]), words.subjects(self.bridge, step)
        self.links.show_links(items, found)
        linked = sorted(self.links.links.items(), key=lambda pair: -pair[1])
        places = {place for pair, _n in linked for place in pair}
        lines = [f"{n}  {name}" for n, name in enumerate(self.links.names, 1) if n - 1 in places]
        pairs = [f"{a + 1} – {b + 1}: {n}" for (a, b), n in linked]
        self.links_list.setText("\n".join([*lines, "", *pairs]) if pairs else "")
        for part in (self.links_head, self.links, self.links_list):
            part.setVisible(bool(pairs))

    # Changing -------------------------------------------------------------------

    def _take(self, said: Said) -> None:
        answers = self.bridge.get(queries.answers, self.step.id)
        values = next((a.fields for a in answers if a.id == said.answer), {said.field: said.words})
        if self.kept is not None:
            self.kept.take(said, values)

    def _show_room(self, on: bool) -> None:
        self.bridge.focus_on(kept=self.step.id if on else "")

    def _mark_room(self) -> None:
        self.show_room.setChecked(self.built and self.bridge.focus.get("kept", "") == self.step.id)
