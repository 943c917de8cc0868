"""Needs, not solutions: the method's rules N01-N17 for one need or one challenge, each answer a question and never a verdict."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop_app.i18n import N_
from workshop_app.i18n import language as in_language
from workshop_app.model import lint_solution, lint_thing, lint_wish
from workshop_app.model.lint_record import Hit, evidence, plain_text, route
from workshop_app.model.lint_words import Words, alike, spoken, words

LONGEST = 2000  # characters of a field that are read; limits of the fields are far below
RULES: tuple[str, ...] = tuple(f"N{n:02}" for n in range(1, 18))


_QUESTIONS: Mapping[str, str] = {
    "N01": N_("“{match}” is one way. What must be possible, whatever the way?"),
    "N02": N_("“{match}” is one product. What must be possible, whatever the product?"),
    "N03": N_("“{match}” is something you do on the way. What becomes possible when it is done?"),
    "N04": N_("“{match}” sounds like a thing. What should somebody be able to do?"),
    "N05": N_("“{match}” describes the thing itself. What should it make possible?"),
    "N06": N_("Who notices the difference?"),
    "N07": N_("What happens when it works?"),
    "N08": N_("Are these two needs? Split?"),
    "N09": N_("How would an outsider see that it is met?"),
    "N10": N_("“{match}” can mean many things. What would one see that is different?"),
    "N11": N_("When does it happen, and where?"),
    "N12": N_("Who besides you has noticed?"),
    "N13": N_("“{match}” is a supplier. What must be possible, whoever delivers?"),
    "N14": N_("What exists? When did we check?"),
    "N15": N_("This can point out a person. Can it be said without?"),
    "N16": N_("What changes for those concerned?"),
    "N17": N_("What would be better than today?"),
}
_FEW_WORDS = N_("Can it be said in a few more words? What should be possible to do?")
_SOUNDS_LIKE = N_("This sounds like a way to solve something. What would it make possible?")

_LEGAL_FORMS = "AB|HB|KB|A/S|AS|ApS|ASA|Oy|Oyj|GmbH|Ltd|Inc|LLC|PLC|BV|Aktiebolag|Handelsbolag"
_NAME = r"[A-ZÅÄÖÆØÜ][\wåäöæøüé&'-]*"
_SUPPLIER = re.compile(
    rf"(?<![\w-])(?:{_NAME}(?:\s(?:&|och|and)?\s?{_NAME})*?\s(?:{_LEGAL_FORMS})|AB\s{_NAME})(?![\w-])"
)
_PERSONAL = re.compile(
    r"(?<![\d-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)[-+ ]?\d{4}(?![\d-])"  # personnummer
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d:+-])\+\d{1,3}[ -]?(?:\(0\))?\d(?:[ -]?\d){6,10}(?!\d)"
    r"|(?<![\d:-])(?:0046|0)7[\d -]{7,12}\d\b"
    r"|(?<![\d:.-])0\d{1,3}-(?:\d{5,8}|\d{2,3}(?:[ -]\d{2,3}){1,3})(?![\d-])"
)
_UNITS = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mm|cm|kW|W|V|GB|TB|MHz|GHz|dpi|tum|px|inch(?:es)?|mAh|Ah|lux|lumen|Mbit|Gbit|volt|watt|kg|kilo)\b"
    r"|\bIP\d{2}\b|\bRAL\s?\d{4}\b|\bNCS\s?S?\s?\d{4}|\b(?:SS|EN|SS-EN|ISO|IEC|DIN)[ -]\d{3,}(?:[-:]\d+)*\b",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(?:kg|kilo)$", re.IGNORECASE)
_CARRIED = re.compile(r"\b(?:lyft\w*|bär\w*|tung\w*|lift\w*|carr\w*|heav\w*)", re.IGNORECASE)
_SENTENCE = re.compile(r"\.\s+\w|;|\bdels\b.*?\bdels\b", re.IGNORECASE)
_AND = re.compile(r"(?<!\w)(?:och|and|&)\s+", re.IGNORECASE)
_MARKS = " \t\n.,;:!?…\"'”“»«()-–—"

_FREE_TEXT = ("title", "who", "function", "situation", "effect", "requirement", "requirement_check")
_MORE_TEXT = (
    "evidence_note",
    "stakeholders",
    "route_reason",
    "other_process",
    "market_note",
    "owner",
    "needed_by",
)


@dataclass(frozen=True)
class Finding:
    """One question about a field; `match` is the words as typed ("" if none), `start` their place there (-1 if none).

    `field` is the field's name in model.need.FIELDS, or "evidence".
    """

    rule: str
    severity: str
    field: str
    match: str
    start: int
    question: str


def lint_need(fields: Mapping[str, object], language: str, asked_in: str = "") -> list[Finding]:
    """Every question the method asks about a need (METHOD 3.3); keys left out count as empty.

    `language` is the one the need is written in, `asked_in` that of the questions when it is another.
    """
    text = _texts(fields)
    written = " ".join(text[f] for f in ("who", "function", "situation", "effect", "requirement"))
    w = words(spoken(written, language))
    hits = [
        *_ways(text, w),
        *_thing(text["function"], w),
        *_detail(text["requirement"], w),
        *_who(text["who"], w),
        *_effect(text["effect"], text["function"], w),
        *_two(text["function"], w),
        *_checkable(text, w),
        *_vague(text, w),
        *_situation(text["situation"], w),
        *evidence(fields.get("evidence"), text["evidence_note"]),
        *_supplier(text),
        *route(text),
        *_personal(text),
        *_yesterday(text, w),
    ]
    return [_finding(hit, asked_in or language) for hit in sorted(hits, key=lambda h: h[0])]


def lint_challenge(text: str, language: str) -> list[Finding]:
    """What a phone asks after a challenge is safely received: N01 and N03 where something is wanted, N02 and N15 always."""
    text = text[:LONGEST]
    w = words(spoken(text, language))
    hits: list[Hit] = [
        (rule, "warn", "text", found, start, _SOUNDS_LIKE) for rule, found, start in lint_wish.wishes(text, w)
    ]
    hits += [("N15", "warn", "text", m.group(), m.start(), "") for m in _PERSONAL.finditer(text)]
    return [_finding(hit, language) for hit in hits]


def personal(text: str) -> list[tuple[int, int]]:
    """Where in a text N15 finds what can point out a person, as (start, end)."""
    return [m.span() for m in _PERSONAL.finditer(text)]


def lint_name(text: str, language: str) -> list[Finding]:
    """The questions about the name of a heap or theme: a name that is a way (N01-N03) or points out a person (N15)."""
    text = text[:LONGEST]
    w = words(spoken(text, language))
    ways = [way for way in lint_solution.ways(text, w) if not lint_wish.told_of(text, way, w)]
    known = {rule for rule, _found, _at in ways}
    ways += [way for way in lint_wish.wishes(text, w) if way[0] not in known]
    hits: list[Hit] = [(rule, "warn", "name", found, at, "") for rule, found, at in ways]
    hits += [("N15", "warn", "name", m.group(), m.start(), "") for m in _PERSONAL.finditer(text)]
    return [_finding(hit, language) for hit in hits]


def is_solution_phrased(text: str, language: str) -> bool:
    """Whether a challenge wishes for a way (N01-N03) rather than tells how things are."""
    text = text[:LONGEST]
    return any(True for _ in lint_wish.wishes(text, words(spoken(text, language))))


def _finding(hit: Hit, language: str) -> Finding:
    rule, severity, field, match, start, question = hit
    sentence = in_language(language)(question or _QUESTIONS[rule])
    return Finding(rule, severity, field, match, start, sentence.replace("{match}", match.strip()))


def _texts(fields: Mapping[str, object]) -> dict[str, str]:
    need = dict(fields)
    for key, prefix in (("function_requirement", "requirement"), ("market", "market")):
        part = need.pop(key, None)
        if isinstance(part, Mapping):
            for name, value in part.items():
                plain = name if name in ("measure", "today", "target", "unit") else f"{prefix}_{name}"
                need["requirement" if plain == "requirement_text" else plain] = value
        elif isinstance(part, str):
            need["requirement" if prefix == "requirement" else "market_status"] = part
    found = {key: plain_text(value)[:LONGEST] for key, value in need.items() if key != "evidence"}
    wanted = (
        *_FREE_TEXT,
        *_MORE_TEXT,
        "route",
        "route_kind",
        "review_date",
        "market_status",
        "target",
        "measure",
    )
    return dict.fromkeys(wanted, "") | found


def _ways(text: Mapping[str, str], w: Words) -> Iterator[Hit]:
    for field in ("function", "effect", "requirement"):
        for rule, found, start in lint_solution.ways(text[field], w):
            if rule != "N03" or field == "function":
                yield rule, "error", field, found, start, ""
        acting = lint_solution.acting_thing(text[field], w) if field != "function" else None
        if acting is not None:
            yield "N01", "error", field, acting.group(), acting.start(), ""


def _thing(function: str, w: Words) -> Iterator[Hit]:
    found = lint_thing.thing(function, w)
    if found is not None:
        yield "N04", "warn", "function", found.group(), found.start(), ""


def _detail(requirement: str, w: Words) -> Iterator[Hit]:
    found = w.find("detail", requirement)
    if found is None:
        for unit in _UNITS.finditer(requirement):
            if not (_WEIGHT.search(unit.group()) and _CARRIED.search(requirement[: unit.start()])):
                found = unit  # a weight that somebody lifts is a limit for the person, not for the thing
                break
    if found is not None:
        yield "N05", "warn", "requirement", found.group(), found.start(), ""


def _who(who: str, w: Words) -> Iterator[Hit]:
    named = [part for part in re.split(r",|/|&|\b(?:och|samt|eller|and|or)\b", who) if part.strip(_MARKS)]
    if not named or all(_generic_group(part.strip(_MARKS), w) for part in named):
        typed = who.strip()
        yield "N06", "error", "who", typed, who.find(typed) if typed else -1, ""


def _generic_group(group: str, w: Words) -> bool:
    if w.whole("generic who", group) or w.whole("who before", group):
        return True
    after = next((m for m in w.all("who after", group) if m.end() == len(group) and m.start() > 0), None)
    if after is not None:
        return _generic_group(group[: after.start()].strip(), w)
    before = w.at("who before", group, 0)
    return (
        before is not None and before.end() < len(group) and _generic_group(group[before.end() :].strip(), w)
    )


def _effect(effect: str, function: str, w: Words) -> Iterator[Hit]:
    typed = effect.strip()
    if not typed.strip(_MARKS):
        yield "N07", "error", "effect", "", -1, ""
        return
    said, known = _stems(effect, w), _stems(function, w)
    again = sum(any(_same(stem, other) for other in known) for stem in said)
    if (len(said) >= 2 and again >= 0.75 * len(said)) or (said and said == known):
        yield "N07", "warn", "effect", typed, effect.find(typed), ""
    saved = next((m for m in w.all("saving", effect) if not _other_gain(effect[m.end() :], w)), None)
    place = saved.span() if saved else _together("costs", "goes down", effect, w)
    if place is not None and len(effect.split()) <= 6:
        yield "N16", "warn", "effect", effect[slice(*place)], place[0], ""


def _together(name: str, beside: str, text: str, w: Words) -> tuple[int, int] | None:
    """Where a word of one list stands within two words of a word of another, in either order."""
    for one in w.all(name, text):
        for two in w.all(beside, text):
            start, end = min(one.start(), two.start()), max(one.end(), two.end())
            between = text[min(one.end(), two.end()) : max(one.start(), two.start())]
            if len(between.split()) <= 2 and not re.search(r"[,.;]", between):
                return start, end
    return None


def _other_gain(rest: str, w: Words) -> bool:
    return any(w.whole("not money", word.strip(_MARKS)) for word in rest.split()[:2])


_ENDINGS = re.compile(
    r"(?:ningarna|ningen|ningar|ning|arna|erna|orna|ande|ende|ingen|ing|ade|are|ar|er|or|en|et|ed|es|s|a|e|t|n|r)$"
)


def _stems(text: str, w: Words) -> set[str]:
    same = alike(w.language)
    stems = set()
    for word in re.findall(r"\w+", text.lower()):
        if not w.whole("stop", word):
            chief = same.get(word, word)
            stems.add(_ENDINGS.sub("", chief) if len(chief) > 4 else chief)
    return stems


def _same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (
        len(shorter) >= 4 and longer.startswith(shorter[:6]) and len(longer) - len(shorter) <= 4
    )


def _two(function: str, w: Words) -> Iterator[Hit]:
    found = w.find("second need", function) or _SENTENCE.search(function)
    if found is not None:
        yield "N08", "warn", "function", found.group(), found.start(), ""
        return
    for glue in _AND.finditer(function):
        second = lint_solution.verb_after(function, glue.end(), w)
        if second is None:
            continue
        before = function[: glue.start()]
        around = function[max(0, glue.start() - 30) : second + 25]
        if w.find("aside", before) or w.find("pairs", around):
            continue
        last = before.lower().split()
        if any(last[-n:] and w.whole("leaning verbs", " ".join(last[-n:])) for n in (1, 2)):
            continue
        yield "N08", "warn", "function", function[glue.start() : second], glue.start(), ""
        return


def _checkable(text: Mapping[str, str], w: Words) -> Iterator[Hit]:
    requirement = text["requirement"]
    if not requirement.strip(_MARKS):
        yield "N09", "warn", "requirement", "", -1, ""
        return
    if not (re.search(r"\d", text["target"]) or _measured(requirement, w)):
        soft = w.find("soft", requirement)
        typed = requirement.strip()
        match, start = (soft.group(), soft.start()) if soft else (typed, requirement.find(typed))
        yield "N09", "error", "requirement", match, start, ""
    if not text["requirement_check"].strip(_MARKS):
        yield "N09", "warn", "requirement_check", "", -1, ""


def _measured(requirement: str, w: Words) -> bool:
    """Whether there is something to count, a limit in time, all of them ("all residents have seen a doctor"), or a
    condition to try ("the alarm is heard even when the power is out")."""
    requirement = w.pattern("measures except").sub("", requirement)
    if re.search(r"\d", requirement) or w.find("numbers", requirement) or w.find("measures", requirement):
        return True
    if w.find("soft", requirement) is not None:
        return False
    start = len(requirement) - len(requirement.lstrip())
    until = _together("until", "moments", requirement, w)
    return bool(until or w.at("each and all", requirement, start) or w.find("conditions", requirement))


def _vague(text: Mapping[str, str], w: Words) -> Iterator[Hit]:
    function = text["function"]
    if not function.strip(_MARKS):
        yield "N10", "error", "function", "", -1, _FEW_WORDS
    elif len(function.split()) < 3:
        typed = function.strip()
        yield "N10", "warn", "function", typed, function.find(typed), _FEW_WORDS
    for field in ("function", "effect"):
        if re.search(r"\d", text[field]):
            continue
        concrete = [m.span() for m in w.all("vague except", text[field])]
        for m in w.all("vague", text[field]):
            if not any(a <= m.start() < b for a, b in concrete):
                yield "N10", "warn", field, m.group(), m.start(), ""
                break
        else:
            place = _together("aims", "rises", text[field], w)
            if place is not None and len(text[field].split()) <= 6:
                yield "N10", "warn", field, text[field][slice(*place)], place[0], ""


def _situation(situation: str, w: Words) -> Iterator[Hit]:
    bare = " ".join(situation.strip(_MARKS).split())
    parts = re.split(r"\s*(?:,|\boch\b|\band\b)\s*", bare)
    if w.whole("generic situation", bare) or all(not p or w.whole("generic situation", p) for p in parts):
        typed = situation.strip()
        yield "N11", "warn", "situation", typed, situation.find(typed) if typed else -1, ""


def _supplier(text: Mapping[str, str]) -> Iterator[Hit]:
    for field in _FREE_TEXT:
        for m in _SUPPLIER.finditer(text[field]):
            yield "N13", "error", field, m.group(), m.start(), ""


def _personal(text: Mapping[str, str]) -> Iterator[Hit]:
    for field in (*_FREE_TEXT, *_MORE_TEXT):
        for m in _PERSONAL.finditer(text[field]):
            yield "N15", "error", field, m.group(), m.start(), ""


def _yesterday(text: Mapping[str, str], w: Words) -> Iterator[Hit]:
    for field in ("function", "effect", "requirement"):
        for m in w.all("same", text[field]):
            now = w.find("as today", text[field], m.start())
            if now is not None and now.start() - m.end() <= 25 and now.end() > m.end():
                yield "N17", "warn", field, text[field][m.start() : now.end()], m.start(), ""
                break
