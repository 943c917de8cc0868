"""The register: all needs with route, owner, date and status, the nearest date first, and what has become of each since."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from workshop_app import actions, i18n
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.twins import TwinBox
from workshop_app.desktop.pages import Page
from workshop_app.desktop.phase_line import PhaseLine
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    BesideLayout,
    Button,
    EmptyState,
    Heading,
    Panel,
    Pill,
    PlainLabel,
    SectionLabel,
    choice,
    column,
    line_edit,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model import rating, register
from workshop_app.model.dates import day_words
from workshop_app.model.need import HAPPENED
from workshop_app.model.register import Entry
from workshop_app.store import queries


class RegisterPage(Page):
    """One row for each need. What has happened since is written here; everything else on the need's own pages."""

    header = "none"
    wants_width = True
    alone = True
    margins = (32, 24, 32, 24)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.title = Heading(lang("Register of needs"), size="title")
        self.about = PlainLabel(size="large", tone="ink2", wrap=True)
        self.empty = EmptyState(lang("No need has been written yet."), "inbox")
        self.rows: dict[int, EntryRow] = {}
        self.list = QVBoxLayout()
        self.list.setSpacing(look().px(12))
        self.twins = TwinBox(bridge)
        self.save_button = Button(lang("Save the register as PDF"), icon="save", size="large")
        self.save_button.clicked.connect(self.save)
        self.back = Button(lang("Back to the room's step"), icon="arrow-left", size="large")
        self.back.clicked.connect(lambda: self.step_asked.emit(""))
        self.phase = PhaseLine(bridge)
        self.setLayout(
            column(self.title, self.phase, self.about, 12, self.empty, self.list, 12, self.twins, None, gap=4)
        )

    def actions_bar(self) -> list[QPushButton]:
        return [self.back, self.save_button]

    def refresh(self) -> None:
        self.phase.refresh()
        needs = self.bridge.get(queries.needs)
        found = register.entries(needs, self.bridge.now().date())
        self.about.setText(change_words(register.changes(needs), self.bridge.lang))
        self.about.setVisible(bool(self.about.text()))
        self.empty.setVisible(not found)
        for gone in set(self.rows) - {e.need.id for e in found}:
            self.rows.pop(gone).deleteLater()
        for place, entry in enumerate(found):
            if entry.need.id not in self.rows:
                self.rows[entry.need.id] = EntryRow(self.bridge, entry.need.id)
            line = self.rows[entry.need.id]
            line.show_entry(entry)
            if self.list.indexOf(line) != place:
                self.list.insertWidget(place, line)

        self.twins.refresh(needs)

    def keep(self) -> None:
        for line in self.rows.values():
            line.keep()

    def save(self) -> None:
        """Asks where, and prints the register alone, on a worker's thread."""
        lang, file = self.bridge.lang, self.bridge.file
        place = str(file.path.with_name(f"{file.path.stem}-{lang('register-of-needs')}.pdf"))
        name, _ = QFileDialog.getSaveFileName(self, lang("Save the register as PDF"), place, "PDF (*.pdf)")
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")

        def work() -> Path:
            from workshop_app.report import summary

            printed = i18n.language(queries.session(file).language)
            format_name = queries.format_of(file).name.get(printed.code)
            told = queries.summary(file, "internal", format_name)
            return summary.build(told, printed, target, sections=("routes",))

        self.bridge.in_background(
            work, lambda path: self.bridge.said.emit("quiet", lang("Saved: {path}").format(path=path))
        )


class EntryRow(Panel):
    """A need: what it is called and where it goes, who owns it, when it is due, how it stands, and the news."""

    def __init__(self, bridge: Bridge, need: int) -> None:
        super().__init__(pad=18)
        lang = bridge.lang
        self.bridge, self.need = bridge, need
        self.entry: Entry | None = None
        self._sent = ("", "", "")
        self.title = PlainLabel(weight="semibold", size="large", wrap=True)
        self.route = PlainLabel(tone="ink2", wrap=True)
        self.before = PlainLabel(size="small", tone="ink2", wrap=True)
        self.owner, self.due = PlainLabel(wrap=True), PlainLabel(wrap=True)
        self.status, self.late = Pill(), Pill(lang("overdue"), "attn")
        none = lang("Nothing noted yet")
        self.news = choice([("", none), *((key, lang(words)) for key, words in HAPPENED.items())])
        self.note = line_edit(limit=actions.carry.NOTE, placeholder=lang("What has happened, briefly"))
        self.date = line_edit(limit=actions.carry.DATE, placeholder=lang("Date, as 2026-05-14"))
        self.date.setFixedWidth(look().px(250))
        self.news.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.news.setMinimumWidth(look().px(210))
        self.news.activated.connect(lambda _: self.keep())
        self.note.editingFinished.connect(self.keep)
        self.date.editingFinished.connect(self.keep)
        states = QWidget()
        states.setLayout(row(self.status, self.late, None, gap=6))
        facts = row(gap=20)
        facts.addLayout(column(self.title, self.route, self.before, None, gap=3), 6)
        for label, widget, share in (
            (lang("Owner"), self.owner, 3),
            (lang("Date"), self.due, 2),
            (lang("Status"), states, 2),
        ):
            facts.addLayout(column(SectionLabel(label), widget, None, gap=3), share)
        self.body.addLayout(facts)
        head = PlainLabel(lang("What has happened since"), size="small", weight="semibold")
        self.note.setMinimumWidth(look().px(160))
        news = BesideLayout(head, self.news, self.note, self.date, grows=2, gap=12)
        self.body.addSpacing(look().px(6))
        self.body.addLayout(news)

    def show_entry(self, entry: Entry) -> None:
        """Shows how the need stands; a field that is being written in is left alone."""
        if entry == self.entry:
            return
        lang, f, self.entry = self.bridge.lang, entry.need.fields, entry
        self._sent = ("", "", "")
        name = f"{entry.need.number}. {entry.need.title or lang('No name yet')}"
        self.title.setText(name)
        route = rating.route_label(f["route"], f["route_kind"], lang.code) or lang("No route chosen yet")
        receiver = f"{lang('Receiver: ')}{f['other_process']}" if f["other_process"] else ""
        self.route.setText(" · ".join(t for t in (route, f["route_reason"], receiver) if t))
        self.before.setText(_before(entry, lang))
        self.before.setVisible(bool(self.before.text()))
        self.owner.setText(f["owner"] or lang("missing"))
        when = day_words(entry.due.isoformat(), lang, weekday=False) if entry.due else ""
        self.due.setText(when or f["needed_by"] or f["review_date"] or lang("missing"))
        self.late.setVisible(entry.late)
        words = lang(rating.STATUS_LABELS.get(entry.need.status, entry.need.status))
        self.status.show_state(words, "done" if entry.need.status in ("decided", "closed") else "plain")
        self.setAccessibleName(name)
        for field, label in (
            (self.news, lang("What has happened since")),
            (self.note, lang("Note")),
            (self.date, lang("Date")),
        ):
            field.setAccessibleName(f"{label}, {name}")
        since = entry.since
        self.news.setCurrentIndex(max(self.news.findData(since.status if since else ""), 0))
        for line, text in (
            (self.note, since.note if since else ""),
            (self.date, since.date if since else ""),
        ):
            if not line.hasFocus():
                line.setText(text)

    def keep(self) -> None:
        """Stores the news when they are other than before; a note without a word for it means "not yet"."""
        since = self.entry.since if self.entry else None
        status, note, date = self.news.currentData(), self.note.text().strip(), self.date.text().strip()
        status = status or ("not_yet" if note or date else "")
        known = (since.status, since.note, since.date) if since else ("", "", "")
        if status and (status, note, date) not in (known, self._sent):
            self._sent = (status, note, date)  # the entry is not read again yet
            news = actions.carry.note_happened
            self.bridge.do(news, need=self.need, status=status, note=note, date=date)


def _before(entry: Entry, lang: Language) -> str:
    """Where the need was before, and who else has it."""
    words = []
    if entry.need.carried:
        last = entry.need.carried[-1]
        text = lang("From {title}, {date}: need {n}")
        words.append(text.format(title=last.title, date=day_words(last.date, lang), n=last.number))
        words.append(lang.plural("{n} card there", "{n} cards there", last.cards))
        words += [f"{role} {n}" for role, n in last.voices.items()]
    if entry.need.shared:
        many = lang("In {n} organisations").format(n=len(entry.need.shared))
        words.append(f"{many}: {', '.join(entry.need.shared)}")
    return " · ".join(words)


def change_words(counts: Mapping[str, int], lang: Language) -> str:
    """How the needs brought from earlier stand, as in "Since last time: 3 done, 1 moved on, 2 not yet."."""
    words = {
        "done": lang("done {n}"),
        "moved": lang("moved on {n}"),
        "stopped": lang("stopped {n}"),
        "not_yet": lang("not yet {n}"),
        "": lang("nothing noted yet {n}"),
    }
    told = [text.format(n=counts[key]) for key, text in words.items() if counts.get(key)]
    return lang("Since last time: {told}.").format(told=", ".join(told)) if told else ""
