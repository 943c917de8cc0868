"""Everything the summary prints, as one frozen value: it crosses threads, a connection never does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workshop_app.i18n import Language
from workshop_app.model.answers import ItemShown, Place, StepResults
from workshop_app.model.blackout import Blackout
from workshop_app.model.board import Board, Card
from workshop_app.model.dialogue import OpenDialogue
from workshop_app.model.draft import Draft
from workshop_app.model.need import CarriedCard, Need
from workshop_app.model.project import Project
from workshop_app.model.rating import Spread
from workshop_app.model.session import Answer, Goal, QuestionVersion, Room, Session
from workshop_app.model.small_sheets import SheetRow

# How something came in, in the order it is told.
SOURCES = ("phone", "paper", "voice", "hands", "import")
# What can come in: cards, votes of each kind, and whatever else was answered.
KINDS = ("card", "understood", "rating", "dot", "recognition", "goal_vote", "me_too", "draft", "other")
PLACES = ("need", "heap", "parked", "hidden", "merged", "withdrawn", "loose")

# Settings of a session that say what is printed of a sprint.
SHARED_IDEAS = "shared_ideas"  # answers, with blanks between, whose idea may be shared with all suppliers
WORST_POINT = "worst_point"  # the outcome that is the worst point of the map


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


def source_words(counts: Mapping[str, int], lang: Language) -> list[str]:
    """Counts by source in words, as in "from phones 49" and "from paper 5"; those that are none are left out."""
    words = {
        "phone": lang("from phones {n}"),
        "paper": lang("from paper {n}"),
        "voice": lang("noted by the leader {n}"),
        "hands": lang("from raised hands {n}"),
        "import": lang("read in from a file {n}"),
    }
    return [words[source].format(n=counts[source]) for source in SOURCES if counts.get(source)]


@dataclass(frozen=True)
class NeedRating:
    """One need's votes: spread by criterion and round, and its dots; `by_source` counts its voters."""

    need: int
    round: int
    spreads: Mapping[str, Spread]
    first_round: Mapping[str, Spread]  # the same criteria in round 1 when there was a re-rating, else empty
    dots: int
    voters: int
    by_source: Mapping[str, int] = field(default_factory=dict)
    dots_by_source: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """What the same scales came to before: at another session, or in the first round of this one (`day` is "")."""

    title: str
    day: str  # ISO date
    spreads: Mapping[str, Mapping[Place, Spread]]  # by step


@dataclass(frozen=True)
class Erased:
    """The receipt of an erasure: when, on what basis, and how many answers, cards and people there had been."""

    at: datetime
    basis: str
    counts: Mapping[str, int]


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
    came_in: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # of KINDS -> source -> how many
    understood_by_source: Mapping[str, int] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()  # what the tables wrote, in order, also what was replaced
    steps: Mapping[str, StepResults] = field(default_factory=dict)  # what each step came to, by its id
    items: Mapping[str, tuple[ItemShown, ...]] = field(default_factory=dict)  # by step, what it asked about
    earlier: Earlier | None = None  # what to compare with
    parked_before: tuple[CarriedCard, ...] = ()
    erased: tuple[Erased, ...] = ()
    blackouts: tuple[Blackout, ...] = ()  # of words in other answers than cards
    origins: Mapping[int, tuple[str, str, int]] = field(
        default_factory=dict
    )  # card -> organisation, file, number
    dialogue: OpenDialogue = field(default_factory=OpenDialogue)
    sheets: tuple[SheetRow, ...] = ()  # what is written in the small sheets
    project: Project = field(default_factory=Project)
    names: tuple[str, ...] = ()  # of those who asked to be listed; none in the open edition

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every received card in number order."""
        return tuple(sorted(self.board.cards.values(), key=lambda c: c.id))
