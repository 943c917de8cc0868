"""The word lists of the lint, read from resources/lint (README.md there) and made into patterns once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from workshop_app import resources

LANGUAGES = ("sv", "en")
_NEVER = re.compile(r"(?!)")
_LETTERS = r"[\w-]"


@dataclass(frozen=True)
class Words:
    """The lists of one language by their names; a list that is missing finds nothing."""

    language: str
    entries: Mapping[str, tuple[str, ...]]
    patterns: dict[str, re.Pattern[str]]  # filled as they are asked for

    def find(self, name: str, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place where a word of the list stands in the text."""
        return self.pattern(name).search(text, start)

    def all(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where a word of the list stands in the text, left to right."""
        return self.pattern(name).finditer(text)

    def at(self, name: str, text: str, start: int) -> re.Match[str] | None:
        """A word of the list that begins exactly at `start`."""
        return self.pattern(name).match(text, start)

    def whole(self, name: str, text: str) -> bool:
        """Whether the text is one entry of the list and nothing else."""
        found = self.pattern(name).fullmatch(text)
        return found is not None

    def pattern(self, name: str) -> re.Pattern[str]:
        """The compiled pattern of a list."""
        known = self.patterns.get(name)
        if known is None:
            known = self.patterns[name] = _compiled(self.entries.get(name, ()), cased=name == "brands")
        return known


@cache
def words(language: str) -> Words:
    """The lists of a language with the brands that all languages share; an unknown language gets the Swedish lists."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    return Words(code, _read(f"{code}.txt") | _read("brands.txt"), {})


@cache
def alike(language: str) -> Mapping[str, str]:
    """Words that say the same thing, each with the first word of its group."""
    groups = (line.split() for line in words(language).entries.get("alike", ()))
    return {word: group[0] for group in groups for word in group}


def spoken(text: str, language: str) -> str:
    """The language a text seems to be written in: the given one unless small words clearly say the other."""
    here, there = LANGUAGES if language == LANGUAGES[0] else LANGUAGES[::-1]
    seen = {word.lower() for word in re.findall(r"\w+", text)}
    mine, other = (len(seen & set(words(code).entries.get("stop", ()))) for code in (here, there))
    return there if other >= 2 and other > 2 * mine else here


def _read(name: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in resources.text("lint", name).splitlines():
        entry = line.strip()
        if entry.startswith("[") and entry.endswith("]"):
            current = lists.setdefault(entry[1:-1], [])
        elif entry and not entry.startswith("#"):
            current.append(entry)
    return {title: tuple(entries) for title, entries in lists.items()}


def _compiled(entries: tuple[str, ...], cased: bool) -> re.Pattern[str]:
    # Entries that may begin with any letters share one prefix, so that a word is walked through once and not once an entry.
    free: dict[str, list[str]] = {"": [], "*": [], "+": []}
    for entry in sorted(entries, key=len, reverse=True):
        kind = entry[0] if entry[0] in "*+" else ""
        free[kind].append(_entry(entry.removeprefix(kind)))
    prefix = {"": "", "*": f"{_LETTERS}*?", "+": f"{_LETTERS}+?"}
    branches = [f"{prefix[kind]}(?:{'|'.join(found)})" for kind, found in free.items() if found]
    if not branches:
        return _NEVER
    whole = rf"(?<![\w-])(?:{'|'.join(branches)})(?:['’]?s)?(?![\w-])"
    return re.compile(whole, 0 if cased else re.IGNORECASE)


def _entry(entry: str) -> str:
    found: list[tuple[str, list[str]]] = []
    for piece in entry.split():
        if piece.startswith("-") and found:
            found[-1][1].append(re.escape(piece[1:]))
        elif piece == "...":
            found.append((r"\S+(?:\s+\S+){0,2}?", []))
        else:
            found.append((re.escape(piece).replace(r"\*", f"{_LETTERS}*"), []))
    return r"\s+".join(word + (f"(?:{'|'.join(endings)})?" if endings else "") for word, endings in found)
