"""The phones in the room panel: who says they are done, what lies unsent, and the ways to mute one of them and to unite two."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.phone_words import phone_words
from workshop_app.desktop.unite import UnitePhones
from workshop_app.desktop.widgets import Button, IconLabel, PlainLabel, column, row, tip
from workshop_app.i18n import Language
from workshop_app.store import queries

LISTED = 40  # a menu longer than that is no list any more; those that send most come first


def done_words(bridge: Bridge) -> str:
    """How many of the phones say that they are done in the room's step, "" as long as nobody does."""
    step = bridge.get(queries.session).current_step
    done, all_ = len(bridge.get(queries.done, step)), bridge.get(queries.crowd).phones
    lang: Language = bridge.lang
    words = lang("{n} of {m} is done") if done == 1 else lang("{n} of {m} are done")
    return words.format(n=done, m=all_) if done else ""


class PhoneLines(QWidget):
    """The lines themselves; each is only there when it has something to say."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        lang = bridge.lang
        self.done = PlainLabel(weight="semibold")
        self.unsent = PlainLabel(size="small", tone="on_attn", wrap=True)
        self.unsent_icon = IconLabel("wifi-off", "on_attn", 16)
        self.muted = PlainLabel(size="small", tone="ink2")
        self.mute = Button(lang("Mute a phone"), role="quiet", icon="smartphone")
        tip(self.mute, lang("A muted phone keeps its text; its cards stay."))
        self.mute.clicked.connect(self._open)
        self.warning = QWidget()
        line = row(self.unsent_icon, gap=8)
        line.addWidget(self.unsent, 1)
        self.warning.setLayout(line)
        self.unite = Button(lang("The same person twice …"), role="quiet", icon="merge")
        tip(self.unite, lang("Somebody who joined again without the own code counts as two."))
        self.unite.clicked.connect(lambda: UnitePhones(bridge, self).show())
        foot = row(self.mute, self.muted, None, gap=8)
        self.setLayout(column(self.done, self.warning, foot, row(self.unite, None), gap=6))
        for part in (self.done, self.warning, self.muted):
            part.hide()
        self.hide()

    def refresh(self) -> None:
        """Reads the phones again."""
        lang, crowd = self.bridge.lang, self.bridge.get(queries.crowd)
        holding, cards = self.bridge.unsent()
        words = lang.plural(
            "{n} phone has cards that are not sent", "{n} phones have cards that are not sent", holding
        )
        told = lang.plural("{n} card", "{n} cards", cards)
        self._say(self.done, done_words(self.bridge))
        self.unsent.setText(f"{words} ({told})" if holding else "")
        self.warning.setVisible(bool(holding))
        muted = crowd.muted
        self._say(self.muted, lang.plural("{n} muted", "{n} muted", muted) if muted else "")
        self.unite.setVisible(crowd.phones > 1)
        self.setVisible(bool(crowd.phones))

    def _say(self, label: PlainLabel, words: str) -> None:
        if label.text() != words:
            label.setText(words)
        label.setVisible(bool(words))

    def menu(self) -> QMenu:
        """Every phone by role and number of cards, the muted ones ticked; a choice turns it over."""
        menu = QMenu(self)
        menu.setAccessibleName(self.bridge.lang("Mute a phone"))
        phones = sorted(self.bridge.get(queries.phones), key=lambda p: (not p.muted, -p.cards))
        for phone in phones[:LISTED]:
            action = menu.addAction(phone_words(self.bridge, phone).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(phone.muted)
            verb = actions.ask.unmute if phone.muted else actions.ask.mute
            action.triggered.connect(
                lambda _=False, verb=verb, who=phone.participant: self.bridge.do(verb, participant=who)
            )
        return menu

    def _open(self) -> None:
        self.menu().popup(self.mute.mapToGlobal(QPoint(0, self.mute.height())))
