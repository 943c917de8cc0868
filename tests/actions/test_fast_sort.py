"""What fast sorting stands on: the order of cards and heaps, the room's votes, and piles from paper."""

from pathlib import Path

import pytest

from workshop_app import actions
from workshop_app.actions import fast_sort, paper_piles
from workshop_app.model.board import Board, Card, Heap
from workshop_app.model.sorting import PlacedBy
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

SAID = (
    "Hissen står still varje vecka",
    "Bygglovet dröjer i månader",
    "Hissen står stilla igen",
    "Bygglovet dröjer och dröjer",
    "Ingen lagar hissen som står still",
)


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    """Five cards about two things, compared by their words."""
    made = actions.session.create(tmp_path / "s.behov", format_id="needs_identification", title="Prov")
    for text in SAID:
        actions.do(made, actions.ask.type_card, by="program", text=text)
    return made


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model: the words decide, and the test knows them."""
    monkeypatch.setenv("WORKSHOP_NO_MODEL", "1")


def test_neighbours_come_after_each_other(file: SessionFile) -> None:
    """The first card stays first, then all that is like it, before anything else."""
    near = fast_sort.nearness(file)
    assert fast_sort.in_turn([1, 2, 3, 4, 5], near) == [1, 5, 3, 2, 4]
    assert fast_sort.in_turn([2, 1, 3, 4, 5], near)[:2] == [2, 4]
    assert fast_sort.in_turn([], near) == []
    assert near.of(1, 3) > near.of(1, 2)
    assert near.of(1, 99) == 0.0
    file.close()


def test_every_placing_sharpens_the_next_guess(file: SessionFile) -> None:
    """A heap moves up by the cards that come to lie in it; an empty heap is not offered."""
    near = fast_sort.nearness(file)
    lifts = actions.do(file, actions.group.new_heap, cards=[1])
    permits = actions.do(file, actions.group.new_heap, cards=[2])
    actions.do(file, actions.group.new_heap)
    assert [one.heap for one in fast_sort.likely(queries.board(file), 5, near)] == [lifts, permits]
    assert [one.heap for one in fast_sort.likely(queries.board(file), 4, near)] == [permits, lifts]
    assert fast_sort.basis(file) == near.basis
    actions.do(file, actions.ask.type_card, by="program", text="Ett nytt kort")
    assert fast_sort.basis(file) != near.basis
    file.close()


def test_votes_come_before_guesses_and_are_never_added_to_them() -> None:
    """Two phones of three said heap 2; the machine would have said heap 1."""
    cards = {n: Card(n, f"kort {n}", "heap", n, None, "", "phone") for n in (1, 2)}
    heaps = tuple(Heap(n, None, n, "", "", n, (cards[n],)) for n in (1, 2))
    loose = Card(3, "kort 3", "loose", None, None, "", "phone")
    board = Board((), heaps, (loose,), (), (), ())
    near = fast_sort.Nearness({1: 0, 2: 1, 3: 2}, ((1, 0, 0.9), (0, 1, 0.1), (0.9, 0.1, 1)))
    assert fast_sort.likely(board, 3, near) == (fast_sort.Likely(1), fast_sort.Likely(2))
    placed = [PlacedBy("a", 3, 2, 1), PlacedBy("b", 3, 2, 1), PlacedBy("c", 3, None, 1)]
    votes = fast_sort.votes(board, placed, 3)
    assert votes == {2: (2, 3)}
    assert fast_sort.likely(board, 3, near, votes) == (fast_sort.Likely(2, 2, 3), fast_sort.Likely(1))
    assert fast_sort.votes(board, placed, 1) == {}
    assert len(fast_sort.likely(board, 3, near, votes, limit=1)) == 1


def test_piles_are_read_however_they_are_written() -> None:
    """Commas, words and blank lines do not matter; a number twice in a line counts once."""
    assert paper_piles.read_piles("4, 12 och 31\n\nhög: 7-9\n3 3") == [[4, 12, 31], [7, 9], [3]]
    assert paper_piles.read_piles("") == []


def test_piles_become_heaps_in_one_step(file: SessionFile) -> None:
    """A pile joins the one heap that some of its cards lie in; a lone card is passed over; one Ctrl+Z."""
    heap = actions.do(file, actions.group.new_heap, cards=[1])
    assert actions.do(file, paper_piles.enter_piles, piles=[[1, 3], [2, 4], [5]]) == 4
    board = queries.board(file)
    assert board.cards[3].heap == heap
    assert board.cards[2].heap == board.cards[4].heap != heap
    assert board.cards[5].state == "loose"
    file.undo().result()
    assert queries.board(file).cards[3].state == "loose"
    for piles in ([[1, 99]], [[1, 2], [2, 3]], [[5]]):
        with pytest.raises(Refused):
            actions.do(file, paper_piles.enter_piles, piles=piles)
    file.close()
