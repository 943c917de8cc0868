"""The ways from the board to sorting: fast by the leader alone, or by the whole room."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from workshop_app.desktop.board.bars import tab_only
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import FAST_SORT, ROOM_SORT, Page
from workshop_app.desktop.widgets import Button
from workshop_app.model.board import Board, Heap
from workshop_app.store import queries

KIND = "group"


class SortingWays:
    """Two buttons and the key S for the page with the board: `SortingWays(page).buttons`."""

    def __init__(self, page: Page) -> None:
        self.page, lang = page, page.bridge.lang
        self.fast = Button(lang("Sort fast"), icon="keyboard", key="S")
        self.room = Button(lang("Let the room sort"), icon="users")
        tab_only(self.fast, self.room)
        self.fast.clicked.connect(lambda: page.step_asked.emit(FAST_SORT))
        self.room.clicked.connect(lambda: page.step_asked.emit(ROOM_SORT))
        page.on_key("S", self.fast.click)

    @property
    def buttons(self) -> list[QPushButton]:
        """For the action bar."""
        return [self.fast, self.room]

    def agreed(self) -> Board:
        """The board with what the room said about the cards that lie in heaps: k of n, weak ones to be read again."""
        bridge = self.page.bridge
        board, told = bridge.get(queries.board), bridge.get(queries.agreement)

        def marked(heap: Heap) -> Heap:
            return replace(heap, cards=tuple(replace(c, agreed=told.get(c.id, (0, 0))) for c in heap.cards))

        if not told:
            return board
        themes = tuple(replace(t, heaps=tuple(map(marked, t.heaps))) for t in board.themes)
        return replace(board, themes=themes, loose_heaps=tuple(map(marked, board.loose_heaps)))

    def refresh(self) -> None:
        """Says whether the room is sorting just now."""
        lang, now = self.page.bridge.lang, self.page.bridge.get(queries.sorting_now)
        words = lang("Let the room sort") if now is None else lang("The room is sorting")
        if self.room.words() != words:
            self.room.setText(words)
            self.room.set_role("plain" if now is None else "tint")


def board_step(bridge: Bridge) -> str:
    """The step whose page is the board: the room's own, else the nearest before it, else the first."""
    format_, session = bridge.get(queries.format_of), bridge.get(queries.session)
    steps = [s for s in session.steps if format_.step(s.id).kind == KIND]
    before = [s for s in steps if s.position <= session.now_step.position]
    found = before[-1:] or steps[:1]
    return found[0].id if found else session.current_step
