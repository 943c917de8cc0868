"""The canvas: draws what is seen of a placement, and nothing else. No item for each card: two thousand would be slow.

Words are drawn once into pixmaps, few at a time and for what is seen first; until then, and from afar, bars stand for
them. Scrolling moves the picture and draws only the strip that comes into view.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsScene

from workshop_app.desktop.board import ink
from workshop_app.desktop.board.pictures import Pictures
from workshop_app.desktop.board.spots import (
    CardSpot,
    HeapSpot,
    Node,
    Placement,
    Spot,
    ThemeSpot,
    bars_of,
    between,
)
from workshop_app.desktop.style import look
from workshop_app.theme import measures

FRAME_SECONDS = 0.006  # so much of a frame may go to drawing words; the rest come with the next
MOVED_AT_MOST = 700  # more things than that change place at once instead of gliding
MARKS = ("found", "selected", "proposed", "current", "drop")
STILL = QPointF()


class BoardScene(QGraphicsScene):
    """Draws a Placement and the marks on it: selected, current, found, proposed, where a drop would land."""

    drawn = Signal()  # a frame has been drawn

    def __init__(self) -> None:
        super().__init__()
        self.placement = Placement("", 0)
        self.pictures = Pictures()
        self.kept: frozenset[int] | None = None  # the cards that are not dimmed; None = nothing is
        self._marked: dict[str, tuple[Node, ...]] = {}
        self._from: dict[Node, QPointF] = {}  # how far away a thing was that is now gliding home
        self._share = 1.0
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(measures("motion_ms")["move"])
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._glided)
        self._pens: dict[str, tuple[QPen, QColor | None]] = {}
        self.dress()

    def dress(self) -> None:
        """Takes the colours of the look in use."""
        colour = look().colour
        wash, green = QColor(colour("focus")), QColor(colour("primary"))
        wash.setAlphaF(0.16)
        green.setAlphaF(0.12)
        self._pens = {
            "selected": (QPen(colour("focus"), 2), wash),
            "current": (QPen(colour("focus"), 3), None),
            "found": (QPen(colour("attn_line"), 2), None),
            "proposed": (QPen(colour("ink"), 2, Qt.PenStyle.DashLine), None),
            "drop": (QPen(colour("primary"), 3), green),
        }
        self.redraw()

    # What lies where --------------------------------------------------------------

    def show_places(self, placement: Placement, *, glide: bool = False) -> None:
        """Everything has its place there, at once or gliding."""
        self._glide.stop()
        self._share = 1.0
        self._from = self._moved(self.placement, placement) if glide else {}
        if len(self._from) > MOVED_AT_MOST:
            self._from = {}
        self.placement = placement
        self.setSceneRect(QRectF(0, 0, placement.width, placement.height))
        if self._from:
            self._share = 0.0
            self._glide.start()
        self.redraw()

    @staticmethod
    def _moved(old: Placement, new: Placement) -> dict[Node, QPointF]:
        out: dict[Node, QPointF] = {}
        for key, theme in new.themes.items():
            was = old.themes.get(key)
            if was is not None and was.rect.topLeft() != theme.rect.topLeft():
                out[key] = was.rect.topLeft() - theme.rect.topLeft()
        for number, heap in new.heaps.items():
            before = old.heaps.get(number)
            if before is not None and before.rect.topLeft() != heap.rect.topLeft():
                out["heap", number] = before.rect.topLeft() - heap.rect.topLeft()
        for number, card in new.cards.items():
            there = old.cards.get(number)
            if there is not None and (card.alone or there.card.heap != card.card.heap):
                way = there.rect.topLeft() - card.rect.topLeft()
                if way != STILL:
                    out["card", number] = way
        return out

    def _glided(self, share: float) -> None:
        self._share = share
        if share >= 1.0:
            self._from = {}
        self.redraw()

    def redraw(self) -> None:
        """Draws everything anew with the next frame; `update` alone is for the marks, which lie over it."""
        for view in self.views():
            seen = view.mapToScene(view.viewport().rect()).boundingRect()
            self.invalidate(seen, QGraphicsScene.SceneLayer.BackgroundLayer)

    def _shift(self, node: Node) -> QPointF:
        way = self._from.get(node)
        return way * (1.0 - self._share) if way is not None else STILL

    # Drawing ------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | Any) -> None:
        seen = QRectF(rect)
        painter.fillRect(seen, look().colour("bg"))
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        self.pictures.begin(painter.worldTransform().m11(), ratio, FRAME_SECONDS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self.pictures.far)
        edge = (
            4 / self.pictures.zoom
        )  # an edge that just comes into view belongs to a thing that lies outside
        self._draw(painter, seen.adjusted(-edge, -edge, edge, edge))
        self.drawn.emit()

    def _draw(self, painter: QPainter, seen: QRectF) -> None:
        placement, flying = self.placement, []
        for theme in placement.themes.values():
            shift = self._shift(theme.key)
            if not theme.rect.translated(shift).intersects(seen) and not self._from:
                continue
            self._panel(painter, theme, shift)
            flying += self._heaps(painter, theme.heaps, seen)
            for stack in theme.stacks:
                flying += self._alone(painter, between(stack, seen.top(), seen.bottom()), seen)
        flying += self._heaps(painter, placement.piles, seen)
        for spot in flying:
            self._flying(painter, spot)

    def _panel(self, painter: QPainter, spot: ThemeSpot, shift: QPointF) -> None:
        themed = spot.theme is not None
        painter.setPen(QPen(look().colour("line"), 1))
        painter.setBrush(look().colour("surface" if themed else "bg"))
        painter.drawRoundedRect(spot.rect.translated(shift), look().px(8), look().px(8))
        self._stamp(painter, self.pictures.of(spot), spot.head.topLeft() + shift)

    def _heaps(self, painter: QPainter, heaps: list[HeapSpot], seen: QRectF) -> list[CardSpot]:
        """Draws heaps with their cards; gives the cards that are on their way from elsewhere."""
        far, flying = self.pictures.far, []
        under = _second_edge()
        for spot in heaps:
            node = ("heap", spot.heap.id)
            shift = self._shift(node)
            if not spot.rect.adjusted(0, 0, 0, under).translated(shift).intersects(seen):
                flying += [c for c in spot.cards if ("card", c.card.id) in self._from]
                continue
            self._heap(painter, spot, shift, far)
            if far:
                self._bars(painter, spot.cards, spot.bars, spot.hue, shift)
            else:
                top, bottom = seen.top() - shift.y(), seen.bottom() - shift.y()
                for card in between(spot.cards, top, bottom):
                    if ("card", card.card.id) not in self._from:
                        self._words(painter, card, shift)
            if self._from:
                flying += [c for c in spot.cards if ("card", c.card.id) in self._from]
        return flying

    def _heap(self, painter: QPainter, spot: HeapSpot, shift: QPointF, far: bool) -> None:
        hue = ink.hue_of(spot.hue)
        painter.setPen(QPen(QColor(hue.edge), 1))
        painter.setBrush(QColor(hue.paper))
        if far:
            painter.drawRect(spot.rect.translated(shift))
        else:
            painter.translate(spot.rect.topLeft() + shift)
            painter.drawPath(ink.sheet_path(spot))
            painter.translate(-(spot.rect.topLeft() + shift))
        self._stamp(painter, self.pictures.of(spot), spot.head.topLeft() + shift)

    def _bars(
        self, painter: QPainter, cards: list[CardSpot], bars: list[QRectF], hue: int, shift: QPointF
    ) -> None:
        """What stands for words: bars, paler for the cards that are dimmed."""
        painter.setPen(Qt.PenStyle.NoPen)
        if shift != STILL:
            bars = [bar.translated(shift) for bar in bars]
        if self.kept is None:
            painter.setBrush(_tone(hue, 0.28))
            painter.drawRects(bars)
            return
        for strong in (False, True):
            some = [c for c in cards if (c.card.id in self.kept) == strong]
            painter.setBrush(_tone(hue, 0.5 if strong else 0.1))
            painter.drawRects([bar.translated(shift) for bar in bars_of(some)])

    def _words(self, painter: QPainter, spot: CardSpot, shift: QPointF) -> None:
        dim = self.kept is not None and spot.card.id not in self.kept
        picture = self.pictures.of(spot)
        if dim:
            painter.setOpacity(0.25)
        if picture is None:
            self._bars(painter, [spot], bars_of([spot]), spot.hue, shift)
        else:
            self._stamp(painter, picture, spot.rect.topLeft() + shift)
        if dim:
            painter.setOpacity(1.0)

    def _alone(self, painter: QPainter, cards: list[CardSpot], seen: QRectF) -> list[CardSpot]:
        """Draws cards that lie by themselves."""
        flying = [c for c in cards if ("card", c.card.id) in self._from]
        here = [c for c in cards if c.rect.intersects(seen) and ("card", c.card.id) not in self._from]
        if self.pictures.far:
            painter.setPen(QPen(look().colour("line"), 1))
            painter.setBrush(look().colour("surface"))
            painter.drawRects([c.rect for c in here])
            self._bars(painter, here, bars_of(here), 0, STILL)
            return flying
        for spot in here:
            self._words(painter, spot, STILL)
        return flying

    def _flying(self, painter: QPainter, spot: CardSpot) -> None:
        shift = self._shift(("card", spot.card.id))
        if not spot.alone:
            hue = ink.hue_of(spot.hue)
            painter.setPen(QPen(QColor(hue.edge), 1))
            painter.setBrush(QColor(hue.paper))
            painter.drawRoundedRect(spot.rect.translated(shift), look().px(4), look().px(4))
        self._words(painter, spot, shift)

    def _stamp(self, painter: QPainter, picture: QPixmap | None, at: QPointF) -> None:
        """Puts a pixmap on whole pixels of the screen, so that its words stay sharp and nothing is scaled."""
        if picture is None:
            return
        transform = painter.worldTransform()
        spot = transform.map(at)
        ratio = self.pictures.ratio
        painter.resetTransform()
        # not round(): it takes a half to the even side, so that a scroll by one pixel could move a card by none or two
        x, y = (math.floor(v * ratio + 0.5) / ratio for v in (spot.x(), spot.y()))
        painter.drawPixmap(QPointF(x, y), picture)
        painter.setWorldTransform(transform)

    def fill(self, seen: QRectF, zoom: float, ratio: float, seconds: float) -> bool:
        """Draws words of what lies in a part of the scene for so many seconds; says whether any are left to draw."""
        self.pictures.begin(zoom, ratio, seconds)
        for spot in self.spots(seen):
            if not (self.pictures.far and isinstance(spot, CardSpot)):
                self.pictures.of(spot)
        return self.pictures.lacking

    def spots(self, seen: QRectF) -> Iterator[Spot]:
        """Everything that lies in a part of the scene."""
        for theme in self.placement.themes.values():
            if theme.rect.intersects(seen):
                yield theme
                for stack in theme.stacks:
                    yield from between(stack, seen.top(), seen.bottom())
            yield from self._spots_of(theme.heaps, seen)
        yield from self._spots_of(self.placement.piles, seen)

    @staticmethod
    def _spots_of(heaps: list[HeapSpot], seen: QRectF) -> Iterator[Spot]:
        for heap in heaps:
            if heap.rect.intersects(seen):
                yield heap
                yield from between(heap.cards, seen.top(), seen.bottom())

    # Marks --------------------------------------------------------------------------

    def mark(self, name: str, nodes: Iterable[Node]) -> None:
        """Outlines things: "selected", "found" or "proposed"; rings one: "current" or "drop"."""
        wanted = tuple(nodes)
        old = self._marked.get(name, ())
        if wanted == old:
            return
        self._marked[name] = wanted
        if len(wanted) + len(old) > 20:
            self.update()
            return
        for node in {*old, *wanted}:
            rect = self.placement.rect(node)
            if rect is not None:
                self.update(rect.adjusted(-8, -8, 8, 8))

    def mark_cards(self, name: str, cards: Iterable[int]) -> None:
        """Outlines cards."""
        self.mark(name, [("card", card) for card in cards])

    def mark_node(self, name: str, node: Node | None) -> None:
        """Rings one thing; None takes the ring away."""
        self.mark(name, () if node is None else (node,))

    def marked(self, name: str) -> tuple[Node, ...]:
        """What bears a mark."""
        return self._marked.get(name, ())

    def dim(self, kept: Iterable[int] | None) -> None:
        """Fades all cards but some, while one searches; None brings all back."""
        self.kept = None if kept is None else frozenset(kept)
        self.redraw()

    def drawForeground(self, painter: QPainter, rect: QRectF | Any) -> None:
        seen = QRectF(rect).adjusted(-8, -8, 8, 8)
        for name in MARKS:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            out = 3.0 if name == "current" else 0.0 if name == "drop" else -1.0
            for node in self._marked.get(name, ()):
                place = self.placement.rect(node)
                if place is not None and place.intersects(seen):
                    radius = look().px(8 if node[0] in ("theme", "area") else 4) + max(out, 0)
                    path.addRoundedRect(place.adjusted(-out, -out, out, out), radius, radius)
            if not path.isEmpty():
                pen, fill = self._pens[name]
                painter.setPen(pen)
                painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
                painter.drawPath(path)


def _tone(hue: int, share: float) -> QColor:
    tone = QColor(ink.hue_of(hue).ink)
    tone.setAlphaF(share)
    return tone


def _second_edge() -> float:
    """How far the second edge of a heap's sheet lies under the first."""
    return float(look().px(4))
