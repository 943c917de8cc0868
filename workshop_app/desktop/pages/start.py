"""The start page: today's workshop, formats to begin with, earlier workshops, and samples to try."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSizePolicy, QWidget

from workshop_app import formats, resources, theme
from workshop_app.desktop.chains import ChainsPanel
from workshop_app.desktop.format_choice import FormatChoice
from workshop_app.desktop.pages.erase import EraseBox
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import look
from workshop_app.desktop.top_bar import StateWord, settings_menu
from workshop_app.desktop.widgets import (
    Button,
    ElidedLabel,
    FlowLayout,
    Heading,
    HintLine,
    IconLabel,
    Logo,
    Pill,
    PlainLabel,
    PressRow,
    Rule,
    ScrollColumn,
    column,
    row,
    tip,
)
from workshop_app.i18n import Language
from workshop_app.model.dates import day_words

NARROW = 1080  # page width at 100 % under which the columns stand under each other


class LeadCard(QFrame):
    """The workshop of today, or the latest one, with the two things to do."""

    def __init__(self, lang: Language, about: dict[str, str]) -> None:
        super().__init__()
        self.check = Button(lang("Check the room"), role="primary", icon="list-checks", size="large")
        self.open = Button(lang("Open the agenda"), size="large")
        buttons = QWidget()
        flow = FlowLayout(buttons, look().px(12), look().px(8))
        flow.addWidget(self.check)
        flow.addWidget(self.open)
        hint = lang("Takes about three minutes. Do it before people arrive.")
        today = about.get("date") == date.today().isoformat()
        when = day_words(about.get("date", ""), lang)
        if today:
            when = lang("Today, {day}").format(day=when)
        when = when[:1].upper() + when[1:]
        known = formats.known().get(about.get("format", ""))
        parts = [about.get("place", ""), known.name.get(lang.code) if known else ""]
        path = Path(about["path"])
        self.title = Heading(about.get("title") or path.stem, size="title")
        words = column(
            PlainLabel(when or lang("Latest workshop"), size="small", weight="semibold", tone="ink2"),
            self.title,
            PlainLabel(" · ".join(p for p in parts if p), size="large", tone="ink2", wrap=True),
            34,
            buttons,
            PlainLabel(hint, size="small", tone="ink2", wrap=True),
            gap=6,
            margins=(32, 28, 32, 28),
        )
        self.aside = QWidget()
        self.aside.setProperty("ground", "")
        aside = column(gap=8, margins=(28, 26, 28, 26))
        aside.addWidget(
            PlainLabel(lang("Before you start"), size="small", weight="semibold", tone="on_ptint")
        )
        for done, said in self._ready(lang, about):
            line = row(gap=10)
            mark = IconLabel("circle-check" if done else "circle", "on_ptint", 18)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(PlainLabel(said, size="small", tone="on_ptint", wrap=True), 1)
            aside.addLayout(line)
        aside.addStretch(1)
        place = ElidedLabel(lang("The file: {path}").format(path=path.name), tone="on_ptint", size="small")
        tip(place, str(path))
        aside.addWidget(place)
        self.aside.setLayout(aside)
        self.aside.setFixedWidth(look().px(340))
        line = row(gap=0)
        line.addLayout(words, 1)
        line.addWidget(self.aside)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def _ready(self, lang: Language, about: dict[str, str]) -> list[tuple[bool, str]]:
        question, mandate = bool(about.get("question")), bool(about.get("mandate"))
        lines = [
            (
                question,
                lang("The question is written") if question else lang("The question is not written yet"),
            ),
            (
                mandate,
                lang("Mandate and recipient are given")
                if mandate
                else lang("Mandate or recipient is missing"),
            ),
        ]
        checked = bool(about.get("room_check"))
        lines.append(
            (checked, lang("The room has been checked") if checked else lang("The room is not checked yet"))
        )
        if about.get("missing"):
            lines.append(
                (False, lang("Missing: {voices}. Who speaks for them?").format(voices=about["missing"]))
            )
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look().px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("surface"))
        painter.drawRoundedRect(box, radius, radius)
        if self.aside.isVisible():
            painter.setBrush(look().colour("ptint"))
            painter.setClipRect(QRectF(self.aside.geometry()))
            painter.drawRoundedRect(box, radius, radius)
            painter.setClipping(False)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)


class RecentRow(PressRow):
    """One earlier workshop."""

    def __init__(self, about: dict[str, str], lang: Language) -> None:
        path = Path(about["path"])
        title = about.get("title") or path.stem
        when = day_words(about.get("date", ""), lang, weekday=False)
        below = " · ".join(p for p in (about.get("place", ""), when) if p) or path.name
        super().__init__(f"{title}, {below}", framed=False)
        tip(self, str(path))
        self.words = f"{title} {below} {path.name}".casefold()
        line = row(gap=10, margins=(4, 10, 4, 10))
        named = PlainLabel(title, weight="semibold", wrap=True)
        names = column(named, ElidedLabel(below, size="small", tone="ink2"), gap=1)
        line.addLayout(names, 1)
        words, kind = debt(about, lang)
        if words:
            line.addWidget(Pill(words, kind))
        line.addWidget(IconLabel("chevron-right", "ink2", 16))
        self.setLayout(line)


def debt(about: dict[str, str], lang: Language) -> tuple[str, str]:
    """What an earlier workshop still owes, as the words and kind of a pill."""
    needs, ownerless = int(about.get("needs") or 0), int(about.get("ownerless") or 0)
    if needs and ownerless:
        return lang("{n} needs, {m} without an owner").format(n=needs, m=ownerless), "attn"
    if needs:
        return lang.plural("{n} need, with its owner", "{n} needs, all with owners", needs), "done"
    cards = int(about.get("cards") or 0)
    return (lang.plural("{n} card", "{n} cards", cards), "plain") if cards else ("", "plain")


class StartPage(QWidget):
    """Where everything begins. Signals say what the leader wants; the window does it."""

    new_asked = Signal(str)
    open_asked = Signal(str)
    check_asked = Signal(str)
    choose_asked = Signal()
    sample_asked = Signal(str)
    help_asked = Signal()
    formats_asked = Signal()

    def __init__(self, settings: Settings, change: Any, trouble: str = "") -> None:
        super().__init__()
        self.settings, self.lang = settings, settings.lang
        self.setProperty("ground", "bg")
        lang = self.lang
        self.sheet = ScrollColumn(gap=26, margins=(72, 36, 72, 36))
        self.setLayout(column(self._bar(change), self.sheet, gap=0))
        self.trouble = HintLine("octagon-alert", "attn")
        self.trouble.say(trouble, lang("The file was left as it is.") if trouble else "")
        self.sheet.body.addWidget(self.trouble)
        recent = settings.recent()
        self.lead: LeadCard | None = None
        if recent:
            chosen = next((r for r in recent if r.get("date") == date.today().isoformat()), recent[0])
            self.lead = LeadCard(lang, chosen)
            self.lead.open.clicked.connect(lambda: self.open_asked.emit(chosen["path"]))
            self.lead.check.clicked.connect(lambda: self.check_asked.emit(chosen["path"]))
            self.sheet.body.addWidget(self.lead)
        self.chains = ChainsPanel(lang, recent)
        self.chains.open_asked.connect(self.open_asked)
        self.sheet.body.addWidget(self.chains)
        self.new, self.old = self._formats(), self._earlier(recent)
        self.columns = QGridLayout()
        self.columns.setHorizontalSpacing(look().px(40))
        self.columns.setVerticalSpacing(look().px(26))
        self.sheet.body.addLayout(self.columns)
        self.erase = EraseBox(settings)
        self.sheet.body.addWidget(self.erase)
        self.erase.setVisible(bool(recent))
        self.sheet.body.addStretch(1)
        self._narrow: bool | None = None
        self._arrange()

    def _bar(self, change: Any) -> QFrame:
        lang = self.lang
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("edge", "bottom")
        offline = StateWord("wifi-off")
        offline.say("wifi-off", lang("Working without internet"))
        self.settings_button = Button(lang("Settings"), role="quiet", icon="settings")
        self.settings_button.setMenu(settings_menu(bar, self.settings, lang, change))
        self.help_button = Button(lang("Help"), role="quiet", icon="circle-help", key="F1")
        self.help_button.setShortcut("F1")
        self.help_button.clicked.connect(self.help_asked)
        name = PlainLabel("Behovsverkstad", size="large", weight="bold")
        bar.setLayout(
            row(
                Logo(24),
                4,
                name,
                None,
                offline,
                8,
                self.settings_button,
                self.help_button,
                gap=8,
                margins=(16, 6, 12, 6),
            )
        )
        bar.setMinimumHeight(look().px(52))
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return bar

    def _formats(self) -> QWidget:
        lang, box = self.lang, QWidget()
        note = PlainLabel(lang("Pick a format. Everything can be changed later."), size="small", tone="ink2")
        heading = Heading(lang("New workshop"), size="lead", wrap=False)
        heading.setMinimumHeight(look().px(theme.measures("hit")["desk"]))  # as the button beside the other
        head = row(heading, None, note)
        self.choice = FormatChoice(lang)
        self.choice.chosen.connect(self.new_asked)
        self.cards = self.choice.cards
        self.own = Button(lang("Make or change a format"), role="quiet", icon="pencil")
        self.own.clicked.connect(self.formats_asked)
        box.setLayout(column(head, self.choice, row(self.own, None), None, gap=14))
        return box

    def _earlier(self, recent: list[dict[str, str]]) -> QWidget:
        lang, box = self.lang, QWidget()
        self.choose = Button(lang("Open a file"), role="quiet", icon="folder-open", key="Ctrl+O")
        self.choose.clicked.connect(self.choose_asked)
        layout = column(
            row(Heading(lang("Earlier workshops"), size="lead", wrap=False), None, self.choose), gap=0
        )
        layout.addSpacing(look().px(8))
        self.rows = []
        if len(recent) > 6:
            self.search = QLineEdit()
            self.search.setPlaceholderText(lang("Search"))
            self.search.setAccessibleName(lang("Search among earlier workshops"))
            self.search.textChanged.connect(self._filter)
            layout.addWidget(self.search)
            layout.addSpacing(look().px(8))
        layout.addWidget(Rule())
        for about in recent:
            line = RecentRow(about, lang)
            line.clicked.connect(lambda path=about["path"]: self.open_asked.emit(path))
            self.rows.append(line)
            layout.addWidget(line)
            layout.addWidget(Rule())
        if not recent:
            layout.addSpacing(look().px(12))
            empty = PlainLabel(
                lang("None yet. They come here when you have made one."), tone="ink2", wrap=True
            )
            layout.addWidget(empty)
        layout.addSpacing(look().px(24))
        layout.addLayout(self._samples())
        layout.addStretch(1)
        box.setLayout(layout)
        return box

    def _samples(self) -> Any:
        lang = self.lang
        files = resources.sample_files()
        words = lang("Exercises with invented answers. Nothing is overwritten.")
        holder = QWidget()
        flow = FlowLayout(holder, look().px(8), look().px(8))
        self.samples: list[Button] = []
        for file in files:
            button = Button(sample_title(file))
            button.clicked.connect(lambda _=False, name=file.stem: self.sample_asked.emit(name))
            self.samples.append(button)
            flow.addWidget(button)
        head = PlainLabel(lang("Try without participants"), weight="semibold")
        return column(head, PlainLabel(words, size="small", tone="ink2", wrap=True), 4, holder, gap=3)

    def _filter(self, text: str) -> None:
        for line in self.rows:
            line.setVisible(text.casefold() in line.words)

    def _arrange(self) -> None:
        narrow = self.width() * 100 / look().percent < NARROW
        self.choice.arrange(2 if self.width() * 100 / look().percent < 820 else 3)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self.new, self.old):
            self.columns.removeWidget(widget)
        self.columns.addWidget(self.new, 0, 0)
        self.columns.addWidget(self.old, *((1, 0) if narrow else (0, 1)))
        self.columns.setColumnStretch(0, 7)
        self.columns.setColumnStretch(1, 0 if narrow else 4)
        if self.lead is not None:
            self.lead.aside.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def sample_title(file: Path) -> str:
    """What a sample calls itself: its title and its invented place; its file name if it cannot be read."""
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        return f"{about['title']}, {about['place']}"
    except (OSError, ValueError, KeyError):
        return file.stem
