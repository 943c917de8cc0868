"""A field whose text is stored by itself: while it is typed, when the field is left, and when the page goes."""

from itertools import count

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from workshop_app.desktop.widgets import TextArea

KEEP_MS = 1500  # at most this long is anything on the screen alone, also while somebody types on and on
_edits = count(1)


class Kept(QObject):
    """Watches one field. `written(name, text, edit)` asks for a text that differs from what is stored to be stored;
    what is typed without a rest is one `edit`, and so one undo."""

    written = Signal(str, str, str)

    def __init__(self, name: str, field: QLineEdit | TextArea) -> None:
        super().__init__(field)
        self.name, self.field, self._stored, self._edit = name, field, "", ""
        self._timer, self._rest = QTimer(self), QTimer(self)
        for timer in (self._timer, self._rest):
            timer.setSingleShot(True)
            timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._store)
        self._rest.timeout.connect(self.keep)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(lambda _text: self._typed())
            field.editingFinished.connect(self.keep)
        else:
            field.textChanged.connect(self._typed)
            field.left.connect(self.keep)
            field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.field.updateGeometry()  # in a narrower field the words need more lines
        return False

    @property
    def dirty(self) -> bool:
        """Whether something is written that is not stored yet."""
        return self.field.text().strip() != self._stored.strip()

    def show(self, text: str) -> None:
        """Shows what is stored, unless something newer is being written here."""
        if not self.dirty and text.strip() != self.field.text().strip():
            self._put(text)  # never for a space alone: somebody may be about to type the next word
        self._stored = text

    def replace(self, text: str) -> None:
        """Shows the text of another need; what was written before has been kept already."""
        self._end()
        self._put(text)
        self._stored = text

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
        self._rest.start()
        self._edit = self._edit or str(next(_edits))

    def _end(self) -> None:
        self._timer.stop()
        self._rest.stop()
        self._edit = ""

    def _store(self) -> None:
        if self.dirty:
            self.written.emit(self.name, self.field.text(), self._edit)

    def _put(self, text: str) -> None:
        if text != self.field.text():
            self.field.blockSignals(True)
            self.field.set_text(text) if isinstance(self.field, TextArea) else self.field.setText(text)
            if isinstance(self.field, QLineEdit):
                self.field.setCursorPosition(0)  # a long text is read from its beginning
            self.field.blockSignals(False)
            self.field.updateGeometry()

    def keep(self) -> None:
        """Has what is written stored now; until it is seen to be stored it is never written over."""
        self._store()
        self._end()
