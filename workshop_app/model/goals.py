"""Needs against goals decided elsewhere: what is left without the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop_app.model.need import Need
from workshop_app.model.session import Goal


@dataclass(frozen=True)
class Coverage:
    """Goals that no need serves, needs that nobody has matched, and how many needs serve each goal."""

    untouched: tuple[Goal, ...]
    uncovered: tuple[Need, ...]
    serving: Mapping[int, int]


def same(title: str) -> str:
    """A goal's words as they are compared: two that differ only in spaces and capitals are one goal."""
    return " ".join(title.split()).casefold()


def coverage(needs: Sequence[Need], goals: Sequence[Goal]) -> Coverage:
    """A need of which is said aloud that it serves none of the goals counts as matched."""
    serving = Counter(goal for need in needs for goal in need.goals)
    return Coverage(
        untouched=tuple(g for g in goals if not serving[g.id]),
        uncovered=tuple(n for n in needs if not n.goals and not n.no_goal),
        serving=serving,
    )
