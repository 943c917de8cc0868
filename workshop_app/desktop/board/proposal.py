"""The machine's suggestion before anything happens: what would change, heap by heap, for the leader to take or leave."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLayout, QProgressBar, QWidget

from workshop_app.desktop.board.bars import tab_only
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    PlainLabel,
    Rule,
    ScrollColumn,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Card, Suggestion

SHOWN = 4  # cards of a proposed heap that are shown in words


@dataclass(frozen=True)
class Offer:
    """One heap of a suggestion: a new one (key) or more cards for one that exists (id)."""

    key: int | str
    title: str
    theme: str
    cards: tuple[Card, ...]


def offers(suggestion: Suggestion, board: Board, lang: Language) -> list[Offer]:
    """A suggestion heap by heap, new ones first, largest first."""
    new_themes = {t.key: t.title for t in suggestion.themes}
    moved: dict[int | str, list[Card]] = {}
    for move in suggestion.moves:
        card = board.cards.get(move.card)
        if card is not None:
            moved.setdefault(move.heap, []).append(card)
    new: list[Offer] = []
    for heap in suggestion.heaps:
        if isinstance(heap.theme, int):
            theme = board.theme(heap.theme)
            place = lang("Theme {n}, {title}").format(n=theme.number, title=theme.title) if theme else ""
        else:
            named = new_themes.get(heap.theme, "") if heap.theme is not None else ""
            place = lang("New theme: {title}").format(title=named) if named else ""
        new.append(Offer(heap.key, heap.title, place, tuple(moved.get(heap.key, ()))))
    new.sort(key=lambda o: -len(o.cards))
    more = []
    for key, cards in moved.items():
        old = board.heap(key) if isinstance(key, int) else None
        if old is not None:
            words = lang("More cards to {tag}").format(tag=board.tag(old))
            more.append(Offer(key, f"{words} {old.title}".strip(), "", tuple(cards)))
    return [o for o in new if o.cards] + more


def difference(suggestion: Suggestion, lang: Language) -> str:
    """ "Förslag: 6 nya högar, 2 teman, 31 kort flyttas. Bygger på betydelse."."""
    parts = []
    if suggestion.heaps:
        parts.append(lang.plural("{n} new heap", "{n} new heaps", len(suggestion.heaps)))
    if suggestion.themes:
        parts.append(lang.plural("{n} new theme", "{n} new themes", len(suggestion.themes)))
    parts.append(lang.plural("{n} card is moved", "{n} cards are moved", len(suggestion.moves)))
    meaning = lang("Built on meaning.") if suggestion.engine == "semantic" else lang("Built on words alone.")
    return lang("Suggestion: {parts}. {engine}").format(parts=", ".join(parts), engine=meaning)


class ProposalBar(QFrame):
    """The bar while the machine works, and then with the difference and three answers."""

    all_taken = Signal()
    some_taken = Signal()
    refused = Signal()

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("proposal", True)
        self.setObjectName("proposal_bar")
        self.setStyleSheet(
            f"#proposal_bar {{ background: {look().hex('info')}; border-bottom: 1px solid {look().hex('line')}; }}"
        )
        self.words = PlainLabel(weight="semibold", tone="on_info", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(look().px(160))
        self.progress.setAccessibleName(lang("Reading the cards"))
        self.everything = Button(lang("Use all"), role="primary", icon="check")
        self.some = Button(lang("Use the ticked ones"))
        self.no = Button(lang("No thanks"), key="Esc")
        self.everything.clicked.connect(self.all_taken)
        self.some.clicked.connect(self.some_taken)
        self.no.clicked.connect(self.refused)
        tab_only(self.everything, self.some, self.no)
        box = row(
            self.words, self.progress, self.everything, self.some, self.no, gap=10, margins=(14, 0, 14, 0)
        )
        box.setStretchFactor(self.words, 1)
        self.setLayout(box)

    def show_work(self, done: int, of: int) -> None:
        """The machine reads; `of` = 0 when it is not known how long."""
        words = self.lang("Reading the cards, {done} of {all} …").format(done=done, all=of)
        self.words.setText(words if of else self.lang("Looking for cards that belong together …"))
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self._show(working=True)

    def show_difference(self, suggestion: Suggestion) -> None:
        """The suggestion is there."""
        self.words.setText(difference(suggestion, self.lang))
        self.setAccessibleName(self.words.text())
        self._show(working=False)

    def show_refining(self, done: int, of: int) -> None:
        """An answer on words alone can be used, while the machine reads on for a better one."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.progress.show()

    def _show(self, *, working: bool) -> None:
        self.progress.setVisible(working)
        self.everything.setVisible(not working)
        self.some.setVisible(not working)


class OfferBox(QFrame):
    """The dashed frame of one proposed heap; a press anywhere in it is a press on its tick."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("offer")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


def _widget(layout: QLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder


class ProposalPanel(QFrame):
    """The heaps of a suggestion in the right column, each with a tick and its cards."""

    ticked = Signal()
    pointed = Signal(object)  # cards to outline
    everything_asked = Signal(bool)
    off_asked = Signal()
    one_taken = Signal(object)  # the heap to use now, alone
    why_asked = Signal(object)  # cards

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.head = Heading(lang("Suggested heaps"), size="large", wrap=True)
        self.note = PlainLabel(
            lang(
                "The computer is guessing, look for yourself. Cards that you have placed stay where they are."
            ),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.unsure = QCheckBox(lang("Also unsure cards"))
        self.unsure.setToolTip(lang("Places every card, also where the computer is far from sure."))
        self.unsure.toggled.connect(self.everything_asked)
        self.off = Button(lang("Do without suggestions"), role="quiet")
        self.off.setToolTip(lang("The computer neither reads the cards of this session nor groups them."))
        self.off.clicked.connect(self.off_asked)
        self.scroller = ScrollColumn(gap=10, margins=(0, 4, 14, 8))
        self.setLayout(
            column(
                self.head,
                self.note,
                self.unsure,
                Rule(),
                self.scroller,
                self.off,
                gap=8,
                margins=(14, 14, 6, 8),
            )
        )
        self.ticks: dict[int | str, QCheckBox] = {}
        self.offers: list[Offer] = []

    def show_offers(self, found: list[Offer]) -> None:
        """Shows heaps, all ticked."""
        empty_layout(self.scroller.body)
        self.ticks, self.offers = {}, found
        for offer in found:
            self.scroller.body.addWidget(self._offer(offer))
        self.scroller.body.addStretch(1)

    def _offer(self, offer: Offer) -> QWidget:
        box = OfferBox()
        frame = f"1px dashed {look().hex('control')}"
        box.setStyleSheet(f"#offer {{ border: {frame}; border-radius: {look().px(4)}px; }}")
        count = self.lang.plural("{n} card", "{n} cards", len(offer.cards))
        tick = QCheckBox()
        tick.setChecked(True)
        title = offer.title or self.lang("Heap without a name")
        tick.setAccessibleName(f"{title}, {count}")
        tick.toggled.connect(self.ticked)
        self.ticks[offer.key] = tick
        head = row(gap=8)
        head.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(PlainLabel(title, weight="semibold", wrap=True), 1)
        place = ", ".join(t for t in (count, offer.theme) if t)
        lines: list[QWidget] = [PlainLabel(place, size="tiny", tone="ink2", wrap=True)]
        for card in offer.cards[:SHOWN]:
            words = card.text if len(card.text) <= 110 else card.text[:109].rstrip() + "…"
            lines.append(VerbatimLabel(f"{card.number}  {words}", size="small"))
        if len(offer.cards) > SHOWN:
            more = self.lang.plural("and {n} more", "and {n} more", len(offer.cards) - SHOWN)
            lines.append(PlainLabel(more, size="tiny", tone="ink2"))
        use, why = Button(self.lang("Use this one")), Button(self.lang("Why together?"), role="quiet")
        use.setAccessibleName(f"{self.lang('Use this one')}, {title}")
        why.setAccessibleName(f"{self.lang('Why together?')} {title}")
        ids = [c.id for c in offer.cards]
        use.clicked.connect(lambda: self.one_taken.emit(offer.key))
        why.clicked.connect(lambda: self.why_asked.emit(ids))
        why.setVisible(len(ids) > 1)
        lines.append(_widget(row(use, why, None, gap=6)))
        box.setLayout(column(head, *lines, gap=4, margins=(8, 6, 8, 8)))
        for label in box.findChildren(PlainLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box.clicked.connect(tick.toggle)
        return box

    def wanted(self) -> set[int | str]:
        """The heaps that are ticked."""
        return {key for key, tick in self.ticks.items() if tick.isChecked()}

    def cards(self) -> list[int]:
        """The cards of the ticked heaps."""
        keys = self.wanted()
        return [c.id for o in self.offers if o.key in keys for c in o.cards]
