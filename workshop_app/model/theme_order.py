"""Which themes are worked on first, and which wait and why: decided before the detailed work begins."""

from collections.abc import Iterable
from dataclasses import dataclass

from workshop_app.model.board import Theme

WHY_LIMIT = 200  # characters of why a theme waits


@dataclass(frozen=True)
class Order:
    """The themes as the room has ranked them: `first` in order, `waiting`, and `open` where nobody has said yet."""

    first: tuple[Theme, ...]
    open: tuple[Theme, ...]
    waiting: tuple[Theme, ...]

    @property
    def said(self) -> bool:
        """Whether anything is ranked at all."""
        return bool(self.first or self.waiting)


def order(themes: Iterable[Theme]) -> Order:
    """Themes parted by what is said of them; those of a joined file that share a place keep their numbers' order."""
    by_number = sorted(themes, key=lambda t: t.number)
    return Order(
        first=tuple(sorted((t for t in by_number if t.turn), key=lambda t: t.turn or 0)),
        open=tuple(t for t in by_number if t.turn is None),
        waiting=tuple(t for t in by_number if t.turn == 0),
    )
