"""Piles of cards that lay together on a table, entered by their numbers."""

import re
from collections.abc import Sequence

from workshop_app.actions.action import action
from workshop_app.actions.group import move_cards, new_heap
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

TWICE = N_("Card {number} stands in two piles. A card lies in one pile only.")
NO_PILE = N_("Write the numbers of at least two cards that lie in the same pile.")
NO_CARD = N_("There is no card {number}.")


def read_piles(text: str) -> list[list[int]]:
    """The card numbers of each line; whatever stands between the numbers does not matter."""
    lines = [list(dict.fromkeys(int(n) for n in re.findall(r"\d{1,9}", line))) for line in text.splitlines()]
    return [line for line in lines if line]


@action(N_("Enter piles from paper"))
def enter_piles(tx: Transaction, *, piles: Sequence[Sequence[int]]) -> int:
    """Makes heaps of piles, by hand, in one step; returns how many cards were placed.

    Where the cards of a pile that lie in a heap all lie in the same one, the others come to it. A pile of one card says
    that it stands alone and is passed over. Refused when a number is unknown or stands in two piles.
    """
    seen: set[int] = set()
    for number in (card for pile in piles for card in pile):
        if tx.row("card", number) is None:
            raise Refused(NO_CARD, number=number)
        if number in seen:
            raise Refused(TWICE, number=number)
        seen.add(number)
    wanted = [list(pile) for pile in piles if len(pile) > 1]
    if not wanted:
        raise Refused(NO_PILE)
    for pile in wanted:
        heaps = {
            row["heap_id"] for card in pile if (row := tx.row("card", card)) and row["heap_id"] is not None
        }
        if len(heaps) == 1:
            move_cards(tx, cards=pile, heap=heaps.pop())
        else:
            new_heap(tx, cards=pile)
    return sum(len(pile) for pile in wanted)
