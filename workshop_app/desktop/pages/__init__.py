"""The pages of the desk: one for each kind of step, made when first shown."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from workshop_app.formats import Step
from workshop_app.model.session import Session, StepState
from workshop_app.store import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from workshop_app.desktop.bridge import Bridge

SUMMARY, ROOM_CHECK, REGISTER, THREAD = "summary", "room_check", "register", "thread"
DIALOGUE, SHEETS, COMMENTS = "dialogue", "sheets", "comment_round"
THEME_ORDER = "theme_order"
APART = (
    SUMMARY,
    ROOM_CHECK,
    REGISTER,
    THREAD,
    DIALOGUE,
    SHEETS,
    COMMENTS,
    THEME_ORDER,
)  # pages of no step, reachable any time
FAST_SORT, ROOM_SORT = "fast_sort", "room_sort"
BESIDE = (FAST_SORT, ROOM_SORT)  # pages beside the board, left when the room goes on
# kind of step (or a page apart) -> where its page is
PAGES = {
    "lobby": "workshop_app.desktop.pages.lobby:LobbyPage",
    "probe": "workshop_app.desktop.pages.probe:ProbePage",
    "ask": "workshop_app.desktop.pages.ask:AskPage",
    "read": "workshop_app.desktop.pages.read:ReadPage",
    "pause": "workshop_app.desktop.pages.pause:PausePage",
    "group": "workshop_app.desktop.pages.group:GroupPage",
    "formulate": "workshop_app.desktop.pages.formulate:FormulatePage",
    "goals": "workshop_app.desktop.pages.goals:GoalsPage",
    "rate": "workshop_app.desktop.pages.rate:RatePage",
    "route": "workshop_app.desktop.pages.route:RoutePage",
    "close": "workshop_app.desktop.pages.close:ClosePage",
    "questions": "workshop_app.desktop.pages.questions:QuestionsPage",
    "meeting": "workshop_app.desktop.dialogue.page:MeetingPage",
    "survey": "workshop_app.desktop.pages.survey:SurveyPage",
    SUMMARY: "workshop_app.desktop.pages.summary:SummaryPage",
    ROOM_CHECK: "workshop_app.desktop.pages.room_check:RoomCheckPage",
    REGISTER: "workshop_app.desktop.pages.register:RegisterPage",
    THREAD: "workshop_app.desktop.pages.thread:ThreadPage",
    SHEETS: "workshop_app.desktop.pages.small_sheets:SmallSheetsPage",
    FAST_SORT: "workshop_app.desktop.sorting.fast:FastSortPage",
    ROOM_SORT: "workshop_app.desktop.sorting.room:RoomSortPage",
    COMMENTS: "workshop_app.desktop.pages.comments:CommentsPage",
    THEME_ORDER: "workshop_app.desktop.pages.theme_order:ThemeOrderPage",
    DIALOGUE: "workshop_app.desktop.dialogue.page:DialoguePage",
}


class Page(QWidget):
    """What a step looks like on the stage. `refresh` reads and draws; a handler only calls `bridge.do`.

    Set on the class or the object: `wants_width` folds the rail; `header` "full" (step line, title, prompt),
    "compact" (title line only) or "none"; `scrolls` puts the page in a scrolling column; `margins` pads it.
    """

    wants_width = False
    header = "full"
    scrolls = True
    margins = (32, 0, 32, 24)
    name = ""  # a msgid, for a page beside the steps: stands in the top bar
    alone = False  # its own main button stands without the way to the next step

    step_asked = Signal(str)  # another step is to be put on the stage

    def __init__(self, bridge: "Bridge", step_id: str = "") -> None:
        super().__init__()
        self.bridge, self.step_id, self.stale = bridge, step_id, True
        self.setProperty("clear", True)

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.bridge.get(queries.session)

    @property
    def state(self) -> StepState:
        """Where the step of this page stands: the room's step unless the page was opened for another."""
        return self.session.step(self.step_id) if self.step_id else self.session.now_step

    @property
    def step(self) -> Step:
        """The format's step that this page shows."""
        return self.bridge.get(queries.format_of).step(self.state.id)

    def refresh(self) -> None:
        """Reads its queries and shows them; called when visible, on every change of the file."""

    def keep(self) -> None:
        """Stores what is being written, before the page or the whole desk goes."""

    def let_go(self) -> None:
        """Ends the page, and what it has lent the bar and the panel: off the stage nobody else owns them."""
        for part in (self, *self.actions_bar(), *vars(self).values()):
            if isinstance(part, QWidget) and part.parent() is None and not part.isVisible():
                part.deleteLater()

    def aside(self) -> QWidget | None:
        """The page's own right panel in place of the room panel, or None."""
        return None

    def actions_bar(self) -> "list[QPushButton]":
        """Buttons for the left of the action bar, in order."""
        return []

    def own_next(self) -> "QPushButton | None":
        """A page's own main button at the right of the action bar, in place of the one to the next step."""
        return None

    def own_note(self) -> QWidget | None:
        """A page's own words beside its main button."""
        return None

    def shell_key(self, keys: str) -> bool:
        """Takes one of the shell's keys ("PgDown", "Esc", "Ctrl+Z") for the page itself; False leaves it to the shell."""
        return False

    def on_key(self, keys: str, handler: "Callable[[], object]", *, typing: bool = False) -> QShortcut:
        """A key of this page. Unless `typing`, it rests while a field has the focus."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)

        def pressed() -> None:
            if self.isVisible() and (typing or not typing_now()):
                handler()

        shortcut.activated.connect(pressed)
        return shortcut


def typing_now() -> bool:
    """Whether the focus is in a field where letters are text."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit):
        return not focus.isReadOnly()
    return isinstance(focus, QAbstractSpinBox) or (isinstance(focus, QComboBox) and focus.isEditable())


def make(kind: str, bridge: "Bridge", step_id: str = "") -> Page:
    """The page of a kind, imported now and not before."""
    place = PAGES[kind]
    module, name = place.split(":")
    page: Page = getattr(import_module(module), name)(bridge)
    page.step_id = step_id
    return page
