"""Dates and times in words, as people say them: måndag 15 juni, 09.05; Monday 15 June, 09:05."""

from datetime import date, datetime, timedelta

from workshop_app.i18n import N_, Language

DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
CLOCK = N_("{hour}:{minute}")
MOMENT = N_("{date}, {time}")


def read(text: str) -> date | None:
    """An ISO date, or None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def day_words(text: str, lang: Language, *, weekday: bool = True, year: bool | None = None) -> str:
    """ "måndag 15 juni"; the year follows when it is not this one. What is no ISO date is shown as written."""
    when = read(text)
    if when is None:
        return text
    words = f"{when.day} {lang(MONTHS[when.month - 1])}"
    if weekday:
        words = f"{lang(DAYS[when.weekday()])} {words}"
    shown = when.year != date.today().year if year is None else year
    return f"{words} {when.year}" if shown else words


def clock_words(text: str, lang: Language) -> str:
    """A time of day such as 09:05 as it is written in the language: 09.05 in Swedish. What is none is shown as it is."""
    hour, sign, minute = text.partition(":")
    return lang(CLOCK).format(hour=hour, minute=minute) if sign else text


def time_words(when: datetime, lang: Language) -> str:
    """The local time of day."""
    return clock_words(f"{when.astimezone():%H:%M}", lang)


def moment_words(when: datetime, lang: Language) -> str:
    """The local time of day, after its date unless that is today: "20 november kl. 09.05"."""
    day, time = when.astimezone().date(), time_words(when, lang)
    if day == date.today():
        return time
    return lang(MOMENT).format(date=day_words(day.isoformat(), lang, weekday=False), time=time)


def day_and_time(text: str, lang: Language) -> str:
    """A day and a time that are kept as 2026-06-05T09:05: "5 juni 2026 kl. 09.05". What is none is shown as it is."""
    day = day_words(text, lang, weekday=False, year=True)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return day
    return lang(MOMENT).format(date=day, time=clock_words(f"{time:%H:%M}", lang)) if text[10:] else day


def span_words(span: timedelta, lang: Language) -> str:
    """Whole minutes in words; anything under one counts as one."""
    minutes = max(round(span.total_seconds() / 60), 1)
    return lang.plural("{n} minute", "{n} minutes", minutes)


def minutes_words(minutes: int, lang: Language) -> str:
    """A planned time as on a format's card: 45 min, 3 h."""
    if minutes >= 120 and minutes % 60 == 0:
        return lang("{n} h").format(n=minutes // 60)
    return lang("{n} min").format(n=minutes)
