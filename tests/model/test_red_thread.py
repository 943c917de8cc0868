"""The red thread: what leads to what in both directions, and where it breaks."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workshop_app.model.board import Board, Card, Heap, Theme
from workshop_app.model.need import FIELDS, Evidence, Need
from workshop_app.model.red_thread import ASIDE, COLUMNS, GAPS, HOME, RedThread, red_thread
from workshop_app.model.session import Goal, QuestionVersion

NOW = datetime(2026, 6, 1, tzinfo=UTC)
QUESTIONS = (QuestionVersion(1, "Vad är svårt?", NOW), QuestionVersion(2, "Vad är svårt i dag?", NOW))


def card(number: int, heap: int | None, *needs: int, state: str = "", **more: object) -> Card:
    state = state or ("heap" if heap else "loose")
    return Card(
        number, f"kort {number}", state, heap, 1 if heap else None, "", "phone", needs=needs,
        receipt=f"R{number}", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def need(number: int, *evidence: int, goals: tuple[int, ...] = (), heap: int | None = None, **f: str) -> Need:
    return Need(
        number, number, "draft", dict.fromkeys(FIELDS, "") | {"title": f"behov {number}"} | f, heap, 3,
        evidence=tuple(Evidence(e, f"kort {e}", "") for e in evidence), goals=goals,
    )  # fmt: skip


def small() -> RedThread:
    cards = {
        1: card(1, 10, 1), 2: card(2, 10, 1, 2), 3: card(3, 11), 4: card(4, None),
        5: card(5, None, state="parked"), 6: card(6, None, state="merged", merged_into=1),
    }  # fmt: skip
    heaps = (
        Heap(10, 1, 1, "hög a", "leader", 0, (cards[1], cards[2])),
        Heap(11, 1, 2, "", "leader", 1, (cards[3],)),
    )
    board = Board(
        (Theme(1, 1, "tema", "leader", "", heaps), Theme(2, 2, "tomt", "leader", "")),
        (), (cards[4],), (cards[5],), (), (cards[6],),
    )  # fmt: skip
    needs = (
        need(1, 1, 2, goals=(1,), route="parked", heap=10),
        need(2, 2, route="ordinary_procurement", owner="Chef"),
        need(3),
    )
    asked = {f"R{n}": 1 if n == 1 else 2 for n in cards}
    return red_thread(QUESTIONS, board, needs, (Goal(1, "plan", "A"), Goal(2, "plan", "B")), asked)


def test_both_directions_from_every_column() -> None:
    found = small()
    assert found.related(("card", 1)) == {
        ("question", 1), ("card", 1), ("heap", 10), ("need", 1), ("goal", 1), ("route", "parked")
    }  # fmt: skip
    from_need = found.related(("need", 2))
    assert from_need == {
        ("question", 2),
        ("card", 2),
        ("heap", 10),
        ("need", 2),
        ("route", "ordinary_procurement"),
    }
    assert ("need", 2) not in found.related(("card", 1)), "another card of the same heap is another strand"
    assert {("card", 1), ("card", 2), ("card", 6)} <= found.related(("goal", 1))
    assert found.related(("question", 1)) >= {("card", 1), ("need", 1), ("route", "parked")}
    for one in found.nodes:
        assert all(one in found.related(other) for other in found.related(one)), (
            "it holds the other way round"
        )


def test_orphans_and_gaps_are_told_and_what_is_lawful_is_not() -> None:
    gaps = {node.key: node.gaps for node in small().gaps}
    assert gaps == {
        ("card", 3): ("no_need",),
        ("card", 4): ("no_place",),
        ("heap", 11): ("heap_without_need",),
        ("need", 2): ("no_goal",),
        ("need", 3): ("no_evidence", "no_goal", "no_route", "no_owner"),
        ("goal", 2): ("silent_goal",),
    }
    assert small().nodes["card", 5].place == "parked" and small().nodes["card", 6].place == "merged"


def test_saying_that_there_is_no_goal_closes_that_gap() -> None:
    said = replace(need(1, 1, route="parked"), no_goal=True)
    board = Board((), (), (card(1, None, 1),), (), (), ())
    found = red_thread(QUESTIONS, board, (said,), (), {})
    assert found.gaps == () and found.nodes["need", 1].version == 3


def test_filters_keep_whole_strands() -> None:
    one = small().only(cards=[1])
    assert set(one.nodes) == small().related(("card", 1))
    broken = small().only(gaps=True)
    assert {n.key for n in broken.gaps} == {n.key for n in small().gaps} and ("card", 5) not in broken.nodes


@pytest.mark.parametrize("gap", GAPS)
def test_every_gap_has_words_and_a_step_where_it_is_mended(gap: str) -> None:
    words, step = GAPS[gap]
    assert words and step in HOME.values()
    assert set(HOME) == set(COLUMNS) and set(ASIDE) == {"parked", "hidden", "merged", "withdrawn"}


def test_a_large_workshop_is_tied_together_at_once() -> None:
    cards = {n: card(n, 1 + n % 60, 1 + n % 40) for n in range(1, 301)}
    heaps = tuple(
        Heap(h, 1, h, f"hög {h}", "leader", h, tuple(c for c in cards.values() if c.heap == h))
        for h in range(1, 62)
    )
    board = Board((Theme(1, 1, "tema", "leader", "", heaps),), (), (), (), (), ())
    needs = [
        need(n, *(c.id for c in cards.values() if n in c.needs), goals=(1, 2), route="parked")
        for n in range(1, 41)
    ]
    before = time.perf_counter()
    found = red_thread(QUESTIONS, board, needs, (Goal(1, "", "A"), Goal(2, "", "B")), {})
    for key in found.nodes:
        found.related(key)
    print(f"300 cards and 40 needs: {(time.perf_counter() - before) * 1000:.0f} ms")
    assert len(found.column("card")) == 300 and len(found.column("need")) == 40
