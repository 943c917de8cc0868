"""Do the books balance by source: is every vote that is counted one that was received, and every card told by its source."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator

from workshop_app.model import rating

# (kind, need, what it says) -> how many
Votes = Counter[tuple[str, int, str]]

_FOUND = (
    "SELECT answer_id, criterion, need_id, ifnull(value, 'dk'), 1 FROM rating",
    "SELECT answer_id, 'dots', need_id, '', dots FROM dot",
    "SELECT answer_id, 'recognise', need_id, value, 1 FROM recognition",
)
_TYPED = ("paper", "hands", "voice")


def strange(conn: sqlite3.Connection) -> Iterator[str]:
    """Receipts of answers whose counted votes are not the received ones.

    What the leader entered from paper and hands must be counted to the last vote. A phone's vote may be missing, for its
    need can be gone when it arrives, but none may be counted that was not received.
    """
    found: defaultdict[int, Votes] = defaultdict(Counter)
    for sql in _FOUND:
        for answer, kind, need, value, many in conn.execute(sql):
            found[answer][kind, need, str(value)] += many
    for number, fields, source, receipt in conn.execute(
        "SELECT id, fields, source, receipt FROM answer ORDER BY id"
    ):
        if "@" not in fields and number not in found:
            continue
        said = _said(json.loads(fields))
        if said != found[number] if source in _TYPED else found[number] - said:
            yield receipt


def uneven(conn: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Sources of which another number of cards was received than lies on the board: source, received, found."""
    received = Counter(
        dict(
            conn.execute(
                "SELECT source, count(*) FROM answer WHERE json_extract(fields, '$._makes') = 'card' GROUP BY source"
            )
        )
    )
    on_board = Counter(
        dict(
            conn.execute(
                "SELECT source, count(*) FROM card JOIN answer ON answer.id = answer_id GROUP BY source"
            )
        )
    )
    for source in sorted(received.keys() | on_board.keys()):
        if received[source] != on_board[source]:
            yield source, received[source], on_board[source]


def _said(fields: dict[str, object]) -> Votes:
    out: Votes = Counter()
    for name, value in fields.items():
        base, _, item = name.partition("@")
        if not item.isdecimal():
            continue
        need = int(item)
        if base == "dots":
            out["dots", need, ""] += int(str(value) or 0)
        elif base in rating.CRITERIA or base == "recognise":
            given = value if isinstance(value, dict) else {str(value): 1}
            out.update({(base, need, said): many for said, many in given.items() if many})
    return out
