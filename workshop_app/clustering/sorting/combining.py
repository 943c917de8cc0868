"""Adds up what people sorted: cards that were put together become heaps, near heaps become themes."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.partition import fine_count
from workshop_app.clustering.sorting import division, evidence, prior, votes
from workshop_app.clustering.sorting.division import FORBIDDEN, SURE, Floats, Ints
from workshop_app.clustering.sorting.values import Combined, Sort
from workshop_app.clustering.values import LEFT

_THEMES_PER_ROOT, _FEWEST, _MOST = 0.9, 4, 14
_MODEL_FOR_THEMES = 0.5
_CLEAR, _ENOUGH = 0.75, 3  # the share of those who saw a card in its heap, and how many must have seen it
_DOUBTED = 0.6


def combine(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    *,
    vectors: NDArray[np.floating] | None = None,
    context: Sequence[str] | None = None,
    pins: Sequence[tuple[int, int]] = (),
    asked: Sequence[tuple[int, int, int]] = (),
    groups: int | None = None,
    fineness: float | None = None,
) -> Combined:
    """Heaps, themes and how sure they are; see `workshop_app.clustering.sorting.combine`."""
    order = votes.own_order(texts, votes.checked(sorts, len(texts)), context)
    place = {row: at for at, row in enumerate(order)}
    said = votes.read(votes.renumbered(sorts, place))
    table = prior.alike(texts, vectors, context)[np.ix_(order, order)]
    pinned = {place[row]: group for row, group in pins}
    answers = [(place[a], place[b], net) for a, b, net in asked]
    alike = {at for a, b, net in answers if net > 0 for at in (a, b)}
    sorted_out = _touched(said) | alike | {at for at, group in pinned.items() if group != LEFT}
    kept = sorted(sorted_out - {at for at, group in pinned.items() if group == LEFT})
    bonds = _bonds(pinned, len(texts))
    firm = together(said, table, bonds, answered(answers, len(texts)))
    inside = np.ix_(kept, kept)
    group = _grouped(firm[inside], bonds[inside], groups, fineness)
    heap_rows = [[order[kept[at]] for at in np.flatnonzero(group == name)] for name in np.unique(group)]
    heaps = sorted(tuple(sorted(rows)) for rows in heap_rows)
    labels = [LEFT] * len(texts)
    for name, rows in enumerate(heaps):
        for row in rows:
            labels[row] = name
    own = {
        at: {place[row] for row in heaps[labels[row_at]]}
        for at, row_at in enumerate(order)
        if labels[row_at] >= 0
    }
    heaps_here = votes.placed(said)
    agreed = [_agreement(said, heaps_here, at, own.get(at)) for at in range(len(texts))]
    sure = [_sure(firm, kept, at, own.get(at), pinned) for at in range(len(texts))]
    near = firm + _MODEL_FOR_THEMES * table
    themes = _themes(near, [[place[row] for row in rows] for rows in heaps])
    unclear = [
        at for at in range(len(texts)) if at not in pinned and _is_unclear(at in own, sure[at], *agreed[at])
    ]
    unclear.sort(key=lambda at: (sure[at], at))
    back = [place[row] for row in range(len(texts))]
    return Combined(
        tuple(heaps),
        themes,
        tuple(labels),
        tuple(sure[at] for at in back),
        tuple(agreed[at] for at in back),
        tuple(order[at] for at in unclear),
    )


def together(
    said: Sequence[votes.Said], table: Floats, bonds: Floats | None = None, asked: Floats | None = None
) -> Floats:
    """How often each two cards share a heap when the votes are counted a little more or less, shape (n, n).

    First everybody is believed alike; then each as far as the others agree.
    """
    habits = evidence.usual(said)
    graph = evidence.gather(said, table, habits, bonds, asked)
    first = division.divide(graph.weights(), len(table))
    return division.firmness(
        evidence.gather(said, table, evidence.learned(graph, first, habits), bonds, asked)
    )


def answered(asked: Sequence[tuple[int, int, int]], n: int) -> Floats:
    """Answers about pairs (row, row, how many more said the same) as a table, shape (n, n)."""
    found = np.zeros((n, n))
    for a, b, net in asked:
        found[a, b] += net
        found[b, a] += net
    return found


def _touched(said: Sequence[votes.Said]) -> set[int]:
    """The rows that somebody put somewhere, and the founders of heaps that were used."""
    return {row for one in said for row in {*one.heap_of, *one.heap_of.values()}.union(*one.piles)}


def _bonds(pinned: dict[int, int], n: int) -> Floats:
    """What a leader settled, shape (n, n): sure together, forbidden, or 0 where nothing was said."""
    bonds = np.zeros((n, n))
    for a, mine in pinned.items():
        for b, other in pinned.items():
            if a != b:
                bonds[a, b] = SURE if mine == other != LEFT else FORBIDDEN
    return bonds


def _grouped(firm: Floats, bonds: Floats, groups: int | None, fineness: float | None) -> Ints:
    found = division.consensus(firm, bonds)
    if groups is None and fineness is not None:
        groups = fine_count(len(np.unique(found)), len(firm), fineness)
    return found if groups is None else division.consensus(firm, bonds, groups)


def _themes(near: Floats, heaps: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Heaps gathered by mean nearness of their cards until there are about as many themes as a leader makes."""
    if not heaps:
        return ()
    cards = sum(map(len, heaps))
    wanted = min(_MOST, max(_FEWEST, round(_THEMES_PER_ROOT * math.sqrt(cards))))
    sums = np.array([near[rows].sum(axis=0) for rows in heaps])
    sizes = [len(rows) for rows in heaps]
    means = np.array([sums[:, rows].sum(axis=1) for rows in heaps]) / np.outer(sizes, sizes)
    for theme_of in division.coarser(means):
        if len(np.unique(theme_of)) <= wanted:
            break
    members = [tuple(np.flatnonzero(theme_of == theme).tolist()) for theme in np.unique(theme_of)]
    return tuple(sorted(members))


def _agreement(
    said: Sequence[votes.Said], heaps: dict[int, dict[int, int]], row: int, own: set[int] | None
) -> tuple[int, int]:
    """(k, n): of n people who could put the row with others of its heap, k did; "don't know" counts in n.

    For a row that lies alone: of n who had it in hand, k left it alone.
    """
    k = n = 0
    fellows = (own or {row}) - {row}
    for one in said:
        if row not in one.seen:
            continue
        heap = one.heap_of.get(row)
        beside = next((set(pile) for pile in one.piles if row in pile), set())
        if heap is not None:
            beside = {heap, *(r for r, count in heaps[heap].items() if count)}
        could = heap is not None or not fellows or bool(one.seen & fellows)
        n += could
        k += (
            could
            and own is not None
            and row not in one.left
            and bool(beside & fellows if fellows else beside == {row})
        )
    return k, n


def _sure(firm: Floats, kept: Sequence[int], at: int, own: set[int] | None, pinned: dict[int, int]) -> float:
    """How firmly a row lies with its fellows (alone: apart from all others), 0..1; what a leader settled is sure."""
    if at in pinned:
        return 1.0
    if own is None:
        return 0.0
    fellows = sorted(own - {at})
    if fellows:
        return round(float(firm[at, fellows].mean()), 3)
    return round(1 - float(max((firm[at, other] for other in kept if other != at), default=0.0)), 3)


def _is_unclear(in_heap: bool, sure: float, k: int, n: int) -> bool:
    """Whether a row is worth dealing again: unsorted, doubted, or enough people disagree."""
    return not in_heap or sure < _DOUBTED or (n >= _ENOUGH and k < _CLEAR * n)
