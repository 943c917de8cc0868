"""Before the room sorts: how many cards for each phone, how long, and what that means."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QWidget

from workshop_app.desktop.sorting.tables_choice import TablesChoice
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    HintLine,
    Panel,
    PlainLabel,
    choice,
    column,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.tables import SPLIT, RoomTable

HANDS = (8, 15)
USUAL_HAND, USUAL_MINUTES = 12, 3
MINUTES = (2, 3, 4, 5, 7)
FEW_PHONES = 5
SECONDS_A_CARD = 12  # that most people need, with a margin


class StartPanel(QWidget):
    """What the leader chooses, with the consequences in words."""

    fast = Signal()
    papers = Signal()

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.phones = self.cards = 0
        words = lang(
            "Each phone gets some cards and puts together those that say the same need, in heaps of its own or in heaps "
            "that others have begun. Nobody sees who put what where."
        )
        self.hand = QSlider(Qt.Orientation.Horizontal)
        self.hand.setRange(*HANDS)
        self.hand.setValue(USUAL_HAND)
        self.hand.setPageStep(2)
        self.hand.setAccessibleName(lang("Cards for each phone"))
        self.hand.setFixedSize(look().px(260), look().px(28))
        self.hand_words = PlainLabel(size="lead", weight="semibold")
        self.hand_words.setMinimumWidth(look().px(34))
        options = [(str(60 * n), lang("{n} min").format(n=n)) for n in MINUTES]
        self.time = choice(options, str(60 * USUAL_MINUTES))
        self.time.setAccessibleName(lang("Time"))
        self.time.setFixedWidth(look().px(140))
        self.means = PlainLabel(size="large", weight="semibold", wrap=True)
        self.pace = PlainLabel(size="small", tone="ink2", wrap=True)
        self.few = HintLine("smartphone", "attn")
        self.by_hand = Button(lang("Sort fast"), icon="keyboard")
        self.by_paper = Button(lang("Enter from paper"), icon="plus")
        self.by_hand.clicked.connect(self.fast)
        self.by_paper.clicked.connect(self.papers)
        self.other = QFrame()
        self.other.setLayout(row(self.by_hand, self.by_paper, None, gap=10))
        self.together = TablesChoice(lang)
        self.seated = (0, 0)  # tables, and phones that sit at one
        self.each = QFrame()
        self.each.setLayout(
            column(
                PlainLabel(lang("Cards for each phone"), size="small", weight="semibold"),
                row(self.hand, self.hand_words, None, gap=12),
            )
        )
        panel = Panel(
            self.together,
            6,
            self.each,
            6,
            PlainLabel(lang("Time"), size="small", weight="semibold"),
            row(self.time, None),
            10,
            self.means,
            self.pace,
            pad=20,
        )
        lead = PlainLabel(words, size="large", wrap=True)
        lead.setMaximumWidth(look().px(760))
        panel.setMaximumWidth(look().px(760))
        self.few.setMaximumWidth(look().px(760))
        self.setLayout(column(lead, 8, self.few, self.other, panel, None, gap=12))
        self.hand.valueChanged.connect(self._tell)
        self.time.currentIndexChanged.connect(self._tell)
        self.together.changed.connect(self._tell)
        self._tell()

    @property
    def seconds(self) -> int:
        """The time chosen."""
        return int(self.time.currentData())

    def show_room(self, phones: int, cards: int) -> None:
        """How many phones have joined, and how many cards there are to deal."""
        if (phones, cards) != (self.phones, self.cards):
            self.phones, self.cards = phones, cards
            self._tell()

    def show_tables(self, tables: tuple[RoomTable, ...], seats: Mapping[str, int]) -> None:
        """Which tables there are, and who has chosen one."""
        self.together.show_tables(tables)
        if (len(tables), len(seats)) != self.seated:
            self.seated = (len(tables), len(seats))
            self._tell()

    @property
    def whole(self) -> bool:
        """Whether all that is needed has been chosen: tables, where tables sort."""
        return not self.together.chosen or self.seated[0] > 0

    def _at_tables(self) -> None:
        lang, (tables, seated) = self.lang, self.seated
        self.few.say("")
        self.other.hide()
        if not tables:
            self.means.setText(lang("Say which tables there are."))
            self.pace.setText("")
            return
        each = -(-self.cards // tables) if self.together.chosen == SPLIT else self.cards
        there = lang.plural("{n} table", "{n} tables", tables)
        self.means.setText(f"{there}, {lang.plural('{n} card to each.', '{n} cards to each.', each)}")
        self.pace.setText(
            lang(
                "{n} of {all} phones have chosen a table. The others do it when the cards are dealt."
            ).format(n=min(seated, self.phones), all=self.phones)
        )

    def _tell(self) -> None:
        lang, hand = self.lang, self.hand.value()
        self.each.setVisible(not self.together.chosen)
        if self.together.chosen:
            self._at_tables()
            return
        self.hand_words.setText(str(hand))
        few = self.phones < FEW_PHONES
        self.few.say(
            lang.plural("{n} phone has joined.", "{n} phones have joined.", self.phones) if few else "",
            lang(
                "With fewer than five it is quicker to sort the cards yourself with the keys while the room calls out, or to "
                "lay printed cards in piles on a table and enter the numbers of each pile."
            ),
        )
        self.few.setVisible(few)
        self.other.setVisible(few)
        self.means.setText(self._means(hand))
        needed = hand * SECONDS_A_CARD
        enough = needed <= self.seconds
        pace = lang("{n} cards take most people about {s} seconds.").format(n=hand, s=round(needed / 10) * 10)
        more = "" if enough else lang("Half hands count too, but give some more time if you can.")
        self.pace.setText(f"{pace} {more}".strip())

    def _means(self, hand: int) -> str:
        lang = self.lang
        if not self.cards:
            return lang("There are no cards to deal.")
        if not self.phones:
            return lang("No phone has joined yet.")
        seen = min(self.phones * min(hand, self.cards) / self.cards, self.phones)
        phones = lang.plural("{n} phone", "{n} phones", self.phones)
        each = lang("{hand} cards each, {cards} cards in all.").format(
            hand=min(hand, self.cards), cards=self.cards
        )
        deal = f"{phones}, {each}"
        if seen < 1:
            return f"{deal} {lang('Not every card is seen. Take more cards for each phone.')}"
        told = lang.plural(
            "Each card is seen by about {n} phone.", "Each card is seen by about {n} phones.", round(seen)
        )
        return f"{deal} {told}"
