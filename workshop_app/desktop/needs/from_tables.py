"""What the tables have written: drafts by heap, beside its cards and each other, to be taken over whole or in part."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs import menus
from workshop_app.desktop.needs.sentence import SentenceView
from workshop_app.desktop.style import look
from workshop_app.desktop.typed_texts import TypedTextsButton
from workshop_app.desktop.widgets import (
    BesideLayout,
    Button,
    EmptyState,
    Heading,
    IconLabel,
    Pill,
    PlainLabel,
    ScrollColumn,
    SectionLabel,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.model.board import Board, Heap
from workshop_app.model.dates import moment_words
from workshop_app.model.draft import NEED_FIELDS, Draft, questions
from workshop_app.model.need import Need
from workshop_app.model.statement import parts
from workshop_app.store import queries


def waiting(drafts: Sequence[Draft]) -> int:
    """How many drafts nobody has taken anything of."""
    return sum(one.waiting for one in drafts)


class DraftCard(QFrame):
    """One draft: who wrote it and when, the sentence, what it raises, and what may be done with it."""

    taken = Signal(int)  # the need that it became

    def __init__(self, bridge: Bridge, draft: Draft, earlier: Sequence[str], need: Need | None) -> None:
        super().__init__()
        self.bridge, self.draft, self.need = bridge, draft, need
        lang, language = bridge.lang, bridge.get(queries.session).language
        self.setObjectName("draft")
        edge, ground = look().hex("line"), look().hex("surface")
        radius = look().px(8)
        self.setStyleSheet(
            f"#draft {{ background: {ground}; border: 1px solid {edge}; border-radius: {radius}px; }}"
        )
        table = draft.table or lang("A table without a name")
        self.pill = Pill()
        numbers = ", ".join(str(n) for n in dict.fromkeys(n for n, _field in draft.used))
        words = lang("in need {numbers}").format(numbers=numbers) if draft.used else lang("waiting")
        self.pill.show_state(words, "done" if draft.used else "plain")
        replaces = lang("replaces {codes}").format(codes=", ".join(earlier)) if earlier else ""
        said = ", ".join(t for t in (moment_words(draft.received_at, lang), draft.receipt, replaces) if t)
        head = row(PlainLabel(table, weight="semibold"), self.pill, None, gap=10)
        head.addWidget(PlainLabel(said, size="small", tone="ink2"))
        sentence = SentenceView("base")
        sentence.show_pieces(parts(draft.fields, language))
        box = column(head, sentence, gap=8, margins=(16, 12, 16, 12))
        for name in ("requirement", "requirement_check"):
            if draft.fields[name]:
                label = PlainLabel(lang(actions.need.LABELS[name]), size="small", tone="ink2")
                box.addLayout(column(label, VerbatimLabel(draft.fields[name], size="base"), gap=0))
        for one in questions(draft.fields, language, lang.code):
            line = row(gap=8)
            line.addWidget(IconLabel("circle-help", "ink2", 16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(PlainLabel(one.question, size="small", tone="ink2", wrap=True), 1)
            box.addLayout(line)
        self.take = Button(lang("Take over as a need"), role="tint", icon="check")
        name = lang("Take over the draft from {table}, receipt {code}")
        self.take.setAccessibleName(name.format(table=table, code=draft.receipt))
        self.take.clicked.connect(self._take)
        foot = row(self.take, gap=10)
        if need is not None:
            self.part = Button(lang("Into need {n}").format(n=need.number), role="quiet", icon="chevron-down")
            name = lang("Take a part of the draft with receipt {code} into need {n}")
            self.part.setAccessibleName(name.format(code=draft.receipt, n=need.number))
            self.part.clicked.connect(self.choose_part)
            foot.addWidget(self.part)
        foot.addStretch(1)
        box.addLayout(foot)
        self.setLayout(box)

    def _take(self) -> None:
        self.bridge.do(actions.scribe.take_over, self.taken.emit, answer=self.draft.answer)

    def choose_part(self) -> None:
        """A menu of the parts that the table has written."""
        menu, need = menus.menu_on(self), self.need
        assert need is not None
        for field in NEED_FIELDS.values():
            if words := self.draft.fields[field]:
                label = f"{self.bridge.lang(actions.need.LABELS[field])}: {words[:60]}"
                menus.say(menu, label, lambda field=field: self._take_part(need.id, field))  # type: ignore[misc]
        menus.open_over(menu, self.part)

    def _take_part(self, need: int, field: str) -> None:
        self.bridge.do(actions.scribe.take_field, need=need, answer=self.draft.answer, field=field)


class FromTables(QWidget):
    """All drafts, in the place where the ladder stands otherwise. `taken(need)` when one has become a need."""

    taken = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.cards: dict[int, DraftCard] = {}
        self.open_heaps: set[int] = set()
        self._shown: object = None
        lang = bridge.lang
        words = lang(
            "No drafts yet. One person at each table presses “I write for our table” on a phone or a laptop."
        )
        self.empty = EmptyState(words, "users")
        self.body = column(gap=10)
        scroll = ScrollColumn(gap=10, margins=(32, 18, 32, 24))
        self.black_out = TypedTextsButton(bridge, kind="formulate")
        head = BesideLayout(Heading(lang("From the tables"), size="title"), self.black_out, grows=0)
        scroll.body.addLayout(head)
        scroll.body.addWidget(self.empty)
        scroll.body.addLayout(self.body)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def show_drafts(self, drafts: tuple[Draft, ...], need: Need | None) -> None:
        """Shows each table's last words by heap; `need` is the one that parts may go into."""
        board = self.bridge.get(queries.board)
        state = (drafts, need.id if need else None, board.heaps, frozenset(self.open_heaps))
        if state == self._shown:
            return
        self._shown = state
        empty_layout(self.body)
        self.cards = {}
        newest = [d for d in drafts if not d.replaced_by]
        self.empty.setVisible(not newest)
        self.black_out.setVisible(bool(newest))
        heaps = {h.id: h for h in board.heaps}
        for at in sorted(
            {d.heap if d.heap in heaps else None for d in newest}, key=lambda h: (h is None, h or 0)
        ):
            heap = heaps[at] if at is not None else None
            self._head(heap, board)
            for draft in newest:
                if (draft.heap if draft.heap in heaps else None) == at:
                    card = DraftCard(self.bridge, draft, _earlier(draft, drafts), need)
                    card.taken.connect(self.taken)
                    self.cards[draft.answer] = card
                    self.body.addWidget(card)

    def _head(self, heap: Heap | None, board: Board) -> None:
        lang = self.bridge.lang
        if heap is None:
            self.body.addWidget(SectionLabel(lang("Without a heap")))
            return
        opened, count = heap.id in self.open_heaps, len(heap.cards)
        show = lang.plural("Show the {n} card in the heap", "Show the {n} cards in the heap", count)
        button = Button(lang("Hide the cards") if opened else show, role="quiet", icon="layers")
        button.clicked.connect(lambda: self._fold(heap.id))
        name = f"{board.tag(heap)}  {heap.title or (heap.cards[0].text if heap.cards else '')}"
        line = row(gap=10)
        line.addWidget(PlainLabel(name, size="small", weight="semibold", tone="ink2", wrap=True), 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(line)
        for card in heap.cards if opened else ():
            self.body.addWidget(VerbatimLabel(f"{card.number}  {card.text}", size="base"))

    def _fold(self, heap: int) -> None:
        self.open_heaps ^= {heap}
        if isinstance(self._shown, tuple):
            self.show_drafts(
                self.bridge.get(queries.drafts), next((c.need for c in self.cards.values()), None)
            )


def _earlier(draft: Draft, drafts: Sequence[Draft]) -> list[str]:
    """Receipts of the wordings that a draft has taken the place of, the nearest first."""
    out, code = [], draft.receipt
    while (before := next((d for d in drafts if d.replaced_by == code), None)) is not None:
        out.append(before.receipt)
        code = before.receipt
    return out
