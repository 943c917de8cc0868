"""What an action is: a plain function in one transaction, with a name for the journal and a label for Ctrl+Z."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import PHONE, Transaction, Work, settle

LEADER = "leader"

_registry: dict[str, "Action"] = {}

# What a journal line may hold: which things were touched, never what anybody wrote.
_TOLD = ("step", "status", "route", "rule", "field", "criterion", "value")


@dataclass(frozen=True)
class Action:
    """One verb. Call it with a transaction inside another action, or through `perform` on a file."""

    name: str
    label: str
    function: Callable[..., Any]
    undoable: bool
    noted: bool
    seals: bool = False

    def __call__(self, tx: Transaction, **kwargs: Any) -> Any:
        return self.function(tx, **kwargs)


def action(
    label: str, *, undoable: bool = True, noted: bool = True, seals: bool = False
) -> Callable[[Callable[..., Any]], Action]:
    """Makes a function an action. `label` is a msgid, shown as "Undo: …"; phones' and the program's own are
    not undoable, and what the program does for itself is not noted in the journal. `seals`: others have been told,
    so neither this nor anything before it can be taken back."""

    def make(function: Callable[..., Any]) -> Action:
        name = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        made = Action(name, label, function, undoable and not seals, noted, seals)
        _registry[name] = made
        return made

    return make


def all_actions() -> dict[str, Action]:
    """Every action by its name, for tests, menus and the documentation."""
    return dict(_registry)


def perform(
    file: SessionFile, verb: Action, /, *, by: str = LEADER, joins: str = "", **kwargs: Any
) -> Future:
    """Queues an action on a file; the future gives its result after the commit, or raises Trouble. `by`: who does it,
    `joins`: the edit that it is part of, so that one Ctrl+Z takes all of it back."""

    def work(tx: Transaction) -> Any:
        result = verb.function(tx, **kwargs)
        if verb.noted:
            tx.note(verb.name, **_detail(kwargs))
        return result

    if by == PHONE:
        future: Future = Future()
        file.post([(phones_job(verb, **kwargs), future)], settle)
        return future
    label = verb.label if by == LEADER and verb.undoable else None
    return file.submit(work, who=by, undo_label=label, alone=True, joins=joins, seals=verb.seals)


def phones_job(verb: Action, /, **kwargs: Any) -> Work:
    """A phone's action, as `perform` does it, for a file's `post` or `run_here`: many at once."""
    return lambda tx: verb.function(tx, **kwargs)


def do(file: SessionFile, verb: Action, /, *, by: str = LEADER, **kwargs: Any) -> Any:
    """`perform` and wait for the commit."""
    return perform(file, verb, by=by, **kwargs).result()


def _detail(kwargs: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in kwargs.items():
        is_id = isinstance(value, int) or (
            isinstance(value, list | tuple) and all(isinstance(v, int) for v in value)
        )
        if is_id or name in _TOLD:
            told[name] = value
        elif value:
            told.setdefault("fields", []).append(name)
    return told
