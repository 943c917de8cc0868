"""Dividing nodes into groups by their table of similarities: automatic, exactly so many, and with pins held.

A node is one distinct text. `ties` numbers the nodes that must stay together (equal number, same group),
`pinned` gives the group a person chose (None: nobody did). Everything counts in whole numbers.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering import graph
from workshop_app.clustering.likeness import ONE, Likeness

Labels = NDArray[np.int64]
_POOL_UP_TO = 600  # nodes; above this, one resolution is tried
_RESOLUTION = 1.3
_POOL = (0.7, 1.0, 1.3, 1.6, 1.9, 2.2)
_ROUNDS = 5
_FEW = 4  # nodes; fewer make no graph
_CLEARLY_ALIKE = 4000


@dataclass(frozen=True)
class Nodes:
    """Distinct texts with their similarities (n, n), ties and pins."""

    table: Likeness
    ties: Labels
    pinned: tuple[int | None, ...]

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.table)

    def only(self, kept: Labels) -> "Nodes":
        """The nodes with these numbers, in this order."""
        pins = tuple(self.pinned[node] for node in kept.tolist())
        return Nodes(self.table[np.ix_(kept, kept)], self.ties[kept], pins)


def in_company(nodes: Nodes) -> Nodes:
    """The nodes as they are best divided: where they are not too many, each a little nearer to its neighbours."""
    if not 2 * _FEW <= nodes.size <= _POOL_UP_TO:
        return nodes
    return Nodes(graph.with_company(nodes.table), nodes.ties, nodes.pinned)


def automatic(nodes: Nodes) -> Labels:
    """Groups in a number that fits the texts: communities, or the best of a pool where texts are few."""
    if nodes.size < _FEW:
        return _few(nodes)
    edges = graph.neighbour_graph(nodes.table)
    resolutions = _POOL if nodes.size <= _POOL_UP_TO else (_RESOLUTION,)
    found = [
        np.array(graph.communities(edges, resolution, nodes.ties.tolist(), nodes.pinned))
        for resolution in resolutions
    ]
    candidates = [polish(nodes, absorb(nodes, labels)) for labels in found]
    return max(candidates, key=lambda labels: _worth(nodes, labels))  # the first of equals


def exactly(nodes: Nodes, labels: Labels, count: int) -> Labels:
    """The groups merged or split until there are `count`; pins and ties decide how few or many can be."""
    labels = _renumber(labels)
    if labels.max(initial=-1) + 1 == count:
        return labels
    labels = _merged(nodes, labels, max(1, count))
    return polish(nodes, _split(nodes, labels, count), keep_count=True)


def _merged(nodes: Nodes, labels: Labels, count: int) -> Labels:
    """The two groups most alike, by mean similarity, made one until there are `count`; pins never meet."""
    groups = int(labels.max(initial=-1)) + 1
    members = (labels[:, None] == np.arange(groups)).astype(np.float64)
    sums = members.T @ nodes.table.astype(np.float64) @ members
    sizes = members.sum(axis=0)
    owned = np.zeros(groups, dtype=bool)
    owned[labels[[pin is not None for pin in nodes.pinned]]] = True
    gone = np.zeros(groups, dtype=bool)
    while groups - gone.sum() > count:
        mean = np.round(sums / np.outer(sizes, sizes), 6)
        mean[np.outer(owned, owned) | np.tri(groups, dtype=bool)] = -np.inf
        mean[gone] = mean[:, gone] = -np.inf
        one, other = divmod(int(np.argmax(mean)), groups)
        if np.isneginf(mean[one, other]):
            break
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sizes[one] += sizes[other]
        owned[one] |= owned[other]
        gone[other] = True
        labels = np.where(labels == other, one, labels)
    return _renumber(labels)


def _split(nodes: Nodes, labels: Labels, count: int) -> Labels:
    """The loosest group halved until there are `count`."""
    labels = labels.copy()
    groups = int(labels.max(initial=-1)) + 1
    halves = {group: _half(nodes, np.flatnonzero(labels == group)) for group in range(groups)}
    while groups < count:
        loosest = max(halves, key=lambda group: halves[group][0])  # the first of equals
        if halves[loosest][0] <= 0:
            break
        labels[halves[loosest][1]] = groups
        for group in (loosest, groups):
            halves[group] = _half(nodes, np.flatnonzero(labels == group))
        groups += 1
    return labels


def _half(nodes: Nodes, rows: Labels) -> tuple[float, Labels]:
    """How loose a group is (0: cannot be split) and which of its nodes lie nearer to its second pole."""
    ties = nodes.ties[rows]
    fixed = np.array([nodes.pinned[row] is not None for row in rows])
    held = np.isin(ties, ties[fixed])
    if held.all() or len(set(ties.tolist())) < 2:
        return 0.0, rows[:0]
    inner = nodes.table[np.ix_(rows, rows)]
    pole = int(np.argmax(held)) if held.any() else int(np.argmin(inner.sum(axis=1)))
    stays = held | (ties == ties[pole])
    second = int(np.argmin(np.where(stays, 2 * ONE, inner[pole])))
    nearer = (inner[second] > inner[pole]) & ~stays
    leaders = [int(np.argmax(ties == tie)) for tie in ties]  # a tied set goes as its first node does
    half = (nearer[leaders] | (ties == ties[second])) & ~stays
    return round(float(len(rows) * (ONE - inner.mean())), 6) + 1, rows[half]


def fine_count(automatic_count: int, nodes: int, fineness: float) -> int:
    """The number of groups at a place of the slider: 0 is two groups, 0.5 the automatic number, 1 many."""
    fineness = min(1.0, max(0.0, fineness))
    most = max(automatic_count, min(nodes // 2, automatic_count * 3))
    least = min(2, automatic_count)
    low, high, part = (
        (least, automatic_count, fineness * 2)
        if fineness <= 0.5
        else (automatic_count, most, fineness * 2 - 1)
    )
    return max(1, round(max(1, low) * (high / max(1, low)) ** part))


def polish(nodes: Nodes, labels: Labels, keep_count: bool = False) -> Labels:
    """At most five rounds of spherical k-means: each tied set moves to the group whose centre is nearest."""
    labels = _renumber(labels)
    free = np.array([pin is None for pin in nodes.pinned])
    sets = _renumber(nodes.ties)
    movable = np.ones(sets.max(initial=-1) + 1, dtype=bool)
    movable[sets[~free]] = False
    for _ in range(_ROUNDS):
        score = affinity(nodes.table, labels)
        summed = np.zeros((len(movable), score.shape[1]))
        np.add.at(summed, sets, score)
        wanted = np.argmax(np.round(summed, 6), axis=1)[sets]
        new = np.where(movable[sets], wanted, labels)
        if keep_count:
            new = _refill(labels, new, sets)
        if (new == labels).all():
            break
        labels = new if keep_count else _renumber(new)
    return labels


def affinity(table: Likeness, labels: Labels) -> NDArray[np.float64]:
    """The cosine of each node to each group's centre, shape (n, groups), in units of 1e-4."""
    groups = labels.max(initial=-1) + 1
    members = (labels[:, None] == np.arange(groups)).astype(np.float64)
    sums = table.astype(np.float64) @ members
    squares = (members * sums).sum(axis=0)
    return sums / np.sqrt(np.maximum(squares, ONE)) * math.sqrt(ONE)


def mean_to_groups(table: Likeness, labels: Labels) -> NDArray[np.float64]:
    """The mean similarity of each node to the others of each group (0 where there are none), (n, groups)."""
    groups = labels.max(initial=-1) + 1
    members = (labels[:, None] == np.arange(groups)).astype(np.float64)
    sums = table.astype(np.float64) @ members - members * ONE
    others = members.sum(axis=0) - members
    return np.divide(sums, others, out=np.zeros_like(sums), where=others > 0)


def absorb(nodes: Nodes, labels: Labels) -> Labels:
    """Dissolves groups of one (of two, among 40 nodes or more) into the groups nearest to each node."""
    labels = _renumber(labels)
    sizes = np.bincount(labels)
    pinned = {label for label, pin in zip(labels.tolist(), nodes.pinned, strict=True) if pin is not None}
    least = 3 if nodes.size >= 40 else 2
    keep = np.array([size >= least or group in pinned for group, size in enumerate(sizes)])
    if keep.all() or not keep.any():
        return labels
    score = np.round(affinity(nodes.table, labels), 6)
    score[:, ~keep] = -np.inf
    return _renumber(np.where(keep[labels], labels, _whole_sets(nodes, np.argmax(score, axis=1))))


def _whole_sets(nodes: Nodes, labels: Labels) -> Labels:
    """Gives every tied set the label of its first node."""
    first: dict[int, int] = {}
    return np.array(
        [first.setdefault(s, label) for s, label in zip(nodes.ties.tolist(), labels, strict=True)]
    )


def _worth(nodes: Nodes, labels: Labels) -> float:
    """How good a division looks: silhouette and a mild wish for about 0.8 * sqrt(n) groups."""
    groups = labels.max(initial=-1) + 1
    if groups < 2:
        return -1.0
    near = mean_to_groups(nodes.table, labels)
    rows = np.arange(nodes.size)
    own = near[rows, labels].copy()
    near[rows, labels] = -np.inf
    apart, together = ONE - near.max(axis=1), ONE - own
    alone = np.bincount(labels)[labels] == 1
    silhouette = np.where(alone, 0, (apart - together) / np.maximum(np.maximum(apart, together), 1)).mean()
    usual = min(14.0, max(4.0, 0.8 * math.sqrt(nodes.size)))
    prior = math.exp(-(math.log(groups / usual) ** 2) / (2 * 0.5**2))
    return round(float(silhouette) + 0.1 * prior, 9)


def _respect(nodes: Nodes, labels: Labels) -> Labels:
    """Puts tied sets back together and gives every pin a group that no other pin shares."""
    labels = _whole_sets(nodes, labels).astype(np.int64)
    owner: dict[int, int] = {}
    place: dict[int, int] = {}
    for node, pin in enumerate(nodes.pinned):
        if pin is None:
            continue
        if pin not in place:
            here = int(labels[node])
            place[pin] = here if owner.setdefault(here, pin) == pin else int(labels.max()) + 1
            owner[place[pin]] = pin
        labels[nodes.ties == nodes.ties[node]] = place[pin]
    return _renumber(labels)


def _refill(old: Labels, new: Labels, sets: Labels) -> Labels:
    """Takes back the moves out of groups that would be left empty, all moves if that empties others."""
    groups = np.arange(int(old.max(initial=-1)) + 1)
    emptied = np.setdiff1d(groups, new)
    new = np.where(np.isin(sets, sets[np.isin(old, emptied)]), old, new)
    return new if np.isin(groups, new).all() else old


def _few(nodes: Nodes) -> Labels:
    """Groups of a handful of texts: those clearly alike together, as far as pins allow."""
    near = np.where(nodes.table >= _CLEARLY_ALIKE, np.arange(nodes.size), nodes.size)
    return _respect(nodes, near.min(axis=1, initial=nodes.size).astype(np.int64))


def _renumber(labels: Labels) -> Labels:
    numbers = {label: new for new, label in enumerate(dict.fromkeys(labels.tolist()))}
    return np.array([numbers[label] for label in labels.tolist()], dtype=np.int64)
