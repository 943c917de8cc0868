"""The printed pages on the desk: the one that is read, and beside it all of them in small."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workshop_app.desktop.paper.pictures import RATIO, Pictures
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import ButtonBar, ElidedLabel

NOTCH = 120  # one step of a mouse wheel


def paint_sheet(painter: QPainter, box: QRect, picture: QImage | None, frame: str = "line") -> None:
    """A sheet of paper in a box: white in both themes, with its picture when it has come."""
    painter.fillRect(box, Qt.GlobalColor.white)
    if picture is not None and not picture.isNull():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, picture)
    wide = 1 if frame == "line" else look().px(3)
    pen = QPen(look().colour(frame), wide)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    reach = wide / 2
    painter.drawRect(QRectF(box).adjusted(-reach, -reach, reach, reach))


class SheetArea(QAbstractScrollArea):
    """What both views share: the pictures, which page is the current one, and a quiet ground."""

    page_asked = Signal(int)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures, self.page, self.pages = pictures, 1, 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("clear", True)
        self.viewport().setAutoFillBackground(False)
        pictures.ready.connect(lambda _page: self.viewport().update())
        look().changed.connect(self.viewport().update)

    def show_page(self, page: int, pages: int) -> None:
        """Shows which page is the current one of how many."""
        self.page, self.pages = page, pages
        self.lay()
        self.viewport().update()

    def lay(self) -> None:
        """Measures what is shown and wishes for its pictures."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.DevicePixelRatioChange):
            self.lay()
        return super().event(event)

    def device(self, pixels: int) -> int:
        """A width on the screen in the screen's own pixels."""
        return round(pixels * self.devicePixelRatioF())


class SheetView(SheetArea):
    """One page, whole or as wide as there is room. The wheel goes on to the next page at the end of this one."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures, parent)
        self.whole = True
        self._turn = 0
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    def fit(self, whole: bool) -> None:
        """Shows whole pages, or pages as wide as the view."""
        self.whole = whole
        self.lay()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def show_page(self, page: int, pages: int) -> None:
        if page != self.page:
            self.verticalScrollBar().setValue(0)
        super().show_page(page, pages)

    def sheet(self) -> QRect:
        """Where the page lies in the view."""
        pad = look().px(20)
        room = QSize(max(self.viewport().width() - 2 * pad, 60), max(self.viewport().height() - 2 * pad, 80))
        wide = (
            min(room.width(), round(room.height() / RATIO))
            if self.whole
            else min(room.width(), look().px(1100))
        )
        high = round(wide * RATIO)
        x = (self.viewport().width() - wide) // 2
        y = (self.viewport().height() - high) // 2 if self.whole else pad - self.verticalScrollBar().value()
        return QRect(x, y, wide, high)

    def lay(self) -> None:
        box = self.sheet()
        room = self.viewport().height()
        over = 0 if self.whole else max(box.height() + 2 * look().px(20) - room, 0)
        bar = self.verticalScrollBar()
        bar.setRange(0, over)
        bar.setPageStep(room)
        bar.setSingleStep(look().px(60))
        if self.pages and self.isVisible():
            width = self.device(box.width())
            near = [self.page, self.page + 1, self.page - 1]
            self.pictures.wish("sheet", [(p, width) for p in near if 1 <= p <= self.pages])

    def scroll_by(self, way: int) -> bool:
        """Scrolls most of a screen down (1) or up (-1); False when the page has no more that way."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + way * max(self.viewport().height() - look().px(60), look().px(60)))
        return bar.value() != before

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look().colour("surface2"))
        if self.pages:
            box = self.sheet()
            paint_sheet(painter, box, self.pictures.get(self.page, self.device(box.width())))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        bar = self.verticalScrollBar()
        at_end = bar.value() in ((bar.maximum(),) if turned < 0 else (bar.minimum(),))
        if not at_end:
            self._turn = 0
            super().wheelEvent(event)
            return
        self._turn += turned
        if abs(self._turn) >= NOTCH:
            page = self.page + (1 if self._turn < 0 else -1)
            self._turn = 0
            if 1 <= page <= self.pages:
                self.page_asked.emit(page)
        event.accept()


class Thumbnails(SheetArea):
    """All pages in small, in order; a press shows one. Their text is unreadable by intent."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(pictures, parent)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._scrolled())

    def sizeHint(self) -> QSize:
        return QSize(look().px(150), look().px(400))

    def _measures(self) -> tuple[int, int, int]:
        """Width and height of a small page, and the way from one to the next."""
        wide = max(self.viewport().width() - look().px(20), 40)
        high = round(wide * RATIO)
        return wide, high, high + look().px(30)

    def box(self, page: int) -> QRect:
        """Where a small page lies in the view now."""
        wide, high, step = self._measures()
        top = look().px(20) + (page - 1) * step - self.verticalScrollBar().value()
        return QRect(look().px(6), top, wide, high)

    def show_page(self, page: int, pages: int) -> None:
        moved = (page, pages) != (self.page, self.pages)
        super().show_page(page, pages)
        box, bar = self.box(page), self.verticalScrollBar()
        if moved and (box.top() < 0 or box.bottom() > self.viewport().height()):
            bar.setValue(bar.value() + box.center().y() - self.viewport().height() // 2)

    def lay(self) -> None:
        _wide, _high, step = self._measures()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self.pages * step + look().px(24) - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(step // 3)
        self._scrolled()

    def _scrolled(self) -> None:
        if self.pages and self.isVisible():
            width = self.device(self._measures()[0])
            self.pictures.wish("small", [(page, width) for page in self.seen()])
        self.viewport().update()

    def seen(self) -> list[int]:
        """The pages that can be seen now."""
        room = self.viewport().rect()
        return [page for page in range(1, self.pages + 1) if self.box(page).intersects(room)]

    def page_at(self, point: QPoint) -> int:
        """The page under a point, or 0."""
        return next((page for page in self.seen() if self.box(page).contains(point)), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look().colour("surface2"))
        painter.setFont(look().font("tiny", even_digits=True))
        for page in self.seen():
            box = self.box(page)
            here = page == self.page
            paint_sheet(
                painter, box, self.pictures.get(page, self.device(box.width())), "primary" if here else "line"
            )
            painter.setPen(look().colour("ink" if here else "ink2"))
            under = QRect(box.left(), box.bottom() + look().px(5), box.width(), look().px(18))
            painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), str(page))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self.page_at(event.position().toPoint())
        if page:
            self.page_asked.emit(page)


class PageBar(ButtonBar):
    """The bar over the pages: its buttons give way before the words that say which page this is."""

    words: ElidedLabel | None = None

    def _wanted(self) -> int:
        return super()._wanted() + (self.words.sizeHint().width() if self.words else 0)
