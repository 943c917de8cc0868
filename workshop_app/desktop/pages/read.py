"""Read and add: every card as it was written, with how many it holds for; what should not be shown is hidden."""

from PySide6.QtCore import QPoint, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.card_menu import REASONS, card_menu
from workshop_app.desktop.pages import Page
from workshop_app.desktop.pages.entry import CardEntry
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    ColumnsLayout,
    EmptyState,
    IconLabel,
    PlainLabel,
    VerbatimLabel,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.board import Card
from workshop_app.store import queries

CARD_WIDTH = 300
PORTION = 40  # cards made at a time: more than one sees, and a room may have thousands
ORDERS = {"new": N_("Newest first"), "number": N_("By number"), "me_too": N_("Most marked first")}


class CardView(QFrame):
    """One card on paper: words, number, marks, and the way to hide it."""

    def __init__(self, bridge: Bridge, card: Card) -> None:
        super().__init__()
        self.bridge, self.card = bridge, card
        lang = bridge.lang
        self.hidden = card.state == "hidden"
        words = VerbatimLabel(card.text, tone="ink2" if self.hidden else "ink", select=True)
        foot = row(gap=6)
        foot.addWidget(PlainLabel(str(card.number), size="small", tone="ink2"))
        if self.hidden:
            reason = lang(REASONS[card.reason]) if card.reason in REASONS else card.reason
            foot.addWidget(PlainLabel(reason, size="small", tone="ink2"))
        foot.addStretch(1)
        if card.me_too:
            foot.addWidget(IconLabel("hand", "ink2", 15))
            marks = PlainLabel(str(card.me_too), size="small", weight="bold")
            marks.setAccessibleName(
                lang.plural("{n} says: true here too", "{n} say: true here too", card.me_too)
            )
            foot.addWidget(marks)
        if card.inbox:
            self.through = Button(lang("Let through"), role="tint")
            self.through.setAccessibleName(lang("Let card {n} through").format(n=card.number))
            self.through.clicked.connect(lambda: bridge.do(actions.group.let_through, cards=[self.card.id]))
            foot.addWidget(self.through)
        self.button = Button(lang("Show again") if self.hidden else lang("Hide"), role="quiet")
        self.button.setAccessibleName(
            (lang("Show card {n} again") if self.hidden else lang("Hide card {n}")).format(n=card.number)
        )
        self.button.clicked.connect(self._press)
        foot.addWidget(self.button)
        self.setLayout(column(words, None, foot, gap=6, margins=(14, 12, 8, 6)))

    def _press(self) -> None:
        if self.hidden:
            self.bridge.do(actions.group.bring_back, cards=[self.card.id])
        else:
            self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def menu(self) -> QMenu:
        """What can be done with the card."""
        return card_menu(self.bridge, self.card.id, self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.setBrush(look().colour("bg" if self.hidden else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -1.5)
        painter.drawRoundedRect(box, look().px(4), look().px(4))
        painter.setPen(QPen(look().colour("line"), 2))
        painter.drawLine(int(box.left()) + 4, self.height() - 1, int(box.right()) - 4, self.height() - 1)


class EndMark(QWidget):
    """Stands under the last card; whoever has come so far sees it, and is to have more."""

    seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QTimer.singleShot(0, self.seen.emit)


class ReadPage(Page):
    """The cards of the room, without roles."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.order = "new"
        self.count = PlainLabel(weight="semibold")
        self.orders = {}
        head = row(self.count, None, gap=6)
        for name, words in ORDERS.items():
            button = Button(lang(words), role="quiet")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self._sort(name))
            self.orders[name] = button
            head.addWidget(button)
        self.entry = CardEntry(bridge)
        self.inbox = Button(lang("Look at cards before they are shown"), icon="inbox")
        self.inbox.setCheckable(True)
        self.inbox.clicked.connect(self._inbox)
        self.waiting = PlainLabel(size="small", tone="on_attn")
        self.all_through = Button(lang("Let all through"), role="tint")
        self.all_through.clicked.connect(self._all_through)
        inbox = row(self.inbox, self.waiting, self.all_through, None, gap=10)
        self.holder = QWidget()
        self.flow = ColumnsLayout(self.holder, look().px(14), look().px(CARD_WIDTH))
        self.end = EndMark()
        self.end.seen.connect(self._more)
        self.empty = EmptyState(lang("No cards yet. They come here as people send them."), "inbox")
        self.hidden_words = PlainLabel(size="small", tone="ink2")
        self.show_hidden = Button(lang("Show hidden"), role="quiet", icon="eye-off")
        self.show_hidden.setCheckable(True)
        self.show_hidden.toggled.connect(lambda _on: self._draw())
        self.paper = Button(lang("Enter from paper"), icon="plus", size="large")
        self.voice = Button(lang("Note a voice"), icon="mic", size="large")
        self.paper.clicked.connect(lambda: self.entry.open_for("paper", self.state.id))
        self.voice.clicked.connect(lambda: self.entry.open_for("voice", self.state.id))
        foot = row(self.hidden_words, self.show_hidden, None)
        self.setLayout(
            column(14, head, inbox, self.entry, 6, self.empty, self.holder, self.end, 8, foot, None, gap=6)
        )
        self._most = PORTION
        self._shown: list[Card] = []
        self._views: list[CardView] = []

    def actions_bar(self) -> list[QPushButton]:
        return [self.paper, self.voice]

    def refresh(self) -> None:
        self._draw()
        self.entry.refresh()

    def _inbox(self, on: bool) -> None:
        self.bridge.do(actions.session.set_setting, key=actions.own.INBOX, value="1" if on else "")

    def _waiting(self) -> list[int]:
        return [c.id for c in self.bridge.get(queries.board).loose if c.inbox]

    def _all_through(self) -> None:
        if waiting := self._waiting():
            self.bridge.do(actions.group.let_through, cards=waiting)

    def _sort(self, name: str) -> None:
        self.order, self._most = name, PORTION
        self._draw()

    def _more(self) -> None:
        self._most = len(self._shown) + PORTION
        self._draw()

    def _draw(self) -> None:
        lang, board = self.bridge.lang, self.bridge.get(queries.board)
        hidden, waiting = len(board.hidden), len(self._waiting())
        self.inbox.setChecked(self.session.settings.get(actions.own.INBOX) == "1")
        self.waiting.setText(
            lang.plural("{n} card waits, seen only here", "{n} cards wait, seen only here", waiting)
        )
        self.waiting.setVisible(waiting > 0)
        self.all_through.setVisible(waiting > 1)
        cards = [c for c in board.cards.values() if c.state not in ("hidden", "merged", "withdrawn")]
        for name, button in self.orders.items():
            button.setChecked(name == self.order)
        self.count.setText(lang.plural("{n} card", "{n} cards", len(cards)))
        self.hidden_words.setText(
            lang.plural("{n} hidden card", "{n} hidden cards", hidden) if hidden else ""
        )
        self.show_hidden.setVisible(hidden > 0)
        keys = {
            "new": lambda c: (not c.inbox, -c.id),
            "number": lambda c: (c.id,),
            "me_too": lambda c: (-c.me_too, c.id),
        }
        cards.sort(key=keys[self.order])
        if self.show_hidden.isChecked():
            cards += sorted(board.hidden, key=lambda c: c.id)
        self.end.setVisible(len(cards) > self._most)
        cards = cards[: self._most]
        if cards == self._shown:
            return
        self._shown = cards
        self.empty.setVisible(not cards)
        kept = {view.card: view for view in self._views}
        self._views = [kept.get(card) or CardView(self.bridge, card) for card in cards]
        self.flow.arrange(list(self._views))
        self.holder.updateGeometry()
