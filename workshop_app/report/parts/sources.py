"""How everything came in: what was received by its source, to the last vote, and what was blacked out and why."""

from collections.abc import Sequence

from workshop_app.model.blackout import REASONS, Blackout
from workshop_app.model.board import Card
from workshop_app.model.dates import day_and_time
from workshop_app.model.summary import KINDS, SOURCES
from workshop_app.report.document import Block, Cell, Heading, Para, Table, say
from workshop_app.report.edition import View


def table(view: View) -> list[Block]:
    """Rows of what was received, a column for each source that was used, and sums; nothing in the open edition."""
    lang, came = view.lang, view.summary.came_in
    used = [source for source in SOURCES if any(by.get(source) for by in came.values())]
    if view.open or not used:
        return []
    heads = {
        "phone": lang("Phones"),
        "paper": lang("Paper"),
        "voice": lang("Said aloud"),
        "hands": lang("Hands"),
        "import": lang("From a file"),
    }
    names = {
        "card": lang("Cards"),
        "understood": lang("Answers to whether the question is understood"),
        "rating": lang("Ratings, one for each criterion"),
        "dot": lang("Dots"),
        "recognition": lang("Answers to whether the need is recognised"),
        "goal_vote": lang("Goals that were ticked"),
        "me_too": lang("Marks “true here too”"),
        "draft": lang("Drafts of needs from the tables"),
        "other": lang("Other answers, such as joining"),
    }
    rows = []
    for kind in KINDS:
        by = came.get(kind, {})
        if any(by.values()):
            counts = [by.get(source, 0) for source in used]
            cells = [Cell(say(str(n) if n else "–")) for n in counts]
            rows.append((Cell(say(names[kind])), *cells, Cell(say(str(sum(counts)), bold=True))))
    share = 0.58 / (len(used) + 1)
    head = (lang("Received"), *(heads[source] for source in used), lang("Sum"))
    numeric = frozenset(range(1, len(used) + 2))
    note = lang(
        "Everything that was received stands here once. Where the same phone has answered again, both are "
        "counted here and the last one in the results."
    )
    beside = traces(view, view.summary.blackouts)
    return [
        Heading(lang("How it came in"), 2),
        Table(head, tuple(rows), (0.42, *(share,) * (len(used) + 1)), numeric),
        Para(say(note), "note"),
        *([Para(say(f"{lang('In other answers than cards:')} {beside}."), "note")] if beside else []),
    ]


def blacked_out(view: View, card: Card) -> str:
    """The trace of what was blacked out in a card; "" when nothing was."""
    return traces(view, card.blackouts)


def traces(view: View, blackouts: Sequence[Blackout]) -> str:
    """What was blacked out: when, how many signs and why, in a row; "" for nothing."""
    lang = view.lang
    return "; ".join(
        ", ".join(
            (
                lang.plural("{n} sign blacked out", "{n} signs blacked out", one.signs),
                lang(REASONS.get(one.reason, one.reason)),
                day_and_time(one.at.astimezone(view.now.tzinfo).isoformat(), lang),
            )
        )
        for one in blackouts
    )
