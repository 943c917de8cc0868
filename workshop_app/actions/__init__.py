"""The verbs: the only way anything in a session file changes."""

from workshop_app.actions import (
    agenda,
    ask,
    goals,
    group,
    need,
    outcome,
    own,
    rate,
    route,
    session,
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
    "goals",
    "group",
    "need",
    "outcome",
    "own",
    "perform",
    "post",
    "rate",
    "route",
    "session",
    "suggest",
    "transfer",
]
