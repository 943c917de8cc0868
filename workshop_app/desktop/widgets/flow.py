"""A layout that puts its items in rows like words, as many as there is room for."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from workshop_app.desktop.style import look


class FlowLayout(QLayout):
    """Items from left to right, then the next row; `on_foot` lets the items of a row stand on one line."""

    def __init__(
        self, parent: QWidget | None = None, gap: int = 6, row_gap: int = 6, *, on_foot: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.gap, self.row_gap, self.on_foot = gap, row_gap, on_foot
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def clear(self) -> None:
        """Takes every widget out and lets it go."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def arrange(self, widgets: list[QWidget]) -> None:
        """Puts exactly these widgets in this order; those that stay are not touched, the others are let go."""
        known = {id(item.widget()): item for item in self._items}
        stay = {id(w) for w in widgets}
        for widget in (item.widget() for item in tuple(self._items)):
            if widget is not None and id(widget) not in stay:
                self._items.remove(known[id(widget)])
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            if id(widget) not in known:
                self.addWidget(widget)
                widget.show()
        known = {id(item.widget()): item for item in self._items}
        self._items = [known[id(w)] for w in widgets]
        self.invalidate()

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        in_row: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width()) if rect.width() > 0 else hint.width()
            height = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
            if row and x + width > rect.right() + 1:
                self._stand(in_row, row, move)
                x, y, row, in_row = rect.x(), y + row + self.row_gap, 0, []
            in_row.append((item, QRect(QPoint(x, y), QSize(width, height))))
            x += width + self.gap
            row = max(row, height)
        self._stand(in_row, row, move)
        return y + row - rect.y()

    def _stand(self, in_row: list[tuple[QLayoutItem, QRect]], height: int, move: bool) -> None:
        if move:
            for item, box in in_row:
                down = height - box.height() if self.on_foot else 0
                item.setGeometry(box.translated(0, down))


class ColumnsLayout(FlowLayout):
    """Columns of equal width, as many as there is room for; each item goes to the shortest column.

    `rows`: or from left to right, and those of a row are equally high.
    """

    def __init__(
        self, parent: QWidget | None = None, gap: int = 14, least: int = 300, *, rows: bool = False
    ) -> None:
        super().__init__(parent, gap, gap)
        self.least, self.rows = least, rows

    def _place(self, rect: QRect, *, move: bool) -> int:
        count = max((rect.width() + self.gap) // (self.least + self.gap), 1)
        width = (rect.width() - self.gap * (count - 1)) // count
        feet = [rect.y()] * count
        tall = [
            i.heightForWidth(width) if i.hasHeightForWidth() else i.sizeHint().height() for i in self._items
        ]
        for n, item in enumerate(self._items):
            place = n % count if self.rows else feet.index(min(feet))
            height = max(tall[n - place : n - place + count]) if self.rows else tall[n]
            if move:
                item.setGeometry(QRect(rect.x() + place * (width + self.gap), feet[place], width, height))
            feet[place] += height + self.gap
        return max(max(feet) - self.gap - rect.y(), 0)


class BesideLayout(FlowLayout):
    """Widgets beside one another, the one at `grows` as wide as there is room; under one another where there is too little."""

    def __init__(self, *widgets: QWidget, grows: int, gap: int = 16) -> None:
        super().__init__(None, look().px(gap), look().px(gap))
        self.grows = grows
        for widget in widgets:
            self.addWidget(widget)

    def _place(self, rect: QRect, *, move: bool) -> int:
        shown = [(n, i) for n, i in enumerate(self._items) if (w := i.widget()) is None or not w.isHidden()]
        if not shown:
            return 0
        widths = {n: (i.minimumSize() if n == self.grows else i.sizeHint()).width() for n, i in shown}
        left = rect.width() - sum(widths.values()) - self.gap * (len(shown) - 1)
        boxes, x, y, feet = [], rect.x(), rect.y(), rect.y()
        for n, item in shown:
            grown = widths[n] + (max(left, 0) if n == self.grows else 0)
            width = grown if left >= 0 else rect.width() if n == self.grows else min(widths[n], rect.width())
            height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            boxes.append((item, QRect(x, y, width, height)))
            feet = max(feet, y + height)
            if left >= 0:
                x += width + self.gap
            else:
                y = feet + self.row_gap
        for item, box in boxes if move else ():
            item.setGeometry(QRect(box.x(), box.y(), box.width(), feet - rect.y()) if left >= 0 else box)
        return feet - rect.y()
