"""Everything the summary prints, as one frozen value: it crosses threads, a connection never does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card
from workshop_app.model.dialogue import OpenDialogue
from workshop_app.model.need import Need
from workshop_app.model.rating import Spread
from workshop_app.model.session import Answer, Goal, QuestionVersion, Room, Session

PLACES = ("need", "heap", "parked", "hidden", "merged", "withdrawn", "loose")


@dataclass(frozen=True)
class Balance:
    """The books: every received card is in exactly one place. `places` maps place -> how many.

    Places, in the order they are tried: "need" (evidence of a need), "heap" (in a heap without a need: the wish
    list), "parked", "hidden", "merged", "withdrawn" (by who wrote it), "loose" (not sorted yet). `by_source` counts
    the same cards by source.
    """

    received: int
    places: Mapping[str, int]
    by_source: Mapping[str, int]
    lost: tuple[int, ...] = ()  # numbers of received cards without a place; must be empty

    @property
    def accounted(self) -> int:
        """Cards that have a place."""
        return sum(self.places.values())

    @property
    def balanced(self) -> bool:
        """True when nothing is lost and nothing counted twice."""
        return self.accounted == self.received and not self.lost

    def place_words(self, lang: Language) -> dict[str, str]:
        """Each of PLACES with its count, such as "29 in needs"."""
        n = {place: self.places.get(place, 0) for place in PLACES}
        return {
            "need": lang.plural("{n} in needs", "{n} in needs", n["need"]),
            "heap": lang.plural("{n} still on the wish list", "{n} still on the wish list", n["heap"]),
            "parked": lang.plural("{n} parked", "{n} parked", n["parked"]),
            "hidden": lang.plural("{n} hidden", "{n} hidden", n["hidden"]),
            "merged": lang.plural("{n} joined with another", "{n} joined with others", n["merged"]),
            "withdrawn": lang.plural("{n} withdrawn", "{n} withdrawn", n["withdrawn"]),
            "loose": lang.plural("{n} not sorted yet", "{n} not sorted yet", n["loose"]),
        }


@dataclass(frozen=True)
class NeedRating:
    """One need's votes: spread by criterion and round, and its dots."""

    need: int
    round: int
    spreads: Mapping[str, Spread]
    first_round: Mapping[str, Spread]  # the same criteria in round 1 when there was a re-rating, else empty
    dots: int
    voters: int


@dataclass(frozen=True)
class Summary:
    """A session as it is printed. `edition` is "internal", "participants" or "open"."""

    session: Session
    edition: str
    format_name: str
    questions: tuple[QuestionVersion, ...]
    room: Room
    board: Board
    needs: tuple[Need, ...]
    ratings: Mapping[int, NeedRating]
    goals: tuple[Goal, ...]
    balance: Balance
    places: Mapping[int, str]  # card id -> its place, as in Balance
    answers: tuple[Answer, ...]  # answers of steps that make no card (probe, for whom, close), in order
    understood: Mapping[str, int]  # yes / partly / no at the probe
    contacts: int
    file_name: str
    dialogue: OpenDialogue = field(default_factory=OpenDialogue)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every received card in number order."""
        return tuple(sorted(self.board.cards.values(), key=lambda c: c.id))
