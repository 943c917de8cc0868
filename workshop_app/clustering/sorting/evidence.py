"""Turns what people did into weights: how strongly each card belongs with each pile, and which piles exclude each other.

Cards and own piles are the nodes of one graph; a shared heap is its founder card, which is all that people know it by.
A weight is a log likelihood ratio: positive between a card and where it was put, negative between piles that one person
kept apart. A division of the nodes is good when the weights inside its groups are large. So a card put in a wrong
pile costs once, however large that pile is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting.votes import Said

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_CHOICES = 6  # places a person has to choose from, at least
_CARDS_TO_JUDGE, _LEEWAY = 5, 0.2
_WORST = 0.7
_SETTLED = 200.0
_MODEL, _UNALIKE = 1.2, 0.1
_FOUNDED, _TWIN = (
    0.5,
    0.75,
)  # how much founding counts against other heaps, and against there being two of one need


@dataclass(frozen=True)
class Habits:
    """How a person sorts: the share of cards put in a wrong place, and of pairs of own piles that mean one need."""

    error: float = 0.12
    split: float = 0.1


@dataclass(frozen=True)
class Evidence:
    """The graph: nodes 0..cards-1 are rows, the rest own piles.

    `card`, `place`, `weight`, `who` are the votes one by one (node, node, log odds, number of the person); `fixed`
    holds the weights that are not votes, shape (nodes, nodes).
    """

    cards: int
    card: Ints
    place: Ints
    weight: Floats
    who: Ints
    owner: Ints
    fixed: Floats

    def weights(self, times: Floats | None = None) -> Floats:
        """The square table of weights; `times` counts each vote more or less, for trying how firm the answer is."""
        table = self.fixed.copy()
        each = self.weight if times is None else self.weight * times
        np.add.at(table, (self.card, self.place), each)
        np.add.at(table, (self.place, self.card), each)
        return table


def gather(
    said: Sequence[Said],
    table: Floats,
    habits: Sequence[Habits],
    bonds: Floats | None = None,
    asked: Floats | None = None,
) -> Evidence:
    """All that people did as one graph.

    `table` is the likeness of the cards, `habits` are those of each sitting, `bonds` what a leader settled (n, n), `asked`
    how many more said of two cards that they are the same than that they are not (n, n).
    """
    n = len(table)
    heaps = sorted({heap for one in said for heap in one.heap_of.values()})
    votes: list[tuple[int, int, float, int]] = []
    apart: list[tuple[int, int, float]] = []
    owner: list[int] = []
    nodes = n
    for who, (one, habit) in enumerate(zip(said, habits, strict=True)):
        weight = math.log((1 - habit.error) / habit.error * max(_CHOICES, len(one.piles) + len(heaps)))
        mine = range(nodes, nodes + len(one.piles))
        nodes += len(one.piles)
        owner += [who] * len(one.piles)
        votes += [
            (row, node, weight, who) for node, pile in zip(mine, one.piles, strict=True) for row in pile
        ]
        votes += [(row, heap, weight, who) for row, heap in one.heap_of.items() if row != heap]
        cost = math.log(habit.split)
        apart += [(a, b, cost) for a in mine for b in (*range(mine.start, a), *set(one.heap_of.values()))]
    fixed = np.zeros((nodes, nodes))
    fixed[:n, :n] = _MODEL * np.clip(table - _UNALIKE, -0.25, 0.6) + _twins(said, n)
    if bonds is not None:
        fixed[:n, :n] += np.clip(bonds, -_SETTLED, _SETTLED)
    if asked is not None:
        fixed[:n, :n] += math.log((1 - Habits.error) / Habits.error) * asked
    for a, b, cost in apart:
        fixed[a, b] += cost
        fixed[b, a] += cost
    np.fill_diagonal(fixed, 0)
    each = np.array(votes, dtype=np.float64).reshape(-1, 4)
    card, place, by = (each[:, at].astype(np.int64) for at in (0, 1, 3))
    return Evidence(n, card, place, each[:, 2], by, np.array(owner, dtype=np.int64), fixed)


def _twins(said: Sequence[Said], n: int) -> Floats:
    """What speaks against two shared heaps being of one need, shape (n, n), zero where a row is no heap.

    People who found a heap for a card mean that no other heap they saw would do. And two heaps of one need would both
    get some of the same cards: the more cards came back without going to the other one, the less they mean the same.
    The share that would have gone there is unknown (Beta 1/2, 1).
    """
    placed, founded = np.zeros((n, n)), np.zeros(n)
    for one in said:
        for row, heap in one.heap_of.items():
            if row == heap:
                founded[row] += 1
            else:
                placed[row, heap] += 1
    elsewhere = placed.sum(axis=1)
    strayed = elsewhere > founded
    alone = founded[strayed].sum()
    blind = math.log((1 + alone) / (2 + alone + elsewhere[strayed].sum()))
    against = _FOUNDED * blind * (founded / np.maximum(elsewhere, 1))[:, None] * placed
    against = against + against.T
    heaps = np.flatnonzero(placed.any(axis=0) | (founded > 0))
    lying = placed + np.diag(np.where(np.isin(np.arange(n), heaps), np.inf, 0))
    came = placed + np.diag((founded > 0).astype(float))
    beta = math.lgamma(1.5) - math.lgamma(0.5)
    for heap in heaps.tolist():
        crossed = np.minimum(lying[:, [heap]], lying[:, heaps])
        crossed = np.where(np.isinf(crossed), 0, crossed).sum(axis=0)
        again = np.maximum(np.maximum(came[:, [heap]] + came[:, heaps] - 1, 0).sum(axis=0), crossed)
        against[heap, heaps] += _TWIN * blind + np.array(
            [
                beta + math.lgamma(0.5 + x) + math.lgamma(1 + m - x) - math.lgamma(1.5 + m)
                for x, m in zip(crossed.tolist(), again.tolist(), strict=True)
            ]
        )
    return against


_VOTES_KNOWN, _PAIRS_KNOWN = 6, 10  # what is usual weighs as much as so many observations


def usual(said: Sequence[Said]) -> list[Habits]:
    """What is believed of each sitting at first: few own piles for many cards lump needs together.

    They are judged against the middle person, so that the level is the one most people sort at.
    """
    held = [sum(map(len, one.piles)) for one in said]
    shares = [len(one.piles) / max(1, cards) for one, cards in zip(said, held, strict=True)]
    judged = [cards >= _CARDS_TO_JUDGE for cards in held]
    middle = float(np.median([share for share, known in zip(shares, judged, strict=True) if known] or [1]))
    found = []
    for share, known in zip(shares, judged, strict=True):
        lumped = max(0.0, 1 - share / middle - _LEEWAY) if known else 0.0
        found.append(Habits(min(_WORST, Habits.error + lumped)))
    return found


def learned(evidence: Evidence, group: Ints, before: Sequence[Habits]) -> list[Habits]:
    """How each person sorts, judged by a division of the nodes: shrunk towards the usual where little is known."""
    people = len(before)
    strayed = (group[evidence.card] != group[evidence.place]).astype(float)
    errors = np.bincount(evidence.who, strayed, people)
    votes = np.bincount(evidence.who, minlength=people)
    found = []
    for who, usual in enumerate(before):
        mine = group[evidence.cards :][evidence.owner == who]
        pairs = len(mine) * (len(mine) - 1) / 2
        same = sum(k * (k - 1) / 2 for k in np.unique(mine, return_counts=True)[1].tolist())
        found.append(
            Habits(
                float(min(_WORST, (_VOTES_KNOWN * usual.error + errors[who]) / (_VOTES_KNOWN + votes[who]))),
                float(min(0.9, (_PAIRS_KNOWN * usual.split + same) / (_PAIRS_KNOWN + pairs))),
            )
        )
    return found
