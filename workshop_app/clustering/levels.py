"""What the leader is shown beside groups: heaps inside themes, pairs that may be the same, odd texts, reasons."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop_app.clustering import graph, words
from workshop_app.clustering.engine import Deck, Vectors, deck, describe, divide
from workshop_app.clustering.likeness import ONE, company
from workshop_app.clustering.partition import Labels
from workshop_app.clustering.values import LEFT, Grouping

# From this likeness on (1e-4) at least four pairs of five share a theme: 4 of 4 in the sample sessions, where few
# reach it, and 97 % in labelled sets.
_SAME_FROM = {"semantic": 4100, "lexical": 3500}
_LARGEST_HEAP = 8
_NEAREST = 7
_PARTNERS = 16  # each text is compared with so many others: enough for heaps of eight


def two_levels(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    ids: Sequence[str] | None = None,
    pins_theme: Sequence[tuple[int, int]] = (),
    previous: Sequence[int] | None = None,
) -> tuple[Grouping, Grouping]:
    """Heaps and themes; see `workshop_app.clustering.two_levels`."""
    began = time.perf_counter()
    pinned = dict(pins_theme)
    cards = deck(texts, vectors, ids, pinned)
    heap_of = _heaps(cards, pinned)
    heaps = [
        [cards.rows[place] for place in np.flatnonzero(heap_of == heap)]
        for heap in range(heap_of.max(initial=-1) + 1)
    ]
    theme_of = divide(cards, pinned, together=heaps)
    small = describe(texts, cards, heap_of, {}, None, began, quote_titles=True)
    large = describe(texts, cards, theme_of, pinned, previous, began)
    return _with_confidence(small, cards, heap_of), large


def alike(
    texts: Sequence[str], vectors: Vectors | None = None, *, limit: int = 50
) -> list[tuple[int, int, float]]:
    """Pairs that possibly say the same; see `workshop_app.clustering.alike`."""
    cards = deck(texts, vectors)
    return [
        (*sorted((cards.rows[a], cards.rows[b])), cards.said[a, b] / ONE)  # type: ignore[misc]
        for a, b in _near_pairs(cards)[:limit]
    ]


def parking(texts: Sequence[str], vectors: Vectors | None = None, share: float = 0.08) -> list[int]:
    """Rows to suggest for the parking lot; see `workshop_app.clustering.parking`."""
    cards = deck(texts, vectors)
    silent = sorted(set(range(len(texts))) - set(cards.rows))
    wanted = round(share * len(texts))
    if len(cards.rows) < 2:
        return silent[:wanted]
    near = company(cards.texts, cards.tongues, cards.vectors, min(_NEAREST, len(cards.rows) - 1))
    odd = [cards.rows[place] for place in np.argsort(near, kind="stable")]
    return [*silent, *odd][:wanted]


def _near_pairs(cards: Deck) -> list[tuple[int, int]]:
    """Places of pairs above the threshold, most alike first; a place is paired with its nearest few only."""
    if len(cards.rows) < 2:
        return []
    nearest = graph.nearest(cards.said, _PARTNERS)
    a = np.repeat(np.arange(len(nearest)), nearest.shape[1])
    b = nearest.ravel()
    pairs = np.unique(np.sort(np.column_stack([a, b]), axis=1), axis=0)
    likes = cards.said[pairs[:, 0], pairs[:, 1]]
    kept = np.flatnonzero(likes >= _SAME_FROM[cards.engine])
    order = kept[np.argsort(-likes[kept], kind="stable")]
    return [(int(one), int(other)) for one, other in pairs[order]]


@dataclass
class _Heap:
    places: list[int]
    said: set[str]
    themes: set[int]

    def may_take(self, other: "_Heap", cards: Deck) -> bool:
        """Whether the two are alike on average, not too large together, and not in two pinned themes."""
        if len(self.said | other.said) > _LARGEST_HEAP or len(self.themes | other.themes) > 1:
            return False
        return bool(cards.said[np.ix_(self.places, other.places)].mean() >= _SAME_FROM[cards.engine])

    def take(self, other: "_Heap") -> None:
        self.places.extend(other.places)
        self.said |= other.said
        self.themes |= other.themes


def _heaps(cards: Deck, pinned: dict[int, int]) -> Labels:
    """Small groups whose texts are alike on average, never across two pinned themes; -1 for all others."""
    heap_of = [
        _Heap([place], {words.normal(text)}, {pinned[row]} if row in pinned else set())
        for place, (row, text) in enumerate(zip(cards.rows, cards.texts, strict=True))
    ]
    for a, b in _near_pairs(cards):
        one, other = heap_of[a], heap_of[b]
        if one is not other and one.may_take(other, cards):
            one.take(other)
            for place in other.places:
                heap_of[place] = one
    labels = np.full(len(cards.rows), LEFT, dtype=np.int64)
    number = 0
    for place, heap in enumerate(heap_of):
        if len(heap.places) > 1 and labels[place] == LEFT:
            labels[heap.places] = number
            number += 1
    return labels


def _with_confidence(heaps: Grouping, cards: Deck, heap_of: Labels) -> Grouping:
    """The heaps with 0.8 for a text just above the threshold, 1 for one written alike, 0 outside heaps."""
    sure = [0.0] * len(heaps.labels)
    least = _SAME_FROM[cards.engine] / ONE
    for place, row in enumerate(cards.rows):
        if heap_of[place] != LEFT:
            fellows = np.flatnonzero(heap_of == heap_of[place])
            mean = (cards.said[place, fellows].sum() - ONE) / (len(fellows) - 1) / ONE
            sure[row] = round(float(min(1.0, max(0.5, 0.8 + 0.2 * (mean - least) / (1 - least)))), 3)
    return Grouping(heaps.labels, heaps.groups, heaps.engine, heaps.seconds, tuple(sure))
