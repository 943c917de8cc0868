"""Pages onto a printer: the system's own dialog, then one rendered page after another at the printer's sharpness."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.paper.pictures import RATIO, render
from workshop_app.i18n import N_
from workshop_app.model.trouble import RoomTrouble

SHARPEST = 300  # dots per inch; more only makes the printer slower
A4_INCHES = 210 / 25.4
NO_PRINTER = N_("The printer does not answer. Look at its cable and paper, or save as PDF and print that.")


def ask(parent: QWidget, title: str, pages: int) -> Any:
    """The printer that was chosen in the system's dialog, or None."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class PrintRun(QObject):
    """Prints the chosen pages one by one, so that the desk stays alive and memory holds one page."""

    def __init__(self, bridge: Bridge, printer: Any, data: bytes, pages: int) -> None:
        super().__init__()
        self.bridge, self.printer, self.data = bridge, printer, data
        first, last = printer.fromPage() or 1, printer.toPage() or pages
        self.pages = list(range(max(first, 1), min(last, pages) + 1))
        self.painter = QPainter()
        self.progress: Callable[[int, int], None] = lambda _done, _of: None
        self.finished: Callable[[int], None] = lambda _pages: None
        self.failed: Callable[[], None] = lambda: None
        self.done = 0

    def start(self) -> None:
        """Begins; the rest happens as the pictures come."""
        if not self.painter.begin(self.printer):
            self.bridge.tell(RoomTrouble(NO_PRINTER))
            self.failed()
            return
        self._next()

    def _next(self) -> None:
        if self.done == len(self.pages):
            if self.painter.end():
                self.finished(self.done)
            else:
                self.bridge.tell(RoomTrouble(NO_PRINTER))
                self.failed()
            return
        page = self.pages[self.done]
        width = round(min(self.printer.resolution(), SHARPEST) * A4_INCHES)
        self.bridge.in_background(lambda: render(self.data, page, width), self._paint, lambda _: self._stop())

    def _paint(self, picture: QImage) -> None:
        if self.done and not self.printer.newPage():
            self.bridge.tell(RoomTrouble(NO_PRINTER))
            self._stop()
            return
        self.painter.drawImage(self._sheet(), picture, QRectF(picture.rect()))
        self.done += 1
        self.progress(self.done, len(self.pages))
        self._next()

    def _sheet(self) -> QRectF:
        """The A4 page as large as the paper in the printer allows, in its middle."""
        paper = QRect(self.painter.viewport())
        wide = min(paper.width(), round(paper.height() / RATIO))
        high = wide * RATIO
        return QRectF((paper.width() - wide) / 2, (paper.height() - high) / 2, wide, high)

    def _stop(self) -> None:
        self.painter.end()
        self.failed()
