"""A round in which tables sort, on the desk: what is shown of it, and what its end comes to."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from workshop_app.actions import sort, table_deal, table_heaps, tables
from workshop_app.actions.table_deal import TablePlan
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.sorting.tables import TablesPanel
from workshop_app.model.sorting import Sorting
from workshop_app.model.tables import SameHeaps, TableSorting
from workshop_app.store import queries


class TableRound(QObject):
    """The panel with the tables, from the dealing of the cards until their heaps lie on the board."""

    compared = Signal()  # what may be the same has been worked out

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.panel = TablesPanel(bridge.lang)
        self._same: tuple[SameHeaps, ...] = ()
        self._compared: object = None

    def is_on(self, sorting: Sorting) -> bool:
        """Whether the latest round is one of tables."""
        return bool(sorting.rounds and sorting.rounds[-1].tables)

    @property
    def sorts(self) -> tuple[TableSorting, ...]:
        """What each table has sorted."""
        return self.bridge.get(queries.table_sorting)

    @property
    def busy(self) -> bool:
        """Whether a table with phones still has cards to place."""
        return any(one.phones and one.placed < one.given for one in self.sorts)

    def show(self, over: bool) -> None:
        """Shows the tables, and when the round is over what may be the same, worked out in the background."""
        lang, sorts = self.bridge.lang, self.sorts
        if over:
            words = lang(
                "Nothing lies on the board yet. Tick the heaps that say the same, then put them all there."
            )
        else:
            words = lang(
                "Each table sorts by itself. You see its heaps grow; nothing of it is shown to the room."
            )
        if over and self._compared != sorts:
            self._compared, self._same = sorts, ()
            file = self.bridge.file
            self.bridge.in_background(lambda: table_heaps.same(file), self._found)
        self.panel.show_tables(sorts, self._same if over else (), self.bridge.get(queries.board), words)

    def _found(self, same: tuple[SameHeaps, ...]) -> None:
        if isValid(self.panel):
            self._same = same
            self.compared.emit()

    def deal(
        self,
        way: str,
        hand: int,
        seconds: int,
        then: Callable[[object], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Deals to the tables and their phones in the background, then opens the round."""
        file = self.bridge.file

        def planned(plan: TablePlan) -> None:
            told: dict[str, Any] = {"hands": plan.hands, "table_cards": plan.tables, "tables": way}
            self.bridge.do(sort.start, then, failed, hand=hand, seconds=seconds, **told)

        self.bridge.in_background(lambda: table_deal.plan(file, way), planned, failed)

    def lay_out(self, then: Callable[[int], None]) -> None:
        """Puts the tables' heaps on the board, those that are ticked joined; one step to undo."""
        heaps = table_heaps.together(self.sorts, self.panel.joined())
        self.bridge.do(tables.lay_out, then, heaps=heaps)
