"""What should be in order before people go home: owners, dates, nothing that points a person out, who keeps it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop_app.desktop.paper.made import Made
from workshop_app.formats import Format
from workshop_app.i18n import Language
from workshop_app.model.dates import day_words, time_words
from workshop_app.model.need import Need
from workshop_app.model.session import Session


@dataclass(frozen=True)
class Line:
    """One thing: in words, whether it is done, and the step where it can be done ("" where nothing helps).

    `card` is the first card whose words can be blacked out, 0 for none.
    """

    words: str
    done: bool
    step: str = ""
    card: int = 0


def lines(
    lang: Language, session: Session, one: Format, needs: Sequence[Need], made: Made | None
) -> list[Line]:
    """Everything to look at, what is open as well as what is done."""
    return [
        *_needs(lang, needs, _step(one, session, "route"), bool(_step(one, session, "formulate"))),
        *_persons(lang, made, session, one),
        *_keeping(lang, session, _step(one, session, "close") or session.steps[-1].id),
    ]


def _step(one: Format, session: Session, kind: str) -> str:
    """The last step of a kind in this session's agenda, or ""."""
    here = {state.id for state in session.steps}
    found = [step.id for step in one.steps if step.kind == kind and step.id in here]
    return found[-1] if found else ""


def _needs(lang: Language, needs: Sequence[Need], step: str, worded: bool) -> list[Line]:
    alive = sorted((n for n in needs if n.merged_into is None), key=lambda n: n.number)
    if not alive and not worded:
        return []
    if not alive:
        return [Line(lang("No need has been written yet"), False)]
    checks: tuple[tuple[str, str, Callable[[Need], bool]], ...] = (
        (lang("Need {numbers} has no route"), lang("Needs {numbers} have no route"), _without_route),
        (lang("Need {numbers} has no owner"), lang("Needs {numbers} have no owner"), _without_owner),
        (lang("Need {numbers} has no date"), lang("Needs {numbers} have no date"), _without_date),
    )
    out = []
    for single, several, lacking in checks:
        numbers = [n.number for n in alive if lacking(n)]
        if numbers:
            words = (single if len(numbers) == 1 else several).format(numbers=in_a_row(numbers, lang))
            out.append(Line(words, False, step))
    if not out:
        words = lang.plural(
            "The need has an owner and a date", "All {n} needs have owner and date", len(alive)
        )
        out.append(Line(words, True))
    return out


def _without_route(need: Need) -> bool:
    return not need.fields["route"]


def _without_owner(need: Need) -> bool:
    # a parked need is taken up again on its date; METHOD asks for no owner until then
    return bool(need.fields["route"]) and need.fields["route"] != "parked" and not need.fields["owner"]


def _without_date(need: Need) -> bool:
    return bool(need.fields["route"]) and not (need.fields["needed_by"] or need.fields["review_date"])


def _persons(lang: Language, made: Made | None, session: Session, one: Format) -> list[Line]:
    if made is None:
        return []
    out = []
    for numbers, single, several, kind in (
        (
            made.cards_to_look_at,
            lang("Card {numbers} can point out a person"),
            lang("Cards {numbers} can point out people"),
            "read",
        ),
        (
            made.needs_to_look_at,
            lang("Need {numbers} can point out a person"),
            lang("Needs {numbers} can point out people"),
            "formulate",
        ),
    ):
        if numbers:
            words = (single if len(numbers) == 1 else several).format(numbers=in_a_row(numbers, lang))
            card = min(numbers) if kind == "read" else 0
            out.append(Line(words, False, "" if card else _step(one, session, kind), card))
    return out or [Line(lang("No personal data found"), True)]


def _keeping(lang: Language, session: Session, step: str) -> list[Line]:
    kept = session.settings
    told = (
        ("owner", lang("The result is owned by {what}"), lang("Nobody owns the result yet")),
        ("kept_where", lang("It is kept here: {what}"), lang("Nobody has written where it is kept")),
        ("next_date", lang("Next: {what}"), lang("There is no next date yet")),
    )
    out = []
    for key, there, lacking in told:
        text = day_words(kept.get(key, ""), lang)
        out.append(Line(there.format(what=text), True) if text else Line(lacking, False, step))
    return out


def in_a_row(numbers: Sequence[int], lang: Language) -> str:
    """Numbers as people say them: 1–7, 1 and 3, or 1, 3 and 5."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for n in ordered:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    words: list[str] = []
    for run in runs:
        words += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(n) for n in run]
    return lang.listed(words)


def version_words(lang: Language, now: int, printed: str) -> str:
    """Which version this is, and since when; `printed` is the time it was last printed or saved, or ""."""
    try:
        at = datetime.fromisoformat(printed).astimezone()
    except ValueError:
        return lang("Version {n}. A change after printing gives version\u00a0{m}.").format(n=now, m=now + 1)
    if at.date() == datetime.now().astimezone().date():
        words = lang("Version {n}, {time}. A change gives version\u00a0{m}.")
        return words.format(n=now, m=now + 1, time=time_words(at, lang))
    words = lang("Version {n}, {day}. A change gives version\u00a0{m}.")
    return words.format(n=now, m=now + 1, day=day_words(at.date().isoformat(), lang, weekday=False))
