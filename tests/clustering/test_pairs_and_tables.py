"""What people say of pairs counts in the sums, the pairs worth asking about, and heaps of different tables that are alike."""

from workshop_app.clustering.sorting import Sort, combine, doubtful, same_heaps

TEXTS = (
    "svaret dröjer i ärendet",
    "trappan är hal om vintern",
    "ärendet får aldrig ett svar",
    "hal trappa på vintern",
    "lägsta pris vinner alltid",
    "priset styr allt vid köp",
)


def test_what_most_say_of_a_pair_joins_and_parts_cards() -> None:
    joined = combine(TEXTS, [], asked=[(0, 4, 3)])
    assert (0, 4) in joined.heaps and all(joined.labels[row] == -1 for row in (1, 2, 3, 5))
    piles = [Sort(who, piles=((0, 2), (1, 3))) for who in ("a", "b")]
    assert (0, 2) in combine(TEXTS, piles).heaps
    parted = combine(TEXTS, piles, asked=[(0, 2, -6)])
    assert parted.labels[0] != parted.labels[2] and parted.labels[1] == parted.labels[3]
    held = combine(TEXTS, piles, asked=[(0, 2, -6)], pins=[(0, 1), (2, 1)])
    assert held.labels[0] == held.labels[2]  # the leader's own placing is law


def test_the_answer_does_not_depend_on_the_order_of_rows() -> None:
    order = [3, 5, 0, 2, 4, 1]
    place = {row: at for at, row in enumerate(order)}
    one = combine(TEXTS, [], asked=[(0, 4, 3), (1, 3, 4)])
    other = combine(
        [TEXTS[row] for row in order], [], asked=[(place[0], place[4], 3), (place[1], place[3], 4)]
    )
    assert {tuple(sorted(order[row] for row in heap)) for heap in other.heaps} == set(one.heaps)


def test_pairs_worth_asking_are_the_near_ones_that_nobody_has_settled() -> None:
    found = doubtful(TEXTS, [])
    assert {tuple(sorted(pair)) for pair in found[:2]} == {(0, 2), (1, 3)}
    assert all(a != b for a, b in found) and len({*map(frozenset, found)}) == len(found)
    each = [row for pair in found for row in pair]
    assert max(each.count(row) for row in range(6)) <= 3
    pinned = doubtful(TEXTS, [], pins=[(0, 1), (2, 1), (1, 2), (3, 3)])
    assert not {(0, 2), (1, 3), (0, 1), (2, 3)} & {tuple(sorted(pair)) for pair in pinned}
    agreed = [Sort(str(n), piles=((0, 2), (1, 3), (4, 5))) for n in range(5)]
    assert not {(0, 2), (1, 3), (4, 5)} & {tuple(sorted(pair)) for pair in doubtful(TEXTS, agreed)}
    assert doubtful(TEXTS[:1], []) == () and len(doubtful(TEXTS, [], limit=2)) == 2


def test_heaps_of_different_tables_are_alike_when_each_is_the_others_nearest() -> None:
    north, south = [[0, 2], [4, 5]], [[1, 3], [0, 2]]
    assert (0, 0, 1, 1) in same_heaps(TEXTS, [north, south])
    assert all(t != other for t, _h, other, _i in same_heaps(TEXTS, [north, south, [[5, 4]]]))
    assert same_heaps(TEXTS, [[[0]], [[2]]]) == ()  # no heap says how near cards of one need lie
    assert same_heaps(TEXTS, []) == ()
