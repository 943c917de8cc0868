"""How many keys a leader needs to sort a whole sample: one card at a time from nothing, and from the suggestion.

The author's own themes are the leader's mind; in a second run each theme is cut into heaps of three, as rooms make them.
Cards come in a random order, for the samples list them theme by theme. Vectors as kept by the desk, and words alone.
"""

import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from workshop_app import actions, clustering, resources
from workshop_app.actions import fast_sort, suggest
from workshop_app.model.board import Board, Card, Heap, letters
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

HEAP = 3
READING_S, KEY_S = (
    2.0,
    0.3,
)  # assumed for a card, and for a key: the last column is arithmetic, not a measurement


def minds(path: Path) -> dict[str, list[str]]:
    """The sample's texts, and what the author had in mind for each: themes, and themes cut into small heaps."""
    told = json.loads(path.read_text(encoding="utf-8"))["challenges"]
    random.Random(1).shuffle(told)
    themes = [one["theme"] or "none" for one in told]
    seen: Counter[str] = Counter()
    small = []
    for theme in themes:
        small.append(f"{theme} {seen[theme] // HEAP}")
        seen[theme] += 1
    return {"text": [one["text"] for one in told], "themes": themes, "small heaps": small}


def loose(folder: Path, texts: list[str], name: str) -> SessionFile:
    """A session with the cards and their vectors."""
    file = actions.session.create(folder / f"{name}.behov", format_id="needs_identification", title="Bench")
    for text in texts:
        actions.do(file, actions.ask.type_card, by="program", text=text)
    suggest.embed_pending(file)
    return file


def from_nothing(file: SessionFile, mind: Mapping[int, str]) -> tuple[list[int], float]:
    """The keys for each card, and the milliseconds of the slowest choice of heaps. Nothing is written."""
    near, cards = fast_sort.nearness(file), queries.board(file).cards
    keys, slowest = [], 0.0
    lying: dict[str, list[Card]] = {}
    for card in fast_sort.in_turn(sorted(mind), near):
        ids = {one: number for number, one in enumerate(lying, 1)}
        heaps = tuple(Heap(n, None, n, "", "", n, tuple(lying[one])) for one, n in ids.items())
        board = Board((), heaps, (), (), (), ())
        began = time.perf_counter()
        offered = [one.heap for one in fast_sort.likely(board, card, near)]
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        wanted = ids.get(mind[card])
        found = wanted is None or wanted in offered
        keys.append(1 if found else 2 + len(letters(wanted or 0)))  # Tab, the tag, Enter
        lying.setdefault(mind[card], []).append(cards[card])
    return keys, slowest


def from_suggestion(file: SessionFile, mind: Mapping[int, str]) -> tuple[int, int, int]:
    """After using the whole suggestion: cards to move out of a wrong heap, heaps to join, cards still to sort."""
    actions.do(file, actions.group.apply_suggestion, suggestion=suggest.for_file(file))
    board = queries.board(file)
    wrong = 0
    of: Counter[str] = Counter()
    for heap in board.heaps:
        count = Counter(mind[c.id] for c in heap.cards)
        best, right = count.most_common(1)[0]
        wrong += len(heap.cards) - right
        of[best] += 1
    return wrong, sum(of.values()) - len(of), len(board.loose)


@pytest.mark.parametrize("words_alone", [False, True], ids=["model", "words"])
def test_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words_alone: bool) -> None:
    """Prints a line for each sample and mind."""
    if words_alone:
        monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")
    print(f"\n{clustering.engine_name()}: keys a card, under 1-6 or G, for 100 cards; from the suggestion")
    for path in resources.sample_files():
        told = minds(path)
        for name in ("themes", "small heaps"):
            mind = dict(enumerate(told[name], 1))
            with loose(tmp_path, told["text"], f"{path.stem}-{name[:3]}") as file:
                keys, slowest = from_nothing(file, mind)
                wrong, joins, left = from_suggestion(file, mind)
            mean = statistics.mean(keys)
            minutes = 100 * (READING_S + mean * KEY_S) / 60
            print(
                f"{path.stem[:14]:14} {name:11} {len(keys)} cards in {len(set(mind.values()))} heaps: {mean:.2f} keys,"
                f" {sum(k == 1 for k in keys) / len(keys):.0%} by one key, {minutes:.1f} min, slowest choice {slowest:.1f} ms;"
                f" suggestion: {wrong} to move, {joins} to join, {left} to sort"
            )
