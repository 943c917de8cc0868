"""A room that sorts: what people did is added up rightly, whoever is missing and in whatever order it comes."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from sorters import Habit, Room, ami, play

from workshop_app.clustering import sorting
from workshop_app.clustering.sorting import Combined, Sort, evidence, votes

NEEDS = ("bygglov", "skolmat", "buss", "internet")
TEXTS = [f"{need} {word}" for need in NEEDS for word in ("ett", "två", "tre", "fyra", "fem")]
HEAP = [text.split()[0] for text in TEXTS]


def piles(person: str, *some: Sequence[int], leftover: Sequence[int] = ()) -> Sort:
    return Sort(person, piles=tuple(map(tuple, some)), leftover=tuple(leftover))


def heaps(found: Combined) -> set[frozenset[int]]:
    return {frozenset(rows) for rows in found.heaps}


def whole(found: Combined, n: int) -> None:
    """What must hold of every answer."""
    assert len(found.labels) == len(found.confidence) == len(found.agreement) == n
    for number, rows in enumerate(found.heaps):
        assert rows and all(found.labels[row] == number for row in rows)
    assert sum(map(len, found.heaps)) == sum(label >= 0 for label in found.labels)
    assert sorted(heap for theme in found.themes for heap in theme) == list(range(len(found.heaps)))
    assert all(0 <= sure <= 1 for sure in found.confidence)
    assert all(0 <= k <= of for k, of in found.agreement)
    assert len(set(found.unclear)) == len(found.unclear)


# hands ---------------------------------------------------------------------------------------------------------


def test_everyone_gets_as_many_different_cards_and_every_card_is_dealt() -> None:
    dealt = sorting.deal(TEXTS, ["p1", "p2", "p3", "p4"], 10)
    assert [len(set(hand)) for hand in dealt.hands] == [10] * 4
    views = np.bincount(np.concatenate(dealt.hands), minlength=len(TEXTS))
    assert views.min() >= 1 and views.max() <= 3
    assert dealt.heaps == ()


def test_nobody_gets_own_cards_at_first_nor_a_card_again() -> None:
    authors = dict.fromkeys(range(5), "p1")
    first = sorting.deal(TEXTS, ["p1", "p2"], 20, authors=authors)
    assert set(first.hands[0]) == set(range(5, 20)) and len(first.hands[1]) == 20
    done = [piles("p1", [5, 6], leftover=[7])]
    again = sorting.deal(TEXTS, ["p1", "p2"], 20, done, authors=authors)
    assert set(again.hands[0]) == set(range(20)) - {5, 6, 7}


def test_what_people_disagree_about_is_dealt_before_what_is_settled() -> None:
    agreed = [[*range(5)], [*range(5, 10)], [*range(10, 15)]]
    done = [
        piles(f"p{n}", *(p + ([15] if n % 3 == at else []) for at, p in enumerate(agreed))) for n in range(6)
    ]
    hand = sorting.deal(TEXTS, ["new"], 5, done).hands[0]
    assert 15 in hand or set(hand) <= {16, 17, 18, 19}
    assert set(sorting.deal(TEXTS, ["new"], 5, done).hands[0]) == set(hand)
    assert 15 in sorting.combine(TEXTS, done).unclear


def test_a_heap_is_offered_likeliest_first_and_never_to_its_own_founder_card() -> None:
    done = [
        Sort("p1", placements=((0, 0), (1, 0), (5, 5), (6, 5))),
        Sort("p2", placements=((2, 0), (10, 10))),
        Sort("p3", placements=((3, 0),)),
    ]
    dealt = sorting.deal(TEXTS, ["p4"], 20, done)
    assert {heap.id: heap.rows for heap in dealt.heaps} == {0: (0, 1, 2, 3), 5: (5, 6), 10: (10,)}
    assert dealt.heaps[0].id == 0
    assert dealt.likely[3][0] == 0 and set(dealt.likely[3]) == {0, 5, 10}
    assert dealt.likely[4][0] == 0 and dealt.likely[7][0] == 5
    assert 0 not in dealt.likely[0]
    assert sorting.likely_heaps(TEXTS, done, 8, limit=2)[0] == 5
    assert len(sorting.likely_heaps(TEXTS, done, 8, limit=2)) == 2


def test_two_heaps_that_turned_out_to_be_one_are_offered_once() -> None:
    done = [Sort(f"p{n}", placements=((0, 0), (1, 0), (2, 0), (4, 0))) for n in range(3)]
    done += [Sort(f"q{n}", placements=((3, 3), (1, 3), (2, 3), (0, 3), (4, 3))) for n in range(2)]
    dealt = sorting.deal(TEXTS, ["p9"], 3, done)
    assert len(dealt.heaps) == 1 and set(dealt.heaps[0].rows) == {0, 1, 2, 3, 4}


# sums ------------------------------------------------------------------------------------------------------------


def test_people_who_agree_decide() -> None:
    done = [
        piles(f"p{n}", *([row for row in range(20) if HEAP[row] == need] for need in NEEDS)) for n in range(3)
    ]
    found = sorting.combine(TEXTS, done)
    whole(found, 20)
    assert heaps(found) == {frozenset(row for row in range(20) if HEAP[row] == need) for need in NEEDS}
    assert set(found.agreement) == {(3, 3)} and found.unclear == ()
    assert min(found.confidence) > 0.9


def test_people_win_over_the_words() -> None:
    across = [[row for row in range(20) if row % 5 == at] for at in range(5)]
    found = sorting.combine(TEXTS, [piles(f"p{n}", *across) for n in range(4)])
    assert heaps(found) == {frozenset(pile) for pile in across}


def test_friends_of_friends_meet_though_no_one_had_all_the_cards() -> None:
    done = [piles("a", [0, 1], [5]), piles("b", [1, 2], [6]), piles("c", [2, 3], [7, 5]), piles("d", [6, 7])]
    assert heaps(sorting.combine(TEXTS, done)) == {frozenset({0, 1, 2, 3}), frozenset({5, 6, 7})}


def test_own_piles_and_shared_heaps_count_together() -> None:
    done = [
        Sort("a", placements=((0, 0), (1, 0))),
        piles("b", [1, 2]),
        Sort("c", placements=((3, 0),), piles=((9, 8),)),
    ]
    assert heaps(sorting.combine(TEXTS, done)) == {frozenset({0, 1, 2, 3}), frozenset({8, 9})}


def test_a_heap_lives_though_the_person_who_founded_it_is_missing() -> None:
    done = [Sort("b", placements=((1, 0), (2, 0))), Sort("c", placements=((3, 0), (7, 5)))]
    found = sorting.combine(TEXTS, done)
    assert heaps(found) == {frozenset({0, 1, 2, 3}), frozenset({5, 7})}


def test_one_careless_person_does_not_tear_a_heap() -> None:
    right = [[row for row in range(20) if HEAP[row] == need] for need in NEEDS]
    lot = random.Random(1)
    rows = lot.sample(range(20), 20)
    careless = piles("x", rows[:5], rows[5:10], rows[10:15], rows[15:])
    found = sorting.combine(TEXTS, [piles("a", *right), piles("b", *right), careless, piles("c", *right)])
    assert heaps(found) == {frozenset(pile) for pile in right}
    assert (
        all(k < n for k, n in found.agreement if n == 4 and k < 3)
        and max(n for _k, n in found.agreement) == 4
    )


def test_who_sorts_coarser_or_finer_than_the_room_is_recognised() -> None:
    right = [[row for row in range(20) if HEAP[row] == need] for need in NEEDS]
    coarse = [right[0] + right[1], right[2] + right[3]]
    fine = [part for pile in right for part in (pile[:2], pile[2:])]
    done = [piles(f"exact {n}", *right) for n in range(5)]
    done += [*(piles(f"lumper {n}", *coarse) for n in range(2)), piles("splitter", *fine)]
    said = votes.read(done)
    meant = np.array([NEEDS.index(need) for need in HEAP])
    graph = evidence.gather(said, np.eye(20), evidence.usual(said))
    nodes = np.concatenate([meant, [meant[pile[0]] for one in said for pile in one.piles]])
    habit = dict(
        zip((one.person for one in said), evidence.learned(graph, nodes, evidence.usual(said)), strict=True)
    )
    assert habit["lumper 0"].coarse == 1 and habit["exact 0"].coarse == habit["splitter"].coarse == 0
    assert habit["splitter"].split > 3 * habit["exact 0"].split
    assert heaps(sorting.combine(TEXTS, done)) == {frozenset(pile) for pile in right}


def test_dont_know_counts_among_those_who_saw_the_card() -> None:
    done = [piles("a", [0, 1, 2]), piles("b", [0, 1, 2]), piles("c", [1, 2], leftover=[0])]
    found = sorting.combine(TEXTS, done)
    assert found.agreement[0] == (2, 3) and found.agreement[1] == (3, 3)
    assert 0 in found.unclear and 1 not in found.unclear


def test_a_card_that_everyone_leaves_alone_is_an_answer() -> None:
    done = [piles(f"p{n}", [0, 1, 2], [9]) for n in range(3)]
    found = sorting.combine(TEXTS, done)
    assert frozenset({9}) in heaps(found) and found.agreement[9] == (3, 3)


def test_a_row_lies_where_its_person_put_it_last() -> None:
    done = [piles("a", [0, 1, 5], [6, 7]), piles("a", [5, 8]), piles("b", [6, 7, 5, 8])]
    found = sorting.combine(TEXTS, done)
    assert found.labels[5] == found.labels[6] != found.labels[0]


@pytest.mark.parametrize("pins", [[(0, 1), (5, 1)], [(0, 1), (1, 2)], [(0, -1)], [(15, 3), (16, 3)]])
def test_what_the_leader_settled_holds(pins: list[tuple[int, int]]) -> None:
    done = [piles(f"p{n}", [0, 1, 2, 3], [5, 6, 7]) for n in range(3)]
    found = sorting.combine(TEXTS, done, pins=pins)
    whole(found, 20)
    for row, group in pins:
        for other, its in pins:
            together = group == its != -1
            assert row == other or (found.labels[row] == found.labels[other]) == together
        assert found.confidence[row] == 1 and row not in found.unclear
        assert group != -1 or found.labels[row] == -1


def test_so_many_groups_as_asked_for() -> None:
    done = [piles("a", [0, 1], [2, 3], [5, 6, 7], [10, 11]), piles("b", [1, 2, 3], [5, 6], [11, 12])]
    for count in (1, 2, 3, 5):
        found = sorting.combine(TEXTS, done, groups=count)
        whole(found, 20)
        assert len(found.heaps) == count
    assert len(sorting.combine(TEXTS, done, fineness=0).heaps) <= len(sorting.combine(TEXTS, done).heaps)


# little, much and odd --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("texts", [[], ["ett"], ["samma", "samma"], ["", "…", "ord"]])
def test_few_and_empty_texts(texts: list[str]) -> None:
    n = len(texts)
    dealt = sorting.deal(texts, ["p1"], 5)
    assert sorted(dealt.hands[0]) == list(range(n))
    for done in ([], [Sort("p1")], [piles("p1", range(n))], [Sort("p1", leftover=tuple(range(n)))]):
        found = sorting.combine(texts, done)
        whole(found, n)
        assert all(label == -1 for label in found.labels) or done[0].piles
        assert sorting.deal(texts, ["p1", "p2"], 5, done).hands[1] != () or n == 0
    assert sorting.deal(texts, [], 5).hands == () and sorting.deal(texts, ["p1"], 0).hands == ((),)


def test_five_hundred_identical_texts() -> None:
    texts = ["Samma kort igen"] * 500
    dealt = sorting.deal(texts, [f"p{n}" for n in range(40)], 15)
    assert len({row for hand in dealt.hands for row in hand}) == 500
    found = sorting.combine(texts, [piles(f"p{n}", hand) for n, hand in enumerate(dealt.hands)])
    whole(found, 500)


def test_only_dont_know_and_one_person_and_people_who_contradict() -> None:
    nobody = sorting.combine(TEXTS, [Sort("a", leftover=(0, 1)), Sort("b", leftover=(1,))])
    assert set(nobody.labels) == {-1} and nobody.agreement[0] == (0, 1)
    assert heaps(sorting.combine(TEXTS, [piles("a", [0, 9], [3])])) == {frozenset({0, 9}), frozenset({3})}
    against = sorting.combine(TEXTS, [piles("a", [0, 5], [1, 6]), piles("b", [0, 6], [1, 5])])
    whole(against, 20)
    assert set(against.unclear) >= {row for row in (0, 1, 5, 6) if against.confidence[row] < 0.6}


def test_rows_that_do_not_exist_are_refused() -> None:
    for bad in (Sort("a", placements=((0, 99),)), piles("a", [-1]), Sort("a", leftover=(20,))):
        with pytest.raises(ValueError):
            sorting.combine(TEXTS, [bad])
        with pytest.raises(ValueError):
            sorting.deal(TEXTS, ["p"], 3, [bad])
        with pytest.raises(ValueError):
            sorting.likely_heaps(TEXTS, [bad], 0)


def room(vectors: NDArray[np.float16] | None, cards: tuple[list[str], list[str]]) -> Room:
    return Room("four topics", tuple(cards[0]), tuple(cards[1]), tuple(cards[1]), {}, vectors)


def test_the_order_of_rows_and_people_changes_nothing(cards: tuple[list[str], list[str]]) -> None:
    done = play(room(None, cards), 8, 10, 3, Habit(way="both"), rounds=2)
    texts = cards[0]
    found = sorting.combine(texts, done)
    new = random.Random(2).sample(range(len(texts)), len(texts))  # new[at] is the old row at that place
    at = {row: place for place, row in enumerate(new)}
    moved = [
        Sort(
            one.person,
            tuple((at[row], at[heap]) for row, heap in one.placements),
            tuple(tuple(at[row] for row in pile) for pile in one.piles),
            tuple(at[row] for row in one.leftover),
        )
        for one in random.Random(3).sample(done, len(done))
    ]
    shuffled = [texts[row] for row in new]
    other = sorting.combine(shuffled, moved)
    assert {frozenset(new[place] for place in rows) for rows in other.heaps} == heaps(found)
    assert [other.confidence[at[row]] for row in range(len(texts))] == list(found.confidence)
    one, two = (sorting.deal(t, ["p1", "p9"], 6, d) for t, d in ((texts, done), (shuffled, moved)))
    assert [[new[place] for place in hand] for hand in two.hands] == [list(hand) for hand in one.hands]
    assert [new[heap.id] for heap in two.heaps] == [heap.id for heap in one.heaps]


@pytest.mark.parametrize(("way", "least"), [("heaps", 0.8), ("piles", 0.6), ("both", 0.8)])
def test_a_simulated_room_comes_near_what_its_people_mean(
    way: str, least: float, cards: tuple[list[str], list[str]], vectors: NDArray[np.float16] | None
) -> None:
    done = play(room(vectors, cards), 16, 10, 1, Habit(way=way), rounds=2)
    found = sorting.combine(cards[0], done, vectors=vectors)
    whole(found, len(cards[0]))
    assert ami(cards[1], found.labels) >= least


def test_the_score_knows_perfect_and_chance() -> None:
    assert ami(HEAP, [NEEDS.index(need) for need in HEAP]) == pytest.approx(1)
    lot = random.Random(1)
    assert abs(sum(ami(HEAP, [lot.randrange(4) for _ in HEAP]) for _ in range(30)) / 30) < 0.05
    assert ami(HEAP, [-1] * 20) == pytest.approx(0, abs=1e-9)
