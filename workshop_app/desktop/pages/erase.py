"""Gallring at the start page: which workshops are due, and the plain question in two steps before anything goes."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QRadioButton, QVBoxLayout, QWidget

from workshop_app.actions import erase
from workshop_app.actions.erase import Receipt
from workshop_app.desktop.settings import Settings, documents
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    Heading,
    HintLine,
    Panel,
    Pill,
    PlainLabel,
    column,
    empty_layout,
    line_edit,
    row,
)
from workshop_app.model import dates
from workshop_app.model.trouble import Trouble

SOON = timedelta(days=30)


class EraseBox(QWidget):
    """Reminders of retention dates; one workshop at a time can be erased: what and why first, then whether."""

    finished = Signal(object)  # Receipt or Trouble, from the thread that erases

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings, self.lang = settings, settings.lang
        lang = self.lang
        self.path: Path | None = None
        self._gone: Path | None = None
        self.reminders: list[Button] = []
        self.due = QVBoxLayout()
        self.due.setSpacing(look().px(8))
        self.other = Button(lang("Erase another workshop"), role="quiet", icon="folder-open")
        self.other.clicked.connect(self._choose)
        self.about = PlainLabel(weight="semibold", wrap=True)
        self.answers = QRadioButton(
            lang("The answers: cards, votes and people. The needs stay with owner and route.")
        )
        self.whole = QRadioButton(lang("The whole file. Only a receipt stays."))
        self.answers.setChecked(True)
        self.basis = line_edit(limit=erase.BASIS, placeholder=lang("Such as a decision or a retention plan"))
        self.go_on = Button(lang("Go on"), role="primary")
        self.go_on.clicked.connect(self._ask)
        self.stop = Button(lang("No, keep it"), role="quiet")
        self.stop.clicked.connect(self.close_panel)
        self.first = QWidget()
        basis = Field(lang("On what basis"), self.basis)
        buttons = row(self.go_on, self.stop, None)
        self.first.setLayout(column(self.about, self.answers, self.whole, basis, buttons, gap=10))
        self.question = PlainLabel(weight="semibold", wrap=True)
        self.sure = Button(lang("Erase for good"), role="danger")
        self.sure.clicked.connect(self._erase)
        self.no = Button(lang("No, keep it"))
        self.no.clicked.connect(self.close_panel)
        self.second = QWidget()
        self.second.setLayout(column(self.question, row(self.no, self.sure, None), gap=12))
        self.panel = Panel(self.first, self.second, pad=20)
        self.told = HintLine("circle-check")
        head = row(Heading(lang("Retention"), size="lead", wrap=False), None, self.other)
        self.setLayout(column(head, self.due, self.panel, self.told, gap=10))
        self.finished.connect(self._finished)
        self.told.say("")
        self.close_panel()
        self._remind()

    def _remind(self) -> None:
        empty_layout(self.due)
        self.reminders = []
        lang, today = self.lang, date.today()
        for about in self.settings.recent():
            last = dates.read(about.get("keep_until", ""))
            if last is None or last > today + SOON:
                continue
            title = about.get("title") or Path(about["path"]).stem
            words = lang("{title}: to be erased no later than {day}")
            told = words.format(title=title, day=dates.day_words(last.isoformat(), lang, weekday=False))
            button = Button(lang("Erase"))
            button.setAccessibleName(f"{lang('Erase')}: {title}")
            button.clicked.connect(lambda _=False, path=about["path"]: self.take(Path(path)))
            line = row(gap=14)
            line.addWidget(PlainLabel(told, wrap=True), 1)
            if last < today:
                line.addWidget(Pill(lang("overdue"), "attn"))
            line.addWidget(button)
            self.due.addLayout(line)
            self.reminders.append(button)

    def _choose(self) -> None:
        lang = self.lang
        folder = str(self.settings.get("folder") or documents())
        kinds = lang("Workshops (*.behov);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, lang("Erase another workshop"), folder, kinds)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """The first step for a file: what shall go, and on what basis."""
        self.path = path
        self.told.say("")
        self.about.setText(self.lang("What shall be erased in {name}?").format(name=path.name))
        self.panel.show()
        self.first.show()
        self.second.hide()
        self.basis.setFocus()

    def close_panel(self) -> None:
        """Nothing is erased."""
        self.path = None
        self.basis.clear()
        self.panel.hide()

    def _ask(self) -> None:
        lang = self.lang
        if self.path is None:
            return
        if not self.basis.text().strip():
            self.told.say(lang(erase.NO_BASIS))
            self.basis.setFocus()
            return
        words = lang("Erase all answers in {name} and its backups for good?")
        if self.whole.isChecked():
            words = lang("Erase the whole file {name} and its backups for good?")
        self.told.say("")
        self.question.setText(f"{words.format(name=self.path.name)} {lang('It cannot be undone.')}")
        self.first.hide()
        self.second.show()
        self.no.setFocus()

    def _erase(self) -> None:
        path, basis, whole = self.path, self.basis.text(), self.whole.isChecked()
        if path is None:
            return
        self.close_panel()
        self._gone = path
        self.other.setEnabled(False)
        threading.Thread(target=_work, args=(path, basis, whole, self.finished.emit), daemon=True).start()

    def _forget(self) -> None:
        """What has been erased is due no longer."""
        rows = self.settings.recent()
        for row_ in rows:
            if self._gone is not None and row_["path"] == str(self._gone.resolve()):
                row_["keep_until"] = ""
        self.settings.put(recent=rows)
        self._remind()

    def _finished(self, result: object) -> None:
        lang = self.lang
        self.other.setEnabled(True)
        if isinstance(result, Receipt):
            self._forget()
            cards, answers = (result.counts.get(n, 0) for n in ("card", "answer"))
            title = lang("Erased: {cards} cards and {answers} answers in all.")
            left = lang("Still there, and may hold answers: {files}. Remove them by hand.")
            files = ", ".join(p.name for p in result.left)
            self.told.say(
                title.format(cards=cards, answers=answers), left.format(files=files) if files else ""
            )
        elif isinstance(result, Trouble):
            self.told.say(result.say(lang))
        else:
            self.told.say(lang("The computer said no: {why}.").format(why=type(result).__name__))


def _work(path: Path, basis: str, whole: bool, tell: Callable[[object], None]) -> None:
    try:
        tell(erase.erase_file(path, basis, whole=whole))
    except Exception as trouble:
        tell(trouble)
