"""The needs library in a window of its own: words to look for, what was found, and a need begun from it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFileDialog, QListWidget, QListWidgetItem, QWidget

from workshop_app.actions import library
from workshop_app.actions.library import Entry
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, EmptyState, Field, PlainLabel, column, line_edit, row
from workshop_app.model import rating
from workshop_app.model.dates import day_words

WAIT_MS = 250  # after a letter, before it is sought
ENTRY = Qt.ItemDataRole.UserRole


class LibraryWindow(QDialog):
    """Everything that reads or writes the library runs in the background; `made(need)` hears of the new need."""

    def __init__(self, bridge: Bridge, made: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        lang = bridge.lang
        self.bridge, self._made = bridge, made
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(lang("The needs library"))
        self.setProperty("ground", "bg")
        self.resize(look().px(760), look().px(560))
        self.words = line_edit(limit=200)
        self.list = QListWidget()
        self.list.setAccessibleName(lang("The needs library"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSpacing(look().px(4))
        self.told = PlainLabel(tone="ink2", wrap=True)
        self.take = Button(lang("Begin a need from this"), role="primary", icon="check")
        self.take.clicked.connect(self._take)
        self.add = Button(lang("Put the needs of this workshop in the library"))
        self.add.clicked.connect(self._add)
        self.read = Button(lang("Read in a library file"), icon="folder-open")
        self.read.clicked.connect(self._read)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda _item: self._take())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_for)
        self.words.textChanged.connect(lambda _text: self._timer.start(WAIT_MS))
        found = Field(lang("Words to look for"), self.words)
        buttons = row(self.add, self.read, None, self.take)
        nothing = lang("Nothing found. Needs come here from a workshop, or from a file that somebody sends.")
        self.empty = EmptyState(nothing, "inbox")
        parts = (found, self.list, self.empty, self.told, buttons)
        box = column(*parts, gap=12, margins=(24, 20, 24, 20))
        for part in (self.list, self.empty):
            box.setStretchFactor(part, 1)
            part.hide()
        self.setLayout(box)
        self._enable()
        self.look_for()

    def look_for(self) -> None:
        """Seeks what is written; all needs when nothing is."""
        words = self.words.text()

        def show(found: Sequence[tuple[Entry, float]]) -> None:
            if words == self.words.text():
                self._show([entry for entry, _score in found])

        self.bridge.in_background(lambda: library.find(words), show)

    def _show(self, found: Sequence[Entry]) -> None:
        lang = self.bridge.lang
        self.list.clear()
        for entry in found:
            f = entry.fields
            about = (rating.route_label(f["route"], f["route_kind"], lang.code), day_words(entry.date, lang))
            below = " · ".join(t for t in about if t)
            item = QListWidgetItem("\n".join(t for t in (f["title"], entry.sentence, below) if t))
            item.setData(ENTRY, entry)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._enable()

    def _enable(self) -> None:
        self.take.setEnabled(self.list.currentItem() is not None)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.bridge.do(library.take, self._made, entry=item.data(ENTRY))
            self.close()

    def _add(self) -> None:
        path = self.bridge.file.path
        self.bridge.in_background(lambda: len(library.add(path)), self._changed)

    def _read(self) -> None:
        lang = self.bridge.lang
        name, _ = QFileDialog.getOpenFileName(
            self, lang("Read in a library file"), "", lang("Needs libraries (*.json);;All files (*)")
        )
        if name:
            self.bridge.in_background(lambda: library.take_in(Path(name)), self._changed)

    def _changed(self, _count: int) -> None:
        def tell(there: int) -> None:
            words = self.bridge.lang.plural(
                "{n} need is in the library now.", "{n} needs are in the library now.", there
            )
            self.told.setText(words)
            self.bridge.said.emit("quiet", words)
            self.look_for()

        self.bridge.in_background(lambda: len(library.entries()), tell)
