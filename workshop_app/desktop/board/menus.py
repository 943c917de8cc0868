"""The context menus: everything that mouse and keys can do, in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from workshop_app.desktop.blackout import BlackoutWindow
from workshop_app.desktop.board.spots import Node
from workshop_app.desktop.board.verbs import HIDE_WORDS, Verbs
from workshop_app.model.board import LAYOUT, OFF, PILES, SUGGESTIONS
from workshop_app.store import queries


class BoardMenus:
    """Makes the menu for whatever lies under the mouse."""

    def __init__(self, verbs: Verbs, parent: QWidget, hands: dict[str, Callable[..., Any]]) -> None:
        self.verbs, self.parent, self.hands = verbs, parent, hands
        self.lang = verbs.bridge.lang

    def menu(self, node: Node | None) -> QMenu:
        """The menu for a card (and all that are selected), a heap, a theme or the empty board."""
        menu = QMenu(self.parent)
        kind = node[0] if node is not None else ""
        if self.verbs.chosen.cards:
            self._cards(menu)
        elif kind == "heap" and node is not None:
            self._heap(menu, node[1])
        elif kind == "theme" and node is not None:
            self._theme(menu, node[1])
        else:
            self._add(menu, self.lang("New heap"), self.verbs.new_heap, "G")
            self._add(menu, self.lang("New theme"), self.verbs.new_theme, "Shift+G")
        return menu

    def free(self) -> bool:
        """Whether heaps lie as free piles."""
        return self.verbs.bridge.get(queries.session).settings.get(LAYOUT) == PILES

    def more(self) -> QMenu:
        """How the heaps lie, what was done, and whether the computer may suggest."""
        menu, lang, free = QMenu(self.parent), self.lang, self.free()
        columns = self._add(menu, lang("Heaps in columns"), lambda: self.verbs.lay_out(None))
        loose = self._add(
            menu, lang("Heaps as free piles"), lambda: self.verbs.lay_out(self.hands["places"]())
        )
        for action, on in ((columns, not free), (loose, free)):
            action.setCheckable(True)
            action.setChecked(on)
        menu.addSeparator()
        self._add(menu, lang("What was done on the board"), self.hands["history"])
        may = self.verbs.bridge.get(queries.session).settings.get(SUGGESTIONS) != OFF
        suggests = self._add(
            menu, lang("The computer may suggest"), lambda: self.verbs.allow_suggestions(not may)
        )
        suggests.setCheckable(True)
        suggests.setChecked(may)
        menu.addSeparator()
        self._add(menu, lang("Pairs of cards: the same thing?"), self.hands["pairs"])
        self._add(menu, lang("Order of the themes"), self.hands["order"])
        return menu

    def reasons(self, cards: list[int]) -> QMenu:
        """The five reasons for hiding; 1 to 5 choose."""
        menu = QMenu(self.parent)
        menu.setAccessibleName(self.lang("Why are they hidden?"))
        head = menu.addAction(self.lang("Why are they hidden?"))
        head.setEnabled(False)
        for number, (reason, words) in enumerate(HIDE_WORDS.items(), 1):
            self._add(
                menu,
                f"&{number}  {self.lang(words)}",
                lambda reason=reason: self.verbs.hide(reason, cards),
                plain=False,
            )
        return menu

    def _add(
        self, menu: QMenu, text: str, then: Callable[..., object], keys: str = "", plain: bool = True
    ) -> QAction:
        action = menu.addAction(text.replace("&", "&&") if plain else text)
        if keys:
            # Shown only: the page's own shortcut acts, a second one would make both ambiguous.
            action.setText(f"{action.text()}\t{keys}")
        action.triggered.connect(lambda _checked=False: then())
        return action

    def _cards(self, menu: QMenu) -> None:
        lang, verbs, board = self.lang, self.verbs, self.verbs.board
        cards = verbs.picked()
        one = cards[0].id if len(cards) == 1 else None
        if one is not None:
            self._add(menu, lang("Read in full"), lambda: self.hands["read"](one), lang("Space bar"))
        self._add(menu, lang("Move to …"), self.hands["move"], "M")
        self._add(menu, lang("New heap"), verbs.new_heap, "G")
        if len(cards) > 1:
            self._add(menu, lang("Join"), verbs.join, "J")
        if one is not None and any(c.merged_into == one for c in board.merged):
            self._add(menu, lang("Take apart"), lambda: verbs.take_apart(one))
        menu.addSeparator()
        if any(c.state != "loose" for c in cards):
            heaped = any(c.state == "heap" for c in cards)
            words = lang("Take out of the heap") if heaped else lang("Bring back")
            self._add(menu, words, verbs.take_out, "Delete")
        if any(c.state != "parked" for c in cards):
            self._add(menu, lang("Park"), verbs.park, "P")
        if any(c.state != "hidden" for c in cards):
            hide = self.reasons([c.id for c in cards])
            hide.setTitle(lang("Hide"))
            menu.addMenu(hide)
        if one is not None:
            bridge = verbs.bridge
            self._add(
                menu, lang("Black out words …"), lambda: BlackoutWindow(bridge, one, self.parent).show()
            )
        menu.addSeparator()
        if one is not None:
            self._add(menu, lang("Why does it lie here?"), lambda: self.hands["history"](one), "W")
            self._add(menu, lang("Which cards are like this one?"), lambda: self.hands["together"]([one]))
        else:
            ids = [c.id for c in cards]
            self._add(menu, lang("Why together?"), lambda: self.hands["together"](ids), "W")
        if one is not None and cards[0].heap is not None:
            menu.addSeparator()
            heap = cards[0].heap
            self._add(menu, lang("Select the whole heap"), self.hands["all"], "A")
            self._add(menu, lang("Rename the heap"), lambda: self.hands["rename"](("heap", heap)), "F2")

    def _heap(self, menu: QMenu, heap_id: int) -> None:
        lang, verbs, board = self.lang, self.verbs, self.verbs.board
        heap = board.heap(heap_id)
        self._add(menu, lang("Rename"), lambda: self.hands["rename"](("heap", heap_id)), "F2")
        self._add(menu, lang("Select its cards"), self.hands["all"], "A")
        self._add(menu, lang("Move to …"), self.hands["move"], "M")
        themes = menu.addMenu(lang("Move to theme"))
        for theme in board.themes:
            if heap is not None and theme.id != heap.theme:
                self._add(
                    themes,
                    f"{theme.number}  {theme.title}",
                    lambda theme=theme: verbs.land(heap_id, ("theme", theme.id)),
                )
        if heap is not None and heap.theme is not None:
            self._add(themes, lang("Without a theme"), lambda: verbs.land(heap_id, ("outside", 0)))
        self._add(themes, lang("New theme"), verbs.new_theme, "Shift+G")
        join = menu.addMenu(lang("Join with heap"))
        for other in board.heaps:
            if other.id != heap_id:
                self._add(
                    join,
                    verbs.heap_name(other),
                    lambda other=other: verbs.ask_merge_heaps(other.id, heap_id),
                )
        join.setEnabled(len(board.heaps) > 1)
        if heap is not None and len(heap.cards) > 1:
            ids = [c.id for c in heap.cards]
            self._add(menu, lang("Why together?"), lambda: self.hands["together"](ids), "W")
        if self.free():
            shift = menu.addMenu(lang("Move the pile"))
            for words, keys, way in (
                (lang("To the left"), lang("Alt+arrow"), (-1, 0)),
                (lang("To the right"), lang("Alt+arrow"), (1, 0)),
                (lang("Upwards"), lang("Alt+arrow"), (0, -1)),
                (lang("Downwards"), lang("Alt+arrow"), (0, 1)),
            ):
                self._add(shift, words, lambda way=way: self.hands["nudge"](*way), keys)
        menu.addSeparator()
        self._add(menu, lang("Dissolve the heap"), lambda: verbs.ask_dissolve(heap_id), "Delete")

    def _theme(self, menu: QMenu, theme_id: int) -> None:
        lang, verbs, board = self.lang, self.verbs, self.verbs.board
        self._add(menu, lang("Rename"), lambda: self.hands["rename"](("theme", theme_id)), "F2")
        self._add(menu, lang("Missing voice …"), lambda: self.hands["voice"](theme_id))
        self._add(menu, lang("New heap in the theme"), verbs.new_heap, "G")
        join = menu.addMenu(lang("Join with theme"))
        for other in board.themes:
            if other.id != theme_id:
                self._add(
                    join,
                    f"{other.number}  {other.title}",
                    lambda other=other: verbs.merge_themes(other.id, theme_id),
                )
        join.setEnabled(len(board.themes) > 1)
        menu.addSeparator()
        self._add(menu, lang("Dissolve the theme"), lambda: verbs.dissolve_theme(theme_id), "Delete")
