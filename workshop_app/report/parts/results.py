"""What came out: priorities, routes with owners, what was parked or moved, and goals."""

from collections import Counter

from workshop_app.model import rating
from workshop_app.model.need import Need
from workshop_app.model.rating import Spread
from workshop_app.report.charts import FieldWords, Point, WorthDoable
from workshop_app.report.document import (
    Block,
    Cell,
    Columns,
    Figure,
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
from workshop_app.report.parts import by_role
from workshop_app.report.parts.needs import criterion_heads, spread_cell
from workshop_app.report.parts.register import parked_before


def priorities(view: View) -> Section:
    """The field of worth and doable, what to talk more about, and every median with its spread; nothing is ranked."""
    lang = view.lang
    rated = [n for n in view.needs if n.id in view.summary.ratings]
    points = points_of(view)
    blocks: list[Block] = [Heading(lang("What is worth it, and what can be done?"), 1)]
    if not rated:
        blocks.append(Para(say(lang("The needs have not been rated.")), "lead"))
    else:
        intro = lang(
            "Medians of the participants' answers. The picture does not choose for you. "
            "The decision and its reasons stand under each need."
        )
        blocks.append(Para(say(intro), "lead"))
        talk = (*_talk(view), *_dots(view, rated))
        if points:
            figure = Figure(WorthDoable(points, words(view)), _alt(view, points), (_values(view, points),))
            blocks.append(Columns((figure,), talk, 0.55))
        else:
            blocks += talk
        blocks += [_table(view, rated), Para(say(_legend(view)), "note"), *by_role.blocks(view, rated)]
    voters = max((r.voters for r in view.summary.ratings.values()), default=0)
    people = len(view.summary.room.participants)
    right = (
        lang("{n} of {all} participants answered").format(n=voters, all=people) if voters and people else ""
    )
    return Section("priorities", lang("Priorities"), tuple(blocks), lang("Priorities"), right)


def points_of(view: View) -> tuple[Point, ...]:
    """The needs that have both values."""
    out = []
    for need in view.needs:
        found = view.summary.ratings.get(need.id)
        worth = rating.worth(found.spreads) if found else None
        doable = rating.doable(found.spreads) if found else None
        if worth is not None and doable is not None:
            out.append(Point(need.number, worth, doable))
    return tuple(out)


def words(view: View) -> FieldWords:
    """The words of the field in the view's language."""
    lang = view.lang
    return FieldWords(
        lang("Worth it"),
        lang("Doable"),
        lang("Worth more work"),
        lang("Start here"),
        lang("Rest"),
        lang("Do when it suits"),
    )


def _alt(view: View, points: tuple[Point, ...]) -> str:
    text = view.lang("Need {n}: worth {worth}, doable {doable}")
    return "; ".join(
        text.format(n=p.number, worth=view.figure(p.worth), doable=view.figure(p.doable)) for p in points
    )


def _values(view: View, points: tuple[Point, ...]) -> Table:
    rows = tuple(
        (
            Cell(say(str(p.number))),
            Cell(say(view.figure(p.worth))),
            Cell(say(view.figure(p.doable))),
        )
        for p in points
    )
    lang = view.lang
    return Table((lang("Need"), lang("Worth it"), lang("Doable")), rows, (0.4, 0.3, 0.3), frozenset((1, 2)))


def _talk(view: View) -> list[Block]:
    lang = view.lang
    blocks: list[Block] = [Heading(lang("Talk more about"), 3)]
    names = {c.key: c.name for c in rating.criteria(lang.code)}
    found: list[tuple[float, Block]] = []
    for need in view.needs:
        rated = view.summary.ratings.get(need.id)
        for key, spread in (rated.spreads if rated else {}).items():
            if spread.flagged:
                head = lang("Need {n}, {criterion}.").format(n=need.number, criterion=names[key].lower())
                wide = (spread.upper or 0) - (spread.lower or 0)
                found.append((-wide, Para((*say(f"{head} ", bold=True), *say(_apart(view, spread))))))
    blocks += [block for _, block in sorted(found, key=lambda pair: pair[0])]
    if not found:
        blocks.append(Para(say(lang("No answers lie far apart."))))
    decided = [n for n in view.needs if n.status in ("decided", "closed")]
    blocks.append(Heading(lang("Decided in the room"), 3))
    if decided:
        names_of = [
            lang("Need {n}: {route}.").format(
                n=n.number, route=rating.route_label(n.fields["route"], n.fields["route_kind"], lang.code)
            )
            for n in decided
        ]
        blocks.append(Para(say(" ".join(names_of))))
    else:
        blocks.append(Para(say(lang("Nothing is decided yet."))))
    return blocks


def _apart(view: View, spread: Spread) -> str:
    lang, parts = view.lang, []
    if spread.votes:
        parts.append(
            lang("The answers go from {low} to {high}.").format(low=min(spread.votes), high=max(spread.votes))
        )
    groups = [(role, middle) for role, _, middle in spread.groups if view.summary.room.role_shown(role)]
    if len(groups) > 1 and max(m for _, m in groups) - min(m for _, m in groups) >= 2:
        shown = ", ".join(f"{role} {view.figure(middle)}" for role, middle in groups)
        parts.append(lang("Medians: {groups}.").format(groups=shown))
    return " ".join(parts)


def _table(view: View, rated: list[Need]) -> Table:
    rows = tuple(
        (
            Cell(say(need.title, bold=True), number=str(need.number)),
            *(spread_cell(view, view.summary.ratings[need.id], key) for key in rating.CRITERIA),
        )
        for need in rated
    )
    head = ("", *criterion_heads(view).values())
    return Table(head, rows, (0.28, *(0.12,) * 6), frozenset(range(1, 7)))


def _legend(view: View) -> str:
    return view.lang(
        "The line is the median on the scale 1 to 5, the field shows where half of the answers lie. "
        "Under it the number of answers. Amber: a spread of 2 or more. High risk is worse."
    )


def _dots(view: View, rated: list[Need]) -> list[Block]:
    lang = view.lang
    dots = {n.number: view.summary.ratings[n.id].dots for n in rated}
    if not any(dots.values()):
        return []
    shown = sorted(dots, key=lambda n: (-dots[n], n))
    text = " · ".join(
        lang("Need {n}: {dots}").format(n=n, dots=dots[n]).replace(" ", "\u00a0") for n in shown if dots[n]
    )
    note = lang("Three dots each, counted apart from the scales.")
    came: Counter[str] = Counter()
    for need in rated:
        came.update(view.summary.ratings[need.id].dots_by_source)
    return [Heading(lang("Dots"), 3), Para(say(f"{text}{view.by_source(came)}. {note}"))]


def parked(view: View) -> Section:
    """Needs that go elsewhere or wait, and cards that were parked: visibly, with recipient, reason and date."""
    lang, missing = view.lang, view.lang("missing")
    title = lang("Parked and moved")
    blocks: list[Block] = [
        Heading(title, 1),
        Para(say(lang("Not everything belongs in this work. Here is where the rest goes.")), "lead"),
    ]
    rows = []
    for need in view.needs:
        f = need.fields
        if f["route"] not in ("other_process", "parked"):
            continue
        to = typed(f["other_process"], missing) if f["route"] == "other_process" else say(lang("Parked"))
        reason = () if view.open else (Cell(typed(f["route_reason"], missing)),)
        rows.append(
            (
                Cell(say(need.title, bold=True), number=str(need.number)),
                Cell(to),
                *reason,
                Cell(typed(view.day(f["review_date"] or f["needed_by"]), missing)),
            )
        )
    blocks.append(Heading(lang("Needs")))
    if rows:
        own = () if view.open else (lang("Reason"),)
        widths = (0.45, 0.38, 0.17) if view.open else (0.3, 0.22, 0.33, 0.15)
        blocks.append(Table((lang("Need"), lang("Goes to"), *own, lang("Date")), tuple(rows), widths))
    else:
        blocks.append(Para(say(lang("No need is parked or moved."))))
    blocks.append(Heading(lang("Cards")))
    cards = view.summary.board.parked
    if cards:
        points: list[Text] = [
            (
                *say(lang("Card {number}").format(number=c.number), bold=True),
                *(say(": ") + verbatim(why) if (why := view.reason(c.reason)) else ()),
            )
            for c in sorted(cards, key=lambda c: c.number)
        ]
        blocks += [Listing(tuple(points)), Para(say(lang("Their texts stand in appendix 2.")), "note")]
    else:
        blocks.append(Para(say(lang("No card is parked."))))
    blocks += parked_before(view)
    return Section("parked", title, tuple(blocks), title, view.summary.format_name, fresh=False)


def goals(view: View) -> Section:
    """Decided goals against needs: which goals nobody spoke to and which needs no goal covers."""
    lang, summary = view.lang, view.summary
    title = lang("Goals and needs")
    blocks: list[Block] = [Heading(title, 1)]
    served = {g.id: [n.number for n in view.needs if g.id in n.goals] for g in summary.goals}
    if summary.goals:
        rows = tuple(
            (
                Cell(verbatim(goal.title)),
                Cell(verbatim(goal.source)),
                Cell(say(", ".join(map(str, served[goal.id])) or lang("nobody spoke of it"))),
            )
            for goal in summary.goals
        )
        blocks.append(Table((lang("Goal"), lang("Decided in"), lang("Needs")), rows, (0.52, 0.26, 0.22)))
        silent = [g.title for g in summary.goals if not served[g.id]]
        blocks.append(Heading(lang("Goals nobody spoke of"), 3))
        blocks.append(
            Listing(tuple(verbatim(one) for one in silent))
            if silent
            else Para(say(lang("None: every goal has at least one need.")))
        )
    else:
        blocks.append(Para(say(lang("No goals were loaded."))))
    bare = [n for n in view.needs if not n.goals]
    blocks.append(Heading(lang("Needs that no goal covers"), 3))
    blocks.append(
        Listing(tuple(say(f"{n.number}. {n.title}") for n in bare))
        if bare
        else Para(say(lang("None: every need serves a goal.")))
    )
    return Section("goals", title, tuple(blocks), title, summary.format_name, fresh=False)
