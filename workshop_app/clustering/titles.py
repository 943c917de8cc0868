"""Proposes words for groups: those that are common in one group and rare in the others (c-TF-IDF)."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from workshop_app.clustering import words
from workshop_app.model import lint

_KEYWORDS = 6
_TITLE_WORDS = 3
_QUOTE_LETTERS = 48
_PAIR_BONUS = 1.2
_ROOT = 4  # letters that two words must share from their beginning or end to be relatives
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?|\d+|[^\w\s]")

_Terms = dict[str, str]  # stem, or two stems with a blank between -> as it is written in one text


def keywords(
    texts: Sequence[str], tongues: Sequence[str], groups: Sequence[Sequence[int]]
) -> list[tuple[str, ...]]:
    """Up to six words or pairs of words per group, best first, in the form people wrote most often."""
    heard = [_terms(text, tongue) for text, tongue in zip(texts, tongues, strict=True)]
    parts = words.compound_parts({term for terms in heard for term in terms if " " not in term})
    counts = [_count([heard[row] for row in rows], parts) for rows in groups]
    everywhere: Counter[str] = sum(counts, Counter())
    usual = everywhere.total() / max(1, len(groups))
    found = []
    for rows, count in zip(groups, counts, strict=True):
        score = {
            term: times * math.log1p(usual / everywhere[term]) * (_PAIR_BONUS if " " in term else 1)
            for term, times in count.items()
            if " " not in term or times > 1
        }
        written = _commonest_forms([heard[row] for row in rows])
        found.append(tuple(written[term] for term in _pick(score)))
    return found


def title(group_keywords: Sequence[str], quote: str, language: str = "sv") -> str:
    """The first three keywords as a proposed title; the beginning of a quote where there are none.

    Words that name a way instead of a need are passed over while there are others.
    """
    asked_for = [word for word in group_keywords if not lint.lint_name(word, language)] or group_keywords
    if asked_for:
        joined = ", ".join(asked_for[:_TITLE_WORDS])
        return joined[:1].upper() + joined[1:]
    quote = " ".join(quote.split()) or "…"
    return quote if len(quote) <= _QUOTE_LETTERS else quote[: _QUOTE_LETTERS - 1].rstrip() + "…"


def quoted(group_keywords: Sequence[str], quote: str, language: str = "sv") -> str:
    """The beginning of a quote as a proposed title; the keywords where the quote names a way instead of a need."""
    short = title((), quote, language)
    wishes = lint.lint_name(short, language) or lint.is_solution_phrased(short, language)
    return title(group_keywords if wishes else (), quote, language)


def _pick(score: dict[str, float]) -> list[str]:
    """The best terms, none of which repeats a word of one before or a relative of it (kostnad, kostnadsfri)."""
    picked: list[str] = []
    used: list[str] = []
    for term in sorted(score, key=lambda term: (-round(score[term], 9), -len(term), term)):
        if not any(_related(stem, other) for stem in term.split() for other in used):
            picked.append(term)
            used.extend(term.split())
            if len(picked) == _KEYWORDS:
                break
    return picked


def _related(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _ROOT and (long.startswith(short) or long.endswith(short)))


def _count(texts: list[_Terms], parts: dict[str, tuple[str, ...]]) -> Counter[str]:
    """In how many texts each term stands; a word also counts where it is part of a longer one."""
    own = {term for terms in texts for term in terms}
    count: Counter[str] = Counter()
    for terms in texts:
        inside = {part for term in terms for part in parts.get(term, ()) if part in own}
        count.update(terms.keys() | inside)
    return count


def _commonest_forms(texts: list[_Terms]) -> dict[str, str]:
    forms: dict[str, Counter[str]] = {}
    for terms in texts:
        for term, written in terms.items():
            forms.setdefault(term, Counter())[written] += 1
    return {term: min(count, key=lambda form: (-count[form], form)) for term, count in forms.items()}


def _terms(text: str, tongue: str) -> _Terms:
    """The topic words of a text and the pairs that stand side by side."""
    ignored = words.stop_words("sv") | words.stop_words("en")
    terms: _Terms = {}
    before: tuple[str, str] | None = None
    begins = True
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text)):
        plain = token.casefold().replace("’", "'")
        if not token[0].isalpha() or plain in ignored or len(plain) < 2:
            before = None
        else:
            written = plain if begins and not token[1:].isupper() else token
            stem = words.stem(plain, tongue)
            terms.setdefault(stem, written)
            if before and before[0] != stem:
                terms.setdefault(f"{before[0]} {stem}", f"{before[1]} {written}")
            before = (stem, written)
        begins = token in ".!?:…"
    return terms
