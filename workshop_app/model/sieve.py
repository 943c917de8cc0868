"""Which cards a leader looks for: words, who said it, for whom, how many agree, where it lies."""

import unicodedata
from dataclasses import dataclass

from workshop_app.model.board import Board, Card
from workshop_app.model.session import Room

UNPLACED = "loose"
ME_TOO_STEPS = (1, 2, 3, 5)


@dataclass(frozen=True)
class Sieve:
    """What a card must be to be found; what is empty asks for nothing. `state` as in Card.state."""

    words: str = ""
    role: str = ""
    beneficiary: str = ""
    me_too: int = 0
    state: str = ""

    @property
    def empty(self) -> bool:
        """True when it asks for nothing."""
        return self == Sieve() or (self == Sieve(words=self.words) and not self.words.strip())


def plain(text: str) -> str:
    """Small letters without accents, so that one need not type them."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def one_line(text: str) -> str:
    """Whitespace made alike, as in the list of beneficiaries."""
    return " ".join(text.split())


def sift(board: Board, sieve: Sieve, room: Room) -> list[int]:
    """The cards that fit, in the order they stand on the board; a number alone is a card's number.

    A role finds cards only where enough people share it to be shown.
    """
    if sieve.empty:
        return []
    order = [c for h in board.heaps for c in h.cards]
    order += [*board.loose, *board.parked, *board.hidden]
    found = [c for c in order if _fits(c, sieve, room)]
    words = plain(sieve.words).split()
    if len(words) == 1 and words[0].isdigit():
        same = [c.id for c in found if str(c.number) == words[0]]
        if same:
            return same
    return [c.id for c in found if all(w in plain(c.text) for w in words)]


def _fits(card: Card, sieve: Sieve, room: Room) -> bool:
    return (
        (not sieve.role or room.role_shown(card.role) == sieve.role)
        and (not sieve.beneficiary or plain(one_line(card.beneficiary)) == plain(sieve.beneficiary))
        and card.me_too >= sieve.me_too
        and (not sieve.state or card.state == sieve.state)
    )
