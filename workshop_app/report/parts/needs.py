"""One page for each need, read along the red thread: what was said, the need, what it asks for, where it goes."""

from workshop_app.model import rating, statement
from workshop_app.model.need import Evidence, Need
from workshop_app.model.route_rules import BALANCE, CAN_SPLIT
from workshop_app.model.summary import NeedRating
from workshop_app.model.voices import CONFIRM, unconfirmed, voices
from workshop_app.report.charts import SpreadBar
from workshop_app.report.document import (
    Block,
    Cell,
    Fact,
    Facts,
    Heading,
    Para,
    Quote,
    Run,
    Rung,
    Section,
    Sentence,
    Table,
    Text,
    Thread,
    say,
    verbatim,
)
from workshop_app.report.edition import View, typed
from workshop_app.report.parts.lineage import happened_words, reference

MOST_QUOTES = 5


def sections(view: View) -> list[Section]:
    """A section for each need; the first one opens the part in the outline."""
    if not view.needs:
        nothing = Para(say(view.lang("No need has been written yet.")))
        title = view.lang("Needs, one page each")
        return [Section("needs", title, (Heading(title, 1), nothing), right=view.summary.format_name)]
    return [_page(view, need, n) for n, need in enumerate(view.needs, 1)]


def _page(view: View, need: Need, place: int) -> Section:
    lang = view.lang
    left = lang("Need {n} of {all}").format(n=need.number, all=len(view.needs))
    title = f"{need.number}. {need.title}"
    return Section(
        "needs",
        title,
        (Thread(tuple(_rungs(view, need))),),
        left,
        _theme_words(view, need),
        listed=place == 1,
        group=lang("Needs, one page each") if place == 1 else "",
        grouped=True,
    )


def _theme_words(view: View, need: Need) -> str:
    board = view.summary.board
    heap = board.heap(need.heap) if need.heap is not None else None
    found = heap.theme if heap else None
    if found is None:
        themes = [board.cards[e.card].theme for e in need.evidence if e.card in board.cards]
        known = [t for t in themes if t is not None]
        found = max(set(known), key=known.count) if known else None
    theme = board.theme(found) if found is not None else None
    if theme is None:
        return view.summary.format_name
    return view.lang("Theme {n}, {title}").format(n=theme.number, title=theme.title)


def _rungs(view: View, need: Need) -> list[Rung]:
    lang = view.lang
    out = [Rung((Para(say(lang("This is what you said")), "label"),), "none")]
    ranked = sorted(need.evidence, key=lambda e: (-e.me_too, e.card))
    for one in sorted(ranked[:MOST_QUOTES], key=lambda e: (-e.me_too, e.card)):
        out.append(Rung((Quote(one.text, _caption(view, one)),), "solid"))
    rest = sorted(e.card for e in ranked[MOST_QUOTES:])
    if rest:
        words = lang("More cards behind this need: {numbers}. Their texts stand in appendix 2.")
        out.append(Rung((Para(say(words.format(numbers=view.lang.listed(map(str, rest)))), "note"),), "none"))
    for before in need.carried:
        told = (*say(f"{lang('From an earlier workshop')}: ", bold=True), *reference(view, before))
        out.append(Rung((Para(told),), "solid"))
    if not need.evidence and not need.carried:
        out.append(Rung((Para(say(lang("No card has been picked for this need yet."))),), "none"))
    out += _voices(view, need)
    out.append(Rung((Heading(need.title or lang("No name yet"), 1), Sentence(_sentence(view, need)))))
    out.append(Rung(tuple(_requirement(view, need))))
    out.append(Rung((Facts(tuple(_around(view, need))), *_rated(view, need))))
    out.append(Rung(tuple(_route(view, need))))
    return out


def _caption(view: View, one: Evidence) -> str:
    lang = view.lang
    words = [view.card_words(one.card, one.role)]
    if one.me_too:
        words.append(lang.plural("true here too for {n} other", "true here too for {n} others", one.me_too))
    joined = sorted(c.number for c in view.summary.board.merged if c.merged_into == one.card)
    if joined:
        words.append(lang("joined with card {numbers}").format(numbers=view.lang.listed(map(str, joined))))
    if one.receipt:
        words.append(lang("receipt {code}").format(code=one.receipt))
    return " · ".join(words)


def _sentence(view: View, need: Need) -> Text:
    pieces = statement.parts(need.fields, view.summary.session.language)
    return tuple(Run(text, bold=kind in ("who", "function")) for kind, text in pieces)


def _requirement(view: View, need: Need) -> list[Block]:
    lang, f = view.lang, need.fields
    blocks: list[Block] = [Heading(lang("Function requirement"), 3)]
    missing = lang("Not written yet.")
    blocks.append(Para(typed(f["requirement"], missing), "lead"))
    if f["requirement_check"]:
        words = (*say(lang("How it is checked: ")), *verbatim(f["requirement_check"]))
        blocks.append(Para(words))
    measured = [
        (lang("Measure"), f["measure"]),
        (lang("Today"), f["today"]),
        (lang("Target"), f["target"]),
        (lang("When it is measured"), f["measured_when"]),
    ]
    shown = [(name, text) for name, text in measured if text]
    if shown:
        unit = f" {f['unit']}" if f["unit"] else ""
        figures = (lang("Today"), lang("Target"))
        facts = [Fact(n, verbatim(t + (unit if n in figures else ""))) for n, t in shown]
        blocks.append(Facts(tuple(facts), len(facts)))
    return blocks


def _around(view: View, need: Need) -> list[Fact]:
    lang, f = view.lang, need.fields
    facts = []
    if f["wish"]:
        facts.append(Fact(lang("The wish it came from"), verbatim(f["wish"])))
    facts.append(Fact(lang("Affected"), _affected(view, need)))
    facts.append(Fact(lang("Is it on the market?"), _market(view, need)))
    facts.append(Fact(lang("Do you recognise your daily work?"), _recognised(view, need)))
    goals = [g.title for g in view.summary.goals if g.id in need.goals]
    facts.append(Fact(lang("Goals it serves"), verbatim("; ".join(goals)) or say(_no_goal(view, need))))
    if f["evidence_note"]:
        facts.append(Fact(lang("Evidence besides the cards"), verbatim(f["evidence_note"])))
    if need.waivers:
        text = "; ".join(f"{w.rule}: {w.reason}" for w in need.waivers)
        facts.append(Fact(lang("Kept although the rule asks"), verbatim(text)))
    return facts


def _voices(view: View, need: Need) -> list[Rung]:
    """Whose voice is in the need and whose is missing, in a line or two under what they said."""
    lang, found = view.lang, voices(need, view.summary.board, view.summary.room)
    heard, whom = found.heard(lang), "" if view.open else found.for_whom()
    missing = found.not_heard(lang, {s.group for s in need.stakeholders})  # these stand under "Affected"
    told = (
        *(say(lang("Voices: {roles}.").format(roles=heard) + " ") if heard else ()),
        *(say(lang("They speak of: {whom}.").format(whom=whom) + " ") if whom else ()),
        *(say(lang("Missing: {groups}.").format(groups=missing)) if missing else ()),
    )
    return [Rung((Para(told, "note"),), "none")] if told else []


def _no_goal(view: View, need: Need) -> str:
    if need.no_goal:
        return view.lang("No decided goal, said in the room.")
    return view.lang("None ticked.")


def _affected(view: View, need: Need) -> Text:
    lang = view.lang
    groups = need.stakeholders
    if not groups:
        return say(lang("Nobody noted yet."))
    text = verbatim(", ".join(s.group for s in groups)) + say(". ")
    silent = [s.group for s in groups if s.consulted != "yes"]
    if silent:
        text += (
            *say(lang("Not heard yet: "), bold=True),
            *verbatim(f"{view.lang.listed(silent)}.", bold=True),
        )
    return text


def _market(view: View, need: Need) -> Text:
    lang, f = view.lang, need.fields
    text = say(f"{lang(rating.MARKET_LABELS.get(f['market_status'] or 'unknown', ''))}. ")
    if f["market_note"]:
        text += verbatim(f"{f['market_note']} ")
    source = ", ".join(x for x in (f["market_source"], view.day(f["market_checked_on"])) if x)
    return (*text, *say(lang("Checked: ")), *verbatim(source)) if source else text


def _recognised(view: View, need: Need) -> Text:
    seen = need.recognition
    shown = seen.yes + seen.almost + seen.no
    if seen.waiting and not shown:
        few = view.lang("Fewer than three have answered, so it is not shown.")
        return say(view.lang("Phones can still answer, so it is not shown yet.") if seen.open else few)
    if not shown:
        return say(view.lang("Nobody has answered yet."))
    words = view.lang("Yes {yes}, almost {almost}, no {no}")
    told = words.format(yes=seen.yes, almost=seen.almost, no=seen.no)
    groups = [
        f"{view.relation(relation)} {words.format(yes=yes, almost=almost, no=no).lower()}"
        for relation, (yes, almost, no) in seen.per_relation.items()
    ]
    waiting = [] if view.open else [view.lang(CONFIRM[key]) for key in unconfirmed(need, view.summary.room)]
    if waiting:
        groups.append(view.lang("Not confirmed yet by {groups}").format(groups=view.lang.listed(waiting)))
    if seen.waiting:
        behind = view.lang("{n} have answered, the picture shows {m}.")
        groups.append(behind.format(n=shown + seen.waiting, m=shown).rstrip("."))
    return say(". ".join((told + view.by_source(seen.by_source), *groups)))


def _rated(view: View, need: Need) -> list[Block]:
    found = view.summary.ratings.get(need.id)
    if view.open or found is None or not any(s.median is not None for s in found.spreads.values()):
        return []
    title = view.lang("How you rated it: median, field for half of the answers, number of answers")
    head = tuple(criterion_heads(view).values())
    row = tuple(spread_cell(view, found, key) for key in rating.CRITERIA)
    share = 1 / len(head)
    table = Table(head, (row,), (share,) * len(head), frozenset(range(len(head))))
    return [Para(say(title + view.by_source(found.by_source)), "label"), table]


def criterion_heads(view: View) -> dict[str, str]:
    """The names of the criteria short enough for a narrow column, in their order."""
    lang = view.lang
    return {
        "benefit": lang("Benefit"),
        "anchoring": lang("Anchoring"),
        "feasibility": lang("Feasible"),
        "risk": lang("Risk"),
        "market_maturity": lang("Market"),
        "innovation_space": lang("Room"),
    }


def spread_cell(view: View, found: NeedRating, criterion: str) -> Cell:
    """The median with its bar, how many answered, how many do not know, and round 1 where there was a second."""
    lang, spread = view.lang, found.spreads.get(criterion)
    if spread is None or (spread.median is None and not spread.dont_know and not spread.waiting):
        return Cell(say("–"), note=lang("no answer"))
    counts = [str(len(spread.votes))] if spread.votes else []
    if spread.votes and spread.waiting:
        seen = len(spread.votes) + spread.dont_know
        counts = [lang("{n} of {all} answers").format(n=seen, all=seen + spread.waiting)]
    if spread.dont_know:
        counts.append(lang("{n} don't know").format(n=spread.dont_know))
    notes = [" · ".join(counts)] if counts else []
    before = found.first_round.get(criterion)
    if before is not None and before.median is not None and before.median != spread.median:
        notes.append(lang("round 1: {median}").format(median=view.figure(before.median)))
    if spread.median is None:
        notes.append(lang("too few to show"))
    return Cell(say(view.figure(spread.median)), SpreadBar(spread), note="\n".join(notes))


def _route(view: View, need: Need) -> list[Block]:
    lang, f = view.lang, need.fields
    route = rating.route_label(f["route"], f["route_kind"], lang.code) or lang("No route chosen yet")
    blocks: list[Block] = [Para(say(lang("Route")), "label"), Para(say(route, bold=True), "large")]
    if f["route_reason"]:
        blocks.append(Para(verbatim(f["route_reason"]), "lead"))
    for key, question in {"can_split": CAN_SPLIT, **BALANCE}.items():
        if f[key]:
            blocks += [Para(say(lang(question)), "label"), Para(verbatim(f[key]))]
    missing = lang("missing")
    facts = [Fact(lang("Owner"), typed(f["owner"], missing))]
    if f["hours"]:
        facts.append(Fact(lang("Time set aside"), verbatim(f["hours"])))
    if f["route"] == "other_process" or f["other_process"]:
        facts.append(Fact(lang("Moved to"), typed(f["other_process"], missing)))
    if not view.open:
        facts.append(Fact(lang("Next step"), typed(f["next_step"], missing)))
    facts.append(Fact(lang("No later than"), typed(view.day(f["needed_by"]), missing)))
    if f["route"] == "parked" or f["review_date"]:
        facts.append(Fact(lang("Taken up again"), typed(view.day(f["review_date"]), missing)))
    facts.append(Fact(lang("Where it stands"), say(_status(view, need))))
    if need.happened:
        facts.append(Fact(lang("Since then"), happened_words(view, need.happened[-1])))
    if need.shared:
        words = lang("In {n} organisations").format(n=len(need.shared))
        facts.append(Fact(words, verbatim(view.lang.listed(need.shared))))
    return [*blocks, Facts(tuple(facts), 4)]


def _status(view: View, need: Need) -> str:
    lang = view.lang
    words = [lang(rating.STATUS_LABELS.get(need.status, need.status))]
    if need.split_from in view.numbers:
        words.append(lang("split from need {n}").format(n=view.numbers[need.split_from]))
    merged = [n.number for n in view.summary.needs if n.merged_into == need.id]
    if merged:
        words.append(lang("holds need {numbers} too").format(numbers=view.lang.listed(map(str, merged))))
    words.append(lang("version {n}").format(n=need.version))
    return " · ".join(words)
