"""Words drawn once and kept as pixmaps, the ones used last; so few at a time that no frame waits for them."""

import time
from collections import OrderedDict
from typing import Any

from PySide6.QtGui import QPixmap

from workshop_app.desktop.board import ink
from workshop_app.desktop.board.spots import CardSpot, HeapSpot, Spot, ThemeSpot
from workshop_app.desktop.style import look

FAR = 0.55  # below this zoom a card's words cannot be read and are not drawn
KEPT_BYTES = 40_000_000  # a full screen of cards takes about ten


class Pictures:
    """The pixmaps of words by the thing they belong to, each with what it was made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, bool], tuple[Any, QPixmap, int]] = OrderedDict()
        self._bytes = 0
        self.zoom = self.ratio = 1.0
        self.left = 0.0  # seconds that may still be spent
        self.lacking = False  # something was asked for that there was no time to draw

    def begin(self, zoom: float, ratio: float, seconds: float) -> None:
        """A frame begins; `ratio` = device pixels per pixel."""
        self.zoom, self.ratio, self.left, self.lacking = zoom, ratio, seconds, False

    @property
    def far(self) -> bool:
        """Whether cards are seen from so far that bars stand for their words."""
        return self.zoom < FAR

    def of(self, spot: Spot) -> QPixmap | None:
        """The words of a thing: kept, or drawn now if there is time; else None."""
        node, signs = _signs(spot)
        whole = (signs, self.zoom, self.ratio, look().dark, look().percent)
        key = (node, self.far)  # so that a look from afar does not throw away what is near
        found = self._kept.get(key)
        if found is not None and found[0] == whole:
            self._kept.move_to_end(key)
            return found[1]
        if self.left <= 0:
            self.lacking = True
            return None
        began = time.perf_counter()
        picture = _drawn(spot, self.zoom * self.ratio)
        picture.setDevicePixelRatio(self.ratio)
        size = picture.width() * picture.height() * 4
        self._bytes += size - (found[2] if found is not None else 0)
        self._kept[key] = (whole, picture, size)
        self._kept.move_to_end(key)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][2]
        self.left -= time.perf_counter() - began
        return picture

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Lets go of all."""
        self._kept.clear()
        self._bytes = 0


def _signs(spot: Spot) -> tuple[Any, Any]:
    if isinstance(spot, CardSpot):
        card, rect = spot.card, spot.rect
        marks = (card.me_too, card.placed_by == "suggestion", spot.joined, spot.told)
        return ("card", card.id), (card.text, marks, rect.width(), rect.height(), spot.most, spot.alone)
    size = (spot.head.width(), spot.head.height())
    if isinstance(spot, HeapSpot):
        return ("heap", spot.heap.id), (
            (spot.lines, spot.tag, spot.count, spot.named, spot.hue),
            (spot.doubted, spot.told, size),
        )
    number = spot.theme.number if spot.theme is not None else 0
    return spot.key, (spot.lines, spot.count, spot.below, spot.missing, number, size)


def _drawn(spot: Spot, sharp: float) -> QPixmap:
    if isinstance(spot, CardSpot):
        return ink.card_picture(spot, sharp)
    if isinstance(spot, ThemeSpot):
        return ink.theme_picture(spot, sharp)
    return ink.heap_picture(spot, sharp)
