"""Tables side by side: how far each has come, its heaps, and which heaps of different tables may say the same."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    ColumnsLayout,
    Heading,
    Panel,
    PlainLabel,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.tables import Key, SameHeaps, TableHeap, TableSorting

CARDS_SHOWN = 4
LONG = 110  # characters of a card under the first
WORDS = 80  # characters of a heap without a name in a line of its own
LEAST = 230
Pair = tuple[Key, Key]


class TablesPanel(QFrame):
    """The columns, and over them the heaps that may be joined, each with a tick and its reason."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.words = PlainLabel(size="large", wrap=True)
        self.same_head = Heading(size="large", wrap=False)
        self.same_note = PlainLabel(size="small", tone="ink2", wrap=True)
        self.same = column(gap=4)
        self.columns = QWidget()
        self.grid = ColumnsLayout(self.columns, look().px(14), look().px(LEAST))
        self.setLayout(
            column(self.words, self.same_head, self.same_note, self.same, 4, self.columns, None, gap=8)
        )
        self.ticks: dict[Pair, QCheckBox] = {}
        self._shown: object = None

    def show_tables(
        self, sorts: tuple[TableSorting, ...], same: tuple[SameHeaps, ...], board: Board, words: str
    ) -> None:
        """Shows what the tables have sorted; the ticks stay where they were."""
        self.words.setText(words)
        texts = {
            c: board.cards[c].text for one in sorts for h in one.heaps for c in h.cards if c in board.cards
        }
        if (sorts, same, texts) == self._shown:
            return
        self._shown = (sorts, same, texts)
        self._columns(sorts, texts)
        self._same(sorts, same, texts)

    def joined(self) -> list[Pair]:
        """The pairs of heaps that are ticked."""
        return [pair for pair, tick in self.ticks.items() if tick.isChecked()]

    def tick_all(self) -> None:
        """Ticks every pair."""
        for tick in self.ticks.values():
            tick.setChecked(True)

    # Columns --------------------------------------------------------------------------

    def _columns(self, sorts: tuple[TableSorting, ...], texts: Mapping[int, str]) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in sorts:
            self.grid.addWidget(self._table(one, texts))
        self.columns.updateGeometry()

    def _table(self, one: TableSorting, texts: Mapping[int, str]) -> QWidget:
        lang = self.lang
        phones = lang.plural("{n} phone", "{n} phones", one.phones)
        laid = lang("{n} of {all} cards placed").format(n=one.placed, all=one.given)
        told = f"{phones}, {laid}" if one.phones else lang("No phone sits here yet.")
        box = Panel(
            Heading(one.table.name, size="large"),
            PlainLabel(told, size="small", tone="ink2", wrap=True),
            gap=8,
        )
        for heap in one.heaps:
            box.body.addWidget(self._heap(heap, texts))
        if one.lone:
            alone = lang.plural("{n} card stands alone", "{n} cards stand alone", len(one.lone))
            box.body.addWidget(PlainLabel(alone, size="small", tone="ink2", wrap=True))
        box.setAccessibleName(f"{one.table.name}. {told}")
        return box

    def _heap(self, heap: TableHeap, texts: Mapping[int, str]) -> QWidget:
        lang, box = self.lang, QFrame()
        box.setObjectName("table_heap")
        line = look().hex("line")
        box.setStyleSheet(f"#table_heap {{ border-top: 1px solid {line}; }}")
        cards = sorted(heap.cards, key=lambda card: (card != heap.founder, card))
        count = PlainLabel(str(len(cards)), size="small", weight="semibold")
        lines: list[QWidget] = []
        if heap.name:
            head = row(PlainLabel(heap.name, weight="semibold", wrap=True), count, gap=8)
        else:
            first = cards.pop(0)
            head = row(VerbatimLabel(f"{first}  {texts.get(first, '')}", size="base"), count, gap=8)
        head.setStretch(0, 1)
        for card in cards[:CARDS_SHOWN]:
            words = texts.get(card, "")
            words = words if len(words) <= LONG else words[: LONG - 1].rstrip() + "…"
            lines.append(VerbatimLabel(f"{card}  {words}", size="small"))
        if len(cards) > CARDS_SHOWN:
            more = lang.plural("and {n} more", "and {n} more", len(cards) - CARDS_SHOWN)
            lines.append(PlainLabel(more, size="tiny", tone="ink2"))
        box.setLayout(column(head, *lines, gap=4, margins=(0, 8, 0, 2)))
        return box

    # What may be the same --------------------------------------------------------------

    def _same(
        self, sorts: tuple[TableSorting, ...], same: tuple[SameHeaps, ...], texts: Mapping[int, str]
    ) -> None:
        lang = self.lang
        before = {pair: tick.isChecked() for pair, tick in self.ticks.items()}
        empty_layout(self.same)
        self.ticks = {}
        heaps = {heap.key: heap for one in sorts for heap in one.heaps}
        names = {one.table.id: one.table.name for one in sorts}
        for one in same:
            if one.a not in heaps or one.b not in heaps:
                continue
            tick, pair = QCheckBox(), (one.a, one.b)
            parts = [f"{names[k[0]]}: {called(heaps[k], texts)}" for k in pair]
            why = reason(one, lang)
            tick.setChecked(before.get(pair, one.sure))
            tick.setAccessibleName(f"{lang('Join')} {' + '.join(parts)}. {why}")
            self.ticks[pair] = tick
            self.same.addWidget(self._line(tick, [(names[k[0]], heaps[k]) for k in pair], why, texts))
        for part in (self.same_head, self.same_note):
            part.setVisible(bool(self.ticks))
        self.same_head.setText(lang("Heaps that may say the same, {n}").format(n=len(self.ticks)))
        self.same_note.setText(
            lang(
                "Those that you tick become one heap each. The names that the tables gave are kept in the heap's history."
            )
        )

    def _line(
        self, tick: QCheckBox, two: list[tuple[str, TableHeap]], why: str, texts: Mapping[int, str]
    ) -> QWidget:
        line, top = row(gap=10), Qt.AlignmentFlag.AlignTop
        line.addWidget(tick, 0, top)
        for table, heap in two:
            words = called(heap, texts)
            label = (
                PlainLabel(words, weight="semibold", wrap=True)
                if heap.name
                else VerbatimLabel(words, size="base")
            )
            line.addLayout(column(PlainLabel(table, size="tiny", tone="ink2"), label, None, gap=0), 3)
        line.addLayout(column(PlainLabel(why, size="small", tone="ink2", wrap=True), None, gap=0), 2)
        holder = QFrame()
        holder.setObjectName("same_heaps")
        holder.setStyleSheet(f"#same_heaps {{ border-top: 1px solid {look().hex('line')}; }}")
        line.setContentsMargins(0, look().px(6), 0, look().px(6))
        holder.setLayout(line)
        return holder


def called(heap: TableHeap, texts: Mapping[int, str]) -> str:
    """A heap by its name, or by the first words of its founder."""
    if heap.name:
        return heap.name
    words = " ".join(texts.get(heap.founder, texts.get(min(heap.cards), "")).split())
    return words if len(words) <= WORDS else words[: WORDS - 1].rstrip() + "…"


def reason(one: SameHeaps, lang: Language) -> str:
    """Why two heaps may say the same."""
    parts = []
    if one.named:
        parts.append(lang("Both tables gave the same name."))
    if one.shared:
        parts.append(lang.plural("{n} card lies in both.", "{n} cards lie in both.", one.shared))
    if one.near is not None:
        words = lang("The computer is guessing: cards {a} and {b} are like each other.")
        parts.append(words.format(a=one.near[0], b=one.near[1]))
    return " ".join(parts)
