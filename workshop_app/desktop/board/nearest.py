"""Which thing is nearest in the direction of an arrow key."""

from PySide6.QtCore import QRectF, Qt

from workshop_app.desktop.board.places import THEMES
from workshop_app.desktop.board.spots import Node, Placement

LEFT, RIGHT, UP, DOWN = (
    Qt.Key.Key_Left.value,
    Qt.Key.Key_Right.value,
    Qt.Key.Key_Up.value,
    Qt.Key.Key_Down.value,
)
ARROWS = (LEFT, RIGHT, UP, DOWN)


def nodes_like(placement: Placement, node: Node | None) -> list[Node]:
    """Everything the arrows may reach from a thing: its own kind; among cards also heaps that are empty."""
    kind = node[0] if node is not None else "heap" if placement.level == THEMES else "card"
    if kind in ("theme", "area"):
        return [key for key, spot in placement.themes.items() if spot.theme is not None]
    heaps: list[Node] = [("heap", n) for n in placement.heaps]
    empty = [h for h in heaps if not placement.heaps[h[1]].heap.cards]
    if kind == "heap" and node not in empty:
        return heaps
    cards: list[Node] = [("card", n) for n in placement.cards]
    return [*cards, *empty] or heaps or [k for k, s in placement.themes.items() if s.theme is not None]


def nearest(placement: Placement, node: Node, key: int) -> Node | None:
    """The nearest thing in the arrow's direction; sideways counts three times, so that one keeps the row or column."""
    here = placement.rect(node)
    if here is None:
        return None
    best: tuple[float, Node] | None = None
    for other in nodes_like(placement, node):
        there = placement.rect(other)
        if other == node or there is None:
            continue
        way = _way(here, there, key)
        if way is not None and (best is None or way < best[0]):
            best = (way, other)
    return best[1] if best is not None else None


def _way(here: QRectF, there: QRectF, key: int) -> float | None:
    dx, dy = there.center().x() - here.center().x(), there.center().y() - here.center().y()
    along = {LEFT: here.left() - there.right(), RIGHT: there.left() - here.right()}
    along |= {UP: here.top() - there.bottom(), DOWN: there.top() - here.bottom()}
    ahead = along[key]
    if ahead < -1:
        return None
    beside = abs(dy) if key in (LEFT, RIGHT) else abs(dx)
    return ahead + 3 * beside
