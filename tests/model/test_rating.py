"""Spread before median, the 2x2 and the suggested route, against METHOD 4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_app.i18n import language
from workshop_app.model import rating
from workshop_app.model.lint import Finding
from workshop_app.model.rating import Spread, spread, suggest_route


def votes(*values: int | None, role: str = "personal") -> list[tuple[int | None, str]]:
    return [(value, role) for value in values]


def test_median_quartiles_and_dont_know() -> None:
    found = spread("benefit", votes(5, 1, None, 4, 2, 3))
    assert found.votes == (1, 2, 3, 4, 5)
    assert (found.lower, found.median, found.upper) == (2.0, 3.0, 4.0)
    assert (found.dont_know, found.flagged, found.criterion) == (1, True, "benefit")


def test_no_votes_and_one_vote() -> None:
    assert spread("risk", votes(None, None)) == Spread("risk", dont_know=2)
    alone = spread("risk", votes(4))
    assert (alone.lower, alone.median, alone.upper, alone.flagged) == (4.0, 4.0, 4.0, False)


def test_agreement_is_not_flagged() -> None:
    assert not spread("benefit", votes(3, 4, 4, 4, 3, 4, 5)).flagged


def test_two_votes_far_apart_are_not_flagged_before_they_may_be_shown() -> None:
    assert not spread("benefit", votes(1, 5)).flagged


def test_role_groups_that_differ_are_flagged_from_three_votes_each() -> None:
    many = votes(*[4] * 10) + votes(2, 2, 2, role="ledning")
    assert spread("anchoring", many).flagged
    assert spread("anchoring", many).groups == (("ledning", 3, 2.0), ("personal", 10, 4.0))
    few = votes(*[4] * 10) + votes(2, 2, role="ledning")
    assert not spread("anchoring", few).flagged
    assert spread("anchoring", few).groups == (), "the two could be reckoned out of ten and all twelve"


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 5)), st.sampled_from(["a", "b", "c"])), max_size=40
    )
)
def test_no_vote_is_lost_and_the_quartiles_hold_the_median(given_votes: list[tuple[int | None, str]]) -> None:
    found = spread("benefit", given_votes)
    assert len(found.votes) + found.dont_know == len(given_votes)
    if found.votes:
        assert found.lower is not None and found.median is not None and found.upper is not None
        assert found.votes[0] <= found.lower <= found.median <= found.upper <= found.votes[-1]


def test_worth_and_doable() -> None:
    spreads = {
        k: Spread(k, median=m)
        for k, m in [("benefit", 5.0), ("anchoring", 4.0), ("feasibility", 3.0), ("risk", 4.0)]
    }
    assert rating.worth(spreads) == 4.5
    assert rating.doable(spreads) == 2.5
    del spreads["risk"]
    assert rating.doable(spreads) is None and rating.worth({}) is None


def hint(market: float | None, space: float | None, **changes: object) -> rating.RouteHint | None:
    given_: dict[str, object] = {
        "feasibility": 3.0,
        "risk": 2.0,
        "has_owner": True,
        "market_status": "partly",
        "language": "sv",
    }
    return suggest_route(market, space, **(given_ | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("market", "space", "route", "kind"),
    [
        (1, 3, "innovation_procurement", "of_innovation"),
        (2, 5, "innovation_procurement", "of_innovation"),
        (2, 2, "internal_development", ""),
        (3, 4, "innovation_procurement", "friendly"),
        (2.5, 3, "innovation_procurement", "friendly"),
        (3.5, 2.5, "innovation_procurement", "friendly"),
        (3, 1, "ordinary_procurement", ""),
        (4, 3, "ordinary_procurement", ""),
        (5, 2, "ordinary_procurement", ""),
    ],
)
def test_table_of_the_method(market: float, space: float, route: str, kind: str) -> None:
    found = hint(market, space)
    assert found is not None
    assert (found.route, found.kind, found.needs_risk_list) == (route, kind, False)


LOW, MIDDLE, HIGH = (1, 1.5, 2), (2.5, 3, 3.5), (4, 4.5, 5)
LOCKED, OPEN = (1, 1.5, 2), (2.5, 3, 3.5, 4, 4.5, 5)
CELLS = {  # METHOD 4.2: market and room -> route and kind
    (LOW, OPEN): ("innovation_procurement", "of_innovation"),
    (LOW, LOCKED): ("internal_development", ""),
    (MIDDLE, OPEN): ("innovation_procurement", "friendly"),
    (MIDDLE, LOCKED): ("ordinary_procurement", ""),
    (HIGH, OPEN): ("ordinary_procurement", ""),
    (HIGH, LOCKED): ("ordinary_procurement", ""),
}


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_of_the_table_and_every_override_in_it(cell: tuple[tuple[float, ...], ...]) -> None:
    markets, rooms = cell
    for market in markets:
        for room in rooms:
            plain = hint(market, room)
            assert plain is not None and (plain.route, plain.kind) == CELLS[cell], (market, room)
            for changes in ({"has_owner": False}, {"feasibility": 1.0}, {"feasibility": 0.5}):
                parked = hint(market, room, **changes)
                assert parked is not None and (parked.route, parked.kind) == ("parked", "")
            instead = hint(market, room, market_status="not_applicable")
            assert instead is not None and instead.route == "internal_development"
            met = hint(market, room, market_status="meets_need")
            assert met is not None and met.route == "ordinary_procurement"
            for risk, asked in ((3.5, False), (4.0, True), (5.0, True)):
                risky = hint(market, room, risk=risk)
                assert risky is not None and risky.needs_risk_list is asked and risky.route == plain.route
            joint = hint(market, room, organisations=2)
            assert (
                joint is not None
                and joint.route == plain.route
                and len(joint.reasons) == len(plain.reasons) + 1
            )


def test_reasons_are_words_to_show() -> None:
    found = hint(3, 5)
    assert found is not None
    assert found.reasons == (
        "Förslag utifrån marknad 3 och utrymme 5. Ni väljer.",
        "Delar finns och sättet är öppet. Håll ett dialogmöte först.",
    )
    english = hint(3.5, 5, language="en")
    assert english is not None and english.reasons[0] == "Suggestion from market 3.5 and room 5. You choose."
    swedish = hint(3.5, 5)
    assert swedish is not None and "marknad 3,5" in swedish.reasons[0]


def test_nothing_rated_gives_no_suggestion_unless_it_is_not_a_matter_of_buying() -> None:
    assert hint(None, 3) is None and hint(3, None) is None
    found = hint(None, None, market_status="not_applicable")
    assert found is not None and found.route == "internal_development"


def test_no_owner_or_no_means_parks_whatever_the_table_says() -> None:
    for changes in ({"has_owner": False}, {"feasibility": 1.0}):
        for status in ("partly", "not_applicable"):
            found = hint(2, 5, market_status=status, **changes)
            assert found is not None and (found.route, found.kind) == ("parked", "")


def test_a_market_that_meets_the_need_is_not_met_with_innovation_procurement() -> None:
    found = hint(2, 5, market_status="meets_need")
    assert found is not None and found.route == "ordinary_procurement"
    assert "Enligt marknadskollen finns det redan något som möter behovet." in found.reasons


def test_high_risk_asks_for_a_risk_list() -> None:
    found = hint(2, 5, risk=4.0)
    assert found is not None and found.needs_risk_list and "4" in found.reasons[-1]


def test_same_need_in_several_organisations_suggests_joint_work() -> None:
    found = hint(2, 5, organisations=3)
    assert found is not None and any("3 organisationer" in reason for reason in found.reasons)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_criteria_have_all_their_words(code: str) -> None:
    found = rating.criteria(code)
    assert tuple(c.key for c in found) == rating.CRITERIA
    for criterion in found:
        assert criterion.name and criterion.question.endswith(("?", "."))
        assert set(criterion.anchors) == {1, 3, 5} and all(criterion.anchors.values())


def test_labels_have_swedish_words() -> None:
    lang = language("sv")
    labels = (rating.ROUTE_LABELS, rating.KIND_LABELS, rating.STATUS_LABELS, rating.MARKET_LABELS)
    for label in (text for group in labels for text in group.values()):
        assert lang(label) != label
    assert (
        rating.route_label("innovation_procurement", "friendly", "sv")
        == "Innovationsvänlig upphandling, öppna krav"
    )
    assert rating.route_label("parked", "", "en") == "Parked"
    assert rating.route_label("", "", "sv") == ""


def test_ready_stops_at_errors_that_nobody_waived() -> None:
    error = Finding("N01", "error", "function", "app", 0, "?")
    warn = Finding("N10", "warn", "effect", "bättre", 0, "?")
    assert rating.ready([], set()) and rating.ready([warn], set())
    assert not rating.ready([error, warn], set())
    assert rating.ready([error, warn], {("N01", "function")})
    assert not rating.ready([error], {("N01", "effect")})
