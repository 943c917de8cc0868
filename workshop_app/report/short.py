"""Two papers made for themselves: a short summary for anybody, and the list of those who want to go on."""

from collections.abc import Sequence
from datetime import datetime

from workshop_app.i18n import Language
from workshop_app.model import rating, statement
from workshop_app.model.need import Need
from workshop_app.model.session import Contact
from workshop_app.model.summary import Summary
from workshop_app.report import content
from workshop_app.report.document import (
    Block,
    Cell,
    Document,
    Fact,
    Facts,
    Heading,
    Para,
    Run,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed
from workshop_app.report.parts import formats

KEYS = ("owner", "kept_where", "next_date")


def short(summary: Summary, lang: Language, now: datetime | None = None) -> Document:
    """What was asked, what was heard and what comes next, on a page or two. `summary` is of the open edition."""
    view = View(summary, lang, now or datetime.now().astimezone())
    title = lang("Short summary")
    blocks: list[Block] = [
        Heading(summary.session.title, 1),
        Para(verbatim(summary.session.question), "lead"),
        Facts(tuple(f for f in _about(view) if f.text), 3),
        *_heard(view),
        *([Heading(lang("The needs"))] if view.needs else []),
        *(block for need in view.needs for block in _need(view, need)),
        *_next(view),
    ]
    sections = [Section("short", title, tuple(blocks), title, summary.format_name)]
    if formats.has(view):
        sections += formats.sections(view)
    return content.framed(view, tuple(sections), title=title)


def _about(view: View) -> list[Fact]:
    lang, session, room = view.lang, view.summary.session, view.summary.room
    here = len(room.participants) or sum(r.people for r in room.roles)
    when = ", ".join(x for x in (session.place, view.day(session.date)) if x)
    return [
        Fact(lang("When and where"), say(when)),
        Fact(lang("Participants"), say(str(here) if here else "")),
        Fact(lang("Who was missing"), verbatim(", ".join(room.missing))),
    ]


def _heard(view: View) -> list[Block]:
    """How much came in, and the themes with how many cards each."""
    lang, board = view.lang, view.summary.board
    if not view.collects:
        return []
    received = view.summary.balance.received
    told = lang.plural("{n} challenge came in.", "{n} challenges came in.", received)
    blocks: list[Block] = [Heading(lang("What we heard")), Para(say(told))]
    if board.themes:
        rows = tuple(
            (Cell(verbatim(t.title)), Cell(say(str(t.cards))))
            for t in sorted(board.themes, key=lambda t: -t.cards)
        )
        blocks.append(Table((lang("Theme"), lang("Cards")), rows, (0.85, 0.15), frozenset((1,))))
    return blocks


def _need(view: View, need: Need) -> tuple[Block, Block]:
    """The sentence, and where it goes: no reason, no owner's notes."""
    lang, f = view.lang, need.fields
    route = rating.route_label(f["route"], f["route_kind"], lang.code) or lang("No route chosen yet")
    pieces = statement.parts(f, view.summary.session.language)
    words = tuple(Run(text, bold=kind in ("who", "function")) for kind, text in pieces)
    again = lang("Taken up again {day}.").format(day=view.day(f["review_date"])) if f["review_date"] else ""
    way = lang("Way on: {route}.").format(route=route)
    return (
        Para((*say(f"{need.number}. "), *words)),
        Para(say(f"{way} {again}".strip()), "note"),
    )


def _next(view: View) -> list[Block]:
    """Who owns the result, where it is kept, when it is taken up, and whom to ask."""
    lang, session = view.lang, view.summary.session
    names = (lang("Owner of the result"), lang("Where it is kept"), lang("Next date"))
    facts = [
        Fact(name, verbatim(view.day(session.settings.get(key, ""))))
        for name, key in zip(names, KEYS, strict=True)
    ]
    facts.append(Fact(lang("Contact for questions"), verbatim(session.contact_point)))
    shown = tuple(f for f in facts if f.text)
    return [Heading(lang("What happens next")), Facts(shown, 2)] if shown else []


def follow_up(
    people: Sequence[Contact], summary: Summary, lang: Language, now: datetime | None = None
) -> Document:
    """Those who asked to be part of what follows, by name: on a paper of its own, apart from every answer."""
    view = View(summary, lang, now or datetime.now().astimezone())
    title = lang("They want to be part of what follows")
    told = lang(
        "For the process leader alone. The names lie apart from the answers, and nothing here leads to what anybody wrote. "
        "Remove the list when it is no longer needed."
    )
    blocks: list[Block] = [Heading(title, 1), Para(say(told), "lead")]
    if people:
        none = lang("not given")
        rows = tuple((Cell(typed(p.name, none)), Cell(typed(p.contact, none))) for p in people)
        blocks.append(Table((lang("Name"), lang("How we reach them")), rows, (0.45, 0.55)))
    else:
        blocks.append(Para(say(lang("Nobody has left a name or a way to be reached."))))
    section = Section("follow_up", title, tuple(blocks), title, summary.format_name)
    return content.framed(view, (section,), title=title)
