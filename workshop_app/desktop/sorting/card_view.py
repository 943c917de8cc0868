"""The card that is being sorted, large, in a frame that never moves; what the room said about it stands below."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import IconLabel, PlainLabel, ScrollColumn, VerbatimLabel, column, row
from workshop_app.i18n import Language
from workshop_app.model.board import Card

SIZES = ("display", "title", "live")  # the largest that fits the frame; what still does not fit is scrolled


class CardView(QFrame):
    """Has the focus while cards are sorted, so that Space, Tab and the numbers mean the card."""

    searched = Signal()  # Tab

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("panel", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = VerbatimLabel(size="title", select=False)
        self.scroller = ScrollColumn()
        self.scroller.body.addWidget(self.words)
        self.scroller.body.addStretch(1)
        self.number = PlainLabel(size="small", weight="semibold")
        self.said = PlainLabel(size="small", tone="ink2", wrap=True)
        self.hand = IconLabel("hand", "ink2", 16)
        self.marks = PlainLabel(size="small", tone="ink2")
        foot = row(self.number, self.said, self.hand, self.marks, gap=12)
        foot.setStretchFactor(self.said, 1)
        self.setLayout(column(self.scroller, foot, gap=6, margins=(28, 16, 28, 10)))

    def show_card(self, card: Card | None, said: str) -> None:
        """Shows a card and what the room said about it; a screen reader hears the words."""
        text = card.text if card is not None else ""
        if text != self.words.text():
            self.words.setText(text)
            self.scroller.verticalScrollBar().setValue(0)
        self._fit()
        self.number.setText(self.lang("Card {n}").format(n=card.number) if card is not None else "")
        self.said.setText(said)
        marks = card.me_too if card is not None else 0
        self.marks.setText(self.lang.plural("true for {n} more", "true for {n} more", marks))
        self.hand.setVisible(bool(marks))
        self.marks.setVisible(bool(marks))
        name = f"{self.number.text()}. {text} {said}".strip()
        if name != self.accessibleName():
            self.setAccessibleName(name)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, name))

    def _fit(self) -> None:
        room, text = self.scroller.viewport().size(), self.words.text()
        wrap = int(Qt.TextFlag.TextWordWrap)
        box = QRect(0, 0, room.width(), 1 << 20)
        heights = (
            QFontMetrics(look().font(s, people=True)).boundingRect(box, wrap, text).height() for s in SIZES
        )
        fitting = (size for size, high in zip(SIZES, heights, strict=True) if high <= room.height())
        size = next(fitting, SIZES[-1])
        if self.words.property("textsize") != size:
            self.words.setProperty("textsize", size)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Tab asks for the search, which stands next in the order anyway."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and not event.modifiers():
                self.searched.emit()
                return True
            bar = self.scroller.verticalScrollBar()
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps and bar.maximum():
                bar.setValue(bar.value() + steps[Qt.Key(event.key())] * look().line("live"))
                return True
        return super().event(event)
