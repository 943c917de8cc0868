"""Finding cards as one types, and by who said it, for whom, how many agree and where it lies; the others fade."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from workshop_app.desktop.board.column import SideColumn
from workshop_app.desktop.board.view import BoardView
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import IconButton, IconLabel, PlainLabel, row
from workshop_app.model.board import Board
from workshop_app.model.sieve import ME_TOO_STEPS, UNPLACED, Sieve, sift
from workshop_app.store import queries

Rows = list[tuple[object, str]]


class FindField(QFrame):
    """A field and four filters with "3 av 7"; Enter goes on, Esc leaves."""

    left = Signal()

    def __init__(
        self, view: BoardView, side: SideColumn, bridge: Bridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view, self.side, self.bridge, self.lang = view, side, bridge, bridge.lang
        lang = self.lang
        self.board: Board | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.field = QLineEdit()
        self.field.setPlaceholderText(lang("Find a card by its words or number"))
        self.field.setAccessibleName(lang("Find a card"))
        self.field.setMinimumWidth(look().px(150))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._asked)
        self.count = PlainLabel(size="small", tone="ink2")
        names = {
            "role": lang("Who said it"),
            "beneficiary": lang("For whom"),
            "me_too": lang("True here too"),
            "state": lang("Where it lies"),
        }
        self.filters = {name: self._filter(words) for name, words in names.items()}
        self.before = IconButton("chevron-up", lang("The one before"))
        self.after = IconButton("chevron-down", lang("The next one"))
        self.shut_button = IconButton("x", lang("Close"))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.shut_button.clicked.connect(self.shut)
        box = row(
            IconLabel("search", "ink2", 16),
            self.field,
            *self.filters.values(),
            self.count,
            self.before,
            self.after,
            self.shut_button,
            gap=6,
            margins=(14, 6, 10, 6),
        )
        box.setStretchFactor(self.field, 1)
        self.setLayout(box)
        self.ids: list[int] = []
        self.at = 0
        self.hide()

    def _filter(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        box.setAccessibleName(name)
        box.addItem(name)
        box.installEventFilter(self)
        box.activated.connect(self._asked)
        return box

    def open(self, board: Board) -> None:
        """Shows the field, what was typed last selected."""
        self.show_board(board)
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._asked()

    def show_board(self, board: Board) -> None:
        """Looks through another board; what is found stays found while the leader sorts."""
        self.board = board
        for name, rows in self._offers(board).items():
            box = self.filters[name]
            chosen, first = box.currentData(), box.itemText(0)
            shown = [(None, first), *rows]
            if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != shown:
                box.clear()
                for value, words in shown:
                    box.addItem(words, value)
                box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
            box.setVisible(bool(rows))
        if not self.isHidden():
            self._look()
            self._mark()

    def _offers(self, board: Board) -> dict[str, Rows]:
        """What there is to filter by; a role only where enough people share it."""
        lang, room = self.lang, self.bridge.get(queries.room)
        cards = board.cards.values()
        roles = {room.role_shown(c.role) for c in cards} - {""}
        most = max((c.me_too for c in cards), default=0)
        states = {
            UNPLACED: lang("Without a heap"),
            "heap": lang("In a heap"),
            "parked": lang("Parking lot"),
            "hidden": lang("Hidden"),
        }
        here = {c.state for c in cards}
        return {
            "role": [(r, r) for r in sorted(roles)],
            "beneficiary": [(b, b) for b in self.bridge.get(queries.beneficiaries)[:30]],
            "me_too": [(n, lang.plural("{n} or more", "{n} or more", n)) for n in ME_TOO_STEPS if n <= most],
            "state": [(s, words) for s, words in states.items() if s in here],
        }

    @property
    def sieve(self) -> Sieve:
        """What is looked for now."""
        given = {name: box.currentData() for name, box in self.filters.items()}
        return Sieve(words=self.field.text(), **{k: v for k, v in given.items() if v is not None})

    def shut(self) -> None:
        """Leaves; all cards are shown as before."""
        if not self.isHidden():
            self.hide()
            for box in self.filters.values():
                box.setCurrentIndex(0)
            self.view.canvas.dim(None)
            self.view.canvas.mark_cards("found", ())
            self.side.dim(None)
            self.left.emit()

    def _look(self) -> None:
        room = self.bridge.get(queries.room)
        self.ids = sift(self.board, self.sieve, room) if self.board is not None else []
        self.at = min(self.at, max(len(self.ids) - 1, 0))

    def _asked(self, *_what: object) -> None:
        self.at = 0
        self._look()
        self._tell()

    def step(self, by: int) -> None:
        """The next card found, or the one before."""
        if self.ids:
            self.at = (self.at + by) % len(self.ids)
            self._tell()

    def _mark(self) -> None:
        words, asked = "", not self.sieve.empty
        if asked:
            words = self.lang("{n} of {all}").format(n=self.at + 1, all=len(self.ids))
            words = words if self.ids else self.lang("No card fits")
        self.count.setText(words)
        self.before.setEnabled(len(self.ids) > 1)
        self.after.setEnabled(len(self.ids) > 1)
        self.view.canvas.dim(self.ids if asked else None)
        self.view.canvas.mark_cards("found", self.ids)
        self.side.dim(frozenset(self.ids) if asked else None)

    def _tell(self) -> None:
        self._mark()
        if self.ids:
            card = self.ids[self.at]
            self.view.chosen.only(("card", card))
            self.view.reveal(("card", card))
            self.side.reveal(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for box in self.filters.values():
            box.setMaximumWidth(max(look().px(84), self.width() // 8))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif watched is not self.field:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Up:
            self.step(-1)
        else:
            return False
        return True
