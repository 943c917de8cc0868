"""The one rule for small groups: nothing is shown of fewer than three people, nor can it be reckoned out from what is shown.

What everybody answered and what a group answered are both shown, so the rest can be taken from their difference. The
same goes for two rounds, and for one picture before and after another vote. Everything that publishes votes or roles
asks here: desk, projector, paper, tables and exports. Only the session file and its full JSON hold single votes.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

SHOW_FROM = 3  # people


def enough(people: int) -> bool:
    """Whether what so many people answered may be shown."""
    return people >= SHOW_FROM


def told_apart(people: Mapping[str, int]) -> frozenset[str]:
    """The groups that may be shown beside the whole; `people` counts every group, "" those without a name.

    Each has three people or more, and so have all the others together, unless there are none: where one or two would be
    left over, the smallest group is left out with them.
    """
    shown = {name: n for name, n in people.items() if name and enough(n)}
    left = sum(people.values()) - sum(shown.values())
    while shown and 0 < left < SHOW_FROM:
        smallest = min(shown, key=lambda name: (shown[name], name))
        left += shown.pop(smallest)
    return frozenset(shown)


def beside(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two votings may be shown side by side: those who took part in one alone are none, or three or more."""
    return all(not n or enough(n) for n in (len(set(one) - set(other)), len(set(other) - set(one))))


def next_picture(before: Sequence[int], now: Sequence[int]) -> bool:
    """Whether a picture of votes may follow another: none or at least three of the votes are others."""
    came, went = Counter(now) - Counter(before), Counter(before) - Counter(now)
    others = max(came.total(), went.total())
    return not others or enough(others)
