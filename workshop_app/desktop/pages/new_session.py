"""A new workshop, or the cover of the open one: one page, nothing but the title is asked for."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from workshop_app import actions, formats
from workshop_app.actions import project
from workshop_app.actions.carry import Luggage
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.luggage import LuggageBox
from workshop_app.desktop.settings import Settings, documents
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    ButtonBar,
    ElidedLabel,
    Field,
    Heading,
    HintLine,
    Panel,
    PlainLabel,
    ScrollColumn,
    TextArea,
    choice,
    column,
    line_edit,
)
from workshop_app.i18n import N_, own_name
from workshop_app.model import phases
from workshop_app.model.dates import minutes_words
from workshop_app.model.project import Project
from workshop_app.model.trouble import RoomTrouble, Trouble
from workshop_app.store import queries

UNWRITABLE = N_("The folder {folder} cannot be used. Choose another place for the file.")
COVER = (
    *("date", "place", "organisation", "commissioner", "decision_maker", "recipient"),
    *("leader_role", "contact_point", "keep_until", "mandate"),
)


class NewSessionPage(QWidget):
    """Fields of the cover. Without a bridge it makes a file, with one it changes the open session."""

    made = Signal(object)  # a SessionFile
    saved = Signal()
    cancelled = Signal()
    change_asked = Signal(str)  # the id of the format to change first

    def __init__(self, settings: Settings, format_id: str, bridge: Bridge | None = None) -> None:
        super().__init__()
        self.settings, self.bridge, self.lang = settings, bridge, settings.lang
        self.setProperty("ground", "bg")
        lang = self.lang
        if bridge is not None:
            self.format = bridge.get(queries.format_of)
        else:
            self.format = formats.known()[format_id]
        self._fields()
        self.trouble = HintLine("triangle-alert", "attn")
        self.trouble.say("")
        title = self.format.name.get(lang.code) if bridge is None else lang("The cover and the lists")
        low, high = self.format.people
        figures = lang("{time}, {low} to {high} people").format(
            time=minutes_words(self.format.minutes, lang), low=low, high=high
        )
        self.sheet = ScrollColumn(gap=16, margins=(72, 32, 72, 32))
        for part in (
            PlainLabel(
                lang("New workshop") if bridge is None else lang("This workshop"),
                size="small",
                weight="semibold",
                tone="ink2",
            ),
            Heading(title),
            PlainLabel(
                f"{self.format.purpose.get(lang.code)}. {figures}.", size="large", tone="ink2", wrap=True
            ),
            self.trouble,
            *((self.luggage,) if bridge is None else ()),
            self._panel(),
        ):
            self.sheet.body.addWidget(part)
        self.sheet.body.addStretch(1)
        self.setLayout(column(self.sheet, self._bar(), gap=0))
        if bridge is not None:
            self._fill(bridge)
        self._note_place()
        self.title.setFocus()

    def _fields(self) -> None:
        lang = self.lang
        self.title = line_edit(limit=120, placeholder=lang("Innovation in housing"))
        self.question = TextArea(2, 300)
        self.question.setPlaceholderText(lang("What hinders your operations from …?"))
        self.language = choice([(c, own_name(c)) for c in ("sv", "en")], lang.code)
        self.cover = {name: line_edit(limit=200) for name in COVER}
        self.cover["date"].setText(date.today().isoformat())
        roles = [r.label.get(lang.code) for r in self.format.roles]
        self.roles, self.organisations, self.missing = TextArea(7), TextArea(7), TextArea(7)
        self.roles.set_text("\n".join(roles))
        self._place: Path | None = None
        self.place_words = ElidedLabel(size="small", tone="ink2")
        self.place_button = Button(lang("Choose another place"), icon="folder-open")
        self.place_button.clicked.connect(self._choose_place)
        self.title.textChanged.connect(self._note_place)
        self.project, self.stages = line_edit(limit=120), TextArea(2)
        self.phase = choice([(key, lang(words)) for key, words in phases.PHASES.items()])
        self._show_phase({})
        self.luggage = LuggageBox(self.settings, lang)
        self.luggage.chosen.connect(self._build_on)

    def _panel(self) -> Panel:
        lang = self.lang
        label = {
            "date": lang("Date, as 2026-05-14"),
            "place": lang("Place"),
            "organisation": lang("Organisation"),
            "commissioner": lang("Who commissioned it"),
            "decision_maker": lang("Who decides"),
            "contact_point": lang("Contact for questions"),
            "mandate": lang("Mandate: what the results will be used for"),
            "leader_role": lang("The leader's role"),
            "recipient": lang("Who receives the results"),
            "keep_until": lang("Keep the answers until"),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(24))
        grid.setVerticalSpacing(look().px(14))
        grid.addWidget(Field(lang("Title"), self.title), 0, 0, 1, 3)
        hint = lang("You can reword it with the room; earlier wordings are kept.")
        grid.addWidget(Field(lang("The question"), self.question, hint), 1, 0, 1, 3)
        spots = [("date", 2, 0), ("place", 2, 1), ("organisation", 2, 2), ("commissioner", 3, 0)]
        spots += [
            ("decision_maker", 3, 1),
            ("recipient", 3, 2),
            ("leader_role", 4, 0),
            ("contact_point", 4, 1),
        ]
        spots += [("keep_until", 4, 2), ("mandate", 5, 0)]
        for name, at_row, at_column in spots:
            wide = 3 if name == "mandate" else 1
            grid.addWidget(Field(label[name], self.cover[name]), at_row, at_column, 1, wide)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Field(lang("Roles to choose among, one a line"), self.roles), 6, 0, top)
        grid.addWidget(Field(lang("Organisations, one a line"), self.organisations), 6, 1, top)
        missing = Field(
            lang("Voices that will be missing, one a line"), self.missing, lang("Who speaks for them?")
        )
        grid.addWidget(missing, 6, 2, top)
        grid.addWidget(Field(lang("Language on projector and paper"), self.language), 7, 0, top)
        hint = lang("The same name for workshops that follow on each other.")
        grid.addWidget(Field(lang("Project"), self.project, hint), 7, 1, top)
        grid.addWidget(Field(lang("Phase of the procurement"), self.phase), 7, 2, top)
        hint = lang(
            "How many are left at each stage, one a line, such as Applications 21. Printed for the registry only."
        )
        grid.addWidget(Field(lang("Stages of the procurement"), self.stages, hint), 8, 0, 1, 3)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        holder = QWidget()
        holder.setLayout(grid)
        return Panel(holder, pad=24)

    def _bar(self) -> ButtonBar:
        lang, bar = self.lang, ButtonBar(side=72)
        self.back = Button(lang("Back"), icon="arrow-left", size="large", key="Esc")
        self.back.clicked.connect(self.cancelled)
        self.back.setShortcut("Esc")
        words = lang("Make the workshop") if self.bridge is None else lang("Save")
        self.go = Button(words, role="primary", size="large", icon="check", key="Ctrl+Enter")
        self.go.clicked.connect(self.save)
        self.go.setShortcut("Ctrl+Return")
        new = self.bridge is None
        self.change_format = Button(lang("Change the format"), role="quiet", icon="pencil")
        self.change_format.clicked.connect(lambda: self.change_asked.emit(self.format.id))
        bar.fill(
            [self.back, self.change_format] if new else [self.back],
            [self.place_button, self.go] if new else [self.go],
            self.place_words if new else None,
        )
        return bar

    def _fill(self, bridge: Bridge) -> None:
        session, room = bridge.get(queries.session), bridge.get(queries.room)
        self.title.setText(session.title)
        self.question.set_text(session.question)
        self.language.setCurrentIndex(max(self.language.findData(session.language), 0))
        for name, field in self.cover.items():
            field.setText(str(getattr(session, name)))
        self.roles.set_text("\n".join(session.roles))
        self.organisations.set_text("\n".join(session.organisations))
        self.missing.set_text("\n".join(room.missing))
        self._show_phase(session.settings)
        told = bridge.get(queries.project)
        self.project.setText(told.name)
        self.stages.set_text(project.stages_text(told.stages))

    def _show_phase(self, settings: Mapping[str, str]) -> None:
        self.phase.setCurrentIndex(self.phase.findData(phases.phase(settings, self.format.result)))

    def _build_on(self, luggage: Luggage) -> None:
        """Puts what an earlier workshop had into the fields where it can be changed."""
        for field, texts in (
            (self.roles, luggage.roles),
            (self.organisations, luggage.organisations),
            (self.missing, luggage.missing),
        ):
            if texts:
                field.set_text("\n".join(texts))
        self.project.setText(self.project.text() or luggage.project.name)

    # The file -----------------------------------------------------------------------

    def place(self) -> Path:
        """Where the file will lie: the place chosen, or a free name in the documents made from the title."""
        if self._place is not None:
            return self._place
        folder = Path(self.settings.get("folder") or documents())
        stem = file_stem(self.title.text(), date.today().isoformat())
        number, target = 1, folder / f"{stem}.behov"
        while target.exists():
            number += 1
            target = folder / f"{stem}-{number}.behov"
        return target

    def _note_place(self) -> None:
        if self.bridge is None:
            self.place_words.set_text(self.lang("The file: {path}").format(path=self.place()))

    def _choose_place(self) -> None:
        lang = self.lang
        name, _ = QFileDialog.getSaveFileName(
            self,
            lang("Where the workshop is kept"),
            str(self.place()),
            lang("Workshops (*.behov);;All files (*)"),
        )
        if name:
            chosen = Path(name)
            self._place = chosen if chosen.suffix else chosen.with_suffix(".behov")
            self.settings.put(folder=str(chosen.parent))
            self._note_place()

    # Saving ---------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What is written on the page, by the names of the action."""
        lines = {"roles": self.roles, "organisations": self.organisations, "missing": self.missing}
        return {
            "title": self.title.text().strip(),
            "question": self.question.text().strip(),
            "language": self.language.currentData(),
            **{name: field.text().strip() for name, field in self.cover.items()},
            **{name: [x.strip() for x in f.text().splitlines() if x.strip()] for name, f in lines.items()},
        }

    def save(self) -> None:
        """Makes the file, or changes the session."""
        if self.bridge is not None:
            self._change(self.bridge)
            return
        target = self.place()
        try:
            stages = project.read_stages(self.stages.text())
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except OSError as trouble:
                raise RoomTrouble(UNWRITABLE, folder=str(target.parent)) from trouble
            file = self.luggage.make_file(
                target, program="desktop", format_id=self.format.id, **self.values()
            )
        except Trouble as trouble:
            self.trouble.say(trouble.say(self.lang))
            self.sheet.ensureWidgetVisible(self.trouble)
            self.title.setFocus()
            return
        for verb, values in self._linked(Project(), stages, {}):
            actions.do(file, verb, by="program", **values)
        self.made.emit(file)

    def _linked(
        self, now: Project, stages: list[tuple[str, int]], settings: Mapping[str, str]
    ) -> list[tuple[actions.Action, dict[str, Any]]]:
        """What is to be changed of the project so that it is as written here."""
        name, before = self.project.text().strip(), [(s.title, s.count) for s in now.stages]
        todo: list[tuple[actions.Action, dict[str, Any]]] = []
        if name != now.name:
            todo.append((project.set_name, {"name": name}))
        if stages != before:
            todo.append((project.set_stages, {"stages": stages}))
        if self.phase.currentData() != phases.phase(settings, self.format.result):
            todo.append((project.set_phase, {"phase": self.phase.currentData()}))
        return todo

    def _change(self, bridge: Bridge) -> None:
        values, session = self.values(), bridge.get(queries.session)
        room = bridge.get(queries.room)
        lists = {name: values.pop(name) for name in ("roles", "organisations", "missing")}
        question = values.pop("question")
        cover = {name: value for name, value in values.items() if value != getattr(session, name)}
        if not values["title"]:
            self.trouble.say(self.lang(actions.session.NO_TITLE))
            self.title.setFocus()
            return
        try:
            stages = project.read_stages(self.stages.text())
            todo = self._linked(bridge.get(queries.project), stages, session.settings)
        except Trouble as trouble:
            self.trouble.say(trouble.say(self.lang))
            self.stages.setFocus()
            return
        for verb, change in todo:
            bridge.do(verb, **change)
        if cover:
            bridge.do(actions.session.set_cover, **cover)
        if question and question != session.question:
            bridge.do(actions.session.reword_question, text=question)
        if lists["roles"] != list(session.roles):
            bridge.do(actions.session.set_roles, roles=lists["roles"])
        if lists["organisations"] != list(session.organisations):
            bridge.do(actions.session.set_organisations, organisations=lists["organisations"])
        if lists["missing"] != list(room.missing):
            bridge.do(actions.session.set_missing, missing=lists["missing"])
        self.saved.emit()


def file_stem(title: str, day: str) -> str:
    """A file name without an ending: the date and the title's letters and digits."""
    words = "".join(sign if sign.isalnum() else " " for sign in title).split()
    return "-".join([day, *words])[:80] if words else day
