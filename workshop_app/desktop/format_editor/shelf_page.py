"""The shelf of formats: one's own to change and to mail, drafts to go on with, and those that ship to copy."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workshop_app import formats
from workshop_app.actions import format_file
from workshop_app.desktop.format_editor.draft import Draft
from workshop_app.desktop.settings import Settings, documents
from workshop_app.desktop.widgets import (
    Button,
    ButtonBar,
    Heading,
    HintLine,
    Panel,
    PlainLabel,
    Rule,
    ScrollColumn,
    column,
    empty_layout,
    row,
)
from workshop_app.formats import Format, changes
from workshop_app.i18n import N_
from workshop_app.model.dates import minutes_words
from workshop_app.model.trouble import Trouble

KINDS = N_("Workshop formats (*.toml);;All files (*)")


class ShelfPage(QWidget):
    """Signals say what the leader wants; `edit_asked` brings the draft to go on with, and whether it was begun before."""

    edit_asked = Signal(object, bool)
    new_asked = Signal(str)
    left = Signal()

    def __init__(self, settings: Settings, told: str = "") -> None:
        super().__init__()
        self.settings, self.lang = settings, settings.lang
        lang = self.lang
        self.setProperty("ground", "bg")
        self.sheet = ScrollColumn(gap=14, margins=(72, 32, 72, 32))
        self.told = HintLine("circle-check")
        self.trouble = HintLine("triangle-alert", "attn")
        self.open = Button(lang("Open a format file"), icon="folder-open")
        self.open.clicked.connect(self._ask)
        words = lang("Copy a format and make it yours: its steps, words, minutes and questions.")
        self.sheet.body.addLayout(row(Heading(lang("Formats of your own")), None, self.open))
        for part in (PlainLabel(words, size="large", tone="ink2", wrap=True), self.told, self.trouble):
            self.sheet.body.addWidget(part)
        self.rows = column(gap=14)
        self.sheet.body.addLayout(self.rows)
        self.sheet.body.addStretch(1)
        bar = ButtonBar(side=72)
        self.back = Button(lang("Back"), icon="arrow-left", size="large", key="Esc")
        self.back.setShortcut("Esc")
        self.back.clicked.connect(self.left)
        bar.fill([self.back], [])
        self.setLayout(column(self.sheet, bar, gap=0))
        self.refresh()
        self.told.say(told)

    def refresh(self) -> None:
        """Reads the folder and draws what lies there."""
        lang, own, drafts = self.lang, formats.own(), format_file.drafts()
        empty_layout(self.rows)
        self.told.say("")
        self.trouble.say(" ".join(trouble.words(lang) for trouble in own.troubles))
        if own.formats:
            self._panel(lang("Yours"), [self._own(one) for one in own.formats.values()])
        if drafts:
            self._panel(lang("Begun and not finished"), [self._draft(name, drafts[name]) for name in drafts])
        self._panel(lang("To copy"), [self._shipped(one) for one in formats.formats().values()])

    def _panel(self, title: str, lines: list[QWidget]) -> None:
        panel = Panel(Heading(title, size="lead"), pad=20, gap=8)
        for number, line in enumerate(lines):
            if number:
                panel.body.addWidget(Rule())
            panel.body.addWidget(line)
        self.rows.addWidget(panel)

    def _line(self, name: str, below: str, doing: list[tuple[str, str, Callable[[], None]]]) -> QWidget:
        """A name with what can be done with it: (words, icon, what is done)."""
        holder = QWidget()
        line = row(gap=8)
        line.addLayout(
            column(
                PlainLabel(name, weight="semibold", wrap=True),
                PlainLabel(below, size="small", tone="ink2", wrap=True),
                gap=1,
            ),
            1,
        )
        for number, (words, picture, then) in enumerate(doing):
            button = Button(words, icon=picture, role="plain" if number == 0 else "quiet")
            button.setAccessibleName(f"{words}: {name}")
            button.clicked.connect(lambda _=False, do=then: self._try(do))
            line.addWidget(button)
        holder.setLayout(line)
        return holder

    def _figures(self, one: Format) -> str:
        low, high = one.people
        return self.lang("{time}, {low} to {high} people").format(
            time=minutes_words(one.minutes, self.lang), low=low, high=high
        )

    def _own(self, one: Format) -> QWidget:
        lang = self.lang
        doing = [
            (lang("Use it"), "play", lambda: self.new_asked.emit(one.id)),
            (lang("Change"), "pencil", lambda: self.change(one)),
            (lang("Save as a file"), "save", lambda: self._send(one)),
            (lang("Take away"), "trash-2", lambda: self._take_away(one)),
        ]
        below = f"{self._figures(one)} · {lang('version {n}').format(n=one.version)}"
        return self._line(one.name.get(lang.code), below, doing)

    def _draft(self, name: str, data: dict) -> QWidget:  # type: ignore[type-arg]
        lang = self.lang
        words = data.get("name", {})
        title = words.get(lang.code) or words.get("sv") or words.get("en") or name
        was = name if name in formats.own().formats else ""
        doing = [
            (lang("Go on"), "pencil", lambda: self.edit_asked.emit(Draft(name, data, was), True)),
            (lang("Throw it away"), "trash-2", lambda: self._drop(name)),
        ]
        return self._line(title, lang("A draft. Nobody is offered it yet."), doing)

    def _shipped(self, one: Format) -> QWidget:
        doing = [(self.lang("Copy and change"), "copy", lambda: self.copy(one))]
        return self._line(one.name.get(self.lang.code), self._figures(one), doing)

    # Doing --------------------------------------------------------------------------

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except Trouble as trouble:
            self._say_trouble(trouble)

    def _say_trouble(self, trouble: Trouble) -> None:
        self.told.say("")
        self.trouble.say(trouble.say(self.lang))
        self.sheet.ensureWidgetVisible(self.trouble)

    def copy(self, one: Format) -> None:
        """Begins a format from another one."""
        data = changes.copy_of(one, [*formats.known(), *format_file.drafts()])
        self.edit_asked.emit(Draft(data["id"], data), False)

    def change(self, one: Format) -> None:
        """Opens one of one's own formats, with what was begun on it."""
        begun = format_file.drafts().get(one.id)
        data = formats.as_data(one) if begun is None else begun
        self.edit_asked.emit(Draft(one.id, data, one.id), begun is not None)

    def _ask(self) -> None:
        lang = self.lang
        folder = str(self.settings.get("folder") or documents())
        name, _ = QFileDialog.getOpenFileName(self, lang("Open a format file"), folder, lang(KINDS))
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Takes in a file from elsewhere; what is in the way is said here with its line, and nothing is kept."""
        try:
            one = format_file.add(path)
        except Trouble as trouble:
            self._say_trouble(trouble)
            return
        self._tell(
            self.lang("“{name}” is one of your formats now.").format(name=one.name.get(self.lang.code))
        )

    def _send(self, one: Format) -> None:
        lang = self.lang
        folder = Path(self.settings.get("folder") or documents())
        target = str(folder / f"{one.id}.toml")
        name, _ = QFileDialog.getSaveFileName(self, lang("Save as a file"), target, lang(KINDS))
        if name:
            format_file.send(one.id, Path(name))
            self._tell(
                lang("Saved as {name}. It can be mailed and opened elsewhere.").format(name=Path(name).name)
            )

    def _take_away(self, one: Format) -> None:
        format_file.take_away(one.id)
        self._tell(self.lang("It is among the drafts now. Workshops that follow it carry it with them."))

    def _drop(self, name: str) -> None:
        format_file.drop(name)
        self.refresh()

    def _tell(self, words: str) -> None:
        self.refresh()
        self.told.say(words)
        self.sheet.verticalScrollBar().setValue(0)
