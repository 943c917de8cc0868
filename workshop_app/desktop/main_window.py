"""The window: the start page, a new workshop, or an open one; opens and closes files, server and projector."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import look
from workshop_app.i18n import N_
from workshop_app.model.trouble import Trouble

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge
    from workshop_app.desktop.cockpit import Cockpit
    from workshop_app.desktop.projector import ProjectorWindow, Show
    from workshop_app.store.session_file import SessionFile

# What the pages need is imported when they are first shown: the window itself must be up in a moment.
log = logging.getLogger("workshop.desk")
FILES = N_("Workshops (*.behov);;All files (*)")


class MainWindow(QMainWindow):
    """Holds at most one open session."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.bridge: Bridge | None = None
        self.show_: Show | None = None
        self.cockpit: Cockpit | None = None
        self.projector: ProjectorWindow | None = None
        self._first: Callable[[], None] | None = None
        self.help: QWidget | None = None
        self.setWindowTitle("Behovsverkstad")
        self.setMinimumSize(640, 480)
        self.resize(1440, 900)
        geometry = settings.get("window")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.choose_file)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)

    def begin(self, first: Callable[[], None]) -> None:
        """Shows the bare window, and does `first` once it is on the screen."""
        self._first = first
        self.show()
        QTimer.singleShot(300, self._begin)  # in case nothing is ever painted

    def _begin(self) -> None:
        first, self._first = self._first, None
        if first is not None:
            first()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first is not None:
            QTimer.singleShot(0, self._begin)

    # What is shown ----------------------------------------------------------------

    def _put(self, widget: QWidget) -> None:
        while self.stack.count():
            old = self.stack.widget(0)
            if old is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def show_start(self, trouble: str = "") -> None:
        """The start page; `trouble` is a sentence about what could not be opened."""
        from workshop_app.desktop.pages.start import StartPage

        self.close_session()
        page = StartPage(self.settings, self.change, trouble)
        page.new_asked.connect(self.show_new)
        page.open_asked.connect(lambda path: self.open_path(Path(path)))
        page.check_asked.connect(lambda path: self.open_path(Path(path), "room_check"))
        page.choose_asked.connect(self.choose_file)
        page.sample_asked.connect(self.open_sample)
        page.help_asked.connect(lambda: self._asked("help"))
        page.formats_asked.connect(self.show_formats)
        self._put(page)
        self.setWindowTitle("Behovsverkstad")

    def show_new(self, format_id: str) -> None:
        """The page where a new workshop gets its title, question and roles."""
        from workshop_app.desktop.pages.new_session import NewSessionPage

        page = NewSessionPage(self.settings, format_id)
        page.made.connect(self.open_file)
        page.cancelled.connect(self.show_start)
        page.change_asked.connect(self.show_formats)
        self._put(page)

    def show_formats(self, format_id: str = "") -> None:
        """The shelf of formats, or the editor with one of them."""
        from workshop_app.desktop.format_editor.ways import FormatWays

        self.ways = FormatWays(self.settings, self._put, self.show_new, self.show_start)
        self.ways.change(format_id) if format_id else self.ways.shelf()

    def show_cover(self) -> None:
        """The same page for the open workshop."""
        from workshop_app.desktop.pages.new_session import NewSessionPage

        if self.bridge is not None and self.cockpit is not None:
            viewed = self.cockpit.viewed
            page = NewSessionPage(self.settings, "", self.bridge)
            page.cancelled.connect(lambda: self._show_cockpit(viewed))
            page.saved.connect(lambda: self._show_cockpit(viewed))
            self._drop_cockpit()
            self._put(page)

    # Opening and closing ------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks which file to open."""
        lang = self.settings.lang
        folder = str(self.settings.get("folder") or Path.home())
        name, _ = QFileDialog.getOpenFileName(self, lang("Open a workshop"), folder, lang(FILES))
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path, viewed: str = "") -> None:
        """Opens a session file, on another page than the room's if asked; what is in the way the start page says."""
        from workshop_app.desktop.samples import open_session

        self._open(lambda: open_session(path))
        if viewed and self.cockpit is not None:
            self.cockpit.show_step(viewed)

    def open_sample(self, name: str) -> None:
        """Copies a sample into a fresh file and opens that."""
        from workshop_app.desktop.samples import copy_sample

        self._open(lambda: copy_sample(name, self.settings.folder))

    def _open(self, made: "Callable[[], SessionFile]") -> None:
        self.close_session()
        try:
            self.open_file(made())
        except Trouble as trouble:
            self.show_start(trouble.say(self.settings.lang))

    def open_file(self, file: "SessionFile") -> None:
        """Shows an open session file and lets the phones in."""
        from workshop_app.desktop.bridge import Bridge
        from workshop_app.desktop.projector import Show

        self.close_session()
        try:
            session = Bridge.cover(file)
        except BaseException:
            file.close()
            raise
        self.bridge = Bridge(file, self.settings.lang)
        self.show_ = Show(self.bridge, self.settings.picture_width)
        self._remember()
        self.setWindowTitle(f"{session.title} – Behovsverkstad")
        self._show_cockpit("")
        # The phones' page brings much code with it: the window comes first.
        QTimer.singleShot(0, partial(self._let_phones_in, self.bridge))

    def _let_phones_in(self, bridge: "Bridge") -> None:
        from workshop_app.desktop import phones
        from workshop_app.desktop.board.embedder import Embedder

        if bridge is self.bridge:
            phones.start_server(bridge)
            phones.AddressWatch(bridge)
            Embedder.of(bridge)

    def _remember(self) -> None:
        if self.bridge is not None:
            self.settings.remember(self.bridge.file.path, self.bridge.about())

    def _show_cockpit(self, viewed: str) -> None:
        from workshop_app.desktop.cockpit import Cockpit

        if self.bridge is None or self.show_ is None:
            return
        self._drop_cockpit()
        self.cockpit = Cockpit(self.bridge, self.show_, self.settings, self.change, viewed)
        self.cockpit.asked.connect(self._asked)
        self._put(self.cockpit)

    def _drop_cockpit(self) -> None:
        if self.cockpit is not None:
            self.cockpit.let_go()
            self.cockpit = None

    def close_session(self) -> None:
        """Closes projector, server and file, in that order."""
        self._drop_cockpit()
        if self.projector is not None:
            self.projector.close()
        if self.bridge is not None:
            self._remember()
        bridge, self.bridge, self.show_ = self.bridge, None, None
        if bridge is not None:
            bridge.close()
            for server in bridge.servers:
                server.stop()
            bridge.file.close()
            bridge.deleteLater()

    # What pages and bars ask for -------------------------------------------------------

    def _asked(self, what: str) -> None:
        doing = {"start": self.show_start, "cover": self.show_cover, "help": self.show_help}
        doing |= {"projector": self.toggle_projector, "full_screen": self.toggle_full_screen}
        doing[what]()

    def toggle_full_screen(self) -> None:
        """The whole screen, or a window."""
        self.setWindowState(self.windowState() ^ self.windowState().WindowFullScreen)

    def toggle_projector(self) -> None:
        """Opens the projector window on the other screen, or closes it."""
        from workshop_app.desktop.projector import ProjectorWindow

        if self.projector is not None:
            self.projector.close()
            return
        if self.show_ is None or self.cockpit is None:
            return
        # The cockpit is made anew when language or size changes: the keys ask for the one of the moment.
        keys: dict[str, Callable[[], None]] = {
            "PgDown": self._next,
            "T": self._clock,
            "PgUp": self.show_.back_one,
            "F5": self.toggle_projector,
            "Esc": self.toggle_projector,
            "F": self.show_.toggle_frozen,
            "B": self.show_.toggle_black,
            ".": self.show_.toggle_black,
        }
        self.projector = ProjectorWindow(self.show_, keys)
        self.projector.closed.connect(self._projector_gone)
        self.projector.open_on_second_screen(self)
        self.activateWindow()

    def _next(self) -> None:
        if self.cockpit is not None:
            self.cockpit.next()

    def _clock(self) -> None:
        if self.cockpit is not None:
            self.cockpit.panel.toggle_clock()

    def _projector_gone(self) -> None:
        if self.projector is not None:
            self.projector.deleteLater()
            self.projector = None

    def show_help(self) -> None:
        """Keys and the leader's script for this step, in a small window beside."""
        from workshop_app.desktop.help import HelpWindow

        self.help = HelpWindow(self.settings.lang, self.bridge)
        self.help.show()

    def change(self, **values: Any) -> None:
        """Takes a setting: stores it and shows everything anew in it."""
        self.settings.put(**values)
        # A menu may be open on the widgets that are about to go.
        QTimer.singleShot(0, self._show_anew)

    def _show_anew(self) -> None:
        look().use(self.settings.theme, self.settings.percent, self.settings.calm)
        if self.bridge is not None and self.show_ is not None:
            viewed = self.cockpit.viewed if self.cockpit is not None else ""
            self.show_.reach = 2.4 / self.settings.picture_width
            self.bridge.speak(self.settings.lang)
            self._show_cockpit(viewed)
            self.show_.changed.emit()
        else:
            self.show_start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.put(window=bytes(self.saveGeometry().toBase64().data()).decode())
        try:
            self.close_session()
        except Exception:
            log.exception("closing")
        super().closeEvent(event)
