"""What belongs to a card on paper: the number printed on it, the role and whom it is for."""

import json
from typing import Any

from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

TYPED_ALREADY = N_("Paper card {number} is already typed in, as card {card}.")
NOT_NUMBER = N_("The number on a paper card is a whole number, such as 12.")


def kept(tx: Transaction, number: str = "", **about: str) -> dict[str, str]:
    """What is stored beside a typed card's words: role, beneficiary and the number on the paper, each if given."""
    out = {name: text.strip() for name, text in about.items() if text.strip()}
    digits = number.strip()
    if not digits:
        return out
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6 and int(digits)):
        raise Refused(NOT_NUMBER)
    known = _typed(tx).get(int(digits))
    if known is not None:
        raise Refused(TYPED_ALREADY, number=int(digits), card=known)
    return {**out, "paper": str(int(digits))}


def _typed(tx: Transaction) -> dict[int, Any]:
    """Numbers on paper that are typed in -> the card each became."""
    out = {}
    for answer in tx.rows("answer", source="paper"):
        number = json.loads(answer["fields"]).get("paper")
        if number:
            card = tx.row("card", answer["id"], "answer_id")
            out[int(number)] = card["id"] if card else answer["id"]
    return out
