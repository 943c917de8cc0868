"""The summary: what is printed for whom, the real pages as they will come out, and whether everything is in it."""

from pathlib import Path

from PySide6.QtCore import QMetaMethod, QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QMenu,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.paper import made as paper
from workshop_app.desktop.paper import owed, printing, saving
from workshop_app.desktop.paper.account import Account
from workshop_app.desktop.paper.choices import Choices
from workshop_app.desktop.paper.made import Made
from workshop_app.desktop.paper.pictures import Pictures
from workshop_app.desktop.paper.sheets import PageBar, SheetView, Thumbnails
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, ElidedLabel, EmptyState, KeyCap, column, row
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

SETTLE_MS = 800  # after a change in the room, before the pages are made again
QUICK_MS = 120  # after a press on this page
PATIENCE_MS = 300  # nothing is said about work that is over sooner
SMALL_FROM = 560  # width of the middle from which the small pages fit beside the page


class SummaryPage(Page):
    """Edition, contents, real pages and the account; nothing is printed that was not seen here first."""

    wants_width = True
    header = "none"
    scrolls = False
    margins = (0, 0, 0, 0)
    alone = True

    progressed = Signal(int, int)

    def __init__(self, bridge: Bridge, step_id: str = "") -> None:
        super().__init__(bridge, step_id)
        lang = bridge.lang
        self.made: Made | None = None
        self.page = 1
        self._busy = self._again = False
        self._run: printing.PrintRun | None = None
        self.pictures = Pictures(bridge, self)
        self.choices = Choices(bridge, self.session.language)
        self.account = Account(bridge)
        self.view = SheetView(self.pictures)
        self.small = Thumbnails(self.pictures)
        self.label = ElidedLabel(weight=600)
        self.before = KeyCap(lang("Previous"), "↑")
        self.after = KeyCap(lang("Next"), "↓")
        self.whole = Button(lang("Whole page"))
        self.whole.setCheckable(True)
        self.whole.setChecked(True)
        self.print_button = KeyCap(lang("Print"), "Ctrl+P", role="primary", icon="printer", size="large")
        self.save_button = Button(lang("Save PDF"), icon="save", size="large")
        self.more_button = Button(lang("More formats"), icon="chevron-down", size="large", icon_after=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(lang("The pages are being made"))
        self.retry = Button(lang("Try again"), icon="refresh-cw")
        self.waiting = EmptyState(lang("The pages are being made …"), "file-text", self.retry)
        self._timer = self._once(self._make)
        self._patience = self._once(self._say_busy)
        self._lay()
        self._wire()
        self._keys()
        self._show_made()

    def _once(self, what: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(what)
        return timer

    def _lay(self) -> None:
        head = self.head = PageBar(52, 24)
        head.setProperty("ground", "bg")
        head.setProperty("edge", "bottom")
        head.words = self.label
        head.fill([], [self.before, self.after, self.whole], fills=self.label)
        self.sheets = QWidget()
        line = row(self.view, self.small, gap=0)
        line.setStretchFactor(self.view, 1)
        self.sheets.setLayout(line)
        self.middle = QStackedWidget()
        ground = QWidget()
        ground.setProperty("ground", "surface2")
        ground.setLayout(column(self.waiting))
        self.middle.addWidget(ground)
        self.middle.addWidget(self.sheets)
        self.progress.hide()
        right = column(head, self.progress, self.middle, gap=0)
        right.setStretchFactor(self.middle, 1)
        whole = row(self.choices, gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.choices.changed.connect(lambda: self._timer.start(QUICK_MS))
        self.choices.part_asked.connect(self._show_part)
        self.choices.final_asked.connect(self._final)
        self.account.step_asked.connect(self.step_asked)
        self.view.page_asked.connect(self.show_page)
        self.small.page_asked.connect(self.show_page)
        self.before.clicked.connect(lambda: self.show_page(self.page - 1))
        self.after.clicked.connect(lambda: self.show_page(self.page + 1))
        self.whole.toggled.connect(self.view.fit)
        self.retry.clicked.connect(lambda: self._timer.start(0))
        self.print_button.clicked.connect(self.print_pages)
        self.save_button.clicked.connect(lambda: self.save(saving.PDF))
        self.more_button.clicked.connect(self._more)
        self.progressed.connect(self._progressed)

    def _keys(self) -> None:
        keys = {
            "Up": lambda: self._turn(-1),
            "Down": lambda: self._turn(1),
            "Home": lambda: self.show_page(1),
            "End": lambda: self.show_page(self.made.pages if self.made else 1),
        }
        self.turning = [self.on_key(key, handler) for key, handler in keys.items()]
        self.on_key("Ctrl+P", self.print_pages, typing=True)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Arrows belong to a list of choices while it has the focus."""
        for shortcut in self.turning:
            shortcut.setEnabled(not isinstance(now, QRadioButton | QComboBox))

    def aside(self) -> QWidget:
        return self.account

    def actions_bar(self) -> list[QPushButton]:
        return [self.save_button, self.more_button]

    def own_next(self) -> QPushButton:
        return self.print_button

    # The pages --------------------------------------------------------------------

    def refresh(self) -> None:
        self._show_account()
        self._timer.start(SETTLE_MS if self.made is not None else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._busy and (self.made is None or self.choices.order() != self.made.order):
            self._timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.stale = True

    def _make(self) -> None:
        """Has the pages made again unless they would come out the same; one at a time."""
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        self.retry.hide()
        self._patience.start(PATIENCE_MS)
        file, order = self.bridge.file, self.choices.order()
        known = self.made.key if self.made is not None else ""
        last = [0]

        def progress(done: int, of: int) -> None:
            percent = done * 100 // max(of, 1)
            if percent > last[0] + 2:
                last[0] = percent
                self.bridge.land(lambda: self.progressed.emit(done, of))

        self.bridge.in_background(
            lambda: paper.make(file, order, known, progress), self._arrived, self._not_made
        )

    def _arrived(self, made: Made | None) -> None:
        self._finished()
        if made is not None:
            place = self._same_place(made)
            self.made = made
            self.pictures.show(made.data)
            self._show_made()
            self._show_account()
            self.show_page(place)
        if self._again:
            self._make()

    def _same_place(self, made: Made) -> int:
        """Where the part that was read is in the new print."""
        part = self.made.part_of(self.page) if self.made is not None else None
        there = next((p for p in made.parts if part is not None and p.key == part.key and p.first), None)
        if part is None or there is None:
            return min(self.page, made.pages)
        return there.first + min(self.page - part.first, max(there.pages - 1, 0))

    def _not_made(self, _trouble: BaseException) -> None:
        self._finished()
        if self.made is None:
            lang = self.bridge.lang
            self.waiting.words.setText(lang("The pages could not be made. What you have written is saved."))
            self.retry.show()

    def _finished(self) -> None:
        self._busy = False
        self._patience.stop()
        self.progress.hide()

    def _say_busy(self) -> None:
        self.progress.setRange(0, 0)
        self.progress.show()
        self.waiting.words.setText(self.bridge.lang("The pages are being made …"))

    def _progressed(self, done: int, of: int) -> None:
        self.progress.setRange(0, max(of, 1))
        self.progress.setValue(done)
        if self.progress.isVisible() and self.made is not None:
            page = max(round(done * self.made.pages / max(of, 1)), 1)
            words = self.bridge.lang("Making page {page} of about {pages} …")
            self.label.set_text(words.format(page=page, pages=self.made.pages))

    def _show_made(self) -> None:
        lang, made = self.bridge.lang, self.made
        for button in (self.before, self.after, self.whole, self.print_button, self.save_button):
            button.setEnabled(made is not None)
        self.middle.setCurrentIndex(0 if made is None else 1)
        if made is not None:
            self.choices.show_parts(made.parts)
            words = lang.plural("Save PDF, {n} page", "Save PDF, {n} pages", made.pages)
            self.save_button.setText(words)
            self._fit()

    def show_page(self, page: int) -> None:
        """Shows a page, counted from 1."""
        made = self.made
        if made is None:
            return
        self.page = max(1, min(page, made.pages))
        self.view.show_page(self.page, made.pages)
        self.small.show_page(self.page, made.pages)
        part = made.part_of(self.page)
        self.choices.mark(part.key if part else "")
        lang, need = self.bridge.lang, made.need_of(self.page)
        name = lang("Need {n}").format(n=need) if need else lang(part.name) if part else ""
        words = lang("{part}, page {page} of {pages}")
        self.label.set_text(words.format(part=name, page=self.page, pages=made.pages))
        self.head.give_way()
        self.view.setAccessibleName(self.label.text())
        self.before.setEnabled(self.page > 1)
        self.after.setEnabled(self.page < made.pages)

    def _show_part(self, key: str) -> None:
        found = next((p.first for p in self.made.parts if p.key == key), 0) if self.made else 0
        if found:
            self.show_page(found)

    def _turn(self, way: int) -> None:
        if self.view.whole or not self.view.scroll_by(way):
            self.show_page(self.page + way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() - self.choices.width()) * 100 / look().percent
        self.small.setVisible(room >= SMALL_FROM)
        self.small.setFixedWidth(look().px(min(max(room * 0.17, 120), 220)))

    # The account ------------------------------------------------------------------

    def _show_account(self) -> None:
        bridge, lang, session = self.bridge, self.bridge.lang, self.session
        self.account.refresh()
        lines = owed.lines(lang, session, bridge.get(queries.format_of), bridge.get(queries.needs), self.made)
        linked = self.isSignalConnected(QMetaMethod.fromSignal(self.step_asked))
        self.account.show_owed(lines, linked)
        version, _mark, when = paper.last_printed(session.settings)
        now = self.made.version if self.made is not None else session.version
        self.account.version.setText(owed.version_words(lang, now, when if version == now else ""))
        self.choices.show_final(session.settings.get("final") == str(now))
        self.choices.own.refresh()

    def _final(self, on: bool) -> None:
        made = self.made
        value = str(made.version if made is not None else self.session.version) if on else ""

        def mark(_: object) -> None:
            self.bridge.do(actions.session.set_setting, key="final", value=value)

        if on and made is not None and made.version > self.session.version:
            file = self.bridge.file
            self.bridge.in_background(
                lambda: actions.do(file, actions.session.finish_version, by="program"), mark
            )
        else:
            mark(None)

    def _fix_version(self, made: Made) -> None:
        """Remembers that this version is out on paper, so that the next change makes another version."""
        file, when = self.bridge.file, self.bridge.now().isoformat(timespec="seconds")

        def work() -> None:
            if queries.session(file).version < made.version:
                actions.do(file, actions.session.finish_version, by="program")
            value = f"{made.version} {made.fingerprint} {when}"
            actions.do(file, actions.session.set_setting, by="program", key=paper.PRINTED, value=value)

        self.bridge.in_background(work, lambda _: self.bridge.look())

    # Out of the program -------------------------------------------------------------

    def print_pages(self) -> None:
        """The system's print dialog, then the pages as they are shown here."""
        made = self.made
        if made is None or self._run is not None:
            return
        printer = printing.ask(self, self.session.title, made.pages)
        if printer is None:
            return
        run = self._run = printing.PrintRun(self.bridge, printer, made.data, made.pages)
        run.progress = self._printed_page
        run.finished = lambda pages: self._printed(made, pages)
        run.failed = self._print_over
        self.print_button.setEnabled(False)
        run.start()

    def _printed_page(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.progress.show()

    def _printed(self, made: Made, pages: int) -> None:
        lang = self.bridge.lang
        words = lang.plural(
            "{n} page is on its way to the printer.", "{n} pages are on their way to the printer.", pages
        )
        self.bridge.said.emit("quiet", words)
        self._print_over()
        self._fix_version(made)

    def _print_over(self) -> None:
        self._run = None
        self.progress.hide()
        self.print_button.setEnabled(self.made is not None)

    def _more(self) -> None:
        self.menu().popup(self.more_button.mapToGlobal(QPoint(0, -self.menu().sizeHint().height())))

    def menu(self) -> QMenu:
        """The other forms that the summary, its figures or the room's papers can be saved in."""
        menu = QMenu(self)
        for form in saving.FORMS:
            if form.key == saving.PAPER[0]:
                menu.addSeparator()
            action = QAction(self.bridge.lang(form.name), menu)
            action.triggered.connect(lambda _=False, form=form: self.save(form))
            menu.addAction(action)
        return menu

    def save(self, form: saving.Form) -> None:
        """Asks where, and writes there on a worker's thread."""
        lang, made, order = self.bridge.lang, self.made, self.choices.order()
        if form.key == "pdf" and made is None:
            return
        filters = f"{form.kind} (*.{form.ending})"
        place = str(saving.proposed(self.bridge, form))
        name, _ = QFileDialog.getSaveFileName(self, lang(form.name), place, filters)
        if not name:
            return
        try:
            work = saving.writer(self.bridge, form, order, made, saving.with_ending(name, form))
        except Trouble as trouble:
            self.bridge.tell(trouble)
            return

        def done(path: Path) -> None:
            self.bridge.said.emit("quiet", lang("Saved: {path}").format(path=path))
            if form.key == "pdf" and made is not None:
                self._fix_version(made)

        self.bridge.in_background(work, done)
