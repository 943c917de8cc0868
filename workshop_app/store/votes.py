"""Votes on the needs: scales, dots and whether they are recognised, added up as `few` lets them be shown."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_app.model import few, rating
from workshop_app.model.need import Recognition
from workshop_app.model.rating import Spread
from workshop_app.model.summary import NeedRating
from workshop_app.store import people
from workshop_app.store.one_person import whose
from workshop_app.store.session_file import SessionFile
from workshop_app.store.turns import Turns, turns

PHONE = "phone"
_ROWS = (
    f"SELECT {whose('{table}.participant')} AS participant, {{table}}.*,"
    " answer.step, answer.source, json_extract(answer.fields, '$.role') AS role"
    " FROM {table} JOIN answer ON answer.id = answer_id ORDER BY answer_id, {table}.id"
)


@dataclass
class _Stream:
    """The votes on one thing in the order they came, and the steps they were given in."""

    votes: list[few.Vote] = field(default_factory=list)
    steps: set[str] = field(default_factory=set)

    def add(self, row: Any, value: Any, group: str, who: str = "") -> None:
        """One row of `_ROWS`; a row of hands is a person for itself."""
        person = who or row["participant"] or f"row {row['id']}"
        typed = row["source"] != PHONE
        self.votes.append(few.Vote(row["answer_id"], person, value, group, typed))
        self.steps.add(row["step"])

    def picture(self, when: Turns) -> few.Picture:
        """What may be shown of it."""
        return when.picture(self.votes, self.steps)


def ratings(file: SessionFile) -> Mapping[int, NeedRating]:
    """Votes of each need: the last round, and the first beside it after a re-rating. Hidden as `few` says."""
    roles = {p.id: p.role for p in people.participants(file)}
    streams: defaultdict[tuple[int, int], defaultdict[str, _Stream]] = defaultdict(
        lambda: defaultdict(_Stream)
    )
    voters: defaultdict[int, dict[str, str]] = defaultdict(dict)
    hands: defaultdict[int, Counter[tuple[str, str, int]]] = defaultdict(Counter)
    for row in file.select(_ROWS.format(table="rating")):
        need, who, at = row["need_id"], row["participant"] or "", (row["criterion"], row["round"])
        streams[need, row["round"]][row["criterion"]].add(
            row, row["value"], roles.get(who, row["role"] or "")
        )
        if who in roles:
            voters[need][who] = row["source"]
        else:
            hands[need][row["source"], *at] += 1
    when, dots, out = turns(file), _dots(file), _given(file)
    for need in sorted({n for n, _r in streams} | set(dots)):
        rounds = sorted(r for n, r in streams if n == need) or [1]
        shown = [_pictures(streams.get((need, r), {}), when) for r in (rounds[0], rounds[-1])]
        first, newest = (
            {c: _spread(c, p, streams[need, r][c].steps, when) for c, p in pictures.items()}
            for pictures, r in zip(shown, (rounds[0], rounds[-1]), strict=True)
        )
        by_source = Counter(voters[need].values())
        for source in {source for source, *_ in hands[need]}:
            # a hand is raised once for each criterion, by the same people
            by_source[source] += max(n for (of, *_), n in hands[need].items() if of == source)
        out[need] = NeedRating(
            need=need,
            round=rounds[-1],
            # a criterion nobody rated again keeps its first votes
            spreads={**first, **newest},
            first_round={
                c: spread
                for c, spread in (first if len(rounds) > 1 else {}).items()
                if c not in newest
                or not newest[c].votes
                or few.beside(_people(shown[0][c], roles), _people(shown[1][c], roles))
            },
            dots=sum(dots.get(need, {}).values()),
            voters=by_source.total(),
            by_source=by_source,
            dots_by_source=dots.get(need, {}),
        )
    return out


def _pictures(streams: Mapping[str, _Stream], when: Turns) -> dict[str, few.Picture]:
    return {c: streams[c].picture(when) for c in rating.CRITERIA if c in streams}


def _people(picture: few.Picture, roles: Mapping[str, str]) -> set[str]:
    return {v.who for v in picture.shown if v.value is not None and v.who in roles}


def _spread(criterion: str, picture: few.Picture, steps: set[str], when: Turns) -> Spread:
    return told(criterion, picture, not when.open.isdisjoint(steps))


def told(criterion: str, picture: few.Picture, is_open: bool) -> Spread:
    """The spread of a picture of votes 1..5 or None. Hidden while too few of them are more than "don't know"."""
    spread = rating.spread(criterion, [(v.value, v.group) for v in picture.shown])  # type: ignore[misc]
    if not few.enough(len(spread.votes)):
        waiting = picture.waiting + len(spread.votes)
        return Spread(criterion, dont_know=spread.dont_know, waiting=waiting, open=is_open)
    return replace(spread, waiting=picture.waiting, open=is_open)


def _given(file: SessionFile) -> dict[int, NeedRating]:
    """Medians that came with an imported session, where there are no votes of its own."""
    out = {}
    for row in file.select("SELECT id, given_priority FROM need WHERE given_priority <> '{}'"):
        medians = json.loads(row["given_priority"])
        spreads = {c: Spread(c, median=float(medians[c])) for c in rating.CRITERIA if c in medians}
        out[row["id"]] = NeedRating(row["id"], 0, spreads, {}, 0, 0)
    return out


def _dots(file: SessionFile) -> dict[int, Counter[str]]:
    """Dots by need and source: each participant's last sending counts whole. Nothing while too few have given any."""
    lots: dict[int, list[Any]] = {}
    for row in file.select(_ROWS.format(table="dot")):
        lots.setdefault(row["answer_id"], []).append(row)
    stream = _Stream()
    for answer, rows in lots.items():
        lot = tuple((row["need_id"], row["dots"], row["source"]) for row in rows)
        who = rows[0]["participant"]
        stream.add(rows[0], lot, "", who or f"row {answer}")
        if rows[0]["source"] != PHONE and not who:
            # a sheet on the wall is one answer with everybody's dots on it
            for more in range(1, few.SHOW_FROM):
                stream.add(rows[0], (), "", f"row {answer}.{more}")
    count: defaultdict[int, Counter[str]] = defaultdict(Counter)
    shown = stream.picture(turns(file)).shown
    for vote in shown if few.enough(len(shown)) else ():
        for need, dots, source in vote.value:  # type: ignore[attr-defined]
            count[need][source] += dots
    return dict(count)


@dataclass
class _Recognised:
    """What came in about one need: the votes, the words beside them by answer, and where each came from."""

    stream: _Stream = field(default_factory=_Stream)
    words: dict[int, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def open(self, when: Turns) -> bool:
        """Whether phones may answer now."""
        return not when.open.isdisjoint(self.stream.steps)

    def told(self, when: Turns) -> frozenset[int]:
        """The answers whose words may be read: with their votes while phones may answer, then each person's last.

        Words that came one by one would tell who had just voted, and what. When phones no longer answer, all are
        there at once, however few they are: nobody's words are lost.
        """
        if self.open(when):
            return frozenset(vote.answer for vote in self.stream.picture(when).shown)
        return frozenset({vote.who: vote.answer for vote in self.stream.votes}.values())


def _recognised(file: SessionFile) -> Mapping[int, _Recognised]:
    relation = {p.id: p.relation for p in people.participants(file)}
    found: defaultdict[int, _Recognised] = defaultdict(_Recognised)
    for row in file.select(_ROWS.format(table="recognition")):
        one, who = found[row["need_id"]], row["participant"] or f"row {row['id']}"
        one.stream.add(row, row["value"], relation.get(who, ""))
        one.sources[who] = row["source"]
        if row["comment"]:
            one.words[row["answer_id"]] = row["comment"]
    return found


def waiting_words(file: SessionFile) -> frozenset[tuple[int, str]]:
    """Comments that wait until their votes are shown, or phones no longer answer: each as (answer, field)."""
    when = turns(file)
    return frozenset(
        (answer, f"comment@{need}")
        for need, one in _recognised(file).items()
        if one.open(when)
        for answer in one.words.keys() - one.told(when)
    )


def recognitions(file: SessionFile) -> Mapping[int, Recognition]:
    """What was answered to "do you recognise this", by need, and by relation where nobody is told apart.

    The comments stand in the order of the alphabet, which says nothing of when they came.
    """
    out, when = {}, turns(file)
    for need, one in _recognised(file).items():
        picture = one.stream.picture(when)
        shown = picture.shown if few.enough(len(picture.shown)) else ()
        per: dict[str, tuple[int, int, int]] = {}
        for group in sorted(few.told_apart(Counter(v.group for v in shown))):
            votes = Counter(v.value for v in shown if v.group == group)
            per[group] = (votes["yes"], votes["almost"], votes["no"])
        count, told = Counter(v.value for v in shown), one.told(when)
        comments = (words for answer, words in one.words.items() if answer in told)
        out[need] = Recognition(
            count["yes"],
            count["almost"],
            count["no"],
            per,
            tuple(sorted(comments, key=str.casefold)),
            Counter(one.sources.values()),
            picture.waiting + len(picture.shown) - len(shown),
            one.open(when),
        )
    return out
