"""A function that names a thing instead of something to do (N04), by what kind of word it begins with."""

import re

from workshop_app.model.lint_solution import is_verb
from workshop_app.model.lint_words import Words

_WORD = re.compile(r"[\w'’-]+")
_OPENING = re.compile(r"\s*(?:(?:att|kunna|to|be able to)\s+)*(?:(?:ha|have)\s+)?", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[.;:!?\n]|,|\b(?:men|but|och|and)\b", re.IGNORECASE)
# A Swedish ground form ends in a vowel, or in -s: "stöd i hemmet" is a thing, "bo i byn" and "trivas i klassen" are not.
_NO_GROUND_FORM = re.compile(r"\w+(?:[^aeiouyåäöst\W]|[^aå]s)")
_GROUND_FORM = re.compile(r"\w{2,}as?")
_SEVERAL = {"sv": re.compile(r"\w{3,}(?:ar|er|or)"), "en": re.compile(r"\w{2,}[^s\W]s")}
_OF = ("of", "for")
_LATIN = re.compile(r"\w+(?:ate|fy|i[sz]e|en)")  # ends of English verbs: "qualify for"
_PURE = re.compile(r"\w{3,}(?:ed|able|ible|ful|less|ous|ive|ical|ional|ular)")  # ends of English adjectives
_LEADS_ON = ("när", "som", "där", "att", "så", "även", "och", "eller", "utan", "innan", "om")
_NEXT_PART = ("att", "som", "to", "that", "where", "där", "för", "for")


def thing(function: str, w: Words) -> re.Match[str] | None:
    """The first words of a function when they name a thing instead of something to do."""
    opening = _OPENING.match(function)
    start = opening.end() if opening else 0
    words = list(_WORD.finditer(function, start))
    if not words:
        return None
    bare = not function[:start].strip()  # "ha tillgång" may be an ability, "tillgång" alone is a thing
    first = w.at("thing starts", function, start) or (w.at("bare starts", function, start) if bare else None)
    if first is not None:
        following = [m for _, m in zip(range(2), _WORD.finditer(function, first.end()), strict=False)]
        if not _verb_soon(function, first.end(), w):  # "bättre förstå" is something to do
            return _span(function, words[0].start(), following[0].end() if following else first.end())
        return None
    if _described(function, words, w):
        return _span(function, words[0].start(), words[1].end())
    if _noun_first(function, words, w) or (bare and _named(words[0].group(), w)):
        return _span(function, words[0].start(), words[0].end())
    return None


def _described(text: str, words: list[re.Match[str]], w: Words) -> bool:
    """An adjective and then a noun: "stabila nät", "regular meetings"; not "tryggt gå hem" and not "clear the table"."""
    if len(words) < 2:
        return False
    one, two = words[0].group(), words[1].group()
    if w.language == "en" and _PURE.fullmatch(one.lower()) and not (_is_done(one, w) or _leads_on(two, w)):
        return True  # "undisturbed sleep": nothing is done after such a word
    if _leads_on(two, w) or _is_done(two, w) or _verb_soon(text, words[0].end(), w):
        return False
    if w.whole("adjective or verb", one):  # "rena toaletter" is a thing, "rena vattnet" is not
        return w.whole("plain nouns", two) or (
            w.language == "sv" and _SEVERAL["sv"].fullmatch(two) is not None
        )
    if _is_done(one, w) or not _adjective(one, w):
        return False
    if w.language == "sv" and not one.lower().endswith(("a", "e", "t")):
        return True  # "bred gata": no verb is told of by such a word
    return w.language == "en" or _adjective(two, w) or not _GROUND_FORM.fullmatch(two.lower())


def _adjective(word: str, w: Words) -> bool:
    return w.whole("adjectives", word) and not w.whole("adjectives except", word)


def _noun_first(text: str, words: list[re.Match[str]], w: Words) -> bool:
    first = words[0].group().lower()
    if _leads_on(first, w) or w.whole("adverbs", first):
        return False
    if w.language == "sv":
        after = words[1].group() if len(words) > 1 else ""
        led = w.whole("prepositions", after) or after.lower() in _LEADS_ON
        return bool(led and _NO_GROUND_FORM.fullmatch(first) and not _verb_soon(text, words[1].end(), w))
    if (
        len(words) > 1
        and words[1].group().lower() in _OF
        and not (_is_done(first, w) or _LATIN.fullmatch(first))
    ):
        return True  # "mentor for the first weeks"
    return _SEVERAL["en"].fullmatch(first) is not None and not _verb_soon(text, words[0].end(), w)


def _named(word: str, w: Words) -> bool:
    return (w.whole("thing endings", word) or w.whole("plain nouns", word)) and not _is_done(word, w)


def _is_done(word: str, w: Words) -> bool:
    if w.language == "en" and _SEVERAL["en"].fullmatch(word.lower()) and is_verb(word[:-1], w):
        return False  # "weekly talks": what one is able to do has no -s
    return is_verb(word, w) or w.whole("abilities", word)


def _leads_on(word: str, w: Words) -> bool:
    return any(w.whole(name, word) for name in ("particles", "stop", "prepositions", "an object", "own"))


def _verb_soon(text: str, start: int, w: Words) -> bool:
    # "more often meet their contact", but not "more tables to eat at"
    end = _CLAUSE_ENDS.search(text, start)
    for n, word in enumerate(_WORD.findall(text[start : end.start() if end else len(text)])):
        if n > 3 or word.lower() in _NEXT_PART:
            return False
        if word.lower() in ("vara", "bli", "be"):
            return True
        if _is_done(word, w):
            return bool(n <= 1 or not w.whole("either noun or verb", word))
    return False


def _span(text: str, start: int, end: int) -> re.Match[str] | None:
    return re.compile(r".*", re.DOTALL).match(text, start, end)
