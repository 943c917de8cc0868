"""Tables that sort side by side: what their heaps become together, and what each phone and table is dealt."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from workshop_app import actions
from workshop_app.actions import sort, table_deal, table_heaps, tables, transfer
from workshop_app.model.board import TableName
from workshop_app.model.pairs import ASK_PHONES, ON
from workshop_app.model.tables import RoomTable, TableHeap, TableSorting
from workshop_app.model.trouble import Refused
from workshop_app.store import check, queries
from workshop_app.store.session_file import SessionFile


def made(*heaps: tuple[int, tuple[int, ...], str]) -> tuple[TableSorting, ...]:
    """Two tables and their heaps: (table, cards, name); a heap goes by its first card."""
    return tuple(
        TableSorting(
            RoomTable(number, name),
            1,
            9,
            9,
            tuple(TableHeap(t, c[0], c, n) for t, c, n in heaps if t == number),
        )
        for number, name in ((1, "Norr"), (2, "Syd"), (3, "Väst"))
    )


def test_joined_heaps_take_the_largest_ones_name_and_remember_all() -> None:
    sorts = made((1, (1, 2), "Få svar"), (2, (3, 4, 5), "Svaret dröjer"), (2, (6, 7), ""))
    one, other = table_heaps.together(sorts, [((1, 1), (2, 3))])
    assert (one.cards, one.title, one.founder) == ((1, 2, 3, 4, 5), "Svaret dröjer", 3)
    assert one.origins == (TableName("Syd", "Svaret dröjer", 3), TableName("Norr", "Få svar", 2))
    assert (other.cards, other.title) == ((6, 7), "")


def test_heaps_joined_in_a_chain_become_one() -> None:
    sorts = made((1, (1, 2), ""), (2, (3, 4), ""), (3, (5, 6), ""))
    (one,) = table_heaps.together(sorts, [((2, 3), (3, 5)), ((1, 1), (2, 3))])
    assert one.cards == (1, 2, 3, 4, 5, 6) and len(one.origins) == 3


def test_a_card_lies_where_most_tables_put_it_and_nowhere_when_they_are_even() -> None:
    sorts = made((1, (1, 2, 9), ""), (2, (1, 2), ""), (2, (9, 8), ""), (3, (1, 2, 9), ""))
    laid = table_heaps.together(sorts, [((1, 1), (2, 1)), ((1, 1), (3, 1))])
    assert [one.cards for one in laid] == [(1, 2, 9), (8,)]
    even = table_heaps.together(made((1, (1, 2, 9), ""), (2, (9, 8, 7), "")), [])
    assert [one.cards for one in even] == [(1, 2), (7, 8)]


def test_what_follows_from_the_others_is_not_asked_about_again() -> None:
    sorts = made((1, (1, 2, 3), ""), (2, (1, 2, 3), ""), (3, (1, 2, 3), ""), (3, (7, 8), ""))
    assert [(one.a, one.b) for one in table_heaps.said(sorts)] == [((1, 1), (2, 1)), ((1, 1), (3, 1))]


@pytest.fixture
def hall(file: SessionFile) -> Callable[..., Any]:
    """Two tables, three phones and eight cards in the group step: gives the action runner."""

    def do(verb: actions.Action, **kwargs: Any) -> Any:
        return actions.do(file, verb, **kwargs)

    do(tables.set_tables, names=["Norr", "Syd"])
    for n, who in enumerate(("anna", "bo", "cia")):
        fields = {"role": "Drift", "organisation": "X", "relation": "use", "table": str(n % 2 + 1)}
        told = {"fields": fields, "language": "sv", "key": f"join {who}"}
        actions.do(file, actions.ask.join, by="phone", participant=who, **told)
    for n in range(8):
        do(actions.ask.type_card, text=f"Kort {n + 1}", step="challenges")
    do(actions.agenda.go_to, step="groups")
    return do


def place(file: SessionFile, who: str, card: int, heap: int) -> None:
    told = {"participant": who, "card": card, "heap": heap, "key": uuid4().hex}
    actions.do(file, sort.place, by="phone", **told)


def begin(file: SessionFile, do: Callable[..., Any], way: str) -> table_deal.TablePlan:
    plan = table_deal.plan(file, way)
    do(sort.start, hands=plan.hands, hand=12, seconds=60, tables=way, table_cards=plan.tables)
    return plan


def test_every_card_is_dealt_once_at_each_table(file: SessionFile, hall: Callable[..., Any]) -> None:
    plan = table_deal.plan(file, "all")
    assert plan.tables == {1: tuple(range(1, 9)), 2: tuple(range(1, 9))}
    assert sorted((*plan.hands["anna"], *plan.hands["cia"])) == list(range(1, 9))
    assert sorted(plan.hands["bo"]) == list(range(1, 9))
    split = table_deal.plan(file, "split")
    assert sorted((*split.tables[1], *split.tables[2])) == list(range(1, 9))
    assert {len(cards) for cards in split.tables.values()} == {4}
    hall(actions.group.new_heap, cards=[1, 2], title="Mitt")
    assert set(table_deal.plan(file, "all").tables[1]) == set(range(3, 9))  # what the leader laid stays


def test_the_tables_words_count_as_one_sitting_each_and_lie_on_the_board_in_one_step(
    file: SessionFile, hall: Callable[..., Any]
) -> None:
    plan = begin(file, hall, "all")
    for card in (1, 2, 3):
        place(file, "bo", card, 1)
        place(file, "anna" if card in plan.hands["anna"] else "cia", card, 1)
    assert {p.table for p in queries.sorting(file).placements} == {1, 2}
    assert (1, 2, 3) in [heap.cards for heap in sort.sums(file).heaps]
    hall(actions.group.park, cards=[3])
    hall(sort.stop)
    same = table_heaps.same(file)
    assert [(one.shared, one.sure) for one in same] == [(3, True)]
    laid = table_heaps.together(queries.table_sorting(file), [(one.a, one.b) for one in same])
    assert hall(tables.lay_out, heaps=laid) == 2  # the card that the leader has parked stays there
    (heap,) = queries.board(file).heaps
    assert [c.id for c in heap.cards] == [1, 2] and len(heap.from_tables) == 2
    hall(actions.group.new_heap, cards=[7], title="Annan")
    other = queries.board(file).heaps[-1]
    hall(actions.group.merge_heaps, into=other.id, heaps=[heap.id])
    assert len(queries.board(file).heaps[0].from_tables) == 2  # where it came from follows along
    assert file.undo().result() and file.undo().result() and file.undo().result()
    assert not queries.board(file).heaps and not check.findings(file.path)


def test_names_of_tables_are_told_apart(file: SessionFile, hall: Callable[..., Any]) -> None:
    for names in (["Norr", "NORR"], ["x" * 41], [f"Bord {n}" for n in range(21)]):
        with pytest.raises(Refused):
            hall(tables.set_tables, names=names)
    hall(tables.set_tables, names=["Syd", " ", "Öst"])
    assert [(t.id, t.name) for t in queries.tables(file)] == [(2, "Syd"), (3, "Öst")]
    assert queries.seats(file) == {"bo": 2}
    hall(tables.set_tables, names=[])
    assert not queries.tables(file)
    with pytest.raises(Refused):
        hall(tables.lay_out, heaps=[])


def test_tables_and_pairs_go_out_and_come_in_again(
    file: SessionFile, hall: Callable[..., Any], tmp_path: Path
) -> None:
    begin(file, hall, "all")
    for card in (1, 2):
        place(file, "bo", card, 1)
    told = {"participant": "bo", "heap": 1, "name": "Svaren", "key": "n"}
    actions.do(file, sort.name_heap, by="phone", **told)
    hall(sort.stop)
    hall(tables.lay_out, heaps=table_heaps.together(queries.table_sorting(file), []))
    hall(actions.session.set_setting, key=ASK_PHONES, value=ON)
    told = {"participant": "cia", "a": 4, "b": 3, "said": "same", "key": "p"}
    actions.do(file, actions.pairs.answer, by="phone", **told)
    hall(actions.pairs.keep_apart, a=5, b=6)
    transfer.write_json(transfer.whole(file), tmp_path / "out.json")
    with transfer.import_json(tmp_path / "out.json", tmp_path / "in.behov") as again:
        for query in (
            queries.tables,
            queries.seats,
            queries.table_sorting,
            queries.pair_answers,
            queries.pairs_settled,
        ):
            assert query(again) == query(file) and query(file)
        assert queries.board(again).heaps[0].from_tables == (TableName("Syd", "Svaren", 2),)
    assert not check.findings(tmp_path / "in.behov")
