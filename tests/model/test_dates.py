"""Dates and times as people write them in each language."""

from datetime import datetime, timedelta

import pytest

from workshop_app.i18n import language
from workshop_app.model import dates
from workshop_app.model.room_check import Check

THEN = datetime(2026, 6, 5, 9, 5).astimezone()


@pytest.mark.parametrize(("code", "time"), [("sv", "09.05"), ("en", "09:05")])
def test_a_time_of_day_is_written_as_in_the_language(code: str, time: str) -> None:
    lang = language(code)
    assert dates.time_words(THEN, lang) == dates.clock_words("09:05", lang) == time
    assert dates.clock_words("", lang) == "" and dates.clock_words("efter lunch", lang) == "efter lunch"


def test_a_moment_of_another_day_says_the_day() -> None:
    sv, en, now = language("sv"), language("en"), datetime.now().astimezone()
    long_ago = THEN.replace(year=2019)
    assert dates.moment_words(long_ago, sv) == "5 juni 2019 kl. 09.05"
    assert dates.moment_words(long_ago, en) == "5 June 2019, 09:05"
    noon = now.replace(hour=12, minute=0)
    assert dates.moment_words(noon, sv) == "12.00"
    assert dates.moment_words(noon - timedelta(days=1), sv).endswith(" kl. 12.00")


def test_a_meeting_begins_at_a_day_and_a_time() -> None:
    assert dates.day_and_time("2026-06-05T09:05", language("sv")) == "5 juni 2026 kl. 09.05"
    assert dates.day_and_time("2026-06-05T09:05:00+02:00", language("en")) == "5 June 2026, 09:05"
    assert [dates.day_and_time(t, language("sv")) for t in ("", "efter lunch")] == ["", "efter lunch"]


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("sv", "right", "21 november 2026 kl. 14.05."),
        ("en", "right", "21 November 2026, 14:05."),
        (
            "sv",
            "behind",
            "Visar 21 november 2026 kl. 14.05, men verkstaden skapades senare än så.",
        ),
    ],
)
def test_the_room_check_tells_the_clock_in_words(code: str, line: str, said: str) -> None:
    kept = Check("clock", line, {"time": "14:05", "date": "2026-11-21"})
    assert kept.said(language(code)) == said
