"""No group under three can be reckoned out of what is shown; medians, quartiles and flags against a calculation of our own."""

from collections import Counter, defaultdict
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from workshop_app.model import few, rating

VOTES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 5)), st.sampled_from(["", "a", "b", "c", "d"])), max_size=16
)
GROUPS = st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), st.integers(0, 9))


def some_of(names: frozenset[str]) -> list[tuple[str, ...]]:
    """Every choice of the groups that are shown."""
    return list(chain.from_iterable(combinations(sorted(names), n) for n in range(len(names) + 1)))


@given(GROUPS)
def test_no_difference_of_what_is_shown_is_one_or_two_people(people: dict[str, int]) -> None:
    shown = few.told_apart(people)
    assert "" not in shown and all(people[name] >= 3 for name in shown)
    everybody = sum(people.values())
    for chosen in some_of(shown):
        rest = everybody - sum(people[name] for name in chosen)
        if shown:
            assert rest == 0 or rest >= 3, (people, chosen)


@given(GROUPS)
def test_no_more_is_held_back_than_must_be(people: dict[str, int]) -> None:
    large = {name: n for name, n in people.items() if name and n >= 3}
    shown = few.told_apart(people)
    if sum(people.values()) - sum(large.values()) not in (1, 2):
        assert shown == set(large)
    elif len(large) > 1:
        assert len(shown) == len(large) - 1, "the smallest hides the few; the others stay"


def test_five_in_all_and_a_group_of_three_does_not_give_the_other_two() -> None:
    assert few.told_apart({"a": 3, "b": 2}) == frozenset()
    assert few.told_apart({"a": 3, "b": 3, "c": 2}) == {"b"}
    assert few.told_apart({"a": 3, "b": 2, "c": 1}) == {"a"}
    assert few.told_apart({"a": 3, "": 2}) == frozenset()


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), min_size=2, max_size=2))
def test_two_rounds_side_by_side_give_nobody_away(rounds: list[set[str]]) -> None:
    one, other = rounds
    if few.beside(one, other):
        assert len(one - other) not in (1, 2) and len(other - one) not in (1, 2)


@given(st.lists(st.lists(st.integers(1, 5), max_size=12), max_size=8))
def test_pictures_that_follow_each_other_never_differ_by_one_or_two_votes(sent: list[list[int]]) -> None:
    seen: list[int] = []
    for now in sent:
        if few.next_picture(seen, now):
            added, gone = Counter(now) - Counter(seen), Counter(seen) - Counter(now)
            assert max(added.total(), gone.total()) not in (1, 2)
            seen = now
        else:
            assert sorted(now) != sorted(seen)


@given(VOTES)
def test_a_spread_gives_no_small_group_away(votes: list[tuple[int | None, str]]) -> None:
    found = rating.spread("benefit", votes)
    sizes = Counter(role for value, role in votes if value is not None)
    assert all(role and n == sizes[role] >= 3 for role, n, _ in found.groups)
    rest = sum(sizes.values()) - sum(n for _, n, _ in found.groups)
    assert not found.groups or rest == 0 or rest >= 3


# Medians, quartiles and flags, reckoned by hand --------------------------------------------------


def own_quantile(values: list[int], share: float) -> float:
    """The inclusive quantile as in a school book: between the two neighbours, straight."""
    at = (len(values) - 1) * share
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


@given(VOTES)
def test_medians_quartiles_and_flags_are_those_of_a_calculation_of_our_own(
    votes: list[tuple[int | None, str]],
) -> None:
    found = rating.spread("benefit", votes)
    known = sorted(value for value, _ in votes if value is not None)
    assert found.votes == tuple(known)
    assert found.dont_know == sum(value is None for value, _ in votes)
    if not known:
        assert (found.median, found.lower, found.upper, found.flagged) == (None, None, None, False)
        return
    lower, middle, upper = (own_quantile(known, share) for share in (0.25, 0.5, 0.75))
    assert (found.lower, found.median, found.upper) == (lower, middle, upper)
    by_role = defaultdict(list)
    for value, role in votes:
        if value is not None:
            by_role[role].append(value)
    medians = [own_quantile(sorted(group), 0.5) for group in by_role.values() if len(group) >= 3]
    apart = upper - lower >= 2 or any(abs(one - other) >= 2 for one, other in combinations(medians, 2))
    assert found.flagged == (apart and len(known) >= 3)
    for role, n, median in found.groups:
        assert (n, median) == (len(by_role[role]), own_quantile(sorted(by_role[role]), 0.5))
