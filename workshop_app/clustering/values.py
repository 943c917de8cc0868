"""What grouping gives back."""

from dataclasses import dataclass

LEFT = -1  # the label of a row that is left to sort


class Cancelled(Exception):
    """Someone stopped the work through `progress`."""


class NoModel(Exception):
    """There is no model file that can be read; the texts can be grouped by words alone."""


@dataclass(frozen=True)
class Group:
    """Texts that seem to belong together: a proposed title, its words, and the row that says it best."""

    id: int
    title: str
    keywords: tuple[str, ...]
    medoid: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Grouping:
    """A division of rows into groups.

    `labels` holds a group id per row, -1 where the row is left to sort; `confidence` is 0..1 per row;
    `engine` is "semantic" or "lexical"; `groups` stand in the order of their ids.
    """

    labels: tuple[int, ...]
    groups: tuple[Group, ...]
    engine: str
    seconds: float
    confidence: tuple[float, ...]


@dataclass(frozen=True)
class Reason:
    """Why texts seem to belong together.

    `shared` are words, the most telling first; `nearest` rows with their likeness 0..1, the most alike first;
    `confidence` is about what share of them truly belong together, 0..1.
    """

    shared: tuple[str, ...]
    nearest: tuple[tuple[int, float], ...]
    confidence: float
