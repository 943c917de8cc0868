"""Building on an earlier workshop: choose its file, see what comes along, and tick off what shall not."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout

from workshop_app import actions
from workshop_app.actions import carry
from workshop_app.actions.carry import Luggage
from workshop_app.desktop.settings import Settings, documents
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, HintLine, Panel, PlainLabel, SectionLabel, empty_layout, row
from workshop_app.i18n import Language
from workshop_app.model import rating
from workshop_app.model.dates import day_words
from workshop_app.model.need import HAPPENED, CarriedCard, Need
from workshop_app.model.trouble import Trouble
from workshop_app.store.session_file import SessionFile

WORDS = 90  # signs of a parked card that are shown


class LuggageBox(Panel):
    """What an earlier workshop has to give; empty until a file is chosen."""

    chosen = Signal(object)  # Luggage

    def __init__(self, settings: Settings, lang: Language) -> None:
        super().__init__(pad=18, gap=6)
        self.settings, self.lang = settings, lang
        self.luggage: Luggage | None = None
        self.needs: dict[int, QCheckBox] = {}  # number there -> tick
        self.parked: list[tuple[CarriedCard, QCheckBox]] = []
        self.goals = QCheckBox()
        self.choose = Button(lang("Build on an earlier workshop"), icon="folder-open")
        self.choose.clicked.connect(self._ask)
        self.nothing = Button(lang("Begin without it"), role="quiet", icon="x")
        self.nothing.clicked.connect(self.clear)
        self.words = PlainLabel(tone="ink2", wrap=True)
        self.trouble = HintLine("triangle-alert", "attn")
        line = row(gap=16)
        line.addWidget(self.words, 1)
        line.addWidget(self.nothing)
        line.addWidget(self.choose)
        self.ticks = QVBoxLayout()
        self.ticks.setSpacing(look().px(6))
        for part in (line, self.ticks):
            self.body.addLayout(part)
        self.body.addWidget(self.trouble)
        self.clear()

    def clear(self) -> None:
        """Begins without an earlier workshop."""
        empty_layout(self.ticks)
        self.luggage, self.needs, self.parked = None, {}, []
        self.goals = QCheckBox()
        self.words.setText(
            self.lang(
                "Open needs, owners, goals and parked cards can come along from a workshop held before."
            )
        )
        self.trouble.say("")
        self.nothing.hide()

    def _ask(self) -> None:
        lang = self.lang
        folder = str(self.settings.get("folder") or documents())
        kinds = lang("Workshops (*.behov);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, lang("Build on an earlier workshop"), folder, kinds)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Reads a file and shows what it has; what is in the way is said here."""
        self.clear()
        try:
            luggage = carry.look(path)
        except Trouble as trouble:
            self.trouble.say(trouble.say(self.lang))
            return
        self.luggage = luggage
        self.nothing.show()
        self._show(luggage)
        self.chosen.emit(luggage)

    def _show(self, luggage: Luggage) -> None:
        lang, proposed = self.lang, luggage.proposed()
        day = day_words(luggage.date, lang)
        told = lang("From {title}, {day}. Voices stay counted there and become a reference here.")
        self.words.setText(told.format(title=luggage.title, day=day))
        if luggage.needs:
            self.ticks.addWidget(SectionLabel(lang("Needs that come along")))
        for need in luggage.needs:
            self.needs[need.number] = self._tick(self._about(need), need.number in proposed)
        if luggage.parked:
            self.ticks.addWidget(SectionLabel(lang("Parked cards, as references")))
        for card in luggage.parked:
            text = card.text if len(card.text) <= WORDS else card.text[: WORDS - 1] + "…"
            self.parked.append((card, self._tick(text.replace("\n", " "), True)))
        if luggage.goals:
            self.ticks.addWidget(SectionLabel(lang("Goals")))
            words = lang.plural("{n} goal", "{n} goals", len(luggage.goals))
            self.goals = self._tick(words, True)
        if not (luggage.needs or luggage.parked or luggage.goals):
            self.ticks.addWidget(PlainLabel(lang("There is nothing open in it."), tone="ink2"))

    def _about(self, need: Need) -> str:
        lang, f = self.lang, need.fields
        parts = [f"{need.number}. {need.title or lang('No name yet')}"]
        parts.append(rating.route_label(f["route"], f["route_kind"], lang.code))
        parts.append(f["owner"] or lang("no owner"))
        if need.happened:
            parts.append(lang(HAPPENED[need.happened[-1].status]))
        return " · ".join(p for p in parts if p)

    def _tick(self, words: str, on: bool) -> QCheckBox:
        tick = QCheckBox(words.replace("&", "&&"))
        tick.setAccessibleName(words)
        tick.setChecked(on)
        self.ticks.addWidget(tick)
        return tick

    def make_file(self, path: Path, **cover: Any) -> SessionFile:
        """Makes the session, with what is ticked when it builds on an earlier one."""
        if self.luggage is None:
            return actions.session.create(path, **cover)
        return carry.create(
            path,
            self.luggage,
            needs=[number for number, tick in self.needs.items() if tick.isChecked()],
            parked=[card for card, tick in self.parked if tick.isChecked()],
            with_goals=self.goals.isChecked(),
            **cover,
        )
