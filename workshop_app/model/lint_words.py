"""The word lists of the lint: resources/lint (README.md there) and an organisation's own, made into patterns once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workshop_app import resources
from workshop_app.i18n import N_
from workshop_app.model.trouble import Refused

LANGUAGES = ("sv", "en")
_NEVER = re.compile(r"(?!)")
_LETTERS = r"[\w-]"
_CASED = ("brands",)
_LONGEST_ENTRY, _MOST_STARS, _FEWEST_LETTERS = 80, 2, 2

_NOT_TEXT = N_("{file} cannot be read, so its words are not used. Save it as text in UTF-8.")
_NO_LIST_YET = N_("{file}, line {number}: first say which list “{entry}” belongs to, as in [technology].")
_NO_SUCH_LIST = N_(
    "{file}, line {number}: there is no list called “{entry}”. Use a name from the program's own {file}."
)
_TOO_BROAD = N_("{file}, line {number}: “{entry}” would find nearly everything. Write at least two letters.")
_TOO_LONG = N_("{file}, line {number}: “{entry}” is too long or has more than two asterisks.")
_NOT_THERE = N_("{file}, line {number}: “{entry}” is not in the list, so it cannot be taken away.")


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
            known = self.patterns[name] = _compiled(self.entries.get(name, ()), cased=name in _CASED)
        return known


@cache
def words(language: str) -> Words:
    """The lists of a language with the brands that all languages share; an unknown language gets the Swedish lists."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    lists = _shipped(f"{code}.txt") | _shipped("brands.txt")
    for name in (f"{code}.txt", "brands.txt"):
        lists = _with_own(lists, own_lists() / name)[0]
    return Words(code, lists, {})


def own_lists() -> Path:
    """The folder where an organisation keeps words of its own; it need not exist."""
    return resources.home() / "lint"


def troubles() -> list[Refused]:
    """What cannot be used in the organisation's own lists, a sentence for each line; the other lines are used."""
    found: list[Refused] = []
    for code in LANGUAGES:
        found += _with_own(_shipped(f"{code}.txt") | _shipped("brands.txt"), own_lists() / f"{code}.txt")[1]
    return found + _with_own(_shipped("brands.txt"), own_lists() / "brands.txt")[1]


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


@cache
def _shipped(name: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for _number, entry, title in _lines(resources.text("lint", name)):
        if title:
            current = lists.setdefault(title, [])
        else:
            current.append(entry)
    return {title: tuple(entries) for title, entries in lists.items()}


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """The lines that say something: number, entry, and the list's name if the line begins a list."""
    for number, line in enumerate(text.splitlines(), 1):
        entry = " ".join(line.split())
        if entry and not entry.startswith("#"):
            heading = entry.startswith("[") and entry.endswith("]")
            yield number, entry, entry[1:-1].strip() if heading else ""


def _with_own(
    shipped: Mapping[str, tuple[str, ...]], file: Path
) -> tuple[dict[str, tuple[str, ...]], list[Refused]]:
    """The lists with the words of a file put in and those behind "!" taken away, and what could not be used."""
    lists, found = dict(shipped), list[Refused]()
    try:
        text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    except (OSError, ValueError):
        return lists, [Refused(_NOT_TEXT, file=file.name)]
    current: str | None = None
    for number, entry, title in _lines(text):
        if title:
            current, why = (title, "") if title in lists else ("", _NO_SUCH_LIST)
        else:
            why = "" if current == "" else _no_entry(entry, lists.get(current or ""))
        if why:
            found.append(Refused(why, file=file.name, number=number, entry=(title or entry)[:60]))
        elif current and not title:
            taken = entry.removeprefix("!").strip()
            kept = tuple(e for e in lists[current] if e != taken)
            lists[current] = kept if entry.startswith("!") else (*kept, entry)
    return lists, found


def _no_entry(entry: str, known: tuple[str, ...] | None) -> str:
    """Why an entry cannot be used, "" if it can."""
    if known is None:
        return _NO_LIST_YET
    if entry.startswith("!"):
        return "" if entry[1:].strip() in known else _NOT_THERE
    if len(entry) > _LONGEST_ENTRY or entry.count("*") > _MOST_STARS:
        return _TOO_LONG
    letters = sum(sign.isalnum() for sign in entry.split(" -")[0])
    return "" if letters >= _FEWEST_LETTERS else _TOO_BROAD


def _compiled(entries: tuple[str, ...], cased: bool) -> re.Pattern[str]:
    # Entries that may begin with any letters share one prefix, so that a word is walked through once and not once an entry.
    free: dict[str, list[list[str]]] = {"": [], "*": [], "+": []}
    for entry in sorted(entries, key=len, reverse=True):
        kind = entry[0] if entry[0] in "*+" else ""
        written = entry.removeprefix(kind)
        free[kind] += _signs(written if cased else written.lower())
    prefix = {"": "", "*": f"{_LETTERS}*?", "+": f"{_LETTERS}+?"}
    branches = [f"{prefix[kind]}(?:{_together(found)})" for kind, found in free.items() if found]
    if not branches:
        return _NEVER
    whole = rf"(?<![\w-])(?:{'|'.join(branches)})(?:['’]?s)?(?![\w-])"
    return re.compile(whole, 0 if cased else re.IGNORECASE)


def _signs(entry: str) -> list[list[str]]:
    """The ways to write an entry, each as patterns of one sign (or of any letters, or of a few words)."""
    ways: list[list[str]] = [[]]
    stem: list[list[str]] = []  # of the last word, which its endings are added to
    for piece in entry.split():
        if piece.startswith("-") and stem:
            ways = [*([*way, *_sign_by_sign(piece[1:])] for way in stem), *ways]
            continue
        word = [r"\S+(?:\s+\S+){0,2}?"] if piece == "..." else _sign_by_sign(piece)
        stem = ways = [[*way, *([r"\s+"] if way else []), *word] for way in ways]
    return ways


def _sign_by_sign(piece: str) -> list[str]:
    return [f"{_LETTERS}*" if sign == "*" else re.escape(sign) for sign in piece]


def _together(ways: list[list[str]]) -> str:
    """One pattern for all of them that reads what they have in common once: the longer way is tried before the shorter."""
    after: dict[str, list[list[str]]] = {}
    for way in ways:
        if way:
            after.setdefault(way[0], []).append(way[1:])
    branches = [sign + _together(rest) for sign, rest in after.items()]
    if not branches:
        return ""
    one = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{one})?" if [] in ways else one
