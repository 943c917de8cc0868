"""Puts a Document together from a Summary: which parts there are, in which order, in which edition."""

from collections.abc import Callable, Collection
from datetime import datetime

from workshop_app.i18n import N_, Language, language
from workshop_app.model.summary import Summary
from workshop_app.report.document import Cover, Document, Section
from workshop_app.report.edition import View
from workshop_app.report.parts import (
    appendices,
    chain,
    dialogue,
    formats,
    front,
    needs,
    register,
    results,
    small_sheets,
    themes,
)

# What a reader can ask for, in the order of the print.
SECTIONS = {
    "cover": N_("Cover and question"),
    "contents": N_("Contents"),
    "method": N_("How it went"),
    "participants": N_("Who was here"),
    "chain": N_("The chain"),
    "outcome": N_("What came out"),
    "themes": N_("Themes"),
    "needs": N_("Needs, one page each"),
    "priorities": N_("Priorities"),
    "routes": N_("Routes, owners and dates"),
    "parked": N_("Parked and moved"),
    "goals": N_("Goals and needs"),
    "dialogue": N_("The dialogue with suppliers"),
    "sheets": N_("Sheets"),
    "questions": N_("Appendix 1, wordings of the question"),
    "cards": N_("Appendix 2, all cards"),
    "waivers": N_("Appendix 3, rules set aside with reasons"),
    "answers": N_("Appendix 4, other answers"),
    "notes": N_("Appendix 5, how to read this"),
    "balance": N_("The balance"),
}
NOT_IN_OPEN = frozenset(
    ("chain", "priorities", "sheets", "waivers", "answers")
)  # no ranking and no remarks among ourselves

_PARTS: dict[str, Callable[[View], Section]] = {
    "contents": front.contents,
    "method": front.method,
    "participants": front.participants,
    "chain": chain.section,
    "themes": themes.themes,
    "priorities": results.priorities,
    "routes": register.routes,
    "parked": results.parked,
    "goals": results.goals,
    "dialogue": dialogue.section,
    "questions": appendices.questions,
    "cards": appendices.cards,
    "waivers": appendices.waivers,
    "answers": appendices.answers,
    "notes": appendices.method,
    "balance": appendices.balance,
}


def offered(summary: Summary) -> tuple[str, ...]:
    """The keys of SECTIONS that a summary has in its edition: what its format asks for, and whatever there is."""
    return _offered(View(summary, language(summary.session.language), datetime.now().astimezone()))


def _offered(view: View) -> tuple[str, ...]:
    told, form = view.summary, view.format
    kinds = {s.kind for s in form.steps} if form else set()
    worded = form is None or bool(view.needs) or "formulate" in kinds
    there = {
        "outcome": formats.has(view),
        "themes": view.collects,
        "needs": worded,
        "priorities": form is None
        or "rate" in kinds
        or any(r.spreads or r.dots for r in told.ratings.values()),
        "routes": form is None or "route" in kinds or any(n.fields["route"] for n in view.needs),
        "parked": view.collects,
        "goals": form is None or bool(told.goals) or "goals" in kinds,
        "sheets": small_sheets.has(view),
        "cards": view.collects,
        "waivers": worded,
        "dialogue": dialogue.there_is(told),
        "chain": chain.there_is(view),
    }
    internal = told.edition in ("internal", "participants")
    return tuple(key for key in SECTIONS if there.get(key, True) and (internal or key not in NOT_IN_OPEN))


def document(
    summary: Summary, lang: Language, sections: Collection[str] | None = None, now: datetime | None = None
) -> Document:
    """The summary as a Document in one language; `sections` picks keys of SECTIONS, None means all of the edition."""
    view = View(summary, lang, now or datetime.now().astimezone())
    chosen = [key for key in _offered(view) if sections is None or key in sections]
    made: list[Section] = []
    for key in chosen:
        if key == "needs":
            made += needs.sections(view)
        elif key == "outcome":
            made += formats.sections(view)
        elif key == "sheets":
            made += small_sheets.sections(view)
        elif key != "cover":
            made.append(_PARTS[key](view))
    return framed(view, tuple(made), front.cover(view) if "cover" in chosen else None)


def sheet(
    summary: Summary, lang: Language, name: str, need: int | None = None, *, every: bool = False
) -> Document:
    """One small sheet alone, of a need or of the whole workshop, or `every` one of its kind; empty where none is written."""
    view = View(summary, lang, datetime.now().astimezone())
    return framed(view, tuple(small_sheets.alone(view, name, need, every)))


def framed(
    view: View, sections: tuple[Section, ...], cover: Cover | None = None, title: str = ""
) -> Document:
    """Sections in the frame that all paper of a session has: whose it is, which version, and where it stands."""
    summary, lang, session = view.summary, view.lang, view.summary.session
    state = lang("final") if view.final else lang("draft")
    where = " ".join(x for x in (session.place, view.day(session.date)) if x)
    fictional = lang("fictional") if session.fictional else ""
    facts = (lang("version {n}").format(n=session.version), state, fictional)
    return Document(
        title=f"{title}, {session.title}" if title else session.title,
        language=lang.code,
        cover=cover,
        sections=sections,
        foot_title=session.title,
        foot_where=where,
        foot_facts=" · ".join(x for x in facts if x),
        foot_right=lang("File {id}").format(id=view.file_id),
        page_words=lang("page {page} of {pages}"),
        subject=session.question,
        keywords=tuple(x for x in (summary.format_name, session.place, view.day(session.date)) if x),
    )
