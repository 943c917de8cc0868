""" "Move to …": one field for every keyboard way: 4, then b or Enter; or some letters of a name."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from workshop_app.desktop.board.carry import Drop
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import PlainLabel, column
from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.sieve import plain

SHOWN = 12
DROP = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Target:
    """One place to move to: the tag one types, and its words."""

    tag: str
    words: str
    drop: Drop


def targets(board: Board, lang: Language, *, heap: bool) -> list[Target]:
    """Every place that cards (or a whole heap) can go to, themes each followed by their heaps."""
    out: list[Target] = []
    for theme in board.themes:
        words = lang("Theme {n}, {title}") if heap else lang("New heap in theme {n}, {title}")
        out.append(
            Target(str(theme.number), words.format(n=theme.number, title=theme.title), ("theme", theme.id))
        )
        out += [Target(board.tag(h), _heap_words(h.title, h.cards), ("heap", h.id)) for h in theme.heaps]
    out += [Target(board.tag(h), _heap_words(h.title, h.cards), ("heap", h.id)) for h in board.loose_heaps]
    if heap:
        out.append(Target("", lang("Without a theme"), ("outside", 0)))
    else:
        out.append(Target("", lang("New heap without a theme"), ("outside", 0)))
        out.append(Target("", lang("Without a heap"), ("loose", 0)))
    out.append(Target("", lang("Parking lot"), ("parked", 0)))
    return out


def _heap_words(title: str, cards: tuple) -> str:
    words = title or (cards[0].text if cards else "")
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


def matching(all_targets: list[Target], typed: str) -> list[Target]:
    """The places that fit what is typed: by tag first, else by words. "0" is theme 10."""
    wanted = plain(typed.strip())
    if not wanted:
        return all_targets
    tag = "10" + wanted[1:] if wanted.startswith("0") else wanted
    exact = [t for t in all_targets if t.tag == tag]
    longer = [t for t in all_targets if t.tag.startswith(tag) and t.tag != tag]
    if exact or (longer and tag[0].isdigit()):
        return exact + longer
    by_words = [t for t in all_targets if all(w in plain(t.words) for w in wanted.split())]
    return longer + [t for t in by_words if t not in longer]


class MoveField(QFrame):
    """Floats under the bar: what is typed above, where it may go below."""

    went = Signal(object)  # Drop
    left = Signal()

    def __init__(self, lang: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.lang, self.over = lang, parent
        self.setProperty("panel", True)
        self.field = QLineEdit()
        self.field.setAccessibleName(lang("Move to"))
        self.field.setPlaceholderText(lang("Number and letter, or some of the name"))
        self.list = QListWidget()
        self.list.setAccessibleName(lang("Places to move to"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget { border: none; }")
        self.hint = PlainLabel(
            lang("Enter chooses the marked place. Esc leaves everything as it is."),
            size="tiny",
            tone="ink2",
            wrap=True,
        )
        self.setLayout(column(self.field, self.list, self.hint, gap=6, margins=(10, 10, 10, 10)))
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._clicked)
        self._targets: list[Target] = []
        self.hide()

    def open(self, board: Board, typed: str = "", *, heap: bool = False) -> None:
        """Opens with something already typed, such as the theme's digit."""
        self._targets = targets(board, self.lang, heap=heap)
        self.setFixedWidth(min(look().px(420), max(self.over.width() - 20, 200)))
        self.field.setText(typed)
        self._typed(typed)
        if self.isHidden() and typed and not self.list.count():
            return
        self.show()
        self.raise_()
        self.field.setFocus()

    def shut(self) -> None:
        """Closes without moving anything."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _typed(self, text: str) -> None:
        found = matching(self._targets, text)
        wanted = plain(text.strip())
        whole = [t for t in found if t.tag and t.tag == wanted]
        if len(whole) == 1 and len(found) == 1 and wanted[-1:].isalpha() and wanted[:1].isdigit():
            self._go(whole[0].drop)
            return
        self.list.clear()
        for target in found:
            item = QListWidgetItem(f"{target.tag}   {target.words}".strip())
            item.setData(DROP, target.drop)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = max(1, min(len(found), SHOWN))
        room = max(self.over.height() - look().px(190), look().px(60))
        self.list.setFixedHeight(
            min(rows * max(self.list.sizeHintForRow(0), look().px(30)) + look().px(6), room)
        )
        self.adjustSize()

    def _clicked(self, item: QListWidgetItem) -> None:
        self._go(item.data(DROP))

    def _go(self, drop: object) -> None:
        self.hide()
        self.went.emit(tuple(drop) if isinstance(drop, list) else drop)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        own = (Qt.Key.Key_Escape, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.shut()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, row, last = event.key(), self.list.currentRow(), self.list.count() - 1
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in steps:
            self.list.setCurrentRow(max(0, min(row + steps[Qt.Key(key)], last)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            if item is not None:
                self._go(item.data(DROP))
        else:
            return False
        return True
