"""The verbs: the only way anything in a session file changes."""

from workshop_app.actions import (
    agenda,
    ask,
    fast_sort,
    goals,
    group,
    need,
    own,
    paper_piles,
    rate,
    route,
    session,
    sort,
    suggest,
    transfer,
)
from workshop_app.actions.action import LEADER, PHONE, Action, all_actions, do, perform, post

__all__ = [
    "LEADER",
    "PHONE",
    "Action",
    "agenda",
    "all_actions",
    "ask",
    "do",
    "fast_sort",
    "goals",
    "group",
    "need",
    "own",
    "paper_piles",
    "perform",
    "post",
    "rate",
    "route",
    "session",
    "sort",
    "suggest",
    "transfer",
]
