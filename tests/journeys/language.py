"""The language of the journeys: one short sentence a line, read once and then played by each driver.

    phone anna joins as "Drift"            leader goes to challenges
    phone anna writes "Halt golv"          leader moves 1 2 to heap "Golv"
    phone anna writes "x"*281 refused long  expect heap "Golv" holds 1 2

`#` begins a remark. A text stands in quotes as in Python ("\\n", "\\x07"), and "x"*281 repeats it.
"""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*")(?:\*(?P<times>\d+))?|(?P<word>[^\s"=]+)(?P<is>=)?|(?P<remark>#.*)'
)


class Text(str):
    """A word that stood in quotes."""


@dataclass(frozen=True)
class Line:
    """One sentence of a journey: where it stands, its words, and its `name=value` pairs."""

    number: int
    source: str
    words: tuple[str, ...]
    pairs: dict[str, str] = field(default_factory=dict)


def read(file: Path) -> list[Line]:
    """The sentences of a journey."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return [line for n, raw in lines if (line := _line(n, raw)) is not None]


def _line(number: int, raw: str) -> Line | None:
    words: list[str] = []
    pairs: dict[str, str] = {}
    name = ""
    for found in _TOKEN.finditer(raw.partition("  #")[0] if not raw.startswith("#") else ""):
        if found["text"]:
            word: str = Text(ast.literal_eval(found["text"]) * int(found["times"] or 1))
        else:
            word = found["word"] or ""
        if found["is"]:
            name = word
        elif name:
            pairs[name], name = word, ""
        else:
            words.append(word)
    return Line(number, raw.strip(), tuple(words), pairs) if words else None


Verb = Callable[..., Any]
_VERBS: list[tuple[re.Pattern[str], str]] = []


def sentence(pattern: str) -> Callable[[Verb], Verb]:
    """Ties a method to a sentence. `N` is a number, `NS` numbers, `T` a quoted text, `W` a word; the rest stands as it is."""
    parts = {"N": r"(\d+)", "NS": r"((?:\d+ )*\d+)", "T": "(\x00\\d+)", "W": r"(\S+)"}
    shape = " ".join(parts.get(p, re.escape(p)) for p in pattern.split())

    def make(verb: Verb) -> Verb:
        _VERBS.append((re.compile(shape), verb.__name__))
        return verb

    return make


def play(driver: Any, line: Line) -> None:
    """Does what a sentence says; an AssertionError or an unknown sentence names the line."""
    texts = [w for w in line.words if isinstance(w, Text)]
    places = iter(range(len(texts)))
    said = " ".join(f"\x00{next(places)}" if isinstance(w, Text) else w for w in line.words)
    for shape, name in _VERBS:
        found = shape.fullmatch(said)
        if found:
            arguments = [_value(a, texts) for a in found.groups()]
            try:
                getattr(driver, name)(*arguments, **({"pairs": line.pairs} if line.pairs else {}))
            except Exception as trouble:
                trouble.add_note(f"in line {line.number}: {line.source}")
                raise
            return
    raise AssertionError(f"line {line.number}: no driver knows how to: {line.source}")


def _value(word: str, texts: list[str]) -> object:
    if word.startswith("\x00"):
        return str(texts[int(word[1:])])
    numbers = word.split(" ")
    if all(n.isdecimal() for n in numbers):
        return [int(n) for n in numbers] if len(numbers) > 1 else int(word)
    return word
