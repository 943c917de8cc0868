"""The page of a phone while the room sorts: one card, the room's heaps as buttons, and what a form of it asks for."""

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from workshop_app import actions
from workshop_app.actions import Action, sort, tables
from workshop_app.compounds import softened
from workshop_app.formats import Step
from workshop_app.i18n import Language
from workshop_app.model.sorting import MORE_CARDS, NAME_LIMIT, Dealt, SortingRound
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries
from workshop_app.web import forms, pairs
from workshop_app.web.reader import Reader
from workshop_app.web.values import Asker, Page

LOG = logging.getLogger("workshop.web")
SHOWN = 6  # heaps beside a card; all others are one tap away
PATIENCE = 10  # what phones may choose from is worked out anew after so many times what it took
LOOK = 5.0  # seconds between looks for phones that stand idle
LINE = 28  # characters of a heap's words in the line that says where the last card lies
BEFORE = (80, 160)  # characters up to which a card is set in the largest and in the middle size


@dataclass(frozen=True)
class Choice:
    """A heap as a button shows it; `mine` counts the phone's own cards in it, never anybody else's."""

    founder: int
    words: str
    named: bool
    theme: str
    mine: int
    called: str = ""  # the name that somebody's phone has given it


@dataclass(frozen=True)
class Spot:
    """Where a phone is: its round, its hand, and what it may choose from, in the order shown for each card."""

    round: SortingRound
    hand: Dealt
    heaps: tuple[Choice, ...]
    likely: dict[int, tuple[int, ...]]
    texts: dict[int, str]

    @property
    def open(self) -> tuple[int, ...]:
        """Cards to place, but those taken back or hidden meanwhile."""
        return tuple(card for card in self.hand.untouched if card in self.texts)

    @property
    def cards(self) -> tuple[int, ...]:
        """The whole hand, but cards that are no longer there."""
        return tuple(card for card in self.hand.cards if card in self.texts)

    def heap(self, founder: int) -> Choice | None:
        """One heap, or None."""
        return next((h for h in self.heaps if h.founder == founder), None)

    def beside(self, card: int) -> tuple[int, ...]:
        """The heaps shown with a card, likeliest first; its own is made by "new heap"."""
        order = dict.fromkeys((*self.likely.get(card, ()), *(h.founder for h in self.heaps)))
        known = {h.founder for h in self.heaps}
        return tuple(f for f in order if f in known and f != card)[:SHOWN]


class Sorter:
    """What the sorting pages of one session stand on: the heaps to choose from, worked out aside and kept a moment."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._offers: Mapping[int | None, sort.Offer] = {}
        self._version, self._until = -1, 0.0
        self._work: asyncio.Task[None] | None = None
        self._beside: dict[str, tuple[tuple[int, int], tuple[int, ...]]] = {}

    # Before an answer ------------------------------------------------------------

    async def ready(self, participant: str) -> None:
        """Deals to a phone that came late, and brings the heaps up to date, before its page is made."""
        now = self._reader.sorting()
        if now is None or not self._reader.joined(participant):
            return
        if now.tables and self._reader.seat(participant) is None:
            return
        if now.state == "open" and queries.hand(self._reader.file, participant, now.number) is None:
            cards = await asyncio.to_thread(sort.top_up, self._reader.file, participant, now.hand)
            if cards or not now.tables:  # at a table where all is placed there is nothing to hold
                await self._perform(sort.deal_more, participant=participant, cards=cards)
        await self._refresh()

    async def with_cards(self, verb: Action, values: dict[str, Any]) -> tuple[Action, dict[str, Any]]:
        """The same action with the cards chosen, when a phone asks for more of them."""
        if verb is sort.deal_more:
            cards = await asyncio.to_thread(sort.top_up, self._reader.file, values["participant"], MORE_CARDS)
            return verb, values | {"cards": cards}
        return verb, values

    async def tend(self) -> None:
        """Now and then gives the cards of idle phones to others."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                now = self._reader.sorting()
                if now is not None and now.state == "open":
                    await self.move_idle(datetime.now(UTC))
            except Trouble:
                LOG.warning("cards of idle phones could not be moved on", exc_info=True)

    async def move_idle(self, now: datetime) -> None:
        """Gives the cards of phones that are idle at this time to others."""
        moved = await asyncio.to_thread(sort.idle_phones, self._reader.file, now)
        for participant, to in moved.items():
            await self._perform(sort.move_on, participant=participant, to=to)

    async def _perform(self, verb: Action, **values: Any) -> None:
        future = actions.perform(self._reader.file, verb, by="program", **values)
        await asyncio.shield(asyncio.wrap_future(future))

    async def _refresh(self) -> None:
        version = self._reader.file.data_version()
        if version == self._version or time.monotonic() < self._until:
            return
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._offer_anew(version))
        await asyncio.shield(self._work)

    async def _offer_anew(self, version: int) -> None:
        began = time.monotonic()
        self._offers = await asyncio.to_thread(sort.offers, self._reader.file)
        now = time.monotonic()
        self._version, self._until = version, now + (now - began) * PATIENCE

    # Pages -----------------------------------------------------------------------

    def spot(self, participant: str) -> Spot | None:
        """Where a phone is in the sorting; None when the room does not sort, or the phone was dealt nothing."""
        now = self._reader.sorting()
        hand = queries.hand(self._reader.file, participant, now.number) if now else None
        if now is None or hand is None:
            return None
        at = self._reader.seat(participant) if now.tables else None
        offer = self._offers.get(at, sort.Offer())
        placed = tuple((c, h if h is None else offer.known_as.get(h, h)) for c, h in hand.placed)
        hand = replace(hand, placed=placed)
        if now.tables:  # what somebody else at the table has been given is not waited for here
            gone = set(hand.moved_on) & set(hand.untouched)
            hand = replace(hand, cards=tuple(card for card in hand.cards if card not in gone))
        mine, texts = hand.heaps, offer.texts
        # the heaps of all, and what the phone has founded itself since they were worked out
        heaps = {h.founder: Choice(h.founder, h.words, h.named, h.theme, 0) for h in offer.heaps}
        fresh = {f: Choice(f, texts[f], False, "", 0) for f in mine if f not in heaps and f in texts}
        known = (
            replace(h, mine=len(mine.get(f, ())), called=offer.names.get(f, ""))
            for f, h in (heaps | fresh).items()
        )
        return Spot(now, hand, tuple(known), dict(offer.likely), dict(texts))

    def page(self, who: Asker) -> Page | None:
        """The page of a phone while the room sorts, without what all pages stand on; None when the room does not."""
        spot = self.spot(who.participant)
        now = self._reader.sorting()
        if now is None:
            return None
        if now.tables and (table := self._table(who, asked="table" in who.query)) is not None:
            return table
        if spot is None or not spot.cards:
            seat = self._seat(who) if now.tables else ""
            return Page("sort_wait.html", {"view": "sort_wait", "seat": seat})
        given, content = _number(who.query.get("card", "")), self._reader.session().language
        if given in spot.cards:
            return Page("sort.html", _card(self._still(spot, given), given, who.lang, content, moving=True))
        heap = who.query.get("heap", "")
        if not spot.open or heap or who.query.get("heaps"):
            return Page("sort_done.html", _done(spot, heap, who.lang))
        card = spot.open[0]
        return Page("sort.html", _card(self._still(spot, card), card, who.lang, content, moving=False))

    def _table(self, who: Asker, asked: bool) -> Page | None:
        """The page where a phone says at which table it sits; None when it has said so and does not ask for it."""
        seat = self._reader.seat(who.participant)
        if seat is not None and not asked:
            return None
        return Page("sort_table.html", {"view": "sort_table", "tables": self._reader.tables(), "seat": seat})

    def _seat(self, who: Asker) -> str:
        seat = self._reader.seat(who.participant)
        return next((one.name for one in self._reader.tables() if one.id == seat), "")

    def _still(self, spot: Spot, card: int) -> Spot:
        """The same, with the heaps beside a card as they stood when the phone was last shown it: they never move."""
        who, at = spot.hand.participant, (spot.round.number, card)
        before = self._beside.get(who)
        order = before[1] if before and before[0] == at and before[1] else spot.beside(card)
        self._beside[who] = (at, order)
        return replace(spot, likely=spot.likely | {card: (*order, *spot.likely.get(card, ()))})

    def told(self, who: Asker, step: Step) -> dict[str, Any]:
        """What a script learns after a placing: the phone's turn, the heaps as they are now and their order."""
        spot = self.spot(who.participant) if step.kind == "group" else None
        return {"sort": _news(spot)} if spot else {}


def asked(given: forms.Given, participant: str, values: dict[str, Any]) -> tuple[Action, dict[str, Any]]:
    """The action that a form of the sorting asks for, with its values."""
    if "pair" in given:
        return pairs.asked(given, participant, values)
    if "table" in given:
        return tables.sit, {"participant": participant, "table": _number(forms.one(given, "table"))}
    if "more" in given:
        return sort.deal_more, {"participant": participant}
    told = {k: v for k, v in values.items() if k != "fields"} | {"participant": participant}
    if "name" in given:
        named = {"heap": _number(forms.one(given, "heap")), "name": forms.one(given, "name")}
        return sort.name_heap, told | named
    told |= _token(forms.one(given, "turn"))
    put = forms.one(given, "put")
    if put == "undo":
        return sort.take_back, told
    card = _number(forms.one(given, "card"))
    heap = None if put == "dk" else card if put == "new" else _number(put)
    return sort.place, told | {"card": card, "heap": heap}


def _token(text: str) -> dict[str, int]:
    """The round and the turn that a form was made for; nothing when it says neither."""
    round_, _, turn = text.partition(".")
    if not (_is_number(round_) and _is_number(turn)):
        return {}
    return {"round": int(round_), "turn": int(turn)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _number(text: str) -> int:
    """A card's number from a form, -1 for anything else: there is no such card."""
    return int(text) if _is_number(text) else -1


# What the templates draw --------------------------------------------------------


def _card(spot: Spot, card: int, lang: Language, content: str, moving: bool) -> dict[str, Any]:
    left = spot.round.left(datetime.now(UTC)).total_seconds()
    cards, text = spot.cards, spot.texts[card]
    placed = [c for c, _heap in spot.hand.placed if c in cards]
    shown = [spot.heap(f) for f in spot.beside(card)]
    return {
        "view": "sort",
        "card": card,
        "text": text,
        "size": sum(len(text) > limit for limit in BEFORE),
        "at": cards.index(card) + 1,
        "count": len(cards),
        "marks": ["now" if c == card else "done" if c in placed else "" for c in cards],
        "shown": shown,
        "groups": _groups(spot, card, lang),
        "up": left <= 0,
        "placed": len(placed),
        "moving": moving,
        "mine_of": lambda choice: mine_of(choice, lang),
        **_both(spot, lang),
        "deal": json.dumps(
            {
                **_news(spot),
                "round": spot.round.number,
                "card": card,
                "moving": moving,
                "lang": content,
                "shown": SHOWN,
                "cards": [[c, softened(spot.texts[c])] for c in cards],
                "placed": [[c, h] for c, h in spot.hand.placed if c in cards],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ),
    }


def _done(spot: Spot, heap: str, lang: Language) -> dict[str, Any]:
    own = [(h, spot.hand.heaps[h.founder]) for h in spot.heaps if h.founder in spot.hand.heaps]
    unsure = [c for c, h in spot.hand.placed if h is None and c in spot.texts]
    looked = next(((h, cards) for h, cards in own if str(h.founder) == heap), None)
    return {
        "view": "sort_done",
        "own_heaps": own,
        "unsure": unsure,
        "looked": looked[0] if looked else None,
        "inside": [c for c in (looked[1] if looked else unsure if heap == "dk" else ()) if c in spot.texts],
        "heap": heap if looked or heap == "dk" else "",
        "texts": spot.texts,
        "placed": sum(c in spot.texts for c, _heap in spot.hand.placed),
        "count": len(spot.cards),
        "open_cards": len(spot.open),
        **_both(spot, lang),
        "more": MORE_CARDS if spot.round.state == "open" and set(spot.texts) - set(spot.hand.cards) else 0,
        "name_limit": NAME_LIMIT,
    }


def _both(spot: Spot, lang: Language) -> dict[str, Any]:
    """What the card's page and the own heaps' page share."""
    return {
        "token": f"{spot.round.number}.{spot.hand.turn}",
        "paused": spot.round.state == "paused",
        "last": _last(spot, lang),
    }


def _last(spot: Spot, lang: Language) -> tuple[int, str] | None:
    """The number of the card placed last and the sentence that says where it lies; None before the first."""
    placed = [(c, h) for c, h in spot.hand.placed if c in spot.texts]
    if not placed:
        return None
    card, founder = placed[-1]
    number, heap = spot.cards.index(card) + 1, spot.heap(founder) if founder is not None else None
    if heap is None:
        return number, lang("Card {n}: I don't know").format(n=number)
    words = heap.words if len(heap.words) <= LINE else heap.words[: LINE - 2].rsplit(" ", 1)[0] + " …"
    return number, lang("Card {n} is in “{words}”").format(n=number, words=words)


def _groups(spot: Spot, card: int, lang: Language) -> list[tuple[str, list[Choice]]]:
    """Every heap but the card's own: the phone's first, then theme by theme, then the rest; likeliest first in each."""
    order = {f: place for place, f in enumerate(spot.likely.get(card, ()))}
    heaps = sorted(
        (h for h in spot.heaps if h.founder != card), key=lambda h: order.get(h.founder, len(order))
    )
    groups: dict[str, list[Choice]] = {}
    for one in sorted(heaps, key=lambda h: (not h.mine, not h.theme, h.theme if not h.mine else "")):
        groups.setdefault(lang("Your heaps") if one.mine else one.theme or lang("Other heaps"), []).append(
            one
        )
    return list(groups.items())


def mine_of(choice: Choice, lang: Language) -> str:
    """How many of the phone's own cards lie in a heap, in words."""
    if not choice.mine:
        return lang("none of yours yet")
    if choice.named:
        return lang("{n} of your cards").format(n=choice.mine)
    return lang.plural("your heap, {n} card", "your heap, {n} cards", choice.mine)


def _news(spot: Spot) -> dict[str, Any]:
    """What changes while a phone sorts: its turn, the heaps, and which are shown with each card that is left."""
    return {
        "turn": spot.hand.turn,
        "heaps": [[h.founder, softened(h.words), int(h.named), h.theme] for h in spot.heaps],
        "top": {str(card): spot.beside(card) for card in spot.cards},
    }
