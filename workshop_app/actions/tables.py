"""Tables in the room: the leader names them, phones sit down at one, and what they sorted is laid on the board together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop_app.actions import group
from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model.board import TableName
from workshop_app.model.tables import MOST_TABLES, NAME_LIMIT
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_TABLE = N_("That table is not there. Choose one of the tables in the list.")
HAS_CARDS = N_("Your phone already has the cards of {table}. You can change table when the sorting is over.")
JOIN_FIRST = N_("Choose your role first, then your table.")
SAME_NAME = N_("Two tables cannot have the same name. Change one of them.")
NAME_LONG = N_("The name of a table is too long. {limit} characters fit.")
TOO_MANY = N_("There can be at most {limit} tables.")
NOTHING = N_("The tables have made no heaps yet.")


@dataclass(frozen=True)
class Laid:
    """A heap for the board, made of one table's heap or of several tables': its cards, name, and where it came from."""

    cards: tuple[int, ...]
    founder: int
    title: str
    origins: tuple[TableName, ...]


@action(N_("Set the tables"))
def set_tables(tx: Transaction, *, names: Sequence[str]) -> None:
    """The tables in the room by name, none for a room without tables. A table that goes keeps what it has sorted."""
    wanted = [" ".join(name.split()) for name in names]
    wanted = [name for name in wanted if name]
    if len(wanted) > MOST_TABLES:
        raise Refused(TOO_MANY, limit=MOST_TABLES)
    if any(len(name) > NAME_LIMIT for name in wanted):
        raise Refused(NAME_LONG, limit=NAME_LIMIT)
    if len({name.casefold() for name in wanted}) < len(wanted):
        raise Refused(SAME_NAME)
    known = {row["name"].casefold(): row for row in tx.rows("room_table", "id")}
    for position, name in enumerate(wanted, 1):
        row = {"position": position, "name": name, "shut": 0}
        if (old := known.pop(name.casefold(), None)) is not None:
            tx.update("room_table", old["id"], row)
        else:
            tx.insert("room_table", row)
    for gone in known.values():
        if not gone["shut"]:
            tx.update("room_table", gone["id"], {"shut": 1})


@action(N_("Sit down at a table"), undoable=False)
def sit(tx: Transaction, *, participant: str, table: int) -> None:
    """A phone says at which table it sits; its last word counts. Raises Refused while it holds another table's cards."""
    row = tx.row("room_table", table)
    if row is None or row["shut"]:
        raise Refused(NO_TABLE)
    if not participant or tx.row("participant", participant) is None:
        raise Refused(JOIN_FIRST)
    before = seat_of(tx, participant)
    if before == table:
        return
    if before is not None and _holds_cards(tx, participant):
        raise Refused(HAS_CARDS, table=(tx.row("room_table", before) or {})["name"])
    tx.insert("seat", {"participant": participant, "room_table": table, "at": tx.now})


@action(N_("Put the tables' heaps on the board"))
def lay_out(tx: Transaction, *, heaps: Sequence[Laid]) -> int:
    """Lays heaps of tables on the board, as one step to undo; a card that the leader has placed since stays put.

    A heap that a table built on one of the board's own goes there. Returns how many cards were moved.
    """
    if not heaps:
        raise Refused(NOTHING)
    moved = 0
    for one in heaps:
        cards = [card for card in one.cards if _is_free(tx, card)]
        founder = tx.row("card", one.founder) or {}
        home = founder.get("heap_id") if founder.get("state") == "heap" else None
        if not cards:
            continue
        if home is None:
            home = group.new_heap(tx, title=one.title, cards=cards, title_by="suggestion", placed_by="room")
            tx.update("heap", home, {"founder": one.founder if one.founder in cards else min(cards)})
        else:
            group.lay(tx, cards=cards, heap=home, by="room")
        told = [{"table": o.table, "name": o.name, "cards": o.cards} for o in one.origins]
        tx.update("heap", home, {"from_tables": group.both_tables(tx, home, told)})
        moved += len(cards)
    return moved


def seat_of(tx: Transaction, participant: str) -> int | None:
    """The table where a phone sits, None for nowhere."""
    rows = tx.rows("seat", "id DESC", participant=participant)
    found = tx.row("room_table", rows[0]["room_table"]) if rows else None
    return int(found["id"]) if found is not None and not found["shut"] else None


def _holds_cards(tx: Transaction, participant: str) -> bool:
    rounds = [row["id"] for row in tx.rows("sorting") if row["state"] != "done" and row["tables"]]
    return any(tx.rows("dealt", sorting=number, participant=participant) for number in rounds)


def _is_free(tx: Transaction, card: int) -> bool:
    row: Mapping[str, Any] = tx.row("card", card) or {}
    gone = not row or tx.row("withdrawal", row["answer_id"], "answer_id") is not None
    return not gone and row["state"] in ("loose", "heap") and row["placed_by"] != "hand" and not row["inbox"]
