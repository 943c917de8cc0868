"""The words of a step's fields and choices, in the desk's language."""

from typing import TYPE_CHECKING

from workshop_app.formats import Field, Step
from workshop_app.model import statement
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge


def label(field: Field, code: str) -> str:
    """What a field is called."""
    return field.short.get(code) or field.label.get(code)


def kept_fields(bridge: "Bridge", step: Step) -> list[Field]:
    """The fields that a kept row has: what is asked once, without the join form's own questions."""
    join = {f.name for f in bridge.get(queries.format_of).join} if step.kind == "lobby" else set()
    return [
        f
        for f in step.fields
        if not f.per and not f.apart and f.shown_if in ("", "leader") and f.name not in join
    ]


def options(bridge: "Bridge", step: Step, field: Field) -> list[tuple[str, str]]:
    """What can be chosen in a field: (value, words)."""
    code, session = bridge.lang.code, bridge.get(queries.session)
    out = [(c.value, c.label.get(code)) for c in field.choices]
    if field.source == "items":
        return [(i.value, i.label) for i in bridge.get(queries.items, step.id, code)] + out
    if field.source == "needs":
        needs = [n for n in bridge.get(queries.needs) if n.merged_into is None]
        return [(str(n.id), n.title or statement.statement(n.fields, session.language)) for n in needs] + out
    if field.source == "goals":
        return [(str(g.id), g.title) for g in bridge.get(queries.goals)] + out
    if field.type == "bool":
        return [("1", bridge.lang("Yes")), ("0", bridge.lang("No"))]
    return out


def subjects(bridge: "Bridge", step: Step) -> dict[str, str]:
    """What a step asks about, by what stands after "@": items of its list, or needs."""
    out = {i.value: i.label for i in bridge.get(queries.items, step.id, bridge.lang.code)}
    if any(f.per == "need" for f in step.fields):
        session = bridge.get(queries.session)
        for need in bridge.get(queries.needs):
            if need.merged_into is None:
                out[str(need.id)] = need.title or statement.statement(need.fields, session.language)
    return out


def group_words(bridge: "Bridge", group: str) -> str:
    """A group as people call it: a choice of the join form, else a role as it was given."""
    lobby = bridge.get(queries.format_of).lobby
    named = {c.value: c.label.get(bridge.lang.code) for f in lobby.fields for c in f.choices}
    return named.get(group, group)
