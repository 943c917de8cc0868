"""Answers to one question: words as they were written, or how many chose what."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.strips import OPEN_FEW
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Pill,
    PlainLabel,
    Rule,
    ShareBar,
    VerbatimLabel,
    column,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.answers import Choices, Said
from workshop_app.model.rating import SHOW_FROM
from workshop_app.model.session import Room


class SaidRow(QWidget):
    """One answer, word for word, with its role where enough people share it, and the way to keep it."""

    def __init__(self, bridge: Bridge, said: Said, role: str, keep: Callable[[Said], None] | None) -> None:
        super().__init__()
        lang = bridge.lang
        self.said = said
        words = VerbatimLabel(said.words, select=True)
        self.role = PlainLabel(role, size="small", tone="ink2")
        self.kept = Pill(lang("Kept"), "done", "check")
        self.button = Button(lang("Keep"), role="quiet", icon="plus")
        self.button.setAccessibleName(lang("Keep: {words}").format(words=said.words[:80]))
        if keep is not None:
            self.button.clicked.connect(lambda: keep(self.said))
        line = row(gap=12)
        box = column(words, gap=2)
        if role:
            box.addWidget(self.role)
        line.addLayout(box, 1)
        line.addWidget(self.kept, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, Rule(), gap=8, margins=(0, 8, 0, 0)))
        self.keeps = keep is not None

    def show_kept(self, kept: bool, full: bool) -> None:
        """Whether this answer is among what is kept; `full`: nothing more can be."""
        self.kept.setVisible(kept)
        self.button.setVisible(self.keeps and not kept)
        self.button.setEnabled(not full)


class SaidList(QWidget):
    """The written answers to one question, oldest first; rows that stay are not made again."""

    def __init__(self, bridge: Bridge, keep: Callable[[Said], None] | None = None) -> None:
        super().__init__()
        self.bridge, self.keep = bridge, keep
        self.rows: dict[tuple[int, str, str], SaidRow] = {}
        self.box = QVBoxLayout()
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.setLayout(self.box)

    def show_said(
        self, said: Sequence[Said], room: Room, kept: Iterable[int] = (), full: bool = False
    ) -> None:
        """Shows the answers, each marked when it is among `kept` (ids of answers)."""
        kept = set(kept)
        wanted = {(s.answer, room.role_shown(s.role), s.words): s for s in said}
        for key in [k for k in self.rows if k not in wanted]:
            gone = self.rows.pop(key)
            gone.hide()
            gone.deleteLater()
        for place, (key, one) in enumerate(wanted.items()):
            if key not in self.rows:
                self.rows[key] = SaidRow(self.bridge, one, key[1], self.keep)
                self.box.insertWidget(place, self.rows[key])
            self.rows[key].show_kept(one.answer in kept, full)


class ChoiceBars(QWidget):
    """How many chose what, one bar for each choice; nothing until three have answered."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.wait = PlainLabel(size="small", tone="ink2", wrap=True)
        self.box = QVBoxLayout()
        self.box.setContentsMargins(0, 0, 0, 0)
        self.bars: dict[str, tuple[PlainLabel, ShareBar, PlainLabel]] = {}
        self.setLayout(column(self.wait, self.box, gap=4))

    def show_choices(self, options: Sequence[tuple[str, str]], found: Choices | None) -> None:
        """Shows the counts of every choice, those that nobody made too."""
        counts: Mapping[str, int] = found.counts if found else {}
        held = found.waiting if found else 0
        self.wait.setText(waiting(self.lang, held, bool(found and found.open)))
        if counts and held:
            behind = self.lang("{n} more answered; the picture goes on when they are enough.")
            self.wait.setText(behind.format(n=held))
        self.wait.setVisible(not counts or held > 0)
        for value, words in options:
            if value not in self.bars:
                self.bars[value] = self._bar(words)
            name, bar, number = self.bars[value]
            count = counts.get(value, 0)
            bar.show_share(count / max(sum(counts.values()), 1), f"{words}: {count}")
            number.setText(str(count))
            for part in (name, bar, number):
                part.setVisible(bool(counts))

    def _bar(self, words: str) -> tuple[PlainLabel, ShareBar, PlainLabel]:
        name, bar, number = PlainLabel(words, wrap=True), ShareBar(), PlainLabel(weight="semibold")
        name.setFixedWidth(look().px(220))
        number.setFixedWidth(look().px(40))
        bar.setFixedHeight(look().px(22))
        self.box.addLayout(row(name, bar, number, gap=12))
        return name, bar, number


def waiting(lang: Language, answers: int, is_open: bool = False) -> str:
    """Why nothing is shown yet; `is_open`: phones may still answer."""
    if not answers:
        return lang("Nobody has answered yet.")
    if is_open:
        return lang(OPEN_FEW).format(n=answers)
    left = SHOW_FROM - answers
    return lang.plural(
        "{n} more must answer before it is shown.", "{n} more must answer before it is shown.", left
    )
