"""Which themes are worked on first, and why the others wait (METHOD S05)."""

from collections.abc import Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.actions.group import NO_THEME
from workshop_app.i18n import N_
from workshop_app.model import signs
from workshop_app.model.theme_order import WHY_LIMIT
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

TOO_LONG = N_("Why the theme waits is {over} characters too long. Shorten it to {limit}.")


@action(N_("Rank the themes"))
def rank(tx: Transaction, *, themes: Sequence[int]) -> None:
    """The themes that are worked on first, in order. One that was ranked before and is left out now is open again."""
    chosen = list(dict.fromkeys(themes))
    for theme in chosen:
        _theme(tx, theme)
    for row in tx.rows("theme"):
        turn = chosen.index(row["id"]) + 1 if row["id"] in chosen else (0 if row["turn"] == 0 else None)
        if turn != row["turn"]:
            tx.update("theme", row["id"], {"turn": turn})


@action(N_("Let a theme wait"))
def let_wait(tx: Transaction, *, theme: int, why: str = "") -> None:
    """The theme waits; `why` is kept and printed, and "" keeps what was written before."""
    row = _theme(tx, theme)
    words = why.strip() or row["waits"]
    if (over := signs.over(words, WHY_LIMIT)) > 0:
        raise Refused(TOO_LONG, over=over, limit=WHY_LIMIT)
    tx.update("theme", theme, {"turn": 0, "waits": words})
    _close_up(tx)


@action(N_("Write why a theme waits"))
def write_why(tx: Transaction, *, theme: int, why: str) -> None:
    """Changes why a theme waits, or takes the words away."""
    _theme(tx, theme)
    words = why.strip()
    if (over := signs.over(words, WHY_LIMIT)) > 0:
        raise Refused(TOO_LONG, over=over, limit=WHY_LIMIT)
    tx.update("theme", theme, {"waits": words})


def _close_up(tx: Transaction) -> None:
    """Leaves no gap in the order where a theme went out of it."""
    ranked = [row for row in tx.rows("theme", order="turn, number") if row["turn"]]
    for place, row in enumerate(ranked, 1):
        if row["turn"] != place:
            tx.update("theme", row["id"], {"turn": place})


def _theme(tx: Transaction, theme: int) -> dict[str, Any]:
    row = tx.row("theme", theme)
    if row is None:
        raise Refused(NO_THEME)
    return row
