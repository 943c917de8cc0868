"""How long a regrouping takes when the texts have been read before, and how long one new text takes."""

import random
import statistics
import time
from collections.abc import Callable

import pytest

from workshop_app import clustering

WHO = [
    "Handläggaren",
    "Hyresgästen",
    "Driften",
    "Hemtjänsten",
    "Skolan",
    "Upphandlaren",
    "Eleverna",
    "Grannarna",
    "Ekonomen",
    "Byborna",
]
WHAT = [
    "får vänta på besked om",
    "hittar inte uppgifter om",
    "betalar två gånger för",
    "saknar hjälp med",
    "litar inte på",
    "hör för sent om",
    "blandar ihop",
    "ringer runt om",
]
THING = [
    "bygglovet",
    "bussarna",
    "bredbandet",
    "skolmaten",
    "avtalen",
    "larmet",
    "parkeringen",
    "städningen",
    "fjärrvärmen",
    "trapphuset",
    "medicinerna",
    "nycklarna",
    "schemat",
    "ritningarna",
    "fakturorna",
]
WHEN = [
    "varje höst",
    "på kvällarna",
    "när det är halt",
    "sedan förra året",
    "i byarna",
    "under sommaren",
    "vid flytt",
]


def texts(count: int) -> list[str]:
    """Different texts of a workshop's kind."""
    chance = random.Random(7)
    return [
        " ".join(chance.choice(part) for part in (WHO, WHAT, THING, WHEN)) + f" ({number})"
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "limit"), [(200, 0.5), (2_000, 2.0)])
def test_grouping_again(count: int, limit: float, told: Callable[..., None]) -> None:
    cards = texts(count)
    vectors = None
    if clustering.engine_name() == "semantic":
        distinct = clustering.embed(cards[:200])
        # nearly the vectors of the first 200 over again: what is measured is the grouping, not the model
        vectors = distinct[[n % len(distinct) for n in range(count)]]
    clustering.group(cards[:50], None if vectors is None else vectors[:50])
    began = time.perf_counter()
    clustering.group(cards, vectors)
    told(
        f"{count:,} texts grouped again ({clustering.engine_name()})", time.perf_counter() - began, "s", limit
    )


def test_one_new_text(told: Callable[..., None]) -> None:
    if clustering.engine_name() != "semantic":
        pytest.skip("the model file is not here")
    clustering.embed(["Först läses modellen in"])
    times = []
    for number in range(9):
        began = time.perf_counter()
        clustering.embed([f"Ingen svarar när man ringer om sitt bygglov, och i by {number} går ingen buss"])
        times.append((time.perf_counter() - began) * 1000)
    told("one text read by the model, median of 9", statistics.median(times), "ms")
    told("the slowest of those", max(times), "ms")
