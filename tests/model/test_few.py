"""No group under three can be reckoned out of what is shown; medians, quartiles and flags against a calculation of our own."""

from collections import Counter, defaultdict
from itertools import chain, combinations, pairwise

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


# Pictures while phones may answer -----------------------------------------------------------------

CAME = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["", "a", "b"])), max_size=24)


def arrivals(came: list[tuple[int, str]]) -> list[few.Vote]:
    """Each of another person, in this order."""
    return [few.Vote(n, f"p{n}", value, group) for n, (value, group) in enumerate(came, 1)]


def far_enough(one: few.Picture, other: few.Picture) -> bool:
    """Whether nobody is told by two pictures, whole or of a group that both name, or of all the others then."""
    sizes = [Counter(v.group for v in p.shown) for p in (one, other)]
    both = few.told_apart(sizes[0]) & few.told_apart(sizes[1])
    parts = [lambda v: True, *((lambda v, g=g: v.group == g) for g in both), lambda v: v.group not in both]
    return all(
        few.next_picture([v.value for v in one.shown if p(v)], [v.value for v in other.shown if p(v)])
        for p in (parts if both else parts[:1])
    )


@given(CAME)
def test_a_vote_that_is_open_moves_on_by_threes_and_its_close_shows_all(came: list[tuple[int, str]]) -> None:
    votes = arrivals(came)
    seen = [few.picture(votes[:n], (), True) for n in range(len(votes) + 1)]
    for n, one in enumerate(seen):
        assert len(one.shown) == (0 if n < 6 else (n - 3) // 3 * 3) and one.waiting == n - len(one.shown)
        assert all(not v.group for v in one.shown), "groups wait until the close"
    final = few.picture(votes, (), False)
    assert len(final.shown) == (len(votes) if len(votes) >= 3 else 0)
    assert all(far_enough(one, other) for one, other in combinations([*seen, final], 2))


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(["open", "close"]),
        st.tuples(st.sampled_from("abcdefghijkl"), st.one_of(st.none(), st.integers(1, 5)), st.just(False)),
    ),
    max_size=40,
)
GROUP_OF = dict.fromkeys("abcdef", "x") | dict.fromkeys("ghi", "y")


def play(events: list[str | tuple[str, int | None, bool]]) -> list[few.Picture]:
    """The picture after each event; a vote that comes while phones may not answer is refused, unless it is typed."""
    votes: list[few.Vote] = []
    turns: list[few.Turn] = []
    is_open, seen = True, [few.Picture()]
    for event in events:
        if isinstance(event, str):
            if (
                is_open != (event == "open")
                and votes
                and votes[-1].answer > max((t.answer for t in turns), default=0)
            ):
                turns.append(few.Turn(votes[-1].answer, is_open))
            is_open = event == "open"
        elif is_open or event[2]:
            who, value, typed = event
            votes.append(few.Vote(len(votes) + 1, who, value, GROUP_OF.get(who, ""), typed))
        one = few.picture(votes, turns, is_open)
        assert len({v.who for v in one.shown}) == len(one.shown) and len(one.shown) not in (1, 2)
        assert len(one.shown) <= len({v.who for v in votes}) <= len(one.shown) + one.waiting
        seen.append(one)
    return seen


@given(EVENTS)
def test_no_picture_differs_from_the_one_before_by_one_or_two_however_phones_are_opened_and_closed(
    events: list[str | tuple[str, int | None, bool]],
) -> None:
    seen = play(events)
    assert all(far_enough(one, other) for one, other in pairwise(seen))
    groups = [one for one in seen if any(v.group for v in one.shown)]
    assert all(far_enough(one, other) for one, other in pairwise(groups))


@given(st.permutations("abcdefghijkl"), st.lists(st.integers(1, 11), max_size=3))
def test_people_who_answer_once_are_told_apart_by_no_two_pictures_at_all(
    order: list[str], closes: list[int]
) -> None:
    events: list[str | tuple[str, int | None, bool]] = []
    for n, who in enumerate(order):
        events += ["close", "open"] if n in closes else []
        events.append((who, n % 5 + 1, False))
    seen = play([*events, "close"])
    sizes = {len(one.shown) for one in seen}
    assert all(abs(one - other) >= 3 for one, other in combinations(sorted(sizes), 2))
    assert len(order) - len(seen[-1].shown) < 3


def test_one_more_after_a_close_waits_and_what_the_leader_types_does_not() -> None:
    votes = arrivals([(n % 5 + 1, "") for n in range(8)])
    closed = [few.Turn(7, True)]
    assert len(few.picture(votes[:7], closed, False).shown) == 7
    late = few.picture(votes, [*closed, few.Turn(8, True)], False)
    assert (len(late.shown), late.waiting) == (7, 1)
    typed = [*votes[:7], few.Vote(8, "row 1", 2, typed=True)]
    assert (len(few.picture(typed, closed, False).shown), few.picture(typed, closed, False).waiting) == (8, 0)


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
