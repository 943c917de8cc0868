"""What a room's sorting gives when it is known what people mean: simulated sorters, the samples and made-up rooms.

The heaps of the samples are their themes split by hand. Nothing here was seen by the people it pretends to be.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from sorters import Habit, Room, ami, moves, play

from workshop_app import clustering
from workshop_app.clustering import sorting
from workshop_app.clustering.sorting import prior

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_sessions"
HEAPS = {  # the numbers of the cards in each heap
    "nassjo_boende": (
        "1, 2, 3 4, 5 6, 7, 8 10 14, 9 11, 12 13 15, 16 17 18, 19, 20 21, 22 28, 23, 24 29, 25 26, 27, 30, 31 32 33, "
        "34 35 37, 36, 38 39 40, 41 42, 54, 43 45, 44 46, 47 48, 49 50, 51, 52"
    ),
    "ostergotland_hemmonitorering": (
        "1 2 8, 3 4, 5 6, 7, 9 10 11 48, 12 13 14, 15, 16 18 20, 17, 19, 21, 22 23, 24 25, 26 27 28, 29, "
        "30 31 32 33 34, 35 36, 37, 38 39, 40, 41 42, 43 44, 45, 46"
    ),
    "skane_digital_golv": (
        "1 2 4 5 6, 3, 7 8, 9 10 14, 11 12 13, 15 16 18 19, 17 20, 21, 22 24, 23, 25 26, 27 30, 28 29, 31 34 35 37, "
        "32 33 60, 36 38, 39 41, 40 42, 43, 44 45, 46 47, 48 50, 49, 51 52, 53, 54, 55 56, 57 58"
    ),
}
GOALS = {(8, 12): 0.55, (20, 15): 0.75, (40, 15): 0.82}
SEEDS = (101, 102)
# name -> how they sort, rounds, whether a heap is there for all at once
WAYS = {
    "own piles, one hand": (Habit(way="piles"), 1, False),
    "own piles, three hands": (Habit(way="piles"), 3, False),
    "shared heaps": (Habit(), 3, True),
    "shared heaps, 6 likeliest seen": (Habit(sees=6), 3, True),
    "shared heaps, only between rounds": (Habit(), 3, False),
    "shared heaps or own piles": (Habit(way="both"), 3, True),
    "shared, errors among what is alike": (Habit(confuses="alike"), 3, True),
    "shared, splitters and lumpers too": (Habit(grain="mixed"), 3, True),
    "own piles, splitters and lumpers too": (Habit(way="piles", grain="mixed"), 1, False),
    "shared, each fifth card wrong": (Habit(error=0.2), 3, True),
    "whole themes, own piles": (Habit(way="piles", grain="theme"), 1, False),
    "whole themes, shared": (Habit(grain="theme"), 3, True),
}


def sample(name: str) -> Room:
    """A sample session with its heaps, and the model's vectors where the model is."""
    cards = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))["challenges"]
    heap_of = {
        f"c{int(n):02d}": f"heap {k}" for k, some in enumerate(HEAPS[name].split(",")) for n in some.split()
    }
    texts = tuple(card["text"] for card in cards)
    vectors = clustering.embed(texts) if clustering.engine_name() == "semantic" else None
    heap = tuple(heap_of.get(card["id"], "") for card in cards)
    theme = tuple(card.get("theme") or "" for card in cards)
    return Room(name, texts, heap, theme, {}, vectors, prior.alike(texts, vectors))


def made_up(size: int, seed: int) -> Room:
    """A room whose texts say nothing and whose vectors say about as little as the model does of real cards."""
    lot = np.random.default_rng(seed)
    heaps, themes = max(3, size * 10 // 26), max(3, round(0.9 * size**0.5))
    heap = lot.choice(heaps, size, p=lot.dirichlet(np.full(heaps, 1.2)))
    theme = lot.integers(0, themes, heaps)[heap]
    about, means = lot.normal(size=(themes, 384)), lot.normal(size=(heaps, 384))
    vectors = 5 + 3 * lot.normal(size=(size, 384)) + 0.55 * about[theme] + 0.45 * means[heap]
    texts = tuple(f"kort {7919 * n % 65537:x}" for n in range(size))
    names = tuple(f"heap {n}" for n in heap), tuple(f"theme {n}" for n in theme)
    return Room(f"made up, {size} cards", texts, *names, {}, vectors, prior.alike(texts, vectors))


@pytest.fixture(scope="module")
def rooms() -> Iterator[list[Room]]:
    """The three samples and three made-up rooms."""
    yield [*map(sample, HEAPS), made_up(30, 1), made_up(60, 2), made_up(110, 3)]


def meant(room: Room, habit: Habit) -> tuple[str, ...]:
    """The names at the level the people sort."""
    return room.theme if habit.grain == "theme" else room.heap


@pytest.mark.parametrize("way", WAYS)
def test_agreement_with_the_sorters(way: str, rooms: list[Room], told: Callable[..., None]) -> None:
    habit, rounds, live = WAYS[way]
    print(f"\n{way}")
    for (people, cards), goal in GOALS.items():
        scores = []
        for room in rooms:
            each = []
            for seed in SEEDS:
                done = play(room, people, cards, seed, habit, rounds, live)
                found = sorting.combine(room.texts, done, vectors=room.vectors)
                each.append(ami(meant(room, habit), found.labels))
            scores.append(each)
            print(f"  {people} x {cards}  {room.name:<30} " + " ".join(f"{score:.2f}" for score in each))
        samples = [score for each in scores[:3] for score in each]
        told(f"{way}, {people} x {cards}: AMI, samples", statistics.mean(samples), "", goal, least=True)
        told("  the least of these", min(samples), "")
        told("  made-up rooms", statistics.mean(score for each in scores[3:] for score in each), "")


def test_the_model_alone(rooms: list[Room], told: Callable[..., None]) -> None:
    for room in rooms[:3]:
        small, large = clustering.two_levels(room.texts, room.vectors)
        told(f"the model alone, {room.name}: AMI, heaps", ami(room.heap, small.labels), "")
        told("  themes", ami(room.theme, large.labels), "")


def test_pairs_proposed_without_people(rooms: list[Room], told: Callable[..., None]) -> None:
    right = proposed = possible = 0
    for room in rooms[:3]:
        small, _ = clustering.two_levels(room.texts, room.vectors)
        for a in range(len(room.texts)):
            for b in range(a):
                same = room.theme[a] == room.theme[b] != ""
                together = small.labels[a] == small.labels[b] >= 0
                possible += room.heap[a] == room.heap[b] != ""
                proposed += together
                right += same and together
    told("pairs proposed by the model: share of one theme", right / max(1, proposed), "", 0.8, least=True)
    told("  how many", proposed, "pairs")
    told("  as a share of the pairs people mean", right / possible, "")


def test_the_leaders_moves(rooms: list[Room], told: Callable[..., None]) -> None:
    for room in rooms[:3]:
        nothing = moves(room, [-1] * len(room.texts))
        told(f"{room.name}: moves from nothing", nothing, "")
        small, large = clustering.two_levels(room.texts, room.vectors)
        inside = {
            g.id: sorted({label for row in g.rows if (label := small.labels[row]) >= 0}) for g in large.groups
        }
        alone = moves(room, small.labels, list(inside.values()))
        told("  from the model's suggestion, of that", alone / nothing * 100, "%")
        for way in ("own piles, one hand", "shared heaps"):
            habit, rounds, live = WAYS[way]
            each = []
            for seed in SEEDS:
                found = sorting.combine(
                    room.texts, play(room, 20, 15, seed, habit, rounds, live), vectors=room.vectors
                )
                each.append(moves(room, found.labels, found.themes) / nothing * 100)
            told(f"  after 20 x 15, {way}", statistics.mean(each), "%", 35)


def test_how_long_it_takes(rooms: list[Room], told: Callable[..., None]) -> None:
    for room, people, cards, limit in ((rooms[2], 20, 15, 1.0), (made_up(500, 5), 40, 15, None)):
        done = play(room, people, cards, 1, Habit(way="piles"))
        n = len(room.texts)
        began = time.perf_counter()
        sorting.deal(room.texts, [f"p{k}" for k in range(people)], cards, done, vectors=room.vectors)
        sorting.combine(room.texts, done, vectors=room.vectors)
        told(
            f"{n} texts, {people} x {cards}: dealt again and added up",
            time.perf_counter() - began,
            "s",
            limit,
        )
    room = made_up(200, 6)
    done = play(room, 20, 10, 1, Habit())
    times = []
    for row in range(21):
        began = time.perf_counter()
        sorting.likely_heaps(room.texts, done, row, vectors=room.vectors)
        times.append((time.perf_counter() - began) * 1000)
    told("the likeliest heaps for one of 200 cards", statistics.median(times), "ms", 20)
