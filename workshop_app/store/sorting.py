"""Reads the room's sorting: rounds, hands, where phones put cards, and how far they agree with the board."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workshop_app.model.sorting import Dealt, PlacedBy, Sorting, SortingRound
from workshop_app.model.sorting import agreement as agreement_in
from workshop_app.store.one_person import SELVES, whose
from workshop_app.store.people import time_of
from workshop_app.store.session_file import SessionFile


def sorting(file: SessionFile) -> Sorting:
    """Everything about the sorting of a session; empty when the room has not sorted."""
    rounds = tuple(_round(row) for row in file.select("SELECT * FROM sorting ORDER BY id"))
    latest = rounds[-1].number if rounds else 0
    return Sorting(
        rounds=rounds,
        now=sorting_now(file),
        hands=_hands(file, latest),
        placements=_placements(file),
        names={heap: name for heap, name in _names(file).items() if name},
    )


def sorting_now(file: SessionFile) -> SortingRound | None:
    """The round that is open or paused in the step where the room is; cheap enough to ask at every look."""
    found = file.select(
        "SELECT sorting.* FROM sorting JOIN session ON session.current_step = sorting.step"
        " WHERE sorting.state <> 'done' ORDER BY sorting.id DESC LIMIT 1"
    )
    return _round(found[0]) if found else None


def hand(file: SessionFile, participant: str, round_: int) -> Dealt | None:
    """One phone's hand in a round; None when it was dealt nothing."""
    return next(iter(_hands(file, round_, participant)), None) if participant else None


def agreement(file: SessionFile) -> Mapping[int, tuple[int, int]]:
    """For each card in a heap that phones answered about: k of n phones put it together with others of that heap."""
    placements = _placements(file)
    if not placements:
        return {}
    heaps: defaultdict[int, list[int]] = defaultdict(list)
    for row in file.select(
        "SELECT id, heap_id FROM card WHERE heap_id IS NOT NULL"
        " AND answer_id NOT IN (SELECT answer_id FROM withdrawal) ORDER BY id"
    ):
        heaps[row["heap_id"]].append(row["id"])
    return {card: pair for card, pair in agreement_in(placements, heaps.values()).items() if pair[1]}


def _names(file: SessionFile) -> dict[int, str]:
    return {
        row["heap"]: row["name"]
        for row in file.select("SELECT heap, name FROM heap_name WHERE room_table IS NULL ORDER BY id")
    }


def _round(row: Any) -> SortingRound:
    return SortingRound(
        number=row["id"],
        step=row["step"],
        state=row["state"],
        hand=row["hand"],
        seconds=row["seconds"],
        started_at=time_of(row["started_at"]),
        paused_at=time_of(row["paused_at"]) if row["paused_at"] else None,
        paused_seconds=row["paused_seconds"],
        ended_at=time_of(row["ended_at"]) if row["ended_at"] else None,
        tables=row["tables"],
    )


def _hands(file: SessionFile, round_: int, participant: str = "") -> tuple[Dealt, ...]:
    one = f" AND {{of}}.participant IN {SELVES}" if participant else ""
    values = (round_, participant, participant) if participant else (round_,)
    cards: defaultdict[str, list[int]] = defaultdict(list)
    moved: defaultdict[str, list[int]] = defaultdict(list)
    given: dict[str, datetime] = {}
    for row in file.select(
        f"SELECT {whose('dealt.participant')} AS participant, dealt.* FROM dealt"
        f" WHERE sorting = ?{one.format(of='dealt')} ORDER BY position, id",
        *values,
    ):
        cards[row["participant"]].append(row["card_id"])
        given[row["participant"]] = time_of(row["at"])
        if row["moved_on"]:
            moved[row["participant"]].append(row["card_id"])
    placed: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    turns: Counter[str] = Counter()
    last: dict[str, datetime] = {}
    for row in file.select(
        f"SELECT {whose('placement.participant')} AS participant, placement.*, answer.received_at"
        " FROM placement JOIN answer ON answer.id = placement.answer_id"
        f" WHERE sorting = ?{one.format(of='placement')} ORDER BY placement.id",
        *values,
    ):
        who, card = row["participant"], row["card_id"]
        placed[who].pop(card, None)
        if row["kind"] != "undo":
            placed[who][card] = row["heap"]
        turns[who] += 1
        last[who] = time_of(row["received_at"])
    return tuple(
        Dealt(
            participant=who,
            cards=tuple(dict.fromkeys(cards[who])),
            placed=tuple(placed[who].items()),
            dealt_at=given[who],
            last_at=last.get(who),
            turn=turns[who],
            moved_on=tuple(moved[who]),
        )
        for who in cards
    )


def _placements(file: SessionFile) -> tuple[PlacedBy, ...]:
    """The last word of each phone about each card: within a round the last row, then the latest round that has one."""
    counts: defaultdict[tuple[str, int], dict[int, PlacedBy]] = defaultdict(dict)
    sql = f"SELECT {whose('placement.participant')} AS participant, placement.* FROM placement ORDER BY id"
    for row in file.select(sql):
        who, card, round_ = row["participant"], row["card_id"], row["sorting"]
        rounds = counts[who, card]
        rounds.pop(round_, None)
        if row["kind"] != "undo":
            rounds[round_] = PlacedBy(who, card, row["heap"], round_, row["room_table"], row["id"])
    return tuple(rounds[max(rounds)] for rounds in counts.values() if rounds)
