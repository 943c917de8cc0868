"""What the leader has typed in for somebody, put right: a slip of the leader's own keys."""

import json

from workshop_app.actions import ask
from workshop_app.actions.action import action
from workshop_app.actions.group import NO_CARD
from workshop_app.actions.session import format_of
from workshop_app.i18n import N_
from workshop_app.model import signs
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

SOURCES = ("paper", "voice")
NOT_TYPED = N_("Card {number} came from a phone. Only the person who wrote it changes it.")
BLACKED_OUT = N_("Card {number} has words that are blacked out. Type it again as a new card.")


@action(N_("Correct a typed card"))
def correct(tx: Transaction, *, card: int, text: str) -> None:
    """Makes a card say what stands on the paper. Only what the leader typed: cards from phones are never changed."""
    row = tx.row("card", card)
    answer = tx.row("answer", row["answer_id"]) if row else None
    if answer is None:
        raise Refused(NO_CARD, number=card)
    if answer["source"] not in SOURCES:
        raise Refused(NOT_TYPED, number=card)
    if tx.rows("blackout", answer_id=answer["id"]):
        raise Refused(BLACKED_OUT, number=card)
    words, limit = ask.clean(text), _limit(tx, answer["step"])
    if not words.strip():
        raise Refused(ask.REQUIRED)
    if limit and (over := signs.over(words, limit)) > 0:
        raise Refused(ask.TOO_LONG, over=over)
    fields = json.loads(answer["fields"]) | {"text": words}
    tx.update("card", card, {"text": words})
    kept = {"text": words, "fields": json.dumps(fields, ensure_ascii=False, sort_keys=True)}
    tx.update("answer", answer["id"], kept)


def _limit(tx: Transaction, step: str) -> int:
    """How many signs a card of this step may have, 0 for any number."""
    session = tx.row("session", 1) or {}
    field = format_of(session).step(step).field("text")
    return field.limit if field else 0
