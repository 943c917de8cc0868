"""The board as one handles it: selecting and dragging by mouse, and every step of it by keyboard."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QRubberBand, QWidget

from workshop_app.desktop.board.carry import Carry, Drop
from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.nearest import ARROWS, nearest, nodes_like
from workshop_app.desktop.board.pane import BoardPane
from workshop_app.desktop.board.places import MARGIN
from workshop_app.desktop.board.spots import HeapSpot, Node
from workshop_app.desktop.style import look
from workshop_app.i18n import Language

EDGE = 36  # nearer than this to an edge the board scrolls while one drags


class BoardView(BoardPane):
    """Tells what the leader does with the board; changes nothing itself."""

    menu_asked = Signal(object, QPoint)  # Node | None
    read_asked = Signal(int)
    rename_asked = Signal(object)  # Node
    leaving = Signal()  # an arrow to the right from the last column

    def __init__(self, chosen: Chosen, carry: Carry, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(chosen, lang, parent)
        self.carry = carry
        self._pressed: tuple[QPoint, Node | None, bool] | None = None
        self._grip = QPointF()  # where a pile is held, from its corner
        self._over = QPointF()  # where the mouse is while something is carried
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self._roller = QTimer(self)
        self._roller.setInterval(30)
        self._roller.timeout.connect(self._roll)
        carry.ended.connect(self._roller.stop)
        carry.zones.append(self)

    # Mouse --------------------------------------------------------------------------

    def node_at(self, point: QPoint) -> Node | None:
        """What lies under a point of the viewport."""
        return self.placement.at(self.mapToScene(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        node = self.node_at(at)
        more = bool(
            event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        )
        self._pressed = (at, node, more)
        if node is None or more:
            return
        if node[0] == "card" and node[1] in self.chosen.cards:
            self.chosen.stand(node)  # may be the start of dragging all that are selected
        elif node[0] != "area":
            self.chosen.only(node)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.carry.under_way:
            self.carry.move(event.globalPosition().toPoint())
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        start, node, _more = self._pressed
        here = event.position().toPoint()
        if (here - start).manhattanLength() < QApplication.startDragDistance():
            return
        if node is not None and node[0] in ("card", "heap"):
            self.lift(node)
            self._roller.start()
            self.carry.move(event.globalPosition().toPoint())
        else:
            self._band.setGeometry(QRect(start, here).normalized())
            self._band.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        start, node, more = self._pressed
        self._pressed = None
        if self.carry.under_way:
            self.carry.move(event.globalPosition().toPoint())
            self.carry.let_go()
        elif self._band.isVisible():
            self._band.hide()
            self._lasso(QRect(start, event.position().toPoint()).normalized(), more)
        elif node is None or node[0] == "area":
            if not more:
                self.chosen.clear()
        elif node[0] == "card" and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.chosen.reach(node[1], list(self.placement.cards))
        elif more and node[0] == "card":
            self.chosen.toggle(node[1])
        elif more and node[0] == "heap":
            heap = self.board.heap(node[1])
            self.chosen.add(c.id for c in (heap.cards if heap else ()))
        elif node[0] == "card":
            self.chosen.only(node)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position().toPoint())
        if node is not None and node[0] == "card":
            self.read_asked.emit(node[1])
        elif node is not None and node[0] in ("heap", "theme"):
            self.rename_asked.emit(node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        node: Node | None
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.chosen.node is not None:
            node = self.chosen.node
            rect = self.placement.head(node) or QRectF()
            where = self.viewport().mapToGlobal(self.mapFromScene(rect.center()))
        else:
            node, where = self.node_at(event.pos()), event.globalPos()
        if node is not None and not (node[0] == "card" and node[1] in self.chosen.cards):
            self.chosen.only(node if node[0] != "area" else None)
        self.menu_asked.emit(node, where)

    def lift(self, node: Node) -> None:
        """Starts to carry the selected cards, or a whole heap."""
        kind, number = node
        self._grip = QPointF()
        if kind == "heap":
            heap = self.board.heap(number)
            if heap is not None:
                if self._pressed is not None:
                    self._grip = (
                        self.mapToScene(self._pressed[0]) - self.placement.heaps[number].rect.topLeft()
                    )
                spot = self.placement.heaps[number]
                text = f"{spot.tag}  {' '.join(spot.lines)}"
                count = self.lang.plural("{n} card", "{n} cards", len(heap.cards))
                self.carry.start(number, text, count, people=False)
            return
        if number not in self.chosen.cards:
            self.chosen.only(node)
        cards = self.chosen.cards
        count = self.lang.plural("{n} card", "{n} cards", len(cards)) if len(cards) > 1 else ""
        self.carry.start(cards, self.board.cards[number].text, count, people=True)

    def _lasso(self, box: QRect, more: bool) -> None:
        area = self.mapToScene(box).boundingRect()
        caught = [n for n, s in self.placement.cards.items() if s.rect.intersects(area)]
        if more:
            self.chosen.add(caught)
        else:
            self.chosen.take(caught)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.step_zoom(1 if turned > 0 else -1, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def _roll(self) -> None:
        """Scrolls while something is carried near an edge."""
        here = self.viewport().mapFromGlobal(self.cursor().pos())
        bar = self.verticalScrollBar()
        if self.viewport().rect().contains(here):
            if here.y() < EDGE:
                bar.setValue(bar.value() - 18)
            elif here.y() > self.viewport().height() - EDGE:
                bar.setValue(bar.value() + 18)

    # A zone for drops -----------------------------------------------------------------

    def drop_at(self, at: QPoint) -> Drop | None:
        """Where on the board something would land."""
        here = self.viewport().mapFromGlobal(at)
        if not self.isVisible() or not self.viewport().rect().contains(here):
            return None
        self._over = self.mapToScene(here)
        node = self.node_at(here)
        if node is None:
            return ("board", 0)
        kind, number = node
        own = self.board.cards[number].heap if kind == "card" else number if kind == "heap" else None
        if self.free and own is not None and own == self.carry.what:
            return ("board", 0)  # a pile moved by less than its own size
        if kind == "card":
            card = self.board.cards[number]
            return ("heap", card.heap) if card.heap is not None else ("loose", 0)
        if kind == "area":
            return ("outside", 0) if number == 0 else ("loose", 0)
        return node

    def pile_place(self) -> tuple[int, int] | None:
        """Where a pile would lie that is let go of now, in pixels at 100 %; None where heaps lie in columns."""
        if not self.free:
            return None
        corner = (self._over - self._grip - QPointF(0, self.placement.origin)) * 100 / look().percent
        return max(0, round(corner.x())), max(0, round(corner.y()))

    def places_of(self, spots: Iterable[HeapSpot]) -> dict[int, tuple[int, int]]:
        """Where heaps lie now, in pixels at 100 % from the corner of the table."""
        top = self.placement.origin if self.free else look().px(MARGIN)
        share = 100 / look().percent
        return {
            s.heap.id: (max(0, round(s.rect.x() * share)), max(0, round((s.rect.y() - top) * share)))
            for s in spots
        }

    def show_drop(self, drop: Drop | None, _at: QPoint) -> None:
        """Marks where it would land."""
        areas: dict[str, Node] = {"outside": ("area", 0), "loose": ("area", 1)}
        self.canvas.mark_node("drop", None if drop is None else areas.get(drop[0], drop))

    # Keyboard -------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the board while something is carried.
        override = event.type() == QEvent.Type.ShortcutOverride and self.carry.under_way
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape and self.carry.under_way:
            self._pressed = None
            self.carry.cancel()
        elif key in ARROWS:
            self.walk(key, extend=shift, level=control)
        elif key == Qt.Key.Key_Space and self.chosen.node is not None and self.chosen.node[0] == "card":
            if control:
                self.chosen.toggle(self.chosen.node[1])
            else:
                self.read_asked.emit(self.chosen.node[1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen.node is not None:
            kind, number = self.chosen.node
            if kind == "card":
                self.read_asked.emit(number)
            else:
                self.rename_asked.emit(self.chosen.node)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            nodes = nodes_like(self.placement, self.chosen.node)
            if nodes:
                self._step_to(nodes[0 if key == Qt.Key.Key_Home else -1], extend=False)
        else:
            super().keyPressEvent(event)

    def walk(self, key: int, *, extend: bool = False, level: bool = False) -> None:
        """One arrow: the nearest thing of the same kind; with Ctrl up to the heap and theme, or down into them."""
        node = self.chosen.node
        if node is None or self.placement.rect(node) is None:
            nodes = nodes_like(self.placement, None)
            if nodes:
                self._step_to(nodes[0], extend=False)
            return
        found = self._level(node, up=key == Qt.Key.Key_Up) if level else nearest(self.placement, node, key)
        if found is not None:
            self._step_to(found, extend=extend and found[0] == "card")
        elif key == Qt.Key.Key_Right and not level and not extend:
            self.leaving.emit()

    def _step_to(self, node: Node, *, extend: bool) -> None:
        if extend:
            self.chosen.take([*(c for c in self.chosen.cards if c != node[1]), node[1]], node)
        else:
            self.chosen.only(node)
        self.reveal(node)

    def _level(self, node: Node, *, up: bool) -> Node | None:
        kind, number = node
        if up and kind == "card":
            heap = self.board.cards[number].heap
            return ("heap", heap) if heap is not None else None
        if up and kind == "heap":
            found = self.board.heap(number)
            return ("theme", found.theme) if found is not None and found.theme is not None else None
        if not up and kind == "theme":
            theme = self.board.theme(number)
            return ("heap", theme.heaps[0].id) if theme is not None and theme.heaps else None
        if not up and kind == "heap":
            inside = self.board.heap(number)
            return ("card", inside.cards[0].id) if inside is not None and inside.cards else None
        return None
