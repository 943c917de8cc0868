"""A panel that lies over the lower part of the board: something to read, and one key to put it away."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, PlainLabel, ScrollColumn, column, row
from workshop_app.i18n import Language


class Sheet(QFrame):
    """Space, Enter or Esc closes it; `walked` hears the arrows."""

    walked = Signal(int)
    left = Signal()

    def __init__(self, lang: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.lang, self.over = lang, parent
        self.setProperty("panel", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller = ScrollColumn(gap=8, margins=(28, 22, 28, 10))
        self.shut_button = Button(lang("Close"), key=lang("Space bar"))
        self.shut_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shut_button.clicked.connect(self.shut)
        self.foot = PlainLabel(size="small", tone="ink2")
        self.setLayout(
            column(self.scroller, row(self.foot, None, self.shut_button, margins=(28, 6, 16, 12)), gap=0)
        )
        self.hide()

    def lay(self) -> None:
        """Shows what has been put into it, in the middle of the board with the board seen round it."""
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def fit(self) -> None:
        """Takes the height of what it holds."""
        parent = self.over
        px = look().px
        width = min(px(820), parent.width() - px(48))
        for part in self.scroller.inside.findChildren(QWidget):
            part.ensurePolished()  # a label knows its size only in its own font
            part.setMinimumHeight(1)  # else its guess for a narrow column makes a scroll bar
        inside = self.scroller.body
        inside.invalidate()
        inside.activate()
        wanted = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        foot = self.shut_button.sizeHint().height() + px(28)
        height = min(max(wanted + foot, px(150)), px(480), parent.height() - px(90))
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - px(24), width, height)

    def shut(self) -> None:
        """Closes."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Space)
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.shut()
        elif event.key() in arrows:
            self.walked.emit(event.key())
        else:
            super().keyPressEvent(event)
