"""Two cards and one question: do they say the same thing? What phones have answered, and what the leader has decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from workshop_app.model.sorting import TOLD_FROM, verdict

ASK_PHONES = "pairs"  # session setting: "on" while phones are asked about pairs in a step with a board
ON = "on"
ANSWERS = ("same", "apart", "dk")
ENOUGH = 7  # phones that answer about one pair; it is asked about until at least TOLD_FROM have
Pair = tuple[int, int]  # two cards, the lower number first


@dataclass(frozen=True)
class PairAnswer:
    """What a phone said last about a pair."""

    participant: str
    pair: Pair
    said: str  # "same" | "apart" | "dk"


@dataclass(frozen=True)
class PairSum:
    """What all phones said about a pair."""

    pair: Pair
    same: int = 0
    apart: int = 0
    dont_know: int = 0

    @property
    def phones(self) -> int:
        """Phones that have answered, those that did not know too."""
        return self.same + self.apart + self.dont_know

    @property
    def told(self) -> bool:
        """Whether figures may be shown and counted: before so many answers they are nearly somebody's."""
        return self.phones >= TOLD_FROM

    @property
    def verdict(self) -> str:
        """ "few", "same", "apart" or "unclear"."""
        if not self.told:
            return "few"
        for word, count in (("same", self.same), ("apart", self.apart)):
            if verdict(count, self.phones) in ("clear", "weak"):
                return word
        return "unclear"

    @property
    def net(self) -> int:
        """How many more said the same than not, 0 as long as too few have answered."""
        return self.same - self.apart if self.told else 0


def pair_of(a: int, b: int) -> Pair:
    """Two cards as a pair."""
    return (a, b) if a < b else (b, a)


def summed(answers: Iterable[PairAnswer]) -> dict[Pair, PairSum]:
    """The answers added up, by pair."""
    counts: dict[Pair, list[int]] = {}
    for one in answers:
        counts.setdefault(one.pair, [0, 0, 0])[ANSWERS.index(one.said)] += 1
    return {pair: PairSum(pair, *told) for pair, told in counts.items()}
