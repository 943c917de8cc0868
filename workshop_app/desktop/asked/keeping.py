"""Before everybody goes: who owns the result, where it is kept, when it is taken up next. Asked for, never demanded."""

from PySide6.QtWidgets import QGridLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Field, HintLine, Panel, PlainLabel, line_edit
from workshop_app.store import queries

KEEPING = ("owner", "kept_where", "next_date")


class KeepingPanel(Panel):
    """The three things that both source projects lacked, with a kind word while one of them is missing."""

    def __init__(self, bridge: Bridge) -> None:
        self.bridge, lang = bridge, bridge.lang
        words = {
            "owner": lang("Owner of the result, a role"),
            "kept_where": lang("Where it is kept"),
            "next_date": lang("Next date"),
        }
        hints = {
            "owner": lang("Such as “head of property”"),
            "kept_where": lang("The registry or a folder"),
            "next_date": lang("Day and meeting"),
        }
        self.fields = {name: line_edit(limit=160, placeholder=hints[name]) for name in KEEPING}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(20))
        for place, name in enumerate(KEEPING):
            grid.addWidget(Field(words[name], self.fields[name]), 0, place)
            grid.setColumnStretch(place, 1)
            self.fields[name].editingFinished.connect(lambda name=name: self._keep(name))
        holder = QWidget()
        holder.setLayout(grid)
        self.hint = HintLine("flag", "attn")
        super().__init__(
            PlainLabel(lang("Before you go home"), weight="semibold"), holder, self.hint, pad=20, gap=12
        )

    def refresh(self) -> None:
        """Reads what is written, and says what is missing."""
        lang, settings = self.bridge.lang, self.bridge.get(queries.session).settings
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(settings.get(name, ""))
        missing = [name for name in KEEPING if not settings.get(name)]
        names = {"owner": lang("an owner"), "kept_where": lang("a place"), "next_date": lang("a next date")}
        if missing:
            wanted = lang.listed(names[m] for m in missing)
            self.hint.say(
                lang("The result still needs {wanted}.").format(wanted=wanted),
                lang("What nobody owns is lost with the people who were here."),
            )
        else:
            self.hint.say("")

    def _keep(self, name: str) -> None:
        value = self.fields[name].text().strip()
        if value != self.bridge.get(queries.session).settings.get(name, ""):
            self.bridge.do(actions.session.set_setting, key=name, value=value)
