"""Reads the tables in the room: which there are, who sits where, and what each has sorted."""

from collections import Counter
from collections.abc import Mapping

from workshop_app.model.sorting import Sorting
from workshop_app.model.tables import Key, RoomTable, TableHeap, TableSorting, heaps_of
from workshop_app.store.one_person import SELVES, whose
from workshop_app.store.session_file import SessionFile
from workshop_app.store.sorting import sorting


def tables(file: SessionFile) -> tuple[RoomTable, ...]:
    """The tables there are now, in their order."""
    rows = file.select("SELECT id, name FROM room_table WHERE shut = 0 ORDER BY position, id")
    return tuple(RoomTable(row["id"], row["name"]) for row in rows)


def seats(file: SessionFile) -> Mapping[str, int]:
    """Participant -> the table it sits at; those whose table is gone sit nowhere."""
    open_ = {table.id for table in tables(file)}
    last = {
        row["participant"]: row["room_table"]
        for row in file.select(
            f"SELECT {whose('seat.participant')} AS participant, room_table FROM seat ORDER BY id"
        )
    }
    return {who: table for who, table in last.items() if table in open_}


def seat(file: SessionFile, participant: str) -> int | None:
    """The table where one phone sits, None for nowhere."""
    found = file.select(
        "SELECT room_table.id, shut FROM seat JOIN room_table ON room_table.id = seat.room_table"
        f" WHERE participant IN {SELVES} ORDER BY seat.id DESC LIMIT 1",
        participant,
        participant,
    )
    return int(found[0]["id"]) if found and not found[0]["shut"] else None


def table_cards(file: SessionFile, round_: int) -> Mapping[int, tuple[int, ...]]:
    """Table -> the cards it was given in a round."""
    out: dict[int, tuple[int, ...]] = {}
    for row in file.select(
        "SELECT room_table, card_id FROM table_card WHERE sorting = ? ORDER BY id", round_
    ):
        out[row["room_table"]] = (*out.get(row["room_table"], ()), row["card_id"])
    return out


def table_names(file: SessionFile) -> Mapping[Key, str]:
    """(table, founder) -> the name that the table gave the heap last."""
    rows = file.select(
        "SELECT room_table, heap, name FROM heap_name WHERE room_table IS NOT NULL ORDER BY id"
    )
    names = {(row["room_table"], row["heap"]): row["name"] for row in rows}
    return {key: name for key, name in names.items() if name}


def table_sorting(file: SessionFile) -> tuple[TableSorting, ...]:
    """What each table has sorted in the latest round, in the tables' order; empty when that was none of tables."""
    told = sorting(file)
    if not told.rounds or not told.rounds[-1].tables:
        return ()
    return _sorted(file, told)


def _sorted(file: SessionFile, told: Sorting) -> tuple[TableSorting, ...]:
    number = told.rounds[-1].number
    given, names = table_cards(file, number), table_names(file)
    lying = heaps_of(p for p in told.placements if p.round == number)
    here = Counter(seats(file).values())
    known = {r["id"]: r["name"] for r in file.select("SELECT id, name FROM room_table ORDER BY position, id")}
    out = []
    for table, name in known.items():
        if table in given:
            heaps = lying.get(table, {})
            made = [
                TableHeap(table, founder, cards, names.get((table, founder), ""))
                for founder, cards in heaps.items()
                if founder is not None
                and (len(cards) > 1 or (table, founder) in names or cards != (founder,))
            ]
            lone = tuple(
                c for f, cards in heaps.items() if cards == (f,) and (table, f) not in names for c in cards
            )
            placed = len({card for cards in heaps.values() for card in cards} & set(given[table]))
            made.sort(key=lambda heap: (-len(heap.cards), heap.founder))
            out.append(
                TableSorting(
                    RoomTable(table, name), here[table], len(given[table]), placed, tuple(made), lone
                )
            )
    return tuple(out)
