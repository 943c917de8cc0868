"""Whom a need concerns, and whether anybody has asked them."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, IconButton, PlainLabel, choice, column, empty_layout, row
from workshop_app.i18n import N_
from workshop_app.model.need import CONSULTED, RELATIONS, Need, Stakeholder

RELATION_WORDS = {
    "user": N_("uses it"),
    "staff": N_("works there"),
    "decides": N_("decides"),
    "operates": N_("operates it"),
    "pays": N_("pays"),
    "supplies": N_("supplies"),
    "other": N_("in another way"),
}
CONSULTED_WORDS = {"yes": N_("asked"), "no": N_("not asked"), "planned": N_("will be asked")}


class Concerned(QWidget):
    """One line for each group; adding and changing is one action, one undo."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.need: Need | None = None
        self._shown: object = None
        lang = bridge.lang
        self.lines = QVBoxLayout()
        self.lines.setSpacing(look().px(6))
        self.new = QLineEdit()
        self.new.setMaxLength(80)
        self.new.setPlaceholderText(lang("Another group"))
        self.new.setAccessibleName(lang("Another group that the need concerns"))
        self.add = Button(lang("Add"))
        self.add.setAccessibleName(lang("Add the group"))
        self.new.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.setLayout(column(self.lines, row(self.new, self.add), gap=8))

    def show_need(self, need: Need) -> None:
        """Shows the groups of a need."""
        self.need = need
        state = (need.id, need.stakeholders)
        if state == self._shown:
            return
        self._shown = state
        lang = self.bridge.lang
        empty_layout(self.lines)
        for place, one in enumerate(need.stakeholders):
            name = PlainLabel(one.group, size="small", wrap=True)
            kin = choice([(r, lang(RELATION_WORDS[r])) for r in RELATIONS], one.relation)
            kin.setAccessibleName(lang("{group}: how it is concerned").format(group=one.group))
            box = choice([(c, lang(CONSULTED_WORDS[c])) for c in CONSULTED], one.consulted)
            box.setAccessibleName(lang("{group}: asked or not").format(group=one.group))
            kin.activated.connect(lambda _i, place=place, box=kin: self._change(place, relation=box))
            box.activated.connect(lambda _i, place=place, box=box: self._change(place, consulted=box))
            away = IconButton("x", lang("Take {group} off the list").format(group=one.group))
            away.clicked.connect(lambda _=False, place=place: self._remove(place))
            line = row(gap=6)
            line.addWidget(name, 1)
            line.addWidget(away)
            self.lines.addLayout(line)
            both = row(gap=6)
            both.addWidget(kin, 3)
            both.addWidget(box, 2)
            self.lines.addLayout(both)
        if not need.stakeholders:
            words = lang("Nobody noted yet. Who is affected, decides, operates or pays?")
            self.lines.addWidget(PlainLabel(words, size="small", tone="ink2", wrap=True))

    def _add(self) -> None:
        words = self.new.text().strip()
        if words and self.need is not None:
            self.new.clear()
            self._store((*self.need.stakeholders, Stakeholder(words)))

    def keep(self) -> None:
        """Adds a group that is written and not added, before the page goes."""
        self._add()

    def _change(self, place: int, **box: QComboBox) -> None:
        if self.need is not None:
            groups = list(self.need.stakeholders)
            groups[place] = replace(groups[place], **{name: b.currentData() for name, b in box.items()})
            self._store(tuple(groups))

    def _remove(self, place: int) -> None:
        if self.need is not None:
            self._store(self.need.stakeholders[:place] + self.need.stakeholders[place + 1 :])

    def _store(self, groups: tuple[Stakeholder, ...]) -> None:
        assert self.need is not None
        rows = [{"group": g.group, "relation": g.relation, "consulted": g.consulted} for g in groups]
        self.bridge.do(actions.need.set_stakeholders, need=self.need.id, stakeholders=rows)
