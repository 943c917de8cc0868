"""Reads what came in at a step of several questions or of scales, whatever its format: see model/answers.py."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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

DONT_KNOW = "dk"
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
    last = _counted(step, answers, rounds[-1])
    newest = _spreads(step, last, groups)
    before = _counted(step, answers, rounds[0]) if len(rounds) > 1 else []
    first = _spreads(step, before, groups)
    took_part, then = _took_part(step, last), _took_part(step, before)
    counted = _latest(step, answers)
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
        groups=_votes_by_group(step, answers, rounds[-1], groups),
    )


def evaluation(file: SessionFile) -> Evaluation:
    """What suppliers thought of the dialogue, from the last step of their phones; nothing from fewer than three."""
    format_ = people.format_of(file)
    step = next((s for s in format_.steps if s.kind == "close" and s.field("equal")), None)
    if format_.audience != "suppliers" or step is None:
        return Evaluation()
    merged = [v for _who, v in _latest(step, [a for a in _answers(file, step.id) if not a["withdrawn"]])]
    given = [v for v in merged if any(v.get(name) for name in (*SCALES, AGAIN, COMMENT))]
    if len(given) < SHOW_FROM:
        return Evaluation(waiting=len(given))
    votes = {name: [(v[name], "") for v in given if v.get(name)] for name in SCALES}
    spreads = {
        name: _shown(rating.spread(name, [(None if v == DONT_KNOW else int(v), role) for v, role in rows]))
        for name, rows in votes.items()
        if rows
    }
    comments = sorted(v[COMMENT] for v in given if v.get(COMMENT))  # in no order that tells who
    again = Counter(v[AGAIN] for v in given if v.get(AGAIN))
    return Evaluation(len(given), spreads, again if again.total() >= SHOW_FROM else {}, tuple(comments))


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


def _latest(step: Step, answers: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """(who, values) that count: the last value of each name; all of what a phone may send several times.

    Of dots only the last lot counts, so that nobody can give more than a whole one.
    """
    out: list[tuple[str, Mapping[str, Any]]] = []
    merged: dict[str, dict[str, Any]] = {}
    dots = next((f"{f.name}@" for f in step.fields if f.type == "dots"), "@@")
    for answer in answers:
        values, mine = answer["values"], merged.setdefault(_who(answer), {})
        if step.many and (once := {k: v for k, v in values.items() if "@" not in k}):
            out.append((_who(answer), once))
        if any(name.startswith(dots) for name in values):
            for name in [n for n in mine if n.startswith(dots)]:
                del mine[name]
        mine.update({k: v for k, v in values.items() if "@" in k or not step.many})
    return out + list(merged.items())


def _counted(
    step: Step, answers: Iterable[Mapping[str, Any]], round_: int
) -> list[tuple[str, Mapping[str, Any]]]:
    return _latest(step, [a for a in answers if a["round"] == round_])


def _places(field: Field, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """(item, value) of one field in one answer."""
    for name, value in values.items():
        base, _, item = name.partition("@")
        if base == field.name and value not in ("", []):
            yield item, value


def _votes(
    step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]], groups: Mapping[str, str]
) -> dict[Place, list[tuple[int | None, str]]]:
    votes: defaultdict[Place, list[tuple[int | None, str]]] = defaultdict(list)
    for who, values in counted:
        for field in (f for f in step.fields if f.type == "s5"):
            for item, value in _places(field, values):
                vote = None if value == DONT_KNOW else int(value)
                votes[field.name, item].append((vote, groups.get(who, "")))
    return votes


def _took_part(step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[Place, set[str]]:
    """Who gave a value on each scale; a row of hands is nobody, for its people are not known."""
    who_rated: defaultdict[Place, set[str]] = defaultdict(set)
    for who, values in counted:
        for field in (f for f in step.fields if f.type == "s5" and not who.startswith("row ")):
            for item, value in _places(field, values):
                if value != DONT_KNOW:
                    who_rated[field.name, item].add(who)
    return who_rated


def _spreads(
    step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]], groups: Mapping[str, str]
) -> dict[Place, Spread]:
    given = _votes(step, counted, groups)
    return {place: _shown(rating.spread(place[0], votes)) for place, votes in given.items()}


def _votes_by_group(
    step: Step, answers: Iterable[Mapping[str, Any]], last: int, groups: Mapping[str, str]
) -> dict[Place, dict[str, tuple[int, ...]]]:
    """By group, of the round that `spreads` shows: the last one in which each thing was rated."""
    out: dict[Place, dict[str, tuple[int, ...]]] = {}
    rows = list(answers)
    for round_ in sorted({1, last}):
        given = _votes(step, _counted(step, rows, round_), groups)
        out |= {place: rating.grouped(votes) for place, votes in given.items()}
    return out


def _shown(spread: Spread) -> Spread:
    if len(spread.votes) >= SHOW_FROM:
        return spread
    return Spread(spread.criterion, dont_know=spread.dont_know, waiting=len(spread.votes))


def _choices(step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[Place, Choices]:
    counts: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    who_chose: defaultdict[Place, set[str]] = defaultdict(set)
    for who, values in counted:
        for field in (f for f in step.fields if f.type in ("one", "many", "bool")):
            for item, value in _places(field, values):
                counts[field.name, item].update(value if isinstance(value, list) else [value])
                who_chose[field.name, item].add(who)
    return {place: choices(dict(count), len(who_chose[place])) for place, count in counts.items()}


def _dots(step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, int]:
    field = next((f for f in step.fields if f.type == "dots"), None)
    dots: Counter[str] = Counter()
    if field is not None:
        for _, values in counted:
            for item, value in _places(field, values):
                dots[item] += int(value)
    return dict(dots)


def _numbers(step: Step, counted: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for _, values in counted:
        for field in (f for f in step.fields if f.type == "int"):
            found[field.name] += [int(value) for _item, value in _places(field, values)]
    return {name: tuple(numbers) for name, numbers in found.items()}


def _said(step: Step, answers: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for answer in answers:
        for field in (f for f in step.fields if f.type in ("text", "area") and not f.apart):
            for item, words in _places(field, answer["values"]):
                yield Said(
                    answer["id"],
                    answer["receipt"],
                    field.name,
                    item,
                    str(words),
                    answer["role"] or "",
                    answer["source"],
                )
