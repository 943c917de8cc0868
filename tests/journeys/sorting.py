"""A room that sorts its cards: sentences for journeys about pairs of cards and about tables."""

from typing import Any

from tests.journeys.language import sentence
from workshop_app import actions
from workshop_app.actions import ask
from workshop_app.model.pairs import ASK_PHONES, ON, pair_of, summed
from workshop_app.store import queries
from workshop_app.web import sorting

ANSWERS = {"same": "same", "different": "apart", "unsure": "dk"}


class SortingRoom:
    """Mixed into the drivers; a phone's form goes the way the driver sends it."""

    file: Any
    phones: dict[str, Any]

    def sent(self, name: str, fields: dict[str, str]) -> None:
        """One form of the sorting."""
        step = queries.session(self.file).current_step
        key = f"{name} {len(queries.answers(self.file))}"
        self.send_form(name, step, key, fields)

    def send_form(self, name: str, step: str, key: str, fields: dict[str, str]) -> None:
        """Straight: the action that the form asks for."""
        given = {field: [value] for field, value in fields.items()}
        verb, values = sorting.asked(given, self.phones[name], {"key": key, "language": "sv"})
        actions.do(self.file, verb, by="phone", **values)

    def refused_form(self, name: str, step: str, key: str, fields: dict[str, str]) -> None:
        """A form of the sorting that comes while nobody is asked."""
        try:
            self.send_form(name, step, key, fields)
        except ask.StepClosed:
            return
        raise AssertionError("it was received")

    # Pairs --------------------------------------------------------------------------------------------

    @sentence("leader asks the phones about pairs")
    def asks_about_pairs(self) -> None:
        self.do(actions.session.set_setting, key=ASK_PHONES, value=ON)  # type: ignore[attr-defined]

    @sentence("phone W says N and N are W")
    def says_of_pair(self, name: str, a: int, b: int, said: str) -> None:
        self.sent(name, {"pair": f"{a}-{b}", "same": ANSWERS[said]})

    @sentence("phone W says N and N are W but nobody asks")
    def says_unasked(self, name: str, a: int, b: int, said: str) -> None:
        step = queries.session(self.file).current_step
        self.refused_form(name, step, f"{name} too late", {"pair": f"{a}-{b}", "same": ANSWERS[said]})

    @sentence("leader joins the pair N and N")
    def joins_pair(self, a: int, b: int) -> None:
        self.do(actions.pairs.join, a=a, b=b)  # type: ignore[attr-defined]

    @sentence("leader keeps the pair N and N apart")
    def keeps_apart(self, a: int, b: int) -> None:
        self.do(actions.pairs.keep_apart, a=a, b=b)  # type: ignore[attr-defined]

    @sentence("expect N of N say N and N are the same")
    def so_many_say(self, same: int, phones: int, a: int, b: int) -> None:
        told = summed(queries.pair_answers(self.file))[pair_of(a, b)]
        assert told.told and (told.same, told.phones) == (same, phones)

    @sentence("expect too few answers about N and N")
    def too_few(self, a: int, b: int) -> None:
        assert not summed(queries.pair_answers(self.file))[pair_of(a, b)].told

    @sentence("expect N and N in one heap")
    def in_one_heap(self, a: int, b: int) -> None:
        cards = queries.board(self.file).cards
        assert cards[a].heap is not None and cards[a].heap == cards[b].heap

    @sentence("expect N and N in no common heap")
    def in_no_common_heap(self, a: int, b: int) -> None:
        cards = queries.board(self.file).cards
        assert cards[a].heap is None or cards[a].heap != cards[b].heap

    @sentence("expect the room suggests a heap of N and N")
    def room_suggests(self, a: int, b: int) -> None:
        heaps = [set(heap.cards) for heap in actions.sort.sums(self.file).heaps]
        assert any({a, b} <= cards for cards in heaps), heaps

    @sentence("expect N and N are asked about")
    def asked_about(self, a: int, b: int) -> None:
        assert pair_of(a, b) in actions.pairs.asked(self.file).pairs

    @sentence("expect N and N are not asked about")
    def not_asked_about(self, a: int, b: int) -> None:
        assert pair_of(a, b) not in actions.pairs.asked(self.file).pairs

    # Tables -------------------------------------------------------------------------------------------

    @sentence("leader sets the tables T T")
    def sets_tables(self, one: str, other: str) -> None:
        self.do(actions.tables.set_tables, names=[one, other])  # type: ignore[attr-defined]

    @sentence("phone W sits down at T")
    def sits_down(self, name: str, table: str) -> None:
        self.sent(name, {"table": str(self.table(table))})

    @sentence("leader lets the tables sort W")
    def lets_tables_sort(self, way: str) -> None:
        plan = actions.table_deal.plan(self.file, {"apart": "split", "everything": "all"}[way])
        told = {"hands": plan.hands, "tables": {"apart": "split", "everything": "all"}[way]}
        given = {"hand": 12, "seconds": 300, "table_cards": plan.tables}
        self.do(actions.sort.start, **told, **given)  # type: ignore[attr-defined]

    @sentence("phone W puts card N in the heap of card N")
    def puts(self, name: str, card: int, heap: int) -> None:
        self.sent(name, {"card": str(card), "put": str(heap)})

    @sentence("phone W calls the heap of card N T")
    def calls_heap(self, name: str, heap: int, title: str) -> None:
        self.sent(name, {"heap": str(heap), "name": title})

    @sentence("leader ends the sorting")
    def ends_sorting(self) -> None:
        self.do(actions.sort.stop)  # type: ignore[attr-defined]

    @sentence("leader joins what is the same and lays it out")
    def lays_out(self) -> None:
        same = actions.table_heaps.same(self.file)
        sure = [(one.a, one.b) for one in same if one.sure]
        heaps = actions.table_heaps.together(queries.table_sorting(self.file), sure)
        self.do(actions.tables.lay_out, heaps=heaps)  # type: ignore[attr-defined]

    @sentence("expect table T has a heap of NS")
    def table_has(self, table: str, cards: Any) -> None:
        told = next(t for t in queries.table_sorting(self.file) if t.table.name == table)
        wanted = sorted(cards if isinstance(cards, list) else [cards])
        assert wanted in [sorted(heap.cards) for heap in told.heaps], told.heaps

    @sentence("expect table T has N cards")
    def table_cards(self, table: str, count: int) -> None:
        told = next(t for t in queries.table_sorting(self.file) if t.table.name == table)
        assert told.given == count

    @sentence("expect heap T comes from T and T")
    def comes_from(self, heap: str, one: str, other: str) -> None:
        found = next(h for h in queries.board(self.file).heaps if h.title == heap)
        assert {origin.table for origin in found.from_tables} == {one, other}

    def table(self, name: str) -> int:
        """A table by its name."""
        return next(t.id for t in queries.tables(self.file) if t.name == name)
