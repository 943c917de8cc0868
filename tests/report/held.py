"""Workshops of every format as real session files: joined, answered at every step, and kept in the words of a leader."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from tests.finished import invited
from workshop_app import actions
from workshop_app.formats import Field, Step, formats
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

WORDS = (
    "Vi får veta för sent när behovet ändras",
    "Ingen äger frågan mellan enheterna",
    "Det fungerar när samma person är med hela vägen",
    "Frågan ställs först när avtalet redan löper ut",
)
COMPANY = "Exempelbolaget Nordljus AB"


def held(
    path: Path, format_id: str, people: int = 9, *, language: str = "sv", keep: bool = True
) -> SessionFile:
    """A workshop that `people` have answered to the end; `keep` has the leader keep rows at each step that keeps any."""
    form = formats()[format_id]
    file = actions.session.create(
        path, format_id=format_id, title=f"{form.name.get(language)} i Påhittade kommunen", language=language,
        question="Hur får fler hjälp i tid?", place="Exempelstad", date="2026-10-01",
    )  # fmt: skip
    invited(file)
    if any(step.items == "paragraphs" for step in form.steps):
        actions.do(
            file, actions.comment_round.set_draft, paragraphs=["Golvet är torrt.", "Inom tio minuter."]
        )
    keys = count(1)
    for n in range(1, people + 1):
        given = {
            "role": form.roles[n % min(len(form.roles), 3)].label.get(language) if form.roles else "Deltagare"
        }
        joined = {f.name for f in form.join}
        own = {k: v for k, v in _fields(form.lobby, n % 3, ()).items() if k not in joined}
        given |= {"organisation": COMPANY, "relation": "use"} | own
        actions.do(
            file,
            actions.ask.join,
            by="phone",
            participant=f"p{n}",
            fields=given,
            language=language,
            key=f"j{n}",
        )
    for step in form.steps[1:]:
        if step.kind == "formulate" or (step.kind == "survey" and any(f.per == "need" for f in step.fields)):
            _need(file)
        if step.kind not in ("questions", "survey", "close", "ask"):
            continue
        _go(file, step.id)
        for n in range(1, people + 1):
            if fields := _fields(
                step, n, [i.value for i in queries.items(file, step.id)], queries.needs(file)
            ):
                actions.do(
                    file, actions.ask.receive, by="phone", step=step.id, participant=f"p{n}", fields=fields,
                    language=language, key=f"a{next(keys)}",
                )  # fmt: skip
        if keep and step.keeps and any(not f.per for f in step.fields):
            for n in range(min(step.keeps, 3)):
                _keep(file, step, n)
    if keep and form.lobby.keeps:
        _keep(file, form.lobby, 0)
    return file


def _go(file: SessionFile, step: str) -> None:
    actions.do(file, actions.agenda.go_to, by="leader", step=step)


def _keep(file: SessionFile, step: Step, n: int) -> None:
    items = [i.value for i in queries.items(file, step.id)]
    joined = {f.name for f in formats()[queries.session(file).format_id].join}
    fields = {f.name: str(_value(f, n, items)) for f in step.fields if not f.per and f.name not in joined}
    actions.do(file, actions.outcome.keep, by="leader", step=step.id, fields=fields)


def _need(file: SessionFile) -> None:
    if queries.needs(file):
        return
    made = actions.do(file, actions.need.new_need, by="leader", title="Hjälp i tid")
    actions.do(
        file, actions.need.set_fields, by="leader", need=made, who="äldre som bor ensamma",
        function="få hjälp samma dag", situation="när något händer hemma", effect="de kan bo kvar",
        requirement="Hjälp är på plats inom tre timmar",
    )  # fmt: skip


def _fields(step: Step, n: int, items: Any, needs: Any = ()) -> Mapping[str, Any]:
    out: dict[str, Any] = {}
    for field in step.fields:
        if field.per == "item":
            chosen = items if field.type != "dots" else items[:2]
            out |= {f"{field.name}@{i}": _value(field, n + place, items) for place, i in enumerate(chosen)}
        elif field.per == "need":
            out |= {f"{field.name}@{need.id}": _value(field, n, ()) for need in needs}
        elif not field.per and not field.shown_if:
            out[field.name] = _value(field, n, items or [str(need.id) for need in needs])
    return out


def _value(field: Field, n: int, items: Any) -> Any:
    match field.type:
        case "s5":
            return "dk" if n % 7 == 6 else str(1 + n * n % 5)
        case "one":
            known = [c.value for c in field.choices] or list(items)
            return known[n % len(known)] if known else ""
        case "many":
            known = [c.value for c in field.choices] or list(items)
            return [known[n % len(known)], known[(n + 1) % len(known)]] if known else []
        case "bool":
            return "1"
        case "int":
            return str(10 + n)
        case "dots":
            return "1"
        case _:
            return f"{WORDS[n % len(WORDS)]} ({n})"[: field.limit or 60]
