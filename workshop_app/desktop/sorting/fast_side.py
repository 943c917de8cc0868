"""Beside fast sorting: how many cards are left, and where the last ones went."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.desktop.sorting.heap_button import offered
from workshop_app.desktop.sorting.tag import TagLabel
from workshop_app.desktop.sorting.turn import LATER, Laid
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    ElidedLabel,
    IconLabel,
    PlainLabel,
    Rule,
    SectionLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.board import Board

WIDTH, SHOWN = 300, 7
ICONS = {LATER: "history", "parked": "square-parking", "hidden": "eye-off"}


class FastSide(QFrame):
    """The right panel of fast sorting."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.left = PlainLabel("0", size="timer", weight="bold")
        self.words = PlainLabel(size="large")
        self.pace = PlainLabel(size="small", tone="ink2")
        self.list = column(gap=6)
        note = PlainLabel(
            lang("The room's answers come first. The computer's guess never counts as an answer."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        self.head = SectionLabel(lang("Placed last"))
        head = row(self.left, column(None, self.words, self.pace, None, gap=2), None, gap=14)
        self.setLayout(column(head, 10, self.head, self.list, None, note, gap=8, margins=(24, 16, 24, 20)))
        self._shown: object = None

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(400))

    def show_left(self, left: int, seconds: float) -> None:
        """How many cards are left, and how long that takes at the pace so far."""
        self.left.setText(str(left))
        self.words.setText(self.lang.plural("card left", "cards left", left))
        self.pace.setText(pace_words(left * seconds, self.lang) if left else "")

    def show_laid(self, laid: list[Laid], board: Board) -> None:
        """The last cards, newest first."""
        newest = [one for one in reversed(laid) if one.card in board.cards][:SHOWN]
        state = (newest, [board.cards[one.card].text for one in newest], board.heaps)
        if state == self._shown:
            return
        self._shown = state
        empty_layout(self.list)
        self.head.setVisible(bool(newest))
        for one in newest:
            self.list.addWidget(Rule())
            self.list.addWidget(self._line(one, board))

    def _line(self, one: Laid, board: Board) -> QWidget:
        heap = board.heap(one.heap) if one.heap is not None else None
        if heap is not None:
            what = offered(board, heap)
            mark: QWidget = TagLabel(what.tag, what.hue)
            place = ElidedLabel(what.title or what.words, size="small", tone="ink2", people=not what.title)
        else:
            mark = IconLabel(ICONS.get(one.where, "circle"), "ink2", 16)
            place = ElidedLabel(self._where(one.where), size="small", tone="ink2")
        line = QWidget()
        words = ElidedLabel(board.cards[one.card].text, people=True)
        line.setLayout(column(words, row(mark, place, gap=8), gap=2))
        return line

    def _where(self, where: str) -> str:
        lang = self.lang
        words = {
            LATER: lang("Later, still without a heap"),
            "parked": lang("In the parking lot"),
            "hidden": lang("Hidden"),
            "loose": lang("Without a heap"),
        }
        return words.get(where, "")


def pace_words(seconds: float, lang: Language) -> str:
    """ "ungefär två minuter"; under a minute and a half a minute is said."""
    minutes = max(round(seconds / 60), 1)
    return lang.plural("about {n} minute", "about {n} minutes", minutes)
