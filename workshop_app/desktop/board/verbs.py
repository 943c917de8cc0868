"""What the leader does with the selection, whichever way it was asked for: mouse, key, button or menu."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from workshop_app.actions import group, piles, session
from workshop_app.desktop.board.carry import Drop
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import N_
from workshop_app.model.board import OFF, SUGGESTIONS, Board, Card, Heap
from workshop_app.store import queries

HIDE_WORDS = {
    "test_card": N_("A test card"),
    "personal_data": N_("Points out a person"),
    "noise": N_("Says nothing"),
    "abusive": N_("Hurtful"),
    "double_send": N_("Sent twice"),
}
Carried = tuple[int, ...] | int  # cards, or one heap


class Verbs(QObject):
    """Turns wishes into actions on the bridge. What needs an answer first is asked in the bar."""

    asked = Signal(str, str, object)  # question, the yes button's words, what to do then
    reason_wanted = Signal(object)  # cards to hide: which of five reasons?
    rename_wanted = Signal(object)  # a Node that has just been made and needs a name

    def __init__(self, bridge: Bridge, chosen: Chosen) -> None:
        super().__init__()
        self.bridge, self.chosen = bridge, chosen
        self.pile_place: Callable[[], tuple[int, int] | None] = lambda: None  # where a free pile was let go

    @property
    def board(self) -> Board:
        """The board as it is now."""
        return self.bridge.get(queries.board)

    def say(self, words: str) -> None:
        """A quiet sentence in the status line."""
        self.bridge.said.emit("quiet", words)

    # Cards --------------------------------------------------------------------------

    def picked(self) -> list[Card]:
        """The selected cards, as they are now."""
        cards = self.board.cards
        return [cards[c] for c in self.chosen.cards if c in cards]

    def new_heap(self) -> None:
        """G: the selected cards become a heap, in the theme they share; without cards an empty one."""
        cards = self.picked()
        heaps = {c.heap for c in cards}
        themes = {c.theme for c in cards}
        ids = [c.id for c in cards]

        def made(heap: int) -> None:
            self.chosen.only(("heap", heap))

        if not cards:
            self.bridge.do(group.new_heap, made, theme=self.chosen.theme)
        elif len(heaps) == 1 and cards[0].heap is not None:
            self.bridge.do(group.split_heap, made, heap=cards[0].heap, cards=ids)
        else:
            theme = cards[0].theme if len(themes) == 1 else None
            self.bridge.do(group.new_heap, made, cards=ids, theme=theme)

    def new_theme(self) -> None:
        """Shift+G: a theme, with the selected heap or cards in it; its name is asked for at once."""
        cards = [c.id for c in self.picked()]
        heaps = [self.chosen.heap] if self.chosen.heap is not None else []

        def made(theme: int) -> None:
            self.chosen.only(("theme", theme))
            self.rename_wanted.emit(("theme", theme))

        self.bridge.do(group.new_theme, made, heaps=heaps, cards=[] if heaps else cards)

    def join(self) -> None:
        """J: true doubles become one card, the one with the lowest number; all are kept."""
        ids = sorted(c.id for c in self.picked())
        if len(ids) < 2:
            self.say(self.bridge.lang("Choose two cards or more that say the same thing."))
            return
        self.bridge.do(
            group.merge_cards,
            lambda _: self.chosen.only(("card", ids[0])),
            into=ids[0],
            cards=ids[1:],
        )

    def take_apart(self, card: int) -> None:
        """The cards joined with one become cards of their own again; each is a step of its own to undo."""
        for one in self.board.merged:
            if one.merged_into == card:
                self.bridge.do(group.unmerge, card=one.id)

    def park(self) -> None:
        """P: to the parking lot."""
        self._with_cards(lambda ids: self.bridge.do(group.park, self._after(ids), cards=ids))

    def hide(self, reason: str, cards: Sequence[int] | None = None) -> None:
        """Hides cards for one of five reasons."""
        ids = list(cards) if cards is not None else [c.id for c in self.picked()]
        if ids:
            self.bridge.do(group.hide, self._after(ids), cards=ids, reason=reason)

    def ask_reason(self) -> None:
        """H: asks for the reason first."""
        self._with_cards(self.reason_wanted.emit)

    def take_out(self) -> None:
        """Delete: back among the unsorted, from heap, parking lot or hidden."""
        self._with_cards(lambda ids: self.land(tuple(ids), ("loose", 0)))

    def _with_cards(self, work: Callable[[list[int]], object]) -> None:
        ids = [c.id for c in self.picked()]
        if not ids and self.chosen.heap is not None:
            heap = self.board.heap(self.chosen.heap)
            ids = [c.id for c in heap.cards] if heap is not None else []
        if ids:
            work(ids)
        else:
            self.say(self.bridge.lang("Choose at least one card first."))

    def _after(self, ids: Sequence[int]) -> Callable[[Any], None]:
        """When cards have left the list of the unsorted, its next card is selected, so that one can go on."""
        loose = [c.id for c in self.board.loose]
        follow = None
        if loose and all(i in loose for i in ids):
            rest = [c for c in loose if c not in ids]
            after = [c for c in rest if c > max(ids)]
            follow = next(iter(after or rest), None)

        def then(_result: Any) -> None:
            if follow is not None:
                self.chosen.only(("card", follow))
            else:
                self.chosen.clear()

        return then

    # Where things land ----------------------------------------------------------------

    def land(self, what: Carried, drop: Drop) -> None:
        """Puts cards, or a whole heap, where they were dropped or sent."""
        if isinstance(what, int):
            self._land_heap(what, drop)
        else:
            self._land_cards(list(what), drop)

    def _land_cards(self, ids: list[int], drop: Drop) -> None:
        kind, number = drop
        cards = [self.board.cards[i] for i in ids if i in self.board.cards]
        after = self._after(ids)
        if kind == "heap":
            moving = [c.id for c in cards if c.heap != number]
            if moving:
                self.bridge.do(group.move_cards, after, cards=moving, heap=number)
        elif kind == "theme":
            self.bridge.do(group.move_cards_to_theme, after, cards=ids, theme=number)
        elif kind in ("board", "outside"):
            at = self.pile_place() if kind == "board" else None
            self.bridge.do(group.new_heap, after, cards=ids, at=at)
        elif kind == "loose":
            moving = [c.id for c in cards if c.state != "loose"]
            back = any(c.state in ("parked", "hidden") for c in cards)
            if moving:
                self.bridge.do(group.bring_back if back else group.take_out, after, cards=moving)
        elif kind == "parked":
            self.bridge.do(group.park, after, cards=[c.id for c in cards if c.state != "parked"])
        elif kind == "hidden":
            self.reason_wanted.emit(ids)

    def _land_heap(self, heap_id: int, drop: Drop) -> None:
        kind, number = drop
        heap = self.board.heap(heap_id)
        if heap is None:
            return
        place = self.pile_place() if kind == "board" else None
        if place is not None:
            self.bridge.do(piles.lay_heap, heap=heap_id, x=place[0], y=place[1])
        elif kind == "heap" and number != heap_id:
            self.ask_merge_heaps(number, heap_id)
        elif kind == "theme" and heap.theme != number:
            self.bridge.do(group.move_heap, heap=heap_id, theme=number)
        elif kind in ("board", "outside") and heap.theme is not None:
            self.bridge.do(group.move_heap, heap=heap_id, theme=None)
        elif kind == "loose":
            self.ask_dissolve(heap_id)
        elif kind == "parked" and heap.cards:
            lang = self.bridge.lang
            text = lang("Park all cards in heap {tag}?").format(tag=self.board.tag(heap))
            ids = [c.id for c in heap.cards]
            self.asked.emit(text, lang("Park"), lambda: self.bridge.do(group.park, cards=ids))

    def landing_words(self, what: Carried, drop: Drop | None) -> str:
        """What letting go would do, in a few words."""
        lang = self.bridge.lang
        if drop is None:
            return ""
        kind, number = drop
        heap = self.board.heap(number) if kind == "heap" else None
        theme = self.board.theme(number) if kind == "theme" else None
        if heap is not None:
            if what == number:
                return ""
            words = lang("Join with {tag}") if isinstance(what, int) else lang("Into {tag}")
            return words.format(tag=self.board.tag(heap))
        if theme is not None:
            words = lang("To theme {n}") if isinstance(what, int) else lang("New heap in theme {n}")
            return words.format(n=theme.number)
        if isinstance(what, int):
            free = self.pile_place() is not None
            texts = {
                "board": lang("Here") if free else lang("Without a theme"),
                "outside": lang("Without a theme"),
                "hidden": "",
            }
            texts |= {"loose": lang("Dissolve the heap"), "parked": lang("Park")}
        else:
            texts = {"board": lang("New heap"), "outside": lang("New heap without a theme")}
            texts |= {"loose": lang("Without a heap"), "parked": lang("Park"), "hidden": lang("Hide")}
        return texts.get(kind, "")

    # Heaps and themes -----------------------------------------------------------------

    def rename(self, kind: str, number: int, title: str) -> None:
        """A new name for a heap or a theme."""
        if kind == "heap":
            self.bridge.do(group.rename_heap, heap=number, title=title)
        else:
            self.bridge.do(group.rename_theme, theme=number, title=title)

    def missing_voice(self, theme: int, text: str) -> None:
        """Whose voice is missing in a theme."""
        self.bridge.do(group.set_missing_voice, theme=theme, text=text)

    def ask_merge_heaps(self, into: int, heap: int) -> None:
        """Heaps are joined after a question, because two needs would become one."""
        lang, target, other = self.bridge.lang, self.board.heap(into), self.board.heap(heap)
        if target is None or other is None:
            return
        text = lang("Join heap {other} with {target}? All its cards come to {target}.").format(
            other=self.heap_name(other), target=self.board.tag(target)
        )

        def go() -> None:
            self.bridge.do(
                group.merge_heaps, lambda _: self.chosen.only(("heap", into)), into=into, heaps=[heap]
            )

        self.asked.emit(text, lang("Join"), go)

    def merge_themes(self, into: int, theme: int) -> None:
        """All heaps of a theme come to another."""
        self.bridge.do(
            group.merge_themes, lambda _: self.chosen.only(("theme", into)), into=into, themes=[theme]
        )

    def ask_dissolve(self, heap: int) -> None:
        """The heap goes and its cards become unsorted; an empty one goes without a question."""
        lang, found = self.bridge.lang, self.board.heap(heap)
        if found is None:
            return

        def go() -> None:
            self.bridge.do(group.remove_heap, lambda _: self.chosen.clear(), heap=heap)

        if not found.cards:
            go()
            return
        text = lang("Dissolve heap {heap}? Its cards become unsorted.").format(heap=self.heap_name(found))
        self.asked.emit(text, lang("Dissolve"), go)

    def dissolve_theme(self, theme: int) -> None:
        """The theme goes, its heaps stay."""
        self.bridge.do(group.remove_theme, lambda _: self.chosen.clear(), theme=theme)

    def lay_out(self, places: dict[int, tuple[int, int]] | None) -> None:
        """Heaps as free piles that begin at these places, or in columns."""
        if places is None:
            self.bridge.do(piles.use_columns)
        else:
            self.bridge.do(piles.use_piles, places=places)

    def allow_suggestions(self, on: bool) -> None:
        """Whether the computer may suggest heaps in this session."""
        self.bridge.do(session.set_setting, key=SUGGESTIONS, value="" if on else OFF)

    def heap_name(self, heap: Heap) -> str:
        """ "4b Krav på funktion", or the tag with the first card's words."""
        words = heap.title or (heap.cards[0].text if heap.cards else "")
        short = words if len(words) <= 40 else words[:39].rstrip() + "…"
        return f"{self.board.tag(heap)} {short}".strip()
