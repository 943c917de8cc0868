"""What keys, buttons and menus of the board do: every way to ask for the same thing ends here."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from workshop_app.actions import piles
from workshop_app.desktop.board.carry import Drop
from workshop_app.desktop.board.spots import Node
from workshop_app.desktop.style import look

if TYPE_CHECKING:
    from workshop_app.desktop.pages.group import GroupPage


NUDGE = 24  # pixels at 100 %


class Hands(QObject):
    """Ties the parts of the group page together; the page itself only shows."""

    def __init__(self, page: "GroupPage") -> None:
        super().__init__(page)
        self.page, self.verbs, self.chosen = page, page.verbs, page.chosen
        self._buttons()
        self._parts()
        self._keys()

    # Wires --------------------------------------------------------------------------

    def _buttons(self) -> None:
        page, verbs = self.page, self.verbs
        tools, selection, question = page.bars.tools, page.bars.selection, page.bars.question
        tools.levels.chosen.connect(page.show_level)
        tools.heap.clicked.connect(verbs.new_heap)
        tools.theme.clicked.connect(verbs.new_theme)
        tools.suggest.clicked.connect(page.proposing.start)
        presses: dict[str, Callable[[], object]] = {
            "move": self.move_to,
            "heap": verbs.new_heap,
            "join": verbs.join,
            "park": verbs.park,
            "hide": verbs.ask_reason,
            "back": verbs.take_out,
            "rename": page.namer.rename,
            "cards": self.take_heap,
            "theme": verbs.new_theme,
            "voice": page.namer.ask_voice,
            "dissolve": self.delete,
        }
        for name, press in presses.items():
            selection.buttons[name].clicked.connect(lambda _=False, press=press: press())
        selection.clear.clicked.connect(self.chosen.clear)
        question.yes.clicked.connect(page.answer_yes)
        question.no.clicked.connect(page.answer_no)
        page.find_button.clicked.connect(lambda: page.finder.open(page.board))
        page.fit_button.clicked.connect(page.view.show_all)
        page.more_button.clicked.connect(self.show_more)
        verbs.pile_place = page.view.pile_place
        page.panel.why_asked.connect(page.why.ask_together)
        page.zoom_button.clicked.connect(lambda: page.view.set_zoom(1.0))
        page.view.zoomed.connect(lambda zoom: page.zoom_button.setText(f"{round(zoom * 100)} %"))

    def _parts(self) -> None:
        page, verbs = self.page, self.verbs
        page.carry.dropped.connect(verbs.land)
        page.carry.words_for = verbs.landing_words
        verbs.asked.connect(page.ask)
        verbs.reason_wanted.connect(self.ask_reason)
        verbs.rename_wanted.connect(page.namer.rename)
        for source in (page.view, page.tree, page.side):
            source.menu_asked.connect(self.show_menu)
            source.read_asked.connect(self.read)
        page.view.rename_asked.connect(page.namer.rename)
        page.view.leaving.connect(self.to_side)
        page.side.show_loose.connect(lambda: page.view.reveal(("area", 1)))
        page.mover.went.connect(self._went)
        page.reader.walked.connect(self._read_on)
        for left in (
            page.side.escaped,
            page.mover.left,
            page.reader.left,
            page.why.left,
            page.namer.left,
            page.finder.left,
        ):
            left.connect(page.to_board)

    def _keys(self) -> None:
        page, verbs = self.page, self.verbs
        table: dict[str, Callable[[], object]] = {
            "G": verbs.new_heap,
            "Shift+G": verbs.new_theme,
            "J": self.join,
            "K": lambda: self.of_pair(page.pairing.keep_apart),
            "N": lambda: self.of_pair(page.pairing.put_off),
            "P": verbs.park,
            "H": verbs.ask_reason,
            "A": self.take_heap,
            "M": self.move_to,
            "W": self.ask_why,
            "F2": page.namer.rename,
            "Delete": self.delete,
        }
        for keys, handler in table.items():
            page.on_key(keys, handler)
        for keys, way in {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}.items():
            page.on_key(f"Alt+{keys}", partial(self.nudge, *way))
        for digit in "1234567890":
            page.on_key(digit, partial(self.move_to, digit))
        free: dict[str, Callable[[], object]] = {
            "Ctrl+F": lambda: page.finder.open(page.board),
            "Ctrl+0": page.view.show_all,
            "Ctrl++": lambda: page.view.step_zoom(1),
            "Ctrl+=": lambda: page.view.step_zoom(1),
            "Ctrl+-": lambda: page.view.step_zoom(-1),
        }
        for keys, handler in free.items():
            page.on_key(keys, handler, typing=True)

    # What the keys do ---------------------------------------------------------------

    def join(self) -> None:
        """J: yes to a question, else joins what is selected, else the pair that is asked about."""
        if self.page.asking:
            self.page.answer_yes()
        elif self.chosen.cards:
            self.verbs.join()
        elif self.page.pairing.shown:
            self.page.pairing.join()

    def of_pair(self, answer: Callable[[], object]) -> None:
        """K and N: an answer about the pair, while one is asked about."""
        if self.page.pairing.shown:
            answer()

    def delete(self) -> None:
        """Delete: cards leave their heap; a heap or theme is dissolved."""
        if self.chosen.cards:
            self.verbs.take_out()
        elif self.chosen.heap is not None:
            self.verbs.ask_dissolve(self.chosen.heap)
        elif self.chosen.theme is not None:
            self.verbs.dissolve_theme(self.chosen.theme)

    def take_heap(self) -> None:
        """A: every card of the heap where the keyboard stands, or of all that is without a heap."""
        board, node = self.page.board, self.chosen.node
        card = board.cards.get(node[1]) if node is not None and node[0] == "card" else None
        heap_id = card.heap if card is not None else self.chosen.heap
        heap = board.heap(heap_id) if heap_id is not None else None
        if heap is not None:
            self.chosen.take([c.id for c in heap.cards])
        elif card is not None and card.state == "loose":
            self.chosen.take([c.id for c in board.loose])

    def move_to(self, typed: str = "") -> None:
        """A digit or M: where to? With nothing selected a digit goes to that theme."""
        page = self.page
        if self.chosen.cards or self.chosen.heap is not None:
            page.mover.open(page.board, typed, heap=not self.chosen.cards)
            bars = page.bars.geometry()
            page.mover.move(look().px(10), bars.bottom() + look().px(6))
        elif typed:
            number = 10 if typed == "0" else int(typed)
            for theme in page.board.themes:
                if theme.number == number:
                    self.chosen.only(("theme", theme.id))
                    page.view.reveal(("theme", theme.id))

    def ask_why(self) -> None:
        """W: why cards belong together; for one card, why it lies where it lies."""
        heap = self.page.board.heap(self.chosen.heap) if self.chosen.heap is not None else None
        cards = [c.id for c in heap.cards] if heap is not None else list(self.chosen.cards)
        if len(cards) == 1 and heap is None:
            self.page.why.show_history(cards[0])
        elif cards:
            self.page.why.ask_together(cards)
        else:
            self.verbs.say(self.page.bridge.lang("Choose at least one card first."))

    def nudge(self, right: int, down: int) -> None:
        """Alt and an arrow: a free pile a little that way, without the mouse."""
        spot = self.page.view.placement.heaps.get(self.chosen.heap or 0)
        if spot is None or not self.page.view.free:
            return
        place = self.page.view.places_of([spot])[spot.heap.id]
        x, y = place[0] + right * NUDGE, place[1] + down * NUDGE
        self.page.bridge.do(piles.lay_heap, heap=spot.heap.id, x=x, y=y)

    def _went(self, drop: Drop) -> None:
        what = self.chosen.cards or self.chosen.heap
        if what is not None:
            self.verbs.land(what, drop)

    def read(self, card: int) -> None:
        """Space: one card in full."""
        self.page.reader.read(self.page.board, card)

    def _read_on(self, key: int) -> None:
        self.page.view.walk(key)
        node = self.chosen.node
        if node is not None and node[0] == "card":
            self.read(node[1])

    def to_side(self) -> None:
        """An arrow to the right from the last column goes on in the side lists."""
        for kind in ("loose", "parked", "hidden"):
            one = self.page.side.lists[kind]
            if one.isVisible() and one.cards.cards:
                one.setFocus()
                self.chosen.only(("card", one.cards.cards[0].id))
                return

    # Menus --------------------------------------------------------------------------

    def show_menu(self, node: Node | None, where: QPoint) -> None:
        """The menu of what lies under the mouse."""
        self.page.menus.menu(node).popup(where)

    def show_more(self) -> None:
        """How the heaps lie, what was done, and whether the computer may suggest."""
        button, menu = self.page.more_button, self.page.menus.more()
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def ask_reason(self, cards: list[int]) -> None:
        """Why are they hidden? Five reasons, under the bar."""
        bars = self.page.bars
        button = bars.selection.buttons["hide"]
        at = button if button.isVisible() else bars
        self.page.menus.reasons(cards).popup(at.mapToGlobal(QPoint(0, at.height())))
