"""Projects on the start page: their sessions in a row, each with what it left and what came along to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workshop_app import formats
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    FlowLayout,
    Heading,
    IconLabel,
    Panel,
    Pill,
    PlainLabel,
    Rule,
    column,
    row,
    tip,
)
from workshop_app.i18n import N_, Language
from workshop_app.model.dates import day_words
from workshop_app.model.project import About, chains, name_of

LEFT = {"request": N_("Request for information"), "comments": N_("Comment round")}


class ChainsPanel(Panel):
    """One line for each project that has a name or several sessions here; hidden where there is none."""

    open_asked = Signal(str)

    def __init__(self, lang: Language, recent: Sequence[About]) -> None:
        super().__init__(pad=20, gap=10)
        self.lang = lang
        self.steps: list[Button] = []
        found = chains(recent)
        self.body.addWidget(Heading(lang("Projects"), size="lead", wrap=False))
        for place, chain in enumerate(found):
            if place:
                self.body.addWidget(Rule())
            self.body.addWidget(self._chain(chain))
        self.setHidden(not found)

    def _chain(self, chain: Sequence[About]) -> QWidget:
        lang, name = self.lang, name_of(chain)
        holder = QWidget()
        flow = FlowLayout(holder, look().px(8), look().px(8))
        for place, one in enumerate(chain):
            if place or one.get("follows"):
                flow.addWidget(self._brought(one))
            flow.addWidget(self._step(one, name))
            for key in filter(None, one.get("left", "").split(" ")):
                if key in LEFT:
                    flow.addWidget(_as_high(Pill(lang(LEFT[key]), "outline")))
        whole = QWidget()
        whole.setLayout(column(PlainLabel(name, weight="semibold", wrap=True), holder, gap=6))
        whole.setAccessibleName(lang("Project {name}").format(name=name))
        return whole

    def _brought(self, one: About) -> QWidget:
        """The way from the session before, with how many needs took it."""
        lang, many = self.lang, int(one.get("brought") or 0)
        words = lang.plural("{n} need came along", "{n} needs came along", many) if many else ""
        arrow, text = IconLabel("arrow-right", "ink2", 16), PlainLabel(words, size="small", tone="ink2")
        return _as_high(arrow, text)

    def _step(self, one: About, project: str) -> Button:
        lang = self.lang
        known = formats.formats().get(one.get("format", ""))
        day = day_words(one.get("date", ""), lang, weekday=False)
        words = ", ".join(w for w in (known.name.get(lang.code) if known else one.get("title", ""), day) if w)
        button = Button(words)
        tip(button, one.get("title", ""))
        button.setAccessibleName(f"{words}, {one.get('title', '')}, {project}")
        path = one.get("path", "")
        button.clicked.connect(lambda: self.open_asked.emit(path))
        self.steps.append(button)
        return button


def _as_high(*parts: QWidget) -> QWidget:
    """What stands between the steps, as high as their buttons so that all lie on one line."""
    box = QWidget()
    box.setLayout(row(*parts, gap=4))
    box.setMinimumHeight(look().px(30))
    return box
