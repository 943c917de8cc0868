"""The board as one sees it: levels, zoom, what is selected, and words that become pixmaps when they come into view."""

from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.places import HEAPS, place
from workshop_app.desktop.board.scene import BoardScene
from workshop_app.desktop.board.spots import Node, Placement
from workshop_app.desktop.style import look
from workshop_app.i18n import Language
from workshop_app.model.board import Board

ZOOMS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
SPARE_SECONDS = 0.004  # of drawing ahead between two frames
AT_REST = 250  # milliseconds without a frame, then the nearest zooms are laid out beforehand
NEAR_ZOOMS = (-1, 1, -2, 2)
EMPTY = Board((), (), (), (), (), ())


class BoardPane(QGraphicsView):
    """Shows a board at a level and a zoom, with what is selected; scroll and selection survive every change."""

    zoomed = Signal(float)

    def __init__(self, chosen: Chosen, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen, self.lang = chosen, lang
        self.board, self.level, self.zoom = EMPTY, HEAPS, 1.0
        self._met = False  # shown for the first time, so that its size is its own
        self.free = False  # heaps lie as piles where the leader has put them
        self.canvas = BoardScene()
        self.setScene(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(lang("Board"))
        self._filler = QTimer(self)
        self._filler.setSingleShot(True)
        self._filler.setInterval(0)
        self._filler.timeout.connect(self._fill)
        self.canvas.drawn.connect(self._filler.start)
        self._laid_for: tuple[object, ...] = ()
        self._laid_out: dict[float, Placement] = {}  # by zoom, as long as nothing else changes
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(AT_REST)
        self._resting.timeout.connect(self._lay_ahead)
        self.canvas.drawn.connect(self._resting.start)
        chosen.changed.connect(self.show_chosen)
        look().changed.connect(self.dress)

    def dress(self) -> None:
        """Takes the colours and sizes of the look in use."""
        self.canvas.dress()
        self.relay()

    @property
    def placement(self) -> Placement:
        """Where everything lies now."""
        return self.canvas.placement

    # Showing ------------------------------------------------------------------------

    def show_board(self, board: Board, *, free: bool = False) -> None:
        """Shows a board; scroll, zoom and selection stay. `free` = heaps lie as piles."""
        if free != self.free:
            self.free = free
            on = Qt.ScrollBarPolicy.ScrollBarAsNeeded if free else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setHorizontalScrollBarPolicy(on)
        first = self.board is EMPTY
        self.board = board
        self._laid_out.clear()
        self.relay(glide=not first and not look().calm)

    def show_level(self, level: str) -> None:
        """Shows theme names, heaps, or all text; what stood in the middle stays there."""
        if level != self.level:
            self._around(lambda: setattr(self, "level", level))

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Zooms to the nearest step; the columns flow anew, so there is never anything at the side.

        What lies under the mouse (`at`, in the viewport) stays under it; without it, what stands in the middle.
        """
        zoom = min(ZOOMS, key=lambda z: abs(z - zoom))
        if zoom != self.zoom:
            self._around(lambda: setattr(self, "zoom", zoom), at)
            self.zoomed.emit(zoom)

    def step_zoom(self, steps: int, at: QPoint | None = None) -> None:
        """One or more steps nearer (+) or away (-)."""
        step = ZOOMS.index(self.zoom) + steps
        self.set_zoom(ZOOMS[max(0, min(step, len(ZOOMS) - 1))], at)

    def show_all(self) -> None:
        """The largest zoom up to 100 % at which the whole board is seen, else the smallest."""
        near = [z for z in ZOOMS if z <= 1.0]
        fits = bisect_left(near, True, key=lambda z: self._laid(z).height * z > self.viewport().height())
        self.set_zoom(near[max(fits - 1, 0)])

    def _room(self, zoom: float) -> float:
        bar = self.verticalScrollBar().sizeHint().width()
        return (self.width() - bar) / zoom

    def relay(self, *, glide: bool = False) -> None:
        """Lays everything out anew for the room there is."""
        if self.width() < 50 or not self._met:
            return
        self.canvas.show_places(self._laid(self.zoom), glide=glide)
        if self.transform().m11() != self.zoom:
            self.resetTransform()
            self.scale(self.zoom, self.zoom)
        self.show_chosen()

    def _laid(self, zoom: float) -> Placement:
        now = (self.level, self.free, self._room(1.0), look().percent)
        if now != self._laid_for:
            self._laid_for = now
            self._laid_out.clear()
        if zoom not in self._laid_out:
            self._laid_out[zoom] = place(
                self.board, self._room(zoom), self.level, self.lang, free=self.free, before=self.placement
            )
        return self._laid_out[zoom]

    def _lay_ahead(self) -> None:
        """At rest: what the next steps of zoom will show, one at a time."""
        at = ZOOMS.index(self.zoom)
        near = (ZOOMS[at + step] for step in NEAR_ZOOMS if 0 <= at + step < len(ZOOMS))
        zoom = next((zoom for zoom in near if zoom not in self._laid_out), None)
        if zoom is not None and self.isVisible():
            self._laid(zoom)
            self._resting.start()

    def _around(self, change: Callable[[], None], at: QPoint | None = None) -> None:
        held = self.placement.at(self.mapToScene(at)) if at is not None else None
        box = self.placement.rect(held) if held is not None else None
        if at is not None and held is not None and box is not None:
            down = (self.mapToScene(at).y() - box.y()) / max(box.height(), 1)
            change()
            self.relay()
            moved = self.placement.rect(held)
            if moved is not None:
                y = (moved.y() + down * moved.height()) * self.zoom
                self.verticalScrollBar().setValue(round(y - at.y()))
            return
        middle = self._middle()
        change()
        self.relay()
        rect = self.placement.rect(middle) if middle is not None else None
        if rect is not None:
            x = rect.center().x() if self.free else self.placement.width / 2
            self.centerOn(QPointF(x, rect.center().y()))

    def _middle(self) -> Node | None:
        """What stands in the middle of the view: the keyboard's place if it is seen."""
        seen = self.seen()
        node = self.chosen.node
        if node is not None:
            rect = self.placement.rect(node)
            if rect is not None and seen.intersects(rect):
                return node
        heaps = [n for n, s in self.placement.heaps.items() if seen.intersects(s.rect)]
        if not heaps or self.verticalScrollBar().value() == 0:
            return None
        middle = seen.center().y()
        return "heap", min(heaps, key=lambda n: abs(self.placement.heaps[n].rect.center().y() - middle))

    def seen(self) -> QRectF:
        """The part of the scene that is visible."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def _fill(self) -> None:
        """Between frames: the words of what is seen, then of what is near enough to be seen next."""
        seen = self.seen()
        if self.canvas.pictures.lacking:
            self.canvas.redraw()
            return
        near = seen.adjusted(0, -seen.height() / 3, 0, seen.height() / 3)
        if self.canvas.fill(near, self.zoom, self.devicePixelRatioF(), SPARE_SECONDS):
            self.canvas.pictures.lacking = False
            self._filler.start()

    def fill_all(self) -> None:
        """Draws the words of all that is seen, at once: for pictures and tests."""
        self.canvas.fill(self.seen(), self.zoom, self.devicePixelRatioF(), 60)
        self.canvas.redraw()

    def show_chosen(self) -> None:
        """Marks what is selected and where the keyboard stands."""
        self.canvas.mark_cards("selected", self.chosen.cards)
        node = self.chosen.node
        ring = node if node is not None and (self.hasFocus() or node[0] != "card") else None
        self.canvas.mark_node("current", ring)

    def reveal(self, node: Node) -> None:
        """Scrolls so that a thing is seen."""
        rect = self.placement.head(node) or self.placement.rect(node)
        if rect is not None and not self.seen().contains(rect):
            self.ensureVisible(rect, 0, 24)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_chosen()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._met:
            self._met = True
            self.relay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relay()
