"""Why texts seem to belong together, in facts that a person can judge: shared words, nearest texts, confidence."""

from collections import Counter
from collections.abc import Sequence
from threading import Lock

import numpy as np

from workshop_app.clustering import titles, words
from workshop_app.clustering.engine import Vectors, deck, sureness
from workshop_app.clustering.likeness import ONE
from workshop_app.clustering.values import Reason

_NEAREST = 3
_WORDS = 6


_KEPT: dict[tuple[object, ...], "Reasons"] = {}
_keeping = Lock()


def reasons(texts: Sequence[str], vectors: Vectors | None = None) -> "Reasons":
    """The reasons for these texts; those asked for last are kept, since one question seldom comes alone."""
    key = (tuple(texts), None if vectors is None else (str(vectors.dtype), vectors.tobytes()))
    with _keeping:
        if key not in _KEPT:
            made = Reasons(texts, vectors)
            _KEPT.clear()
            _KEPT[key] = made
        return _KEPT[key]


class Reasons:
    """Compares texts once (as long as a grouping takes); each question after that is answered at once.

    Rows that say nothing share nothing and have no neighbours.
    """

    def __init__(self, texts: Sequence[str], vectors: Vectors | None = None) -> None:
        self._texts = tuple(texts)
        self._deck = deck(texts, vectors)
        self._place = {row: place for place, row in enumerate(self._deck.rows)}

    def pair(self, a: int, b: int) -> tuple[float, tuple[str, ...]]:
        """The likeness of two rows (0..1) and the words they share, as the first of them writes them."""
        if a not in self._place or b not in self._place:
            same = words.normal(self._texts[a]) == words.normal(self._texts[b])
            return (1.0 if same else 0.0), ()
        here, there = self._place[a], self._place[b]
        return max(0.0, float(self._deck.said[here, there]) / ONE), tuple(self._shared(here, [there]))

    def card(self, row: int, fellows: Sequence[int]) -> Reason:
        """Why a row lies with others: words it shares with any of them, those most like it, and how sure."""
        here = self._place.get(row)
        others = [self._place[fellow] for fellow in fellows if fellow != row and fellow in self._place]
        if here is None or not others:
            return Reason((), (), 0.0)
        likes = self._deck.said[here, others]
        order = np.argsort(-likes, kind="stable")[:_NEAREST]
        near = tuple((self._deck.rows[others[at]], max(0.0, float(likes[at]) / ONE)) for at in order)
        return Reason(tuple(self._shared(here, others)[:_WORDS]), near, self._sure(here, others))

    def heap(self, rows: Sequence[int]) -> Reason:
        """Why rows make a heap: its words, best first, its rows from the middle outwards, and how sure on average."""
        places = [self._place[row] for row in rows if row in self._place]
        if len(places) < 2:
            return Reason((), (), 0.0)
        cards = self._deck
        told = titles.keywords(cards.texts, cards.tongues, [places, self._outside(places)])[0]
        common = [word for word in told if self._speakers(word, places) > 1]
        means = (cards.said[np.ix_(places, places)].sum(axis=1) - ONE) / (len(places) - 1) / ONE
        order = np.argsort(-means, kind="stable")
        near = tuple((cards.rows[places[at]], max(0.0, float(means[at]))) for at in order)
        sure = [self._sure(place, [other for other in places if other != place]) for place in places]
        return Reason(tuple(common), near, round(sum(sure) / len(sure), 3))

    def _sure(self, here: int, others: list[int]) -> float:
        return round(float(sureness(self._deck.table[here, others].mean() / ONE)), 3)

    def _outside(self, places: list[int]) -> list[int]:
        inside = set(places)
        return [place for place in range(len(self._deck.rows)) if place not in inside]

    def _speakers(self, keyword: str, places: list[int]) -> int:
        stems = [words.stem(word, tongue) for word in words.words_of(keyword) for tongue in ("sv", "en")]
        return sum(not {*self._stems(place)}.isdisjoint(stems) for place in places)

    def _stems(self, place: int) -> list[str]:
        return words.stems(self._deck.texts[place], self._deck.tongues[place])

    def _shared(self, here: int, others: list[int]) -> list[str]:
        """Words of one text that others share, or a part or a whole of them; those most of them share first."""
        tongue = self._deck.tongues[here]
        mine = words.topic_words(self._deck.texts[here], tongue)
        own = [words.stem(word, tongue) for word in mine]
        theirs = [self._stems(place) for place in others]
        parts = words.compound_parts({*own, *(stem for stems in theirs for stem in stems)})
        said = [{part for stem in stems for part in (stem, *parts.get(stem, ()))} for stems in theirs]
        count: Counter[str] = Counter()
        for word, stem in zip(mine, own, strict=True):
            if word not in count:
                count[word] = sum(not other.isdisjoint((stem, *parts.get(stem, ()))) for other in said)
        return sorted((word for word in count if count[word]), key=lambda word: -count[word])
