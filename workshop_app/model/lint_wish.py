"""What a phone may ask about a challenge: does it wish for a way to solve something, or does it tell how things are."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from workshop_app.model.lint_solution import Way, brands, is_deed, ruled_out, technology
from workshop_app.model.lint_words import Words

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]+)*")
_WORD = re.compile(r"[\w'’-]+")
_WISHED_BY_SOME = re.compile(
    r"\b(?:som|who|that|which|de|dem|those|inte|not|don't|ingen)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_QUESTIONED = re.compile(
    r"\b(?:måste|får|behöver|ska|kan|skulle|blir|är|har)\s+(?:vi|jag|man|de|ni)\b", re.IGNORECASE
)
_DEFINITE = re.compile(r"(?:[^aeiouyåäö]en|et|erna|arna|orna|[aeo]n)$", re.IGNORECASE)
_POINTED = re.compile(r"\b(?:den|det|de|en|ett|ny|nya|nytt|samma|the|a|an|new)\b", re.IGNORECASE)
_RESENTED = re.compile(r"\b(?:ska|skall|should|must)\s+\w+\s+$", re.IGNORECASE)  # "why should one need ..."
_ASKED_BACK = re.compile(r"^(?:måste|must)\s+(?:man|jag|vi|alla|you|i|we|one|everybody)\b", re.IGNORECASE)
_REALLY = re.compile(r"\b(?:do|does)\s+(?:\w+\s+)?really\s+$", re.IGNORECASE)  # "do I really need an app"
_TELLS = re.compile(r"\w+(?:[ae]r|ing|as)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\w{3,}(?:er|ar)")
_GLUE = re.compile(r"(?:,\s*|\b(?:och|så|men)\s+)(?=\w)", re.IGNORECASE)
# In Swedish an order that does not end in -a is no ground form: "och bygg" orders, "och bygga" does not.
_IMPERATIVE = {"sv": re.compile(r"\w*[^\Wa]\b"), "en": re.compile(r"use\b", re.IGNORECASE)}
_LEADS = ("articles", "new ones", "adjectives")  # kinds of words before a noun
# "a form where you can report a broken lamp"
_FOR_USE = re.compile(
    r"(?:en|ett|an?|some)\s+([\w-]+)\s+(?:där|dit|där det|where|in which)\s+\w+\s+(?:kan|kunde|can|could)\b",
    re.IGNORECASE,
)
_FRAGMENT = 14  # words in a wish without a verb
_REACH = 8  # words between a wish and the way it wishes for


def wishes(text: str, w: Words) -> Iterator[Way]:
    """N01 and N03 where a wanting verb reaches them, N02 always; `(rule, words as typed, place)`, the first of each rule."""
    typed, text = text, w.pattern("fillers").sub(lambda m: " " * len(m.group()), text)
    for start, end in brands(text, w)[:1]:
        yield "N02", typed[start:end], start
    deed = _wished_deed(text, w)
    if deed is not None:
        yield "N03", typed[deed[0] : deed[1]], deed[0]
    # "Why don't we have an app": the "no" there wishes for it, so it must not rule it out.
    plain = w.pattern("why not").sub(lambda m: "_" * len(m.group()), text)
    tech = [span for _, span in technology(plain, w)] + _by_way(plain, w)
    for span in sorted(tech + _goods(plain, w)):
        if deed is not None and deed[0] <= span[0] <= deed[1] + 60:
            yield "N01", typed[span[0] : span[1]], span[0]
            return
        if _wished_thing(text, span, w):
            yield "N01", typed[span[0] : span[1]], span[0]
            return
    for start, end in (*_fragments(plain, w), *_wished_anything(plain, w)) if deed is None else ():
        yield "N01", typed[start:end], start
        return


def told_of(text: str, way: Way, w: Words) -> bool:
    """Whether a short text tells how a thing is ("The portal hard to understand") rather than names it as the way."""
    rule, found, at = way
    rest = _WORD.findall(text[at + len(found) :])
    if rule != "N01" or not rest or w.language != "sv":
        return False
    tells = _PRESENT.fullmatch(rest[0].lower()) and not w.whole("particles", rest[0])
    return bool(tells or (_DEFINITE.search(found) and not w.whole("particles", rest[0])))


def _by_way(text: str, w: Words) -> list[tuple[int, int]]:
    return [m.span() for m in w.all("by way", text) if not ruled_out(text, m.start(), w)]


def _goods(text: str, w: Words) -> list[tuple[int, int]]:
    # Ordinary things are a way only when somebody wishes for new or more of them: "we need new lighting".
    found = []
    for m in w.all("goods", text):
        before = _WORD.findall(text[: m.start()])[-2:]
        if any(w.whole("renewed", word) for word in before) and not w.find("goods except", m.group()):
            found.append(m.span())
    for name in ("gear", "provided"):
        left = [m.span() for m in w.all(f"{name} except", text)]
        for m in w.all(name, text):
            if not ruled_out(text, m.start(), w) and not any(a < m.end() and m.start() < b for a, b in left):
                found.append(m.span())
    for m in w.all("devices", text):
        before = _WORD.findall(text[: m.start()])[-1:]
        if any(w.whole("new things", word) for word in before) and not w.whole("devices except", m.group()):
            found.append(m.span())
    return found


def _wished_deed(text: str, w: Words) -> tuple[int, int] | None:
    for kind in ("solution verbs", "trade verbs", "build verbs", "passive deeds"):
        for m in w.all(kind, text):
            before = text[_sentence_start(text, m.start()) : m.start()]
            wish = _last(w, "modal wants", before)
            if wish is None or not _close(before[wish.end() :], w, 3) or ruled_out_wish(before, wish, w):
                continue
            done = kind == "passive deeds"  # "the floor must be replaced"
            if done or (is_deed(text, m, kind, w) and not _only_told(text, wish, m, w)):
                return m.span()
    for m in w.all("proposals", text):
        before = text[_sentence_start(text, m.start()) : m.start()]
        wish = _last(w, "others' wants", before)
        if wish is not None and _close(before[wish.end() :], w, 3) and not ruled_out_wish(before, wish, w):
            after = _WORD.findall(text[m.end() :])[:2]
            if after and not any(w.whole("own", word) for word in after[:1]):
                return m.span()
    for m in w.all("deed nouns", text):
        before = text[_sentence_start(text, m.start()) : m.start()]
        wish = _last(w, "wants", before)
        if wish is not None and _close(before[wish.end() :], w, 3) and not ruled_out_wish(before, wish, w):
            return m.span()
    return _ordered(text, w)


def _ordered(text: str, w: Words) -> tuple[int, int] | None:
    for sentence in _SENTENCE.finditer(text):
        start = _first_word(text, sentence.start())
        polite = w.at("please", text, start)
        if polite is not None:
            start = _first_word(text, polite.end())
        for name in ("orders", "orders of technology", "solution verbs"):
            order = w.at(name, text, start)
            if (
                order is not None
                and order.end() <= sentence.end()
                and _orders(text, order, name, sentence.end(), w)
            ):
                return order.span()
        for glue in _GLUE.finditer(text, sentence.start(), sentence.end()):
            order = w.at("orders", text, glue.end()) or w.at("orders of technology", text, glue.end())
            if order is None or not _IMPERATIVE[w.language].match(order.group()):
                continue
            name = "orders" if w.whole("clear orders", order.group()) else "orders of technology"
            if _orders(text, order, name, sentence.end(), w):
                return order.span()
    return None


def _orders(text: str, order: re.Match[str], name: str, end: int, w: Words) -> bool:
    rest = text[order.end() : end]
    words = _WORD.findall(rest)
    if not words or _QUESTIONED.search(rest) or w.at("bare starts", rest.lstrip(), 0):
        return False  # "Inför ett möte måste vi ..." begins with a preposition
    if name == "solution verbs" and _TELLS.match(order.group()):
        return False  # "Köper in vikarier varje helg": somebody tells, nobody orders
    if order.group().lower() == "inför" and _DEFINITE.search(words[0]):
        return False
    if order.group().lower() == "inför" and any(w.whole("events", word) for word in words[:3]):
        return False
    if name == "orders of technology":
        wished = " ".join(words[:5])
        return any(w.find(kind, wished) for kind in ("technology", "gear"))
    if w.whole("solution verbs", order.group()):
        return True
    return not w.find("own objects", " ".join(words[:3])) or w.find("technology", rest) is not None


def ruled_out_wish(before: str, wish: re.Match[str], w: Words) -> bool:
    """Whether the wish is somebody else's ("those who want ...") or denied ("we do not need ...")."""
    told = before[: wish.start()]
    if (_ASKED_BACK.search(before[wish.start() :]) and not told.strip()) or _REALLY.search(told):
        return True
    if _RESENTED.search(told) and w.whole("bare needs", wish.group().split()[0]):
        return True
    return bool(_WISHED_BY_SOME.search(told)) and not wish.group().lower().startswith(
        ("varför", "kan ", "why", "can")
    )


def _only_told(text: str, wish: re.Match[str], deed: re.Match[str], w: Words) -> bool:
    # "We must buy from the same firm" tells of a constraint; "we must buy new ..." is a wish.
    if not w.whole("obliged", wish.group()):
        return False
    after = _WORD.findall(text[deed.end() : deed.end() + 60])[:3]
    if not after or w.whole("particles", after[0]):
        return True
    return not (w.find("new things", " ".join(after)) or w.find("technology", " ".join(after)))


def _wished_thing(text: str, span: tuple[int, int], w: Words) -> bool:
    start = _sentence_start(text, span[0])
    before = text[start : span[0]]
    if w.whole("by way", text[slice(*span)]):
        wish = _last(w, "others' wants", before)
        return wish is not None and not ruled_out_wish(before, wish, w)
    if any(w.whole("own", word) for word in _WORD.findall(before)[-1:]):
        return False  # "she needs her computer": what exists today
    for name in ("wants", "modal wants"):
        wish = _last(w, name, before)
        if wish is None or ruled_out_wish(before, wish, w):
            continue
        if _as_instrument(before, wish, w):
            return True
        gap = before[wish.end() :]
        got = w.at("gets", gap, len(gap) - len(gap.lstrip())) or _get_in(gap, w)
        if got is not None:
            gap = gap[got.end() :]
        elif name == "modal wants":
            continue
        if not _close(gap, w, _REACH):
            continue
        if w.whole("obliged", wish.group()) and not _new(gap, got, w):
            continue
        if got is None and _DEFINITE.search(text[span[0] : span[1]]) and not _POINTED.search(gap):
            continue  # "needs help with the app": what exists today
        return True
    return _named_first(text, start, span, w) or _bare_wish(text, start, span, w)


def _as_instrument(before: str, wish: re.Match[str], w: Words) -> bool:
    # "borde gå att boka i en app", but not "måste boka i en app"
    if w.whole("obliged", wish.group()):
        return False
    gap = before[wish.end() :]
    names = ("instruments", "plain instruments") if w.whole("should", wish.group()) else ("instruments",)
    last = [found for found in (_last(w, name, gap) for name in names) if found is not None]
    return any(not gap[m.end() :].strip() for m in last) and len(_WORD.findall(gap)) <= 10


def _new(gap: str, got: re.Match[str] | None, w: Words) -> bool:
    # "must have a system" is a wish, "must use three apps" is how things are
    first = _WORD.search(gap)
    if got is not None and w.whole("uses", got.group()):
        return False
    return first is None or w.whole("new things", first.group())


def _get_in(gap: str, w: Words) -> re.Match[str] | None:
    # A subject or an adverb may stand between: "borde kommunen verkligen skaffa".
    for m in w.all("gets", gap):
        if len(_WORD.findall(gap[: m.start()])) <= 3 and not w.find("particles", gap[: m.start()]):
            return m
    return None


def _close(gap: str, w: Words, reach: int) -> bool:
    words = _WORD.findall(gap)
    if len(words) > reach:
        return False
    return not any(
        w.whole("particles", word) or (w.whole("verbs", word) and i == 0) for i, word in enumerate(words)
    )


def _named_first(text: str, start: int, span: tuple[int, int], w: Words) -> bool:
    lead = text[start : span[0]].strip()
    if lead:
        if len(lead.split()) > 4 or not w.at("thing starts", lead, 0):
            return False
    elif _DEFINITE.search(text[span[0] : span[1]]):
        return False  # "The app should ..." is about what exists today
    rest = text[span[1] :]
    wish = w.find("wished after", rest)
    return (
        wish is not None
        and len(_WORD.findall(rest[: wish.start()])) <= _REACH
        and not re.search(r"\b(?:inte|ingen|aldrig|not|never|nobody)\b", rest[: wish.start()], re.IGNORECASE)
    )


def _bare_wish(text: str, start: int, span: tuple[int, int], w: Words) -> bool:
    sentence = text[start:].strip(" .!\n")
    words = sentence.split()
    if len(words) > 3 or not span[1] >= start + len(text[start:].rstrip(" .!\n")):
        return False
    return len(words) > 1 and w.at("thing starts", sentence, 0) is not None


def _fragments(text: str, w: Words) -> Iterator[tuple[int, int]]:
    """Things named with where or for whom they should be, and nothing told of them: "More benches along the river",
    "Bins in every park"."""
    for sentence in _SENTENCE.finditer(text):
        words = list(_WORD.finditer(sentence.group()))
        asked = _FOR_USE.match(sentence.group().strip())
        if asked and not w.whole("intangible", asked[1]):
            at = sentence.start() + sentence.group().index(asked[1])
            yield at, at + len(asked[1])
            continue
        if not 2 < len(words) <= _FRAGMENT or w.find("tells", sentence.group()) is not None:
            continue
        at, said = 0, [m.group() for m in words]
        while at < len(said) - 1 and (w.whole("renewed", said[at]) or w.whole("articles", said[at])):
            at += 1
        wished = any(w.whole("renewed", word) for word in said[:at]) or _for_all(said, w)
        if not wished or _for_all(said, w, times=True) or not (at or _is_goods(said[0], w)):
            continue
        while at < len(said) - 2 and w.whole("adjectives", said[at]):
            at += 1
        end = next((n for n in range(at + 1, min(at + 4, len(said))) if w.whole("places", said[n])), 0)
        if end and not any(w.whole("intangible", word) for word in said[at:end]):
            start = sentence.start()
            yield start + words[at].start(), start + words[end - 1].end()


def _wished_anything(text: str, w: Words) -> Iterator[tuple[int, int]]:
    """Whatever somebody wishes to have new or of one's own ("we wish for a new slide"), but for what is no thing."""
    for name in ("strong wants", "good to have"):
        for wish in w.all(name, text):
            if ruled_out_wish(text[_sentence_start(text, wish.start()) : wish.end()], wish, w):
                continue
            ahead = _WORD.finditer(_rest(text, wish.end()))
            words = [(wish.end() + m.start(), m.group()) for m in ahead][:5]
            lead = list(takewhile(lambda word: any(w.whole(kind, word[1]) for kind in _LEADS), words))
            new = any(w.whole("new ones", word) for _, word in lead)
            if (new or (lead and name == "good to have")) and len(lead) < len(words):
                at, noun = words[len(lead)]
                if not w.whole("intangible", noun):
                    yield at, at + len(noun)


def _for_all(said: list[str], w: Words, *, times: bool = False) -> bool:
    """Whether it is for all or each of something; `times`: each day or week, which tells how things are."""
    return any(w.whole("for all", a) and w.whole("times", b) == times for a, b in pairwise(said))


def _is_goods(word: str, w: Words) -> bool:
    kinds = ("technology", "goods", "gear", "provided")
    return any(w.whole(kind, word) for kind in kinds) and not _DEFINITE.search(word)


def _last(w: Words, name: str, text: str) -> re.Match[str] | None:
    found = None
    for m in w.all(name, text):
        found = m
    return found


def _rest(text: str, start: int) -> str:
    end = re.search(r"[.,;:!?\n]", text[start:])
    return text[start : start + end.start()] if end else text[start:]


def _sentence_start(text: str, place: int) -> int:
    return max((text.rfind(mark, 0, place) for mark in ".!?\n"), default=-1) + 1


def _first_word(text: str, start: int) -> int:
    found = _WORD.search(text, start)
    return found.start() if found else start
