"""How the heaps lie on the desk's board: in columns by theme, or as free piles where the leader has put them."""

import json
from collections.abc import Mapping

from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model.board import FARTHEST, LAYOUT, PILES
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_HEAP = N_("That heap is no longer there.")


@action(N_("Lay the heaps freely"))
def use_piles(tx: Transaction, *, places: Mapping[int, tuple[int, int]]) -> None:
    """From now on heaps lie as free piles; `places` is for those that nobody has put anywhere yet."""
    _set_layout(tx, PILES)
    for heap, (x, y) in places.items():
        row = tx.row("heap", heap)
        if row is not None and row["x"] is None:
            lay_heap(tx, heap=heap, x=x, y=y)


@action(N_("Lay the heaps in columns"))
def use_columns(tx: Transaction) -> None:
    """Heaps lie in columns by theme again; where they lay as piles is kept."""
    _set_layout(tx, "")


@action(N_("Move the pile"))
def lay_heap(tx: Transaction, *, heap: int, x: int, y: int) -> None:
    """Puts a pile somewhere, in pixels at 100 % from the corner of the table."""
    if tx.row("heap", heap) is None:
        raise Refused(NO_HEAP)
    tx.update("heap", heap, {"x": max(0, min(x, FARTHEST)), "y": max(0, min(y, FARTHEST))})


def _set_layout(tx: Transaction, layout: str) -> None:
    settings = json.loads((tx.row("session", 1) or {"settings": "{}"})["settings"])
    settings[LAYOUT] = layout
    tx.update("session", 1, {"settings": json.dumps(settings, ensure_ascii=False)})
