"""The pages of a PDF as pictures: made on a worker's thread when they are to be seen, kept while there is room."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workshop_app.desktop.bridge import Bridge

ROOM = 96 * 2**20  # bytes of pictures kept
RATIO = 297 / 210  # height of a page to its width, A4

Wish = tuple[int, int]  # page from 1, width in device pixels

_pdfium = threading.Lock()  # the library may be in one thread at a time


def render(data: bytes, page: int, width: int) -> QImage:
    """One page of a PDF as a picture `width` pixels wide; safe in any thread."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(data)
        try:
            sheet = document[page - 1]
            return _picture(sheet.render(scale=width / sheet.get_width(), rev_byteorder=True))
        finally:
            document.close()


def _picture(bitmap: Any) -> QImage:
    kind = {"RGB": QImage.Format.Format_RGB888, "RGBA": QImage.Format.Format_RGBA8888}.get(
        bitmap.mode, QImage.Format.Format_RGBX8888
    )
    # a copy, for the bitmap's memory goes with it
    return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind).copy()


class Pictures(QObject):
    """Pictures of one PDF at a time. Ask with `wish`; `ready` says when one has come."""

    ready = Signal(int)  # page

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.data = b""
        self.serial = 0
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}  # of the PDF before, until the new picture has come
        self._wishes: dict[str, tuple[Wish, ...]] = {}
        self._under_way: Wish | None = None

    def show(self, data: bytes) -> None:
        """Takes another PDF; the pictures of the one before are let go."""
        self.data = data
        self.serial += 1
        seen = [wish for wishes in self._wishes.values() for wish in wishes if wish in self._kept]
        self._before = {page: self._kept[page, width] for page, width in sorted(seen)}
        self._kept.clear()
        self._wishes.clear()
        self._under_way = None

    def get(self, page: int, width: int) -> QImage | None:
        """The picture if it is there, at this width or, for the time being, at the nearest other one."""
        exact = self._kept.get((page, width))
        if exact is not None:
            self._kept.move_to_end((page, width))
            return exact
        others = [key for key in self._kept if key[0] == page]
        if others:
            return self._kept[min(others, key=lambda key: abs(key[1] - width))]
        return self._before.get(page)

    def wish(self, who: str, wishes: Sequence[Wish]) -> None:
        """What a view wants to show now, the most wanted first; what it wanted before is forgotten."""
        self._wishes[who] = tuple(wishes)
        self._next()

    def _next(self) -> None:
        if self._under_way is not None or not self.data:
            return
        wanted = [wish for wishes in self._wishes.values() for wish in wishes if wish not in self._kept]
        if not wanted:
            return
        page, width = self._under_way = wanted[0]
        data, serial = self.data, self.serial
        self.bridge.in_background(
            lambda: render(data, page, width),
            lambda picture: self._arrived((page, width), serial, picture),
            lambda _: self._arrived((page, width), serial, QImage()),
        )

    def _arrived(self, wish: Wish, serial: int, picture: QImage) -> None:
        if serial != self.serial:
            return
        self._under_way = None
        self._kept[wish] = picture
        while sum(one.sizeInBytes() for one in self._kept.values()) > ROOM and len(self._kept) > 1:
            self._kept.popitem(last=False)
        self.ready.emit(wish[0])
        self._next()
