"""One reader's view of a summary: the language, what this edition may show, and the words both need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from babel.dates import format_date

from workshop_app import formats
from workshop_app.i18n import N_, Language
from workshop_app.model import open_results
from workshop_app.model.board import Card, Heap
from workshop_app.model.dates import time_words
from workshop_app.model.need import Need
from workshop_app.model.summary import PLACES, Summary, source_words
from workshop_app.report.document import Run, Text

INTERNAL, PARTICIPANTS, OPEN = "internal", "participants", "open"
EDITIONS = {
    PARTICIPANTS: N_("For participants"),
    INTERNAL: N_("Complete, for the registry"),
    OPEN: N_("For suppliers, without names"),
}
REASONS = {
    "test_card": N_("test card"),
    "personal_data": N_("personal data"),
    "noise": N_("says nothing"),
    "abusive": N_("abusive"),
    "double_send": N_("sent twice"),
}


@dataclass(frozen=True)
class View:
    """A summary as one edition in one language; every part of the report asks it what to show."""

    summary: Summary
    lang: Language
    now: datetime

    @property
    def edition(self) -> str:
        """ "internal", "participants" or "open"; anything else is taken as open, which shows least."""
        return self.summary.edition if self.summary.edition in EDITIONS else OPEN

    @property
    def open(self) -> bool:
        """The edition for suppliers: no organisations, nothing hidden, no ratings, no internal remarks."""
        return self.edition == OPEN

    @property
    def final(self) -> bool:
        """Whether this version is marked as final; all others are drafts."""
        session = self.summary.session
        return session.settings.get("final") == str(session.version)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The needs in number order, those merged into another left out; in the open edition without our own notes."""
        found = sorted((n for n in self.summary.needs if n.merged_into is None), key=lambda n: n.number)
        return tuple(n.opened if self.open else n for n in found)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Need id -> the number people call it."""
        return {n.id: n.number for n in self.summary.needs}

    @cached_property
    def format(self) -> formats.Format | None:
        """The format of the session if this program has it."""
        session = self.summary.session
        return formats.held(session.format_id, session.format_toml)

    @cached_property
    def open_results(self) -> list[dict[str, Any]]:
        """What the open edition tells of the steps: the same value that the open data is made of."""
        return open_results.results(self.summary, self.format) if self.format else []

    @property
    def collects(self) -> bool:
        """Whether the session is about cards: the format collects them, or there are some."""
        form = self.format
        return form is None or bool(self.summary.cards) or any(s.makes == "card" for s in form.steps)

    @property
    def file_id(self) -> str:
        """The file id short enough for a footer."""
        full = self.summary.session.file_id.replace("-", "").upper()
        return f"{full[:4]}-{full[4:8]}".strip("-")

    def role(self, role: str) -> str:
        """The role of who wrote something, by the rule of at least three."""
        shown = self.summary.room.role_shown(role)
        return shown or self.lang("role not shown, fewer than three")

    def relation(self, value: str) -> str:
        """How somebody stands to the matter, in the words of the form they joined with."""
        for field in self.format.join if self.format else ():
            for choice in field.choices if field.name == "relation" else ():
                if choice.value == value:
                    return choice.label.get(self.lang.code)
        return value

    def card_words(self, card: int, role: str) -> str:
        """What a card is called beside its text."""
        return self.lang("Card {number}, {role}").format(number=card, role=self.role(role))

    def withheld(self, card: Card) -> bool:
        """Whether this edition leaves out a card's text; its number and place always stand."""
        if card.state == "withdrawn":
            return self.edition != INTERNAL
        if card.state != "hidden" or self.edition == INTERNAL:
            return False
        return self.open or card.reason == "personal_data"

    def reason(self, reason: str) -> str:
        """Why a card is hidden or parked: known reasons in words, others as typed, which is not for the open edition."""
        known = self.lang(REASONS[reason]) if reason in REASONS else ""
        return known or ("" if self.open else reason)

    def place(self, card: Card) -> str:
        """The one place where a card ended, in words for the list of all cards."""
        lang = self.lang
        where = self.summary.places.get(card.id, "loose")
        numbers = [self.numbers[n] for n in card.needs if n in self.numbers]
        if where == "need" and numbers:
            return lang("→ need {numbers}").format(numbers=self.lang.listed(map(str, sorted(set(numbers)))))
        if where == "heap":
            heap = self.summary.board.heap(card.heap) if card.heap is not None else None
            if heap is None:
                return lang("wish list")
            return lang("wish list, heap {heap}").format(heap=self.summary.board.tag(heap))
        if where == "merged" and card.merged_into is not None:
            return lang("joined with card {number}").format(number=card.merged_into)
        if where == "withdrawn":
            if card.replaced_by is not None:
                return lang("replaced by card {number}").format(number=card.replaced_by)
            return lang("withdrawn")
        words = {"parked": lang("parked"), "hidden": lang("hidden")}.get(where, lang("not sorted yet"))
        why = self.reason(card.reason) if where in ("parked", "hidden") else ""
        return f"{words}: {why}" if why else words

    def heap_words(self, heap: Heap) -> str:
        """A heap's tag and title, such as 4b Lowest price."""
        return f"{self.summary.board.tag(heap)} {heap.title}".strip()

    def figure(self, value: float | None) -> str:
        """A median as people write it: 4, or 4,5 in Swedish."""
        text = "–" if value is None else f"{value:g}"
        return text.replace(".", ",") if self.lang.code == "sv" else text

    def day(self, iso: str) -> str:
        """An ISO date in words; anything else as typed."""
        try:
            return str(format_date(date.fromisoformat(iso.strip()), "d MMMM y", locale=self.lang.code))
        except ValueError:
            return iso

    def clock(self, at: datetime) -> str:
        """A time of day as DESIGN writes it: 12.06 in Swedish, 12:06 in English."""
        return time_words(at, self.lang)

    def balance_words(self) -> str:
        """The places with their counts, as in "29 in needs, 22 still on the wish list"."""
        return ", ".join(words for _, words, _ in self.places())

    def places(self) -> list[tuple[str, str, int]]:
        """Every place that holds cards: its key, "29 in needs", and the count."""
        balance = self.summary.balance
        words = balance.place_words(self.lang)
        return [(key, words[key], balance.places[key]) for key in PLACES if balance.places.get(key, 0)]

    def by_source(self, counts: Mapping[str, int]) -> str:
        """Counts by source in brackets, where not all came from phones; "" otherwise."""
        apart = any(n for source, n in counts.items() if source != "phone")
        return f" ({', '.join(source_words(counts, self.lang))})" if apart else ""

    def source_words(self) -> str:
        """Where the cards came from, as in "From phones 49, from paper 5."."""
        text = self.lang.listed(source_words(self.summary.balance.by_source, self.lang))
        return f"{text[:1].upper()}{text[1:]}." if text else ""


def typed(text: str, otherwise: str = "") -> Text:
    """What somebody typed, or our own quiet words where nothing was."""
    return (Run(text, "people"),) if text.strip() else (Run(otherwise),) if otherwise else ()
