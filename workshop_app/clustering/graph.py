"""Communities in a graph of neighbours: a small Louvain that always gives the same answer.

After Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks", 2008. Nodes
are visited in their own order and ties go to the lowest community, so nothing is drawn by lot.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workshop_app.clustering.likeness import ONE, Likeness

Edges = list[dict[int, int]]
_COMPANY = 12  # nodes


def neighbour_graph(table: Likeness, neighbours: int = 7) -> Edges:
    """Each node's edges to its nearest nodes (similarity above zero), made mutual; weights are whole numbers."""
    size = len(table)
    edges: Edges = [{} for _ in range(size)]
    if size < 2:
        return edges
    near = nearest(table, neighbours)
    weights = np.take_along_axis(table, near, axis=1)
    for node, (others, row) in enumerate(zip(near.tolist(), weights.tolist(), strict=True)):
        for other, weight in zip(others, row, strict=True):
            if weight > 0:
                edges[node][other] = edges[other][node] = weight
    return edges


def nearest(table: Likeness, count: int) -> NDArray[np.int64]:
    """The numbers of the `count` nodes most like each node, itself left out, in no order; ties to the first."""
    size = len(table)
    count = max(0, min(count, size - 1))
    key = table.astype(np.int64) * size - np.arange(
        size
    )  # no two alike in a row, so no machine can choose otherwise
    np.fill_diagonal(key, np.iinfo(np.int64).min)
    chosen: NDArray[np.int64] = np.argpartition(key, size - count - 1, axis=1)[:, size - count :]
    return chosen


def with_company(table: Likeness) -> Likeness:
    """The likeness of nodes that are each moved halfway towards the mean of the nodes nearest to them.

    Two texts of one topic that share nothing are drawn together by those between them. For a few hundred nodes.
    """
    size = len(table)
    near = nearest(table, _COMPANY)
    rows = np.repeat(np.arange(size), near.shape[1])
    weights = np.zeros((size, size))
    weights[rows, near.ravel()] = np.maximum(table[rows, near.ravel()], 0)
    weights = np.maximum(weights, weights.T)
    sums = weights.sum(axis=1, keepdims=True)
    share = sparse.csr_array(np.where(sums > 0, weights / np.maximum(sums, 1) / 2, 0) + np.eye(size) / 2)
    moved = share @ (share @ table.astype(np.float64)).T
    sizes = np.sqrt(np.maximum(np.diag(moved), 1))
    closer: Likeness = np.rint(moved / sizes[:, None] / sizes * ONE).astype(np.int32)
    np.fill_diagonal(closer, ONE)
    return np.minimum(closer, closer.T)


def communities(
    edges: Edges, resolution: float, start: Sequence[int], pinned: Sequence[int | None]
) -> list[int]:
    """The community of each node.

    Nodes with the same number in `start` stay together; nodes with different pins never meet. A higher
    `resolution` gives more and smaller communities.
    """
    member = list(start)
    while True:
        graph, loops, pins, names = _contract(edges, member, pinned)
        moved = _move(graph, loops, pins, resolution)
        if moved == list(range(len(moved))):
            return [names[number] for number in member]
        member = [moved[names[number]] for number in member]


def _contract(
    edges: Edges, member: Sequence[int], pinned: Sequence[int | None]
) -> tuple[Edges, list[int], list[int | None], dict[int, int]]:
    names = {number: new for new, number in enumerate(dict.fromkeys(member))}
    graph: Edges = [{} for _ in names]
    loops = [0] * len(names)
    pins: list[int | None] = [None] * len(names)
    for node, near in enumerate(edges):
        here = names[member[node]]
        if pinned[node] is not None:
            pins[here] = pinned[node]
        for other, weight in near.items():
            there = names[member[other]]
            if here == there:
                loops[here] += weight
            elif pinned[node] is None or pinned[other] is None or pinned[node] == pinned[other]:
                graph[here][there] = graph[here].get(there, 0) + weight
    return graph, loops, pins, names


def _move(graph: Edges, loops: list[int], pins: list[int | None], resolution: float) -> list[int]:
    """One level of Louvain: every node goes where modularity gains most, until none wants to move."""
    degree = [loop + sum(near.values()) for loop, near in zip(loops, graph, strict=True)]
    total = sum(degree) or 1
    place = list(range(len(graph)))
    load = list(degree)
    owner = list(pins)
    for _ in range(100):
        moves = 0
        for node, near in enumerate(graph):
            here = place[node]
            links: dict[int, int] = {here: 0}
            for other, weight in near.items():
                links[place[other]] = links.get(place[other], 0) + weight
            load[here] -= degree[node]
            if pins[node] is not None:
                owner[here] = None
            share = resolution * degree[node] / total
            best, gain = here, links[here] - share * load[here]
            for there in sorted(links):
                forbidden = pins[node] is not None and owner[there] is not None
                if not forbidden and links[there] - share * load[there] > gain + 1e-9:
                    best, gain = there, links[there] - share * load[there]
            place[node] = best
            load[best] += degree[node]
            if pins[node] is not None:
                owner[best] = pins[node]
            moves += best != here
        if not moves:
            break
    numbers = {community: new for new, community in enumerate(dict.fromkeys(place))}
    return [numbers[community] for community in place]
