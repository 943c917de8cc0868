"""Which of a need's cards speak of one of its parts: those that use the same words, more or less inflected."""

import re
from collections.abc import Iterable, Sequence

from workshop_app.model.lint_words import spoken, words

SHORTEST = 4  # letters of a word that says something
ALIKE = 5  # letters that two words begin with in common


def supporting(text: str, cards: Sequence[tuple[int, str]], language: str) -> tuple[int, ...]:
    """The numbers of the cards `(number, text)` that share a word with `text` or hold it whole; a sign, never a proof."""
    bare = " ".join(text.split()).casefold()
    whole = tuple(number for number, card in cards if bare and bare in " ".join(card.split()).casefold())
    if whole:
        return whole
    said = _telling(text, language)
    return tuple(
        number
        for number, card in cards
        if any(_alike(one, other) for one in said for other in _telling(card, language))
    )


def _telling(text: str, language: str) -> Iterable[str]:
    stop = set(words(spoken(text, language)).entries.get("stop", ()))
    found = {word.casefold() for word in re.findall(r"\w+", text)}
    return {word for word in found if len(word) >= SHORTEST and word not in stop}


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= ALIKE and one[:ALIKE] == other[:ALIKE])
