"""`workshop deal` and `workshop cluster --sorts`: a room that sorts, from files to answers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Go = Callable[..., Any]


@pytest.fixture
def nine(tmp_path: Path) -> Path:
    """Nine texts about three things."""
    file = tmp_path / "nine.csv"
    rows = [f"{thing} {word}" for thing in ("bygglov", "skolmat", "bussen") for word in ("ett", "två", "tre")]
    file.write_text("text\n" + "\n".join(rows), encoding="utf-8")
    return file


def test_a_room_sorts_from_files(workshop: Go, nine: Path, tmp_path: Path) -> None:
    first = workshop("deal", nine, "--people", "3", "--cards", "4", "--json").json
    assert [len(set(hand)) for hand in first["hands"]] == [4, 4, 4] and first["heaps"] == []
    assert set(first["likely"]) == {str(row) for hand in first["hands"] for row in hand}
    sorts = tmp_path / "sorts.json"
    said = [
        {"person": "p1", "placements": [[0, 0], [1, 0], [3, 3]], "leftover": [8]},
        {"person": "p2", "piles": [[0, 1, 2], [3, 4]]},
        {"person": "p3", "placements": [[2, 0]], "piles": None},
    ]
    sorts.write_text(json.dumps(said), encoding="utf-8")
    then = workshop("deal", nine, "--people", "4", "--cards", "2", "--sorts", sorts, "--json").json
    assert {heap["id"]: heap["rows"] for heap in then["heaps"]} == {0: [0, 1, 2], 3: [3]}
    assert not {0, 1, 3, 8} & set(then["hands"][0]) and len(then["hands"][3]) == 2
    told = workshop("cluster", nine, "--sorts", sorts, "--json").json
    assert told["labels"] == [0, 0, 0, 1, 1, -1, -1, -1, -1]
    assert [group["size"] for group in told["groups"]] == [3, 2]
    assert sorted(heap for theme in told["themes"] for heap in theme["groups"]) == [0, 1]
    assert all(theme["title"] for theme in told["themes"])
    assert len(told["confidence"]) == len(told["agreement"]) == 9 and told["agreement"][8] == [0, 1]
    assert "left to sort  (4)" in workshop("cluster", nine, "--sorts", sorts).out
    assert workshop("deal", nine, "--people", "1", "--cards", "1").out.startswith("p1\n")


def test_what_was_sorted_goes_with_pins_and_an_exact_number(workshop: Go, nine: Path, tmp_path: Path) -> None:
    sorts, pins = tmp_path / "sorts.json", tmp_path / "pins.json"
    sorts.write_text('[{"piles": [[0, 1], [2, 3], [4, 5]]}]', encoding="utf-8")
    pins.write_text("[[0, 1], [1, 2]]", encoding="utf-8")
    labels = workshop("cluster", nine, "--sorts", sorts, "--pins", pins, "--json").json["labels"]
    assert labels[0] != labels[1] and -1 not in labels[:6]
    one = workshop("cluster", nine, "--sorts", sorts, "--groups", "1", "--json").json
    assert one["labels"] == [0] * 6 + [-1] * 3 and len(one["themes"]) == 1
    assert workshop("cluster", nine, "--sorts", sorts, "--fineness", "0").code == 0


@pytest.mark.parametrize(
    "content",
    [
        *("", "{}", "null", "[1]", '[{"person": 1}]', '[{"placements": 5}]', '[{"placements": [[0]]}]'),
        *('[{"placements": {"0": 1}}]', '[{"placements": [[0, 9]]}]', '[{"placements": [["a", 0]]}]'),
        *('[{"piles": [3]}]', '[{"piles": [[true]]}]', '[{"leftover": [-1]}]', '[{"leftover": [1e400]}]'),
    ],
)
def test_sorts_that_cannot_be_used_get_one_sentence(
    workshop: Go, nine: Path, tmp_path: Path, content: str
) -> None:
    (tmp_path / "s.json").write_text(content, encoding="utf-8")
    for command in (["cluster", nine], ["deal", nine, "--people", "2", "--cards", "2"]):
        done = workshop(*command, "--sorts", tmp_path / "s.json", "--json")
        assert done.code == 1 and done.out == "" and len(done.err.strip().splitlines()) == 1
