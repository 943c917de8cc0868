"""The menus of the page where a need is written: which heap it grows from, and what else can be done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.need_list import live
from workshop_app.model import rating
from workshop_app.model.need import FIELDS, Need
from workshop_app.model.theme_order import order
from workshop_app.store import queries


def menu_on(parent: QWidget) -> QMenu:
    """An empty menu that goes away when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def say(menu: QMenu, words: str, what: Callable[[], object]) -> None:
    """Adds a line; an ampersand in what somebody wrote is no shortcut."""
    menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _=False: what())


def open_over(menu: QMenu, button: QPushButton) -> None:
    """Opens the menu above its button, for the button stands at the foot of the window."""
    place = button.mapToGlobal(button.rect().topLeft())
    place.setY(place.y() - menu.sizeHint().height() - 4)
    menu.popup(place)


def heaps(parent: QWidget, bridge: Bridge, grow: Callable[[int, str], object]) -> QMenu:
    """The heaps that no need has grown from yet: those of the themes that come first on top, those that wait last."""
    lang, board = bridge.lang, bridge.get(queries.board)
    ranked = order(board.themes)
    themes = {t.id: place for place, t in enumerate((*ranked.first, *ranked.open, *ranked.waiting))}
    waiting = {t.id for t in ranked.waiting}
    grown = {n.heap for n in live(bridge.get(queries.needs))}
    menu = menu_on(parent)
    for heap in sorted(board.heaps, key=lambda h: themes.get(h.theme or 0, len(themes))):
        if heap.cards and heap.id not in grown:
            name = heap.title or heap.cards[0].text[:60]
            count = lang.plural("{n} card", "{n} cards", len(heap.cards))
            count = lang("{cards}, the theme waits").format(cards=count) if heap.theme in waiting else count
            say(
                menu,
                f"{board.tag(heap)}  {name}  ({count})",
                lambda heap=heap: grow(heap.id, heap.title[: FIELDS["title"]]),  # type: ignore[misc]
            )
    if menu.isEmpty():
        menu.addAction(lang("Every heap has a need, or there are no heaps yet")).setEnabled(False)
    return menu


def more(parent: QWidget, bridge: Bridge, need: Need) -> QMenu:
    """Joining, taking the wish from a card, another status, removing."""
    lang, menu = bridge.lang, menu_on(parent)
    join = menu.addMenu(lang("Join with another need"))
    for other in live(bridge.get(queries.needs)):
        if other.id != need.id:
            say(
                join,
                f"{other.number}. {other.title}",
                lambda other=other: bridge.do(  # type: ignore[misc]
                    actions.need.merge_needs, into=need.id, needs=[other.id]
                ),
            )
    wish = menu.addMenu(lang("Take the wish from a card"))
    for one in need.evidence:
        say(
            wish,
            f"{one.card}: {one.text[:70]}",
            lambda text=one.text[: FIELDS["wish"]]: bridge.do(  # type: ignore[misc]
                actions.need.set_fields, need=need.id, wish=text
            ),
        )
    status = menu.addMenu(lang("Change the status"))
    for key, words in rating.STATUS_LABELS.items():
        if key != need.status:
            say(status, lang(words), lambda key=key: _set_status(bridge, need, key))  # type: ignore[misc]
    menu.addSeparator()
    say(menu, lang("Remove the need"), lambda: bridge.do(actions.need.remove_need, need=need.id))
    return menu


def _set_status(bridge: Bridge, need: Need, status: str) -> None:
    if status == "decided":
        bridge.do(actions.route.decide, need=need.id)
    else:
        bridge.do(actions.need.set_status, need=need.id, status=status)
