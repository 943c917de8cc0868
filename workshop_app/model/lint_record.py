"""What the lint asks about a need's record: its evidence (N12), and its route, market, owner and dates (N14)."""

from collections.abc import Iterator, Mapping, Sequence

from workshop_app.i18n import N_

Hit = tuple[str, str, str, str, int, str]  # rule, severity, field, match, start, question as msgid

_NO_EVIDENCE = N_("Which challenges show this?")
_NO_REASON = N_("Why this route?")
_NO_OWNER = N_("Who takes this on?")
_NO_REVIEW = N_("When do we look at it again?")
_NO_RECIPIENT = N_("Who receives it, and in which process?")
_NOT_BUYING = N_("Is this a matter of buying?")
_MARKS = " \t\n.,;:!?…\"'”“»«()-–—"


def plain_text(value: object) -> str:
    """A field's value as text, whatever it came as."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        return ", ".join(t for t in map(plain_text, value.values()) if t)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(t for t in map(plain_text, value) if t)
    return str(value)


def evidence(given: object, note: str) -> Iterator[Hit]:
    """N12: no challenge linked, or all from one role without a note."""
    linked = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else []
    if not linked:
        yield "N12", "error", "evidence", "", -1, _NO_EVIDENCE
        return
    roles = [
        plain_text(e.get("by_role")).strip().casefold() if isinstance(e, Mapping) else "" for e in linked
    ]
    if all(roles) and len(set(roles)) == 1 and not note.strip():
        yield "N12", "warn", "evidence", "", -1, ""


def route(text: Mapping[str, str]) -> Iterator[Hit]:
    """N14: the route against the market, the reason, the recipient, the owner and the date."""
    chosen, market = text["route"].strip(), text["market_status"].strip()
    if not chosen:
        return
    buying = chosen in ("innovation_procurement", "ordinary_procurement")
    # Innovation-friendly procurement can apply to any purchase; only "of innovation" presumes that nothing meets the need.
    if chosen == "innovation_procurement" and market == "meets_need" and text["route_kind"] != "friendly":
        yield "N14", "error", "route", "", -1, ""
    elif buying and market == "not_applicable":
        yield "N14", "error", "route", "", -1, _NOT_BUYING
    elif chosen == "innovation_procurement" and market in ("", "unknown"):
        yield "N14", "warn", "market_status", "", -1, ""
    elif chosen == "ordinary_procurement" and market == "none_found":
        yield "N14", "warn", "route", "", -1, ""
    if not text["route_reason"].strip():
        yield "N14", "warn", "route_reason", "", -1, _NO_REASON
    if chosen == "other_process" and not text["other_process"].strip():
        yield "N14", "error", "other_process", "", -1, _NO_RECIPIENT
    if chosen == "parked":
        if not text["review_date"].strip():
            yield "N14", "warn", "review_date", "", -1, _NO_REVIEW
    elif not text["owner"].strip(_MARKS):
        yield "N14", "error", "owner", "", -1, _NO_OWNER
