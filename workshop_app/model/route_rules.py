"""What a need must have before its route is decided, and what the votes suggest: one place for desk, phones and actions."""

from collections.abc import Collection, Mapping

from workshop_app.i18n import N_
from workshop_app.model import lint, rating, statement
from workshop_app.model.lint import Finding
from workshop_app.model.need import Need
from workshop_app.model.rating import RouteHint, Spread
from workshop_app.model.summary import NeedRating

NO_ROUTE = N_("Choose a route first. There are five; “parked” is one of them.")
NO_KIND = N_(
    "Say which kind of innovation procurement: open requirements, or something that does not exist yet."
)
NO_REASON = N_("Write the reason for the route.")
NO_OWNER = N_("Write who owns the need, as a role. A need without an owner stops here.")
NO_PROCESS = N_("Write which process receives the need.")
NO_DATE = N_("Write when the parked need is taken up again.")
NO_CHECK = N_("Write how one checks that the function requirement is met.")
NO_MARKET = N_("Write what the market has, or that this is not a matter of buying.")
NO_STAKEHOLDERS = N_("Write whom the need concerns, and whether they were asked.")
NO_RISK_LIST = N_(
    "The risk is rated 4 or more. Write what can go wrong in the risk list under “Sheets”, at least one row, "
    "or a reason to decide without it."
)
ASK_RISKS = N_("The risk is rated 4 or more. What can go wrong, and who does what about it?")

# A need whose risk is rated so high is decided with a risk list, or with the rule set aside for a reason (METHOD 4.2).
RISK_RULE, RISKS = "R01", "risks"

# Three questions before innovation procurement (METHOD 4.2): field of the need -> question. Never demanded, always asked.
BALANCE: Mapping[str, str] = {
    "balance_need": N_("Does the basic need still get met meanwhile?"),
    "balance_means": N_("Do task, expectation and resources match?"),
    "balance_risk": N_("Who carries the risk?"),
}

# Asked before anything is bought (METHOD H11), whatever kind of procurement it is.
CAN_SPLIT = N_("Can the need be split, so that smaller suppliers can take part?")
BUYING = ("innovation_procurement", "ordinary_procurement")

# Room for innovation in each procedure, from little to much (METHOD 4.3): the procedure, and more about it. A reminder only.
ROOM_TITLE = N_("Room for innovation, from little to much")
ROOM_NOTE = N_(
    "How the need is written matters more than the procedure. "
    "This is for reference only: the purchaser and the lawyer decide."
)
ROOM = (
    (N_("Direct purchase or open procedure with detail requirements"), ""),
    (N_("Open or selective procedure with function requirements, variants allowed"), ""),
    (N_("Negotiated procedure"), ""),
    (N_("Competitive dialogue"), ""),
    (N_("Design contest"), ""),
    (
        N_("Innovation partnership"),
        N_("For what does not exist: stages, interim goals, several partners with development of their own"),
    ),
)

_SHARED = ("owner", "requirement_check", "market_status", "stakeholders")
# route -> what it demands before it is decided, the first thing to do first
DEMANDS: Mapping[str, tuple[str, ...]] = {
    "innovation_procurement": ("route_reason", "route_kind", *_SHARED),
    "ordinary_procurement": ("route_reason", *_SHARED),
    "internal_development": ("route_reason", *_SHARED),
    "other_process": ("route_reason", "other_process", *_SHARED),
    "parked": ("route_reason", "review_date"),
}
SENTENCES: Mapping[str, str] = {
    "route": NO_ROUTE,
    "route_kind": NO_KIND,
    "route_reason": NO_REASON,
    "owner": NO_OWNER,
    "other_process": NO_PROCESS,
    "review_date": NO_DATE,
    "requirement_check": NO_CHECK,
    "market_status": NO_MARKET,
    "stakeholders": NO_STAKEHOLDERS,
    RISKS: NO_RISK_LIST,
}


def owes_risks(risk: float | None, listed: int, waived: Collection[tuple[str, str]]) -> bool:
    """Whether a need asks for a risk list: `risk` is its shown median, `listed` how many rows the list has."""
    return risk is not None and risk >= rating.RISKY and not listed and (RISK_RULE, RISKS) not in waived


def missing(fields: Mapping[str, str], stakeholders: int, owes: bool = False) -> list[str]:
    """Which parts a need lacks for its route, as keys of SENTENCES; `stakeholders` is how many groups are noted.

    `owes`: what `owes_risks` says; a parked need waits without a risk list.
    """
    if not fields["route"]:
        return ["route"]
    has = {**fields, "stakeholders": "x" * stakeholders}
    if has["market_status"] == "unknown":
        has["market_status"] = ""
    risks = [RISKS] if owes and fields["route"] != "parked" else []
    return [part for part in DEMANDS.get(fields["route"], ()) if not has[part]] + risks


def lacking(fields: Mapping[str, str], stakeholders: int, owes: bool = False) -> list[str]:
    """What a need lacks before its route can be decided, as msgids, the first thing to do first."""
    return [SENTENCES[part] for part in missing(fields, stakeholders, owes)]


def empty_parts(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Which parts must still be written before a need can be ready, as keys of FIELDS."""
    return (*statement.missing(fields), *(() if fields["requirement"] else ("requirement",)))


def questions_left(need: Need, language: str, asked_in: str = "") -> tuple[Finding, ...]:
    """The questions that stop a need from being ready: of error kind, neither answered nor waived."""
    waived = {(w.rule, w.field) for w in need.waivers}
    found = lint.lint_need(need.lint_fields(), language, asked_in)
    return tuple(f for f in found if f.severity == "error" and (f.rule, f.field) not in waived)


def before_ready(need: Need, language: str) -> int:
    """How many questions stand between a need and "ready": errors, and parts that are still empty."""
    left = {f.field for f in questions_left(need, language)}
    parts = {p for p in (*empty_parts(need.fields), *(() if need.title else ("title",))) if p not in left}
    return len(questions_left(need, language)) + len(parts)


def shown(spread: Spread | None) -> str:
    """How much of a spread may be shown: "nothing" yet, "few" (a count alone), "median", "dots", or "given".

    "given" is a median that came with an imported session, without votes.
    """
    if spread is None or (not spread.votes and spread.median is None):
        return "few" if spread is not None and (spread.waiting or spread.dont_know) else "nothing"
    if not spread.votes:
        return "given"
    if len(spread.votes) < rating.SHOW_FROM:
        return "few"
    return "dots" if len(spread.votes) >= rating.DOTS_FROM else "median"


def still_to_answer(spread: Spread | None) -> int:
    """How many more must answer before anything is shown."""
    return max(rating.SHOW_FROM - (len(spread.votes) + spread.waiting if spread else 0), 0)


def shown_spreads(one: NeedRating | None) -> Mapping[str, Spread]:
    """The criteria of a need that may be shown; what fewer than three answered is left out."""
    if one is None:
        return {}
    return {key: s for key, s in one.spreads.items() if shown(s) in ("median", "dots", "given")}


def hint(
    need: Need, one: NeedRating | None, code: str, organisations: int = 0, elsewhere: int = 0
) -> RouteHint | None:
    """The route that a need's own votes and texts suggest, in words of language `code`; None while there is nothing to go by.

    `organisations` is how many the voices behind it come from, `elsewhere` how many other workshops had the same need.
    """
    spreads = shown_spreads(one)
    middle = {key: s.median for key, s in spreads.items()}
    return rating.suggest_route(
        middle.get("market_maturity"),
        middle.get("innovation_space"),
        feasibility=middle.get("feasibility"),
        risk=middle.get("risk"),
        has_owner=bool(need.fields["owner"]),
        market_status=need.fields["market_status"] or "unknown",
        language=code,
        organisations=max(len(need.shared), organisations, 1),
        elsewhere=elsewhere,
    )
