"""The first pages: cover, contents, how it went and who was here."""

from collections.abc import Iterator

from workshop_app.model import phases
from workshop_app.report.document import (
    Block,
    Cell,
    Contents,
    Cover,
    Fact,
    Facts,
    Heading,
    Listing,
    Para,
    Section,
    Table,
    Text,
    say,
    verbatim,
)
from workshop_app.report.edition import EDITIONS, View, typed

_ROLES_ON_COVER = 4


def cover(view: View) -> Cover:
    """The cover: what, when, the question, the counts, who was here and who was not, and the balance."""
    lang, session, summary = view.lang, view.summary.session, view.summary
    people = len(summary.room.participants) or sum(r.people for r in summary.room.roles)
    marks = [lang("Final") if view.final else lang("Draft")]
    if session.fictional:
        marks.append(lang("Fictional: an invented exercise"))
    return Cover(
        format_name=summary.format_name,
        title=session.title,
        when_where=", ".join(x for x in (session.place, view.day(session.date)) if x),
        marks=tuple(marks),
        question_label=lang("The question we asked"),
        question=session.question,
        counts=tuple(_counts(view, people)),
        facts=tuple(f for f in _cover_facts(view) if f.text),
        foot=" · ".join(
            x
            for x in (
                lang("File {id}").format(id=view.file_id),
                lang("version {n}").format(n=session.version),
                lang("printed {day} at {time}").format(
                    day=view.day(view.now.date().isoformat()), time=view.clock(view.now)
                ),
                lang(EDITIONS[view.edition]),
            )
            if x
        ),
    )


def _counts(view: View, people: int) -> Iterator[tuple[int, str]]:
    lang, summary = view.lang, view.summary
    themes, needs, received = len(summary.board.themes), len(view.needs), summary.balance.received
    if view.collects:
        yield received, lang.plural("challenge", "challenges", received)
        yield themes, lang.plural("theme", "themes", themes)
    else:
        answers = len({s.answer for r in summary.steps.values() for s in r.said})
        yield answers, lang.plural("written answer", "written answers", answers)
    if view.collects or needs:
        yield needs, lang.plural("need", "needs", needs)
    yield people, lang.plural("participant", "participants", people)


def _cover_facts(view: View) -> list[Fact]:
    lang, session, balance = view.lang, view.summary.session, view.summary.balance
    counted = lang("{received} in, {accounted} accounted for").format(
        received=balance.received, accounted=balance.accounted
    )
    places = view.balance_words()
    return [
        Fact(lang("Participants"), _who_short(view)),
        Fact(lang("Who was missing"), _missing(view)),
        Fact(lang("Phase of the procurement"), _phase_short(view)),
        Fact(lang("Commissioned by"), typed(session.commissioner)),
        Fact(lang("Who decides"), typed(session.decision_maker)),
        Fact(lang("Mandate"), typed(session.mandate)),
        Fact(lang("Process leader"), typed(session.leader_role)),
        Fact(lang("Contact for questions"), typed(session.contact_point)),
        Fact(
            lang("How we count"),
            say((f"{counted}: {places}" if places else counted) if view.collects else ""),
        ),
    ]


def _phase(view: View) -> str:
    return phases.phase(view.summary.session.settings, view.format.result if view.format else "")


def _phase_short(view: View) -> Text:
    """The phase by name, and which of all it is."""
    keys, now = list(phases.PHASES), _phase(view)
    words = view.lang("{phase}, {n} of {all}")
    return say(words.format(phase=view.lang(phases.PHASES[now]), n=keys.index(now) + 1, all=len(keys)))


def _phases(view: View) -> Text:
    """All phases in a row, the one that this belongs to in bold."""
    now = _phase(view)
    parts = [say(view.lang(words), bold=key == now) for key, words in phases.PHASES.items()]
    return tuple(run for n, part in enumerate(parts) for run in (*(say(" → ") if n else ()), *part))


def _who_short(view: View) -> Text:
    lang = view.lang
    ranked = sorted(_present(view), key=lambda one: -one[1])
    shown, more = ranked[:_ROLES_ON_COVER], len(ranked) - _ROLES_ON_COVER
    text = "; ".join(f"{people} {role}" for role, people in shown)
    if more > 0:
        text += f"; {lang.plural('{n} more role', '{n} more roles', more)}"
    names = _organisations(view)
    if names:
        text += f"\n{lang.plural('{n} organisation', '{n} organisations', len(names))}"
    return say(text.strip() or lang("Nobody has joined."))


def _present(view: View) -> list[tuple[str, int]]:
    """How many were here by role. Suppliers are told only of roles that three share; the rest are one sum."""
    roles = [(r.role, r.people) for r in view.summary.room.roles]
    if not view.open:
        return roles
    shown = [(role, people) for role, people in roles if view.summary.room.role_shown(role)]
    others = sum(people for _, people in roles) - sum(people for _, people in shown)
    return [*shown, *([(view.lang("other roles"), others)] if others else [])]


def _organisations(view: View) -> list[str]:
    if view.open:
        return []
    room = view.summary.room
    here = [p.organisation for p in room.participants if p.organisation]
    return list(dict.fromkeys((*here, *view.summary.session.organisations)))


def _missing(view: View) -> Text:
    missing = view.summary.room.missing
    return verbatim(", ".join(missing)) if missing else say(view.lang("Nobody noted as missing."))


def contents(view: View) -> Section:
    """The list of sections and the facts about this very print."""
    lang, session = view.lang, view.summary.session
    facts = (
        Fact(lang("Edition"), say(lang(EDITIONS[view.edition]))),
        Fact(
            lang("Version"),
            say(f"{session.version}, {lang('final') if view.final else lang('draft')}"),
        ),
        Fact(lang("File"), say(view.summary.file_name)),
        Fact(lang("File id"), say(session.file_id)),
        Fact(lang("Goes to"), typed(session.recipient, lang("nobody named yet"))),
        Fact(lang("Kept until"), say(view.day(session.keep_until) or lang("no date set yet"))),
    )
    blocks: tuple[Block, ...] = (
        Contents(lang("Contents")),
        Heading(lang("About this print")),
        Facts(facts),
    )
    return Section(
        "contents", lang("Contents"), blocks, lang("Contents"), view.summary.format_name, listed=False
    )


def method(view: View) -> Section:
    """How it went: the question and whether it was understood, the steps with their minutes, how to read this."""
    lang, session = view.lang, view.summary.session
    blocks: list[Block] = [
        Heading(lang("How it went"), 1),
        Para(say(_how(view))),
        Heading(lang("The question and whether it was understood")),
        Para(verbatim(session.question) or say(lang("No question was written.")), "large"),
        *_understood(view),
    ]
    others = len(view.summary.questions) - 1
    if others > 0:
        blocks.append(
            Para(
                say(
                    lang.plural(
                        "The question was reworded once. Every wording stands in appendix 1.",
                        "The question was reworded {n} times. Every wording stands in appendix 1.",
                        others,
                    )
                )
            )
        )
    blocks += [Heading(lang("Phase of the procurement")), Para(_phases(view))]
    blocks += [Heading(lang("The steps")), *_steps(view)]
    return Section(
        "method", lang("How it went"), tuple(blocks), lang("How it went"), view.summary.format_name
    )


def _how(view: View) -> str:
    if view.collects:
        return view.lang("People wrote what is hard today, in their own words and without names.")
    return view.lang(
        "People answered from their own role and without names, most of them on their own phones."
    )


def _understood(view: View) -> list[Block]:
    lang, answers = view.lang, view.summary.understood
    total = sum(answers.values())
    if not total:
        return [Para(say(lang("Nobody was asked whether the question was understood.")), "note")]
    yes, partly, no = (answers.get(key, 0) for key in ("yes", "partly", "no"))
    words = lang("Understood by {share} %: yes {yes}, partly {partly}, no {no}.").format(
        share=round(100 * yes / total), yes=yes, partly=partly, no=no
    )
    return [Para(say(words + view.by_source(view.summary.understood_by_source)))]


def _steps(view: View) -> list[Block]:
    lang, form = view.lang, view.format
    rows = []
    for state in sorted(view.summary.session.steps, key=lambda s: s.position):
        step = next((s for s in form.steps if s.id == state.id), None) if form else None
        title = step.title.get(lang.code) if step else state.id
        held = state.elapsed(view.now) if state.ended_at or state.paused_at else None
        minutes = "–" if state.started_at is None or held is None else str(round(held.total_seconds() / 60))
        rows.append(
            (
                Cell(say(str(state.position))),
                Cell(say(title)),
                Cell(say(step.outcome.get(lang.code) if step else "")),
                Cell(say(str(state.minutes))),
                Cell(say(minutes)),
            )
        )
    if not rows:
        return []
    head = ("", lang("Step"), lang("What it leaves behind"), lang("Planned min"), lang("Actual min"))
    return [Table(head, tuple(rows), (0.05, 0.31, 0.4, 0.12, 0.12), frozenset((3, 4)))]


def participants(view: View) -> Section:
    """Who was here by role and organisation, and who was missing."""
    lang, room = view.lang, view.summary.room
    people = len(room.participants) or sum(r.people for r in room.roles)
    blocks: list[Block] = [
        Heading(lang("Who was here"), 1),
        Para(
            say(
                lang.plural(
                    "{n} participant. Answers are tied to roles, never to names.",
                    "{n} participants. Answers are tied to roles, never to names.",
                    people,
                )
            )
        ),
    ]
    if room.roles:
        rows = tuple((Cell(say(role)), Cell(say(str(people)))) for role, people in _present(view))
        blocks.append(Table((lang("Role"), lang("People")), rows, (0.8, 0.2), frozenset((1,))))
    names = _organisations(view)
    if names:
        blocks += [Heading(lang("Organisations")), Para(say(", ".join(names)))]
    blocks.append(Heading(lang("Missing from the room")))
    if room.missing:
        blocks.append(Listing(tuple(verbatim(one) for one in room.missing)))
    else:
        blocks.append(Para(say(lang("Nobody noted as missing."))))
    if view.summary.names and not view.open:
        wishing = tuple(verbatim(name) for name in view.summary.names)
        blocks += [Heading(lang("Those who wish to be named")), Listing(wishing)]
    voices = _missing_voices(view)
    if voices:
        blocks += [Heading(lang("Voices missing in single themes")), Listing(voices)]
    return Section(
        "participants", lang("Who was here"), tuple(blocks), lang("Who was here"), view.summary.format_name
    )


def _missing_voices(view: View) -> tuple[Text, ...]:
    board = view.summary.board
    themes = [
        (*say(f"{t.number}. {t.title}: ", bold=True), *verbatim(t.missing_voice))
        for t in board.themes
        if t.missing_voice
    ]
    heaps = [
        (*say(f"{view.heap_words(h)}: ", bold=True), *verbatim(h.missing_voice))
        for h in board.heaps
        if h.missing_voice
    ]
    return (*themes, *heaps)
