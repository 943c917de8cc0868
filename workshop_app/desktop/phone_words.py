"""A phone in words."""

from workshop_app.desktop.bridge import Bridge
from workshop_app.i18n import Language
from workshop_app.model.session import PhoneCards
from workshop_app.store import queries


def phone_words(bridge: Bridge, phone: PhoneCards) -> str:
    """A phone by its role and how many cards it has sent; never by a name."""
    lang: Language = bridge.lang
    known = {r.value: r.label.get(lang.code) for r in bridge.get(queries.format_of).roles}
    role = known.get(phone.role, phone.role) or lang("Role not given")
    return f"{role} · {lang.plural('{n} card', '{n} cards', phone.cards)}"
