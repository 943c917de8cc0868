"""Pictures of the needs: one statement to read aloud, goals, spread before median, do you recognise it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF

from workshop_app.desktop.scenes.canvas import MARGIN, RIGHT, Canvas
from workshop_app.desktop.scenes.facts import Facts, common
from workshop_app.desktop.strip import paint_strip
from workshop_app.i18n import Language, language
from workshop_app.model import few, rating
from workshop_app.model.need import Need
from workshop_app.model.statement import statement
from workshop_app.model.voices import voices
from workshop_app.store import queries

if TYPE_CHECKING:
    from workshop_app.desktop.bridge import Bridge

ROWS = 7
STRIP = 2.0  # projector units for one of the strip's: a dot is 18 across
Picture = TypeVar("Picture")


def live_needs(bridge: "Bridge") -> tuple[Need, ...]:
    """The needs that have not gone into another."""
    return tuple(n for n in bridge.get(queries.needs) if n.merged_into is None)


def _chosen(bridge: "Bridge") -> Need | None:
    needs = live_needs(bridge)
    wanted = bridge.focus.get("need")
    return next((n for n in needs if n.id == wanted), needs[-1] if needs else None)


def read_need(bridge: "Bridge", step: str) -> Facts:
    """The need in focus (`bridge.focus["need"]`, else the newest) as a sentence."""
    need, session = _chosen(bridge), bridge.get(queries.session)
    if need is None:
        return common(bridge, step, None)
    sentence, lang = statement(need.fields, session.language), language(session.language)
    found = voices(need, bridge.get(queries.board), bridge.get(queries.room))
    requirement = (need.fields["requirement"], need.fields["requirement_check"])
    heard = (found.heard(lang) if found.roles else "", found.not_heard(lang))
    more = (need.number, need.title, sentence, *requirement, *heard)
    return common(bridge, step, more)


def paint_need(c: Canvas, f: Facts) -> None:
    """The sentence, large enough to be read aloud by anybody."""
    lang = f.lang
    c.thread(f.position, f.steps)
    if f.more is None:
        c.text(f.title, QRectF(MARGIN, 200, c.width - 2 * MARGIN, 400), 88, 700)
        return
    number, title, sentence, requirement, check, heard, missing = f.more
    head = lang("Need {n}").format(n=number)
    y = c.text(
        f"{head} · {title}" if title else head,
        QRectF(MARGIN, 168, c.width - 2 * MARGIN, 80),
        52,
        600,
        tone="ink2",
    )
    told = (
        lang("Voices: {roles}.").format(roles=heard) if heard else "",
        lang("Missing: {groups}.").format(groups=missing) if missing else "",
    )
    y = (
        c.text(" ".join(t for t in told if t), QRectF(MARGIN, y, c.width - 2 * MARGIN, 110), 40, tone="ink2")
        if any(told)
        else y
    )
    foot = 250 if requirement else 60
    y = c.text(sentence, QRectF(MARGIN, y + 36, c.width - 2 * MARGIN, c.bottom - y - foot), 84, 600)
    if requirement:
        c.rule(c.bottom - 190)
        c.text(lang("Function requirement"), QRectF(MARGIN, c.bottom - 170, 560, 60), 44, 600, tone="ink2")
        words = requirement
        if check:
            words = f"{requirement.rstrip('. ')}. {lang('How it is checked')}: {check}"
        c.text(words, QRectF(MARGIN + 580, c.bottom - 170, c.width - 2 * MARGIN - 580, 190), 48)


def read_goals(bridge: "Bridge", step: str) -> Facts:
    """The goals with how many needs serve each."""
    goals, needs = bridge.get(queries.goals), live_needs(bridge)
    rows = tuple((g.title, g.source, sum(g.id in n.goals for n in needs)) for g in goals)
    return common(bridge, step, rows)


def paint_goals(c: Canvas, f: Facts) -> None:
    """One goal a line; a goal that no need touches says so."""
    lang = f.lang
    y = c.text(f.title, QRectF(MARGIN, 60, c.width - 2 * MARGIN, 190), 76, 700) + 40
    if not f.more:
        c.text(lang("The goals come here."), QRectF(MARGIN, y, c.width - 2 * MARGIN, 80), 56, tone="ink2")
        return
    height = min((c.bottom + 30 - y) / min(len(f.more), ROWS), 124)
    for title, source, count in f.more[:ROWS]:
        c.rule(y)
        box = QRectF(MARGIN, y + 6, c.width - 2 * MARGIN - 480, height - 12)
        c.text(f"{title} ({source})" if source else title, box, 48, middle=True)
        words = lang.plural("{n} need", "{n} needs", count) if count else lang("no need yet")
        side = QRectF(c.width - MARGIN - 460, y + 6, 460, height - 12)
        c.text(words, side, 48, 600, tone="ink" if count else "on_attn", align=RIGHT, middle=True)
        y += height
    if len(f.more) > ROWS:
        c.line(
            lang.plural("and {n} more", "and {n} more", len(f.more) - ROWS),
            MARGIN,
            c.bottom + 30,
            44,
            tone="ink2",
        )


def read_spread(bridge: "Bridge", step: str) -> Facts:
    """Until the leader shows results: how many have rated. Then one criterion of all needs, spread and median."""
    session = bridge.get(queries.session)
    ratings, needs = bridge.get(queries.ratings), live_needs(bridge)
    voters = max((r.voters for r in ratings.values()), default=0)
    key = bridge.focus.get("criterion", "")
    if key not in rating.CRITERIA:
        return common(bridge, step, ("wait", voters, len(needs)), clock=True)
    name = next(k.name for k in rating.criteria(session.language) if k.key == key)
    rows = []
    for need in needs:
        one = ratings.get(need.id)
        spread = one.spreads.get(key) if one else None
        if one and spread:
            spread = _held(bridge, (need.id, key, one.round), spread.votes, spread)
        rows.append((need.number, need.title or statement(need.fields, session.language), spread))
    return common(bridge, step, ("show", name, tuple(rows)))


def _held(bridge: "Bridge", place: tuple[object, ...], votes: Sequence[int], picture: Picture) -> Picture:
    """The picture of some votes, or the one that the room saw last while fewer than three votes are others."""
    seen: tuple[Sequence[int], Picture] | None = bridge.room_saw.get(place)
    if seen is not None and not few.next_picture(seen[0], votes):
        return seen[1]
    if votes:
        bridge.room_saw[place] = (votes, picture)
    return picture


def paint_spread(c: Canvas, f: Facts) -> None:
    """One dot a person, the field that holds half of the answers, and the median; never a rank."""
    lang = f.lang
    if f.more[0] == "wait":
        _, voters, needs = f.more
        c.thread(f.position, f.steps)
        y = c.text(f"{f.title} {f.subtitle}".strip(), QRectF(MARGIN, 180, c.width - 2 * MARGIN, 330), 88, 700)
        words = lang.plural("{n} need to rate", "{n} needs to rate", needs)
        c.text(words, QRectF(MARGIN, y + 20, c.width - 2 * MARGIN, 80), 54, tone="ink2")
        c.number(str(voters), MARGIN, c.bottom - 96, 200)
        c.line(lang.plural("has rated", "have rated", voters), MARGIN, c.bottom, 54)
        return
    _, name, rows = f.more
    c.text(name, QRectF(MARGIN, 50, c.width - 2 * MARGIN, 100), 76, 700)
    legend = lang("A dot is a person. The line is the median, the field holds half of the answers.")
    c.text(legend, QRectF(MARGIN, 146, c.width - 2 * MARGIN, 64), 44, tone="ink2")
    held = [
        (len(s.votes) + s.dont_know, s.waiting) for *_, s in rows if s is not None and s.waiting and s.votes
    ]
    if held:
        _behind(c, lang, *max(held), 118)
    top, left, right = 240.0, 1080.0, c.width - MARGIN - 60
    height = min((c.bottom + 10 - top) / max(min(len(rows), ROWS), 1), 120)
    for place, (number, title, spread) in enumerate(rows[:ROWS]):
        y = top + place * height
        c.rule(y)
        c.text(f"{number}  {title}", QRectF(MARGIN, y + 4, left - MARGIN - 60, height - 8), 44, middle=True)
        draw_strip(c, spread, left, right, y, height)
    c.p.setFont(c.font(44))
    for value in range(1, 6):
        x = left + (right - left) * (value - 1) / 4
        c.line(str(value), x - 12, top + height * min(len(rows), ROWS) + 52, 44, tone="ink2")


def draw_strip(
    c: Canvas, spread: rating.Spread | None, left: float, right: float, y: float, high: float
) -> None:
    """One scale of answers from `left` to `right`, in a row of this height from `y`."""
    paint_strip(c.p, spread, QRectF(left, y + 8, right - left, high - 24), STRIP, c.colour)


def read_recognise(bridge: "Bridge", step: str) -> Facts:
    """The need in focus and how many recognise it."""
    need, session = _chosen(bridge), bridge.get(queries.session)
    if need is None:
        return common(bridge, step, None)
    got = need.recognition
    counts = (got.yes, got.almost, got.no)
    votes = [answer for answer, many in enumerate(counts) for _ in range(many)]
    counts = _held(bridge, (need.id, "recognise"), votes, counts)
    held = (got.waiting, got.open)
    return common(bridge, step, (need.number, statement(need.fields, session.language), counts, held))


def paint_recognise(c: Canvas, f: Facts) -> None:
    """The sentence again, and three counts."""
    lang = f.lang
    c.thread(f.position, f.steps)
    y = c.text(f.title, QRectF(MARGIN, 160, c.width - 2 * MARGIN, 190), 72, 700)
    if f.more is None:
        return
    number, sentence, (yes, almost, no), (waiting, is_open) = f.more
    c.line(lang("Need {n}").format(n=number), MARGIN, y + 74, 48, 600, tone="ink2")
    c.text(sentence, QRectF(MARGIN, y + 104, c.width - 2 * MARGIN, c.bottom - y - 330), 60)
    if waiting and not yes + almost + no:
        few = lang("The answers are shown when three have answered.")
        words = lang("The answers are shown when six have answered.") if is_open else few
        c.line(words, MARGIN, c.bottom, 52, tone="ink2")
        return
    x = MARGIN
    for count, words in ((yes, lang("yes")), (almost, lang("almost")), (no, lang("no"))):
        wide = c.number(str(count), x, c.bottom - 70, 132)
        c.line(words, x, c.bottom, 52)
        x += max(wide, 260) + 100
    if waiting:
        _behind(c, lang, yes + almost + no, waiting, c.bottom)


def _behind(c: Canvas, lang: Language, shown: int, waiting: int, y: float) -> None:
    """How many have answered beside how many the picture shows, at the right edge."""
    words = lang("{n} have answered, the picture shows {m}.").format(n=shown + waiting, m=shown)
    c.line(words, c.width - MARGIN, y, 44, tone="ink2", right=True)
