"""Texts to groups: puts the rows in an order of their own, divides them, and names what came out."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from workshop_app.clustering import titles, words
from workshop_app.clustering.likeness import ONE, Likeness, likeness
from workshop_app.clustering.partition import (
    Labels,
    Nodes,
    automatic,
    exactly,
    fine_count,
    in_company,
    mean_to_groups,
)
from workshop_app.clustering.values import LEFT, Group, Grouping

Vectors = NDArray[np.floating]
_FEW = 4  # distinct texts; fewer are never left to sort
_COMPANY_FROM = 500  # a text whose nearest neighbour is less alike than this (in 1e-4) is left to sort
_TELLING = 3  # words
_SURE_FROM, _SURE_STEP = 1.25, 8.0


@dataclass(frozen=True)
class Deck:
    """The rows that can be compared, in an order that does not depend on how they came.

    `rows[i]` is the row of place i, `texts[i]` its text, `tongues[i]` its language. `table` compares places by
    topic, `said` by all they say. `vectors` are theirs, NaN rows where there is none; None without a model.
    """

    rows: list[int]
    texts: list[str]
    tongues: list[str]
    table: Likeness
    said: Likeness
    engine: str
    vectors: Vectors | None


def deck(
    texts: Sequence[str],
    vectors: Vectors | None,
    ids: Sequence[str] | None = None,
    pinned: Mapping[int, int] | None = None,
) -> Deck:
    """Sorts the rows that say something, or that a person placed in a group, by id and text, and compares them."""
    if vectors is not None and len(vectors) != len(texts):
        raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
    placed = pinned or {}
    seen = np.zeros(len(texts), dtype=bool)
    if vectors is not None and len(texts):
        seen[:] = np.isfinite(np.asarray(vectors)).all(axis=1)
    spoken = [
        row
        for row, text in enumerate(texts)
        if (placed[row] != LEFT if row in placed else any(map(str.isalnum, text)))
    ]
    spoken.sort(
        key=lambda row: (
            str(ids[row]) if ids else "",
            words.normal(texts[row]),
            texts[row],
            not seen[row],
            placed.get(row, LEFT),
        )
    )
    ordered = [texts[row] for row in spoken]
    known = None
    if vectors is not None and spoken and seen[spoken].mean() >= 0.5:
        known = np.where(seen[spoken, None], np.asarray(vectors, dtype=np.float64)[spoken], np.nan)
    engine = "lexical" if known is None else "semantic"
    tongues = words.languages(ordered)
    compared = likeness(ordered, tongues, known)
    return Deck(spoken, ordered, tongues, compared.topic, compared.said, engine, known)


def group(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    ids: Sequence[str] | None = None,
    groups: int | None = None,
    fineness: float | None = None,
    pins: Sequence[tuple[int, int]] = (),
    previous: Sequence[int] | None = None,
) -> Grouping:
    """Divides texts into groups; see `workshop_app.clustering.group`."""
    began = time.perf_counter()
    pinned = dict(pins)
    cards = deck(texts, vectors, ids, pinned)
    labels = divide(cards, pinned, groups=groups, fineness=fineness)
    return describe(texts, cards, labels, pinned, previous, began)


def divide(
    cards: Deck,
    pinned: dict[int, int],
    *,
    groups: int | None = None,
    fineness: float | None = None,
    together: Sequence[Sequence[int]] = (),
) -> Labels:
    """The group of each place of the deck; rows pinned alike or listed `together` share one."""
    if not cards.rows:
        return np.zeros(0, dtype=np.int64)
    node, first = _distinct(cards, pinned, together)
    pin_of = tuple(pinned.get(cards.rows[place]) for place in first)
    nodes = Nodes(cards.table[np.ix_(first, first)], _ties(cards, first, pin_of, together), pin_of)
    if groups is not None:
        nodes = in_company(nodes)
        return exactly(nodes, automatic(nodes), groups)[node]
    kept = np.flatnonzero(_has_company(nodes))
    labels = np.full(nodes.size, LEFT, dtype=np.int64)
    some = in_company(nodes.only(kept))
    labels[kept] = automatic(some)
    if fineness is not None and len(kept):
        count = int(labels.max()) + 1
        labels[kept] = exactly(some, labels[kept], fine_count(count, some.size, fineness))
    return labels[node]


def _has_company(nodes: Nodes) -> NDArray[np.bool_]:
    """Which nodes have anything in common with another; the rest are left to sort, unless a person placed them."""
    if nodes.size < _FEW:
        return np.ones(nodes.size, dtype=bool)
    nearest = np.where(np.eye(nodes.size, dtype=bool), -ONE, nodes.table).max(axis=1)
    placed = np.array([pin is not None for pin in nodes.pinned])
    tied = np.bincount(nodes.ties, minlength=nodes.size)[nodes.ties] > 1
    company: NDArray[np.bool_] = (nearest >= _COMPANY_FROM) | placed | tied
    return company


def _distinct(
    cards: Deck, pinned: dict[int, int], together: Sequence[Sequence[int]]
) -> tuple[NDArray[np.int64], list[int]]:
    """Numbers the distinct texts: the node of each place, and the first place of each node."""
    heap_of = {row: heap for heap, rows in enumerate(together) for row in rows}
    numbers: dict[tuple[str, int | None, int | None], int] = {}
    first: list[int] = []
    node = []
    for place, row in enumerate(cards.rows):
        key = (words.normal(cards.texts[place]), pinned.get(row), heap_of.get(row))
        if key not in numbers:
            numbers[key] = len(first)
            first.append(place)
        node.append(numbers[key])
    return np.array(node, dtype=np.int64), first


def _ties(
    cards: Deck, first: list[int], pin_of: Sequence[int | None], together: Sequence[Sequence[int]]
) -> Labels:
    """Equal numbers for nodes that share a pin or a set of `together`, directly or through others."""
    heap_of = {row: heap for heap, rows in enumerate(together) for row in rows}
    ties = list(range(len(first)))
    for bond in ([*pin_of], [heap_of.get(cards.rows[place]) for place in first]):
        leader: dict[int, int] = {}
        for node, name in enumerate(bond):
            if name is not None:
                old, new = ties[node], ties[leader.setdefault(name, node)]
                ties = [new if tie == old else tie for tie in ties]
    return np.array(ties, dtype=np.int64)


def describe(
    texts: Sequence[str],
    cards: Deck,
    labels: Labels,
    pinned: dict[int, int],
    previous: Sequence[int] | None,
    began: float,
    quote_titles: bool = False,
) -> Grouping:
    """Numbers, names and weighs the groups of a deck (label -1: left), and lays them out by row.

    With `quote_titles` a group is known by the words of its middle text, as heaps are.
    """
    ids = _ids(cards, labels, pinned, previous)
    sure = _confidence(cards, labels, pinned)
    row_label, row_sure = [LEFT] * len(texts), [0.0] * len(texts)
    for place, row in enumerate(cards.rows):
        label = int(labels[place])
        row_label[row] = ids[label] if label >= 0 else LEFT
        row_sure[row] = sure[place]
    members = {ids[label]: np.flatnonzero(labels == label).tolist() for label in ids}
    order = sorted(members)
    found = titles.keywords(cards.texts, cards.tongues, [members[name] for name in order])
    groups = []
    for name, group_words in zip(order, found, strict=True):
        places = members[name]
        middle = _middle(cards, places)
        propose = titles.quoted if quote_titles else titles.title
        title = propose(group_words, cards.texts[middle], cards.tongues[middle] or "sv")
        rows = tuple(sorted(cards.rows[place] for place in places))
        groups.append(Group(name, title, group_words, cards.rows[middle], rows))
    seconds = time.perf_counter() - began
    return Grouping(tuple(row_label), tuple(groups), cards.engine, seconds, tuple(row_sure))


def _middle(cards: Deck, places: list[int]) -> int:
    """The place most like the others of its group; one that says more than a word or two, if there is any."""
    telling = [place for place in places if len(words.words_of(cards.texts[place])) >= _TELLING] or places
    return telling[int(np.argmax(cards.table[np.ix_(telling, places)].sum(axis=1)))]


def _ids(
    cards: Deck, labels: Labels, pinned: dict[int, int], previous: Sequence[int] | None
) -> dict[int, int]:
    """The id of each group: its pin's, else the old group's it overlaps most with, else a new one."""
    ids: dict[int, int] = {}
    for place, row in enumerate(cards.rows):
        if row in pinned:
            ids[int(labels[place])] = pinned[row]
    sizes = Counter(label for label in labels.tolist() if label >= 0)
    free = [label for label in sorted(sizes, key=lambda label: (-sizes[label], label)) if label not in ids]
    before = dict(enumerate(previous or ()))
    old = sorted({label for label in before.values() if label >= 0} - set(ids.values()))
    if free and old:
        overlap = np.zeros((len(free), len(old)), dtype=np.int64)
        for place, row in enumerate(cards.rows):
            if labels[place] in free and before.get(row) in old:
                overlap[free.index(labels[place]), old.index(before[row])] += 1
        for new_at, old_at in zip(*linear_sum_assignment(-overlap), strict=True):
            if overlap[new_at, old_at]:
                ids[free[new_at]] = old[old_at]
    after = max([-1, *ids.values(), *before.values()]) + 1
    for label in free:
        if label not in ids:
            ids[label] = after
            after += 1
    return ids


def _confidence(cards: Deck, labels: Labels, pinned: Mapping[int, int]) -> list[float]:
    """About what share of its fellows truly belong with each place, 0..1; a person's pin is 1."""
    kept = np.flatnonzero(labels >= 0)
    sure = np.zeros(len(labels))
    if len(kept):
        names = np.unique(labels[kept], return_inverse=True)[1]
        near = mean_to_groups(cards.table[np.ix_(kept, kept)], names)
        own = near[np.arange(len(kept)), names] / ONE
        sure[kept] = sureness(own)
    return [1.0 if row in pinned else round(float(s), 3) for row, s in zip(cards.rows, sure, strict=True)]


def sureness(mean_likeness: Any) -> Any:
    """About what share of texts truly belong together, 0..1, by their mean likeness (0..1, a number or an array).

    A curve fitted to labelled sets (assistant requests, news-like and technical texts); for cards of a real room
    it promises too much.
    """
    return 1 / (1 + np.exp(_SURE_FROM - _SURE_STEP * mean_likeness))
