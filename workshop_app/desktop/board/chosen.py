"""What the leader has selected: cards, or one heap, or one theme; and where the keyboard stands."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from workshop_app.desktop.board.spots import Node
from workshop_app.model.board import Board


class Chosen(QObject):
    """One selection for the whole page: canvas, list and side lists show it and change it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[int, ...] = ()
        self.node: Node | None = None  # where the keyboard stands

    @property
    def heap(self) -> int | None:
        """The heap that is selected as a whole."""
        return self.node[1] if self.node is not None and self.node[0] == "heap" and not self.cards else None

    @property
    def theme(self) -> int | None:
        """The theme that is selected."""
        return self.node[1] if self.node is not None and self.node[0] == "theme" and not self.cards else None

    @property
    def anything(self) -> bool:
        """Whether there is something to clear."""
        return bool(self.cards) or self.heap is not None or self.theme is not None

    def only(self, node: Node | None) -> None:
        """Selects one thing and nothing else."""
        self._set((node[1],) if node is not None and node[0] == "card" else (), node)

    def take(self, cards: Iterable[int], node: Node | None = None) -> None:
        """Selects some cards; the keyboard stands at `node` or at the last of them."""
        wanted = tuple(dict.fromkeys(cards))
        self._set(wanted, node or (("card", wanted[-1]) if wanted else self.node))

    def add(self, cards: Iterable[int]) -> None:
        """Selects more cards."""
        self.take([*self.cards, *cards])

    def toggle(self, card: int) -> None:
        """Selects a card, or lets it go."""
        rest = [c for c in self.cards if c != card]
        self.take(rest if card in self.cards else [*rest, card], ("card", card))

    def reach(self, card: int, order: list[int]) -> None:
        """Selects from where the keyboard stands to a card, in the order the cards lie."""
        start = self.node[1] if self.node is not None and self.node[0] == "card" else card
        if start not in order or card not in order:
            self.toggle(card)
            return
        low, high = sorted((order.index(start), order.index(card)))
        between = order[low : high + 1]
        self._set(tuple(dict.fromkeys([*self.cards, *between])), ("card", card))

    def stand(self, node: Node | None) -> None:
        """Moves the keyboard without selecting."""
        self._set(self.cards, node)

    def clear(self) -> None:
        """Selects nothing; the keyboard stays at the card where it stood."""
        self._set((), self.node if self.node is not None and self.node[0] == "card" else None)

    def keep(self, board: Board) -> None:
        """Lets go of what is no longer there, after somebody changed the board."""
        alive = {number for number, card in board.cards.items() if card.state not in ("merged", "withdrawn")}
        node = self.node
        if node is not None:
            kind, number = node
            there = {
                "card": number in alive,
                "heap": board.heap(number) is not None,
                "theme": board.theme(number) is not None,
            }
            if not there.get(kind, True):
                node = None
        self._set(tuple(c for c in self.cards if c in alive), node)

    def _set(self, cards: tuple[int, ...], node: Node | None) -> None:
        if (cards, node) != (self.cards, self.node):
            self.cards, self.node = cards, node
            self.changed.emit()
