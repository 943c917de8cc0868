"""Whose turn it is when cards are sorted one by one: what is left, what was laid, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workshop_app.model.board import Board

LATER = "later"
Order = Callable[[Sequence[int]], list[int]]


@dataclass(frozen=True)
class Laid:
    """A card that was laid, and where: "heap", "parked", "hidden" or "later". `step` is what Ctrl+Z would take back."""

    card: int
    where: str
    step: int = 0
    heap: int | None = None


class Turn:
    """Follows the board: a card leaves when it lies somewhere, and comes back first when that is undone."""

    def __init__(self) -> None:
        self.queue: list[int] = []
        self.laid: list[Laid] = []
        self._pressed: set[int] = set()  # laid or taken back by this page, so that it belongs to its history

    @property
    def card(self) -> int | None:
        """The card that is shown."""
        return self.queue[0] if self.queue else None

    @property
    def put_off(self) -> list[int]:
        """The cards that come last because the leader wanted to wait."""
        later = {one.card for one in self.laid if one.where == LATER}
        return [card for card in self.queue if card in later]

    def press(self, card: int) -> None:
        """The leader has laid a card; the board will say so."""
        self._pressed.add(card)

    def refused(self, card: int) -> None:
        """It came to nothing."""
        self._pressed.discard(card)

    def later(self) -> None:
        """The card comes last."""
        if self.queue:
            card = self.queue.pop(0)
            self.queue.append(card)
            self.laid.append(Laid(card, LATER))

    def back_from_later(self) -> None:
        """The card that was put off last is shown again."""
        card = self.laid.pop().card
        if card in self.queue:
            self.queue.remove(card)
            self.queue.insert(0, card)

    def arrange(self, order: Order) -> None:
        """Puts the cards in their turn anew; the one that is shown stays, and those put off come last."""
        late = self.put_off
        self.queue = order([card for card in self.queue if card not in late]) + late

    def follow(self, board: Board, step: int, order: Order) -> None:
        """Reads the board again; `step` is the step that Ctrl+Z would take back, `order` gives new cards their turn."""
        loose = {c.id for c in board.loose if not c.inbox}
        back = [one.card for one in self.laid if one.where != LATER and one.card in loose]
        self.laid = [self._as_now(one, board) for one in self.laid if one.card not in back]
        for card in self.queue:
            found = board.cards.get(card)
            if card in self._pressed and found is not None and found.state in ("heap", "parked", "hidden"):
                self.laid = [one for one in self.laid if one.card != card]  # put off no longer
                self.laid.append(Laid(card, found.state, step, found.heap))
        known = [*reversed(back), *self.queue]
        self.queue = list(dict.fromkeys(card for card in known if card in loose))
        self._pressed = (self._pressed & loose) | set(back)
        new = sorted(loose - set(self.queue))
        if new:
            self.queue = [*self.queue[:-1], *order([*self.queue[-1:], *new])]

    def _as_now(self, one: Laid, board: Board) -> Laid:
        """Where the card lies now: it may have been moved on the board since."""
        card = board.cards.get(one.card)
        return one if card is None or one.where == LATER else replace(one, where=card.state, heap=card.heap)
