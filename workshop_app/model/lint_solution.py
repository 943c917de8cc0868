"""Words that name a way instead of a need: technology (N01), products (N02), deeds on the way (N03)."""

import re
from collections.abc import Iterator

from workshop_app.model.lint_words import Words

Way = tuple[str, str, int]  # rule, the words as typed, their place

_MODEL = re.compile(
    r"(?<![\w-])(?:modell|modellen|typ|model|type)\s+(?=[\w -]*\d)[A-ZÅÄÖ][A-ZÅÄÖa-z]*[- ]?\d[\w-]*(?![\w-])"
)
_CLAUSE_ENDS = re.compile(r"[.;:!?\n]|,|\b(?:men|but|och|and)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
_LOOKS_LIKE_A_VERB = {"sv": re.compile(r"\w{2,}a"), "en": re.compile(r"\w{2,}[^\Ws]")}


def ways(text: str, w: Words) -> Iterator[Way]:
    """N01, N02 and N03 in a text, each stretch of words once, what is ruled out or broken today left alone."""
    taken: list[tuple[int, int]] = []
    for rule, found in (*_products(text, w), *technology(text, w), *deeds(text, w)):
        if any(start < found[1] and found[0] < end for start, end in taken):
            continue
        taken.append(found)
        yield rule, text[found[0] : found[1]], found[0]


def _products(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    patterns = (w.pattern("brands"), w.pattern("brands any case"), _MODEL)
    return [("N02", m.span()) for pattern in patterns for m in pattern.finditer(text)]


def brands(text: str, w: Words) -> list[tuple[int, int]]:
    """Where products are named."""
    return [span for _, span in _products(text, w)]


def technology(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    """Where technology is named as the way: not "without an app", not "when the app is down"."""
    found = [m.span() for m in w.all("technology", text)]
    found += [*_devices(text, w), *_technical(text, w)]
    left = [m.span() for m in w.all("technology except", text)] if found else []
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if any(a <= start < b or a < end <= b for a, b in (*left, *kept)):
            continue
        if not (ruled_out(text, start, w) or _broken(text, end, w)):
            kept.append((start, end))
    return [("N01", span) for span in kept]


def _devices(text: str, w: Words) -> Iterator[tuple[int, int]]:
    # An ordinary thing is a way when something is done through it: "measure with a smart meter", not "read the meter".
    for m in w.all("through", text):
        clause = _clause(text, m.end())
        for n, word in enumerate(_WORD.finditer(clause)):
            if n > 3 or w.whole("particles", word.group()):
                break
            if w.whole("devices", word.group()) and not w.whole("devices except", word.group()):
                yield m.end() + word.start(), m.end() + word.end()
                break


def _technical(text: str, w: Words) -> Iterator[tuple[int, int]]:
    # "electronic locks", "a self-driving bus": the adjective tells, except where it is about life ("digital exclusion").
    for m in w.all("technical", text):
        following = _WORD.search(_clause(text, m.end()))
        if following is None:
            continue
        noun = following.group()
        if any(w.whole(name, noun) for name in ("abstract", "particles", "stop", "technical")):
            continue
        if not is_verb(noun, w):
            yield m.start(), m.end() + following.end()


def acting_thing(text: str, w: Words) -> re.Match[str] | None:
    """A thing that is the subject of an effect or requirement ("the system warns ..."), unless it is out of order."""
    found = w.at("acting things", text, len(text) - len(text.lstrip()))
    return None if found is None or _broken(text, found.end(), w) else found


def deeds(text: str, w: Words) -> list[tuple[str, tuple[int, int]]]:
    """Where something is bought, built or introduced, except what belongs to a person's own life (food, trust, a job)."""
    kept = [("N03", m.span()) for m in w.all("deed nouns", text) if _brought_about(text, m.start(), w)]
    for kind in ("solution verbs", "trade verbs", "build verbs"):
        for m in w.all(kind, text):
            if not ruled_out(text, m.start(), w) and is_deed(text, m, kind, w):
                kept.append(("N03", m.span()))
    return kept


def _brought_about(text: str, start: int, w: Words) -> bool:
    # "installation of locks" at the start is a deed; "wait for the installation of locks" is how things are.
    before = _WORD.findall(text[:start])
    return not before or any(w.whole("brings about", " ".join(before[-n:])) for n in (1, 2, 3))


def is_deed(text: str, verb: re.Match[str], kind: str, w: Words) -> bool:
    """Whether a verb of one of the three lists is a way rather than an ability or something done to oneself."""
    if any(m.start() <= verb.start() < m.end() for m in w.all("deeds except", text)):
        return False
    clause = _clause(text, verb.end())
    head = _head(clause, w)
    if kind == "solution verbs":
        first = _WORD.search(clause)
        return not (first and w.whole("own", first.group())) or w.find("technology", head) is not None
    personal = w.find("own objects", head) or (kind == "trade verbs" and w.find("own places", head))
    words = _WORD.findall(head)[:2]
    joint = len(words) == 2 and w.whole("new things", words[0]) and w.whole("joint", words[1])
    if personal and not (joint or w.find("technology", head)):
        return False
    if kind == "trade verbs":
        return bool(head)
    first = _WORD.search(clause)
    new = first is not None and w.whole("new things", first.group())
    return bool(new or any(w.find(name, head) for name in ("technology", "gear", "provided")))


def _head(clause: str, w: Words) -> str:
    # What the verb takes: the first words, as far as a word such as "for" or "who" that begins something else.
    words = _WORD.findall(clause)[:4]
    ends = next((n for n, word in enumerate(words) if n and w.whole("particles", word)), len(words))
    return " ".join(words[:ends])


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
    if first is None:
        return None
    following = _WORD.search(text, first.end())
    next_word = following.group() if following else ""
    if not is_verb(first.group(), w):
        looks = _LOOKS_LIKE_A_VERB[w.language].fullmatch(first.group())
        return (
            first.end()
            if looks and w.whole("an object", next_word) and not _small(first.group(), w)
            else None
        )
    if w.whole("either noun or verb", first.group()):
        how = w.language == "sv" and len(next_word) > 4 and next_word.endswith("t")  # "sova ostört"
        if not (how or w.whole("follows a verb", next_word)):
            return None
    return first.end()


def _small(word: str, w: Words) -> bool:
    return w.whole("particles", word) or w.whole("stop", word) or w.whole("verbs except", word)
