"""Where the session stands in its project: what it builds on, and how many were left at each stage."""

from workshop_app.report.document import (
    Block,
    Cell,
    Fact,
    Facts,
    Heading,
    Para,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import INTERNAL, View, typed


def there_is(view: View) -> bool:
    """Whether there is anything to tell of a project. How many tendered is told in the registry's edition only."""
    told = view.summary.project
    return bool(told.name or told.follows or (told.stages and view.edition == INTERNAL))


def section(view: View) -> Section:
    """The project, the session before, the needs that came along, and the stages."""
    lang, told = view.lang, view.summary.project
    title = lang("The chain")
    brought = lang.plural("{n} need", "{n} needs", told.brought) if told.brought else ""
    facts = (
        Fact(lang("Project"), typed(told.name)),
        Fact(lang("Builds on"), typed(told.follows_title)),
        Fact(lang("Came along from earlier"), say(brought)),
    )
    shown = tuple(fact for fact in facts if fact.text)
    blocks: list[Block] = [Heading(title, 1), *([Facts(shown)] if shown else [])]
    if told.stages and view.edition == INTERNAL:
        rows = tuple((Cell(verbatim(s.title)), Cell(say(str(s.count)))) for s in told.stages)
        line = " → ".join(f"{s.count} {s.title.lower()}" for s in told.stages)
        blocks += [
            Heading(lang("How many were left")),
            Para(verbatim(line)),
            Table((lang("Stage"), lang("Count")), rows, (0.7, 0.3), frozenset({1})),
        ]
    return Section("chain", title, tuple(blocks), title, fresh=False)
