"""Reads what came in at a step of several questions or of scales, whatever its format: see model/answers.py."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop_app.formats import Field, Format, Step
from workshop_app.i18n import language
from workshop_app.model import few, rating
from workshop_app.model.answers import (
    Choices,
    ItemShown,
    Outcome,
    Place,
    Said,
    StepResults,
    choices,
)
from workshop_app.model.evaluation import AGAIN, COMMENT, SCALES, Evaluation
from workshop_app.model.rating import SHOW_FROM, Spread
from workshop_app.store import comment_round, dialogue, people
from workshop_app.store.one_person import whose
from workshop_app.store.session_file import SessionFile
from workshop_app.store.turns import NEVER_LEFT, Turns, turns
from workshop_app.store.votes import told

DONT_KNOW = "dk"
CHOSEN = ("one", "many", "bool")
GROUP = "level_of_work"  # a field of the join form that groups answers before the role does


def items(file: SessionFile, step_id: str, code: str = "") -> tuple[ItemShown, ...]:
    """What the step asks about, in order: a list of the format in a language, or the answers of another step."""
    format_ = people.format_of(file)
    step = format_.step(step_id)
    code = code or people.session(file).language
    if step.items in format_.lists:
        return tuple(
            ItemShown(
                i.value,
                i.label.get(code),
                i.hint.get(code),
                i.low.get(code),
                i.middle.get(code),
                i.high.get(code),
            )
            for i in format_.lists[step.items]
        )
    if step.items == "questions":  # the published list, the only questions of others that a phone may see
        return tuple(
            ItemShown(str(q.id), q.question, q.answer) for q in dialogue.open_dialogue(file).questions
        )
    if step.items == "paragraphs":
        words = language(code)("Paragraph {n}")
        return tuple(
            ItemShown(str(p.id), words.format(n=p.number), p.text) for p in comment_round.paragraphs(file)
        )
    if format_.audience == "suppliers":
        return ()  # no supplier is asked about what another wrote
    if step.items and any(s.id == step.items for s in format_.steps):
        return tuple(_made_items(file, format_.step(step.items)))
    return ()


def step_results(file: SessionFile, step_id: str) -> StepResults:
    """Everything one step came to."""
    format_ = people.format_of(file)
    step = format_.step(step_id)
    answers = [a for a in _answers(file, step_id) if not a["withdrawn"]]
    groups = _groups(file, format_)
    rounds = sorted({a["round"] for a in answers}) or [1]
    when = NEVER_LEFT if step.kind == "close" else turns(file)
    seen = {r: _seen(step, [a for a in answers if a["round"] == r], groups, when) for r in rounds}
    last, before = seen[rounds[-1]], seen[rounds[0]] if len(rounds) > 1 else _Seen()
    newest, first = _spreads(step, last), _spreads(step, before)
    took_part, then = _took_part(step, last), _took_part(step, before)
    counted = _seen(step, answers, groups, when)
    return StepResults(
        step=step_id,
        people=len({a["participant"] or a["id"] for a in answers}),
        said=tuple(_said(step, answers)),
        spreads={**first, **newest},
        first={
            place: spread
            for place, spread in first.items()
            if place not in newest
            or not newest[place].votes
            or few.beside(then.get(place, ()), took_part.get(place, ()))
        },
        choices=_choices(step, counted),
        dots=_dots(step, counted),
        numbers=_numbers(step, counted),
        outcomes=outcomes(file, step_id),
        groups={
            place: rating.grouped(votes)
            for round_ in (1, rounds[-1])
            for place, votes in _votes(step, seen.get(round_, _Seen())).items()
        },
    )


def evaluation(file: SessionFile) -> Evaluation:
    """What suppliers thought of the dialogue, from the last step of their phones; nothing from fewer than three."""
    format_ = people.format_of(file)
    step = next((s for s in format_.steps if s.kind == "close" and s.field("equal")), None)
    if format_.audience != "suppliers" or step is None:
        return Evaluation()
    answers = [a for a in _answers(file, step.id) if not a["withdrawn"]]
    given = [a for a in answers if any(a["values"].get(name) for name in (*SCALES, AGAIN, COMMENT))]
    people_ = len({_who(a) for a in given})
    if people_ < SHOW_FROM:
        return Evaluation(waiting=people_)
    seen = _seen(step, given, {}, NEVER_LEFT)
    spreads = {field_: spread for (field_, _item), spread in _spreads(step, seen).items() if field_ in SCALES}
    comments = {_who(a): a["values"][COMMENT] for a in given if a["values"].get(COMMENT)}
    again = Counter(_choices(step, seen).get((AGAIN, ""), Choices()).counts)
    # comments in no order that tells who
    return Evaluation(people_, spreads, again, tuple(sorted(comments.values())))


def outcomes(file: SessionFile, step_id: str = "") -> tuple[Outcome, ...]:
    """What the room kept, of one step or of all, in order."""
    rows = file.select(
        "SELECT * FROM outcome WHERE step = ? OR ? = '' ORDER BY step, position, id", step_id, step_id
    )
    return tuple(
        Outcome(r["id"], r["step"], r["position"], json.loads(r["fields"]), r["answer_id"]) for r in rows
    )


def _answers(file: SessionFile, step_id: str) -> list[dict[str, Any]]:
    sql = (
        f"SELECT {whose('answer.participant')} AS participant, answer.*, participant.role,"
        " withdrawal.id AS withdrawn FROM answer"
        f" LEFT JOIN participant ON participant.id = {whose('answer.participant')}"
        " LEFT JOIN withdrawal ON withdrawal.answer_id = answer.id WHERE step = ? ORDER BY answer.id"
    )
    return [dict(row) | {"values": json.loads(row["fields"])} for row in file.select(sql, step_id)]


def _made_items(file: SessionFile, step: Step) -> Iterable[ItemShown]:
    name = next((f.name for f in step.fields if f.type in ("text", "area") and not f.per and not f.apart), "")
    for answer in _answers(file, step.id):
        words = answer["values"].get(name, "")
        if words and not answer["withdrawn"]:
            yield ItemShown(str(answer["id"]), words)


def _groups(file: SessionFile, format_: Format) -> dict[str, str]:
    """The group of each participant: the level of work where the join form asks for it, else the role."""
    groups = {p.id: p.role for p in people.participants(file)}
    if format_.lobby.field(GROUP):
        sql = "SELECT participant, fields FROM answer WHERE step = ? AND participant IS NOT NULL ORDER BY id"
        for row in file.select(sql, format_.lobby.id):
            groups[row["participant"]] = json.loads(row["fields"]).get(GROUP, "")
    return groups


def _who(answer: Mapping[str, Any]) -> str:
    return answer["participant"] or f"row {answer['id']}"


@dataclass
class _Seen:
    """The answers that a picture may show: (who, values), how many wait for each name, and the group that each vote is
    counted with. `open`: phones may still answer."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    groups: dict[tuple[str, str], str] = field(default_factory=dict)
    open: bool = False


def _seen(step: Step, answers: Iterable[Mapping[str, Any]], groups: Mapping[str, str], when: Turns) -> _Seen:
    """What may be shown of one name after another, as `few.picture` has it: the last value of each person counts, every
    one of what a phone may send several times, and of dots the last lot as a whole."""
    dots = next((f"{f.name}@" for f in step.fields if f.type == "dots"), "@@")
    asked = {f.name for f in step.fields if f.type in ("s5", "one", "many", "bool", "int")}
    streams: defaultdict[str, list[few.Vote]] = defaultdict(list)
    for answer in answers:
        values, who, typed = answer["values"], _who(answer), answer["source"] != "phone"
        lot = tuple((name, value) for name, value in values.items() if name.startswith(dots))
        for name, value in [*values.items(), *([(dots, lot)] if lot else [])]:
            if name == dots or name.partition("@")[0] in asked:
                sent = f"{who} {answer['id']}" if step.many and "@" not in name else who
                kept = tuple(value) if isinstance(value, list) else value
                streams[name].append(few.Vote(answer["id"], sent, kept, groups.get(who, ""), typed))
    seen = _Seen(open=step.id in when.open)
    for name, votes in streams.items():
        picture = when.picture(votes, (step.id,))
        seen.waiting[name] = picture.waiting
        for vote in picture.shown:
            given = dict(vote.value) if name == dots else {name: vote.value}  # type: ignore[call-overload]
            seen.people.setdefault(vote.who, {}).update(given)
            seen.groups[vote.who, name] = vote.group
    return seen


def _places(field: Field, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """(item, value) of one field in one answer."""
    for name, value in values.items():
        base, _, item = name.partition("@")
        if base == field.name and value not in ("", []):
            yield item, value


def _given(step: Step, seen: _Seen, *types: str) -> Iterable[tuple[Place, str, str, Any]]:
    """(place, name, who, value) of every value that is shown of fields of some types."""
    for who, values in seen.people.items():
        for field_ in (f for f in step.fields if f.type in types):
            for item, value in _places(field_, values):
                yield (field_.name, item), f"{field_.name}@{item}" if item else field_.name, who, value


def _votes(step: Step, seen: _Seen) -> dict[Place, list[tuple[int | None, str]]]:
    votes: defaultdict[Place, list[tuple[int | None, str]]] = defaultdict(list)
    for place, name, who, value in _given(step, seen, "s5"):
        votes[place].append((None if value == DONT_KNOW else int(value), seen.groups[who, name]))
    return votes


def _took_part(step: Step, seen: _Seen) -> dict[Place, set[str]]:
    """Who gave a value on each scale; a row of hands is nobody, for its people are not known."""
    who_rated: defaultdict[Place, set[str]] = defaultdict(set)
    for place, _name, who, value in _given(step, seen, "s5"):
        if value != DONT_KNOW and not who.startswith("row "):
            who_rated[place].add(who)
    return who_rated


def _spreads(step: Step, seen: _Seen) -> dict[Place, Spread]:
    votes, out = _votes(step, seen), {}
    for place, waiting in _waiting(step, seen, "s5").items():
        given = votes.get(place, [])
        picture = few.Picture(tuple(few.Vote(0, "", value, group) for value, group in given), waiting)
        out[place] = told(place[0], picture, seen.open)
    return out


def _waiting(step: Step, seen: _Seen, *types: str) -> dict[Place, int]:
    """How many have answered and are not shown, at each place of fields of some types."""
    names = {f.name for f in step.fields if f.type in types}
    places = {name: name.partition("@") for name in seen.waiting}
    return {(at[0], at[2]): seen.waiting[name] for name, at in places.items() if at[0] in names}


def _choices(step: Step, seen: _Seen) -> dict[Place, Choices]:
    counts: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    who_chose: defaultdict[Place, set[str]] = defaultdict(set)
    for place, _name, who, value in _given(step, seen, *CHOSEN):
        counts[place].update(value if isinstance(value, tuple) else [value])
        who_chose[place].add(who)
    return {
        place: choices(dict(counts[place]), len(who_chose[place]), waiting, seen.open)
        for place, waiting in _waiting(step, seen, *CHOSEN).items()
    }


def _dots(step: Step, seen: _Seen) -> dict[str, int]:
    dots: Counter[str] = Counter()
    for (_field, item), _name, _who, value in _given(step, seen, "dots"):
        dots[item] += int(value)
    return dict(dots)


def _numbers(step: Step, seen: _Seen) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for (name, _item), _name, _who, value in _given(step, seen, "int"):
        found[name].append(int(value))
    return {name: tuple(numbers) for name, numbers in found.items()}


def _said(step: Step, answers: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for answer in answers:
        for asked in (f for f in step.fields if f.type in ("text", "area") and not f.apart):
            for item, words in _places(asked, answer["values"]):
                yield Said(
                    answer["id"],
                    answer["receipt"],
                    asked.name,
                    item,
                    str(words),
                    answer["role"] or "",
                    answer["source"],
                )
