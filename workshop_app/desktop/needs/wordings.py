"""How a need read before, and how its relatives read: two wordings side by side, with what differs in bold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.sentence import SentenceView
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    Heading,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionLabel,
    choice,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import N_, Language
from workshop_app.model import rating
from workshop_app.model.dates import moment_words
from workshop_app.model.need import FIELDS, Need, Relative
from workshop_app.store import queries

WHO = {"leader": N_("the leader"), "program": N_("the program")}
KIN = {
    "split_from": N_("Split from need {n}"),
    "split_into": N_("Need {n} was split from this one"),
    "merged_from": N_("Need {n} was joined into this one"),
}
TAKEN_BACK = (
    *("title", "wish", "who", "function", "situation", "effect", "requirement", "requirement_check"),
    *("measure", "today", "target", "unit", "measured_when"),
)


@dataclass(frozen=True)
class Wording:
    """One way that a need reads or has read."""

    name: str
    fields: Mapping[str, str]


def lineage(relatives: tuple[Relative, ...], lang: Language) -> str:
    """Where a need comes from and what has come of it, in one line."""
    return " · ".join(lang(KIN[r.kind]).format(n=r.number) for r in relatives)


def wordings(bridge: Bridge, need: Need) -> list[Wording]:
    """The need as it is now, its earlier versions newest first, then its relatives."""
    lang = bridge.lang
    out = [Wording(lang("Now"), need.fields)]
    for one in reversed(bridge.get(queries.need_versions, need.id)):
        said = (
            moment_words(one.at, lang),
            lang(rating.STATUS_LABELS[one.status]),
            lang(WHO.get(one.who, one.who)),
        )
        out.append(Wording(", ".join(said), one.fields))
    for kin in bridge.get(queries.relatives, need.id):
        out.append(Wording(lang(KIN[kin.kind]).format(n=kin.number), kin.fields))
    return out


def differing(old: str, new: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Both texts in pieces (kind, words); kind "changed" where the other has it otherwise."""
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kind = "same" if tag == "equal" else "changed"
        left += [(kind, "".join(before[a:b]))] if b > a else []
        right += [(kind, "".join(after[c:d]))] if d > c else []
    return left, right


class WordingsWindow(QDialog):
    """Two wordings of one need, and a way to take the older one back."""

    def __init__(self, bridge: Bridge, need: Need, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.bridge, self.need = bridge, need
        lang = bridge.lang
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = lang("How need {n} has read").format(n=need.number)
        self.setWindowTitle(title)
        self.all = wordings(bridge, need)
        rows = [(str(place), one.name) for place, one in enumerate(self.all)]
        self.old, self.new = choice(rows, "1"), choice(rows, "0")
        for box in (self.old, self.new):
            box.currentIndexChanged.connect(lambda _i: self.show_both())
        both = row(gap=16)
        both.addWidget(Field(lang("Compare"), self.old), 1)
        both.addWidget(Field(lang("with"), self.new), 1)
        self.body = column(gap=14)
        sheet = ScrollColumn(gap=14, margins=(28, 24, 28, 16))
        sheet.body.addWidget(Heading(title, size="live"))
        sheet.body.addLayout(both)
        sheet.body.addWidget(Rule())
        sheet.body.addLayout(self.body)
        sheet.body.addStretch(1)
        self.take = Button(lang("Take the left wording back"), icon="undo-2")
        self.take.clicked.connect(self._take_back)
        shut = Button(lang("Close"), role="quiet", key="Esc")
        shut.clicked.connect(self.close)
        foot = row(self.take, shut, None, margins=(28, 8, 28, 20))
        self.setLayout(column(sheet, foot, gap=0))
        self.resize(look().px(820), look().px(620))
        self.show_both()

    def _chosen(self) -> tuple[Wording, Wording]:
        return self.all[self.old.currentIndex()], self.all[self.new.currentIndex()]

    def show_both(self) -> None:
        """Shows what differs between the two that are chosen."""
        lang, (old, new) = self.bridge.lang, self._chosen()
        empty_layout(self.body)
        changed = [name for name in FIELDS if old.fields.get(name, "") != new.fields.get(name, "")]
        for name in changed:
            sides = differing(old.fields.get(name, ""), new.fields.get(name, ""))
            line = row(gap=16)
            for pieces in sides:
                view = SentenceView("base")
                view.show_pieces(pieces or [("same", lang("(empty)"))])
                line.addWidget(view, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(SectionLabel(lang(actions.need.LABELS[name])))
            self.body.addLayout(line)
        if not changed:
            self.body.addWidget(PlainLabel(lang("They read the same."), tone="ink2", wrap=True))
        self.take.setEnabled(any(name in TAKEN_BACK for name in changed))

    def _take_back(self) -> None:
        old = self._chosen()[0]
        texts = {name: old.fields.get(name, "") for name in TAKEN_BACK}
        self.bridge.do(actions.need.set_fields, need=self.need.id, **texts)  # type: ignore[arg-type]
        self.close()
