"""Reads what phones and the leader said about pairs of cards."""

from collections.abc import Mapping

from workshop_app.model.pairs import Pair, PairAnswer
from workshop_app.store.one_person import whose
from workshop_app.store.session_file import SessionFile


def pair_answers(file: SessionFile, participant: str = "") -> tuple[PairAnswer, ...]:
    """The last word of each phone, or of one, about each pair; the latest come last."""
    last: dict[tuple[str, Pair], str] = {}
    who = whose("pair_answer.participant")
    rows = f"SELECT {who} AS who, low, high, said FROM pair_answer WHERE ? IN ('', who) ORDER BY id"
    for row in file.select(rows, participant):
        last.pop((row["who"], (row["low"], row["high"])), None)
        last[row["who"], (row["low"], row["high"])] = row["said"]
    return tuple(PairAnswer(who, pair, said) for (who, pair), said in last.items())


def pairs_settled(file: SessionFile) -> Mapping[Pair, bool]:
    """What the leader decided: pair -> whether the two say the same."""
    return {
        (row["low"], row["high"]): bool(row["same"])
        for row in file.select("SELECT low, high, same FROM pair_settled")
    }
