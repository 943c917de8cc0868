"""An open session on the desk: top bar, agenda, stage, room, and the keys of a leader who stands up."""

import time
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.network_line import NetworkLine
from workshop_app.desktop.pages import (
    APART,
    BESIDE,
    COMMENTS,
    DIALOGUE,
    REGISTER,
    ROOM_CHECK,
    SHEETS,
    SUMMARY,
    THEME_ORDER,
    THREAD,
    Page,
    make,
    typing_now,
)
from workshop_app.desktop.projector import Show
from workshop_app.desktop.rail import Rail
from workshop_app.desktop.room_panel import RoomPanel
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.stage import ElsewhereLine, Stage
from workshop_app.desktop.status import StatusLine
from workshop_app.desktop.style import look
from workshop_app.desktop.top_bar import TopBar
from workshop_app.desktop.widgets import column
from workshop_app.model.dates import span_words
from workshop_app.store import queries

FOLD_RAIL, DRAWER = 1200, 1100  # window widths at 100 %
ROOMY, TIGHT, TIGHTER = 1440, 1240, 800  # the same, for the words in the top bar
ASK_AGAIN_MS = 5000


class Cockpit(QWidget):
    """The whole of one session. `viewed` is the step on the stage; "" follows the room."""

    asked = Signal(str)  # what only the window can do: "start", "projector", "help", "full_screen", "cover"

    def __init__(self, bridge: Bridge, show: Show, settings: Settings, change: Any, viewed: str = "") -> None:
        super().__init__()
        self.bridge, self.show_, self.viewed = bridge, show, viewed
        self.setProperty("ground", "bg")
        self.pages: dict[tuple[str, str], Page] = {}
        self.page: Page | None = None
        self._aside: QWidget | None = None
        self._room_step = bridge.get(queries.session).current_step
        self._asked_at = 0.0
        self._going = ("", 0.0)
        self.drawer_open = False
        self.top = TopBar(bridge, settings, change)
        self.rail = Rail(bridge)
        self.stage = Stage(bridge)
        self.panel = RoomPanel(bridge, show)
        self.right = QStackedWidget()
        self.right.addWidget(self.panel)
        self.status = StatusLine(bridge)
        self.network = NetworkLine(bridge)
        self.middle = middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.right)
        whole = column(self.top, self.network, middle, self.status, gap=0)
        whole.setStretchFactor(middle, 1)
        self.setLayout(whole)
        self._wire()
        self._keys()
        self.refresh()
        self.show_step(viewed)

    def _wire(self) -> None:
        self.bridge.changed.connect(self.refresh)
        self.bridge.clock.connect(self._tick)
        self.bridge.server_moved.connect(self.refresh)
        self.show_.changed.connect(self._projector)
        self.rail.asked.connect(self.show_step)
        self.stage.next.clicked.connect(self.next)
        self.top.asked.connect(self._asked)
        self.network.codes.connect(lambda: self.show_.override("join"))
        self._projector()

    def _keys(self) -> None:
        table = {
            "PgDown": self.next,
            "PgUp": self.show_.back_one,
            "Shift+PgUp": lambda: self.bridge.do(actions.agenda.previous_step),
            "F5": lambda: self.asked.emit("projector"),
            "F1": lambda: self.asked.emit("help"),
            "F6": self.next_region,
            "Shift+F6": lambda: self.next_region(-1),
            "F11": lambda: self.asked.emit("full_screen"),
            "Ctrl+Z": self.bridge.undo,
            "Ctrl+Y": self.bridge.redo,
            "Ctrl+Shift+Z": self.bridge.redo,
            "Esc": self.escape,
            "T": self.panel.toggle_clock,
            "+": self.panel.more_time,
            "-": self.panel.less_time,
            "F": self.show_.toggle_frozen,
            "B": self.show_.toggle_black,
            ".": self.show_.toggle_black,
        }
        self.shortcuts: dict[str, QShortcut] = {}
        for keys, handler in table.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda keys=keys, handler=handler: self._press(keys, handler))
            self.shortcuts[keys] = shortcut

    def _press(self, keys: str, handler: Any) -> None:
        if not self.isVisible() or (len(keys) == 1 and typing_now()):
            return
        if self.page is None or not self.page.shell_key(keys):
            handler()

    def _asked(self, what: str) -> None:
        if what in APART:
            self.show_step(what)
        elif what == "room":
            self.toggle_drawer()
        else:
            self.asked.emit(what)

    # Which page -----------------------------------------------------------------

    def show_step(self, step: str) -> None:
        """Puts a step's page on the stage ("" = the room's step, or a page apart). The room stays."""
        session = self.bridge.get(queries.session)
        self.viewed = "" if step == session.current_step else step
        if self.viewed in APART + BESIDE:
            page = self._page(self.viewed, "")
        else:
            at = self.viewed or session.current_step
            page = self._page(self.bridge.get(queries.format_of).step(at).kind, at)
        elsewhere = (
            self._elsewhere(session.current_step)
            if self.viewed and self.viewed not in APART + BESIDE
            else None
        )
        self.page = page
        self.stage.show_page(page, elsewhere)
        self._own_panel(page)
        self.top.show_step(self._step_words(page) if page.header == "none" else "")
        self.rail.show_viewed(self.viewed)
        self._fit()
        self._read(page)
        self.stage.refresh()

    def _page(self, kind: str, step: str) -> Page:
        key = (kind, step)
        if key not in self.pages:
            self.pages[key] = make(kind, self.bridge, step)
            self.pages[key].step_asked.connect(self.show_step)
        return self.pages[key]

    def _step_words(self, page: Page) -> str:
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        if self.viewed == SUMMARY:
            return lang("Summary")
        if self.viewed == ROOM_CHECK:
            return lang("Check the room")
        if self.viewed == REGISTER:
            return lang("Register of needs")
        if self.viewed == SHEETS:
            return lang("Sheets")
        if self.viewed == THEME_ORDER:
            return lang("Order of the themes")
        if self.viewed == THREAD:
            return lang("The red thread")
        if self.viewed == COMMENTS:
            return lang("Comment round")
        if self.viewed == DIALOGUE:
            return lang("Dialogue with suppliers")
        number = lang("Step {n} of {m}").format(n=page.state.position, m=len(session.steps))
        return f"{number} · {lang(page.name) if page.name else page.step.title.get(lang.code)}"

    def _elsewhere(self, room_step: str) -> ElsewhereLine:
        title = self.bridge.get(queries.format_of).step(room_step).title.get(self.bridge.lang.code)
        again = self.bridge.get(queries.session).step(self.viewed).started_at is not None
        line = ElsewhereLine(self.bridge, title, again)
        line.go.connect(lambda: self.bridge.do(actions.agenda.go_to, step=self.viewed))
        line.back.connect(lambda: self.show_step(""))
        return line

    def _own_panel(self, page: Page) -> None:
        aside = page.aside()
        if self._aside is not None and self._aside is not aside:
            self.right.removeWidget(self._aside)
            self._aside.hide()  # or its layout's queued show would make it a window
            self._aside.setParent(None)
        self._aside = aside
        if aside is not None:
            if self.right.indexOf(aside) < 0:
                self.right.addWidget(aside)
            self.right.setCurrentWidget(aside)
        else:
            self.right.setCurrentWidget(self.panel)

    # What is new ----------------------------------------------------------------

    def refresh(self) -> None:
        """Something was committed: the visible page reads again, the others know that they are stale."""
        session = self.bridge.get(queries.session)
        if session.current_step != self._room_step:
            self._room_step = session.current_step
            self._going = ("", 0.0)
            self.show_.follow()
            self.bridge.focus.clear()
            self.bridge.in_background(partial(self.bridge.file.backup, "step"), lambda _path: None)
            self.viewed = self.viewed if self.viewed in APART else ""
            self.show_step(self.viewed)
        self.top.refresh()
        self.network.refresh()
        self.rail.refresh()
        self.stage.refresh()
        self.panel.refresh()
        self._clock()
        for page in self.pages.values():
            page.stale = True
        if self.page is not None:
            self._read(self.page)

    def _read(self, page: Page) -> None:
        if page.stale:
            page.stale = False
            page.refresh()

    def _tick(self) -> None:
        self.panel.tick()
        self.rail.refresh()
        self.top.refresh_phones()
        self._clock()

    def _clock(self) -> None:
        state = self.bridge.get(queries.sorting_now) or self.bridge.get(queries.session).now_step
        still = state.started_at is None or state.paused_at is not None
        self.top.time.show_left(round(state.left(self.bridge.now()).total_seconds()), still)

    def _projector(self) -> None:
        lang = self.bridge.lang
        word = lang("Frozen") if self.show_.frozen else lang("Black") if self.show_.black else ""
        self.top.show_projector(word)

    # Going on -------------------------------------------------------------------

    def next(self) -> None:
        """Takes the room to the next step; asks once if there is time left or phones are writing. Undoable."""
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        if session.next_step() is None:
            self.show_step(SUMMARY)
            return
        left = session.now_step.left(self.bridge.now())
        running = session.now_step.started_at is not None
        soon = time.monotonic() - self._asked_at < ASK_AGAIN_MS / 1000
        why = []
        if running and left.total_seconds() >= 60:
            why.append(lang("{time} left.").format(time=span_words(left, lang)))
        if writing := self.bridge.writing():
            why.append(lang.plural("{n} phone is writing.", "{n} phones are writing.", writing))
        if why and not soon:
            self._asked_at = time.monotonic()
            self.status.say("ask", " ".join([*why, lang("Press Page Down again to go on.")]))
            return
        self._asked_at = 0.0
        # A clicker pressed twice must not jump over a step before the first press is stored.
        going = (session.current_step, time.monotonic())
        if going[0] == self._going[0] and going[1] - self._going[1] < ASK_AGAIN_MS / 1000:
            return
        self._going = going
        self.bridge.do(actions.agenda.next_step)

    def escape(self) -> None:
        """Leaves a field, closes the drawer, or comes back to the room's step."""
        focus = self.focusWidget()
        if typing_now() and focus is not None:
            focus.clearFocus()
        elif self.drawer_open:
            self.drawer_open = False
            self._fit()
        elif self.viewed:
            self.show_step("")
        else:
            self.status.hide()

    # Room on the screen ----------------------------------------------------------

    def _fit(self) -> None:
        wide = self.width() * 100 / look().percent
        page = self.page
        self.rail.fold(wide < FOLD_RAIL or (page is not None and page.wants_width))
        # The panel is a drawer where it would take the room of the page.
        drawer = wide < DRAWER or (page is not None and page.wants_width and self._aside is None)
        shown = not drawer or self.drawer_open
        if drawer and self.middle.indexOf(self.right) >= 0:
            self.middle.removeWidget(self.right)
        elif not drawer and self.middle.indexOf(self.right) < 0:
            self.middle.addWidget(self.right)
        width = (
            self.panel.width() if self._aside is None else max(self._aside.sizeHint().width(), look().px(160))
        )
        self.right.setFixedWidth(min(width, look().px(384), self.width()))
        self.right.setVisible(shown)
        if drawer and shown:
            area = self.stage.geometry()
            box = QRect(area.right() + 1 - self.right.width(), area.top(), self.right.width(), area.height())
            self.right.setGeometry(box)
            self.right.raise_()
        self.top.show_clock(not shown or self._aside is not None)
        self.top.squeeze(wide >= ROOMY, wide < TIGHT, wide < TIGHTER)
        self.top.room.setVisible(drawer)

    def toggle_drawer(self) -> None:
        """Opens or closes the room panel where it is a drawer."""
        self.drawer_open = not self.drawer_open
        self._fit()

    def next_region(self, way: int = 1) -> None:
        """Moves the focus to the next region: agenda, stage, panel, action bar. Opens the drawer on its way."""
        if not self.right.isVisible():
            self.drawer_open = True
            self._fit()
        page: QWidget = self.page or self.stage
        regions: list[QWidget] = [self.rail, page, self.right, self.stage.bar]
        focus = self.focusWidget()
        inside = [
            i for i, r in enumerate(regions) if focus is not None and (r is focus or r.isAncestorOf(focus))
        ]
        start = inside[-1] if inside else -1
        for step in range(1, len(regions) + 1):
            target = first_focus(regions[(start + way * step) % len(regions)])
            if target is not None:
                target.setFocus()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._fit)

    def let_go(self) -> None:
        """Stops listening, before the window builds a new cockpit on the same bridge; what is being written is kept."""
        for page in self.pages.values():
            page.keep()
            page.let_go()
        for signal, slot in (
            (self.bridge.changed, self.refresh),
            (self.bridge.clock, self._tick),
            (self.bridge.server_moved, self.refresh),
            (self.show_.changed, self._projector),
        ):
            signal.disconnect(slot)


def first_focus(region: QWidget) -> QWidget | None:
    """The first visible widget of a region that takes the focus by Tab."""
    for widget in region.findChildren(QWidget):
        by_tab = widget.focusPolicy().value & 1
        if by_tab and widget.isVisible() and widget.isEnabled() and not isinstance(widget, QFrame):
            return widget
    return None
