"""The one rule for small groups: nothing is shown of fewer than three people, nor can it be reckoned out from what is shown.

What everybody answered and what a group answered are both shown, so the rest can be taken from their difference. The
same goes for two rounds, and for one picture before and after another vote. Everything that publishes votes or roles
asks here: desk, projector, paper, tables and exports. Only the session file and its full JSON hold single votes.

While phones may answer, a picture moves on three people at a time and always keeps three more in hand, so that the whole
that is shown when they may no longer adds three or more too: see `picture`.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

SHOW_FROM = 3  # people
OPEN_FROM = 2 * SHOW_FROM  # people that must have answered before anything is shown while phones may answer


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


def next_picture(before: Iterable[Hashable], now: Iterable[Hashable]) -> bool:
    """Whether a picture of votes may follow another: none or at least three of the votes are others."""
    came, went = Counter(now) - Counter(before), Counter(before) - Counter(now)
    others = max(came.total(), went.total())
    return not others or enough(others)


@dataclass(frozen=True)
class Vote:
    """What somebody answered: `answer` is the number it came with, `group` whose votes it is counted with, if any.

    `typed`: the leader entered it, from paper or raised hands.
    """

    answer: int
    who: str
    value: Hashable
    group: str = ""
    typed: bool = False


@dataclass(frozen=True)
class Turn:
    """A time when phones might answer (`open`) or not, and the last answer that came in it."""

    answer: int
    open: bool


@dataclass(frozen=True)
class Picture:
    """The votes that may be shown now, one a person, and how many people's are not among them.

    Fewer than three are there only if the leader typed them; who shows them asks `enough`.
    Where groups would tell one or two people apart, the votes of `shown` carry none.
    """

    shown: tuple[Vote, ...] = ()
    waiting: int = 0


def picture(votes: Iterable[Vote], turns: Sequence[Turn], is_open: bool) -> Picture:
    """What may be shown of votes in the order they came, after some `turns`; `is_open`: phones may answer now.

    While phones may answer, three people more are shown for every three that answer, the newest three always being kept
    in hand; who answers anew, and the groups, wait. When they may no longer, all is shown, unless the phones were opened
    again and that would add or change one or two: then those wait for more. So no two pictures differ by one or two
    people, and the first close shows all. What the leader types is shown at once, for the leader knows it.
    """
    if not turns and not is_open:  # phones never had their turn
        votes = [replace(vote, typed=False) for vote in votes]
    made = _Making()
    ends = iter([*turns, None])
    turn = next(ends)
    for vote in votes:
        while turn is not None and vote.answer > turn.answer:
            made.end(turn.open)
            turn = next(ends)
        made.take(vote, is_open if turn is None else turn.open)
    while turn is not None:
        made.end(turn.open)
        turn = next(ends)
    if not is_open:
        made.end(True)
    return made.picture()


@dataclass
class _Making:
    """A picture on its way: what is shown, what has come, and who has come since."""

    shown: dict[str, Vote] = field(default_factory=dict)
    now: dict[str, Vote] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    by_group: dict[str, Vote] = field(default_factory=dict)  # the last picture that told the groups apart

    def take(self, vote: Vote, is_open: bool) -> None:
        """One more vote, while phones may answer or not."""
        if vote.who not in self.now:
            self.fresh.append(vote.who)
        self.now[vote.who] = vote
        if vote.typed:
            self._type(vote)
        if is_open:
            self._go_on()
        elif vote.typed:
            self.end(True)

    def _go_on(self) -> None:
        while len(self.fresh) >= OPEN_FROM:
            for who in self.fresh[:SHOW_FROM]:
                self.shown[who] = self.now[who]
            del self.fresh[:SHOW_FROM]

    def _type(self, vote: Vote) -> None:
        told = self.by_group == self.shown
        self.shown[vote.who] = vote
        if vote.who in self.fresh:
            self.fresh.remove(vote.who)
        if told:
            self.by_group = dict(self.shown)

    def end(self, was_open: bool) -> None:
        """The end of a time when phones might answer: all is shown if that tells of none, or of three or more."""
        seen = _values(self.shown) if self._tells() else []
        if was_open and next_picture(seen, _values(self.now)):
            self.shown = dict(self.now)
            self.fresh.clear()
            if all(next_picture(one, other) for one, other in _groups(self.by_group, self.shown)):
                self.by_group = dict(self.shown)

    def _tells(self) -> bool:
        """Whether something has been seen that was not typed by the leader, or from hands that all could see."""
        return enough(len(self.shown)) and not all(vote.typed for vote in self.shown.values())

    def picture(self) -> Picture:
        """As it is now."""
        told = self.by_group == self.shown
        shown = self.shown.values()
        waiting = sum(
            who not in self.shown or self.shown[who].value != vote.value for who, vote in self.now.items()
        )
        return Picture(tuple(vote if told else replace(vote, group="") for vote in shown), waiting)


def _values(votes: Mapping[str, Vote]) -> list[Hashable]:
    return [vote.value for vote in votes.values()]


def _groups(
    before: Mapping[str, Vote], now: Mapping[str, Vote]
) -> Iterator[tuple[list[Hashable], list[Hashable]]]:
    """What each group that both pictures tell apart gave, before and now, and what all others gave."""
    one, other = (told_apart(Counter(vote.group for vote in votes.values())) for votes in (before, now))
    both = one & other
    for names in [{name} for name in both] + ([set(_names(before, now)) - both] if both else []):
        yield _of(before, names), _of(now, names)


def _names(*pictures: Mapping[str, Vote]) -> Iterator[str]:
    return (vote.group for votes in pictures for vote in votes.values())


def _of(votes: Mapping[str, Vote], groups: Collection[str]) -> list[Hashable]:
    return [vote.value for vote in votes.values() if vote.group in groups]
