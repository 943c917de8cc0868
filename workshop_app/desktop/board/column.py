"""The right column put together: three lists, their counts and what the signs mean."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from workshop_app.desktop.board.carry import Carry
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.ink import dashes
from workshop_app.desktop.board.places import loose_on_board
from workshop_app.desktop.board.sides import CardList, SideSection
from workshop_app.desktop.board.text import advance
from workshop_app.desktop.board.verbs import HIDE_WORDS
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    IconLabel,
    PlainLabel,
    Rule,
    ScrollColumn,
    column,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.sorting import TOLD_FROM, verdict

SIDE, PROPOSED = 216, 320


class Figure(QWidget):
    """The room's figure as it stands on the cards, to say what it means."""

    def __init__(self, words: str, *, weak: bool = False) -> None:
        super().__init__()
        self.words, self.weak = words, weak
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(advance(self.words, "tiny", 600)) + 2, look().px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font("tiny", 600 if self.weak else 400))
        painter.setPen(look().colour("on_attn" if self.weak else "ink2"))
        painter.drawText(
            self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.words
        )
        if self.weak:
            dashes(painter, 0, self.width(), self.height() - 1)


class SideColumn(QFrame):
    """Without a heap, parking lot, hidden: every card that is in no heap, with counts that add up."""

    menu_asked = Signal(object, QPoint)
    read_asked = Signal(int)
    escaped = Signal()
    show_loose = Signal()

    def __init__(self, chosen: Chosen, carry: Carry, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        names = {
            "loose": lang("Without a heap"),
            "parked": lang("Parking lot"),
            "hidden": lang("Hidden"),
        }
        self.lists = {kind: CardList(name, chosen, carry, lang) for kind, name in names.items()}
        self.counts = {kind: PlainLabel(size="base", tone="ink2") for kind in names}
        self.notes = {kind: PlainLabel(size="small", tone="ink2", wrap=True) for kind in names}
        self.sections: dict[str, SideSection] = {}
        self.scroller = ScrollColumn(gap=10, margins=(12, 14, 12, 12))
        self.show_button = Button(lang("Show them"), role="quiet", icon="arrow-down")
        self.show_button.clicked.connect(self.show_loose)
        self.hidden_button = Button(names["hidden"], role="quiet", icon="eye-off")
        self.hidden_button.setCheckable(True)
        self.hidden_button.toggled.connect(self.lists["hidden"].setVisible)
        for kind, name in names.items():
            section = SideSection((kind, 0), name, self.lists[kind])
            title = self.hidden_button if kind == "hidden" else Heading(name, size="base", wrap=False)
            parts: list[QWidget] = [self.notes[kind], self.lists[kind]]
            if kind == "loose":
                parts.append(self.show_button)
            head = row(title, None, self.counts[kind], gap=6)
            section.setLayout(column(head, *parts, gap=6, margins=(4, 4, 4, 4)))
            self.sections[kind] = section
            carry.zones.append(section)
            if kind == "hidden":
                self.scroller.body.addWidget(Rule())
            self.scroller.body.addWidget(section)
            one = self.lists[kind]
            one.menu_asked.connect(self.menu_asked)
            one.read_asked.connect(self.read_asked)
            one.escaped.connect(self.escaped)
        self.scroller.body.addStretch(1)
        self.lists["hidden"].hide()
        self.signs = QWidget()
        two = lang("{k} of {n}").format(k=2, n=3)
        self.sign_lines = [
            self._sign(Figure(two), lang("so many of those who had the card put it in the heap")),
            self._sign(Figure(two, weak=True), lang("read it once more")),
            self._sign(IconLabel("hand", "ink2", 14), lang("true here too")),
            self._sign(IconLabel("sparkles", "ink2", 14), lang("placed by the computer")),
        ]
        self.signs.setLayout(column(*self.sign_lines, gap=4, margins=(16, 8, 12, 12)))
        self.setLayout(column(self.scroller, self.signs, gap=0))

    def _sign(self, sign: QWidget, words: str) -> QWidget:
        line = QWidget()
        label = PlainLabel(words, size="tiny", tone="ink2", wrap=True)
        box = row(gap=6)
        box.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(label, 1)
        line.setLayout(box)
        return line

    def show_board(self, board: Board) -> None:
        """Shows the cards of a board that are in no heap."""
        lang = self.lang
        here = {"loose": board.loose, "parked": board.parked, "hidden": board.hidden}
        for kind, cards in here.items():
            self.counts[kind].setText(str(len(cards)))
        on_board = loose_on_board(board)
        self.show_button.setVisible(on_board)
        self.lists["loose"].show_cards(() if on_board else board.loose)
        self.lists["parked"].show_cards(board.parked, {c.id: c.reason for c in board.parked if c.reason})
        reasons = {c.id: lang(HIDE_WORDS.get(c.reason, c.reason)) for c in board.hidden}
        self.lists["hidden"].show_cards(board.hidden, reasons)
        for kind, cards in here.items():
            shown = bool(cards) and not (kind == "loose" and on_board)
            self.lists[kind].setVisible(shown and (kind != "hidden" or self.hidden_button.isChecked()))
        words = {
            "loose": lang("They lie below on the board.")
            if on_board
            else ""
            if board.loose
            else lang("Every card has a place."),
            "parked": "" if board.parked else lang("Taken up later. Nothing disappears."),
            "hidden": "",
        }
        for kind, text in words.items():
            self.notes[kind].setText(text)
            self.notes[kind].setVisible(bool(text))
        any_cards = bool(board.cards)
        if not any_cards:
            self.notes["loose"].hide()
        self.hidden_button.setEnabled(bool(board.hidden))
        everybody = board.cards.values()
        told = [verdict(*c.agreed) for h in board.heaps for c in h.cards if c.agreed[1] >= TOLD_FROM]
        marks = (
            bool(told),
            any(word != "clear" for word in told),
            any(c.me_too for c in everybody),
            any(c.placed_by == "suggestion" for c in everybody),
        )
        for line, shown in zip(self.sign_lines, marks, strict=True):
            line.setVisible(shown)

    def dim(self, kept: frozenset[int] | None) -> None:
        """Fades all cards but some; None brings all back."""
        for one in self.lists.values():
            one.dim(kept)

    def reveal(self, card: int) -> None:
        """Scrolls so that a card is seen; the hidden ones are opened for it."""
        for kind, one in self.lists.items():
            if any(c.id == card for c in one.cards.cards):
                if kind == "hidden":
                    self.hidden_button.setChecked(True)
                place = one.place_of(card)
                middle = one.mapTo(self.scroller.inside, place.center())
                self.scroller.ensureVisible(middle.x(), middle.y(), 0, place.height())


class Aside(QStackedWidget):
    """The page's right panel: the side lists, or the heaps of a suggestion, which need more room."""

    def __init__(self, lists: QWidget, panel: QWidget) -> None:
        super().__init__()
        self.addWidget(lists)
        self.addWidget(panel)

    def sizeHint(self) -> QSize:
        return QSize(look().px(SIDE if self.currentIndex() == 0 else PROPOSED), look().px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(200))

    def turn(self, place: int) -> None:
        """Shows one of the two and asks the holder for the room it needs."""
        if place != self.currentIndex():
            self.setCurrentIndex(place)
            holder = self.parentWidget()
            if holder is not None:
                holder.setFixedWidth(self.sizeHint().width())
