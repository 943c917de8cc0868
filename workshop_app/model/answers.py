"""What came in at a step of several questions or of scales, and what the room kept of it. Never with a name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workshop_app.formats import Step
from workshop_app.model.rating import SHOW_FROM, Spread

Place = tuple[str, str]  # (field, item); item is "" where a field is asked once


@dataclass(frozen=True)
class ItemShown:
    """One thing that a step asks about, in the session's language: a factor, an idea, a published question."""

    value: str  # what stands after "@" in a form name
    label: str
    hint: str = ""
    low: str = ""
    middle: str = ""
    high: str = ""


@dataclass(frozen=True)
class Said:
    """One written answer to one question; `role` is as given, show it only through Room.role_shown."""

    answer: int
    receipt: str
    field: str
    item: str
    words: str
    role: str
    source: str


@dataclass(frozen=True)
class Choices:
    """How many chose what; empty while fewer than SHOW_FROM have answered. `waiting` have answered and are not shown.

    `open`: phones may still answer, so that the counts move on three people at a time (few.picture).
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    open: bool = False

    @property
    def answers(self) -> int:
        """How many have answered."""
        return self.waiting + sum(self.counts.values())


def choices(counts: Mapping[str, int], people: int, waiting: int = 0, is_open: bool = False) -> Choices:
    """The counts, hidden while fewer than SHOW_FROM people have answered; `waiting` are more than those counted."""
    if people >= SHOW_FROM:
        return Choices(counts, waiting, is_open)
    return Choices(waiting=people + waiting, open=is_open)


@dataclass(frozen=True)
class Outcome:
    """A row that the leader kept as what the room came to, with the step's own fields; `answer` is where it came from."""

    id: int
    step: str
    position: int
    fields: Mapping[str, str]
    answer: int | None = None


@dataclass(frozen=True)
class StepResults:
    """Everything a step came to. A participant's last answer of a round counts, all of them where `many`.

    `first` holds the scales of round 1 where the room has rated again, else nothing.
    """

    step: str
    people: int
    said: tuple[Said, ...] = ()
    spreads: Mapping[Place, Spread] = field(default_factory=dict)
    first: Mapping[Place, Spread] = field(default_factory=dict)
    choices: Mapping[Place, Choices] = field(default_factory=dict)
    dots: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    groups: Mapping[Place, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)  # votes of each group

    def widest(self, field_: str) -> tuple[str, ...]:
        """Items of a scale, widest spread first (quartile range, then range), those without a median left out."""
        found = [(item, s) for (name, item), s in self.spreads.items() if name == field_ and s.votes]

        def width(pair: tuple[str, Spread]) -> tuple[float, int]:
            spread = pair[1]
            return -((spread.upper or 0) - (spread.lower or 0)), -(max(spread.votes) - min(spread.votes))

        return tuple(item for item, _ in sorted(found, key=width))

    def words(self, field_: str, item: str = "") -> tuple[Said, ...]:
        """What was written to one question, oldest first."""
        return tuple(s for s in self.said if s.field == field_ and s.item == item)


def links(step: Step, values: Iterable[Mapping[str, object]]) -> Counter[tuple[str, str]]:
    """How many said that two things hang together, each pair once whichever way round it was said.

    Read from a step that asks which item (one) and what it is linked to (several); empty for every other step.
    """
    of = next((f.name for f in step.fields if f.type == "one" and f.source == "items"), "")
    to = next((f.name for f in step.fields if f.type == "many" and f.source == "items"), "")
    out: Counter[tuple[str, str]] = Counter()
    for given in values if of and to else ():
        one, several = str(given.get(of, "")), given.get(to) or ()
        others = several.split() if isinstance(several, str) else [str(v) for v in several]  # type: ignore[attr-defined]
        for other in others:
            if one and other != one:
                out[min(one, other), max(one, other)] += 1
    return out


def weights(step: Step, found: StepResults, items: Iterable[str]) -> list[tuple[str, float, float]]:
    """(item, reach, median) where a step asks of each item one scale and one choice, both open.

    The reach lies as the scale does, from 5, all chose the first, to 1, all chose the last: how far we can move it.
    """
    scale = next((f for f in step.fields if f.type == "s5" and f.per == "item"), None)
    choice = next((f for f in step.fields if f.type == "one" and f.per == "item" and f.choices), None)
    out: list[tuple[str, float, float]] = []
    for item in items if scale and choice else ():
        assert scale is not None and choice is not None
        spread, chosen = found.spreads.get((scale.name, item)), found.choices.get((choice.name, item))
        if spread is not None and spread.median is not None and spread.votes and chosen and chosen.counts:
            last = max(len(choice.choices) - 1, 1)
            worth = {c.value: 5 - 4 * n / last for n, c in enumerate(choice.choices)}
            reach = sum(worth.get(value, 3.0) * n for value, n in chosen.counts.items())
            out.append((item, reach / sum(chosen.counts.values()), spread.median))
    return out
