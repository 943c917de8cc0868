"""What a route demands, what may be shown of votes, and needs against goals."""

from dataclasses import replace

import pytest

from workshop_app.model import rating, route_rules
from workshop_app.model.goals import coverage
from workshop_app.model.need import FIELDS, Need
from workshop_app.model.rating import Spread
from workshop_app.model.session import Goal
from workshop_app.model.summary import NeedRating
from workshop_app.model.support import supporting

EMPTY = dict.fromkeys(FIELDS, "")
WHOLE = EMPTY | {
    "route": "ordinary_procurement",
    "route_reason": "Finns att köpa",
    "owner": "Fastighetschef",
    "requirement_check": "mätning",
    "market_status": "meets_need",
}


def need(**fields: str) -> Need:
    return Need(id=1, number=1, status="draft", fields=EMPTY | fields, heap=None, version=1)


@pytest.mark.parametrize("route", rating.ROUTES)
def test_every_route_says_what_it_demands_and_every_demand_has_a_sentence(route: str) -> None:
    assert set(route_rules.DEMANDS[route]) <= set(route_rules.SENTENCES)
    assert "route_reason" in route_rules.DEMANDS[route]


def test_a_need_without_a_route_lacks_only_that() -> None:
    assert route_rules.lacking(EMPTY, 0) == [route_rules.NO_ROUTE]


@pytest.mark.parametrize("part", ["route_reason", "owner", "requirement_check", "market_status"])
def test_each_missing_part_is_told(part: str) -> None:
    assert route_rules.lacking(WHOLE, 1) == []
    assert route_rules.missing(WHOLE | {part: ""}, 1) == [part]


def test_a_market_not_looked_into_and_nobody_concerned_are_missing() -> None:
    assert route_rules.missing(WHOLE | {"market_status": "unknown"}, 0) == ["market_status", "stakeholders"]


def test_a_parked_need_asks_for_a_reason_and_a_date_alone() -> None:
    assert route_rules.missing(EMPTY | {"route": "parked"}, 0) == ["route_reason", "review_date"]


def test_an_empty_need_has_one_question_for_each_part_that_is_needed() -> None:
    empty = route_rules.before_ready(need(), "sv")
    written = need(
        title="Torra golv",
        who="Förskolebarn ett till fem år",
        function="röra sig på torrt golv",
        situation="när grupper kommer in från regn",
        effect="de kan leka utan att halka",
        requirement="golvet är torrt högst tio minuter efter att 20 barn kommit in",
    )
    left = route_rules.questions_left(written, "sv")
    assert [f.rule for f in left] == ["N12"], "only the evidence is missing"
    assert route_rules.before_ready(written, "sv") == 1
    assert empty > 5


@pytest.mark.parametrize(
    ("spread", "how", "left"),
    [
        (None, "nothing", 3),
        (Spread("risk"), "nothing", 3),
        (Spread("risk", waiting=1), "few", 2),
        (Spread("risk", dont_know=2), "few", 3),
        (Spread("risk", votes=(3, 3), median=3.0), "few", 1),
        (Spread("risk", votes=(3, 3, 4), median=3.0), "median", 0),
        (Spread("risk", votes=(1, 2, 3, 4, 5), median=3.0), "dots", 0),
        (Spread("risk", median=4.0), "given", 3),
    ],
)
def test_how_much_of_a_spread_is_shown(spread: Spread | None, how: str, left: int) -> None:
    assert route_rules.shown(spread) == how
    assert route_rules.still_to_answer(spread) == left


def test_votes_that_are_too_few_do_not_steer_the_suggestion() -> None:
    def hint(market: Spread) -> object:
        spreads = {"market_maturity": market, "innovation_space": Spread("innovation_space", median=5.0)}
        one = NeedRating(1, 1, spreads, {}, 0, 0)
        return route_rules.hint(need(owner="Chef"), one, "sv")

    assert hint(Spread("market_maturity", votes=(1, 1), median=1.0)) is None
    found = hint(Spread("market_maturity", votes=(1, 1, 1), median=1.0))
    assert getattr(found, "route", "") == "innovation_procurement"


def test_goals_and_needs_that_stand_without_the_other() -> None:
    goals = (Goal(1, "plan", "A"), Goal(2, "plan", "B"))
    one = replace(need(), goals=(1,))
    none, open_ = replace(need(), id=2, no_goal=True), replace(need(), id=3)
    found = coverage((one, none, open_), goals)
    assert found.untouched == (goals[1],) and found.uncovered == (open_,)
    assert dict(found.serving) == {1: 1}


def test_cards_that_use_the_same_words_support_a_part() -> None:
    cards = [
        (49, "Får in 60 barn till nästa höst"),
        (50, "Köp modulhus till förskolan direkt"),
        (51, "Bygglovet"),
    ]
    assert supporting("få förskoleplats nära hemmet", cards, "sv") == (50,)
    assert supporting("när antalet barn ökar", cards, "sv") == (49,)
    assert supporting("köp modulhus  till förskolan", cards, "sv") == (50,), "it holds all of it"
    assert supporting("", cards, "sv") == ()
    assert supporting("till i på", cards, "sv") == (), "small words say nothing"


def test_who_else_has_the_need_stands_among_the_reasons_with_how_it_is_known() -> None:
    spreads = {k: Spread(k, votes=(3, 3, 3), median=3.0) for k in ("market_maturity", "innovation_space")}
    rated = NeedRating(1, 1, spreads, {}, 0, 3)
    one = need(owner="IT-chef")

    def reasons(*more: int) -> str:
        found = route_rules.hint(one, rated, "sv", *more)
        assert found is not None
        return " ".join(found.reasons)

    assert "organisationer" not in reasons(1, 0) and "verkst" not in reasons(1, 0)
    assert "3 organisationer" in reasons(3, 0)
    assert "Andra verkstäder" in reasons(0, 1)
    assert "Andra verkstäder" not in reasons(2, 1), "organisations are known by name, so they are told"
    assert "2 organisationer" in " ".join(
        (route_rules.hint(replace(one, shared=("Ystad", "Sjöbo")), rated, "sv") or pytest.fail()).reasons
    )
