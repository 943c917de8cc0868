"""The small sheets: seven forms of one page beside the steps, for the whole workshop or for one need."""

from pathlib import Path

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QSizePolicy

from workshop_app import actions, formats, i18n
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.small_sheets.form import ABREAST, NARROW, SheetForm
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    PlainLabel,
    PressRow,
    ScrollColumn,
    choice,
    column,
    fill_row,
    row,
)
from workshop_app.formats import SmallSheet
from workshop_app.model import small_sheets
from workshop_app.model.need import Need
from workshop_app.model.small_sheets import Filled, Known
from workshop_app.store import queries

WIDE, ROOMY, TIGHT = (
    256,
    1000,
    760,
)  # at 100 %: the list of sheets, a page with room for long lines, and for the list


class SheetLine(PressRow):
    """A sheet in the list, with how many it is written for."""

    def __init__(self, name: str) -> None:
        super().__init__(name, framed=False)
        self.name, self.here = name, False
        self.words, self.count = PlainLabel(name, wrap=True), PlainLabel(tone="ink2")
        line = row(self.words, self.count, gap=8, margins=(12, 8, 12, 8))
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)

    def show_line(self, here: bool, written: int, spoken: str) -> None:
        """Whether it is the one that is shown, and for how many it is written."""
        self.count.setText(str(written) if written else "")
        self.setAccessibleName(f"{self.name}, {spoken}" if written else self.name)
        if here != self.here:
            self.here = here
            self.words.set_weight("semibold" if here else "regular")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.here:
            fill_row(self)
        else:
            super().paintEvent(event)


class SmallSheetsPage(Page):
    """The sheets to the left, the chosen one as a form to the right."""

    header = "none"
    wants_width = True
    scrolls = False
    alone = True
    margins = (0, 0, 0, 0)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.sheet = next(iter(formats.sheets().values()))
        self.need: int | None = None
        self.form: SheetForm | None = None
        self._made: tuple[object, ...] = ()
        self.lines: dict[str, SheetLine] = {}
        self.side = side = QFrame()
        side.setProperty("ground", "surface")
        side.setProperty("edge", "right")
        side.setFixedWidth(look().px(WIDE))
        names = ScrollColumn(gap=2, margins=(12, 20, 12, 16))
        names.body.addWidget(Heading(lang("Sheets"), size="lead"))
        names.body.addSpacing(look().px(8))
        for one in formats.sheets().values():
            line = self.lines[one.id] = SheetLine(one.name.get(lang.code))
            line.clicked.connect(lambda one=one: self.choose(one))
            names.body.addWidget(line)
        names.body.addStretch(1)
        side.setLayout(column(names))
        self.title = Heading(size="title")
        self.purpose = PlainLabel(size="large", tone="ink2", wrap=True)
        self.about = choice([])
        self.about.setAccessibleName(lang("What the sheet is about"))
        self.about.setMinimumWidth(look().px(160))
        self.about.setMaximumWidth(look().px(360))
        self.about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pick = choice([(s.id, s.name.get(lang.code)) for s in formats.sheets().values()])
        self.pick.setAccessibleName(lang("Sheets"))
        self.pick.activated.connect(lambda _: self.choose(formats.sheets()[self.pick.currentData()]))
        self.pick.hide()
        self.about.activated.connect(self._about)
        self.fetch = Button("", icon="download")
        self.fetch.clicked.connect(self._fetch)
        self.right = ScrollColumn(gap=8, margins=(32, 24, 32, 24))
        for part in (self.pick, self.title, self.purpose):
            self.right.body.addWidget(part)
        line_ = row(PlainLabel(lang("About"), weight="semibold"), self.about, self.fetch, gap=12)
        line_.addStretch()
        self.right.body.addSpacing(look().px(6))
        self.right.body.addLayout(line_)
        self.right.body.addSpacing(look().px(8))
        self.right.body.addStretch(1)
        whole = row(side, gap=0)
        whole.addWidget(self.right, 1)
        self.setLayout(whole)
        self.back = Button(lang("Back to the room's step"), icon="arrow-left", size="large")
        self.back.clicked.connect(lambda: self.step_asked.emit(""))
        self.save_button = Button(lang("Save the sheet as PDF"), icon="save", size="large")
        self.save_button.clicked.connect(self.save)

    def actions_bar(self) -> list[QPushButton]:
        return [self.back, self.save_button]

    def keep(self) -> None:
        if self.form is not None:
            self.form.keep()

    # Which sheet ----------------------------------------------------------------

    @property
    def needs(self) -> tuple[Need, ...]:
        """The needs that a sheet can be about, in number order."""
        found = (n for n in self.bridge.get(queries.needs) if n.merged_into is None)
        return tuple(sorted(found, key=lambda n: n.number))

    def choose(self, sheet: SmallSheet) -> None:
        """Shows another sheet: about the same, unless it is one for needs and none is chosen yet."""
        self.keep()
        self.sheet = sheet
        if sheet.about == "need" and self.need is None and self.needs:
            held = {r.need for r in self.bridge.get(queries.sheet_rows) if r.sheet == sheet.id}
            self.need = None if None in held else self.needs[0].id
        self.refresh()
        self.right.verticalScrollBar().setValue(0)

    def _about(self, _place: int) -> None:
        self.keep()
        data = self.about.currentData()
        self.need = int(data) if data else None
        self.refresh()

    # Reading --------------------------------------------------------------------

    def refresh(self) -> None:
        lang, rows, needs = self.bridge.lang, self.bridge.get(queries.sheet_rows), self.needs
        if self.need not in [n.id for n in needs]:
            self.need = None
        for id_, line in self.lines.items():
            written = len({r.need for r in rows if r.sheet == id_})
            spoken = lang.plural("written for {n}", "written for {n}", written)
            line.show_line(id_ == self.sheet.id, written, spoken)
        self.pick.setCurrentIndex(self.pick.findData(self.sheet.id))
        self.title.setText(self.sheet.name.get(lang.code))
        self.purpose.setText(self.sheet.purpose.get(lang.code))
        self._show_about(needs)
        have = small_sheets.filled(self.sheet, self.need, rows)
        found = self._known(have, needs)
        self._show_form(have, found)
        new = small_sheets.news(have, found)
        count = len(new.once) + len(new.rows)
        words = lang.plural("Fill in what is known, {n} thing", "Fill in what is known, {n} things", count)
        self.fetch.setText(words if count else lang("Fill in what is known"))
        self.fetch.setVisible(bool(found.once or found.rows))
        self.fetch.setEnabled(bool(count))

    def _show_about(self, needs: tuple[Need, ...]) -> None:
        lang = self.bridge.lang
        offered = [("", lang("The whole workshop"))]
        offered += [(str(n.id), f"{n.number}. {n.title or lang('No name yet')}") for n in needs]
        if [(self.about.itemData(i), self.about.itemText(i)) for i in range(self.about.count())] != offered:
            self.about.clear()
            for value, words in offered:
                self.about.addItem(words, value)
        self.about.setCurrentIndex(max(self.about.findData(str(self.need or "")), 0))

    def _known(self, have: Filled, needs: tuple[Need, ...]) -> Known:
        session, room = self.session, self.bridge.get(queries.room)
        return small_sheets.known(
            have.form,
            next((n for n in needs if n.id == have.need), None),
            needs,
            self.bridge.get(queries.goals),
            session.question,
            room.missing,
            session.settings.get("owner", ""),
            i18n.language(session.language),
        )

    def _show_form(self, have: Filled, found: Known) -> None:
        """The form of this sheet; made anew for another one, or when other words are offered in it."""
        made = (have.form.id, have.need, self._abreast(), tuple(sorted(found.offers.items())))
        same = self._made[:2] == made[:2]
        if not same or (self._made != made and not self.form_has_focus()):
            if self.form is not None:
                self.form.let_go()
                self.right.body.removeWidget(self.form)
                self.form.hide()
                self.form.deleteLater()
            self.form, self._made = SheetForm(self.bridge, have, found.offers, self._abreast()), made
            self.right.body.insertWidget(self.right.body.count() - 1, self.form)
        assert self.form is not None
        self.form.show_sheet(have)

    def _abreast(self) -> int:
        return ABREAST if self.width() * 100 / look().percent >= ROOMY else NARROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() * 100 / look().percent < TIGHT
        self.side.setVisible(not tight)
        self.pick.setVisible(tight)
        if self._made and self._made[2] != self._abreast():
            self.refresh()

    def form_has_focus(self) -> bool:
        """Whether somebody is writing in the form, or a new row waits in it."""
        focus, form = self.focusWidget(), self.form
        drafted = form is not None and form.rows is not None and form.rows.draft is not None
        return drafted or (form is not None and focus is not None and form.isAncestorOf(focus))

    # Changing and printing --------------------------------------------------------

    def _fetch(self) -> None:
        self.keep()
        rows = self.bridge.get(queries.sheet_rows)
        have = small_sheets.filled(self.sheet, self.need, rows)
        new = small_sheets.news(have, self._known(have, self.needs))
        self.bridge.do(actions.sheet.fetch, sheet=self.sheet.id, need=self.need, once=new.once, rows=new.rows)

    def save(self) -> None:
        """Asks where, and prints the sheet alone, on a worker's thread; an empty one is to write on."""
        self.keep()
        lang, file, sheet, need = self.bridge.lang, self.bridge.file, self.sheet.id, self.need
        name = self.sheet.name.get(lang.code).lower().replace(" ", "-")
        number = next((f"-{n.number}" for n in self.needs if n.id == need), "")
        place = str(file.path.with_name(f"{file.path.stem}-{name}{number}.pdf"))
        chosen, _ = QFileDialog.getSaveFileName(self, lang("Save the sheet as PDF"), place, "PDF (*.pdf)")
        if not chosen:
            return
        target = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".pdf")

        def work() -> Path:
            from workshop_app.report import summary

            printed = i18n.language(queries.session(file).language)
            told = queries.summary(file, "internal", queries.format_of(file).name.get(printed.code))
            return summary.build_sheet(told, printed, target, sheet, need)

        self.bridge.in_background(
            work, lambda path: self.bridge.said.emit("quiet", lang("Saved: {path}").format(path=path))
        )
