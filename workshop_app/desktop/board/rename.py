"""A field that lies on the very place of a name, to change it there."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from workshop_app.desktop.board.spots import Node
from workshop_app.desktop.board.tree import BoardTree
from workshop_app.desktop.board.verbs import Verbs
from workshop_app.desktop.board.view import BoardView
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import HintLine
from workshop_app.model.lint import lint_name
from workshop_app.store import queries

TITLE_LIMIT = 60


class NameField(QLineEdit):
    """Enter or leaving keeps the name, Esc leaves the old one."""

    named = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._open = False
        self.hide()

    def ask(self, where: QRect, text: str, hint: str, limit: int = TITLE_LIMIT) -> None:
        """Opens over a place with the old name in it."""
        px = look().px
        self.setMaxLength(limit)
        self.setText(text)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        width = max(where.width(), px(200))
        self.setGeometry(where.x(), where.y(), width, max(where.height(), px(34)))
        self._open = True
        self.show()
        self.raise_()
        self.setFocus()
        self.selectAll()

    def _close(self, keep: bool) -> None:
        if self._open:
            self._open = False
            text = self.text()
            self.hide()
            if keep:
                self.named.emit(text)
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close(False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(True)


class Naming(QObject):
    """Opens the field where a heap or theme stands, on the canvas or in the list, and passes the name on."""

    left = Signal()

    def __init__(self, verbs: Verbs, stack: QStackedWidget, view: BoardView, tree: BoardTree) -> None:
        super().__init__(stack)
        self.verbs, self.stack, self.view, self.tree = verbs, stack, view, tree
        self.field = NameField(stack)
        self.field.named.connect(self._named)
        self.field.left.connect(self._left)
        self.field.textEdited.connect(self._question)
        self.question = HintLine("message-circle-question-mark", "info", stack)
        self.question.hide()
        self._what: tuple[str, Node] | None = None

    def _place_of(self, node: Node) -> QRect:
        if self.stack.currentWidget() is self.tree:
            index = self.tree.rows.find(node)
            self.tree.scrollTo(index)
            return self.tree.visualRect(index).translated(self.tree.viewport().pos())
        self.view.reveal(node)
        head = self.view.placement.head(node)
        return self.view.mapFromScene(head).boundingRect() if head is not None else QRect(20, 20, 260, 34)

    def rename(self, node: Node | None = None) -> None:
        """F2: a new name, written on the place of the old; a card stands for its heap."""
        board, lang = self.verbs.board, self.verbs.bridge.lang
        node = node or self.verbs.chosen.node
        if node is not None and node[0] == "card":
            heap_id = board.cards[node[1]].heap
            node = ("heap", heap_id) if heap_id is not None else None
        if node is None:
            return
        heap = board.heap(node[1]) if node[0] == "heap" else None
        theme = board.theme(node[1]) if node[0] == "theme" else None
        named = heap or theme
        if named is not None:
            self._what = ("name", node)
            hint = lang("What need is it?") if heap is not None else lang("What is it about?")
            self.field.ask(self._place_of(node), named.title, hint)

    def ask_voice(self, theme_id: int | None = None) -> None:
        """Whose voice is missing in a theme, written on its heading."""
        board = self.verbs.board
        theme_id = theme_id if theme_id is not None else self.verbs.chosen.theme
        theme = board.theme(theme_id) if theme_id is not None else None
        if theme is not None:
            node = ("theme", theme.id)
            self._what = ("voice", node)
            hint = self.verbs.bridge.lang("Whose voice is missing here?")
            self.field.ask(self._place_of(node), theme.missing_voice, hint, 80)

    def _question(self, text: str) -> None:
        """Asks, under the field, when a name is a way to do it rather than a need; nothing is stopped."""
        found = self._found(text)
        if not found or self._what is None or self._what[0] != "name":
            self.question.hide()
            return
        field = self.field.geometry()
        self.question.say(found)
        self.question.setGeometry(
            field.x(), field.bottom() + look().px(4), max(field.width(), look().px(320)), 10
        )
        self.question.adjustSize()
        self.question.show()
        self.question.raise_()

    def _found(self, text: str) -> str:
        language = self.verbs.bridge.get(queries.session).language
        return next((f.question for f in lint_name(text, language)), "")

    def _left(self) -> None:
        self.question.hide()
        self.left.emit()

    def _named(self, text: str) -> None:
        what, node = self._what or ("", ("", 0))
        self._what = None
        board = self.verbs.board
        old = board.heap(node[1]) if node[0] == "heap" else board.theme(node[1])
        if what == "name" and old is not None and old.title != text.strip():
            self.verbs.rename(node[0], node[1], text)
            if found := self._found(text):
                self.verbs.say(found)
        elif what == "voice" and old is not None and old.missing_voice != text.strip():
            self.verbs.missing_voice(node[1], text)
