"""How worth it and how doable each need is to each role, side by side (METHOD S39)."""

from collections.abc import Sequence

from workshop_app.model import rating
from workshop_app.model.need import Need
from workshop_app.model.rating import Spread
from workshop_app.report.document import Block, Cell, Heading, Para, Table, say
from workshop_app.report.edition import View

_MOST = 5  # roles beside each other on a page that stands


def blocks(view: View, rated: Sequence[Need]) -> list[Block]:
    """A row for each need, a column for each role that may be told apart; nothing where there are not two."""
    lang = view.lang
    found = {need.id: _roles(view, need) for need in rated}
    votes = {role: sum(role in by for by in found.values()) for by in found.values() for role in by}
    roles = sorted(votes, key=lambda role: (-votes[role], role))[:_MOST]
    if len(roles) < 2:
        return []
    rows = tuple(
        (
            Cell(say(need.title, bold=True), number=str(need.number)),
            *(Cell(say(_figures(view, found[need.id].get(role, {})))) for role in roles),
        )
        for need in rated
        if found[need.id]
    )
    share = 0.7 / len(roles)
    told = lang(
        "First figure: how much it is worth. Second: how doable it is. Both are medians from 1 to 5 within the role. "
        "Roles of fewer than three are left out."
    )
    table = Table(("", *roles), rows, (0.3, *(share,) * len(roles)), frozenset(range(1, len(roles) + 1)))
    return [Heading(lang("Role by role, side by side")), table, Para(say(told), "note")]


def _roles(view: View, need: Need) -> dict[str, dict[str, Spread]]:
    """Role -> criterion -> the median within that role."""
    out: dict[str, dict[str, Spread]] = {}
    for key, spread in view.summary.ratings[need.id].spreads.items():
        for role, _votes, middle in spread.groups:
            if view.summary.room.role_shown(role):
                out.setdefault(role, {})[key] = Spread(key, median=middle)
    return out


def _figures(view: View, spreads: dict[str, Spread]) -> str:
    both = (rating.worth(spreads), rating.doable(spreads))
    if both == (None, None):
        return "–"
    return " / ".join("–" if one is None else view.figure(one) for one in both)
