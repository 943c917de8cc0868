"""What the leader can do with a card that should not be read by all: hide it for one of five reasons, or black out words."""

from PySide6.QtWidgets import QMenu, QWidget

from workshop_app import actions
from workshop_app.desktop.blackout import BlackoutWindow
from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import N_
from workshop_app.model.board import HIDE_REASONS

REASONS = {
    "test_card": N_("A test card"),
    "personal_data": N_("Points out a person"),
    "noise": N_("Says nothing"),
    "abusive": N_("Hurtful"),
    "double_send": N_("Sent twice"),
}


def card_menu(bridge: Bridge, card: int, parent: QWidget) -> QMenu:
    """The reasons to hide a card, which is kept with the reason, and the way to black out words of it."""
    menu = QMenu(parent)
    for reason in HIDE_REASONS:
        action = menu.addAction(bridge.lang(REASONS[reason]))
        action.triggered.connect(
            lambda _=False, reason=reason: bridge.do(actions.group.hide, cards=[card], reason=reason)
        )
    menu.addSeparator()
    words = menu.addAction(bridge.lang("Black out words …"))
    words.triggered.connect(lambda _=False: BlackoutWindow(bridge, card, parent).show())
    return menu
