"""Goals decided elsewhere, and which needs serve them."""

from collections.abc import Sequence

from workshop_app import clustering
from workshop_app.actions.action import action
from workshop_app.actions.need import need_row
from workshop_app.i18n import N_
from workshop_app.model.goals import same
from workshop_app.model.need import Need
from workshop_app.model.session import Goal
from workshop_app.model.statement import statement
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

VOTED = N_("Needs or people point at this goal, so it stays. Take the links away first.")


@action(N_("Add goals"))
def add_goals(tx: Transaction, *, titles: Sequence[str], source: str = "") -> list[int]:
    """Adds goals of one source (an agenda, a plan); one that is already there is not added twice. Returns all ids."""
    known = {(row["source"], same(row["title"])): row["id"] for row in tx.rows("goal")}
    out = []
    for title in (t.strip() for t in titles):
        if title:
            key = (source.strip(), same(title))
            if key not in known:
                known[key] = tx.insert("goal", {"source": source.strip(), "title": title})
            out.append(known[key])
    return out


def suggested(needs: Sequence[Need], goals: Sequence[Goal], language: str) -> frozenset[tuple[int, int]]:
    """Which needs may serve which goals, as (need, goal), by the likeness of their words: to ask about, never to store."""
    worded = [n for n in needs if n.title or n.fields["function"]]
    said = [f"{n.title}. {statement(n.fields, language)}" for n in worded]
    pairs = clustering.matches(said, [g.title for g in goals])
    return frozenset((worded[need].id, goals[goal].id) for need, goal in pairs)


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
