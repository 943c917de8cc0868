"""Texts to words: language, stems, compound parts and the features that two texts can share."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock

import snowballstemmer

from workshop_app import resources

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_STEMMERS = {"sv": snowballstemmer.stemmer("swedish"), "en": snowballstemmer.stemmer("english")}
_STEMMING = Lock()  # a stemmer keeps its word inside itself while it works
_SHORTEST_PART = 4


def normal(text: str) -> str:
    """A text as it is compared: compatibility forms unified, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=4)
def stop_words(language: str) -> frozenset[str]:
    """The words of a language ("sv" or "en") that carry no topic; none for another language."""
    if language not in _STEMMERS:
        return frozenset()
    lines = resources.text("clustering", f"stop_{language}.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words_of(text: str) -> list[str]:
    """The words of a text as `normal` writes them, in order; numbers and signs are left out."""
    return [word.replace("’", "'") for word in _WORD.findall(normal(text))]


def languages(texts: Sequence[str]) -> list[str]:
    """The language of each text, "sv" or "en"; a text that does not show it gets the commonest, or ""."""
    found = [_language(words_of(text)) for text in texts]
    sure = Counter(language for language in found if language)
    usual = max(sorted(sure), key=lambda language: sure[language], default="")
    return [language or usual for language in found]


def _language(words: list[str]) -> str:
    swedish, english = stop_words("sv"), stop_words("en")
    votes = sum((word in swedish) - (word in english) for word in words)
    votes += sum(1 for word in words if any(letter in word for letter in "åäö"))
    return "sv" if votes > 0 else "en" if votes < 0 else ""


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in its language ("sv" or "en"); the word itself in another."""
    if language not in _STEMMERS:
        return word
    with _STEMMING:
        stemmed: str = _STEMMERS[language].stemWord(word)
    return stemmed


def topic_words(text: str, language: str) -> list[str]:
    """The words of a text that may carry a topic: no stop words of either language, two letters or more."""
    ignored = stop_words("sv") | stop_words("en")
    return [word for word in words_of(text) if len(word) > 1 and word not in ignored]


def stems(text: str, language: str) -> list[str]:
    """The stems of the topic words of a text, in order."""
    return [stem(word, language) for word in topic_words(text, language)]


def compound_parts(vocabulary: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each stem, the other stems of the vocabulary that it begins or ends with (bygglov in bygglovskö)."""
    known = {word for word in vocabulary if len(word) >= _SHORTEST_PART}
    parts: dict[str, tuple[str, ...]] = {}
    for word in known:
        found = []
        for cut in range(_SHORTEST_PART, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            if head in known:
                found.append(head)
            if tail in known:
                found.append(tail)
        if found:
            parts[word] = tuple(sorted(set(found)))
    return parts


def letter_runs(text: str) -> list[str]:
    """Runs of 3-5 letters inside each topic word, with a blank at its ends, so that spellings can meet."""
    runs: list[str] = []
    ignored = stop_words("sv") | stop_words("en")
    for word in words_of(text):
        if word in ignored:
            continue
        padded = f" {word} "
        for size in (3, 4, 5):
            runs.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return runs


def word_features(stemmed: Sequence[list[str]]) -> list[list[str]]:
    """Stems, pairs of neighbouring stems and compound parts of each text."""
    parts = compound_parts({word for row in stemmed for word in row})
    features = []
    for row in stemmed:
        pairs = [f"{a} {b}" for a, b in itertools.pairwise(row)]
        features.append([*row, *pairs, *(part for word in row for part in parts.get(word, ()))])
    return features
