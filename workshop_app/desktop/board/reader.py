"""One card read in full, large, over the board: what was said, and what belongs to it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    PlainLabel,
    ScrollColumn,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.board import Board, Card
from workshop_app.store import queries

PARTS = (
    ("beneficiary", N_("For whom: {text}")),
    ("when", N_("In which situation: {text}")),
    ("how_often", N_("How often: {text}")),
    ("underlying", N_("What it is meant to solve: {text}")),
)


class Reader(QFrame):
    """A panel over the lower part of the board; Space or Esc closes it, arrows go on reading."""

    walked = Signal(int)
    left = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.bridge, self.over = bridge, parent
        self.card = 0
        self.setProperty("panel", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller = ScrollColumn(gap=8, margins=(28, 22, 28, 10))
        self.shut_button = Button(bridge.lang("Close"), key=bridge.lang("Space bar"))
        self.shut_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shut_button.clicked.connect(self.shut)
        self.foot = PlainLabel(size="small", tone="ink2")
        self.setLayout(
            column(self.scroller, row(self.foot, None, self.shut_button, margins=(28, 6, 16, 12)), gap=0)
        )
        self.hide()

    def read(self, board: Board, card_id: int) -> None:
        """Shows a card of a board."""
        card = board.cards.get(card_id)
        if card is None:
            self.shut()
            return
        self.card = card_id
        lang = self.bridge.lang
        body = self.scroller.body
        empty_layout(body)
        size = "title" if len(card.text) <= 160 else "live" if len(card.text) <= 600 else "large"
        text = VerbatimLabel(card.text, size=size, select=True)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.addWidget(text)
        for line in self._lines(card):
            body.addWidget(PlainLabel(line, size="base", tone="ink2", wrap=True))
        for other in board.merged:
            if other.merged_into == card_id:
                words = lang("Joined, card {number}:").format(number=other.number)
                body.addWidget(PlainLabel(words, size="small", weight="semibold", tone="ink2"))
                body.addWidget(VerbatimLabel(other.text, size="large"))
        body.addStretch(1)
        self.foot.setText(self._foot(board, card))
        self.setAccessibleName(lang("Card {number}: {text}").format(number=card.number, text=card.text))
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def _lines(self, card: Card) -> list[str]:
        lang = self.bridge.lang
        lines = [lang(words).format(text=getattr(card, name)) for name, words in PARTS if getattr(card, name)]
        if card.me_too:
            lines.append(lang.plural("True here too: {n} person", "True here too: {n} people", card.me_too))
        return lines

    def _foot(self, board: Board, card: Card) -> str:
        lang = self.bridge.lang
        heap = board.heap(card.heap) if card.heap is not None else None
        where = {
            "loose": lang("Without a heap"),
            "parked": lang("Parking lot"),
            "hidden": lang("Hidden"),
        }.get(card.state, "")
        if heap is not None:
            where = lang("Heap {tag}").format(tag=board.tag(heap))
        role = self.bridge.get(queries.room).role_shown(card.role)
        role = role or (lang("the role is not shown, fewer than three") if card.role else "")
        number = lang("Card {number}").format(number=card.number)
        return "  ·  ".join(t for t in (number, where, role) if t)

    def fit(self) -> None:
        """Lies in the middle of the board with the board seen round it."""
        parent = self.over
        px = look().px
        width = min(px(820), parent.width() - px(48))
        for part in self.scroller.inside.findChildren(QWidget):
            part.ensurePolished()  # a label knows its size only in its own font
            part.setMinimumHeight(1)  # else its guess for a narrow column makes a scroll bar
        inside = self.scroller.body
        inside.invalidate()
        wanted = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        foot = self.shut_button.sizeHint().height() + px(28)
        height = min(max(wanted + foot, px(150)), px(480), parent.height() - px(90))
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - px(24), width, height)

    def shut(self) -> None:
        """Closes."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Space)
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.shut()
        elif event.key() in arrows:
            self.walked.emit(event.key())
        else:
            super().keyPressEvent(event)
