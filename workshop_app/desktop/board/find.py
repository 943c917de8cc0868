"""Finding a card by its words or number as one types."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from workshop_app.desktop.board.move_field import plain
from workshop_app.desktop.board.view import BoardView
from workshop_app.desktop.widgets import IconButton, IconLabel, PlainLabel, row
from workshop_app.i18n import Language
from workshop_app.model.board import Board


def matches(board: Board, typed: str) -> list[int]:
    """Cards that hold every word typed, or bear the number; in the order they stand on the board."""
    words = plain(typed).split()
    if not words:
        return []
    order = [c for h in board.heaps for c in h.cards]
    order += [*board.loose, *board.parked, *board.hidden]
    if len(words) == 1 and words[0].isdigit():
        same = [c.id for c in order if str(c.number) == words[0]]
        if same:
            return same
    return [c.id for c in order if all(w in plain(c.text) for w in words)]


class FindField(QFrame):
    """A field with "3 av 7"; Enter goes on, Esc leaves."""

    left = Signal()

    def __init__(self, view: BoardView, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.lang = view, lang
        self.board: Board | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.field = QLineEdit()
        self.field.setPlaceholderText(lang("Find a card by its words or number"))
        self.field.setAccessibleName(lang("Find a card"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        self.count = PlainLabel(size="small", tone="ink2")
        self.shut_button = IconButton("x", lang("Close"))
        self.shut_button.clicked.connect(self.shut)
        box = row(
            IconLabel("search", "ink2", 16), self.field, self.count, self.shut_button, margins=(14, 6, 10, 6)
        )
        box.setStretchFactor(self.field, 1)
        self.setLayout(box)
        self.ids: list[int] = []
        self.at = 0
        self.hide()

    def open(self, board: Board) -> None:
        """Shows the field, what was typed last selected."""
        self.board = board
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._typed(self.field.text())

    def shut(self) -> None:
        """Leaves; all cards are shown as before."""
        if not self.isHidden():
            self.hide()
            self.view.canvas.dim(None)
            self.view.canvas.mark_cards("found", ())
            self.left.emit()

    def _typed(self, text: str) -> None:
        self.ids = matches(self.board, text) if self.board is not None else []
        self.at = 0
        self._tell()

    def step(self, by: int) -> None:
        """The next card found, or the one before."""
        if self.ids:
            self.at = (self.at + by) % len(self.ids)
            self._tell()

    def _tell(self) -> None:
        if not self.field.text().strip():
            words = ""
        elif not self.ids:
            words = self.lang("No card holds these words")
        else:
            words = self.lang("{n} of {all}").format(n=self.at + 1, all=len(self.ids))
        self.count.setText(words)
        self.view.canvas.dim(set(self.ids) if words else None)
        self.view.canvas.mark_cards("found", self.ids)
        if self.ids:
            self.view.chosen.only(("card", self.ids[self.at]))
            self.view.reveal(("card", self.ids[self.at]))

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
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Up:
            self.step(-1)
        else:
            return False
        return True
