"""The demo's phones sort: each places its hand over real HTTP as the sample has it, now and then in doubt or elsewhere."""

import json
import re
from collections.abc import Mapping
from html import unescape

from workshop_app.actions import ask
from workshop_app.actions.short_form import Short, arrangement
from workshop_app.cli.phone import Phone

SEEN_BY = 5  # phones that see each card, as far as hands of LEAST to MOST cards allow
LEAST, MOST, SECONDS = 4, 12, 180
_DEAL = re.compile(r'data-deal="([^"]*)"')


def hand(cards: int, phones: int) -> int:
    """How many cards each phone is dealt."""
    return min(max(round(SEEN_BY * cards / max(phones, 1)), LEAST), MOST)


def meaning(short: Short) -> dict[str, str]:
    """The need that each card's words stand for in the sample: one name for all cards of a heap."""
    words = {c["id"]: ask.clean(c["text"]) for c in short.challenges}
    heaps = [
        (f"{title}/{name}", members) for title, made in arrangement(short).themes for name, members in made
    ]
    return {words[member]: name for name, members in heaps for member in members}


def sort_hand(phone: Phone, step: str, meant: Mapping[str, str]) -> int:
    """Places every card of the phone's hand, one after another; returns how many."""
    found = _DEAL.search(phone.look())
    if found is None:
        return 0
    deal = json.loads(unescape(found[1]))
    heaps = {founder: _plain(words) for founder, words, *_ in deal["heaps"]}
    for turn, (card, soft) in enumerate(deal["cards"]):
        words = _plain(soft)
        put = _choose(words, card, heaps, meant, phone.number + turn)
        if put == "new":
            heaps[card] = words
        phone.send(step, {"card": str(card), "put": put, "turn": f"{deal['round']}.{turn}"})
        news = phone.told.get("sort", {"heaps": []})
        heaps |= {founder: _plain(text) for founder, text, *_ in news["heaps"]}
    return len(deal["cards"])


def _choose(words: str, card: int, heaps: Mapping[int, str], meant: Mapping[str, str], chance: int) -> str:
    if chance % 17 == 16 or words not in meant:
        return "dk"
    others = [founder for founder in heaps if founder != card]
    if others and chance % 13 == 12:
        return str(others[chance % len(others)])
    return next((str(f) for f in others if meant.get(heaps[f]) == meant[words]), "new")


def _plain(text: str) -> str:
    return text.replace("\u00ad", "")
