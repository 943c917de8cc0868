"""The small guards, with a clock of their own."""

import re

import pytest

from workshop_app import compounds
from workshop_app.web import assets, draw, limits


class Clock:
    """A time that moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_phone_may_burst_then_three_a_second() -> None:
    clock = Clock()
    buckets = limits.Buckets(clock)
    assert [buckets.take("a") for _ in range(30)] == [0.0] * 30
    assert 0 < buckets.take("a") <= 1 / 3 + 0.01 and buckets.take("b") == 0.0
    clock.now += 1.0
    assert [buckets.take("a") == 0.0 for _ in range(4)] == [True, True, True, False]


def test_phones_that_have_not_joined_share_a_larger_budget() -> None:
    clock = Clock()
    buckets = limits.Buckets(clock)
    taken = [buckets.take("?10.0.0.1", 20) for _ in range(601)]
    assert taken[:600] == [0.0] * 600 and taken[600] > 0


def test_wrong_codes_wait_longer_each_time_for_one_address_only() -> None:
    clock = Clock()
    guard = limits.CodeGuard(clock)
    for _ in range(limits.FREE_TRIES):
        assert guard.wait("a") == 0.0 and not guard.right("a", "WRONG1", "RIGHT1")
    assert guard.wait("a") == pytest.approx(1.0) and guard.wait("b") == 0.0
    clock.now += 1.0
    assert guard.wait("a") == 0.0 and not guard.right("a", "å", "RIGHT1")
    assert guard.wait("a") == pytest.approx(2.0)
    clock.now += 2.0
    assert guard.right("a", "RIGHT1", "RIGHT1") and guard.wait("a") == 0.0


@pytest.mark.parametrize(
    ("host", "name"),
    [("A.b:80", "a.b"), ("[::1]:8080", "::1"), ("[fe80::1]", "fe80::1"), ("", ""), ("10.0.0.1", "10.0.0.1")],
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert limits.host_name(host) == name


def test_assets_are_small_named_by_content_and_whole() -> None:
    made = assets.assets()
    assert len(made) == 3 and all(name.count(".") == 2 for name in made)
    style = made[assets.name_of("css")]
    assert b"@media (prefers-color-scheme: dark)" in style.plain and len(style.packed) < 35_000
    assert b"/*" not in style.plain
    assert "url(" not in assets.inline_style()


def test_the_script_is_plain_enough_for_old_phones_and_for_an_open_network() -> None:
    script = assets.assets()[assets.name_of("js")].plain.decode()
    newer = re.findall(r"=>|`|\basync\b|\bawait\b|\?\.|\?\?|\blet\b|\bconst\b|\bclass\s|\.\.\.", script)
    assert newer == []
    # what browsers withhold from a page on plain http, and what our own policy forbids
    assert not re.search(
        r"randomUUID|serviceWorker|crypto\.subtle|navigator\.clipboard|\beval\(|\.style\b", script
    )


def test_prompts_are_parted_into_heading_and_lead() -> None:
    assert draw.heading_and_lead("Vad är svårt? Beskriv. Kort.") == ("Vad är svårt?", "Beskriv. Kort.")
    assert draw.heading_and_lead("Bara en rad") == ("Bara en rad", "")


def test_soft_hyphens_only_where_long_words_join_and_only_for_show() -> None:
    assert compounds.softened("förfrågningsunderlaget") == "förfrågnings\u00adunderlaget"
    assert compounds.softened("underlag och möte") == "underlag och möte"
    words = "innovationsupphandlingsprocessen <b> \n livscykelkostnad"
    assert (
        compounds.softened(words) != words and compounds.softened(words).replace(compounds.SOFT, "") == words
    )
