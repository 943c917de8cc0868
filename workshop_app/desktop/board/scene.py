"""The canvas: plain items, kept by id and only moved when the board changes; words become pixmaps when they are seen."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem, QGraphicsScene

from workshop_app.desktop.board import ink
from workshop_app.desktop.board.places import CardSpot, HeapSpot, Node, Placement, ThemeSpot
from workshop_app.desktop.style import look
from workshop_app.theme import measures

AT_ONCE = 40  # pixmaps made in one go, so that no frame waits long
MOVED_AT_MOST = 700  # more things than that change place at once instead of gliding
FAR = 0.55  # below this zoom a card's words cannot be read and are not drawn

Spot = CardSpot | HeapSpot | ThemeSpot


class Piece:
    """The one or two items of a thing on the board. Python must hold them: PySide lets child items go silently."""

    def __init__(
        self, scene: QGraphicsScene, shape: QGraphicsPathItem | None, words: QGraphicsPixmapItem
    ) -> None:
        self.scene, self.shape, self.words = scene, shape, words
        self.box = QRectF()  # of the words
        self.shown: object = None  # the spot it was last sent to
        self.drawn: object = None  # what the pixmap was made of
        self.wanted: tuple[Any, ...] = ()
        self.draw: Callable[[float], Any] = lambda _sharp: None
        self.far: Callable[[], Any] | None = None

    def items(self) -> list[QGraphicsItem]:
        """All of its items."""
        return [i for i in (self.shape, self.words) if i is not None]


class BoardScene(QGraphicsScene):
    """Shows a Placement and the marks on it: selected, current, found, proposed, where a drop would land."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: dict[Node, Piece] = {}
        self.placement = Placement("", 0)
        self._marks: dict[str, QGraphicsPathItem] = {}
        self._marked: dict[str, tuple[Node, ...]] = {}
        self._moving: list[tuple[QGraphicsItem, QPointF, QPointF]] = []
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(measures("motion_ms")["move"])
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._glided)
        self._ringed: dict[str, Node | None] = {}
        for layer, name in enumerate(("found", "selected", "proposed", "current", "drop")):
            item = QGraphicsPathItem()
            item.setZValue(10 + layer)
            self.addItem(item)
            self._marks[name] = item
        self.dress()

    def dress(self) -> None:
        """Takes the colours of the look in use."""
        focus = look().colour("focus")
        wash = QColor(focus)
        wash.setAlphaF(0.16)
        self._wear("selected", QPen(focus, 2), wash)
        self._wear("current", QPen(focus, 3), None)
        self._wear("found", QPen(look().colour("attn_line"), 2), None)
        dashed = QPen(look().colour("ink"), 2, Qt.PenStyle.DashLine)
        self._wear("proposed", dashed, None)
        green = QColor(look().colour("primary"))
        green.setAlphaF(0.12)
        self._wear("drop", QPen(look().colour("primary"), 3), green)

    def _wear(self, name: str, pen: QPen, fill: QColor | None) -> None:
        self._marks[name].setPen(pen)
        self._marks[name].setBrush(QBrush(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))

    # What lies where --------------------------------------------------------------

    def show_places(self, placement: Placement, *, glide: bool = False) -> None:
        """Moves everything to its place, at once or gliding; what is gone goes, what is new comes."""
        self._glide.stop()
        self._glided(1.0)
        self._moving = []
        self.placement = placement
        wanted: dict[Node, Spot] = dict(placement.themes)
        wanted |= {("heap", n): s for n, s in placement.heaps.items()}
        wanted |= {("card", n): s for n, s in placement.cards.items()}
        for node in [n for n in self.pieces if n not in wanted or self._changed_kind(n, wanted[n])]:
            for item in self.pieces.pop(node).items():
                self.removeItem(item)
        for node, spot in wanted.items():
            piece = self.pieces.get(node) or self._new(node, spot)
            signs = (look().dark, look().percent, spot)
            if piece.shown == signs:
                continue
            piece.shown = signs
            if isinstance(spot, CardSpot):
                self._set_card(piece, spot)
            elif isinstance(spot, HeapSpot):
                self._set_heap(piece, spot)
            else:
                self._set_theme(piece, spot)
        self.setSceneRect(QRectF(0, 0, placement.width, placement.height))
        for name, marked in self._marked.items():
            self.mark(name, marked)
        for name, at in self._ringed.items():
            self.mark_node(name, at)
        if glide and len(self._moving) <= MOVED_AT_MOST:
            self._glide.start()
        else:
            self._glided(1.0)

    def _put(self, item: QGraphicsItem, to: QPointF) -> None:
        """Sends an item to its place; one that is new stands there from the start."""
        if item.data(1) is None:
            item.setData(1, True)
            item.setPos(to)
        elif item.pos() != to:
            self._moving.append((item, item.pos(), to))

    def _glided(self, share: float) -> None:
        for item, start, end in self._moving:
            item.setPos(start + (end - start) * share)

    def _changed_kind(self, node: Node, spot: Spot) -> bool:
        return isinstance(spot, CardSpot) and spot.alone != (self.pieces[node].shape is not None)

    def _new(self, node: Node, spot: Spot) -> Piece:
        floor = {CardSpot: 2, HeapSpot: 1}.get(type(spot), 0)
        shape = None
        if not isinstance(spot, CardSpot) or spot.alone:
            shape = QGraphicsPathItem()
            shape.setZValue(floor)
            self.addItem(shape)
        words = QGraphicsPixmapItem()
        words.setZValue(3)
        words.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.addItem(words)
        piece = Piece(self, shape, words)
        self.pieces[node] = piece
        return piece

    def _set_card(self, piece: Piece, spot: CardSpot) -> None:
        card = spot.card
        if piece.shape is not None:
            self._set_shape(piece.shape, ("surface", spot.rect.size().toTuple()), lambda: ink.card_path(spot))
            piece.shape.setPen(QPen(look().colour("line"), 1))
            piece.shape.setBrush(look().colour("surface"))
            self._put(piece.shape, spot.rect.topLeft())
        size = spot.rect.size().toTuple()
        seen = (card.number, card.me_too, card.placed_by == "suggestion", spot.joined)
        self._set_words(piece, spot.rect, (spot.lines, seen, size, spot.large))
        piece.draw = lambda sharp: ink.card_picture(spot, sharp)
        colour = ink.hue_of(spot.hue).ink
        piece.far = lambda: ink.bars(max(len(spot.lines), 1), round(spot.rect.width()), colour)

    def _set_heap(self, piece: Piece, spot: HeapSpot) -> None:
        hue = ink.hue_of(spot.hue)
        if piece.shape is not None:
            rows = tuple(r.y() - spot.rect.y() for r in spot.rows)
            self._set_shape(piece.shape, (spot.rect.size().toTuple(), rows), lambda: ink.sheet_path(spot))
            piece.shape.setPen(QPen(QColor(hue.edge), 1))
            piece.shape.setBrush(QColor(hue.paper))
            self._put(piece.shape, spot.rect.topLeft())
        seen = (spot.lines, spot.tag, spot.count, spot.named, spot.hue, spot.head.size().toTuple())
        self._set_words(piece, spot.head, seen)
        piece.draw = lambda sharp: ink.heap_picture(spot, sharp)

    def _set_theme(self, piece: Piece, spot: ThemeSpot) -> None:
        if piece.shape is not None:
            self._set_shape(piece.shape, spot.rect.size().toTuple(), lambda: ink.panel_path(spot))
            style = Qt.PenStyle.SolidLine if spot.theme is not None else Qt.PenStyle.DashLine
            piece.shape.setPen(QPen(look().colour("line" if spot.theme is not None else "control"), 1, style))
            piece.shape.setBrush(look().colour("surface" if spot.theme is not None else "bg"))
            self._put(piece.shape, spot.rect.topLeft())
        number = spot.theme.number if spot.theme is not None else 0
        self._set_words(
            piece,
            spot.head,
            (spot.lines, spot.count, spot.below, spot.missing, number, spot.head.size().toTuple()),
        )
        piece.draw = lambda sharp: ink.theme_picture(spot, sharp)

    def _set_shape(self, item: QGraphicsPathItem, signs: Any, path: Callable[[], QPainterPath]) -> None:
        if item.data(0) != repr(signs):
            item.setData(0, repr(signs))
            item.setPath(path())

    def _set_words(self, piece: Piece, box: QRectF, seen: tuple[Any, ...]) -> None:
        piece.box, piece.wanted = box, (look().dark, look().percent, *seen)
        self._put(piece.words, box.topLeft())

    # Words --------------------------------------------------------------------------

    def fill(self, seen: QRectF, zoom: float, ratio: float) -> bool:
        """Makes at most AT_ONCE pixmaps of what is seen; says whether any are left to make."""
        left = AT_ONCE
        sharp = zoom * ratio
        for node, piece in self.pieces.items():
            if not piece.box.intersects(seen):
                continue
            far = zoom < FAR and node[0] == "card"
            wanted = (*piece.wanted, "far" if far else sharp)
            if piece.drawn == wanted:
                continue
            if left == 0:
                return True
            piece.words.setPixmap(piece.far() if far and piece.far else piece.draw(sharp))
            piece.drawn = wanted
            left -= 1
        return False

    # Marks --------------------------------------------------------------------------

    def mark(self, name: str, nodes: Iterable[Node]) -> None:
        """Outlines things: "selected", "found" or "proposed"."""
        self._marked[name] = tuple(nodes)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for node in self._marked[name]:
            rect = self.placement.rect(node)
            if rect is not None:
                path.addRoundedRect(rect.adjusted(1, 1, -1, -1), look().px(4), look().px(4))
        self._marks[name].setPath(path)

    def mark_cards(self, name: str, cards: Iterable[int]) -> None:
        """Outlines cards."""
        self.mark(name, [("card", card) for card in cards])

    def mark_node(self, name: str, node: Node | None) -> None:
        """Rings one thing: "current" or "drop"; None takes the ring away."""
        self._ringed[name] = node
        path = QPainterPath()
        rect = self.placement.rect(node) if node is not None else None
        if rect is not None and node is not None:
            out = 3.0 if name == "current" else 0.0
            radius = look().px(8 if node[0] in ("theme", "area") else 4) + out
            path.addRoundedRect(rect.adjusted(-out, -out, out, out), radius, radius)
        self._marks[name].setPath(path)

    def dim(self, kept: set[int] | None) -> None:
        """Fades all cards but some, while one searches; None brings all back."""
        for node, piece in self.pieces.items():
            if node[0] == "card":
                piece.words.setOpacity(1.0 if kept is None or node[1] in kept else 0.25)
