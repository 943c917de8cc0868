"""Heaps inside themes, pairs, reasons and the parking lot."""

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from workshop_app import clustering

Cards = tuple[list[str], list[str]]
Vectors = NDArray[np.float16] | None

SAME = [
    ("Ingen svarar när man ringer om sitt bygglov", "Ingen svarar när man ringer och frågar om bygglov"),
    ("Bussen går bara två gånger om dagen från byn", "Det går bara två bussar om dagen från byn"),
]


def test_each_heap_lies_inside_one_theme(cards: Cards, vectors: Vectors) -> None:
    heaps, themes = clustering.two_levels(cards[0], vectors)
    for heap in heaps.groups:
        assert len({themes.labels[row] for row in heap.rows}) == 1
        assert 2 <= len(heap.rows) <= 8
        assert all(0.5 <= heaps.confidence[row] <= 1 for row in heap.rows)
    assert all(sure == 0 for sure, label in zip(heaps.confidence, heaps.labels, strict=True) if label == -1)


def test_a_heap_is_made_of_what_says_the_same(cards: Cards) -> None:
    texts = [*cards[0], SAME[0][1], SAME[1][1]]
    heaps, themes = clustering.two_levels(texts)
    for one, other in SAME:
        a, b = texts.index(one), texts.index(other)
        assert heaps.labels[a] == heaps.labels[b] != -1
        assert themes.labels[a] == themes.labels[b] != -1
    heap = next(group for group in heaps.groups if group.id == heaps.labels[len(cards[0])])
    assert heap.title.rstrip("…") in texts[heap.medoid], "a heap is known by its own card's words"


def test_heaps_are_mostly_right(cards: Cards, card_vectors: NDArray[np.float16]) -> None:
    heaps, _ = clustering.two_levels(cards[0], card_vectors)
    pairs = [
        cards[1][a] == cards[1][b] for heap in heaps.groups for a in heap.rows for b in heap.rows if a < b
    ]
    assert pairs and sum(pairs) / len(pairs) >= 0.8


def test_pinned_themes_hold_and_part_heaps(cards: Cards, vectors: Vectors) -> None:
    texts = [*cards[0], cards[0][0]]
    if vectors is not None:
        vectors = np.concatenate([vectors, vectors[:1]])
    last = len(texts) - 1
    pins = [(0, 5), (last, 9), (3, 9), (12, 5), (20, -1)]
    heaps, themes = clustering.two_levels(texts, vectors, pins_theme=pins)
    assert [themes.labels[row] for row, _ in pins] == [place for _, place in pins]
    assert heaps.labels[0] != heaps.labels[last] or heaps.labels[0] == -1
    for heap in heaps.groups:
        assert len({themes.labels[row] for row in heap.rows}) == 1


def test_theme_ids_are_taken_over(cards: Cards, vectors: Vectors) -> None:
    _, first = clustering.two_levels(cards[0], vectors)
    old = [label + 30 for label in first.labels]
    _, again = clustering.two_levels(cards[0], vectors, previous=old)
    assert list(again.labels) == [label + 30 if label >= 0 else -1 for label in first.labels]


def test_large_heaps_are_not_made() -> None:
    texts = [f"Bussen till byn går alldeles för sällan på vintern, sa {name}" for name in "abcdefghijklmnop"]
    heaps, _ = clustering.two_levels(texts)
    assert heaps.groups and all(len(heap.rows) <= 8 for heap in heaps.groups)


def test_alike_finds_the_same_said_twice(cards: Cards) -> None:
    texts = [*cards[0], SAME[0][1], SAME[1][1]]
    pairs = clustering.alike(texts)
    found = {(a, b) for a, b, _ in pairs}
    for one, other in SAME:
        assert (texts.index(one), texts.index(other)) in found
    scores = [near for _, _, near in pairs]
    assert scores == sorted(scores, reverse=True)
    assert len(clustering.alike(texts, limit=1)) == 1


def test_alike_by_meaning_shares_topics(cards: Cards, card_vectors: NDArray[np.float16]) -> None:
    topics = cards[1]
    right = Counter(topics[a] == topics[b] for a, b, _ in clustering.alike(cards[0], card_vectors))
    assert right[True] >= 4 * right[False] and right[True]


def test_why_names_the_shared_words() -> None:
    texts = ["Bygglovet dröjer i kommunen", "Kommunens kö till bygglov är lång", "Maten är kall"]
    near, shared = clustering.why(texts, None, 0, 1)
    assert 0 < near < 1
    assert shared == ("bygglovet", "kommunen")
    assert clustering.why(texts, None, 0, 2)[1] == ()
    assert clustering.why(["", "", "hej"], None, 0, 1) == (1.0, ())
    assert clustering.why(["Bygglovskön växer", "bygglov"], None, 0, 1)[1] == ("bygglovskön",)


def test_reasons_for_a_card_and_a_heap(cards: Cards, vectors: Vectors) -> None:
    texts, topics = cards
    facts = clustering.reasons(texts, vectors)
    rows = [row for row, topic in enumerate(topics) if topic == "bygglov"]
    card = facts.card(rows[0], rows)
    assert any("bygglov" in word for word in card.shared)
    assert {row for row, _ in card.nearest} < set(rows) - {rows[0]} and len(card.nearest) == 3
    likes = [near for _, near in card.nearest]
    assert likes == sorted(likes, reverse=True) and likes[-1] >= 0 and likes[0] <= 1
    stranger = facts.card(topics.index("skolmat"), rows)
    assert stranger.confidence < card.confidence <= 1
    heap = facts.heap(rows)
    assert any("bygglov" in word.casefold() for word in heap.shared)
    assert sorted(row for row, _ in heap.nearest) == rows
    assert heap.confidence > facts.heap([0, 9, 18, 27]).confidence
    assert facts.pair(rows[0], rows[1]) == clustering.why(texts, vectors, rows[0], rows[1])


def test_reasons_for_what_says_nothing() -> None:
    facts = clustering.reasons(["", "😀", "Bussen är sen"])
    assert facts.card(0, [1, 2]).nearest == () and facts.heap([0, 1]).shared == ()
    assert facts.card(2, [2]).confidence == 0


def test_asking_again_compares_nothing_again(cards: Cards, vectors: Vectors) -> None:
    assert clustering.reasons(cards[0], vectors) is clustering.reasons(list(cards[0]), vectors)
    assert clustering.reasons(cards[0], vectors) is not clustering.reasons(cards[0][1:], None)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 1.0])
def test_parking_suggests_no_more_than_its_share(cards: Cards, vectors: Vectors, share: float) -> None:
    rows = clustering.parking(cards[0], vectors, share)
    assert len(rows) == len(set(rows)) == round(share * len(cards[0]))


def test_parking_finds_what_is_foreign(cards: Cards, vectors: Vectors) -> None:
    texts = [*cards[0], "", "Qwxzj vvkrp hsst"]
    if vectors is not None:
        vectors = np.concatenate([vectors, clustering.embed(texts[-2:])])
    rows = clustering.parking(texts, vectors, 0.2)
    assert rows[0] == len(texts) - 2, "an empty card is the oddest"
    assert len(texts) - 1 in rows


def test_the_other_language_is_not_foreign(cards: Cards, card_vectors: NDArray[np.float16]) -> None:
    """One English card about the common topics is no odder than most; one about nothing of it is the oddest."""
    own, foreign = "Nobody answers when you call about your building permit", "hej hej test test 123"
    texts = [*cards[0], own, foreign]
    vectors = np.concatenate([card_vectors, clustering.embed([own, foreign])])
    order = clustering.parking(texts, vectors, 1.0)
    assert order.index(len(texts) - 1) < 3
    assert order.index(len(texts) - 2) > 5
