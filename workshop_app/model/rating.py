"""Rating of needs: spread before median, worth and doable for the 2x2, and a suggested route with its reasons."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median, quantiles

from workshop_app import resources
from workshop_app.formats import SCALES
from workshop_app.i18n import N_, language
from workshop_app.model import few
from workshop_app.model.lint import Finding

CRITERIA = SCALES
SHOW_FROM = few.SHOW_FROM  # votes before anything is shown
RISKY = 4  # a median risk from which a risk list is needed before the decision
DOTS_FROM = 5  # votes before one dot a person is shown

ROUTE_LABELS: Mapping[str, str] = {
    "innovation_procurement": N_("Innovation procurement"),
    "ordinary_procurement": N_("Ordinary procurement"),
    "internal_development": N_("Internal development"),
    "other_process": N_("Another process"),
    "parked": N_("Parked"),
}
KIND_LABELS: Mapping[str, str] = {
    "friendly": N_("Innovation procurement, open requirements"),
    "of_innovation": N_("Innovation procurement, of what does not exist yet"),
}
STATUS_LABELS: Mapping[str, str] = {
    "wish": N_("Wish"),
    "draft": N_("Draft"),
    "ready": N_("Ready"),
    "anchored": N_("Anchored"),
    "decided": N_("Decided"),
    "closed": N_("Closed"),
}
MARKET_LABELS: Mapping[str, str] = {
    "unknown": N_("Not looked into yet"),
    "meets_need": N_("Something on the market meets the need"),
    "partly": N_("Something meets part of the need"),
    "none_found": N_("Nothing found that meets the need"),
    "not_applicable": N_("Not a matter of buying"),
}
ROUTES = tuple(ROUTE_LABELS)
ROUTE_KINDS = tuple(KIND_LABELS)
STATUSES = tuple(STATUS_LABELS)


@dataclass(frozen=True)
class Criterion:
    """One scale in one language; `anchors` are the words at 1, 3 and 5."""

    key: str
    name: str
    question: str
    anchors: Mapping[int, str]


@dataclass(frozen=True)
class Spread:
    """The votes on one criterion and how far apart they lie; quartiles are the inclusive ones of `statistics.quantiles`."""

    criterion: str
    votes: tuple[int, ...] = ()
    dont_know: int = 0
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    flagged: bool = False
    groups: tuple[
        tuple[str, int, float], ...
    ] = ()  # role group, votes, median; only groups that may be told apart (few.told_apart)
    waiting: int = 0  # how many have answered whose vote is not among those shown
    open: bool = False  # phones may still answer: the picture moves on three people at a time (few.picture)


@dataclass(frozen=True)
class RouteHint:
    """A suggested route; people choose. `reasons` are ready to show."""

    route: str
    kind: str
    reasons: tuple[str, ...]
    needs_risk_list: bool


@cache
def criteria(code: str) -> tuple[Criterion, ...]:
    """The six criteria with their words in one language, in the order of CRITERIA."""
    known = tomllib.loads(resources.text("method", "criteria.toml"))
    short = language(code).code
    return tuple(
        Criterion(
            key=key,
            name=known[key]["name"][short],
            question=known[key]["question"][short],
            anchors={int(level): words[short] for level, words in known[key]["anchors"].items()},
        )
        for key in CRITERIA
    )


def spread(criterion: str, votes: Sequence[tuple[int | None, str]]) -> Spread:
    """Median, quartiles and the flag "talk about this" for votes `(1..5 or None for don't know, role group)`.

    Flagged when half of the votes lie 2 steps or more apart (interquartile range), or the medians of two
    role groups do; groups below SHOW_FROM votes are left out so that nobody can be read out of the flag,
    and nothing is flagged before SHOW_FROM votes are in. The groups that are given out are those that leave nobody
    to be reckoned out.
    """
    known = sorted(value for value, _ in votes if value is not None)
    unknown = len(votes) - len(known)
    if not known:
        return Spread(criterion, dont_know=unknown)
    lower, upper = _quartiles(known)
    by_role: dict[str, list[int]] = {}
    for value, role in votes:
        if value is not None:
            by_role.setdefault(role, []).append(value)
    medians = [median(values) for values in by_role.values() if few.enough(len(values))]
    apart_from = few.told_apart({role: len(values) for role, values in by_role.items()})
    groups = tuple((role, len(by_role[role]), float(median(by_role[role]))) for role in sorted(apart_from))
    apart = upper - lower >= 2 or (len(medians) > 1 and max(medians) - min(medians) >= 2)
    return Spread(
        criterion,
        votes=tuple(known),
        dont_know=unknown,
        median=float(median(known)),
        lower=lower,
        upper=upper,
        flagged=apart and len(known) >= SHOW_FROM,
        groups=groups,
    )


def grouped(votes: Iterable[tuple[int | None, str]]) -> dict[str, tuple[int, ...]]:
    """Votes 1..5 of each group that has SHOW_FROM or more, and whose votes leave no few others to be worked out."""
    by_group: dict[str, list[int]] = {}
    for value, group in votes:
        if value is not None:
            by_group.setdefault(group, []).append(value)
    shown = {g: tuple(sorted(v)) for g, v in sorted(by_group.items()) if g and len(v) >= SHOW_FROM}
    rest = sum(map(len, by_group.values())) - sum(map(len, shown.values()))
    if shown and 0 < rest < SHOW_FROM:
        del shown[min(shown, key=lambda g: len(shown[g]))]  # all votes are shown too: what is left would tell
    return shown


def _quartiles(values: Sequence[int]) -> tuple[float, float]:
    if len(values) == 1:
        return float(values[0]), float(values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


def worth(spreads: Mapping[str, Spread]) -> float | None:
    """Median of benefit and anchoring, 1..5; None while one of them has no votes."""
    return _middle(_median(spreads, "benefit"), _median(spreads, "anchoring"))


def doable(spreads: Mapping[str, Spread]) -> float | None:
    """Median of feasibility and low risk (6 - risk), 1..5; None while one of them has no votes."""
    risk = _median(spreads, "risk")
    return _middle(_median(spreads, "feasibility"), None if risk is None else 6 - risk)


def _median(spreads: Mapping[str, Spread], criterion: str) -> float | None:
    found = spreads.get(criterion)
    return found.median if found else None


def _middle(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else float(median((one, other)))


_HIGH, _SOME, _LOW = "ready", "parts", "little"
_TABLE: Mapping[tuple[str, bool], tuple[str, str, str]] = {
    (_LOW, True): (
        "innovation_procurement",
        "of_innovation",
        N_("Little is known that meets the need, and the way is open."),
    ),
    (_LOW, False): (
        "internal_development",
        "",
        N_(
            "Little is known that meets the need, and the way is locked. Talk about what locks it; "
            "another process or parking may also fit."
        ),
    ),
    (_SOME, True): (
        "innovation_procurement",
        "friendly",
        N_("Parts exist and the way is open. Hold a dialogue meeting first."),
    ),
    (_SOME, False): (
        "ordinary_procurement",
        "",
        N_("Parts exist and the way is nearly given. Ask whether function requirements are possible."),
    ),
    (_HIGH, True): (
        "ordinary_procurement",
        "",
        N_("Ready solutions exist and the way is open. Ask with function requirements."),
    ),
    (_HIGH, False): ("ordinary_procurement", "", N_("Ready solutions exist and the way is given.")),
}
_CHOOSE = N_("Suggestion from market {market} and room {room}. You choose.")
_NOT_BUYING = N_("The market check says that this is not a matter of buying.")
_MARKET_MEETS = N_("The market check says that something already meets the need.")
_NO_OWNER = N_("No owner yet. Park it with a date until somebody has taken it on.")
_NO_MEANS = N_("Time, money, competence and owner are lacking. Park it with a date.")
_RISK = N_("The risk is rated {risk}. A risk list is needed before the decision.")
_JOINT = N_("The same need exists in {n} organisations. Think about working together.")
_ELSEWHERE = N_("Other workshops have had the same need. Ask them whether you can work together.")


def suggest_route(
    market_maturity: float | None,
    innovation_space: float | None,
    *,
    feasibility: float | None,
    risk: float | None,
    has_owner: bool,
    market_status: str,
    language: str,
    organisations: int = 1,
    elsewhere: int = 0,
) -> RouteHint | None:
    """A route from the medians of the two scales that do not rank, with the overrides of the method; None if nothing is rated.

    A median between two rows of the method's table goes to the middle row for the market (2.5 and 3.5 are
    "parts exist") and to the open side for the room (2.5 is open). `organisations` have the need, `elsewhere` counts
    other workshops that had it, whose organisations are not known.
    """
    lang = _language(language)
    rated = market_maturity is not None and innovation_space is not None
    buying = market_status != "not_applicable"
    if not rated and buying:
        return None
    reasons: list[str] = []
    route, kind = "internal_development", ""
    if not buying:
        reasons.append(lang(_NOT_BUYING))
    elif market_maturity is not None and innovation_space is not None:
        reasons.append(
            lang(_CHOOSE).format(
                market=_figure(market_maturity, lang.code), room=_figure(innovation_space, lang.code)
            )
        )
        level = _LOW if market_maturity <= 2 else _HIGH if market_maturity >= 4 else _SOME
        if market_status == "meets_need" and level != _HIGH:
            level = _HIGH
            reasons.append(lang(_MARKET_MEETS))
        route, kind, why = _TABLE[level, innovation_space > 2]
        reasons.append(lang(why))
    if feasibility is not None and feasibility <= 1:
        route, kind = "parked", ""
        reasons.append(lang(_NO_MEANS))
    elif not has_owner:
        route, kind = "parked", ""
        reasons.append(lang(_NO_OWNER))
    if organisations > 1:
        reasons.append(lang(_JOINT).format(n=organisations))
    elif elsewhere:
        reasons.append(lang(_ELSEWHERE))
    risky = risk is not None and risk >= RISKY
    if risk is not None and risky:
        reasons.append(lang(_RISK).format(risk=_figure(risk, lang.code)))
    return RouteHint(route, kind, tuple(reasons), risky)


_language = language  # `suggest_route` has an argument of that name


def _figure(value: float, code: str) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if code == "sv" else text


def route_label(route: str, kind: str, code: str) -> str:
    """The name of a route to show, with its kind when it is innovation procurement and a kind is chosen."""
    lang = language(code)
    if route == "innovation_procurement" and kind in KIND_LABELS:
        return lang(KIND_LABELS[kind])
    return lang(ROUTE_LABELS.get(route, ""))


def ready(findings: Iterable[Finding], waived: Collection[tuple[str, str]]) -> bool:
    """Whether a need may be marked as ready: every error is gone or waived, `waived` holding `(rule, field)`."""
    return all(f.severity != "error" or (f.rule, f.field) in waived for f in findings)
