"""Two cards and one question over the foot of the board: the same thing? Answered with J, K and N, one pair at a time."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.actions import pairs, session
from workshop_app.desktop.board.bars import tab_only
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, FlowLayout, Pill, PlainLabel, VerbatimLabel, column, row
from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.pairs import ASK_PHONES, ON, Pair, PairSum
from workshop_app.store import queries

REST, LONGEST_REST_MS = 9, 2000


class PairBar(QFrame):
    """The two cards in full, what the phones say, and the three answers."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.pill = Pill()
        self.told = PlainLabel(weight="semibold")
        self.cards = (VerbatimLabel(size="base"), VerbatimLabel(size="base"))
        self.join = Button("", role="primary", key="J")
        self.apart = Button(lang("Not the same"), key="K")
        self.later = Button(lang("Later"), role="quiet", key="N")
        self.phones = Button(lang("Ask the phones"), icon="smartphone")
        self.phones.setCheckable(True)
        self.phones.setToolTip(lang("Phones get two cards at a time while you work on the board."))
        self.shut = Button(lang("Close"), role="quiet")
        tab_only(self.join, self.apart, self.later, self.phones, self.shut)
        line = QWidget()
        flow = FlowLayout(line, look().px(8), look().px(6))
        for one in (self.pill, self.told, self.join, self.apart, self.later, self.phones, self.shut):
            flow.addWidget(one)
        words = row(gap=20)
        for label in self.cards:
            words.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, words, gap=6, margins=(16, 8, 16, 8)))
        self.hide()

    def show_pair(self, one: PairSum | None, left: int, board: Board) -> None:
        """The pair that is asked about now, one of `left`; None when there is none."""
        lang = self.lang
        for button in (self.join, self.apart, self.later):
            button.setVisible(one is not None)
        for label in self.cards:
            label.setVisible(one is not None)
        if one is None:
            self.pill.show_state(lang("The same thing?"), "info", "layers")
            self.told.setText(lang("No pair is left to ask about."))
            return
        words = lang.plural("The same thing? {n} left", "The same thing? {n} left", left)
        self.pill.show_state(words, "info", "layers")
        self.told.setText(said(one, lang))
        for label, number in zip(self.cards, one.pair, strict=True):
            label.setText(f"{number}  {board.cards[number].text}")
        self.join.setText(joined(one.pair, board, lang))
        self.setAccessibleName(f"{words}. {said(one, lang)}")


def said(one: PairSum, lang: Language) -> str:
    """ "5 av 6 säger samma sak", and before three have answered only that it is so."""
    if not one.told:
        few = (
            lang("No phone has answered"),
            lang("One phone has answered"),
            lang("Two phones have answered"),
        )
        return few[one.phones]
    if one.apart > one.same:
        return lang("{k} of {n} say different things").format(k=one.apart, n=one.phones)
    return lang("{k} of {n} say the same thing").format(k=one.same, n=one.phones)


def joined(pair: Pair, board: Board, lang: Language) -> str:
    """What joining two cards would do, on the button that does it."""
    cards = [board.cards[number] for number in pair]
    tags = [board.tag(heap) if c.heap and (heap := board.heap(c.heap)) else "" for c in cards]
    if all(tags):
        return lang("Join {a} and {b}").format(a=tags[0], b=tags[1])
    if any(tags):
        loose = next(c.number for c, tag in zip(cards, tags, strict=True) if not tag)
        return lang("Put {card} in {tag}").format(card=loose, tag=tags[0] or tags[1])
    return lang("A heap of both")


class Pairing(QObject):
    """Which pair is asked about, and what the leader says of it. The pair that is shown stays until it is answered."""

    changed = Signal()

    def __init__(self, bridge: Bridge, bar: PairBar) -> None:
        super().__init__(bar)
        self.bridge, self.bar = bridge, bar
        self._wanted: bool | None = (
            None  # what the leader has said; before that the bar is there while phones are asked
        )
        self._reading = self._again = False
        self._found: tuple[PairSum, ...] = ()
        self._later: list[Pair] = []
        self.now: PairSum | None = None
        self._read_at, self._began = -1, 0.0
        self._rest = QTimer(self)  # so that phones that answer do not keep a core busy
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._read)
        bar.join.clicked.connect(self.join)
        bar.apart.clicked.connect(self.keep_apart)
        bar.later.clicked.connect(self.put_off)
        bar.phones.clicked.connect(self.ask_phones)
        bar.shut.clicked.connect(lambda: self.open(False))

    @property
    def asking_phones(self) -> bool:
        """Whether phones are asked about pairs."""
        return self.bridge.get(queries.session).settings.get(ASK_PHONES) == ON

    @property
    def shown(self) -> bool:
        """Whether the bar is there with a pair to answer."""
        return not self.bar.isHidden() and self.now is not None

    @property
    def wanted(self) -> bool:
        """Whether the bar is to be there."""
        return self.asking_phones if self._wanted is None else self._wanted

    def open(self, wanted: bool) -> None:
        """The leader wants the bar, or no more of it; phones that are asked go on being asked."""
        self._wanted = wanted
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Reads what has changed, in the background; figures follow, the pair that is shown stays."""
        self.bar.setVisible(self.wanted)
        if not self.wanted:
            return
        self.bar.phones.setChecked(self.asking_phones)
        self._show()
        self._again = True
        self._read()

    def _read(self) -> None:
        version, file = self.bridge.file.data_version(), self.bridge.file
        if self._reading or self._rest.isActive() or not self._again or version == self._read_at:
            return
        self._reading, self._again, self._read_at = True, False, version
        self._began = time.monotonic()
        self.bridge.in_background(lambda: pairs.to_decide(file), self._came, self._failed)

    def _came(self, found: tuple[PairSum, ...]) -> None:
        self._reading, self._found = False, found
        self._rest.start(min(round((time.monotonic() - self._began) * 1000 * REST), LONGEST_REST_MS))
        self._show()

    def _failed(self, _trouble: BaseException) -> None:
        self._reading = False

    def _show(self) -> None:
        board = self.bridge.get(queries.board)
        known = {one.pair: one for one in self._found if all(n in board.cards for n in one.pair)}
        settled = self.bridge.get(queries.pairs_settled)
        open_ = [one for pair, one in known.items() if pair not in settled and not _together(pair, board)]
        rest = [one for one in open_ if one.pair not in self._later]
        late = [known[pair] for pair in self._later if known.get(pair) in open_]
        here = known.get(self.now.pair) if self.now is not None else None
        before = self.now
        self.now = here if here in rest else next(iter((*rest, *late)), None)
        self.bar.show_pair(self.now, len(open_), board)
        if self.now is not None and (before is None or before.pair != self.now.pair) and self.bar.isVisible():
            words = ". ".join((self.bar.accessibleName(), *(label.text() for label in self.bar.cards)))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar, words))

    # What the leader says -------------------------------------------------------------

    def join(self) -> None:
        """J: the two come to lie in one heap; one step to undo."""
        if self.now is not None:
            a, b = self.now.pair
            self.bridge.do(pairs.join, a=a, b=b)

    def keep_apart(self) -> None:
        """K: they are not the same, and are not asked about any more."""
        if self.now is not None:
            a, b = self.now.pair
            self.bridge.do(pairs.keep_apart, a=a, b=b)

    def put_off(self) -> None:
        """N: the pair comes last."""
        if self.now is not None:
            pair = self.now.pair
            self._later = [p for p in self._later if p != pair] + [pair]
            self.now = None
            self._show()

    def ask_phones(self) -> None:
        """Has phones asked about pairs, or no more."""
        value = "" if self.asking_phones else ON
        self.bridge.do(session.set_setting, key=ASK_PHONES, value=value)


def _together(pair: Pair, board: Board) -> bool:
    a, b = (board.cards[number].heap for number in pair)
    return a is not None and a == b
