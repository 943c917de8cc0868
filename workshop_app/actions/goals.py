"""Goals decided elsewhere, and which needs serve them."""

from collections.abc import Sequence

from workshop_app.actions.action import action
from workshop_app.actions.need import need_row
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

VOTED = N_("Needs or people point at this goal, so it stays. Take the links away first.")


@action(N_("Add goals"))
def add_goals(tx: Transaction, *, titles: Sequence[str], source: str = "") -> list[int]:
    """Adds goals of one source (an agenda, a plan); one that is already there is not added twice. Returns all ids."""
    out = []
    for title in (t.strip() for t in titles):
        if title:
            known = tx.rows("goal", source=source.strip(), title=title)
            out.append(
                known[0]["id"] if known else tx.insert("goal", {"source": source.strip(), "title": title})
            )
    return out


@action(N_("Remove the goal"))
def remove_goal(tx: Transaction, *, goal: int) -> None:
    """Removes a goal that no need serves."""
    if tx.rows("need_goal", goal_id=goal) or tx.rows("goal_vote", goal_id=goal):
        raise Refused(VOTED)
    tx.delete("goal", id=goal)


@action(N_("Link to goals"))
def set_goals(tx: Transaction, *, need: int, goals: Sequence[int]) -> None:
    """The goals that a need serves, as the leader and the room agree."""
    need_row(tx, need)
    tx.delete("need_goal", need_id=need)
    for goal in dict.fromkeys(goals):
        if tx.row("goal", goal):
            tx.insert("need_goal", {"need_id": need, "goal_id": goal})
    if goals:
        tx.update("need", need, {"no_goal": 0})


@action(N_("Serves none of the goals"))
def set_no_goal(tx: Transaction, *, need: int, value: bool) -> None:
    """Says aloud that a need serves none of the goals; it is allowed, and listed."""
    need_row(tx, need)
    if value:
        tx.delete("need_goal", need_id=need)
    tx.update("need", need, {"no_goal": int(value)})
