"""The register: every need with its route, reason, receiver, owner, date and status, and what has changed since last time."""

from workshop_app.model import rating, register
from workshop_app.model.register import Entry
from workshop_app.model.route_rules import ROOM, ROOM_NOTE, ROOM_TITLE
from workshop_app.report.document import (
    Block,
    Cell,
    Heading,
    Listing,
    Para,
    Section,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed
from workshop_app.report.parts.lineage import happened_words


def routes(view: View) -> Section:
    """Every need on a row, the nearest date first, and what has changed since last time."""
    lang = view.lang
    title = lang("Routes, owners and dates")
    found = register.entries(view.needs, view.now.date())
    blocks: list[Block] = [Heading(title, 1)]
    if found:
        route = lang("Route") if view.open else lang("Route and reason")
        next_ = () if view.open else (lang("Next step"),)
        head = (lang("Need"), route, lang("Owner"), *next_, lang("Date"), lang("Status"))
        rows = tuple(_row(view, one) for one in found)
        widths = (0.26, 0.24, 0.22, 0.17, 0.11) if view.open else (0.2, 0.24, 0.17, 0.13, 0.15, 0.11)
        blocks.append(Table(head, rows, widths))
    else:
        blocks.append(Para(say(lang("No need has been written yet."))))
    if any(n.fields["route"] == "innovation_procurement" for n in view.needs):
        points = [f"{lang(name)}. {lang(more)}." if more else lang(name) for name, more in ROOM]
        blocks += [Heading(lang(ROOM_TITLE), 3), Para(say(lang(ROOM_NOTE)), "note")]
        blocks.append(Listing(tuple(say(point) for point in points)))
    blocks += _changed(view)
    return Section("routes", title, tuple(blocks), title, view.summary.format_name)


def _row(view: View, one: Entry) -> tuple[Cell, ...]:
    lang, missing, f = view.lang, view.lang("missing"), one.need.fields
    route = rating.route_label(f["route"], f["route_kind"], lang.code) or lang("No route chosen yet")
    reason = say(f"{route}. " if f["route_reason"] else route, bold=True) + verbatim(f["route_reason"])
    if f["other_process"]:
        reason += (*say(f". {lang('Receiver: ')}"), *verbatim(f["other_process"]))
    date = f["needed_by"] or f["review_date"] if one.due is None else one.due.isoformat()
    status = lang(rating.STATUS_LABELS.get(one.need.status, one.need.status))
    next_ = () if view.open else (Cell(typed(f["next_step"], missing)),)
    return (
        Cell(say(one.need.title, bold=True), number=str(one.need.number)),
        Cell(reason),
        Cell(typed(f["owner"], missing)),
        *next_,
        Cell(typed(view.day(date), missing), note=lang("overdue") if one.late else ""),
        Cell(say(status)),
    )


def _changed(view: View) -> list[Block]:
    """What has become of the needs that were brought from earlier."""
    brought = [n for n in view.needs if n.carried]
    if not brought or view.open:
        return []
    lang = view.lang
    points: list[Text] = []
    for need in brought:
        news = happened_words(view, need.happened[-1]) if need.happened else say(lang("nothing noted yet"))
        points.append((*say(f"{need.number}. "), *verbatim(need.title), *say(": "), *news))
    return [Heading(lang("What has changed since last time")), Listing(tuple(points))]


def parked_before(view: View) -> list[Block]:
    """Cards parked in earlier sessions, as references: no cards of this one."""
    cards = view.summary.parked_before
    if not cards or view.open:
        return []
    lang = view.lang
    points = [
        (
            *say(lang("Card {number}").format(number=c.number), bold=True),
            *say(", "),
            *verbatim(c.title),
            *say(f" {view.day(c.date)}: "),
            *verbatim(c.text),
            *(say(" – ") + verbatim(c.reason) if c.reason else ()),
        )
        for c in cards
    ]
    note = lang("They were counted in their own workshop and are no cards of this one.")
    return [Heading(lang("Parked in earlier workshops")), Listing(tuple(points)), Para(say(note), "note")]
