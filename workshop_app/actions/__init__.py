"""The verbs: the only way anything in a session file changes."""

from workshop_app.actions import (
    agenda,
    ask,
    dialogue,
    goals,
    group,
    meeting,
    need,
    outcome,
    own,
    question_list,
    rate,
    route,
    session,
    suggest,
    transfer,
)
from workshop_app.actions.action import LEADER, PHONE, Action, all_actions, do, perform

__all__ = [
    "LEADER",
    "PHONE",
    "Action",
    "agenda",
    "all_actions",
    "ask",
    "dialogue",
    "do",
    "goals",
    "group",
    "meeting",
    "need",
    "outcome",
    "own",
    "perform",
    "question_list",
    "rate",
    "route",
    "session",
    "suggest",
    "transfer",
]
