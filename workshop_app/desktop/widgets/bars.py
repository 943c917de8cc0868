"""A row of buttons that gives way when there is little room: first the note, then key caps, then words beside icons."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets.buttons import Button
from workshop_app.desktop.widgets.parts import row


class ButtonBar(QFrame):
    """Widgets at the left and at the right of a bar; the last one at the right is the main one and gives way last."""

    def __init__(self, height: int = 72, side: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(look().px(height))
        self.side = side
        self.box: QHBoxLayout = row(gap=10, margins=(side, 12, side, 12))
        self.setLayout(self.box)
        self.left: list[QWidget] = []
        self.right: list[QWidget] = []

    def fill(
        self, left: Sequence[QWidget], right: Sequence[QWidget | None], fills: QWidget | None = None
    ) -> None:
        """Puts in other widgets; those of before are only let out. `fills` takes the room between."""
        for before in (*self.left, *self.right):
            before.removeEventFilter(self)
        while self.box.count():
            item = self.box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                # A layout shows what it was given a moment later, even if it has no parent by then: hide it for good.
                widget.hide()
                widget.setParent(None)
        self.left, self.right = list(left), [w for w in right if w is not None]
        for widget in self.left:
            self.box.addWidget(widget)
        if fills is None:
            self.box.addStretch(1)
        else:
            self.box.addWidget(fills, 1)
        for widget in self.right:
            self.box.addWidget(widget)
        # only when all have the bar as their parent: showing one may resize the bar, and that shows the others
        for widget in (*self.left, *([fills] if fills is not None else []), *self.right):
            widget.show()
        for widget in (*self.left, *self.right):
            widget.installEventFilter(self)
        self.give_way()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), super().minimumSizeHint().height())

    def _wanted(self) -> int:
        shown = [w for w in (*self.left, *self.right) if not w.isHidden()]
        margins = self.box.contentsMargins()
        return (
            sum(w.sizeHint().width() for w in shown)
            + len(shown) * self.box.spacing()
            + margins.left()
            + margins.right()
        )

    def give_way(self) -> None:
        """Shows as much of the buttons as there is room for."""
        buttons = [w for w in (*self.left, *self.right) if isinstance(w, Button)]
        notes = [w for w in self.right if not isinstance(w, Button)]
        main = buttons[-1] if self.right and buttons else None
        for note in notes:
            note.setVisible(True)
        for button in buttons:
            button.give_way(0)
        others = [b for b in buttons if b is not main]
        # words go one by one: the first buttons keep theirs longest, and the way to the next step longer than they
        leaving = [b for side in (self.left, self.right) for b in reversed(side) if b in others]
        steps: list[tuple[Sequence[QWidget], int]] = [(notes, 0), (others, 1)]
        steps += [([button], 2) for button in leaving if isinstance(button, Button)]
        for widgets, level in (*steps, ([main] if main else [], 1)):
            if self._wanted() <= self.width():
                return
            for widget in widgets:
                if isinstance(widget, Button):
                    widget.give_way(level)
                else:
                    widget.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_way()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange and isinstance(watched, Button):
            self.give_way()
        return False
