"""The verbs: the only way anything in a session file changes."""

from workshop_app.actions import (
    agenda,
    ask,
<<<<<<< HEAD
    fast_sort,
=======
>>>>>>> board
    goals,
    group,
    need,
    own,
<<<<<<< HEAD
    paper_piles,
    rate,
    route,
    session,
    sort,
    suggest,
    transfer,
)
from workshop_app.actions.action import LEADER, PHONE, Action, all_actions, do, perform, post
=======
    piles,
    rate,
    route,
    session,
    suggest,
    transfer,
)
from workshop_app.actions.action import LEADER, PHONE, Action, all_actions, do, perform
>>>>>>> board

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
<<<<<<< HEAD
    "post",
=======
    "piles",
>>>>>>> board
    "rate",
    "route",
    "session",
    "sort",
    "suggest",
    "transfer",
]
