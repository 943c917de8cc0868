"""The verbs: the only way anything in a session file changes."""

from workshop_app.actions import (
    agenda,
    ask,
    blackout,
    goals,
    group,
    need,
    own,
    paper,
    rate,
    route,
    scribe,
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
    "blackout",
    "do",
    "goals",
    "group",
    "need",
    "own",
    "paper",
    "perform",
    "post",
    "rate",
    "route",
    "scribe",
    "session",
    "suggest",
    "transfer",
]
