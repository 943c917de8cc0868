"""People who sort cards, made up: for measuring what a room's sorting gives when it is known what they mean."""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_app.clustering import sorting
from workshop_app.clustering.sorting import Sort


@dataclass(frozen=True)
class Room:
    """Texts whose heaps and themes are known: `heap[row]` and `theme[row]` are names, "" where there is none."""

    name: str
    texts: tuple[str, ...]
    heap: tuple[str, ...]
    theme: tuple[str, ...]
    author: dict[int, str] = field(default_factory=dict)
    vectors: Any = None
    near: Any = None  # (n, n) likeness, for those who confuse what is alike


@dataclass(frozen=True)
class Habit:
    """How a person sorts.

    `grain`: "heap" as the room's heaps, "fine" splits each in two, "theme" puts whole themes together, "mixed" some of
    each. `confuses`: an error lands on a heap that is "alike" rather than on any ("random"). `way`: "heaps" shared,
    "piles" own, "both" (shared where there is one, own piles otherwise). `sees`: only so many of the likeliest heaps.
    """

    error: float = 0.1
    unsure: float = 0.03
    grain: str = "heap"
    confuses: str = "random"
    way: str = "heaps"
    sees: int | None = None


def play(
    room: Room, people: int, cards: int, seed: int, habit: Habit, rounds: int = 1, live: bool = True
) -> list[Sort]:
    """What the people sorted: `cards` each, dealt in so many rounds.

    With `live` a heap is there for all as soon as it is founded; otherwise only after the round.
    """
    lot = random.Random(f"{room.name} {people} {cards} {seed}")
    names = [f"p{number}" for number in range(1, people + 1)]
    authors = {row: lot.choice(names) for row in range(len(room.texts))}
    hands = {name: _Hand(room, name, _persona(habit, lot), lot) for name in names}
    sizes = [cards // rounds + (turn < cards % rounds) for turn in range(rounds)]
    for size in sizes:
        done = [hand.sort for hand in hands.values() if hand.sort.placements or hand.sort.piles]
        dealt = sorting.deal(room.texts, names, size, done, vectors=room.vectors, authors=authors)
        known = [heap.id for heap in dealt.heaps]
        founded: list[int] = list(known)
        turns = [(place, name) for place in range(size) for name in lot.sample(names, len(names))]
        for hand in hands.values():
            hand.own = []
        for place, name in turns:
            dealt_hand = dealt.hands[names.index(name)]
            if place < len(dealt_hand):
                row = dealt_hand[place]
                hand = hands[name]
                heaps = founded if live else [*known, *(h for h in hand.own if h not in known)]
                if live and hand.habit.sees and hand.habit.way != "piles":
                    now = [one.sort for one in hands.values()]
                    order = sorting.likely_heaps(room.texts, now, row, vectors=room.vectors)
                else:
                    order = tuple(dealt.likely.get(row, ()))
                new = hand.take(row, heaps, order)
                if new is not None and new not in founded:
                    founded.append(new)
    return [hand.sort for hand in hands.values()]


def _persona(habit: Habit, lot: random.Random) -> Habit:
    grain = lot.choice(("heap", "heap", "fine", "theme")) if habit.grain == "mixed" else habit.grain
    return replace(habit, grain=grain)


class _Hand:
    """One person at work."""

    def __init__(self, room: Room, name: str, habit: Habit, lot: random.Random) -> None:
        self.room, self.habit, self.lot = room, habit, lot
        self.sort = Sort(name)
        self.own: list[int] = []
        self.meaning = [self._means(row) for row in range(len(room.texts))]

    def _means(self, row: int) -> str:
        if not self.room.heap[row]:
            return ""
        if self.habit.grain == "theme":
            return self.room.theme[row]
        if self.habit.grain == "fine":
            fellows = [r for r, heap in enumerate(self.room.heap) if heap == self.room.heap[row]]
            return f"{self.room.heap[row]} {fellows.index(row) * 2 // max(2, len(fellows))}"
        return self.room.heap[row]

    def take(self, row: int, heaps: Sequence[int], order: Sequence[int]) -> int | None:
        """Puts one card somewhere; the heap if it is (or becomes) a shared one."""
        if not self.meaning[row] or self.lot.random() < self.habit.unsure:
            self.sort = replace(self.sort, leftover=(*self.sort.leftover, row))
            return None
        if self.habit.way == "piles":
            self._pile(row)
            return None
        rank = {heap: place for place, heap in enumerate(order)}
        found = sorted(heaps, key=lambda heap: (rank.get(heap, len(rank)), heap))[: self.habit.sees]
        right = [heap for heap in found if self.meaning[heap] == self.meaning[row]]
        wrong = [heap for heap in found if self.meaning[heap] != self.meaning[row]]
        if wrong and self.lot.random() < self.habit.error:
            chosen = self._slip(row, wrong, lambda heap: [heap])
        elif right:
            chosen = right[0]
        elif self.habit.way == "both":
            self._pile(row, err=False)
            return None
        else:
            chosen = row
            self.own.append(row)
        self.sort = replace(self.sort, placements=(*self.sort.placements, (row, chosen)))
        return chosen

    def _pile(self, row: int, err: bool = True) -> None:
        piles = [list(pile) for pile in self.sort.piles]
        right = [pile for pile in piles if self._about(pile) == self.meaning[row]]
        wrong = [pile for pile in piles if self._about(pile) != self.meaning[row]]
        if err and wrong and self.lot.random() < self.habit.error:
            self._slip(row, wrong, lambda pile: pile).append(row)
        elif right:
            right[0].append(row)
        else:
            piles.append([row])
        self.sort = replace(self.sort, piles=tuple(map(tuple, piles)))

    def _about(self, pile: Sequence[int]) -> str:
        return self.meaning[pile[0]]

    def _slip(self, row: int, choices: list[Any], rows: Callable[[Any], list[int]]) -> Any:
        if self.habit.confuses == "random" or self.room.near is None:
            return self.lot.choice(choices)
        near = sorted(choices, key=lambda c: -max(self.room.near[row][r] for r in rows(c)))
        return self.lot.choice(near[:3])


def ami(gold: Sequence[str], labels: Sequence[int]) -> float:
    """Adjusted mutual information; rows without a name are left out, each -1 is a group of its own."""
    pairs = [
        (g, label if label >= 0 else f"alone {row}")
        for row, (g, label) in enumerate(zip(gold, labels, strict=True))
        if g
    ]
    n = len(pairs)
    rows, columns, cells = Counter(g for g, _ in pairs), Counter(p for _, p in pairs), Counter(pairs)
    shared = sum(c / n * math.log(c * n / (rows[g] * columns[p])) for (g, p), c in cells.items())
    spread = sum(-c / n * math.log(c / n) / 2 for count in (rows, columns) for c in count.values())
    chance = _expected(rows, columns, n)
    return (shared - chance) / (spread - chance) if abs(spread - chance) > 1e-12 else 1.0


def _expected(rows: Counter[Any], columns: Counter[Any], n: int) -> float:
    lg = [math.lgamma(k + 1) for k in range(n + 1)]
    total = 0.0
    for a, times_a in Counter(rows.values()).items():
        for b, times_b in Counter(columns.values()).items():
            for k in range(max(1, a + b - n), min(a, b) + 1):
                chance = (
                    lg[a]
                    + lg[b]
                    + lg[n - a]
                    + lg[n - b]
                    - lg[n]
                    - lg[k]
                    - lg[a - k]
                    - lg[b - k]
                    - lg[n - a - b + k]
                )
                total += times_a * times_b * k / n * math.log(k * n / (a * b)) * math.exp(chance)
    return total


def moves(room: Room, labels: Sequence[int], themes: Sequence[Sequence[int]] = ()) -> int:
    """How many moves lead a leader from a suggestion to the room's own heaps and themes.

    A move places a card, makes a heap of a first card, merges two heaps or two themes, or moves a heap to a theme.
    `labels` is the heap per row (-1: none), `themes` the heaps of each theme; with none of either all is done by hand.
    """
    meant = {row: name for row, name in enumerate(room.heap) if name}
    theme_of = {name: room.theme[row] for row, name in meant.items()}
    held: dict[int, Counter[str]] = {}
    for row, name in meant.items():
        if labels[row] >= 0:
            held.setdefault(labels[row], Counter())[name] += 1
    becomes = {heap: min(names, key=lambda name: (-names[name], name)) for heap, names in held.items()}
    cards = sum(labels[row] < 0 or becomes[labels[row]] != name for row, name in meant.items())
    merges = len(becomes) - len(set(becomes.values()))
    lies_in = {heap: number for number, heaps in enumerate(themes) for heap in heaps if heap in becomes}
    about: dict[int, Counter[str]] = {}
    for heap, number in lies_in.items():
        about.setdefault(number, Counter())[theme_of[becomes[heap]]] += 1
    named = {number: min(names, key=lambda name: (-names[name], name)) for number, names in about.items()}
    right = {becomes[heap] for heap, number in lies_in.items() if named[number] == theme_of[becomes[heap]]}
    return cards + merges + len(theme_of) - len(right) + len(named) - len(set(named.values()))
