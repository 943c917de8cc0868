"""Words that name a way instead of a need: technology (N01), products (N02), deeds on the way (N03), things (N04)."""

import re
from collections.abc import Iterator

from workshop_app.model.lint_words import Words

Way = tuple[str, str, int]  # rule, the words as typed, their place

_MODEL = re.compile(
    r"(?<![\w-])(?:modell|modellen|typ|model|type)\s+(?=[\w-]*\d)[A-ZÅÄÖ][A-ZÅÄÖa-z]*[- ]?\d[\w-]*(?![\w-])"
)
_CLAUSE_ENDS = re.compile(r"[.;:!?\n]|,|\b(?:men|but|och|and)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")


def ways(text: str, w: Words) -> Iterator[Way]:
    """N01, N02 and N03 in a text, each stretch of words once, what is ruled out or broken today left alone."""
    taken: list[tuple[int, int]] = []
    for rule, found in (*_products(text, w), *technology(text, w), *deeds(text, w)):
        if any(start < found[1] and found[0] < end for start, end in taken):
            continue
        taken.append(found)
        yield rule, text[found[0] : found[1]], found[0]


def _products(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    return [("N02", m.span()) for pattern in (w.pattern("brands"), _MODEL) for m in pattern.finditer(text)]


def brands(text: str, w: Words) -> list[tuple[int, int]]:
    """Where products are named."""
    return [span for _, span in _products(text, w)]


def technology(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    """Where technology is named as the way: not "without an app", not "when the app is down"."""
    found = list(w.all("technology", text))
    if not found:
        return []
    left = [m.span() for m in w.all("technology except", text)]
    kept = []
    for m in found:
        if any(start <= m.start() < end or start < m.end() <= end for start, end in left):
            continue
        if ruled_out(text, m.start(), w) or _broken(text, m.end(), w):
            continue
        kept.append(("N01", m.span()))
    return kept


def deeds(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    """Where something is bought, built or introduced, except what belongs to a person's own life (food, trust, a job)."""
    kept = []
    for kind in ("solution verbs", "trade verbs", "build verbs"):
        for m in w.all(kind, text):
            if not ruled_out(text, m.start(), w) and is_deed(text, m.end(), kind, w):
                kept.append(("N03", m.span()))
    return kept


def is_deed(text: str, after: int, kind: str, w: Words) -> bool:
    """Whether a verb of one of the three lists, ending at `after`, is a way rather than an ability."""
    if kind == "solution verbs":
        return True
    clause = _clause(text, after)
    head = " ".join(_WORD.findall(clause)[:4])
    personal = w.find("own objects", head) or (kind == "trade verbs" and w.find("own places", head))
    if personal and not w.find("technology", head):
        return False
    if kind == "trade verbs":
        return bool(head)
    first = _WORD.search(clause)
    new = first is not None and w.whole("new things", first.group())
    return bool(new or w.find("technology", head))


def ruled_out(text: str, start: int, w: Words) -> bool:
    """Whether "without", "instead of", "no" or the like stands within five words before, in the same clause."""
    before = re.split(r"[.;:!?\n,]", text[:start])[-1]
    near = " ".join(before.split()[-5:])
    return w.find("negators", near) is not None


def _broken(text: str, end: int, w: Words) -> bool:
    return w.find("outage", " ".join(re.split(r"[.;:!?\n,]", text[end:])[0].split()[:6])) is not None


def _clause(text: str, start: int) -> str:
    end = _CLAUSE_ENDS.search(text, start)
    return text[start : end.start() if end else len(text)]


def thing(function: str, w: Words) -> re.Match[str] | None:
    """The first words of a function when they name a thing instead of something to do."""
    opening = re.compile(r"\s*(?:(?:att|kunna|to|be able to)\s+)*(?:(?:ha|have)\s+)?", re.IGNORECASE).match(
        function
    )
    start = opening.end() if opening else 0
    words = list(_WORD.finditer(function, start))
    if not words:
        return None
    first = w.at("thing starts", function, start)
    if first is not None:
        following = [m for _, m in zip(range(2), _WORD.finditer(function, first.end()), strict=False)]
        if not any(is_verb(m.group(), w) for m in following):  # "bättre förstå" is something to do
            return _span(function, words[0].start(), following[0].end() if following else first.end())
        return None
    bare = not function[:start].strip()  # "ha tillgång" may be an ability, "tillgång" alone is a thing
    if bare and w.whole("thing endings", words[0].group()) and not is_verb(words[0].group(), w):
        return _span(function, words[0].start(), words[0].end())
    return None


def _span(text: str, start: int, end: int) -> re.Match[str] | None:
    return re.compile(r".*", re.DOTALL).match(text, start, end)


def is_verb(word: str, w: Words) -> bool:
    """Whether a word is a known verb in its ground form."""
    return w.whole("verbs", word) and not w.whole("verbs except", word)


def verb_after(text: str, start: int, w: Words) -> int | None:
    """Where a verb ends that begins at `start`, small words such as "then" skipped; None if something else stands there."""
    at = start
    while (small := w.at("then", text, at)) is not None:
        at = small.end() + len(text[small.end() :]) - len(text[small.end() :].lstrip())
        if at <= start:
            return None
    first = _WORD.match(text, at)
    if first is None or not is_verb(first.group(), w):
        return None
    if w.whole("either noun or verb", first.group()):
        following = _WORD.search(text, first.end())
        if following is None or not w.whole("follows a verb", following.group()):
            return None
    return first.end()
